"""The scale on which a series is modelled, and jumps taken out of it before it is.

A count's spread grows with its level: the logarithm or the square root (Anscombe 1948) makes it
even, where the data say so. A redundancy, a transfer or a recount moves a stock once: left in, it
would pass for a trend. It is taken out as an intervention (Chen & Liu 1993) and comes back as a
rare event of the months ahead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Scale", "find_jumps", "scales", "without_jumps"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_FAR: Final = 8.0
"""Robust standard deviations from which a step is taken for an event of its own."""
_RARE: Final = 0.05
"""Share of the steps above which they are no events but how this series moves."""
_TO_SD: Final = 1.4826
"""Median absolute deviation of a normal variable to its standard deviation."""
_SHIFT: Final = 0.375
_YEARS: Final = 3
_MOST: Final = 40.0


@dataclass(frozen=True)
class Scale:
    """A scale.

    Attributes:
        name: `as it is`, `logarithm` or `square root`.
        forward: Takes a series to the scale.
        back: Takes it back; never decreasing.
        penalty: Added to -2 log likelihood on the scale it gives that of the series itself.
    """

    name: str
    forward: Callable[[FloatArray], FloatArray]
    back: Callable[[FloatArray], FloatArray]
    penalty: float


def scales(known: FloatArray) -> list[Scale]:
    """Return the scales a series can be modelled on, the plain one first.

    Args:
        known: Observations, shape (n,).
    """
    found = [Scale("as it is", _same, _same, 0.0)]
    if known.min() > 0:
        change = 2 * float(np.log(known).sum())
        found.append(Scale("logarithm", np.log, _exponential, change))
    elif known.min() >= 0:
        change = 2 * float(np.log(2 * np.sqrt(known + _SHIFT)).sum())
        found.append(Scale("square root", _root, _square, change))
    return found


def find_jumps(known: FloatArray, period: int) -> IntArray:
    """Return the steps no other step of the series comes near.

    Each step is compared with the median of its month and with the robust spread of its month or
    of all steps, whichever is wider: a month in which the series always moves is no jump.

    Args:
        known: Observations, oldest first, shape (n,).
        period: Observations a year.

    Returns:
        Indices k of the last observation before a jump; none where such steps are frequent, or
        where the series mostly stands still, because then all its steps are.
    """
    if len(known) < 2:
        return np.zeros(0, dtype=np.int64)
    steps, months = _surprise(known, period)
    spread: float | FloatArray = _TO_SD * float(np.median(np.abs(steps)))
    if spread <= 0:
        return np.zeros(0, dtype=np.int64)
    if months is not None:
        own = np.array([np.median(np.abs(steps[months == each])) for each in range(period)])
        years = len(steps) // period
        # Medians of few years lie close to their own values.
        widen = np.sqrt(years / (years - 1))
        spread = np.maximum(spread, _TO_SD * own[months]) * widen
    far = np.flatnonzero(np.abs(steps) > _FAR * spread)
    return far if len(far) <= max(1.0, _RARE * len(known)) else far[:0]


def without_jumps(
    series: FloatArray, jumps: IntArray, period: int
) -> tuple[FloatArray, FloatArray]:
    """Return a series as if it had always stood where it stands after its jumps.

    Args:
        series: On the scale it is modelled on, shape (n,).
        jumps: Of `find_jumps`.
        period: Observations a year.

    Returns:
        The series, shape (n,), its last value as it was, and the sizes of the jumps.
    """
    if not len(jumps):
        return series, np.zeros(0)
    sizes = _surprise(series, period)[0][jumps]
    moved = series.copy()
    for place, size in zip(jumps, sizes, strict=True):
        moved[: place + 1] += size
    return moved, sizes


def _surprise(series: FloatArray, period: int) -> tuple[FloatArray, IntArray | None]:
    """Return steps less the median of their month, and the month where there are enough years."""
    steps = np.diff(series)
    if period < 2 or len(steps) < _YEARS * period:
        return steps - np.median(steps), None
    months = np.arange(len(steps)) % period
    usual = np.array([np.median(steps[months == each]) for each in range(period)])
    return steps - usual[months], months


def _same(values: FloatArray) -> FloatArray:
    return values


def _exponential(values: FloatArray) -> FloatArray:
    found: FloatArray = np.exp(np.minimum(values, _MOST))
    return found


def _root(values: FloatArray) -> FloatArray:
    found: FloatArray = np.sqrt(values + _SHIFT)
    return found


def _square(values: FloatArray) -> FloatArray:
    found: FloatArray = np.maximum(values, 0.0) ** 2 - _SHIFT
    return found
