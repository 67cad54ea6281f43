"""Which terms of the hazard of resigning are learned, and from which shape of the evidence."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.rates.cells import FAMILIES
from workforce.rates.design import static_names
from workforce.rates.shock import ShockSize

__all__ = ["SCORE_TERM", "WHOLE", "Form", "Score"]

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

SCORE_TERM: Final = "boosted"
_PLACE: Final = len(static_names())
"""A score stands between the static and the season columns."""


@dataclass(frozen=True)
class Score:
    """A further column that was learned elsewhere; its coefficient says how far it is believed.

    Attributes:
        cells: Log factor of each cell, from counts other than the cell's own, shape (n,).
        grid: Log factors as used ahead, shape (all families, G, T).
        log_sd: Prior spread of the coefficient around nothing.
    """

    cells: FloatArray
    grid: FloatArray
    log_sd: float


@dataclass(frozen=True)
class Form:
    """The form of the log-linear hazard.

    Attributes:
        base: Log monthly hazards to start from, shape (all families, T); the evidence's if `None`.
        only: Beginnings of the names of the static terms that are learned, season left as in the
            evidence; every term is learned if empty. Years are always learned.
        score: A further column, if any.
        size: How years differ, where that is known; else it is estimated.
        level_log_sd: Prior spread of the overall level; that beside family terms if `None`.
    """

    base: FloatArray | None = None
    only: tuple[str, ...] = ()
    score: Score | None = None
    size: ShockSize | None = None
    level_log_sd: float | None = None

    def names(self) -> tuple[str, ...]:
        """Return the names of the static terms, K of them."""
        return (*static_names(), SCORE_TERM) if self.score else static_names()

    def columns(self, design: FloatArray) -> FloatArray:
        """Return the columns of the cells, with the score's where there is one.

        Args:
            design: Static, season and year columns, shape (n, columns).
        """
        if self.score is None:
            return design
        return np.insert(design, _PLACE, self.score.cells, axis=1)

    def covariance(self, known: FloatArray) -> FloatArray:
        """Return the prior covariance of static and season terms, with the score's.

        Args:
            known: Without it, diagonal, shape (K + 12, K + 12).
        """
        variances = np.diag(known).copy()
        if self.level_log_sd is not None:
            variances[0] = self.level_log_sd**2
        if self.score is not None:
            variances = np.insert(variances, _PLACE, self.score.log_sd**2)
        return np.diag(variances)

    def grid(self, design: FloatArray, families: tuple[str, ...]) -> FloatArray:
        """Return the static columns over the grid of a projection, with the score's.

        Args:
            design: Shape (F, G, T, columns).
            families: The F families.
        """
        if self.score is None:
            return design
        rows = self.score.grid[[FAMILIES.index(family) for family in families]]
        return np.concatenate([design, rows[..., None]], axis=-1)

    def learned(self, years: int) -> BoolArray:
        """Return which static, season and year terms are learned, shape (K + 12 + years,)."""
        static = [not self.only or name.startswith(self.only) for name in self.names()]
        return np.array([*static, *([not self.only] * 12), *([True] * years)])


WHOLE: Final = Form()
"""Every term, from the shape of the evidence."""
