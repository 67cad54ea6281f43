"""Exposure and resignations as plain arrays, and the people whose future is asked for."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS, Contract
from workforce.domain.families import ALL_FAMILIES

__all__ = ["FAMILIES", "Cells", "Present", "Window", "sums", "voluntary_cells"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FAMILIES: Final = tuple(str(family) for family in ALL_FAMILIES)


@dataclass(frozen=True, slots=True)
class Window:
    """The months that were observed."""

    first: int
    last: int

    @property
    def years(self) -> int:
        """Number of blocks of twelve months counted back from the end, the first may be short."""
        return -(-(self.last - self.first + 1) // 12)

    def year(self, months: IntArray) -> IntArray:
        """Return the block of each month, the last one being `years - 1`."""
        return self.years - 1 - (self.last - months) // 12


@dataclass(frozen=True)
class Cells:
    """Exposure and resignations, one entry a cell, as plain arrays.

    Attributes:
        month: Month index.
        family: Index into `ALL_FAMILIES`.
        grade: Index into `GRADE_BANDS`.
        tenure: Index into `TENURE_BANDS`.
        fixed_term: 1.0 for fixed-term contracts, else 0.0.
        exposure: Person-months.
        events: Resignations.
    """

    month: IntArray
    family: IntArray
    grade: IntArray
    tenure: IntArray
    fixed_term: FloatArray
    exposure: FloatArray
    events: FloatArray


@dataclass(frozen=True)
class Present:
    """The wanted families and who is in post in them.

    Attributes:
        families: F families.
        people: People by (F, G, T).
        fixed_share: Share of each family's people on fixed terms, shape (F,).
    """

    families: tuple[str, ...]
    people: FloatArray
    fixed_share: FloatArray


def sums(index: IntArray, values: FloatArray, size: int) -> FloatArray:
    """Return the sums of `values` by `index`, shape (size,)."""
    return np.bincount(index, values, minlength=size).astype(np.float64)


def voluntary_cells(counts: pd.DataFrame, events: str = "voluntary") -> Cells:
    """Fold counts over departments and ages, which do not enter the hazard of resigning.

    Args:
        counts: Frame `History.counts`.
        events: Column of events.

    Returns:
        Cells in a fixed order that does not depend on the order of rows.
    """
    grades = [str(grade) for grade in GRADE_BANDS]
    family = pd.Categorical(counts["family"], categories=FAMILIES).codes
    grade = pd.Categorical(counts["grade"], categories=grades).codes
    tenure = pd.Categorical(counts["tenure"], categories=TENURE_BANDS).codes
    fixed = (counts["contract"] == str(Contract.FIXED_TERM)).to_numpy()
    month = counts["month"].to_numpy(dtype=np.int64)
    origin = int(month.min()) if len(month) else 0
    months = int(month.max()) - origin + 1 if len(month) else 1
    shape = (months, len(FAMILIES), len(GRADE_BANDS), len(TENURE_BANDS), 2)
    index = np.ravel_multi_index((month - origin, family, grade, tenure, fixed.astype(int)), shape)
    size = int(np.prod(shape))
    exposure = sums(index, counts["exposure"].to_numpy(dtype=float), size)
    happened = sums(index, counts[events].to_numpy(dtype=float), size)
    kept = np.flatnonzero(exposure > 0)
    at = [np.asarray(each, dtype=np.int64) for each in np.unravel_index(kept, shape)]
    return Cells(
        at[0] + origin, at[1], at[2], at[3], at[4].astype(float), exposure[kept], happened[kept]
    )
