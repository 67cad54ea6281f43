"""The ensemble against a simulation person by person, on random organisations and plans.

The person-level simulation is the tests' (plain Python, sharing no code with the projection). Means
must agree within three standard errors of their difference and variances within a tenth, at one
year and at the end, for headcount and the sums of leavers, hires and conversions. With so many
comparisons a few in a thousand lie beyond three standard errors by chance alone, and a variance of
4,000 futures is known to about 2.2%: the shares of comparisons that agree are reported, and the
bar for the means is what a perfect pair of engines passes 95 times of 100.
"""

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from math import comb
from pathlib import Path

import numpy as np

from benchmarks._result import Result
from workforce.domain.opening import NEVER, Cells, Opening
from workforce.domain.plan import Demand, DemandChange, Freeze, Hiring, LeverChoice, Plan
from workforce.domain.programmes import NoPost, Programme, Seat
from workforce.domain.rates import FillRates, Rates
from workforce.projection import simulate

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from person_by_person import Apprentice, Person, World
from person_by_person import run as run_one

PLANS = 20
FUTURES = 4000
DRAWS = 20_000
MONTHS = 30
AS_OF = 12 * 2026 + 8
LOOK = (11, 29)
FLOWS = ("leavers", "hires", "apprentices_converted")
_SURE = 0.9973


@dataclass(frozen=True)
class _Case:
    """A random organisation and plan, described once for each engine."""

    world: World
    opening: Opening
    rates: Rates
    plan: Plan


def run() -> list[Result]:
    """Return the shares of comparisons that agree."""
    means, variances, worst = [], [], []
    for number in range(PLANS):
        case = _case(random.Random(number))  # noqa: S311 - a fixed seed, nothing secret
        futures = [run_one(case.world, seed) for seed in range(FUTURES)]
        ours = simulate(
            case.opening, case.rates, [case.plan], draws=DRAWS, seed=number, months=MONTHS
        )
        for measure in ("headcount", *FLOWS):
            theirs = np.array([future[measure] for future in futures], dtype=float).sum(axis=2)
            mine = ours.values(case.plan.name, measure).astype(float)
            if measure in FLOWS:
                theirs, mine = theirs.cumsum(axis=1), mine.cumsum(axis=1)
            for month in LOOK:
                a, b = mine[:, month], theirs[:, month]
                error = np.sqrt(a.var() / len(a) + b.var() / len(b))
                means.append(bool(abs(a.mean() - b.mean()) <= 3 * error + 1e-9))
                if b.var() > 0.5:
                    ratio = float(a.var() / b.var())
                    variances.append(abs(ratio - 1) <= 0.1)
                    worst.append(ratio)
    needed = _least(len(means))
    return [
        Result(
            "engines.means",
            sum(means) / len(means),
            "share",
            f"within 3 standard errors in at least {needed} of {len(means)} comparisons",
            sum(means) >= needed,
            "a simulation person by person, written apart",
            f"{PLANS} random plans, {FUTURES} futures against {DRAWS} draws; "
            f"{len(means) - sum(means)} beyond",
        ),
        Result(
            "engines.variances",
            sum(variances) / len(variances),
            "share",
            "variances within 10% of each other",
            all(variances),
            "a simulation person by person, written apart",
            f"ratios from {min(worst):.3f} to {max(worst):.3f} over {len(worst)} comparisons",
        ),
    ]


def _least(number: int) -> int:
    """Return the most agreements that a perfect pair of engines has with probability 95%."""
    least, total = number, 0.0
    for misses in range(number):
        total += comb(number, misses) * _SURE ** (number - misses) * (1 - _SURE) ** misses
        least = number - misses
        if total >= 0.95:
            break
    return least


def _case(dice: random.Random) -> _Case:
    tenure = sorted((dice.uniform(0.05, 0.7) for _ in range(6)), reverse=True)
    fill = [dice.uniform(0.0, 0.1), *(dice.uniform(0.1, 0.5) for _ in range(3))]
    groups = [
        (dice.randint(0, 100), dice.randint(3, 10), dice.choice([0, 0, 0, dice.randint(2, 20)]))
        for _ in range(4)
    ]
    heads = sum(people for _, people, _ in groups)
    posts = float(heads + dice.randint(0, 6))
    change_at, change = dice.randint(2, 20), dice.randint(-5, 6)
    frozen = dice.random() < 0.4 and dice.randint(2, 20)
    cap = dice.choice([None, None, 2, 3])
    ratio, ramp = dice.uniform(0.6, 1.3), dice.choice([0, 6, 12])
    seated = dice.random() < 0.5
    policy = dice.choice([NoPost.LEAVE, NoPost.WAIT])
    size, duration = dice.randint(0, 6), dice.choice([8, 12, 18])
    withdrawal, boost = dice.uniform(0.1, 0.5), dice.uniform(0.6, 2.0)
    other, end, renewal = (dice.uniform(0, top) for top in (0.003, 0.004, 0.8))
    quarters = (0.3, 0.25, 0.18, 0.27)
    programmes = (
        Programme(
            programme_id="p", name="Apprentices", standard="ST1021", family="cyber",
            first_start=AS_OF + 2, size=size, duration_months=duration,
            withdrawal=withdrawal, withdrawal_low=withdrawal, withdrawal_high=withdrawal,
            quarter_shares=quarters, stay_share=0.44, pass_rate=0.97, assessment_months=2,
            offer_rate=0.8, post_hazard_ratio=boost, post_low=boost, post_high=boost,
            seat=Seat.VACANT_POST if seated else Seat.SUPERNUMERARY, no_post=policy,
        ),
    )  # fmt: skip
    plan = Plan(
        "Plan",
        horizon_months=MONTHS,
        levers=(LeverChoice("L", "Lever", ratio, ratio, ratio, "g", AS_OF + 1, ramp_months=ramp),),
        programmes=programmes if size else (),
        hiring=Hiring(
            capacity_per_month=cap,
            freezes=(Freeze(AS_OF + frozen, AS_OF + frozen + 2),) if frozen else (),
        ),
        demand=Demand(changes=(DemandChange(AS_OF + change_at, "cyber", float(change)),)),
    )
    return _Case(
        world=World(
            months=MONTHS,
            families=1,
            people=lambda: [
                Person(0, months, 1.0, end=ends) for months, people, ends in groups
                for _ in range(people)
            ],
            quits=_quits(tenure, ratio, ramp),
            fill=lambda _family, age: fill[min(age, 3)],
            posts=lambda _family, month: posts + (change if month >= change_at else 0),
            starter_fte=[1.0],
            other=other,
            contract_end=end,
            renewal=renewal,
            capacity=cap,
            frozen=frozenset(range(frozen, frozen + 3)) if frozen else frozenset(),
            apprentices=lambda: [
                Apprentice(
                    0, 2, duration, 2, withdrawal, quarters, 0.97, 0.8, 1.0, seated,
                    policy.value, boost,
                )
                for _ in range(size)
            ],
        ),
        opening=_opening(groups, posts),
        rates=_rates(tenure, fill, other, end, renewal),
        plan=plan,
    )  # fmt: skip


def _quits(tenure: list[float], ratio: float, ramp: int) -> Callable[[int, int, int], float]:
    edges = (6, 12, 24, 60, 120)

    def hazard(_family: int, months: int, month: int) -> float:
        share = min(1.0, (month - 1) / ramp) if ramp else 1.0
        joint = max(1 - share * (1 - ratio), 0.55)
        return joint * tenure[sum(months >= edge for edge in edges)] / 12

    return hazard


def _opening(groups: list[tuple[int, int, int]], posts: float) -> Opening:
    count = len(groups)
    nothing = np.zeros(count, dtype=np.int64)
    people = np.array([people for _, people, _ in groups], dtype=np.int64)
    return Opening(
        as_of=AS_OF,
        families=("cyber",),
        cells=Cells(
            family=nothing,
            grade=nothing,
            tenure_months=np.array([months for months, _, _ in groups], dtype=np.int64),
            age=np.full(count, 5),
            contract_end=np.array([AS_OF + end if end else NEVER for _, _, end in groups]),
            known_leave=np.full(count, NEVER),
            known_cause=nothing,
            people=people,
            fte=people.astype(float),
        ),
        establishment_fte=np.array([posts]),
        open_vacancies=np.array([[int(posts - people.sum())]], dtype=np.int64),
        starter_fte=np.ones(1),
    )


def _rates(
    tenure: list[float], fill: list[float], other: float, end: float, renewal: float
) -> Rates:
    from dataclasses import replace

    stated = Rates.stated(
        ("cyber",), voluntary_annual=[1.0], other_annual=12 * other, contract_end_annual=12 * end
    )
    shape = stated.voluntary.log_prior.shape
    by_tenure = np.broadcast_to(np.log(np.array(tenure) / 12), shape)
    return replace(
        stated,
        voluntary=replace(stated.voluntary, log_prior=by_tenure.copy()),
        renewal=(renewal, renewal, renewal),
        fill=FillRates(("cyber",), np.array([fill]), np.zeros(1)),
    )
