"""Today's measures by hand."""

from datetime import date

import pytest
from history_frames import POST, Tables, frame, people

from workforce.domain.evidence import Evidence
from workforce.history import build_history, measures, profile

AS_OF = date(2025, 12, 31)


def tables(**more: object) -> Tables:
    """Four cyber people, of whom one left half-way and one came; one clerk."""
    rows = people(
        {"start_date": "2020-01-01"},
        {"start_date": "2020-01-01", "department": "Adults", "fte": 0.5},
        {"start_date": "2020-01-01", "leave_date": "2025-06-30", "cause": "voluntary"},
        {"start_date": "2025-07-01", "grade_band": "entry"},
        {"start_date": "2020-01-01", "family": "not_digital"},
    )
    return Tables(rows, as_of=AS_OF, window=(date(2024, 1, 1), AS_OF), **more)


def test_turnover_is_leavers_over_mean_headcount_of_the_last_twelve_months(
    evidence: Evidence,
) -> None:
    found = measures(build_history(tables()), evidence).set_index("family").loc["cyber"]
    assert found["headcount"] == 3
    assert found["leavers_12m"] == found["voluntary_12m"] == found["hires_12m"] == 1
    assert found["turnover_12m"] == pytest.approx(1 / 3), "three in post all year on average"
    assert found["months_observed"] == 12


def test_a_short_window_gives_a_rate_per_year(evidence: Evidence) -> None:
    short = Tables(tables().people, as_of=AS_OF, window=(date(2025, 6, 1), AS_OF))
    found = measures(build_history(short), evidence).set_index("family").loc["cyber"]
    assert found["months_observed"] == 7
    assert found["turnover_12m"] == pytest.approx(1 / (3 * 7 / 12))


def test_vacancies_and_totals_of_the_digital_families(evidence: Evidence) -> None:
    posts = frame(
        POST,
        [
            {"establishment_fte": 4.0},
            {"establishment_fte": 2.0, "family": "data"},
            {"establishment_fte": 0.6, "family": "not_digital"},
        ],
    )
    found = measures(build_history(tables(posts=posts)), evidence).set_index("family")
    assert found.loc["cyber", "vacancies_fte"] == pytest.approx(1.5)
    assert found.loc["data", "vacancy_rate"] == 1
    assert found.loc["not_digital", "vacancies_fte"] == 0
    assert found.loc["not_digital", "over_establishment_fte"] == pytest.approx(0.4)
    assert found.loc["all", "establishment_fte"] == 6, "the total is of digital families"
    assert found.loc["all", "vacancy_rate"] == pytest.approx(3.5 / 6)
    assert found.loc["all", "headcount"] == 3


def test_flows_that_were_not_observable_are_missing_not_zero(evidence: Evidence) -> None:
    alone = Tables(tables().people.head(2), as_of=AS_OF)
    found = measures(build_history(alone), evidence).set_index("family").loc["cyber"]
    assert found["headcount"] == 2
    assert found[["leavers_12m", "turnover_12m", "hires_12m"]].isna().all()


def test_other_splits_carry_stocks_and_leavers(evidence: Evidence) -> None:
    found = measures(build_history(tables()), evidence, by=("family", "department"))
    row = found[(found["family"] == "cyber") & (found["department"] == "ICT")].iloc[0]
    assert (row["headcount"], row["leavers_12m"]) == (2, 1)
    assert found["headcount"].sum() == 4


def test_profiles_are_in_natural_order_and_complete() -> None:
    history = build_history(tables())
    tenure = profile(history, "tenure")
    assert tenure[tenure["family"] == "cyber"]["band"].tolist() == ["6-12 months", "5-10 years"]
    for by in ("tenure", "age", "grade", "contract", "department"):
        assert profile(history, by)["people"].sum() == 4, f"the {by} profile loses somebody"
    with pytest.raises(ValueError, match="profiles exist for"):
        profile(history, "salary")
