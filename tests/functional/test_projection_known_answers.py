"""Stocks and cohorts solved on paper. Tolerance: four standard errors of the ensemble's mean."""

import dataclasses
import math

import numpy as np
import pytest
from projection_cases import AS_OF, lever, organisation, plan, programme, with_voluntary

from workforce.domain.bands import AGE_BANDS, AgeBand
from workforce.domain.defaults import programme_from_evidence
from workforce.domain.evidence import Evidence
from workforce.domain.opening import InTraining, KnownStarter
from workforce.domain.plan import Demand, DemandChange, Freeze, Hiring
from workforce.domain.programmes import NoPost, Seat, Trainee
from workforce.domain.rates import FillRates, Rates, Shock
from workforce.projection import STAGES, Projection, simulate

NO_VACANCY = ((0,),)


def _close(values: np.ndarray, expected: float, what: str) -> None:
    error = values.std() / math.sqrt(len(values))
    assert abs(values.mean() - expected) <= 4 * error + 1e-9, (
        f"{what}: {values.mean():.4f}, on paper {expected:.4f} (s.e. {error:.4f})"
    )


def _stages(projection: Projection, scenario: str = "Plan", row: int = 0) -> dict[str, np.ndarray]:
    return dict(zip(STAGES, projection.tracks[scenario].stages[row], strict=True))


def test_constant_hazard_and_constant_fill_follow_the_two_state_chain() -> None:
    # 40 posts, 30 filled. A filled post empties with q = 1 - exp(-0.24/12) in a month, an empty one
    # fills with f = 1 - exp(-0.2), also in the month in which it empties. So
    # P(filled) = pi + (p0 - pi) ((1 - q)(1 - f))^t, pi = f / (1 - (1 - q)(1 - f)).
    opening = organisation([{"people": 30, "tenure": 40}], [40.0], open_vacancies=[[10]])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.24], fill_monthly=0.2)
    run = simulate(opening, rates, [plan(months=48)], draws=3000, seed=2)
    stay = math.exp(-0.02) * math.exp(-0.2)
    filled = -math.expm1(-0.2) / (1 - stay)
    heads = run.values("Plan", "headcount")
    for month in (1, 2, 6, 12, 24, 48):
        expected = 40 * (filled + (0.75 - filled) * stay**month)
        _close(heads[:, month - 1], expected, f"headcount in month {month}")


def test_leavers_follow_exponential_decay_where_nobody_is_hired() -> None:
    opening = organisation([{"people": 200, "tenure": 60}], [200.0])
    rates = Rates.stated(
        ("cyber",), voluntary_annual=[0.12], other_annual=0.06, contract_end_annual=0.03
    )
    frozen = plan(months=24, hiring=Hiring(freezes=(Freeze(AS_OF + 1, AS_OF + 24),)))
    run = simulate(opening, rates, [frozen], draws=1000, seed=3)
    total = 200 * -math.expm1(-0.21 * 2)
    for measure, share in (
        ("leavers", 1.0),
        ("leavers_voluntary", 12 / 21),
        ("leavers_other", 6 / 21),
        ("leavers_end_of_contract", 3 / 21),
    ):
        _close(run.values("Plan", measure).sum(axis=1), total * share, measure)


def test_uncertain_rates_widen_the_spread_by_the_delta_method() -> None:
    opening = organisation([{"people": 400, "tenure": 130}], [400.0])
    frozen = plan(months=12, hiring=Hiring(freezes=(Freeze(AS_OF + 1, AS_OF + 12),)))
    rates = Rates.stated(
        ("cyber",), voluntary_annual=[0.15], voluntary_log_sd=0.2, shock=Shock(sd=0.15, ar1=0.5)
    )
    leavers = simulate(opening, rates, [frozen], draws=4000, seed=3).values("Plan", "leavers")
    total = leavers.sum(axis=1).astype(float)
    # Hazard h = 0.15 exp(x), var x = 0.2^2 + 0.15^2 x (1 - 0.5^2), the first year after a last year
    # known exactly; leavers n (1 - exp(-h)): slope n h exp(-h) in x, plus binomial noise.
    chance = -math.expm1(-0.15)
    slope = 400 * 0.15 * math.exp(-0.15)
    spread = math.sqrt(slope**2 * (0.04 + 0.0225 * 0.75) + 400 * chance * (1 - chance))
    assert total.std() == pytest.approx(spread, rel=0.06), "parameter and binomial variance add up"


def test_establishment_grows_and_is_cut_as_planned() -> None:
    opening = organisation([{"people": 10}], [10.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.0])
    tested = plan(
        months=24,
        demand=Demand(
            growth_per_year=(("cyber", 0.21),),
            changes=(DemandChange(AS_OF + 13, "cyber", -5.0),),
        ),
    )
    run = simulate(opening, rates, [tested], draws=1)
    posts = run.values("Plan", "establishment")[0]
    assert posts[11] == pytest.approx(12.1), "10 x 1.21 after a year"
    assert posts[12] == pytest.approx(12.1 * 1.21 ** (1 / 12) - 5), "growth, then the cut"
    assert run.values("Plan", "headcount").max() <= 14, "never above the posts that there were"


def test_cuts_withdraw_the_youngest_openings() -> None:
    # Two openings of age 5, which fill at once, and two of age 0, which never do. Two posts go.
    opening = organisation([{"people": 6}], [10.0], open_vacancies=[[2, 0, 0, 0, 0, 2]])
    rates = dataclasses.replace(
        Rates.stated(("cyber",), voluntary_annual=[0.0]),
        fill=FillRates(("cyber",), np.array([[0.0, 0, 0, 0, 0, 50.0]]), np.zeros(1)),
    )
    cut = plan(months=3, demand=Demand(changes=(DemandChange(AS_OF + 1, "cyber", -2.0),)))
    run = simulate(opening, rates, [cut], draws=20)
    assert np.all(run.values("Plan", "hires")[:, 0] == 2), "the old ones were left and filled"


def test_fraction_of_a_post_waits_until_it_makes_a_person() -> None:
    opening = organisation([{"people": 4}], [5.4], starter_fte=[0.8])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.0], fill_monthly=50.0)
    grown = plan(months=2, demand=Demand(changes=(DemandChange(AS_OF + 2, "cyber", 0.2),)))
    run = simulate(opening, rates, [grown], draws=3)
    assert np.all(run.values("Plan", "hires") == [1, 1]), "1.4 FTE is one of 0.8; 0.6 + 0.2 another"
    assert np.allclose(run.values("Plan", "vacancies"), [0.6, 0.0]), "the rest stays vacant"


def test_known_exits_and_starters_move_in_their_month_and_only_then() -> None:
    opening = organisation(
        [{"people": 3, "known_leave": AS_OF + 4, "known_cause": 4, "fte": 2.4}, {"people": 5}],
        [8.0],
        starters=[KnownStarter(AS_OF + 2, "cyber", "senior", 1, 0.5)],
    )
    frozen = plan(months=6, hiring=Hiring(freezes=(Freeze(AS_OF + 1, AS_OF + 6),)))
    rates = Rates.stated(("cyber",), voluntary_annual=[5.0])
    run = simulate(opening, rates, [frozen], draws=400)
    gone = run.values("Plan", "leavers_organisational_event")
    assert np.all(gone == [0, 0, 0, 3, 0, 0]), "they leave then, whatever the hazard"
    assert np.all(run.values("Plan", "hires") == [0, 1, 0, 0, 0, 0]), "the starter arrives, frozen"
    assert run.values("Plan", "leavers_voluntary").max(axis=0)[-1] > 0, "the others do resign"


def test_fixed_terms_end_in_their_month_unless_renewed() -> None:
    opening = organisation([{"people": 50, "contract_end": AS_OF + 5}], [50.0])
    rates = dataclasses.replace(
        Rates.stated(("cyber",), voluntary_annual=[0.0]), renewal=(0.3, 0.3, 0.3)
    )
    run = simulate(opening, rates, [plan(months=8)], draws=2000)
    ends = run.values("Plan", "leavers_end_of_contract")
    assert ends[:, [0, 1, 2, 3, 5, 6, 7]].sum() == 0, "in no other month"
    _close(ends[:, 4], 50 * 0.7, "not renewed")


def test_people_move_up_the_age_bands() -> None:
    # 100 people of 60 to 64, spread evenly: a twelfth of a fifth reaches 65 each month. Only those
    # of 65 and over retire, at 50 a month: at once. After two years 40% are gone.
    band = AGE_BANDS.index(AgeBand.FROM_60)
    opening = organisation([{"people": 100, "age": band, "tenure": 60}], [100.0])
    hazards = np.zeros(len(AGE_BANDS))
    hazards[band + 1 : band + 3] = 50.0
    rates = dataclasses.replace(
        Rates.stated(("cyber",), voluntary_annual=[0.0]), retirement=hazards
    )
    run = simulate(opening, rates, [plan(months=24)], draws=500)
    _close(run.values("Plan", "leavers_retirement").sum(axis=1), 40.0, "reached 65 in two years")


def test_ten_starts_on_a_two_year_standard_by_hand() -> None:
    # W = 0.4: 4 withdraw (44% stay), 6 x 0.977 = 5.862 achieve, 75% = 4.3965 are converted; a year
    # later exp(-0.13 x 0.75) = 0.9071 of them are there.
    opening = organisation([{"people": 1, "tenure": 130}], [60.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.13], fill_monthly=1e-9)
    tested = plan(months=40, programmes=(programme(),))
    run = simulate(opening, rates, [tested], draws=4000, seed=6)
    stages = _stages(run)
    for stage, expected in (
        ("starts", 10.0),
        ("withdrawn_stayed", 4 * 0.44),
        ("withdrawn_left", 4 * 0.56),
        ("not_achieved", 6 * 0.023),
        ("achieved", 5.862),
        ("not_offered", 5.862 * 0.25),
        ("converted", 4.3965),
        ("retained_12_months", 4.3965 * math.exp(-0.13 * 0.75)),
        ("in_role_at_end", 4.3965 * math.exp(-0.13 * 0.75)),
        ("no_post_left", 0.0),
    ):
        _close(stages[stage].astype(float), expected, stage)
    quarter = run.values("Plan", "apprentices_in_training")[:, 6]
    _close(quarter, 10 - 4 * 0.3, "in training after the first quarter")
    converted = run.values("Plan", "apprentices_converted")
    assert np.all(np.flatnonzero(converted.sum(axis=0)) == [27]), "24 months and 3 of waiting later"


@pytest.mark.parametrize("progression", [True, False])
def test_evidence_default_cohort_ends_where_the_evidence_says(
    evidence: Evidence, progression: bool
) -> None:
    opening = organisation([{"people": 1, "tenure": 130}], [60.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.13], fill_monthly=1e-9)
    cohort = programme_from_evidence(
        evidence,
        "ST1021",
        programme_id="p",
        family="cyber",
        first_start=AS_OF + 1,
        size=10,
        progression=progression,
    )
    assert cohort.duration_months == 24, "a 24-month standard"
    stages = _stages(
        simulate(opening, rates, [plan(months=40, programmes=(cohort,))], draws=2000, seed=6)
    )
    assert stages["achieved"].mean() == pytest.approx(6.0, abs=0.15), "about 6 achieve"
    assert stages["converted"].mean() == pytest.approx(4.5, abs=0.15), "about 4.5 are converted"
    kept = stages["retained_12_months"].mean()
    assert 3.6 <= kept <= 4.2, f"3.7 to 4.1 still in role a year later, found {kept:.2f}"


def test_apprentices_already_in_training_have_survived_so_far() -> None:
    # Half-way (month 12 of 24, assessment 3): W(1 - 0.55) / (1 - 0.55 W) withdraw from here on.
    group = InTraining("cyber", "ST1021", AS_OF - 12, AS_OF + 12, 10)
    opening = organisation([{"people": 1, "tenure": 130}], [60.0], apprentices=[group])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.0], fill_monthly=1e-9)
    run = simulate(opening, rates, [plan()], draws=4000, continuing=[programme()])
    remaining = 0.4 * 0.45 / (1 - 0.4 * 0.55)
    stages = _stages(run)
    _close(
        (stages["withdrawn_left"] + stages["withdrawn_stayed"]).astype(float),
        10 * remaining,
        "withdrawals still to come",
    )
    assert run.values("Plan", "apprentices_started").sum() == 0, "they started before"
    converted = run.values("Plan", "apprentices_converted")
    assert np.all(np.flatnonzero(converted.sum(axis=0)) == [14]), "result in month 15"
    with pytest.raises(ValueError, match="in training"):
        simulate(opening, rates, [plan()], draws=1)


@pytest.mark.parametrize(
    ("policy", "stage"),
    [
        (NoPost.LEAVE, "no_post_left"),
        (NoPost.REDEPLOY, "redeployed"),
        (NoPost.WAIT, "waiting_at_end"),
    ],
)
def test_achievers_without_a_vacancy_follow_the_policy(policy: NoPost, stage: str) -> None:
    opening = organisation([{"people": 5, "known_leave": AS_OF + 60}], [7.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.0], fill_monthly=1e-9)
    sure = programme(
        withdrawal=0.0,
        withdrawal_low=0.0,
        withdrawal_high=0.0,
        pass_rate=1.0,
        offer_rate=1.0,
        duration_months=6,
        assessment_months=0,
        no_post=policy,
    )
    stages = _stages(simulate(opening, rates, [plan(months=12, programmes=(sure,))], draws=5))
    assert np.all(stages["converted"] == 2), "two posts are vacant"
    assert np.all(stages[stage] == 8), f"the other eight: {policy}"


def test_existing_staff_without_a_vacancy_keep_their_job() -> None:
    opening = organisation([{"people": 5, "known_leave": AS_OF + 60}], [5.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.0])
    reskilled = programme(duration_months=6, assessment_months=0, trainee=Trainee.EXISTING_STAFF)
    run = simulate(opening, rates, [plan(months=12, programmes=(reskilled,))], draws=50)
    stages = _stages(run)
    assert stages["no_post_left"].sum() == 0, "nobody leaves for having been trained"
    assert stages["redeployed"].sum() > 0, "they stay where they were"
    assert np.all(run.values("Plan", "headcount") == 5), "and are counted in no digital family"


def test_apprentices_in_vacant_posts_keep_them_from_being_filled() -> None:
    opening = organisation([{"people": 5, "known_leave": AS_OF + 60}], [9.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.0], fill_monthly=50.0)
    still = programme(size=4, withdrawal=0.0, withdrawal_low=0.0, withdrawal_high=0.0)
    apart, seated = (
        plan(name, months=12, programmes=(dataclasses.replace(still, seat=seat),))
        for name, seat in (("apart", Seat.SUPERNUMERARY), ("seated", Seat.VACANT_POST))
    )
    run = simulate(opening, rates, [apart, seated], draws=3)
    assert np.all(run.values("apart", "hires")[:, 0] == 4), "supernumerary: posts are filled"
    assert np.all(run.values("seated", "hires") == 0), "in the vacant posts: nothing to fill"
    assert np.all(run.values("seated", "vacancies") == 0), "and no vacancy either"


def test_lever_lowers_the_hazard_of_the_first_year_by_what_it_says() -> None:
    opening = organisation([{"people": 300, "tenure": 0}], [300.0])
    rates = with_voluntary(
        Rates.stated(("cyber",), voluntary_annual=[0.3]), np.array([[[0.3] * 6]])
    )
    package = (lever(hazard_ratio=0.7, first_year_only=True),)
    tested = plan(
        months=24, levers=package, hiring=Hiring(freezes=(Freeze(AS_OF + 1, AS_OF + 24),))
    )
    quits = simulate(opening, rates, [tested], draws=1000).values("Plan", "leavers_voluntary")
    first = 300 * -math.expm1(-0.21)
    _close(quits[:, :12].sum(axis=1), first, "first year at 0.7")
    _close(quits[:, 12:].sum(axis=1), (300 - first) * -math.expm1(-0.3), "second year untouched")
