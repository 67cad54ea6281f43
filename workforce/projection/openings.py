"""The queue of openings: each with the moment at which it is filled, oldest first."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.opening import Opening
from workforce.domain.plan import Hiring
from workforce.domain.rates import FillRates
from workforce.projection.hazards import Drawn
from workforce.projection.native import EVENT, RANK, compiled, number
from workforce.projection.posts import Holders
from workforce.projection.streams import Lookup
from workforce.projection.vacancies import capacity, frozen, rank_within

__all__ = ["OpeningQueue", "fill_times", "steps_of"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_GONE: Final = np.inf
_NOT_IN_TIME: Final = 1e18
# Openings of the opening month are told from later ones by their age.
_BEFORE: Final = 1000


class OpeningQueue:
    """The openings of every family and draw, oldest first, under one plan.

    Each opening is for a post that is free, and whoever is hired holds that post: a vacancy that
    another plan has too is filled there at the same time by somebody alike. Its threshold is a unit
    exponential; the cumulative fill hazard along its age, with nothing added in a freeze, reaches
    it at the moment of filling. Above a cap on hires the earliest are served first and the rest
    start as soon as the cap allows.
    """

    def __init__(
        self,
        fill: FillRates,
        drawn: Drawn,
        numbers: Lookup,
        holders: Holders,
        hiring: Hiring,
        opening: Opening,
        months: int,
        multiplier: FloatArray | None = None,
    ) -> None:
        """Prepare an empty queue.

        Args:
            fill: Fill hazards.
            drawn: Parameters of D draws.
            numbers: Thresholds of an opening of a post in a month, shared by all scenarios.
            holders: Which posts are free.
            hiring: Speed, cap and freezes.
            opening: For the families and the opening month.
            months: Months projected T.
            multiplier: What levers make of the hazard, shape (F, T, D); `None` for nothing.
        """
        self._multiplier = np.ones((0, 0, 0)) if multiplier is None else multiplier
        rows = [fill.families.index(name) for name in opening.families]
        self._hazard = fill.hazard[rows] * hiring.speed
        self._factor = drawn.fill.reshape(-1)
        self._numbers, self._holders = numbers, holders
        self._frozen = frozen(hiring, opening.as_of, months)
        self._capacity = capacity(hiring, months)
        self._draws = drawn.fill.shape[1]
        self._cell = np.empty(1024, dtype=np.int32)
        self._post = np.empty(1024, dtype=np.int32)
        self._time = np.empty(1024)
        self._size = 0
        self.count = np.zeros(drawn.fill.size, dtype=np.intp)

    def start(self, by_age: NDArray[np.int64]) -> None:
        """Put in the openings of the opening month.

        Args:
            by_age: People by family, age in months and draw, shape (F, V, D).
        """
        for age in range(by_age.shape[1] - 1, -1, -1):
            counts = np.ascontiguousarray(by_age[:, age]).reshape(-1)
            self._append(counts, month=1, age=age, event=_BEFORE + age)

    def resize(self, target: IndexArray, month: int) -> None:
        """Open new openings at age 0, or withdraw the youngest, until there are `target`.

        Args:
            target: Openings by cell, shape (F x D,).
            month: The month, from 1.
        """
        change = target - self.count
        if change.min() < 0:
            cell = np.empty(-int(np.minimum(change, 0).sum()), dtype=np.intp)
            post = np.empty_like(cell)
            _withdraw(change, self._cell, self._post, self._time, self._size, cell, post)
            self._holders.give_back(cell, post, month)
            self.count += np.minimum(change, 0)
        if change.max() > 0:
            self._append(np.maximum(change, 0), month, age=0, event=month)

    def fill(self, month: int) -> tuple[IndexArray, IndexArray]:
        """Fill what is due in a month.

        Returns:
            Family x D + draw and post of everybody who is hired, shape (n,) each.
        """
        limit = float(month)
        if self._frozen[month - 1]:
            limit = 0.0
        elif self._capacity is not None:
            self._choose(month, int(self._capacity[month - 1]))
            limit = 0.0
        hired = np.empty((2, self._size), dtype=np.intp)
        kept, number = _fill(limit, self._cell, self._post, self._time, self._size, hired)
        self._size = kept
        cell, post = hired[:, :number]
        self.count -= np.bincount(cell, minlength=self.count.size)
        return cell, post

    def _choose(self, month: int, most: int) -> None:
        """Mark with a time below 0 who is filled under the cap: the earliest of those due."""
        cell, time = self._cell[: self._size], self._time[: self._size]
        due = np.flatnonzero(time < month)
        draw = cell[due].astype(np.intp) % self._draws
        order = np.lexsort((time[due], draw))
        time[due[order][rank_within(draw[order]) < most]] = -1.0

    def _append(self, counts: IndexArray, month: int, *, age: int, event: int) -> None:
        more = int(counts.sum())
        if not more:
            return
        last = self._size + more
        if last > self._time.size:
            room = last + more
            self._cell, self._post, self._time = (
                np.concatenate((each[: self._size], np.empty(room, dtype=each.dtype)))
                for each in (self._cell, self._post, self._time)
            )
        new = slice(self._size, last)
        cell, post = self._cell[new], self._post[new]
        _list(counts, cell)
        self._holders.take_into(cell, post)
        _open(
            cell,
            post,
            self._numbers.base,
            event,
            self._factor,
            self._hazard,
            self._frozen,
            self._multiplier,
            month,
            age,
            self._time[new],
        )
        self._size = last
        self.count += counts


@compiled
def steps_of(month: int, age: int, hazard: FloatArray, stopped: NDArray[np.bool_]) -> FloatArray:
    """Return the fill hazard in each coming month of openings of one age, shape (F, T).

    Args:
        month: First month in which they can be filled, from 1; nothing stands before it.
        age: Their age in that month.
        hazard: Fill hazards by age; the last goes on, shape (F, V).
        stopped: Months without hires, shape (T,).
    """
    families, oldest = hazard.shape[0], hazard.shape[1] - 1
    steps = np.zeros((families, stopped.size))
    for family in range(families):
        for ahead in range(month - 1, stopped.size):
            if not stopped[ahead]:
                steps[family, ahead] = hazard[family, min(age + ahead - month + 1, oldest)]
    return steps


@compiled
def fill_times(
    time: FloatArray,
    cell: NDArray[np.int32],
    draws: int,
    month: int,
    steps: FloatArray,
    multiplier: FloatArray,
) -> None:
    """Find when openings are filled if no cap stands in the way.

    Args:
        time: Their thresholds, which the cumulative hazard must reach, shape (n,); replaced by
            months after the opening month, far beyond the horizon where it is not reached in it.
        cell: Family x D + draw, ascending, shape (n,).
        draws: D.
        month: First month in which they can be filled, from 1.
        steps: Hazards of their age in the coming months, as `steps_of` returns them.
        multiplier: What levers make of the hazard, shape (F, T, D), or empty for nothing.
    """
    family, first, levers = 0, 0, multiplier.size > 0
    for each in range(cell.size):
        while cell[each] >= first + draws:
            family, first = family + 1, first + draws
        left, moment = time[each], _NOT_IN_TIME
        for ahead in range(month - 1, steps.shape[1]):
            step = steps[family, ahead]
            if levers:
                step *= multiplier[family, ahead, cell[each] - first]
            if left < step:
                moment = ahead + left / step
                break
            left -= step
        time[each] = moment


@compiled
def _list(counts: IndexArray, cell: NDArray[np.int32]) -> None:
    """List each cell so many times, in ascending order."""
    found = 0
    for each in range(counts.size):
        for _ in range(counts[each]):
            cell[found] = each
            found += 1


@compiled
def _open(  # noqa: PLR0913, PLR0917 - flat arguments are what is compiled
    cell: NDArray[np.int32],
    post: NDArray[np.int32],
    base: NDArray[np.uint64],
    event: int,
    factor: FloatArray,
    hazard: FloatArray,
    stopped: NDArray[np.bool_],
    multiplier: FloatArray,
    month: int,
    age: int,
    time: FloatArray,
) -> None:
    """Find when openings are filled, which are in the order of cells."""
    steps = steps_of(month, age, hazard, stopped)
    # On its own: nobody can guess how many months are walked through below.
    for each in range(cell.size):
        place = base[cell[each]] + np.uint64(post[each]) * RANK + np.uint64(event) * EVENT
        time[each] = -math.log(number(place)) / factor[cell[each]]
    fill_times(time, cell, factor.size // hazard.shape[0], month, steps, multiplier)


@compiled
def _fill(
    limit: float,
    cell: NDArray[np.int32],
    post: NDArray[np.int32],
    time: FloatArray,
    size: int,
    hired: IndexArray,
) -> tuple[int, int]:
    """List whose openings are filled before a limit, close the ranks and count both."""
    kept, found = 0, 0
    for each in range(size):
        if time[each] < limit:
            hired[0, found], hired[1, found] = cell[each], post[each]
            found += 1
        elif time[each] != _GONE:
            cell[kept], post[kept], time[kept] = cell[each], post[each], time[each]
            kept += 1
    return kept, found


@compiled
def _withdraw(
    change: IndexArray,
    cell: NDArray[np.int32],
    post: NDArray[np.int32],
    time: FloatArray,
    size: int,
    of: IndexArray,
    which: IndexArray,
) -> None:
    """Withdraw the youngest openings of cells in which there are too many, and list them."""
    left, found = np.maximum(-change, 0), 0
    # The queue is in order of birth.
    for each in range(size - 1, -1, -1):
        if left[cell[each]] > 0 and time[each] != _GONE:
            time[each] = _GONE
            left[cell[each]] -= 1
            of[found], which[found] = cell[each], post[each]
            found += 1
