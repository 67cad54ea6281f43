"""What the headline would be with one assumption at the end of its range, the rest as they are.

Every run is on the same draws, so the difference is the assumption's and not chance.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.assurance.saved import BENCHMARK_BASIS
from workforce.domain.evidence import Evidence
from workforce.domain.opening import Opening
from workforce.domain.plan import Plan, Programme
from workforce.domain.rates import FlatRate, Rates, Shock
from workforce.domain.units import Z90
from workforce.projection import simulate

__all__ = [
    "POSTS_GROWTH",
    "POSTS_OUT_BY",
    "Case",
    "Effect",
    "Trial",
    "headline",
    "run_trials",
    "trials",
]

FloatArray = NDArray[np.float64]

POSTS_OUT_BY: Final = 0.05
"""How far a list of funded posts may be out, either way. Our choice: no source says."""
POSTS_GROWTH: Final = 0.02
"""Growth a year tried either way where a plan says that posts stay. Our choice."""
OVERLAP_TRIED: Final = {"within": (0.25, 0.75), "across": (0.7, 1.0)}
"""Ranges tried of the weights of overlapping levers. Our choice."""


@dataclass(frozen=True)
class Case:
    """Everything a projection starts from.

    Attributes:
        opening: Where it starts.
        rates: Leaving and hiring.
        plan: What is done.
        continuing: Programmes of those already in training.
    """

    opening: Opening
    rates: Rates
    plan: Plan
    continuing: tuple[Programme, ...]


@dataclass(frozen=True)
class Trial:
    """One assumption at both ends of its range.

    Attributes:
        key: What is tried.
        low: The case with it at the low end.
        high: The case with it at the high end.
    """

    key: str
    low: Case
    high: Case


@dataclass(frozen=True)
class Effect:
    """What an assumption does to the headline.

    Attributes:
        low: Headline with the assumption at its low end.
        high: Headline with it at its high end.
        base: Headline as it stands.
        scale: Half the 80% range of the headline as it stands.
    """

    low: float
    high: float
    base: float
    scale: float

    @property
    def swing(self) -> float:
        """The larger of the two changes, in the unit of the headline."""
        return max(abs(self.low - self.base), abs(self.high - self.base))

    @property
    def share(self) -> float:
        """The swing as a share of half the headline's 80% range."""
        return self.swing / self.scale if self.scale > 0 else math.inf if self.swing else 0.0


def headline(case: Case, *, draws: int, seed: int) -> FloatArray:
    """Return vacant FTE of all families in the last month, shape (D,)."""
    projection = simulate(
        case.opening,
        case.rates,
        [case.plan],
        draws=draws,
        seed=seed,
        continuing=case.continuing,
    )
    vacant: FloatArray = projection.values(case.plan.name, "vacancies")[:, -1].astype(float)
    return vacant


def run_trials(
    case: Case,
    tried: Sequence[Trial],
    *,
    draws: int,
    seed: int,
    progress: Callable[[float], None],
) -> dict[str, Effect]:
    """Run every trial.

    Args:
        case: As it stands.
        tried: The trials.
        draws: Simulated futures of each run.
        seed: Seed, the same for all.
        progress: Called with the share done.

    Returns:
        By trial, its effect on mean vacant FTE in the last month.
    """
    stands = headline(case, draws=draws, seed=seed)
    low, high = np.quantile(stands, (0.1, 0.9))
    found = {}
    for index, trial in enumerate(tried):
        ends = [headline(each, draws=draws, seed=seed).mean() for each in (trial.low, trial.high)]
        found[trial.key] = Effect(
            low=float(ends[0]),
            high=float(ends[1]),
            base=float(stands.mean()),
            scale=float(high - low) / 2,
        )
        progress((index + 1) / len(tried))
    return found


def trials(case: Case, evidence: Evidence) -> tuple[Trial, ...]:
    """Return the assumptions that can be tried on a case.

    Args:
        case: As it stands.
        evidence: Ranges of what is not in the rates or the plan.

    Returns:
        Rates first, then posts, then what the plan holds.
    """
    return (*_of_rates(case, evidence), *_of_posts(case, evidence), *_of_plan(case, evidence))


def _of_rates(case: Case, evidence: Evidence) -> list[Trial]:
    rates = case.rates

    def both(key: str, change: Callable[[float], Rates]) -> Trial:
        return Trial(key, *(replace(case, rates=change(end)) for end in (-Z90, Z90)))

    level = next(row for row in rates.table if (row.measure, row.family) == ("voluntary", "all"))
    spread = math.log(level.high / level.low) / (2 * Z90)

    def resigning(z: float) -> Rates:
        voluntary = replace(rates.voluntary, log_prior=rates.voluntary.log_prior + z * spread)
        return replace(rates, voluntary=voluntary)

    def flat(rate: FlatRate, z: float) -> FlatRate:
        return replace(rate, hazard_monthly=rate.hazard_monthly * math.exp(z * rate.log_sd))

    def filling(z: float) -> Rates:
        # A long time to hire is a low hazard: the low end of days is the high end of the hazard.
        factor = np.exp(-z * rates.fill.log_sd)[:, None]
        return replace(rates, fill=replace(rates.fill, hazard=rates.fill.hazard * factor))

    sizes = evidence.benchmark("def_year_shock_sd").range
    renewed = rates.renewal
    return [
        both("voluntary", resigning),
        both(
            "retirement",
            lambda z: replace(
                rates, retirement=rates.retirement * np.exp(z * rates.retirement_log_sd)
            ),
        ),
        both(
            "end_of_contract",
            lambda z: replace(rates, end_of_contract=flat(rates.end_of_contract, z)),
        ),
        both("other", lambda z: replace(rates, other=flat(rates.other, z))),
        both("time_to_hire", filling),
        *_of_moves(case),
        Trial(
            "renewal",
            *(replace(case, rates=replace(rates, renewal=(end, end, end))) for end in renewed[1:]),
        ),
        Trial("years", *(replace(case, rates=_with_years(rates, size)) for size in sizes)),
        Trial(
            "season",
            replace(case, rates=replace(rates, season=np.ones(12))),
            replace(case, rates=replace(rates, season=_stronger(rates.season))),
        ),
    ]


def _of_moves(case: Case) -> list[Trial]:
    moves = case.rates.moves
    row = next((each for each in case.rates.table if each.measure == "moves"), None)
    if moves is None or row is None:
        return []
    ends = [replace(moves, hazard=moves.hazard * end / row.estimate) for end in (row.low, row.high)]
    return [Trial("moves", *(replace(case, rates=replace(case.rates, moves=e)) for e in ends))]


def _with_years(rates: Rates, size: float) -> Rates:
    def sized(shock: Shock) -> Shock:
        return replace(shock, sd=size)

    years = rates.exit_years
    if years is not None:
        years = replace(years, shock=sized(years.shock))
    return replace(rates, shock=sized(rates.shock), exit_years=years)


def _stronger(season: FloatArray) -> FloatArray:
    squared = season**2
    stronger: FloatArray = squared / squared.mean()
    return stronger


def _of_posts(case: Case, evidence: Evidence) -> list[Trial]:
    start = case.opening
    stated = np.array([basis != BENCHMARK_BASIS for basis in start.establishment_basis])
    rate = evidence.benchmark("lg_it_vac")
    tried = []
    for end in (0, 1):
        out = 1 + (POSTS_OUT_BY if end else -POSTS_OUT_BY)
        guessed = (1 - rate.number) / (1 - rate.range[end])
        posts = start.establishment_fte * np.where(stated, out, guessed)
        tried.append(replace(case, opening=replace(start, establishment_fte=posts)))
    growing = []
    for share in (-POSTS_GROWTH, POSTS_GROWTH):
        growth = tuple(
            (family, case.plan.demand.growth(family) + share) for family in start.families
        )
        demand = replace(case.plan.demand, growth_per_year=growth)
        growing.append(replace(case, plan=replace(case.plan, demand=demand)))
    return [Trial("establishment", *tried), Trial("growth", *growing)]


def _of_plan(case: Case, evidence: Evidence) -> list[Trial]:
    plan, found = case.plan, []
    for lever in plan.active_levers:
        ends = []
        for value in (lever.low, lever.high):
            levers = tuple(
                replace(each, hazard_ratio=value, low=value, high=value) if each is lever else each
                for each in plan.levers
            )
            ends.append(replace(case, plan=replace(plan, levers=levers)))
        found.append(Trial(f"lever/{lever.lever_id}", *ends))
    if len(plan.active_levers) > 1:
        for name, values in OVERLAP_TRIED.items():
            found.append(Trial(f"overlap/{name}", *(_overlap(case, name, each) for each in values)))
    if plan.programmes or case.continuing:
        found += _of_programmes(case, evidence)
    return found


def _overlap(case: Case, name: str, value: float) -> Case:
    settings = case.plan.combination
    settings = (
        replace(settings, within=value) if name == "within" else replace(settings, across=value)
    )
    return replace(case, plan=replace(case.plan, combination=settings))


def _of_programmes(case: Case, evidence: Evidence) -> list[Trial]:
    def all_with(change: Callable[[Programme], Programme]) -> Case:
        plan = replace(case.plan, programmes=tuple(change(each) for each in case.plan.programmes))
        return replace(case, plan=plan, continuing=tuple(change(each) for each in case.continuing))

    def withdrawing(value: float, each: Programme) -> Programme:
        return replace(each, withdrawal=value, withdrawal_low=value, withdrawal_high=value)

    def leaving(value: float, each: Programme) -> Programme:
        return replace(each, post_hazard_ratio=value, post_low=value, post_high=value)

    offers = evidence.pipeline("ret_conversion_substantive").range
    return [
        Trial(
            "programme/withdrawal",
            all_with(lambda each: withdrawing(each.withdrawal_low, each)),
            all_with(lambda each: withdrawing(each.withdrawal_high, each)),
        ),
        Trial(
            "programme/offers",
            all_with(lambda each: replace(each, offer_rate=offers[0])),
            all_with(lambda each: replace(each, offer_rate=offers[1])),
        ),
        Trial(
            "programme/leaving",
            all_with(lambda each: leaving(each.post_low, each)),
            all_with(lambda each: leaving(each.post_high, each)),
        ),
    ]
