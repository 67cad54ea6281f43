"""Counting groups instead of following everybody: the same distribution, the same promises.

The counted path is for organisations far larger than these; here it is switched on for smaller ones
so that it can be compared with following everybody.
"""

import dataclasses
from statistics import NormalDist

import numpy as np
import pytest
from projection_cases import AS_OF, lever, organisation, plan, programme, with_voluntary

from workforce.domain.bands import CAUSES
from workforce.domain.errors import UserError
from workforce.domain.events import EventKind, PlannedEvent
from workforce.domain.moves import Moves
from workforce.domain.opening import InTraining, KnownStarter, Opening
from workforce.domain.plan import Demand, DemandChange, Freeze, Hiring, NoPost, Plan, Trainee
from workforce.domain.rates import Rates, Shock
from workforce.projection import engine, expect, simulate

FAMILIES = ("cyber", "data")
MONTHS = 18
STOCKS = ("headcount", "fte", "vacancies", "apprentices_in_training")
FLOWS = (*(f"leavers_{cause}" for cause in CAUSES), "hires", "apprentices_converted")


def _rates() -> Rates:
    stated = Rates.stated(
        FAMILIES,
        voluntary_annual=[0.1, 0.1],
        fill_monthly=0.15,
        other_annual=0.02,
        contract_end_annual=0.03,
        voluntary_log_sd=0.1,
        shock=Shock(0.1, 0.5),
    )
    season = np.array([1.1, 1, 0.95, 1, 1, 0.9, 1, 1.1, 1.1, 1, 0.95, 0.9])
    return dataclasses.replace(
        with_voluntary(stated, np.array([0.5, 0.35, 0.25, 0.15, 0.1, 0.08])[None, None, :]),
        renewal=(0.4, 0.3, 0.5),
        retirement=np.array([0.0002, 0.003, 0.012, 0.03, 0.03, 0.002]),
        season=season / season.mean(),
    )


def _opening() -> Opening:
    rng = np.random.default_rng(4)
    rows = [
        {
            "family": family,
            "grade": grade,
            "tenure": int(rng.integers(0, 121)),
            "age": int(rng.integers(0, 6)),
            "people": int(rng.integers(1, 14)),
            "contract_end": AS_OF + int(rng.integers(1, 40)) if rng.random() < 0.1 else -1,
        }
        for family in (0, 1)
        for grade in range(4)
        for _ in range(40)
    ]
    rows.append({"family": 1, "tenure": 9, "people": 5, "known_leave": AS_OF + 3, "known_cause": 1})
    heads = [sum(row["people"] for row in rows if row["family"] == k) for k in (0, 1)]
    return organisation(
        rows,
        [heads[0] + 60.0, heads[1] + 40.0],
        families=FAMILIES,
        starters=[KnownStarter(AS_OF + 2, "data", "senior", 12, 11.4)],
        apprentices=[InTraining("cyber", "ST1021", AS_OF - 6, AS_OF + 12, 6)],
    )


PLANS = (
    plan("Nothing", months=MONTHS),
    plan(
        "Levers and apprentices",
        months=MONTHS,
        levers=(
            lever(lever_id="a", hazard_ratio=0.7, ramp_months=12, adopted_now=0.2, reach=0.8),
            lever(lever_id="b", hazard_ratio=0.6, first_year_only=True, group="onboarding"),
            lever(lever_id="c", hazard_ratio=1.4, families=("data",), group="adverse"),
        ),
        programmes=(programme(size=20, duration_months=9, cohorts=2, repeat_months=3),),
    ),
    plan(
        "Hiring and posts",
        months=MONTHS,
        hiring=Hiring(speed=1.3, capacity_per_month=22, freezes=(Freeze(AS_OF + 6, AS_OF + 8),)),
        demand=Demand(
            growth_per_year=(("data", -0.1),),
            changes=(DemandChange(AS_OF + 10, "cyber", 50.0),),
        ),
    ),
)
CONTINUING = [programme(programme_id="now", duration_months=18)]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CROWD", 1)


def _both(monkeypatch: pytest.MonkeyPatch, draws: int) -> list[engine.Projection]:
    out = []
    for crowd in (10**9, 1):
        monkeypatch.setattr(engine, "CROWD", crowd)
        out.append(
            simulate(_opening(), _rates(), PLANS, draws=draws, seed=3, continuing=CONTINUING)
        )
    return out


def test_counts_agree_with_following_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = 600
    people, counts = _both(monkeypatch, draws)
    checks, mean_faults, ratios = 0, [], []
    looks = (0, 11, MONTHS - 1)
    limit = NormalDist().inv_cdf(1 - 0.001 / (3 * 2 * len(looks) * 11) / 2)
    for each in PLANS:
        for measure in (*STOCKS, *FLOWS):
            for family in FAMILIES:
                one, two = (
                    run.values(each.name, measure, family).astype(float) for run in (people, counts)
                )
                if measure in FLOWS:
                    one, two = one.cumsum(axis=1), two.cumsum(axis=1)
                for month in looks:
                    a, b = one[:, month], two[:, month]
                    checks += 1
                    # Both have the same parameters draw by draw; what is left is luck.
                    error = max(float((a - b).std()), 0.05) / np.sqrt(draws)
                    if abs(a.mean() - b.mean()) > limit * error:
                        mean_faults.append(f"{each.name} {measure} {family} {month}")
                    if a.var() > 2:
                        ratios.append(float(b.var() / a.var()))
    assert checks == 3 * 11 * 2 * len(looks)
    assert not mean_faults
    # A ratio of two variances of 600 draws has a standard error of about 8%; the worst of a
    # hundred such ratios stays within four of them, and their average far closer to one.
    assert min(ratios) > 0.68
    assert max(ratios) < 1.4
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.05)


def test_counts_agree_with_expected_values_where_the_month_is_linear(counted: None) -> None:
    rates = dataclasses.replace(
        _rates(),
        shock=Shock(0.0, 0.5),
        renewal=(0.4, 0.4, 0.4),
        voluntary=dataclasses.replace(_rates().voluntary, covariance=np.zeros((2, 2))),
    )
    draws = 600
    fine = expect(_opening(), rates, PLANS[:2], continuing=CONTINUING)
    drawn = simulate(_opening(), rates, PLANS[:2], draws=draws, seed=9, continuing=CONTINUING)
    limit = NormalDist().inv_cdf(1 - 0.001 / (2 * 2 * 10) / 2)
    for each in PLANS[:2]:
        for measure in (*STOCKS, "hires", "leavers"):
            for family in FAMILIES:
                seen = drawn.values(each.name, measure, family)[:, -1].astype(float)
                mean = fine.values(each.name, measure, family)[-1]
                error = max(float(seen.std()), 0.05) / np.sqrt(draws)
                assert abs(seen.mean() - mean) <= limit * error, f"{each.name} {measure} {family}"


def test_heads_add_up_exactly_and_known_exits_happen(counted: None) -> None:
    opening = _opening()
    result = simulate(opening, _rates(), PLANS, draws=60, continuing=CONTINUING)
    for each in PLANS:
        for family in (*FAMILIES, "all"):
            lines = result.account(each.name, family)
            gone = sum(lines[f"leavers_{cause}"] for cause in CAUSES)
            closing = lines["opening"] - gone + lines["conversions"] + lines["hires"]
            assert np.array_equal(closing, lines["closing"])
            assert lines["closing"].min() >= 0
        assert result.values(each.name, "leavers_retirement", "data")[:, 2].min() >= 5
    hires = result.values(PLANS[2].name, "hires")
    # Known starters come through a cap, and nobody is hired in a freeze.
    assert np.delete(hires, 1, axis=1).max() <= 22
    assert hires[:, 5:8].max() == 0


def test_equal_plans_agree_in_every_draw_and_nothing_depends_on_the_split_of_the_work(
    counted: None,
) -> None:
    twin = dataclasses.replace(PLANS[0], name="Twin")
    long = simulate(_opening(), _rates(), [*PLANS, twin], draws=260, continuing=CONTINUING)
    short = simulate(_opening(), _rates(), [PLANS[1]], draws=40, continuing=CONTINUING)
    two = simulate(_opening(), _rates(), PLANS[:2], draws=260, continuing=CONTINUING, workers=2)
    for measure in (*STOCKS, *FLOWS):
        for family in FAMILIES:
            base = long.values("Nothing", measure, family)
            assert np.array_equal(base, long.values("Twin", measure, family)), measure
            name = PLANS[1].name
            all_draws = long.values(name, measure, family)
            assert np.array_equal(all_draws[:40], short.values(name, measure, family)), measure
            assert np.array_equal(all_draws, two.values(name, measure, family)), measure


def test_folded_cells_give_what_one_row_a_person_gives(counted: None) -> None:
    rates = Rates.stated(("cyber",), voluntary_annual=[0.3])
    folded = organisation([{"people": 60, "tenure": 8}], [70])
    apart = organisation([{"people": 1, "tenure": 8}] * 60, [70])
    one, other = (simulate(each, rates, [plan()], draws=20) for each in (folded, apart))
    assert np.array_equal(one.values("Plan", "headcount"), other.values("Plan", "headcount"))


def test_an_organisation_of_very_many_people_is_counted_without_being_told() -> None:
    opening = organisation([{"people": 400_000, "tenure": 30}], [420_000])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.12])
    result = simulate(opening, rates, [plan(months=12)], draws=50)
    leavers = result.values("Plan", "leavers").sum(axis=1)
    # Those of the stock and of the hires: within 1% of 12% a year on average, luck is 0.05%.
    mean_staff = result.values("Plan", "headcount").mean()
    assert leavers.mean() == pytest.approx(0.12 * mean_staff, rel=0.01)


def test_moves_and_events_agree_with_following_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    hazard = np.array([[0.0, 0.006], [0.002, 0.0]])
    rates = dataclasses.replace(_rates(), moves=Moves(FAMILIES, hazard, np.full((2, 2), 0.1)))
    away = PlannedEvent(AS_OF + 5, "cyber", 80, EventKind.REDUNDANCY, posts_fte=80.0)
    here = PlannedEvent(AS_OF + 8, "data", 40, EventKind.TRANSFER_IN, posts_fte=40.0)
    plans = [plan("Events", months=14, events=(away, here))]
    draws, runs = 600, []
    for crowd in (10**9, 1):
        monkeypatch.setattr(engine, "CROWD", crowd)
        runs.append(simulate(_opening(), rates, plans, draws=draws, continuing=CONTINUING))
    people, counts = runs
    flows = ("moves_in", "moves_out", "leavers", "leavers_retirement", "hires")
    limit = NormalDist().inv_cdf(1 - 0.001 / (2 * 7) / 2)
    for measure in ("headcount", "fte", *flows):
        for family in FAMILIES:
            one, two = (run.values("Events", measure, family).astype(float) for run in runs)
            if measure in flows:
                one, two = one.sum(axis=1)[:, None], two.sum(axis=1)[:, None]
            a, b = one[:, -1], two[:, -1]
            error = max(float((a - b).std()), 0.05) / np.sqrt(draws)
            assert abs(a.mean() - b.mean()) <= limit * error, f"{measure} {family}"
    for measure in ("leavers_organisational_event", "transfers_in"):
        assert np.array_equal(people.values("Events", measure), counts.values("Events", measure)), (
            measure
        )
    lines = counts.account("Events")
    total = lines["opening"] + lines["transfers_in"] + lines["conversions"] + lines["hires"]
    total = total - sum(lines[f"leavers_{cause}"] for cause in CAUSES)
    assert np.array_equal(total, lines["closing"])
    assert np.array_equal(lines["moves_in"], lines["moves_out"])


def test_a_cap_on_apprentices_binds_as_where_everybody_is_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    capped = plan(
        "Capped",
        months=14,
        mentor_cap=0.05,
        programmes=(programme(size=60, cohorts=3, repeat_months=6, duration_months=24),),
    )
    draws, runs = 400, []
    for crowd in (10**9, 1):
        monkeypatch.setattr(engine, "CROWD", crowd)
        runs.append(simulate(_opening(), _rates(), [capped], draws=draws, continuing=CONTINUING))
    started = [run.values("Capped", "apprentices_started", "cyber")[:, :14] for run in runs]
    for month in (0, 6, 12):
        a, b = (each[:, month].astype(float) for each in started)
        error = max(float((a - b).std()), 0.05) / np.sqrt(draws)
        # Four standard errors, and a tenth of an apprentice for rounding to whole colleagues.
        assert abs(a.mean() - b.mean()) <= 4 * error + 0.1, month
    # The first cohort is cut short by the cap, so that it is the cap that is compared.
    assert 0 < started[0][:, 0].mean() < 60


def test_what_cannot_be_counted_is_followed_where_it_can_be_and_else_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course = programme(
        trainee=Trainee.EXISTING_STAFF, from_family="data", no_post=NoPost.REDEPLOY, size=4
    )
    trained: Plan = plan("Trained", months=6, programmes=(course,))
    monkeypatch.setattr(engine, "CROWD", 1)
    followed = simulate(_opening(), _rates(), [trained], draws=10, continuing=CONTINUING)
    monkeypatch.setattr(engine, "CROWD", 10**9)
    same = simulate(_opening(), _rates(), [trained], draws=10, continuing=CONTINUING)
    assert np.array_equal(
        followed.values("Trained", "headcount"), same.values("Trained", "headcount")
    )
    monkeypatch.setattr(engine, "CROWD", 1)
    monkeypatch.setattr(engine, "FOLLOWED", 1)
    with pytest.raises(UserError, match="reskilling between families"):
        simulate(_opening(), _rates(), [trained], draws=10, continuing=CONTINUING)
