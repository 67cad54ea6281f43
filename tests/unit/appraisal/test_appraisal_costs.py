"""Costs worked by hand on organisations without luck."""

import dataclasses

import numpy as np
import pytest
from projection_cases import AS_OF, lever, organisation, plan, programme

from workforce.appraisal import (
    LINES,
    VIEWS,
    Costing,
    Costs,
    LevyRules,
    cost,
    cost_change,
    cost_years,
)
from workforce.domain.capacity import KnownCover, productivity_of
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.evidence_types import Standard
from workforce.domain.levers import ActsOn
from workforce.domain.opening import Opening
from workforce.domain.plan import Demand, DemandChange, Hiring, Plan
from workforce.domain.prices import LevyAccount, Prices, prices_from_evidence
from workforce.domain.programmes import Seat, Trainee
from workforce.domain.rates import Rates
from workforce.projection import simulate

PRICES = Prices(
    salary=(("cyber", 60_000.0), ("not_digital", 30_000.0)),
    oncost=1.5,
    apprentice_salary=24_000.0,
    apprentice_oncost=1.25,
    apprentice_start=2_000.0,
    apprentice_admin=1_200.0,
    mentor_load=(0.2, 0.1, 0.05),
    apprentice_output=(0.2, 0.4, 0.6, 0.8),
    off_the_job=0.25,
    paid_monthly=0.8,
    hire=3_000.0,
    ramp_weeks=26.0,
    agency_share=0.5,
    agency_day_rate=500.0,
    agency_margin=0.1,
    working_days=240.0,
    output_share=0.6,
)
RULES = LevyRules(24, 12, 0.1, 0.0, 0.05, 0.25)
STILL = Rates.stated(("cyber",), voluntary_annual=[0.0], fill_monthly=1e-9)
CERTAIN = {"withdrawal": 0.0, "withdrawal_low": 0.0, "withdrawal_high": 0.0, "pass_rate": 1.0}


def _costing(evidence: Evidence, levy: LevyAccount | None = None) -> Costing:
    return Costing(PRICES, levy or LevyAccount(), RULES, evidence.standards)


def _cost(
    evidence: Evidence,
    tested: Plan,
    opening: Opening,
    *,
    rates: Rates = STILL,
    levy: LevyAccount | None = None,
    draws: int = 3,
) -> Costs:
    projection = simulate(opening, rates, [tested], draws=draws)
    return cost(projection, tested, opening, _costing(evidence, levy))


def test_ten_people_and_two_vacancies_cost_what_they_cost(evidence: Evidence) -> None:
    found = _cost(evidence, plan(months=2), organisation([{"people": 10}], [12.0]))
    month = {key: values[0, 0] for key, values in found.pounds.items()}
    assert month["pay"] == pytest.approx(10 * 60_000 * 1.5 / 12)
    # Half of two posts, 20 days a month at 550.
    assert month["agency"] == pytest.approx(1 * 20 * 550)
    assert month["undone"] == pytest.approx(1 * 0.6 * 60_000 * 1.5 / 12)
    assert month["hiring"] == 0
    assert found.total("employer")[0, 0] == pytest.approx(75_000 * 10 / 10 + 11_000)


def test_a_hire_costs_its_recruitment_and_half_of_its_first_half_year(evidence: Evidence) -> None:
    quick = Rates.stated(("cyber",), voluntary_annual=[0.0], fill_monthly=50.0)
    opening = organisation([{"people": 10}], [12.0], open_vacancies=[[2]])
    found = _cost(evidence, plan(months=1), opening, rates=quick)
    assert found.pounds["hiring"][0, 0] == pytest.approx(6_000)
    weeks = 13 / (365.25 / 7)
    assert found.pounds["ramp_up"][0, 0] == pytest.approx(2 * weeks * 0.6 * 90_000)
    assert found.total("employer")[0, 0] == pytest.approx(12 * 7_500 + 6_000)


def test_four_apprentices_cost_pay_support_training_and_time(evidence: Evidence) -> None:
    trained = programme(size=4, duration_months=24, offer_rate=0.0, assessment_months=0, **CERTAIN)
    tested = plan(months=30, programmes=(trained,))
    found = _cost(evidence, tested, organisation([{"people": 10}], [10.0]))
    pay = found.pounds["apprentice_pay"][0]
    # From the end of month 1, where they start, to the end of month 24, before their result.
    assert pay[:24] == pytest.approx(4 * 24_000 * 1.25 / 12)
    assert pay[24:].tolist() == [0.0] * 6
    support = found.pounds["apprentice_support"][0]
    assert support[0] == pytest.approx(4 * 2_000 + 4 * 100)
    assert support[5] == pytest.approx(400)
    mentoring = found.pounds["mentoring"][0] / (0.6 * 7_500)
    assert mentoring[[0, 5, 6, 11, 12, 23]] == pytest.approx([0.8, 0.8, 0.4, 0.4, 0.2, 0.2])
    output = -found.pounds["apprentice_output"][0] / (0.6 * 7_500)
    assert output[[0, 6, 12, 18]] == pytest.approx([0.6, 1.2, 1.8, 2.4])
    price = evidence.standards["ST1021"].funding_band_gbp
    training = found.pounds["training_employer"][0] + found.pounds["training_government"][0]
    # Providers are paid in arrears: the first month of training in the month after the start.
    assert training[:2] == pytest.approx([0.0, 4 * price * 0.8 / 24])
    assert training[:25].sum() == pytest.approx(4 * price)
    assert found.pounds["training_employer"][0].sum() == pytest.approx(4 * price * 0.25)


def test_those_who_withdraw_stop_costing(evidence: Evidence) -> None:
    certain = {**CERTAIN, "withdrawal": 1.0, "withdrawal_low": 1.0, "withdrawal_high": 1.0}
    trained = programme(size=4, duration_months=8, quarter_shares=(1.0, 0.0, 0.0, 0.0), **certain)
    tested = plan(months=12, programmes=(trained,))
    found = _cost(evidence, tested, organisation([{"people": 10}], [10.0]), draws=400)
    assert found.pounds["apprentice_pay"][:, 2:].max() == 0, "all withdraw in the first quarter"
    price = evidence.standards["ST1021"].funding_band_gbp
    training = found.pounds["training_employer"] + found.pounds["training_government"]
    # The first month is paid for all four, the second for the half that is left.
    assert training[0].sum() == pytest.approx(4 * price * 0.8 / 8 * 1.5)


def test_levy_money_pays_first_and_costs_the_employer_nothing(evidence: Evidence) -> None:
    tested = plan(months=26, programmes=(programme(size=2, **CERTAIN),))
    opening = organisation([{"people": 10}], [10.0])
    rich = LevyAccount(inflow_per_year=1e6)
    found = _cost(evidence, tested, opening, levy=rich)
    assert found.pounds["training_employer"].sum() == 0
    paid = found.pounds["training_levy"][0].sum()
    assert paid == pytest.approx(2 * evidence.standards["ST1021"].funding_band_gbp)
    public, employer = found.total("public")[0].sum(), found.total("employer")[0].sum()
    assert public - employer == pytest.approx(paid), "levy money is public money"


def test_a_standard_without_public_funding_is_the_employers_in_full(evidence: Evidence) -> None:
    closed = next(key for key, each in evidence.standards.items() if each.fundable == "no")
    tested = plan(months=26, programmes=(programme(size=1, standard=closed, **CERTAIN),))
    rich = LevyAccount(inflow_per_year=1e6)
    found = _cost(evidence, tested, organisation([{"people": 5}], [5.0]), levy=rich)
    band = evidence.standards[closed].funding_band_gbp
    assert found.pounds["training_employer"][0].sum() == pytest.approx(band)
    assert found.pounds["training_levy"].sum() == 0


def test_existing_staff_keep_their_pay_and_lose_training_time(evidence: Evidence) -> None:
    own = programme(size=3, trainee=Trainee.EXISTING_STAFF, seat=Seat.SUPERNUMERARY, **CERTAIN)
    tested = plan(months=6, programmes=(own,))
    found = _cost(evidence, tested, organisation([{"people": 10}], [10.0]))
    assert found.pounds["apprentice_pay"].sum() == 0
    assert found.pounds["off_the_job"][0, 0] == pytest.approx(3 * 0.25 * 0.6 * 30_000 * 1.5 / 12)


def test_a_lever_costs_by_newly_covered_and_covered_heads(evidence: Evidence) -> None:
    flexible = lever(
        hazard_ratio=1.0, reach=0.5, adopted_now=0.2, adopted_target=0.8, ramp_months=3,
        start_month=AS_OF, cost_per_head=1_200.0, one_off_per_head=100.0,
    )  # fmt: skip
    tested = plan(months=5, levers=(flexible,))
    found = _cost(evidence, tested, organisation([{"people": 10, "grade": 1}], [10.0]))
    # Adoption 0.4, 0.6, 0.8, 0.8: half of ten people can be reached.
    spent = found.pounds["levers"][0]
    assert spent.tolist() == pytest.approx(
        [5 * (0.2 * 100 + 0.2 * 100), 5 * (0.4 * 100 + 0.2 * 100), 5 * (0.6 * 100 + 0.2 * 100),
         5 * 0.6 * 100, 5 * 0.6 * 100]
    )  # fmt: skip
    back = dataclasses.replace(flexible, adopted_now=0.8, adopted_target=0.2)
    taken = _cost(
        evidence, plan(months=5, levers=(back,)), organisation([{"people": 10, "grade": 1}], [10.0])
    )
    assert taken.pounds["levers"].tolist() == [[0.0] * 5] * 3, "taking it away saves nothing"


def test_a_lever_for_the_first_year_costs_for_those_in_it(evidence: Evidence) -> None:
    welcome = lever(
        hazard_ratio=1.0, first_year_only=True, reach=0.1, start_month=AS_OF, cost_per_head=1_200.0
    )
    opening = organisation([{"people": 4, "tenure": 9}, {"people": 6, "tenure": 30}], [10.0])
    found = _cost(evidence, plan(months=5, levers=(welcome,)), opening)
    assert found.pounds["levers"][0].tolist() == pytest.approx([400.0, 400.0, 0.0, 0.0, 0.0])


def test_a_lever_for_some_grades_costs_for_those_grades(evidence: Evidence) -> None:
    some = lever(hazard_ratio=1.0, grades=("senior",), start_month=AS_OF, cost_per_head=1_200.0)
    opening = organisation([{"people": 6, "grade": 2}, {"people": 4, "grade": 0}], [10.0])
    found = _cost(evidence, plan(months=1, levers=(some,)), opening)
    assert found.pounds["levers"][0, 0] == pytest.approx(600.0)


def test_views_hold_their_lines_and_a_plan_equal_to_nothing_costs_nothing(
    evidence: Evidence,
) -> None:
    opening = organisation([{"people": 30, "tenure": 3}], [34.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.3], fill_monthly=0.2)
    base, same = plan("Base", months=18), plan("Same", months=18)
    full = plan("Full", months=18, levers=(lever(cost_per_head=600.0),),
                programmes=(programme(duration_months=8),))  # fmt: skip
    projection = simulate(opening, rates, [base, same, full], draws=200)
    costing = _costing(evidence)
    costs = {each.name: cost(projection, each, opening, costing) for each in (base, same, full)}
    for line in LINES:
        same_pounds, base_pounds = (costs[name].pounds[line.key] for name in ("Same", "Base"))
        assert np.array_equal(same_pounds, base_pounds), line.key
    found = cost_change(costs["Full"], costs["Base"]).set_index("key")
    lines = found.loc[[line.key for line in LINES]]
    for view in VIEWS:
        expected = sum(lines["mean"][line.key] for line in LINES if line.counts(view))
        assert found["mean"][f"view/{view}"] == pytest.approx(expected)
    together = costs["Full"].cashable() + costs["Full"].not_cashable()
    public = costs["Full"].total("society")
    paid_by_others = (
        costs["Full"].pounds["training_levy"] + costs["Full"].pounds["training_government"]
    )
    assert together + paid_by_others == pytest.approx(public)
    assert (found["low"] <= found["mean"] + 1e-6).all()


def test_prices_are_the_evidence_and_impossible_ones_are_refused(evidence: Evidence) -> None:
    prices = prices_from_evidence(evidence)
    assert prices.agency_day_rate == 500
    assert prices.apprentice_start == 1200 + 1500
    assert prices.apprentice_oncost == pytest.approx(1.2)
    cyber = [
        (role.pay_low + role.pay_high) / 2
        for role in evidence.roles
        if role.family == "cyber" and role.pay_low is not None and role.pay_high is not None
    ]
    assert prices.salary_of("cyber") == pytest.approx(np.mean(cyber), abs=50)
    with pytest.raises(UserError, match="On-costs"):
        dataclasses.replace(prices, oncost=0.5)
    with pytest.raises(UserError, match="Agency margin"):
        dataclasses.replace(prices, agency_margin=2.0)


def test_an_unknown_standard_is_priced_and_not_free(evidence: Evidence) -> None:
    from workforce.appraisal.trainees import training_price

    price, fundable = training_price("ST9999", evidence.standards)
    bands = sorted(each.funding_band_gbp for each in evidence.standards.values())
    assert bands[0] < price < bands[-1]
    assert not fundable
    known: Standard = evidence.standards["ST1021"]
    assert training_price("ST1021", evidence.standards) == (known.funding_band_gbp, True)
    # A course of one's own costs what is stated, and no levy money pays it.
    assert training_price("", evidence.standards, 1800.0) == (1800.0, False)
    assert training_price("", evidence.standards) == (price, False)


def test_financial_years_run_from_april_and_add_up(evidence: Evidence) -> None:
    opening = organisation([{"people": 10}], [12.0])
    base, full = plan("Base", months=20), plan("Full", months=20, levers=(
        lever(hazard_ratio=1.0, start_month=AS_OF, cost_per_head=1_200.0),))  # fmt: skip
    projection = simulate(opening, STILL, [base, full], draws=3)
    costs = [cost(projection, each, opening, _costing(evidence)) for each in (full, base)]
    years = cost_years(*costs)
    employer = years[years["view"] == "employer"]
    # The opening month is September 2026: October to March, a whole year, April and May.
    assert employer["year"].tolist() == ["2026-27", "2027-28", "2028-29"]
    assert employer["months"].tolist() == [6, 12, 2]
    assert employer["mean"].tolist() == pytest.approx([6_000.0, 12_000.0, 2_000.0])


def test_a_lever_on_filling_costs_by_hires_and_vacant_posts(evidence: Evidence) -> None:
    quick = Rates.stated(("cyber",), voluntary_annual=[0.0], fill_monthly=50.0)
    faster = lever(
        hazard_ratio=1.2, acts_on=ActsOn.FILLING, reach=0.5, adopted_now=0.2, adopted_target=0.8,
        start_month=AS_OF + 1, cost_per_head=300.0, one_off_per_head=40.0,
    )  # fmt: skip
    # Two are hired in month 1; in month 2 four more posts come and are filled at its end.
    opening = organisation([{"people": 10, "grade": 1}], [12.0], open_vacancies=[[2]])
    tested = plan(
        months=3,
        levers=(faster,),
        demand=Demand(changes=(DemandChange(AS_OF + 2, "cyber", 4.0),)),
        hiring=Hiring(capacity_per_month=2),
    )
    found = _cost(evidence, tested, opening, rates=quick).pounds["levers"][0]
    # Two hires a month, half of them reached, 0.6 more of those than today: 2 x 0.5 x 0.6 x 300.
    # In month 1, when it comes in, no post is vacant at the end.
    assert found.tolist() == pytest.approx([180.0, 180.0, 180.0])
    slow = _cost(evidence, tested, opening).pounds["levers"][0]
    # Nobody is hired; two posts are vacant when 0.6 more are reached: 2 x 0.5 x 0.6 x 40.
    assert slow.tolist() == pytest.approx([24.0, 0.0, 0.0])


def test_agency_cover_costs_what_is_covered(evidence: Evidence) -> None:
    opening = dataclasses.replace(
        organisation([{"people": 10}], [12.0]), agency=(KnownCover("cyber", AS_OF + 3, 3.0),)
    )
    tested = plan(months=4)
    productivity = productivity_of(PRICES, evidence)
    projection = simulate(opening, STILL, [tested], draws=2, productivity=productivity)
    found = cost(projection, tested, opening, _costing(evidence))
    # Three are booked for two months; then half of the two vacant posts are covered.
    covered = projection.values("Plan", "agency_fte")[0]
    assert covered.tolist() == pytest.approx([3.0, 3.0, 1.0, 1.0])
    assert found.pounds["agency"][0] == pytest.approx(covered * 20 * 550), "the same numbers"
    undone = found.pounds["undone"][0] / (0.6 * 7_500)
    assert undone.tolist() == pytest.approx([0.0, 0.0, 1.0, 1.0]), "at most what is vacant"


def test_mentors_cost_the_same_as_the_capacity_they_take(evidence: Evidence) -> None:
    tested = plan(months=20, programmes=(programme(size=6, duration_months=12),))
    opening = organisation([{"people": 10, "grade": 2, "tenure": 30}], [12.0])
    productivity = productivity_of(PRICES, evidence)
    projection = simulate(opening, STILL, [tested], draws=300, productivity=productivity)
    found = cost(projection, tested, opening, _costing(evidence))
    mentors = projection.values("Plan", "mentor_fte")
    assert found.pounds["mentoring"] == pytest.approx(mentors * 0.6 * 7_500)
    bare = cost(simulate(opening, STILL, [tested], draws=300), tested, opening, _costing(evidence))
    # One cohort: the number in training carries the same information.
    assert bare.pounds["mentoring"] == pytest.approx(found.pounds["mentoring"], rel=1e-5)


def test_who_does_not_start_for_lack_of_a_mentor_costs_nothing(evidence: Evidence) -> None:
    opening = organisation([{"people": 2, "grade": 2, "tenure": 30}], [12.0])
    free = plan("Two", months=30, programmes=(programme(size=2, **CERTAIN),))
    capped = plan("Plan", months=30, mentor_cap=1.0, programmes=(programme(size=9, **CERTAIN),))
    projection = simulate(opening, STILL, [free, capped], draws=2)
    two, nine = (cost(projection, each, opening, _costing(evidence)) for each in (free, capped))
    for key, pounds in two.pounds.items():
        assert nine.pounds[key] == pytest.approx(pounds), f"{key}: two of nine start"


def test_staff_from_a_projected_family_are_away_at_its_pay(evidence: Evidence) -> None:
    prices = dataclasses.replace(PRICES, salary=(*PRICES.salary, ("data", 48_000.0)))
    course = programme(
        size=3, trainee=Trainee.EXISTING_STAFF, from_family="data", standard="", **CERTAIN
    )
    opening = organisation(
        [{"people": 5}, {"people": 5, "family": 1}], [9.0, 5.0], families=("cyber", "data")
    )
    rates = Rates.stated(("cyber", "data"), voluntary_annual=[0.0, 0.0], fill_monthly=1e-9)
    tested = plan(months=4, programmes=(course,))
    projection = simulate(opening, rates, [tested], draws=2)
    found = cost(
        projection, tested, opening, dataclasses.replace(_costing(evidence), prices=prices)
    )
    away = found.pounds["off_the_job"][0, 0]
    assert away == pytest.approx(3 * 0.25 * 0.6 * 48_000 * 1.5 / 12)
