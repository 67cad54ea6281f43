"""Three engines, one model: expected values, the ensemble's mean, and a person-level simulation.

Tolerance: with m comparisons a plan the ensemble's mean must stay within the normal quantile of a
two-sided test at 0.1% shared over the m comparisons (Bonferroni) of the expected value. The plans
are such that the month is linear: posts are never all filled, and the fill hazard is flat.
"""

import dataclasses
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from person_by_person import Person, World, run
from projection_cases import AS_OF, lever, organisation, plan, programme, with_voluntary

from workforce.domain.bands import CAUSES
from workforce.domain.capacity import Productivity
from workforce.domain.opening import InTraining, KnownStarter, Opening
from workforce.domain.plan import Demand, DemandChange, Freeze, Hiring, Plan
from workforce.domain.programmes import NoPost, Seat, Trainee
from workforce.domain.rates import Rates, Shock
from workforce.projection import CAPACITY_MEASURES, expect, simulate
from workforce.projection.pipeline import STAGES

DRAWS = 4000
LOOK = (0, 5, 11, 23, 35)
STOCKS = ("headcount", "fte", "vacancies", "apprentices_in_training")
PRODUCTIVITY = Productivity(
    ramp_weeks=28,
    apprentice_output=(0.25, 0.45, 0.65, 0.8),
    off_the_job=0.16,
    existing_staff=0.84,
    settling=0.9,
    mentor_load=(0.15, 0.1, 0.05),
    agency_share=0.25,
)
FLOWS = (
    *(f"leavers_{cause}" for cause in CAUSES),
    "hires",
    "apprentices_started",
    "apprentices_withdrawn",
    "apprentices_converted",
)
TENURE = np.array([0.5, 0.35, 0.25, 0.15, 0.1, 0.08])


def _rates() -> Rates:
    stated = Rates.stated(
        ("cyber", "data"),
        voluntary_annual=[0.1, 0.1],
        fill_monthly=0.12,
        other_annual=0.02,
        contract_end_annual=0.03,
        shock=Shock(0.0, 0.5, last_mean=0.15),
    )
    season = np.array([1.1, 1, 0.95, 1, 1, 0.9, 1, 1.1, 1.1, 1, 0.95, 0.9])
    return dataclasses.replace(
        with_voluntary(stated, TENURE[None, None, :]),
        renewal=(0.4, 0.4, 0.4),
        retirement=np.array([0.0, 0.003, 0.012, 0.03, 0.03, 0.002]),
        season=season / season.mean(),
    )


def _opening() -> Opening:
    rows = [
        {"family": 0, "tenure": 2, "people": 20, "grade": 0},
        {"family": 0, "tenure": 20, "people": 30, "grade": 1, "age": 2},
        {"family": 0, "tenure": 110, "people": 25, "grade": 3, "age": 1},
        {"family": 0, "tenure": 7, "people": 15, "contract_end": AS_OF + 9},
        {"family": 1, "tenure": 40, "people": 40, "grade": 2, "age": 0},
        {"family": 1, "tenure": 9, "people": 3, "known_leave": AS_OF + 3, "known_cause": 1},
    ]
    return organisation(
        rows,
        [130.0, 90.0],
        families=("cyber", "data"),
        starters=[KnownStarter(AS_OF + 4, "data", "senior", 3, 3.0)],
        apprentices=[InTraining("cyber", "ST1021", AS_OF - 6, AS_OF + 12, 6)],
    )


PACKAGE = (
    lever(lever_id="a", hazard_ratio=0.7, ramp_months=12, adopted_now=0.2, reach=0.8),
    lever(lever_id="b", hazard_ratio=0.8, first_year_only=True, group="onboarding"),
    lever(
        lever_id="c", hazard_ratio=1.3, families=("data",), group="adverse", start_month=AS_OF + 9
    ),
)
PLANS = (
    plan("Nothing"),
    plan(
        "Levers, a cap and fewer posts",
        levers=PACKAGE,
        hiring=Hiring(speed=1.3, freezes=(Freeze(AS_OF + 6, AS_OF + 8),)),
        demand=Demand(
            growth_per_year=(("data", 0.05),),
            changes=(DemandChange(AS_OF + 10, "cyber", 6.0),),
        ),
    ),
    plan(
        "Apprentices",
        levers=PACKAGE[:1],
        programmes=(
            programme(size=6, cohorts=2, repeat_months=6, duration_months=15),
            programme(
                programme_id="q",
                family="data",
                size=5,
                duration_months=12,
                seat=Seat.VACANT_POST,
                no_post=NoPost.WAIT,
                grade="practitioner",
                post_hazard_ratio=1.5,
                post_low=1.5,
                post_high=1.5,
            ),
            programme(
                programme_id="r",
                size=4,
                trainee=Trainee.EXISTING_STAFF,
                no_post=NoPost.REDEPLOY,
                first_start=AS_OF + 5,
            ),
        ),
    ),
)


def test_expected_values_are_the_mean_of_the_ensemble_where_the_month_is_linear() -> None:
    opening, rates = _opening(), _rates()
    # Those already in training convert like the rest; their parameters carry no uncertainty.
    continuing = [programme(programme_id="now", duration_months=18)]
    asked: Any = {"continuing": continuing, "productivity": PRODUCTIVITY}
    fine = expect(opening, rates, PLANS, **asked)
    drawn = simulate(opening, rates, PLANS, draws=DRAWS, seed=7, **asked)
    stocks = (*STOCKS, *CAPACITY_MEASURES)
    checks = len(PLANS) * len(LOOK) * len(opening.families) * (len(stocks) + len(FLOWS))
    limit = NormalDist().inv_cdf(1 - 0.001 / checks / 2)
    failures, compared = [], 0
    for each in PLANS:
        for measure in (*stocks, *FLOWS):
            for family in opening.families:
                draws = drawn.values(each.name, measure, family).astype(float)
                mean = fine.values(each.name, measure, family)
                if measure in FLOWS:
                    draws, mean = draws.cumsum(axis=1), mean.cumsum()
                for month in LOOK:
                    seen = draws[:, month]
                    # A whole hire a thousand draws apart is the least that can be told apart.
                    error = max(float(seen.std()), 0.05) / np.sqrt(DRAWS)
                    compared += 1
                    if abs(seen.mean() - mean[month]) > limit * error:
                        failures.append(
                            f"{each.name}, {measure}, {family}, month {month + 1}: "
                            f"{mean[month]:.3f} expected, {seen.mean():.3f} drawn, limit "
                            f"{limit * error:.3f}"
                        )
    assert compared == checks
    assert not failures, "\n".join(failures)


def test_the_stages_of_the_pipeline_agree_with_the_ensemble() -> None:
    opening, rates = _opening(), _rates()
    continuing = [programme(programme_id="now", duration_months=18)]
    fine = expect(opening, rates, PLANS, continuing=continuing)
    drawn = simulate(opening, rates, PLANS, draws=DRAWS, seed=8, continuing=continuing)
    name = PLANS[2].name
    tracks, failures = drawn.tracks[name], []
    limit = NormalDist().inv_cdf(1 - 0.001 / (len(tracks.ids) * len(STAGES)) / 2)
    for row, key in enumerate(tracks.ids):
        for column, stage in enumerate(STAGES):
            seen = tracks.stages[row, column].astype(float)
            mean = fine.stages[2].get((key, stage), 0.0)
            error = max(float(seen.std()), 0.05) / np.sqrt(DRAWS)
            if abs(seen.mean() - mean) > limit * error:
                failures.append(f"{key} {stage}: {mean:.3f} expected, {seen.mean():.3f} drawn")
    assert not failures, "\n".join(failures)


def test_expected_values_are_the_mean_of_a_simulation_person_by_person() -> None:
    edges = (6, 12, 24, 60, 120)
    world = World(
        months=24,
        families=1,
        people=lambda: [
            *(Person(0, 2, 1.0) for _ in range(10)),
            *(Person(0, 20, 1.0) for _ in range(12)),
            *(Person(0, 7, 1.0, end=9) for _ in range(6)),
        ],
        quits=lambda _f, tenure, _m: float(TENURE[sum(tenure >= edge for edge in edges)]) / 12,
        fill=lambda _f, _age: 0.12,
        posts=lambda _f, _m: 45.0,
        starter_fte=[1.0],
        other=0.002,
        contract_end=0.004,
        renewal=0.4,
    )
    opening = organisation(
        [
            {"tenure": 2, "people": 10},
            {"tenure": 20, "people": 12},
            {"tenure": 7, "people": 6, "contract_end": AS_OF + 9},
        ],
        [45.0],
        open_vacancies=[[17]],
    )
    stated = Rates.stated(
        ("cyber",),
        voluntary_annual=[0.1],
        fill_monthly=0.12,
        other_annual=0.024,
        contract_end_annual=0.048,
    )
    rates = dataclasses.replace(
        with_voluntary(stated, TENURE[None, None, :]), renewal=(0.4, 0.4, 0.4)
    )
    fine = expect(opening, rates, [plan(months=24)])
    futures = [run(world, seed) for seed in range(500)]
    limit = NormalDist().inv_cdf(1 - 0.001 / 12 / 2)
    for measure in ("headcount", "leavers", "hires"):
        theirs = np.array([future[measure] for future in futures], dtype=float)[:, :, 0]
        mean = fine.values("Plan", measure)
        if measure != "headcount":
            theirs, mean = theirs.cumsum(axis=1), mean.cumsum()
        for month in (2, 8, 15, 23):
            error = theirs[:, month].std() / np.sqrt(len(futures))
            gap = abs(theirs[:, month].mean() - mean[month])
            assert gap <= limit * error, f"{measure} month {month + 1}: {gap:.3f} apart"


def test_with_part_time_staff_the_engines_stay_close() -> None:
    opening, rates = _opening(), _rates()
    part_time = dataclasses.replace(
        opening,
        cells=dataclasses.replace(opening.cells, fte=opening.cells.fte * 0.83),
        starter_fte=np.array([0.93, 0.97]),
        apprentices=(),
    )
    fine = expect(part_time, rates, PLANS)
    drawn = simulate(part_time, rates, PLANS, draws=1000, seed=3)
    for each in PLANS:
        gap = drawn.values(each.name, "vacancies").mean(axis=0) - fine.values(
            each.name, "vacancies"
        )
        # Half an opening a family is the most that rounding to whole offers can be wrong by.
        assert np.abs(gap).max() < 1.0, f"{each.name}: {gap.round(2)}"


@given(
    people=st.integers(0, 60),
    posts=st.floats(0, 80),
    size=st.integers(0, 12),
    hazard=st.floats(0.0, 1.5),
    fill=st.floats(0.01, 2.0),
    policy=st.sampled_from(list(NoPost)),
    seat=st.sampled_from(list(Seat)),
    cap=st.one_of(st.none(), st.floats(0, 4)),
)
def test_heads_add_up_and_nothing_is_negative(
    people: int,
    posts: float,
    size: int,
    hazard: float,
    fill: float,
    policy: NoPost,
    seat: Seat,
    cap: float | None,
) -> None:
    opening = organisation([{"people": people, "tenure": 5}], [posts])
    rates = Rates.stated(("cyber",), voluntary_annual=[hazard], fill_monthly=fill)
    tested = plan(
        months=30,
        levers=PACKAGE[:2],
        programmes=(programme(size=size, duration_months=9, no_post=policy, seat=seat),),
        hiring=Hiring(capacity_per_month=cap),
        demand=Demand(growth_per_year=(("cyber", -0.2),)),
    )
    result = expect(opening, rates, [tested])
    heads = result.values("Plan", "headcount")
    flow = (
        result.values("Plan", "hires")
        + result.values("Plan", "apprentices_converted")
        - result.values("Plan", "leavers")
    )
    assert np.diff(heads, prepend=people) == pytest.approx(flow, abs=1e-9)
    for measure in (*STOCKS, *FLOWS):
        assert result.values("Plan", measure).min() >= -1e-9, measure
    if cap is not None:
        most = np.floor(cap * np.arange(1, 31) + 1e-9)
        assert np.all(result.values("Plan", "hires").cumsum() <= most + 1e-9)


def test_many_plans_at_once_are_each_as_alone() -> None:
    opening, rates = _opening(), _rates()
    continuing = [programme(programme_id="now", duration_months=18)]
    many: list[Plan] = [
        dataclasses.replace(PLANS[k % 3], name=f"{k}", note="same") for k in range(40)
    ]
    together = expect(opening, rates, many, continuing=continuing)
    for k in (0, 1, 2, 31, 32, 39):
        alone = expect(opening, rates, [many[k]], continuing=continuing)
        for measure in (*STOCKS, *FLOWS):
            assert together.values(f"{k}", measure) == pytest.approx(
                alone.values(f"{k}", measure), abs=1e-9
            ), f"plan {k}, {measure}"


def test_equal_people_in_one_cell_or_in_many_give_the_same() -> None:
    folded = organisation([{"people": 12, "tenure": 8}], [15])
    apart = organisation([{"people": 1, "tenure": 8}] * 12, [15])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.3])
    one, other = (expect(each, rates, [plan()]) for each in (folded, apart))
    assert one.values("Plan", "headcount") == pytest.approx(other.values("Plan", "headcount"))
