"""The look of messages: mail programs read styles on each element, and nowhere else."""

import re
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from outbox.identity import ACCENT

register = template.Library()

INK, SOFT, PAPER, PANEL, LINE, THREAD = "#16302b", "#4b5f59", "#fbf8f2", "#f3eee2", "#d8d1c1", "#e0a899"
OCHRE_GROUND, ON_ACCENT = "#f7e8c6", "#fffdf9"
FONT = "font-family:'Source Sans 3','Segoe UI',Helvetica,Arial,sans-serif"
TEXT = f"{FONT};font-size:17px;line-height:1.5;color:{INK}"
SMALL = f"{FONT};font-size:15px;line-height:1.45;color:{SOFT}"
# A long address never widens the page of a phone.
WRAPS = "overflow-wrap:anywhere;word-break:break-word"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

STYLES = {
    "page": f"margin:0;padding:0;background-color:{PANEL};-webkit-text-size-adjust:100%",
    "ground": f"width:100%;background-color:{PANEL}",
    "around": "padding:16px 8px",
    "column": f"width:100%;max-width:600px;background-color:{PAPER};border-collapse:collapse",
    "head": f"{FONT};padding:16px 24px;background-color:{INK};color:{PAPER};font-size:18px;line-height:1.3;"
    "font-weight:bold;text-align:start",
    "head_link": f"color:{PAPER};text-decoration:none",
    "body": f"{TEXT};padding:24px;text-align:start;{WRAPS}",
    "foot": f"{SMALL};padding:16px 24px 24px;background-color:{PANEL};border-top:1px solid {LINE};text-align:start;"
    f"{WRAPS}",
    "h1": f"{FONT};margin:0 0 16px;font-size:24px;line-height:1.2;font-weight:bold;color:{INK}",
    "h2": f"{FONT};margin:0 0 8px;font-size:20px;line-height:1.25;font-weight:bold;color:{INK}",
    "p": f"{TEXT};margin:0 0 16px",
    "small": f"{SMALL};margin:0 0 16px",
    "foot_line": f"{SMALL};margin:8px 0 0",
    "foot_link": f"color:{INK}",
    "link": "color:{accent}",
    "title_link": f"color:{INK}",
    "list": f"{TEXT};margin:0 0 16px;padding:0 0 0 20px",
    "block": f"margin:0 0 24px;padding:4px 0 4px 16px;border-left:3px solid {THREAD}",
    "facts": f"width:100%;border-collapse:collapse;border-top:1px solid {LINE}",
    "label": f"{SMALL};width:74px;padding:6px 10px 6px 0;border-bottom:1px solid {LINE};font-weight:normal;"
    "text-align:start;vertical-align:top",
    "fact": f"{TEXT};padding:5px 0;border-bottom:1px solid {LINE};text-align:start;vertical-align:top;{WRAPS}",
    "notice": f"{TEXT};margin:0 0 16px;padding:12px 16px;background-color:{OCHRE_GROUND};{WRAPS}",
    "actions": "margin:24px 0 8px",
    "button": f"{FONT};display:inline-block;padding:13px 22px;background-color:{{accent}};border-radius:2px;"
    f"color:{ON_ACCENT};font-size:17px;line-height:1.25;font-weight:bold;text-decoration:none",
}


@register.simple_tag(takes_context=True)
def look(context: dict[str, Any], name: str) -> SafeString:
    """Return the attribute that gives an element its look, with the centre's colour; KeyError for an unknown name."""
    accent = getattr(context.get("centre"), "accent", "")
    accent = accent if COLOUR.fullmatch(accent) else ACCENT
    # Nothing of it comes from outside: the styles stand above, and a colour is six hexadecimal digits.
    return mark_safe(f'style="{STYLES[name].format(accent=accent)}"')
