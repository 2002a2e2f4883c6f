"""What somebody pays, known or not yet: a membership to be proven leaves two amounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from portal.templatetags.portal_tags import money


@dataclass(frozen=True)
class Price:
    """An amount in `currency`, or the two between which a proof will choose: `least` and `most`."""

    least: Decimal
    most: Decimal
    currency: str = "EUR"

    @classmethod
    def of(cls, amount: Decimal | int, currency: str = "EUR") -> "Price":
        """Return a price that is known."""
        return cls(Decimal(amount), Decimal(amount), currency)

    @property
    def is_known(self) -> bool:
        """True once there is one amount."""
        return self.least == self.most

    @property
    def may_cost(self) -> bool:
        """True when something has, or may have, to be paid."""
        return self.most > 0

    def __str__(self) -> str:
        if self.is_known:
            return self._written(self.most)
        amounts = {"least": self._written(self.least), "most": self._written(self.most)}
        return gettext("to be confirmed: %(least)s or %(most)s") % amounts

    def _written(self, amount: Decimal) -> str:
        return money(amount, self.currency) if amount else pgettext("price", "free")


def total(prices: Iterable[Price]) -> Price:
    """Return the sum of prices, all in one currency; nothing costs nothing."""
    rows = list(prices)
    currency = rows[0].currency if rows else "EUR"
    least, most = (sum((getattr(row, end) for row in rows), Decimal(0)) for end in ("least", "most"))
    return Price(least, most, currency)
