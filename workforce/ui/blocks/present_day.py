"""Figures of today that several pages and files share."""

from typing import TYPE_CHECKING

from workforce.domain.families import Family

if TYPE_CHECKING:
    import pandas as pd

    from workforce.charts import Figure
    from workforce.disclosure import Published

__all__ = ["difference_figures", "posts_figure", "turnover_figure"]


def _rows(seen: "Published", column: str, words: str) -> "tuple[pd.DataFrame, bool]":
    """Return rows of the projected families, and of all together where one is not shown."""
    families = [str(each) for each in seen.families]
    hidden = any(seen.hides(family, column) for family in families)
    wanted = [*families, str(Family.ALL)] if hidden else families
    rows = seen.measures[seen.measures["family"].isin(wanted)]
    said = [seen.instead(str(family), column) for family in rows["family"]]
    return rows.assign(**{words: said}), hidden


def posts_figure(seen: "Published", as_of: int) -> "Figure":
    """Return people in post inside funded posts.

    Args:
        seen: What may be shown.
        as_of: Last observed month index.
    """
    from workforce.charts import family_bars

    rows, total = _rows(seen, "headcount", "people")
    return family_bars(measures=rows, as_of=as_of, total=total, mark=seen.mark)


def turnover_figure(seen: "Published", as_of: int) -> "Figure":
    """Return turnover by family and reason.

    Args:
        seen: What may be shown.
        as_of: Last observed month index.
    """
    from workforce.charts import turnover_bars

    rows, hidden = _rows(seen, "leavers", "left")
    reasons = any(
        (family, name) in seen.words
        for family in seen.families
        for name in ("voluntary", "retirement", "rest", "other", "end_of_contract")
    )
    if reasons and not hidden:
        rows, hidden = _with_total(seen), True
    return turnover_bars(measures=rows, as_of=as_of, total=hidden, mark=seen.mark)


def difference_figures(seen: "Published") -> "dict[str, Figure]":
    """Return the comparisons of directorates and of jobs that can be shown, by kind.

    Args:
        seen: What may be shown.
    """
    from workforce.charts import resigning_differences

    return {
        str(each.kind): resigning_differences(rows=each.rows, kind=each.kind, mark=seen.mark)
        for each in seen.differences
        if len(each.rows)
    }


def _with_total(seen: "Published") -> "pd.DataFrame":
    wanted = [*(str(each) for each in seen.families), str(Family.ALL)]
    rows = seen.measures[seen.measures["family"].isin(wanted)]
    return rows.assign(left=[seen.instead(str(each), "leavers") for each in rows["family"]])
