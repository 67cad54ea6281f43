"""Who joined and who left, month by month."""

import math

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import ValueAxis, dates, label, month_axis, stacked
from workforce.domain.circulation import Mark
from workforce.domain.families import DIGITAL_FAMILIES, Family, family_label
from workforce.domain.months import month_name

__all__ = ["monthly_history"]

MONTHS_SHOWN = 36


def monthly_history(
    *, monthly: pd.DataFrame, as_of: int, family: str = Family.ALL, mark: Mark | None = None
) -> Figure:
    """Draw joiners upwards and leavers downwards for each month, or longer period, observed.

    Args:
        monthly: Monthly history: month (index), family, leavers, hires (people); flows are missing
            where they are not known or not shown. They may be averages over several months
            (`leavers_span`, `hires_span`). Rows of `all` win over the sum of the families.
        as_of: Last observed month index.
        family: Family, or `all` for the digital ones together.
        mark: Mark of the counts.

    Returns:
        The figure; at most three years are drawn.

    Raises:
        ValueError: If the history holds no month with flows of that family.
    """
    flows, months = _periods(monthly, as_of, family)
    if flows.empty:
        raise ValueError(f"the history holds no joiners or leavers of {family}")
    title = _title(flows, family)
    each = "each month" if months == 1 else f"in each {months} months"
    least = int(flows["first"].min())
    return Figure(
        mark=mark,
        key=f"monthly_history_{family}",
        title=title,
        subtitle=(
            f"{family_label(family)}: people who joined and left {each}, "
            f"{month_name(least)} to {month_name(int(flows['month'].max()))}."
        ),
        chart=_chart(flows, as_of, months),
        alt=_alt(flows, title, months),
        how_to_read=(
            f"Columns above the line are people who joined {_one(months, 'that')}, columns below "
            "it people who left. Where the lower columns are longer, the team shrank."
        ),
        table=pd.DataFrame(
            {
                "Month" if months == 1 else "Months": [_spell(row) for _, row in flows.iterrows()],
                "Joined (people)": flows["hires"].round(1),
                "Left (people)": flows["leavers"].round(1),
                "Net (people)": (flows["hires"] - flows["leavers"]).round(1),
            }
        ),
        source=f"Source: your workforce data to {month_name(as_of)}.",
        excel=ExcelChart(
            "column",
            "Month" if months == 1 else "Months",
            (
                ExcelSeries("Joined (people)", palette.BLUE),
                ExcelSeries("Left (people)", palette.ORANGE),
            ),
            f"People {each}",
        ),
    )


def _periods(monthly: pd.DataFrame, as_of: int, family: str) -> tuple[pd.DataFrame, int]:
    """Return joiners and leavers by period, and the months of one."""
    families = [str(each) for each in DIGITAL_FAMILIES] if family == Family.ALL else [family]
    if family == Family.ALL and (monthly["family"] == Family.ALL).any():
        families = [str(Family.ALL)]
    rows = monthly[
        monthly["family"].isin(families)
        & (monthly["leavers"].notna() | monthly["hires"].notna())
        & (monthly["month"] <= as_of)
    ]
    spans = [
        int(rows[name].iloc[-1])
        for name in ("leavers_span", "hires_span")
        if name in rows.columns and len(rows)
    ]
    # Both are drawn over the longer of their periods, which holds whole ones of the other.
    months = max([1, *spans])
    reach = max(MONTHS_SHOWN, months)
    rows = rows[rows["month"] > as_of - reach]
    back = (as_of - rows["month"]) // months
    rows = rows.assign(month=as_of - back * months, one=rows["month"])
    whole = rows.groupby("month")["one"].nunique() == months
    flows = (
        rows.groupby("month")[["hires", "leavers"]]
        .sum(min_count=months)
        .loc[lambda frame: whole.reindex(frame.index).to_numpy()]
        .reset_index()
    )
    return flows.assign(first=flows["month"] - months + 1), months


def _alt(flows: pd.DataFrame, title: str, months: int) -> str:
    text = (
        f"Column chart, joiners upwards and leavers downwards. {title}. Over all "
        f"{len(flows) * months} months {_people(flows['hires'].sum(min_count=1))} joined and "
        f"{_people(flows['leavers'].sum(min_count=1))} left"
    )
    if flows["leavers"].isna().all():
        return f"{text}."
    most = flows.iloc[int(flows["leavers"].fillna(-1).argmax())]
    return (
        f"{text}; the most that left {_one(months)} is {_people(most['leavers'])}, in "
        f"{_spell(most)}."
    )


def _people(value: float) -> str:
    return "a number not shown" if pd.isna(value) else describe.format_count(value)


def _spell(row: pd.Series) -> str:
    first, last = int(row["first"]), int(row["month"])
    return month_name(last) if first == last else f"{month_name(first)} to {month_name(last)}"


def _one(months: int, word: str = "in one") -> str:
    return f"{word} month" if months == 1 else f"{word} spell of {months} months"


def _title(flows: pd.DataFrame, family: str) -> str:
    months = int(flows["month"].iloc[-1] - flows["first"].iloc[-1]) + 1
    recent = flows.tail(max(1, 12 // months))
    hires, leavers = (float(recent[name].sum(min_count=1)) for name in ("hires", "leavers"))
    who = describe.family_word(family)
    spell = f"in the {len(recent) * months} months to {month_name(int(recent['month'].iloc[-1]))}"
    if math.isnan(hires) or math.isnan(leavers):
        seen, verb = (leavers, "left") if math.isnan(hires) else (hires, "joined")
        if math.isnan(seen):
            return f"Too few people joined or left {who} roles to be shown"
        return f"{describe.format_count(seen)} people {verb} {who} roles {spell}"
    left, joined = describe.format_count(leavers), describe.format_count(hires)
    if left == joined:
        return f"As many people joined {who} roles as left them {spell}: {left}"
    if leavers > hires:
        return f"More people left {who} roles than joined {spell}: {left} against {joined}"
    return f"More people joined {who} roles than left {spell}: {joined} against {left}"


def _chart(flows: pd.DataFrame, as_of: int, months: int) -> AltairChart:
    first, last = int(flows["month"].iloc[0]), int(flows["month"].iloc[-1])
    data = pd.DataFrame(
        {
            "date": dates(flows["month"].tolist()),
            "when": [_spell(row) for _, row in flows.iterrows()],
            "joined": flows["hires"],
            "left": -flows["leavers"],
            "gone": flows["leavers"],
        }
    )
    top = float(flows[["hires", "leavers"]].max().max())
    top = top if top > 0 else 1.0
    unit = "People a month" if months == 1 else f"People in {months} months"
    axis = ValueAxis(unit, domain=(-1.25 * top, 1.25 * top), mirrored=True)
    tooltip = [
        alt.Tooltip("when:N", title="Month" if months == 1 else "Months"),
        alt.Tooltip("joined:Q", title="Joined", format=",~f"),
        alt.Tooltip("gone:Q", title="Left", format=",~f"),
    ]

    width = alt.RelativeBandSize(band=0.8)
    if months == 1:
        start, month = (
            month_axis(first, last, as_of),
            month_axis(first, last, as_of, unit="yearmonth"),
        )
    else:
        # Periods are few: each is named rather than placed on a line of months.
        month = start = alt.X(
            "when:N",
            sort=data["when"].tolist(),
            axis=alt.Axis(title=None, labelAngle=0, domain=False, ticks=False, labelLimit=200),
        )
    base = alt.Chart(data)
    texts = pd.DataFrame(
        {
            "date": [data["date"].iloc[0]] * 2,
            "when": [data["when"].iloc[0]] * 2,
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
        *label(texts, "text", start, axis.y("value"), align="left", fontWeight="bold", dx=2),
    ]
    return stacked(layers, 300)
