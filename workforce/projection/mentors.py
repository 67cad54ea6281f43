"""A cap on apprentices: so many in training for each experienced person in post of their family.

Experienced is who stands above the entry grade and has been with the employer for a year. When
seniors resign there are fewer of them, and the next cohort is smaller for it, draw by draw.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, GradeBand
from workforce.domain.opening import Opening
from workforce.domain.plan import Plan
from workforce.projection.exits import Leaving
from workforce.projection.leaving import Central, stock_leavers
from workforce.projection.native import compiled
from workforce.projection.newcomers import hire_leavers
from workforce.projection.stock import Staff, Stock
from workforce.projection.streams import row_and_draw

__all__ = [
    "ENTRY",
    "SEASONED_MONTHS",
    "ExpectedMentors",
    "Mentors",
    "caps_starts",
    "room_for",
    "seasoned_from",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

SEASONED_MONTHS: Final = 12
"""Months of service from which on somebody above the entry grade can guide apprentices."""
ENTRY: Final = GRADE_BANDS.index(GradeBand.ENTRY)
_SLACK: Final = 1e-9


def caps_starts(plan: Plan, as_of: int, months: int) -> bool:
    """Return whether a plan's cap on apprentices can matter within the horizon."""
    return plan.mentor_cap is not None and any(
        1 <= start - as_of <= months
        for programme in plan.programmes
        if programme.size
        for start in programme.starts
    )


def seasoned_from(
    grade: IndexArray, origin: IndexArray, joined: int | IndexArray, months: int
) -> IndexArray:
    """Return from which month on people count as experienced.

    Whoever joins in a month can guide those who start in the next one at the earliest.

    Args:
        grade: Grade band index, shape (n,).
        origin: Month at whose end their service was 0, shape (n,).
        joined: Month in which they join or come to the family, 0 for the opening stock.
        months: Months projected T.

    Returns:
        Month from 1; beyond `months` where that is never.
    """
    month = np.maximum(origin + SEASONED_MONTHS, joined + 1)
    return np.where(grade == ENTRY, months + 1, np.minimum(month, months + 1))


def room_for(cap: float, experienced: FloatArray, learning: FloatArray) -> IndexArray:
    """Return how many may start: whole people up to cap x experienced - learning, at least 0."""
    most = np.floor(cap * experienced + _SLACK)
    return np.maximum(most - learning, 0.0).astype(np.intp)


class Mentors:
    """Experienced people and those in training, by family, month and draw, under one plan."""

    def __init__(self, cap: float, families: int, months: int, draws: int) -> None:
        """Begin without anybody.

        Args:
            cap: Most apprentices in training for each experienced person.
            families: Number of families F.
            months: Months projected T.
            draws: Draws D.
        """
        self._cap = cap
        self._change = np.zeros((families, months, draws), dtype=np.int32)
        self._learning = np.zeros((families, months, draws), dtype=np.int32)

    @classmethod
    def of_stock(
        cls, cap: float, opening: Opening, stock: Stock, leaving: Leaving, shape: tuple[int, int]
    ) -> "Mentors":
        """Return the experienced people of the opening stock until they leave.

        Args:
            cap: Most apprentices in training for each experienced person.
            opening: For the families.
            stock: The people in post.
            leaving: When they leave under the plan, known exits apart.
            shape: Months T and draws D.
        """
        months, draws = shape
        mentors = cls(cap, len(opening.families), months, draws)
        staff, known = stock.staff, stock.known
        seasoned = mentors._appear(staff)
        row, draw = row_and_draw(leaving.where, draws)
        mentors._vanish(leaving.time, staff.family[row], draw, seasoned[row])
        at = mentors._appear(known)
        for person in np.flatnonzero(known.known_leave <= months):
            month = max(int(known.known_leave[person]), int(at[person]))
            if month <= months:
                mentors._change[known.family[person], month - 1] -= 1
        return mentors

    def _appear(self, staff: Staff) -> IndexArray:
        """Count people of the opening stock from the month on that they are experienced."""
        months = self._change.shape[1]
        seasoned = seasoned_from(staff.grade, -staff.tenure, 0, months)
        some = np.flatnonzero(seasoned <= months)
        heads = np.zeros(self._change.shape[:2], dtype=np.int32)
        np.add.at(heads, (staff.family[some], seasoned[some] - 1), 1)
        self._change += heads[:, :, None]
        return seasoned

    def _vanish(
        self,
        time: FloatArray,
        family: IndexArray,
        draw: IndexArray,
        seasoned: IndexArray,
        sign: int = -1,
    ) -> None:
        _count(time, family, draw, seasoned, 0, sign, self._change)

    def book(
        self,
        time: FloatArray,
        family: IndexArray,
        draw: IndexArray,
        seasoned: IndexArray,
        *,
        sign: int = 1,
    ) -> None:
        """Count people one by one from when they are experienced until they leave.

        Args:
            time: When they leave, in months after the opening month, shape (n,).
            family: Family index.
            draw: Draw index.
            seasoned: Month from which on they count, see `seasoned_from`.
            sign: -1 to take back what was booked before, with the same arguments.
        """
        _count(time, family, draw, seasoned, sign, -sign, self._change)

    def rebook(
        self,
        before: FloatArray,
        after: FloatArray,
        family: IndexArray,
        draw: IndexArray,
        seasoned: IndexArray,
    ) -> None:
        """Change when people leave who are counted already; arguments as `book`."""
        self._vanish(before, family, draw, seasoned, 1)
        self._vanish(after, family, draw, seasoned)

    def train(self, family: int, first: int, there: NDArray[np.int_]) -> None:
        """Count people in training from a month on, shape (months, D)."""
        self._learning[family, first - 1 : first - 1 + len(there)] += there

    def experienced(self, family: int, month: int) -> NDArray[np.int_]:
        """Return experienced people in post once a month's leavers are gone, shape (D,)."""
        heads: NDArray[np.int_] = self._change[family, :month].sum(axis=0)
        return heads

    def room(self, family: int, month: int) -> IndexArray:
        """Return how many may start a training for a family in a month, shape (D,)."""
        learning = self._learning[family, month - 1].astype(np.float64)
        return room_for(self._cap, self.experienced(family, month).astype(np.float64), learning)


@compiled
def _count(
    time: FloatArray,
    family: IndexArray,
    draw: IndexArray,
    seasoned: IndexArray,
    coming: int,
    going: int,
    change: NDArray[np.int32],
) -> None:
    """Add `coming` when people are experienced, and `going` when they leave, if later then."""
    months = change.shape[1]
    for each in range(time.size):
        if seasoned[each] <= months:
            change[family[each], seasoned[each] - 1, draw[each]] += coming
        if time[each] < months:
            month = max(int(time[each]), seasoned[each] - 1)
            if month < months:
                change[family[each], month, draw[each]] += going


class CountedMentors(Mentors):
    """The same where people in post are counts; only those converted are booked one by one."""

    def count(self, experienced: FloatArray) -> None:
        """Take the experienced people of the month, shape (F, D)."""
        self._counted = experienced

    def experienced(self, family: int, month: int) -> NDArray[np.int_]:
        """Return experienced people in post once a month's leavers are gone, shape (D,)."""
        booked = super().experienced(family, month)
        heads: NDArray[np.int_] = booked + np.rint(self._counted[family]).astype(np.int_)
        return heads


class ExpectedMentors:
    """The same for P plans with fractional people."""

    def __init__(
        self, caps: Sequence[float | None], opening: Opening, fixed: Central, multiplier: FloatArray
    ) -> None:
        """Count the experienced people of the opening stock until they leave.

        Args:
            caps: Most apprentices for each experienced person by plan; `None` for no cap.
            opening: The opening position.
            fixed: Parameters.
            multiplier: Lever multipliers, shape (P, F, G, 2, T).
        """
        self._caps = tuple(caps)
        self._heads = _experienced_stock(opening, fixed, multiplier)
        self._learning = np.zeros_like(self._heads)
        grades = fixed.starter_grade.copy()
        grades[:, ENTRY] = 0.0
        gone = hire_leavers(replace(fixed, starter_grade=grades), multiplier).sum(axis=3)
        self._of_hires = grades.sum(axis=1)[:, None, None] - np.cumsum(gone, axis=-1)

    def hired(self, people: FloatArray, at: int) -> None:
        """Count the hires of a month once they have the service, people of shape (P, F)."""
        first = at + SEASONED_MONTHS
        self._heads[..., first:] += people[..., None] * self._of_hires[:, :, at, first:]

    def joined(
        self, plan: int, family: int, grade: int, *, origin: int, month: int, lived: FloatArray
    ) -> None:
        """Count people who join in a month, those still in post by month, shape (T - month,)."""
        months = self._heads.shape[-1]
        first = int(seasoned_from(np.array([grade]), np.array([origin]), month, months)[0])
        self._heads[plan, family, first - 1 :] += lived[first - 1 - month :]

    def train(self, plan: int, family: int, first: int, there: FloatArray) -> None:
        """Count people in training from a month on, shape (months,)."""
        self._learning[plan, family, first - 1 : first - 1 + len(there)] += there

    def count(self, month: int, heads: FloatArray) -> None:
        """Take the experienced people of a month as counted elsewhere, shape (P, F)."""
        self._heads[..., month - 1] = heads

    def room(self, plan: int, family: int, month: int) -> float:
        """Return how many may start a training for a family in a month, infinite without a cap."""
        cap = self._caps[plan]
        if cap is None:
            return np.inf
        heads, learning = (
            float(each[plan, family, month - 1]) for each in (self._heads, self._learning)
        )
        return max(cap * heads - learning, 0.0)


def _experienced_stock(opening: Opening, fixed: Central, multiplier: FloatArray) -> FloatArray:
    """Return expected experienced people of the opening stock by month, shape (P, F, T).

    Those who reach the service in the same month are followed together.
    """
    plans, families, _, _, months = multiplier.shape
    cells = opening.cells
    seasoned = seasoned_from(
        cells.grade.astype(np.intp), -cells.tenure_months.astype(np.intp), 0, months
    )
    heads = np.zeros((plans, families, months))
    for month in np.unique(seasoned[seasoned <= months]):
        some = seasoned == month
        part = replace(
            cells, **{each.name: getattr(cells, each.name)[some] for each in fields(cells)}
        )
        group = replace(opening, cells=part)
        gone = stock_leavers(group, fixed, multiplier)[0].sum(axis=2)
        still = group.headcount()[:, None] - np.cumsum(gone, axis=-1)
        heads[..., month - 1 :] += still[..., month - 1 :]
    return heads
