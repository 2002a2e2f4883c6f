"""What a page is a part of: a session names its cycle where it stands alone."""

from collections.abc import Iterable

from wagtail.models import Page


def titles_of_wholes(pages: Iterable[Page]) -> dict[int, str]:
    """Map the keys of the pages that are a part of a public parent (sessions of a cycle) to its title, in one query."""
    parents = {page.pk: page.path[: -Page.steplen] for page in pages if getattr(page, "is_part_of_parent", False)}
    if not parents:
        return {}
    public = Page.objects.live().public().filter(path__in=set(parents.values()))
    titles = dict(public.values_list("path", "title"))
    return {pk: titles[path] for pk, path in parents.items() if path in titles}
