"""Fractional people by circumstances and family, for plans that move people in post.

A row is a set of circumstances: grade, service, age, end of a fixed term. Families are apart from
it, so that somebody who moves keeps the row. The hazards are those of `leaving`, month by month.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, TENURE_BANDS, TENURE_CAP_MONTHS, tenure_band_index
from workforce.domain.opening import Opening
from workforce.projection.hazards import (
    END_OF_CONTRACT,
    OTHER,
    RETIREMENT,
    UNKNOWN_AGE,
    VOLUNTARY,
)
from workforce.projection.leaving import Central

__all__ = ["Population", "Rows"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_TINY = 1e-12
_FIRST_YEAR = 2
"""Tenure bands of the first twelve months."""


@dataclass(slots=True)
class Rows:
    """Circumstances, one entry a row, shape (R,).

    Attributes:
        grade: Grade band index.
        origin: Month at whose end service was 0.
        age: Age band index.
        term: Months from the opening month to the end of a fixed term, 0 for none.
        known: Months to a known exit, 0 for none.
        known_cause: Its cause.
        boost: Ratio on the voluntary hazard up to month `until`.
        until: See above.
    """

    grade: IndexArray
    origin: IndexArray
    age: IndexArray
    term: IndexArray
    known: IndexArray
    known_cause: IndexArray
    boost: FloatArray
    until: IndexArray

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.grade)

    @classmethod
    def joined(
        cls, grade: IndexArray, origin: IndexArray, boost: float = 1.0, until: int = 0
    ) -> "Rows":
        """Return rows of people who join: their age is not known and their contract has no end."""
        none = np.zeros(len(grade), dtype=np.intp)
        return cls(
            grade=grade,
            origin=origin,
            age=none + UNKNOWN_AGE,
            term=none,
            known=none,
            known_cause=none,
            boost=np.full(len(grade), boost),
            until=none + until,
        )

    def followed_by(self, other: "Rows") -> "Rows":
        """Return both, `other` last."""
        return Rows(
            *(
                np.concatenate((getattr(self, each.name), getattr(other, each.name)))
                for each in fields(self)
            )
        )


@dataclass(frozen=True, slots=True)
class Month:
    """What a month takes of each row.

    Attributes:
        voluntary: Hazards of resigning, shape (P, F, R).
        retirement: Hazards, shape (R,).
        flat_end: Hazards of a contract ending, shape (R,).
        other: Hazard.
        ended: Share whose fixed term ends and is not renewed, shape (R,).
    """

    voluntary: FloatArray
    retirement: FloatArray
    flat_end: FloatArray
    other: float
    ended: FloatArray

    def take(
        self, people: FloatArray, voluntary: FloatArray | float
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return who stays, leavers by cause and their FTE.

        Args:
            people: Heads and FTE, shape (2, ..., R).
            voluntary: Hazard of resigning, shape (..., R), or one for all.

        Returns:
            Shapes (2, ..., R), (..., C) and (...).
        """
        rest = self.retirement + self.flat_end + self.other
        total = voluntary + rest
        # Of a hazard too small to divide by, the leavers are S h.
        gone = -np.expm1(-total)
        each = np.where(total > _TINY, gone / np.maximum(total, _TINY), 1.0)
        ends = people * self.ended
        there = people - ends
        leavers = np.zeros((*people.shape[1:-1], len(CAUSES)))
        base = there[0] * each
        leavers[..., VOLUNTARY] = (base * voluntary).sum(axis=-1)
        leavers[..., RETIREMENT] = base @ self.retirement
        leavers[..., OTHER] = base.sum(axis=-1) * self.other
        leavers[..., END_OF_CONTRACT] = base @ self.flat_end + ends[0].sum(axis=-1)
        fte: FloatArray = (ends[1] + there[1] * gone).sum(axis=-1)
        return there * (1.0 - gone), leavers, fte


class Population:
    """The people of P plans.

    Attributes:
        rows: Circumstances.
        people: Heads and FTE by plan, family and row, shape (2, P, F, R).
    """

    def __init__(self, opening: Opening, fixed: Central, multiplier: FloatArray) -> None:
        """Stand at the opening month.

        Args:
            opening: The opening position.
            fixed: Parameters.
            multiplier: Lever multipliers of the plans, shape (P, F, G, 2, T).
        """
        self._fixed, self._multiplier = fixed, multiplier
        plans, families = multiplier.shape[:2]
        cells = opening.cells
        some = np.flatnonzero(cells.people > 0)
        known = cells.known_leave[some] >= 0
        ahead = np.maximum(cells.known_leave[some] - opening.as_of, 1)
        none = np.zeros(some.size, dtype=np.intp)
        self.rows = Rows(
            grade=cells.grade[some].astype(np.intp),
            origin=-np.clip(cells.tenure_months[some], 0, TENURE_CAP_MONTHS).astype(np.intp),
            age=cells.age[some].astype(np.intp),
            # A term that has run out while the person is still in post has no end date any more.
            term=np.maximum(cells.contract_end[some] - opening.as_of, 0).astype(np.intp),
            known=np.where(known, ahead, 0).astype(np.intp),
            known_cause=cells.known_cause[some].astype(np.intp),
            boost=np.ones(some.size),
            until=none,
        )
        self.people = np.zeros((2, plans, families, some.size))
        index = np.arange(some.size)
        for measure, column in enumerate((cells.people, cells.fte)):
            self.people[measure, :, cells.family[some], index] = column[some, None]

    def add(self, rows: Rows, people: FloatArray) -> slice:
        """Let people join; return where their rows are.

        Args:
            rows: Circumstances, shape (n,).
            people: Heads and FTE, shape (2, P, F, n).
        """
        first = len(self.rows)
        self.rows = self.rows.followed_by(rows)
        self.people = np.concatenate((self.people, people), axis=-1)
        return slice(first, first + len(rows))

    def month(self, month: int) -> Month:
        """Return what a month takes of every row."""
        fixed, rows, at = self._fixed, self.rows, month - 1
        first_year = (np.arange(len(TENURE_BANDS)) < _FIRST_YEAR).astype(np.intp)
        table = fixed.voluntary * fixed.calendar[at] * self._multiplier[..., at][..., first_year]
        band = tenure_band_index(np.maximum(at - rows.origin, 0))
        voluntary = table[:, :, rows.grade, band]
        voluntary *= np.where(month <= rows.until, rows.boost, 1.0)
        free = rows.known == 0
        pace = float(fixed.pace[at])
        return Month(
            voluntary=voluntary * free,
            retirement=fixed.retirement[rows.age, at] * free,
            flat_end=(month > rows.term) * fixed.end_of_contract * pace * free,
            # Nobody with a known exit leaves before it; see `leave`.
            other=fixed.other * pace,
            ended=np.where((rows.term > 0) & (rows.term == month), 1.0 - fixed.renewal, 0.0) * free,
        )

    def leave(self, now: Month, month: int) -> tuple[FloatArray, FloatArray]:
        """Let a month's leavers leave.

        Args:
            now: What the month takes.
            month: The month.

        Returns:
            People by plan, family and cause, shape (P, F, C), and their FTE, shape (P, F).
        """
        known = self.rows.known > 0
        held = self.people[..., known]
        self.people[..., known] = 0.0
        stays, leavers, fte = now.take(self.people, now.voluntary)
        self.people = stays
        due = self.rows.known[known] == month
        for cause in np.unique(self.rows.known_cause[known][due]):
            which = due & (self.rows.known_cause[known] == cause)
            leavers[..., cause] += held[0][..., which].sum(axis=-1)
            fte += held[1][..., which].sum(axis=-1)
        self.people[..., known] = np.where(due, 0.0, held)
        return leavers, fte

    def fit(self, people: FloatArray) -> FloatArray:
        """Return people by row with zeros for rows that came later, last axis R."""
        missing = len(self.rows) - people.shape[-1]
        return np.concatenate((people, np.zeros((*people.shape[:-1], missing))), axis=-1)
