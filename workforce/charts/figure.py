"""A chart together with everything that must travel with it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import altair as alt
import pandas as pd

from workforce.charts.theme import EXPORT_WIDTH

__all__ = ["AltairChart", "ExcelChart", "ExcelSeries", "Figure"]

AltairChart: TypeAlias = alt.Chart | alt.LayerChart


@dataclass(frozen=True, slots=True)
class ExcelSeries:
    """One series of the native Excel chart: a column of the figure's table and its look.

    Attributes:
        column: Header of the column in `Figure.table`.
        colour: `#RRGGBB`.
        dash: `solid`, `dash` or `round_dot`, so that lines differ without colour.
        width: Line width in points (lines only).
    """

    column: str
    colour: str
    dash: Literal["solid", "dash", "round_dot"] = "solid"
    width: float = 2.25


@dataclass(frozen=True, slots=True)
class ExcelChart:
    """How to redraw the figure as an Excel chart from its own table.

    Attributes:
        kind: Excel chart type.
        category: Header of the column with the categories.
        series: Columns drawn.
        y_title: Title of the value axis, with unit.
        stacked: Whether bars or columns are stacked.
    """

    kind: Literal["line", "bar", "column"]
    category: str
    series: tuple[ExcelSeries, ...]
    y_title: str
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart that can stand alone.

    The chart carries no title of its own: on screen the page shows `title` as text that wraps and
    that a screen reader finds, and the export draws it into the picture.

    Attributes:
        key: Stable identifier, also the stem of file names.
        title: The finding, computed from the data.
        subtitle: Population, unit and interval.
        chart: The chart, as wide as its container.
        alt: What is seen, with the numbers.
        how_to_read: How to read it, for somebody who has never seen one like it.
        table: The data as shown; headers carry the units, values are rounded as shown.
        source: Where the numbers come from.
        excel: The native Excel chart, where one can reproduce the figure.
    """

    key: str
    title: str
    subtitle: str
    chart: AltairChart
    alt: str
    how_to_read: str
    table: pd.DataFrame
    source: str
    excel: ExcelChart | None = None

    def fixed(self, width: int = EXPORT_WIDTH) -> AltairChart:
        """Return the chart with a plot of a fixed width, for files.

        Args:
            width: Width of the plot in px.
        """
        return self.chart.properties(width=width)
