"""The cap on apprentices for each experienced colleague, worked by hand and compared."""

import dataclasses
import math
from statistics import NormalDist

import numpy as np
import pytest
from person_by_person import Apprentice, Course, Event, Person, World, run
from projection_cases import AS_OF, lever, organisation, plan, programme

from workforce.domain.moves import Moves
from workforce.domain.opening import InTraining, KnownStarter, Opening
from workforce.domain.plan import Demand, DemandChange, Plan, PlannedEvent
from workforce.domain.programmes import NoPost, Seat, Trainee
from workforce.domain.rates import Rates
from workforce.projection import STAGES, Projection, expect, simulate
from workforce.projection.mentors import room_for, seasoned_from

STILL = Rates.stated(("cyber",), voluntary_annual=[0.0], fill_monthly=1e-9)
SURE = {"withdrawal": 0.0, "withdrawal_low": 0.0, "withdrawal_high": 0.0}


def _started(
    opening: Opening, tested: Plan, rates: Rates = STILL, **details: object
) -> list[list[float]]:
    """Return the starts by month, of the first draw and of the expected values."""
    drawn = simulate(opening, rates, [tested], draws=2, **details)  # type: ignore[arg-type]
    fine = expect(opening, rates, [tested], **details)  # type: ignore[arg-type]
    return [
        run.values("Plan", "apprentices_started").reshape(-1, tested.horizon_months)[0].tolist()
        for run in (drawn, fine)
    ]


def test_experienced_is_above_entry_and_a_year_in_service() -> None:
    grade = np.array([0, 1, 3, 2, 1])
    origin = np.array([-50, -50, -11, -3, 4])
    # Entry grade: never. 11 months of service at the start: a year at the end of month 1.
    found = seasoned_from(grade, origin, 0, 24)
    assert found.tolist() == [25, 1, 1, 9, 16]
    # Whoever joins in month 7 can guide those who start in month 8.
    assert seasoned_from(np.array([2]), np.array([-9]), 7, 24).tolist() == [8]


def test_room_is_whole_people() -> None:
    found = room_for(1.5, np.array([3.0, 4.0, 0.0]), np.array([2.0, 7.0, 0.0]))
    assert found.tolist() == [2, 0, 0], "floor(4.5) - 2, 6 - 7, nothing"


def test_a_cohort_starts_as_far_as_there_are_mentors() -> None:
    rows = [
        {"people": 2, "tenure": 40, "grade": 1},  # experienced
        {"people": 9, "tenure": 40, "grade": 0},  # entry grade
        {"people": 1, "tenure": 2, "grade": 2},  # a year in service at the end of month 10
        {"people": 1, "tenure": 40, "grade": 3, "known_leave": AS_OF + 20},  # gone in month 20
    ]
    tested = plan(
        months=30,
        mentor_cap=2.0,
        programmes=(programme(size=10, cohorts=4, repeat_months=9, duration_months=6, **SURE),),
    )
    # Months 1, 10, 19 and 28; each cohort has finished when the next one starts. Experienced: 3, 4,
    # 4 and, one having left, 3.
    for starts in _started(organisation(rows, [13.0]), tested):
        found = {month + 1: people for month, people in enumerate(starts) if people}
        assert found == pytest.approx({1: 6, 10: 8, 19: 8, 28: 6})


def test_those_in_training_take_up_room_and_those_waiting_for_the_result_do_not() -> None:
    opening = organisation(
        [{"people": 5, "tenure": 40, "grade": 2}],
        [5.0],
        apprentices=[InTraining("cyber", "", AS_OF - 6, AS_OF + 4, 3)],
    )
    tested = plan(
        months=6,
        mentor_cap=1.0,
        programmes=(
            programme(size=2, **SURE),
            programme(programme_id="q", size=9, trainee=Trainee.EXISTING_STAFF, **SURE),
            programme(programme_id="r", size=9, first_start=AS_OF + 4, **SURE),
        ),
    )
    # Month 1: five seniors, three in training: the first programme takes both places, the second
    # none. Month 4 is the planned end of the three: three places.
    continuing = [programme(programme_id="now", duration_months=10, **SURE)]
    for starts in _started(opening, tested, continuing=continuing):
        assert starts == pytest.approx([2, 0, 0, 3, 0, 0])


def test_not_started_is_a_stage_and_starts_by_cohort_are_kept() -> None:
    opening = organisation([{"people": 2, "tenure": 40, "grade": 1}], [9.0])
    tested = plan(
        months=6,
        mentor_cap=2.0,
        programmes=(programme(size=10, cohorts=2, repeat_months=3, **SURE),),
    )
    drawn, fine = simulate(opening, STILL, [tested], draws=3), expect(opening, STILL, [tested])
    at = dict(zip(STAGES, drawn.tracks["Plan"].stages[0], strict=True))
    assert at["starts"].tolist() == [4, 4, 4]
    assert at["not_started"].tolist() == [16, 16, 16], "six of the first, all ten of the second"
    assert drawn.tracks["Plan"].cohort_starts.tolist() == [[4, 4, 4], [0, 0, 0]]
    assert fine.stages[0]["p", "starts"] == pytest.approx(4)
    assert fine.stages[0]["p", "not_started"] == pytest.approx(16)
    frame = drawn.pipeline("Plan").set_index("stage")
    assert frame.loc["not_started", "mean"] == 16


def test_a_cap_that_never_binds_changes_not_a_byte() -> None:
    opening = organisation([{"people": 30, "tenure": 40, "grade": 1}], [40.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.2], fill_monthly=0.2)
    free = plan(
        "Free", months=30, programmes=(programme(size=5, cohorts=2, seat=Seat.VACANT_POST),)
    )
    wide = dataclasses.replace(free, name="Wide", mentor_cap=50.0)
    run = simulate(opening, rates, [free, wide], draws=80)
    for measure in run.measures:
        assert np.array_equal(run.values("Free", measure), run.values("Wide", measure)), measure
    assert np.array_equal(run.tracks["Free"].stages, run.tracks["Wide"].stages)


def test_seniors_who_quit_shrink_the_intake_and_a_lever_that_keeps_them_saves_it() -> None:
    opening = organisation([{"people": 12, "tenure": 40, "grade": 2}], [30.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.6], fill_monthly=1e-9)
    later = (programme(size=40, first_start=AS_OF + 12, duration_months=12, **SURE),)
    plain = plan("Plain", months=14, mentor_cap=1.0, programmes=later)
    kept = dataclasses.replace(plain, name="Kept", levers=(lever(hazard_ratio=0.6),))
    drawn = simulate(opening, rates, [plain, kept], draws=2000, seed=5)
    fine = expect(opening, rates, [plain, kept])
    for name, ratio in (("Plain", 1.0), ("Kept", 0.6)):
        starts = drawn.values(name, "apprentices_started").sum(axis=1)
        # Twelve months at 0.05 a month, times the lever's ratio: 12 exp(-0.6 x ratio) are left.
        share = math.exp(-0.6 * ratio)
        limit = 4 * math.sqrt(12 * share * (1 - share) / 2000)
        assert starts.mean() == pytest.approx(12 * share, abs=limit), name
        assert fine.values(name, "apprentices_started").sum() == pytest.approx(12 * share)
        left = 12 - drawn.values(name, "leavers")[:, :12].sum(axis=1)
        assert np.array_equal(starts, left), "draw by draw"


def test_hires_starters_and_achievers_guide_apprentices_after_a_year_above_entry() -> None:
    opening = organisation(
        [],
        [4.0],
        starters=[
            KnownStarter(AS_OF + 2, "cyber", "senior", 3, 3.0),
            KnownStarter(AS_OF + 1, "cyber", "entry", 1, 1.0),
        ],
    )
    tested = plan(
        months=16,
        mentor_cap=1.0,
        programmes=tuple(
            programme(programme_id=f"p{month}", size=9, first_start=AS_OF + month, **SURE)
            for month in (13, 14)
        ),
    )
    for starts in _started(opening, tested):
        assert starts[12:14] == pytest.approx([0, 3]), "a year after month 2"


# -- person by person ------------------------------------------------------------------------------


def test_a_cap_and_a_lever_on_filling_person_by_person() -> None:
    from test_projection_filling import faster

    trained = programme(
        size=8, first_start=AS_OF + 10, duration_months=8, assessment_months=1, cohorts=2,
        repeat_months=6, seat=Seat.VACANT_POST, withdrawal=0.3, withdrawal_low=0.3,
        withdrawal_high=0.3, post_hazard_ratio=1.0, post_low=1.0, post_high=1.0,
    )  # fmt: skip
    world = World(
        months=24,
        families=1,
        people=lambda: [
            *(Person(0, 30, 1.0, senior=True) for _ in range(5)),
            *(Person(0, 4, 1.0, senior=True) for _ in range(3)),
            *(Person(0, 30, 1.0) for _ in range(6)),
        ],
        quits=lambda _f, _t, _m: 0.04,
        fill=lambda _f, _a: 0.08,
        faster=lambda _f, month: 1.5 if month >= 4 else 1.0,
        posts=lambda _f, _m: 24.0,
        starter_fte=[1.0],
        apprentices=lambda: [
            Apprentice(
                0, start, 8, 1, 0.3, (0.3, 0.25, 0.18, 0.27), 0.977, 0.75, 1.0, True, "leave", 1.0
            )
            for start in (10, 16)
            for _ in range(8)
        ],
        mentor_cap=1.0,
        hired_senior=0.4,
    )
    opening = organisation(
        [
            {"people": 5, "tenure": 30, "grade": 2},
            {"people": 3, "tenure": 4, "grade": 1},
            {"people": 6, "tenure": 30, "grade": 0},
        ],
        [24.0],
        open_vacancies=[[10]],
    )
    stated = Rates.stated(("cyber",), voluntary_annual=[0.48], fill_monthly=0.08)
    rates = dataclasses.replace(stated, starter_grade=np.array([[0.6, 0.4, 0.0, 0.0]]))
    tested = plan(
        months=24,
        mentor_cap=1.0,
        programmes=(trained,),
        levers=(faster(hazard_ratio=1.5, start_month=AS_OF + 4),),
    )
    ours = _agree(world, opening, rates, tested, {0: ("apprentices_started", "hires")})
    assert 0 < ours.values("Plan", "apprentices_started").sum(axis=1).mean() < 16, "it binds"


def _agree(
    world: World,
    opening: Opening,
    rates: Rates,
    tested: Plan,
    flows: dict[int, tuple[str, ...]],
) -> Projection:
    """Compare flows by family, and headcount, at three months with 400 futures one by one.

    Tolerance: two-sided 0.1% shared over all comparisons (Bonferroni).
    """
    futures = [run(world, seed) for seed in range(400)]
    ours = simulate(opening, rates, [tested], draws=1500, seed=11)
    checks = [
        (family, measure, month)
        for family, measures in flows.items()
        for measure in ("headcount", *measures)
        for month in (9, 16, 23)
    ]
    limit = NormalDist().inv_cdf(1 - 0.001 / len(checks) / 2)
    for family, measure, month in checks:
        theirs = np.array([future[measure] for future in futures], dtype=float)[:, :, family]
        mine = ours.values("Plan", measure, opening.families[family]).astype(float)
        if measure != "headcount":
            theirs, mine = theirs.cumsum(axis=1), mine.cumsum(axis=1)
        a, b = mine[:, month], theirs[:, month]
        error = math.sqrt(a.var() / len(a) + b.var() / len(b))
        gap = abs(a.mean() - b.mean())
        assert gap <= limit * error + 1e-9, (
            f"{measure} of {family}, month {month + 1}: {a.mean():.3f} against {b.mean():.3f} "
            f"person by person, limit {limit * error:.3f}"
        )
    return ours


def test_a_cap_with_moves_a_course_and_events_person_by_person() -> None:
    names, quarters = ("cyber", "data"), (0.3, 0.25, 0.18, 0.27)
    hazards = [[0.0, 0.03], [0.01, 0.0]]
    world = World(
        months=24,
        families=2,
        people=lambda: [
            *(Person(0, 30, 1.0, senior=True) for _ in range(10)),
            *(Person(0, 30, 1.0) for _ in range(10)),
            *(Person(1, 6, 1.0, senior=True) for _ in range(4)),
            *(Person(1, 30, 1.0, senior=True) for _ in range(2)),
        ],
        quits=lambda _f, _t, _m: 0.03,
        fill=lambda _f, _a: 0.05,
        posts=lambda f, m: (24.0, 18.0 + 3.0 * (m >= 9))[f],
        starter_fte=[1.0, 1.0],
        moves=hazards,
        courses=(Course(0, 1, 3, 6, 8, 1, 0.3, quarters, 0.44, 0.9, 0.8, "wait", 1.0, True),),
        events=(Event(6, 1, 1),),
        apprentices=lambda: [
            Apprentice(1, start, 8, 1, 0.3, quarters, 0.977, 0.75, 1.0, False, "leave", 1.0)
            for start in (7, 17)
            for _ in range(9)
        ],
        mentor_cap=1.0,
        hired_senior=0.4,
    )
    opening = organisation(
        [
            {"people": 10, "tenure": 30, "grade": 2},
            {"people": 10, "tenure": 30},
            {"family": 1, "people": 4, "tenure": 6, "grade": 1},
            {"family": 1, "people": 2, "tenure": 30, "grade": 1},
        ],
        [24.0, 18.0],
        families=names,
        open_vacancies=[[4], [12]],
    )
    stated = Rates.stated(names, voluntary_annual=[0.36, 0.36], fill_monthly=0.05)
    rates = dataclasses.replace(
        stated,
        starter_grade=np.array([[0.6, 0.4, 0.0, 0.0]] * 2),
        moves=Moves(names, np.array(hazards), np.zeros((2, 2))),
    )
    sure = {"post_hazard_ratio": 1.0, "post_low": 1.0, "post_high": 1.0}
    rest = {"withdrawal": 0.3, "withdrawal_low": 0.3, "withdrawal_high": 0.3, "family": "data"}
    course = programme(
        programme_id="c", standard="", trainee=Trainee.EXISTING_STAFF, from_family="cyber", size=6,
        first_start=AS_OF + 3, duration_months=8, assessment_months=1, pass_rate=0.9,
        offer_rate=0.8, no_post=NoPost.WAIT, grade="practitioner", **sure, **rest,
    )  # fmt: skip
    trained = programme(
        size=9, first_start=AS_OF + 7, cohorts=2, repeat_months=10, duration_months=8,
        assessment_months=1, **sure, **rest,
    )  # fmt: skip
    tested = plan(
        months=24,
        mentor_cap=1.0,
        programmes=(course, trained),
        events=(PlannedEvent(AS_OF + 6, "data", 1),),
        demand=Demand(changes=(DemandChange(AS_OF + 9, "data", 3.0),)),
    )
    ours = _agree(
        world, opening, rates, tested, {0: ("hires",), 1: ("apprentices_started", "moves_in")}
    )
    stages = ours.tracks["Plan"].stages[:, STAGES.index("not_started")].mean(axis=1)
    assert np.all(stages > 0), "it binds for the course and for the apprentices"
    planned = ours.tracks["Plan"].cohort_starts.sum(axis=0) + ours.tracks["Plan"].stages[
        :, STAGES.index("not_started")
    ].sum(axis=0)
    assert np.all(planned == 6 + 18), "everybody planned started or did not"
