"""What a provider hands over for one searchable thing, before it is a row."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import TextChoices
from django.utils import timezone, translation
from django.utils.formats import date_format

from search.analysis import clean
from search.enums import ALSO_CALLED, CALLED_BY_KIND, FacetName, Kind, Places, Price


@dataclass(frozen=True)
class Source:
    """What an entry comes from: model label ("wagtailcore.page"), primary key as text."""

    model: str
    key: str


@dataclass(frozen=True)
class Section:
    """Text under one heading; `anchor` is the heading's id in the page, "" for what comes before the first."""

    heading: str
    anchor: str
    text: str


@dataclass(frozen=True)
class FacetValue:
    """One value to filter by: `code` is stable, labels are what is shown in each language."""

    code: str
    label_fr: str
    label_en: str = ""


def choice_value(choices: type[TextChoices], code: str) -> list[FacetValue]:
    """Return a choice with its name in both languages; nothing for a code that is none."""
    if code not in choices.values:
        return []
    labels = []
    for language in ("fr", "en"):
        with translation.override(language):
            labels.append(str(choices(code).label))
    return [FacetValue(str(code), *labels)]


@dataclass(frozen=True)
class EntryData:
    """One searchable thing in one language: plain text only, no markup.

    `url` is a path on the site. `work_key` is the same for the translations of one thing. `pages` holds the text of a
    file, page by page. `facets` maps a `FacetName` value to what can be chosen. `facts` holds what only the display
    needs (format and size of a file).
    """

    source: Source
    kind: str
    language: str
    url: str
    title: str
    anchor: str = ""
    work_key: str = ""
    summary: str = ""
    sections: Sequence[Section] = ()
    pages: Sequence[str] = ()
    keywords: Sequence[str] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    venue: str = ""
    place: str = ""
    price: str = ""
    places: str = ""
    popularity: int = 0
    updated_on: date | None = None
    carrier_key: str = ""
    carrier_title: str = ""
    carrier_url: str = ""
    facets: Mapping[str, Sequence[FacetValue]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def cleaned(self) -> "EntryData":
        """Return the same entry with every text cleaned, so that excerpts and indexes read the same characters."""
        return EntryData(
            **{
                **{name: getattr(self, name) for name in self.__dataclass_fields__},
                "title": clean(self.title)[:255],
                "summary": clean(self.summary),
                "venue": clean(self.venue)[:255],
                "place": clean(self.place)[:255],
                "carrier_title": clean(self.carrier_title)[:255],
                "sections": [Section(clean(s.heading), s.anchor, clean(s.text)) for s in self.sections],
                "pages": [clean(page) for page in self.pages],
                "keywords": [
                    word for word in map(clean, (*self.keywords, *self.names_of_kind(), *self.months())) if word
                ],
                "facets": {**self.derived_facets(), **self.facets},
            }
        )

    def derived_facets(self) -> dict[str, list[FacetValue]]:
        """Return what the columns say that one may filter by: towns, year, price, places."""
        day = timezone.localtime(self.starts).date() if self.starts else self.updated_on
        values = {
            FacetName.PLACE: [FacetValue(town[:100], town) for town in clean(self.place)[:255].split(", ") if town],
            FacetName.YEAR: [FacetValue(str(day.year), str(day.year))] if day else [],
            FacetName.PRICE: choice_value(Price, self.price),
            FacetName.PLACES: choice_value(Places, self.places),
        }
        return {name.value: found for name, found in values.items() if found}

    def names_of_kind(self) -> list[str]:
        """Return what people call such a thing, which its text may never say: «évènement février»."""
        kinds = [value.code for value in self.facets.get("of", ())] or [self.kind]
        with translation.override(self.language):
            names = [Kind(kind).singular for kind in kinds if kind in CALLED_BY_KIND]
        for kind in kinds:
            names += ALSO_CALLED.get(kind, {}).get(self.language, ())
        return [name for name in names if name not in self.keywords]

    def months(self) -> list[str]:
        """Return the months in which a thing with a date begins and ends, as people ask for them: «mars 2027»."""
        with translation.override(self.language):
            said = [date_format(timezone.localtime(moment), "F Y") for moment in (self.starts, self.ends) if moment]
        return [month for month in dict.fromkeys(said) if month not in self.keywords]

    def fingerprint(self) -> str:
        """Return a hash of the content: equal when nothing has to be written again."""
        content = json.dumps(asdict(self), cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.blake2b(content.encode(errors="replace"), digest_size=16).hexdigest()
