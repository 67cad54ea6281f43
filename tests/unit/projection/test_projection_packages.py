"""Three packages of levers combined by hand, step by step, from the numbers of the evidence.

Two forms of a lever's own effect are about. The model's is p = [1 - s a1 (1-h)] / [1 - s a0 (1-h)]:
today's measured hazard already holds the effect of those who have the lever, so today's share
divides it out. The simpler p' = 1 - s (a1 - a0)(1-h) does not. At full adoption (a1 = 1) of all
thirteen levers that start switched on:

                          model (p)          simpler (p')
    first year            0.5386 -> 0.55     0.5520
    after                 0.6054             0.6165
    core four, first year 0.6327             0.6448
    core four, after      0.6999             0.7088

The evidence's notes say "about 0.55 and 0.62", and "about 0.64 and 0.71" for the core four: these
are the numbers of p', while the formula they state beside them is p, which is what is used here.
The difference, 0.01, is small against the range of any lever. In the first year the floor of 0.55
takes the package of thirteen to what the notes say.
"""

import math
from collections import defaultdict

import pytest
from projection_cases import AS_OF, lever, plan

from workforce.domain.defaults import lever_from_evidence
from workforce.domain.evidence import Evidence, LeverEvidence
from workforce.domain.levers import Combination
from workforce.projection import lever_multiplier

CORE = ("FLEX_TEAM", "MANAGER", "CAREER", "ONBOARD")
LATE = AS_OF + 36
"""Every ramp of the evidence is over by then."""


def _found(
    chosen: list[LeverEvidence], *, first_year: bool, settings: Combination | None = None
) -> float:
    package = plan(
        levers=tuple(lever_from_evidence(each, AS_OF) for each in chosen),
        combination=settings or Combination(),
    )
    return lever_multiplier(package, LATE, family="data", grade="senior", first_year=first_year)


def test_core_four_step_by_step(evidence: Evidence) -> None:
    # Step 1, own effects at full adoption, s (h, a0) of the evidence:
    #   FLEX_TEAM  s 0.90 h 0.75 a0 0.15: [1 - 0.90 x 0.25] / [1 - 0.90 x 0.15 x 0.25]
    #                                     = 0.775 / 0.96625 = 0.80207
    #   MANAGER    s 0.95 h 0.88 a0 0.30: 0.886 / 0.96580 = 0.91737
    #   CAREER     s 0.90 h 0.88 a0 0.25: 0.892 / 0.97300 = 0.91675
    #   ONBOARD    first year, so s = 1: h 0.82 a0 0.30: 0.820 / 0.94600 = 0.86681
    # Step 2: each is alone in its group. ln p: -0.22056, -0.08624, -0.08692, -0.14294.
    # Step 3, strongest group first, weights 1, 0.85, 0.7225, 0.614125:
    #   first year: -0.22056 - 0.85 x 0.14294 - 0.7225 x 0.08692 - 0.614125 x 0.08624
    #               = -0.22056 - 0.12150 - 0.06280 - 0.05296 = -0.45782 -> 0.63266
    #   after:      -0.22056 - 0.85 x 0.08692 - 0.7225 x 0.08624
    #               = -0.22056 - 0.07388 - 0.06231 = -0.35675 -> 0.69995
    # Step 4: both above the floor of 0.55.
    chosen = [evidence.levers[key] for key in CORE]
    assert _found(chosen, first_year=True) == pytest.approx(0.63266, abs=5e-5)
    assert _found(chosen, first_year=False) == pytest.approx(0.69995, abs=5e-5)


def test_one_mechanism_group_step_by_step(evidence: Evidence) -> None:
    # The group onboarding, first year only (s = 1):
    #   ONBOARD h 0.82 a0 0.3: 0.82 / 0.946 = 0.86681, ln -0.14294
    #   RJP     h 0.93 a0 0.2: 0.93 / 0.986 = 0.94320, ln -0.05847
    #   MENTOR  h 0.93 a0 0.4: 0.93 / 0.972 = 0.95679, ln -0.04417
    # Weights 1, 1/2, 1/4 from the strongest: -0.14294 - 0.02924 - 0.01104 = -0.18322 -> 0.83258.
    # One group, so nothing is lost across groups; after twelve months none of them acts.
    chosen = [each for each in evidence.levers.values() if each.group == "onboarding"]
    assert {each.lever_id for each in chosen} == {"ONBOARD", "RJP", "MENTOR"}
    assert _found(chosen, first_year=True) == pytest.approx(0.83258, abs=5e-5)
    assert _found(chosen, first_year=False) == 1.0, "tenure-limited"


def test_all_thirteen_step_by_step(evidence: Evidence) -> None:
    # Groups (strongest member in full, then 1/2, 1/4), ln p of the members:
    #   flexibility  FLEX_TEAM -0.22056, HYBRID -0.04578               -> -0.24345
    #   onboarding   as above, first year only                          -> -0.18322
    #   growth       CAREER -0.08692, TRAIN -0.06106                    -> -0.11745
    #   leadership   MANAGER -0.08624, UPWARD_FB -0.03496               -> -0.10372
    #   jobdesign    JOBDESIGN -0.05290, WORKLOAD -0.03873              -> -0.07227
    #   culture      PEER -0.06227                                      -> -0.06227
    #   family       FAMILY -0.01527                                    -> -0.01527
    # Across, weights 0.85^k in this order:
    #   first year: -0.24345 - 0.15574 - 0.08486 - 0.06370 - 0.03773 - 0.02763 - 0.00576
    #               = -0.61886 -> 0.53856, below the floor: 0.55
    #   after:      -0.24345 - 0.09983 - 0.07494 - 0.04438 - 0.03250 - 0.00678
    #               = -0.50188 -> 0.60539
    chosen = [each for each in evidence.levers.values() if each.on_by_default]
    assert len(chosen) == 13, "the evidence speaks of thirteen"
    bare = Combination(floor=0.0)
    assert _found(chosen, first_year=True, settings=bare) == pytest.approx(0.53856, abs=5e-5)
    assert _found(chosen, first_year=True) == 0.55, "the floor"
    assert _found(chosen, first_year=False) == pytest.approx(0.60539, abs=5e-5)


def _simpler(chosen: list[LeverEvidence], *, first_year: bool) -> float:
    """Return what the steps give with p' = 1 - s (1 - a0)(1 - h) in the place of p."""
    groups: dict[str, list[float]] = defaultdict(list)
    for each in chosen:
        if first_year or not each.first_year_only:
            reach = 1.0 if each.first_year_only else each.reach
            own = 1 - reach * (1 - each.adopted_now) * (1 - each.hazard_ratio)
            groups[each.group].append(math.log(own))
    totals = sorted(
        sum(log * 0.5**k for k, log in enumerate(sorted(logs))) for logs in groups.values()
    )
    return math.exp(sum(total * 0.85**k for k, total in enumerate(totals)))


def test_the_notes_of_the_evidence_are_those_of_the_simpler_form(evidence: Evidence) -> None:
    thirteen = [each for each in evidence.levers.values() if each.on_by_default]
    core = [evidence.levers[key] for key in CORE]
    for chosen, first_year, simpler, noted in (
        (thirteen, True, 0.5520, 0.55),
        (thirteen, False, 0.6165, 0.62),
        (core, True, 0.6448, 0.64),
        (core, False, 0.7088, 0.71),
    ):
        found = _simpler(chosen, first_year=first_year)
        assert found == pytest.approx(simpler, abs=5e-5)
        assert found == pytest.approx(noted, abs=0.0055), "what the notes round to"
        model = _found(chosen, first_year=first_year, settings=Combination(floor=0.0))
        assert 0 < found - model < 0.0145, "today's share makes the model's effect the larger one"


# -- taking a lever away: a return-to-office mandate ---------------------------------------------


def _withdrawn(**changes: float) -> float:
    mandate = lever(**({"hazard_ratio": 0.85, "adopted_target": 0.0} | changes))
    return lever_multiplier(
        plan(levers=(mandate,)), LATE, family="data", grade="senior", first_year=False
    )


def test_a_return_to_office_mandate_raises_resignations(evidence: Evidence) -> None:
    hybrid = evidence.levers["HYBRID"]
    assert (hybrid.hazard_ratio, hybrid.reach, hybrid.adopted_now) == (0.85, 0.9, 0.7)
    # Everybody who has it loses it: 1 / [1 - 0.9 x 0.7 x 0.15] = 1 / 0.9055 = 1.10436.
    assert _withdrawn(reach=0.9, adopted_now=0.7) == pytest.approx(1.10436, abs=5e-6)
    # Half of them: [1 - 0.9 x 0.35 x 0.15] / 0.9055 = 0.95275 / 0.9055 = 1.05218.
    half = _withdrawn(reach=0.9, adopted_now=0.7, adopted_target=0.35)
    assert half == pytest.approx(1.05218, abs=5e-6)


def test_the_studys_fourteen_per_cent_is_losing_it_nearly_everywhere() -> None:
    # The study of mandates found 14% more turnover in firms of which hardly anybody was left out.
    # The formula gives 1.14 where a share s a0 of 0.1228 / 0.15 = 0.8187 of the staff had it:
    #   1 / [1 - 0.8187 x 0.15] = 1 / 0.87719 = 1.14. If all had it, 1 / 0.85 = 1.17647.
    assert _withdrawn(reach=1.0, adopted_now=0.81871) == pytest.approx(1.14, abs=1e-4)
    assert _withdrawn(reach=1.0, adopted_now=1.0) == pytest.approx(1.17647, abs=5e-6)


def test_taking_away_gets_no_discount_beside_what_helps() -> None:
    mandate = lever(lever_id="M", hazard_ratio=0.85, reach=0.9, adopted_now=0.7, adopted_target=0.0)
    helps = lever(lever_id="H", hazard_ratio=0.8, group="other")
    found = lever_multiplier(
        plan(levers=(mandate, helps)), LATE, family="data", grade="senior", first_year=False
    )
    assert found == pytest.approx(0.8 / 0.9055), "1.10436 counts in full, 0.8 as the only help too"
