"""Moves, reskilling and planned events: expected values against the ensemble's mean.

Tolerance: with m comparisons the ensemble's mean must stay within the normal quantile of a
two-sided test at 0.1% shared over the m comparisons (Bonferroni) of the expected value. Posts are
never all filled and the fill hazard is flat, so that the month is linear.
"""

import dataclasses
from statistics import NormalDist

import numpy as np
import pytest
from person_by_person import Course, Event, Person, World, run
from projection_cases import AS_OF, lever, organisation, plan, programme, with_voluntary

from workforce.domain.moves import Moves
from workforce.domain.opening import InTraining, KnownStarter, Opening
from workforce.domain.plan import EventKind, Plan, PlannedEvent
from workforce.domain.programmes import NoPost, Programme, Trainee
from workforce.domain.rates import Rates
from workforce.projection import MEASURES, STAGES, expect, simulate

FAMILIES = ("cyber", "data", "transformation")
DRAWS = 3000
LOOK = (0, 5, 11, 23, 29)
STOCKS = ("headcount", "fte", "vacancies", "over_establishment", "apprentices_in_training")
TENURE = np.array([0.5, 0.35, 0.25, 0.15, 0.1, 0.08])
HAZARD = np.array([[0.0, 0.01, 0.004], [0.006, 0.0, 0.0], [0.002, 0.012, 0.0]])


def _opening() -> Opening:
    rows = [
        {"family": 0, "tenure": 2, "people": 20, "grade": 0},
        {"family": 0, "tenure": 20, "people": 30, "grade": 1, "age": 2},
        {"family": 0, "tenure": 7, "people": 15, "contract_end": AS_OF + 9},
        {"family": 1, "tenure": 40, "people": 40, "grade": 2, "age": 0},
        {"family": 1, "tenure": 9, "people": 3, "known_leave": AS_OF + 8, "known_cause": 1},
        {"family": 2, "tenure": 115, "people": 25, "grade": 3, "age": 1, "fte": 20.0},
    ]
    return organisation(
        rows,
        [140.0, 100.0, 70.0],
        families=FAMILIES,
        starters=[KnownStarter(AS_OF + 4, "data", "senior", 3, 3.0)],
        apprentices=[InTraining("cyber", "ST1021", AS_OF - 6, AS_OF + 12, 6)],
    )


def _rates(moves: bool = True) -> Rates:
    stated = Rates.stated(
        FAMILIES,
        voluntary_annual=[0.1] * 3,
        fill_monthly=0.06,
        other_annual=0.02,
        contract_end_annual=0.03,
    )
    by_family = np.array([1.0, 1.6, 0.6])[:, None, None] * TENURE
    return dataclasses.replace(
        with_voluntary(stated, by_family),
        renewal=(0.4, 0.4, 0.4),
        retirement=np.array([0.0, 0.003, 0.012, 0.03, 0.03, 0.002]),
        moves=Moves(FAMILIES, HAZARD, np.zeros((3, 3))) if moves else None,
    )


def _trained(**changes: object) -> Programme:
    values = {
        "trainee": Trainee.EXISTING_STAFF,
        "from_family": "cyber",
        "family": "data",
        "standard": "",
        "first_start": AS_OF + 2,
        "size": 8,
        "duration_months": 7,
        "assessment_months": 1,
        "grade": "senior",
        "post_hazard_ratio": 1.8,
        "post_low": 1.8,
        "post_high": 1.8,
    }
    return programme(**(values | changes))


PLANS = (
    plan("Nothing", months=30),
    plan(
        "Everything",
        months=30,
        levers=(
            lever(lever_id="a", hazard_ratio=0.7, ramp_months=12),
            lever(lever_id="b", hazard_ratio=0.8, first_year_only=True, families=("data",)),
        ),
        programmes=(
            _trained(cohorts=2, repeat_months=9),
            _trained(programme_id="w", from_family="transformation", no_post=NoPost.WAIT, size=5),
            programme(programme_id="n", size=6, duration_months=12),
        ),
        events=(
            PlannedEvent(AS_OF + 6, "cyber", 9, EventKind.REDUNDANCY, posts_fte=9.0),
            PlannedEvent(AS_OF + 6, "data", 6, EventKind.TRANSFER_IN, posts_fte=6.0),
            PlannedEvent(AS_OF + 14, "transformation", 4, EventKind.TRANSFER_OUT, posts_fte=4.0),
        ),
    ),
    plan("Only trained", months=30, programmes=(_trained(size=6),)),
)


def test_expected_flows_are_the_mean_of_the_ensemble() -> None:
    opening, rates = _opening(), _rates()
    continuing = [programme(programme_id="now", duration_months=18)]
    fine = expect(opening, rates, PLANS, continuing=continuing)
    drawn = simulate(opening, rates, PLANS, draws=DRAWS, seed=11, continuing=continuing)
    measures = [each for each in MEASURES if each not in ("vacancy_rate", "establishment")]
    checks = len(PLANS) * len(LOOK) * len(FAMILIES) * len(measures)
    limit = NormalDist().inv_cdf(1 - 0.001 / checks / 2)
    failures = []
    for each in PLANS:
        for measure in measures:
            for family in FAMILIES:
                draws = drawn.values(each.name, measure, family).astype(float)
                mean = fine.values(each.name, measure, family)
                if measure not in STOCKS:
                    draws, mean = draws.cumsum(axis=1), mean.cumsum()
                for month in LOOK:
                    seen = draws[:, month]
                    error = max(float(seen.std()), 0.05) / np.sqrt(DRAWS)
                    # Part-time staff of one family: an opening is a whole starter, see the engine.
                    slack = 0.3 if family == "transformation" else 0.0
                    if abs(seen.mean() - mean[month]) > limit * error + slack:
                        failures.append(
                            f"{each.name}, {measure}, {family}, month {month + 1}: "
                            f"{mean[month]:.3f} expected, {seen.mean():.3f} drawn"
                        )
    assert not failures, "\n".join(failures)
    assert fine.values("Nothing", "moves_in").sum() > 5


def test_expected_stages_of_reskilling_are_the_mean_of_the_ensemble() -> None:
    opening, rates = _opening(), _rates()
    continuing = [programme(programme_id="now", duration_months=18)]
    fine = expect(opening, rates, PLANS, continuing=continuing)
    drawn = simulate(opening, rates, PLANS, draws=DRAWS, seed=12, continuing=continuing)
    tracks, failures = drawn.tracks["Everything"], []
    limit = NormalDist().inv_cdf(1 - 0.001 / (len(tracks.ids) * len(STAGES)) / 2)
    for row, key in enumerate(tracks.ids):
        for column, stage in enumerate(STAGES):
            seen = tracks.stages[row, column].astype(float)
            mean = fine.stages[1].get((key, stage), 0.0)
            error = max(float(seen.std()), 0.05) / np.sqrt(DRAWS)
            if abs(seen.mean() - mean) > limit * error:
                failures.append(f"{key} {stage}: {mean:.3f} expected, {seen.mean():.3f} drawn")
    assert not failures, "\n".join(failures)


def test_people_by_row_give_what_booking_on_arrival_gives() -> None:
    """Without moves both ways of the expected engine are the same arithmetic."""
    opening, plain = _opening(), _rates(moves=False)
    still = dataclasses.replace(plain, moves=Moves(FAMILIES, np.zeros((3, 3)), np.zeros((3, 3))))
    continuing = [programme(programme_id="now", duration_months=18)]
    tested: list[Plan] = [
        PLANS[0],
        dataclasses.replace(PLANS[1], programmes=PLANS[1].programmes[2:], events=()),
    ]
    booked, rows = (expect(opening, each, tested, continuing=continuing) for each in (plain, still))
    for each in tested:
        for measure in MEASURES:
            for family in FAMILIES:
                one, other = (run.values(each.name, measure, family) for run in (booked, rows))
                assert one == pytest.approx(other, abs=1e-9), f"{each.name}, {measure}, {family}"
    for one, other in zip(booked.stages, rows.stages, strict=True):
        assert one == pytest.approx(other, abs=1e-9)


def test_expected_heads_add_up_where_posts_bind() -> None:
    opening = dataclasses.replace(
        _opening(), establishment_fte=np.array([60.0, 46.0, 21.0]), apprentices=()
    )
    result = expect(opening, _rates(), PLANS)
    for each in PLANS:
        for family in (*FAMILIES, "all"):
            heads = result.values(each.name, "headcount", family)
            start = result.opening_people.sum()
            if family != "all":
                start = result.opening_people[FAMILIES.index(family)]
            flow = sum(
                sign * result.values(each.name, measure, family)
                for measure, sign in (
                    ("hires", 1), ("apprentices_converted", 1), ("moves_in", 1),
                    ("transfers_in", 1), ("moves_out", -1), ("leavers", -1),
                )
            )  # fmt: skip
            assert np.diff(heads, prepend=start) == pytest.approx(flow, abs=1e-9)
        for measure in MEASURES:
            assert result.values(each.name, measure).min() >= -1e-9, measure
        into, out = (result.values(each.name, name) for name in ("moves_in", "moves_out"))
        assert into == pytest.approx(out, abs=1e-9)


def test_expected_flows_are_the_mean_of_a_simulation_person_by_person() -> None:
    edges = (6, 12, 24, 60, 120)
    hazards = [[0.0, 0.02], [0.01, 0.0]]
    quarters = (0.3, 0.25, 0.18, 0.27)
    world = World(
        months=24,
        families=2,
        people=lambda: [
            *(Person(0, 2, 1.0) for _ in range(12)),
            *(Person(0, 20, 1.0, end=9) for _ in range(5)),
            *(Person(1, 50, 1.0) for _ in range(10)),
        ],
        quits=lambda family, tenure, _m: (
            (1.0, 1.6)[family] * float(TENURE[sum(tenure >= edge for edge in edges)]) / 12
        ),
        fill=lambda _f, _age: 0.06,
        posts=lambda family, m: (36.0 - 4.0 * (m >= 12), 34.0 + 2.0 * (m >= 15))[family],
        starter_fte=[1.0, 1.0],
        other=0.002,
        renewal=0.4,
        moves=hazards,
        events=(
            Event(12, 0, 4),
            Event(15, 1, 2, lambda: [Person(1, 50, 1.0) for _ in range(2)]),
        ),
        courses=(Course(0, 1, 3, 5, 6, 1, 0.4, quarters, 0.44, 0.9, 0.8, "redeploy", 1.8),),
    )
    opening = organisation(
        [
            {"family": 0, "tenure": 2, "people": 12, "grade": 1},
            {"family": 0, "tenure": 20, "people": 5, "grade": 1, "contract_end": AS_OF + 9},
            {"family": 1, "tenure": 50, "people": 10, "grade": 1},
        ],
        [36.0, 34.0],
        families=FAMILIES[:2],
        open_vacancies=[[19], [24]],
    )
    stated = Rates.stated(
        FAMILIES[:2], voluntary_annual=[0.1] * 2, fill_monthly=0.06, other_annual=0.024
    )
    rates = dataclasses.replace(
        with_voluntary(stated, np.array([1.0, 1.6])[:, None, None] * TENURE),
        renewal=(0.4, 0.4, 0.4),
        moves=Moves(FAMILIES[:2], np.array(hazards), np.zeros((2, 2))),
    )
    trained = _trained(
        first_start=AS_OF + 3, size=5, duration_months=6, pass_rate=0.9, offer_rate=0.8,
        grade="practitioner", no_post=NoPost.REDEPLOY,
    )  # fmt: skip
    events = (
        PlannedEvent(AS_OF + 12, "cyber", 4, EventKind.RESTRUCTURE, posts_fte=4.0),
        PlannedEvent(AS_OF + 15, "data", 2, EventKind.TRANSFER_IN, posts_fte=2.0),
    )
    fine = expect(opening, rates, [plan(months=24, programmes=(trained,), events=events)])
    futures = [run(world, seed) for seed in range(500)]
    measures = ("headcount", "leavers", "hires", "moves_in", "moves_out", "transfers_in")
    limit = NormalDist().inv_cdf(1 - 0.001 / (len(measures) * 2 * 4) / 2)
    for measure in measures:
        theirs = np.array([future[measure] for future in futures], dtype=float)
        for family in (0, 1):
            drawn = theirs[:, :, family]
            mean = fine.values("Plan", measure, FAMILIES[family])
            if measure != "headcount":
                drawn, mean = drawn.cumsum(axis=1), mean.cumsum()
            for month in (2, 8, 15, 23):
                error = max(drawn[:, month].std(), 0.05) / np.sqrt(len(futures))
                gap = abs(drawn[:, month].mean() - mean[month])
                assert gap <= limit * error, f"{measure} {family} month {month + 1}: {gap:.3f}"
