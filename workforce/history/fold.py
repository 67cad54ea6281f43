"""Spells -> exposure and leavers by cell and month, without a row a person and month.

A stretch contributes to a month what lies between two step functions, one that rises where it
begins and one that rises where it ends. Steps are added up per cell (`bincount`) and summed over
the months once, so the cost is a few additions a stretch, whatever the length of the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, CAUSES, GRADE_BANDS, TENURE_BANDS, TENURE_EDGES_MONTHS
from workforce.history.dates import (
    add_months,
    as_month_share,
    month_of_days,
)
from workforce.history.spells import CONTRACTS, FAMILIES, NO_CAUSE, Spells

__all__ = ["COUNT_KEYS", "EVENTS", "Window", "fold_counts"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
SmallArray = NDArray[np.integer[Any]]
"""Days of a window and bands fit into small integers, which keeps a million of them cheap."""

COUNT_KEYS = ("month", "family", "department", "grade", "tenure", "age", "contract")
EVENTS = (*(str(cause) for cause in CAUSES), "unknown")
_AGE_EDGES = (55.0, 60.0, 65.0, 67.0)
_OPEN_AGE_MEAN = 2.2
"""Years beyond 67 of people of the open top band: they go at some 45% a year (`def_retire_67_plus`
and resignations together), so the time since 67 is about exponential with this mean."""
_DAYS_PER_YEAR = 365.25
_GOLDEN = 0.6180339887498949
_UNKNOWN_AGE = len(AGE_BANDS) - 1


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

    def months_and_shares(self) -> tuple[IntArray, FloatArray]:
        """Place each day from the first to the one after the last in its month.

        Returns:
            The month that a day is counted in (offset from the first month), and how much of that
            month lies before the day as a share of its days (above 1 beyond its end).
        """
        days = np.arange(self.first_day, self.last_day + 2)
        months = np.minimum(month_of_days(days), self.last_month)
        return months - self.first_month, as_month_share(days, months)


@dataclass(frozen=True)
class _Parts:
    """Parts of stretches inside one age band, in days of the window, shape (n,) each.

    Attributes:
        group: Position of family, department, grade and contract among those present.
        age: Age band.
        service: First day of service, counted from the first day of the window.
        start: First day, counted likewise, at least 0.
        stop: Day after the last, at most the days of the window.
        cause: Cause of leaving on the last day, `NO_CAUSE` where nobody left.
    """

    group: SmallArray
    age: SmallArray
    service: SmallArray
    start: SmallArray
    stop: SmallArray
    cause: SmallArray

    def take(self, rows: NDArray[np.intp]) -> "_Parts":
        """Return the parts at an index."""
        return _Parts(*(getattr(self, each.name)[rows] for each in fields(self)))


def fold_counts(spells: Spells, window: Window) -> pd.DataFrame:
    """Count exposure and leavers by cell and month.

    Args:
        spells: Stretches of employment.
        window: Days on which leaving was observable; nothing outside counts.

    Returns:
        Columns `COUNT_KEYS`, `exposure` (person-months) and `EVENTS`, rows with any exposure.
    """
    static = (len(FAMILIES), max(1, len(spells.departments)), len(GRADE_BANDS), len(CONTRACTS))
    group = spells.family
    for size, name in zip(static[1:], ("department", "grade", "contract"), strict=True):
        group = group * size + getattr(spells, name)
    present = np.zeros(int(np.prod(static)), dtype=bool)
    present[group] = True
    kept = np.flatnonzero(present)
    parts = _parts(spells, (np.cumsum(present, dtype=np.int32) - 1)[group], window)
    cells = _Cells(len(kept), window)
    cells.add(parts)
    exposure = cells.exposure()
    counted = exposure > 0
    counted[cells.left] = True
    at = np.flatnonzero(counted)
    where = np.unravel_index(at, cells.shape)
    held: tuple[IntArray, ...] = np.unravel_index(kept, static)
    codes: list[IntArray] = [*(each[where[0]] for each in held), where[1], where[2]]
    vocabularies = (FAMILIES, spells.departments or ("",), GRADE_BANDS, CONTRACTS, AGE_BANDS,
                    TENURE_BANDS)  # fmt: skip
    names = ("family", "department", "grade", "contract", "age", "tenure")
    columns: dict[str, Any] = {
        name: pd.Categorical.from_codes(
            code.astype(np.int8), dtype=_categories(vocabulary), validate=False
        )
        for name, code, vocabulary in zip(names, codes, vocabularies, strict=True)
    }
    columns["month"] = where[3] + window.first_month
    columns["exposure"] = exposure[at]
    row = (np.cumsum(counted, dtype=np.int32) - 1)[cells.left]
    for index, name in enumerate(EVENTS):
        columns[name] = np.bincount(row[cells.causes == index], minlength=len(at)).astype(float)
    return pd.DataFrame({name: columns[name] for name in (*COUNT_KEYS, "exposure", *EVENTS)})


def _categories(vocabulary: Sequence[str]) -> Any:
    return pd.CategoricalDtype([str(each) for each in vocabulary])


def _parts(spells: Spells, group: SmallArray, window: Window) -> _Parts:
    """Return what lies in the window, cut where people pass from one age band to the next."""
    start = _since(np.maximum(spells.start, spells.seen_from), window)
    stop = np.minimum(_since(spells.end, window) + 1, window.days)
    np.maximum(start, 0, out=start)
    seen = np.flatnonzero(start < stop)
    age = spells.age.astype(np.int8)
    gone = spells.last & (spells.end <= window.last_day)
    cause = np.where(gone, spells.cause, NO_CAUSE).astype(np.int8)
    parts = _Parts(group, age, _since(spells.service_start, window), start, stop, cause)
    # Only people over 55 have been in another age band before.
    aged = (age[seen] > 0) & (age[seen] < _UNKNOWN_AGE)
    cut = _cut_by_age(parts.take(seen[aged]), window)
    young = parts.take(seen[~aged])
    return _Parts(
        *(
            np.concatenate([getattr(part, each.name) for part in (young, *cut)])
            for each in fields(_Parts)
        )
    )


def _since(days: IntArray, window: Window) -> SmallArray:
    return (days - window.first_day).astype(np.int32)


def _cut_by_age(parts: _Parts, window: Window) -> list[_Parts]:
    """Cut parts of people over 55 where they pass from one age band to the next.

    Only the band at the end is given. The age within it is spread evenly (by an exponential in the
    open top band), by a low-discrepancy sequence on the start date: the same for any order of rows
    and any seed, and without rounding everybody to the middle.
    """
    lows = np.array([0.0, *_AGE_EDGES])
    widths = np.diff([*lows, 100.0])
    band = parts.age
    spread = np.mod((parts.service + window.first_day) * _GOLDEN, 1.0)
    top = band + 1 == len(lows)
    beyond = np.where(top, -np.log1p(-spread) * _OPEN_AGE_MEAN, spread * widths[band])
    birth = parts.stop - 1 - (lows[band] + beyond) * _DAYS_PER_YEAR
    # From the band that was given downwards: nobody grows out of it before the end.
    out: list[_Parts] = []
    stop = parts.stop
    for index in range(len(lows) - 1, -1, -1):
        opens = parts.start
        if index:
            reached = np.ceil(birth + lows[index] * _DAYS_PER_YEAR)
            opens = np.maximum(opens, np.minimum(reached, window.days).astype(np.int32))
        inside = np.flatnonzero((band >= index) & (opens < stop))
        held = parts.take(inside)
        out.append(
            replace(held, start=opens[inside], stop=stop[inside],
                    age=np.full(len(inside), index, dtype=np.int8),
                    # Whoever left did so in the last of their bands.
                    cause=np.where(stop[inside] == held.stop, held.cause, NO_CAUSE))
        )  # fmt: skip
        stop = np.where(band >= index, np.minimum(stop, opens), stop)
    return out


class _Cells:
    """Sums by group, age band, tenure band and month.

    A part rises where it begins, falls where it ends and passes from one tenure band to the next in
    between: each is a step, and steps are added up before they are summed over the months.
    """

    def __init__(self, groups: int, window: Window) -> None:
        """Start at nothing."""
        self._window = window
        self._months, self._shares = window.months_and_shares()
        self.shape = (groups, len(AGE_BANDS), len(TENURE_BANDS), window.months)
        # Two months of slack: a step may rise in the month after the last.
        width = window.months + 2
        self._steps: FloatArray = np.zeros((groups * len(AGE_BANDS), len(TENURE_BANDS), width))
        self.left: IntArray = np.zeros(0, dtype=np.int64)
        self.causes: SmallArray = np.zeros(0, dtype=np.int8)

    def add(self, parts: _Parts) -> None:
        """Add parts: their steps, and who left."""
        place = parts.group * np.int32(len(AGE_BANDS)) + parts.age
        entered = np.zeros(len(place), dtype=np.int8)
        left = np.zeros(len(place), dtype=np.int8)
        for band, edge in enumerate(self._edges(parts.service), start=1):
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
        there, ends = parts.start == 0, parts.stop < self._window.days
        # Most are there on the first day and on the last: all their steps are alike.
        month, share = self._months[[0, -1]], self._shares[[0, -1]]
        for index, cell in enumerate((place + entered, place + left)):
            rows, day, sign = (~there, parts.start, 1.0) if index == 0 else (ends, parts.stop, -1.0)
            alike = np.bincount(cell[~rows], minlength=len(flat))
            flat[:, month[index]] += sign * (1.0 - share[index]) * alike
            flat[:, month[index] + 1] += sign * share[index] * alike
            some = np.flatnonzero(rows)
            flat += sign * self._sums(cell[some], day[some], len(flat))
        self._count(parts, place + left)

    def _edges(self, service: SmallArray) -> list[SmallArray]:
        """Return the days on which each service reaches the next tenure band."""
        if not len(service):
            return [service] * (len(TENURE_BANDS) - 1)
        first, last = int(service.min()), int(service.max())
        # Looked up by day: there are fewer days than people.
        days = np.arange(first, last + 1) + self._window.first_day
        return [
            _since(add_months(days, months), self._window)[service - first]
            for months in TENURE_EDGES_MONTHS[1:]
        ]

    def _sums(self, place: SmallArray, day: SmallArray, places: int) -> FloatArray:
        """Return steps by place and month: what lies after the day in its month, then the rest."""
        width = self._steps.shape[2]
        at = place.astype(np.int64) * width + self._months[day]
        share = np.bincount(at, self._shares[day], minlength=places * width)
        total: FloatArray = np.bincount(at, minlength=places * width).astype(np.float64) - share
        total[1:] += share[:-1]
        return total.reshape(places, width)

    def _count(self, parts: _Parts, cell: SmallArray) -> None:
        rows = np.flatnonzero(parts.cause != NO_CAUSE)
        month = self._months[parts.stop[rows] - 1]
        self.left = cell[rows].astype(np.int64) * self._window.months + month
        self.causes = parts.cause[rows]

    def exposure(self) -> FloatArray:
        """Return person-months, shape (groups x ages x bands x months,)."""
        summed = self._steps.cumsum(axis=2)[:, :, : self._window.months].reshape(-1)
        # Steps that cancel leave rounding behind; a day is 0.03 months.
        return np.where(summed < 1e-6, 0.0, summed)
