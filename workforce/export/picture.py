"""Charts as pictures that can stand alone: title, subtitle, source and provenance drawn in."""

import re
from xml.sax.saxutils import escape

from workforce.charts import palette
from workforce.charts.figure import Figure
from workforce.charts.theme import FONT
from workforce.export.names import printable
from workforce.export.provenance import Provenance

__all__ = ["PPI", "figure_png", "figure_svg", "warm_up", "wrapped"]

PPI = 200
"""Pixels per inch of PNG files, at 72 px of the chart to the inch."""

_MARGIN = 24
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'\b(width|height)="([0-9.]+)"')
# Widths of Arial in ems, by groups and on the wide side, so that no line runs out of the picture.
_NARROW = frozenset("ijltfrI.,:;'’‘|!()[]/ -·")
_WIDE = frozenset("mwMW%@—£")


def figure_svg(figure: Figure, provenance: Provenance) -> str:
    """Return a figure as an SVG document.

    Args:
        figure: The figure.
        provenance: Where it comes from; written into the last lines.

    Returns:
        One self-contained document with title and description for screen readers. Nothing in it
        refers to another host.

    Raises:
        ValueError: If the figure has no mark, so that nobody knows whether small counts are in it.
    """
    import vl_convert

    provenance = provenance.marked([figure])

    inner = vl_convert.vegalite_to_svg(figure.fixed().to_dict(), allowed_base_urls=[])
    found = _ROOT.search(inner)
    if found is None:
        raise ValueError("the chart renderer returned no SVG")
    size = {name: float(value) for name, value in _SIZE.findall(found.group())}
    width = max(size["width"] + 2 * _MARGIN, 640.0)
    lines, top = _block(_header(figure, width - 2 * _MARGIN), _MARGIN)
    top += 10
    foot, bottom = _block(
        _footer(figure, provenance, width - 2 * _MARGIN), top + size["height"] + 14
    )
    body = inner[found.end() : inner.rindex("</svg>")]
    # Inside a picture with a description of its own the marks are not announced one by one.
    chart = (
        f'<svg x="{_MARGIN}" y="{top:.1f}" width="{size["width"]:g}" height="{size["height"]:g}" '
        f'viewBox="0 0 {size["width"]:g} {size["height"]:g}" aria-hidden="true">{body}</svg>'
    )
    height = bottom + _MARGIN - 6
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width:g}" height="{height:.0f}" viewBox="0 0 {width:g} {height:.0f}" '
        f'role="img" aria-labelledby="figure-title figure-description" lang="en-GB">'
        f'<title id="figure-title">{_text(figure.title)}</title>'
        f'<desc id="figure-description">{_text(figure.alt)}</desc>'
        f'<rect width="100%" height="100%" fill="{palette.BACKGROUND}"/>'
        f"{lines}{chart}{foot}</svg>"
    )


def figure_png(figure: Figure, provenance: Provenance) -> bytes:
    """Return a figure as a PNG picture of 200 pixels per inch.

    Args:
        figure: The figure.
        provenance: Where it comes from; drawn into the last lines.
    """
    import vl_convert

    picture: bytes = vl_convert.svg_to_png(figure_svg(figure, provenance), scale=1, ppi=PPI)
    return picture


def warm_up() -> None:
    """Start the renderer and let it find its fonts, which takes seconds the first time."""
    import vl_convert

    vl_convert.svg_to_png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">'
        f'<text font-family="{FONT}">a</text></svg>'
    )
    vl_convert.vegalite_to_svg(
        {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a"}}}
    )


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return text in lines that fit a width.

    Args:
        text: Text; a word longer than a line is cut.
        width: Width in px.
        size: Font size in px.
        bold: Whether the letters are bold.

    Returns:
        Lines, at least one.
    """
    scale = size * (1.08 if bold else 1.0)
    lines = [""]
    for word in printable(text).split():
        for piece in _pieces(word, width / scale):
            longer = f"{lines[-1]} {piece}".strip()
            if lines[-1] and _ems(longer) * scale > width:
                lines.append(piece)
            else:
                lines[-1] = longer
    return lines


def _ems(text: str) -> float:
    return sum(
        0.34 if each in _NARROW else 0.92 if each in _WIDE else 0.73 if each.isupper() else 0.57
        for each in text
    )


def _pieces(word: str, ems: float) -> list[str]:
    most = max(8, int(ems / 0.92))
    if _ems(word) <= ems:
        return [word]
    return [word[start : start + most] for start in range(0, len(word), most)]


_Line = tuple[str, float, bool, str]
"""Text, size in px, bold, colour."""


def _header(figure: Figure, width: float) -> list[_Line]:
    title = wrapped(figure.title, width, 21, bold=True)
    below = wrapped(figure.subtitle, width, 14)
    lines: list[_Line] = [(line, 21.0, True, palette.INK) for line in title]
    return lines + [(line, 14.0, False, palette.GREY) for line in below]


def _footer(figure: Figure, provenance: Provenance, width: float) -> list[_Line]:
    lines: list[_Line] = []
    for warning in provenance.warnings:
        lines.append((warning, 12.0, True, palette.PINK))
    for text in (figure.source, provenance.footer()):
        lines += [(line, 12.0, False, palette.MUTED) for line in wrapped(text, width, 12)]
    return lines


def _block(lines: list[_Line], top: float) -> tuple[str, float]:
    drawn = []
    for text, size, bold, colour in lines:
        top += size * 1.32
        drawn.append(
            f'<text x="{_MARGIN}" y="{top - size * 0.3:.1f}" font-family="{FONT}" '
            f'font-size="{size:g}"{" font-weight=" + chr(34) + "bold" + chr(34) if bold else ""} '
            f'fill="{colour}">{_text(text)}</text>'
        )
    return "".join(drawn), top


def _text(text: str) -> str:
    return escape(printable(text))
