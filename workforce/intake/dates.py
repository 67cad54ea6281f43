"""Dates as people and systems write them, never silently in the American order."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.missing import Column, ObjectArray, is_missing

__all__ = ["DateColumn", "OrderVotes", "convert_dates", "looks_like_date", "order_votes"]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME: Final = re.compile(
    r"[T ,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*"
    r"(Z|UTC|GMT|BST|[+-]\d{2}:?\d{2})?$"
)
_WEEKDAY: Final = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,.]+", re.IGNORECASE)
_ISO: Final = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_NUMERIC: Final = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$")
_NAMED: Final = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th)?[-/., ]*([A-Za-z]{3,9})[-/., ]*(\d{4}|\d{2})$"
)
_NAMED_US: Final = re.compile(r"^([A-Za-z]{3,9})[. ]+(\d{1,2})(?:st|nd|rd|th)?[, ]+(\d{4})$")
_COMPACT: Final = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})$")
_MONTH_YEAR: Final = re.compile(r"^([A-Za-z]{3,9})[-/., ']*(\d{4}|\d{2})$")
_YEAR_MONTH: Final = re.compile(r"^(\d{4})[-/](\d{1,2})$")
_NUMBER_YEAR: Final = re.compile(r"^(0?[1-9]|1[0-2])[-/.]((?:19|20)\d{2})$")
_YEAR: Final = re.compile(r"^(19[4-9]\d|20\d\d)(?:\.0)?$")
_SERIAL: Final = re.compile(r"^\d{5}(?:\.\d+)?$")

_OPEN_ENDED: Final = frozenset(
    {"current", "present", "ongoing", "to date", "permanent", "no end date", "not yet",
     "no leave date", "open ended", "in post", "active", "still in post", "still employed"}
)  # fmt: skip
_EPOCH: Final = datetime(1899, 12, 30)
_NAT: Final = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A date as written: `a` and `b` still to be told apart where `ambiguous`."""

    year: int
    a: int
    b: int
    numeric: bool = False
    two_digit: bool = False
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class OrderVotes:
    """What a column says about the order of day and month, in values."""

    day_first: int = 0
    month_first: int = 0
    undecided: int = 0

    def __add__(self, other: "OrderVotes") -> "OrderVotes":
        """Return the votes of two columns together."""
        return OrderVotes(
            self.day_first + other.day_first,
            self.month_first + other.month_first,
            self.undecided + other.undecided,
        )

    @property
    def order(self) -> str:
        """`dmy`, `mdy`, or empty where nothing (or as much either way) decides."""
        if self.day_first == self.month_first:
            return ""
        return "dmy" if self.day_first > self.month_first else "mdy"


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates.

    Attributes:
        days: datetime64[D], NaT where there is none, shape (n,).
        unreadable: Where something stands that is no date, shape (n,).
        sentinel: Where a date stands that means “none”, such as 1/1/1900, shape (n,).
        against_order: Where day and month could only be read the other way round, shape (n,).
        coarse: Where only a month or a year is given, shape (n,).
        century: Where a birth year in the future was moved back a century, shape (n,).
    """

    days: NDArray[np.datetime64]
    unreadable: NDArray[np.bool_]
    sentinel: NDArray[np.bool_]
    against_order: NDArray[np.bool_]
    coarse: NDArray[np.bool_]
    century: NDArray[np.bool_]


def _split(text: str) -> _Parts | None:  # noqa: PLR0911 - one return a notation reads best
    text = _WEEKDAY.sub("", _TIME.sub("", text.strip()))
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _Parts(int(match[1]), int(match[3]), int(match[2]))
    if match := _NUMERIC.match(text):
        return _Parts(
            int(match[3]), int(match[1]), int(match[2]), numeric=True, two_digit=len(match[3]) == 2
        )
    if (match := _NAMED.match(text)) and match[2].lower() in _MONTHS:
        month = _MONTHS[match[2].lower()]
        return _Parts(int(match[3]), int(match[1]), month, two_digit=len(match[3]) == 2)
    if (match := _NAMED_US.match(text)) and match[1].lower() in _MONTHS:
        return _Parts(int(match[3]), int(match[2]), _MONTHS[match[1].lower()])
    if (match := _MONTH_YEAR.match(text)) and match[1].lower() in _MONTHS:
        month = _MONTHS[match[1].lower()]
        return _Parts(int(match[2]), 1, month, two_digit=len(match[2]) == 2, coarse=True)
    if match := _YEAR_MONTH.match(text):
        return _Parts(int(match[1]), 1, int(match[2]), coarse=True)
    if match := _NUMBER_YEAR.match(text):
        return _Parts(int(match[2]), 1, int(match[1]), coarse=True)
    return None


def looks_like_date(value: object) -> bool:
    """Return whether a cell is a date or a text that reads as one (a bare number does not)."""
    if isinstance(value, date):
        return True
    if not isinstance(value, str) or not 6 <= len(value) <= 40:
        return False
    if not any(map(str.isdigit, value)):
        return False
    parts = _split(value)
    return parts is not None and 1 <= parts.a <= 31 and 1 <= parts.b <= 31


def order_votes(column: Column) -> OrderVotes:
    """Count what a column's texts say about the order of day and month.

    Args:
        column: Cells.

    Returns:
        Values that can only be day first, only month first, and either.
    """
    uniques = column.uniques
    texts = [place for place, value in enumerate(uniques) if isinstance(value, str)]
    if not texts:
        return OrderVotes()
    counts = np.bincount(column.codes, minlength=len(uniques))
    day_first = month_first = undecided = 0
    for place in texts:
        parts, count = _split(uniques[place]), counts[place]
        if parts is None or not parts.numeric:
            continue
        if parts.a > 12 >= parts.b:
            day_first += int(count)
        elif parts.b > 12 >= parts.a:
            month_first += int(count)
        elif parts.a != parts.b:
            undecided += int(count)
    return OrderVotes(day_first, month_first, undecided)


_OK, _EMPTY, _BAD, _SENTINEL = range(4)


@dataclass(frozen=True, slots=True)
class _Reader:
    order: str
    today: date
    birth: bool

    def read(self, value: object) -> tuple[date | None, int, bool, bool, bool]:
        """Return the day, its state, and whether it went against the order, is coarse or moved."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, datetime):
            return self._checked(value.date())
        if isinstance(value, date):
            return self._checked(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self._number(float(value))
        # A time of day is how readers show serial 0: a date cell with nothing in it.
        state = _EMPTY if value is None or str(value).startswith("00:00") else _BAD
        return None, state, False, False, False

    def usual(self, values: ObjectArray) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
        """Return the days of all dates in the usual range at once, and where these stand."""
        days = np.full(len(values), _NAT, dtype="datetime64[D]")
        usual = np.fromiter((type(value) is date for value in values), bool, count=len(values))
        if usual.any():
            days[usual] = np.array(values[usual].tolist(), dtype="datetime64[D]")
            years = days.astype("datetime64[Y]").astype(int) + 1970
            latest = min(self.today.year + 59, 2098)
            latest = self.today.year - 14 if self.birth else latest
            usual &= (years >= 1920) & (years <= latest)
            days[~usual] = _NAT
        return days, usual

    def _text(self, text: str) -> tuple[date | None, int, bool, bool, bool]:
        if is_missing(text) or text.strip().lower() in _OPEN_ENDED:
            return None, _EMPTY, False, False, False
        stripped = text.strip()
        if _SERIAL.match(stripped) or _YEAR.match(stripped):
            return self._number(float(stripped))
        parts = _split(stripped)
        if parts is None:
            return None, _BAD, False, False, False
        day, month, flipped = parts.a, parts.b, False
        if parts.numeric:
            if self.order == "mdy":
                day, month = month, day
            if month > 12 >= day:
                day, month, flipped = month, day, True
        try:
            found = date(self._year(parts), month, day)
        except ValueError:
            state = _SENTINEL if parts.year in (0, 9999) else _BAD
            return None, state, False, False, False
        result, state, _, _, moved = self._checked(found)
        return result, state, flipped, parts.coarse, moved

    def _year(self, parts: _Parts) -> int:
        if not parts.two_digit:
            return parts.year
        latest = self.today.year - 14 if self.birth else self.today.year + 10
        return 2000 + parts.year if 2000 + parts.year <= latest else 1900 + parts.year

    def _number(self, number: float) -> tuple[date | None, int, bool, bool, bool]:
        if math.isnan(number) or number in (0.0, 1.0, 2.0):
            return None, _EMPTY if math.isnan(number) else _SENTINEL, False, False, False
        if number.is_integer() and 1940 <= number <= 2100:
            # A bare year is placed in its middle, which is wrong by six months at most.
            return date(int(number), 7, 1), _OK, False, True, False
        if number.is_integer() and 19000101 <= number <= 21001231:
            return self._text(str(int(number)))
        if 3000 <= number <= 80000:
            return self._checked((_EPOCH + timedelta(days=number)).date())
        return None, _SENTINEL if number > 2_900_000 else _BAD, False, False, False

    def _checked(self, day: date) -> tuple[date | None, int, bool, bool, bool]:
        if day.year >= min(self.today.year + 60, 2099) or day.year <= 1901:
            return None, _SENTINEL, False, False, False
        if self.birth and day.year > self.today.year - 14:
            # Excel itself reads 01/02/55 as 2055.
            try:
                return day.replace(year=day.year - 100), _OK, False, False, True
            except ValueError:
                return day.replace(year=day.year - 100, day=28), _OK, False, False, True
        if day.year < 1920:
            return None, _SENTINEL, False, False, False
        return day, _OK, False, False, False


def convert_dates(column: Column, *, order: str, today: date, birth: bool = False) -> DateColumn:
    """Turn cells into days.

    Args:
        column: Cells as read: dates, Excel serials, texts, years, n of them.
        order: `dmy` or `mdy`, for numeric texts that could be either.
        today: The present day, which decides the century of two-digit years.
        birth: Whether these are dates of birth, which never lie in the future.

    Returns:
        The days and where something was noteworthy.
    """
    codes, uniques = column.codes, column.uniques
    reader = _Reader(order, today, birth)
    days, usual = reader.usual(uniques)
    state = np.full(len(uniques), _OK, dtype=np.int8)
    flags = np.zeros((len(uniques), 3), dtype=bool)
    for place in np.flatnonzero(~usual).tolist():
        day, state[place], *flags[place] = reader.read(uniques[place])
        days[place] = day or _NAT
    return DateColumn(
        days=days[codes],
        unreadable=(state == _BAD)[codes],
        sentinel=(state == _SENTINEL)[codes],
        against_order=flags[codes, 0],
        coarse=flags[codes, 1],
        century=flags[codes, 2],
    )
