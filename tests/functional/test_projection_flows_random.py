"""Random organisations and plans full of moves, courses and events: what must hold in each."""

import dataclasses
import random

import numpy as np
import pytest
from projection_cases import AS_OF, lever, organisation, plan, programme

from workforce.domain.moves import Moves
from workforce.domain.opening import KnownStarter, Opening
from workforce.domain.plan import EventKind, Plan, PlannedEvent
from workforce.domain.programmes import NoPost, Programme, Seat, Trainee
from workforce.domain.rates import Rates
from workforce.projection import MEASURES, STAGES, Expected, Projection, expect, simulate

FAMILIES = ("cyber", "data", "transformation")
EVERY = (*FAMILIES, "all")


def _opening(dice: random.Random) -> Opening:
    rows = []
    for _ in range(dice.randrange(0, 12)):
        people = dice.randrange(0, 6)
        row: dict[str, float] = {
            "family": dice.randrange(3),
            "tenure": dice.randrange(125),
            "people": people,
            "fte": people * dice.choice([1.0, 0.6, 0.85]),
            "grade": dice.randrange(4),
            "age": dice.randrange(6),
        }
        if dice.random() < 0.2:
            row["contract_end"] = AS_OF + dice.randrange(-2, 12)
        if dice.random() < 0.2:
            row["known_leave"] = AS_OF + dice.randrange(-1, 12)
        rows.append(row)
    starter = KnownStarter(AS_OF + dice.randrange(1, 9), dice.choice(FAMILIES), "senior", 2, 1.7)
    return organisation(
        rows,
        [dice.uniform(0, 25) for _ in FAMILIES],
        families=FAMILIES,
        starter_fte=[dice.choice([1.0, 0.9]) for _ in FAMILIES],
        starters=[starter] if dice.random() < 0.4 else [],
    )


def _rates(dice: random.Random) -> Rates:
    stated = Rates.stated(
        FAMILIES,
        voluntary_annual=[dice.uniform(0, 1) for _ in FAMILIES],
        other_annual=dice.uniform(0, 0.2),
        contract_end_annual=0.1,
        fill_monthly=dice.uniform(0, 0.5),
    )
    hazard = np.array([[dice.choice([0.0, 0.01, 0.3, 2.0]) for _ in FAMILIES] for _ in FAMILIES])
    np.fill_diagonal(hazard, 0.0)
    moves = Moves(FAMILIES, hazard, np.full((3, 3), dice.choice([0.0, 0.5])))
    return dataclasses.replace(stated, moves=moves if dice.random() < 0.8 else None)


def _course(dice: random.Random, number: int) -> Programme:
    source, target = dice.sample(FAMILIES, 2)
    return programme(
        programme_id=f"p{number}",
        trainee=Trainee.EXISTING_STAFF,
        from_family=source,
        family=target,
        standard="",
        size=dice.randrange(0, 7),
        duration_months=dice.randrange(1, 9),
        assessment_months=dice.randrange(0, 3),
        first_start=AS_OF + dice.randrange(0, 9),
        cohorts=dice.randrange(1, 4),
        repeat_months=dice.randrange(1, 5),
        no_post=dice.choice(list(NoPost)),
    )


def _plan(dice: random.Random) -> Plan:
    courses = [_course(dice, number) for number in range(dice.randrange(0, 3))]
    if dice.random() < 0.4:
        seat, policy = dice.choice(list(Seat)), dice.choice(list(NoPost))
        courses.append(
            programme(programme_id="n", size=3, duration_months=3, seat=seat, no_post=policy)
        )
    return plan(
        months=dice.choice([1, 7, 20]),
        levers=(lever(hazard_ratio=dice.choice([0.7, 1.8])),) if dice.random() < 0.5 else (),
        programmes=tuple(courses),
        events=tuple(
            PlannedEvent(
                AS_OF + dice.randrange(-1, 24),
                dice.choice(FAMILIES),
                dice.randrange(0, 12),
                dice.choice(list(EventKind)),
                float(dice.randrange(0, 6)),
                decided=dice.random() < 0.5,
            )
            for _ in range(dice.randrange(0, 4))
        ),
        mentor_cap=dice.choice([None, None, 1.0]),
    )


@pytest.mark.parametrize("seed", range(40))
def test_whatever_moves_everybody_is_accounted_for(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a fixed seed, nothing secret
    opening, rates, tested = _opening(dice), _rates(dice), _plan(dice)
    plans = [tested.baseline(), tested]
    drawn = simulate(opening, rates, plans, draws=60, seed=seed)
    fine = expect(opening, rates, plans)
    for each in plans:
        for family in EVERY:
            _in_whole_people(drawn, each.name, family)
            _in_expectation(fine, each.name, family)
    _in_one_stage(drawn, tested.name)


def _in_whole_people(run: Projection, name: str, family: str) -> None:
    lines = run.account(name, family)
    opening, closing = lines.pop("opening"), lines.pop("closing")
    for key, line in lines.items():
        assert line.min() >= 0, key
        opening = opening + (-line if key.startswith("leavers_") or key.endswith("_out") else line)
    assert np.array_equal(opening, closing)
    assert closing.min() >= 0
    fte = run.values(name, "fte", family)
    # Stored to thousandths of a post.
    assert np.abs(fte[closing == 0]).max(initial=0.0) < 1e-3
    assert fte.min() > -1e-3


def _in_expectation(run: Expected, name: str, family: str) -> None:
    def of(measure: str) -> np.ndarray:
        return run.values(name, measure, family)

    start = run.opening_people.sum()
    if family != "all":
        start = run.opening_people[FAMILIES.index(family)]
    came = of("hires") + of("apprentices_converted") + of("moves_in") + of("transfers_in")
    gone = of("leavers") + of("moves_out")
    assert np.diff(of("headcount"), prepend=start) == pytest.approx(came - gone, abs=1e-8)
    for measure in MEASURES:
        assert of(measure).min() > -1e-8, measure


def _in_one_stage(run: Projection, name: str) -> None:
    for row in run.tracks[name].stages:
        stage = dict(zip(STAGES, row, strict=True))
        begun = ("in_training_at_end", "withdrawn_left", "withdrawn_stayed", "not_achieved")
        assert np.array_equal(sum(stage[k] for k in (*begun, "achieved")), stage["starts"])
        after = ("not_offered", "no_post_left", "redeployed", "waiting_at_end", "converted")
        assert np.array_equal(sum(stage[k] for k in after), stage["achieved"])
