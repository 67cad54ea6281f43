"""The ensemble against a simulation person by person, on random organisations and plans.

The person-level simulation is the tests' (plain Python, sharing no code with the projection). Means
must agree within three standard errors of their difference and variances within a tenth, at one
year and at the end, for headcount and the sums of leavers, hires, conversions, moves between the
two families (reskilled people among them) and transfers in, for both together. With so many
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
from workforce.domain.moves import Moves
from workforce.domain.opening import NEVER, Cells, Opening
from workforce.domain.plan import (
    Demand,
    DemandChange,
    EventKind,
    Freeze,
    Hiring,
    LeverChoice,
    Plan,
    PlannedEvent,
)
from workforce.domain.programmes import NoPost, Programme, Seat, Trainee
from workforce.domain.rates import FillRates, Rates
from workforce.projection import simulate

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from person_by_person import Apprentice, Course, Event, Person, World
from person_by_person import run as run_one

PLANS = 20
FUTURES = 4000
DRAWS = 20_000
MONTHS = 30
AS_OF = 12 * 2026 + 8
LOOK = (11, 29)
FLOWS = ("leavers", "hires", "apprentices_converted", "moves_in", "transfers_in")
FAMILIES = ("cyber", "data")
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
    flows = _flows(dice, withdrawal, quarters)
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
        programmes=(*(programmes if size else ()), *flows.programmes),
        events=flows.events,
        hiring=Hiring(
            capacity_per_month=cap,
            freezes=(Freeze(AS_OF + frozen, AS_OF + frozen + 2),) if frozen else (),
        ),
        demand=Demand(changes=(DemandChange(AS_OF + change_at, "cyber", float(change)),)),
    )
    return _Case(
        world=World(
            months=MONTHS,
            families=2,
            people=lambda: [
                *(Person(0, months, 1.0, end=ends) for months, people, ends in groups
                  for _ in range(people)),
                *(Person(1, flows.tenure, 1.0) for _ in range(flows.people)),
            ],
            quits=_quits(tenure, ratio, ramp),
            fill=lambda _family, age: fill[min(age, 3)],
            posts=lambda family, month: flows.posts(family, month) + (
                posts + (change if month >= change_at else 0) if family == 0 else 0.0
            ),
            starter_fte=[1.0, 1.0],
            moves=flows.moves,
            events=flows.theirs,
            courses=flows.courses,
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
        opening=_opening(groups, posts, flows),
        rates=_rates(tenure, fill, other, end, renewal, flows),
        plan=plan,
    )  # fmt: skip


def _quits(tenure: list[float], ratio: float, ramp: int) -> Callable[[int, int, int], float]:
    edges = (6, 12, 24, 60, 120)

    def hazard(_family: int, months: int, month: int) -> float:
        share = min(1.0, (month - 1) / ramp) if ramp else 1.0
        joint = max(1 - share * (1 - ratio), 0.55)
        return joint * tenure[sum(months >= edge for edge in edges)] / 12

    return hazard


@dataclass(frozen=True)
class _Flows:
    """The second family and what moves people in post, described for both engines."""

    tenure: int
    people: int
    vacant: int
    moves: list[list[float]]
    events: tuple[PlannedEvent, ...]
    theirs: tuple[Event, ...]
    programmes: tuple[Programme, ...]
    courses: tuple[Course, ...]

    def posts(self, family: int, month: int) -> float:
        """Return the second family's posts, and what events change of either's."""
        change = sum(
            each.posts_change
            for each in self.events
            if FAMILIES.index(each.family) == family and month >= each.month - AS_OF
        )
        return change + (self.people + self.vacant if family else 0.0)


def _flows(dice: random.Random, withdrawal: float, quarters: tuple[float, ...]) -> _Flows:
    tenure, people, vacant = dice.randint(0, 80), dice.randint(6, 15), dice.randint(0, 5)
    moves = [[0.0, dice.uniform(0, 0.03)], [dice.uniform(0, 0.03), 0.0]]
    leave_at, leaving = dice.randint(2, 25), dice.randint(0, 5)
    come_at, coming = dice.randint(2, 25), dice.choice([0, 0, 3])
    size, duration, start = dice.choice([0, 3, 6]), dice.choice([6, 10]), dice.randint(1, 8)
    policy, boost = dice.choice([NoPost.REDEPLOY, NoPost.WAIT]), dice.uniform(0.6, 2.0)
    trained = Programme(
        programme_id="r", name="Reskilled", standard="", family="data", from_family="cyber",
        trainee=Trainee.EXISTING_STAFF, first_start=AS_OF + start, size=size,
        duration_months=duration, withdrawal=withdrawal, withdrawal_low=withdrawal,
        withdrawal_high=withdrawal, quarter_shares=(0.3, 0.25, 0.18, 0.27), stay_share=0.44,
        pass_rate=0.95, assessment_months=1, offer_rate=0.9, post_hazard_ratio=boost,
        post_low=boost, post_high=boost, no_post=policy,
    )  # fmt: skip
    goes = PlannedEvent(AS_OF + leave_at, "cyber", leaving, EventKind.REDUNDANCY, float(leaving))
    comes = PlannedEvent(AS_OF + come_at, "data", coming, EventKind.TRANSFER_IN, float(coming))
    return _Flows(
        tenure=tenure,
        people=people,
        vacant=vacant,
        moves=moves,
        events=tuple(each for each in (goes, comes) if each.people),
        theirs=(
            Event(leave_at, 0, leaving),
            Event(come_at, 1, coming, lambda: [Person(1, tenure, 1.0) for _ in range(coming)]),
        ),
        programmes=(trained,) if size else (),
        courses=(
            Course(0, 1, start, size, duration, 1, withdrawal, quarters, 0.44, 0.95, 0.9,
                   policy.value, boost),
        ),
    )  # fmt: skip


def _opening(groups: list[tuple[int, int, int]], posts: float, flows: _Flows) -> Opening:
    groups = [*groups, (flows.tenure, flows.people, 0)]
    count = len(groups)
    nothing = np.zeros(count, dtype=np.int64)
    people = np.array([people for _, people, _ in groups], dtype=np.int64)
    family = np.array([0] * (count - 1) + [1])
    vacant = [int(posts - people[:-1].sum()), flows.vacant]
    return Opening(
        as_of=AS_OF,
        families=FAMILIES,
        cells=Cells(
            family=family,
            grade=nothing,
            tenure_months=np.array([months for months, _, _ in groups], dtype=np.int64),
            age=np.full(count, 5),
            contract_end=np.array([AS_OF + end if end else NEVER for _, _, end in groups]),
            known_leave=np.full(count, NEVER),
            known_cause=nothing,
            people=people,
            fte=people.astype(float),
        ),
        establishment_fte=np.array([posts, float(flows.people + flows.vacant)]),
        open_vacancies=np.array(vacant, dtype=np.int64)[:, None],
        starter_fte=np.ones(2),
    )


def _rates(
    tenure: list[float],
    fill: list[float],
    other: float,
    end: float,
    renewal: float,
    flows: _Flows,
) -> Rates:
    from dataclasses import replace

    stated = Rates.stated(
        FAMILIES,
        voluntary_annual=[1.0, 1.0],
        other_annual=12 * other,
        contract_end_annual=12 * end,
    )
    shape = stated.voluntary.log_prior.shape
    by_tenure = np.broadcast_to(np.log(np.array(tenure) / 12), shape)
    return replace(
        stated,
        voluntary=replace(stated.voluntary, log_prior=by_tenure.copy()),
        renewal=(renewal, renewal, renewal),
        fill=FillRates(FAMILIES, np.array([fill, fill]), np.zeros(2)),
        moves=Moves(FAMILIES, np.array(flows.moves), np.zeros((2, 2))),
    )
