"""What a booking costs, line by line: shown before one confirms, then frozen."""

from collections.abc import Iterable
from dataclasses import dataclass

from events.amounts import Price, total
from events.models import Occurrence
from events.services import Quote, quote
from registrations.enums import ParticipantCategory
from registrations.services.requests import Employer, Person


@dataclass(frozen=True)
class PriceLine:
    """What one person pays for one date, and why."""

    person: Person
    occurrence: Occurrence
    quote: Quote


def price_lines(
    occurrences: Iterable[Occurrence], employer: Employer, people: Iterable[Person], is_proven: bool
) -> list[PriceLine]:
    """Return the price of each person for each date, in the order of the dates, then of the people.

    A membership that is not proven leaves two amounts: see `events.services.quote`.
    """
    people = list(people)
    lines = []
    for occurrence in occurrences:
        quotes = {
            is_elected: quote(
                occurrence,
                employer.organisation,
                place=employer.place,
                is_elected=is_elected,
                is_proven=is_proven,
            )
            for is_elected in {_is_elected(person) for person in people}
        }
        lines += [PriceLine(person, occurrence, quotes[_is_elected(person)]) for person in people]
    return lines


def _is_elected(person: Person) -> bool:
    return person.category == ParticipantCategory.ELECTED_OFFICIAL


def frozen_price(quoted: Quote) -> dict[str, object]:
    """Return the fields of a registration that keep what was agreed."""
    price, membership = quoted.price, quoted.membership
    return {
        "price_amount": quoted.amount,
        "price_if_member": None if price.is_known else price.least,
        "price_otherwise": None if price.is_known else price.most,
        "price_currency": price.currency,
        "price_rule": quoted.rule,
        "membership": membership,
        "membership_label": str(membership) if membership else "",
        "membership_flagged": quoted.flagged,
    }


def total_of(lines: Iterable[PriceLine]) -> Price:
    """Return the sum of the lines, all in one currency."""
    return total(line.quote.price for line in lines)


def fingerprint(lines: Iterable[PriceLine]) -> str:
    """Return the lines as a short text: two of them are equal when every person pays the same for every date."""
    return ",".join(
        f"{line.occurrence.pk}:{price.least:.2f}-{price.most:.2f}{price.currency}"
        for line, price in ((line, line.quote.price) for line in lines)
    )
