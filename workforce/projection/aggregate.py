"""Very many people in post under one plan: counts of groups instead of persons.

A month's leavers of a group are binomial with the chance that its survivors have on average, which
leaves every mean as it is person by person. Cost grows with the number of different circumstances,
not with the number of people.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, TENURE_CAP_MONTHS, tenure_band_index
from workforce.projection.aggregate_counts import binomial, split
from workforce.projection.aggregate_stock import Settled, add_by_family
from workforce.projection.hazards import (
    END_OF_CONTRACT,
    OTHER,
    RETIREMENT,
    UNKNOWN_AGE,
    VOLUNTARY,
)
from workforce.projection.levers import LeverClasses
from workforce.projection.mentors import ENTRY, SEASONED_MONTHS

__all__ = ["Crowd"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
IntArray = NDArray[np.int64]

_ORDER: Final = (VOLUNTARY, RETIREMENT, END_OF_CONTRACT, OTHER)
_FIRST_YEAR: Final = np.array([1, 1, 0, 0, 0, 0], dtype=np.intp)
"""Whether each tenure band lies in the first year, as the classes of levers ask."""
_LEAST: Final = 1e-300
_SETTLED: Final = int(tenure_band_index(36))


class Crowd:
    """The people in post under one plan, as counts."""

    def __init__(self, settled: Settled, classes: LeverClasses) -> None:
        """Stand at the opening month.

        Args:
            settled: The opening stock and its hazards.
            classes: Multipliers of the plan's levers.
        """
        self._settled = settled
        self._classes = classes
        folded, drawn = settled.folded, settled.drawn
        families, grades, _, draws = drawn.voluntary.shape
        months = len(drawn.calendar)
        self._stock = np.repeat(folded.people[:, None], draws, axis=1)
        self._lived = np.ones((families, grades, TENURE_CAP_MONTHS + 1, draws))
        self._mean = folded.people.astype(np.float64)[:, None] * np.ones(draws)
        self._hires = np.zeros((months + 1, families, draws), dtype=np.int64)
        self._hire_lived = np.ones((months + 1, families, grades, draws))
        self._hire_mean = np.ones((months + 1, families, draws))
        self._starters: list[_Starters] = []
        # People who came from another family (first) or employer, by the family they came to.
        self._pool = np.zeros((2, families, draws), dtype=np.int64)
        self._pool_fte = np.zeros((2, families, draws))
        self._typical = np.zeros((2, families, draws))

    def join(self, month: int, people: IntArray) -> None:
        """Take in the hires of a month, shape (F, D)."""
        self._hires[month] = people

    def start(self, month: int, family: int, grade: int, people: int, fte: float) -> None:
        """Take in known starters of a month."""
        heads = np.full(self._stock.shape[1], people, dtype=np.int64)
        self._starters.append(_Starters(month, family, grade, heads, fte / people))

    def leave(self, month: int, starter_fte: FloatArray) -> tuple[IntArray, FloatArray]:
        """Let a month pass.

        Args:
            month: The month, from 1.
            starter_fte: FTE of a hire, shape (F,).

        Returns:
            Leavers by cause, family and draw, shape (C, F, D), and their FTE, shape (F, D).
        """
        families, draws = self._hires.shape[1:]
        people = np.zeros((len(CAUSES), families, draws), dtype=np.int64)
        fte = np.zeros((families, draws))
        quits = self._quits(month)
        stay = np.exp(-quits)
        self._leave_stock(month, stay, people, fte)
        if month > 1:
            self._leave_hires(month, stay, people, fte, starter_fte)
        for number, group in enumerate(self._starters):
            if group.month < month:
                self._leave_starters(month, number, group, quits, people, fte)
        if self._pool.any():
            self._leave_pool(month, quits, people, fte)
        return people, fte

    def parts(self, month: int, starter_fte: FloatArray) -> tuple[IndexArray, IntArray, FloatArray]:
        """Return everybody who was in post before a month's arrivals, as rows of counts.

        Args:
            month: The month, from 1; its leavers have gone.
            starter_fte: FTE of a hire, shape (F,).

        Returns:
            Family of each of R rows, heads, shape (R, D), and FTE of a head, same shape.
        """
        _, families, draws = self._pool.shape
        every = np.arange(families)
        groups = self._starters
        heads = [
            self._stock,
            self._hires[1:month].reshape(-1, draws),
            *(group.people[None] for group in groups),
            self._pool.reshape(-1, draws),
        ]
        family = [
            self._settled.folded.family,
            np.tile(every, month - 1),
            np.array([group.family for group in groups], dtype=np.intp),
            np.tile(every, 2),
        ]
        each = np.concatenate(
            (
                self._settled.folded.fte,
                np.tile(starter_fte, month - 1),
                np.array([group.fte for group in groups]),
            )
        )
        pooled = self._pool_fte / np.maximum(self._pool, 1)
        fte = np.concatenate((np.repeat(each[:, None], draws, axis=1), pooled.reshape(-1, draws)))
        return np.concatenate(family), np.concatenate(heads), fte

    def experienced(self, month: int) -> FloatArray:
        """Return those above the entry grade with a year's service, as `mentors` counts them.

        Args:
            month: The month, from 1; its leavers have gone.

        Returns:
            People, shape (F, D): of a group of several grades the share that survivors have.
        """
        folded, families = self._settled.folded, self._pool.shape[1]
        seasoned = np.zeros_like(self._mean)
        tenure = np.arange(self._lived.shape[2])
        for family, grade, groups, weights in folded.weights:
            if grade != ENTRY:
                some = weights * (tenure + month >= SEASONED_MONTHS)
                seasoned[groups] += some @ self._lived[family, grade]
        share = np.minimum(seasoned / self._mean, 1.0)
        out, heads = np.zeros((2, families, self._pool.shape[2]))
        add_by_family(out, folded.family, share * self._stock)
        add_by_family(heads, folded.family, self._stock)
        out += self._pool.sum(axis=0) * np.divide(
            out, heads, out=np.zeros_like(out), where=heads > 0
        )
        since = slice(1, max(1, month - SEASONED_MONTHS + 1))
        grades = self._settled.starter_grade.copy()
        grades[:, ENTRY] = 0.0
        lived = np.einsum("fg,sfgd->sfd", grades, self._hire_lived[since])
        out += (self._hires[since] * lived / self._hire_mean[since]).sum(axis=0)
        for group in self._starters:
            if group.grade != ENTRY and group.month + SEASONED_MONTHS <= month:
                out[group.family] += group.people
        return out

    def take(self, month: int, gone: IntArray) -> None:
        """Let people go who are not leavers of a hazard; rows as `parts` gives them."""
        folded, families = len(self._settled.folded), self._pool.shape[1]
        hires = folded + (month - 1) * families
        self._stock -= gone[:folded]
        self._hires[1:month] -= gone[folded:hires].reshape(month - 1, families, gone.shape[1])
        for number, group in enumerate(self._starters):
            group.people -= gone[hires + number]
        pooled = gone[len(gone) - 2 * families :].reshape(self._pool.shape)
        self._pool_fte -= pooled * self._pool_fte / np.maximum(self._pool, 1)
        self._pool -= pooled

    def receive(self, people: IntArray, fte: FloatArray, *, outside: bool) -> None:
        """Take in people with service from elsewhere, heads and FTE of shape (F, D).

        From the next month on they leave as the survivors of the family's opening stock do; the age
        of those from `outside` the organisation is not known.
        """
        self._pool[int(outside)] += people
        self._pool_fte[int(outside)] += fte

    def recent(self, month: int, months: int, starter_fte: FloatArray) -> FloatArray:
        """Return FTE in post of those who started in a month and in the months before it.

        Args:
            month: The month, from 1; its starters have joined.
            months: How many months are looked at.
            starter_fte: FTE of a hire, shape (F,).

        Returns:
            By months since the start, family and draw, shape (months, F, D).
        """
        out = np.zeros((months, *self._hires.shape[1:]))
        for service in range(month, months):
            # Of the opening stock those still there, as far as resignations go.
            lived = self._lived[:, :, service - month]
            out[service] += (self._settled.folded.fresh[:, :, service - month, None] * lived).sum(1)
        for since in range(min(months, month)):
            out[since] = self._hires[month - since] * starter_fte[:, None]
            for group in self._starters:
                if group.month == month - since:
                    out[since, group.family] += group.people * group.fte
        return out

    def _quits(self, month: int) -> FloatArray:
        """Return the voluntary hazards of a month under the plan, shape (F, G, B, D)."""
        drawn, classes = self._settled.drawn, self._classes
        effect = classes.multiplier[:, month - 1][classes.index]
        hazards: FloatArray = (
            drawn.voluntary * drawn.calendar[month - 1] * effect[:, :, _FIRST_YEAR]
        )
        return hazards

    def _leave_stock(self, month: int, stay: FloatArray, people: IntArray, fte: FloatArray) -> None:
        folded, streams = self._settled.folded, self._settled.streams
        if not len(folded):
            return
        self._end_terms(month, people, fte)
        quit_hazard = self._stock_quits(month, stay)
        pace = self._settled.ahead.pace[month - 1]
        drawn = self._settled.drawn
        retire = self._settled.ahead.retirement[folded.age, month - 1]
        self._typical = self._typical_of(quit_hazard, retire)
        flat = (folded.term < month)[:, None] * (drawn.end_of_contract * pace)
        total = quit_hazard + retire + flat + drawn.other * pace
        z = streams.normals(f"aggregate/stock/{month}", len(folded))
        gone = binomial(self._stock, -np.expm1(-total), z)
        self._stock -= gone
        each = np.divide(gone, total, out=np.zeros(total.shape), where=total > 0)
        heads = np.add.reduceat(gone, folded.pools, axis=0)
        parts = np.stack(
            [
                np.add.reduceat(each * part, folded.pools, axis=0)
                for part in (quit_hazard, retire, flat)
            ]
            + [np.add.reduceat(each, folded.pools, axis=0) * (drawn.other * pace)]
        )
        z = streams.normals(f"aggregate/cause/{month}", 3 * len(heads))
        by_cause = split(heads, parts, z.reshape(3, *heads.shape))
        family = folded.family[folded.pools]
        for row, cause in enumerate(_ORDER):
            add_by_family(people[cause], family, by_cause[row])
        add_by_family(fte, folded.family, gone * folded.fte[:, None])

    def _end_terms(self, month: int, people: IntArray, fte: FloatArray) -> None:
        """Let fixed terms end: this comes before anything else that the month may bring."""
        folded, streams = self._settled.folded, self._settled.streams
        rows = np.flatnonzero(folded.term == month)
        if not rows.size:
            return
        z = streams.normals(f"aggregate/term/{month}", rows.size)
        here = self._stock[rows]
        ended = binomial(here, np.broadcast_to(1.0 - self._settled.drawn.renewal, z.shape), z)
        self._stock[rows] = here - ended
        add_by_family(people[END_OF_CONTRACT], folded.family[rows], ended)
        add_by_family(fte, folded.family[rows], ended * folded.fte[rows, None])

    def _stock_quits(self, month: int, stay: FloatArray) -> FloatArray:
        """Return the mean voluntary hazard of the survivors of each group, shape (J, D)."""
        folded, lived = self._settled.folded, self._lived
        band = tenure_band_index(np.arange(lived.shape[2]) + month - 1)
        for number in np.unique(band):
            some = np.flatnonzero(band == number)
            lived[:, :, some[0] : some[-1] + 1] *= stay[:, :, number, None]
        mean = np.zeros_like(self._mean)
        for family, grade, groups, weights in folded.weights:
            mean[groups] += weights @ lived[family, grade]
        hazard: FloatArray = np.log(self._mean / np.maximum(mean, _LEAST))
        self._mean = np.maximum(mean, _LEAST)
        return np.maximum(hazard, 0.0)

    def _leave_hires(
        self,
        month: int,
        stay: FloatArray,
        people: IntArray,
        fte: FloatArray,
        starter_fte: FloatArray,
    ) -> None:
        past = slice(1, month)
        band = tenure_band_index(month - 1 - np.arange(1, month))
        self._hire_lived[past] *= np.moveaxis(stay[:, :, band], 2, 0)
        mean = np.einsum("fg,sfgd->sfd", self._settled.starter_grade, self._hire_lived[past])
        mean = np.maximum(mean, _LEAST)
        quit_hazard = np.maximum(np.log(self._hire_mean[past] / mean), 0.0)
        self._hire_mean[past] = mean
        rest = self._newcomer(month)
        total = quit_hazard + rest.sum(axis=0)
        z = self._settled.streams.normals(f"aggregate/hires/{month}", mean.shape[0] * mean.shape[1])
        gone = binomial(self._hires[past], -np.expm1(-total), z.reshape(mean.shape))
        self._hires[past] -= gone
        each = np.divide(gone, total, out=np.zeros(total.shape), where=total > 0)
        heads, weight = gone.sum(axis=0), each.sum(axis=0)
        parts = np.stack([(each * quit_hazard).sum(axis=0), *(weight * one for one in rest)])
        z = self._settled.streams.normals(f"aggregate/hire_cause/{month}", 3 * len(heads))
        by_cause = split(heads, parts, z.reshape(3, *heads.shape))
        for row, cause in enumerate(_ORDER):
            people[cause] += by_cause[row]
        fte += heads * starter_fte[:, None]

    def _leave_starters(
        self,
        month: int,
        number: int,
        group: "_Starters",
        quits: FloatArray,
        people: IntArray,
        fte: FloatArray,
    ) -> None:
        band = int(tenure_band_index(month - 1 - group.month))
        rest = self._newcomer(month)
        parts = np.concatenate((quits[group.family, group.grade, band][None], rest))
        total = parts.sum(axis=0)
        z = self._settled.streams.normals(f"aggregate/starter/{number}/{month}", 4)
        gone = binomial(group.people, -np.expm1(-total), z[0])
        group.people -= gone
        by_cause = split(gone[None], parts[:, None], z[1:, None])
        for row, cause in enumerate(_ORDER):
            people[cause, group.family] += by_cause[row, 0]
        fte[group.family] += gone * group.fte

    def _typical_of(self, *hazards: FloatArray) -> FloatArray:
        """Return the mean of hazards of the groups over the people of a family, (2, F, D)."""
        family = self._settled.folded.family
        heads = np.zeros(self._pool.shape[1:])
        add_by_family(heads, family, self._stock)
        out = np.zeros_like(self._typical)
        for row, hazard in enumerate(hazards):
            add_by_family(out[row], family, hazard * self._stock)
        return np.divide(out, heads, out=self._typical.copy(), where=heads > 0)

    def _leave_pool(self, month: int, quits: FloatArray, people: IntArray, fte: FloatArray) -> None:
        newcomer, streams = self._newcomer(month), self._settled.streams
        # Where nobody of the opening stock was there to be like, they are like starters of some
        # years' service.
        own = np.isin(np.arange(self._pool.shape[1]), self._settled.folded.family)[:, None]
        starters = np.einsum("fg,fgd->fd", self._settled.starter_grade, quits[:, :, _SETTLED])
        quit_hazard = np.where(own, self._typical[0], starters)
        retire = np.where(own, self._typical[1], newcomer[0])
        shape = self._pool.shape
        parts = np.stack(
            [
                np.broadcast_to(quit_hazard, shape),
                np.stack((retire, np.broadcast_to(newcomer[0], retire.shape))),
                *(np.broadcast_to(one, shape) for one in newcomer[1:]),
            ]
        )
        z = streams.normals(f"aggregate/pool/{month}", 8 * shape[1]).reshape(4, *shape)
        gone = binomial(self._pool, -np.expm1(-parts.sum(axis=0)), z[0])
        by_cause = split(gone, parts, z[1:])
        for row, cause in enumerate(_ORDER):
            people[cause] += by_cause[row].sum(axis=0)
        away = gone * self._pool_fte / np.maximum(self._pool, 1)
        fte += away.sum(axis=0)
        self._pool -= gone
        self._pool_fte -= away

    def _newcomer(self, month: int) -> FloatArray:
        """Return hazards of people whose age is not known: all but resigning, shape (3, D)."""
        drawn, pace = self._settled.drawn, self._settled.ahead.pace[month - 1]
        parts: FloatArray = pace * np.stack(
            (drawn.retirement[UNKNOWN_AGE], drawn.end_of_contract, drawn.other)
        )
        return parts


@dataclass(slots=True)
class _Starters:
    """Known starters of one month, family and grade."""

    month: int
    family: int
    grade: int
    people: IntArray
    fte: float
