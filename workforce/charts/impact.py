"""What a result hangs on: the headline with one assumption after the other at both its ends."""

from typing import Final

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import stacked
from workforce.domain.circulation import FORECAST
from workforce.domain.months import month_name

__all__ = ["impact_bars"]

_ROW: Final = 34
_MOST: Final = 10


def impact_bars(*, effects: pd.DataFrame, scenario: str, end: int) -> Figure:
    """Draw how far vacant FTE move when one assumption moves over its range, largest first.

    Args:
        effects: A row an assumption: name, low and high (vacant FTE with it at its ends), base.
        scenario: Scenario.
        end: Month index of the headline.

    Returns:
        The figure, of the ten that matter most.

    Raises:
        ValueError: If there is no effect.
    """
    if effects.empty:
        raise ValueError("no effect of any assumption is known")
    rows = effects.assign(
        least=effects[["low", "high", "base"]].min(axis=1),
        most=effects[["low", "high", "base"]].max(axis=1),
    )
    rows = rows.assign(span=rows["most"] - rows["least"])
    rows = rows.sort_values(["span", "name"], ascending=[False, True], ignore_index=True)
    rows = rows.head(_MOST)
    base, first = float(rows["base"].iloc[0]), rows.iloc[0]
    words = describe.format_people
    short = str(first["name"])[:60]
    title = f"Most hangs on “{short}”: {words(first['least'])} to {words(first['most'])} vacant FTE"
    told = " ".join(
        f"{row['name']}: {words(row['least'])} to {words(row['most'])}."
        for row in rows.to_dict("records")
    )
    return Figure(
        key="impact",
        title=title,
        subtitle=(
            f"Vacant FTE in {month_name(end)}, scenario “{scenario}”. Bars: with one assumption at "
            f"either end of its range; line: as it stands, {words(base)}."
        ),
        chart=_chart(rows, base),
        alt=f"Bar chart. {title}. As it stands {words(base)}. {told}",
        how_to_read=(
            "Each bar moves one assumption over its range and leaves the others as they are, on "
            "the same simulated futures. A long bar means that it is worth knowing better."
        ),
        table=pd.DataFrame(
            {
                "Assumption": rows["name"],
                "Least (FTE)": rows["least"].round(1),
                "As it stands (FTE)": rows["base"].round(1),
                "Most (FTE)": rows["most"].round(1),
            }
        ),
        source="Source: simulation; ranges as in the assumptions log.",
        excel=ExcelChart(
            "bar",
            "Assumption",
            (
                ExcelSeries("Least (FTE)", palette.TURQUOISE),
                ExcelSeries("Most (FTE)", palette.BLUE),
            ),
            "FTE vacant",
        ),
        mark=FORECAST,
    )


def _chart(rows: pd.DataFrame, base: float) -> AltairChart:
    frame = rows.loc[:, ["name", "least", "most"]].assign(
        text=[
            f"{describe.format_people(low)} to {describe.format_people(high)}"
            for low, high in zip(rows["least"], rows["most"], strict=True)
        ]
    )
    y = alt.Y(
        "name:N",
        sort=frame["name"].tolist(),
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=240, labelFontSize=13),
        scale=alt.Scale(paddingInner=0.4, paddingOuter=0.2),
    )
    room = 0.25 * float(frame["most"].max() - frame["least"].min()) or 1.0
    scale = alt.Scale(
        domain=[max(0.0, float(frame["least"].min()) - room), float(frame["most"].max()) + room],
        nice=False,
        zero=False,
    )

    def x(field: str) -> alt.X:
        axis = alt.Axis(title="FTE vacant", format=",~f", tickCount=6)
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    bars = alt.Chart(frame).encode(y=y)
    return stacked(
        [
            bars.mark_bar(
                color=palette.BAND_80, stroke=palette.MID_BLUE, strokeWidth=1, height=14
            ).encode(
                x=x("least"),
                x2=alt.X2("most:Q"),
                tooltip=[
                    alt.Tooltip("name:N", title="Assumption"),
                    alt.Tooltip("text:N", title="Vacant FTE"),
                ],
            ),
            bars.mark_text(color=palette.INK, align="left", dx=6).encode(
                x=x("most"), text="text:N"
            ),
            alt.Chart(pd.DataFrame({"base": [base]}))
            .mark_rule(color=palette.PINK, strokeDash=[4, 3], strokeWidth=1.5, aria=False)
            .encode(x=x("base")),
        ],
        _ROW * len(frame) + 20,
    )
