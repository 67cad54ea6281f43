"""Where we are, family by family: posts filled, and people lost in twelve months."""

from typing import Final

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import label, stacked
from workforce.domain.bands import CAUSES, Cause
from workforce.domain.families import ALL_FAMILIES, Family, family_label
from workforce.domain.months import month_name

__all__ = ["CAUSE_LABELS", "family_axis", "family_bars", "in_order", "ticks", "turnover_bars"]

ROW_HEIGHT: Final = 62

CAUSE_LABELS: Final[dict[str, str]] = {
    Cause.VOLUNTARY: "Resigned",
    Cause.RETIREMENT: "Retired",
    Cause.END_OF_CONTRACT: "Contract ended",
    Cause.OTHER: "Other reason",
    Cause.ORGANISATIONAL_EVENT: "Transfer or redundancy",
    "unknown": "Reason not known",
}
_CAUSE_LOOK: Final[dict[str, tuple[str, str]]] = {
    # Fill and the colour of text on it; neighbours differ in lightness, for print in grey.
    Cause.VOLUNTARY: (palette.BLUE, palette.BACKGROUND),
    Cause.RETIREMENT: (palette.TURQUOISE, palette.INK),
    Cause.END_OF_CONTRACT: (palette.PINK, palette.BACKGROUND),
    Cause.OTHER: (palette.ORANGE, palette.INK),
    Cause.ORGANISATIONAL_EVENT: (palette.GREY, palette.BACKGROUND),
    "unknown": (palette.PURPLE, palette.INK),
}


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows in the order in which families are always listed, with their names.

    Args:
        frame: Rows with a column `family`; totals are left out.

    Returns:
        The rows with a further column `name`.
    """
    order = {str(family): place for place, family in enumerate(ALL_FAMILIES)}
    kept = frame[frame["family"].isin(list(order))]
    kept = kept.assign(name=[family_label(family) for family in kept["family"]])
    return kept.sort_values("family", key=lambda column: column.map(order), ignore_index=True)


def family_axis(names: list[str]) -> alt.Y:
    """Return a row for each family, in the order given."""
    return alt.Y(
        "name:N",
        sort=names,
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=220, labelFontSize=14),
        scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2),
    )


def family_bars(*, measures: pd.DataFrame, as_of: int) -> Figure:
    """Draw FTE in post inside funded posts, by family, with the vacancy rate in words.

    Args:
        measures: One row a family: family, fte, establishment_fte, vacancies_fte, vacancy_rate
            (0-1; missing where no establishment is known).
        as_of: Last observed month index.

    Returns:
        The figure.
    """
    # Beside the whole organisation the digital families would be too small to see.
    rows = in_order(measures[measures["family"] != Family.NOT_DIGITAL])
    known = rows[rows["vacancy_rate"].notna()]
    rows = rows.assign(
        funded=rows["establishment_fte"].fillna(0.0),
        text=[_filled_text(row) for _, row in rows.iterrows()],
    )
    rows = rows.assign(reach=rows[["fte", "funded"]].max(axis=1))
    title = _family_title(known)
    table = pd.DataFrame(
        {
            "Role family": rows["name"],
            "In post (FTE)": rows["fte"].round(1),
            "Funded posts (FTE)": rows["establishment_fte"].round(1),
            "Vacant (FTE)": rows["vacancies_fte"].round(1),
            "Vacant (% of funded)": (rows["vacancy_rate"] * 100).round(1),
        }
    )
    return Figure(
        key="family_bars",
        title=title,
        subtitle=f"FTE in post and FTE funded by role family, end of {month_name(as_of)}.",
        chart=_family_chart(rows),
        alt=f"Bar chart. {title}. "
        + " ".join(f"{row['name']}: {row['text']}." for _, row in rows.iterrows()),
        how_to_read=(
            "The outlined bar is the posts there is money for, the filled bar the people who hold "
            "one. White space inside the outline is vacant. FTE counts a half-time post as a half."
        ),
        table=table,
        source=f"Source: your workforce data to {month_name(as_of)}.",
        excel=ExcelChart(
            "bar",
            "Role family",
            (
                ExcelSeries("In post (FTE)", palette.BLUE),
                ExcelSeries("Funded posts (FTE)", palette.PURPLE),
            ),
            "FTE",
        ),
    )


def _filled_text(row: pd.Series) -> str:
    post = describe.format_people(row["fte"])
    if pd.isna(row["vacancy_rate"]):
        return f"{post} FTE in post, funded posts not known"
    funded = describe.format_people(row["establishment_fte"])
    return f"{post} of {funded} FTE filled, {describe.format_percent(row['vacancy_rate'])} vacant"


def _family_title(known: pd.DataFrame) -> str:
    if known.empty:
        return "How many posts are vacant is not known: the data hold no funded posts"
    if not (known["vacancies_fte"] > 0.05).any():
        return "Every funded digital post is filled"
    worst = known.iloc[int(known["vacancy_rate"].argmax())]
    vacant, funded = known["vacancies_fte"].sum(), known["establishment_fte"].sum()
    text = (
        f"{describe.format_people(vacant)} of {describe.format_people(funded)} funded digital FTE "
        "are vacant"
    )
    if len(known) == 1:
        return text
    return (
        f"{text}; {describe.family_word(worst['family'])} is shortest, at "
        f"{describe.format_percent(worst['vacancy_rate'])}"
    )


def _family_chart(rows: pd.DataFrame) -> AltairChart:
    names = rows["name"].tolist()
    y = family_axis(names)
    top = float(rows["reach"].max()) or 1.0
    x = alt.X(
        "fte:Q",
        # Room on the right for the words that say what the bars show.
        scale=alt.Scale(domain=[0, top * 1.75], nice=False),
        axis=alt.Axis(
            title="FTE",
            titleAnchor="start",
            domain=False,
            grid=False,
            format=",~f",
            values=ticks(top),
        ),
    )
    data = rows.loc[:, ["name", "fte", "funded", "reach", "text"]]
    base = alt.Chart(data).encode(y=y)
    tooltip = [alt.Tooltip("name:N", title="Role family"), alt.Tooltip("text:N", title="Posts")]
    layers = [
        base.mark_bar(color=palette.BACKGROUND, stroke=palette.MUTED, strokeWidth=1.5, aria=False)
        .encode(x=x.copy(deep=True), x2=alt.X2(datum=0))
        .transform_calculate(fte="datum.funded"),
        base.mark_bar(color=palette.BLUE).encode(x=x, tooltip=tooltip),
        *label(data, "text", alt.X("reach:Q"), y, align="left", dx=10, fontSize=14),
    ]
    return stacked(layers, ROW_HEIGHT * len(rows) + 10)


def ticks(top: float) -> list[float]:
    """Return round ticks from nought up to `top` and no further, at most six."""
    step = next(
        size * 10**power
        for power in range(-4, 8)
        for size in (1, 2, 5)
        if top / (size * 10**power) <= 5
    )
    return [round(step * place, 6) for place in range(6) if step * place <= top * (1 + 1e-9)]


def turnover_bars(*, measures: pd.DataFrame, as_of: int) -> Figure:
    """Draw turnover over twelve months by family, split by the cause of leaving.

    Args:
        measures: One row a family, the rest of the organisation allowed for comparison: family,
            leavers_12m (people), turnover_12m (leavers / mean
            headcount, 0-1) and a column `<cause>_12m` for each cause.
        as_of: Last observed month index.

    Returns:
        The figure.
    """
    rows = in_order(measures)
    keys = [str(cause) for cause in (*CAUSES, "unknown") if f"{cause}_12m" in rows.columns]
    parts = _causes(rows, keys)
    title = _turnover_title(rows, parts)
    table = pd.DataFrame(
        {
            "Role family": rows["name"],
            "Leavers in 12 months (people)": rows["leavers_12m"].round(1),
            "Turnover (% of mean headcount)": (rows["turnover_12m"] * 100).round(1),
        }
    )
    used = [key for key in keys if parts.loc[parts["cause"] == key, "share"].sum() > 0]
    for key in used:
        share = parts[parts["cause"] == key].set_index("name")["share"]
        table[f"{CAUSE_LABELS[key]} (%)"] = (share.loc[rows["name"]] * 100).round(1).to_numpy()
    return Figure(
        key="turnover_bars",
        title=title,
        subtitle=(
            f"Leavers in the 12 months to {month_name(as_of)} as a share of mean headcount, by "
            "reason."
        ),
        chart=_turnover_chart(rows, parts, used),
        alt=f"Stacked bar chart. {title}. " + _turnover_words(rows, parts),
        how_to_read=(
            "The length of a bar is the share of people who left within a year; its parts say why. "
            "In small teams one leaver moves the figure a lot, so look at the number of people as "
            "well."
        ),
        table=table,
        source=f"Source: your workforce data to {month_name(as_of)}.",
        excel=ExcelChart(
            "bar",
            "Role family",
            tuple(ExcelSeries(f"{CAUSE_LABELS[k]} (%)", _CAUSE_LOOK[k][0]) for k in used),
            "% of mean headcount",
            stacked=True,
        ),
    )


def _causes(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    # Causes are scaled to the turnover they make up, so that the parts add to the whole bar.
    total = rows[[f"{key}_12m" for key in keys]].sum(axis=1)
    pieces = []
    start = pd.Series(0.0, index=rows.index)
    for key in keys:
        part = (rows[f"{key}_12m"] / total.where(total > 0)).fillna(0.0) * rows["turnover_12m"]
        part = part.fillna(0.0)
        pieces.append(
            pd.DataFrame(
                {
                    "name": rows["name"],
                    "cause": key,
                    "label": CAUSE_LABELS[key],
                    "share": part,
                    "start": start,
                    "end": start + part,
                    "ink": _CAUSE_LOOK[key][1],
                    "text": [describe.format_percent(value) for value in part],
                }
            )
        )
        start = start + part
    return pd.concat(pieces, ignore_index=True)


def _turnover_title(rows: pd.DataFrame, parts: pd.DataFrame) -> str:
    known = rows[rows["turnover_12m"].notna() & (rows["family"] != Family.NOT_DIGITAL)]
    if known.empty:
        return "Turnover is not known: the data hold no leavers"
    if known["leavers_12m"].sum() == 0:
        return "Nobody left a digital role in the last 12 months"
    worst = known.iloc[int(known["turnover_12m"].argmax())]
    text = (
        f"{describe.sentence(describe.family_word(worst['family']))} turnover is highest: "
        f"{describe.format_percent(worst['turnover_12m'])} left in 12 months"
        if len(known) > 1
        else f"{describe.format_percent(worst['turnover_12m'])} of people left in 12 months"
    )
    mine = parts[(parts["name"] == worst["name"]) & (parts["cause"] == Cause.VOLUNTARY)]
    if mine.empty:
        return text
    return f"{text}, {describe.format_percent(float(mine['share'].iloc[0]))} by resigning"


def _turnover_words(rows: pd.DataFrame, parts: pd.DataFrame) -> str:
    words = []
    for _, row in rows.iterrows():
        mine = parts[(parts["name"] == row["name"]) & (parts["share"] > 0)]
        split = ", ".join(f"{part['label'].lower()} {part['text']}" for _, part in mine.iterrows())
        total = describe.format_percent(row["turnover_12m"])
        words.append(f"{row['name']}: {total}{f' ({split})' if split else ''}.")
    return " ".join(words)


def _turnover_chart(rows: pd.DataFrame, parts: pd.DataFrame, used: list[str]) -> AltairChart:
    drawn = parts[parts["share"] > 0]
    y = family_axis(rows["name"].tolist())
    top = float(rows["turnover_12m"].max()) if rows["turnover_12m"].notna().any() else 0.1
    x_axis = alt.Axis(
        title="Of mean headcount", titleAnchor="start", format="%", domain=False, values=ticks(top)
    )
    scale = alt.Scale(domain=[0, max(top, 0.01) * 1.4], nice=False)
    totals = pd.DataFrame(
        {
            "name": rows["name"],
            "end": rows["turnover_12m"].fillna(0.0),
            "text": [_total_text(row) for _, row in rows.iterrows()],
        }
    )
    bars = alt.Chart(drawn).encode(
        y=y, x=alt.X("start:Q", scale=scale, axis=x_axis), x2=alt.X2("end:Q")
    )
    colour = alt.Color(
        "label:N",
        scale=alt.Scale(
            domain=[CAUSE_LABELS[key] for key in used],
            range=[_CAUSE_LOOK[key][0] for key in used],
        ),
        legend=alt.Legend(title=None, columns=3),
    )
    inside = drawn[drawn["share"] > 0.09 * top].assign(
        middle=lambda frame: (frame["start"] + frame["end"]) / 2
    )
    layers: list[alt.Chart] = [
        bars.mark_bar(stroke=palette.BACKGROUND, strokeWidth=1.5).encode(
            color=colour,
            tooltip=[
                alt.Tooltip("name:N", title="Role family"),
                alt.Tooltip("label:N", title="Reason"),
                alt.Tooltip("text:N", title="Of mean headcount"),
            ],
        ),
        alt.Chart(inside)
        .mark_text(fontSize=13)
        .encode(
            y=y,
            x=alt.X("middle:Q", scale=scale, axis=x_axis),
            text=alt.Text("text:N"),
            color=alt.Color("ink:N", scale=None),
        ),
        *label(totals, "text", alt.X("end:Q"), y, align="left", dx=8, fontWeight="bold"),
    ]
    return stacked(layers, ROW_HEIGHT * len(rows) + 10)


def _total_text(row: pd.Series) -> str:
    if pd.isna(row["turnover_12m"]):
        return "not known"
    people = describe.format_count(row["leavers_12m"])
    return f"{describe.format_percent(row['turnover_12m'])} ({people} left)"
