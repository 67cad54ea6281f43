"""Months, quarters and years as headings name them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from workforce.intake.dates import convert_dates, looks_like_date
from workforce.intake.missing import Column

__all__ = ["Period", "month_end", "read_period", "years_named"]

_FINANCIAL: Final = re.compile(
    r"\b(?:fy|financial year|year)?\s*(20\d\d|19\d\d)\s*(?:/|-|–|to)\s*((?:20)?\d\d)(?!\d)", re.I
)
_SHORT_FINANCIAL: Final = re.compile(r"\bfy\s?'?(\d\d)\b", re.I)
_YEAR: Final = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")
_QUARTER: Final = re.compile(r"\bq(?:tr|uarter)?\s?([1-4])\b", re.I)
_MONTH: Final = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b\.?[\s\-/']*"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+(?=20\d\d))?(20\d\d|\d\d)?(?!\d)",
    re.I,
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_APRIL: Final = 4


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that a number is about.

    Attributes:
        last: Its last day.
        span: `day`, `month`, `quarter`, `financial year` or `year`.
        rest: What the text says besides.
    """

    last: date
    span: str
    rest: str = ""


def years_named(text: str) -> tuple[int, int] | None:
    """Return the first and last calendar year that a text is about, `None` where it names none.

    Args:
        text: A title or a heading; “2025/26” is a financial year, from April to March.
    """
    if match := _FINANCIAL.search(text):
        first = int(match[1])
        last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
        return (first, last) if last - first == 1 else None
    if match := _SHORT_FINANCIAL.search(text):
        return 2000 + int(match[1]) - 1, 2000 + int(match[1])
    years = {int(year) for year in _YEAR.findall(text)}
    return (only := years.pop(), only) if len(years) == 1 else None


def read_period(  # noqa: PLR0911 - one return a notation reads best
    text: str, today: date, around: str = "", *, financial: bool = False
) -> Period | None:
    """Read the period that a heading names.

    Args:
        text: The heading: “Sep 2025”, “30 September 2025”, “2024/25”, “Q2 2025”, “April”, “2023”.
        today: The present day.
        around: Title, sheet and file names, which may give the year of a month without one.
        financial: Whether 2011-12 is a financial year rather than December 2011.

    Returns:
        The period, `None` where the text names none. A bare year ends on 31 December, a financial
        year on 31 March; a quarter of a financial year is counted from April.
    """
    plain = " ".join(text.replace("_", " ").split())
    if not plain or len(plain) > 60:
        return None
    named = _FINANCIAL.fullmatch(plain) and years_named(plain)
    if named and (financial or "/" in plain or not looks_like_date(plain)):
        return Period(date(named[1], 3, 31), "financial year")
    if looks_like_date(plain):
        return _dated(plain, today)
    if match := _QUARTER.search(plain):
        return _quarter(plain, int(match[1]), match[0], around)
    if (match := _MONTH.search(plain)) and (found := _month(match, plain, around)):
        return found
    named = years_named(plain)
    if named is None:
        return None
    found_at = _FINANCIAL.search(plain) or _SHORT_FINANCIAL.search(plain) or _YEAR.search(plain)
    rest = _without(plain, found_at[0]) if found_at else ""
    if named[0] != named[1]:
        return Period(date(named[1], 3, 31), "financial year", rest)
    return Period(date(named[1], 12, 31), "year", rest)


def _dated(plain: str, today: date) -> Period | None:
    cell = np.array([plain], dtype=object)
    read = convert_dates(Column.of(cell), order="dmy", today=today)
    if np.isnat(read.days[0]):
        return None
    day: date = read.days[0].astype(object)
    if read.coarse[0]:
        return Period(month_end(day.year, day.month), "month")
    return Period(day, "day")


def _month(match: re.Match[str], plain: str, around: str) -> Period | None:
    number = _MONTHS.index(match[1].lower()) + 1
    rest = _without(plain, match[0])
    if match[3]:
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
    else:
        if rest and not re.fullmatch(r"[\W\d]*", rest) and len(match[0].strip()) == len(match[1]):
            # “Mar” in a sentence is no month unless the heading says little else.
            named = None if len(rest.split()) > 3 else years_named(rest) or years_named(around)
        else:
            named = years_named(rest) or years_named(around)
        if named is None:
            return None
        year = named[1] if named[0] == named[1] or number < _APRIL else named[0]
    return Period(month_end(year, number), "month", rest)


def _quarter(plain: str, number: int, said: str, around: str) -> Period | None:
    named = years_named(plain) or years_named(around)
    if named is None:
        return None
    rest = _without(plain, said)
    if named[0] == named[1]:
        return Period(month_end(named[0], 3 * number), "quarter", _YEAR.sub("", rest).strip())
    month = 3 * number + 3
    year = named[0] if month <= 12 else named[1]
    return Period(
        month_end(year, (month - 1) % 12 + 1), "quarter", _FINANCIAL.sub("", rest).strip()
    )


def _without(text: str, part: str) -> str:
    return " ".join(text.replace(part, " ").split()).strip(" -–,:()")


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
