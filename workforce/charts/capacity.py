"""What gets done: effective capacity against funded posts, with a plan and without it."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import (
    HEIGHT,
    ValueAxis,
    as_of_rule,
    band_edges,
    end_label,
    hover,
    label,
    month_axis,
    select,
    stacked,
)
from workforce.charts.measures import measure_spec
from workforce.charts.series import source_line, table_value
from workforce.domain.circulation import FORECAST
from workforce.domain.families import Family, family_label
from workforce.domain.months import month_name

__all__ = ["effective_capacity"]

_FTE = measure_spec("effective_capacity")
_DASH = [7, 4]
_DOTS = [1, 3]


@dataclass(frozen=True, slots=True)
class _Work:
    """Capacity with a plan and without it, people in post and funded posts, by month.

    `plan` has the quantiles and, beside them, the columns nothing, funded and in_post.
    """

    family: str
    scenario: str
    as_of: int
    plan: pd.DataFrame

    @property
    def last(self) -> int:
        return int(self.plan["index"].iloc[-1])

    def end(self, column: str) -> float:
        return float(self.plan[column].iloc[-1])


def effective_capacity(
    *,
    summary: pd.DataFrame,
    scenario: str,
    baseline: str,
    as_of: int,
    family: str = Family.ALL,
) -> Figure:
    """Draw effective capacity with a plan and without it against funded posts.

    Args:
        summary: Summary frame with the measures effective_capacity, fte and establishment.
        scenario: The plan.
        baseline: Doing nothing; where it is the plan itself there is one line.
        as_of: Last observed month index.
        family: Family or `all`.

    Returns:
        The figure, a forecast.

    Raises:
        ValueError: If the summary lacks a series.
    """

    def middle(measure: str, name: str) -> pd.Series:
        series = select(summary, scenario=name, measure=measure, family=family)
        return series.set_index("index")["p50"]

    plan = select(summary, scenario=scenario, measure=_FTE.key, family=family)
    for column, measure, name in (
        ("nothing", _FTE.key, baseline),
        ("funded", "establishment", scenario),
        ("in_post", "fte", scenario),
    ):
        plan[column] = middle(measure, name).reindex(plan["index"]).to_numpy()
    work = _Work(family, scenario, as_of, plan)
    title = _title(work)
    return Figure(
        mark=FORECAST,
        key=f"effective_capacity_{family}",
        title=title,
        subtitle=(
            f"{family_label(family)}: work done, FTE. Scenario “{scenario}”. Lines: medians; "
            "dotted edges: 80% of simulated futures."
        ),
        chart=_chart(work, alone=scenario == baseline),
        alt=_alt(work, title),
        how_to_read=_HOW,
        table=_table(work),
        source=source_line(as_of, list(dict.fromkeys([scenario, baseline]))),
        excel=ExcelChart(
            "line",
            "Month",
            (
                ExcelSeries("Work done, median (FTE)", palette.BLUE, width=2.75),
                ExcelSeries("Work done, doing nothing (FTE)", palette.GREY, "round_dot", 1.5),
                ExcelSeries("In post, median (FTE)", palette.PURPLE, width=1),
                ExcelSeries("Funded posts (FTE)", palette.PINK, "dash", 2.75),
            ),
            "FTE",
        ),
    )


_HOW = (
    "Work done counts people in post less what starters, and those who have just finished an "
    "apprenticeship, do not do yet, the work of apprentices in training, less the time of the "
    "colleagues who guide them, plus agency staff in vacant posts. The distance to the dashed line "
    "is work that nobody does; the thin line is people in post. How fast people get up to speed is "
    "a central estimate of the evidence: the range shows how many there are, not how productive "
    "they turn out to be."
)


def _title(work: _Work) -> str:
    who, when = describe.sentence(describe.family_word(work.family)), month_name(work.last)
    done, funded = work.end("p50"), work.end("funded")
    text = describe.format_people
    if funded <= 0:
        return f"{who} roles do the work of {text(done)} FTE in {when}"
    share = describe.format_percent(done / funded)
    return (
        f"{who} roles do the work of {text(done)} of {text(funded)} funded FTE in {when}: {share}"
    )


def _chart(work: _Work, *, alone: bool) -> AltairChart:
    plan = work.plan
    columns = ["p10", "p50", "p90", "nothing", "funded", "in_post"]
    low, high = float(plan[columns].min().min()), float(plan[columns].max().max())
    bottom = 0.0 if low < 0.5 * high else low - 0.12 * (high - low)
    axis = ValueAxis("FTE", domain=(bottom, high + 0.14 * max(high - bottom, 1.0)))
    x = month_axis(int(plan["index"].iloc[0]), work.last, work.as_of)

    def line(column: str, colour: str, **style: Any) -> alt.Chart:
        chart: alt.Chart = alt.Chart(plan.loc[:, ["date", column]]).mark_line(color=colour, **style)
        return chart.encode(x=x, y=axis.y(column))

    layers: list[alt.Chart] = [
        *band_edges(plan, x, axis, palette.MID_BLUE),
        line("funded", palette.PINK, strokeDash=_DASH, strokeWidth=3, interpolate="step-after"),
        line("in_post", palette.PURPLE, strokeWidth=1.5),
    ]
    if not alone:
        layers.append(line("nothing", palette.GREY, strokeDash=_DOTS, strokeWidth=2.5))
    layers.append(line("p50", palette.BLUE, strokeWidth=3))
    date, text = plan["date"].iloc[-1], describe.format_people
    above = work.end("funded") >= work.end("p50")
    for column, name, colour, top in (
        ("funded", "Funded posts", palette.PINK, above),
        ("p50", "Work done", palette.BLUE, not above),
    ):
        words = f"{name} {text(work.end(column))}"
        layers += end_label(date, work.end(column), words, axis=axis, above=top, colour=colour)
    layers += _within(plan, "in_post", "In post", 0.35, axis, above=True)
    if not alone:
        layers += _within(plan, "nothing", "Work done, doing nothing", 0.6, axis, above=False)
    layers += as_of_rule(work.as_of, observed=False)
    layers.append(hover(*_hover(work)))
    return stacked(layers, HEIGHT)


def _within(
    plan: pd.DataFrame, column: str, text: str, share: float, axis: ValueAxis, *, above: bool
) -> list[alt.Chart]:
    """Name a line where a share of the months has passed."""
    row = plan.iloc[int((len(plan) - 1) * share)]
    frame = pd.DataFrame({"date": [row["date"]], "value": [row[column]], "text": [text]})
    return label(
        frame, "text", alt.X("date:T"), axis.y("value"), dy=-8 if above else 12, fontStyle="italic"
    )


def _hover(work: _Work) -> tuple[list[int], dict[str, list[str]]]:
    plan, text = work.plan, describe.format_people
    return plan["index"].tolist(), {
        "Work done, FTE": [text(v) for v in plan["p50"]],
        "80% range": [
            describe.describe_range(_FTE, a, b)
            for a, b in zip(plan["p10"], plan["p90"], strict=True)
        ],
        "Doing nothing, FTE": [text(v) for v in plan["nothing"]],
        "In post, FTE": [text(v) for v in plan["in_post"]],
        "Funded, FTE": [text(v) for v in plan["funded"]],
    }


def _alt(work: _Work, title: str) -> str:
    text, start = describe.format_people, work.plan.iloc[0]
    return (
        f"Line chart. {title}. Work done: {text(start['p50'])} FTE in "
        f"{month_name(int(start['index']))}, {text(work.end('p50'))} in {month_name(work.last)} "
        f"(80% range {describe.describe_range(_FTE, work.end('p10'), work.end('p90'))}); doing "
        f"nothing {text(work.end('nothing'))}. In post {text(work.end('in_post'))} FTE, funded "
        f"{text(work.end('funded'))}."
    )


def _table(work: _Work) -> pd.DataFrame:
    plan = work.plan
    columns: dict[str, object] = {"Month": [month_name(m) for m in plan["index"]]}
    for header, column in (
        ("Work done, median (FTE)", "p50"),
        ("Work done, 80% low (FTE)", "p10"),
        ("Work done, 80% high (FTE)", "p90"),
        ("Work done, doing nothing (FTE)", "nothing"),
        ("In post, median (FTE)", "in_post"),
        ("Funded posts (FTE)", "funded"),
    ):
        columns[header] = table_value(_FTE, plan[column]).to_numpy()
    return pd.DataFrame(columns)
