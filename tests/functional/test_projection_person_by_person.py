"""The ensemble against an independent simulation person by person.

Tolerance: with m comparisons a plan, the difference of the two means must stay within the normal
quantile of a two-sided test at 0.1% shared over the m comparisons (Bonferroni).
"""

import dataclasses
from functools import cache
from statistics import NormalDist

import numpy as np
import pytest
from person_by_person import Apprentice, Course, Event, Person, World, run
from projection_cases import AS_OF, lever, organisation, plan, programme, with_voluntary

from workforce.domain.moves import Moves
from workforce.domain.opening import KnownStarter, Opening
from workforce.domain.plan import (
    Demand,
    DemandChange,
    EventKind,
    Freeze,
    Hiring,
    Plan,
    PlannedEvent,
)
from workforce.domain.programmes import NoPost, Seat, Trainee
from workforce.domain.rates import FillRates, Rates
from workforce.projection import simulate

FUTURES = 600
DRAWS = 4000
LOOK = (5, 11, 23, 29)
FLOWS = ("leavers", "hires", "apprentices_converted", "moves_in", "moves_out", "transfers_in")


def _agree(world: World, opening: Opening, rates: Rates, tested: Plan) -> None:
    futures = [run(world, seed) for seed in range(FUTURES)]
    ours = simulate(opening, rates, [tested], draws=DRAWS, seed=4, months=world.months)
    compared = 0
    failures = []
    checks = len(LOOK) * world.families * (1 + len(FLOWS))
    limit = NormalDist().inv_cdf(1 - 0.001 / checks / 2)
    for measure in ("headcount", *FLOWS):
        theirs = np.array([future[measure] for future in futures], dtype=float)
        for family, name in enumerate(opening.families):
            mine = ours.values(tested.name, measure, name).astype(float)
            other = theirs[:, :, family]
            if measure in FLOWS:
                mine, other = mine.cumsum(axis=1), other.cumsum(axis=1)
            for month in LOOK:
                a, b = mine[:, month], other[:, month]
                error = np.sqrt(a.var() / len(a) + b.var() / len(b))
                compared += 1
                if abs(a.mean() - b.mean()) > limit * error + 1e-9:
                    failures.append(
                        f"{measure} {name} month {month + 1}: {a.mean():.3f} against "
                        f"{b.mean():.3f} person by person (limit {limit * error:.3f})"
                    )
                if b.var() > 1 and not 0.75 < a.var() / b.var() < 1.33:
                    failures.append(f"{measure} {name} month {month + 1}: {a.var()} {b.var()}")
    assert compared == checks
    assert not failures, "\n".join(failures)


TENURE = np.array([0.5, 0.35, 0.25, 0.15, 0.1, 0.08])
EDGES = (6, 12, 24, 60, 120)


def _by_tenure(tenure: int) -> float:
    return float(TENURE[sum(tenure >= edge for edge in EDGES)]) / 12


def test_tenure_contracts_known_exits_starters_freeze_and_cap() -> None:
    rows = [
        {"tenure": 2, "people": 6},
        {"tenure": 20, "people": 8, "fte": 6.4},
        {"tenure": 110, "people": 8},
        {"tenure": 7, "people": 5, "contract_end": AS_OF + 9},
        {"tenure": 40, "people": 2, "known_leave": AS_OF + 3, "known_cause": 1},
    ]
    people = [
        *(Person(0, 2, 1.0) for _ in range(6)),
        *(Person(0, 20, 0.8) for _ in range(8)),
        *(Person(0, 110, 1.0) for _ in range(8)),
        *(Person(0, 7, 1.0, end=9) for _ in range(5)),
        *(Person(0, 40, 1.0, leaves=3) for _ in range(2)),
    ]
    hazards = np.array([0.0, 0.05, 0.3, 0.2])
    world = World(
        months=30,
        families=1,
        people=lambda: [dataclasses.replace(person) for person in people],
        quits=lambda _f, tenure, _m: _by_tenure(tenure),
        fill=lambda _f, age: float(hazards[min(age, 3)]),
        posts=lambda _f, month: 31.0 if month < 10 else 35.0,
        starter_fte=[0.9],
        other=0.002,
        contract_end=0.004,
        renewal=0.4,
        capacity=2,
        frozen=frozenset({6, 7, 8}),
        starters={4: [(0, 1.0), (0, 1.0)]},
    )
    opening = organisation(
        rows,
        [31.0],
        starter_fte=[0.9],
        open_vacancies=[[0]],
        starters=[KnownStarter(AS_OF + 4, "cyber", "entry", 2, 2.0)],
    )
    stated = Rates.stated(
        ("cyber",), voluntary_annual=[0.1], other_annual=0.024, contract_end_annual=0.048
    )
    rates = dataclasses.replace(
        with_voluntary(stated, TENURE[None, None, :]),
        renewal=(0.4, 0.4, 0.4),
        fill=FillRates(("cyber",), hazards[None, :], np.zeros(1)),
    )
    tested = plan(
        months=30,
        hiring=Hiring(capacity_per_month=2, freezes=(Freeze(AS_OF + 6, AS_OF + 8),)),
        demand=Demand(changes=(DemandChange(AS_OF + 10, "cyber", 4.0),)),
    )
    _agree(world, opening, rates, tested)


@pytest.mark.parametrize("policy", [NoPost.LEAVE, NoPost.WAIT])
def test_apprentices_levers_and_two_families(policy: NoPost) -> None:
    rows = [
        {"family": 0, "tenure": 30, "people": 12},
        {"family": 1, "tenure": 3, "people": 15},
    ]
    package = (
        lever(lever_id="a", hazard_ratio=0.7, ramp_months=6, adopted_now=0.2),
        lever(lever_id="b", hazard_ratio=0.8, first_year_only=True, group="onboarding"),
    )

    @cache
    def quits(family: int, tenure: int, month: int) -> float:
        share = 0.2 + 0.8 * min(1.0, (month - 1) / 6)
        effects = [(1 - share * 0.3) / (1 - 0.2 * 0.3)]
        if tenure < 12:
            effects.append(0.8)
        logs = sorted(np.log(effects))
        joint = np.exp(sum(each * 0.85**k for k, each in enumerate(logs)))
        return max(float(joint), 0.55) * (0.25, 0.4)[family] / 12

    trained = programme(
        size=6,
        duration_months=12,
        assessment_months=2,
        seat=Seat.VACANT_POST,
        no_post=policy,
        post_hazard_ratio=2.0,
        post_low=2.0,
        post_high=2.0,
    )
    world = World(
        months=30,
        families=2,
        people=lambda: [
            *(Person(0, 30, 1.0) for _ in range(12)),
            *(Person(1, 3, 1.0) for _ in range(15)),
        ],
        quits=quits,
        fill=lambda _f, _age: 0.15,
        posts=lambda family, _m: (15.0, 17.0)[family],
        starter_fte=[1.0, 1.0],
        apprentices=lambda: [
            Apprentice(
                0, 1, 12, 2, 0.4, (0.3, 0.25, 0.18, 0.27), 0.977, 0.75, 1.0, True, policy, 2.0
            )
            for _ in range(6)
        ],
    )
    opening = organisation(
        rows, [15.0, 17.0], families=("cyber", "data"), open_vacancies=[[0], [0]]
    )
    rates = Rates.stated(("cyber", "data"), voluntary_annual=[0.25, 0.4], fill_monthly=0.15)
    tested = plan(months=30, levers=package, programmes=(trained,))
    _agree(world, opening, rates, tested)


@pytest.mark.parametrize("policy", [NoPost.REDEPLOY, NoPost.WAIT])
def test_moves_reskilling_and_events(policy: NoPost) -> None:
    """Posts of the second family are few: moves and achievers often find none."""
    rows = [
        {"family": 0, "tenure": 4, "people": 10, "grade": 1},
        {"family": 0, "tenure": 40, "people": 8, "fte": 6.4, "grade": 1},
        {"family": 0, "tenure": 20, "people": 4, "contract_end": AS_OF + 11, "grade": 1},
        {"family": 0, "tenure": 60, "people": 2, "known_leave": AS_OF + 12, "grade": 1},
        {"family": 1, "tenure": 15, "people": 14, "grade": 1},
    ]
    quarters = (0.3, 0.25, 0.18, 0.27)
    hazards = [[0.0, 0.03], [0.015, 0.0]]

    def people() -> list[Person]:
        return [
            *(Person(0, 4, 1.0) for _ in range(10)),
            *(Person(0, 40, 0.8) for _ in range(8)),
            *(Person(0, 20, 1.0, end=11) for _ in range(4)),
            *(Person(0, 60, 1.0, leaves=12) for _ in range(2)),
            *(Person(1, 15, 1.0) for _ in range(14)),
        ]

    def arrivals() -> list[Person]:
        return [Person(1, 15, 1.0) for _ in range(3)]

    world = World(
        months=30,
        families=2,
        people=people,
        quits=lambda family, tenure, _m: (0.7, 1.2)[family] * _by_tenure(tenure),
        fill=lambda _f, _age: 0.12,
        posts=lambda family, m: (25.0 - 4.0 * (m >= 10), 15.0 + 3.0 * (m >= 16))[family],
        starter_fte=[1.0, 1.0],
        other=0.002,
        contract_end=0.003,
        renewal=0.5,
        moves=hazards,
        events=(Event(10, 0, 5), Event(16, 1, 3, arrivals)),
        courses=(Course(0, 1, 2, 6, 8, 1, 0.4, quarters, 0.44, 0.9, 0.8, policy.value, 2.0),),
    )
    opening = organisation(
        rows, [25.0, 15.0], families=("cyber", "data"), open_vacancies=[[0], [0]]
    )
    stated = Rates.stated(
        ("cyber", "data"),
        voluntary_annual=[0.1, 0.1],
        fill_monthly=0.12,
        other_annual=0.024,
        contract_end_annual=0.036,
    )
    by_family = np.array([0.7, 1.2])[:, None, None] * TENURE
    rates = dataclasses.replace(
        with_voluntary(stated, by_family),
        renewal=(0.5, 0.5, 0.5),
        moves=Moves(("cyber", "data"), np.array(hazards), np.zeros((2, 2))),
    )
    trained = programme(
        family="data",
        from_family="cyber",
        trainee=Trainee.EXISTING_STAFF,
        standard="",
        first_start=AS_OF + 2,
        size=6,
        duration_months=8,
        assessment_months=1,
        pass_rate=0.9,
        offer_rate=0.8,
        no_post=policy,
        grade="practitioner",
        post_hazard_ratio=2.0,
        post_low=2.0,
        post_high=2.0,
    )
    tested = plan(
        months=30,
        programmes=(trained,),
        events=(
            PlannedEvent(AS_OF + 10, "cyber", 5, EventKind.REDUNDANCY, posts_fte=4.0),
            PlannedEvent(AS_OF + 16, "data", 3, EventKind.TRANSFER_IN, posts_fte=3.0),
        ),
    )
    _agree(world, opening, rates, tested)
