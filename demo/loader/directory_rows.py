"""Rows of the directory, made when they are first asked for: a single page brings only what it names."""

import datetime
from decimal import Decimal
from typing import Any

from demo.loader.calendar import Calendar
from demo.loader.content import directory_file
from directory.models import (
    Audience,
    Country,
    Keyword,
    Membership,
    Network,
    NetworkTheme,
    Organisation,
    Person,
    Programme,
    Territory,
    Theme,
    Venue,
)
from events.models import Fee, PriceList

# Days before the loading from which the fees hold: before every date of the demonstration.
FEES_SINCE = -1000


class DirectoryRows:
    """The directory of the demonstration, by the keys of the data files. Each method returns a stored row."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def create_all(self) -> None:
        """Make every row of the data files, the memberships included."""
        for code in _territories():
            self.territory(code)
        for name, make in (("organisations", self.organisation), ("people", self.person), ("venues", self.venue)):
            for row in directory_file(name):
                make(row["key"])
        labels = directory_file("labels")
        for row in labels["networks"]:
            self.network(row["key"])
        for name, make_coded in (("themes", self.theme), ("audiences", self.audience), ("countries", self.country)):
            for row in labels[name]:
                make_coded(row["code"])
        for row in labels["keywords"]:
            self.keyword(row["key"])
        for row in directory_file("memberships"):
            self._membership(row)

    def theme(self, code: str) -> Theme:
        """Return a theme with its pictogram."""
        row = _label("themes", "code", code)
        return _coded(Theme, code, row, pictogram=row["pictogram"])

    def audience(self, code: str) -> Audience:
        """Return an audience."""
        return _coded(Audience, code, _label("audiences", "code", code))

    def country(self, code: str) -> Country:
        """Return a country by its ISO code."""
        return _coded(Country, code, _label("countries", "code", code))

    def programme(self, key: str) -> Programme:
        """Return a programme."""
        row = _label("programmes", "key", key)
        description = row["description"]
        return _coded(
            Programme,
            key,
            row,
            website=row["website"],
            description_fr=description["fr"],
            description_en=description["en"],
        )

    def network(self, key: str) -> Network:
        """Return a network with its themes: its name is the same in both languages."""
        row = _label("networks", "key", key)
        names = {"fr": row["name"], "en": row["name"]}
        called = {name: row[name] for name in ("kind", "call_year", "status")}
        network = _coded(Network, key, names, programme=self.programme(row["programme"]), **called)
        for order, theme in enumerate(row["themes"]):
            rows = NetworkTheme.objects
            rows.get_or_create(network=network, theme=self.theme(theme), defaults={"sort_order": order})
        return network

    def keyword(self, key: str) -> Keyword:
        """Return a keyword, named in French."""
        row = _label("keywords", "key", key)
        labels = {"label_fr": row["fr"], "label_en": row["en"]}
        return Keyword.objects.get_or_create(slug=key, defaults={"name": row["fr"], **labels})[0]

    def territory(self, code: str) -> Territory:
        """Return a territory, under those that hold it."""
        row, parent_code = _territories()[str(code)]
        found = Territory.objects.filter(level=row["level"], insee_code=row["code"]).first()
        if found:
            return found
        territory = Territory(level=row["level"], name=row["name"], insee_code=row["code"], **_coordinates(row))
        if parent_code is None:
            return Territory.add_root(instance=territory)
        return self.territory(parent_code).add_child(instance=territory)

    def organisation(self, key: str) -> Organisation:
        """Return an organisation."""
        row = _row("organisations", key)
        plain = {name: row[name] for name in ("name_en", "acronym", "kind", "email_domain", "website") if name in row}
        notes = row.get("notes", {})
        found = Organisation.objects.filter(name=row["name"]).first()
        return found or Organisation.objects.create(
            name=row["name"],
            territory=self.territory(row["territory"]) if "territory" in row else None,
            country=self.country(row["country"]) if "country" in row else None,
            notes_fr=notes.get("fr", ""),
            notes_en=notes.get("en", ""),
            **plain,
        )

    def person(self, key: str) -> Person:
        """Return somebody invented."""
        row = _row("people", key)
        names = {"first_name": row["first_name"], "last_name": row["last_name"]}
        found = Person.objects.filter(**names).first()
        return found or Person.objects.create(
            job_title_fr=row["job"]["fr"],
            job_title_en=row["job"]["en"],
            organisation=self.organisation(row["organisation"]) if "organisation" in row else None,
            email=f"{key.replace('-', '.', 1)}@example.org",
            phone=row.get("phone", ""),
            shows_contact_details="phone" in row,
            **names,
        )

    def venue(self, key: str) -> Venue:
        """Return a venue with how to get there."""
        row = _row("venues", key)
        plain = {name: row[name] for name in ("address", "postcode")}
        found = Venue.objects.filter(name=row["name"], town=row["town"]).first()
        return found or Venue.objects.create(
            name=row["name"],
            town=row["town"],
            territory=self.territory(row["territory"]),
            access_fr=row["access"]["fr"],
            access_en=row["access"]["en"],
            **_coordinates(row),
            **plain,
        )

    def price_list(self, key: str) -> PriceList:
        """Return a price list with its fees, in euros a day."""
        row = _label("price_lists", "key", key)
        found = PriceList.objects.filter(label_fr=row["fr"]).first()
        if found:
            return found
        since = self.calendar.days_from_today(FEES_SINCE)
        fees = [Fee(audience=fee["audience"], amount=Decimal(fee["amount"]), valid_from=since) for fee in row["fees"]]
        return PriceList.objects.create(label_fr=row["fr"], label_en=row["en"], fees=fees)

    def _membership(self, row: dict[str, Any]) -> None:
        ends: datetime.date | None = self.calendar.days_from_today(row["ends"]) if "ends" in row else None
        Membership.objects.get_or_create(
            organisation=self.organisation(row["organisation"]) if "organisation" in row else None,
            territory=self.territory(row["territory"]) if "territory" in row else None,
            starts=self.calendar.days_from_today(row["starts"]),
            defaults={"ends": ends},
        )


def _coordinates(row: dict[str, Any]) -> dict[str, Decimal]:
    """Return where a territory or a venue stands, in degrees."""
    return {name: Decimal(str(row[name])) for name in ("latitude", "longitude")}


def _coded(model: Any, code: str, labels: dict[str, Any], **fields: Any) -> Any:
    defaults = {"label_fr": labels["fr"], "label_en": labels["en"], **fields}
    return model.objects.get_or_create(code=code, defaults=defaults)[0]


def _row(name: str, key: str) -> dict[str, Any]:
    return next(row for row in directory_file(name) if row["key"] == key)


def _label(name: str, field: str, value: str) -> dict[str, Any]:
    return next(row for row in directory_file("labels")[name] if row[field] == value)


def _territories() -> dict[str, tuple[dict[str, Any], str | None]]:
    """Map code and key of each territory to its row and the code of the one that holds it, top down."""
    found: dict[str, tuple[dict[str, Any], str | None]] = {}

    def collect(rows: list[dict[str, Any]], parent: str | None) -> None:
        for row in rows:
            handle = row.get("key", row["code"])
            found[handle] = (row, parent)
            collect(row.get("children", []), handle)

    collect(directory_file("territories"), None)
    return found
