"""Workbooks of Excel 97-2003 and before (.xls).

They are read by xlrd, which is plain Python: the faster reader for the newer formats takes memory
for whatever dimensions such a file declares, and where that is more than there is, it ends the
process instead of raising anything. It also garbles the text of some writers, which xlrd reads.
"""

import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from workforce.domain.errors import UserError
from workforce.intake import limits
from workforce.intake.cells import pack_rows
from workforce.intake.exceldates import excel_moment
from workforce.intake.rawsheet import Merged, RawSheet, check_shape, damaged

if TYPE_CHECKING:
    import xlrd.book
    import xlrd.sheet

__all__ = ["OLD_EXCEL", "read_old_workbook"]

OLD_EXCEL = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
"""First bytes of workbooks that are not wrapped in an OLE container, version 2 to 8."""


def read_old_workbook(name: str, content: bytes) -> Iterator[RawSheet]:
    """Read the sheets of an .xls, one at a time.

    A sheet of this format has at most 65,536 rows by 256 columns, and xlrd keeps to that, so that
    memory is bounded by one sheet.

    Args:
        name: File name, for messages.
        content: The bytes.

    Yields:
        Its sheets in order, hidden ones marked.

    Raises:
        UserError: If the file is protected, damaged or no workbook.
    """
    book = _open(name, content)
    try:
        if book.nsheets > limits.MAX_SHEETS:
            raise UserError(
                f"{name} has more than {limits.MAX_SHEETS} sheets. Keep those that matter and "
                "upload that copy."
            )
        for position in range(book.nsheets):
            title = book.sheet_names()[position]
            try:
                found = _sheet(name, book.sheet_by_index(position), book.datemode)
                book.unload_sheet(position)
            except UserError:
                raise
            except Exception as fault:
                raise damaged(name, fault, title) from None
            yield found
    finally:
        book.release_resources()


def _open(name: str, content: bytes) -> "xlrd.book.Book":
    """Open a workbook, first as it should be, then forgiving what other writers get wrong."""
    import xlrd

    first: Exception | None = None
    for with_formats, forgiving in ((True, False), (False, True)):
        try:
            return xlrd.open_workbook(
                file_contents=content,
                logfile=io.StringIO(),
                on_demand=True,
                ragged_rows=True,
                formatting_info=with_formats,
                ignore_workbook_corruption=forgiving,
            )
        except Exception as fault:
            first = first or fault
    is_wrapped = content[:4] not in OLD_EXCEL
    if is_wrapped and "book".encode("utf-16-le") not in content.lower():
        raise UserError(
            f"{name} is an Office document but no workbook. Upload the spreadsheet itself."
        )
    raise damaged(name, first or ValueError())


def _sheet(name: str, sheet: "xlrd.sheet.Sheet", datemode: int) -> RawSheet:
    import xlrd

    convert = _converters(datemode)
    blank = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    height = width = 0
    for row in range(sheet.nrows):
        kinds = sheet.row_types(row)
        used = len(kinds)
        while used and kinds[used - 1] in blank:
            used -= 1
        if used:
            height, width = row + 1, max(width, used)
    check_shape(name, height, width)
    nothing: list[object] = [""] * width

    def rows() -> Iterator[list[object]]:
        for row in range(height):
            kinds, values = sheet.row_types(row, 0, width), sheet.row_values(row, 0, width)
            if not kinds:
                yield nothing
                continue
            for place in [place for place, kind in enumerate(kinds) if kind in convert]:
                values[place] = convert[kinds[place]](values[place])
            yield values + nothing[len(values) :]

    merged: tuple[Merged, ...] = tuple(
        ((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells
    )
    return RawSheet(
        sheet.name, pack_rows(rows(), height, width), sheet.visibility != 0, merged=merged
    )


def _converters(datemode: int) -> dict[int, Callable[[float], object]]:
    """Return how cells become values, by their kind; the others are values already."""
    import xlrd

    @cache
    def moment(value: float) -> object:
        return excel_moment(value, since_1904=bool(datemode))

    def nothing(_code: float) -> object:
        return ""

    return {
        xlrd.XL_CELL_DATE: moment,
        xlrd.XL_CELL_BOOLEAN: bool,
        xlrd.XL_CELL_ERROR: nothing,
    }
