"""Writing workbooks: one look for all of them, and the same bytes for the same content."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "DATE_FORMAT",
    "MONEY_FORMAT",
    "TYPEFACE",
    "Sheet",
    "fixed_bytes",
    "new_workbook",
    "style_header",
    "write_sheet",
]

TYPEFACE = "Calibri"
INK, PAPER, RULE = "FFFFFF", "1F3B57", "B8C4CE"
DATE_FORMAT: Final = "dd/mm/yyyy"
MONEY_FORMAT: Final = "£#,##0"


@dataclass(frozen=True)
class Sheet:
    """A sheet as rows of values.

    Attributes:
        name: Tab name.
        rows: Values from A1 on; `None` leaves a cell empty.
        header_rows: Excel rows, counted from 1, that are headings.
        widths: Column widths in characters, from column A.
        formats: Number format of each column from A, "" for none.
        merges: Cell ranges to merge.
        plain: No styling: an export as a system writes it.
    """

    name: str
    rows: Sequence[Sequence[Any]]
    header_rows: tuple[int, ...] = (1,)
    widths: tuple[float, ...] = ()
    formats: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()
    plain: bool = False


def new_workbook(title: str) -> "Workbook":
    """Return an empty workbook without sheets, with document properties that do not vary."""
    from openpyxl import Workbook

    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    book.properties.title = title
    book.properties.creator = "Digital workforce planning"
    return book


def write_sheet(book: "Workbook", sheet: Sheet) -> "Worksheet":
    """Append a sheet, with headings styled and frozen unless it is plain.

    Args:
        book: The workbook.
        sheet: What to write.

    Returns:
        The worksheet.
    """
    from openpyxl.utils import get_column_letter

    page: Worksheet = book.create_sheet(sheet.name)
    for row in sheet.rows:
        page.append(list(row))
    for index, number_format in enumerate(sheet.formats, start=1):
        if number_format:
            for (cell,) in page.iter_rows(min_col=index, max_col=index, min_row=2):
                if cell.value is not None and not isinstance(cell.value, str):
                    cell.number_format = number_format
    for index, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(index)].width = width
    for merge in sheet.merges:
        page.merge_cells(merge)
    if not sheet.plain and sheet.header_rows:
        for row_number in sheet.header_rows:
            style_header(page, row_number)
        page.freeze_panes = f"A{max(sheet.header_rows) + 1}"
        if page.max_row > max(sheet.header_rows):
            last = get_column_letter(page.max_column)
            page.auto_filter.ref = f"A{max(sheet.header_rows)}:{last}{page.max_row}"
    return page


def style_header(page: "Worksheet", row: int) -> None:
    """Style one row as headings: white on dark blue, wrapped, tall enough for two lines."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    edge = Side(style="thin", color=RULE)
    for cell in page[row]:
        cell.font = Font(name=TYPEFACE, bold=True, color=INK)
        cell.fill = PatternFill("solid", start_color=PAPER)
        cell.alignment = Alignment(vertical="center", wrap_text=True, indent=1)
        cell.border = Border(bottom=edge, right=edge)
    page.row_dimensions[row].height = 30


def fixed_bytes(book: "Workbook", made_on: date) -> bytes:
    """Save a workbook so that the same content always gives the same bytes.

    The library stamps the moment of saving into the document properties and into every part of the
    archive; both are replaced by `made_on`.

    Args:
        book: The workbook.
        made_on: Date to show as the date of creation and change.

    Returns:
        The xlsx file.
    """
    moment = datetime(made_on.year, made_on.month, made_on.day, 9)
    book.properties.created = moment
    raw = io.BytesIO()
    book.save(raw)
    stamp = f"{moment.isoformat()}Z".encode()
    result = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, content
                )
            info = zipfile.ZipInfo(name, (made_on.year, made_on.month, made_on.day, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, content, compresslevel=9)
    return result.getvalue()
