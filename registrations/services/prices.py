"""What a booking costs, line by line: shown before one confirms, then frozen."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from directory.models import Organisation
from events.models import Occurrence
from events.services import Quote, quote
from registrations.services.requests import Person


@dataclass(frozen=True)
class PriceLine:
    """What one person pays for one date, and why."""

    person: Person
    occurrence: Occurrence
    quote: Quote


def price_lines(
    occurrences: Iterable[Occurrence], organisation: Organisation | None, people: Iterable[Person]
) -> list[PriceLine]:
    """Return the price of each person for each date, in the order of the dates, then of the people."""
    people = list(people)
    return [
        PriceLine(person, occurrence, quoted)
        for occurrence, quoted in ((occurrence, quote(occurrence, organisation)) for occurrence in occurrences)
        for person in people
    ]


def total_of(lines: Iterable[PriceLine]) -> Decimal:
    """Return the sum of the lines, all in one currency."""
    return sum((line.quote.amount for line in lines), Decimal(0))


def fingerprint(lines: Iterable[PriceLine]) -> str:
    """Return the lines as a short text: two of them are equal when every person pays the same for every date."""
    return ",".join(f"{line.occurrence.pk}:{line.quote.amount:.2f}{line.quote.currency}" for line in lines)
