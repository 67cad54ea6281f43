"""Good and bad years of retirement, contract ends and other exits: size, last year and level.

Retirement comes in waves (a closing pension scheme, an early-retirement offer), so a rate known
from hundreds of retirements does not give next year's within the noise of counting.
"""

import math
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, Cause
from workforce.domain.evidence import Evidence
from workforce.domain.rates import ExitYears, Shock
from workforce.rates.cells import Window, sums
from workforce.rates.poisson import fit_poisson
from workforce.rates.shock import (
    MIN_MONTHS,
    ShockSize,
    estimate_shock,
    shock_prior,
    states_given_years,
)

__all__ = ["exit_years", "expected_exits"]

FloatArray = NDArray[np.float64]

_TRACE: Final = 1e-6


def expected_exits(
    counts: pd.DataFrame, retirement: FloatArray, rest: dict[Cause, float]
) -> FloatArray:
    """Return the exits other than resigning that average years would have brought.

    Args:
        counts: Frame `History.counts`.
        retirement: Rate per person-year by age band, shape (len(AGE_BANDS),).
        rest: Rates per person-year of the other causes.

    Returns:
        Expected events, one a row of `counts`.
    """
    band = pd.Categorical(counts["age"], categories=[str(each) for each in AGE_BANDS]).codes
    rate = retirement[band] + sum(rest.values())
    expected: FloatArray = counts["exposure"].to_numpy(dtype=float) / 12 * rate
    return expected


def exit_years(
    counts: pd.DataFrame, expected: FloatArray, window: Window | None, evidence: Evidence
) -> ExitYears:
    """Estimate the yearly shock of exits other than resigning, as that of resigning is.

    The rates are averages of the years observed, so a year's effect is relative to that average:
    events of year t are Poisson(expected_t x exp(x_t)), x the shocks and the drift less their own
    average. No source gives the size for retirement alone, so the evidence's shock is the prior.

    Args:
        counts: Frame `History.counts` with every cause settled.
        expected: Events of average years, one a row of `counts`.
        window: Observed months, `None` without leavers.
        evidence: Prior of size, persistence and level.

    Returns:
        The years, with the level over years against the rates.
    """
    size = shock_prior(evidence)
    if window is None or not expected.sum() > 0:
        return ExitYears(
            Shock(size.sd, size.ar1, 0.0, size.sd, drift=size.drift, sizes=size.points)
        )
    years = window.years
    block = window.year(counts["month"].to_numpy(dtype=np.int64))
    causes = [str(each) for each in (Cause.RETIREMENT, Cause.END_OF_CONTRACT, Cause.OTHER)]
    events = sums(block, counts[causes].to_numpy(dtype=float).sum(axis=1), years)
    steady = sums(block, expected, years)
    if window.last - window.first + 1 >= MIN_MONTHS:
        size = estimate_shock(steady, events, evidence)
    covariance, states = states_given_years(size, years, steady / steady.sum())
    # The effects average to nothing, so their covariance has no inverse without a trace of noise.
    found = fit_poisson(np.eye(years), steady, events, covariance + _TRACE * np.eye(years))
    mean = states.gain @ found.mean
    spread = states.gain @ found.covariance @ states.gain.T + states.rest
    return _going_on(size, mean, spread)


def _going_on(size: ShockSize, mean: FloatArray, spread: FloatArray) -> ExitYears:
    """Return the years to come from the states' means and covariance, in the order of `States`."""
    level_sd = math.sqrt(max(0.0, float(spread[2, 2])))
    loading = spread[:2, 2] / level_sd if level_sd > 0 else np.zeros(2)
    own = spread[:2, :2] - np.outer(loading, loading)
    last_sd = math.sqrt(max(0.0, float(own[0, 0])))
    tie = float(own[0, 1]) / last_sd if last_sd > 0 else 0.0
    shock = Shock(
        size.sd,
        size.ar1,
        # As for resigning: a draw takes off its own variance, not that of the shock.
        last_mean=float(mean[0]) - size.ar1 * (size.sd**2 - float(spread[0, 0])) / 2,
        last_sd=last_sd,
        loading=(float(loading[0]),),
        drift=size.drift,
        sizes=size.points,
        level_mean=float(mean[1]),
        level_sd=math.sqrt(max(0.0, float(own[1, 1]) - tie**2)),
        level_loading=(float(loading[1]),),
        level_tie=tie,
    )
    # Mean one where the years say nothing: the rates are then the best guess of the next year's.
    return ExitYears(shock, float(mean[2]) - level_sd**2 / 2, level_sd)
