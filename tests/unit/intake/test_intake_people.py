"""Lists of people to records: nothing lost in silence, nobody counted twice."""

from datetime import date

import pandas as pd
import pytest
from intake_files import (
    STAFF_HEAD,
    assert_accounted,
    book,
    fields,
    read,
    read_rows,
    rules,
    staff,
)

LEAVER_HEAD = ["Employee Number", "Job Title", "Start Date", "Leaving Date", "Reason for Leaving"]


def both(staff_rows: list[list[object]], leaver_rows: list[list[object]]):  # type: ignore[no-untyped-def]
    content = book({"Staff": [STAFF_HEAD, *staff_rows], "Leavers": [LEAVER_HEAD, *leaver_rows]})
    return read(("hr.xlsx", content))


def leaver(number: int, start: date, left: date, reason: str = "Resignation") -> list[object]:
    return [f"{1000 + number}", "Planning Officer", start, left, reason]


def test_the_same_person_in_both_lists_is_one_record() -> None:
    start = date(2018, 1, 8)
    extract = both(
        [*[staff(n) for n in range(9)], staff(20, start=start)],
        [leaver(20, start, date(2026, 10, 31)), leaver(50, start, date(2024, 5, 1))],
    )
    twenty = extract.people[extract.people["leave_date"] == pd.Timestamp("2026-10-31")]
    assert len(extract.people) == 11
    assert len(twenty) == 1
    assert twenty.iloc[0][["source", "cause", "leave_reason"]].tolist() == [
        "staff",
        "voluntary",
        "Resignation",
    ]
    assert "in-both-lists" in rules(extract)
    assert_accounted(extract)


def test_somebody_who_came_back_has_two_spells() -> None:
    extract = both(
        [*[staff(n) for n in range(9)], staff(20, start=date(2024, 1, 8))],
        [leaver(20, date(2018, 1, 8), date(2022, 5, 1))],
    )
    spells = extract.people[extract.people["person"].duplicated(keep=False)]
    assert len(spells) == 2
    assert spells["leave_date"].notna().sum() == 1


def test_several_assignments_of_one_person_are_kept_apart() -> None:
    rows = [*[staff(n) for n in range(9)]]
    rows += [staff(20, title="Cleaner", fte=0.4), staff(20, title="Cook", fte=0.5)]
    people = read_rows([STAFF_HEAD, *rows]).people
    twice = people[people["person"].duplicated(keep=False)]
    assert sorted(twice["job_title"]) == ["Cleaner", "Cook"]
    assert twice["fte"].sum() == pytest.approx(0.9)


def test_a_repeated_row_is_left_out_and_named() -> None:
    extract = read_rows([STAFF_HEAD, *[staff(n) for n in range(9)], staff(3)])
    assert [(each.row, each.reason) for each in extract.left_out] == [
        (11, "It repeats an earlier row.")
    ]
    assert_accounted(extract)


def test_an_end_before_the_start_is_left_out_and_named() -> None:
    rows = [leaver(n, date(2018, 1, 1), date(2025, 1, 1 + n)) for n in range(9)]
    rows.append(leaver(30, date(2020, 1, 1), date(2019, 1, 1)))
    extract = read_rows([LEAVER_HEAD, *rows], sheet="Leavers")
    assert extract.left_out[0].row == 11
    assert "end-before-start" in rules(extract)
    assert_accounted(extract)


def test_known_starters_and_known_exits_are_kept() -> None:
    head = [*STAFF_HEAD, "Leaving Date"]
    rows = [[*staff(n), ""] for n in range(9)]
    rows.append([*staff(20, start=date(2026, 12, 1)), ""])
    rows.append([*staff(21), date(2026, 11, 30)])
    extract = read_rows([["As at 30 September 2026"], head, *rows])
    assert {"future-start", "known-exit"} <= rules(extract)
    assert len(extract.people) == 11


def test_fte_from_percentages_words_and_hours() -> None:
    rows = [staff(n, fte=f"{value}") for n, value in enumerate(["80%", "100%", "50%", "100%"])]
    assert read_rows([STAFF_HEAD, *rows]).people["fte"].tolist() == [0.8, 1.0, 0.5, 1.0]
    rows = [staff(n, fte=value) for n, value in enumerate([80, 100, 50, 100])]
    assert read_rows([STAFF_HEAD, *rows]).people["fte"].tolist() == [0.8, 1.0, 0.5, 1.0]
    rows = [staff(n, fte=value) for n, value in enumerate(["0.8 FTE", "Full time", 0.5, 1])]
    assert read_rows([STAFF_HEAD, *rows]).people["fte"].tolist() == [0.8, 1.0, 0.5, 1.0]


def test_hours_become_fte_by_the_most_usual_week() -> None:
    head = [*STAFF_HEAD[:4], "Contracted Hours", "Start Date"]
    rows = [staff(n, fte=value) for n, value in enumerate([36.25, 36.25, 36.25, 29, 14.5])]
    extract = read_rows([head, *rows])
    assert extract.people["fte"].tolist() == pytest.approx([1, 1, 1, 0.8, 0.4])
    assert "fte-from-hours" in rules(extract)


def test_single_hours_among_fte_are_divided_and_named() -> None:
    rows = [staff(n) for n in range(9)]
    rows.append(staff(20, fte=18.5))
    extract = read_rows([STAFF_HEAD, *rows])
    finding = next(each for each in extract.findings if each.rule == "fte-hours-mixed")
    assert finding.rows == (11,)
    assert extract.people["fte"].iloc[-1] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("value", "rule"), [(-0.5, "fte-negative"), (0, "fte-zero"), (1.5, "fte-too-large")]
)
def test_an_impossible_fte_is_named_and_counts_as_one(value: float, rule: str) -> None:
    extract = read_rows([STAFF_HEAD, *[staff(n) for n in range(9)], staff(20, fte=value)])
    finding = next(each for each in extract.findings if each.rule == rule)
    assert finding.rows == (11,)
    assert extract.people["fte"].iloc[-1] == 1.0
    assert extract.people["fte"].between(0.01, 1.2).all()


def test_the_order_of_day_and_month_is_told_by_the_column_its_siblings_or_said() -> None:
    head = ["Employee Number", "Job Title", "Start Date", "Leaving Date"]

    def rows(starts: list[str], ends: list[str]) -> list[list[str]]:
        return [[f"{n}", "Clerk", a, b] for n, (a, b) in enumerate(zip(starts, ends, strict=True))]

    own = read_rows([head, *rows(["03/28/2019", "03/04/2019"], ["", ""])])
    assert own.people["start_date"].dt.month.tolist() == [3, 3]
    sibling = read_rows([head, *rows(["03/04/2019", "05/04/2019"], ["12/31/2020", "01/30/2021"])])
    assert sibling.people["start_date"].dt.month.tolist() == [3, 5]
    open_question = read_rows([head, *rows(["03/04/2019", "05/06/2019"], ["", ""])])
    assert open_question.people["start_date"].dt.month.tolist() == [4, 6]
    finding = next(f for f in open_question.findings if f.rule == "date-order-assumed")
    assert finding.severity == "warning"
    assert "mapping" in finding.advice


def test_text_in_a_date_column_is_named_not_swallowed() -> None:
    rows = [staff(n) for n in range(9)]
    rows.append(staff(20, start="ask Jo"))
    extract = read_rows([STAFF_HEAD, *rows])
    finding = next(each for each in extract.findings if each.rule == "date-unreadable")
    assert finding.rows == (11,)
    assert finding.column == "Start Date"
    assert len(extract.people) == 10, "the person is kept"


def test_monthly_pay_is_made_yearly_and_hourly_pay_is_asked_about() -> None:
    head = [*STAFF_HEAD, "Monthly Salary"]
    monthly = read_rows([head, *[[*staff(n), 2500 + n] for n in range(5)]])
    assert monthly.people["salary"].iloc[0] == 30_000
    head = [*STAFF_HEAD, "Pay Rate"]
    hourly = read_rows([head, *[[*staff(n), 15.5 + n] for n in range(5)]])
    assert hourly.people["salary"].isna().all()
    assert "pay-unit" in rules(hourly)


def test_yes_under_attrition_without_dates_is_left_out_and_said() -> None:
    head = ["EmployeeNumber", "Attrition", "Age", "Department", "JobRole", "YearsAtCompany"]
    rows = [[n, "Yes" if n < 3 else "No", 30 + n, "Sales", "Manager", n] for n in range(12)]
    extract = read_rows([head, *rows], sheet="Sheet1")
    assert len(extract.people) == 9
    assert {"leaver-undated", "start-from-tenure", "no-leavers"} <= rules(extract)
    assert extract.window is None
    assert_accounted(extract)


def test_internal_moves_in_a_list_of_leavers_are_no_leavers() -> None:
    rows = [leaver(n, date(2018, 1, 1), date(2025, 1, 1 + n)) for n in range(9)]
    rows.append(leaver(30, date(2018, 1, 1), date(2025, 3, 1), "Internal transfer"))
    extract = read_rows([LEAVER_HEAD, *rows], sheet="Leavers")
    assert len(extract.people) == 9
    assert "not-a-leaver" in rules(extract)
    assert_accounted(extract)


def test_a_reason_that_says_nothing_is_an_unknown_cause_not_a_guess() -> None:
    rows = [leaver(n, date(2018, 1, 1), date(2025, 1, 1 + n), "XQ7") for n in range(9)]
    extract = read_rows([LEAVER_HEAD, *rows], sheet="Leavers")
    assert extract.people["cause"].tolist() == [""] * 9
    assert "cause-unknown" in rules(extract)


def test_the_window_opens_with_the_month_of_the_first_leaver() -> None:
    rows = [leaver(n, date(2018, 1, 1), date(2024, 1 + n, 15)) for n in range(9)]
    extract = both([staff(n) for n in range(100, 109)], rows)
    assert extract.window is not None
    assert extract.window[0] == date(2024, 1, 1)
    assert extract.window[1] == extract.as_of


def test_leading_zeros_of_identifiers_are_kept() -> None:
    rows = [staff(n, id=value) for n, value in enumerate(["0012", "12", "00012", "A12"])]
    extract = read_rows([STAFF_HEAD, *rows])
    assert extract.people["person"].nunique() == 4


def test_a_single_list_with_leavers_in_it_needs_no_second() -> None:
    head = [*STAFF_HEAD, "Termination Date", "Reason for Leaving"]
    rows = [[*staff(n), "", ""] for n in range(9)]
    rows += [[*staff(30 + n), date(2025, 2, 1 + n), "Retirement"] for n in range(4)]
    extract = read_rows([head, *rows])
    assert extract.tables[0].kind == "staff"
    assert extract.people["leave_date"].notna().sum() == 4
    assert fields(extract)["Termination Date"] == "leave_date"


@pytest.mark.parametrize(
    ("highest", "scale"), [(5, "tiers"), (9, "NHS"), (14, "council's grades"), (43, "pay spine")]
)
def test_bare_grade_numbers_are_a_guess_that_is_said(highest: int, scale: str) -> None:
    rows = [staff(number, grade=str(1 + number % highest)) for number in range(2 * highest)]
    extract = read_rows([STAFF_HEAD, *rows])
    finding = next(each for each in extract.findings if each.rule == "grade-scale-guessed")
    assert scale in finding.done
    named = [staff(number, grade=f"Band {1 + number % 8}") for number in range(16)]
    assert "grade-scale-guessed" not in rules(read_rows([STAFF_HEAD, *named]))
