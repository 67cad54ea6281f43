"""Finding tables on sheets: headers below titles, totals, notes, several tables, hidden sheets."""

from datetime import date

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
    text_file,
)

PEOPLE = [staff(number) for number in range(12)]


def test_a_plain_list_is_read_whole() -> None:
    extract = read_rows([STAFF_HEAD, *PEOPLE])
    table = extract.tables[0]
    assert (table.header_row, table.kind, table.rows_read, table.rows_kept) == (1, "staff", 12, 12)
    assert len(extract.people) == 12
    assert extract.people["row"].tolist() == list(range(2, 14)), "rows as Excel numbers them"


def test_the_header_is_found_below_titles_and_notes() -> None:
    rows = [
        ["Anytown Council"],
        ["Staff list as at 30 September 2026"],
        [],
        ["Official - sensitive. Do not pass on."],
        STAFF_HEAD,
        *PEOPLE,
    ]
    extract = read_rows(rows)
    assert extract.tables[0].header_row == 5
    assert extract.as_of == date(2026, 9, 30)
    assert extract.people["row"].min() == 6


def test_blank_rows_and_columns_are_passed_over() -> None:
    rows: list[list[object]] = [[], ["", *STAFF_HEAD], []]
    for number in range(6):
        rows += [["", *staff(number)], []]
    extract = read_rows(rows)
    assert extract.tables[0].rows_read == 6
    assert extract.people["row"].tolist() == [4, 6, 8, 10, 12, 14]


def test_totals_notes_and_repeated_headers_are_left_out_with_a_reason() -> None:
    rows = [
        STAFF_HEAD,
        *PEOPLE[:5],
        ["Sub-total Place", "", "", "", 5.0],
        STAFF_HEAD,
        *PEOPLE[5:],
        ["TOTAL", "", "", "", 12.0],
        [],
        ["Note: excludes schools"],
        ["Report run by People Services"],
    ]
    extract = read_rows(rows)
    reasons = {each.row: each.reason for each in extract.left_out}
    assert set(reasons) == {7, 8, 16, 18, 19}
    assert "total" in reasons[7]
    assert "header" in reasons[8]
    assert "note" in reasons[18]
    assert len(extract.people) == 12
    assert_accounted(extract)


def test_a_header_of_two_rows_with_merged_groups() -> None:
    head = ["Number", "Title", "Start date", "End date", "FTE", "Grade"]
    merged = {"Staff": [(2, 0, 2, 1, "Employee"), (2, 2, 2, 3, "Contract"), (2, 4, 2, 5, "Post")]}
    rows = [
        ["Staff list"],
        [],
        [],
        head,
        *[
            [f"{1000 + n}", "Data Analyst", date(2020, 1, 1 + n), date(2027, 3, 31), 1, "Grade 7"]
            for n in range(8)
        ],
    ]
    extract = read(("staff.xlsx", book({"Staff": rows}, merged)))
    assert extract.tables[0].header_row == 4
    found = fields(extract)
    assert found["Number"] == "employee_id", "“Employee” above “Number” makes it one"
    assert found["End date"] == "contract_end_date", "“Contract” above “End date” makes it one"


def test_two_tables_on_a_sheet_are_two_tables() -> None:
    rows = [
        ["Staff"],
        STAFF_HEAD,
        *PEOPLE,
        [],
        ["Leavers"],
        ["Employee Number", "Job Title", "Start Date", "Leaving Date", "Reason for Leaving"],
        *[
            [f"{2000 + n}", "Planner", date(2018, 1, 1), date(2025, 1, 1 + n), "Resignation"]
            for n in range(6)
        ],
    ]
    extract = read_rows(rows, sheet="All")
    assert [(t.kind, t.header_row, t.rows_kept) for t in extract.tables] == [
        ("staff", 2, 12),
        ("leavers", 17, 6),
    ]
    assert_accounted(extract)


def test_two_tables_side_by_side_are_two_tables() -> None:
    left = [STAFF_HEAD, *PEOPLE[:6]]
    right = [
        ["Employee Number", "Job Title", "Start Date", "Leaving Date"],
        *[[f"{2000 + n}", "Planner", date(2018, 1, 1), date(2025, 1, 1 + n)] for n in range(6)],
    ]
    rows = [[*a, "", *b] for a, b in zip(left, right, strict=True)]
    extract = read_rows(rows, sheet="All")
    assert [(t.kind, t.rows_kept) for t in extract.tables] == [("staff", 6), ("leavers", 6)]


def test_a_hidden_sheet_is_read_and_said() -> None:
    content = book({"Notes": [["Nothing here"]], "Staff": [STAFF_HEAD, *PEOPLE]}, hidden=["Staff"])
    extract = read(("staff.xlsx", content))
    assert "sheet-hidden" in rules(extract)
    assert any(table.hidden and table.kind == "staff" for table in extract.tables)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_files_of_every_separator_and_encoding(separator: str, encoding: str) -> None:
    rows = [
        [STAFF_HEAD[0], "Job Title", "Department", "Grade", "FTE", "Start Date"],
        *[
            [f"00{100 + n}", "Café Manager", "Zoë’s Team", "Grade 7", "0.8", f"{13 + n}/04/2020"]
            for n in range(8)
        ],
    ]
    extract = read(("staff.csv", text_file(rows, separator, encoding)))
    assert extract.tables[0].rows_kept == 8
    assert extract.people["job_title"].unique().tolist() == ["Café Manager"]
    assert extract.people["department"].unique().tolist() == ["Zoë’s Team"]


def test_a_table_of_counts_is_not_read_as_people() -> None:
    rows = [
        ["Staff in post by directorate"],
        ["Directorate", "Headcount", "FTE", "Leavers"],
        ["Place", 210, 190.4, 22],
        ["People", 410, 377.0, 45],
        ["Total", 620, 567.4, 67],
    ]
    extract = read_rows(rows, sheet="Summary")
    assert extract.tables[0].kind == "counts"
    assert len(extract.people) == 0
    assert {"counts-table", "no-people"} <= rules(extract)
    assert_accounted(extract)


def test_a_wide_table_with_a_column_a_year_is_counts() -> None:
    rows = [
        ["Directorate", 2021, 2022, 2023, 2024],
        ["Place", 210, 215, 220, 219],
        ["People", 410, 400, 395, 390],
        ["Resources", 150, 148, 149, 151],
    ]
    extract = read_rows(rows, sheet="Trend")
    assert extract.tables[0].kind == "counts"
    assert len(extract.people) == 0
