"""Spells -> exposure and leavers by cell and month, without a row a person and month.

A stretch contributes to a month what lies between two step functions, one that rises where it
begins and one that rises where it ends. Steps are added up per cell (`bincount`) and summed over
the months once, so the cost is a few additions a stretch, whatever the length of the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
class _Pieces:
    """Parts of stretches inside one cell.

    Attributes:
        row: Row of the stretch.
        start: First day, counted from the first day of the window.
        stop: Day after the last, counted likewise.
        tenure: Tenure band.
        age: Age band.
    """

    row: SmallArray
    start: SmallArray
    stop: SmallArray
    tenure: SmallArray
    age: SmallArray

    def take(self, rows: NDArray[np.bool_]) -> "_Pieces":
        """Return the pieces at a mask."""
        return _Pieces(
            self.row[rows], self.start[rows], self.stop[rows], self.tenure[rows], self.age[rows]
        )


def fold_counts(spells: Spells, window: Window) -> pd.DataFrame:
    """Count exposure and leavers by cell and month.

    Args:
        spells: Stretches of employment.
        window: Days on which leaving was observable; nothing outside counts.

    Returns:
        Columns `COUNT_KEYS`, `exposure` (person-months) and `EVENTS`, rows with any exposure.
    """
    pieces = _pieces(spells, window)
    static = (len(FAMILIES), max(1, len(spells.departments)), len(GRADE_BANDS), len(CONTRACTS))
    sizes = (*static, len(TENURE_BANDS), len(AGE_BANDS))
    group = np.ravel_multi_index(
        (spells.family, spells.department, spells.grade, spells.contract), static
    )
    cell = (group[pieces.row] * len(TENURE_BANDS) + pieces.tenure) * len(AGE_BANDS) + pieces.age
    present = np.zeros(int(np.prod(sizes)), dtype=bool)
    present[cell] = True
    kept = np.flatnonzero(present)
    small = (np.cumsum(present) - 1)[cell]
    exposure = _exposure(small, len(kept), pieces, window)
    events = _events(small, len(kept), pieces, spells, window)
    at_cell, at_month = np.nonzero((exposure > 0) | (events.sum(axis=0) > 0))
    codes: tuple[IntArray, ...] = np.unravel_index(kept[at_cell], sizes)
    vocabularies = (FAMILIES, spells.departments or ("",), GRADE_BANDS, CONTRACTS, TENURE_BANDS,
                    AGE_BANDS)  # fmt: skip
    names = ("family", "department", "grade", "contract", "tenure", "age")
    columns = {
        name: pd.Series(pd.Categorical.from_codes(code, dtype=_categories(vocabulary)))
        for name, code, vocabulary in zip(names, codes, vocabularies, strict=True)
    }
    frame = pd.DataFrame({"month": at_month + window.first_month, **columns})
    frame = frame[list(COUNT_KEYS)]
    frame["exposure"] = exposure[at_cell, at_month]
    for index, name in enumerate(EVENTS):
        frame[name] = events[index][at_cell, at_month]
    return frame


def _categories(vocabulary: Sequence[str]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype([str(each) for each in vocabulary])


def _pieces(spells: Spells, window: Window) -> _Pieces:
    start = np.maximum(spells.start, window.first_day)
    stop = np.minimum(spells.end, window.last_day) + 1
    seen = start < stop
    aged = (spells.age > 0) & (spells.age < _UNKNOWN_AGE)

    def cut(mask: NDArray[np.bool_]) -> _Pieces:
        rows = np.flatnonzero(mask)
        return _cut_by_tenure(
            rows, _since(start[rows], window), _since(stop[rows], window), spells, window
        )

    # Only people over 55 have been in another age band before.
    young = cut(seen & ~aged)
    young = replace(young, age=spells.age[young.row].astype(np.int8))
    return _joined([young, *_cut_by_age(spells, cut(seen & aged), window)])


def _since(days: IntArray, window: Window) -> SmallArray:
    return (days - window.first_day).astype(np.int32)


def _cut_by_tenure(
    rows: IntArray, low: SmallArray, stop: SmallArray, spells: Spells, window: Window
) -> _Pieces:
    service = spells.service_start[rows]
    found: list[_Pieces] = []
    edge: SmallArray
    for band in range(len(TENURE_BANDS)):
        if band + 1 == len(TENURE_BANDS):
            edge = np.full(len(rows), np.iinfo(np.int32).max, dtype=np.int32)
        else:
            edge = _since(add_months(service, TENURE_EDGES_MONTHS[band + 1]), window)
        high = np.minimum(stop, edge)
        inside = low < high
        count = int(inside.sum())
        found.append(
            _Pieces(rows[inside], low[inside], high[inside], np.full(count, band, dtype=np.int8),
                    np.zeros(count, dtype=np.int8))
        )  # fmt: skip
        rest = edge < stop
        low = np.maximum(low, edge)[rest]
        rows, service, stop = rows[rest], service[rest], stop[rest]
    return _joined(found)


def _cut_by_age(spells: Spells, pieces: _Pieces, window: Window) -> list[_Pieces]:
    """Take people back through the age bands below their present one.

    Only a band is known. Ages are spread over it (evenly, exponentially over the open top band) by
    a low-discrepancy sequence on the start date: the same for any order of rows and any seed, and
    without rounding everybody to the middle.
    """
    lows = np.array([0.0, *_AGE_EDGES])
    widths = np.diff([*lows, 100.0])
    band = spells.age[pieces.row]
    spread = np.mod(spells.service_start[pieces.row] * _GOLDEN, 1.0)
    top = band + 1 == len(lows)
    beyond = np.where(top, -np.log1p(-spread) * _OPEN_AGE_MEAN, spread * widths[band])
    reference = np.minimum(spells.end[pieces.row], window.last_day) - window.first_day
    birth = reference - (lows[band] + beyond) * _DAYS_PER_YEAR
    # From the band that was given downwards: nobody grows out of it before the end.
    out: list[_Pieces] = []
    stop = pieces.stop
    for index in range(len(lows) - 1, -1, -1):
        reached = np.ceil(birth + lows[index] * _DAYS_PER_YEAR) if index else -np.inf
        opens = np.maximum(pieces.start, reached)
        inside = (band >= index) & (opens < stop)
        out.append(
            replace(pieces.take(inside), start=opens[inside].astype(np.int32), stop=stop[inside],
                    age=np.full(int(inside.sum()), index, dtype=np.int8))
        )  # fmt: skip
        stop = np.where(inside, opens, stop).astype(np.int32)
    return out


def _joined(parts: list[_Pieces]) -> _Pieces:
    return _Pieces(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("row", "start", "stop", "tenure", "age")
        )
    )


def _exposure(cell: IntArray, cells: int, pieces: _Pieces, window: Window) -> FloatArray:
    # Two columns of slack: a step may rise in the month after the last.
    width = window.months + 2
    months, shares = window.months_and_shares()
    total = np.zeros(cells * width)
    row = cell * width
    for days, sign in ((pieces.start, 1.0), (pieces.stop, -1.0)):
        share = shares[days]
        at = row + months[days]
        total += sign * np.bincount(at, 1.0 - share, minlength=len(total))
        total[1:] += sign * np.bincount(at, share, minlength=len(total))[:-1]
    summed = total.reshape(cells, width).cumsum(axis=1)[:, : window.months]
    # Steps that cancel leave rounding behind; a day is 0.03 months.
    return np.where(summed < 1e-6, 0.0, summed)


def _events(
    cell: IntArray, cells: int, pieces: _Pieces, spells: Spells, window: Window
) -> FloatArray:
    gone = spells.last & (spells.cause != NO_CAUSE) & (spells.end <= window.last_day)
    at = np.flatnonzero(gone[pieces.row])
    row = pieces.row[at]
    # The piece that holds the last day; the others of the same person end before it.
    final = pieces.stop[at] == spells.end[row] + 1 - window.first_day
    at, row = at[final], row[final]
    months, _ = window.months_and_shares()
    shape = (len(EVENTS), cells, window.months)
    index = np.ravel_multi_index(
        (spells.cause[row], cell[at], months[spells.end[row] - window.first_day]), shape
    )
    return np.bincount(index, minlength=int(np.prod(shape))).astype(float).reshape(shape)
