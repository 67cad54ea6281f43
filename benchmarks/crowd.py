"""Very many people: groups counted instead of everybody followed. Cost, memory and agreement."""

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np

from benchmarks._result import Result
from benchmarks.simulate import AS_OF, ROOT, best, full_plan, organisation, stated_rates
from workforce.domain.evidence import Evidence, load_evidence
from workforce.domain.opening import NEVER, KnownStarter, Opening
from workforce.domain.plan import Demand, DemandChange, Freeze, Hiring, Plan
from workforce.projection import Projection, engine, simulate

NATION = 1_500_000
MONTHS = 60
STOCKS = ("headcount", "fte", "vacancies")
FLOWS = (
    "leavers_voluntary",
    "leavers_retirement",
    "leavers_end_of_contract",
    "leavers_other",
    "hires",
    "apprentices_converted",
)


def run() -> list[Result]:
    """Return every figure of this benchmark."""
    evidence = load_evidence(ROOT / "models" / "evidence")
    return [*_national(evidence), *_agreement(evidence)]


def _national(evidence: Evidence) -> list[Result]:
    plan = full_plan(evidence, MONTHS)
    plans, rates = (plan.baseline(), plan), stated_rates()
    small = organisation(500)
    usual = best(lambda: simulate(small, rates, plans, draws=2000))
    # What is compiled on first use is no part of either.
    simulate(organisation(30_000), rates, plans, draws=1)
    seconds = {}
    for people in (150_000, NATION):
        opening = organisation(people)
        begin = time.process_time()
        result = simulate(opening, rates, plans, draws=500)
        seconds[people] = time.process_time() - begin
    lines = result.account(plan.name)
    gone = sum(values for name, values in lines.items() if name.startswith("leavers"))
    apart = lines["opening"] - gone + lines["conversions"] + lines["hires"] - lines["closing"]
    ratio, growth = seconds[NATION] / usual, seconds[NATION] / seconds[150_000]
    return [
        Result(
            "crowd.national_service",
            ratio,
            "ratio",
            "at most 20 times the time of 500 people at 2,000 draws",
            bool(ratio <= 20),
            "500 people, 2,000 draws, the same two plans",
            f"1.5 million people, 500 draws, {MONTHS} months, two scenarios: {seconds[NATION]:.1f} "
            f"s against {usual:.2f} s; bound by the number of groups times draws and months",
        ),
        Result(
            "crowd.growth_in_staff",
            growth,
            "ratio",
            "ten times the staff cost less than ten times as much",
            growth < 10,
            "150,000 people",
            f"{seconds[150_000]:.1f} s for 150,000 people, {seconds[NATION]:.1f} s for 1.5 million",
        ),
        Result(
            "crowd.account",
            float(np.abs(apart).max()),
            "people",
            "opening, leavers, conversions, hires and closing add up exactly in every draw",
            bool(np.all(apart == 0)),
            "none",
            f"memory at its highest {_peak_megabytes():.0f} MB",
        ),
    ]


def _peak_megabytes() -> float:
    """Return the most memory the national projection takes, in a process of its own."""
    code = (
        "import resource\n"
        "from benchmarks.crowd import NATION, MONTHS\n"
        "from benchmarks.simulate import *\n"
        "plan = full_plan(load_evidence(ROOT / 'models' / 'evidence'), MONTHS)\n"
        "simulate(organisation(NATION), stated_rates(), (plan.baseline(), plan), draws=500)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return int(done.stdout) / 1024


def _agreement(evidence: Evidence) -> list[Result]:
    """Compare both ways at the size at which the engine changes over, with the same parameters."""
    people, draws = engine.CROWD, 1000
    opening, rates = _lifelike(people), replace(stated_rates(), renewal=(0.4, 0.3, 0.5))
    plan = full_plan(evidence, MONTHS)
    bold = Plan(
        "Bold",
        horizon_months=MONTHS,
        hiring=Hiring(
            speed=1.3,
            capacity_per_month=people * 0.012,
            freezes=(Freeze(AS_OF + 6, AS_OF + 8),),
        ),
        demand=Demand(
            growth_per_year=(("data", -0.05),),
            changes=(DemandChange(AS_OF + 20, "cyber", people * 0.02),),
        ),
    )
    plans = (plan.baseline(), plan, bold)
    usual = engine.CROWD
    found: list[Projection] = []
    seconds = []
    for crowd in (usual * 1000, 1):
        engine.CROWD = crowd
        begin = time.process_time()
        found.append(simulate(opening, rates, plans, draws=draws, seed=11))
        seconds.append(time.process_time() - begin)
    engine.CROWD = usual
    return _compared(found[0], found[1], seconds, people)


def _lifelike(people: int) -> Opening:
    """Return an organisation with fixed terms, part-time staff, known exits and starters."""
    opening = organisation(people)
    rng = np.random.default_rng(3)
    cells = replace(
        opening.cells,
        contract_end=np.where(
            rng.random(people) < 0.06, AS_OF + rng.integers(1, 40, people), NEVER
        ),
        known_leave=np.where(rng.random(people) < 0.003, AS_OF + rng.integers(1, 4, people), NEVER),
        fte=np.where(rng.random(people) < 0.2, 0.6, 1.0),
    )
    posts = np.bincount(cells.family, weights=cells.fte) / 0.92
    return replace(
        opening,
        cells=cells,
        establishment_fte=np.round(posts),
        starter_fte=np.full(len(opening.families), 0.95),
        starters=(KnownStarter(AS_OF + 2, "data", "senior", 60, 57.0),),
    )


def _compared(
    followed: Projection, counted: Projection, seconds: list[float], people: int
) -> list[Result]:
    errors, ratios, kind = [], [], {}
    draws = followed.draws
    for plan in followed.scenarios:
        for measure in (*STOCKS, *FLOWS):
            for family in ("cyber", "data"):
                one, two = (
                    run.values(plan, measure, family).astype(float) for run in (followed, counted)
                )
                if measure in FLOWS:
                    one, two = one.cumsum(axis=1), two.cumsum(axis=1)
                for month in (11, 35, 59):
                    a, b = one[:, month], two[:, month]
                    # The same parameters draw by draw: what differs is luck.
                    error = max(float((a - b).std()), 0.05) / np.sqrt(draws)
                    errors.append(abs(a.mean() - b.mean()) / error)
                    if a.var() > 2:
                        ratios.append(float(b.var() / a.var()))
                        kind[ratios[-1]] = f"{plan}, {measure}, {family}, month {month + 1}"
    within = sum(error <= 3 for error in errors) / len(errors)
    furthest = max(ratios, key=lambda ratio: abs(np.log(ratio)))
    # A perfect pair: a ratio of two variances of D draws has a standard error of about 2 / sqrt(D).
    margin, average = 3.5 * 2.0 / np.sqrt(draws), float(np.mean(ratios))
    alike = bool(abs(np.log(furthest)) <= margin and abs(average - 1) <= 0.03)
    detail = (
        f"{people} people, {draws} draws, three plans with fixed terms, part time, known exits, a "
        f"freeze, a cap and a growth path; followed {seconds[0]:.1f} s, counted {seconds[1]:.1f} s"
    )
    return [
        Result(
            "crowd.means",
            within,
            "share",
            "at least 99% of the means within 3 standard errors of the difference",
            bool(within >= 0.99),
            "the ensemble that follows everybody, on the same parameters",
            f"{len(errors)} comparisons, the worst {max(errors):.1f} standard errors; {detail}",
        ),
        Result(
            "crowd.variances",
            average,
            "ratio",
            "variances alike on average within 3%, each within 3.5 standard errors of a ratio",
            alike,
            "the ensemble that follows everybody, on the same parameters",
            f"{len(ratios)} comparisons from {min(ratios):.2f} to {max(ratios):.2f}, furthest from "
            f"one: {kind[furthest]}; {detail}",
        ),
    ]
