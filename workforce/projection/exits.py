"""Leavers booked for coming months, as counts and, for the opening stock, one by one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.projection.native import compiled

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
        _count(1, time, cause, family, draw, fte, self.people, self.fte)

    def cancel(
        self,
        time: FloatArray,
        cause: IndexArray,
        family: IndexArray,
        draw: IndexArray,
        fte: FloatArray,
    ) -> None:
        """Take back what was booked; arguments as `book`."""
        _count(-1, time, cause, family, draw, fte, self.people, self.fte)


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


@compiled
def _count(
    sign: int,
    time: FloatArray,
    cause: IndexArray,
    family: IndexArray,
    draw: IndexArray,
    fte: FloatArray,
    people: NDArray[np.int32],
    full: FloatArray,
) -> None:
    months = full.shape[1]
    for each in range(time.size):
        if time[each] < months:
            month = int(time[each])
            people[cause[each], family[each], month, draw[each]] += sign
            full[family[each], month, draw[each]] += sign * fte[each]
