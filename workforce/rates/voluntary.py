"""Resignations: design, prior and fit of the log-linear hazard by family, grade and tenure."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.evidence import Evidence
from workforce.domain.rates import Shock, VoluntaryRates
from workforce.rates.cells import FAMILIES, Cells, Present, Window, sums
from workforce.rates.design import (
    centre_of,
    design_matrix,
    grid_design,
    log_prior,
    prior_covariance,
)
from workforce.rates.forms import WHOLE, Form
from workforce.rates.poisson import Posterior, fit_poisson, laplace
from workforce.rates.priors import conflict, season_prior
from workforce.rates.shock import (
    MIN_MONTHS,
    ShockSize,
    estimate_shock,
    shock_prior,
    states_given_years,
    walk_covariance,
    years_covariance,
)

__all__ = ["VoluntaryFit", "fit_voluntary"]

FloatArray = NDArray[np.float64]

_ROBUST_STEPS = 12


@dataclass(frozen=True)
class VoluntaryFit:
    """What is learned of resignations.

    Attributes:
        rates: The hazards with their joint uncertainty.
        prior: Prior covariance of the same coefficients, for the weight of own data.
        season: Twelve factors, January first, mean one.
        season_log_sd: Spreads of their logs, shape (12,).
        season_weight: Share of the seasonal shape that is own data.
        shock: Year-to-year shock continuing from the last year.
        shock_estimated: Whether its size comes from this organisation's own years.
        year_effects: Posterior means of the years' log effects, oldest first.
        benchmark: Log monthly hazards of the evidence over the months, shape (F, G, T).
        fitted: Events expected of each cell with its season and year, shape (n,).
        size: How years differ.
    """

    rates: VoluntaryRates
    prior: FloatArray
    season: FloatArray
    season_log_sd: FloatArray
    season_weight: float
    shock: Shock
    shock_estimated: bool
    year_effects: FloatArray
    benchmark: FloatArray
    fitted: FloatArray
    size: ShockSize


def fit_voluntary(
    cells: Cells,
    window: Window | None,
    present: Present,
    evidence: Evidence,
    form: Form = WHOLE,
) -> VoluntaryFit:
    """Fit the hazard of resigning: posterior mode taken to the mean, Laplace covariance.

    log hazard = log prior + overall + family + grade + tenure + fixed term + season + year. Every
    term is penalised towards the evidence; years have the covariance of the shock. Grade, tenure
    and contract are centred on the people now in post, season on its mean, so that the prior spread
    of the level is that of the evidence and not inflated by them. A family outside those wanted
    helps to find what all share and then drops out.

    Args:
        cells: Exposure and events.
        window: Observed months, `None` without leavers (the result is then the prior).
        present: The wanted families and their people now in post.
        evidence: The evidence base.
        form: Which terms are learned, and from which shape; all from the evidence's if not given.

    Returns:
        The fit.
    """
    benchmark = log_prior(evidence)
    base = benchmark if form.base is None else form.base
    factors, season_sd = season_prior(evidence)
    size = form.size or shock_prior(evidence)
    years = window.years if window else 0
    rows = [FAMILIES.index(family) for family in present.families]
    centre = centre_of(present, base[rows])
    design = form.columns(design_matrix(cells, window, centre))
    hazard = np.exp(base[cells.family, cells.tenure]) * factors[cells.month % 12]
    expected = cells.exposure * hazard
    known = form.covariance(prior_covariance(evidence, season_sd))
    problem = _Problem(design, expected, cells.events, known, years, form.learned(years))
    posterior = problem.mode(size)
    if form.size is None and window and window.last - window.first + 1 >= MIN_MONTHS:
        steady = expected * np.exp(design[:, : len(known)] @ posterior.mean[: len(known)])
        block = window.year(cells.month)
        size = estimate_shock(
            sums(block, steady, years), sums(block, cells.events, years), evidence
        )
        posterior = problem.mode(size)
    last = np.exp(design @ posterior.mean - _half_variance(size, years))
    parts = _Parts(base[rows], benchmark[rows], factors, size, years, centre, expected * last, form)
    return _marginalised(posterior, parts, present)


@dataclass(frozen=True)
class _Problem:
    """Counts and prior; K static and season terms, then the years."""

    design: FloatArray
    expected: FloatArray
    events: FloatArray
    known: FloatArray
    years: int
    learned: NDArray[np.bool_]

    def mode(self, size: ShockSize) -> Posterior:
        """Return mean and covariance at years of this size, and the prior before widening."""
        terms = len(self.known)
        prior = np.zeros((terms + self.years, terms + self.years))
        prior[:terms, :terms] = self.known
        prior[terms:, terms:] = years_covariance(size, self.years)
        steady = self.expected * np.exp(-_half_variance(size, self.years))
        design, block = self.design[:, self.learned], np.ix_(self.learned, self.learned)
        mean, widened = np.zeros(len(prior)), prior
        for _ in range(1 + _ROBUST_STEPS):
            used = widened
            posterior = fit_poisson(design, steady, self.events, used[block], mean[self.learned])
            mean[self.learned] = posterior.mean
            widened = _widened(prior, mean, terms - 12)
            if np.allclose(widened, used, rtol=0.02):
                break
        mean[self.learned] += _from_mode_to_mean(
            design, steady * np.exp(design @ posterior.mean), posterior.covariance
        )
        if self.learned.all():
            return Posterior(mean, posterior.covariance, prior)
        # What a simpler form leaves out is not known to be nothing: it stays as uncertain.
        return Posterior(mean, laplace(self.design, steady, mean, used), prior)


def _from_mode_to_mean(
    design: FloatArray, fitted: FloatArray, covariance: FloatArray
) -> FloatArray:
    """Return how far the posterior mean lies from the mode, to first order.

    Few leavers make a posterior that is longer below than above, so its mode lies above its mean;
    over many organisations modes would be too high. The step is half the covariance times the third
    derivatives of the log likelihood, which for counts are those of the expectation (Tierney &
    Kadane 1986, JASA 81).

    Args:
        design: X, shape (n, K).
        fitted: Events expected at the mode, shape (n,).
        covariance: Laplace covariance, shape (K, K).

    Returns:
        Shape (K,).
    """
    variance = np.sum((design @ covariance) * design, axis=1)
    step: FloatArray = -covariance @ (design.T @ (fitted * variance)) / 2
    return step


def _widened(prior: FloatArray, mean: FloatArray, static: int) -> FloatArray:
    """Return the prior with heavy tails beyond two spreads, as a normal at this mean.

    Iteratively reweighted, the mode is that of the prior with such tails (`priors.conflict`).

    Args:
        prior: Prior covariance, shape (K, K), diagonal in the static terms.
        mean: Present posterior mean, shape (K,).
        static: Number of terms that do not change over time; the others stay as they are.

    Returns:
        Shape (K, K).
    """
    spread = np.sqrt(np.diag(prior))
    factor = np.ones(len(mean))
    factor[:static] = conflict((mean / spread)[:static])
    root = np.sqrt(factor)
    widened: FloatArray = prior * np.outer(root, root)
    return widened


@dataclass(frozen=True, slots=True)
class _Parts:
    base: FloatArray
    benchmark: FloatArray
    factors: FloatArray
    size: ShockSize
    years: int
    centre: FloatArray
    fitted: FloatArray
    form: Form


def _marginalised(posterior: Posterior, parts: _Parts, present: Present) -> VoluntaryFit:
    """Keep what projections draw: level, families, grades, tenure; season and years apart."""
    names, families = parts.form.names(), present.families
    static, season = len(names), slice(len(names), len(names) + 12)
    wanted = [
        k
        for k, name in enumerate(names)
        if not name.startswith("family: ") or name.removeprefix("family: ") in families
    ]
    keep = np.zeros((len(wanted), len(posterior.mean)))
    keep[np.arange(len(wanted)), wanted] = 1.0
    kept = posterior.linear(keep)
    effects = posterior.mean[season]
    factors = parts.factors * np.exp(effects - effects.mean())
    level = factors.mean()
    pick = np.zeros((12, len(posterior.mean)))
    pick[:, season] = np.eye(12) - 1 / 12
    shape = posterior.linear(pick)
    grid = (len(families), len(GRADE_BANDS), len(TENURE_BANDS))
    before, benchmark = (
        np.broadcast_to(each[:, None, :], grid) + np.log(level)
        for each in (parts.base, parts.benchmark)
    )
    rates = VoluntaryRates(
        families=families,
        log_prior=before,
        names=tuple(names[k] for k in wanted),
        design=parts.form.grid(grid_design(present, parts.centre), families)[..., wanted],
        mean=kept.mean,
        covariance=kept.covariance,
    )
    return VoluntaryFit(
        rates=rates,
        prior=kept.prior,
        season=factors / level,
        season_log_sd=np.sqrt(np.maximum(np.diag(shape.covariance), 0.0)),
        season_weight=_mean_weight(shape),
        shock=_shock(posterior, keep, parts),
        shock_estimated=parts.size.estimated,
        year_effects=posterior.mean[static + 12 :],
        benchmark=benchmark,
        fitted=parts.fitted,
        size=parts.size,
    )


def _mean_weight(posterior: Posterior) -> float:
    """Return 1 - posterior variance / prior variance, variances added up over all directions."""
    before = float(np.trace(posterior.prior))
    return min(1.0, max(0.0, 1 - float(np.trace(posterior.covariance)) / before))


def _half_variance(size: ShockSize, years: int) -> float:
    """Return what a year's log factor has taken off: the level is then a mean over years."""
    walk = float(np.diag(walk_covariance(years)).mean()) if years else 0.0
    return (size.sd**2 + size.drift**2 * walk) / 2


def _shock(posterior: Posterior, keep: FloatArray, parts: _Parts) -> Shock:
    """Return the shock and drift that go on from the last year, given the rates that are kept.

    The level and the last year's effect explain the same leavers, so they are drawn together: given
    the kept terms b with covariance C, the effect has mean m + c' C^-1 (b - E b). The year's
    effect is split into what fades (the shock) and what stays (the drift) by their covariances.
    """
    size, years = parts.size, parts.years
    if not years:
        return Shock(size.sd, size.ar1, 0.0, size.sd, drift=size.drift, sizes=size.points)
    _, states = states_given_years(size, years)
    gain, rest = states.gain[:2], states.rest[:2, :2]
    effects = slice(len(posterior.mean) - years, None)
    covariance = gain @ posterior.covariance[effects, effects] @ gain.T + rest
    shared = keep @ posterior.covariance[:, effects] @ gain.T
    values, vectors = np.linalg.eigh(keep @ posterior.covariance @ keep.T)
    # The same root as `VoluntaryRates.draws` takes: the loading is in its standard normals.
    loading = vectors.T @ shared / np.sqrt(np.maximum(values, 1e-300))[:, None]
    own = covariance - loading.T @ loading
    last_sd = math.sqrt(max(0.0, float(own[0, 0])))
    tie = float(own[0, 1]) / last_sd if last_sd > 0 else 0.0
    mean = gain @ posterior.mean[effects]
    variance = float(covariance[0, 0])
    return Shock(
        size.sd,
        size.ar1,
        # A shock multiplies by exp(u - sd^2 / 2) in the fit; a draw takes off its own variance.
        last_mean=float(mean[0]) - size.ar1 * (size.sd**2 - variance) / 2,
        last_sd=last_sd,
        loading=tuple(map(float, loading[:, 0])),
        drift=size.drift,
        sizes=size.points,
        level_mean=float(mean[1]) - _half_variance(size, years) + size.sd**2 / 2,
        level_sd=math.sqrt(max(0.0, float(own[1, 1]) - tie**2)),
        level_loading=tuple(map(float, loading[:, 1])),
        level_tie=tie,
    )
