"""Tables of numbers of people: what was counted, of whom and when; sheets that hold no records."""

import random
from datetime import date

import pandas as pd
import pytest
from intake_files import STAFF_HEAD, assert_accounted, book, read, read_rows, rules, staff

from workforce.intake import Extract, check_report
from workforce.intake.periods import read_period, years_named

TODAY = date(2026, 11, 1)
MONTHS = [date(2025, month, 1) for month in range(4, 13)] + [
    date(2026, month, 1) for month in range(1, 4)
]
NAMES = [month.strftime("%b-%y") for month in MONTHS]


def summed(extract: Extract, measure: str) -> dict[str, float]:
    some = extract.counts[extract.counts["measure"] == measure]
    sums = some.groupby("last_day")["number"].sum()
    return {day.date().isoformat(): value for day, value in sums.items()}


@pytest.mark.parametrize(
    ("text", "last", "span"),
    [
        ("Sep-25", "2025-09-30", "month"),
        ("Sept 2025", "2025-09-30", "month"),
        ("2025-09", "2025-09-30", "month"),
        ("30 September 2025", "2025-09-30", "day"),
        ("31/03/2024", "2024-03-31", "day"),
        ("2024/25", "2025-03-31", "financial year"),
        ("2024-2025", "2025-03-31", "financial year"),
        ("FY25", "2025-03-31", "financial year"),
        ("2024", "2024-12-31", "year"),
        ("Q2 2025", "2025-06-30", "quarter"),
        ("Q4 2024/25", "2025-03-31", "quarter"),
        ("Headcount Mar 2025", "2025-03-31", "month"),
    ],
)
def test_the_period_a_heading_names(text: str, last: str, span: str) -> None:
    found = read_period(text, TODAY)
    assert found is not None
    assert (found.last.isoformat(), found.span) == (last, span)


@pytest.mark.parametrize("text", ["Headcount", "Grade 7", "Margin", "12", "May do", "", "April"])
def test_headings_that_name_no_period(text: str) -> None:
    assert read_period(text, TODAY) is None


def test_a_month_without_a_year_takes_it_from_the_title() -> None:
    found = [read_period(name, TODAY, "Workforce 2025/26") for name in ("April", "March")]
    assert [each.last.isoformat() for each in found if each] == ["2025-04-30", "2026-03-31"]
    assert years_named("Leavers 2025/26") == (2025, 2026)
    assert years_named("2019 to 2026") is None


def test_a_column_a_month_becomes_a_series_without_its_totals() -> None:
    rows = [
        ["Headcount by family"],
        ["Family", *NAMES, "Total"],
        ["Data", *range(10, 22), 186],
        ["Cyber", *range(5, 17), 126],
        ["Total", *range(15, 39, 2), 312],
    ]
    extract = read_rows(rows, sheet="Summary")
    assert extract.tables[0].kind == "counts"
    assert len(extract.people) == 0
    assert set(extract.counts["measure"]) == {"headcount"}
    found = summed(extract, "headcount")
    assert found["2025-04-30"] == 15
    assert found["2026-03-31"] == 37
    assert len(found) == 12
    assert_accounted(extract)


def test_months_kept_as_the_first_of_each_are_months() -> None:
    rows = [
        ["Staff in post (FTE)"],
        ["Directorate", "Grade", *MONTHS],
        ["Place", "G7", *[1.5] * 12],
        ["People", "G7", *[2.0] * 12],
    ]
    extract = read_rows(rows, sheet="Sheet1")
    assert summed(extract, "fte")["2026-03-31"] == 3.5
    assert set(extract.counts["unit"]) == {"fte"}
    assert set(extract.counts["span"]) == {"month"}
    assert set(extract.counts["department"]) == {"Place", "People"}


def test_two_header_rows_give_year_and_measure() -> None:
    rows = [
        ["Workforce"],
        ["", "2023/24", "", "2024/25", ""],
        ["Department", "Headcount", "FTE", "Headcount", "FTE"],
        ["Digital", 12, 11.2, 14, 13.1],
        ["Legal", 2, 2, 3, 2.5],
    ]
    merged = {"S": [(1, 1, 1, 2, "2023/24"), (1, 3, 1, 4, "2024/25")]}
    extract = read(("x.xlsx", book({"S": rows}, merged)))
    assert summed(extract, "headcount") == {"2024-03-31": 14, "2025-03-31": 17}
    assert summed(extract, "fte") == {"2024-03-31": 13.2, "2025-03-31": 15.6}


def test_rows_may_say_what_is_counted() -> None:
    rows = [
        ["Workforce dashboard 2025/26"],
        ["Measure", "Apr", "May", "Jun"],
        ["Headcount", 100, 101, 103],
        ["FTE", 90.1, 91, 92],
        ["Leavers", 2, 3, 1],
        ["Turnover %", 0.02, 0.03, 0.01],
    ]
    extract = read_rows(rows, sheet="Dashboard")
    assert summed(extract, "leavers") == {"2025-04-30": 2, "2025-05-31": 3, "2025-06-30": 1}
    assert summed(extract, "headcount")["2025-06-30"] == 103
    assert not extract.counts["number"].between(0.001, 0.9).any(), "no rate is a count"


def test_a_row_a_month_is_a_series_too_and_shows_the_turnover() -> None:
    rows: list[list[object]] = [["Month", "Department", "Headcount", "Leavers"]]
    rows += [[month, name, 100, 1] for month in MONTHS for name in ("Digital", "Legal")]
    extract = read_rows(rows, sheet="Long")
    assert summed(extract, "leavers") == {
        (pd.Timestamp(month) + pd.offsets.MonthEnd(0)).date().isoformat(): 2.0 for month in MONTHS
    }
    finding = next(each for each in extract.findings if each.rule == "counts-turnover")
    assert "24 leavers among 200 people" in finding.message
    assert "12.0%" in finding.message


def test_stacked_and_side_by_side_tables_of_counts_are_each_their_own() -> None:
    stacked = [
        ["Headcount by family"], ["Family", *NAMES], ["Data", *[10] * 12], ["Cyber", *[5] * 12],
        [], ["Leavers by family"], ["Family", *NAMES], ["Data", *[1] * 12], ["Cyber", *[2] * 12],
    ]  # fmt: skip
    beside = [
        ["Headcount", "", "", "", "Leavers"],
        ["Family", 2024, 2025, "", "Family", 2024, 2025],
        ["Data", 10, 11, "", "Data", 1, 2],
        ["Cyber", 5, 6, "", "Cyber", 1, 0],
    ]
    for rows, last in ((stacked, "2026-03-31"), (beside, "2025-12-31")):
        extract = read_rows(rows, sheet="S")
        assert len(extract.tables) == 2
        assert summed(extract, "headcount")[last] in {15, 17}
        assert summed(extract, "leavers")[last] in {3, 2}
        assert_accounted(extract)


def test_subtotals_that_no_label_names_are_told_by_their_numbers() -> None:
    rows = [
        ["Staff in post"],
        ["Organisation", "Jan 2025", "Feb 2025", "Mar 2025"],
        ["North", 30, 32, 33], ["A Trust", 10, 11, 12], ["B Trust", 20, 21, 21],
        ["South", 7, 8, 9], ["C Trust", 3, 3, 4], ["D Trust", 4, 5, 5],
    ]  # fmt: skip
    extract = read_rows(rows, sheet="S")
    assert summed(extract, "headcount")["2025-03-31"] == 42
    assert {each.row for each in extract.left_out} == {3, 6}


def test_bare_years_are_placed_at_their_end_and_said() -> None:
    rows = [["Headcount", 2023, 2024], ["Place", 210, 215], ["People", 410, 400]]
    extract = read_rows([["Headcount by directorate"], *rows], sheet="Trend")
    assert "year-without-day" in rules(extract)
    assert summed(extract, "headcount") == {"2023-12-31": 620, "2024-12-31": 615}


def test_numbers_that_nothing_names_are_no_series() -> None:
    rows = [["Area", 2023, 2024], ["Place", 210, 215], ["People", 410, 400]]
    extract = read_rows(rows, sheet="Trend")
    assert extract.tables[0].kind == "counts"
    assert len(extract.counts) == 0


def test_a_dash_is_zero_only_where_a_note_says_so() -> None:
    rows = [["Headcount by grade"], ["Grade", *NAMES[:4]], ["G7", 3, 4, 5, 6], ["G8", "-", 1, 2, 2]]
    silent = read_rows(rows, sheet="S")
    said = read_rows([["Headcount by grade. - means zero"], *rows[1:]], sheet="S")
    assert len(silent.counts) == 7
    assert len(said.counts) == 8


def test_the_report_sums_the_counts_and_shows_no_label() -> None:
    rows = [["Headcount"], ["Team", *NAMES], ["Secret Squad", *[7] * 12], ["Web", *[5] * 12]]
    report = check_report(read_rows(rows, sheet="S"))
    assert report["counts"] == [
        {
            "file": "staff.xlsx", "sheet": "S", "measure": "headcount", "unit": "people",
            "span": "month", "periods": 12, "first": "2025-04-30", "last": "2026-03-31",
            "groups": 2, "latest": 12.0,
        }
    ]  # fmt: skip
    assert "Secret" not in str(report)


def test_titles_that_are_counted_have_their_family() -> None:
    rows = [["Job title", "Headcount"], ["Data Analyst", 12], ["Planner", 30], ["Clerk", 9]]
    extract = read_rows(rows, sheet="Summary")
    assert dict(zip(extract.counts["job_title"], extract.counts["family"], strict=True)) == {
        "Data Analyst": "data", "Planner": "not_digital", "Clerk": "not_digital",
    }  # fmt: skip


def test_notes_indexes_dictionaries_and_lists_are_named_and_hold_nobody() -> None:
    lists = [
        ["Job title", "Grade", "Department", "Contract type"],
        ["Analyst", "G7", "Place", "Permanent"],
        ["Planner", "G8", "People", "Fixed term"],
        ["Clerk", "G9"],
        ["Cook"],
    ]
    content = book(
        {
            "Read me": [["This workbook holds staff"], ["Contact HR"]],
            "Data dictionary": [["Field", "Description"], ["Job title", "The title"]],
            "Lists": lists,
            "Sheet5": lists,
            "Staff": [STAFF_HEAD, *[staff(number) for number in range(12)]],
        }
    )
    extract = read(("staff.xlsx", content))
    assert [table.sheet for table in extract.tables if table.kind == "staff"] == ["Staff"]
    assert {table.kind for table in extract.tables} == {"staff", "other"}
    assert len(extract.people) == 12
    said = " ".join(each.message for each in extract.findings if each.rule == "helper-sheet")
    assert all(f"“{name}”" in said for name in ("Read me", "Data dictionary", "Lists", "Sheet5"))
    reasons = {each.reason for each in extract.left_out if each.sheet == "Lists"}
    assert "It is on a sheet of notes or lists, which holds no records." in reasons
    assert_accounted(extract)


def test_identifiers_given_out_anew_make_no_leavers_but_counts() -> None:
    rng = random.Random(7)  # noqa: S311 - the same file each time
    rows: list[list[object]] = [["Snapshot Date", *STAFF_HEAD]]
    for day in (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)):
        for number in range(40):
            issued = f"{rng.randrange(10**7):07d}"
            rows.append([day, *staff(number, id=issued)])
    extract = read_rows(rows)
    assert "identifiers-reissued" in rules(extract)
    assert extract.people["leave_date"].notna().sum() == 0, "nobody left: the numbers changed"
    assert len(extract.people) == 40, "the latest extract only"
    assert extract.window is None
    assert summed(extract, "headcount") == {
        "2026-03-31": 40.0, "2026-06-30": 40.0, "2026-09-30": 40.0,
    }  # fmt: skip
    assert_accounted(extract)
