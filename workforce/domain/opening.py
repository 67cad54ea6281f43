"""Where a projection starts: the stock, the establishment and the vacancies of one month."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.domain.capacity import KnownCover

__all__ = ["Cells", "InTraining", "KnownStarter", "Opening"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

NEVER = -1
"""Stands for “no such month” in an integer month column."""


@dataclass(frozen=True, slots=True)
class Cells:
    """People in post, folded into cells of equal circumstances. All arrays have one entry a cell.

    Attributes:
        family: Index into `Opening.families`.
        grade: Index into `GRADE_BANDS`.
        tenure_months: Completed months of continuous service, 0 to `TENURE_CAP_MONTHS`.
        age: Index into `AGE_BANDS`.
        contract_end: Month index in which a fixed term ends, `NEVER` for everybody else.
        known_leave: Month index of a dated, known exit, `NEVER` where there is none.
        known_cause: Index into `CAUSES` of that exit (0 where there is none).
        people: Heads.
        fte: FTE of all heads of the cell together.
    """

    family: IntArray
    grade: IntArray
    tenure_months: IntArray
    age: IntArray
    contract_end: IntArray
    known_leave: IntArray
    known_cause: IntArray
    people: IntArray
    fte: FloatArray

    def __post_init__(self) -> None:
        """Check that the columns belong together."""
        sizes = {
            len(column)
            for column in (
                self.family,
                self.grade,
                self.tenure_months,
                self.age,
                self.contract_end,
                self.known_leave,
                self.known_cause,
                self.people,
                self.fte,
            )
        }
        if len(sizes) > 1:
            raise ValueError(f"cell columns differ in length: {sorted(sizes)}")
        if self.people.size and (self.people.min() < 0 or self.fte.min() < 0):
            raise ValueError("cells cannot hold a negative number of people or FTE")


@dataclass(frozen=True, slots=True)
class KnownStarter:
    """People who have accepted and start in a known month (after the opening month)."""

    month: int
    family: str
    grade: str
    people: int
    fte: float


@dataclass(frozen=True, slots=True)
class InTraining:
    """Apprentices in training at the opening month, from the extract.

    Attributes:
        family: Family they would join.
        standard: Reference of the standard, empty where unknown.
        started: Month index of their start.
        planned_end: Month index of the planned end of training.
        people: Heads.
    """

    family: str
    standard: str
    started: int
    planned_end: int
    people: int


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening position: counts only, no person.

    Attributes:
        as_of: Month index of the last observed month; the first projected one is `as_of + 1`.
        families: Families that are projected, F of them.
        cells: People in post.
        establishment_fte: Funded posts, shape (F,).
        open_vacancies: Recruitable vacancies by age in months, people, shape (F, V); the last
            column holds all older ones. Empty columns where ages are not known.
        starter_fte: Mean FTE of a starter, shape (F,).
        starters: Known starters.
        apprentices: Apprentices in training.
        establishment_basis: Where the establishment comes from, in words, one a family.
        agency: Agency workers whose booking ends in a known month.
    """

    as_of: int
    families: tuple[str, ...]
    cells: Cells
    establishment_fte: FloatArray
    open_vacancies: IntArray
    starter_fte: FloatArray
    starters: tuple[KnownStarter, ...] = ()
    apprentices: tuple[InTraining, ...] = ()
    establishment_basis: tuple[str, ...] = ()
    agency: tuple[KnownCover, ...] = ()

    def __post_init__(self) -> None:
        """Check shapes."""
        count = len(self.families)
        if self.establishment_fte.shape != (count,) or self.starter_fte.shape != (count,):
            raise ValueError("establishment and starter FTE need one entry a family")
        if self.open_vacancies.shape[0] != count:
            raise ValueError("open vacancies need one row a family")

    def headcount(self) -> IntArray:
        """Return people in post by family, shape (F,)."""
        return np.bincount(
            self.cells.family, weights=self.cells.people, minlength=len(self.families)
        ).astype(np.int64)

    def fte(self) -> FloatArray:
        """Return FTE in post by family, shape (F,)."""
        return np.bincount(
            self.cells.family, weights=self.cells.fte, minlength=len(self.families)
        ).astype(np.float64)
