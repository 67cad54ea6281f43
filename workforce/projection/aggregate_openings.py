"""Openings by age as counts, for organisations too large to follow each of them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.opening import Opening
from workforce.domain.plan import Hiring
from workforce.domain.rates import FillRates
from workforce.projection.aggregate_counts import binomial
from workforce.projection.hazards import Drawn
from workforce.projection.streams import Streams
from workforce.projection.vacancies import capacity, frozen, openings_of, stationary_ages

__all__ = ["CountedOpenings", "counted_ages", "share_at_random"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_WAITS: Final = 24
"""Months of being held back by a cap that are told apart."""


class CountedOpenings:
    """The openings of every family and draw by age, under one plan.

    An opening of some age is filled with the same chance as where each is followed on its own. Of
    those ready above a cap on hires the ones held back longest go first.
    """

    def __init__(
        self,
        fill: FillRates,
        drawn: Drawn,
        streams: Streams,
        hiring: Hiring,
        opening: Opening,
        months: int,
        multiplier: FloatArray | None = None,
    ) -> None:
        """Prepare an empty queue.

        Args:
            fill: Fill hazards.
            drawn: Parameters of D draws.
            streams: Random numbers, shared by all scenarios.
            hiring: Speed, cap and freezes.
            opening: For the families and the opening month.
            months: Months projected T.
            multiplier: What levers make of the hazard, shape (F, T, D); `None` for nothing.
        """
        self._multiplier = multiplier
        rows = [fill.families.index(name) for name in opening.families]
        self._hazard = fill.hazard[rows] * hiring.speed
        self._factor = drawn.fill
        self._streams = streams
        self._frozen = frozen(hiring, opening.as_of, months)
        self._capacity = capacity(hiring, months)
        families, draws = drawn.fill.shape
        self._open = np.zeros((families, self._hazard.shape[1], draws), dtype=np.int64)
        self._ready = np.zeros((families, _WAITS, draws), dtype=np.int64)

    @property
    def count(self) -> IntArray:
        """Openings by cell = family x D + draw, shape (F x D,)."""
        total: IntArray = (self._open.sum(axis=1) + self._ready.sum(axis=1)).reshape(-1)
        return total

    def start(self, by_age: IntArray) -> None:
        """Put in the openings of the opening month.

        Args:
            by_age: People by family, age in months and draw, shape (F, V, D).
        """
        kept = min(by_age.shape[1], self._open.shape[1])
        self._open[:, :kept] += by_age[:, :kept]
        self._open[:, -1] += by_age[:, kept:].sum(axis=1)

    def resize(self, target: IntArray, month: int) -> None:
        """Open new openings at age 0, or withdraw the youngest, until there are `target`.

        Args:
            target: Openings by cell, shape (F x D,).
            month: The month, from 1.
        """
        change = (target - self.count).reshape(len(self._open), -1)
        excess = np.maximum(-change, 0)
        if excess.any():
            # Those already found a candidate go last.
            for queue in (self._open, self._ready):
                younger = np.cumsum(queue, axis=1) - queue
                taken = np.clip(excess[:, None] - younger, 0, queue)
                np.subtract(queue, taken, out=queue)
                excess = excess - taken.sum(axis=1)
        self._open[:, 0] += np.maximum(change, 0)

    def fill(self, month: int) -> IntArray:
        """Fill what is due in a month and return the hires by cell, shape (F x D,)."""
        families, _, draws = self._open.shape
        hires = np.zeros((families, draws), dtype=np.int64)
        if not self._frozen[month - 1]:
            self._ready[:, 0] += self._due(month)
            hires = self._serve(month)
        # Whoever waits longest stands in the last column, as do the oldest openings.
        for queue in (self._open, self._ready):
            oldest = queue[:, -1].copy()
            queue[:, 1:] = queue[:, :-1].copy()
            queue[:, 0] = 0
            queue[:, -1] += oldest
        return hires.reshape(-1)

    def _serve(self, month: int) -> IntArray:
        """Hire those ready, at most as many as the cap allows, longest held back first."""
        if self._capacity is None:
            hires: IntArray = self._ready.sum(axis=1)
            self._ready[:] = 0
            return hires
        families, waits, draws = self._ready.shape
        most = np.full(draws, self._capacity[month - 1])
        z = self._streams.normals(f"aggregate/cap/{month}", families)
        hires = np.zeros((families, draws), dtype=np.int64)
        for wait in range(waits - 1, -1, -1):
            if not self._ready[:, wait].any():
                continue
            served = share_at_random(self._ready[:, wait], most, z)
            self._ready[:, wait] -= served
            most = most - served.sum(axis=0)
            hires += served
        return hires

    def _due(self, month: int) -> IntArray:
        families, ages, draws = self._open.shape
        z = self._streams.normals(f"aggregate/fill/{month}", families * ages)
        factor = self._factor
        if self._multiplier is not None:
            factor = factor * self._multiplier[:, month - 1]
        chance = -np.expm1(-self._hazard[:, :, None] * factor[:, None, :])
        due = binomial(self._open, chance, z.reshape(families, ages, draws))
        self._open -= due
        total: IntArray = due.sum(axis=1)
        return total


def share_at_random(wanted: IntArray, most: IntArray, z: FloatArray) -> IntArray:
    """Choose some out of groups at random, all alike.

    Group by group a hypergeometric number, taken from its mean and variance.

    Args:
        wanted: Sizes of the groups, shape (n, D).
        most: How many are chosen, shape (D,).
        z: Standard normals, shape (n, D).

    Returns:
        Chosen, shape (n, D), in each draw the lesser of `most` and all there are.
    """
    rest = wanted.sum(axis=0)
    if np.all(rest <= most):
        return wanted.copy()
    left = np.minimum(most, rest)
    out = np.zeros_like(wanted)
    for family, here in enumerate(wanted):
        share = np.divide(here, rest, out=np.zeros(rest.shape), where=rest > 0)
        spread = left * share * (1.0 - share) * (rest - left) / np.maximum(rest - 1, 1)
        drawn = np.floor(left * share + np.sqrt(np.maximum(spread, 0.0)) * z[family] + 0.5)
        least, highest = np.maximum(0, left - (rest - here)), np.minimum(here, left)
        out[family] = np.clip(drawn, least, highest).astype(np.int64)
        left, rest = left - out[family], rest - here
    return out


def counted_ages(
    opening: Opening, fill: FillRates, free_fte: FloatArray, streams: Streams
) -> IntArray:
    """Return the openings at the start by age.

    Args:
        opening: The opening position.
        fill: Fill hazards.
        free_fte: Vacant FTE at the opening month that is open to recruitment, shape (F,).
        streams: Random numbers of D draws.

    Returns:
        People, shape (F, V, D), distributed as `vacancies.opening_ages` draws them one by one.
    """
    if opening.open_vacancies.shape[1]:
        return np.repeat(opening.open_vacancies[:, :, None], streams.draws, axis=2)
    rows = [fill.families.index(name) for name in opening.families]
    shares = stationary_ages(fill.hazard[rows])
    people = openings_of(free_fte[:, None], opening.starter_fte)
    families, ages = shares.shape
    left = np.repeat(people, streams.draws, axis=1).astype(np.int64)
    out = np.zeros((families, ages, streams.draws), dtype=np.int64)
    z = streams.normals("aggregate/opening_age", families * ages).reshape(out.shape)
    older = np.cumsum(shares[:, ::-1], axis=1)[:, ::-1]
    for age in range(ages):
        chance = np.minimum(shares[:, age] / older[:, age], 1.0)
        last = age == ages - 1
        here = (
            left
            if last
            else binomial(left, np.repeat(chance[:, None], streams.draws, 1), z[:, age])
        )
        out[:, age] = here
        left = left - here
    return out
