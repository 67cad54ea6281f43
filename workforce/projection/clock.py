"""Hazards as tables: what adds up month by month in every draw, laid out draw by draw.

Time is counted in months after the opening month: month m is the interval [m - 1, m). Somebody in
post at the end of month s with tenure k is exposed in month m with tenure k + m - s - 1: leaving
comes before ageing. With hazards constant inside a month this is the same as leaving in a month
with probability 1 - exp(-hazard).
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import TENURE_EDGES_MONTHS
from workforce.projection.hazards import Drawn

__all__ = ["Clock", "Group", "Others", "Today"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_EDGES: Final = np.array(TENURE_EDGES_MONTHS[1:], dtype=np.intp)
_BAND: Final = np.searchsorted(_EDGES, np.arange(_EDGES[-1] + 1), side="right").astype(np.int64)

# What is less likely than that could not be told from 0 once it is multiplied a few times.
_TINY: Final = 1e-250


@dataclass(frozen=True, slots=True)
class Group:
    """People one by one, each in a draw of their own.

    Attributes:
        family: Family index, shape (n,).
        grade: Grade band index, shape (n,).
        draw: Draw index, shape (n,).
        origin: Month at whose end their tenure is, or would have been, 0; shape (n,).
        boost: Ratio on their hazard up to month `until`, shape (n,), or none.
        until: Last month of the boost, one for all or shape (n,).
    """

    family: IndexArray
    grade: IndexArray
    draw: IndexArray
    origin: IndexArray
    boost: FloatArray | None = None
    until: int | IndexArray = 0

    def some(self, which: IndexArray) -> "Group":
        """Return some of the people."""
        return Group(
            self.family[which],
            self.grade[which],
            self.draw[which],
            self.origin[which],
            None if self.boost is None else self.boost[which],
            self.until if isinstance(self.until, int) else self.until[which],
        )


class Today(NamedTuple):
    """Hazards of resigning with nothing done.

    Attributes:
        spent: Season x year shock added up from the opening month on, M, shape (D, T + 1).
        hazard: Hazards per person-month before season and shock, shape (D, F, G, B).
        highest: The highest of them in a family, shape (D, F).
        stay: Chance to stay to the end of the horizon at the highest, 0 for a tiny one, (D, F).
        band: Tenure band by completed months of service, the last for all longer ones.
    """

    spent: FloatArray
    hazard: FloatArray
    highest: FloatArray
    stay: FloatArray
    band: NDArray[np.int64]


class Others(NamedTuple):
    """Hazards of the causes that are the same for everybody whose age is not known.

    Attributes:
        total: Retirement at unknown age, end of contract and other exits together, shape (D,).
        stay: Chance that none of them happens within the horizon, 0 for a tiny one, shape (D,).
        last: What the clock of good and bad years shows at its end, shape (D,).
        until: Share of the first, and of the first two, in it, shape (D, 2).
        starts: What the clock of good and bad years shows at the start of a year, shape (D, Y).
        factors: How fast it runs in that year; the last one goes on, shape (D, Y).
    """

    total: FloatArray
    stay: FloatArray
    last: FloatArray
    until: FloatArray
    starts: FloatArray
    factors: FloatArray


class Clock:
    """Tables of D draws over T months, which all scenarios share.

    Along a tenure band the hazard is v x m(t), with m = season x shock the same for everybody. So
    the cumulative hazard is v x (M(t) - M(s)) with M tabulated once a draw, and the work is in
    proportion to people instead of people x months.

    Attributes:
        months: T.
        draws: D.
        today: For resigning.
        others: For other causes of people whose age is not known.
    """

    def __init__(self, drawn: Drawn) -> None:
        """Tabulate.

        Args:
            drawn: Parameters.
        """
        self.months, self.draws = drawn.calendar.shape
        spent = np.zeros((self.draws, self.months + 1))
        np.cumsum(drawn.calendar.T, axis=1, out=spent[:, 1:])
        hazard = np.ascontiguousarray(np.moveaxis(drawn.voluntary, -1, 0))
        highest = hazard.max(axis=(2, 3))
        last = spent[:, -1]
        stay = _stay(highest * last[:, None])
        self.today = Today(spent, hazard, highest, stay, _BAND)
        parts = drawn.newcomer
        total = parts.sum(axis=0)
        until = np.cumsum(parts[:2], axis=0) / np.where(total > 0, total, 1.0)
        if drawn.pace is None:
            starts, factors = np.zeros((self.draws, 1)), np.ones((self.draws, 1))
        else:
            starts, factors = drawn.pace.years
        shown = np.array(drawn.spent(float(self.months), np.arange(self.draws)))
        until = np.ascontiguousarray(until.T)
        self.others = Others(total, _stay(total * shown), shown, until, starts, factors)


def _stay(passed: FloatArray) -> FloatArray:
    """Return exp(-passed), 0 where it is tiny, same shape."""
    stay = np.exp(-passed)
    return np.where(stay < _TINY, 0.0, stay)
