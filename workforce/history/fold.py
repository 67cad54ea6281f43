"""Spells -> exposure and leavers by cell and month, without a row a person and month.

A stretch contributes to a month what lies between two step functions, one that rises where it
begins and one that rises where it ends. Steps are added up per cell (`bincount`) and summed over
the months once, so the cost is a few additions a stretch, whatever the length of the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, CAUSES, GRADE_BANDS, TENURE_BANDS, TENURE_EDGES_MONTHS
from workforce.history.dates import (
    FAR,
    add_months,
    as_month_share,
    month_of_days,
)
from workforce.history.spells import CONTRACTS, FAMILIES, NO_CAUSE, Spells

__all__ = ["COUNT_KEYS", "EVENTS", "Window", "fold_counts"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

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

    def month(self, days: IntArray) -> IntArray:
        """Return the month that each day is counted in, as an offset from the first month."""
        return np.minimum(month_of_days(days), self.last_month) - self.first_month


@dataclass(frozen=True)
class _Pieces:
    """Parts of stretches inside one cell: from day `start` up to, not including, `stop`."""

    row: IntArray
    start: IntArray
    stop: IntArray
    tenure: IntArray
    age: IntArray


def fold_counts(spells: Spells, window: Window) -> pd.DataFrame:
    """Count exposure and leavers by cell and month.

    Args:
        spells: Stretches of employment.
        window: Days on which leaving was observable; nothing outside counts.

    Returns:
        Columns `COUNT_KEYS`, `exposure` (person-months) and `EVENTS`, rows with any exposure.
    """
    pieces = _pieces(spells, window)
    sizes = (
        len(FAMILIES), max(1, len(spells.departments)), len(GRADE_BANDS), len(CONTRACTS),
        len(TENURE_BANDS), len(AGE_BANDS),
    )  # fmt: skip
    cell = np.ravel_multi_index(
        (
            spells.family[pieces.row], spells.department[pieces.row], spells.grade[pieces.row],
            spells.contract[pieces.row], pieces.tenure, pieces.age,
        ),
        sizes,
    )  # fmt: skip
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
    seen = np.flatnonzero(start < stop)
    by_tenure = _cut_by_tenure(spells.service_start, seen, start, stop)
    aged = (spells.age[by_tenure.row] > 0) & (spells.age[by_tenure.row] < _UNKNOWN_AGE)
    if not aged.any():
        return by_tenure
    return _append(_select(by_tenure, ~aged), _cut_by_age(spells, _select(by_tenure, aged), window))


def _cut_by_tenure(service: IntArray, rows: IntArray, start: IntArray, stop: IntArray) -> _Pieces:
    found: list[tuple[IntArray, IntArray, IntArray, int]] = []
    low, service = start[rows], service[rows]
    for band in range(len(TENURE_BANDS)):
        final = band + 1 == len(TENURE_BANDS)
        edge = (
            np.full(len(rows), FAR + 1)
            if final
            else add_months(service, TENURE_EDGES_MONTHS[band + 1])
        )
        high = np.minimum(stop[rows], edge)
        inside = low < high
        found.append((rows[inside], low[inside], high[inside], band))
        rest = edge < stop[rows]
        rows, service, low = rows[rest], service[rest], np.maximum(low, edge)[rest]
    row = np.concatenate([each[0] for each in found])
    band_of = np.concatenate([np.full(len(each[0]), each[3]) for each in found])
    return _Pieces(
        row=row,
        start=np.concatenate([each[1] for each in found]),
        stop=np.concatenate([each[2] for each in found]),
        tenure=band_of,
        age=np.full(len(row), 0),
    )


def _cut_by_age(spells: Spells, pieces: _Pieces, window: Window) -> _Pieces:
    """Take people back through the age bands below their present one.

    Only a band is known. Ages are spread over it (evenly, exponentially over the open top band) by
    a low-discrepancy sequence on the start date: the same for any order of rows and any seed, and
    without rounding everybody to the middle.
    """
    lows = np.array([0.0, *_AGE_EDGES])
    highs = np.array([*_AGE_EDGES, 100.0])
    band = spells.age[pieces.row]
    spread = np.mod(spells.service_start[pieces.row] * _GOLDEN, 1.0)
    beyond = np.where(
        band + 1 == len(lows), -np.log1p(-spread) * _OPEN_AGE_MEAN, spread * (highs - lows)[band]
    )
    age = lows[band] + beyond
    reference = np.minimum(spells.end[pieces.row], window.last_day)
    out: list[_Pieces] = []
    for index in range(len(lows)):
        reached = reference - ((age - lows[index]) * _DAYS_PER_YEAR).astype(np.int64)
        passed = reference - ((age - highs[index]) * _DAYS_PER_YEAR).astype(np.int64)
        opens = np.maximum(pieces.start, reached) if index else pieces.start
        closes = np.minimum(pieces.stop, passed)
        # Nobody grows out of the band that was given.
        closes = np.where(band == index, pieces.stop, closes)
        inside = (band >= index) & (opens < closes)
        part = _select(pieces, inside)
        out.append(
            _Pieces(part.row, opens[inside], closes[inside], part.tenure,
                    np.full(len(part.row), index))
        )  # fmt: skip
    joined = out[0]
    for part in out[1:]:
        joined = _append(joined, part)
    return joined


def _select(pieces: _Pieces, mask: NDArray[np.bool_]) -> _Pieces:
    return _Pieces(
        pieces.row[mask], pieces.start[mask], pieces.stop[mask], pieces.tenure[mask],
        pieces.age[mask],
    )  # fmt: skip


def _append(one: _Pieces, other: _Pieces) -> _Pieces:
    return _Pieces(
        np.concatenate([one.row, other.row]),
        np.concatenate([one.start, other.start]),
        np.concatenate([one.stop, other.stop]),
        np.concatenate([one.tenure, other.tenure]),
        np.concatenate([one.age, other.age]),
    )


def _exposure(cell: IntArray, cells: int, pieces: _Pieces, window: Window) -> FloatArray:
    # Two columns of slack: a step may rise in the month after the last.
    width = window.months + 2
    total = np.zeros(cells * width)
    for days, sign in ((pieces.start, 1.0), (pieces.stop, -1.0)):
        month = window.month(days)
        share = as_month_share(days, month + window.first_month)
        at = cell * width + month
        total += np.bincount(at, sign * (1.0 - share), minlength=len(total))
        total += np.bincount(at + 1, sign * share, minlength=len(total))
    summed = total.reshape(cells, width).cumsum(axis=1)[:, : window.months]
    # Steps that cancel leave rounding behind; a day is 0.03 months.
    return np.where(summed < 1e-6, 0.0, summed)


def _events(
    cell: IntArray, cells: int, pieces: _Pieces, spells: Spells, window: Window
) -> FloatArray:
    end = spells.end[pieces.row]
    left = (
        (pieces.stop == end + 1) & (end <= window.last_day) & spells.last[pieces.row]
    ) & (spells.cause[pieces.row] != NO_CAUSE)  # fmt: skip
    index = np.ravel_multi_index(
        (spells.cause[pieces.row][left], cell[left], window.month(end[left])),
        (len(EVENTS), cells, window.months),
    )
    shape = (len(EVENTS), cells, window.months)
    return np.bincount(index, minlength=int(np.prod(shape))).astype(float).reshape(shape)
