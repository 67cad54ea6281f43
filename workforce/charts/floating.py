"""Bars that begin where the one before them ended, with levels at both ends."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd

from workforce.charts import palette
from workforce.charts.figure import AltairChart
from workforce.charts.layers import label, stacked

__all__ = ["FEWER", "LEVEL", "MORE", "Floating", "floating_bars", "signed"]

FEWER: Final = "Fewer"
MORE: Final = "More"
LEVEL: Final = "Level"

_LINE: Final = 36
"""Characters of a name before it goes on in the next line; three lines stand beside a bar."""
_ROW: Final = 40
_LINE_HEIGHT: Final = 15
# Further lines would hang below the first one; half of them go above it.
_MIDDLE: Final[Any] = {
    "condition": [
        {"test": f"length(split(datum.value, '\\n')) == {lines}", "value": -_LINE_HEIGHT * half}
        for lines, half in ((2, 0.5), (3, 1.0))
    ],
    "value": 0,
}


@dataclass(frozen=True, slots=True)
class Floating:
    """What is drawn.

    Attributes:
        rows: A row a bar in the order drawn: `name` (unique), `kind` (`LEVEL`, `MORE` or `FEWER`),
            `from`, `to`, `text` (beside the bar), `span` (range in words, may be empty).
        unit: Title of the value axis.
        colours: Colour of each kind.
        heading: What a row is, in the box that the pointer opens.
        from_nought: Draw levels as bars from nought; otherwise as marks on an axis that shows only
            where something happens, so that small changes of a large level can be seen.
    """

    rows: pd.DataFrame
    unit: str
    colours: Mapping[str, str]
    heading: str
    from_nought: bool = True


def signed(text: str, change: float) -> str:
    """Return the words of a change with its sign, none for nothing."""
    return f"+{text}" if change > 0 and text.strip("0.,") else text


def floating_bars(what: Floating) -> AltairChart:
    """Draw the bars.

    Args:
        what: Rows and look.
    """
    rows = what.rows.assign(
        line=[_wrapped(str(name)) for name in what.rows["name"]],
        end=what.rows[["from", "to"]].max(axis=1),
    )
    names = rows["line"].tolist()
    x, y = _Scale(what), _names(names)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(what.colours), range=list(what.colours.values())),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("name:N", title=what.heading),
        alt.Tooltip("text:N", title=what.unit),
        *([alt.Tooltip("span:N", title="80% range")] if rows["span"].ne("").any() else []),
    ]
    level = rows["kind"] == LEVEL
    drawn = rows if what.from_nought else rows[~level]
    bars = (
        alt.Chart(drawn.loc[:, ["name", "line", "kind", "from", "to", "text", "span"]])
        .mark_bar(height=20)
        .encode(x=x.of("from"), x2=alt.X2("to:Q"), y=y, color=colour, tooltip=tooltip)
    )
    levels = (
        alt.Chart(rows.loc[level, ["name", "line", "kind", "to", "text", "span"]])
        .mark_tick(thickness=6, size=26, opacity=1)
        .encode(x=x.of("to"), y=y, color=colour, tooltip=tooltip)
    )
    steps = _steps(rows, x, names)
    words = label(rows.loc[:, ["line", "end", "text"]], "text", x.of("end"), y, align="left", dx=8)
    shapes = [bars] if what.from_nought else [bars, levels]
    return stacked([steps, *shapes, *words], _ROW * len(rows) + 20)


def _wrapped(name: str) -> str:
    """Return a name broken into at most three lines."""
    lines = textwrap.wrap(name, _LINE) or [name]
    return "\n".join(lines if len(lines) <= 3 else [*lines[:2], f"{lines[2]} …"])


def _names(names: Sequence[str]) -> alt.Y:
    return alt.Y(
        "line:N",
        sort=list(names),
        title=None,
        axis=alt.Axis(
            domain=False,
            ticks=False,
            labelLimit=320,
            # Names of two lines are taken to overlap their neighbours, and would be left out.
            labelOverlap=False,
            labelFlush=False,
            labelFontSize=14,
            labelLineHeight=_LINE_HEIGHT,
            labelExpr="split(datum.value, '\\n')",
            labelOffset=_MIDDLE,
        ),
    )


class _Scale:
    """The value axis, stated by every layer, with room for the words right of the bars."""

    def __init__(self, what: Floating) -> None:
        edges = what.rows[["from", "to"]].to_numpy()
        if not what.from_nought:
            edges = what.rows[["to"]].to_numpy()
        low, high = float(edges.min()), float(edges.max())
        if what.from_nought:
            low, high = min(0.0, low), max(1e-9, high)
        width = max(high - low, 1e-9 if what.from_nought else 1.0)
        low = low if what.from_nought else max(0.0, low - 0.06 * width)
        self._scale = alt.Scale(
            domain=[low, high + (0.16 if what.from_nought else 0.22) * width],
            nice=False,
            zero=False,
        )
        self._axis = alt.Axis(
            title=what.unit, titleAnchor="start", domain=False, grid=True, tickCount=6
        )

    def of(self, field: str) -> alt.X:
        """Return a field on this axis."""
        return alt.X(f"{field}:Q", scale=self._scale, axis=self._axis)


def _steps(rows: pd.DataFrame, x: _Scale, names: Sequence[str]) -> alt.Chart:
    """Return the thin lines from the end of each bar to the next."""
    links = pd.DataFrame(
        {
            "at": rows["to"].iloc[:-1].to_numpy(),
            "line": list(names[:-1]),
            "next": list(names[1:]),
        }
    )
    rule: alt.Chart = (
        alt.Chart(links)
        .mark_rule(color=palette.MUTED, strokeDash=[2, 2], aria=False)
        .encode(x=x.of("at"), y=_names(names), y2=alt.Y2("next:N"))
    )
    return rule
