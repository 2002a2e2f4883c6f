"""Which languages a work is not told in: kept with each of its entries, as values of `FacetName.LACKS`.

A list shows what its language has, then what that language lacks, in the original: two questions that every engine
answers, since the second one filters by a value like any other. Only rows that no other language matches have one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db.models import F

from search.enums import FacetName
from search.models import SearchEntry, SearchEntryFacet

BATCH = 500
# An entry and a language that its work lacks.
Lack = tuple[int, str]


def differences(works: Collection[str] | None = None) -> tuple[set[Lack], set[Lack]]:
    """Return what is not noted and what is noted wrongly, among the entries of these works, or of all."""
    entries = SearchEntry.objects.exclude(work_key="")
    noted = SearchEntryFacet.objects.filter(name=FacetName.LACKS)
    if works is not None:
        entries, noted = entries.filter(work_key__in=works), noted.filter(entry__work_key__in=works)
    languages: dict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    for pk, language, *place in entries.values_list("pk", "language", "work_key", "kind", "anchor"):
        languages[tuple(place)][pk] = language
    every = {code for code, _name in settings.LANGUAGES}
    right = {(pk, code) for found in languages.values() for pk in found for code in every - set(found.values())}
    known = set(noted.values_list("entry_id", "code"))
    return right - known, known - right


def settle(works: Collection[str] | None = None) -> set[int]:
    """Note the languages that these works lack, or all works; return the keys of the entries that changed."""
    if works is not None and not works:
        return set()
    missing, wrong = differences(works)
    for code in {code for _pk, code in wrong}:
        for keys in _batches(pk for pk, other in wrong if other == code):
            SearchEntryFacet.objects.filter(name=FacetName.LACKS, code=code, entry__in=keys).delete()
    SearchEntryFacet.objects.bulk_create(
        (
            SearchEntryFacet(entry_id=pk, name=FacetName.LACKS, code=code, label_fr=code, label_en=code)
            for pk, code in sorted(missing)
        ),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    changed = {pk for pk, _code in missing | wrong}
    for keys in _batches(changed):
        SearchEntry.objects.filter(pk__in=keys).update(version=F("version") + 1)
    return changed


def _batches(keys: Iterable[int]) -> Iterable[list[int]]:
    found = sorted(keys)
    return (found[start : start + BATCH] for start in range(0, len(found), BATCH))
