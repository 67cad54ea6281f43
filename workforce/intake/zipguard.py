"""Checks on the inside of zipped workbooks before any reader is let near them."""

import io
import re
import zipfile
from collections.abc import Iterator

from workforce.domain.errors import UserError
from workforce.intake import limits

__all__ = ["check_archive"]

_CHUNK = 1 << 20
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
_WIDE_OR_LONG = re.compile(rb"r=\"(?:[A-Z]{2}|[A-Z]\d{7})")
_ODS_TOKEN = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])([^>]*)>"
)
_ODS_REPEAT = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d+)\"")


def check_archive(name: str, content: bytes) -> zipfile.ZipFile:
    """Open a zipped workbook and refuse it if unpacking it would not be safe.

    Args:
        name: File name, for the message.
        content: The bytes.

    Returns:
        The opened archive (in memory; holds no file handle).

    Raises:
        UserError: If the archive is damaged, too large unpacked, packed suspiciously tightly,
            declares entities, or spans more cells than can be held.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UserError(
            f"{name} is damaged and cannot be opened. Open it in Excel, save it again and upload "
            "the new copy."
        ) from None
    _check_declared(name, members)
    try:
        for member in members:
            if member.filename.lower().endswith((".xml", ".bin", ".rels")):
                _check_member(name, archive, member)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as fault:
        if isinstance(fault, UserError):
            raise
        raise UserError(
            f"{name} is cut short or damaged inside. Open it in Excel, save it again and upload "
            "the new copy."
        ) from None
    except Exception as fault:  # zlib.error is not a subclass of OSError
        if type(fault).__module__ != "zlib":
            raise
        raise UserError(
            f"{name} is damaged inside. Open it in Excel, save it again and upload the new copy."
        ) from None
    return archive


def _check_declared(name: str, members: list[zipfile.ZipInfo]) -> None:
    too_big = sum(member.file_size for member in members) > limits.MAX_UNPACKED_BYTES
    too_tight = any(
        member.file_size > limits.RATIO_FROM_BYTES
        and member.file_size > limits.MAX_RATIO * max(1, member.compress_size)
        for member in members
    )
    if len(members) > limits.MAX_MEMBERS or too_big or too_tight:
        raise UserError(
            f"{name} unpacks to far more than a workbook of this kind should, so it was not "
            "opened. Copy the table into a new workbook and upload that."
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise UserError(
            f"{name} is protected with a password. Save a copy without a password and upload that."
        )


def _check_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    path = member.filename.lower()
    is_sheet = "worksheets/" in path and path.endswith(".xml")
    chunks = _chunks(name, archive, member)
    if is_sheet:
        _check_sheet(name, chunks)
    elif path == "content.xml":
        _check_ods(name, chunks)
    elif "worksheets/" in path and path.endswith(".bin"):
        _check_binary_sheet(name, b"".join(chunks))
    else:
        for _ in chunks:
            pass


def _chunks(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member in pieces that end at a tag, refusing one that is longer than it declares."""
    seen, rest, is_xml = 0, b"", not member.filename.lower().endswith(".bin")
    with archive.open(member) as stream:
        while block := stream.read(_CHUNK):
            if seen == 0 and is_xml and (b"<!DOCTYPE" in block or b"<!ENTITY" in block):
                raise UserError(
                    f"{name} declares external or nested entities, which a workbook never needs, "
                    "so it was not opened. Save it again from Excel and upload that."
                )
            seen += len(block)
            if seen > limits.MAX_UNPACKED_BYTES or seen > max(member.file_size, 1) + _CHUNK:
                raise UserError(
                    f"{name} unpacks to more than it declares, so it was not opened. Copy the "
                    "table into a new workbook and upload that."
                )
            block = rest + block
            cut = block.rfind(b"<") if is_xml else len(block)
            cut = cut if cut > 0 else len(block)
            rest = block[cut:]
            yield block[:cut]
    yield rest


def _refuse_size(name: str, rows: int, columns: int) -> None:
    if columns > limits.MAX_COLUMNS and rows > 1:
        raise UserError(
            f"{name} has a sheet that reaches to column {columns:,}; at most "
            f"{limits.MAX_COLUMNS:,} can be read. Delete what lies to the right of the table."
        )
    if rows > limits.MAX_ROWS or rows * columns > limits.MAX_CELLS:
        raise UserError(
            f"{name} has a sheet that spans {rows:,} rows by {columns:,} columns, more than can "
            "be read. Delete the empty rows and columns around the table."
        )


def _check_sheet(name: str, chunks: Iterator[bytes]) -> None:
    """Refuse an xlsx sheet whose rectangle is too large.

    A file as Excel writes it, with a reference first in every cell and no column beyond Z, cannot
    span too much and passes after a few byte counts; only others are read tag by tag.
    """
    row = column = widest = longest = 0
    for chunk in chunks:
        references, cells = chunk.count(b'<c r="'), chunk.count(b"<c")
        if references != cells:  # other tags begin with c too, before and after the rows
            cells = chunk.count(b"<c ") + chunk.count(b"<c>") + chunk.count(b"<c/>")
        prefixed = b":c" in chunk and (b":c " in chunk or b":c>" in chunk)
        if references == cells and not prefixed and _WIDE_OR_LONG.search(chunk) is None:
            continue
        for tag, attributes in _ROW_OR_CELL.findall(chunk):
            reference = _REFERENCE.search(attributes)
            if tag == b"row":
                row = int(reference[2]) if reference else row + 1
                column = 0
                continue
            column = _column_number(reference[1]) if reference and reference[1] else column + 1
            if attributes.endswith(b"/"):
                continue
            if reference and reference[1]:
                row = int(reference[2])
            widest, longest = max(widest, column), max(longest, row)
            if widest > limits.MAX_COLUMNS or longest > limits.MAX_ROWS:
                _refuse_size(name, max(longest, 2), widest)
    _refuse_size(name, longest, widest)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_ods(name: str, chunks: Iterator[bytes]) -> None:
    """Refuse an ods sheet whose repeats span too much; trailing empty repeats do not count."""
    rows = width = used = cells = 0
    repeat = 1
    widest = longest = 0
    for chunk in chunks:
        for closing, tag, attributes in _ODS_TOKEN.findall(chunk):
            found = _ODS_REPEAT.search(attributes)
            times = int(found[1]) if found else 1
            if tag == b"table" and not closing:
                rows = widest = longest = 0
            elif tag == b"table-row" and not closing:
                repeat, width, used = times, 0, 0
                if attributes.endswith(b"/"):
                    rows += times
            elif tag == b"table-row":
                rows += repeat
                if used:
                    longest, widest = rows, max(widest, used)
                    cells += used * repeat
                _refuse_size(name, longest, widest)
                if cells > limits.MAX_CELLS:
                    _refuse_size(name, limits.MAX_ROWS + 1, widest)
            elif not closing:
                width += times
                if not attributes.endswith(b"/"):
                    used = width


def _check_binary_sheet(name: str, content: bytes) -> None:
    """Refuse an xlsb sheet by its row and cell records (type and length are 7-bit numbers)."""
    position, row, widest, longest, end = 0, 0, 0, 0, len(content)
    while position + 2 <= end:
        kind, position = _seven_bit(content, position, 2)
        size, position = _seven_bit(content, position, 4)
        if kind == 0 and size >= 4:
            row = int.from_bytes(content[position : position + 4], "little") + 1
        elif 1 < kind <= 11 and size >= 4:
            column = int.from_bytes(content[position : position + 4], "little") + 1
            widest, longest = max(widest, column), max(longest, row)
        position += size
    _refuse_size(name, longest, widest)


def _seven_bit(content: bytes, position: int, most: int) -> tuple[int, int]:
    value = 0
    for index in range(most):
        if position >= len(content):
            break
        byte = content[position]
        position += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return value, position
