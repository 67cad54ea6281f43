"""Person-months and leavers by group, tenure band and period, without a row a person and period.

A part of a stretch contributes to a period what lies between two step functions, one that rises
where it begins and one that rises where it ends. Steps are added up per cell (`bincount`) and
summed over the periods once: a few additions a part, whatever the length of the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import TENURE_BANDS, TENURE_EDGES_MONTHS
from workforce.history.dates import add_months, as_month_share, month_of_days
from workforce.history.spells import NO_CAUSE

__all__ = ["Parts", "Periods", "SmallArray", "Steps", "Window", "since"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
SmallArray = NDArray[np.integer[Any]]
"""Days of a window and bands fit into small integers, which keeps a million of them cheap."""


@dataclass(frozen=True)
class Window:
    """The days on which leaving was observable.

    Attributes:
        first_day: First observed day number.
        last_day: Last observed day number (the as-of date).
        first_month: Month index of the first day.
        last_month: Last observed month index; days beyond its end count with it.
    """

    first_day: int
    last_day: int
    first_month: int
    last_month: int

    @property
    def days(self) -> int:
        """Number of days."""
        return self.last_day - self.first_day + 1

    @property
    def months(self) -> int:
        """Number of months."""
        return self.last_month - self.first_month + 1

    def by_month(self) -> "Periods":
        """Return the calendar months."""
        days = np.arange(self.first_day, self.last_day + 2)
        months = np.minimum(month_of_days(days), self.last_month)
        return Periods(
            months - self.first_month, as_month_share(days, months), np.ones(self.months)
        )

    def by_year(self) -> "Periods":
        """Return blocks of twelve months counted back from the last; the first may be short."""
        months = self.by_month()
        years = -(-self.months // 12)
        block = years - 1 - (self.months - 1 - np.arange(self.months)) // 12
        length = np.bincount(block, minlength=years).astype(np.float64)
        opens = np.searchsorted(block, block)
        before = np.arange(self.months) - opens
        of_day = block[months.of_day]
        share = (before[months.of_day] + months.share) / length[of_day]
        return Periods(of_day, share, length)


@dataclass(frozen=True)
class Periods:
    """Periods that part a window.

    Attributes:
        of_day: Period of each day from the first to the one after the last.
        share: How much of that period lies before the day (above 1 beyond its end).
        months: Length of each period in months, shape (P,).
    """

    of_day: IntArray
    share: FloatArray
    months: FloatArray


@dataclass(frozen=True)
class Parts:
    """Parts of stretches, in days of the window, shape (n,) each.

    Attributes:
        row: Stretch that each is a part of.
        age: Age band.
        service: First day of service, counted from the first day of the window.
        start: First day, counted likewise, at least 0.
        stop: Day after the last, at most the days of the window.
        cause: Cause of leaving on the last day, `NO_CAUSE` where nobody left.
        reaches: Days on which service reaches each tenure band after the first; none before all
            parts are known.
    """

    row: SmallArray
    age: SmallArray
    service: SmallArray
    start: SmallArray
    stop: SmallArray
    cause: SmallArray
    reaches: tuple[SmallArray, ...] = ()

    def take(self, rows: NDArray[np.intp]) -> "Parts":
        """Return the parts at an index."""
        return Parts(self.row[rows], self.age[rows], self.service[rows], self.start[rows],
                     self.stop[rows], self.cause[rows])  # fmt: skip

    @classmethod
    def joined(cls, parts: Sequence["Parts"], window: Window) -> "Parts":
        """Return parts together, with the days on which service reaches tenure bands."""
        arrays: dict[str, Any] = {
            each.name: np.concatenate([getattr(part, each.name) for part in parts])
            for each in fields(cls)
            if each.name != "reaches"
        }
        return cls(**arrays, reaches=_reaches(arrays["service"], window))


def _reaches(service: SmallArray, window: Window) -> tuple[SmallArray, ...]:
    if not len(service):
        return (service,) * (len(TENURE_BANDS) - 1)
    first, last = int(service.min()), int(service.max())
    # Looked up by day: there are fewer days than people.
    days = np.arange(first, last + 1) + window.first_day
    return tuple(
        since(add_months(days, months), window)[service - first]
        for months in TENURE_EDGES_MONTHS[1:]
    )


def since(days: IntArray, window: Window) -> SmallArray:
    """Return days counted from the first of a window."""
    return (days - window.first_day).astype(np.int32)


class Steps:
    """Sums by group, age band, tenure band and period.

    A part rises where it begins, falls where it ends and passes from one tenure band to the next in
    between: each is a step, and steps are added up before they are summed over the periods.

    Attributes:
        shape: Groups, age bands, tenure bands and periods.
        left: Cell of each leaver, as an index into the raveled shape.
        causes: What each of them left for.
    """

    def __init__(self, groups: int, ages: int, window: Window, periods: Periods) -> None:
        """Start at nothing.

        Args:
            groups: Number of groups.
            ages: Number of age bands told apart.
            window: Days on which leaving was observable.
            periods: What the days are counted in.
        """
        self._window, self._periods = window, periods
        count = len(periods.months)
        self.shape = (groups, ages, len(TENURE_BANDS), count)
        # Two periods of slack: a step may rise in the one after the last.
        self._steps: FloatArray = np.zeros((groups * ages, len(TENURE_BANDS), count + 2))
        self.left: IntArray = np.zeros(0, dtype=np.int64)
        self.causes: SmallArray = np.zeros(0, dtype=np.int8)

    def add(self, group: SmallArray, parts: Parts) -> SmallArray:
        """Add parts: their steps, and who left.

        Args:
            group: What each part is counted with, shape (n,).
            parts: The parts; their age bands are told apart where there are several.

        Returns:
            Group, age and tenure band of each part at its end, raveled, shape (n,).
        """
        place = group * np.int32(self.shape[1]) + (parts.age if self.shape[1] > 1 else np.int8(0))
        entered = np.zeros(len(place), dtype=np.int8)
        left = np.zeros(len(place), dtype=np.int8)
        for band, edge in enumerate(parts.reaches, start=1):
            before, after = parts.start >= edge, parts.stop > edge
            entered += before
            left += after
            passed = np.flatnonzero(after > before)
            steps = self._sums(place[passed], edge[passed], len(self._steps))
            self._steps[:, band] += steps
            self._steps[:, band - 1] -= steps
        bands = np.int32(len(TENURE_BANDS))
        place *= bands
        flat: FloatArray = self._steps.reshape(-1, self._steps.shape[2])
        ends_in = place + left
        there, ends = parts.start == 0, parts.stop < self._window.days
        # Most are there on the first day and on the last: all their steps are alike.
        period, share = self._periods.of_day[[0, -1]], self._periods.share[[0, -1]]
        for index, cell in enumerate((place + entered, ends_in)):
            rows, day, sign = (~there, parts.start, 1.0) if index == 0 else (ends, parts.stop, -1.0)
            alike = np.bincount(cell[~rows], minlength=len(flat))
            flat[:, period[index]] += sign * (1.0 - share[index]) * alike
            flat[:, period[index] + 1] += sign * share[index] * alike
            some = np.flatnonzero(rows)
            flat += sign * self._sums(cell[some], day[some], len(flat))
        self._count(parts, ends_in)
        return ends_in

    def _sums(self, place: SmallArray, day: SmallArray, places: int) -> FloatArray:
        """Return steps by place and period: what lies after the day in it, then the rest."""
        width = self._steps.shape[2]
        at = place.astype(np.int64) * width + self._periods.of_day[day]
        share = np.bincount(at, self._periods.share[day], minlength=places * width)
        total: FloatArray = np.bincount(at, minlength=places * width).astype(np.float64) - share
        total[1:] += share[:-1]
        return total.reshape(places, width)

    def _count(self, parts: Parts, cell: SmallArray) -> None:
        rows = np.flatnonzero(parts.cause != NO_CAUSE)
        period = self._periods.of_day[parts.stop[rows] - 1]
        self.left = cell[rows].astype(np.int64) * self.shape[3] + period
        self.causes = parts.cause[rows]

    def exposure(self) -> FloatArray:
        """Return person-months, shape (groups x ages x bands x periods,)."""
        summed = self._steps.cumsum(axis=2)[:, :, : self.shape[3]]
        # Steps that cancel leave rounding behind; a day is 0.03 months.
        return np.where(summed < 1e-6, 0.0, summed * self._periods.months).reshape(-1)
