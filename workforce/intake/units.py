"""In which unit the numbers of a column are: told by size and heading, asked where neither says."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.words import fold_heading

__all__ = [
    "CHOICES",
    "DAYS_A_YEAR",
    "FULL_TIME_WEEK",
    "UNIT_NAMES",
    "WEEKS_A_YEAR",
    "Unit",
    "full_time_week",
    "to_unit",
    "unit_of",
]

FloatArray = NDArray[np.float64]

FULL_TIME_WEEK: Final = 37.0
"""Hours of the national single-status agreement for councils."""
WEEKS_A_YEAR: Final = 365.25 / 7
DAYS_A_YEAR: Final = 5 * WEEKS_A_YEAR

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "fte": ("share", "percent", "hours"),
    "hours": ("hours", "hours a month", "hours a year"),
    "salary": ("a year", "a month", "a week", "a day", "an hour", "not used"),
}
"""Field -> units its numbers can be in."""
UNIT_NAMES: Final = tuple(dict.fromkeys(unit for units in CHOICES.values() for unit in units))

_SALARY_WORDS: Final = (
    ("annual", "a year"), ("year", "a year"), ("month", "a month"), ("week", "a week"),
    ("daily", "a day"), ("day rate", "a day"), ("hour", "an hour"),
)  # fmt: skip
_PLAUSIBLE: Final = {
    "a year": (8_000, 1_000_000),
    "a month": (400, 25_000),
    "a week": (100, 6_000),
    "a day": (40, 2_000),
    "an hour": (5, 200),
}
"""Pay per unit between which a typical value is believed without a question, in pounds."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a column.

    Attributes:
        name: One of `UNIT_NAMES`.
        sure: Whether heading and size leave no doubt; otherwise it should be asked.
        why: What makes it doubtful, in words; empty where nothing does.
    """

    name: str
    sure: bool = True
    why: str = ""


def unit_of(field: str, heading: str, present: FloatArray) -> Unit:
    """Tell the unit of a column of numbers.

    Args:
        field: `fte`, `hours` or `salary`.
        heading: Heading as it stands in the file.
        present: Numbers that are there, above zero, shape (n,).

    Returns:
        The unit; for pay that can't be told `not used`, because a wrong unit is worse than none.
    """
    if not len(present):
        return Unit(CHOICES[field][0])
    folded, middle = fold_heading(heading), float(np.median(present))
    if field == "fte":
        return _fte(heading, folded, present, middle)
    if field == "hours":
        return _hours(folded, middle)
    return _salary(folded, middle)


def _fte(heading: str, folded: str, present: FloatArray, middle: float) -> Unit:
    highest = float(present.max())
    if middle <= 1.5 or highest > 120:
        return Unit("share")
    if "%" in heading or "percent" in folded or "per cent" in folded or highest >= 95:
        return Unit("percent")
    values, counts = np.unique(present, return_counts=True)
    mode = float(values[np.argmax(counts)])
    if "hour" in folded or "hrs" in folded:
        return Unit("hours")
    if highest <= 48:
        why = f"its values reach {highest:g}, and the most frequent is {mode:g}"
        return Unit("hours", sure=False, why=why)
    return Unit("percent", sure=False, why=f"its values reach {highest:g}, never 100")


def _hours(folded: str, middle: float) -> Unit:
    for word, unit in (("week", "hours"), ("month", "hours a month"), ("annual", "hours a year"),
                       ("year", "hours a year")):  # fmt: skip
        if word in folded and (middle <= 60) == (unit == "hours"):
            return Unit(unit)
    if middle <= 60:
        return Unit("hours")
    unit = "hours a month" if middle <= 250 else "hours a year"
    return Unit(unit, sure=False, why=f"a typical value is {middle:g}, too many for a week")


def _salary(folded: str, middle: float) -> Unit:
    named = next((unit for word, unit in _SALARY_WORDS if word in folded), "")
    low, high = _PLAUSIBLE.get(named, (0.0, 0.0))
    typical = f"a typical value is {middle:,.2f}"
    if named and named != "a year" and low <= middle <= high:
        return Unit(named)
    if middle >= _PLAUSIBLE["a year"][0]:
        return Unit("a year")
    return Unit("not used", sure=False, why=f"{typical}, too little for a year")


def to_unit(values: FloatArray, field: str, unit: str, week: float = FULL_TIME_WEEK) -> FloatArray:
    """Turn numbers into shares of full time, weekly hours or yearly pay.

    Args:
        values: Numbers, NaN where there is none, shape (n,).
        field: `fte`, `hours` or `salary`.
        unit: Their unit.
        week: Hours of a full-time week.

    Returns:
        Shares (`fte`), hours a week (`hours`) or pay a year (`salary`), shape (n,); NaN all over
        where the unit is `not used`.
    """
    factor = {
        ("fte", "share"): 1.0,
        ("fte", "percent"): 0.01,
        ("fte", "hours"): 1.0 / week,
        ("hours", "hours"): 1.0,
        ("hours", "hours a month"): 12 / WEEKS_A_YEAR,
        ("hours", "hours a year"): 1 / WEEKS_A_YEAR,
        ("salary", "a year"): 1.0,
        ("salary", "a month"): 12.0,
        ("salary", "a week"): WEEKS_A_YEAR,
        ("salary", "a day"): DAYS_A_YEAR,
        ("salary", "an hour"): week * WEEKS_A_YEAR,
        ("salary", "not used"): float("nan"),
    }[field, unit]
    return values * factor


def full_time_week(hours: FloatArray) -> float:
    """Return the hours of a full-time week: the most usual number of hours if that is a full week.

    Args:
        hours: Weekly hours of people, above zero, shape (n,).
    """
    if not len(hours):
        return FULL_TIME_WEEK
    values, counts = np.unique(np.round(hours, 2), return_counts=True)
    mode = float(values[np.argmax(counts)])
    return mode if 34 <= mode <= 42 else FULL_TIME_WEEK
