"""Past forecasts against what happened: a year ahead, and month by month."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import HEIGHT, ValueAxis, dates, month_axis, stacked
from workforce.domain.circulation import Mark
from workforce.domain.families import Family, family_label
from workforce.domain.months import month_name, parse_month

__all__ = ["RECORD_MEASURES", "intervals", "outcome_layers", "track_by_month", "track_record"]

RECORD_MEASURES: Final = {
    "leavers": ("leavers", "People a month"),
    "hires": ("starters", "People a month"),
    "headcount": ("people in post", "People in post"),
    "vacancies": ("recruitments under way", "Recruitments under way"),
    "leavers_12m": ("leavers of a year", "People a year"),
    "hires_12m": ("starters of a year", "People a year"),
}
"""By measure of the backtest: what it is called and its axis."""
_BARS: Final = (
    ("95% range", "p2_5", "p97_5", palette.BAND_95),
    ("80% range", "p10", "p90", palette.BAND_80),
    ("50% range", "p25", "p75", palette.BAND_50),
)
INSIDE: Final = "Happened, inside the 80% range"
OUTSIDE: Final = "Happened, outside it"


def track_record(
    *, forecasts: pd.DataFrame, measure: str, family: str = Family.ALL, mark: Mark | None = None
) -> Figure:
    """Draw each forecast of twelve months ahead as a bar and what happened as a mark on it.

    Args:
        forecasts: Rows of a backtest: origin, month (`YYYY-MM`), horizon, family, measure, mean,
            p2_5 ... p97_5, observed.
        measure: `leavers_12m`, `hires_12m`, `headcount` or `vacancies`.
        family: Family or `all`.
        mark: Mark of what happened.

    Returns:
        The figure.

    Raises:
        ValueError: If there is no such forecast.
    """
    rows = _select(forecasts, measure, family)
    rows = rows[rows["horizon"] == 12]
    if rows.empty:
        raise ValueError(f"no forecast of {measure} of {family} twelve months ahead")
    noun, axis = RECORD_MEASURES[measure]
    inside = int(rows["inside"].sum())
    title = (
        f"{describe.sentence(_who(family, noun))}: {inside} of {len(rows)} forecasts a year ahead "
        "held their 80% range"
    )
    return Figure(
        mark=mark,
        key=f"record_{measure}_{family}",
        title=title,
        subtitle=(
            f"{family_label(family)}: {axis}. Bars: 50%, 80% and 95% range as forecast twelve "
            "months earlier; marks: what happened."
        ),
        chart=_chart(rows, axis, width=16),
        alt=_alt("Bar and mark chart", title, rows),
        how_to_read=(
            "Each bar is a forecast made with what was known twelve months before the month shown. "
            "The mark is what happened: a dot inside the 80% range, a diamond outside it. Good "
            "ranges hold 8 in 10: all inside would mean that they are too wide. Forecasts that "
            "start three months apart share most of their year, so they tend to miss together."
        ),
        table=intervals(rows),
        source="Source: your workforce data, put back to what was known at each date.",
        excel=_excel(axis),
    )


def track_by_month(
    *,
    forecasts: pd.DataFrame,
    measure: str,
    family: str = Family.ALL,
    months: int = 36,
    mark: Mark | None = None,
) -> Figure:
    """Draw each month's latest forecast as a bar and what happened as a mark on it.

    Args:
        forecasts: Rows of a backtest, as `track_record`.
        measure: `leavers`, `hires`, `headcount` or `vacancies`.
        family: Family or `all`.
        months: Most months drawn, the latest.
        mark: Mark of what happened.

    Returns:
        The figure.

    Raises:
        ValueError: If there is no such forecast by month.
    """
    rows = _select(forecasts, measure, family)
    if rows.empty or (rows["horizon"] == 12).all():
        raise ValueError(f"no forecast of {measure} of {family} by month")
    rows = rows.sort_values(["index", "horizon"]).drop_duplicates("index").tail(months)
    noun, axis = RECORD_MEASURES[measure]
    recent = rows.tail(12)
    title = (
        f"{describe.sentence(_who(family, noun))}: of the last {len(recent)} months, "
        f"{int(recent['inside'].sum())} fell inside the 80% range"
    )
    furthest = int(rows["horizon"].max())
    return Figure(
        mark=mark,
        key=f"record_months_{measure}_{family}",
        title=title,
        subtitle=(
            f"{family_label(family)}: {axis}. Bars: 50%, 80% and 95% range as forecast up to "
            f"{furthest} months earlier; marks: what happened."
        ),
        chart=_chart(rows, axis, width=8),
        alt=_alt("Bar and mark chart", title, rows),
        how_to_read=(
            f"Each bar is the last forecast made before the month, at most {furthest} months "
            "earlier. The mark is what happened: a dot inside the 80% range, a diamond outside it. "
            "Ranges of a few people a month hold whole numbers, so they hold a little more often "
            "than 8 times in 10."
        ),
        table=intervals(rows),
        source="Source: your workforce data, put back to what was known at each date.",
        excel=_excel(axis),
    )


def _who(family: str, noun: str) -> str:
    return f"{describe.family_word(family)} {noun}"


def _select(forecasts: pd.DataFrame, measure: str, family: str) -> pd.DataFrame:
    rows = forecasts[(forecasts["measure"] == measure) & (forecasts["family"] == family)]
    months = [parse_month(month) for month in rows["month"]]
    held = (rows["observed"] >= rows["p10"] - 1e-9) & (rows["observed"] <= rows["p90"] + 1e-9)
    return rows.assign(index=months, inside=held).sort_values("index", ignore_index=True)


def _chart(rows: pd.DataFrame, axis_title: str, *, width: int) -> AltairChart:
    first, last = int(rows["index"].iloc[0]), int(rows["index"].iloc[-1])
    highest, lowest = (
        float(rows[[end, "observed"]].max().max()) if end == "p97_5"
        else float(rows[[end, "observed"]].min().min())
        for end in ("p97_5", "p2_5")
    )  # fmt: skip
    axis = ValueAxis(axis_title, zero=lowest < 0.5 * highest)
    room = dates([first - 1, last + 1])
    # A month of room on both sides, so that the outer bars stand inside the plot.
    x = month_axis(first, last, last).scale(
        domain=[alt.DateTime(year=day.year, month=day.month, date=1) for day in room]
    )
    frame = rows.assign(date=dates(rows["index"].tolist()).to_numpy())
    colours = alt.Scale(domain=[name for name, *_ in _BARS], range=[tint for *_, tint in _BARS])
    layers: list[alt.Chart] = []
    for name, low, high, _tint in _BARS:
        data = frame.loc[:, ["date", low, high]].assign(band=name)
        layers.append(
            alt.Chart(data)
            .mark_bar(size=width, stroke=palette.MID_BLUE, strokeWidth=0.6)
            .encode(
                x=x,
                y=axis.y(low),
                y2=alt.Y2(f"{high}:Q"),
                color=alt.Color("band:N", scale=colours, legend=alt.Legend(title=None, offset=32)),
            )
        )
    layers.append(
        alt.Chart(frame.loc[:, ["date", "p50"]])
        .mark_tick(color=palette.MID_BLUE, thickness=2, size=width, orient="horizontal")
        .encode(x=x, y=axis.y("p50"))
    )
    return stacked([*layers, *outcome_layers(frame, x, axis)], HEIGHT)


def outcome_layers(frame: pd.DataFrame, x: alt.X, axis: ValueAxis) -> list[alt.Chart]:
    """Return what happened as dots, and diamonds where it lies outside the 80% range.

    Args:
        frame: Columns date, index, p10, p90, p50, observed, inside.
        x: Time axis.
        axis: Value axis.
    """
    told = frame.assign(
        when=[month_name(int(month)) for month in frame["index"]],
        range=[
            f"{describe.format_people(low)} to {describe.format_people(high)}"
            for low, high in zip(frame["p10"], frame["p90"], strict=True)
        ],
        happened=np.where(frame["inside"], INSIDE, OUTSIDE),
    )
    mark = alt.Chart(told.loc[:, ["date", "observed", "when", "range", "happened"]])
    point = mark.mark_point(size=120, filled=True, opacity=1, strokeWidth=1.5, stroke="#FFFFFF")
    return [
        point.encode(
            x=x,
            y=axis.y("observed"),
            shape=alt.Shape(
                "happened:N",
                scale=alt.Scale(domain=[INSIDE, OUTSIDE], range=["circle", "diamond"]),
                legend=alt.Legend(title=None, offset=32),
            ),
            fill=alt.Fill(
                "happened:N",
                scale=alt.Scale(domain=[INSIDE, OUTSIDE], range=[palette.GREY, palette.PINK]),
                legend=alt.Legend(title=None, offset=32),
            ),
            tooltip=[
                alt.Tooltip("when:N", title="Month"),
                alt.Tooltip("observed:Q", title="Happened", format=",.1~f"),
                alt.Tooltip("range:N", title="80% range"),
                alt.Tooltip("happened:N", title="That is"),
            ],
        )
    ]


def intervals(rows: pd.DataFrame) -> pd.DataFrame:
    """Return forecasts and what happened as a table for people.

    Args:
        rows: Columns index (month index), mean, p10, p90, p2_5, p97_5, observed, inside.
    """
    return pd.DataFrame(
        {
            "Month": [month_name(int(month)) for month in rows["index"]],
            "Expected (people)": rows["mean"].round(1).to_numpy(),
            "80% low (people)": rows["p10"].round(1).to_numpy(),
            "80% high (people)": rows["p90"].round(1).to_numpy(),
            "95% low (people)": rows["p2_5"].round(1).to_numpy(),
            "95% high (people)": rows["p97_5"].round(1).to_numpy(),
            "Happened (people)": rows["observed"].round(1).to_numpy(),
            "Inside 80%": np.where(rows["inside"], "yes", "no"),
        }
    )


def _alt(kind: str, title: str, rows: pd.DataFrame) -> str:
    total, count = int(rows["inside"].sum()), len(rows)
    first, last = rows.iloc[0], rows.iloc[-1]
    missed = [month_name(int(month)) for month in rows.loc[~rows["inside"], "index"]]
    text = (
        f"{kind}. {title}. From {month_name(int(first['index']))} to "
        f"{month_name(int(last['index']))} {total} of {count} lie inside the 80% range. In the "
        f"last month {describe.format_people(last['observed'])} happened against a range of "
        f"{describe.format_people(last['p10'])} to {describe.format_people(last['p90'])}."
    )
    if missed:
        shown = describe.join_words(missed[:6]) if len(missed) <= 6 else f"{len(missed)} months"
        text += f" Outside: {shown}."
    return text


def _excel(axis: str) -> ExcelChart:
    return ExcelChart(
        "line",
        "Month",
        (
            ExcelSeries("Happened (people)", palette.GREY, width=2.75),
            ExcelSeries("Expected (people)", palette.BLUE),
            ExcelSeries("80% low (people)", palette.MID_BLUE, "dash", 1.25),
            ExcelSeries("80% high (people)", palette.MID_BLUE, "dash", 1.25),
        ),
        axis,
    )
