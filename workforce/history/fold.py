"""Spells -> exposure and leavers by cell and month, without a row a person and month.

Stretches are cut where people pass from one age band to the next; `steps` counts the parts.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, CAUSES, GRADE_BANDS, TENURE_BANDS
from workforce.history.spells import CONTRACTS, FAMILIES, NO_CAUSE, Spells
from workforce.history.steps import Parts, Steps, Window, since

__all__ = ["COUNT_KEYS", "EVENTS", "fold_counts", "parts_seen"]

IntArray = NDArray[np.int64]

COUNT_KEYS = ("month", "family", "department", "grade", "tenure", "age", "contract")
EVENTS = (*(str(cause) for cause in CAUSES), "unknown")
_AGE_EDGES = (55.0, 60.0, 65.0, 67.0)
_OPEN_AGE_MEAN = 2.2
"""Years beyond 67 of people of the open top band: they go at some 45% a year (`def_retire_67_plus`
and resignations together), so the time since 67 is about exponential with this mean."""
_DAYS_PER_YEAR = 365.25
_GOLDEN = 0.6180339887498949
_UNKNOWN_AGE = len(AGE_BANDS) - 1


def fold_counts(spells: Spells, window: Window, parts: Parts) -> pd.DataFrame:
    """Count exposure and leavers by cell and month.

    Args:
        spells: Stretches of employment.
        window: Days on which leaving was observable; nothing outside counts.
        parts: Output of `parts_seen`.

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
    cells = Steps(len(kept), len(AGE_BANDS), window, window.by_month())
    cells.add((np.cumsum(present, dtype=np.int32) - 1)[group][parts.row], parts)
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


def parts_seen(spells: Spells, window: Window) -> Parts:
    """Return what lies in the window, cut where people pass from one age band to the next.

    Args:
        spells: Stretches of employment.
        window: Days on which leaving was observable.
    """
    start = since(np.maximum(spells.start, spells.seen_from), window)
    stop = np.minimum(since(spells.end, window) + 1, window.days)
    np.maximum(start, 0, out=start)
    seen = np.flatnonzero(start < stop)
    age = spells.age.astype(np.int8)
    gone = spells.last & (spells.end <= window.last_day)
    cause = np.where(gone, spells.cause, NO_CAUSE).astype(np.int8)
    row = np.arange(len(spells), dtype=np.int32)
    parts = Parts(row, age, since(spells.service_start, window), start, stop, cause)
    # Only people over 55 have been in another age band before.
    aged = (age[seen] > 0) & (age[seen] < _UNKNOWN_AGE)
    cut = _cut_by_age(parts.take(seen[aged]), window)
    return Parts.joined((parts.take(seen[~aged]), *cut), window)


def _cut_by_age(parts: Parts, window: Window) -> list[Parts]:
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
    out: list[Parts] = []
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
