"""Moves of people in post from one role family to another, with their uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Moves"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moves:
    """Hazards of wanting to move, each known up to a lognormal factor of mean one.

    Somebody moves where a vacancy stands in the other family that month and stays otherwise, so
    these are the moves of an organisation that has vacancies.

    Attributes:
        families: F families.
        hazard: Mean hazard per person-month from the family of the row to that of the column, shape
            (F, F), 0 on the diagonal.
        log_sd: Standard deviation of its logarithm, same shape.
    """

    families: tuple[str, ...]
    hazard: FloatArray
    log_sd: FloatArray

    def __post_init__(self) -> None:
        """Check shapes and values."""
        shape = (len(self.families),) * 2
        if self.hazard.shape != shape or self.log_sd.shape != shape:
            raise ValueError("moves need one row and one column a family")
        if np.any(self.hazard < 0) or np.any(np.diag(self.hazard)):
            raise ValueError("a hazard of moving is at least 0, and 0 from a family to itself")

    def among(self, families: Sequence[str]) -> "Moves":
        """Return the moves between some of the families, in their order.

        Raises:
            ValueError: If one of them is not known.
        """
        rows = [self.families.index(name) for name in families]
        return Moves(tuple(families), self.hazard[rows][:, rows], self.log_sd[rows][:, rows])

    def draws(self, z: FloatArray) -> FloatArray:
        """Return hazards for standard normals of shape (F, F, D), same shape."""
        spread = self.log_sd[:, :, None]
        drawn: FloatArray = self.hazard[:, :, None] * np.exp(spread * z - spread**2 / 2)
        return drawn
