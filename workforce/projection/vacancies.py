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
from workforce.projection.streams import Streams

__all__ = [
    "SLACK",
    "capacity",
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
        cell = age * streams.draws + np.arange(streams.draws)
        out[row] = np.bincount(cell.reshape(-1), minlength=out[row].size).reshape(oldest, -1)
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
