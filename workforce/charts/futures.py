"""One measure over time with its range of futures and, before it, what was observed."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import (
    HEIGHT,
    ValueAxis,
    as_of_rule,
    band_layers,
    dates,
    end_label,
    hover,
    month_axis,
    select,
    stacked,
)
from workforce.charts.measures import MeasureSpec, measure_spec
from workforce.charts.series import (
    members,
    observed_history,
    observed_span,
    source_line,
    starting_at,
    table_unit,
    table_value,
    value_axis,
)
from workforce.domain.circulation import FORECAST, Mark
from workforce.domain.families import Family, family_label
from workforce.domain.months import month_name

__all__ = ["fan"]


@dataclass(frozen=True, slots=True)
class _Fan:
    """The pieces of a fan chart: the measure, its past and its range of futures."""

    spec: MeasureSpec
    family: str
    scenario: str
    as_of: int
    past: pd.DataFrame
    ahead: pd.DataFrame
    line: str
    span: int

    @property
    def first(self) -> int:
        return int(self.past["index"].iloc[0] if len(self.past) else self.ahead["index"].iloc[0])

    @property
    def last(self) -> int:
        return int(self.ahead["index"].iloc[-1])

    @property
    def who(self) -> str:
        return describe.subject_of(self.spec, self.family)

    def range_text(self, low: str, high: str) -> str:
        end = self.ahead.iloc[-1]
        return describe.describe_range(self.spec, float(end[low]), float(end[high]))


def fan(
    *,
    summary: pd.DataFrame,
    scenario: str,
    measure: str,
    as_of: int,
    family: str = Family.ALL,
    history: pd.DataFrame | None = None,
    now: float | None = None,
    mark: Mark | None = None,
) -> Figure:
    """Draw one measure over time with its 50%, 80% and 95% range and, before it, what was observed.

    Args:
        summary: Columns scenario, month (`YYYY-MM`), family, measure, mean, p2_5, p10, p25, p50,
            p75, p90, p97_5; shares are 0-1.
        scenario: Scenario drawn.
        measure: Measure drawn.
        as_of: Last observed month index.
        family: Family or `all`.
        history: Monthly history (month index, family, headcount, fte, leavers, a column a cause,
            hires); months from three years before `as_of` are drawn. Flows may be averages over
            several months (`leavers_span`, `hires_span`).
        now: Value at the as-of month where the history does not hold the measure (vacancies).
        mark: Mark of what was observed; without any the figure is a forecast.

    Returns:
        The figure. Stocks are drawn by their median; monthly flows by their mean, because the
        median of a small count jumps between whole numbers.
    """
    spec = measure_spec(measure)
    past = observed_history(history, spec, members(summary, family), as_of)
    ahead = select(summary, scenario=scenario, measure=measure, family=family)
    if now is None and len(past) and not spec.flow and int(past["index"].iloc[-1]) == as_of:
        now = float(past["value"].iloc[-1])
    line = "mean" if spec.flow else "p50"
    parts = _Fan(
        spec, family, scenario, as_of, past,
        starting_at(ahead, as_of, None if spec.flow else now), line,
        observed_span(history, spec, family),
    )  # fmt: skip
    title = _flow_title(parts) if spec.flow else _stock_title(parts)
    return Figure(
        mark=FORECAST if history is None and now is None else mark,
        key=f"fan_{measure}_{family}",
        title=title,
        subtitle=_fan_subtitle(parts),
        chart=_fan_chart(parts),
        alt=_fan_alt(parts, title),
        how_to_read=_fan_how(parts),
        table=_fan_table(parts),
        source=source_line(as_of, [scenario]),
        excel=_fan_excel(parts),
    )


def _stock_title(parts: _Fan) -> str:
    start, end = parts.ahead.iloc[0], parts.ahead.iloc[-1]
    title = describe.describe_change(
        parts.spec,
        family=parts.family,
        start=float(start[parts.line]),
        end=float(end[parts.line]),
        by=month_name(parts.last),
    )
    moved = describe.rounded(parts.spec, start["p50"]) != describe.rounded(parts.spec, end["p50"])
    if moved and end["p10"] <= start["p50"] <= end["p90"]:
        return f"{title}, but no change is within the 80% range"
    return title


def _flow_title(parts: _Fan) -> str:
    months = min(12, len(parts.ahead))
    expected = float(parts.ahead["mean"].iloc[:months].sum())
    text = (
        f"About {describe.format_people(expected)} {parts.who} expected in the {months} months "
        f"to {month_name(int(parts.ahead['index'].iloc[months - 1]))}"
    )
    if months == 12 and len(parts.past) >= 12:
        before = describe.format_count(float(parts.past["value"].iloc[-12:].sum()))
        text += f", after {before} " + (
            "in the 12 months before"
            if 12 % parts.span == 0
            else f"a year in the {parts.span} months before"
        )
    return text


def _fan_subtitle(parts: _Fan) -> str:
    line = "expected number each month" if parts.spec.flow else "median"
    return (
        f"{family_label(parts.family)}: {parts.spec.axis}. Scenario “{parts.scenario}”. "
        f"Line: {line}; shading: 50%, 80% and 95% of simulated futures.{_averaged(parts)}"
    )


def _averaged(parts: _Fan) -> str:
    if parts.span == 1 or not len(parts.past):
        return ""
    return f" Observed: averages a month over {parts.span} months, because a month has too few."


def _fan_chart(parts: _Fan) -> AltairChart:
    spec, ahead, past = parts.spec, parts.ahead, parts.past
    lows = [float(ahead["p2_5"].min()), *past["value"].tolist()]
    highs = [float(ahead["p97_5"].max()), *past["value"].tolist()]
    axis = value_axis(spec, min(lows), max(highs))
    x = month_axis(parts.first, parts.last, parts.as_of)
    layers = band_layers(ahead, x, axis)
    layers.append(
        alt.Chart(ahead.loc[:, ["date", parts.line]])
        .mark_line(color=palette.BLUE)
        .encode(x=x, y=axis.y(parts.line))
    )
    if len(past):
        layers.append(_observed(parts, x, axis))
    end = ahead.iloc[-1]
    name = "Expected" if spec.flow else "Median"
    layers += end_label(
        end["date"], float(end[parts.line]),
        f"{name} {describe.rounded(spec, float(end[parts.line]))}",
        axis=axis, above=True, colour=palette.BLUE,
    )  # fmt: skip
    layers += as_of_rule(parts.as_of, observed=len(past) > 0)
    layers.append(hover(*_fan_hover(parts)))
    return stacked(layers, HEIGHT)


def _observed(parts: _Fan, x: alt.X, axis: ValueAxis) -> alt.Chart:
    known = parts.past.assign(date=dates(parts.past["index"].tolist()))
    chart = alt.Chart(known.loc[:, ["date", "value"]])
    if parts.spec.flow:
        # A few people a month jump up and down: columns show counts where a line shows noise.
        columns: alt.Chart = chart.mark_rule(color=palette.MUTED, strokeWidth=5).encode(
            x=x, y=axis.y("value"), y2=alt.Y2(datum=0)
        )
        return columns
    line: alt.Chart = chart.mark_line(color=palette.GREY).encode(x=x, y=axis.y("value"))
    return line


def _fan_hover(parts: _Fan) -> tuple[list[int], dict[str, list[str]]]:
    spec, ahead = parts.spec, parts.ahead
    old = parts.past[parts.past["index"] < int(ahead["index"].iloc[0])]
    blank = [""] * len(old)
    name = "Expected" if spec.flow else "Median"
    rows = {
        "Observed": [describe.rounded(spec, v) for v in old["value"]] + [""] * len(ahead),
        name: blank + [describe.rounded(spec, v) for v in ahead[parts.line]],
    }
    for title, low, high in (("80% range", "p10", "p90"), ("95% range", "p2_5", "p97_5")):
        rows[title] = blank + [
            describe.describe_range(spec, a, b)
            for a, b in zip(ahead[low], ahead[high], strict=True)
        ]
    return [*old["index"].tolist(), *ahead["index"].tolist()], rows


def _fan_alt(parts: _Fan, title: str) -> str:
    end = parts.ahead.iloc[-1]
    text = (
        f"Line chart with shaded ranges. {title}. In {month_name(parts.last)} the "
        f"{'expected number' if parts.spec.flow else 'median'} is "
        f"{describe.format_measure(parts.spec, float(end[parts.line]))}; "
        f"the 50% range is {parts.range_text('p25', 'p75')}, the 80% range "
        f"{parts.range_text('p10', 'p90')} and the 95% range {parts.range_text('p2_5', 'p97_5')}."
    )
    if len(parts.past):
        first = parts.past.iloc[0]
        text += (
            f" Observed values start at {describe.rounded(parts.spec, float(first['value']))} in "
            f"{month_name(int(first['index']))} and end at "
            f"{describe.rounded(parts.spec, float(parts.past['value'].iloc[-1]))} in "
            f"{month_name(parts.as_of)}."
        )
    return text


def _fan_how(parts: _Fan) -> str:
    seen = ""
    if len(parts.past):
        mark = "grey columns are" if parts.spec.flow else "grey line is"
        seen = f"The {mark} what happened up to {month_name(parts.as_of)}. "
    middle = (
        "The blue line is the number to expect in a month, on average over all futures. "
        if parts.spec.flow
        else "The blue line is the middle: half of the simulated futures lie above it, half below. "
    )
    return (
        f"{seen}{middle}The shading shows how sure we are: 5 futures in 10 stay in the darkest "
        "band, 8 in 10 between the dotted lines, 19 in 20 in the lightest. The wider the "
        "shading, the less is known. It is a range of trends under stated assumptions, not a "
        "prediction."
    )


def _fan_table(parts: _Fan) -> pd.DataFrame:
    spec, unit, ahead = parts.spec, table_unit(parts.spec), parts.ahead
    old = parts.past[parts.past["index"] < int(ahead["index"].iloc[0])]
    columns = {"Month": [month_name(m) for m in [*old["index"], *ahead["index"]]]}
    table = pd.DataFrame(columns)
    name = "Expected" if spec.flow else "Median"
    if len(old):
        values = pd.concat([old["value"], pd.Series([float("nan")] * len(ahead))])
        if int(ahead["index"].iloc[0]) == parts.as_of:
            values.iloc[len(old)] = float(ahead[parts.line].iloc[0])
        table[f"Observed ({unit})"] = table_value(spec, values).to_numpy()
    blank = pd.Series([float("nan")] * len(old))
    for header, column in (
        (name, parts.line), ("50% low", "p25"), ("50% high", "p75"), ("80% low", "p10"),
        ("80% high", "p90"), ("95% low", "p2_5"), ("95% high", "p97_5"),
    ):  # fmt: skip
        table[f"{header} ({unit})"] = table_value(
            spec, pd.concat([blank, ahead[column]])
        ).to_numpy()
    return table


def _fan_excel(parts: _Fan) -> ExcelChart:
    unit = table_unit(parts.spec)
    old = parts.past[parts.past["index"] < int(parts.ahead["index"].iloc[0])]
    name = "Expected" if parts.spec.flow else "Median"
    series = [ExcelSeries(f"Observed ({unit})", palette.GREY)] if len(old) else []
    series += [
        ExcelSeries(f"{name} ({unit})", palette.BLUE, width=2.75),
        ExcelSeries(f"80% low ({unit})", palette.MID_BLUE, "dash", 1.25),
        ExcelSeries(f"80% high ({unit})", palette.MID_BLUE, "dash", 1.25),
        ExcelSeries(f"95% low ({unit})", palette.MUTED, "round_dot", 1),
        ExcelSeries(f"95% high ({unit})", palette.MUTED, "round_dot", 1),
    ]
    return ExcelChart("line", "Month", tuple(series), parts.spec.axis)
