"""Organisations drawn at the level of counts, for the tests of rates."""

from dataclasses import dataclass

import numpy as np

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.evidence import Evidence
from workforce.rates.cells import FAMILIES, Cells, Present, Window
from workforce.rates.design import log_prior
from workforce.rates.priors import GRADE_LOG_SD, season_prior, tenure_prior
from workforce.rates.shock import ar1_covariance, shock_prior

LAST = 2026 * 12 + 2


@dataclass(frozen=True)
class Drawn:
    """Counts of one family and the true log hazard, averaged over its people, before any year."""

    cells: Cells
    window: Window
    present: Present
    log_hazard: float


def draw(
    evidence: Evidence,
    rng: np.random.Generator,
    *,
    people: int,
    months: int,
    family: str = "cyber",
    level: float | None = None,
    shocks: bool = True,
) -> Drawn:
    """Draw an organisation whose truth comes from the prior.

    Args:
        evidence: The prior.
        rng: Random numbers.
        people: Size of the family, constant over the window.
        months: Length of the window.
        family: The family.
        level: Log ratio of its rate to the benchmark; drawn with `def_prior_log_sd` if not given.
        shocks: Whether years differ.

    Returns:
        Counts and truth.
    """
    window = Window(LAST - months + 1, LAST)
    index = FAMILIES.index(family)
    mix = rng.dirichlet(np.full(len(GRADE_BANDS) * len(TENURE_BANDS), 2.0))
    heads = rng.multinomial(people, mix).reshape(len(GRADE_BANDS), len(TENURE_BANDS)) * 1.0
    base = log_prior(evidence)[index]
    factors, season_sd = season_prior(evidence)
    _, tenure_sd = tenure_prior(evidence)
    spread = evidence.benchmark("def_prior_log_sd").number
    leavers = heads * np.exp(base)
    leavers /= leavers.sum()
    grade = rng.normal(0, GRADE_LOG_SD, len(GRADE_BANDS))
    tenure = rng.normal(0, tenure_sd)
    season = rng.normal(0, season_sd)
    size = shock_prior(evidence)
    year = rng.multivariate_normal(np.full(window.years, -(size.sd**2) / 2),
                                   ar1_covariance(size, window.years))  # fmt: skip
    year = year if shocks else np.zeros(window.years)
    level = rng.normal(0, spread) if level is None else level
    static = (
        base + level
        + (grade - leavers.sum(axis=1) @ grade)[:, None]
        + (tenure - leavers.sum(axis=0) @ tenure)
    )  # fmt: skip
    month, g, t = (
        each.ravel()
        for each in np.meshgrid(np.arange(window.first, LAST + 1), np.arange(len(GRADE_BANDS)),
                                np.arange(len(TENURE_BANDS)), indexing="ij")
    )  # fmt: skip
    calendar = factors[month % 12] * np.exp((season - season.mean())[month % 12])
    exposure = heads[g, t]
    hazard = np.exp(static[g, t] + year[window.year(month)]) * calendar
    seen = exposure > 0
    events = rng.poisson(exposure * hazard)[seen] * 1.0
    count = int(seen.sum())
    return Drawn(
        Cells(month[seen], np.full(count, index), g[seen], t[seen], np.zeros(count),
              exposure[seen], events),
        window,
        Present((family,), heads[None], np.zeros(1)),
        float(np.log((heads / heads.sum() * np.exp(static)).sum())),
    )  # fmt: skip
