"""What stands in an extract that is put back to an earlier date, row by row."""

from datetime import date

import pandas as pd
import pytest
from assurance_cases import extract_of
from history_frames import APPRENTICE, POST, REQUISITION, frame, people

from workforce.assurance import as_known
from workforce.assurance.series import observe
from workforce.history import build_history

AS_OF, AT = date(2026, 3, 31), date(2025, 3, 31)
WINDOW = (date(2023, 4, 1), AS_OF)


def known_people(*rows: dict[str, object], **more: object) -> pd.DataFrame:
    extract = extract_of(people(*rows), AS_OF, WINDOW, **more)
    return as_known(extract, AT).people.set_index("person")


def test_who_left_later_is_in_post_and_who_left_before_is_not() -> None:
    found = known_people(
        {"start_date": "2020-01-01", "leave_date": "2025-04-01", "cause": "voluntary",
         "leave_reason": "Resigned"},
        {"start_date": "2020-01-01", "leave_date": "2025-03-31", "cause": "voluntary",
         "leave_reason": "Resigned"},
    )  # fmt: skip
    assert pd.isna(found.loc["p0", "leave_date"])
    assert found.loc["p0", ["cause", "leave_reason"]].tolist() == ["", ""]
    assert found.loc["p1", "cause"] == "voluntary"
    assert found.loc["p1", "leave_date"] == pd.Timestamp("2025-03-31")


def test_later_starters_are_not_there_and_unknown_starts_are() -> None:
    found = known_people({"start_date": "2025-04-01"}, {"start_date": "2025-03-31"}, {})
    assert list(found.index) == ["p1", "p2"]


def test_ends_of_terms_and_ages_are_taken_out() -> None:
    found = known_people(
        {"start_date": "2020-01-01", "contract": "fixed_term", "contract_end_date": "2025-06-30",
         "age_band": "60-64"},
    )  # fmt: skip
    assert pd.isna(found.loc["p0", "contract_end_date"])
    assert found.loc["p0", "age_band"] == "unknown"


def test_an_apprentice_who_took_a_post_later_was_still_in_training() -> None:
    row = {"start_date": "2023-09-01", "role_start_date": "2025-09-05"}
    training = frame(
        APPRENTICE,
        [{"start_date": "2023-09-01", "leave_date": "2025-09-01", "outcome": "achieved"}],
    )
    extract = extract_of(people(row), AS_OF, WINDOW, apprentices=training)
    known = as_known(extract, AT)
    assert known.people.empty
    assert known.apprentices["outcome"].tolist() == ["in_training"]
    assert known.apprentices["leave_date"].isna().all()


def test_requisitions_stand_as_they_stood() -> None:
    listed = frame(
        REQUISITION,
        [
            {"opened_date": "2025-01-10", "closed_date": "2025-05-01", "outcome": "failed"},
            {"opened_date": "2025-01-10", "closed_date": "2025-03-01", "outcome": "filled",
             "start_date": "2025-05-12"},
            {"opened_date": "2025-04-02", "closed_date": None, "outcome": "open"},
            {"opened_date": "2024-01-10", "closed_date": None, "outcome": "withdrawn"},
        ],
    )  # fmt: skip
    known = as_known(extract_of(people({}), AS_OF, WINDOW, requisitions=listed), AT).requisitions
    assert known["outcome"].tolist() == ["open", "filled"], (
        "one not yet asked for is not there, and one that ended on an unknown day cannot be placed"
    )
    assert pd.isna(known["closed_date"].iloc[0])
    assert known["start_date"].iloc[1] == pd.Timestamp("2025-05-12"), "accepted by then"


def test_the_posts_list_of_today_was_not_known_then() -> None:
    posts = frame(POST, [{"establishment_fte": 4.0}])
    known = as_known(extract_of(people({}), AS_OF, WINDOW, posts=posts), AT)
    assert known.posts.empty
    assert known.as_of == AT
    assert known.window == (WINDOW[0], AT)


def test_snapshots_give_what_was_on_record_then() -> None:
    trail = pd.DataFrame(
        {
            "person": ["p0", "p0", "p1"],
            "seen": pd.to_datetime(["2024-12-31", "2025-12-31", "2025-12-31"]).astype(
                "datetime64[s]"
            ),
            "job_title": ["Analyst", "Lead", "Clerk"],
            "department": "ICT",
            "grade_band": ["practitioner", "lead", "entry"],
            "fte": [0.5, 1.0, 1.0],
            "contract": "permanent",
            "contract_end_date": pd.Series([pd.NaT] * 3, dtype="datetime64[s]"),
            "age_band": ["55-59", "60-64", "under 55"],
            "family": ["data", "cyber", "cyber"],
        }
    )
    found = known_people(
        {"start_date": "2020-01-01", "grade_band": "lead", "family": "cyber", "age_band": "60-64"},
        {"start_date": "2020-01-01", "grade_band": "entry", "age_band": "under 55"},
        trail=trail,
    )
    assert found.loc["p0", ["job_title", "family", "grade_band", "age_band", "fte"]].tolist() == [
        "Analyst", "data", "practitioner", "55-59", 0.5,
    ]  # fmt: skip
    assert found.loc["p1", "age_band"] == "unknown", "nothing was on record by then"


def test_today_is_no_earlier_date() -> None:
    with pytest.raises(ValueError, match="not before"):
        as_known(extract_of(people({}), AS_OF, WINDOW), AS_OF)


def test_observed_months_by_hand() -> None:
    staff = people(
        {"start_date": "2020-01-01", "leave_date": "2025-05-10", "cause": "voluntary"},
        {"start_date": "2020-01-01", "leave_date": "2025-05-31", "cause": "organisational_event"},
        {"start_date": "2025-06-15", "family": "data"},
        {"start_date": "2020-01-01"},
    )
    listed = frame(
        REQUISITION,
        [
            {"opened_date": "2023-05-01", "closed_date": "2023-06-01", "outcome": "failed"},
            {"opened_date": "2025-05-20", "closed_date": "2025-06-10", "start_date": "2025-07-01",
             "outcome": "filled"},
        ],
    )  # fmt: skip
    extract = extract_of(staff, AS_OF, WINDOW, requisitions=listed)
    seen = observe(extract, build_history(extract), ["cyber", "data"])
    may, june, july = (12 * 2025 + month for month in (4, 5, 6))
    assert seen.at("leavers", "cyber", may) == 1, "a redundancy is no leaver to forecast"
    assert seen.events[-1].sum() == 1
    assert [seen.at("headcount", name, june) for name in ("cyber", "data", "all")] == [1, 1, 2]
    assert seen.at("hires", "all", june) == 1
    assert [seen.at("vacancies", "cyber", m) for m in (may, june, july)] == [1, 1, 0], (
        "under way until the person starts"
    )
    assert pd.isna(seen.at("vacancies", "cyber", 12 * 2023 + 6)), "the list had only begun"
    assert seen.year("leavers", "all", may - 2) == 1
    assert pd.isna(seen.year("leavers", "all", 12 * 2025 + 6)), "not twelve months yet"


def counted(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    """Return counts of vacancies: last day, family, unit, number."""
    plain = {"measure": "vacancies", "span": "month", "part": "", "job_title": "", "row": 1,
             "department": "", "grade": "", "group": "", "file": "f", "sheet": "s"}  # fmt: skip
    made = [
        plain | {"last_day": pd.Timestamp(day), "family": family, "unit": unit, "number": number}
        for day, family, unit, number in rows
    ]
    return pd.DataFrame(made).astype({"last_day": "datetime64[s]"})


def test_vacancies_counted_by_month_are_a_history_where_no_recruitment_is_listed() -> None:
    counts = counted(
        ("2025-01-31", "cyber", "fte", 3.5), ("2025-01-31", "data", "fte", 2.0),
        ("2025-01-31", "data", "people", 3.0), ("2025-02-28", "cyber", "fte", 4.0),
        ("2025-04-30", "cyber", "fte", 9.0), ("2025-01-31", "other_digital", "fte", 50.0),
    )  # fmt: skip
    staff = people({"start_date": "2020-01-01", "family": "cyber"})
    extract = extract_of(staff, AS_OF, WINDOW, counts=counts)
    seen = observe(extract, build_history(extract), ["cyber", "data"])
    assert seen.vacancies_are == "vacancies counted month by month"
    assert seen.at("vacancies", "cyber", 12 * 2025) == 3.5
    assert seen.at("vacancies", "all", 12 * 2025) == 5.5, "in one unit, of the families asked for"
    assert seen.at("vacancies", "data", 12 * 2025 + 1) == 0.0, "counted, and none there"
    assert pd.isna(seen.at("vacancies", "all", 12 * 2025 + 2)), "not counted in March"
    assert seen.at("vacancies", "all", 12 * 2025 + 3) == 9.0
    then = as_known(extract, AT)
    assert len(then.counts) == 5
    assert pd.isna(
        observe(then, build_history(then), ["cyber"]).at("vacancies", "all", 12 * 2025 + 3)
    )


def test_without_any_history_of_vacancies_that_is_said() -> None:
    extract = extract_of(people({"start_date": "2020-01-01"}), AS_OF, WINDOW)
    assert observe(extract, build_history(extract), ["cyber"]).vacancies_are == ""
