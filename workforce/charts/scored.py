"""A forecast saved earlier, and what has happened since."""

from typing import Final

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import HEIGHT, ValueAxis, band_layers, dates, month_axis, stacked
from workforce.charts.record import intervals, outcome_layers
from workforce.domain.circulation import Mark
from workforce.domain.families import Family, family_label
from workforce.domain.months import month_name

__all__ = ["SCORED_MEASURES", "scored_forecast"]

SCORED_MEASURES: Final = {
    "leavers_total": ("leavers", "People who left since the forecast"),
    "hires_total": ("starters", "People who started since the forecast"),
    "headcount": ("people in post", "People in post"),
    "vacancies": ("vacant FTE", "FTE vacant"),
}
"""By measure of a saved forecast: what it is called and its axis."""


def scored_forecast(
    *,
    months: pd.DataFrame,
    scenario: str,
    measure: str,
    as_of: int,
    family: str = Family.ALL,
    mark: Mark | None = None,
) -> Figure:
    """Draw the range that was forecast and, over it, what happened.

    Args:
        months: Rows of a scored forecast: scenario, measure, family, month (index), mean, p2_5 ...
            p97_5, observed.
        scenario: Scenario.
        measure: One of `SCORED_MEASURES`.
        as_of: Month index the forecast was made from.
        family: Family or `all`.
        mark: Mark of what happened.

    Returns:
        The figure.

    Raises:
        ValueError: If nothing of it was compared.
    """
    rows = months[
        (months["scenario"] == scenario)
        & (months["measure"] == measure)
        & (months["family"] == family)
    ]
    if rows.empty:
        raise ValueError(f"nothing of {measure} of {family} was compared")
    held = (rows["observed"] >= rows["p10"] - 1e-9) & (rows["observed"] <= rows["p90"] + 1e-9)
    rows = rows.assign(
        index=rows["month"], inside=held, date=dates(rows["month"].tolist()).to_numpy()
    ).sort_values("index", ignore_index=True)
    noun, axis = SCORED_MEASURES[measure]
    title = _title(rows, noun, family)
    last = rows.iloc[-1]
    return Figure(
        mark=mark,
        key=f"scored_{measure}_{family}",
        title=title,
        subtitle=(
            f"{family_label(family)}: {axis}. Forecast of {month_name(as_of)}, scenario "
            f"“{scenario}”. Shading: 50%, 80% and 95% range; marks: what happened."
        ),
        chart=_chart(rows, axis, as_of),
        alt=(
            f"Line chart with shaded ranges and marks. {title}. In "
            f"{month_name(int(last['index']))} the 80% range was "
            f"{describe.format_people(last['p10'])} to {describe.format_people(last['p90'])} and "
            f"the 95% range {describe.format_people(last['p2_5'])} to "
            f"{describe.format_people(last['p97_5'])}. Of {len(rows)} months compared "
            f"{int(rows['inside'].sum())} lie inside the 80% range."
        ),
        how_to_read=(
            "The shading is what was forecast then; the marks are what happened since: dots inside "
            "the 80% range, diamonds outside it. Numbers that add up from month to month stay "
            "outside once they have left the range."
        ),
        table=intervals(rows),
        source=f"Source: forecast saved from data to {month_name(as_of)}, and your newer data.",
        excel=ExcelChart(
            "line",
            "Month",
            (
                ExcelSeries("Happened (people)", palette.GREY, width=2.75),
                ExcelSeries("Expected (people)", palette.BLUE),
                ExcelSeries("80% low (people)", palette.MID_BLUE, "dash", 1.25),
                ExcelSeries("80% high (people)", palette.MID_BLUE, "dash", 1.25),
            ),
            axis,
        ),
    )


def _title(rows: pd.DataFrame, noun: str, family: str) -> str:
    last = rows.iloc[-1]
    expected, happened = (describe.format_people(last[name]) for name in ("mean", "observed"))
    place = (
        "inside the 80% range"
        if last["inside"]
        else "above the 80% range"
        if last["observed"] > last["p90"]
        else "below the 80% range"
    )
    who = describe.sentence(f"{describe.family_word(family)} {noun}")
    return (
        f"{who} by {month_name(int(last['index']))}: {expected} expected, {happened} came about, "
        f"{place}"
    )


def _chart(rows: pd.DataFrame, axis_title: str, as_of: int) -> AltairChart:
    last = int(rows["index"].iloc[-1])
    highest = float(rows[["p97_5", "observed"]].max().max())
    lowest = float(rows[["p2_5", "observed"]].min().min())
    axis = ValueAxis(axis_title, zero=lowest < 0.5 * highest)
    x = month_axis(as_of, last, as_of)
    middle = (
        alt.Chart(rows.loc[:, ["date", "mean"]])
        .mark_line(color=palette.BLUE)
        .encode(x=x, y=axis.y("mean"))
    )
    layers = [*band_layers(rows, x, axis), middle, *outcome_layers(rows, x, axis)]
    return stacked(layers, HEIGHT)
