"""Preparing series for charts: what was observed, what is projected, and how both are tabled."""

import pandas as pd

from workforce.charts import describe
from workforce.charts.layers import QUANTILES, ValueAxis, dates
from workforce.charts.measures import MeasureSpec
from workforce.domain.families import Family
from workforce.domain.months import month_name

__all__ = [
    "HISTORY_MONTHS",
    "members",
    "observed_history",
    "observed_span",
    "source_line",
    "starting_at",
    "table_unit",
    "table_value",
    "value_axis",
]

HISTORY_MONTHS = 36
"""Months of history drawn before the as-of month: enough to see a season three times."""


def observed_history(
    history: pd.DataFrame | None, spec: MeasureSpec, families: list[str], as_of: int
) -> pd.DataFrame:
    """Return the observed values of a measure up to the as-of month.

    Args:
        history: Monthly history (month, family, headcount, fte, leavers, a column a cause, hires),
            with rows of `all` where the families may not be added up.
        spec: The measure.
        families: Families that are added up; `all` among them stands for its own rows.
        as_of: Last observed month index.

    Returns:
        Columns index, value; empty where the history does not hold the measure.
    """
    empty = pd.DataFrame({"index": pd.Series(dtype=int), "value": pd.Series(dtype=float)})
    if history is None or not spec.observed or spec.observed not in history.columns:
        return empty
    if Family.ALL in families and (history["family"] == Family.ALL).any():
        families = [str(Family.ALL)]
    rows = history[
        history["family"].isin(families) & history["month"].between(as_of - HISTORY_MONTHS, as_of)
    ]
    if rows.empty:
        return empty
    # Without a list of leavers the flows are missing, which is not the same as nought.
    totals = rows.groupby("month", sort=True)[spec.observed].sum(min_count=1).dropna()
    return pd.DataFrame({"index": totals.index.to_numpy(), "value": totals.to_numpy(dtype=float)})


def observed_span(history: pd.DataFrame | None, spec: MeasureSpec, family: str) -> int:
    """Return over how many months each observed flow is averaged, 1 where it is not.

    Args:
        history: Monthly history, with a column such as `leavers_span` where flows are averages.
        spec: The measure.
        family: Family or `all`.
    """
    column = f"{spec.observed}_span"
    if history is None or column not in history.columns:
        return 1
    spans = history.loc[history["family"] == family, column]
    return int(spans.iloc[-1]) if len(spans) else 1


def members(summary: pd.DataFrame, family: str) -> list[str]:
    """Return the families that a series stands for: itself, or all that are projected."""
    return [family] if family != Family.ALL else sorted(set(summary["family"]) | {str(Family.ALL)})


def starting_at(series: pd.DataFrame, as_of: int, now: float | None) -> pd.DataFrame:
    """Return the series with today's known value in front, so that the range opens from a point."""
    if now is None or int(series["index"].iloc[0]) != as_of + 1:
        return series
    first = {"index": as_of, "date": dates([as_of])[0], "mean": now}
    first |= dict.fromkeys(QUANTILES, now)
    return pd.concat([pd.DataFrame([first]), series], ignore_index=True)


def value_axis(spec: MeasureSpec, lowest: float, highest: float) -> ValueAxis:
    """Return the axis of a measure; stocks that vary little need not start at nought."""
    away = spec.key in {"headcount", "fte", "establishment"} and lowest > 0.5 * highest
    return ValueAxis(spec.axis, share=spec.kind == "share", zero=not away)


def table_unit(spec: MeasureSpec) -> str:
    """Return the unit as it stands in brackets in a table's header."""
    return {"share": "%", "fte": "FTE", "people": "people"}[spec.kind]


def table_value(spec: MeasureSpec, values: pd.Series) -> pd.Series:
    """Return values as shown in tables: shares as percent, one decimal."""
    return (values * (100 if spec.kind == "share" else 1)).round(1)


def source_line(as_of: int, scenarios: list[str]) -> str:
    """Return where the numbers of a projection come from."""
    names = describe.join_words([f"“{name}”" for name in scenarios])
    return (
        f"Source: your workforce data to {month_name(as_of)}, published benchmarks and the "
        f"assumptions of {names}."
    )
