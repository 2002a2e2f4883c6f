"""Where blocks make themselves known: a class decorated with `@block` is offered to editors, nothing else to edit."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from django.utils.functional import Promise
from wagtail.blocks import Block

from portal.blocks.groups import GROUPS
from portal.blocks.streams import BodyBlock

# What a page may be, as far as the choice of its blocks goes. A chapter is a part of a dossier; a session is an event.
PAGE_KINDS = ("case_study", "chapter", "resource", "cycle", "event", "report", "news", "standard")

_library: dict[str, type[Block]] = {}


def block(name: str, group: Promise, suits: tuple[str, ...] = PAGE_KINDS) -> Callable[[type[Block]], type[Block]]:
    """Register a block class under its name in stored content, in a group of the editor's chooser (see `groups`).

    `suits` names the kinds of page that offer it: all of them by default. Its template: `blocks/<name>.html`,
    unless its Meta says otherwise. Raises ValueError on a name taken or a kind that does not exist.
    """
    if unknown := set(suits) - set(PAGE_KINDS):
        raise ValueError(f"The block «{name}» suits pages that do not exist: {sorted(unknown)}.")

    def register(block_class: type[Block]) -> type[Block]:
        if name in _library and _library[name].__qualname__ != block_class.__qualname__:
            raise ValueError(f"Two blocks want the name «{name}».")
        meta = block_class._meta_class
        if not getattr(meta, "template", None):
            meta.template = f"blocks/{name}.html"
        meta.group = group
        block_class.suits = suits
        _library[name] = block_class
        return block_class

    return register


def load_blocks(package_name: str) -> None:
    """Import every module of a package of blocks, so that their decorators run."""
    package = import_module(package_name)
    for module in iter_modules(package.__path__):
        import_module(f"{package_name}.{module.name}")


def body_blocks(kind: str = "") -> BodyBlock:
    """Return the stream of a page's body: the blocks that suit a kind of page, or the whole library without one.

    Raises ValueError for a kind that does not exist.
    """
    if kind and kind not in PAGE_KINDS:
        raise ValueError(f"No page is of the kind «{kind}».")
    chosen = [(name, known()) for name, known in _library.items() if not kind or kind in known.suits]
    in_order = sorted(chosen, key=lambda item: _place_of(item[1].meta.group))
    return BodyBlock(in_order, required=False)


def _place_of(group: Promise) -> int:
    """Return where the chooser shows a group. By identity: comparing would translate before translations are ready."""
    return next((place for place, known in enumerate(GROUPS) if known is group), len(GROUPS))
