"""Who joined and who left, month by month."""

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import ValueAxis, dates, label, month_axis, stacked
from workforce.domain.families import DIGITAL_FAMILIES, Family, family_label
from workforce.domain.months import month_name

__all__ = ["monthly_history"]

MONTHS_SHOWN = 36


def monthly_history(*, monthly: pd.DataFrame, as_of: int, family: str = Family.ALL) -> Figure:
    """Draw joiners upwards and leavers downwards for each month observed.

    Args:
        monthly: Monthly history: month (index), family, leavers, hires (people); flows are missing
            where no leavers are given.
        as_of: Last observed month index.
        family: Family, or `all` for the digital ones together.

    Returns:
        The figure; at most three years are drawn.

    Raises:
        ValueError: If the history holds no month with flows of that family.
    """
    families = [str(each) for each in DIGITAL_FAMILIES] if family == Family.ALL else [family]
    rows = monthly[
        monthly["family"].isin(families)
        & monthly["month"].between(as_of - MONTHS_SHOWN + 1, as_of)
        & monthly["leavers"].notna()
    ]
    if rows.empty:
        raise ValueError(f"the history holds no joiners or leavers of {family}")
    flows = rows.groupby("month")[["hires", "leavers"]].sum().reset_index()
    title = _title(flows, family)
    words = describe.format_count
    return Figure(
        key=f"monthly_history_{family}",
        title=title,
        subtitle=(
            f"{family_label(family)}: people who joined and left each month, "
            f"{month_name(int(flows['month'].min()))} to {month_name(int(flows['month'].max()))}."
        ),
        chart=_chart(flows, as_of),
        alt=(
            f"Column chart, joiners upwards and leavers downwards. {title}. Over all "
            f"{len(flows)} months {words(flows['hires'].sum())} joined and "
            f"{words(flows['leavers'].sum())} left; the most that left in one month is "
            f"{words(flows['leavers'].max())}, in "
            f"{month_name(int(flows['month'].iloc[int(flows['leavers'].argmax())]))}."
        ),
        how_to_read=(
            "Columns above the line are people who joined that month, columns below it people "
            "who left. Where the lower columns are longer, the team shrank."
        ),
        table=pd.DataFrame(
            {
                "Month": [month_name(month) for month in flows["month"]],
                "Joined (people)": flows["hires"].round(1),
                "Left (people)": flows["leavers"].round(1),
                "Net (people)": (flows["hires"] - flows["leavers"]).round(1),
            }
        ),
        source=f"Source: your workforce data to {month_name(as_of)}.",
        excel=ExcelChart(
            "column",
            "Month",
            (
                ExcelSeries("Joined (people)", palette.BLUE),
                ExcelSeries("Left (people)", palette.ORANGE),
            ),
            "People a month",
        ),
    )


def _title(flows: pd.DataFrame, family: str) -> str:
    recent = flows.tail(12)
    hires, leavers = float(recent["hires"].sum()), float(recent["leavers"].sum())
    who = describe.family_word(family)
    spell = f"in the {len(recent)} months to {month_name(int(recent['month'].iloc[-1]))}"
    left, joined = describe.format_count(leavers), describe.format_count(hires)
    if left == joined:
        return f"As many people joined {who} roles as left them {spell}: {left}"
    if leavers > hires:
        return f"More people left {who} roles than joined {spell}: {left} against {joined}"
    return f"More people joined {who} roles than left {spell}: {joined} against {left}"


def _chart(flows: pd.DataFrame, as_of: int) -> AltairChart:
    first, last = int(flows["month"].iloc[0]), int(flows["month"].iloc[-1])
    data = pd.DataFrame(
        {
            "date": dates(flows["month"].tolist()),
            "when": [month_name(month) for month in flows["month"]],
            "joined": flows["hires"],
            "left": -flows["leavers"],
            "gone": flows["leavers"],
        }
    )
    top = float(max(flows["hires"].max(), flows["leavers"].max())) or 1.0
    axis = ValueAxis("People a month", domain=(-1.25 * top, 1.25 * top), mirrored=True)
    x = month_axis(first, last, as_of)
    tooltip = [
        alt.Tooltip("when:N", title="Month"),
        alt.Tooltip("joined:Q", title="Joined", format=",~f"),
        alt.Tooltip("gone:Q", title="Left", format=",~f"),
    ]

    width = alt.RelativeBandSize(band=0.8)
    month = month_axis(first, last, as_of, unit="yearmonth")
    base = alt.Chart(data)
    texts = pd.DataFrame(
        {
            "date": [data["date"].iloc[0]] * 2,
            "value": [1.18 * top, -1.18 * top],
            "text": ["Joined", "Left"],
        }
    )
    zero = pd.DataFrame({"value": [0]})
    layers = [
        base.mark_bar(color=palette.BLUE, width=width).encode(
            x=month, y=axis.y("joined"), tooltip=tooltip
        ),
        base.mark_bar(color=palette.ORANGE, width=width).encode(
            x=month, y=axis.y("left"), tooltip=tooltip
        ),
        alt.Chart(zero).mark_rule(color=palette.MUTED, aria=False).encode(y=axis.y("value")),
        *label(texts, "text", x, axis.y("value"), align="left", fontWeight="bold", dx=2),
    ]
    return stacked(layers, 300)
