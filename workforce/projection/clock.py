"""When people would resign with nothing done, found by inverting their cumulative hazard.

Time is counted in months after the opening month: month m is the interval [m - 1, m). Somebody in
post at the end of month s with tenure k is exposed in month m with tenure k + m - s - 1: leaving
comes before ageing. With hazards constant inside a month this is the same as leaving in a month
with probability 1 - exp(-hazard).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import TENURE_EDGES_MONTHS
from workforce.projection.hazards import NEVER, Drawn
from workforce.projection.streams import row_and_draw

__all__ = ["Clock", "Group"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_EDGES: Final = np.array([*TENURE_EDGES_MONTHS[1:], np.iinfo(np.int32).max], dtype=np.intp)
# People x draws worked on at once, so that the intermediate arrays stay in the processor's cache.
_TILE: Final = 65_536


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


class Clock:
    """Times of resigning under today's hazards, which all scenarios share.

    Along a tenure band the hazard is v x m(t), with m = season x shock the same for everybody. So
    the cumulative hazard is v x (M(t) - M(s)) with M tabulated once a draw, and the work is in
    proportion to people instead of people x months.
    """

    def __init__(self, drawn: Drawn) -> None:
        """Tabulate M.

        Args:
            drawn: Parameters of D draws over T months.
        """
        self.months, self.draws = drawn.calendar.shape
        self._hazard = drawn.voluntary
        self._sum = np.zeros((self.months + 1, self.draws))
        np.cumsum(drawn.calendar, axis=0, out=self._sum[1:])
        self._flat = self._sum.reshape(-1)
        # A grid of equal steps of M with the first month that may hold a value of the step: steps
        # are half a mean month wide, so that a search is rarely more than one month short.
        self._steps = 2 * self.months
        total = self._sum[-1]
        self._scale = np.divide(self._steps, total, out=np.zeros_like(total), where=total > 0)
        step = np.minimum((self._sum[1:] * self._scale).astype(np.intp), self._steps)
        ends = np.bincount(
            (step * self.draws + np.arange(self.draws)).reshape(-1),
            minlength=(self._steps + 1) * self.draws,
        ).reshape(self._steps + 1, self.draws)
        self._first = (np.cumsum(ends, axis=0) - ends).astype(np.int16).reshape(-1)

    def stock(
        self,
        threshold: NDArray[np.float32],
        family: IndexArray,
        grade: IndexArray,
        tenure: IndexArray,
    ) -> tuple[IndexArray, FloatArray, FloatArray]:
        """Return who of those in post at the opening month resigns within the horizon.

        Args:
            threshold: Unit exponentials, shape (N, D).
            family: Family index, shape (N,).
            grade: Grade band index, shape (N,).
            tenure: Completed months of service, shape (N,).

        Returns:
            Person x D + draw in ascending order, time, and M at that time; shape (n,) each.
        """
        size = max(1, _TILE // self.draws)
        found = [
            self._stock_rows(threshold[first : first + size], family, grade, tenure, first)
            for first in range(0, len(threshold), size)
        ]
        if not found:
            return np.empty(0, dtype=np.intp), np.empty(0), np.empty(0)
        where, time, reached = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.argsort(where)
        return where[order], time[order], reached[order]

    def _stock_rows(
        self,
        threshold: NDArray[np.float32],
        family: IndexArray,
        grade: IndexArray,
        tenure: IndexArray,
        offset: int,
    ) -> tuple[IndexArray, FloatArray, FloatArray]:
        left = threshold.astype(np.float64)
        rows = np.arange(offset, offset + len(left))
        begin = np.zeros(len(left), dtype=np.intp)
        band = np.searchsorted(_EDGES, tenure[rows], side="right")
        found: list[tuple[IndexArray, FloatArray, FloatArray]] = []
        while rows.size:
            end = np.minimum(_EDGES[band] - tenure[rows], self.months)
            hazard = self._hazard[family[rows], grade[rows], band]
            start = self._sum[begin]
            passed = (self._sum[end] - start) * hazard
            hits = np.flatnonzero(left < passed)
            row, draw = row_and_draw(hits, self.draws)
            reached = start.reshape(-1)[hits] + left.reshape(-1)[hits] / hazard.reshape(-1)[hits]
            time = self._locate(draw, begin[row], end[row], reached)
            found.append((rows[row] * self.draws + draw, time, reached))
            left -= passed
            left.reshape(-1)[hits] = NEVER
            on = np.flatnonzero(end < self.months)
            rows, begin, band, left = rows[on], end[on], band[on] + 1, left[on]
        where, times, sums = (np.concatenate(column) for column in zip(*found, strict=True))
        return where, times, sums

    def joiners(
        self, threshold: FloatArray, group: Group, start: int
    ) -> tuple[FloatArray, FloatArray]:
        """Return when people who join without service and without boost first resign.

        Args:
            threshold: Unit exponentials, shape (n,).
            group: The people.
            start: Month at whose end all of them are in post.

        Returns:
            As `search`.
        """
        time, sums = np.full(threshold.shape, NEVER), np.zeros(threshold.shape)
        cuts = [start, *(start + int(e) for e in _EDGES if start + e < self.months), self.months]
        if start >= self.months:
            return time, sums
        families, grades, _, draws = self._hazard.shape
        # The cumulative hazard of each family, grade and draw at the ends of the tenure bands.
        table = np.zeros((len(cuts), families, grades, draws))
        for k in range(len(cuts) - 1):
            passed = self._sum[cuts[k + 1]] - self._sum[cuts[k]]
            np.multiply(self._hazard[:, :, k], passed, out=table[k + 1])
            table[k + 1] += table[k]
        ends = table.reshape(len(cuts), -1)
        kind = group.family * grades + group.grade
        cell = kind * draws + group.draw
        hits = np.flatnonzero(threshold < ends[-1][cell])
        cell, draw, left = cell[hits], group.draw[hits], threshold[hits]
        band = np.zeros(hits.size, dtype=np.intp)
        for reached in ends[1:-1]:
            band += left >= reached[cell]
        left -= ends[band, cell]
        where = (kind[hits] * self._hazard.shape[2] + band) * draws + draw
        months = np.array(cuts)
        begin, last = months[band], months[band + 1]
        target = self._flat[begin * draws + draw] + left / self._hazard.reshape(-1)[where]
        time[hits] = self._locate(draw, begin, last, target)
        sums[hits] = target
        return time, sums

    def search(
        self, threshold: FloatArray, group: Group, month: IndexArray, reached: FloatArray | None
    ) -> tuple[FloatArray, FloatArray]:
        """Return when people resign next.

        Args:
            threshold: Unit exponentials, shape (n,).
            group: The people.
            month: Completed months from which on they are exposed, shape (n,).
            reached: M at the moment from which on they are exposed, if that is inside a month.

        Returns:
            Time, `inf` where they stay to the end, and M at that time; shape (n,) each.
        """
        grades, bands = self._hazard.shape[1:3]
        time, sums = np.full(threshold.shape, NEVER), np.zeros(threshold.shape)
        cell = (group.family * grades + group.grade) * (bands * self.draws) + group.draw
        if reached is None:
            reached = self._flat[month * self.draws + group.draw]
        rows, left = np.arange(threshold.size), threshold
        while rows.size:
            draw, origin = group.draw[rows], group.origin[rows]
            band = np.searchsorted(_EDGES, month - origin, side="right")
            end = np.minimum(origin + _EDGES[band], self.months)
            hazard = self._hazard.reshape(-1)[cell[rows] + band * self.draws]
            if group.boost is not None:
                until = group.until if isinstance(group.until, int) else group.until[rows]
                boosted = month < until
                end = np.where(boosted, np.minimum(end, until), end)
                hazard = np.where(boosted, hazard * group.boost[rows], hazard)
            top = self._flat[end * self.draws + draw]
            passed = hazard * (top - reached)
            leaves = left < passed
            hits = np.flatnonzero(leaves)
            target = reached[hits] + left[hits] / hazard[hits]
            time[rows[hits]] = self._locate(draw[hits], month[hits], end[hits], target)
            sums[rows[hits]] = target
            on = np.flatnonzero(~leaves & (end < self.months))
            rows, left, month, reached = rows[on], left[on] - passed[on], end[on], top[on]
        return time, sums

    def _locate(
        self, draw: IndexArray, first: IndexArray, last: IndexArray, target: FloatArray
    ) -> FloatArray:
        """Return the time between two months at which M is `target`."""
        step = np.minimum((target * self._scale[draw]).astype(np.intp), self._steps)
        month = np.minimum(self._first[step * self.draws + draw].astype(np.intp), self.months - 1)
        # Most are where they belong already; the others are a month or two short.
        top = self._flat[(month + 1) * self.draws + draw]
        ask = np.flatnonzero((top < target) & (month < self.months - 1))
        while ask.size:
            month[ask] += 1
            top[ask] = self._flat[(month[ask] + 1) * self.draws + draw[ask]]
            ask = ask[(top[ask] < target[ask]) & (month[ask] < self.months - 1)]
        # Rounding may put the last value of a segment a hair's breadth behind its end.
        inside = np.minimum(np.maximum(month, first), last - 1)
        moved = np.flatnonzero(inside != month)
        month[moved] = inside[moved]
        top[moved] = self._flat[(month[moved] + 1) * self.draws + draw[moved]]
        begin = self._flat[month * self.draws + draw]
        # A month in which nothing adds up is only met by rounding; its length plays no part then.
        share = (target - begin) / np.maximum(top - begin, 1e-300)
        time: FloatArray = month + np.minimum(np.maximum(share, 0.0), 1.0 - 1e-9)
        return time
