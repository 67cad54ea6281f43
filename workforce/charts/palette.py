"""Colours of the Government Analysis Function and the contrast they must reach.

Source: Government Analysis Function, "Data visualisation: colours in charts" (categorical palette,
at most four at a time, never colour alone). Contrast is computed as WCAG 2.2 defines it.
"""

from typing import Final

__all__ = [
    "BACKGROUND",
    "BAND_50",
    "BAND_80",
    "BAND_95",
    "BLUE",
    "GAP",
    "GREY",
    "GRID",
    "INK",
    "MID_BLUE",
    "MUTED",
    "ORANGE",
    "PINK",
    "PURPLE",
    "TURQUOISE",
    "contrast",
    "relative_luminance",
]

BACKGROUND: Final = "#FFFFFF"

BLUE: Final = "#12436D"
TURQUOISE: Final = "#28A197"
PINK: Final = "#801650"
ORANGE: Final = "#F46A25"
GREY: Final = "#3D3D3D"
PURPLE: Final = "#A285D1"

MID_BLUE: Final = "#2073BC"
"""Second step of the Analysis Function's sequential blues; edges of bands."""

INK: Final = "#1F1F1F"
"""Labels and titles."""

MUTED: Final = "#5A5F66"
"""Secondary text: still over 4.5:1 on white and over the lightest band."""

GRID: Final = "#E1E4E7"
"""Grid lines carry no information that an axis label does not carry as well."""

BAND_95: Final = "#E4ECF3"
BAND_80: Final = "#C3D5E4"
BAND_50: Final = "#96B6CF"
GAP: Final = "#FBDCCB"
"""Fill of a shortage; its edges are the two lines that bound it, and it is labelled in words."""


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def relative_luminance(colour: str) -> float:
    """Return the relative luminance of an sRGB colour.

    Args:
        colour: `#RRGGBB`.

    Returns:
        Between 0 (black) and 1 (white), as defined in WCAG 2.2.
    """
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as defined in WCAG 2.2 (1.4.3).

    Args:
        first: `#RRGGBB`.
        second: `#RRGGBB`; the order does not matter.
    """
    light, dark = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
