"""Supply against demand: people in post against funded posts, the gap shaded."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import (
    HEIGHT,
    ValueAxis,
    as_of_rule,
    band_edges,
    dates,
    end_label,
    hover,
    label,
    month_axis,
    select,
    stacked,
)
from workforce.charts.measures import measure_spec
from workforce.charts.series import (
    members,
    observed_history,
    source_line,
    starting_at,
    table_value,
)
from workforce.domain.circulation import FORECAST, Mark
from workforce.domain.families import Family, family_label
from workforce.domain.months import month_name

__all__ = ["supply_demand"]

_FTE = measure_spec("fte")
_DASH = [7, 4]


@dataclass(frozen=True, slots=True)
class _Gap:
    """In post and funded, month by month, and the shortage in the last month."""

    family: str
    scenario: str
    as_of: int
    past: pd.DataFrame
    supply: pd.DataFrame
    short: float

    @property
    def last(self) -> int:
        return int(self.supply["index"].iloc[-1])

    def end(self, column: str) -> float:
        return float(self.supply[column].iloc[-1])


def supply_demand(
    *,
    summary: pd.DataFrame,
    scenario: str,
    as_of: int,
    family: str = Family.ALL,
    history: pd.DataFrame | None = None,
    mark: Mark | None = None,
) -> Figure:
    """Draw FTE in post (median, 80% range) against funded posts, the gap between them shaded.

    Args:
        summary: Summary frame (see `fan`) with the measures fte, establishment and, for the
            shortage that is quoted, vacancies.
        scenario: Scenario drawn.
        as_of: Last observed month index.
        family: Family or `all`.
        history: Monthly history; months from three years before `as_of` are drawn.
        mark: Mark of the history; without one the figure is a forecast.

    Returns:
        The figure. The shortage quoted is the median of vacancies where the summary has it: it is
        counted family by family, so that a surplus in one does not hide a shortage in another.
    """
    past = observed_history(history, _FTE, members(summary, family), as_of)
    # Where few people are in post the past ends before the as-of month, or there is none.
    known = len(past) > 0 and int(past["index"].iloc[-1]) == as_of
    now = float(past["value"].iloc[-1]) if known else None
    supply = starting_at(
        select(summary, scenario=scenario, measure="fte", family=family), as_of, now
    )
    demand = select(summary, scenario=scenario, measure="establishment", family=family)
    funded = demand.set_index("index")["p50"].reindex(supply["index"]).bfill()
    supply = supply.assign(funded=funded.to_numpy())
    gap = _Gap(family, scenario, as_of, past, supply, _shortage(summary, scenario, family, supply))
    title = _title(gap)
    return Figure(
        mark=FORECAST if history is None else mark,
        key=f"supply_demand_{family}",
        title=title,
        subtitle=(
            f"{family_label(family)}: FTE in post and FTE funded. Scenario “{scenario}”. Lines: "
            "medians; dotted: 80% of simulated futures."
        ),
        chart=_chart(gap),
        alt=_alt(gap, title),
        how_to_read=_how(gap),
        table=_table(gap),
        source=source_line(as_of, [scenario]),
        excel=ExcelChart(
            "line",
            "Month",
            (
                ExcelSeries("In post, median (FTE)", palette.BLUE, width=2.75),
                ExcelSeries("Funded posts (FTE)", palette.PINK, "dash", 2.75),
                ExcelSeries("In post, 80% low (FTE)", palette.MID_BLUE, "round_dot", 1),
                ExcelSeries("In post, 80% high (FTE)", palette.MID_BLUE, "round_dot", 1),
            ),
            "FTE",
        ),
    )


def _shortage(summary: pd.DataFrame, scenario: str, family: str, supply: pd.DataFrame) -> float:
    if (summary["measure"] == "vacancies").any():
        vacancies = select(summary, scenario=scenario, measure="vacancies", family=family)
        return float(vacancies["p50"].iloc[-1])
    return max(0.0, float(supply["funded"].iloc[-1] - supply["p50"].iloc[-1]))


def _title(gap: _Gap) -> str:
    who, when = describe.sentence(describe.family_word(gap.family)), month_name(gap.last)
    funded = describe.format_people(gap.end("funded"))
    short = describe.format_people(gap.short)
    if short == "0":
        return f"{who} roles have all {funded} funded FTE filled by {when}"
    share = describe.format_percent(gap.short / gap.end("funded"))
    return (
        f"{who} roles are {short} FTE short of {funded} funded in {when}: {share} of posts vacant"
    )


def _chart(gap: _Gap) -> AltairChart:
    supply = gap.supply
    low, high = _ends(gap)
    # Headroom for the words above the line of funded posts.
    axis = ValueAxis("FTE", domain=(low, high + 0.14 * (high - low)))
    first = int(gap.past["index"].iloc[0] if len(gap.past) else supply["index"].iloc[0])
    x = month_axis(first, gap.last, gap.as_of)
    shade = supply.loc[:, ["date", "p50", "funded"]].assign(
        top=supply[["p50", "funded"]].max(axis=1)
    )
    layers: list[alt.Chart] = [
        alt.Chart(shade)
        .mark_area(color=palette.GAP)
        .encode(x=x, y=axis.y("p50"), y2=alt.Y2("top:Q")),
        *band_edges(supply, x, axis, palette.MID_BLUE),
        alt.Chart(supply.loc[:, ["date", "funded"]])
        .mark_line(color=palette.PINK, strokeDash=_DASH, strokeWidth=3, interpolate="step-after")
        .encode(x=x, y=axis.y("funded")),
        alt.Chart(supply.loc[:, ["date", "p50"]])
        .mark_line(color=palette.BLUE, strokeWidth=3)
        .encode(x=x, y=axis.y("p50")),
    ]
    if len(gap.past):
        known = gap.past.assign(date=dates(gap.past["index"].tolist()))
        layers.append(
            alt.Chart(known.loc[:, ["date", "value"]])
            .mark_line(color=palette.GREY)
            .encode(x=x, y=axis.y("value"))
        )
    layers += _labels(gap, axis)
    layers += as_of_rule(gap.as_of, observed=len(gap.past) > 0)
    layers.append(hover(*_hover(gap)))
    return stacked(layers, HEIGHT)


def _labels(gap: _Gap, axis: ValueAxis) -> list[alt.Chart]:
    date = gap.supply["date"].iloc[-1]
    funded, post = gap.end("funded"), gap.end("p50")
    above = funded >= post
    layers = end_label(
        date, funded, f"Funded posts {describe.format_people(funded)}",
        axis=axis, above=above, colour=palette.PINK,
    )  # fmt: skip
    layers += end_label(
        date, post, f"In post {describe.format_people(post)}",
        axis=axis, above=not above, colour=palette.BLUE,
    )  # fmt: skip
    middle = gap.supply.iloc[int(len(gap.supply) * 0.6)]
    if middle["funded"] - middle["p50"] > 0.02 * middle["funded"]:
        frame = pd.DataFrame(
            {
                "date": [middle["date"]],
                "value": [(middle["funded"] + middle["p50"]) / 2],
                "text": ["Vacant posts"],
            }
        )
        layers += label(frame, "text", alt.X("date:T"), axis.y("value"), fontStyle="italic")
    return layers


def _hover(gap: _Gap) -> tuple[list[int], dict[str, list[str]]]:
    supply = gap.supply
    old = gap.past[gap.past["index"] < int(supply["index"].iloc[0])]
    blank = [""] * len(old)
    text = describe.format_people
    return [*old["index"].tolist(), *supply["index"].tolist()], {
        "In post, FTE": [text(v) for v in [*old["value"], *supply["p50"]]],
        "80% range": blank
        + [
            describe.describe_range(_FTE, a, b)
            for a, b in zip(supply["p10"], supply["p90"], strict=True)
        ],
        "Funded, FTE": blank + [text(v) for v in supply["funded"]],
    }


def _alt(gap: _Gap, title: str) -> str:
    start = gap.supply.iloc[0]
    return (
        f"Line chart. {title}. FTE in post: {describe.format_people(start['p50'])} in "
        f"{month_name(int(start['index']))}, {describe.format_people(gap.end('p50'))} in "
        f"{month_name(gap.last)} (80% range "
        f"{describe.describe_range(_FTE, gap.end('p10'), gap.end('p90'))}). Funded posts: "
        f"{describe.format_people(start['funded'])}, then "
        f"{describe.format_people(gap.end('funded'))}. The gap between the lines is shaded."
    )


def _how(gap: _Gap) -> str:
    seen = (
        f"The grey line is what happened up to {month_name(gap.as_of)}. " if len(gap.past) else ""
    )
    cut = " The vertical axis does not start at nought." if _ends(gap)[0] > 0 else ""
    return (
        f"{seen}The dashed line is the number of posts there is money for, the solid blue line the "
        "people who hold one. The orange area between them is posts without a person. In 8 of 10 "
        "simulated futures the people in post stay inside the dotted lines. Vacancies are counted "
        "family by family, so a surplus in one does not hide a shortage in another, and the "
        f"shortage quoted can differ a little from the distance between the two lines.{cut}"
    )


def _ends(gap: _Gap) -> tuple[float, float]:
    """Return the ends of the axis: nought below, unless the lines would lie flat at the top."""
    low = float(min([gap.supply["p10"].min(), *gap.past["value"]]))
    high = float(max([gap.supply["p90"].max(), gap.supply["funded"].max(), *gap.past["value"], 1]))
    return (0.0 if low < 0.5 * high else low - 0.12 * (high - low), high)


def _table(gap: _Gap) -> pd.DataFrame:
    supply = gap.supply
    old = gap.past[gap.past["index"] < int(supply["index"].iloc[0])]
    blank = pd.Series([float("nan")] * len(old))
    columns: dict[str, object] = {
        "Month": [month_name(m) for m in [*old["index"], *supply["index"]]]
    }
    for header, before, column in (
        ("In post, median (FTE)", old["value"], "p50"),
        ("In post, 80% low (FTE)", blank, "p10"),
        ("In post, 80% high (FTE)", blank, "p90"),
        ("Funded posts (FTE)", blank, "funded"),
    ):
        columns[header] = table_value(_FTE, pd.concat([before, supply[column]])).to_numpy()
    return pd.DataFrame(columns)
