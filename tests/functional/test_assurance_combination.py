"""The combination of vacancies on generated histories: where it must win and where it must lose.

Origins are a year apart and outcomes independent, so that gains are many standard errors or none.
"""

import numpy as np

from workforce.assurance.combine import Trial, VacancyCheck, check_vacancies
from workforce.assurance.direct import direct_paths

MONTHS = 144
ORIGINS = range(47, MONTHS - 12, 12)


def _checked(history: np.ndarray, flow_error: np.ndarray, seed: int) -> VacancyCheck:
    """Check a stock-flow forecast that misses what happens by a given error at each origin."""
    rng = np.random.default_rng(seed)
    trials = []
    for origin, error in zip(ORIGINS, flow_error, strict=True):
        known, seen = history[: origin + 1], history[origin + 1 : origin + 13]
        direct = direct_paths(known, period=12, steps=12, draws=300, rng=rng)
        assert direct is not None
        flow = seen + error + rng.normal(0, max(1.0, float(np.abs(error).mean())), (300, 12))
        trials.append(Trial(origin, flow, direct, seen))
    return check_vacancies(trials, source="vacancies counted", known=history)


def test_it_wins_where_the_history_has_a_season_that_rates_do_not_know() -> None:
    rng = np.random.default_rng(4)
    season = 15 * np.sin(2 * np.pi * np.arange(MONTHS) / 12)
    history = 60 + season + rng.normal(0, 2, MONTHS)
    # Stock and flow has the level right and no season.
    error = -np.array([season[at + 1 : at + 13] for at in ORIGINS])
    found = _checked(history, error, 4)
    assert all(band.wins for band in found.bands)
    assert min(band.gain for band in found.bands) > 0.2
    assert min(band.share for band in found.bands) > 0.5


def test_it_loses_where_the_history_is_a_walk_whose_way_the_establishment_tells() -> None:
    rng = np.random.default_rng(5)
    # Posts are cut and created in steps that are planned: known to stock and flow alone.
    history = 80 + np.repeat(rng.normal(0, 40, MONTHS // 12), 12) + rng.normal(0, 1, MONTHS)
    error = rng.normal(0, 1, (len(ORIGINS), 12))
    found = _checked(history, error, 5)
    assert not found.wins
    assert "stock and flow alone are shown" in found.sentence
