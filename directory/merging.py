"""Two rows of the directory that are one: what the other holds moves to the one that is kept, all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex

from directory.addresses import url_of
from directory.rewriting import Replacement, rewrite_page, rewrite_versions
from search import services as search
from search.registry import is_watched


class MergeRefused(Exception):
    """Nothing was merged: a row changed meanwhile."""


@dataclass(frozen=True)
class Part:
    """Rows of one kind that point to the row merged: those that move, those that the row kept has already."""

    label: str
    moved: int
    repeated: int


@dataclass
class MergePlan:
    """What merging would do. `filled`: what is empty in the row kept, and comes from the other."""

    kept: models.Model
    merged: models.Model
    parts: list[Part] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    filled: list[tuple[str, str]] = field(default_factory=list)


def plan_merge(kept: models.Model, merged: models.Model) -> MergePlan:
    """Return what merging a row into another one of its kind would do. Nothing is written."""
    plan = MergePlan(kept, merged, pages=_naming_pages(merged))
    for key in _keys_to(type(merged)):
        rows = list(key.model._base_manager.filter(**{key.name: merged}))
        repeated = sum(_is_repeated(row, key, kept) for row in rows)
        if rows:
            plan.parts.append(Part(str(key.model._meta.verbose_name_plural), len(rows) - repeated, repeated))
    plan.filled = [(str(name.verbose_name), str(getattr(merged, name.name))) for name in _fields_to_fill(kept, merged)]
    return plan


def merge(kept: models.Model, merged: models.Model, user: AbstractBaseUser | None = None) -> models.Model:
    """Move everything that points to a row to another one of its kind, and delete it; return the row kept.

    Foreign keys, blocks of pages, their drafts and older versions, and what translations remember. What is empty in
    the row kept is filled from the other. The old address leads to the new one. Raises MergeRefused.
    """
    if type(kept) is not type(merged) or kept.pk == merged.pk:
        raise ValueError("Two rows of one kind are merged.")
    try:
        with transaction.atomic():
            return _merge(type(kept), kept.pk, merged.pk, user)
    except (IntegrityError, ProtectedError, kept.__class__.DoesNotExist) as error:
        raise MergeRefused(type(error).__name__) from error


def _merge(model: type[models.Model], kept_pk: int, merged_pk: int, user: AbstractBaseUser | None) -> models.Model:
    rows = {row.pk: row for row in model._base_manager.select_for_update().filter(pk__in=[kept_pk, merged_pk])}
    if len(rows) < 2:
        raise model.DoesNotExist
    kept, merged = rows[kept_pk], rows[merged_pk]
    change = Replacement(model, merged_pk, kept_pk)
    pages = _naming_pages(merged)
    moved = [row for key in _keys_to(model) for row in _move(key, merged, kept)]
    for page in pages:
        rewrite_page(page, change)
    rewrite_versions(change)
    for field_ in _fields_to_fill(kept, merged):
        setattr(kept, field_.name, getattr(merged, field_.name))
    _redirect(merged, kept)
    merged.delete()
    kept.save()
    log(instance=kept, action="directory.merge", user=user, data={"merged": merged_pk, "rows": len(moved)})
    _refresh(pages, moved)
    return kept


def _keys_to(model: type[models.Model]) -> list[models.ForeignKey]:
    """Return every foreign key that points to a model, hidden ones included."""
    relations = model._meta.get_fields(include_hidden=True)
    return [
        row.field for row in relations if row.auto_created and not row.concrete and (row.one_to_many or row.one_to_one)
    ]


def _move(key: models.ForeignKey, merged: models.Model, kept: models.Model) -> list[models.Model]:
    """Point the rows of one kind to the row kept; drop those that would say the same twice. Return those moved."""
    moved = []
    for row in key.model._base_manager.filter(**{key.name: merged}):
        if _is_repeated(row, key, kept):
            row.delete()
            continue
        # Not `save`: what is frozen, published or counted is none of our business.
        key.model._base_manager.filter(pk=row.pk).update(**{key.name: kept})
        setattr(row, key.name, kept)
        moved.append(row)
    return moved


def _is_repeated(row: models.Model, key: models.ForeignKey, kept: models.Model) -> bool:
    """Tell whether the row kept has the like: by a constraint, or as a child row (of a page, a date) without more."""
    for constraint in row._meta.constraints:
        concerns = isinstance(constraint, models.UniqueConstraint) and key.name in constraint.fields
        if concerns and _exists(row, key, kept, set(constraint.fields), constraint.condition):
            return True
    if not any(isinstance(other, ParentalKey) for other in row._meta.fields):
        return False
    names = {other.name for other in row._meta.concrete_fields if not other.primary_key and other.name != "sort_order"}
    return _exists(row, key, kept, names, None)


def _exists(
    row: models.Model, key: models.ForeignKey, kept: models.Model, names: set[str], condition: models.Q | None
) -> bool:
    same = {name: getattr(row, name) for name in names if name != key.name}
    return row.__class__._base_manager.filter(condition or models.Q(), **same, **{key.name: kept}).exists()


def _fields_to_fill(kept: models.Model, merged: models.Model) -> list[models.Field]:
    """Return the fields that the row kept leaves empty and the other does not."""
    return [
        row
        for row in kept._meta.concrete_fields
        if not row.primary_key and getattr(kept, row.name) in ("", None) and getattr(merged, row.name) not in ("", None)
    ]


def _naming_pages(row: models.Model) -> list[Page]:
    """Return the pages that name a row, by their fields, their rows or their blocks."""
    references = ReferenceIndex.get_references_to(row).filter(base_content_type=ContentType.objects.get_for_model(Page))
    ids = {int(pk) for pk in references.values_list("object_id", flat=True)}
    return list(Page.objects.filter(pk__in=ids).order_by("path").specific())


def _redirect(merged: models.Model, kept: models.Model) -> None:
    """Lead from the addresses of the row merged to those of the row kept."""
    for language, _label in settings.LANGUAGES:
        with override(language):
            old, new = url_of(merged), url_of(kept)
        if old:
            Redirect.objects.update_or_create(
                old_path=Redirect.normalise_path(old), site=None, defaults={"redirect_link": new, "is_permanent": True}
            )


def _refresh(pages: Iterable[Page], moved: Iterable[models.Model]) -> None:
    """Bring the search and the index of references up to date with what moved."""
    for page in pages:
        fresh = page.__class__.objects.get(pk=page.pk)
        ReferenceIndex.create_or_update_for_object(fresh)
        search.refresh(fresh)
    for row in moved:
        owner: Any = next((getattr(row, key.name) for key in row._meta.fields if isinstance(key, ParentalKey)), row)
        if is_watched(owner):
            search.refresh(owner)
