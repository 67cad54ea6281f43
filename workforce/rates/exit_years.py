"""Good and bad years of retirement, contract ends and other exits: size, last year and level.

Retirement comes in waves (a closing pension scheme, an early-retirement offer), so a rate known
from hundreds of retirements does not give next year's within the noise of counting.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, Cause
from workforce.domain.evidence import Evidence
from workforce.domain.rates import ExitYears, Shock
from workforce.rates.cells import Window, sums
from workforce.rates.poisson import fit_poisson
from workforce.rates.shock import MIN_MONTHS, ar1_covariance, estimate_shock, shock_prior

__all__ = ["exit_years", "expected_exits"]

FloatArray = NDArray[np.float64]


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

    Events of year t are Poisson(expected_t x exp(a + u_t - sd^2 / 2)), u an AR(1) and a the level.
    No source gives the size for retirement alone, so the evidence's shock is the prior here too.

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
        return ExitYears(Shock(size.sd, size.ar1, 0.0, size.sd))
    block = window.year(counts["month"].to_numpy(dtype=np.int64))
    causes = [str(each) for each in (Cause.RETIREMENT, Cause.END_OF_CONTRACT, Cause.OTHER)]
    events = sums(block, counts[causes].to_numpy(dtype=float).sum(axis=1), window.years)
    steady = sums(block, expected, window.years)
    if window.last - window.first + 1 >= MIN_MONTHS:
        size = estimate_shock(steady, events, evidence)
    years = window.years
    prior = np.zeros((1 + years, 1 + years))
    prior[0, 0] = evidence.benchmark("def_prior_log_sd").number ** 2
    prior[1:, 1:] = ar1_covariance(size, years)
    design = np.hstack([np.ones((years, 1)), np.eye(years)])
    found = fit_poisson(design, steady * np.exp(-(size.sd**2) / 2), events, prior)
    level_sd = float(np.sqrt(found.covariance[0, 0]))
    variance = float(found.covariance[-1, -1])
    loading = float(found.covariance[0, -1]) / level_sd
    # As for resigning: a draw takes off its own variance, not that of the shock.
    mean = float(found.mean[-1]) - size.ar1 * (size.sd**2 - variance) / 2
    rest = float(np.sqrt(max(0.0, variance - loading**2)))
    shock = Shock(size.sd, size.ar1, mean, rest, (loading,))
    return ExitYears(shock, float(found.mean[0]), level_sd)
