"""Where blocks make themselves known: a class decorated with `@block` is offered to editors, nothing else to edit."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from django.utils.functional import Promise
from wagtail.blocks import Block, StreamBlock

_library: dict[str, type[Block]] = {}


def block(name: str, group: str | Promise) -> Callable[[type[Block]], type[Block]]:
    """Register a block class under its name in stored content, in a group of the editor's chooser.

    Its template is `templates/blocks/<name>.html` unless its Meta says otherwise. Raises ValueError on a name taken.
    """

    def register(block_class: type[Block]) -> type[Block]:
        if name in _library and _library[name].__qualname__ != block_class.__qualname__:
            raise ValueError(f"Two blocks want the name «{name}».")
        meta = block_class._meta_class
        if not getattr(meta, "template", None):
            meta.template = f"blocks/{name}.html"
        meta.group = group
        _library[name] = block_class
        return block_class

    return register


def load_blocks(package_name: str) -> None:
    """Import every module of a package of blocks, so that their decorators run."""
    package = import_module(package_name)
    for module in iter_modules(package.__path__):
        import_module(f"{package_name}.{module.name}")


def body_blocks(*names: str) -> StreamBlock:
    """Return the stream of a page's body: the named blocks, or the whole library without a name."""
    chosen = names or tuple(_library)
    return StreamBlock([(name, _library[name]()) for name in chosen], required=False)
