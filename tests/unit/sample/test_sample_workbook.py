"""Workbooks: the same bytes for the same content, a usable template, untidy values that still say
the right thing."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from workforce.domain.evidence import load_evidence
from workforce.sample import write_template
from workforce.sample.definitions import COLUMNS, SHEETS, columns_of, format_of
from workforce.sample.mess import Mess
from workforce.sample.readme import readme_text
from workforce.sample.workbook import Sheet, fixed_bytes, new_workbook, write_sheet

EVIDENCE = load_evidence(Path(__file__).parents[3] / "models" / "evidence")
DATA_SHEETS = [text.name for text in SHEETS]


def book_of(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def template() -> Any:
    return book_of(write_template())


def small_workbook() -> bytes:
    book = new_workbook("Two rows")
    write_sheet(book, Sheet("One", [["Day", "Pay"], [date(2026, 1, 5), 30000]], widths=(12, 9),
                            formats=("dd/mm/yyyy", "£#,##0")))  # fmt: skip
    return fixed_bytes(book, date(2026, 9, 30))


def test_saving_again_gives_the_same_bytes_whatever_the_clock_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = small_workbook()
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2096, 10, 2, 7, 6, 40, 1, 276, 0))
    assert small_workbook() == first


def test_no_part_of_the_archive_carries_the_moment_of_saving() -> None:
    with zipfile.ZipFile(io.BytesIO(small_workbook())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 9, 30, 9, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-\d{2}-\d{2}T[\d:]+Z)<", core) == ["2026-09-30T09:00:00Z"] * 2


def test_a_sheet_has_a_frozen_styled_header_and_typed_cells() -> None:
    page = book_of(small_workbook())["One"]
    assert page.freeze_panes == "A2"
    assert page["A1"].font.b
    assert page["A1"].fill.start_color.rgb.endswith("1F3B57")
    assert page["A2"].is_date
    assert page["A2"].number_format == "dd/mm/yyyy"
    assert page["B2"].number_format == "£#,##0"


def test_template_has_the_sheets_of_the_sample_and_a_dictionary(template: Any) -> None:
    assert template.sheetnames == ["Read me", *DATA_SHEETS, "Data dictionary", "Lists"]
    assert write_template() == write_template()


@pytest.mark.parametrize("name", DATA_SHEETS)
def test_template_sheets_hold_headings_and_nothing_else(template: Any, name: str) -> None:
    page = template[name]
    asked = [column.heading for column in columns_of(name, template=True)]
    assert [cell.value for cell in page[1]] == asked
    assert page.max_row == 1, "an example row would be read as a person"
    assert "Employee name" not in asked


@pytest.mark.parametrize("name", DATA_SHEETS)
def test_every_template_column_explains_itself_and_offers_its_list(
    template: Any, name: str
) -> None:
    page = template[name]
    checks = {
        str(check.sqref).split(":")[0]: check for check in page.data_validations.dataValidation
    }
    for index, column in enumerate(columns_of(name, template=True)):
        check = checks[f"{openpyxl.utils.get_column_letter(index + 1)}2"]
        assert column.meaning in check.prompt
        if column.choices:
            assert offered(template, check.formula1) == column.choices
        elif column.kind == "date":
            assert (check.type, check.formula1, check.formula2) == ("date", "10959", "73415")


def offered(template: Any, source: str) -> tuple[str, ...]:
    area = re.fullmatch(r"Lists!\$A\$(\d+):\$A\$(\d+)", source)
    if area is None:
        assert len(source) <= 257, "Excel refuses longer lists in a rule"
        return tuple(source.strip('"').split(","))
    rows = range(int(area[1]), int(area[2]) + 1)
    return tuple(template["Lists"][f"A{row}"].value for row in rows)


def test_template_asks_for_the_day_of_the_extract(template: Any) -> None:
    page = template["Read me"]
    assert (page["A3"].value, page["B3"].value) == ("As at", None)
    assert page["B3"].number_format == "dd/mm/yyyy"
    assert [str(check.sqref) for check in page.data_validations.dataValidation] == ["B3"]


def test_template_date_limits_are_the_days_they_are_meant_to_be() -> None:
    origin = date(1899, 12, 30).toordinal()
    assert date.fromordinal(origin + 10959) == date(1930, 1, 1)
    assert date.fromordinal(origin + 73415) == date(2100, 12, 31)


def test_template_offers_every_standard_of_the_evidence_when_given_it() -> None:
    book = book_of(write_template(EVIDENCE))
    by_heading = {
        column.heading: offered(book, check.formula1)
        for column, check in zip(
            columns_of("Apprentices", template=True),
            book["Apprentices"].data_validations.dataValidation,
            strict=True,
        )
        if column.choices or column.heading == "Apprenticeship standard"
    }
    assert by_heading["Standard reference"] == tuple(sorted(EVIDENCE.standards))
    names = sorted(standard.name for standard in EVIDENCE.standards.values())
    assert by_heading["Apprenticeship standard"] == tuple(names)


def test_dictionary_describes_every_column_asked_for(template: Any) -> None:
    rows = list(template["Data dictionary"].iter_rows(min_row=2, values_only=True))
    assert [row[:2] for row in rows] == [(c.sheet, c.heading) for c in COLUMNS if c.in_template]
    assert all(all(cell for cell in row) for row in rows)


def test_readme_says_fictional_and_describes_every_column() -> None:
    text = readme_text()
    assert "**Fictional.**" in text
    for column in (each for each in COLUMNS if each.in_sample):
        assert f"| {column.heading} | {column.meaning} | {column.required} |" in text
        assert format_of(column)


def test_data_dictionary_tables_have_one_cell_a_column() -> None:
    for line in readme_text().splitlines():
        if line.startswith("| ") and line.count("|") > 3:
            assert line.count("|") == 7, line


def mess() -> Mess:
    return Mess(np.random.default_rng(5))


def test_untidy_dates_are_the_same_day() -> None:
    made = mess()
    day = date(2024, 3, 12)
    forms = {made.value("date", day) for _ in range(300)}
    assert forms == {day, "12/03/2024", "12 Mar 2024", "2024-03-12", "12.03.2024"}
    births = {made.value("birth", date(1958, 7, 14)) for _ in range(300)}
    assert "14/07/58" in births


def test_untidy_fte_and_pay_say_the_same_number() -> None:
    made = mess()
    assert {made.value("fte", 0.8) for _ in range(300)} == {0.8, "0.8 FTE", "80%", "29.6 hrs"}
    assert {made.value("money", 35745) for _ in range(300)} == {35745, "£35,745", "£35,745 p.a."}


def test_untidy_titles_and_numbers_are_recognisable() -> None:
    made = mess()
    titles = {made.value("title", "Senior Business Change Manager") for _ in range(400)}
    assert "SENIOR BUSINESS CHANGE MANAGER" in titles
    assert "Snr Business Change Mgr" in titles
    assert "Senior Business Change Manager " in titles
    assert made.value("id", "200018") == "00200018"
    assert made.value("id", "P010271") == "P010271"


def test_what_is_made_untidy_is_counted() -> None:
    made = mess()
    forms = [made.value("money", 35745) for _ in range(200)]
    nothing = [made.value("text", None) for _ in range(200)]
    assert made.tally["money"] == sum(form != 35745 for form in forms) > 0
    assert made.tally["a word or dash for nothing"] == sum(bool(word) for word in nothing) > 0
