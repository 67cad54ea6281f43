"""A sheet of an xlsx workbook, unpacked once and turned into columns on the way."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake import limits
from workforce.intake.column import Column
from workforce.intake.grid import Grid
from workforce.intake.xlsx_scan import DAY, FLAG, SPAN, TEXT, Cells, Scanner
from workforce.intake.xlsx_texts import NotPlain, XlsxTexts

__all__ = ["PlainSheet", "read_plain_sheet"]

_BLOCK: Final = 1 << 20
_LONGEST: Final = 16 << 20
"""Bytes before, between and after rows that are held at most."""
_START: Final = re.compile(rb"<sheetData\s*(/?)>")
_END: Final = b"</sheetData>"
_ROW_END: Final = b"</row>"
_MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_EPOCH: Final = datetime(1899, 12, 30)
_LAST_SERIAL: Final = 2_958_465
_FROM_1970: Final = 25_569
"""Serial of 1 January 1970."""

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """What a sheet holds.

    Attributes:
        cells: Its cells from A1 on.
        merged: Merged ranges as ((row, column), (row, column)), inclusive, from 0.
        uncalculated: Rows, from 1, with a formula whose result is not in the file.
    """

    cells: Grid
    merged: tuple[Merged, ...]
    uncalculated: tuple[int, ...]


@dataclass(slots=True)
class _Collected:
    """Cells so far, by column: where a piece begins, the sorts of its cells and their numbers."""

    rows: list[NDArray[np.int64]] = field(default_factory=list)
    height: int = 0
    pieces: dict[int, list[tuple[int, NDArray[np.uint8], NDArray[np.number]]]] = field(
        default_factory=dict
    )
    uncalculated: list[int] = field(default_factory=list)

    def add(self, cells: Cells) -> None:
        """Add the cells of some rows."""
        self.uncalculated += cells.uncalculated.tolist()
        if not len(cells.row):
            return
        used = np.zeros(len(cells.rows), dtype=bool)
        used[cells.row] = True
        place = (np.cumsum(used) - 1)[cells.row]
        rows, width = cells.rows[used], int(cells.column.max()) + 1
        last = int(rows[-1])
        if self.rows and int(rows[0]) <= int(self.rows[-1][-1]):
            raise NotPlain
        widest = max(width, *self.pieces, 1)
        if last > limits.MAX_ROWS or last * widest > limits.MAX_CELLS:
            raise NotPlain  # the general way says it in words
        sort = np.zeros((width, len(rows)), dtype=np.uint8)
        number = np.zeros((width, len(rows)))
        sort[cells.column, place] = cells.sort
        number[cells.column, place] = cells.number
        for index in np.flatnonzero(sort.any(axis=1)).tolist():
            piece = (self.height, sort[index].copy(), _narrow(number[index]))
            self.pieces.setdefault(index, []).append(piece)
        self.rows.append(rows)
        self.height += len(rows)

    def grid(self, texts: XlsxTexts) -> Grid:
        """Return all cells, letting go of them column by column."""
        if not self.rows:
            return Grid([], 0)
        rows = np.concatenate(self.rows) - 1
        height, width = int(rows[-1]) + 1, max(self.pieces) + 1
        columns = []
        for index in range(width):
            sort = np.zeros(len(rows), dtype=np.uint8)
            number = np.zeros(len(rows))
            for start, sorts, numbers in self.pieces.pop(index, []):
                sort[start : start + len(sorts)] = sorts
                number[start : start + len(sorts)] = numbers
            columns.append(_column(sort, number, rows, height, texts))
        return Grid(columns, height)


def _narrow(numbers: NDArray[np.float64]) -> NDArray[np.number]:
    """Return numbers in half the room where they are whole, as keys and days are."""
    small = np.abs(numbers).max() < 2**31
    whole = numbers.astype(np.int32) if small else numbers
    return whole if small and bool((whole == numbers).all()) else numbers.copy()


def read_plain_sheet(
    archive: zipfile.ZipFile, member: str, scanner: Scanner, texts: XlsxTexts
) -> PlainSheet:
    """Read a sheet, holding a megabyte of its text at a time.

    Args:
        archive: The workbook.
        member: The sheet's part.
        scanner: Finds cells.
        texts: Texts of the workbook.

    Raises:
        NotPlain: If the sheet is not as spreadsheet programs write it, or too large.
    """
    collected = _Collected()
    tail = b""
    with archive.open(member) as stream:
        blocks = iter(lambda: stream.read(_BLOCK), b"")
        data = _skip_to_rows(blocks)
        if data is not None:
            for stretch, rest in _stretches(data, blocks):
                tail = rest
                if stretch:
                    collected.add(scanner.scan(stretch))
            tail += _rest(blocks, len(tail))
    if b"<!" in tail:
        raise NotPlain
    merged = tuple(_range(found) for found in _MERGED.findall(tail))
    return PlainSheet(collected.grid(texts), merged, tuple(sorted(set(collected.uncalculated))))


def _skip_to_rows(blocks: Iterator[bytes]) -> bytes | None:
    """Return what has been read behind the start of the rows, `None` where there are none."""
    head = b""
    for block in blocks:
        head += block
        if found := _START.search(head):
            opening = head[: found.start()]
            # Comments may hide anything, and another encoding or prefix is for a general reader.
            if b"<!" in opening or b"<worksheet" not in opening or not _is_utf8(opening):
                raise NotPlain
            return None if found[1] else head[found.end() :]
        if len(head) > _LONGEST:
            break
    raise NotPlain


def _is_utf8(opening: bytes) -> bool:
    declared = re.search(rb"encoding\s*=\s*[\"']([^\"']*)", opening[:200])
    return declared is None or declared[1].lower() in {b"utf-8", b"us-ascii", b"ascii"}


def _stretches(data: bytes, blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield stretches of whole rows, and with the last one what has been read behind the rows."""
    searched = 0
    while (end := data.find(_END, max(0, searched - len(_END)))) < 0:
        cut = data.rfind(_ROW_END, max(0, searched - len(_ROW_END)))
        searched = len(data)
        if cut >= 0:
            cut += len(_ROW_END)
            yield data[:cut], b""
            data = data[cut:]
            searched = len(data)
        block = next(blocks, b"")
        if not block or len(data) > _LONGEST:
            raise NotPlain
        data += block
    yield data[:end], data[end + len(_END) :]


def _rest(blocks: Iterator[bytes], size: int) -> bytes:
    """Return what stands behind the rows, unless it is suspiciously much."""
    parts = []
    for block in blocks:
        size += len(block)
        if size > _LONGEST:
            raise NotPlain
        parts.append(block)
    return b"".join(parts)


def _range(found: tuple[bytes, bytes, bytes, bytes]) -> Merged:
    left, top, right, bottom = found
    return (int(top) - 1, _column_index(left)), (int(bottom) - 1, _column_index(right))


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = 26 * index + letter - 64
    return index - 1


def _column(
    sort: NDArray[np.uint8],
    number: NDArray[np.float64],
    rows: NDArray[np.int64],
    height: int,
    texts: XlsxTexts,
) -> Column:
    """Return a column by its distinct values, each turned into an object once."""
    import pandas as pd

    found = np.zeros(len(sort), dtype=np.int32)
    values: list[object] = [""]
    keys = [np.full(1, -1)]
    for kind in np.flatnonzero(np.bincount(sort, minlength=1)).tolist():
        if kind == 0:
            continue
        where = np.flatnonzero(sort == kind)
        places, distinct = pd.factorize(number[where])
        found[where] = places + len(values)
        if kind == TEXT:
            keys.append(distinct.astype(np.int64))
            values += [""] * len(distinct)
        else:
            keys.append(np.full(len(distinct), -1))
            values += _days(distinct) if kind == DAY else [_value(kind, n) for n in distinct]
    codes = found
    if height != len(rows):
        codes = np.zeros(height, dtype=np.int32)
        codes[rows] = found
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return Column(codes, array, np.concatenate(keys), texts)


def _value(kind: int, number: float) -> object:
    number = float(number)
    if kind == SPAN:
        return timedelta(milliseconds=round(number * 86_400_000)) if number < 1e9 else number
    return bool(number) if kind == FLAG else number


def _days(serials: NDArray[np.float64]) -> list[object]:
    usual = (serials == np.floor(serials)) & (serials >= 61) & (serials <= _LAST_SERIAL)
    days = np.where(usual, serials, 61).astype(np.int64) - _FROM_1970
    found: list[object] = days.astype("datetime64[D]").tolist()
    for place in np.flatnonzero(~usual).tolist():
        found[place] = _day(float(serials[place]))
    return found


def _day(serial: float) -> object:
    """Return a serial as a day, a moment or a time of day; one after the year 9999 is a number."""
    if serial >= _LAST_SERIAL + 1:
        return serial
    if serial < 1:
        return (_EPOCH + timedelta(milliseconds=round(max(serial, 0) * 86_400_000))).time()
    # Excel counts 29 February 1900, which never was.
    early = timedelta(days=1) if serial < 60 else timedelta(0)
    if serial.is_integer():
        return date.fromordinal(_EPOCH.toordinal() + int(serial)) + early
    return _EPOCH + timedelta(milliseconds=round(serial * 86_400_000)) + early
