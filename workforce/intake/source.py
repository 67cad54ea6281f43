"""From uploaded bytes to sheets of cells, whatever the format says it is."""

import io
import zipfile
from collections.abc import Generator, Iterator
from typing import cast

from workforce.domain.errors import UserError
from workforce.intake import limits
from workforce.intake.binarybook import read_binary_workbook
from workforce.intake.cells import pack_rows
from workforce.intake.oldexcel import OLD_EXCEL, read_old_workbook
from workforce.intake.opendocument import is_flat_opendocument, read_opendocument
from workforce.intake.rawsheet import (
    Merged,
    RawSheet,
    SourceFile,
    check_shape,
    damaged,
    protected,
)
from workforce.intake.sheetpaths import sheet_paths
from workforce.intake.textfile import decode, read_text_rows
from workforce.intake.webpage import is_web_page, read_web_page
from workforce.intake.xlsx_book import NotPlain, open_plain_book
from workforce.intake.xmlsheet import is_xml_spreadsheet, read_xml_spreadsheet
from workforce.intake.zipguard import CheckedArchive, check_archive, open_archive, repacked

__all__ = ["Merged", "RawSheet", "SourceFile", "read_sheets"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOCK = 1 << 20
_NOT_A_TABLE = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed archive",
    b"7z\xbc\xaf": "a compressed archive",
    b"Rar!": "a compressed archive",
}


def read_sheets(file: SourceFile) -> Iterator[RawSheet]:
    """Read every sheet of a file, one at a time.

    The format is told from the bytes, never from the extension. Macros and formulas are not run,
    links are not followed, and a workbook is checked for its unpacked size first.

    Args:
        file: The file.

    Yields:
        Its sheets in order, hidden ones marked.

    Raises:
        UserError: If the file is no spreadsheet, is protected, damaged or too large.
    """
    cells = 0
    for sheet in _sheets(file.name, file.content):
        cells += sheet.cells.size
        if cells > limits.MAX_CELLS_IN_ALL:
            raise UserError(
                f"{file.name} has sheets that span more than {limits.MAX_CELLS_IN_ALL:,} cells "
                "together. Delete the empty rows and columns around the tables, or upload the "
                "sheets that matter."
            )
        yield sheet


def _sheets(name: str, content: bytes) -> Iterator[RawSheet]:
    if not content.strip(b"\x00 \r\n\t"):
        raise UserError(f"{name} is empty. Check the export and upload it again.")
    if len(content) > limits.MAX_FILE_BYTES:
        raise UserError(
            f"{name} is larger than {limits.MAX_FILE_BYTES // 2**20} MB. Leave out columns that "
            "are not needed, or split the file by year."
        )
    for mark, what in _NOT_A_TABLE.items():
        if content.startswith(mark):
            raise UserError(
                f"{name} is {what}, not a spreadsheet. Upload the Excel workbook or CSV file "
                "that it was made from."
            )
    if content.startswith(b"PK"):
        yield from _read_zipped(name, content)
    elif content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise protected(name)
    elif content.startswith((_OLE, *OLD_EXCEL)):
        yield from read_old_workbook(name, content)
    else:
        yield from _read_text(name, content)


def _read_text(name: str, content: bytes) -> Iterator[RawSheet]:
    text, encoding = decode(name, content)
    if is_xml_spreadsheet(text):
        yield from read_xml_spreadsheet(name, content)
    elif is_flat_opendocument(text):
        yield from read_opendocument(name, [content])
    elif is_web_page(text):
        yield from read_web_page(name, text)
    elif (what := _other_document(text)) is not None:
        raise UserError(
            f"{name} is {what}, not a spreadsheet. Open it in Excel, choose Save as, Excel "
            "workbook (.xlsx), and upload that."
        )
    else:
        yield from _read_delimited(name, text, encoding)


def _other_document(text: str) -> str | None:
    """Return what a text is that is no table, if it says so at its start."""
    head = text[:500].lstrip("\ufeff \r\n\t").lower()
    if head.startswith("<!doctype html"):
        return "a web page without a table"
    if head.startswith(("<?xml", "<!doctype")):
        return "an XML file"
    return "a web archive" if head.startswith("mime-version:") else None


def _read_delimited(name: str, text: str, encoding: str) -> Iterator[RawSheet]:
    rows, separator = read_text_rows(name, text)
    notes = []
    if encoding in {"cp1252", "cp1250"}:
        notes.append(f"Read as {encoding}, because it is not valid UTF-8.")
    if separator != ",":
        shown = {"\t": "tab", ";": "semicolon", "|": "pipe"}.get(separator, separator)
        notes.append(f"Cells are separated by {shown}.")
    width = max(map(len, rows), default=0)
    check_shape(name, len(rows), width)
    padded = (row + [""] * (width - len(row)) for row in rows)
    yield RawSheet("", pack_rows(padded, len(rows), width), notes=tuple(notes))


def _read_zipped(name: str, content: bytes) -> Iterator[RawSheet]:
    """Read a zipped workbook: what is as usual quickly, and from there on with all checks."""
    done = yield from _read_plainly(open_archive(name, content))
    if done is not None:
        yield from _read_checked(name, content, done)


def _read_plainly(archive: zipfile.ZipFile) -> Generator[RawSheet, None, int | None]:
    """Read the sheets of an ordinary xlsx; return how many are done with, `None` for all."""
    done = 0
    try:
        book = open_plain_book(archive)
        for entry in book.entries:
            if entry.member:
                sheet = book.read(entry)
                yield RawSheet(
                    entry.name,
                    sheet.cells,
                    entry.hidden,
                    sheet.merged,
                    uncalculated=sheet.uncalculated,
                )
            done += 1
    except NotPlain:
        return done
    return None


def _read_checked(name: str, content: bytes, done: int) -> Iterator[RawSheet]:
    archive = check_archive(name, content)
    members = {member.lower() for member in archive.namelist()}
    if "mimetype" in members and "content.xml" in members:
        yield from _read_opendocument(name, archive)
    elif "xl/workbook.bin" in members:
        yield from read_binary_workbook(name, archive)
    elif "xl/workbook.xml" in members:
        yield from _read_workbook(name, content, archive, done)
    else:
        raise UserError(
            f"{name} is an archive or document, not a workbook. Upload the spreadsheet itself."
        )


def _read_opendocument(name: str, archive: zipfile.ZipFile) -> Iterator[RawSheet]:
    members = {member.lower(): member for member in archive.namelist()}
    try:
        kind = archive.read(members["mimetype"])
        listed = archive.read(members.get("meta-inf/manifest.xml", members["mimetype"]))
    except Exception as fault:
        # The checks before this read XML only; what zipfile raises here is its own business.
        raise damaged(name, fault) from None
    if b"spreadsheet" not in kind:
        raise UserError(
            f"{name} is a text document or presentation. Upload the spreadsheet itself."
        )
    if b"encryption-data" in listed:
        raise protected(name)
    with archive.open(members["content.xml"]) as stream:
        yield from read_opendocument(name, iter(lambda: stream.read(_BLOCK), b""))


def _read_workbook(
    name: str, content: bytes, archive: CheckedArchive, done: int
) -> Iterator[RawSheet]:
    without_result = archive.uncalculated
    paths = sheet_paths(archive) if without_result else {}
    content = repacked(content, archive)
    archive.close()
    for sheet in _read_with_calamine(name, content, done):
        sheet.uncalculated = without_result.get(paths.get(sheet.name, ""), ())
        yield sheet


def _read_with_calamine(name: str, content: bytes, done: int = 0) -> Iterator[RawSheet]:
    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise protected(name) from None
    except BaseException as fault:
        if _is_ours_to_stop(fault):
            raise
        raise damaged(name, fault) from None
    try:
        for position, sheet_meta in enumerate(workbook.sheets_metadata):
            if position >= limits.MAX_SHEETS:
                raise UserError(
                    f"{name} has more than {limits.MAX_SHEETS} sheets. Keep those that matter and "
                    "upload that copy."
                )
            if position < done or str(sheet_meta.typ).rsplit(".", 1)[-1] != "WorkSheet":
                continue
            try:
                sheet = workbook.get_sheet_by_index(position)
                merged = tuple(sheet.merged_cell_ranges or ())
                end, start = sheet.end or (-1, -1), sheet.start or (0, 0)
                height, width = end[0] + 1, end[1] + 1
                check_shape(name, height, width)
                rows = cast("Iterator[list[object]]", sheet.iter_rows())
                cells = pack_rows(rows, height, width, first=start[1])
            except UserError:
                raise
            except BaseException as fault:
                if _is_ours_to_stop(fault):
                    raise
                raise damaged(name, fault, sheet_meta.name) from None
            hidden = not str(sheet_meta.visible).endswith(".Visible")
            del sheet, rows
            yield RawSheet(sheet_meta.name, cells, hidden, merged)
    finally:
        workbook.close()


def _is_ours_to_stop(fault: BaseException) -> bool:
    """Tell an interrupt from a fault of the reader, whose panics are no ordinary exceptions."""
    return isinstance(fault, (KeyboardInterrupt, SystemExit, GeneratorExit))
