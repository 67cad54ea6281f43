"""Effective capacity, worked by hand: ramps, training, mentors and cover."""

import dataclasses

import numpy as np
import pytest
from projection_cases import AS_OF, lever, organisation, plan, programme

from workforce.domain.capacity import KnownCover, Productivity, productivity_of
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.opening import InTraining, KnownStarter
from workforce.domain.plan import Hiring
from workforce.domain.prices import prices_from_evidence
from workforce.domain.programmes import Seat, Trainee
from workforce.domain.rates import Rates
from workforce.projection import CAPACITY_MEASURES, Expected, Projection, expect, simulate

NOBODY = Rates.stated(("cyber",), voluntary_annual=[0.0], fill_monthly=1e-9)
# Two months to full speed: 2 x 365.25 / 12 / 7 weeks.
WEEKS = 2 * 365.25 / 12 / 7
PLAIN = Productivity(
    ramp_weeks=WEEKS,
    apprentice_output=(0.2, 0.4, 0.6, 0.8),
    off_the_job=0.25,
    existing_staff=0.8,
    settling=0.9,
    mentor_load=(0.2, 0.1, 0.05),
    agency_share=0.25,
)


def _both(*arguments: object, **details: object) -> tuple[Projection, Expected]:
    drawn = simulate(*arguments, draws=3, productivity=PLAIN, **details)  # type: ignore[arg-type]
    return drawn, expect(*arguments, productivity=PLAIN, **details)  # type: ignore[arg-type]


def _sure(**changes: object) -> object:
    """Return a programme in which everybody stays, passes and takes a job."""
    values: dict[str, object] = {
        "withdrawal": 0.0,
        "withdrawal_low": 0.0,
        "withdrawal_high": 0.0,
        "pass_rate": 1.0,
        "offer_rate": 1.0,
    }
    return programme(**(values | changes))


def test_the_ramp_loses_half_of_its_length_in_all() -> None:
    # R = 2: month 0 lacks 1 - 0.25 = 0.75, month 1 lacks 0.25.
    assert PLAIN.ramp_loss() == pytest.approx([0.75, 0.25])
    long = dataclasses.replace(PLAIN, ramp_weeks=28.0)
    # 28 weeks are 6.4394 months; the last of them is 0.4394 long and lacks 0.4394^2 / (2 R).
    assert long.ramp_loss()[-1] == pytest.approx(0.4394**2 / (2 * 6.4394), abs=1e-5)
    assert long.ramp_loss().sum() == pytest.approx(6.4394 / 2, abs=1e-4)
    assert dataclasses.replace(PLAIN, ramp_weeks=0.0).ramp_loss().size == 0


def test_starters_ramp_up() -> None:
    # 10 in post, 2 start in month 2 with 0.9 FTE each: 1.8 x 0.75 and 1.8 x 0.25 are missing.
    opening = organisation(
        [{"people": 10, "tenure": 40}],
        [11.8],
        starters=[KnownStarter(AS_OF + 2, "cyber", "senior", 2, 1.8)],
    )
    for run in _both(opening, NOBODY, [plan(months=5)]):
        found = run.values("Plan", "effective_capacity").reshape(-1, 5)
        # 1.8 FTE are vacant in month 1, of which a quarter is covered.
        expected = [10 + 0.45, 11.8 - 1.35, 11.8 - 0.45, 11.8, 11.8]
        assert found[0] == pytest.approx(expected, abs=1e-4)


def test_who_leaves_while_ramping_up_takes_the_missing_work_along() -> None:
    # Everybody leaves within the first month after the start: from then on nothing is missing.
    opening = organisation([], [2.0], starters=[KnownStarter(AS_OF + 1, "cyber", "entry", 2, 2.0)])
    gone = Rates.stated(("cyber",), voluntary_annual=[12 * 40.0], fill_monthly=1e-9)
    for run in _both(opening, gone, [plan(months=3)]):
        found = run.values("Plan", "effective_capacity").reshape(-1, 3)[0]
        # 2 x (1 - 0.75), then only a quarter of 2 vacant posts.
        assert found == pytest.approx([0.5, 0.5, 0.5], abs=1e-4)
        assert run.values("Plan", "headcount").reshape(-1, 3)[0] == pytest.approx(
            [2, 0, 0], abs=1e-4
        )


def test_recruits_in_training_by_stage_and_their_mentors() -> None:
    # Four start in month 1 on 18 months; assessment waits 2 months. Nobody is in post, no posts.
    tested = plan(months=26, programmes=(_sure(size=4, duration_months=18, assessment_months=2),))
    for run in _both(organisation([], [0.0]), NOBODY, [tested]):
        mentors = run.values("Plan", "mentor_fte").reshape(-1, 26)[0]
        assert mentors[:18] == pytest.approx([0.8] * 6 + [0.4] * 6 + [0.2] * 6)
        assert np.all(mentors[18:] == 0), "waiting for the result nobody is mentored"
        capacity = run.values("Plan", "effective_capacity").reshape(-1, 26)[0]
        # 4 x output x (1 - 0.25) less the mentors.
        assert capacity[:18] == pytest.approx(
            [0.6 - 0.8] * 6 + [1.2 - 0.4] * 6 + [1.8 - 0.2] * 6, abs=1e-5
        )
        # While waiting there is no training off the job: 4 x 0.8, then nobody finds a post.
        assert capacity[18:] == pytest.approx([3.2, 3.2] + [0.0] * 6, abs=1e-5)


def test_after_achievement_six_months_are_not_quite_full_speed() -> None:
    tested = plan(
        months=16,
        programmes=(_sure(size=2, duration_months=6, assessment_months=0, fte=0.5),),
    )
    opening = organisation([], [1.0], open_vacancies=[[0]])
    for run in _both(opening, NOBODY, [tested]):
        found = run.values("Plan", "effective_capacity").reshape(-1, 16)[0]
        # Months 1-6: 2 x 0.5 FTE x 0.2 x 0.75 - 2 mentored x 0.2 + 0.25 x 1 vacant.
        assert found[:6] == pytest.approx([0.15 - 0.4 + 0.25] * 6, abs=1e-5)
        assert found[6:12] == pytest.approx([0.9] * 6, abs=1e-5)
        assert found[12:] == pytest.approx([1.0] * 4, abs=1e-5)


def test_existing_staff_from_elsewhere_cost_mentors_only() -> None:
    tested = plan(
        months=8,
        programmes=(_sure(size=3, duration_months=30, trainee=Trainee.EXISTING_STAFF),),
    )
    opening = organisation([{"people": 5, "tenure": 40}], [5.0])
    for run in _both(opening, NOBODY, [tested]):
        found = run.values("Plan", "effective_capacity").reshape(-1, 8)[0]
        assert found == pytest.approx([5 - 0.6] * 6 + [5 - 0.3] * 2, abs=1e-5)


def test_apprentices_already_in_training_are_counted_from_where_they_are() -> None:
    # Seven months behind them at the opening month: month 1 is their eighth, in the second stage.
    opening = organisation(
        [{"people": 5, "tenure": 40}],
        [5.0],
        apprentices=[InTraining("cyber", "", AS_OF - 7, AS_OF + 5, 2)],
    )
    drawn, fine = _both(opening, NOBODY, [plan(months=6)], continuing=[_sure(assessment_months=3)])
    for run in (drawn, fine):
        mentors = run.values("Plan", "mentor_fte").reshape(-1, 6)[0]
        # Month 5 is the last before the planned end.
        assert mentors == pytest.approx([0.2] * 4 + [0.0] * 2)


def test_agency_covers_its_share_and_at_least_what_is_booked() -> None:
    opening = dataclasses.replace(
        organisation([{"people": 6, "tenure": 40}], [10.0]),
        agency=(
            KnownCover("cyber", AS_OF + 3, 1.5),
            KnownCover("cyber", AS_OF + 2, 0.5),
            KnownCover("cyber", AS_OF, 9.0),
            KnownCover("data", AS_OF + 9, 9.0),
        ),
    )
    for run in _both(opening, NOBODY, [plan(months=5)]):
        # Four posts are vacant: one FTE by the share; 2.0 booked in month 1, 1.5 in month 2.
        found = run.values("Plan", "agency_fte").reshape(-1, 5)[0]
        assert found == pytest.approx([2.0, 1.5, 1.0, 1.0, 1.0])
        capacity = run.values("Plan", "effective_capacity").reshape(-1, 5)[0]
        assert capacity == pytest.approx(6 + found)


def test_apprentices_in_vacant_posts_leave_less_to_cover() -> None:
    tested = plan(months=3, programmes=(_sure(size=2, seat=Seat.VACANT_POST, duration_months=12),))
    for run in _both(organisation([{"people": 6, "tenure": 40}], [10.0]), NOBODY, [tested]):
        found = run.values("Plan", "agency_fte").reshape(-1, 3)[0]
        assert found == pytest.approx([0.5] * 3), "a quarter of two posts"


def test_without_productivity_there_is_no_such_measure() -> None:
    opening = organisation([{"people": 3, "tenure": 40}], [5.0])
    drawn, fine = simulate(opening, NOBODY, [plan()], draws=2), expect(opening, NOBODY, [plan()])
    assert not set(CAPACITY_MEASURES) & set(drawn.measures)
    for run in (drawn, fine):
        with pytest.raises(KeyError, match="effective_capacity"):
            run.values("Plan", "effective_capacity")


def test_asking_for_capacity_changes_nothing_else_and_fills_the_summary() -> None:
    opening = organisation([{"people": 40, "tenure": 30}], [50.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.3], fill_monthly=0.2)
    tested = plan(
        months=12,
        levers=(lever(low=0.7, high=0.95),),
        programmes=(programme(size=5, duration_months=6),),
        hiring=Hiring(capacity_per_month=2),
    )
    bare = simulate(opening, rates, [tested], draws=60)
    full = simulate(opening, rates, [tested], draws=60, productivity=PLAIN)
    for measure in bare.measures:
        assert np.array_equal(bare.values("Plan", measure), full.values("Plan", measure)), measure
    frame = full.summary()
    assert set(frame["measure"]) == {*bare.measures, *CAPACITY_MEASURES}
    parts = [full.values("Plan", name) for name in ("fte", "agency_fte", "mentor_fte")]
    assert np.all(full.values("Plan", "effective_capacity") < parts[0] + parts[1] + 5)


def test_the_evidence_gives_a_productivity(evidence: Evidence) -> None:
    prices = prices_from_evidence(evidence)
    found = productivity_of(dataclasses.replace(prices, agency_share=0.4, ramp_weeks=10), evidence)
    assert (found.agency_share, found.ramp_weeks) == (0.4, 10), "what the user states counts"
    assert found.settling == evidence.pipeline("prod_post").number
    assert found.existing_staff == evidence.pipeline("prod_existing_uplift").number
    # About two FTE-months of a senior for each apprentice on 24 months, as the evidence says.
    months = np.arange(24)
    assert found.mentoring(months, 24).sum() == pytest.approx(6 * 0.15 + 6 * 0.1 + 12 * 0.05)


def test_impossible_productivity_is_refused() -> None:
    with pytest.raises(UserError):
        dataclasses.replace(PLAIN, settling=1.2)
