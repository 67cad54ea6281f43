"""Who is in post: length of service, age and grade, family by family."""

from typing import Final, Literal

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.families import in_order
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import label, stacked
from workforce.domain.bands import AGE_BANDS, GRADE_BANDS, TENURE_BANDS, tenure_band
from workforce.domain.circulation import Mark
from workforce.domain.families import Family
from workforce.domain.months import month_name

__all__ = ["profile"]

_PROFILES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "tenure": ("length of service", TENURE_BANDS),
    "age": ("age", tuple(str(band) for band in AGE_BANDS)),
    "grade": ("grade band", tuple(str(band) for band in GRADE_BANDS)),
}


def profile(
    *,
    stock: pd.DataFrame,
    by: Literal["tenure", "age", "grade"],
    as_of: int,
    mark: Mark | None = None,
) -> Figure:
    """Draw how people in post are spread over length of service, age or grade, family by family.

    Args:
        stock: Cells of people in post: family, people, and tenure_months, age or grade; or already
            counted: family (`all` as well), `band`, people (missing where not shown) and the
            row's `total`, bands in their order.
        by: What to spread over.
        as_of: Last observed month index.
        mark: Mark of the counts.

    Returns:
        The figure: a row of small columns for each family, each row adding to 100%.
    """
    what, bands = _PROFILES[by]
    if "band" in stock.columns:
        bands = tuple(dict.fromkeys(stock["band"]))
        cells = _shares(stock)
    else:
        cells = _spread(stock, by, bands)
    rows = in_order(cells, total=True)
    empty = rows.groupby("band")["people"].agg(lambda column: bool((column == 0).all()))
    shown = [band for band in bands if not empty.get(band, True)]
    rows = rows[rows["band"].isin(shown)]
    title = _profile_title(rows, by)
    names = list(dict.fromkeys(rows["name"]))
    table = pd.DataFrame({"Role family": names})
    for band in shown:
        mine = rows[rows["band"] == band].set_index("name").loc[names]
        table[f"{describe.sentence(band)} (people)"] = mine["people"].to_numpy()
        table[f"{describe.sentence(band)} (%)"] = (mine["share"] * 100).round(1).to_numpy()
    return Figure(
        mark=mark,
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


def _shares(cells: pd.DataFrame) -> pd.DataFrame:
    """Return shares of counts of which some are not shown, where a row's total is known."""
    total = cells["total"] if "total" in cells.columns else cells["people"]
    return cells.assign(share=cells["people"] / total.where(total > 0))


_CLAIMS: Final[dict[str, tuple[frozenset[str], str, str]]] = {
    # Bands looked at, who stands out, and what is true of the people in them.
    "tenure": (
        frozenset({"0-6 months", "6-12 months", "under 1 year"}),
        "has the most newcomers",
        "have been here less than a year",
    ),
    "age": (
        frozenset(
            {"55-59", "60-64", "65-66", "67 and over", "65 and over", "60 and over", "55 and over"}
        ),
        "is nearest to retirement",
        "are 55 or over",
    ),
    "grade": (frozenset({"entry"}), "has the most juniors", "are at entry grade"),
}


def _profile_title(rows: pd.DataFrame, by: str) -> str:
    bands, claim, truth = _CLAIMS[by]
    mine = rows[rows["band"].isin(bands) & (rows["family"] != Family.NOT_DIGITAL)]
    # A family of which a part is not shown cannot be compared with the others.
    share = mine.groupby("family")["share"].sum(min_count=1).dropna()
    part = mine.groupby("family")["share"].agg(lambda column: bool(column.isna().any()))
    share = share[[not part[family] for family in share.index]]
    if share.empty:
        return _plain_title(rows)
    if share.max() == 0:
        return f"None of the people in digital roles {truth}"
    own = share.drop(str(Family.ALL), errors="ignore")
    percent = describe.format_percent(float(share.max()))
    if len(own) < 2:
        top = str(own.idxmax() if len(own) else share.idxmax())
        percent = describe.format_percent(float(share[top]))
        return f"{percent} of people in {describe.family_word(top)} roles {truth}"
    who = describe.family_word(str(own.idxmax()))
    percent = describe.format_percent(float(own.max()))
    return f"{describe.sentence(who)} {claim}: {percent} of its people {truth}"


def _plain_title(rows: pd.DataFrame) -> str:
    """Return the band in which most people are, of the largest row of which it is shown."""
    seen = rows[rows["share"].notna()]
    if seen.empty:
        return "Too few people are in each band to be shown"
    most = seen.iloc[int(seen["people"].argmax())]
    return (
        f"{describe.format_percent(most['share'])} of people in "
        f"{describe.family_word(most['family'])} roles: {most['band']}"
    )


def _profile_words(rows: pd.DataFrame) -> str:
    words = []
    for name, mine in rows.groupby("name", sort=False):
        split = ", ".join(
            f"{row['band']} {_share_text(row['share'])}" for _, row in mine.iterrows()
        )
        words.append(f"{name}: {split}.")
    return " ".join(words)


def _share_text(share: float) -> str:
    return "not shown" if pd.isna(share) else describe.format_percent(share)


def _profile_chart(rows: pd.DataFrame, names: list[str], bands: list[str]) -> AltairChart:
    tallest = float(rows["share"].max()) if rows["share"].max() > 0 else 1.0
    # One plot instead of facets, because only a single plot can follow the width of the page.
    place = {name: len(names) - 1 - index for index, name in enumerate(names)}
    data = rows.loc[:, ["name", "share"]].assign(
        band=[describe.sentence(band) for band in rows["band"]],
        base=rows["name"].map(place).astype(float),
        top=rows["name"].map(place) + 0.66 * rows["share"].fillna(0.0) / tallest,
        text=[_share_text(share) for share in rows["share"]],
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
