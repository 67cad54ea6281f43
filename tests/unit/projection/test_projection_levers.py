"""Lever effects and their combination, worked by hand."""

import math

import numpy as np
import pytest
from projection_cases import AS_OF, lever, plan

from workforce.domain.defaults import lever_from_evidence
from workforce.domain.evidence import Evidence
from workforce.domain.levers import Combination
from workforce.projection import lever_multiplier, lever_table
from workforce.projection.levers import (
    adopted,
    combine,
    draw_hazard_ratios,
    lever_classes,
    lever_ratio,
)
from workforce.projection.streams import Streams


def _effect(choice: object, share: float) -> float:
    return float(lever_ratio(choice, np.array(share), np.array(choice.hazard_ratio)))  # type: ignore[attr-defined, arg-type]


def test_effect_against_today_counts_only_the_headroom() -> None:
    choice = lever(hazard_ratio=0.75, reach=0.9, adopted_now=0.15)
    # [1 - 0.9 x 1 x 0.25] / [1 - 0.9 x 0.15 x 0.25] = 0.775 / 0.96625
    assert _effect(choice, 1.0) == pytest.approx(0.775 / 0.96625), "headroom formula"


def test_adoption_as_today_has_no_effect_at_all() -> None:
    choice = lever(hazard_ratio=0.75, reach=0.9, adopted_now=0.15)
    assert _effect(choice, 0.15) == 1.0, "exactly 1, so that a draw cannot differ"


def test_taking_a_lever_away_raises_the_hazard() -> None:
    choice = lever(hazard_ratio=0.85, reach=0.9, adopted_now=0.7, adopted_target=0.2)
    # [1 - 0.9 x 0.2 x 0.15] / [1 - 0.9 x 0.7 x 0.15] = 0.973 / 0.9055
    assert _effect(choice, 0.2) == pytest.approx(0.973 / 0.9055), "withdrawal of what people have"


def test_first_year_levers_act_without_reach() -> None:
    choice = lever(hazard_ratio=0.82, reach=0.15, adopted_now=0.3, first_year_only=True)
    assert _effect(choice, 1.0) == pytest.approx(0.82 / (1 - 0.3 * 0.18)), "reach must not count"


def test_adoption_ramps_in_a_straight_line_and_fades_with_its_half_life() -> None:
    choice = lever(adopted_now=0.2, adopted_target=0.8, ramp_months=6, half_life_months=12)
    months = AS_OF + np.array([0, 1, 4, 7, 19, 31])
    expected = [0.2, 0.2, 0.5, 0.8, 0.5, 0.35]
    assert adopted(choice, months) == pytest.approx(expected), "0.2 to 0.8 over 6, then halved"


def test_without_a_ramp_the_target_holds_from_the_start_month() -> None:
    choice = lever(adopted_now=0.2, adopted_target=0.8, start_month=AS_OF + 3)
    shares = adopted(choice, AS_OF + np.array([2, 3, 40]))
    assert shares == pytest.approx([0.2, 0.8, 0.8]), "a step at the start month"


def test_package_of_three_by_hand() -> None:
    # Two levers of one group (0.80, 0.90) and one of another (0.85).
    #   group a: ln 0.80 + ln 0.90 / 2 = -0.223144 - 0.052680 = -0.275824
    #   group b: ln 0.85 = -0.162519
    #   joint:   exp(-0.275824 - 0.85 x 0.162519) = exp(-0.413965) = 0.66102
    joint = combine(np.array([0.9, 0.85, 0.8]), ["a", "b", "a"], Combination())
    assert float(joint) == pytest.approx(0.66102, abs=1e-5), "half within, 0.85 across"


def test_adverse_lever_gets_no_discount() -> None:
    # The helpful part is exp(ln 0.8 + 0.85 ln 0.9); the adverse 1.1 counts in full.
    joint = combine(np.array([0.8, 1.1, 0.9]), ["a", "a", "b"], Combination())
    assert float(joint) == pytest.approx(1.1 * 0.8 * 0.9**0.85), "what drives people out adds up"


def test_floor_limits_a_package() -> None:
    joint = combine(np.array([0.5, 0.5]), ["a", "b"], Combination(floor=0.6))
    assert float(joint) == 0.6, "the floor holds"


@pytest.mark.parametrize(
    ("ids", "first_year", "after"),
    [
        # Worked from models/evidence/levers.csv with p = [1 - s(1-h)] / [1 - s a0 (1-h)].
        (None, 0.5386, 0.6054),
        (("FLEX_TEAM", "MANAGER", "CAREER", "ONBOARD"), 0.6327, 0.6999),
    ],
)
def test_evidence_packages_at_full_adoption(
    evidence: Evidence, ids: tuple[str, ...] | None, first_year: float, after: float
) -> None:
    chosen = [
        each
        for each in evidence.levers.values()
        if (each.on_by_default if ids is None else each.lever_id in ids)
    ]
    assert len(chosen) == (13 if ids is None else 4), "the packages the evidence speaks of"
    package = plan(
        levers=tuple(lever_from_evidence(each, AS_OF) for each in chosen),
        combination=Combination(floor=0.0),
    )
    found = [
        lever_multiplier(package, AS_OF + 36, family="data", grade="senior", first_year=new)
        for new in (True, False)
    ]
    assert found == pytest.approx([first_year, after], abs=1e-4), "hand-worked values"


def test_all_thirteen_levers_meet_the_floor_in_the_first_year(evidence: Evidence) -> None:
    chosen = [each for each in evidence.levers.values() if each.on_by_default]
    package = plan(levers=tuple(lever_from_evidence(each, AS_OF) for each in chosen))
    found = lever_multiplier(package, AS_OF + 36, family="data", grade="lead", first_year=True)
    assert found == 0.55, "the evidence's statement: about 0.55 in the first year of service"


def test_lever_reaches_only_its_families_grades_and_first_year() -> None:
    choice = lever(families=("data",), grades=("entry",), first_year_only=True)
    classes = lever_classes(
        plan(levers=(choice,)), ("cyber", "data"), AS_OF + np.arange(1, 4), Streams(1, 0, 5)
    )
    touched = classes.index == classes.index[1, 0, 1]
    assert touched.sum() == 1, "one family, one grade, first year only"
    assert np.all(classes.multiplier[classes.index[0, 0, 0]] == 1.0), "nobody else is touched"
    assert np.allclose(classes.multiplier[classes.index[1, 0, 1]], 0.8), "they are, fully"


def test_hazard_ratios_are_lognormal_with_the_stated_range_and_correlation() -> None:
    levers = [lever(lever_id=k, hazard_ratio=0.9, low=0.75, high=1.05) for k in ("A", "B")]
    ratios = np.log(draw_hazard_ratios(levers, 0.3, Streams(7, 0, 20_000)))
    sigma = math.log(1.05 / 0.75) / (2 * 1.6448536)
    assert ratios.mean(axis=1) == pytest.approx(np.log(0.9), abs=4 * sigma / 141), "median"
    assert ratios.std(axis=1) == pytest.approx(sigma, rel=0.02), "spread"
    assert np.corrcoef(ratios)[0, 1] == pytest.approx(0.3, abs=0.03), "fail together"
    assert (ratios > 0).mean() > 0.1, "a lever may backfire: nothing is cut off at 1"


def test_lever_draws_do_not_depend_on_the_other_levers() -> None:
    first, second = (lever(lever_id=k, low=0.7, high=0.95) for k in ("A", "B"))
    streams = Streams(3, 0, 500)
    alone = draw_hazard_ratios([second], 0.3, streams)[0]
    both = draw_hazard_ratios([first, second], 0.3, streams)[1]
    assert np.array_equal(alone, both), "each lever has a stream of its own"


def test_lever_table_states_each_effect_with_its_range() -> None:
    wide = lever(hazard_ratio=0.8, low=0.7, high=0.9, reach=0.5)
    unused = lever(lever_id="off", include=False)
    table = lever_table(plan(levers=(wide, unused)))
    assert list(table["lever_id"]) == ["L"], "levers that the plan does not use are left out"
    assert table.loc[0, ["low", "p", "high"]].tolist() == pytest.approx([0.85, 0.9, 0.95]), (
        "s = 0.5"
    )
