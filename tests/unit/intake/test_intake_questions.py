"""What is ambiguous is asked, with the effect of each answer, and answers are followed."""

from datetime import date

import numpy as np
import pytest
from intake_files import STAFF_HEAD, read, read_rows, rules, staff, text_file

from workforce.intake import Extract, Mapping, TableMapping
from workforce.intake.questions import Question
from workforce.intake.units import full_time_week, to_unit, unit_of

DATED = ["Employee Number", "Job Title", "Start Date", "Leaving Date"]


def topics(extract: Extract) -> dict[str, Question]:
    return {each.topic: each for each in extract.questions}


def ambiguous(mapping: Mapping | None = None) -> Extract:
    rows = [[1000 + n, "Data Analyst", "03/04/2019", "05/12/2026" if n == 3 else ""]
            for n in range(8)]  # fmt: skip
    return read(("list.csv", text_file([DATED, *rows])), mapping=mapping)


def test_day_or_month_first_is_asked_with_what_follows_from_either() -> None:
    asked = topics(ambiguous())["date_order"]
    assert "03/04/2019" in asked.text
    assert "9 dates" in asked.why
    assert asked.taken == "dmy"
    assert not asked.answered
    effects = {each.value: each.effect for each in asked.choices}
    assert effects["dmy"].startswith("03/04/2019 is 3 April 2019")
    assert "1 dates would lie in the future" in effects["dmy"], "5 December 2026 is to come"
    assert effects["mdy"] == "03/04/2019 is 4 March 2019."


def test_an_answer_about_dates_is_followed_and_stays_changeable() -> None:
    extract = ambiguous(Mapping(date_order="mdy"))
    assert extract.people["start_date"].dt.month.unique().tolist() == [3]
    asked = topics(extract)["date_order"]
    assert asked.answered
    assert asked.taken == "mdy"


def test_dates_that_say_their_order_are_not_asked_about() -> None:
    rows = [[1000 + n, "Data Analyst", "23/04/2019", ""] for n in range(8)]
    assert "date_order" not in topics(read(("list.csv", text_file([DATED, *rows]))))


def hours_as_fte(mapping: Mapping | None = None) -> Extract:
    rows = [staff(n, fte=18.5 if n < 2 else 37) for n in range(10)]
    return read_rows([STAFF_HEAD, *rows], mapping=mapping)


def test_hours_in_a_column_of_fte_are_asked_about_with_the_total_each_way() -> None:
    extract = hours_as_fte()
    asked = topics(extract)["unit"]
    assert asked.column == "FTE"
    assert "reach 37" in asked.why
    assert asked.taken == "hours"
    effects = {each.value: each.effect for each in asked.choices}
    assert effects["hours"] == "10 people are 9.0 FTE, 0.90 each."
    assert effects["percent"] == "10 people are 3.3 FTE, 0.33 each."
    assert extract.people["fte"].sum() == pytest.approx(9.0)
    assert "fte-hours" in rules(extract)


def test_an_answer_about_the_unit_is_followed() -> None:
    said = TableMapping(sheet="Staff", file="staff.xlsx", units={"FTE": "percent"})
    extract = hours_as_fte(Mapping(tables=(said,)))
    assert extract.people["fte"].max() == pytest.approx(0.37)
    assert topics(extract)["unit"].answered


def test_percentages_that_reach_a_hundred_are_not_asked_about() -> None:
    rows = [staff(n, fte=100 if n % 2 else 60) for n in range(8)]
    extract = read_rows([STAFF_HEAD, *rows])
    assert "unit" not in topics(extract)
    assert extract.people["fte"].max() == 1.0


def test_pay_of_an_unknown_unit_is_asked_about_and_not_used_until_answered() -> None:
    head = [*STAFF_HEAD, "Pay"]
    rows = [[*staff(n), 15.0 + n] for n in range(5)]
    extract = read_rows([head, *rows])
    asked = topics(extract)["unit"]
    assert asked.taken == "not used"
    assert extract.people["salary"].isna().all()
    effects = {each.value: each.effect for each in asked.choices}
    assert effects["an hour"] == "A typical pay is £32,820 a year.", "17 x 37 hours x 52.18 weeks"
    assert effects["a month"] == "A typical pay is £204 a year."
    said = TableMapping(sheet="Staff", file="staff.xlsx", units={"Pay": "an hour"})
    hourly = read_rows([head, *rows], mapping=Mapping(tables=(said,)))
    assert hourly.people["salary"].iloc[0] == pytest.approx(15 * 37 * 365.25 / 7)


def test_the_day_of_the_files_is_asked_where_only_events_tell_it() -> None:
    rows = [[1000 + n, "Data Analyst", date(2020, 1, 1 + n), None] for n in range(5)]
    rows.append([1010, "Data Analyst", date(2020, 5, 1), date(2026, 12, 24)])
    asked = topics(read_rows([DATED, *rows]))["as_of"]
    assert asked.taken == "2020-05-01", "the latest event that is not in the future"
    assert "best sign" in asked.why
    effects = {each.value: each.effect for each in asked.choices}
    assert "1 known leavers" in effects["2020-05-01"]
    assert "2026-11-01" in effects, "today can be chosen"


def test_the_day_is_not_asked_where_a_title_says_it() -> None:
    rows = [["As at 30 September 2026"], [], STAFF_HEAD, *[staff(n) for n in range(5)]]
    assert "as_of" not in topics(read_rows(rows))


def test_a_day_somebody_set_is_shown_as_answered() -> None:
    extract = read_rows(
        [STAFF_HEAD, *[staff(n) for n in range(5)]], mapping=Mapping(as_of=date(2026, 6, 30))
    )
    assert topics(extract)["as_of"].answered
    assert extract.as_of == date(2026, 6, 30)


def test_the_same_question_about_several_sheets_is_asked_once() -> None:
    from intake_files import book

    head = [*STAFF_HEAD, "Pay"]
    sheet = [head, *[[*staff(n), 15.0 + n] for n in range(5)]]
    other = [head, *[[*staff(50 + n), 14.0 + n] for n in range(5)]]
    extract = read(("two.xlsx", book({"North": sheet, "South": other})))
    (asked,) = [each for each in extract.questions if each.topic == "unit"]
    assert asked.places == (("two.xlsx", "North", 1), ("two.xlsx", "South", 1))


@pytest.mark.parametrize(
    ("field", "heading", "values", "unit", "sure"),
    [
        ("salary", "Annual Salary", [25_000, 31_000], "a year", True),
        ("salary", "Salary", [2_500, 3_100], "not used", False),
        ("salary", "Monthly pay", [2_500, 3_100], "a month", True),
        ("salary", "Hourly rate", [14.5, 16], "an hour", True),
        ("fte", "FTE", [1, 0.6], "share", True),
        ("fte", "FTE %", [80, 60], "percent", True),
        ("fte", "FTE", [80, 60], "percent", False),
        ("fte", "Contracted hours", [37, 18.5], "hours", True),
        ("hours", "Weekly hours", [37, 18.5], "hours", True),
        ("hours", "Hours", [160, 160], "hours a month", False),
        ("hours", "Annual hours", [1924, 962], "hours a year", True),
    ],
)
def test_units_are_told_by_heading_and_size(
    field: str, heading: str, values: list[float], unit: str, sure: bool
) -> None:
    found = unit_of(field, heading, np.array(values, dtype=float))
    assert (found.name, found.sure) == (unit, sure)
    assert sure or found.why, "what is doubtful is said"


def test_units_turn_into_shares_weeks_and_years() -> None:
    one = np.array([1.0])
    assert to_unit(37 * one, "fte", "hours", week=37)[0] == 1
    assert to_unit(50 * one, "fte", "percent")[0] == 0.5
    assert to_unit(1924 * one, "hours", "hours a year")[0] == pytest.approx(36.87, abs=0.01)
    assert to_unit(100 * one, "salary", "a day")[0] == pytest.approx(26_089, abs=1)
    assert np.isnan(to_unit(one, "salary", "not used")[0])
    assert full_time_week(np.array([36.0, 36, 20])) == 36
    assert full_time_week(np.array([20.0, 20])) == 37, "no full week among them"
