"""Rates with their range, the benchmark they lean on, and how much of them is the own data."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.families import ROW_HEIGHT, family_axis
from workforce.charts.figure import AltairChart, Figure
from workforce.charts.layers import label, stacked
from workforce.domain.circulation import Mark
from workforce.domain.families import DIGITAL_FAMILIES, Family, family_label
from workforce.domain.rates import RateRow

__all__ = ["rate_intervals"]

_NAMES: Final = {
    "voluntary": ("resignation rate", "People who resign in a year, per 100 in post"),
    "retirement": ("retirement rate", "People who retire in a year, per 100 in post"),
    "end_of_contract": ("rate of contract ends", "Contracts that end in a year, per 100 in post"),
    "other": ("rate of other exits", "People who leave otherwise in a year, per 100 in post"),
    "moves": ("rate of moves between role families", "People who move in a year, per 100 in post"),
    "time_to_hire": ("time to hire", "Days from opening a vacancy to filling it"),
}


def rate_intervals(
    *, rates: Sequence[RateRow], measure: str = "voluntary", mark: Mark | None = None
) -> Figure:
    """Draw each family's rate as a dot with its 90% interval and the benchmark beside it.

    Args:
        rates: Rates as shown (`Rates.table`); rows of other measures are ignored.
        measure: Which measure.
        mark: Mark of the rates.

    Returns:
        The figure.

    Raises:
        ValueError: If no row has the measure.
    """
    chosen = [row for row in rates if row.measure == measure]
    if not chosen:
        raise ValueError(f"no rate of measure {measure!r}")
    order = {str(family): place for place, family in enumerate(Family)}
    chosen = sorted(chosen, key=lambda row: order.get(row.family, len(order)))
    noun, axis = _NAMES.get(measure, (measure, measure))
    per_year = chosen[0].unit == "per year"
    frame = pd.DataFrame(
        {
            "name": [family_label(row.family) for row in chosen],
            "estimate": [row.estimate for row in chosen],
            "low": [row.low for row in chosen],
            "high": [row.high for row in chosen],
            "benchmark": [row.benchmark for row in chosen],
            "shown": [_value(row.estimate, per_year) for row in chosen],
            "range": [
                f"{_value(row.low, per_year)} to {_value(row.high, per_year)}" for row in chosen
            ],
            "marked": [_value(row.benchmark, per_year) for row in chosen],
            "weight": [
                f"your data {describe.format_percent(row.own_weight)}, benchmark "
                f"{describe.format_percent(1 - row.own_weight)}"
                for row in chosen
            ],
        }
    )
    frame = frame.assign(text=frame["shown"] + "  (" + frame["weight"] + ")")
    title = _title(chosen, noun, per_year)
    return Figure(
        mark=mark,
        key=f"rates_{measure}",
        title=title,
        subtitle=f"{axis}. Dot: estimate; bar: 90% interval; diamond: benchmark.",
        chart=_chart(frame, per_year),
        alt=f"Dot and interval chart. {title}. "
        + " ".join(
            f"{row['name']}: {row['shown']} (90% interval {row['range']}), benchmark "
            f"{row['marked']}, {row['weight']}."
            for _, row in frame.iterrows()
        ),
        how_to_read=(
            "The dot is what the projection uses. The bar is how far the true rate may lie from "
            "it: 9 times in 10 it is inside. The diamond is what is published for similar "
            "organisations. The fewer people you have, the more the dot leans on the benchmark; "
            "the words beside it say how much."
        ),
        table=_table(chosen, per_year),
        source="Source: your workforce data; benchmarks: "
        + "; ".join(dict.fromkeys(row.benchmark_source for row in chosen if row.benchmark_source))
        + ".",
    )


def _value(value: float, per_year: bool) -> str:
    return describe.format_percent(value) if per_year else describe.format_days(value)


def _title(rows: Sequence[RateRow], noun: str, per_year: bool) -> str:
    families = [row for row in rows if row.family in DIGITAL_FAMILIES]
    worst = max(families or rows, key=lambda row: row.estimate)
    who = describe.family_word(worst.family)
    value = _value(worst.estimate, per_year)
    span = f"{_value(worst.low, per_year)} to {_value(worst.high, per_year)}"
    unit = " a year" if per_year else ""
    if len(families) < 2:
        return f"The {who} {noun} is about {value}{unit} (90% interval {span})"
    superlative = "highest" if per_year else "longest"
    return f"The {noun} is {superlative} in {who} roles: about {value}{unit} ({span})"


def _chart(frame: pd.DataFrame, per_year: bool) -> AltairChart:
    names = frame["name"].tolist()
    y = family_axis(names)
    top = float(frame[["high", "benchmark", "estimate"]].max().max()) or 1.0
    scale = alt.Scale(domain=[0, top * 1.06], nice=False)
    axis = alt.Axis(
        title=None if per_year else "Days",
        format="%" if per_year else ",~f",
        grid=True,
        tickCount=6,
    )

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    tooltip = [
        alt.Tooltip("name:N", title="Role family"),
        alt.Tooltip("shown:N", title="Estimate"),
        alt.Tooltip("range:N", title="90% interval"),
        alt.Tooltip("marked:N", title="Benchmark"),
        alt.Tooltip("weight:N", title="Weight"),
    ]
    base = alt.Chart(frame).encode(y=y)
    layers = [
        base.mark_bar(
            color=palette.BAND_80, stroke=palette.MID_BLUE, strokeWidth=1, height=12, yOffset=10
        ).encode(x=x("low"), x2=alt.X2("high:Q")),
        base.mark_point(
            shape="diamond", size=130, filled=False, color=palette.PINK, strokeWidth=2.2, yOffset=10
        ).encode(x=x("benchmark"), tooltip=tooltip),
        base.mark_point(size=150, filled=True, color=palette.BLUE, opacity=1, yOffset=10).encode(
            x=x("estimate"), tooltip=tooltip
        ),
        *label(frame, "text", x("low"), y, align="left", baseline="bottom", dy=-1),
    ]
    return stacked(layers, (ROW_HEIGHT + 6) * len(frame) + 10)


def _table(rows: Sequence[RateRow], per_year: bool) -> pd.DataFrame:
    scale, unit = (100, "% a year") if per_year else (1, "days")

    def column(values: list[float]) -> list[float]:
        return [round(value * scale, 1) for value in values]

    return pd.DataFrame(
        {
            "Role family": [family_label(row.family) for row in rows],
            f"Estimate ({unit})": column([row.estimate for row in rows]),
            f"90% low ({unit})": column([row.low for row in rows]),
            f"90% high ({unit})": column([row.high for row in rows]),
            f"Benchmark ({unit})": column([row.benchmark for row in rows]),
            "Weight of your data (%)": [round(row.own_weight * 100, 1) for row in rows],
            "Observed events": [round(row.events, 1) for row in rows],
            "Observed person-years" if per_year else "Observed vacancy-months": [
                round(row.exposure, 1) for row in rows
            ],
            "Benchmark source": [row.benchmark_source for row in rows],
            "Note": [row.note for row in rows],
        }
    )
