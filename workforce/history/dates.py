"""Days and months as whole numbers, in bulk.

Days count from 1 January 1970, months as in `workforce.domain.months` (12 x year + month - 1).
Tables are looked up because calendar arithmetic on a million dates is otherwise the slowest step.
"""

from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = [
    "DAYS_PER_MONTH",
    "FAR",
    "add_months",
    "as_days",
    "as_month_share",
    "completed_months",
    "day_of",
    "days_in_month",
    "first_day_of",
    "month_of_days",
]

IntArray = NDArray[np.int64]

DAYS_PER_MONTH: Final = 365.25 / 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_STARTS: IntArray = (
    np.arange(f"{_FIRST_YEAR}-01", f"{_LAST_YEAR + 1}-02", dtype="datetime64[M]")
    .astype("datetime64[D]")
    .astype(np.int64)
)
_FIRST_MONTH = 12 * _FIRST_YEAR
_ORIGIN = int(_STARTS[0])
_MONTH_OF_DAY: IntArray = np.repeat(np.arange(len(_STARTS) - 1) + _FIRST_MONTH, np.diff(_STARTS))
FAR: Final = int(_STARTS[-2]) - 1
"""A day after every other: the end of a spell that has not ended."""


def day_of(day: date) -> int:
    """Return a date as its day number."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def as_days(column: "pd.Series[pd.Timestamp]", missing: int) -> IntArray:
    """Return a datetime column as day numbers.

    Args:
        column: Dates of any resolution.
        missing: Day number that stands for a missing date.

    Returns:
        Day numbers within the years 1900 to 2200, shape (n,).
    """
    values = pd.to_datetime(column).to_numpy()
    gone = np.isnat(values)
    days = values.astype("datetime64[D]").astype(np.int64)
    days[gone] = missing
    return np.clip(days, _ORIGIN, FAR)


def month_of_days(days: IntArray) -> IntArray:
    """Return the month index of each day number."""
    return _MONTH_OF_DAY[np.clip(days - _ORIGIN, 0, len(_MONTH_OF_DAY) - 1)]


def first_day_of(months: IntArray) -> IntArray:
    """Return the day number of the first day of each month index."""
    return _STARTS[np.clip(months - _FIRST_MONTH, 0, len(_STARTS) - 1)]


def days_in_month(months: IntArray) -> IntArray:
    """Return the number of days of each month index."""
    days: IntArray = first_day_of(months + 1) - first_day_of(months)
    return days


def add_months(days: IntArray, months: int) -> IntArray:
    """Return the same day of the month `months` later (the next first where there is none)."""
    start = month_of_days(days)
    later = start + months
    same_day = first_day_of(later) + days - first_day_of(start)
    moved: IntArray = np.minimum(same_day, first_day_of(later + 1))
    return moved


def completed_months(start: IntArray, day: int) -> IntArray:
    """Return completed months from each start to the beginning of a day, at least 0."""
    at = np.asarray([day], dtype=np.int64)
    month = month_of_days(at)
    first = month_of_days(start)
    day_in_month = (at - first_day_of(month))[0]
    short = (start - first_day_of(first)) > day_in_month
    months: IntArray = np.maximum(month[0] - first - short, 0)
    return months


def as_month_share(days: IntArray, months: IntArray) -> NDArray[np.float64]:
    """Return how much of its month lies before each day, as a share of the month's days.

    Args:
        days: Day numbers.
        months: The month each is counted in; a day beyond its end gives a share above 1.

    Returns:
        (day - first day of the month) / days of the month.
    """
    first = first_day_of(months)
    share: NDArray[np.float64] = (days - first) / (first_day_of(months + 1) - first)
    return share
