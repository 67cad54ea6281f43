"""Binary workbooks of Excel (.xlsb): records of a kind, a length and a body.

Nothing is taken from what a file declares about itself: texts are held once, cells as they come.
Some writers leave the column out of a cell that follows another; those are read too.
"""

import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from workforce.domain.errors import UserError
from workforce.intake import limits
from workforce.intake.cells import pack_rows
from workforce.intake.exceldates import excel_moment, is_date_format
from workforce.intake.rawsheet import Merged, RawSheet, check_shape, damaged
from workforce.intake.sheetpaths import links_of

__all__ = ["read_binary_workbook"]

_ROW, _SHARED_ITEM, _FORMAT, _STYLE_FORMAT, _SHEETS_END = 0, 19, 44, 47, 144
_BOOK, _SHEET, _MERGED, _STYLES, _STYLES_END = 153, 156, 176, 617, 618
_BLANK = (1, 12)
_SHORT = {13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
"""Kinds of cells without a column, and the kind each is otherwise."""
_RICH_TEXT = 62
_U32 = struct.Struct("<I")
_DOUBLE = struct.Struct("<d")

Record = tuple[int, bytes]


@dataclass(slots=True)
class _Styles:
    """Which styles show a number as a date.

    Attributes:
        dates: For each style whether it does.
        since_1904: Whether days are counted from 1904.
    """

    dates: list[bool] = field(default_factory=list)
    since_1904: bool = False


def read_binary_workbook(name: str, archive: zipfile.ZipFile) -> Iterator[RawSheet]:
    """Read the sheets of an xlsb, one at a time.

    Args:
        name: File name, for messages.
        archive: The archive, checked.

    Yields:
        Its sheets in order, hidden ones marked.

    Raises:
        UserError: If it is damaged or holds more than can be read.
    """
    members = {each.lower(): each for each in archive.namelist()}

    def records(path: str) -> Iterator[Record]:
        member = members.get(path.lower())
        return _records(archive.read(member)) if member is not None else iter(())

    try:
        sheets, since_1904 = _sheets(records("xl/workbook.bin"))
        links = links_of(archive, "xl/workbook.bin")
        styles = _Styles(_dates(records("xl/styles.bin")), since_1904)
        texts = _texts(name, records("xl/sharedStrings.bin"))
    except (struct.error, ValueError, IndexError, KeyError) as fault:
        if isinstance(fault, UserError):
            raise
        raise damaged(name, fault) from None
    if len(sheets) > limits.MAX_SHEETS:
        raise UserError(
            f"{name} has more than {limits.MAX_SHEETS} sheets. Keep those that matter and upload "
            "that copy."
        )
    for title, identity, hidden in sheets:
        path = links.get(identity, "")
        if "worksheets/" not in path:
            continue
        try:
            sheet = _Sheet(name, texts, styles)
            sheet.read(records(path))
            yield sheet.finished(title, hidden)
        except (struct.error, ValueError, IndexError) as fault:
            if isinstance(fault, UserError):
                raise
            raise damaged(name, fault, title) from None


def _records(content: bytes) -> Iterator[Record]:
    """Yield kind and body of the records; kind and length are numbers of seven bits a byte."""
    position, end = 0, len(content)
    while position + 2 <= end:
        kind = content[position]
        position += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[position] & 0x7F) << 7
            position += 1
        size = content[position]
        position += 1
        if size & 0x80:
            size &= 0x7F
            for shift in (7, 14, 21):
                more = content[position]
                position += 1
                size |= (more & 0x7F) << shift
                if more < 0x80:
                    break
        yield kind, content[position : position + size]
        position += size


def _wide(body: bytes, place: int) -> tuple[str, int]:
    """Return the text at a place (length, then two bytes a letter) and where it ends."""
    (length,) = _U32.unpack_from(body, place)
    if length == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + 2 * length
    if end > len(body):
        raise ValueError
    return body[place + 4 : end].decode("utf-16-le", "replace"), end


def _sheets(records: Iterator[Record]) -> tuple[list[tuple[str, str, bool]], bool]:
    """Return the sheets (name, link, whether hidden) and whether days count from 1904."""
    sheets, since_1904 = [], False
    for kind, body in records:
        if kind == _BOOK:
            since_1904 = bool(body[0] & 1)
        elif kind == _SHEET:
            identity, end = _wide(body, 8)
            sheets.append((_wide(body, end)[0], identity, _U32.unpack_from(body)[0] != 0))
        elif kind == _SHEETS_END:
            break
    return sheets, since_1904


def _dates(records: Iterator[Record]) -> list[bool]:
    """Return for each style whether it shows a date."""
    formats: dict[int, str] = {}
    dates, within = [], False
    for kind, body in records:
        if kind == _FORMAT:
            formats[int.from_bytes(body[:2], "little")] = _wide(body, 2)[0]
        elif kind == _STYLES:
            within = True
        elif kind == _STYLES_END:
            break
        elif kind == _STYLE_FORMAT and within:
            number = int.from_bytes(body[2:4], "little")
            dates.append(is_date_format(number, formats.get(number, "")))
    return dates


def _texts(name: str, records: Iterator[Record]) -> list[str]:
    texts = []
    for kind, body in records:
        if kind == _SHARED_ITEM:
            texts.append(_wide(body, 1)[0][: limits.MAX_TEXT])
            if len(texts) > limits.MAX_TEXTS:
                raise UserError(
                    f"{name} holds more than {limits.MAX_TEXTS:,} different texts, more than can "
                    "be read. Split it by year or leave out columns that are not needed."
                )
    return texts


class _Sheet:
    """A sheet being read."""

    def __init__(self, name: str, texts: list[str], styles: _Styles) -> None:
        self._name = name
        self._dates = styles.dates
        self._rows: dict[int, list[object]] = {}
        self._height = self._width = 0
        self._merged: list[Merged] = []

        @cache
        def moment(number: float) -> object:
            return excel_moment(number, since_1904=styles.since_1904)

        self._moment = moment
        self._values: dict[int, Callable[[bytes], object]] = {
            2: _packed,
            3: lambda _body: "",
            4: lambda body: body[0] != 0,
            5: lambda body: _DOUBLE.unpack_from(body)[0],
            6: lambda body: _wide(body, 0)[0],
            7: lambda body: texts[_U32.unpack_from(body)[0]],
            _RICH_TEXT: lambda body: _wide(body, 1)[0],
        }
        # A formula begins as the plain cell of its kind of result does.
        self._values |= {8: self._values[6], 9: self._values[5], 10: self._values[4],
                         11: self._values[3]}  # fmt: skip

    def read(self, records: Iterator[Record]) -> None:
        """Take the records of the sheet."""
        row, column = -1, -1
        for kind, body in records:
            if kind == _ROW:
                row, column = _U32.unpack_from(body)[0], -1
            elif kind in self._values or kind in _BLANK[:1]:
                column = _U32.unpack_from(body)[0]
                if kind in self._values:
                    self._put(row, column, kind, body[4:])
            elif kind in _SHORT or kind in _BLANK[1:]:
                column += 1
                if kind in _SHORT:
                    self._put(row, column, _SHORT[kind], body)
            elif kind == _MERGED and len(self._merged) < limits.MAX_MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                self._merged.append(((top, left), (bottom, right)))

    def _put(self, row: int, column: int, kind: int, body: bytes) -> None:
        value = self._values[kind](body[4:])
        if isinstance(value, float):
            style = int.from_bytes(body[:3], "little")
            if style < len(self._dates) and self._dates[style]:
                value = self._moment(value)
        if value == "":
            return
        if row < 0:
            raise ValueError
        if row >= self._height or column >= self._width:
            self._height, self._width = max(self._height, row + 1), max(self._width, column + 1)
            check_shape(self._name, self._height, self._width)
        cells = self._rows.setdefault(row, [])
        if column >= len(cells):
            cells += [""] * (column + 1 - len(cells))
        cells[column] = value

    def finished(self, title: str, hidden: bool) -> RawSheet:
        """Return the sheet."""
        width = self._width
        rows = (self._rows.get(row, []) for row in range(self._height))
        cells: Iterator[list[object]] = ([*row, *[""] * (width - len(row))] for row in rows)
        return RawSheet(title, pack_rows(cells, self._height, width), hidden, tuple(self._merged))


def _packed(body: bytes) -> float:
    """Return a number of 30 bits: the upper ones of a double, or a whole number, or hundredths."""
    (bits,) = _U32.unpack_from(body)
    if bits & 2:
        whole = bits >> 2
        number = float(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        (number,) = _DOUBLE.unpack(bytes(4) + _U32.pack(bits & 0xFFFFFFFC))
    return number / 100 if bits & 1 else number
