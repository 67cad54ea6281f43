"""Rounding numbers so that what is shown still adds up."""

import math
from collections.abc import Sequence

__all__ = ["add_up"]


def add_up(parts: Sequence[float], total: float, places: int = 1) -> tuple[float, ...]:
    """Round parts so that their sum is the rounded total.

    Largest remainder (Hamilton's method): every part is rounded down, and the units that are then
    missing go to the parts that lost most. A part that is nothing stays nothing.

    Args:
        parts: Numbers of either sign.
        total: What the rounded parts must add up to, itself a number of at most `places` decimals
            or rounded to that many here.
        places: Decimals kept.

    Returns:
        One number a part, each within one unit of its own where `total` is within half a unit a
        part of their sum.

    Raises:
        ValueError: If every part is nothing and the total is not.
    """
    unit = 10**places
    scaled = [part * unit for part in parts]
    # A hair of floating point below a whole unit must not cost that unit.
    floors = [math.floor(value + 1e-9) for value in scaled]
    moved = [k for k, value in enumerate(scaled) if abs(value) > 1e-9]
    missing = round(total * unit) - sum(floors)
    if missing and not moved:
        raise ValueError("parts that are all nothing cannot add up to something")
    moved.sort(key=lambda k: (floors[k] - scaled[k], k))
    step = 1 if missing > 0 else -1
    order = moved if missing > 0 else moved[::-1]
    for turn in range(abs(missing)):
        floors[order[turn % len(order)]] += step
    return tuple(value / unit for value in floors)
