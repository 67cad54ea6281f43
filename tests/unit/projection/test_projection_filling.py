"""Levers on filling, worked by hand: they multiply the fill hazard and nothing else."""

import math

import numpy as np
import pytest
from projection_cases import AS_OF, lever, organisation, plan

from workforce.domain.levers import ActsOn, Combination, LeverChoice
from workforce.domain.plan import Freeze, Hiring
from workforce.domain.rates import Rates
from workforce.projection import expect, simulate
from workforce.projection.filling import (
    central_filling,
    combine_filling,
    drawn_filling,
)
from workforce.projection.levers import draw_hazard_ratios
from workforce.projection.openings import fill_times, steps_of
from workforce.projection.streams import Streams

FAMILIES = ("cyber",)
GRADES = np.array([[0.5, 0.3, 0.2, 0.0]])


def faster(**changes: object) -> LeverChoice:
    """Return a lever on filling; its ratio is 1.25 unless said otherwise."""
    values: dict[str, object] = {"hazard_ratio": 1.25, "acts_on": ActsOn.FILLING}
    return lever(**(values | changes))


def _central(*levers: LeverChoice, months: int = 3) -> np.ndarray:
    found = central_filling(plan(levers=levers), FAMILIES, GRADES, AS_OF + np.arange(1, months + 1))
    assert found is not None
    return found[0]


def test_only_the_headroom_fills_faster() -> None:
    # [1 - 0.8 x 1 x (1 - 1.25)] / [1 - 0.8 x 0.25 x (1 - 1.25)] = 1.20 / 1.05
    found = _central(faster(reach=0.8, adopted_now=0.25))
    assert found == pytest.approx([1.2 / 1.05] * 3), "what is done already is in today's hazard"


def test_taking_it_away_slows_filling() -> None:
    # [1 - 0] / [1 - 0.8 x 0.25 x (1 - 1.25)] = 1 / 1.05
    found = _central(faster(reach=0.8, adopted_now=0.25, adopted_target=0.0))
    assert found == pytest.approx([1 / 1.05] * 3), "fewer posts advertised flexibly, slower filling"


def test_a_lever_for_some_grades_touches_their_share_of_the_starters() -> None:
    # Practitioners and seniors are 0.3 + 0.2 of the starters: 1 + 0.5 x 0.25
    found = _central(faster(grades=("practitioner", "senior")))
    assert found == pytest.approx([1.125] * 3), "half of the vacancies are of these grades"


def test_two_of_a_kind_overlap_and_a_hindrance_counts_in_full() -> None:
    # One group holds 1.20 and 1.10, another 1.15, and 0.9 slows:
    #   group a: ln 1.20 + ln 1.10 / 2 = 0.182322 + 0.047655 = 0.229977
    #   group b: 0.85 x ln 1.15 = 0.85 x 0.139762 = 0.118798
    #   joint:   exp(0.229977 + 0.118798) x 0.9 = 1.417332 x 0.9 = 1.275599
    joint = combine_filling(np.array([1.1, 1.15, 1.2, 0.9]), ["a", "b", "a", "c"], Combination())
    assert float(joint) == pytest.approx(1.275599, abs=1e-5)


def test_no_floor_stops_what_fills_faster() -> None:
    joint = combine_filling(np.array([3.0]), ["a"], Combination(floor=0.9))
    assert float(joint) == pytest.approx(3.0), "the floor is about leaving"


def test_a_ramp_moves_the_hazard_month_by_month() -> None:
    # Adopted 0, 1/2, 1 in the three months: 1, 1.125, 1.25.
    assert _central(faster(ramp_months=2)) == pytest.approx([1.0, 1.125, 1.25])


def test_the_moment_of_filling_by_hand() -> None:
    # Hazards 0.2, 0 (freeze), 0.3 and 0.3, doubled in draw 1: cumulated 0.2, 0.2, 0.5, 0.8 and
    # 0.4, 0.4, 1.0, 1.6. A threshold of 0.1 is met half of a month after month 1 begins in draw 0,
    # a quarter in draw 1; 0.35 after 2 + 0.15 / 0.3 = 2.5 and 0.35 / 0.4 = 0.875; 0.7 after
    # 3 + 0.2 / 0.3 and 2 + 0.3 / 0.6; 0.9 never in draw 0 and after 2 + 0.5 / 0.6 in draw 1.
    hazard, stopped = np.array([[9.0, 0.2, 9.0, 0.3]]), np.zeros(8, dtype=bool)
    stopped[5] = True
    multiplier = np.ones((1, 8, 2)) * [1.0, 2.0]
    steps = steps_of(5, 1, hazard, stopped)
    found = np.array([0.1, 0.35, 0.7, 0.9, 0.1, 0.35, 0.7, 0.9])
    cell = np.repeat(np.arange(2, dtype=np.int32), 4)
    fill_times(found, cell, 2, 5, steps, multiplier)
    found = found.reshape(2, 4).T.reshape(-1)
    assert found[6] > 8, "not within the horizon"
    expected = [0.5, 0.25, 2.5, 0.875, 3 + 2 / 3, 2.5, found[6] - 4, 2 + 5 / 6]
    assert found == pytest.approx(4 + np.array(expected)), "counted from the end of month 4"
    plain = np.array([0.35])
    fill_times(plain, np.zeros(1, dtype=np.int32), 2, 5, steps, np.ones((0, 0, 0)))
    assert plain == pytest.approx([6.5]), "no lever, no multiplier"


def _staffed(posts: float) -> tuple[object, Rates]:
    opening = organisation(
        [{"people": 1, "tenure": 40}], [posts], open_vacancies=[[int(posts) - 1]]
    )
    return opening, Rates.stated(FAMILIES, voluntary_annual=[0.0], fill_monthly=0.1)


def test_share_filled_follows_the_multiplied_hazard() -> None:
    # 20 vacancies at 0.1 a month, from month 4 on at 0.1 x 1.5: after 9 months a share of
    # 1 - exp(-(3 x 0.1 + 6 x 0.15)) = 1 - exp(-1.2) = 0.698806 is filled; 0.593430 without.
    opening, rates = _staffed(21.0)
    quick = plan(levers=(faster(hazard_ratio=1.5, start_month=AS_OF + 4),))
    fine = expect(opening, rates, [quick, plan("Slow")])  # type: ignore[arg-type]
    assert fine.values("Plan", "hires")[:9].sum() == pytest.approx(20 * 0.698806, abs=1e-4)
    assert fine.values("Slow", "hires")[:9].sum() == pytest.approx(20 * 0.593430, abs=1e-4)
    drawn = simulate(opening, rates, [quick, plan("Slow")], draws=2000, seed=3)  # type: ignore[arg-type]
    hires = drawn.values("Plan", "hires")[:, :9].sum(axis=1)
    # Binomial with 20 trials: four standard errors of 2,000 draws.
    limit = 4 * math.sqrt(20 * 0.6988 * 0.3012 / 2000)
    assert hires.mean() == pytest.approx(20 * 0.698806, abs=limit)
    slow = drawn.values("Slow", "hires").cumsum(axis=1)
    assert np.all(drawn.values("Plan", "hires").cumsum(axis=1) >= slow), "never later in any draw"


def test_a_freeze_holds_whatever_the_lever() -> None:
    opening, rates = _staffed(21.0)
    frozen = plan(
        levers=(faster(hazard_ratio=4.0),), hiring=Hiring(freezes=(Freeze(AS_OF + 1, AS_OF + 6),))
    )
    for run in (expect(opening, rates, [frozen]), simulate(opening, rates, [frozen], draws=50)):  # type: ignore[arg-type]
        assert run.values("Plan", "hires")[..., :6].sum() == 0


def test_what_nobody_takes_up_changes_not_a_byte() -> None:
    opening, rates = _staffed(21.0)
    idle = faster(low=1.0, high=1.6, adopted_now=0.3, adopted_target=0.3)
    run = simulate(opening, rates, [plan("Bare"), plan(levers=(idle,))], draws=100)  # type: ignore[arg-type]
    for measure in run.measures:
        assert np.array_equal(run.values("Bare", measure), run.values("Plan", measure)), measure


def test_it_moves_no_resignation() -> None:
    opening = organisation([{"people": 60, "tenure": 40}], [60.0])
    rates = Rates.stated(FAMILIES, voluntary_annual=[0.3], fill_monthly=0.0001)
    run = simulate(opening, rates, [plan("Bare"), plan(levers=(faster(),))], draws=100)
    first = [run.values(name, "leavers")[:, :6] for name in ("Bare", "Plan")]
    assert np.array_equal(*first), "before anybody new can leave, leaving is the same"


def test_levers_fail_together_with_those_on_leaving() -> None:
    stays = lever(lever_id="A", hazard_ratio=0.9, low=0.75, high=1.05)
    fills = faster(lever_id="B", low=1.05, high=1.5)
    ratios = np.log(draw_hazard_ratios([stays, fills], 0.3, Streams(7, 0, 20_000)))
    assert np.median(ratios[1]) == pytest.approx(math.log(1.25), abs=0.005), "median"
    # Weak management: more leave (higher) and posts are filled less (lower).
    assert np.corrcoef(ratios)[0, 1] == pytest.approx(-0.3, abs=0.03)


def test_draws_differ_and_the_median_is_the_central_effect() -> None:
    wide = plan(levers=(faster(low=1.0, high=1.6),))
    ahead = AS_OF + np.arange(1, 4)
    found = drawn_filling(wide, FAMILIES, GRADES, ahead, Streams(3, 0, 4000))
    assert found is not None
    assert found.shape == (1, 3, 4000), "family, month, draw"
    assert np.median(found[0, 0]) == pytest.approx(1.25, rel=0.01)
    assert 0.01 < (found[0, 0] < 1).mean() < 0.1, "it may backfire: nothing is cut off at 1"
