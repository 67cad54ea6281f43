"""A chart together with everything that must travel with it."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import altair as alt
import pandas as pd

from workforce.charts.theme import EXPORT_WIDTH
from workforce.domain.circulation import Mark

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
        rows: How many rows of the table are drawn, from the first one; all of them if not given.
            Totals stand below what they add up and are no bars beside it.
    """

    kind: Literal["line", "bar", "column"]
    category: str
    series: tuple[ExcelSeries, ...]
    y_title: str
    stacked: bool = False
    rows: int | None = None


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
        mark: Whether observed counts of people are in it and went through disclosure control. A
            figure without a mark can be neither shown nor exported.
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
    mark: Mark | None = None

    def __post_init__(self) -> None:
        """Let the note of the mark stand beneath the figure, wherever it goes."""
        if self.mark is not None and self.mark.note and self.mark.note not in self.source:
            object.__setattr__(self, "source", f"{self.source} {self.mark.note}")

    def checked(self) -> Mark:
        """Return the mark.

        Raises:
            ValueError: If there is none: nobody knows then whether small counts are in the figure.
        """
        if self.mark is None:
            raise ValueError(
                f"the figure {self.key} has no mark: pass its counts through disclosure control"
            )
        return self.mark

    def noted(self, note: str) -> "Figure":
        """Return the figure with a sentence after its subtitle, wherever it goes.

        Args:
            note: What of it was computed in another way; empty for nothing.
        """
        if not note:
            return self
        return replace(self, subtitle=f"{self.subtitle} {note}", alt=f"{self.alt} {note}")

    def fixed(self, width: int = EXPORT_WIDTH) -> AltairChart:
        """Return the chart with a plot of a fixed width, for files.

        Args:
            width: Width of the plot in px.
        """
        return self.chart.properties(width=width)
