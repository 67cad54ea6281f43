"""Plans: validated, frozen, and the same after a trip through a file."""

import json
from contextlib import suppress
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.domain.defaults import lever_from_evidence, programme_from_evidence
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.months import parse_month
from workforce.domain.plan import (
    ActsOn,
    Demand,
    DemandChange,
    EventKind,
    Freeze,
    Hiring,
    LeverChoice,
    NoPost,
    Plan,
    PlannedEvent,
    Seat,
    Trainee,
)
from workforce.domain.planfile import (
    PlanBook,
    plan_digest,
    plan_from_json,
    plan_to_json,
)

JANUARY = parse_month("2027-01")


@pytest.fixture(scope="module")
def plan(evidence: Evidence) -> Plan:
    return Plan(
        name="Grow our own",
        levers=tuple(lever_from_evidence(each, JANUARY) for each in evidence.levers.values()),
        programmes=(
            replace(
                programme_from_evidence(
                    evidence,
                    "ST1021",
                    programme_id="cyber-1",
                    family="cyber",
                    first_start=JANUARY,
                    size=4,
                    cohorts=2,
                ),
                seat=Seat.VACANT_POST,
                no_post=NoPost.WAIT,
            ),
        ),
        hiring=Hiring(speed=1.1, capacity_per_month=3, freezes=(Freeze(JANUARY, JANUARY + 2),)),
        demand=Demand(
            (("cyber", 0.05),),
            (
                DemandChange(JANUARY, "data", -2.0, "savings"),
                DemandChange(JANUARY + 3, "cyber", 1.0, "grant", decided=True),
            ),
        ),
        events=(
            PlannedEvent(JANUARY, "data", 3, EventKind.TRANSFER_OUT, 2.5, decided=True),
            PlannedEvent(
                JANUARY + 6, "cyber", 2, EventKind.TRANSFER_IN, 2.0, note="shared service"
            ),
        ),
        mentor_cap=2.0,
        note="“Quoted”, accented é and a\nnew line",
    )


def test_a_plan_is_the_same_after_a_trip_through_a_file(plan: Plan) -> None:
    assert plan_from_json(plan_to_json(plan)) == plan
    book = PlanBook((plan, Plan("Other")), "Other")
    assert PlanBook.from_json(book.to_json()) == book


def test_a_lever_on_filling_and_reskilling_survive_a_file(plan: Plan) -> None:
    lever = replace(plan.levers[0], acts_on=ActsOn.FILLING)
    course = replace(
        plan.programmes[0],
        standard="",
        trainee=Trainee.EXISTING_STAFF,
        from_family="transformation",
    )
    other = replace(plan, levers=(lever,), programmes=(course,))
    assert plan_from_json(plan_to_json(other)) == other


def test_doing_nothing_keeps_what_is_decided_anyway_and_nothing_else(plan: Plan) -> None:
    nothing = plan.baseline()
    assert [change.reason for change in nothing.demand.changes] == ["grant"]
    assert [event.kind for event in nothing.events] == [EventKind.TRANSFER_OUT]
    assert nothing.demand.growth_per_year == (), "growth that is a choice is no part of it"
    assert (nothing.levers, nothing.programmes, nothing.mentor_cap) == ((), (), None)
    growing = replace(plan, demand=replace(plan.demand, growth_decided=True))
    assert growing.baseline().demand.growth("cyber") == 0.05
    assert nothing.baseline() == nothing, "doing nothing twice is doing nothing"


@pytest.mark.parametrize(
    ("kind", "change"), [(EventKind.TRANSFER_IN, 2.0), (EventKind.REDUNDANCY, -2.0)]
)
def test_posts_come_with_a_transfer_in_and_go_with_every_other_event(
    kind: EventKind, change: float
) -> None:
    assert PlannedEvent(JANUARY, "cyber", 2, kind, 2.0).posts_change == change


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"from_family": "data"}, "only existing staff"),
        (
            {"from_family": "not_digital", "trainee": Trainee.EXISTING_STAFF},
            "digital role families",
        ),
        ({"from_family": "cyber", "trainee": Trainee.EXISTING_STAFF}, "already"),
        ({"course_price": 900.0}, "course of your own only"),
        ({"course_price": -1.0, "standard": ""}, "price of the course"),
    ],
)
def test_reskilling_from_nowhere_sensible_is_refused(
    plan: Plan, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        replace(plan.programmes[0], **changes)


@pytest.mark.parametrize(
    "event",
    [
        {"family": "not_digital", "people": 1},
        {"family": "wizards", "people": 1},
        {"family": "cyber", "people": -1},
        {"family": "cyber", "people": 1, "posts_fte": -1.0},
    ],
)
def test_an_impossible_event_is_refused_in_words(event: dict[str, object]) -> None:
    with pytest.raises(UserError, match="Planned event"):
        PlannedEvent(month=JANUARY, **event)


_names = st.text(min_size=1, max_size=80).filter(lambda s: s.strip())


@given(
    name=_names,
    ratio=st.floats(0.05, 5),
    spread=st.floats(1, 2),
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
    month=st.integers(parse_month("2000-01"), parse_month("2099-12")),
    half_life=st.none() | st.floats(1, 240),
)
def test_any_valid_lever_survives_a_file(
    name: str,
    ratio: float,
    spread: float,
    shares: tuple[float, float, float],
    month: int,
    half_life: float | None,
) -> None:
    lever = LeverChoice(
        lever_id="own",
        name=name,
        hazard_ratio=ratio,
        low=max(0.05, ratio / spread),
        high=min(5.0, ratio * spread),
        group="own",
        start_month=month,
        reach=shares[0],
        adopted_now=shares[1],
        adopted_target=shares[2],
        half_life_months=half_life,
    )
    plan = Plan("P", levers=(lever,))
    assert plan_from_json(plan_to_json(plan)) == plan


def test_digest_changes_when_anything_does(plan: Plan) -> None:
    changed = replace(plan, levers=(replace(plan.levers[0], reach=0.89), *plan.levers[1:]))
    assert plan_digest(plan) == plan_digest(plan_from_json(plan_to_json(plan)))
    assert plan_digest(changed) != plan_digest(plan)
    assert plan_digest(replace(plan, note="")) != plan_digest(plan)


def test_a_plan_cannot_be_changed_in_place(plan: Plan) -> None:
    with pytest.raises(FrozenInstanceError):
        plan.name = "other"  # type: ignore[misc]


def test_baseline_does_nothing_over_the_same_months(plan: Plan) -> None:
    baseline = plan.baseline()
    assert baseline.horizon_months == plan.horizon_months
    assert not baseline.levers
    assert not baseline.programmes
    assert baseline.hiring == Hiring()
    assert replace(plan, demand=Demand(), events=()).baseline().demand == Demand()


def test_cohort_starts_are_spaced_as_stated(plan: Plan) -> None:
    assert plan.programmes[0].starts == (JANUARY, JANUARY + 12)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reach": 1.2}, "share between 0% and 100%"),
        ({"adopted_target": -0.1}, "share between"),
        ({"hazard_ratio": 0.0}, "must lie between"),
        ({"low": 0.9}, "must hold the central value"),
        ({"families": ("finance",)}, "finance"),
        ({"grades": ("boss",)}, "boss"),
        ({"ramp_months": 61}, "between 0 and 60"),
        ({"half_life_months": 0}, "half-life"),
        ({"cost_per_head": -1}, "cost per head"),
    ],
)
def test_impossible_levers_are_refused_in_words(
    plan: Plan, change: dict[str, object], says: str
) -> None:
    flex = next(lever for lever in plan.levers if lever.lever_id == "FLEX_TEAM")
    with pytest.raises(UserError, match=says):
        replace(flex, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"family": "not_digital"}, "digital role families"),
        ({"size": -1}, "starts per cohort"),
        ({"cohorts": 0}, "cohorts"),
        ({"duration_months": 0}, "duration"),
        ({"withdrawal": 1.5}, "withdrawal"),
        ({"withdrawal": 0.01}, "must hold the central value"),
        ({"quarter_shares": (0.5, 0.5, 0.5, 0.5)}, "add to 100%"),
        ({"quarter_shares": (1.5, -0.5, 0.0, 0.0)}, "negative"),
        ({"fte": 0.0}, "FTE"),
    ],
)
def test_impossible_programmes_are_refused_in_words(
    plan: Plan, change: dict[str, object], says: str
) -> None:
    with pytest.raises(UserError, match=says):
        replace(plan.programmes[0], **change)  # type: ignore[arg-type]


def test_impossible_hiring_demand_and_names_are_refused(plan: Plan) -> None:
    with pytest.raises(UserError, match="before it starts"):
        Freeze(JANUARY, JANUARY - 1)
    with pytest.raises(UserError, match="Hiring speed"):
        Hiring(speed=0)
    with pytest.raises(UserError, match="Growth"):
        Demand((("cyber", 3.0),))
    with pytest.raises(UserError, match="needs a name"):
        Plan("  ")
    with pytest.raises(UserError, match="twice"):
        replace(plan, levers=(plan.levers[0], plan.levers[0]))
    with pytest.raises(UserError, match="Horizon"):
        replace(plan, horizon_months=0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a plan file"),
        ("{", "not a plan file"),
        ("[" * 100_000, "not a plan file"),
        ("[]", "not a plan file"),
        ('{"schema": "something-else", "version": 1}', "not a plan file"),
        ('{"schema": "workforce-plan", "version": 99, "plan": {}}', "format version 99"),
        ('{"schema": "workforce-plan", "version": 1}', "not a group of values"),
        ('{"schema": "workforce-plan", "version": 1, "plans": []}', "no plan"),
        ('{"schema": "workforce-plan", "version": 1, "plans": 3}', "not a list"),
        ('{"schema": "workforce-plan", "version": 1, "plan": {}}', "missing or of the wrong"),
        ('{"schema": "workforce-plan", "version": 1, "plan": {"name": "a", "x": 1}}', "“x”"),
        (
            '{"schema": "workforce-plan", "version": 1, "plan": {"name": "a", '
            '"horizon_months": "long"}}',
            "wrong kind",
        ),
        (
            '{"schema": "workforce-plan", "version": 1, "plan": {"name": "a", '
            '"horizon_months": NaN}}',
            "NaN",
        ),
        (
            '{"schema": "workforce-plan", "version": 1, "plan": {"name": "a", '
            '"hiring": {"freezes": [{"first": "soon", "last": "2027-01"}]}}}',
            "not a month",
        ),
        (
            '{"schema": "workforce-plan", "version": 1, "plan": {"name": "a", "levers": {}}}',
            "not a list",
        ),
    ],
)
def test_what_is_no_plan_file_gets_one_sentence(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        PlanBook.from_json(text)


@given(st.data())
def test_a_damaged_plan_file_never_raises_anything_but_a_sentence(data: st.DataObject) -> None:
    document = {
        "schema": "workforce-plan",
        "version": 1,
        "plan": {"name": "a", "horizon_months": 12, "hiring": {"speed": 1.0}, "demand": {}},
    }
    spot = data.draw(st.sampled_from(["plan", "hiring", "demand", "levers", "programmes", "name"]))
    junk = data.draw(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(max_size=5), inner, max_size=3)
            ),
            max_leaves=6,
        )
    )
    if spot == "plan":
        document["plan"] = junk
    else:
        document["plan"][spot] = junk  # type: ignore[index]
    with suppress(UserError):
        PlanBook.from_json(json.dumps(document))


def test_books_keep_names_apart() -> None:
    with pytest.raises(UserError, match="same name"):
        PlanBook((Plan("A"), Plan("a")), "A")
    with pytest.raises(UserError, match="name of the comparison"):
        PlanBook((Plan("Do nothing"),), "Do nothing")
    with pytest.raises(UserError, match="not in the file"):
        PlanBook((Plan("A"),), "B")


def test_books_replace_add_remove_and_show() -> None:
    book = PlanBook((Plan("A"), Plan("B")), "A")
    longer = book.with_plan(Plan("A", horizon_months=60))
    assert [p.name for p in longer.plans] == ["A", "B"]
    assert longer.current().horizon_months == 60
    assert book.with_plan(Plan("C")).active == "C"
    renamed = book.with_plan(Plan("Z"), replacing="A")
    assert [p.name for p in renamed.plans] == ["Z", "B"]
    assert book.without("A").active == "B"
    assert book.showing("B").current().name == "B"
