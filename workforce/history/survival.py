"""How many stay how long: Kaplan-Meier for people who were seen from some service on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["LifeTable", "life_table"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class LifeTable:
    """Leavers and people at risk at each service at which somebody left.

    Attributes:
        service: Distinct services of leavers in ascending order, shape (n,).
        at_risk: People seen just before each of them.
        left: Leavers at each of them.
        survival: Share still there after each of them (Kaplan & Meier 1958).
    """

    service: FloatArray
    at_risk: IntArray
    left: IntArray
    survival: FloatArray

    def at(self, service: ArrayLike) -> FloatArray:
        """Return the share still there after given services, in the unit of the table."""
        place = np.searchsorted(self.service, np.asarray(service, dtype=float), side="right")
        found: FloatArray = np.concatenate([[1.0], self.survival])[place]
        return found


def life_table(service: ArrayLike, left: ArrayLike, seen_from: ArrayLike = 0.0) -> LifeTable:
    """Count people at risk and leavers by service.

    People whose service began before anybody was watching count from the service they were first
    seen at: without that, the long-serving would look as if they had survived everything.

    Args:
        service: Service at leaving or when last seen, shape (n,), in any unit.
        left: Whether each left then, shape (n,).
        seen_from: Service when first seen, same unit, shape (n,) or one number; somebody is at
            risk at services above it, up to and with the last.

    Returns:
        The table.

    Raises:
        ValueError: If somebody was last seen before being seen at all.
    """
    last = np.asarray(service, dtype=float)
    gone = np.asarray(left, dtype=bool)
    first = np.broadcast_to(np.asarray(seen_from, dtype=float), last.shape)
    if (first > last).any():
        raise ValueError("somebody was last seen before being seen at all")
    times, leavers = np.unique(last[gone], return_counts=True)
    # Somebody who left at once was at risk at that moment, whenever seen first.
    entered = np.searchsorted(np.sort(np.where(gone & (first == last), -np.inf, first)), times)
    ended = np.searchsorted(np.sort(last), times)
    at_risk = (entered - ended).astype(np.int64)
    survival = np.cumprod(1.0 - leavers / np.maximum(at_risk, 1)).astype(np.float64)
    return LifeTable(times, at_risk, leavers.astype(np.int64), survival)
