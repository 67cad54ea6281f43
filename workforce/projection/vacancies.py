"""Funded posts, vacancies with their age, and the hires that fill them.

Vacancies are FTE, hires are people: v FTE vacant is floor(v / FTE of a starter) openings, and the
fraction waits. An opening carries its age and is filled by a hazard that depends on it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workforce.domain.opening import Opening
from workforce.domain.plan import Demand, Hiring, PlannedEvent
from workforce.domain.rates import FillRates
from workforce.projection.filling import fill_times
from workforce.projection.hazards import Drawn
from workforce.projection.streams import Lookup, Streams

__all__ = [
    "SLACK",
    "OpeningQueue",
    "capacity",
    "entries",
    "establishment_path",
    "frozen",
    "opening_ages",
    "openings_of",
    "rank_within",
    "reserved_path",
    "stationary_ages",
    "whole_people",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_GONE = np.inf
_NOT_IN_TIME = 1e18
# Openings of the opening month are told from later ones by their age.
_BEFORE = 1000
SLACK = 1e-6
"""FTE: sums are exact to far better than this; a post must not vanish in the last decimal."""


def establishment_path(
    start_fte: FloatArray,
    families: Sequence[str],
    demand: Demand,
    as_of: int,
    months: int,
    events: Sequence[PlannedEvent] = (),
) -> FloatArray:
    """Return funded posts by family and month, shape (F, T).

    E(t) = E(t - 1) x (1 + growth)^(1/12) + dated changes and events of month t, never below 0.

    Args:
        start_fte: Establishment at the opening month, shape (F,).
        families: F families.
        demand: Growth and dated changes; those of other families or past months do nothing.
        as_of: Opening month index.
        months: Months projected T.
        events: Planned events, for the posts that go or come with them.
    """
    path = np.empty((len(families), months))
    for row, name in enumerate(families):
        factor = (1.0 + demand.growth(name)) ** (1.0 / 12.0)
        steps = np.zeros(months)
        for change in demand.changes:
            if change.family == name and 1 <= change.month - as_of <= months:
                steps[change.month - as_of - 1] += change.fte
        for event in events:
            if event.family == name and 1 <= event.month - as_of <= months:
                steps[event.month - as_of - 1] += event.posts_change
        level = float(start_fte[row])
        for month in range(months):
            level = max(level * factor + steps[month], 0.0)
            path[row, month] = level
    return path


def frozen(hiring: Hiring, as_of: int, months: int) -> NDArray[np.bool_]:
    """Return which of the projected months allow no external hires, shape (T,)."""
    ahead = as_of + np.arange(1, months + 1)
    out = np.zeros(months, dtype=bool)
    for freeze in hiring.freezes:
        out |= (ahead >= freeze.first) & (ahead <= freeze.last)
    return out


def capacity(hiring: Hiring, months: int) -> NDArray[np.int64] | None:
    """Return the most hires in each month, shape (T,), or `None` where there is no cap.

    A cap of 1.5 a month allows 1 and 2 in turn; what is not used in a month is not carried over.
    """
    if hiring.capacity_per_month is None:
        return None
    total = np.floor(hiring.capacity_per_month * np.arange(months + 1) + 1e-9)
    monthly: NDArray[np.int64] = np.diff(total).astype(np.int64)
    return monthly


def entries(counts: IndexArray) -> tuple[IndexArray, IndexArray]:
    """Return (cell, rank within the cell) of `counts` entries by cell, cells in ascending order.

    Args:
        counts: Entries by cell = family x D + draw, shape (F x D,).
    """
    busy = np.flatnonzero(counts)
    people = counts[busy]
    cell = np.repeat(busy, people)
    return cell, np.arange(cell.size) - np.repeat(np.cumsum(people) - people, people)


class OpeningQueue:
    """The openings of every family and draw, oldest first, under one plan.

    Each opening has a unit exponential as threshold; the cumulative fill hazard along its age, with
    nothing added in a freeze, reaches it at the moment of filling. Above a cap on hires the
    earliest are served first and the rest start as soon as the cap allows.
    """

    def __init__(
        self,
        fill: FillRates,
        drawn: Drawn,
        numbers: Lookup,
        hiring: Hiring,
        opening: Opening,
        months: int,
        multiplier: FloatArray | None = None,
    ) -> None:
        """Prepare an empty queue.

        Args:
            fill: Fill hazards.
            drawn: Parameters of D draws.
            numbers: Thresholds of the k-th opening of each month, shared by all scenarios.
            hiring: Speed, cap and freezes.
            opening: For the families and the opening month.
            months: Months projected T.
            multiplier: What levers make of the hazard, shape (F, T, D); `None` for nothing.
        """
        self._multiplier = multiplier
        rows = [fill.families.index(name) for name in opening.families]
        self._hazard = fill.hazard[rows] * hiring.speed
        self._factor = drawn.fill.reshape(-1)
        self._numbers = numbers
        self._months = months
        self._frozen = frozen(hiring, opening.as_of, months)
        self._capacity = capacity(hiring, months)
        self._families, self._draws = drawn.fill.shape
        self._cell = np.empty(1024, dtype=np.int32)
        self._time = np.empty(1024)
        self._size = 0
        self.count = np.zeros(self._families * self._draws, dtype=np.intp)

    def start(self, by_age: NDArray[np.int64]) -> None:
        """Put in the openings of the opening month.

        Args:
            by_age: People by family, age in months and draw, shape (F, V, D).
        """
        for age in range(by_age.shape[1] - 1, -1, -1):
            self._append(by_age[:, age].reshape(-1), month=1, age=age, event=_BEFORE + age)

    def resize(self, target: IndexArray, month: int) -> None:
        """Open new openings at age 0, or withdraw the youngest, until there are `target`.

        Args:
            target: Openings by cell, shape (F x D,).
            month: The month, from 1.
        """
        change = target - self.count
        if change.min() < 0:
            self._withdraw(np.maximum(-change, 0))
        if change.max() > 0:
            self._append(np.maximum(change, 0), month, age=0, event=month)

    def fill(self, month: int) -> IndexArray:
        """Fill what is due in a month and return the hires by cell, shape (F x D,)."""
        if self._frozen[month - 1]:
            return np.zeros(self.count.size, dtype=np.intp)
        due = np.flatnonzero(self._time[: self._size] < month)
        if self._capacity is not None:
            due = self._earliest(due, int(self._capacity[month - 1]))
        hires = np.bincount(self._cell[due], minlength=self.count.size)
        self._time[due] = _GONE
        self.count -= hires
        return hires

    def _earliest(self, due: IndexArray, most: int) -> IndexArray:
        draw = self._cell[due].astype(np.intp) % self._draws
        order = np.lexsort((self._time[due], draw))
        return due[order][rank_within(draw[order]) < most]

    def _withdraw(self, excess: IndexArray) -> None:
        # The queue is in order of birth, so going backwards meets the youngest first.
        cells, times = self._cell[: self._size], self._time[: self._size]
        alive = np.flatnonzero((excess[cells] > 0) & (times < _GONE))[::-1]
        alive = alive[np.argsort(cells[alive], kind="stable")]
        cell = cells[alive].astype(np.intp)
        times[alive[rank_within(cell) < excess[cell]]] = _GONE
        self.count -= excess

    def _append(self, counts: IndexArray, month: int, *, age: int, event: int) -> None:
        cell, rank = entries(counts)
        if not cell.size:
            return
        need = -np.log(self._numbers.uniforms(cell, event, rank, 0)) / self._factor[cell]
        first = self._room(cell.size)
        self._cell[first : self._size] = cell
        time = self._time[first : self._size]
        bounds = np.zeros(self._families + 1, dtype=np.intp)
        np.cumsum(counts.reshape(self._families, self._draws).sum(axis=1), out=bounds[1:])
        moments = np.arange(month - 1, self._months + 1, dtype=np.float64)
        ages = np.minimum(age + np.arange(self._months - month + 1), self._hazard.shape[1] - 1)
        for row in range(self._families):
            part = slice(bounds[row], bounds[row + 1])
            steps = np.where(self._frozen[month - 1 :], 0.0, self._hazard[row, ages])
            if self._multiplier is not None:
                found = fill_times(
                    steps,
                    self._multiplier[row, month - 1 :],
                    need[part],
                    cell[part] % self._draws,
                    month,
                )
                time[part] = np.minimum(found, _NOT_IN_TIME)
                continue
            reached = np.concatenate(([0.0], np.cumsum(steps)))
            # The end of the horizon is not inside it.
            late = need[part] >= reached[-1]
            time[part] = np.interp(need[part], reached, moments)
            time[part][late] = _NOT_IN_TIME
        self.count += counts

    def _room(self, entries: int) -> int:
        """Make room at the end for new entries and return where they begin."""
        if self._size + entries > self._time.size:
            alive = np.flatnonzero(self._time[: self._size] < _GONE)
            size = max(self._time.size, 2 * (alive.size + entries))
            cell, time = np.empty(size, dtype=np.int32), np.empty(size)
            cell[: alive.size] = self._cell[alive]
            time[: alive.size] = self._time[alive]
            self._cell, self._time, self._size = cell, time, alive.size
        first = self._size
        self._size += entries
        return first


def rank_within(grouped: IndexArray) -> IndexArray:
    """Return the position of each entry within its run of equal values."""
    if not grouped.size:
        return grouped
    starts = np.flatnonzero(np.diff(grouped, prepend=grouped[0] - 1))
    lengths = np.diff(np.append(starts, grouped.size))
    return np.arange(grouped.size) - np.repeat(starts, lengths)


def openings_of(free_fte: FloatArray, starter_fte: FloatArray) -> IndexArray:
    """Return whole openings: floor(vacant FTE / FTE of a starter), at least 0.

    Args:
        free_fte: Vacant FTE, shape (F, D).
        starter_fte: Mean FTE of a starter, shape (F,).
    """
    people = np.floor((np.maximum(free_fte, 0.0) + SLACK) / starter_fte[:, None])
    return people.astype(np.intp)


def opening_ages(
    opening: Opening, fill: FillRates, free_fte: FloatArray, streams: Streams
) -> NDArray[np.int64]:
    """Return the openings at the start by age.

    Args:
        opening: The opening position.
        fill: Fill hazards.
        free_fte: Vacant FTE at the opening month that is open to recruitment, shape (F,).
        streams: Random numbers of D draws.

    Returns:
        People, shape (F, V, D). As given, where ages are known; otherwise every opening's age is
        drawn from the stationary distribution under the fill hazards, P(age) ~ exp(-H(age)).
    """
    if opening.open_vacancies.shape[1]:
        return np.repeat(opening.open_vacancies[:, :, None], streams.draws, axis=2)
    rows = [fill.families.index(name) for name in opening.families]
    shares = stationary_ages(fill.hazard[rows])
    oldest = shares.shape[1]
    people = openings_of(free_fte[:, None], opening.starter_fte)[:, 0]
    out = np.zeros((len(rows), oldest, streams.draws), dtype=np.int64)
    for row, name in enumerate(opening.families):
        if not people[row]:
            continue
        edges = np.cumsum(shares[row])
        place = streams.uniforms(f"opening/age/{name}", int(people[row]))
        age = np.minimum(np.searchsorted(edges, place, side="right"), oldest - 1)
        np.add.at(out[row], (age, np.arange(streams.draws)[None, :]), 1)
    return out


def stationary_ages(hazard: FloatArray) -> FloatArray:
    """Return the shares of openings of each age where as many open as are filled.

    Args:
        hazard: Fill hazard by age in months, shape (F, V).

    Returns:
        P(age) ~ exp(-H(age)), shape (F, max(24, V)); rows sum to 1.
    """
    oldest = max(24, hazard.shape[1])
    by_age = hazard[:, np.minimum(np.arange(oldest), hazard.shape[1] - 1)]
    lived = np.exp(-(np.cumsum(by_age, axis=1) - by_age))
    shares: FloatArray = lived / lived.sum(axis=1, keepdims=True)
    return shares


def whole_people(free_fte: FloatArray, each_fte: float) -> IndexArray:
    """Return how many people of `each_fte` fit into the vacant FTE, at least 0, same shape."""
    return np.floor((np.maximum(free_fte, 0.0) + SLACK) / each_fte).astype(np.intp)


def reserved_path(opening: Opening, months: int) -> FloatArray:
    """Return FTE promised to known starters who arrive in a month or later, shape (F, T)."""
    out = np.zeros((len(opening.families), months))
    for starter in opening.starters:
        if starter.family in opening.families:
            arrives = max(1, starter.month - opening.as_of)
            out[opening.families.index(starter.family), : min(arrives, months)] += starter.fte
    return out
