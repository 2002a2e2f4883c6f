"""The corpus: from YAML to entries, rows and the index, through the search's own pieces, for any engine."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify

from cycles.models import training_words
from portal.dates import written
from search import sync
from search.entries import EntryData, FacetValue, Section, Source
from search.enums import Kind
from search.models import SearchEntry, Term
from tests.search.judged.documents import document_entry

FOLDER = Path(__file__).parent / "corpus"
LANGUAGES = ("fr", "en")
MODEL = "tests.judged"
# The day on which the corpus is read: dates before it are over.
TODAY = datetime(2027, 2, 15, 10, 0)
TRAINING = ("cycle", "session")
# Keys of an entry's facts in YAML, and the list of the vocabulary that names their values.
FACETS = {
    "themes": "theme",
    "audiences": "audience",
    "territories": "territory",
    "networks": "network",
    "programmes": "programme",
    "resource_type": "resource_type",
}

Raw = Mapping[str, Any]


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def vocabulary() -> dict[str, dict[str, list[str]]]:
    return read(FOLDER / "vocabulary.yaml")


def facets(raw: Raw) -> dict[str, list[FacetValue]]:
    """Return what an entry can be filtered by, with the labels of the vocabulary."""
    result = {}
    for key, name in FACETS.items():
        codes = raw.get(key, [])
        codes = [codes] if isinstance(codes, str) else codes
        values = [FacetValue(code, *vocabulary()[name][code]) for code in codes]
        if values:
            result[name] = values
    return result


def moment(text: str | None) -> datetime | None:
    return timezone.make_aware(datetime.fromisoformat(text)) if text else None


def path_of(raw: Raw, language: str) -> str:
    return f"/{language}/{raw.get('kind', 'page')}/{raw['slug']}/"


def described(raw: Raw, language: str, carrier: Raw | None) -> EntryData:
    """Return the entry of a page or, with its carrier, of a close-up on it: as `search.providers.pages` does."""
    towns = raw.get("places_held") or [town for town in (raw.get("place"),) if town]
    words = training_words() if raw["kind"] in TRAINING else []
    sections = [Section(heading, slugify(heading), text) for heading, text in raw.get("sections", {}).items()]
    return EntryData(
        source=Source(MODEL, (carrier or raw)["slug"]),
        kind=raw["kind"],
        language=language,
        url=path_of(carrier or raw, language),
        anchor=raw["slug"] if carrier else "",
        work_key=raw.get("work", raw["slug"]),
        title=raw["title"],
        summary=raw.get("summary", ""),
        sections=sections,
        keywords=[*raw.get("keywords", []), *words, *towns],
        starts=moment(raw.get("starts")),
        ends=moment(raw.get("ends")),
        venue=raw.get("venue", ""),
        place=", ".join(towns),
        updated_on=date(2027, 1, 4),
        carrier_key=carrier["slug"] if carrier else "",
        carrier_title=carrier["title"] if carrier else "",
        carrier_url=path_of(carrier, language) if carrier else "",
        facets=facets(raw),
        facts={"slug": raw["slug"]},
    )


def date_of(raw: Raw, session: Raw, language: str) -> EntryData:
    """Return the entry of a date of `session`: as `events.search` does."""
    slug = f"{session['slug']}@{raw['day']}"
    place = f"{raw['place']}, {raw['venue']}"
    starts, ends = (timezone.make_aware(datetime.combine(raw["day"], time(hour))) for hour in raw["hours"])
    return EntryData(
        source=Source(MODEL, slug),
        kind=Kind.OCCURRENCE,
        language=language,
        url=path_of(session, language),
        anchor=f"date-{raw['day']}",
        title=f"{session['title']}, {written(raw['day'], 'l j F Y')}",
        summary=f"{place} · {session['summary']}",
        keywords=[*training_words(), raw["place"]],
        starts=starts,
        ends=ends,
        venue=raw["venue"],
        place=raw["place"],
        price=raw["price"],
        places=raw["places"],
        facets=facets({**session, "territories": [raw["territory"]]}),
        facts={"slug": slug},
    )


def pages(language: str) -> dict[str, Raw]:
    """Return what the files of one language hold, dates left out, by slug; a file may give its entries their kind."""
    kinds = {"dossiers": "dossier", "resources": "resource"}
    paths = [path for path in sorted((FOLDER / language).glob("*.yaml")) if path.stem != "dates"]
    found = [{"kind": kinds.get(path.stem), **raw} for path in paths for raw in read(path)]
    return {raw["slug"]: raw for raw in found}


def entries() -> Iterator[EntryData]:
    """Yield every entry, those of one source side by side."""
    carriers: dict[str, tuple[Raw, str]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            known = pages(language)
            carriers |= {slug: (raw, path_of(raw, language)) for slug, raw in known.items()}
            for raw in known.values():
                if "carrier" not in raw:
                    yield described(raw, language, None)
                    close_ups = (other for other in known.values() if other.get("carrier") == raw["slug"])
                    yield from (described(close_up, language, raw) for close_up in close_ups)
            yield from (date_of(raw, known[raw["session"]], language) for raw in read(FOLDER / language / "dates.yaml"))
    for number, raw in enumerate(read(FOLDER / "documents.yaml"), start=1):
        carrier, path = carriers[raw["carrier"]]
        yield document_entry(number, raw, carrier, path)


def load() -> int:
    """Write and index the whole corpus with its terms, and return how many entries there are."""
    by_source: dict[Source, list[EntryData]] = {}
    for entry in entries():
        by_source.setdefault(entry.source, []).append(entry)
    with transaction.atomic():
        for source, found in by_source.items():
            sync.write(source, found)
        Term.objects.bulk_create(Term(**values) for values in read(FOLDER / "terms.yaml"))
    return sum(map(len, by_source.values()))


def slug_of(entry: SearchEntry) -> str:
    """Return the name that judged queries give to an entry; "" for one that is not of the corpus."""
    return str(entry.facts.get("slug", ""))
