"""Attribution: each part alone, the interaction by itself, the sum exact and without an order."""

import dataclasses

import numpy as np
import pytest
from projection_cases import AS_OF, lever, organisation, plan, programme

from workforce.appraisal import attribute, parts_of
from workforce.domain.moves import Moves
from workforce.domain.plan import BASELINE_NAME, Demand, DemandChange, Hiring, Plan, PlannedEvent
from workforce.domain.programmes import Trainee
from workforce.domain.rates import Rates
from workforce.projection import Projection, simulate

OPENING = organisation([{"people": 60, "tenure": 4}], [70])
RATES = Rates.stated(("cyber",), voluntary_annual=[0.3], fill_monthly=0.15)
FULL = plan(
    "Everything",
    months=30,
    levers=(
        lever(lever_id="a", name="Flexible working", hazard_ratio=0.7),
        lever(lever_id="b", name="Mentoring", hazard_ratio=0.8, group="other"),
        lever(lever_id="off", name="Not used", include=False),
    ),
    programmes=(programme(name="Cyber apprentices", duration_months=12),),
    hiring=Hiring(speed=1.5),
    demand=Demand(changes=(DemandChange(AS_OF + 6, "cyber", 5.0),)),
)


def _run(tested: Plan) -> Projection:
    parts = [part.plan for part in parts_of(tested)]
    return simulate(OPENING, RATES, [tested.baseline(), tested, *parts], draws=300, seed=3)


def test_the_parts_of_a_plan_hold_one_thing_each() -> None:
    parts = parts_of(FULL)
    assert [part.key for part in parts] == ["lever/a", "lever/b", "programme/p", "hiring", "posts"]
    for part in parts:
        alone = part.plan
        held = [
            len(alone.levers) == 1,
            len(alone.programmes) == 1,
            alone.hiring != Hiring(),
            alone.demand != Demand(),
        ]
        assert sum(held) == 1, f"{part.key} holds {held}"
        assert alone.combination == FULL.combination
    assert len({part.plan.name for part in parts}) == 5
    assert parts_of(plan()) == ()


def test_what_is_decided_anyway_is_part_of_every_part_and_no_bar() -> None:
    decided = PlannedEvent(24300, "cyber", 1, decided=True)
    chosen = PlannedEvent(24301, "cyber", 1)
    growth = Demand((("cyber", 0.1),), growth_decided=True)
    assert parts_of(Plan("Plan", demand=growth, events=(decided,))) == ()
    (part,) = parts_of(Plan("Plan", demand=growth, events=(decided, chosen)))
    assert part.kind == "events"
    assert part.plan.events == (decided, chosen)
    assert part.plan.demand == growth


def test_names_stay_unique_and_short_whatever_the_labels() -> None:
    levers = tuple(lever(lever_id=f"{k}", name="x" * 90) for k in range(3))
    parts = parts_of(plan(levers=levers))
    assert len({part.plan.name for part in parts}) == 3
    assert max(len(part.plan.name) for part in parts) <= 80


@pytest.mark.parametrize(
    ("measure", "over_months"), [("vacancies", False), ("headcount", False), ("leavers", True)]
)
def test_the_bars_add_up_to_the_change(measure: str, over_months: bool) -> None:
    projection, parts = _run(FULL), parts_of(FULL)
    found = attribute(projection, "Everything", parts, measure, total_over_months=over_months)
    total = sum(share.mean for share in found.shares)
    assert found.baseline + total == pytest.approx(found.planned, abs=1e-9)
    seen = projection.values("Everything", measure)
    expected = seen.sum(axis=1) if over_months else seen[:, -1]
    assert found.planned == pytest.approx(expected.mean())
    assert found.shares[-1].key == "interaction"
    assert len(found.shares) == 6


def test_the_order_of_the_parts_changes_nothing() -> None:
    projection, parts = _run(FULL), parts_of(FULL)
    one = attribute(projection, "Everything", parts, "vacancies")
    other = attribute(projection, "Everything", parts[::-1], "vacancies")
    assert {s.key: s.mean for s in one.shares} == pytest.approx(
        {s.key: s.mean for s in other.shares}
    )


def test_each_bar_is_the_part_alone_on_the_same_draws() -> None:
    projection, parts = _run(FULL), parts_of(FULL)
    found = {s.key: s for s in attribute(projection, "Everything", parts, "headcount").shares}
    for part in parts:
        alone = projection.values(part.plan.name, "headcount")[:, -1].astype(float)
        alone -= projection.values(BASELINE_NAME, "headcount")[:, -1]
        assert found[part.key].mean == pytest.approx(alone.mean())
        assert found[part.key].low == pytest.approx(np.quantile(alone, 0.1))
    assert found["lever/a"].mean > found["lever/b"].mean > 0, "the stronger lever keeps more people"


def test_one_part_alone_has_no_interaction() -> None:
    single = dataclasses.replace(FULL, levers=FULL.levers[:1], programmes=(), hiring=Hiring())
    single = dataclasses.replace(single, demand=Demand())
    found = attribute(_run(single), "Everything", parts_of(single), "vacancies")
    assert [share.key for share in found.shares] == ["lever/a"]
    assert found.shares[0].mean == pytest.approx(found.planned - found.baseline)


def test_a_rate_is_not_a_sum_of_parts() -> None:
    single = dataclasses.replace(FULL, programmes=())
    with pytest.raises(ValueError, match="rate"):
        attribute(_run(single), "Everything", parts_of(single), "vacancy_rate")


def test_events_and_reskilling_are_bars_of_their_own_and_add_up() -> None:
    opening = organisation(
        [{"family": 0, "people": 40, "tenure": 4}, {"family": 1, "people": 30, "tenure": 40}],
        [40.0, 40.0],
        families=("cyber", "data"),
    )
    rates = dataclasses.replace(
        Rates.stated(("cyber", "data"), voluntary_annual=[0.2, 0.2], fill_monthly=0.1),
        moves=Moves(("cyber", "data"), np.array([[0.0, 0.01], [0.005, 0.0]]), np.zeros((2, 2))),
    )
    trained = programme(
        trainee=Trainee.EXISTING_STAFF, from_family="cyber", family="data", standard="",
        size=6, duration_months=6, course_price=900.0,
    )  # fmt: skip
    tested = plan(
        "Closure",
        months=20,
        levers=(lever(hazard_ratio=0.7),),
        programmes=(trained,),
        events=(PlannedEvent(AS_OF + 8, "cyber", 10, posts_fte=10.0),),
    )
    parts = parts_of(tested)
    assert [part.key for part in parts] == ["lever/L", "programme/p", "events"]
    plans = [tested.baseline(), tested, *(part.plan for part in parts)]
    run = simulate(opening, rates, plans, draws=300, seed=3)
    for family in ("cyber", "data", "all"):
        found = attribute(run, "Closure", parts, "headcount", family=family)
        bars = {share.key: share.mean for share in found.shares}
        assert found.baseline + sum(bars.values()) == pytest.approx(found.planned, abs=1e-9)
    gone = {s.key: s.mean for s in attribute(run, "Closure", parts, "headcount").shares}
    # Ten people and ten posts: whoever would have left by then anyway is not gone a second time.
    assert -10 <= gone["events"] < -7
    moved = attribute(run, "Closure", parts, "headcount", family="data")
    assert {s.key: s.mean for s in moved.shares}["programme/p"] > 0.5
