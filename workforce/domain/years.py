"""Good and bad years: how much hazards differ from year to year, and how it goes on.

Whoever draws supplies standard normal numbers, so that scenarios share them.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["ExitYears", "Shock"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shock:
    """Good and bad years: a mean-one AR(1) on a log hazard and a drift of its level.

    The size is itself not known: `sizes` are equally likely ones, and a draw has one of them, which
    gives the years of all draws together the heavier tails that few years of history leave.

    Attributes:
        sd: Stationary standard deviation of the log shock.
        ar1: Correlation from one year to the next.
        last_mean: The last observed year's effect (log), 0 where there is no history.
        last_sd: Its uncertainty, given the hazards where `loading` is given.
        loading: How the last year's effect moves with the standard normals behind the hazards:
            what was a bad year is not also a high level. Empty where they are independent.
        drift: Standard deviation of the lasting change of the log level from a year to the next.
        sizes: Equally likely (sd, ar1, drift), from calm to wild; empty where the size is known.
        level_mean: Log of the last year's level against the hazards, which are an average of years.
        level_sd: Its uncertainty, given the hazards and the last year's effect.
        level_loading: As `loading`.
        level_tie: How it moves with the standard normal behind the last year's effect.
    """

    sd: float
    ar1: float
    last_mean: float = 0.0
    last_sd: float = 0.0
    loading: tuple[float, ...] = ()
    drift: float = 0.0
    sizes: tuple[tuple[float, float, float], ...] = ()
    level_mean: float = 0.0
    level_sd: float = 0.0
    level_loading: tuple[float, ...] = ()
    level_tie: float = 0.0

    def draws(
        self, z: FloatArray, rates_z: FloatArray | None = None, more: FloatArray | None = None
    ) -> FloatArray:
        """Return yearly multipliers.

        Args:
            z: Standard normals, shape (D, years + 1); column 0 moves the last observed year.
            rates_z: The standard normals the hazards were drawn with, shape (D, K); needed only
                where there is a `loading`.
            more: Further standard normals, shape (D, years + 2): column 0 picks the size, column 1
                moves the level, the others drift it. Without, the size is the central one and the
                level stays.

        Returns:
            Multipliers for years 1 to n after the window, shape (D, years). Where nothing is known
            of the last year they have mean one: exp(x - var(x) / 2).
        """
        years = z.shape[1] - 1
        further = np.zeros((len(z), years + 2)) if more is None else more
        sd, ar1, drift = self._size(None if more is None else further[:, 0], len(z))
        state = self.last_mean + self.last_sd * z[:, 0]
        level = self.level_mean + self.level_tie * z[:, 0] + self.level_sd * further[:, 1]
        variance = np.full(len(z), self.last_sd**2)
        if self.loading and rates_z is not None:
            weights = np.asarray(self.loading)
            state = state + rates_z @ weights
            variance = variance + float(weights @ weights)
        if self.level_loading and rates_z is not None:
            level = level + rates_z @ np.asarray(self.level_loading)
        innovation = sd * np.sqrt(np.maximum(0.0, 1 - ar1**2))
        out = np.empty((len(z), years))
        for year in range(years):
            state = ar1 * state + innovation * z[:, year + 1]
            variance = ar1**2 * variance + innovation**2
            if more is not None:
                level = level + drift * further[:, year + 2] - drift**2 / 2
            out[:, year] = np.exp(level + state - variance / 2)
        return out

    def _size(self, z: FloatArray | None, draws: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        if z is None or not self.sizes:
            same = np.ones(draws)
            return self.sd * same, self.ar1 * same, self.drift * same
        # A standard normal lies below its own distribution function with that probability.
        share = 0.5 * (1.0 + np.vectorize(math.erf)(z / math.sqrt(2.0)))
        place = np.minimum((share * len(self.sizes)).astype(np.intp), len(self.sizes) - 1)
        sd, ar1, drift = np.asarray(self.sizes)[place].T
        return sd, ar1, drift


@dataclass(frozen=True, slots=True)
class ExitYears:
    """Good and bad years of every other way of leaving: retirement, ends of contract, the rest.

    Attributes:
        shock: Their own year-to-year shock; its `loading`, if any, is on the level's normal.
        level_log_mean: Mean of the log of a factor that all of them share: the level over years
            against the rates, which are those of the years observed.
        level_log_sd: Its spread.
        with_voluntary: Whether causes were not told apart: then the years are those of resigning,
            and `shock` is not used.
    """

    shock: Shock
    level_log_mean: float = 0.0
    level_log_sd: float = 0.0
    with_voluntary: bool = False

    def draws(
        self,
        z: FloatArray,
        z_level: FloatArray,
        voluntary: FloatArray,
        more: FloatArray | None = None,
    ) -> FloatArray:
        """Return yearly multipliers on the hazards.

        Args:
            z: Standard normals of the shock, shape (D, years + 1).
            z_level: Standard normals of the level, shape (D,).
            voluntary: Yearly multipliers on resigning, shape (D, years).
            more: Further ones of the shock, shape (D, years + 2), as for `Shock.draws`.

        Returns:
            Shape (D, years).
        """
        level = np.exp(self.level_log_mean + self.level_log_sd * z_level)[:, None]
        years = voluntary if self.with_voluntary else self.shock.draws(z, z_level[:, None], more)
        multipliers: FloatArray = level * years
        return multipliers
