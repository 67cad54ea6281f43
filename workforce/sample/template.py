"""The blank workbook: the sample's sheets with headings, lists and a dictionary, ready to fill."""

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
OPTIONAL_FILL, BAND_FILL, INPUT_FILL = "4F6B85", "F3F6F9", "FFF7DB"
AS_AT_CELL: Final = "B3"
_DATE_RULE: Final[dict[str, Any]] = {
    "type": "date",
    "operator": "between",
    "formula1": "10959",  # 1 January 1930 as Excel counts days
    "formula2": "73415",  # 31 December 2100
}
LISTS: Final = "Lists"
FIRST_LIST_ROW: Final = 3
INLINE_LIMIT: Final = 255
"""Excel allows so many characters in a list that is written into the rule."""
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
    sources = _sources(columns)
    for text in SHEETS:
        _data_sheet(book, text.name, columns, sources)
    _dictionary(book, columns)
    _lists(book, sources)
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
    rows += [["As at", None], [None, "The day your staff list describes. Please fill in."]]
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
    style_header(page, len(READ_ME) + 6)
    _ask_as_at(page)
    page.sheet_view.showGridLines = False
    _print_setup(page, landscape=False)


def _ask_as_at(page: "Worksheet") -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.datavalidation import DataValidation

    cell, edge = page[AS_AT_CELL], Side(style="thin", color=OPTIONAL_FILL)
    cell.number_format = DATE_FORMAT
    cell.fill = PatternFill("solid", start_color=INPUT_FILL)
    cell.border = Border(top=edge, bottom=edge, left=edge, right=edge)
    cell.alignment = Alignment(horizontal="left", vertical="center")
    page["B4"].font = Font(name=TYPEFACE, italic=True)
    check = DataValidation(
        **_DATE_RULE,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Please check",
        error="A date, day before month: 30/09/2026.",
    )
    check.add(cell)
    page.add_data_validation(check)


def _data_sheet(
    book: "Workbook",
    name: str,
    offered: tuple[Column, ...],
    sources: dict[tuple[str, ...], str],
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
        _validate(page, column, f"{letter}2:{letter}{LAST_ROW}", sources)
    _print_setup(page)


def _validate(
    page: "Worksheet", column: Column, cells: str, sources: dict[tuple[str, ...], str]
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule: dict[str, Any] = {"type": None}
    if column.choices:
        rule = {"type": "list", "formula1": sources[column.choices]}
    elif column.kind == "date":
        rule = dict(_DATE_RULE)
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


def _sources(columns: tuple[Column, ...]) -> dict[tuple[str, ...], str]:
    """Return where Excel finds each list: in the rule itself while it fits, else on the sheet."""
    sources: dict[tuple[str, ...], str] = {}
    row = FIRST_LIST_ROW
    for column in columns:
        inline = ",".join(column.choices)
        if not column.choices or column.choices in sources:
            continue
        if len(inline) <= INLINE_LIMIT and inline.count(",") == len(column.choices) - 1:
            sources[column.choices] = f'"{inline}"'
        else:
            last = row + len(column.choices) - 1
            sources[column.choices] = f"{LISTS}!$A${row}:$A${last}"
            row = last + 2
    return sources


def _lists(book: "Workbook", sources: dict[tuple[str, ...], str]) -> None:
    # One column, no headings: a table here would be read as data.
    rows: list[list[Any]] = [["Answers offered by the longer lists"], [None]]
    for choices, source in sources.items():
        if source.startswith(LISTS):
            rows += [[choice] for choice in choices]
            rows.append([None])
    page = write_sheet(book, Sheet(LISTS, rows, header_rows=(), widths=(70,), plain=True))
    style_header(page, 1)
    _print_setup(page)


def _print_setup(page: "Worksheet", *, landscape: bool = True) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
