"""Two scenarios side by side, told apart by dash, position and name as well as by colour."""

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
    end_label,
    hover,
    label,
    month_axis,
    select,
    stacked,
)
from workforce.charts.measures import MeasureSpec, measure_spec
from workforce.charts.series import source_line, starting_at, table_unit, table_value, value_axis
from workforce.domain.circulation import FORECAST, Mark
from workforce.domain.families import Family, family_label
from workforce.domain.months import month_name
from workforce.domain.plan import BASELINE_NAME

__all__ = ["compare", "vacancies_with_without"]

_DASH = [7, 4]
_PLAN_TINT = "#C3D5E4"
_OTHER_TINT = "#DADADA"
_GAIN_TINT = "#CBE7E4"


@dataclass(frozen=True, slots=True)
class _Pair:
    """A scenario and the one it is compared with, same measure, family and months."""

    spec: MeasureSpec
    family: str
    names: tuple[str, str]
    as_of: int
    plan: pd.DataFrame
    other: pd.DataFrame
    difference: tuple[float, float, float] | None
    mark: Mark | None

    @property
    def line(self) -> str:
        return "mean" if self.spec.flow else "p50"

    @property
    def last(self) -> int:
        return int(self.plan["index"].iloc[-1])

    @property
    def who(self) -> str:
        return describe.subject_of(self.spec, self.family)

    def ends(self) -> tuple[float, float]:
        return float(self.plan[self.line].iloc[-1]), float(self.other[self.line].iloc[-1])


def _pair(
    summary: pd.DataFrame,
    names: tuple[str, str],
    measure: str,
    family: str,
    as_of: int,
    now: float | None,
    difference: tuple[float, float, float] | None,
    mark: Mark | None,
) -> _Pair:
    spec = measure_spec(measure)
    plan, other = (
        starting_at(
            select(summary, scenario=name, measure=measure, family=family),
            as_of,
            None if spec.flow else now,
        )
        for name in names
    )
    if plan["index"].tolist() != other["index"].tolist():
        raise ValueError(f"{names[0]!r} and {names[1]!r} do not cover the same months")
    return _Pair(
        spec, family, names, as_of, plan, other, difference, FORECAST if now is None else mark
    )


def compare(
    *,
    summary: pd.DataFrame,
    scenarios: tuple[str, str],
    measure: str,
    as_of: int,
    family: str = Family.ALL,
    now: float | None = None,
    difference: tuple[float, float, float] | None = None,
    mark: Mark | None = None,
) -> Figure:
    """Draw the medians and 80% ranges of two scenarios.

    Args:
        summary: Summary frame (see `fan`).
        scenarios: The scenario in question and the one it is compared with.
        measure: Measure drawn.
        as_of: Last observed month index.
        family: Family or `all`.
        now: Value at the as-of month, from which both start.
        mark: Mark of `now`; without it the figure is a forecast.
        difference: p10, p50 and p90 of the difference (first minus second) within the same
            futures in the last month, which two separate ranges cannot show.

    Returns:
        The figure.

    Raises:
        ValueError: If a scenario is missing or the two do not cover the same months.
    """
    pair = _pair(summary, scenarios, measure, family, as_of, now, difference, mark)
    return _figure(pair, f"compare_{measure}_{family}", _compare_title(pair), shade=False)


def vacancies_with_without(
    *,
    summary: pd.DataFrame,
    scenario: str,
    as_of: int,
    baseline: str = BASELINE_NAME,
    family: str = Family.ALL,
    now: float | None = None,
    difference: tuple[float, float, float] | None = None,
    mark: Mark | None = None,
) -> Figure:
    """Draw vacancies with a plan against vacancies without it, the difference shaded.

    Args:
        summary: Summary frame (see `fan`).
        scenario: The plan.
        as_of: Last observed month index.
        baseline: The do-nothing scenario.
        family: Family or `all`.
        now: Vacancies today, FTE.
        mark: Mark of `now`; without it the figure is a forecast.
        difference: p10, p50 and p90 of the difference (plan minus baseline) within the same
            futures in the last month, FTE.

    Returns:
        The figure.
    """
    names = (scenario, baseline)
    pair = _pair(summary, names, "vacancies", family, as_of, now, difference, mark)
    return _figure(pair, f"vacancies_with_without_{family}", _vacancies_title(pair), shade=True)


def _compare_title(pair: _Pair) -> str:
    plan, other = pair.ends()
    when = month_name(pair.last)
    first, second = describe.rounded(pair.spec, plan), describe.rounded(pair.spec, other)
    if first == second:
        return (
            f"“{pair.names[0]}” and “{pair.names[1]}” lead to the same {pair.who} by {when}: "
            f"{describe.format_measure(pair.spec, plan)}"
        )
    be = "are" if pair.spec.plural else "is"
    return (
        f"By {when} {pair.who} {be} {describe.format_measure(pair.spec, plan)} with "
        f"“{pair.names[0]}” and {second} with “{pair.names[1]}”"
    )


def _vacancies_title(pair: _Pair) -> str:
    plan, other = pair.ends()
    when = month_name(pair.last)
    first, second = (describe.format_people(value) for value in (plan, other))
    if first == second:
        return (
            f"“{pair.names[0]}” leaves {pair.who} where “{pair.names[1]}” leaves them: "
            f"{first} FTE in {when}"
        )
    # The size of the difference stands in the subtitle: it is taken within each future and is not
    # the distance between the two lines.
    word = "cuts" if plan < other else "raises"
    other_name = pair.names[1]
    otherwise = "without it" if other_name == BASELINE_NAME else f"with “{other_name}”"
    return (
        f"“{pair.names[0]}” {word} {pair.who} to {first} FTE by {when}, "
        f"against {second} {otherwise}"
    )


def _figure(pair: _Pair, key: str, title: str, *, shade: bool) -> Figure:
    return Figure(
        mark=pair.mark,
        key=key,
        title=title,
        subtitle=(
            f"{family_label(pair.family)}: {pair.spec.axis}. Lines: "
            f"{'expected number each month' if pair.spec.flow else 'medians'}; "
            f"{'dotted' if shade else 'shading'}: 80% of simulated futures.{_difference_text(pair)}"
        ),
        chart=_chart(pair, shade=shade),
        alt=_alt(pair, title),
        how_to_read=_how(pair, shade=shade),
        table=_table(pair),
        source=source_line(pair.as_of, list(pair.names)),
        excel=_excel(pair),
    )


def _difference_text(pair: _Pair) -> str:
    if pair.difference is None:
        return ""
    unit = "percentage points" if pair.spec.kind == "share" else table_unit(pair.spec)
    scale = 100 if pair.spec.kind == "share" else 1
    low, middle, high = (describe.format_people(value * scale) for value in pair.difference)
    return f" Difference in {month_name(pair.last)}: {middle} {unit} (80% range {low} to {high})."


def _chart(pair: _Pair, *, shade: bool) -> AltairChart:
    plan, other, line = pair.plan, pair.other, pair.line
    axis = value_axis(
        pair.spec,
        float(min(plan["p10"].min(), other["p10"].min())),
        float(max(plan["p90"].max(), other["p90"].max())),
    )
    x = month_axis(int(plan["index"].iloc[0]), pair.last, pair.as_of)
    layers: list[alt.Chart] = []
    looks = ((other, _OTHER_TINT, palette.MUTED), (plan, _PLAN_TINT, palette.BLUE))
    if shade:
        between = pd.DataFrame({"date": plan["date"], "with": plan[line], "without": other[line]})
        layers.append(
            alt.Chart(between)
            .mark_area(color=_GAIN_TINT)
            .encode(x=x, y=axis.y("with"), y2=alt.Y2("without:Q"))
        )
    for frame, tint, edge in looks:
        if not shade:
            layers.append(
                alt.Chart(frame.loc[:, ["date", "p10", "p90"]])
                .mark_area(color=tint, opacity=0.7)
                .encode(x=x, y=axis.y("p10"), y2=alt.Y2("p90:Q"))
            )
        layers += band_edges(frame, x, axis, edge)
    for frame, colour, dash in ((other, palette.GREY, _DASH), (plan, palette.BLUE, [1, 0])):
        layers.append(
            alt.Chart(frame.loc[:, ["date", line]])
            .mark_line(color=colour, strokeDash=dash, strokeWidth=3)
            .encode(x=x, y=axis.y(line))
        )
    layers += _labels(pair, axis)
    if shade:
        layers += _gain_label(pair, axis)
    if int(plan["index"].iloc[0]) == pair.as_of:
        layers += as_of_rule(pair.as_of, observed=False)
    layers.append(hover(*_hover(pair)))
    return stacked(layers, HEIGHT)


def _labels(pair: _Pair, axis: ValueAxis) -> list[alt.Chart]:
    ends = pair.ends()
    date = pair.plan["date"].iloc[-1]
    top = float(max(pair.plan["p90"].max(), pair.other["p90"].max()))
    layers: list[alt.Chart] = []
    for name, value, other, colour in (
        (pair.names[1], ends[1], ends[0], palette.GREY),
        (pair.names[0], ends[0], ends[1], palette.BLUE),
    ):
        # Where both end together, the scenario in question stands above; there is no room for
        # words between a line and the axis it runs along.
        above = value > other or (value == other and name == pair.names[0])
        above = above or (value < 0.1 * top and other - value > 0.15 * top)
        text = f"{name}: {describe.rounded(pair.spec, value)}"
        layers += end_label(date, value, text, axis=axis, above=above, colour=colour)
    return layers


def _gain_label(pair: _Pair, axis: ValueAxis) -> list[alt.Chart]:
    place = int(len(pair.plan) * 0.62)
    plan, other = float(pair.plan["p50"].iloc[place]), float(pair.other["p50"].iloc[place])
    top = float(max(pair.plan["p90"].max(), pair.other["p90"].max()))
    if abs(plan - other) < 0.1 * top:
        return []
    frame = pd.DataFrame(
        {
            "date": [pair.plan["date"].iloc[place]],
            "value": [(plan + other) / 2],
            "text": ["Vacancies avoided" if plan < other else "Vacancies added"],
        }
    )
    return label(frame, "text", alt.X("date:T"), axis.y("value"), fontStyle="italic")


def _hover(pair: _Pair) -> tuple[list[int], dict[str, list[str]]]:
    rows: dict[str, list[str]] = {}
    for name, frame in zip(pair.names, (pair.plan, pair.other), strict=True):
        rows[name] = [
            f"{describe.rounded(pair.spec, row[pair.line])} "
            f"(80% range {describe.describe_range(pair.spec, row['p10'], row['p90'])})"
            for _, row in frame.iterrows()
        ]
    return pair.plan["index"].tolist(), rows


def _alt(pair: _Pair, title: str) -> str:
    parts = [f"Line chart with two lines and shaded 80% ranges. {title}."]
    for name, frame in zip(pair.names, (pair.plan, pair.other), strict=True):
        start, end = frame.iloc[0], frame.iloc[-1]
        parts.append(
            f"“{name}”: {describe.rounded(pair.spec, start[pair.line])} in "
            f"{month_name(int(start['index']))}, {describe.rounded(pair.spec, end[pair.line])} in "
            f"{month_name(int(end['index']))}, 80% range "
            f"{describe.describe_range(pair.spec, end['p10'], end['p90'])}."
        )
    return " ".join(parts) + _difference_text(pair)


def _how(pair: _Pair, *, shade: bool) -> str:
    green = (
        f"The green area between the lines is the difference “{pair.names[0]}” makes. "
        if shade
        else ""
    )
    return (
        f"The solid blue line is “{pair.names[0]}”, the dashed grey line “{pair.names[1]}”. {green}"
        f"{'Between the dotted lines of its colour lie' if shade else 'The pale areas hold'} 8 in "
        "10 simulated futures of each. Both scenarios meet the same "
        "futures, good or bad, so overlapping ranges do not mean that there is no difference: "
        "the range of the difference itself is narrower than it looks."
    )


def _table(pair: _Pair) -> pd.DataFrame:
    unit = table_unit(pair.spec)
    table = pd.DataFrame({"Month": [month_name(m) for m in pair.plan["index"]]})
    middle = "expected" if pair.spec.flow else "median"
    for name, frame in zip(pair.names, (pair.plan, pair.other), strict=True):
        for header, column in ((middle, pair.line), ("80% low", "p10"), ("80% high", "p90")):
            table[f"{name}: {header} ({unit})"] = table_value(pair.spec, frame[column]).to_numpy()
    return table


def _excel(pair: _Pair) -> ExcelChart:
    unit = table_unit(pair.spec)
    middle = "expected" if pair.spec.flow else "median"
    first, second = pair.names
    return ExcelChart(
        "line",
        "Month",
        (
            ExcelSeries(f"{first}: {middle} ({unit})", palette.BLUE, width=2.75),
            ExcelSeries(f"{second}: {middle} ({unit})", palette.GREY, "dash", 2.75),
            ExcelSeries(f"{first}: 80% low ({unit})", palette.MID_BLUE, "round_dot", 1),
            ExcelSeries(f"{first}: 80% high ({unit})", palette.MID_BLUE, "round_dot", 1),
            ExcelSeries(f"{second}: 80% low ({unit})", palette.MUTED, "round_dot", 1),
            ExcelSeries(f"{second}: 80% high ({unit})", palette.MUTED, "round_dot", 1),
        ),
        pair.spec.axis,
    )
