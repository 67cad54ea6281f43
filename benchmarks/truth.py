"""Whether the rates find the truth: generated organisations whose true rates come from the prior.

Each organisation is lived through person by person and post by post (`workforce.sample`), with
season, good and bad years, grades, tenures, moves and recruitment; what is read of it is a staff
list of one day and the leavers of the window. The truth is the rate over an average year of the
people in post, the same quantity as in the table of rates. Retirement by age, other exits and the
share of fixed terms renewed are drawn from their priors and looked for likewise.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._result import Result
from workforce.assurance.scores import binomial_band
from workforce.domain.bands import Cause
from workforce.domain.evidence import Evidence, load_evidence
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.domain.rates import Rates
from workforce.domain.units import Z90, lognormal_sigma
from workforce.history import History, build_history
from workforce.intake import Extract, Mapping
from workforce.rates import fit_rates
from workforce.rates.design import log_prior
from workforce.rates.mix import people_mix
from workforce.rates.priors import (
    GRADE_LOG_SD,
    family_log_sds,
    season_prior,
    tenure_prior,
    voluntary_benchmark,
)
from workforce.sample import simulate
from workforce.sample.build import grade_mix
from workforce.sample.parameters import FAMILIES, KNOWN_AGES, SampleParameters

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 9, 30)
ORGANISATIONS = 260
SMALLEST, LARGEST = 30, 5000
SHORTEST, LONGEST = 12, 60
TWICE_SIZES = (30, 300, 3000)
TWICE_EACH = 6
AGES = ("under_55", "55_59", "60_64", "65_66", "67_plus")
SHARES = (0.15, 0.3, 0.3, 0.15)

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """One estimate beside the truth, log rates per person-year.

    Attributes:
        organisation: Which organisation.
        digital: Digital staff in post.
        truth: Log of the true rate.
        benchmark: Log of the benchmark at the same people.
        estimate: Log of the estimate.
        low: Log of the lower end of the 90% interval.
        high: Log of the upper end.
        naive: Log of resignations in the window / current staff / years (half a leaver for none).
    """

    organisation: int
    digital: int
    truth: float
    benchmark: float
    estimate: float
    low: float
    high: float
    naive: float


@dataclass(frozen=True)
class Beside:
    """What is found of one thing beside resigning in one organisation, on its own scale.

    Attributes:
        measure: Measure of the table of rates.
        organisation: Which organisation.
        truth: The true value.
        estimate: The estimate.
        low: Lower end of the 90% interval.
        high: Upper end.
    """

    measure: str
    organisation: int
    truth: float
    estimate: float
    low: float
    high: float


def run(organisations: int = ORGANISATIONS) -> list[Result]:
    """Return bias and coverage over generated organisations, and the pull from prior to truth.

    Args:
        organisations: Number of organisations; each gives an interval a digital family.

    Returns:
        The figures.
    """
    evidence = load_evidence(ROOT / "models" / "evidence")
    rng = np.random.default_rng(2026)
    found: list[Found] = []
    beside: list[Beside] = []
    for index in range(organisations):
        digital = round(math.exp(rng.uniform(math.log(SMALLEST), math.log(LARGEST))))
        months = int(rng.integers(SHORTEST, LONGEST + 1))
        drawn = _parameters(evidence, rng, digital)
        exits = _with_exits(evidence, drawn, np.random.default_rng([2027, index]))
        made = _made(evidence, exits, digital, months, index)
        found += _recover(made, exits, evidence)
        beside += _beside(made, exits)
    return [*_judge(found), *_by_size(found), *_judge_beside(beside), *_twice(evidence)]


def _parameters(
    evidence: Evidence, rng: np.random.Generator, digital: int, *, level: float | None = None
) -> SampleParameters:
    """Draw the true rates of an organisation from the prior.

    Args:
        evidence: The prior.
        rng: Random numbers.
        digital: Digital staff.
        level: Ratio to the benchmark, for one that is not drawn; years are then all alike.
    """
    drawn = level is None
    shared, own = family_log_sds(evidence)
    common = rng.normal(0, shared)
    ratio = [math.exp(common + rng.normal(0, own)) if drawn else float(level or 1) for _ in SHARES]
    shape, tenure_sd = tenure_prior(evidence)
    factors, season_sd = season_prior(evidence)
    season = factors * np.exp(rng.normal(0, season_sd))
    size, persistence = (evidence.benchmark(f"def_year_shock_{n}") for n in ("sd", "ar1"))
    ends = [math.atanh(end) for end in persistence.range]
    spread = lognormal_sigma(*size.range)
    ar1 = math.tanh(rng.normal(math.atanh(persistence.number), (ends[1] - ends[0]) / 2 / Z90))
    total = max(50, round(digital / 0.9))
    shares = [digital / total * share / sum(SHARES) for share in SHARES]
    families = [str(family) for family in DIGITAL_FAMILIES]
    benchmarks = [voluntary_benchmark(evidence, family).value for family in FAMILIES]
    return SampleParameters(
        staff_share=dict(zip(FAMILIES, [*shares, 0.0], strict=True)),
        voluntary_annual=dict(zip(FAMILIES, benchmarks, strict=True)),
        own_level=dict.fromkeys(FAMILIES, 1.0) | dict(zip(families, ratio, strict=True)),
        grade_multiplier=tuple(np.exp(rng.normal(0, GRADE_LOG_SD, 4)).tolist()),
        tenure_multiplier=tuple((shape * np.exp(rng.normal(0, tenure_sd))).tolist()),
        season=tuple((season / season.mean()).tolist()),
        shock_sd=size.number * math.exp(rng.normal(0, spread)) if drawn else 0.0,
        shock_ar1=max(0.0, ar1),
        event_share=dict.fromkeys(FAMILIES, 0.0),
    )


def _with_exits(
    evidence: Evidence, parameters: SampleParameters, rng: np.random.Generator
) -> SampleParameters:
    """Draw the true rates of retirement and other exits, and the share of fixed terms renewed."""

    def drawn(key: str) -> float:
        row = evidence.benchmark(key)
        return row.number * math.exp(rng.normal(0, lognormal_sigma(*row.range)))

    renewed = evidence.benchmark("def_fixed_term_renewed")
    spread = (renewed.range[1] - renewed.range[0]) / 2 / Z90
    return replace(
        parameters,
        # Rates by age are not independent here: a hazard that fell with age would be no pension.
        retirement_annual=tuple(sorted(drawn(f"def_retire_{age}") for age in AGES)),
        other_annual=drawn("def_dismissal_other"),
        renewal=float(np.clip(rng.normal(renewed.number, spread), 0.05, 0.95)),
    )


def _extract(parameters: SampleParameters, digital: int, months: int, seed: int) -> Extract:
    """Live through an organisation and return its staff and the leavers of the window."""
    years = -(-months // 12)
    made = simulate(
        parameters, size=max(50, round(digital / 0.9)), years=years, seed=seed, as_of=AS_OF
    )
    start = pd.Timestamp(AS_OF) + pd.offsets.MonthBegin(-months)
    people = made.people[~(made.people["leave_date"] < start).to_numpy()]
    # The window is what a reader can see of it: it begins with the month of the first leaver.
    left = people["leave_date"][people["leave_date"] <= pd.Timestamp(AS_OF)]
    opens = left.min().to_period("M").start_time.date() if len(left) else None
    return Extract(
        people=people, posts=made.posts, requisitions=made.requisitions,
        apprentices=made.apprentices, agency=made.agency, tables=(), columns=(), left_out=(),
        findings=(), as_of=AS_OF, window=(opens, AS_OF) if opens else None, role_matches=(),
        mapping=Mapping(), digest=str(seed),
    )  # fmt: skip


@dataclass(frozen=True)
class Made:
    """An organisation as it was read, and what was fitted to it."""

    seed: int
    digital: int
    history: History
    rates: Rates


def _made(
    evidence: Evidence, parameters: SampleParameters, digital: int, months: int, seed: int
) -> Made:
    history = build_history(_extract(parameters, digital, months, seed))
    families = [str(family) for family in DIGITAL_FAMILIES]
    return Made(seed, digital, history, fit_rates(history, evidence, families))


def _beside(made: Made, parameters: SampleParameters) -> Iterator[Beside]:
    """Yield retirement, other exits and renewals beside the truth."""
    stock = made.history.stock
    here = stock[stock["family"].isin([str(family) for family in DIGITAL_FAMILIES])]
    by_age = here.groupby("age")["people"].sum()
    people = np.array([float(by_age.get(band, 0.0)) for band in KNOWN_AGES])
    retiring = float(people @ np.array(parameters.retirement_annual) / people.sum())
    truth = {
        "retirement": retiring,
        "other": parameters.other_annual,
        "renewal": parameters.renewal,
    }
    for row in made.rates.table:
        if row.family == "all" and row.measure in truth:
            yield Beside(
                row.measure, made.seed, truth[row.measure], row.estimate, row.low, row.high
            )


def _recover(made: Made, parameters: SampleParameters, evidence: Evidence) -> Iterator[Found]:
    history, rates, seed, digital = made.history, made.rates, made.seed, made.digital
    families = [str(family) for family in DIGITAL_FAMILIES]
    table = parameters.voluntary_table(grade_mix())
    base = log_prior(evidence)
    rows = {row.family: row for row in rates.table if row.measure == "voluntary"}
    for index, family in enumerate(families):
        mix = people_mix(history, evidence, (family,))[0]
        share, row = mix / mix.sum(), rows[family]
        yield Found(
            organisation=seed,
            digital=digital,
            truth=math.log(float((share * table[index]).sum())),
            benchmark=math.log(12 * float((share * np.exp(base[index])[None, :]).sum())),
            estimate=math.log(row.estimate),
            low=math.log(row.low),
            high=math.log(row.high),
            naive=_naive(history, family),
        )


def _naive(history: History, family: str) -> float:
    counts, stock = history.counts, history.stock
    events = float(counts.loc[counts["family"] == family, str(Cause.VOLUNTARY)].sum())
    people = float(stock.loc[stock["family"] == family, "people"].sum())
    first, last = history.window or (history.as_of - 11, history.as_of)
    return math.log(max(events, 0.5) / max(people, 1.0) / ((last - first + 1) / 12))


def _mean_and_error(values: FloatArray, groups: NDArray[np.int64]) -> tuple[float, float]:
    """Return the mean and its standard error; families of one organisation are not independent."""
    totals = np.bincount(groups, values - values.mean(), minlength=int(groups.max()) + 1)
    return float(values.mean()), float(np.sqrt(np.square(totals).sum()) / len(values))


def _judge(found: list[Found]) -> list[Result]:
    groups = np.array([each.organisation for each in found])
    truth, estimate, naive, benchmark = (
        np.array([getattr(each, name) for each in found])
        for name in ("truth", "estimate", "naive", "benchmark")
    )
    inside = np.array([each.low <= each.truth <= each.high for each in found])
    mean, error = _mean_and_error(estimate - truth, groups)
    detail = (
        f"{len(found)} intervals in {groups.max() + 1} organisations; root mean square error of "
        f"the log hazard {np.sqrt(np.mean((estimate - truth) ** 2)):.3f}; naive leavers / current "
        f"staff {np.sqrt(np.mean((naive - truth) ** 2)):.3f} (mean {np.mean(naive - truth):+.3f}), "
        f"benchmark alone {np.sqrt(np.mean((benchmark - truth) ** 2)):.3f}"
    )
    return [
        Result("truth.bias", round(mean, 4), "mean error of the log hazard",
               f"within 2 standard errors of 0 ({2 * error:.4f})", abs(mean) <= 2 * error,
               "naive leavers / current staff", detail),
        Result("truth.cover90", round(float(inside.mean()), 4), "share", "0.87 to 0.93",
               bool(0.87 <= inside.mean() <= 0.93), "the truth", detail),
    ]  # fmt: skip


def _judge_beside(found: list[Beside]) -> list[Result]:
    """Return bias and coverage of everything beside resigning; shares are not taken logs of."""
    results = []
    for measure in dict.fromkeys(each.measure for each in found):
        some = [each for each in found if each.measure == measure]
        scale = (lambda x: x) if measure == "renewal" else math.log
        error = np.array([scale(each.estimate) - scale(each.truth) for each in some])
        inside = float(np.mean([each.low <= each.truth <= each.high for each in some]))
        mean, band = float(error.mean()), 2 * float(error.std(ddof=1)) / math.sqrt(len(error))
        low, high = binomial_band(len(some), 0.9)
        detail = f"{len(some)} organisations; root mean square {np.sqrt(np.mean(error**2)):.3f}"
        results += [
            Result(f"truth.{measure}.bias", round(mean, 4),
                   "mean error" + ("" if measure == "renewal" else " of the log rate"),
                   f"within 2 standard errors of 0 ({band:.4f})", abs(mean) <= band, "the truth",
                   detail),
            Result(f"truth.{measure}.cover90", round(inside, 3), "share",
                   f"{low} to {high} of {len(some)}", low <= inside * len(some) <= high,
                   "the truth", detail),
        ]  # fmt: skip
    return results


def _by_size(found: list[Found]) -> list[Result]:
    """Return coverage by size: intervals that are right on average only would show here."""
    results = []
    for low, high in ((0, 150), (150, 900), (900, 10**9)):
        some = [each for each in found if low <= each.digital < high]
        if not some:
            continue
        inside = np.mean([each.low <= each.truth <= each.high for each in some])
        error = np.array([each.estimate - each.truth for each in some])
        results.append(
            Result(f"truth.from_{low}_staff", round(float(inside), 3), "share", "", None,
                   "the truth", f"{len(some)} intervals; mean error {error.mean():+.3f}, root mean "
                   f"square {np.sqrt(np.mean(error**2)):.3f}")
        )  # fmt: skip
    return results


def _twice(evidence: Evidence) -> list[Result]:
    """Return the estimate where true rates are twice the benchmark, as the data grow."""
    rng = np.random.default_rng(7)
    ratios = []
    for digital in TWICE_SIZES:
        errors = [
            each.estimate - each.truth
            for seed in range(TWICE_EACH)
            for each in _twice_as_many(evidence, rng, digital, 10_000 + seed)
        ]
        ratios.append(2 * math.exp(float(np.mean(errors))))
    rises = ratios == sorted(ratios)
    return [
        Result("truth.twice", round(ratios[-1], 3), "ratio to the benchmark",
               "rises with the data, to within 15% of 2 in five years",
               rises and abs(ratios[-1] / 2 - 1) <= 0.15, "the truth, 2",
               "; ".join(f"{n} digital staff: {r:.2f}"
                         for n, r in zip(TWICE_SIZES, ratios, strict=True)))
    ]  # fmt: skip


def _twice_as_many(
    evidence: Evidence, rng: np.random.Generator, digital: int, seed: int
) -> Iterator[Found]:
    drawn = _alike(evidence, rng, digital)
    return _recover(_made(evidence, drawn, digital, LONGEST, seed), drawn, evidence)


def _alike(evidence: Evidence, rng: np.random.Generator, digital: int) -> SampleParameters:
    """Return twice the benchmark, every other rate as the prior expects it."""
    shape, _ = tenure_prior(evidence)
    factors, _ = season_prior(evidence)
    return replace(
        _parameters(evidence, rng, digital, level=2.0),
        grade_multiplier=(1.0, 1.0, 1.0, 1.0),
        tenure_multiplier=tuple(shape.tolist()),
        season=tuple(factors.tolist()),
    )
