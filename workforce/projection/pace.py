"""Years in which everything happens faster or slower than in the average year."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Pace"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_YEAR: Final = 12
_FOREVER: Final = 1e6
"""Months that stand for never, because the last factor goes on without end."""


class Pace:
    """Turns months into months of an average year and back, draw by draw.

    A constant hazard times a yearly factor is the constant hazard on a clock that runs at that
    factor, so times of leaving are drawn on the clock and read off as months.
    """

    def __init__(self, factors: FloatArray) -> None:
        """Set the clock.

        Args:
            factors: Multiplier of each year, above 0, shape (years, D); the last one goes on.
        """
        self._factors = np.ascontiguousarray(factors)
        starts = np.zeros_like(self._factors)
        np.cumsum(_YEAR * self._factors[:-1], axis=0, out=starts[1:])
        self._starts = starts

    @property
    def years(self) -> tuple[FloatArray, FloatArray]:
        """What the clock shows when each year begins, and its factors, shape (D, years) each."""
        return np.ascontiguousarray(self._starts.T), np.ascontiguousarray(self._factors.T)

    def spent(self, months: FloatArray | float, draw: IndexArray) -> FloatArray:
        """Return what the clock shows after some months, shape (n,).

        Args:
            months: Months after the opening month, shape (n,) or one number.
            draw: Draw index, shape (n,).
        """
        time = np.minimum(np.broadcast_to(months, draw.shape), _FOREVER)
        year = np.minimum((time // _YEAR).astype(np.intp), len(self._factors) - 1)
        shown: FloatArray = self._starts[year, draw] + self._factors[year, draw] * (
            time - _YEAR * year
        )
        return shown

    def reached(self, shown: FloatArray, draw: IndexArray) -> FloatArray:
        """Return the months after which the clock shows some value, shape (n,)."""
        months: FloatArray = shown / self._factors[0, draw]
        for year in range(1, len(self._factors)):
            later = np.flatnonzero(shown >= self._starts[year, draw])
            at = draw[later]
            months[later] = (
                _YEAR * year + (shown[later] - self._starts[year, at]) / self._factors[year, at]
            )
        return months
