"""What a plan costs more or less than doing nothing, line by line."""

from typing import Final

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import label, stacked
from workforce.charts.series import source_line
from workforce.domain.circulation import FORECAST
from workforce.domain.months import month_name

__all__ = ["cost_lines"]

_CASH, _TIME = "Money", "Time and work"
_COLOURS: Final = {_CASH: palette.BLUE, _TIME: palette.TURQUOISE}


def cost_lines(*, changes: pd.DataFrame, scenario: str, end: int, as_of: int) -> Figure:
    """Draw what each line of cost changes over the months projected.

    Args:
        changes: One row a line: key, label, cash (bool), paid_by, mean, low and high (80% range),
            GBP, the scenario less doing nothing; and the row `view/employer`.
        scenario: Name of the scenario.
        end: Last month index.
        as_of: Last observed month index.

    Returns:
        The figure. Lines that change by less than £500 are left out of the chart and stand in the
        table.

    Raises:
        ValueError: If there is no line.
    """
    views = changes["key"].str.startswith("view/")
    lines = changes[~views]
    if lines.empty:
        raise ValueError("there is no line to draw")
    budget = changes[changes["key"] == "view/employer"].iloc[0]
    title = _title(budget, end)
    lines = lines.assign(
        kind=lines["cash"].map({True: _CASH, False: _TIME}),
        text=lines["mean"].map(_signed),
        span=[_span(low, high) for low, high in zip(lines["low"], lines["high"], strict=True)],
    )
    shown = lines[lines["mean"].abs() >= 500]
    drawn = shown if len(shown) else lines.head(1)
    return Figure(
        mark=FORECAST,
        key="cost_lines",
        title=title,
        subtitle=(
            f"Pounds, “{scenario}” less doing nothing, added up to {month_name(end)}, in prices of "
            "today. Expected values over all simulated futures."
        ),
        chart=_chart(drawn),
        alt=_alt(drawn, title),
        how_to_read=(
            "Bars to the right are spending that doing nothing would not have, bars to the left "
            "are savings. Dark bars are money, light ones time and work that no budget shows. "
            "More people in post cost more pay and leave less work undone: the two belong together."
        ),
        table=_table(pd.concat([lines, changes[views]])),
        source=source_line(as_of, [scenario]),
        excel=ExcelChart(
            "bar", "Cost", (ExcelSeries("Change (£)", palette.BLUE),), "£", rows=len(lines)
        ),
    )


def _signed(pounds: float) -> str:
    text = describe.format_money(pounds)
    return f"+{text}" if pounds >= 0.5 else text


def _span(low: float, high: float) -> str:
    return f"{_signed(low)} to {_signed(high)}"


def _title(budget: pd.Series, end: int) -> str:
    when = month_name(end)
    if round(budget["mean"]) == 0:
        return f"By {when} the budget is £0 apart from doing nothing"
    word = "more" if budget["mean"] > 0 else "less"
    # The range is told in the direction of the finding.
    ends = sorted((abs(budget["low"]), abs(budget["high"])))
    same_side = budget["low"] * budget["high"] >= 0
    span = (
        f"{describe.format_money(ends[0])} to {describe.format_money(ends[1])}"
        if same_side
        else _span(budget["low"], budget["high"])
    )
    return (
        f"By {when} the plan costs the budget {describe.format_money(abs(budget['mean']))} {word} "
        f"than doing nothing (80% range {span})"
    )


def _chart(drawn: pd.DataFrame) -> AltairChart:
    means = [*drawn["mean"], 0.0]
    width = max(1.0, max(means) - min(means))
    # Room for the words at the end of the bars, on either side.
    scale = alt.Scale(domain=[min(means) - 0.2 * width, max(means) + 0.2 * width], nice=False)
    axis = alt.Axis(
        title="Pounds against doing nothing",
        titleAnchor="start",
        domain=False,
        grid=True,
        tickCount=5,
        labelExpr="(datum.value < 0 ? '−' : '') + '£' + format(abs(datum.value), '~s')",
    )

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    y = alt.Y(
        "label:N",
        sort=drawn["label"].tolist(),
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=360, labelFontSize=14),
    )
    data = drawn.loc[:, ["label", "kind", "mean", "text", "span"]].assign(zero=0.0)
    bars = (
        alt.Chart(data)
        .mark_bar(height=18)
        .encode(
            x=x("zero"),
            x2=alt.X2("mean:Q"),
            y=y,
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=[
                alt.Tooltip("label:N", title="Cost"),
                alt.Tooltip("text:N", title="Change"),
                alt.Tooltip("span:N", title="80% range"),
            ],
        )
    )
    rule = (
        alt.Chart(pd.DataFrame({"zero": [0.0]}))
        .mark_rule(color=palette.INK, aria=False)
        .encode(x=x("zero"))
    )
    layers: list[alt.Chart] = [bars, rule]
    for side, align, shift in ((data["mean"] >= 0, "left", 7), (data["mean"] < 0, "right", -7)):
        if side.any():
            layers += label(
                data.loc[side, ["label", "mean", "text"]], "text", x("mean"), y,
                align=align, dx=shift,
            )  # fmt: skip
    return stacked(layers, 38 * len(data) + 20)


def _alt(drawn: pd.DataFrame, title: str) -> str:
    words = [
        f"{row['label']}: {row['text']} (80% range {row['span']})" for _, row in drawn.iterrows()
    ]
    return f"Bar chart. {title}. {'; '.join(words)}."


def _table(changes: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Cost": changes["label"],
            "Kind": [
                "total" if key.startswith("view/") else _CASH.lower() if cash else _TIME.lower()
                for key, cash in zip(changes["key"], changes["cash"], strict=True)
            ],
            "Paid by": changes["paid_by"],
            "Change (£)": changes["mean"].round(0),
            "80% range, low (£)": changes["low"].round(0),
            "80% range, high (£)": changes["high"].round(0),
        }
    )
