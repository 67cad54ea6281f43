"""The preview shows where the header was found and nobody's name."""

from datetime import date

import pytest
from intake_files import STAFF_HEAD, book, read, read_rows, staff, text_file

from workforce.intake import Mapping, TableMapping, TableReport
from workforce.intake.preview import HIDDEN, Preview
from workforce.intake.preview_rows import column_letters

HEAD = [*STAFF_HEAD, "Full Name", "NI Number", "Work e-mail", "Date of Birth", "Gender",
        "Locker note"]  # fmt: skip


def person(number: int) -> list[object]:
    return [
        *staff(number), "Wren Candlewick", "QQ123456C", "wren@quill.example", date(1961, 2, 3),
        "Female", "spare key with Moss Thimblebottom",
    ]  # fmt: skip


def preview(table: TableReport) -> Preview:
    assert table.preview is not None
    return table.preview


def titled() -> TableReport:
    rows = [
        ["Workforce extract as at 30 September 2026"],
        ["Prepared by Moss Thimblebottom, moss@quill.example"],
        [],
        HEAD,
        *[person(n) for n in range(20)],
        ["Total", "", "", "", 20],
    ]
    (table,) = read_rows(rows).tables
    return table


def test_header_row_and_the_rows_about_it_are_shown_with_their_numbers() -> None:
    rows = preview(titled()).rows
    assert len(rows) == 12, "a dozen rows, however long the list"
    assert [(row.row, row.part) for row in rows[:4]] == [
        (1, "above"), (2, "above"), (4, "header"), (5, "data"),
    ]  # fmt: skip
    assert rows[0].cells[0] == "Workforce extract as at 30 September 20…"
    assert rows[2].cells[:6] == tuple(STAFF_HEAD)
    assert rows[3].cells[1:6] == ("Planning Officer", "Place", "Grade 7", "1", "1 Jan 2015")


def test_nothing_that_identifies_anybody_is_in_the_preview() -> None:
    shown = preview(titled())
    everything = " ".join(cell for row in shown.rows for cell in row.cells)
    for secret in ("Wren", "QQ123456C", "quill", "1961", "Female", "Thimblebottom", "1001"):
        assert secret not in everything, f"{secret} is shown"
    data = shown.rows[3]
    assert data.cells[0] == HIDDEN, "the employee number"
    assert data.cells[6:11] == (HIDDEN,) * 5
    assert data.cells[11] == "a text", "a column nobody knows shows the sort of its values only"
    assert shown.unread[11]


def test_groups_above_the_headings_are_shown_and_no_heading_is_hidden() -> None:
    groups = ["Employee", "Employee", "Employee", "Position", "Position", "Position"]
    head = ["Pers Ref", "Full Name", "Date of Birth", "Job Title", "Grade", "Start Date"]
    rows = [[1000 + n, "Wren Candlewick", date(1961, 2, 3), "Data Analyst", "SO1",
             date(2019, 1, 1 + n)] for n in range(9)]  # fmt: skip
    (table,) = read_rows([["Staff in post"], groups, head, *rows]).tables
    above, header = preview(table).rows[1], preview(table).rows[2]
    assert above.cells == tuple(groups)
    assert header.cells[1] == "Employee · Full Name"
    assert preview(table).rows[3].cells[1] == HIDDEN


def test_telling_values_in_harmless_columns_are_hidden_too() -> None:
    rows = [staff(n, department=f"ask sam{n}@quill.example") for n in range(8)]
    rows += [staff(9, department="phone 07700 900123"), staff(10, department="QQ 12 34 56 C")]
    (table,) = read_rows([STAFF_HEAD, *rows]).tables
    departments = {row.cells[2] for row in preview(table).rows if row.part == "data"}
    assert departments == {f"ask {HIDDEN}", f"phone {HIDDEN}", HIDDEN}


def test_records_above_a_header_in_a_wrong_place_are_covered_like_the_others() -> None:
    wrong = Mapping(tables=(TableMapping(sheet="Staff", file="staff.xlsx", header_row=4),))
    extract = read_rows([HEAD, *[person(n) for n in range(9)]], mapping=wrong)
    shown = [cell for row in preview(extract.tables[0]).rows if row.part != "header"
             for cell in row.cells]  # fmt: skip
    for secret in ("wren@quill.example", "QQ123456C", "1961"):
        assert not any(secret in cell for cell in shown), f"{secret} is shown"


def test_rows_left_out_say_why() -> None:
    rows = [staff(1), ["Total", "", "", "", 1], staff(2), staff(3)]
    (table,) = read_rows([STAFF_HEAD, *rows]).tables
    left_out = {row.row: row.left_out for row in preview(table).rows}
    assert "total" in left_out[3]
    assert not left_out[2]
    assert not left_out[1], "the header is no record, so it is not left out"


def test_dates_as_texts_are_shown_as_they_are_written() -> None:
    head = ["Employee Number", "Job Title", "Start Date"]
    rows = [[1000 + n, "Data Analyst", f"0{n}/04/2019"] for n in range(1, 8)]
    (table,) = read(("staff.csv", text_file([head, *rows]))).tables
    assert preview(table).rows[1].cells[2] == "01/04/2019"


def test_a_wide_table_is_cut_and_says_so() -> None:
    head = [*STAFF_HEAD, *[f"Extra {n}" for n in range(40)]]
    (table,) = read_rows([head, *[[*staff(n), *range(40)] for n in range(5)]]).tables
    assert len(preview(table).letters) == 30
    assert preview(table).more_columns == 16


def test_every_table_of_a_sheet_has_a_preview_of_its_own() -> None:
    rows = [STAFF_HEAD, *[staff(n) for n in range(6)], [], ["Leavers"],
            [*STAFF_HEAD[:2], "Leaving Date"],
            *[[2000 + n, "Data Analyst", date(2026, 1 + n, 3)] for n in range(5)]]  # fmt: skip
    tables = read(("two.xlsx", book({"All": rows}))).tables
    assert [(each.place, each.kind) for each in tables] == [(1, "staff"), (2, "leavers")]
    assert preview(tables[1]).rows[-1].cells[1] == "Data Analyst"


@pytest.mark.parametrize(("position", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_have_the_letters_of_excel(position: int, letters: str) -> None:
    assert column_letters(position) == letters
