"""The colours of the style sheet keep WCAG 2.2 AA in both themes, and docs/look.md tells their true contrast."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = (ROOT / "static/css/portal.css").read_text(encoding="utf-8")
BLOCKS = (ROOT / "static/css/blocks.css").read_text(encoding="utf-8")
DOC = (ROOT / "docs/look.md").read_text(encoding="utf-8")

# Text on its ground: 4.5. What only marks an edge or a shape: 3.
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    ("ink", "ground", TEXT),
    ("ink", "panel", TEXT),
    ("ink", "mark", TEXT),
    ("ink", "quiet-ground", TEXT),
    ("ink", "ochre-ground", TEXT),
    ("ink", "error-ground", TEXT),
    ("ink-soft", "ground", TEXT),
    ("ink-soft", "panel", TEXT),
    ("ink-soft", "quiet-ground", TEXT),
    ("action", "ground", TEXT),
    ("action", "panel", TEXT),
    ("action", "quiet-ground", TEXT),
    ("action", "ochre-ground", TEXT),
    ("on-action", "action", TEXT),
    ("quiet", "ground", TEXT),
    ("quiet", "quiet-ground", TEXT),
    ("ochre", "ground", TEXT),
    ("ochre", "ochre-ground", TEXT),
    ("error", "ground", TEXT),
    ("error", "error-ground", TEXT),
    ("board-ink", "board", TEXT),
    ("board-soft", "board", TEXT),
    ("board-action", "board", TEXT),
    ("edge", "ground", SHAPE),
    ("focus", "focus-halo", SHAPE),
]


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme by name, references resolved."""
    layer = CSS[CSS.index("@layer tokens {") :]
    light, dark = layer.split("@media (prefers-color-scheme: dark)", 1)
    found = dict(re.findall(r"--([\w-]+): ([^;]+);", light))
    if theme == "dark":
        found |= dict(re.findall(r"--([\w-]+): ([^;]+);", dark[: dark.index("@supports")]))
    for name, value in found.items():
        if reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
            found[name] = found[reference[1]]
    return found


def luminance(colour: str) -> float:
    """Return the relative luminance of a #rrggbb colour (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(theme: str, front: str, ground: str) -> float:
    """Return the contrast ratio of two tokens in a theme."""
    colours = tokens(theme)
    high, low = sorted((luminance(colours[front]), luminance(colours[ground])), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_pair_of_colours_is_readable(theme: str, front: str, ground: str, least: float) -> None:
    assert contrast(theme, front, ground) >= least


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_the_documentation_tells_the_measured_contrast(front: str, ground: str, least: float) -> None:
    light, dark = contrast("light", front, ground), contrast("dark", front, ground)

    assert f"| {front} | {ground} | {light:.1f} | {dark:.1f} | {least:g} |" in DOC


def test_the_style_sheets_stay_within_their_weight() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= 12 * 1024
    assert len(gzip.compress(BLOCKS.encode(), 9)) <= 6 * 1024


def test_every_colour_of_the_layers_comes_from_a_token() -> None:
    components = CSS[CSS.index("@layer base {") : CSS.index("@layer print {")]
    for layer in (components, *re.findall(r"^@layer components \{.*?^\}", BLOCKS, re.DOTALL | re.MULTILINE)):
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", layer)
