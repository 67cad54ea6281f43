"""The blank workbook: the sample's sheets with headings, lists and a dictionary, ready to fill."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from workforce.domain.evidence import Evidence
from workforce.sample.definitions import COLUMNS, SHEETS, Column, format_of
from workforce.sample.workbook import (
    DATE_FORMAT,
    MONEY_FORMAT,
    TYPEFACE,
    Sheet,
    fixed_bytes,
    new_workbook,
    style_header,
    write_sheet,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_template"]

LAST_ROW: Final = 20_000
MADE_ON: Final = date(2026, 9, 30)
OPTIONAL_FILL, BAND_FILL = "4F6B85", "F3F6F9"
LISTS: Final = "Lists"
_OPEN_LISTS: Final = frozenset({"Leaving reason", "Standard reference", "Apprenticeship standard"})
"""Lists that only suggest: a value of your own system is welcome there."""

READ_ME: Final = (
    ("What this is", "A workbook for the lists that workforce planning needs. Fill in what you "
     "have, leave the rest empty, and open the file on the Data page."),
    ("What you need at least", "The Staff sheet with job title, FTE, start date and contract type. "
     "With the Leavers sheet, your own rates of leaving are measured instead of a benchmark."),
    ("Which period", "Staff and Establishment on one day. Leavers, Requisitions and Apprentices "
     "for at least 24 months up to that day; five years are better. List every leaver of it."),
    ("Headings", "Dark headings are needed where the sheet is used, lighter ones help. Keep the "
     "headings as they are; the order of the columns does not matter."),
    ("Lists", "Cells with a list offer the usual answers. For leaving reasons and standards you "
     "may write your own wording; you can say later what it means."),
    ("Dates", "Real dates, day before month: 04/09/2023 is 4 September 2023."),
    ("Names", "Not needed. Leave names, National Insurance numbers, addresses and bank details "
     "out. If they are there, they are recognised and dropped before anything is kept."),
    ("Who counts", "Permanent and fixed-term staff are in post. Apprentices in training, agency, "
     "casual and seconded-in people are counted apart; say so in the contract type."),
    ("Transfers and redundancies", "List them as leavers with that reason. They are planned events "
     "and are kept out of the rates."),
    ("What each column means", "See the sheet Data dictionary. Examples stand there and nowhere "
     "else, so that nothing has to be deleted before you begin."),
)  # fmt: skip


def write_template(evidence: Evidence | None = None) -> bytes:
    """Return the blank workbook to download, the same bytes every time.

    Args:
        evidence: Where given, the lists offer every standard of the evidence, not only those that
            the sample organisation runs.

    Returns:
        An xlsx file with the sheets Read me, Staff, Leavers, Establishment, Requisitions,
        Apprentices, Data dictionary and Lists. Cells offer lists, explain their column when
        selected, and refuse dates and FTE that cannot be.
    """
    book = new_workbook("Workforce planning: data template")
    _read_me(book)
    columns = _offered(evidence)
    ranges = _list_ranges(columns)
    for text in SHEETS:
        _data_sheet(book, text.name, columns, ranges)
    _dictionary(book, columns)
    _lists(book, columns)
    return fixed_bytes(book, MADE_ON)


def _offered(evidence: Evidence | None) -> tuple[Column, ...]:
    """Return the columns of the template, with the standards of the evidence to choose from."""
    columns = tuple(column for column in COLUMNS if column.in_template)
    if evidence is None:
        return columns
    lists = {
        "Standard reference": tuple(sorted(evidence.standards)),
        "Apprenticeship standard": tuple(sorted(s.name for s in evidence.standards.values())),
    }
    return tuple(
        replace(column, choices=lists[column.heading]) if column.heading in lists else column
        for column in columns
    )


def _read_me(book: "Workbook") -> None:
    from openpyxl.styles import Alignment, Font

    rows: list[list[Any]] = [["Workforce planning: data template", None], [None, None]]
    rows += [list(pair) for pair in READ_ME]
    rows += [[None, None], ["Sheet", "What goes there"]]
    rows += [[text.name, text.purpose] for text in SHEETS]
    page = write_sheet(book, Sheet("Read me", rows, header_rows=(), widths=(28, 96), plain=True))
    page["A1"].font = Font(name=TYPEFACE, bold=True, size=16)
    page.row_dimensions[1].height = 26
    for number, row in enumerate(page.iter_rows(min_row=3), start=3):
        row[0].font = Font(name=TYPEFACE, bold=True)
        row[0].alignment = Alignment(vertical="top")
        row[1].alignment = Alignment(vertical="top", wrap_text=True)
        page.row_dimensions[number].height = 34 if len(str(row[1].value or "")) > 92 else 20
    style_header(page, len(READ_ME) + 4)
    page.sheet_view.showGridLines = False
    _print_setup(page, landscape=False)


def _data_sheet(
    book: "Workbook",
    name: str,
    offered: tuple[Column, ...],
    ranges: dict[tuple[str, ...], str],
) -> None:
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter

    columns = tuple(column for column in offered if column.sheet == name)
    page = write_sheet(
        book,
        Sheet(
            name,
            [[column.heading for column in columns]],
            widths=tuple(max(column.width, len(column.heading) + 3) for column in columns),
        ),
    )
    for index, column in enumerate(columns, start=1):
        letter = get_column_letter(index)
        if column.required != "yes":
            page.cell(1, index).fill = PatternFill("solid", start_color=OPTIONAL_FILL)
        shown = {"date": DATE_FORMAT, "money": MONEY_FORMAT, "text": "@"}.get(column.kind)
        if shown:
            page.column_dimensions[letter].number_format = shown
        _validate(page, column, f"{letter}2:{letter}{LAST_ROW}", ranges)
    _print_setup(page)


def _validate(
    page: "Worksheet", column: Column, cells: str, ranges: dict[tuple[str, ...], str]
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule: dict[str, Any] = {"type": None}
    if column.choices:
        rule = {"type": "list", "formula1": ranges[column.choices]}
    elif column.kind == "date":
        # 1 January 1930 and 31 December 2100 as Excel counts days.
        rule = {"type": "date", "operator": "between", "formula1": "10959", "formula2": "73415"}
    elif column.heading == "FTE":
        rule = {"type": "decimal", "operator": "between", "formula1": "0.01", "formula2": "1.2"}
    elif column.kind in {"number", "money"}:
        rule = {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0"}
    check = DataValidation(
        **rule,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=rule["type"] is not None,
        promptTitle=column.heading[:32],
        prompt=f"{column.meaning}. For example: {column.example}"[:255],
        errorTitle="Please check",
        error=f"{column.heading}: {format_of(column)}."[:255],
        errorStyle="warning" if column.heading in _OPEN_LISTS else "stop",
    )
    check.add(cells)
    page.add_data_validation(check)


def _dictionary(book: "Workbook", columns: tuple[Column, ...]) -> None:
    from openpyxl.styles import Alignment, PatternFill

    rows: list[list[Any]] = [
        ["Sheet", "Column", "Meaning", "Required", "Format", "Why it is asked", "Example"]
    ]
    rows += [
        [c.sheet, c.heading, c.meaning, c.required, format_of(c), c.why, c.example] for c in columns
    ]
    widths = (15, 24, 38, 17, 44, 62, 32)
    page = write_sheet(book, Sheet("Data dictionary", rows, widths=widths))
    band = PatternFill("solid", start_color=BAND_FILL)
    shaded = {text.name for text in SHEETS[::2]}
    for number, row in enumerate(page.iter_rows(min_row=2), start=2):
        lines = max(
            -(-len(str(cell.value or "")) // int(width * 1.05))
            for cell, width in zip(row, widths, strict=True)
        )
        page.row_dimensions[number].height = 15 * lines + 3
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.number_format = "@"
            if row[0].value in shaded:
                cell.fill = band
    _print_setup(page)


def _choice_columns(columns: tuple[Column, ...]) -> list[tuple[str, tuple[str, ...]]]:
    found: dict[tuple[str, ...], str] = {}
    for column in columns:
        if column.choices and column.choices not in found:
            found[column.choices] = (
                "Apprenticeship outcome" if column.sheet == "Apprentices"
                and column.heading == "Outcome" else column.heading
            )  # fmt: skip
    return [(heading, choices) for choices, heading in found.items()]


def _list_ranges(columns: tuple[Column, ...]) -> dict[tuple[str, ...], str]:
    from openpyxl.utils import get_column_letter

    ranges = {}
    for index, (_, choices) in enumerate(_choice_columns(columns), start=1):
        letter = get_column_letter(index)
        ranges[choices] = f"{LISTS}!${letter}$2:${letter}${len(choices) + 1}"
    return ranges


def _lists(book: "Workbook", columns: tuple[Column, ...]) -> None:
    lists = _choice_columns(columns)
    longest = max(len(choices) for _, choices in lists)
    rows: list[list[Any]] = [[heading for heading, _ in lists]]
    rows += [
        [choices[k] if k < len(choices) else None for _, choices in lists] for k in range(longest)
    ]
    page = write_sheet(book, Sheet(LISTS, rows, widths=_widths(lists)))
    page.auto_filter.ref = None
    _print_setup(page)


def _widths(lists: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[float, ...]:
    return tuple(float(max(map(len, (heading, *choices))) + 3) for heading, choices in lists)


def _print_setup(page: "Worksheet", *, landscape: bool = True) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
