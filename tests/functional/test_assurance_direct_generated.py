"""The direct forecast on generated series: where it must beat the naive ones, and where not lose.

Series are drawn with fixed seeds. Bounds are loose against the sampling error of four series:
the mean absolute error of each differs from the others' by some 50%, so the mean of four by 25%.
"""

from collections.abc import Callable

import numpy as np
import pytest

from workforce.assurance.direct import direct_paths

MONTHS = np.arange(108)
SEASON = np.sin(2 * np.pi * MONTHS / 12)
Maker = Callable[[np.random.Generator], np.ndarray]


def _walk(rng: np.random.Generator) -> np.ndarray:
    return 200 + np.cumsum(rng.normal(0, 3, 108))


def _seasonal(rng: np.random.Generator) -> np.ndarray:
    return 100 + 15 * SEASON + rng.normal(0, 4, 108) + np.cumsum(rng.normal(0, 0.7, 108))


def _growing_season(rng: np.random.Generator) -> np.ndarray:
    return np.exp(4.5 + 0.004 * MONTHS) * (1 + 0.15 * SEASON) * np.exp(rng.normal(0, 0.03, 108))


def _damped(rng: np.random.Generator) -> np.ndarray:
    return 300 + 8 * np.cumsum(0.98**MONTHS) + np.cumsum(rng.normal(0, 1, 108))


def _counts(rng: np.random.Generator) -> np.ndarray:
    return rng.poisson(6 * np.exp(0.2 * SEASON)).astype(float)


def _rare(rng: np.random.Generator) -> np.ndarray:
    return rng.poisson(0.5, 108).astype(float)


def _shifted(rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.integers(60, 90) > MONTHS, 120, 180) + rng.normal(0, 3, 108)


CASES: dict[str, tuple[Maker, float]] = {
    # Error against that of the last value again; about 1 where nothing better is possible.
    "random walk": (_walk, 1.3),
    "seasonal": (_seasonal, 0.5),
    "season that grows": (_growing_season, 0.4),
    "damped trend": (_damped, 1.2),
    "counts": (_counts, 1.0),
    "rare counts": (_rare, 1.0),
    "shift of level": (_shifted, 1.2),
}


@pytest.mark.parametrize(("kind", "length"), [*((kind, 39) for kind in CASES), ("seasonal", 96)])
def test_it_is_never_far_behind_the_last_value_and_far_ahead_where_there_is_a_pattern(
    kind: str, length: int
) -> None:
    make, bound = CASES[kind]
    rng = np.random.default_rng(sorted(CASES).index(kind))
    ours, naive, inside = [], [], []
    for _ in range(4):
        series = make(rng)
        known, seen = series[96 - length : 96], series[96:]
        paths = direct_paths(known, period=12, steps=12, draws=400, rng=rng)
        assert paths is not None
        ours.append(np.abs(np.median(paths, axis=0) - seen).mean())
        naive.append(np.abs(known[-1] - seen).mean())
        low, high = np.quantile(paths, [0.025, 0.975], axis=0)
        inside.append(((low <= seen) & (seen <= high)).mean())
    assert np.mean(ours) <= bound * np.mean(naive)
    # Months of one path err together: four paths are hardly more than eight independent values.
    assert np.mean(inside) >= 0.75


def test_a_rare_count_is_forecast_within_what_counts_can_be() -> None:
    rng = np.random.default_rng(3)
    paths = direct_paths(_rare(rng), period=12, steps=12, draws=400, rng=rng)
    assert paths is not None
    assert np.percentile(paths, 97.5) < 4
    assert np.isfinite(paths).all()


@pytest.mark.parametrize("years", [6, 9, 15])
def test_yearly_series_are_forecast_without_a_season(years: int) -> None:
    rng = np.random.default_rng(years)
    known = 100 + rng.normal(0, 5, years)
    paths = direct_paths(known, period=1, steps=1, draws=400, rng=rng)
    assert paths is not None
    assert np.median(paths) == pytest.approx(100, abs=10)
