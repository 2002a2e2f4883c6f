"""Contrast of colours, after WCAG 2.2 (relative luminance and contrast ratio)."""

# The grounds of the style sheet, on which a centre's accent must be readable.
LIGHT_GROUND = "#fbf8f2"
DARK_GROUND = "#16302b"


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour written #rrggbb, from 0 (black) to 1 (white)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
