"""Apprenticeships over time: who is in training, and who has arrived in a skilled post."""

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import (
    ValueAxis,
    band_edges,
    end_label,
    hover,
    month_axis,
    select,
    stacked,
)
from workforce.charts.series import source_line
from workforce.domain.circulation import FORECAST
from workforce.domain.families import Family, family_label
from workforce.domain.months import month_name

__all__ = ["cohort_timeline"]


def cohort_timeline(
    *, summary: pd.DataFrame, scenario: str, as_of: int, family: str = Family.ALL
) -> Figure:
    """Draw apprentices in training by month and, added up, those who moved into skilled posts.

    Args:
        summary: Summary frame with apprentices_in_training (stock) and apprentices_converted
            (people in the month).
        scenario: Scenario drawn.
        as_of: Last observed month index.
        family: Family or `all`.

    Returns:
        The figure. The cumulative line adds means, which is exact; ranges of sums cannot be had
        from monthly ranges, so it has none.
    """
    training = select(summary, scenario=scenario, measure="apprentices_in_training", family=family)
    arrivals = select(summary, scenario=scenario, measure="apprentices_converted", family=family)
    training = training.assign(arrived=arrivals["mean"].cumsum().to_numpy())
    last = int(training["index"].iloc[-1])
    title = _timeline_title(training, family, last)
    text = describe.format_people
    return Figure(
        mark=FORECAST,
        key=f"cohort_timeline_{family}",
        title=title,
        subtitle=(
            f"{family_label(family)}: apprentices, expected numbers by month. Scenario "
            f"“{scenario}”. Dotted: 80% of simulated futures."
        ),
        chart=_timeline_chart(training, as_of, last),
        alt=(
            f"Line chart with two lines. {title}. In training: "
            f"{text(training['mean'].iloc[0])} in {month_name(int(training['index'].iloc[0]))}, at "
            f"most {text(training['mean'].max())} in "
            f"{month_name(int(training['index'].iloc[int(training['mean'].argmax())]))}, "
            f"{text(training['mean'].iloc[-1])} in {month_name(last)}. Moved into skilled posts, "
            f"added up: {text(training['arrived'].iloc[-1])} by {month_name(last)}."
        ),
        how_to_read=(
            "The dashed line is how many people are in training in a month; it steps up when a "
            "cohort starts and comes down as people finish or withdraw. The solid line adds up all "
            "who have moved into a skilled post since the start. The distance in time between the "
            "two is the wait between spending and benefit."
        ),
        table=pd.DataFrame(
            {
                "Month": [month_name(m) for m in training["index"]],
                "In training, expected (people)": training["mean"].round(1),
                "In training, 80% low (people)": training["p10"].round(1),
                "In training, 80% high (people)": training["p90"].round(1),
                "In skilled posts, added up (people)": training["arrived"].round(1),
            }
        ),
        source=source_line(as_of, [scenario]),
        excel=ExcelChart(
            "line",
            "Month",
            (
                ExcelSeries("In training, expected (people)", palette.PINK, "dash"),
                ExcelSeries("In skilled posts, added up (people)", palette.BLUE, width=2.75),
            ),
            "People",
        ),
    )


def _timeline_title(training: pd.DataFrame, family: str, last: int) -> str:
    arrived, busy = float(training["arrived"].iloc[-1]), float(training["mean"].iloc[-1])
    who, text = describe.family_word(family), describe.format_people
    if float(training["mean"].max()) < 0.05 and arrived < 0.05:
        return f"This plan trains no {who} apprentices"
    title = (
        f"{text(arrived)} {who} apprentices have moved into skilled posts by {month_name(last)}"
        if arrived >= 0.05
        else f"No {who} apprentice has moved into a skilled post by {month_name(last)}"
    )
    return f"{title}; {text(busy)} are still in training" if busy >= 0.05 else title


def _timeline_chart(training: pd.DataFrame, as_of: int, last: int) -> AltairChart:
    axis = ValueAxis("People")
    x = month_axis(int(training["index"].iloc[0]), last, as_of)
    busy, arrived = float(training["mean"].iloc[-1]), float(training["arrived"].iloc[-1])
    end = training["date"].iloc[-1]
    top = float(max(training["p90"].max(), arrived))
    text = describe.format_people
    layers = [
        alt.Chart(training.loc[:, ["date", "p10", "p90"]])
        .mark_area(color="#EBD9E3", interpolate="step")
        .encode(x=x, y=axis.y("p10"), y2=alt.Y2("p90:Q")),
        *band_edges(training, x, axis, palette.PINK, interpolate="step"),
        alt.Chart(training.loc[:, ["date", "mean"]])
        .mark_line(color=palette.PINK, strokeDash=[7, 4], interpolate="step")
        .encode(x=x, y=axis.y("mean")),
        alt.Chart(training.loc[:, ["date", "arrived"]])
        .mark_line(color=palette.BLUE, strokeWidth=3)
        .encode(x=x, y=axis.y("arrived")),
        *end_label(
            end, busy, f"In training {text(busy)}",
            axis=axis, above=busy >= arrived or busy < 0.15 * top, colour=palette.PINK,
        ),
        *end_label(
            end, arrived, f"In skilled posts, added up {text(arrived)}",
            axis=axis, above=True, colour=palette.BLUE,
        ),
        hover(
            training["index"].tolist(),
            {
                "In training": [text(value) for value in training["mean"]],
                "In skilled posts": [text(value) for value in training["arrived"]],
            },
        ),
    ]  # fmt: skip
    return stacked(layers, 300)
