"""How the rate of one cause or one age band went its own way over the years of a window.

A rise of the pension age empties one band and leaves the next as it was; a closed service ends the
contracts and nobody's working life. An average over the window then describes no year, least of all
the one to come, and a year effect shared by every cause cannot say which of them has changed.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.evidence import Evidence
from workforce.domain.units import lognormal_sigma
from workforce.rates.exit_counts import GROUPS, ExitCounts
from workforce.rates.shock import normal_modes, shock_prior, walk_covariance, years_covariance

__all__ = ["ExitPaths", "exit_paths", "still"]

FloatArray = NDArray[np.float64]

_LEVEL_VARIANCE: Final = 4.0
"""Levels are fitted elsewhere, with their evidence; here each only has to be free."""
_DRIFT_GRID: FloatArray = np.exp(np.linspace(math.log(0.02), math.log(2.0), 8))


@dataclass(frozen=True)
class ExitPaths:
    """Rates of each year against the last year's, by group of `ExitCounts`.

    Attributes:
        ratio: Rate of year t / rate of the last year, shape (GROUPS, Y); ones where the years say
            nothing apart.
        log_sd: Spread of the log of the last year's rate against the average of the years.
    """

    ratio: FloatArray
    log_sd: FloatArray


def still(years: int) -> ExitPaths:
    """Return paths on which nothing moves."""
    return ExitPaths(np.ones((GROUPS, years)), np.zeros(GROUPS))


def exit_paths(seen: ExitCounts, evidence: Evidence) -> ExitPaths:
    """Estimate each rate's own drift beside the years that all of them share.

    Events of group g in year t are Poisson(e x exp(a_g + c_t + w_gt)): a level a_g, years c_t
    common to all groups with the shock and drift of the evidence, and a random walk w_g of its own
    around its mean. The size of the walks' steps is one for the organisation, with
    `def_exit_drift_sd` as prior: the marginal likelihood by Laplace's method is averaged over a
    grid. Where groups rise and fall together the common years explain it and no walk moves; a group
    without events says nothing, and one group alone has no way of its own.

    Args:
        seen: Exposure and events of three years or more.
        evidence: Priors.

    Returns:
        The paths.
    """
    paths = still(seen.years)
    told = np.flatnonzero((seen.events.sum(axis=1) > 0) & (seen.exposure.sum(axis=1) > 0))
    if len(told) > 1:
        log_path, variance = _walks(seen.exposure[told], seen.events[told], evidence)
        paths.ratio[told] = np.exp(log_path - log_path[:, -1:])
        paths.log_sd[told] = np.sqrt(variance)
    return paths


def _walks(
    exposure: FloatArray, events: FloatArray, evidence: Evidence
) -> tuple[FloatArray, FloatArray]:
    """Return posterior means of the walks, shape (G, Y), and variances of their ends, (G,)."""
    groups, years = events.shape
    held = np.flatnonzero(exposure.ravel() > 0)
    walk = np.kron(np.eye(groups), walk_covariance(years))
    squared = (_DRIFT_GRID**2)[:, None, None]
    inside = (_still_covariance(groups, years, evidence) + squared * walk)[:, held[:, None], held]
    level = events.sum(axis=1) / exposure.sum(axis=1)
    expected = (exposure * level[:, None]).ravel()[held]
    found = normal_modes(inside, np.zeros(inside.shape[:2]), expected, events.ravel()[held])
    weight = _weights(found.log_marginal, evidence)
    shared = squared * walk[:, held]
    gain = np.linalg.solve(inside, shared.swapaxes(1, 2)).swapaxes(1, 2)
    path = np.einsum("pij,pj->pi", gain, found.effect)
    mean = weight @ path
    ends = np.arange(groups) * years + years - 1
    # Of a walk's end: what remains when the effects are known, and what they are not known by.
    rest = squared[:, :, 0] * np.diag(walk)[ends] - np.einsum(
        "pij,pij->pi", gain[:, ends], shared[:, ends]
    )
    unsure = np.einsum("pij,pjk,pik->pi", gain[:, ends], found.covariance, gain[:, ends])
    variance = weight @ (rest + unsure + np.square(path[:, ends] - mean[ends]))
    return mean.reshape(groups, years), np.maximum(variance, 0.0)


def _still_covariance(groups: int, years: int, evidence: Evidence) -> FloatArray:
    """Return the covariance of levels and common years, shape (G x Y, G x Y)."""
    same = np.kron(np.eye(groups), np.ones((years, years)))
    common = np.kron(np.ones((groups, groups)), years_covariance(shock_prior(evidence), years))
    covariance: FloatArray = _LEVEL_VARIANCE * same + common
    return covariance


def _weights(log_marginal: FloatArray, evidence: Evidence) -> FloatArray:
    """Return the posterior probabilities of the sizes of the steps, shape (P,)."""
    row = evidence.benchmark("def_exit_drift_sd")
    z = np.log(_DRIFT_GRID / row.number) / lognormal_sigma(*row.range)
    log_post = log_marginal - z**2 / 2
    weight: FloatArray = np.exp(log_post - log_post.max())
    weight /= weight.sum()
    return weight
