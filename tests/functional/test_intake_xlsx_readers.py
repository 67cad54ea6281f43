"""The quick reader of xlsx and the general one agree cell by cell on what real writers write."""

import io
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.intake.source import RawSheet, _read_with_calamine
from workforce.intake.xlsx_book import open_plain_book

_FORMATS = (
    "General", "0.00", "dd/mm/yyyy", "yyyy-mm-dd hh:mm", "d mmm yy", "[h]:mm", "0.00E+00", "@",
    "[$-809]dd mmmm yyyy;@", '"day" 0', "[Red]0;dd/mm/yy", "\\d0", "#,##0.00 [$£-809]", "mmm-yy",
    "_-* #,##0_-", "[>100]dd/mm;0", "h:mm AM/PM", "yyyy", "mm:ss.0", "0%",
)  # fmt: skip
_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t"),
    max_size=30,
)
_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12, allow_nan=False, allow_subnormal=False),
    st.sampled_from(["0012", "  ", "Team & co", "=1+1", "<b>", "_x0041_", "½", "1,234.50"]),
    _TEXTS,
    st.dates(date(1901, 1, 1), date(2120, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
)
_SHEETS = st.lists(st.lists(_VALUES, min_size=1, max_size=6), min_size=1, max_size=8)


def by_quick_reader(content: bytes) -> list[tuple[str, bool, dict[tuple[int, int], object]]]:
    """Return name, whether hidden and filled cells of each sheet."""
    opened = open_plain_book(zipfile.ZipFile(io.BytesIO(content)))
    sheets = [(entry, opened.read(entry)) for entry in opened.entries if entry.member]
    return [(entry.name, entry.hidden, filled(sheet.cells)) for entry, sheet in sheets]


def by_general_reader(content: bytes) -> list[tuple[str, bool, dict[tuple[int, int], object]]]:
    """Return the same as the general reader sees it."""
    sheets: list[RawSheet] = list(_read_with_calamine("book.xlsx", content))
    return [(sheet.name, sheet.hidden, filled(sheet.cells)) for sheet in sheets]


def filled(cells: object) -> dict[tuple[int, int], object]:
    """Return cells that hold something, with their type, times to the second."""
    found: dict[tuple[int, int], object] = {}
    for row, line in enumerate(cells):  # type: ignore[arg-type]
        for column, value in enumerate(line):
            if isinstance(value, str) and not value.strip():
                continue  # spaces alone are kept by one and dropped by the other, and mean nothing
            # The two round to the thousandth of a second in different places.
            moment = isinstance(value, datetime)
            rounded = (value + timedelta(milliseconds=500)).replace(microsecond=0) if moment else 0
            found[row, column] = (type(value).__name__, rounded if moment else value)
    return found


def by_xlsxwriter(rows: list[list[object]], *, inline: bool) -> bytes:
    """Write a workbook as xlsxwriter does, its texts shared or in their cells."""
    buffer = io.BytesIO()
    options = {"constant_memory": inline, "in_memory": not inline, "strings_to_formulas": False,
               "strings_to_urls": False, "default_date_format": "dd/mm/yyyy hh:mm:ss"}  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet("Staff")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
    return buffer.getvalue()


def by_openpyxl(rows: list[list[object]]) -> bytes:
    """Write a workbook as openpyxl does, the second sheet hidden."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append([None if value == "=1+1" else value for value in row])
    workbook.create_sheet("Täme & more").sheet_state = "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@settings(max_examples=40)
@given(rows=_SHEETS, inline=st.booleans())
def test_both_readers_agree_on_xlsxwriter(rows: list[list[object]], inline: bool) -> None:
    content = by_xlsxwriter(rows, inline=inline)
    assert by_quick_reader(content) == by_general_reader(content)


@settings(max_examples=25)
@given(rows=_SHEETS)
def test_both_readers_agree_on_openpyxl(rows: list[list[object]]) -> None:
    content = by_openpyxl(rows)
    assert by_quick_reader(content) == by_general_reader(content)


@pytest.mark.parametrize("serial", [1.0, 45000.0, 45000.25, 59.0, 60.0, 61.0, 2958465.0, 2958466.0])
def test_both_readers_tell_dates_by_the_same_formats(serial: float) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for place, each in enumerate([*_FORMATS, *range(1, 60)]):
            sheet.write_number(place, 0, serial, workbook.add_format({"num_format": each}))
    content = buffer.getvalue()
    assert by_quick_reader(content) == by_general_reader(content)


def test_both_readers_agree_on_the_sample(root: Path) -> None:
    content = (root / "data" / "sample" / "sample_council.xlsx").read_bytes()
    assert by_quick_reader(content) == by_general_reader(content)
