"""Each way of leaving is found again in organisations whose hazards are known.

People are lived through month by month in a few lines of their own, which share nothing with the
sample generator: resigning by service, retirement by age, contract ends and other exits at a flat
rate, with good and bad years. Every hazard is drawn from its prior, so that shrinkage, which pulls
any one estimate, pulls their mean nowhere. Whoever leaves before 67 is replaced at the same age, so
that ages stay spread evenly over a band, which is what the method takes them for.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest
from history_frames import PEOPLE, Tables
from numpy.typing import NDArray
from scipy.stats import binom

from workforce.domain.bands import AGE_BANDS, TENURE_EDGES_MONTHS, Cause
from workforce.domain.evidence import Evidence
from workforce.domain.units import lognormal_sigma
from workforce.history import build_history
from workforce.rates import fit_rates
from workforce.rates.cells import FAMILIES
from workforce.rates.design import log_prior
from workforce.rates.mix import people_mix
from workforce.rates.priors import tenure_prior
from workforce.rates.shock import ar1_covariance, shock_prior

FloatArray = NDArray[np.float64]

FAMILY = "data"
ORGANISATIONS = 36
BURN_IN, MONTHS = 60, 48
AS_OF, FIRST = date(2026, 3, 31), pd.Period("2022-04", "M")
AGES = ("under_55", "55_59", "60_64", "65_66", "67_plus")
AGE_EDGES = np.array([0, 55, 60, 65, 67]) * 12
CAUSES = (Cause.VOLUNTARY, Cause.RETIREMENT, Cause.END_OF_CONTRACT, Cause.OTHER)
COLUMNS = {Cause.END_OF_CONTRACT: "def_contract_end", Cause.OTHER: "def_dismissal_other"}


@dataclass(frozen=True)
class Truth:
    """Yearly hazards: resigning by tenure band, retirement by age band, two flat ones."""

    resigning: FloatArray
    retirement: FloatArray
    flat: FloatArray


@dataclass(frozen=True)
class Found:
    """Log estimate, log truth, and whether the 90% interval holds the truth."""

    cause: Cause
    error: float
    inside: bool


def _truth(evidence: Evidence, rng: np.random.Generator) -> Truth:
    def drawn(key: str) -> float:
        row = evidence.benchmark(key)
        return row.number * math.exp(rng.normal(0, lognormal_sigma(*row.range)))

    _, spread = tenure_prior(evidence)
    level = rng.normal(0, evidence.benchmark("def_prior_log_sd").number)
    benchmark = log_prior(evidence)[FAMILIES.index(FAMILY)]
    return Truth(
        12 * np.exp(benchmark + level + rng.normal(0, spread)),
        np.sort([drawn(f"def_retire_{age}") for age in AGES]),
        np.array([drawn(key) for key in COLUMNS.values()]),
    )


def _years(evidence: Evidence, rng: np.random.Generator) -> FloatArray:
    """Return good and bad years of mean one by month of the window, shape (MONTHS,)."""
    size, years = shock_prior(evidence), MONTHS // 12
    log = rng.multivariate_normal(np.full(years, -(size.sd**2) / 2), ar1_covariance(size, years))
    return np.repeat(np.exp(log), 12)


def _lived(
    truth: Truth, people: int, years: tuple[FloatArray, FloatArray], rng: np.random.Generator
) -> pd.DataFrame:
    """Live through the months, every leaver being replaced, and return the rows of a staff list."""
    age = rng.integers(22 * 12, 66 * 12, people)
    start = rng.integers(-240, 0, people)
    rows: list[NDArray[np.int64]] = []
    for month in range(BURN_IN + MONTHS):
        service = np.searchsorted(TENURE_EDGES_MONTHS, month - start, side="right") - 1
        band = np.searchsorted(AGE_EDGES, age, side="right") - 1
        hazard = np.column_stack([truth.resigning[service], truth.retirement[band],
                                  np.broadcast_to(truth.flat, (people, 2))]) / 12  # fmt: skip
        if month >= BURN_IN:
            hazard *= np.array([years[0][month - BURN_IN], *[years[1][month - BURN_IN]] * 3])
        gone = np.flatnonzero(rng.random(people) < -np.expm1(-hazard.sum(axis=1)))
        share = np.cumsum(hazard[gone], axis=1) / hazard[gone].sum(axis=1, keepdims=True)
        cause = (rng.random((len(gone), 1)) > share).sum(axis=1)
        rows.append(np.column_stack([start[gone], np.full(len(gone), month), cause, band[gone]]))
        age += 1
        oldest = gone[age[gone] >= AGE_EDGES[-1]]
        age[oldest] = rng.integers(22 * 12, AGE_EDGES[-1], len(oldest))
        start[gone] = month + 1
    band = np.searchsorted(AGE_EDGES, age, side="right") - 1
    stays = np.full(people, -1)
    return _staff_list(np.vstack([*rows, np.column_stack([start, stays, stays, band])]))


def _staff_list(rows: NDArray[np.int64]) -> pd.DataFrame:
    start, left, cause, band = rows[(rows[:, 1] < 0) | (rows[:, 1] >= BURN_IN)].T
    frame = pd.DataFrame({name: [value] * len(start) for name, value in PEOPLE.items()})
    first = FIRST - BURN_IN
    # Whoever leaves in a month was there for half of it, as hazards by the month have it.
    begun = pd.PeriodIndex.from_ordinals(first.ordinal + start, freq="M").to_timestamp()
    ended = pd.PeriodIndex.from_ordinals(first.ordinal + left, freq="M").to_timestamp()
    went = pd.Series(ended + pd.Timedelta(days=14)).where(left >= 0)
    return frame.assign(
        person=[f"p{index}" for index in range(len(start))],
        family=FAMILY,
        start_date=begun,
        role_start_date=pd.NaT,
        leave_date=went,
        contract_end_date=pd.NaT,
        cause=np.where(left >= 0, np.array([str(each) for each in CAUSES])[cause], ""),
        age_band=np.array([str(each) for each in AGE_BANDS])[band],
    )


def _recovered(evidence: Evidence, seed: int) -> Iterator[Found]:
    rng = np.random.default_rng([2026, seed])
    truth, people = _truth(evidence, rng), int(math.exp(rng.uniform(math.log(150), math.log(1200))))
    years = _years(evidence, rng), _years(evidence, rng)
    window = (FIRST.start_time.date(), AS_OF)
    history = build_history(Tables(_lived(truth, people, years, rng), AS_OF, window))
    rates = fit_rates(history, evidence, [FAMILY])
    mix = people_mix(history, evidence, (FAMILY,))[0].sum(axis=0)
    ages = history.stock.groupby("age")["people"].sum()
    held = np.array([float(ages.get(str(band), 0.0)) for band in AGE_BANDS[: len(AGES)]])
    # Rates of other exits are those of the years observed; that of resigning is an average year's.
    seen = years[1].mean()
    true = {
        Cause.VOLUNTARY: mix @ truth.resigning / mix.sum(),
        Cause.RETIREMENT: seen * (held @ truth.retirement) / held.sum(),
        Cause.END_OF_CONTRACT: seen * truth.flat[0],
        Cause.OTHER: seen * truth.flat[1],
    }
    for row in rates.table:
        if row.family == "all" and row.measure in map(str, CAUSES):
            value = true[Cause(row.measure)]
            inside = row.low <= value <= row.high
            yield Found(Cause(row.measure), math.log(row.estimate / value), inside)


@pytest.fixture(scope="module")
def found(evidence: Evidence) -> list[Found]:
    """Every cause of every organisation."""
    return [each for seed in range(ORGANISATIONS) for each in _recovered(evidence, seed)]


@pytest.mark.parametrize("cause", CAUSES)
def test_every_way_of_leaving_is_found_without_bias(found: list[Found], cause: Cause) -> None:
    errors = np.array([each.error for each in found if each.cause == cause])
    assert len(errors) == ORGANISATIONS
    standard = errors.std(ddof=1) / math.sqrt(ORGANISATIONS)
    # 2.6 standard errors are passed by chance once in a hundred; a bias of a sixth would show.
    assert standard < 0.06, "the organisations are too few to tell"
    assert abs(errors.mean()) < 2.6 * standard, f"{cause} is off by {errors.mean():+.3f} in logs"


@pytest.mark.parametrize("cause", CAUSES)
def test_ninety_per_cent_intervals_of_every_cause_hold(found: list[Found], cause: Cause) -> None:
    inside = sum(each.inside for each in found if each.cause == cause)
    low, high = binom.ppf([0.005, 0.995], ORGANISATIONS, 0.90)
    assert low <= inside <= high, f"{inside} of {ORGANISATIONS} inside"
