"""The expected-value engine on organisations small enough to work by hand."""

import dataclasses
import math

import numpy as np
import pytest
from projection_cases import AS_OF, lever, organisation, plan, programme

from workforce.domain.errors import UserError
from workforce.domain.opening import InTraining, KnownStarter
from workforce.domain.plan import Demand, DemandChange, Freeze, Hiring, Plan
from workforce.domain.programmes import NoPost, Seat
from workforce.domain.rates import ExitYears, FillRates, Rates, Shock
from workforce.projection import Expected, expect
from workforce.projection.leaving import retirement_hazards

CYBER = ("cyber",)
NOBODY_HIRED = 1e-12


def rates(**changes: float) -> Rates:
    values = {"voluntary_annual": [0.24], "fill_monthly": NOBODY_HIRED} | changes
    return Rates.stated(CYBER, **values)  # type: ignore[arg-type]


def one(opening: object, stated: Rates, tested: Plan) -> Expected:
    return expect(opening, stated, [tested])  # type: ignore[arg-type]


def test_a_constant_hazard_leaves_a_geometric_stock() -> None:
    result = one(organisation([{"people": 10}], [10]), rates(), plan(months=12))
    kept = math.exp(-0.02)
    for month in (1, 5, 12):
        seen = result.values("Plan", "headcount")[month - 1]
        assert seen == pytest.approx(10 * kept**month, rel=1e-9), f"month {month}: {seen}"
    assert result.values("Plan", "leavers_voluntary")[0] == pytest.approx(10 * (1 - kept))
    assert result.values("Plan", "vacancies")[11] == pytest.approx(10 * (1 - kept**12))


def test_competing_causes_share_the_leavers_in_proportion_to_their_hazards() -> None:
    stated = rates(other_annual=0.12, retirement_annual=0.06, contract_end_annual=0.06)
    result = one(organisation([{"people": 100}], [100]), stated, plan(months=1))
    gone = 100 * (1 - math.exp(-0.48 / 12))
    for cause, share in (
        ("voluntary", 0.5),
        ("other", 0.25),
        ("retirement", 0.125),
        ("end_of_contract", 0.125),
    ):
        seen = result.values("Plan", f"leavers_{cause}")[0]
        assert seen == pytest.approx(gone * share), f"{cause}: {seen}"


def test_a_fixed_term_ends_before_anything_else_of_its_month_and_is_partly_renewed() -> None:
    stated = dataclasses.replace(rates(), renewal=(0.25, 0.25, 0.25))
    opening = organisation([{"people": 8, "contract_end": AS_OF + 3}], [8])
    result = one(opening, stated, plan(months=4))
    before = 8 * math.exp(-0.04)
    assert result.values("Plan", "leavers_end_of_contract")[2] == pytest.approx(0.75 * before)
    left = 0.25 * before * (1 - math.exp(-0.02))
    assert result.values("Plan", "leavers_voluntary")[2] == pytest.approx(left)


def test_known_exits_and_starters_replace_the_hazard() -> None:
    opening = organisation(
        [{"people": 3, "known_leave": AS_OF + 2, "known_cause": 1}, {"people": 0}],
        [9],
        starters=[KnownStarter(AS_OF + 2, "cyber", "senior", 2, 1.6)],
    )
    result = one(opening, rates(), plan(months=3))
    assert result.values("Plan", "headcount").tolist()[:2] == pytest.approx([3.0, 2.0])
    assert result.values("Plan", "leavers_retirement")[1] == pytest.approx(3.0)
    assert result.values("Plan", "fte")[1] == pytest.approx(1.6)
    assert result.values("Plan", "leavers_voluntary")[2] == pytest.approx(2 * (1 - math.exp(-0.02)))


def test_vacancies_fill_at_the_hazard_of_their_age() -> None:
    hazards = np.array([0.0, 0.3, 0.5])
    stated = dataclasses.replace(
        Rates.stated(CYBER, voluntary_annual=[0.0]),
        fill=FillRates(CYBER, hazards[None], np.zeros(1)),
    )
    opening = organisation([{"people": 2}], [12], open_vacancies=[[10]])
    result = one(opening, stated, plan(months=4))
    hires = result.values("Plan", "hires")
    second = 10 * (1 - math.exp(-0.3))
    third = (10 - second) * (1 - math.exp(-0.5))
    assert hires[:3] == pytest.approx([0.0, second, third])


def test_a_freeze_stops_recruitment_and_a_cap_makes_candidates_wait() -> None:
    stated = Rates.stated(CYBER, voluntary_annual=[0.0], fill_monthly=1.0)
    opening = organisation([{"people": 1}], [11], open_vacancies=[[10]])
    iced = plan(months=3, hiring=Hiring(freezes=(Freeze(AS_OF + 1, AS_OF + 2),)))
    result = one(opening, stated, iced)
    assert result.values("Plan", "hires").tolist()[:2] == pytest.approx([0.0, 0.0])
    assert result.values("Plan", "hires")[2] == pytest.approx(10 * (1 - math.exp(-1)))
    capped = one(opening, stated, plan(months=3, hiring=Hiring(capacity_per_month=3)))
    assert capped.values("Plan", "hires").tolist() == pytest.approx([3.0, 3.0, 3.0])


def test_posts_that_go_withdraw_the_youngest_openings() -> None:
    stated = Rates.stated(CYBER, voluntary_annual=[0.0], fill_monthly=0.5)
    opening = organisation([{"people": 1}], [11], open_vacancies=[[10]])
    cut = plan(months=2, demand=Demand(changes=(DemandChange(AS_OF + 1, "cyber", -6.0),)))
    result = one(opening, stated, cut)
    assert result.values("Plan", "hires")[0] == pytest.approx(4 * (1 - math.exp(-0.5)))
    assert result.values("Plan", "vacancies")[0] == pytest.approx(4 * math.exp(-0.5))


def test_ten_apprentices_go_through_the_stages() -> None:
    trained = programme(assessment_months=3)
    opening = organisation([{"people": 1}], [20])
    result = one(opening, rates(voluntary_annual=[0.12]), plan(months=40, programmes=(trained,)))
    stages = {stage: people for (_, stage), people in result.stages[0].items()}
    achieved = 10 * 0.6 * 0.977
    assert stages["achieved"] == pytest.approx(achieved)
    assert stages["withdrawn_stayed"] == pytest.approx(4 * 0.44)
    assert stages["converted"] == pytest.approx(achieved * 0.75)
    year = math.exp(-0.12 * 0.75)
    assert stages["retained_12_months"] == pytest.approx(achieved * 0.75 * year)
    converted = result.values("Plan", "apprentices_converted")
    assert np.flatnonzero(converted).tolist() == [27], "start month 1 + 24 + 3 months is month 28"


def test_achievers_without_a_vacancy_follow_the_policy() -> None:
    opening = organisation([{"people": 10}], [12])
    still = Rates.stated(CYBER, voluntary_annual=[0.0], fill_monthly=NOBODY_HIRED)
    for policy, stage in (
        (NoPost.LEAVE, "no_post_left"),
        (NoPost.REDEPLOY, "redeployed"),
        (NoPost.WAIT, "waiting_at_end"),
    ):
        trained = programme(no_post=policy)
        stages = one(opening, still, plan(months=40, programmes=(trained,))).stages[0]
        offered = 10 * 0.6 * 0.977 * 0.75
        assert stages["p", "converted"] == pytest.approx(2.0)
        assert stages["p", stage] == pytest.approx(offered - 2.0), policy


def test_a_seat_in_a_vacant_post_keeps_it_from_recruitment() -> None:
    opening = organisation([{"people": 10}], [14])
    still = Rates.stated(CYBER, voluntary_annual=[0.0], fill_monthly=NOBODY_HIRED)
    trained = programme(size=3, seat=Seat.VACANT_POST, withdrawal=0, withdrawal_low=0)
    trained = dataclasses.replace(trained, withdrawal_high=0.0)
    result = one(opening, still, plan(months=6, programmes=(trained,)))
    assert result.values("Plan", "vacancies").tolist() == pytest.approx([1.0] * 6)


def test_those_in_training_have_survived_until_today() -> None:
    opening = organisation(
        [{"people": 1}],
        [20],
        apprentices=[InTraining("cyber", "ST1021", AS_OF - 12, AS_OF + 12, 10)],
    )
    result = expect(opening, rates(), [plan(months=24)], continuing=[programme()])
    # Half-way 55% of the withdrawals are over: 0.4 (1 - 0.55) / (1 - 0.4 x 0.55).
    gone = 10 * 0.4 * 0.45 / (1 - 0.22)
    assert result.values("Plan", "apprentices_withdrawn").sum() == pytest.approx(gone)


def test_a_lever_moves_resignations_only_and_a_plan_without_any_equals_the_baseline() -> None:
    opening = organisation([{"people": 100, "tenure": 60}], [100])
    stated = rates(other_annual=0.12)
    with_lever = plan("Lever", months=1, levers=(lever(hazard_ratio=0.5),))
    with_lever = dataclasses.replace(
        with_lever, combination=dataclasses.replace(with_lever.combination, floor=0.1)
    )
    result = expect(opening, stated, [plan("Base", months=1), with_lever, plan("Same", months=1)])
    total = 0.02 * 0.5 + 0.01
    expected = 100 * (1 - math.exp(-total)) * 0.01 / total
    assert result.values("Lever", "leavers_voluntary")[0] == pytest.approx(expected)
    for measure in ("headcount", "leavers_other"):
        assert np.array_equal(result.values("Same", measure), result.values("Base", measure))


def test_years_have_the_mean_of_their_multiplier() -> None:
    shock = Shock(sd=0.3, ar1=0.5, last_mean=0.2)
    stated = dataclasses.replace(
        rates(other_annual=0.12, shock=shock),  # type: ignore[arg-type]
        exit_years=ExitYears(Shock(0.1, 0.0), level_log_mean=math.log(2.0)),
    )
    result = one(organisation([{"people": 1000}], [1000]), stated, plan(months=13))
    quits, others = (result.values("Plan", f"leavers_{c}") for c in ("voluntary", "other"))
    assert quits[0] / others[0] == pytest.approx(0.02 * math.exp(0.1) / (0.01 * 2.0))
    assert quits[12] / others[12] == pytest.approx(0.02 * math.exp(0.05) / (0.01 * 2.0))


def test_retirement_is_the_mixture_over_places_in_the_age_band() -> None:
    by_age = np.array([0.001, 0.01, 0.03, 0.05, 0.08, 0.02])
    pace = np.where(np.arange(36) < 12, 1.5, 0.5)
    hazards = retirement_hazards(by_age, pace)
    # Band 55-59 place by place, in steps of a thousandth of a month of time.
    steps = (np.arange(36_000) + 0.5) / 1000
    kept = np.zeros(36)
    places = (np.arange(240) + 0.5) / 4
    for place in places:
        hazard = np.where(steps < place, 0.01, np.where(steps < place + 60, 0.03, 0.05))
        spent = np.cumsum(hazard * np.repeat(pace, 1000) / 1000)
        kept += np.exp(-spent[999::1000]) / len(places)
    assert np.exp(-np.cumsum(hazards[1])) == pytest.approx(kept, abs=2e-4)
    assert hazards[4] == pytest.approx(0.08 * pace)
    assert hazards[5] == pytest.approx(0.02 * pace)


def test_what_cannot_be_projected_is_refused() -> None:
    opening = organisation([{"people": 1}], [1])
    with pytest.raises(UserError, match="same name"):
        expect(opening, rates(), [plan(), plan()])
    with pytest.raises(ValueError, match="no plan"):
        expect(opening, rates(), [])
    with pytest.raises(ValueError, match="months"):
        expect(opening, rates(), [plan()], months=121)
    with pytest.raises(ValueError, match="no rates"):
        expect(opening, Rates.stated(("data",), voluntary_annual=[0.1]), [plan()])
    result = expect(opening, rates(), [plan()])
    for arguments in (("Other", "hires"), ("Plan", "nothing"), ("Plan", "hires", "data")):
        with pytest.raises(KeyError):
            result.values(*arguments)
