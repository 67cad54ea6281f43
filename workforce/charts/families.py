"""Where we are, family by family: posts filled, and people lost in twelve months."""

from typing import Final

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import label, stacked, ticks
from workforce.domain.bands import CAUSES, Cause
from workforce.domain.circulation import Mark
from workforce.domain.families import ALL_FAMILIES, Family, family_label
from workforce.domain.months import month_name

__all__ = ["CAUSE_LABELS", "family_axis", "family_bars", "in_order", "turnover_bars"]

ROW_HEIGHT: Final = 62

_UNSHOWN: Final = "unshown"
CAUSE_LABELS: Final[dict[str, str]] = {
    Cause.VOLUNTARY: "Resigned",
    Cause.RETIREMENT: "Retired",
    Cause.END_OF_CONTRACT: "Contract ended",
    Cause.OTHER: "Other reason",
    Cause.ORGANISATIONAL_EVENT: "Transfer or redundancy",
    "unknown": "Reason not known",
    "rest": "Other reasons",
    _UNSHOWN: "Reason not shown",
}
_CAUSE_LOOK: Final[dict[str, tuple[str, str]]] = {
    # Fill and the colour of text on it; neighbours differ in lightness, for print in grey.
    Cause.VOLUNTARY: (palette.BLUE, palette.BACKGROUND),
    Cause.RETIREMENT: (palette.TURQUOISE, palette.INK),
    Cause.END_OF_CONTRACT: (palette.PINK, palette.BACKGROUND),
    Cause.OTHER: (palette.ORANGE, palette.INK),
    Cause.ORGANISATIONAL_EVENT: (palette.GREY, palette.BACKGROUND),
    "unknown": (palette.PURPLE, palette.INK),
    "rest": (palette.ORANGE, palette.INK),
    _UNSHOWN: (palette.BAND_80, palette.INK),
}


def in_order(frame: pd.DataFrame, *, total: bool = False) -> pd.DataFrame:
    """Return rows in the order in which families are always listed, with their names.

    Args:
        frame: Rows with a column `family`.
        total: Whether the row `all` is kept, as the last one.

    Returns:
        The rows with a further column `name`.
    """
    families = (*ALL_FAMILIES, Family.ALL) if total else ALL_FAMILIES
    order = {str(family): place for place, family in enumerate(families)}
    kept = frame[frame["family"].isin(list(order))]
    everyone = (kept["family"] == Family.NOT_DIGITAL).any()
    kept = kept.assign(
        name=[
            "All staff" if everyone and family == Family.ALL else family_label(family)
            for family in kept["family"]
        ]
    )
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


def family_bars(
    *, measures: pd.DataFrame, as_of: int, total: bool = False, mark: Mark | None = None
) -> Figure:
    """Draw FTE in post inside funded posts, by family, with the vacancy rate in words.

    Args:
        measures: One row a family: family, fte, establishment_fte, vacancies_fte, vacancy_rate
            (0-1; missing where no establishment is known). Where fte is missing, a column `people`
            says what is shown of the people in post.
        as_of: Last observed month index.
        total: Whether the row `all` is drawn as well.
        mark: Mark of the counts.

    Returns:
        The figure.
    """
    # Beside the whole organisation the digital families would be too small to see.
    rows = in_order(measures[measures["family"] != Family.NOT_DIGITAL], total=total)
    whole = rows[rows["family"] == Family.ALL]
    known = rows[rows["vacancy_rate"].notna() & (rows["family"] != Family.ALL)]
    if known.empty and len(whole) and whole["vacancy_rate"].notna().any():
        known = whole
    rows = rows.assign(
        funded=rows["establishment_fte"].fillna(0.0),
        text=[_filled_text(row) for _, row in rows.iterrows()],
    )
    rows = rows.assign(reach=rows[["fte", "funded"]].max(axis=1))
    title = _family_title(known, whole if rows["fte"].isna().any() else known)
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
        mark=mark,
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
    if pd.isna(row["fte"]):
        if pd.isna(row["establishment_fte"]):
            return f"{row.get('people', 'not known')} people in post"
        funded = describe.format_people(row["establishment_fte"])
        return f"{row.get('people', 'not known')} people in post, {funded} FTE funded"
    post = describe.format_people(row["fte"])
    if pd.isna(row["vacancy_rate"]):
        return f"{post} FTE in post, funded posts not known"
    funded = describe.format_people(row["establishment_fte"])
    return f"{post} of {funded} FTE filled, {describe.format_percent(row['vacancy_rate'])} vacant"


def _family_title(known: pd.DataFrame, whole: pd.DataFrame) -> str:
    if known.empty:
        return "How many posts are vacant is not known: the data hold no funded posts"
    if not (known["vacancies_fte"] > 0.05).any():
        return "Every funded digital post is filled"
    worst = known.iloc[int(known["vacancy_rate"].argmax())]
    if whole.empty:
        # What is not shown of some families is missing from their sum.
        whole = known
    vacant, funded = whole["vacancies_fte"].sum(), whole["establishment_fte"].sum()
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
    data = rows.loc[:, ["name", "fte", "funded", "reach", "text"]].fillna({"fte": 0.0})
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


def turnover_bars(
    *, measures: pd.DataFrame, as_of: int, total: bool = False, mark: Mark | None = None
) -> Figure:
    """Draw turnover by family, as a yearly rate, split by the cause of leaving.

    Args:
        measures: One row a family, the rest of the organisation allowed for comparison: family,
            leavers (people in `leavers_months` months), turnover (leavers a year / mean headcount,
            0-1), leavers_months, and a column for each cause or for `rest`, several together.
            What is not shown is missing, and a column `left` says what stands in its place.
        as_of: Last observed month index.
        total: Whether the row `all` is drawn as well.
        mark: Mark of the counts.

    Returns:
        The figure.
    """
    rows = in_order(measures, total=total)
    months = int(rows["leavers_months"].iloc[0])
    keys = [str(cause) for cause in (*CAUSES, "unknown", "rest") if cause in rows.columns]
    parts = _causes(rows, keys)
    keys = [*keys, _UNSHOWN]
    title = _turnover_title(rows, parts, months)
    table = pd.DataFrame(
        {
            "Role family": rows["name"],
            f"Leavers in {months} months (people)": rows["leavers"].round(1),
            "Turnover (% of mean headcount)": (rows["turnover"] * 100).round(1),
        }
    )
    used = [key for key in keys if parts.loc[parts["cause"] == key, "share"].sum() > 0]
    for key in used:
        share = parts[parts["cause"] == key].set_index("name")["told"]
        table[f"{CAUSE_LABELS[key]} (%)"] = (share.loc[rows["name"]] * 100).round(1).to_numpy()
    return Figure(
        mark=mark,
        key="turnover_bars",
        title=title,
        subtitle=(
            f"Leavers {'in' if months == 12 else 'a year over'} the {months} months to "
            f"{month_name(as_of)} as a share of mean headcount, by reason."
        ),
        chart=_turnover_chart(rows, parts, used),
        alt=f"Stacked bar chart. {title}. " + _turnover_words(rows, parts),
        how_to_read=(
            "The length of a bar is the share of people who leave within a year; its parts say "
            "why. "
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
    total = rows["leavers"].where(rows["leavers"] > 0)
    shares = {key: rows[key] / total * rows["turnover"] for key in keys}
    told = {key: share.where(rows["leavers"] != 0, 0.0) for key, share in shares.items()}
    unknown = rows[keys].isna().any(axis=1) if keys else pd.Series(True, index=rows.index)
    hidden = unknown & rows["turnover"].notna()
    seen = sum((share.fillna(0.0) for share in told.values()), pd.Series(0.0, index=rows.index))
    told[_UNSHOWN] = (rows["turnover"] - seen).where(hidden, 0.0).clip(lower=0.0)
    pieces = []
    start = pd.Series(0.0, index=rows.index)
    for key, share in told.items():
        part = share.fillna(0.0)
        pieces.append(
            pd.DataFrame(
                {
                    "name": rows["name"],
                    "cause": key,
                    "label": CAUSE_LABELS[key],
                    "share": part,
                    "told": share,
                    "start": start,
                    "end": start + part,
                    "ink": _CAUSE_LOOK[key][1],
                    "text": [describe.format_percent(value) for value in part],
                }
            )
        )
        start = start + part
    return pd.concat(pieces, ignore_index=True)


def _turnover_title(rows: pd.DataFrame, parts: pd.DataFrame, months: int) -> str:
    digital = rows[rows["family"] != Family.NOT_DIGITAL]
    known = digital[digital["turnover"].notna()]
    if digital["leavers"].isna().all():
        return "Too few people left to be shown by family"
    if known.empty:
        return "Turnover is not known: the data hold no leavers"
    spell = "in 12 months" if months == 12 else f"a year over {months} months"
    if known["leavers"].sum() == 0:
        return f"Nobody left a digital role in the last {months} months"
    own = known[known["family"] != Family.ALL]
    several = len(own) > 1
    compared = own if several else known
    worst = compared.iloc[int(compared["turnover"].argmax())]
    text = (
        f"{describe.sentence(describe.family_word(worst['family']))} turnover is highest: "
        f"{describe.format_percent(worst['turnover'])} left {spell}"
        if several
        else f"{describe.format_percent(worst['turnover'])} of people left {spell}"
    )
    mine = parts[(parts["name"] == worst["name"]) & (parts["cause"] == Cause.VOLUNTARY)]
    if mine.empty or mine["told"].isna().any():
        return text
    return f"{text}, {describe.format_percent(float(mine['share'].iloc[0]))} by resigning"


def _turnover_words(rows: pd.DataFrame, parts: pd.DataFrame) -> str:
    words = []
    for _, row in rows.iterrows():
        mine = parts[(parts["name"] == row["name"]) & (parts["share"] > 0)]
        split = ", ".join(f"{part['label'].lower()} {part['text']}" for _, part in mine.iterrows())
        words.append(f"{row['name']}: {_total_text(row)}{f' ({split})' if split else ''}.")
    return " ".join(words)


def _turnover_chart(rows: pd.DataFrame, parts: pd.DataFrame, used: list[str]) -> AltairChart:
    drawn = parts[parts["share"] > 0]
    y = family_axis(rows["name"].tolist())
    top = float(rows["turnover"].max()) if rows["turnover"].notna().any() else 0.1
    x_axis = alt.Axis(
        title="Of mean headcount", titleAnchor="start", format="%", domain=False, values=ticks(top)
    )
    scale = alt.Scale(domain=[0, max(top, 0.01) * 1.4], nice=False)
    totals = pd.DataFrame(
        {
            "name": rows["name"],
            "end": rows["turnover"].fillna(0.0),
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
    if pd.isna(row["turnover"]):
        return str(row.get("left", "not known"))
    people = describe.format_count(row["leavers"])
    return f"{describe.format_percent(row['turnover'])} ({people} left)"
