"""Pasts of counts whose truth about resigning is known, for the tests of candidates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
from history_frames import Tables, people
from numpy.typing import NDArray

from workforce.assurance.past import Past, Standpoint
from workforce.assurance.series import Observed
from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS, TENURE_EDGES_MONTHS
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.domain.months import first_day
from workforce.history import History, build_history

FAMILIES = tuple(str(family) for family in DIGITAL_FAMILIES)
AS_OF = 2026 * 12 + 2
MONTHS = 60
Truth = Callable[[int, int, int], float]
"""Annual rate by place of family, grade band and tenure band."""


def past(truth: Truth, *, heads: int, seed: int = 1, years: int = 4) -> Past:
    """Return five years of resignations of the same number of people in every cell.

    Args:
        truth: Annual rate of each cell; years do not differ.
        heads: People in each of the 96 cells of family, grade and tenure.
        seed: Seed of the counts.
        years: Standpoints, a year apart.
    """
    rng = np.random.default_rng(seed)
    shape = (len(FAMILIES), len(GRADE_BANDS), len(TENURE_BANDS))
    rate = np.array([truth(*place) for place in np.ndindex(*shape)]).reshape(shape) / 12
    events = rng.poisson(heads * rate, size=(MONTHS, *shape)).astype(float)
    standpoints = [
        Standpoint(_last_day(month), _history(events, heads, month), _nothing())
        for month in range(AS_OF - 12 * years, AS_OF, 12)
    ]
    return Past(FAMILIES, _nothing(), False, tuple(standpoints), _history(events, heads, AS_OF))


def another_future(found: Past, month: int) -> Past:
    """Return a past in which everybody resigned three times as often after a month."""
    counts = found.today.counts
    later = (counts["month"] > month).to_numpy()
    voluntary = np.where(later, 3 * counts["voluntary"].to_numpy(), counts["voluntary"].to_numpy())
    today = _with_counts(found.today, counts.assign(voluntary=voluntary))
    standpoints = tuple(
        Standpoint(each.day, _known(today, each.history), each.known) for each in found.standpoints
    )
    return Past(found.families, found.seen, found.yearly, standpoints, today)


def _known(today: History, then: History) -> History:
    return _with_counts(then, today.counts[today.counts["month"] <= then.as_of])


def _last_day(month: int) -> date:
    return first_day(month + 1) - timedelta(days=1)


def _nothing() -> Observed:
    return Observed(AS_OF, (*FAMILIES, "all"), {}, np.zeros((len(FAMILIES) + 1, 1)))


def _history(events: NDArray[np.float64], heads: int, as_of: int) -> History:
    """Return counts up to a month; the people in post are one of each cell's tenure."""
    first = AS_OF - MONTHS + 1
    day = _last_day(as_of)
    rows = [
        {
            "family": family,
            "grade_band": str(grade),
            "start_date": (day - timedelta(days=31 * (edge + 3))).isoformat(),
        }
        for family in FAMILIES
        for grade in GRADE_BANDS
        for edge in TENURE_EDGES_MONTHS
    ]
    window = (first_day(first), day)
    history = build_history(Tables(people(*rows), as_of=day, window=window))
    known = events[: as_of - first + 1]
    m, f, g, t = np.indices(known.shape).reshape(4, -1)
    counts = pd.DataFrame({name: history.counts[name].iloc[0] for name in history.counts.columns},
                          index=range(known.size))  # fmt: skip
    counts = counts.assign(
        month=first + m,
        family=np.array(FAMILIES)[f],
        grade=np.array([str(each) for each in GRADE_BANDS])[g],
        tenure=np.array(TENURE_BANDS)[t],
        exposure=float(heads),
        voluntary=known.ravel(),
    )
    return _with_counts(history, counts)


def _with_counts(history: History, counts: pd.DataFrame) -> History:
    return replace(history, counts=counts)
