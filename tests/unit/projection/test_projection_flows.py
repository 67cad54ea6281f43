"""Moves, reskilling and planned events in the ensemble: worked by hand where nothing is left to
chance, and what must hold in every draw."""

import dataclasses

import numpy as np
import pytest
from projection_cases import AS_OF, organisation, plan, programme

from workforce.domain.errors import UserError
from workforce.domain.moves import Moves
from workforce.domain.opening import Opening
from workforce.domain.plan import EventKind, Plan, PlannedEvent
from workforce.domain.programmes import NoPost, Programme, Trainee
from workforce.domain.rates import Rates
from workforce.projection import MEASURES, Projection, simulate
from workforce.projection.roster import serve

FAMILIES = ("cyber", "data")


def _opening(cyber: float = 20.0, data: float = 30.0) -> Opening:
    rows = [
        {"family": 0, "tenure": 30, "people": 20, "grade": 1},
        {"family": 1, "tenure": 5, "people": 20, "grade": 1},
    ]
    return organisation(rows, [cyber, data], families=FAMILIES, open_vacancies=[[0], [0]])


def _rates(out: float = 0.0, back: float = 0.0, *, leave: float = 0.0, fill: float = 0.0) -> Rates:
    stated = Rates.stated(FAMILIES, voluntary_annual=[leave, leave], fill_monthly=fill)
    hazard = np.array([[0.0, out], [back, 0.0]])
    return dataclasses.replace(stated, moves=Moves(FAMILIES, hazard, np.zeros((2, 2))))


def _reskilled(**changes: object) -> Programme:
    certain = {
        "family": "data",
        "from_family": "cyber",
        "trainee": Trainee.EXISTING_STAFF,
        "standard": "",
        "first_start": AS_OF + 2,
        "size": 6,
        "duration_months": 4,
        "assessment_months": 1,
        "withdrawal": 0.0,
        "withdrawal_low": 0.0,
        "withdrawal_high": 0.0,
        "pass_rate": 1.0,
        "offer_rate": 1.0,
        "grade": "senior",
    }
    return programme(**(certain | changes))


def _run(opening: Opening, rates: Rates, tested: Plan, draws: int = 300) -> Projection:
    return simulate(opening, rates, [tested], draws=draws, seed=5)


def _adds_up(run: Projection, name: str) -> None:
    for family in (*FAMILIES, "all"):
        lines = run.account(name, family)
        opening, closing = lines.pop("opening"), lines.pop("closing")
        total = sum(
            -line if key.startswith("leavers_") or key.endswith("_out") else line
            for key, line in lines.items()
        )
        assert np.array_equal(opening + total, closing), family


def test_without_vacancies_nobody_moves() -> None:
    run = _run(_opening(20.0, 20.0), _rates(0.5, 0.5), plan(months=12))
    assert run.values("Plan", "moves_in").sum() == 0
    assert np.all(run.values("Plan", "headcount", "cyber") == 20)


def test_moves_stop_where_the_posts_are_filled_and_leave_posts_vacant() -> None:
    run = _run(_opening(20.0, 24.0), _rates(out=5.0), plan(months=6))
    # Nearly everybody wishes to go every month; four posts are vacant and nobody is hired.
    assert np.all(run.values("Plan", "headcount", "data")[:, -1] == 24)
    assert np.all(run.values("Plan", "vacancies", "cyber")[:, -1] == 4.0)
    assert np.all(run.values("Plan", "moves_out", "cyber").sum(axis=1) == 4)
    assert np.all(run.values("Plan", "leavers") == 0)
    _adds_up(run, "Plan")


def test_the_share_that_moves_is_that_of_the_hazard() -> None:
    run = _run(_opening(20.0, 60.0), _rates(out=0.05), plan(months=12), draws=2000)
    moved = run.values("Plan", "moves_out", "cyber").sum(axis=1)
    expected = 20 * (1 - np.exp(-0.05 * 12))
    # Binomial(20, 0.451): four standard errors of the mean of 2,000.
    assert moved.mean() == pytest.approx(expected, abs=4 * np.sqrt(20 * 0.451 * 0.549 / 2000))


def test_service_is_kept_and_the_new_family_s_hazard_holds() -> None:
    # In data nobody stays a month, in cyber nobody leaves: all who move are gone a month later.
    rates = dataclasses.replace(
        Rates.stated(FAMILIES, voluntary_annual=[0.0, 1200.0], fill_monthly=0.0),
        moves=Moves(FAMILIES, np.array([[0.0, 0.2], [0.0, 0.0]]), np.zeros((2, 2))),
    )
    run = _run(_opening(20.0, 60.0), rates, plan(months=8))
    moved = run.values("Plan", "moves_in", "data")
    assert moved.sum() > 0
    assert np.array_equal(run.values("Plan", "leavers", "data")[:, 1:], moved[:, :-1])
    assert run.values("Plan", "leavers", "cyber").sum() == 0


def test_the_same_plan_twice_differs_by_nothing_and_a_neighbour_changes_little() -> None:
    rates = _rates(0.02, 0.01, leave=0.3, fill=0.2)
    busy = plan(
        "Busy",
        months=24,
        programmes=(_reskilled(withdrawal=0.4, withdrawal_low=0.4, withdrawal_high=0.4),),
        events=(PlannedEvent(AS_OF + 6, "cyber", 4, posts_fte=4.0),),
    )
    run = simulate(_opening(), rates, [busy, busy.renamed("Again")], draws=300, seed=5)
    for measure in MEASURES:
        same = run.values("Busy", measure) == run.values("Again", measure)
        assert np.all(same), measure
    _adds_up(run, "Busy")


def test_draws_in_blocks_are_the_draws_at_once() -> None:
    rates = _rates(0.02, 0.01, leave=0.3, fill=0.2)
    events = (PlannedEvent(AS_OF + 6, "cyber", 4),)
    tested = plan(months=12, programmes=(_reskilled(),), events=events)
    long, short = (_run(_opening(), rates, tested, draws) for draws in (500, 250))
    shared = simulate(_opening(), rates, [tested], draws=500, seed=5, workers=2)
    for measure in MEASURES:
        values = long.values("Plan", measure)
        assert np.array_equal(values[:250], short.values("Plan", measure)), measure
        assert np.array_equal(values, shared.values("Plan", measure)), measure


def test_without_moves_in_the_rates_a_plan_is_as_if_they_were_none() -> None:
    rates = Rates.stated(FAMILIES, voluntary_annual=[0.3, 0.3], fill_monthly=0.2)
    none = dataclasses.replace(rates, moves=Moves(FAMILIES, np.zeros((2, 2)), np.zeros((2, 2))))
    plain, held = (_run(_opening(), each, plan(months=24)) for each in (rates, none))
    for measure in MEASURES:
        assert np.array_equal(plain.values("Plan", measure), held.values("Plan", measure)), measure


def test_redundancy_takes_people_and_posts_in_its_month() -> None:
    event = PlannedEvent(AS_OF + 3, "cyber", 5, EventKind.REDUNDANCY, posts_fte=4.0)
    run = _run(_opening(), _rates(), plan(months=6, events=(event,)))
    heads, posts = (run.values("Plan", name, "cyber") for name in ("headcount", "establishment"))
    assert np.all(heads == np.array([20, 20, 15, 15, 15, 15]))
    assert np.all(posts == np.array([20.0, 20, 16, 16, 16, 16]))
    left = run.values("Plan", "leavers_organisational_event", "cyber")
    assert np.all(left == np.array([0, 0, 5, 0, 0, 0]))
    _adds_up(run, "Plan")


def test_an_event_takes_no_more_than_there_are() -> None:
    event = PlannedEvent(AS_OF + 1, "data", 50, EventKind.TRANSFER_OUT)
    run = _run(_opening(), _rates(), plan(months=3, events=(event,)))
    assert np.all(run.values("Plan", "leavers_organisational_event", "data").sum(axis=1) == 20)
    assert np.all(run.values("Plan", "headcount", "data") == 0)


def test_whoever_goes_in_an_event_does_not_leave_a_second_time() -> None:
    event = PlannedEvent(AS_OF + 1, "data", 20, EventKind.RESTRUCTURE)
    run = _run(_opening(), _rates(leave=2.0), plan(months=12, events=(event,)))
    left = run.values("Plan", "leavers", "data").sum(axis=1)
    assert np.all(left == 20)
    assert np.all(run.values("Plan", "fte", "data")[:, -1] == 0.0)


def test_transfer_in_brings_people_and_posts() -> None:
    event = PlannedEvent(AS_OF + 2, "cyber", 3, EventKind.TRANSFER_IN, posts_fte=3.0)
    run = _run(_opening(), _rates(), plan(months=4, events=(event,)))
    assert np.all(run.values("Plan", "headcount", "cyber") == np.array([20, 23, 23, 23]))
    assert np.all(run.values("Plan", "transfers_in", "cyber") == np.array([0, 3, 0, 0]))
    assert np.all(run.values("Plan", "vacancies", "cyber") == 0.0)
    _adds_up(run, "Plan")


def test_decided_events_are_in_doing_nothing_too() -> None:
    event = PlannedEvent(AS_OF + 3, "cyber", 5, posts_fte=5.0, decided=True)
    rates = _rates(0.01, 0.01, leave=0.2, fill=0.2)
    tested = plan(months=12, events=(event,))
    run = simulate(_opening(), rates, [tested.baseline(), tested], draws=200, seed=1)
    for measure in MEASURES:
        base, ours = (run.values(name, measure) for name in ("Do nothing", "Plan"))
        assert np.array_equal(base, ours), measure


def test_reskilled_people_move_keep_their_post_until_then_and_leave_it_vacant() -> None:
    run = _run(_opening(20.0, 30.0), _rates(), plan(months=10, programmes=(_reskilled(),)))
    heads = run.values("Plan", "headcount", "cyber")
    # Start in month 2, four months of training, a month to the result: month 7.
    assert np.all(heads == np.array([20] * 6 + [14] * 4))
    assert np.all(run.values("Plan", "vacancies", "cyber")[:, -1] == 6.0)
    assert np.all(run.values("Plan", "headcount", "data")[:, -1] == 26)
    assert np.all(run.values("Plan", "headcount")[:, -1] == 40)
    training = run.values("Plan", "apprentices_in_training", "data")
    assert np.all(training == np.array([0, 6, 6, 6, 6, 6, 0, 0, 0, 0]))
    assert np.all(run.values("Plan", "apprentices_converted") == 0)
    _adds_up(run, "Plan")


@pytest.mark.parametrize("policy", list(NoPost))
def test_without_a_vacancy_achievers_stay_where_they_are(policy: NoPost) -> None:
    tested = plan(months=10, programmes=(_reskilled(no_post=policy),))
    run = _run(_opening(20.0, 22.0), _rates(), tested)
    assert np.all(run.values("Plan", "headcount", "cyber")[:, -1] == 18)
    assert np.all(run.values("Plan", "leavers") == 0)
    stages = run.pipeline("Plan").set_index("stage")["mean"]
    assert stages["converted"] == 2
    assert stages["waiting_at_end" if policy is NoPost.WAIT else "redeployed"] == 4


def test_everybody_who_is_trained_is_in_one_stage() -> None:
    trained = _reskilled(
        withdrawal=0.5, withdrawal_low=0.5, withdrawal_high=0.5, pass_rate=0.8, offer_rate=0.7,
        duration_months=12, cohorts=2, repeat_months=6, no_post=NoPost.WAIT,
    )  # fmt: skip
    event = PlannedEvent(AS_OF + 10, "cyber", 6)
    rates = _rates(0.02, 0.02, leave=0.4, fill=0.1)
    tested = plan(months=20, programmes=(trained,), events=(event,))
    run = _run(_opening(20.0, 24.0), rates, tested)
    names = list(run.pipeline("Plan")["stage"])
    stage = dict(zip(names, run.tracks["Plan"].stages[0], strict=True))
    parts = ("in_training_at_end", "withdrawn_left", "withdrawn_stayed", "not_achieved", "achieved")
    assert np.array_equal(sum(stage[each] for each in parts), stage["starts"])
    later = ("not_offered", "no_post_left", "redeployed", "waiting_at_end", "converted")
    assert np.array_equal(sum(stage[each] for each in later), stage["achieved"])
    assert np.all(stage["in_role_at_end"] <= stage["converted"])
    for measure in ("leavers", "headcount", "apprentices_in_training", "moves_in"):
        assert run.values("Plan", measure, "data").min() >= 0
    _adds_up(run, "Plan")


def test_a_family_that_is_not_projected_cannot_give_trainees() -> None:
    tested = plan(programmes=(_reskilled(from_family="transformation"),))
    with pytest.raises(UserError, match="come from"):
        _run(_opening(), _rates(), tested)


def test_who_comes_first_takes_the_post_and_leaves_one() -> None:
    free = np.array([[0.0, 1.0], [0.9, 0.0]])
    draw = np.array([0, 0, 1])
    source, target = np.array([0, 1, 1]), np.array([1, 0, 0])
    found = serve(draw, source, target, np.array([1.0, 0.5, 0.5]), free)
    # In draw 0 the first is too much for 0.9 FTE, so nothing is vacant for the second.
    assert found.tolist() == [False, False, True]
    assert free.tolist() == [[0.0, 0.5], [0.9, 0.5]]
    free = np.array([[0.0], [1.0]])
    found = serve(np.zeros(2, dtype=int), source[:2], target[:2], np.ones(2), free)
    assert found.tolist() == [True, True]
    assert free.tolist() == [[0.0], [1.0]]
