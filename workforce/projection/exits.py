"""Leavers booked for coming months, as counts and, for the opening stock, one by one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Exits", "Leaving"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]


@dataclass(slots=True)
class Exits:
    """Leavers booked for coming months.

    Attributes:
        people: Heads by cause, family, month and draw, shape (C, F, T, D).
        fte: Their FTE, shape (F, T, D).
    """

    people: NDArray[np.int32]
    fte: FloatArray

    def copy(self) -> "Exits":
        """Return an independent copy."""
        return Exits(self.people.copy(), self.fte.copy())

    def book(
        self,
        time: FloatArray,
        cause: IndexArray,
        family: IndexArray,
        draw: IndexArray,
        fte: FloatArray,
    ) -> None:
        """Book leavers one by one.

        Args:
            time: Time of leaving in months after the opening month; beyond the horizon is ignored.
            cause: Cause index.
            family: Family index.
            draw: Draw index.
            fte: FTE; all arrays of shape (n,).
        """
        self._count(1, time, cause, family, draw, fte)

    def cancel(
        self,
        time: FloatArray,
        cause: IndexArray,
        family: IndexArray,
        draw: IndexArray,
        fte: FloatArray,
    ) -> None:
        """Take back what was booked; arguments as `book`."""
        self._count(-1, time, cause, family, draw, fte)

    def _count(
        self,
        sign: int,
        time: FloatArray,
        cause: IndexArray,
        family: IndexArray,
        draw: IndexArray,
        fte: FloatArray,
    ) -> None:
        _, families, months, draws = self.people.shape
        hits = np.flatnonzero(time < months)
        month = time[hits].astype(np.intp)
        where = (family[hits] * months + month) * draws + draw[hits]
        np.add.at(self.fte.reshape(-1), where, sign * fte[hits])
        # A Python 1 would be cast element by element.
        one = self.people.dtype.type(sign)
        np.add.at(self.people.reshape(-1), cause[hits] * (families * months * draws) + where, one)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who of the opening stock leaves when and why under one plan, known exits apart.

    Attributes:
        where: Person x D + draw, shape (n,).
        time: Months after the opening month, shape (n,).
        cause: Cause index, shape (n,).
    """

    where: IndexArray
    time: FloatArray
    cause: IndexArray
