"""Speed and noise of the ensemble, against a plain numpy loop and SimPy in the same run.

Times are processor seconds of one core, the best of several, so that a busy machine weighs less.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import _plain_loop, _simpy_peer
from benchmarks._result import Result
from workforce.domain.bands import GRADE_BANDS
from workforce.domain.defaults import lever_from_evidence, programme_from_evidence
from workforce.domain.evidence import Evidence, load_evidence
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.domain.opening import NEVER, Cells, Opening
from workforce.domain.plan import Plan
from workforce.domain.rates import Rates, Shock
from workforce.projection import expect, simulate

ROOT = Path(__file__).resolve().parents[1]
AS_OF = 12 * 2026 + 8
FAMILIES = tuple(str(family) for family in DIGITAL_FAMILIES)
LEVERS = ("FLEX_TEAM", "MANAGER", "CAREER", "ONBOARD")
PROGRAMMES = (("ST1021", "cyber"), ("ST0118", "data"), ("ST0865", "transformation"))
_ABOUT, _TURNS = 862, 7


def run() -> list[Result]:
    """Return every figure of this benchmark."""
    evidence = load_evidence(ROOT / "models" / "evidence")
    return [
        *_against_plain_loop(evidence),
        *_against_simpy(),
        *_noise(evidence),
        _live(evidence),
        _linear(evidence),
        _expected(evidence),
    ]


def organisation(people: int, seed: int = 1) -> Opening:
    """Return a digital workforce of full-time people with 8% of the posts vacant."""
    rng = np.random.default_rng(seed)
    family = rng.integers(0, len(FAMILIES), people)
    nobody = np.full(people, NEVER)
    cells = Cells(
        family=family,
        grade=rng.choice(len(GRADE_BANDS), people, p=[0.2, 0.45, 0.25, 0.1]),
        tenure_months=np.minimum(rng.exponential(60, people).astype(np.int64), 120),
        age=rng.choice(6, people, p=[0.75, 0.12, 0.08, 0.02, 0.01, 0.02]),
        contract_end=nobody,
        known_leave=nobody.copy(),
        known_cause=np.zeros(people, dtype=np.int64),
        people=np.ones(people, dtype=np.int64),
        fte=np.ones(people),
    )
    posts = np.bincount(family, minlength=len(FAMILIES)) / 0.92
    return Opening(
        as_of=AS_OF,
        families=FAMILIES,
        cells=cells,
        establishment_fte=np.round(posts),
        open_vacancies=np.zeros((len(FAMILIES), 0), dtype=np.int64),
        starter_fte=np.ones(len(FAMILIES)),
    )


def stated_rates() -> Rates:
    """Return rates of the size that UK public bodies report, with their uncertainty."""
    rates = Rates.stated(
        FAMILIES,
        voluntary_annual=[0.15, 0.13, 0.12, 0.11],
        fill_monthly=0.2,
        other_annual=0.01,
        contract_end_annual=0.01,
        voluntary_log_sd=0.15,
        shock=Shock(0.15, 0.5),
    )
    shape = np.log([1.6, 1.4, 1.2, 1.0, 0.7, 0.5])
    season = np.array([1.1, 1, 0.95, 1, 1, 0.9, 1, 1.1, 1.1, 1, 0.95, 0.9])
    return replace(
        rates,
        voluntary=replace(rates.voluntary, log_prior=rates.voluntary.log_prior + shape),
        retirement=np.array([0.0005, 0.003, 0.012, 0.03, 0.03, 0.002]),
        season=season / season.mean(),
    )


def full_plan(evidence: Evidence, months: int) -> Plan:
    """Return a plan of four levers and three programmes of yearly cohorts."""
    return Plan(
        "Plan",
        horizon_months=months,
        levers=tuple(lever_from_evidence(evidence.levers[key], AS_OF + 4) for key in LEVERS),
        programmes=tuple(
            programme_from_evidence(
                evidence,
                standard,
                programme_id=standard,
                family=family,
                first_start=AS_OF + 6,
                size=8,
                cohorts=3,
            )
            for standard, family in PROGRAMMES
        ),
    )


def best(work: Callable[[], object], times: int = 3) -> float:
    """Return the least processor time of several runs, after one to warm up."""
    work()
    best = float("inf")
    for _ in range(times):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def in_turns(*works: Callable[[], object], times: int = 5) -> list[float]:
    """Return the least processor time of each, taken in turns, so that all see the same machine."""
    for work in works:
        work()
    least = [float("inf")] * len(works)
    for _ in range(times):
        for index, work in enumerate(works):
            begin = time.process_time()
            work()
            least[index] = min(least[index], time.process_time() - begin)
    return least


def _pair(evidence: Evidence, people: int, months: int) -> tuple[Opening, Rates, Sequence[Plan]]:
    plan = full_plan(evidence, months)
    return organisation(people), stated_rates(), (plan.baseline(), plan)


def _against_plain_loop(evidence: Evidence) -> list[Result]:
    opening, rates, plans = _pair(evidence, 500, 60)
    draws, sample = 2000, 200
    ours = best(lambda: simulate(opening, rates, plans, draws=draws))
    # The loop's cost is proportional to draws: measured on a tenth, which favours its cache use.
    begin = time.process_time()
    theirs = [_plain_loop.run(opening, rates, plan, sample, 1, 60) for plan in plans]
    loop = (time.process_time() - begin) * draws / sample
    mine = simulate(opening, rates, plans, draws=draws)
    gaps = [
        abs(
            float(mine.values(plan.name, "headcount")[:, -1].mean())
            / float(other["headcount"].sum(axis=1)[:, -1].mean())
            - 1
        )
        for plan, other in zip(plans, theirs, strict=True)
    ]
    return [
        Result(
            "simulate.plain_loop",
            loop / ours,
            "ratio",
            "at least 5 times as fast",
            loop / ours >= 5,
            "plain numpy, a binomial per cell and month",
            f"500 people, 60 months, {draws} draws, two scenarios, one core: ours {ours:.2f} s, "
            f"the loop {loop:.1f} s (from {sample} draws); bound by the people who move",
        ),
        Result(
            "simulate.agreement",
            max(gaps),
            "share",
            "mean headcount after five years within 2% of the simpler loop",
            max(gaps) < 0.02,
            "plain numpy, a binomial per cell and month",
            "the loop pools retirement over ages and spreads withdrawal evenly",
        ),
    ]


def _against_simpy() -> list[Result]:
    opening, rates, plans = organisation(500), stated_rates(), [Plan("Base", horizon_months=60)]
    bar, against = "about 1,000 times as fast per draw on two cores", "SimPy, one process a person"
    names = ("simulate.simpy_two_cores", "simulate.simpy", "simulate.simpy_one_event")

    def passed(draws: int, workers: int) -> float:
        begin = time.perf_counter()
        simulate(opening, rates, plans, draws=draws, workers=workers)
        return (time.perf_counter() - begin) / draws

    passed(500, 2)
    batches, times = [], []
    # In turns, and a ratio in each: a machine that others use, too, changes within a minute.
    for turn in range(_TURNS):
        ours = [passed(10_000, workers) for workers in (1, 2)]
        peers, fault = _simpy_peer.ask(opening, rates, 60, batch=turn, draws=15)
        if not peers:
            return [Result(each, float("nan"), "", bar, None, against, fault) for each in names]
        batches.append(peers)
        times.append((*ours, peers["alone"].seconds, peers["shared"].seconds))
    one, two, alone, shared = np.array(times).T
    ratios = alone / two, alone / one, shared / one
    usual = [float(np.median(each)) for each in ratios]
    detail = (
        f"500 people, 60 months, one scenario, 10,000 draws, the median of {_TURNS} turns: ours "
        f"{np.median(two) * 1000:.3f} ms a draw by two threads, {np.median(one) * 1000:.3f} ms on "
        f"one core; SimPy {np.median(alone) * 1000:.0f} ms with a timeout for each person and "
        f"month, {np.median(shared) * 1000:.0f} ms where all wait for one event a month; bound by "
        "some 900 hires and openings a draw at about 80 ns each: what happens to them is chance, "
        "so the processor guesses wrong a few times for each"
    )
    spread = (
        f"; from {ratios[0].min():.0f} to {ratios[0].max():.0f} times; “about” is read as at least "
        f"{_ABOUT}: 69 ms against 0.08 ms"
    )
    mine = simulate(opening, rates, plans, draws=2000)
    holds = usual[0] >= _ABOUT
    return [
        Result(names[0], usual[0], "ratio", bar, holds, against, detail + spread),
        Result(names[1], usual[1], "ratio", "", None, against, detail),
        # A trick of this model: in SimPy people usually wait on their own.
        Result(names[2], usual[2], "ratio", "", None, against, detail),
        _simpy_peer.agreement(mine, batches),
    ]


def _noise(evidence: Evidence) -> list[Result]:
    opening, rates, plans = _pair(evidence, 500, 60)
    base, plan = plans
    sure = replace(
        plan,
        name="Sure",
        levers=tuple(
            replace(each, low=each.hazard_ratio, high=each.hazard_ratio) for each in plan.levers
        ),
        programmes=(),
    )
    coupled = simulate(opening, rates, (base, plan, sure), draws=1000)
    apart = simulate(opening, rates, (plan, sure), draws=1000, seed=2)

    def ratios(name: str) -> list[float]:
        found = []
        for measure in ("headcount", "vacancies", "leavers"):
            for month in (11, 35, 59):
                other = coupled.values(base.name, measure)[:, month]
                same = (coupled.values(name, measure)[:, month] - other).std()
                found.append(float(same / (apart.values(name, measure)[:, month] - other).std()))
        return found

    return [
        Result(
            f"simulate.common_random_numbers{suffix}",
            max(found),
            "ratio",
            "standard deviation of a difference at most half of that with independent draws",
            max(found) <= 0.5,
            "the same two plans on independent draws",
            f"{what}; worst of headcount, vacancies and monthly leavers after 1, 3 and 5 years: "
            + ", ".join(f"{ratio:.2f}" for ratio in found),
        )
        for suffix, what, found in (
            (
                "",
                "four levers and three programmes; a third of the variance after five years is "
                "uncertainty about rates and effects, which is no noise and no coupling can remove "
                "(so nothing below 0.3); the rest is bound by how many people a lever keeps, which "
                "is left to chance one by one (docs/method.md)",
                ratios(plan.name),
            ),
            ("_luck", "the four levers with certain effects: luck alone", ratios(sure.name)),
        )
    ]


def _live(evidence: Evidence) -> Result:
    opening, rates, plans = _pair(evidence, 140, 36)
    live = best(lambda: simulate(opening, rates, plans, draws=500), times=5)
    whole_opening, _, whole_plans = _pair(evidence, 500, 60)
    whole = best(lambda: simulate(whole_opening, rates, whole_plans, draws=2000), times=2)
    return Result(
        "simulate.live_run",
        live / whole,
        "ratio",
        "at most a fifth of the full run",
        live / whole <= 0.2,
        "500 people, 60 months, 2,000 draws",
        f"140 people, 36 months, 500 draws, two scenarios: {live * 1000:.0f} ms against "
        f"{whole * 1000:.0f} ms; bound by the calls of a month, not by the numbers in them",
    )


def _linear(evidence: Evidence) -> Result:
    opening, rates, plans = _pair(evidence, 500, 60)

    def took(times: int, draws: int) -> float:
        begin = time.process_time()
        for _ in range(times):
            simulate(opening, rates, plans, draws=draws)
        return time.process_time() - begin

    took(1, 500)
    # Of the same length: the least of short runs finds a quiet moment that long ones do not.
    turns = np.array([(took(8, 500) / 8, took(1, 4000)) for _ in range(9)])
    growth = float(np.median(turns[:, 1] / turns[:, 0]))
    few, many = np.median(turns, axis=0)
    return Result(
        "simulate.growth_in_draws",
        growth,
        "ratio",
        "eight times the draws cost at most eight times as much",
        growth <= 8,
        "500 draws",
        f"{few:.2f} s for 500 draws, {many:.2f} s for 4,000; the median of {len(turns)} turns",
    )


def _expected(evidence: Evidence) -> Result:
    opening, rates, plans = _pair(evidence, 500, 60)
    many = [replace(plans[1], name=f"Plan {k}", horizon_months=60) for k in range(32)]
    # Each plan has levers of its own, so that nothing is shared between them.
    many = [
        replace(
            plan,
            levers=tuple(
                replace(lever, adopted_target=0.5 + k / 64, start_month=AS_OF + 1 + k % 6)
                for lever in plan.levers
            ),
        )
        for k, plan in enumerate(many)
    ]
    whole, alone, batched = in_turns(
        partial(simulate, opening, rates, plans, draws=2000),
        partial(expect, opening, rates, plans),
        partial(expect, opening, rates, many),
    )
    whole, alone, batched = whole / len(plans), alone / len(plans), batched / len(many)
    return Result(
        "simulate.expected_values",
        whole / batched,
        "ratio",
        "at least 100 times as fast as the ensemble, a plan at a time or batched",
        whole / min(alone, batched) >= 100,
        "the ensemble of 2,000 draws",
        f"500 people, 60 months: {whole * 1000:.0f} ms a plan against {batched * 1000:.1f} ms in a "
        f"batch of {len(many)} plans with levers of their own ({whole / batched:.0f} times), "
        f"{alone * 1000:.1f} ms of two ({whole / alone:.0f} times)",
    )
