"""Draw by draw or month by month: the same numbers, to the last digit."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projection_cases import AS_OF, lever, organisation, plan, programme
from projection_plans import openings, plans, stated_rates

from workforce.domain.capacity import Productivity
from workforce.domain.levers import ActsOn
from workforce.domain.opening import Opening
from workforce.domain.plan import Plan
from workforce.domain.rates import Rates
from workforce.projection import Projection, simulate
from workforce.projection import by_draw as by_draw_module
from workforce.projection import run as run_module

WORK = Productivity(26.0, (0.2, 0.4, 0.6, 0.8), 0.2, 0.7, 0.8, (0.15, 0.1, 0.05), 0.3)
RISKY = tuple(
    lever(lever_id=key, hazard_ratio=1.6, low=0.7, high=2.6, ramp_months=3) for key in "AB"
)
QUICK = (lever(lever_id="Q", acts_on=ActsOn.FILLING, hazard_ratio=1.4, low=1.1, high=1.9),)


def _both(
    opening: Opening, rates: Rates, *tested: Plan, draws: int = 120, work: bool = False
) -> tuple[Projection, Projection]:
    """Return what comes of plans draw by draw and month by month."""
    continuing = [programme(duration_months=9) for _ in opening.apprentices]

    def run() -> Projection:
        return simulate(
            opening,
            rates,
            tested,
            draws=draws,
            continuing=continuing,
            productivity=WORK if work else None,
        )

    first = run()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run_module, "countable", lambda scene, clock: False)
        return first, run()


def _same(one: Projection, other: Projection) -> None:
    assert one.stored.keys() == other.stored.keys()
    for key, values in one.stored.items():
        assert np.array_equal(values, other.stored[key]), f"{key} differs"
    for name, tracks in one.tracks.items():
        assert np.array_equal(tracks.stages, other.tracks[name].stages), name
        assert np.array_equal(tracks.cohort_starts, other.tracks[name].cohort_starts), name


@given(
    opening=openings(),
    tested=plans(),
    levers=st.sampled_from([None, (), RISKY, QUICK, RISKY + QUICK]),
    work=st.booleans(),
)
@settings(max_examples=60)
def test_both_ways_give_the_same_numbers(
    opening: Opening, tested: Plan, levers: tuple | None, work: bool
) -> None:
    if levers is not None:
        tested = dataclasses.replace(tested, levers=levers)
    _same(*_both(opening, stated_rates(), tested, work=work))


def _large(people: int = 300) -> Opening:
    rows = [
        {
            "family": row % 2,
            "grade": row % 4,
            "tenure": (7 * row) % 121,
            "age": row % 6,
            "contract_end": AS_OF + 5 + row % 40 if row % 9 == 0 else -1,
        }
        for row in range(people)
    ]
    posts = [0.55 * people, 0.6 * people]
    return organisation(rows, posts, families=("cyber", "data"), starter_fte=[1.0, 0.8])


def test_many_people_over_five_years() -> None:
    programmes = tuple(
        programme(programme_id=key, family=family, first_start=AS_OF + 3, size=9, cohorts=3)
        for key, family in (("p", "cyber"), ("q", "data"), ("r", "data"))
    )
    tested = plan(months=60, levers=RISKY + QUICK, programmes=programmes)
    one, other = _both(_large(), stated_rates(), tested.baseline(), tested, work=True)
    _same(one, other)
    assert one.values("Plan", "apprentices_converted").sum() > 0, "somebody was converted"


def test_nobody_who_can_be_walked_draw_by_draw_is_walked_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(run_module, "Walk", never)
    simulate(_large(40), stated_rates(), [plan(months=12)], draws=10)


def test_too_little_room_is_made_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = _both(_large(60), stated_rates(), plan(months=36))
    # Room for the holders of today's posts and for one moment.
    monkeypatch.setattr(by_draw_module, "_room", lambda *_: (30, 1))
    little, _ = _both(_large(60), stated_rates(), plan(months=36))
    _same(whole, little)


def test_immense_hazards_are_left_to_the_months() -> None:
    rates = stated_rates()
    immense = dataclasses.replace(
        rates,
        voluntary=dataclasses.replace(
            rates.voluntary, log_prior=rates.voluntary.log_prior + np.log(5000.0)
        ),
    )
    run = simulate(_large(20), immense, [plan(months=12)], draws=5)
    assert run.values("Plan", "leavers").sum() > 0
