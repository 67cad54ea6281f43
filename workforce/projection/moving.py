"""Moves between families: who wishes to go where in which month, and who finds a vacancy there."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.projection.roster import NOBODY, Roster, serve
from workforce.projection.streams import numbers_at

__all__ = ["Moving"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_WISH: Final = 6000
"""Channel of the first wish of a stretch of service; the next ones follow in twos."""


class Moving:
    """Wishes to move are a Poisson process; each is granted where a vacancy stands that month.

    A wish falls in a month after that month's leaving, so it counts for those still there. Who
    finds no vacancy stays, with the same leaving as before, and may wish again from the next month.
    """

    def __init__(
        self, roster: Roster, hazard: FloatArray, where: IndexArray, time: FloatArray
    ) -> None:
        """Take the first wishes of the opening stock.

        Args:
            roster: The people.
            hazard: Hazards per person-month from family to family, shape (F, F, D).
            where: Who of the opening stock has a wish within the horizon, person x D + draw.
            time: When it comes.
        """
        self._roster = roster
        self._total = hazard.sum(axis=1)
        total = np.where(self._total > 0, self._total, 1.0)
        self._edges = np.cumsum(hazard, axis=1) / total[:, None]
        month = time.astype(np.intp)
        order = np.argsort(month, kind="stable")
        self._where, self._time = where[order], time[order]
        self._bounds = np.searchsorted(month[order], np.arange(roster.months + 1))
        self._due: dict[int, list[IndexArray]] = {}

    def first_wish(self, place: NDArray[np.uint64], cell: IndexArray, month: int) -> FloatArray:
        """Return when people who joined in a month first wish to move; cell = family x D + draw."""
        return self._wait(numbers_at(place, _WISH), cell, month)

    def _wait(self, uniform: FloatArray, cell: IndexArray, month: int) -> FloatArray:
        with np.errstate(divide="ignore"):
            time: FloatArray = month - np.log(uniform) / self._total.reshape(-1)[cell]
        return time

    def expect(self, rows: IndexArray, month: int) -> None:
        """Draw the next wish of people, from the end of a month on."""
        roster = self._roster
        uniform = np.empty(rows.size)
        count = roster.take("wishes", rows)
        for number in np.unique(count):
            some = np.flatnonzero(count == number)
            uniform[some] = roster.numbers(rows[some], _WISH + 2 * int(number))
        cell = roster.take("family", rows) * roster.draws + roster.take("draw", rows)
        self.remember(rows, self._wait(uniform, cell, month))

    def remember(self, rows: IndexArray, time: FloatArray) -> None:
        """Put down when people next wish to move."""
        self._roster["wish"][rows] = time
        inside = np.flatnonzero(time < self._roster.months)
        when = time[inside].astype(np.intp)
        for each in np.unique(when):
            self._due.setdefault(int(each), []).append(rows[inside[when == each]])

    def move(self, month: int, free: FloatArray) -> tuple[IndexArray, IndexArray]:
        """Grant the month's wishes where a vacancy stands.

        Args:
            month: The month, whose leavers have gone.
            free: Vacant FTE, shape (F, D); changed by those who move.

        Returns:
            Rows of those who moved, and the families they came from.
        """
        roster = self._roster
        rows = self._wishing(month)
        if not rows.size:
            return NOBODY, NOBODY
        roster["wishes"][rows] += 1
        busy = roster["busy"][rows]
        self.expect(rows[busy], month)
        rows = rows[~busy]
        rows = rows[np.lexsort((roster["wish"][rows], roster["draw"][rows]))]
        source, draw = roster.take("family", rows), roster.take("draw", rows)
        target = self._target(rows, source, draw)
        found = serve(draw, source, target, roster["fte"][rows], free)
        roster.transfer(rows[found], target[found], month)
        self.expect(rows, month)
        return rows[found], source[found]

    def _wishing(self, month: int) -> IndexArray:
        roster = self._roster
        span = slice(self._bounds[month - 1], self._bounds[month])
        where, time = self._where[span], self._time[span]
        here = roster.there(where, month)
        fresh = roster.enter(where[here])
        roster["wish"][fresh] = time[here]
        rows = np.concatenate((fresh, *self._due.pop(month - 1, [])))
        # What was drawn in an earlier stretch of service does not count any more.
        wish = roster["wish"][rows]
        rows = rows[(wish >= month - 1) & (wish < month) & roster.present(rows, month)]
        return np.unique(rows)

    def _target(self, rows: IndexArray, source: IndexArray, draw: IndexArray) -> IndexArray:
        place = np.empty(rows.size)
        count = self._roster.take("wishes", rows) - 1
        for number in np.unique(count):
            some = np.flatnonzero(count == number)
            place[some] = self._roster.numbers(rows[some], _WISH + 1 + 2 * int(number))
        edges = self._edges[source, :, draw]
        target: IndexArray = np.minimum((place[:, None] >= edges).sum(axis=1), edges.shape[1] - 1)
        return target
