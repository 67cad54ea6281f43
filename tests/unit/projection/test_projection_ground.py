"""What is kept between two runs changes the time they take and nothing else."""

import dataclasses

import numpy as np
from projection_cases import lever, organisation, plan

from workforce.domain.opening import Opening
from workforce.domain.plan import Plan
from workforce.domain.rates import Rates
from workforce.projection import Grounds, Projection, simulate
from workforce.projection.ground import Ground

RATES = Rates.stated(("cyber",), voluntary_annual=[0.2], other_annual=0.03)
MEASURES = ("headcount", "leavers", "hires", "vacancies")


def _opening(people: int = 40) -> Opening:
    return organisation([{"people": people, "tenure": 20}], [people * 1.1])


def _run(opening: Opening, *plans: Plan, seed: int = 3, **more: object) -> Projection:
    return simulate(opening, RATES, plans, draws=300, seed=seed, months=24, **more)  # type: ignore[arg-type]


def _assert_equal(one: Projection, other: Projection, name: str) -> None:
    for measure in MEASURES:
        assert np.array_equal(one.values(name, measure), other.values(name, measure)), measure


def test_a_kept_ground_changes_no_number() -> None:
    opening, grounds = _opening(), Grounds()
    better = plan("Plan", levers=(lever(hazard_ratio=0.7),))
    for each in (plan("Plan"), better, plan("Plan"), better):
        kept = _run(opening, each, grounds=grounds)
        _assert_equal(kept, _run(opening, each), "Plan")
    # Somebody who is walked through twice would have left twice.
    both = _run(opening, plan("Base"), better, grounds=grounds)
    _assert_equal(both, _run(opening, plan("Base"), better), "Base")


def test_another_organisation_seed_horizon_or_rates_get_a_ground_of_their_own() -> None:
    opening, grounds = _opening(), Grounds()
    _run(opening, plan("Plan"), grounds=grounds)
    for other, seed in ((_opening(30), 3), (opening, 4)):
        kept = _run(other, plan("Plan"), seed=seed, grounds=grounds)
        _assert_equal(kept, _run(other, plan("Plan"), seed=seed), "Plan")
    quick = dataclasses.replace(RATES, season=np.linspace(0.5, 1.5, 12))
    kept = simulate(opening, quick, [plan("Plan")], draws=300, seed=4, months=24, grounds=grounds)
    fresh = simulate(opening, quick, [plan("Plan")], draws=300, seed=4, months=24)
    _assert_equal(kept, fresh, "Plan")


def test_the_ground_is_made_once_and_large_ones_are_not_kept() -> None:
    made = []

    def make(first: int, draws: int) -> Ground:
        made.append((first, draws))
        return ground

    opening, grounds = _opening(), Grounds()
    keep = Grounds()
    _run(opening, plan("Plan"), grounds=keep)
    assert keep._kept is not None
    (ground,) = keep._kept[1].values()
    of = opening, RATES, 1, 24
    for _ in range(3):
        assert grounds.block(of, (0, 300), make) is ground
    assert made == [(0, 300)]
    for _ in range(2):
        grounds.block(of, (0, 1_000_000), make)
    assert made[1:] == [(0, 1_000_000)] * 2, "40 people in a million draws take too much room"
