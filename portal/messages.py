"""Translations without gettext: catalogues compiled in Python, and the messages that code and templates use.

`make messages` still asks gettext to write the catalogues; a newcomer who only runs the portal needs none of it.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

# Which arguments of each function are: the context (or None), the message, its plural (or None).
_PLAIN, _PLURAL = (None, 0, None), (None, 0, 1)
_CONTEXT, _CONTEXT_PLURAL = (0, 1, None), (0, 1, 2)
_FUNCTIONS = {
    "_": _PLAIN,
    "gettext": _PLAIN,
    "gettext_lazy": _PLAIN,
    "gettext_noop": _PLAIN,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _CONTEXT_PLURAL,
    "npgettext_lazy": _CONTEXT_PLURAL,
}
# Django turns a template into text where only such calls are left, as C or Python would write them.
_CALL = re.compile(r"(?<![\w.])(" + "|".join(sorted(_FUNCTIONS, key=len, reverse=True)) + r")\(")
_NOT_OURS = {".venv", "var", "node_modules", "migrations", "tests", "bench", "docs", ".git", "bin"}


@dataclass(frozen=True)
class UsedMessage:
    """A message as the source writes it. `plural` is empty for most; two messages may differ by context alone."""

    context: str
    text: str
    plural: str
    place: str

    @property
    def key(self) -> tuple[str, str]:
        """Return what identifies it in a catalogue."""
        return self.context, self.text


def compile_catalogues(folder: Path) -> list[Path]:
    """Write the .mo beside each .po under `folder` whose .mo is absent or older; return the .mo files written.

    Fuzzy entries are guesses nobody confirmed: they are left out, as msgfmt does.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


def used_messages(root: Path) -> Iterator[UsedMessage]:
    """Yield every message used by the Python files and templates under `root`, tests and migrations aside."""
    folders = [folder for folder in sorted(root.iterdir()) if folder.is_dir() and folder.name not in _NOT_OURS]
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        parts = path.relative_to(root).parts
        if path.suffix not in {".py", ".html", ".txt"} or _NOT_OURS.intersection(parts):
            continue
        place = "/".join(parts)
        if path.suffix == ".py":
            yield from _in_python(path.read_text(encoding="utf-8"), place)
        elif "templates" in parts:
            yield from _in_template(path.read_text(encoding="utf-8"), place)


def missing_translations(used: Iterator[UsedMessage], catalogue: Path) -> list[UsedMessage]:
    """Return the messages that `catalogue` (a .po file) lacks, leaves empty, or marks fuzzy."""
    translated = {
        (entry.msgctxt or "", entry.msgid): bool(entry.msgid_plural)
        for entry in (polib.pofile(str(catalogue)) if catalogue.exists() else [])
        if entry.translated() and not entry.obsolete
    }
    missing = {}
    for message in used:
        if message.key not in translated or (message.plural and not translated[message.key]):
            missing.setdefault(message.key, message)
    return list(missing.values())


def _in_python(source: str, place: str) -> Iterator[UsedMessage]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in _FUNCTIONS:
                message = _message(name, node.args, f"{place}:{node.lineno}")
                if message:
                    yield message


def _in_template(source: str, place: str) -> Iterator[UsedMessage]:
    text = templatize(source, origin=place)
    for match in _CALL.finditer(text):
        call = _parsed_call(text, match.start())
        line = text.count("\n", 0, match.start()) + 1
        message = _message(match.group(1), call.args, f"{place}:{line}") if call else None
        if message:
            yield message


def _parsed_call(text: str, start: int) -> ast.Call | None:
    """Parse the call that begins at `start`; what follows it is noise, so try each closing bracket in turn."""
    end = start
    while (end := text.find(")", end) + 1) > 0:
        try:
            # Django's text continues a plural call with undeclared names, which parse all the same.
            body = ast.parse(text[start:end].strip(), mode="eval").body
        except SyntaxError:
            continue
        return body if isinstance(body, ast.Call) else None
    return None


def _message(name: str, arguments: list[ast.expr], place: str) -> UsedMessage | None:
    """Return the message of one call, or None when its text is not a literal (a variable that holds a message)."""

    def text(position: int | None) -> str | None:
        if position is None or position >= len(arguments):
            return ""
        argument = arguments[position]
        return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None

    context, message, plural = (text(position) for position in _FUNCTIONS[name])
    if not message or context is None or plural is None:
        return None
    return UsedMessage(context, message, plural, place)
