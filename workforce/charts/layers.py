"""Layers that several charts share: months on the axis, bands, labels, the as-of rule, hovering."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from workforce.charts import palette
from workforce.charts.theme import register_theme
from workforce.domain.months import calendar_month, month_label, month_name, parse_month

__all__ = [
    "HEIGHT",
    "QUANTILES",
    "LayeredChart",
    "ValueAxis",
    "as_of_rule",
    "band_edges",
    "band_layers",
    "dates",
    "end_label",
    "hover",
    "label",
    "month_axis",
    "select",
    "stacked",
    "ticks",
]

register_theme()

HEIGHT: Final = 340
QUANTILES: Final = ("p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5")
_BANDS: Final = (
    ("95% range", "p2_5", "p97_5", palette.BAND_95),
    ("80% range", "p10", "p90", palette.BAND_80),
    ("50% range", "p25", "p75", palette.BAND_50),
)


def dates(months: Sequence[int]) -> pd.DatetimeIndex:
    """Return the first days of month indices, for a time axis."""
    return pd.DatetimeIndex(pd.to_datetime([f"{month_label(month)}-01" for month in months]))


def select(summary: pd.DataFrame, *, scenario: str, measure: str, family: str) -> pd.DataFrame:
    """Return one series of a summary frame in order of months.

    Args:
        summary: Columns scenario, month (`YYYY-MM`), family, measure, mean, p2_5 ... p97_5.
        scenario: Scenario name.
        measure: Measure.
        family: Family or `all`.

    Returns:
        Columns index (month index, int), date (datetime), mean and the quantiles.

    Raises:
        ValueError: If the frame has no such series.
    """
    rows = summary[
        (summary["scenario"] == scenario)
        & (summary["measure"] == measure)
        & (summary["family"] == family)
    ]
    if rows.empty:
        raise ValueError(f"the summary holds no {measure} of {family} in scenario {scenario!r}")
    months = [parse_month(month) for month in rows["month"]]
    series = rows.loc[:, ["mean", *QUANTILES]].assign(index=months, date=dates(months).to_numpy())
    return series.sort_values("index", ignore_index=True)


def month_axis(
    first: int, last: int, anchor: int, *, unit: Literal["yearmonth"] | None = None
) -> alt.X:
    """Return a time axis whose ticks are whole half-years (or years) from the as-of month.

    Args:
        first: First month index shown.
        last: Last month index shown.
        anchor: Month that gets a tick, so that “now” and the horizon are both labelled.
        unit: `yearmonth` where columns take up the whole month.
    """
    span = last - first
    step = 3 if span <= 18 else 6 if span <= 48 else 12 if span <= 144 else 24
    ticks = ", ".join(
        f"datetime({month // 12}, {calendar_month(month)}, 1)"
        for month in range(first, last + 1)
        if (month - anchor) % step == 0
    )
    return alt.X(
        "date:T",
        title=None,
        timeUnit=unit or alt.Undefined,
        axis=alt.Axis(
            format="%b %Y",
            # One expression rather than a list of dates: Altair copies axes many times over.
            values=alt.ExprRef(f"[{ticks}]"),
            labelOverlap="greedy",
            labelFlush=True,
        ),
    )


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """A value axis with its title read horizontally above it, shared by all layers of a chart.

    Attributes:
        title: Title with unit.
        share: Whether values are shares, shown as percentages.
        zero: Whether the axis starts at nought.
        domain: Ends of the axis, where they are not left to the data.
        mirrored: Whether values below nought are counts drawn downwards.
    """

    title: str
    share: bool = False
    zero: bool = True
    domain: tuple[float, float] | None = None
    mirrored: bool = False

    def y(self, field: str) -> alt.Y:
        """Return the encoding of a field on this axis.

        Every layer states the same axis: a layer that left it out would add its field's name to
        the title.
        """
        scale = (
            alt.Scale(zero=self.zero, nice=True)
            if self.domain is None
            else alt.Scale(domain=list(self.domain), nice=False, zero=False)
        )
        mirror: dict[str, Any] = (
            {"labelExpr": "format(abs(datum.value), ',~f')", "tickMinStep": 1}
            if self.mirrored
            else {}
        )
        return alt.Y(
            f"{field}:Q",
            scale=scale,
            axis=alt.Axis(
                title=self.title,
                format="%" if self.share else ",~f",
                tickCount=6,
                **mirror,
                titleAngle=0,
                titleAlign="left",
                titleAnchor="end",
                titleBaseline="bottom",
                titleX=0,
                titleY=-10,
            ),
        )


def band_layers(series: pd.DataFrame, x: alt.X, axis: ValueAxis) -> list[alt.Chart]:
    """Return the 95%, 80% and 50% bands, widest first, the outer two with drawn edges.

    The edges keep a band visible in print and at 3:1 against the page, which its tint is not.

    Args:
        series: Frame of `select`.
        x: Time axis.
        axis: Value axis.
    """
    colours = alt.Scale(domain=[name for name, *_ in _BANDS], range=[tint for *_, tint in _BANDS])
    areas = [
        alt.Chart(series.loc[:, ["date", low, high]].assign(band=name))
        .mark_area()
        .encode(
            x=x,
            y=axis.y(low),
            y2=alt.Y2(f"{high}:Q"),
            # Above the axis title, which is written across the top.
            color=alt.Color("band:N", scale=colours, legend=alt.Legend(title=None, offset=32)),
        )
        for name, low, high, _ in _BANDS
    ]
    outer = [
        alt.Chart(series.loc[:, ["date", edge]])
        .mark_line(color=palette.MID_BLUE, strokeWidth=0.8, strokeDash=[1, 4], aria=False)
        .encode(x=x, y=axis.y(edge))
        for edge in ("p2_5", "p97_5")
    ]
    return [*areas, *outer, *band_edges(series, x, axis, palette.MID_BLUE)]


def band_edges(
    series: pd.DataFrame,
    x: alt.X,
    axis: ValueAxis,
    colour: str,
    *,
    interpolate: Literal["linear", "step"] = "linear",
) -> list[alt.Chart]:
    """Return the two edges of the 80% band as fine dotted lines.

    Args:
        series: Frame of `select`.
        x: Time axis.
        axis: Value axis.
        colour: Line colour.
        interpolate: How months are joined.
    """
    return [
        alt.Chart(series.loc[:, ["date", edge]])
        .mark_line(
            color=colour, strokeWidth=1, strokeDash=[2, 2], interpolate=interpolate, aria=False
        )
        .encode(x=x, y=axis.y(edge))
        for edge in ("p10", "p90")
    ]


class LayeredChart(alt.LayerChart):
    """A layered chart that is not checked against the Vega-Lite schema each time it is drawn.

    The check takes as long as everything else together and its outcome depends on the builder, not
    on the data; the tests make it for every builder.
    """

    def to_dict(self, validate: bool = False, **options: Any) -> dict[str, Any]:
        """Return the specification.

        Args:
            validate: Whether to check it against the schema.
            options: Passed on to Altair.
        """
        return super().to_dict(validate=validate, **options)


def stacked(layers: Sequence[alt.Chart], height: int) -> alt.LayerChart:
    """Return layers as one chart that follows the width of its container.

    Args:
        layers: Layers, lowest first.
        height: Height of the plot in px.
    """
    return LayeredChart(layer=list(layers), width="container", height=height)


def label(
    frame: pd.DataFrame, text: str, x: Any, y: Any, *, colour: str = palette.INK, **mark: Any
) -> list[alt.Chart]:
    """Return text with a white halo beneath it, so that it reads over lines and fills.

    Args:
        frame: Data, one row a label.
        text: Field that holds the text.
        x: Position.
        y: Position.
        colour: Text colour, at 4.5:1 or better.
        mark: Further properties of the text mark.
    """
    encoding = {"x": x, "y": y, "text": alt.Text(f"{text}:N")}
    base = alt.Chart(frame)
    return [
        base.mark_text(
            stroke=palette.BACKGROUND, strokeWidth=4, strokeJoin="round", aria=False, **mark
        ).encode(**encoding),
        base.mark_text(color=colour, **mark).encode(**encoding),
    ]


def end_label(
    date: pd.Timestamp, value: float, text: str, *, axis: ValueAxis, above: bool, colour: str
) -> list[alt.Chart]:
    """Return the name of a line at its right-hand end, inside the plot.

    Args:
        date: Last month.
        value: Value there.
        text: Name and value.
        axis: Value axis.
        above: Whether the text stands above the line or below it.
        colour: Text colour.
    """
    frame = pd.DataFrame({"date": [date], "value": [value], "text": [text]})
    return label(
        frame,
        "text",
        alt.X("date:T"),
        axis.y("value"),
        colour=colour,
        align="right",
        baseline="bottom" if above else "top",
        dy=-9 if above else 9,
        fontWeight="bold",
    )


def as_of_rule(as_of: int, *, observed: bool) -> list[alt.Chart]:
    """Return the rule that parts what was observed from what is projected.

    Args:
        as_of: Last observed month index.
        observed: Whether history is drawn to its left.
    """
    frame = pd.DataFrame(
        {
            "date": dates([as_of]),
            "left": ["Observed"],
            "right": [f"Projected after {month_name(as_of)}"],
        }
    )
    rule = (
        alt.Chart(frame)
        .mark_rule(color=palette.MUTED, strokeDash=[4, 3], aria=False)
        .encode(x=alt.X("date:T"))
    )
    top = alt.value(4)
    right = label(
        frame, "right", alt.X("date:T"), top, colour=palette.MUTED,
        align="left", dx=7, baseline="top", fontSize=12,
    )  # fmt: skip
    left = label(
        frame, "left", alt.X("date:T"), top, colour=palette.MUTED,
        align="right", dx=-7, baseline="top", fontSize=12,
    )  # fmt: skip
    return [rule, *right, *(left if observed else [])]


def hover(when: Sequence[int], rows: Mapping[str, Sequence[str]]) -> alt.Chart:
    """Return the layer that shows the numbers of the month under the pointer.

    It is hidden from assistive technology: the same numbers stand in the table.

    Args:
        when: Month indices.
        rows: Heading and formatted text for each month.
    """
    # Headings hold a user's scenario names, which may carry any sign; fields are plain.
    fields = {"month": [month_name(m) for m in when]}
    fields |= {f"row_{place}": list(texts) for place, texts in enumerate(rows.values())}
    headings = dict(zip(fields, ("Month", *rows), strict=True))
    frame = pd.DataFrame({"date": dates(when), **fields})
    # Explicit names: generated ones count up, and the same figure would differ each time.
    nearest = alt.selection_point(
        name="nearest_month",
        nearest=True,
        on="pointerover",
        clear="pointerout",
        encodings=["x"],
        empty=False,
    )
    layer: alt.Chart = (
        alt.Chart(frame, name="hover_layer")
        .mark_rule(color=palette.GREY, aria=False)
        .encode(
            x=alt.X("date:T"),
            opacity=alt.OpacityValue(
                0, condition={"param": nearest.name, "empty": False, "value": 0.6}
            ),
            tooltip=[
                alt.Tooltip(field=name, type="nominal", title=title)
                for name, title in headings.items()
            ],
        )
        .add_params(nearest)
    )
    return layer


def ticks(top: float) -> list[float]:
    """Return round ticks from nought up to `top` and no further, at most six."""
    step = next(
        size * 10**power
        for power in range(-4, 8)
        for size in (1, 2, 5)
        if top / (size * 10**power) <= 5
    )
    return [round(step * place, 6) for place in range(6) if step * place <= top * (1 + 1e-9)]
