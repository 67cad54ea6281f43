"""The simulated council as a whole: it balances, and what happens is what the hazards say."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.domain.months import month_of, parse_month
from workforce.sample import SampleParameters, Simulated, simulate, simulate_people
from workforce.sample.parameters import FAMILIES

IN_POST = ["permanent", "fixed_term"]


@pytest.fixture(scope="module")
def council() -> Simulated:
    return simulate()


@pytest.fixture(scope="module")
def county() -> Simulated:
    return simulate(size=12_000, seed=3)


def staff(simulated: Simulated) -> pd.DataFrame:
    return simulated.people[simulated.people["contract"].isin(IN_POST)]


def headcount(people: pd.DataFrame, day: date) -> int:
    at = pd.Timestamp(day)
    return int(((people["joined_date"] <= at) & ~(people["leave_date"] <= at)).sum())


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    size=st.integers(50, 900),
    years=st.integers(1, 4),
    seed=st.integers(0, 10_000),
    month=st.integers(0, 23),
)
def test_stocks_and_flows_balance_every_month(size: int, years: int, seed: int, month: int) -> None:
    as_of = (pd.Timestamp("2025-01-01") + pd.offsets.MonthEnd(month + 1)).date()
    simulated = simulate(size=size, years=years, seed=seed, as_of=as_of)
    people = staff(simulated)
    months = simulated.truth["monthly"]
    assert len(months) == 12 * years
    for before, now in pairwise(months):
        assert now["headcount"] == before["headcount"] + now["joined"] - now["left"]
    # The records alone give the same headcount that was counted in the posts.
    for record in (months[0], months[-1]):
        start = pd.Timestamp(f"{record['month']}-01")
        assert headcount(people, (start + pd.offsets.MonthEnd(0)).date()) == record["headcount"]


@settings(max_examples=10, deadline=None, derandomize=True)
@given(size=st.integers(50, 600), seed=st.integers(0, 10_000))
def test_dates_are_in_order_and_in_the_window(size: int, seed: int) -> None:
    simulated = simulate(size=size, years=2, seed=seed)
    people, (first, last) = simulated.people, map(pd.Timestamp, simulated.window)
    gone = people["leave_date"].notna()
    assert (people.loc[gone, "start_date"] < people.loc[gone, "leave_date"]).all()
    assert (people.loc[gone, "leave_date"] >= first).all()
    # Beyond the extract only notice already given: within the four months looked ahead.
    assert (people.loc[gone, "leave_date"] <= last + pd.DateOffset(months=4)).all()
    assert (people["start_date"] <= people["role_start_date"]).all()
    age = (people["start_date"] - people["birth_date"]).dt.days / 365.25
    assert age.between(15, 71).all()
    assert people.loc[gone, "cause"].ne("").all()
    assert people.loc[~gone, "cause"].eq("").all()
    rounds = simulated.requisitions
    assert (rounds["opened_date"].between(first, last)).all()
    ended = rounds["closed_date"].notna()
    assert (rounds.loc[ended, "opened_date"] < rounds.loc[ended, "closed_date"]).all()
    assert (rounds.loc[ended, "closed_date"] <= last).all()
    assert (rounds["outcome"].eq("open") == ~ended).all()
    assert (rounds["start_date"].notna() == rounds["outcome"].eq("filled")).all()


def test_the_same_seed_gives_the_same_people_and_another_seed_others(council: Simulated) -> None:
    again, other = simulate(), simulate(seed=2027)
    for name in ("people", "posts", "requisitions", "apprentices", "agency"):
        pd.testing.assert_frame_equal(getattr(council, name), getattr(again, name))
    assert council.truth == again.truth
    assert not council.people["birth_date"].head(50).equals(other.people["birth_date"].head(50))
    pd.testing.assert_frame_equal(simulate_people(), council.people)


def test_the_council_has_about_the_size_and_families_asked_for(council: Simulated) -> None:
    in_post = council.truth["realised"]["in_post"]
    assert sum(in_post.values()) == pytest.approx(2400, rel=0.04)
    for family, wanted in zip(FAMILIES, SampleParameters().people(2400), strict=True):
        assert in_post[family] == pytest.approx(wanted, rel=0.25), f"{family} is far off"
    digital = sum(in_post[family] for family in FAMILIES[:4])
    assert digital == pytest.approx(140, rel=0.12)


def test_every_digital_family_has_vacancies_and_leavers_to_show(council: Simulated) -> None:
    told = council.truth["realised"]
    for family in FAMILIES[:4]:
        assert told["vacant_posts"][family] > 0
        assert told["leavers"][family]["voluntary"] > 5


def test_realised_counts_are_those_of_the_records(council: Simulated) -> None:
    people, told = staff(council), council.truth["realised"]
    first, last = map(pd.Timestamp, council.window)
    left = people[people["leave_date"].between(first, last)]
    for family in FAMILIES:
        counted = left.loc[left["family"] == family, "cause"].value_counts()
        assert {k: v for k, v in told["leavers"][family].items() if v} == counted.to_dict()
    by_year: dict[str, int] = dict.fromkeys(FAMILIES, 0)
    for year in told["leavers_by_year"]:
        for family in FAMILIES:
            by_year[family] += sum(year.get(family, {}).values())
    assert by_year == {f: sum(told["leavers"][f].values()) for f in FAMILIES}
    vacant = council.posts["status"].eq("Vacant").sum()
    assert len(council.posts) - vacant == sum(told["in_post"].values())
    assert len(council.posts) - vacant == headcount(people, council.as_of)


def test_people_in_post_and_filled_posts_are_the_same(council: Simulated) -> None:
    people, at = staff(council), pd.Timestamp(council.as_of)
    here = people[(people["joined_date"] <= at) & ~(people["leave_date"] <= at)]
    filled = council.posts[council.posts["status"] == "Filled"].set_index("post")
    assert sorted(here["post"]) == sorted(filled.index)
    assert (filled.loc[here["post"], "job_title"].to_numpy() == here["job_title"].to_numpy()).all()
    assert (here["fte"].to_numpy() <= filled.loc[here["post"], "establishment_fte"]).all()


def person_years(people: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> float:
    start = people["joined_date"].clip(lower=first)
    end = people["leave_date"].clip(upper=last).fillna(last)
    return float((end - start).dt.days.clip(lower=0).sum() / 365.25)


def test_records_carry_the_exposure_that_the_truth_counted(county: Simulated) -> None:
    first, last = map(pd.Timestamp, county.window)
    told = sum(county.truth["realised"]["person_years_at_risk"].values())
    # The truth counts a leaver's last month in full, the records to the day: half a month each.
    left = sum(sum(c.values()) for c in county.truth["realised"]["leavers"].values())
    assert person_years(staff(county), first, last) == pytest.approx(told - left / 24, rel=0.002)


def resignation_scores(told: dict[str, Any], truth: dict[str, Any]) -> list[float]:
    expected = told["expected_resignations"]
    return [
        (truth["realised"]["leavers"][family]["voluntary"] - expected[family])
        / np.sqrt(expected[family])
        for family in FAMILIES
    ]


def test_resignations_agree_with_their_hazards_family_by_family() -> None:
    # Observed less expected is a martingale whose variance is about the expected number.
    scores = []
    for seed in range(8):
        truth = simulate(size=1500, years=3, seed=seed).truth
        scores += resignation_scores(truth["realised"], truth)
    assert np.mean(scores) == pytest.approx(0, abs=3.5 / np.sqrt(len(scores))), scores
    assert np.mean(np.square(scores)) == pytest.approx(1, abs=0.75), scores
    assert np.max(np.abs(scores)) < 4, scores


def test_other_exits_happen_at_the_stated_hazard(county: Simulated) -> None:
    told = county.truth["realised"]
    years = sum(told["person_years_at_risk"].values())
    other = sum(told["leavers"][family]["other"] for family in FAMILIES)
    expected = years * SampleParameters().other_annual
    assert other == pytest.approx(expected, abs=4 * np.sqrt(expected)), "hazard of other exits"


def test_retirements_follow_age(county: Simulated) -> None:
    people = staff(county)
    retired = people[people["cause"] == "retirement"]
    age = (retired["leave_date"] - retired["birth_date"]).dt.days / 365.25
    assert (age >= 60).mean() > 0.6
    assert (age < 55).mean() < 0.1


def test_first_years_see_more_resignations_than_long_service(county: Simulated) -> None:
    people = staff(county)
    quits = people[people["cause"] == "voluntary"]
    tenure = (quits["leave_date"] - quits["start_date"]).dt.days / 365.25
    # 13% of the people are in their first year; at 1.7 times the hazard they give more than that.
    assert (tenure < 1).mean() > 0.16


def test_half_of_the_fixed_terms_end_at_their_date(county: Simulated) -> None:
    people, at = staff(county), pd.Timestamp(county.as_of)
    ended = people[people["cause"].eq("end_of_contract") & (people["leave_date"] <= at)]
    assert (ended["leave_date"] == ended["contract_end_date"]).all()
    assert len(ended) > 100
    open_terms = people[people["contract"].eq("fixed_term") & people["leave_date"].isna()]
    assert (open_terms["contract_end_date"] > at).all(), "no contract has run out unnoticed"


def test_rounds_end_as_often_in_each_way_as_stated(county: Simulated) -> None:
    rounds = county.requisitions[county.requisitions["family"] == "not_digital"]
    # Only rounds opened a year before the extract have all had time to end.
    old = rounds[rounds["opened_date"] < pd.Timestamp(county.as_of) - pd.DateOffset(years=1)]
    share = old["outcome"].value_counts(normalize=True)
    spread = 4 * np.sqrt(0.75 * 0.25 / len(old))
    assert share["filled"] == pytest.approx(0.75, abs=spread + 0.01)
    days = (old["start_date"] - old["opened_date"]).dt.days
    # The start waits for a Monday: 3 days more in the mean than the stated median of 80.
    assert days.median() == pytest.approx(83, abs=4)


def test_vacancies_settle_near_the_share_expected_from_turnover_and_time_to_hire(
    county: Simulated,
) -> None:
    told, hiring = county.truth["realised"], county.truth["hiring"]
    for family in ("data", "transformation", "not_digital"):
        posts = told["in_post"][family] + told["vacant_posts"][family]
        share = told["vacant_posts"][family] / posts
        expected = hiring["expected_vacancy_share"][family]
        assert share == pytest.approx(expected, abs=0.02 + 3 * np.sqrt(expected / posts))


def test_apprentices_withdraw_achieve_and_convert_as_stated() -> None:
    many = replace(SampleParameters(), apprentice_starts=0.3)
    trainees = pd.concat(simulate(many, size=3000, seed=s).apprentices for s in (11, 12, 13))
    ended = trainees[
        (trainees["start_date"] < "2023-01-01") & (trainees["start_date"] >= "2021-10-01")
    ]
    recruits = ended[ended["trainee"] == "new_recruit"]
    assert (recruits["outcome"] != "in_training").mean() > 0.97
    achieved = (recruits["outcome"] == "achieved").mean()
    spread = 4 * np.sqrt(0.6 * 0.4 / len(recruits))
    assert achieved == pytest.approx(0.6, abs=spread), f"{achieved:.2f} of {len(recruits)} achieved"
    withdrawn = recruits[recruits["outcome"].str.startswith("withdrawn")]
    stayed = (withdrawn["outcome"] == "withdrawn_stayed").mean()
    assert stayed == pytest.approx(0.44, abs=4 * np.sqrt(0.25 / len(withdrawn)))
    done = recruits[recruits["outcome"] == "achieved"]
    converted = done["destination"].eq("Converted to substantive post").mean()
    # The offer rate is a ceiling: some offers meet no vacancy.
    assert 0.4 < converted < 0.75 + 4 * np.sqrt(0.25 / len(done))


def test_converted_apprentices_keep_their_service_and_join_when_they_take_the_post(
    council: Simulated,
) -> None:
    done = council.apprentices[
        council.apprentices["destination"].eq("Converted to substantive post")
        & council.apprentices["trainee"].eq("new_recruit")
    ]
    assert len(done) > 3
    people = council.people.set_index("employee_number").loc[done["employee_number"]]
    assert (people["start_date"].to_numpy() == done["start_date"].to_numpy()).all()
    assert (people["joined_date"] >= done["leave_date"].to_numpy()).all()


def test_the_restructure_takes_people_and_their_posts_on_one_day(council: Simulated) -> None:
    people = staff(council)
    event = people[people["cause"] == "organisational_event"]
    assert set(event["leave_date"].dt.date) == {date(2025, 3, 31)}
    assert not set(event["post"]) & set(council.posts["post"])
    assert 30 <= len(event) <= 70


def test_known_exits_and_starts_lie_beyond_the_extract_and_are_few(council: Simulated) -> None:
    people, at = staff(council), pd.Timestamp(council.as_of)
    leaving, starting = people[people["leave_date"] > at], people[people["joined_date"] > at]
    assert 5 < len(leaving) < 80
    assert 5 < len(starting) < 80
    assert set(leaving["source"]) | set(starting["source"]) == {"staff"}
    promised = council.requisitions.loc[
        council.requisitions["start_date"] > at, ["post", "start_date"]
    ]
    offers = set(zip(promised["post"], promised["start_date"], strict=True))
    assert set(zip(starting["post"], starting["start_date"], strict=True)) <= offers


def test_moves_between_families_are_few(council: Simulated) -> None:
    told = council.truth["realised"]
    assert told["moves_between_families"] <= 25
    assert told["moves_within_families"] > told["moves_between_families"]


def test_resigning_peaks_in_summer_and_rests_in_december(county: Simulated) -> None:
    months = pd.DataFrame(county.truth["monthly"])
    calendar = months["month"].map(parse_month) % 12
    by_month = months.groupby(calendar)["left_voluntary"].sum()
    assert by_month[7] > by_month.mean() > by_month[11]
    assert months["month"].map(parse_month).tolist() == list(
        range(month_of(county.window[0]), month_of(county.window[1]) + 1)
    )
