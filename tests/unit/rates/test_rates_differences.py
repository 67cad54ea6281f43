"""Directorates and jobs: recovered where they differ, drawn to one, dropped where they do not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.stats import gamma, halfnorm, poisson

from workforce.domain.differences import DifferenceKind, Differences
from workforce.domain.evidence import Evidence
from workforce.rates.cells import FAMILIES, Cells, Window
from workforce.rates.differences import _Posterior, fit_differences

FloatArray = NDArray[np.float64]

LAST = 2026 * 12 + 2
HAZARD = 0.01
TENURE = "2-5 years"


def fitted(
    jobs: pd.DataFrame, evidence: Evidence, hazard: float = HAZARD
) -> tuple[Differences, ...]:
    """Compare the groups of a frame whose people all have one family, grade and tenure."""
    years = int(jobs["year"].max()) + 1
    exposure = jobs.groupby("year")["exposure"].sum().to_numpy(dtype=float)
    month = LAST - 12 * np.arange(years)[::-1]
    some = np.zeros(years, dtype=np.int64)
    cells = Cells(
        month, some + FAMILIES.index("cyber"), some, some + 3, some * 0.0, exposure, some * 0.0
    )
    window = Window(LAST - 12 * years + 1, LAST)
    return fit_differences(jobs, cells, hazard * exposure, window, ("cyber",), evidence)


def rows(
    resigned: FloatArray, exposure: FloatArray, *, department: list[str], title: list[str]
) -> pd.DataFrame:
    """Return `History.jobs` of groups by years, shape (J, years) each."""
    groups, years = resigned.shape
    return pd.DataFrame(
        {
            "family": "cyber",
            "grade": "entry",
            "fixed_term": False,
            "department": np.repeat(department, years),
            "title": np.repeat(title, years),
            "tenure": TENURE,
            "year": np.tile(np.arange(years), groups),
            "exposure": exposure.ravel(),
            "resigned": resigned.ravel(),
            "people": np.where(np.arange(groups * years) % years == years - 1, 10.0, 0.0),
        }
    )


def drawn(
    factor: FloatArray, seed: int, *, years: int = 4, months: float = 2400
) -> tuple[FloatArray, FloatArray]:
    """Draw resignations of groups with factors of shape (J,) or (J, years)."""
    rng = np.random.default_rng(seed)
    exposure = np.full((len(factor), years), months)
    each = factor if factor.ndim == 2 else factor[:, None]
    return rng.poisson(HAZARD * exposure * each).astype(float), exposure


NAMES = ["Adults", "Children", "Places"]


def test_directorates_that_differ_are_found_and_jobs_in_them_add_nothing(
    evidence: Evidence,
) -> None:
    truth = np.array([1.8, 1.0, 0.6])
    resigned, exposure = drawn(truth, seed=1)
    jobs = rows(resigned, exposure, department=NAMES, title=["a", "b", "c"])
    directorates, titles = fitted(jobs, evidence)
    assert directorates.kind is DifferenceKind.DEPARTMENT
    assert directorates.earned
    found = np.array([directorates.ratios[name] for name in NAMES])
    # About 100 leavers each: a standard error of a tenth; 0.25 is two and a half.
    assert found == pytest.approx(truth / truth.mean(), abs=0.25)
    # Every job is one directorate's: what it tells has been told.
    assert not titles.earned
    assert dict(titles.ratios) == {}


def test_levels_and_years_have_no_part_in_it(evidence: Evidence) -> None:
    resigned, exposure = drawn(np.array([1.8, 1.0, 0.6]), seed=1)
    jobs = rows(resigned, exposure, department=NAMES, title=["a"] * 3)
    one, other = (fitted(jobs, evidence, hazard=hazard)[0] for hazard in (0.002, 0.05))
    assert [row.ratio for row in one.rows] == pytest.approx([row.ratio for row in other.rows])
    assert sum(row.expected for row in one.rows) == pytest.approx(resigned.sum())


def test_the_order_of_rows_is_of_no_matter(evidence: Evidence) -> None:
    resigned, exposure = drawn(np.array([1.5, 1.0, 0.8]), seed=2)
    jobs = rows(resigned, exposure, department=NAMES, title=["x", "y", "y"])
    for one, other in zip(
        fitted(jobs, evidence), fitted(jobs.sample(frac=1, random_state=3), evidence), strict=True
    ):
        assert dict(one.ratios) == pytest.approx(dict(other.ratios))
        assert one.gain == pytest.approx(other.gain)


def test_where_nothing_differs_little_is_claimed(evidence: Evidence) -> None:
    far = earned = 0
    for seed in range(60):
        resigned, exposure = drawn(np.ones(8), seed=seed, months=900)
        names = [f"Directorate {k}" for k in range(8)]
        found = fitted(rows(resigned, exposure, department=names, title=["a"] * 8), evidence)[0]
        earned += found.earned
        far += sum(row.low > 1 or row.high < 1 for row in found.rows)
    # Chance alone passes one standard error 16 times of 100: 10 of 60 with a deviation of 2.8.
    assert earned <= 18
    # Drawn to 1, far fewer than one group in ten lies outside its 90% range.
    assert far <= 0.1 * 60 * 8


def test_what_one_year_shows_and_the_next_does_not_is_not_believed(evidence: Evidence) -> None:
    rng = np.random.default_rng(5)
    earned = 0
    for seed in range(20):
        fleeting = np.exp(rng.normal(0, 0.5, (6, 4)))
        resigned, exposure = drawn(fleeting, seed=seed, months=900)
        names = [f"Directorate {k}" for k in range(6)]
        found = fitted(rows(resigned, exposure, department=names, title=["a"] * 6), evidence)
        earned += found[0].earned
    assert earned <= 6


@pytest.mark.parametrize("case", ["blank", "renamed", "one", "short"])
def test_names_that_cannot_be_compared_are_not(evidence: Evidence, case: str) -> None:
    years = 1 if case == "short" else 4
    resigned, exposure = drawn(np.array([1.8, 1.0, 0.6]), seed=1, years=years)
    names = {"blank": ["", "Children", "Places"], "one": ["Adults"] * 3}.get(case, NAMES)
    jobs = rows(resigned, exposure, department=names, title=["a"] * 3)
    if case == "renamed":
        # The directorate with most leavers is there no more.
        jobs.loc[jobs["department"] == "Adults", "people"] = 0.0
    assert fitted(jobs, evidence) == ()


def test_other_families_are_left_out(evidence: Evidence) -> None:
    resigned, exposure = drawn(np.array([1.8, 1.0, 0.6]), seed=1)
    jobs = rows(resigned, exposure, department=NAMES, title=["a"] * 3)
    others = jobs.assign(family="data", resigned=0.0)
    alone, beside = (
        fitted(each, evidence)[0] for each in (jobs, pd.concat([jobs, others], ignore_index=True))
    )
    assert [row.resigned for row in alone.rows] == [row.resigned for row in beside.rows]


def test_ratio_and_range_are_those_of_an_integral_over_the_spread() -> None:
    expected, resigned, prior = np.array([10.0, 40.0, 3.0]), np.array([16.0, 30.0, 3.0]), 0.3

    def weight(spread: float) -> float:
        a = 1 / spread**2
        likelihood = 1.0
        for due, seen in zip(expected, resigned, strict=True):
            # The factor integrated out numerically, not by the negative binomial's formula.
            likelihood *= quad(
                lambda f, due=due, seen=seen: (
                    poisson.pmf(seen, due * f) * gamma.pdf(f, a, scale=1 / a)
                ),
                0, 8, limit=200, points=[1.0],
            )[0]  # fmt: skip
        return float(likelihood * halfnorm.pdf(spread, scale=prior))

    grid = np.linspace(0.02, 1.0, 50)
    weights = np.array([weight(each) for each in grid])
    weights /= weights.sum()
    a = 1 / np.square(grid)[:, None]
    mean = weights @ ((a + resigned) / (a + expected))
    found = _Posterior.of(expected, resigned, prior)
    # A grid of 11 spreads against 50.
    assert found.mean == pytest.approx(mean, abs=0.02)
    for share in (0.05, 0.5, 0.95):
        below = weights @ gamma.cdf(found.quantile(share) * (a + expected), a + resigned)
        assert below == pytest.approx(np.full(3, share), abs=0.02)


def test_nine_in_ten_ranges_hold_the_truth() -> None:
    rng = np.random.default_rng(11)
    held = total = 0
    for _ in range(40):
        spread = abs(rng.normal(0, 0.3))
        a = 1 / max(spread, 0.02) ** 2
        truth = rng.gamma(a, 1 / a, 20)
        expected = rng.uniform(2, 60, 20)
        found = _Posterior.of(expected, rng.poisson(expected * truth).astype(float), 0.3)
        inside = (found.quantile(0.05) <= truth) & (truth <= found.quantile(0.95))
        held, total = held + int(inside.sum()), total + 20
    # 800 intervals, 20 to a spread that they share: 0.90 with a standard error of about 0.015.
    assert 0.86 <= held / total <= 0.94


def test_no_hazard_depends_on_names_of_directorates(evidence: Evidence) -> None:
    from datetime import date

    from history_frames import Tables, people

    from workforce.history import build_history
    from workforce.rates import fit_rates

    staff = [
        {"start_date": "2018-01-01", "department": name, "job_title": f"{name} officer"}
        for name in NAMES
        for _ in range(15)
    ]
    for row, month in zip(staff, range(1, 13), strict=False):
        row |= {"leave_date": f"2025-{month:02}-15", "cause": "voluntary"}
    window = (date(2023, 4, 1), date(2026, 3, 31))
    plain = [replace_all(row) for row in staff]
    one, other = (
        fit_rates(
            build_history(Tables(people(*each), as_of=window[1], window=window)),
            evidence,
            ("cyber", "data"),
        )
        for each in (staff, plain)
    )
    assert one.differences
    assert other.differences == ()
    assert np.array_equal(one.voluntary.mean, other.voluntary.mean)
    assert np.array_equal(one.voluntary.covariance, other.voluntary.covariance)
    assert replace(one, differences=()).table == other.table


def replace_all(row: dict[str, str]) -> dict[str, str]:
    """Return a row without directorate and title."""
    return {**row, "department": "", "job_title": ""}
