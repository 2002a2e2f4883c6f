"""From instances to rows, and from rows to the engine: one instance, one short transaction."""

import logging
from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.db.models import Model
from django.utils import translation

from search import naming, siblings, spelling
from search.engines import get_engine
from search.entries import EntryData, Source
from search.enums import FacetName
from search.models import SearchEntry, SearchEntryFacet
from search.patience import patiently
from search.registry import Provider, provider_for, providers

logger = logging.getLogger(__name__)

# Fields of an entry that are copied from its data as they are.
COPIED = (
    *("kind", "language", "anchor", "work_key", "url", "title", "summary", "pages", "keywords", "starts", "ends"),
    *("venue", "place", "price", "places", "popularity", "updated_on", "carrier_key", "carrier_title", "carrier_url"),
    *("facts",),
)

Progress = Callable[[str], None]


def update_instance(provider: Provider, instance: Model) -> None:
    """Bring the entries of one instance up to date with the database.

    Its row is locked first (on SQLite the transaction itself is the lock), then read again: of two changes at once,
    the entry keeps the later one.
    """
    provider.prepare(instance)
    with transaction.atomic():
        locked = provider.model._base_manager.select_for_update(of=("self",)).filter(pk=instance.pk).first()
        found = list(provider.entries(locked)) if locked else []
        for source in provider.sources(instance):
            write(source, [data for data in found if data.source == source])


def write(source: Source, found: Iterable[EntryData]) -> None:
    """Make the rows of `source` those of `found`; rows that have not changed are left alone. In a transaction."""
    known = {
        (entry.kind, entry.language, entry.anchor): entry
        for entry in SearchEntry.objects.filter(source_model=source.model, source_key=source.key)
    }
    named = naming.named_by(source)
    changed = []
    works = {entry.work_key for entry in known.values()}
    for data in (data.cleaned() for data in found):
        entry = known.pop((data.kind, data.language, data.anchor), None)
        fingerprint = data.fingerprint()
        if entry is None or entry.content_hash != fingerprint:
            changed.append(save(entry or SearchEntry(), data, fingerprint))
    if not changed and not known:
        return
    searched = [entry for entry in changed if entry.is_searched]
    engine = get_engine()
    if known:
        gone = [entry.pk for entry in known.values()]
        engine.remove(gone)
        SearchEntry.objects.filter(pk__in=gone).delete()
    others = siblings.settle({*works, *(entry.work_key for entry in changed)} - {""})
    if searched:
        engine.index(searched)
        spelling.learn(searched)
    naming.follow(named ^ naming.named_by(source), update_all)
    if others := others - {entry.pk for entry in changed}:
        engine.index(SearchEntry.objects.searched().filter(pk__in=others))


def save(entry: SearchEntry, data: EntryData, fingerprint: str) -> SearchEntry:
    """Write one row with the values it can be filtered by."""
    for name in COPIED:
        setattr(entry, name, getattr(data, name))
    entry.source_model, entry.source_key = data.source.model, data.source.key
    entry.sections = [{"heading": s.heading, "anchor": s.anchor, "text": s.text} for s in data.sections]
    entry.content_hash = fingerprint
    entry.version = entry.version + 1 if entry.pk else 1
    entry.save()
    # What its work lacks is not its own to say.
    entry.facets.exclude(name=FacetName.LACKS).delete()
    SearchEntryFacet.objects.bulk_create(
        SearchEntryFacet(entry=entry, name=name, code=value.code, label_fr=value.label_fr, label_en=value.label_en)
        for name, values in data.facets.items()
        for value in {value.code: value for value in values}.values()
    )
    return entry


def update(model: type[Model], key: object) -> None:
    """Bring up to date the entries of an instance (gone or not) and of those that depend on it."""
    instance = model._base_manager.filter(pk=key).first()
    if instance is None:
        return
    if provider := provider_for(instance):
        update_instance(provider, instance)
    update_all(dependents(instance))


def update_all(
    instances: Iterable[tuple[Provider, Model]], work: Callable[[Provider, Model], None] = update_instance
) -> None:
    """Bring several instances up to date; one that fails is logged and does not stop the others."""
    for provider, instance in instances:
        try:
            work(provider, instance)
        except Exception:
            logger.exception("The search entries of %r could not be refreshed", instance)


def dependents(changed: Model) -> Iterator[tuple[Provider, Model]]:
    """Yield what must be refreshed with an instance that changed."""
    for provider in providers():
        for instance in provider.dependents(changed):
            yield provider, instance


def is_stale(provider: Provider, instance: Model) -> bool:
    """Tell whether the rows of an instance are not what its provider says today."""
    sources = provider.sources(instance)
    provider.prepare(instance)
    said = {
        (data.source.key, data.kind, data.language, data.anchor): data.cleaned().fingerprint()
        for data in provider.entries(instance)
    }
    rows = SearchEntry.objects.filter(
        source_model=provider.source(instance).model, source_key__in=[source.key for source in sources]
    ).values_list("source_key", "kind", "language", "anchor", "content_hash")
    return said != {tuple(place): content_hash for *place, content_hash in rows}


def orphans() -> list[Source]:
    """Return the sources of rows whose instance is gone."""
    known = {
        source for provider in providers() for instance in provider.instances() for source in provider.sources(instance)
    }
    found = SearchEntry.objects.values_list("source_model", "source_key").distinct()
    return [source for model, key in found if (source := Source(model, key)) not in known]


def rebuild(progress: Progress) -> None:
    """Read everything again, forget what no longer exists, and index all rows again. Visitors search meanwhile.

    What editors write meanwhile is waited for: each step can be done twice. Progress is in English, as commands are.
    """
    for provider in providers():
        with translation.override("en"):
            name = str(provider.model._meta.verbose_name_plural)
        count = 0
        for count, instance in enumerate(provider.instances(), start=1):
            update_all([(provider, instance)], lambda *it: patiently(update_instance, *it))
            if count % 100 == 0:
                progress(f"{name}: {count}")
        progress(f"{name}: {count}, done")
    for source in orphans():
        patiently(write_nothing, source)
    patiently(siblings.settle)
    patiently(get_engine().rebuild, progress)
    patiently(spelling.recount)


def write_nothing(source: Source) -> None:
    """Remove the entries of `source`."""
    with transaction.atomic():
        write(source, [])
