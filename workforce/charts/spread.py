"""Who is in post: length of service, age and grade, family by family."""

from typing import Final, Literal

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.families import in_order
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import label, stacked
from workforce.domain.bands import AGE_BANDS, GRADE_BANDS, TENURE_BANDS, tenure_band
from workforce.domain.families import Family
from workforce.domain.months import month_name

__all__ = ["profile"]

_PROFILES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "tenure": ("length of service", TENURE_BANDS),
    "age": ("age", tuple(str(band) for band in AGE_BANDS)),
    "grade": ("grade band", tuple(str(band) for band in GRADE_BANDS)),
}


def profile(*, stock: pd.DataFrame, by: Literal["tenure", "age", "grade"], as_of: int) -> Figure:
    """Draw how people in post are spread over length of service, age or grade, family by family.

    Args:
        stock: Cells of people in post: family, people, and tenure_months, age or grade.
        by: What to spread over.
        as_of: Last observed month index.

    Returns:
        The figure: a row of small columns for each family, each row adding to 100%.
    """
    what, bands = _PROFILES[by]
    cells = _spread(stock, by, bands)
    rows = in_order(cells)
    shown = [band for band in bands if rows.loc[rows["band"] == band, "people"].sum() > 0]
    rows = rows[rows["band"].isin(shown)]
    title = _profile_title(rows, by)
    names = list(dict.fromkeys(rows["name"]))
    table = pd.DataFrame({"Role family": names})
    for band in shown:
        mine = rows[rows["band"] == band].set_index("name").loc[names]
        table[f"{describe.sentence(band)} (people)"] = mine["people"].to_numpy()
        table[f"{describe.sentence(band)} (%)"] = (mine["share"] * 100).round(1).to_numpy()
    return Figure(
        key=f"profile_{by}",
        title=title,
        subtitle=f"People in post by {what}, end of {month_name(as_of)}; each row adds to 100%.",
        chart=_profile_chart(rows, names, shown),
        alt=f"Small column charts, a row for each role family. {title}. " + _profile_words(rows),
        how_to_read=(
            f"Each row is one role family. Columns show which share of its people is in each band "
            f"of {what}; the tallest column is where most of them are. Compare the shape of the "
            "rows, not the heights between organisations."
        ),
        table=table,
        source=f"Source: your workforce data to {month_name(as_of)}.",
        excel=ExcelChart(
            "column",
            "Role family",
            tuple(
                ExcelSeries(f"{describe.sentence(band)} (%)", colour)
                for band, colour in zip(shown, _SHADES[-len(shown) :], strict=False)
            ),
            "% of people in post",
        ),
    )


_SHADES: Final = ("#9DB7CE", "#7A9CBB", "#5781A8", "#386795", "#12436D", "#0B2A45")


def _spread(stock: pd.DataFrame, by: str, bands: tuple[str, ...]) -> pd.DataFrame:
    if by == "tenure":
        band = [tenure_band(months) for months in stock["tenure_months"]]
    else:
        band = [str(value) for value in stock[by]]
    people = stock.assign(band=band).groupby(["family", "band"])["people"].sum()
    families = list(dict.fromkeys(str(family) for family in stock["family"]))
    index = pd.MultiIndex.from_product([families, bands], names=["family", "band"])
    cells = people.reindex(index, fill_value=0).reset_index()
    total = cells.groupby("family")["people"].transform("sum")
    return cells.assign(share=(cells["people"] / total.where(total > 0)).fillna(0.0))


_CLAIMS: Final[dict[str, tuple[frozenset[str], str, str]]] = {
    # Bands looked at, who stands out, and what is true of the people in them.
    "tenure": (
        frozenset({"0-6 months", "6-12 months"}),
        "has the most newcomers",
        "have been here less than a year",
    ),
    "age": (
        frozenset({"55-59", "60-64", "65-66", "67 and over"}),
        "is nearest to retirement",
        "are 55 or over",
    ),
    "grade": (frozenset({"entry"}), "has the most juniors", "are at entry grade"),
}


def _profile_title(rows: pd.DataFrame, by: str) -> str:
    bands, claim, truth = _CLAIMS[by]
    mine = rows[rows["band"].isin(bands) & (rows["family"] != Family.NOT_DIGITAL)]
    share = mine.groupby("family")["share"].sum()
    if share.empty or share.max() == 0:
        return f"None of the people in digital roles {truth}"
    top = str(share.idxmax())
    who = describe.family_word(top)
    percent = describe.format_percent(float(share.max()))
    if len(share) == 1:
        return f"{percent} of people in {who} roles {truth}"
    return f"{describe.sentence(who)} {claim}: {percent} of its people {truth}"


def _profile_words(rows: pd.DataFrame) -> str:
    words = []
    for name, mine in rows.groupby("name", sort=False):
        split = ", ".join(
            f"{row['band']} {describe.format_percent(row['share'])}" for _, row in mine.iterrows()
        )
        words.append(f"{name}: {split}.")
    return " ".join(words)


def _profile_chart(rows: pd.DataFrame, names: list[str], bands: list[str]) -> AltairChart:
    tallest = float(rows["share"].max()) or 1.0
    # One plot instead of facets, because only a single plot can follow the width of the page.
    place = {name: len(names) - 1 - index for index, name in enumerate(names)}
    data = rows.loc[:, ["name", "share"]].assign(
        band=[describe.sentence(band) for band in rows["band"]],
        base=rows["name"].map(place).astype(float),
        top=rows["name"].map(place) + 0.66 * rows["share"] / tallest,
        text=[describe.format_percent(share) for share in rows["share"]],
    )
    x = alt.X(
        "band:N",
        sort=[describe.sentence(band) for band in bands],
        title=None,
        axis=alt.Axis(labelAngle=0, domain=False, ticks=False, labelOverlap=False),
        scale=alt.Scale(paddingInner=0.25),
    )
    branches = [f"datum.value == {place[name]} ? '{name}' : " for name in names]
    expression = "".join(branches) + "''"
    y_axis = alt.Axis(
        title=None,
        values=list(place.values()),
        labelExpr=expression,
        labelFontSize=14,
        labelBaseline="bottom",
        gridColor=palette.MUTED,
        labelLimit=220,
    )
    y = alt.Y("base:Q", scale=alt.Scale(domain=[0, len(names)], nice=False), axis=y_axis)
    tooltip = [
        alt.Tooltip("name:N", title="Role family"),
        alt.Tooltip("band:N", title="Band"),
        alt.Tooltip("text:N", title="Share"),
    ]
    bars = (
        alt.Chart(data)
        .mark_bar(color=palette.BLUE)
        .encode(x=x, y=y, y2=alt.Y2("top:Q"), tooltip=tooltip)
    )
    texts = label(data, "text", x, alt.Y("top:Q"), baseline="bottom", dy=-4, fontSize=12)
    return stacked([bars, *texts], 84 * len(names) + 30)
