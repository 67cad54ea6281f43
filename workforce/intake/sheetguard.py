"""Checks on the sheets and texts of an xlsx before the fast reader is let near them.

That reader takes memory for the whole rectangle that a sheet spans, and for every cell its own
copy of the text, however often that is repeated. Where there is not enough, it ends the process.
"""

import re
from collections.abc import Callable, Iterator

from workforce.domain.errors import UserError
from workforce.intake import limits

__all__ = ["Chunks", "Texts", "check_sheet", "column_number", "refuse_size", "refuse_texts"]

Chunks = Callable[[], Iterator[bytes]]
"""Gives the text of a member from its start, in pieces that end where a tag begins."""

# Never across a “<”: time must not grow faster than the text.
_ROW_OR_CELL = re.compile(
    rb"<(?:[^\s<>/\"'=]*:)?(row|c)(?=[\s/>])((?:[^\"'<>]++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
)
_ROW_OR_CELL_BEGINS = re.compile(rb"<(?:[^\s<>/\"'=]*:)?(?:row|c)[\s/>]")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
_USUAL_CELL = re.compile(rb"<c r=\"([A-Za-z]++)(\d++)\"[^<>]*+>")
_BEYOND_Z = re.compile(rb"<c r=\"(?:[A-Za-z]{2}|[A-Za-z]\d{7}|[^A-Za-z])")
_ANY_CELL = re.compile(rb"<c[\s/>]")
_PREFIXED = re.compile(rb"<[^\s<>/\"'=]*:c[\s/>]")
_SHARED = re.compile(rb"<c\s[^<>]*?\bt=\"s\"[^<>]*+><v>(\d+)</v>")
_SHARED_AT_ALL = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_TEXT_START = re.compile(rb"<(?:[^\s<>/\"'=]*:)?si[\s/>]")
_LONGEST_NUMBER = 9


def refuse_size(name: str, rows: int, columns: int) -> None:
    """Refuse a sheet by what it spans.

    Args:
        name: File name.
        rows: Last row with content.
        columns: Last column with content.

    Raises:
        UserError: If that is more than can be held.
    """
    if columns > limits.MAX_COLUMNS and rows > 1:
        raise UserError(
            f"{name} has a sheet that reaches to column {columns:,}; at most "
            f"{limits.MAX_COLUMNS:,} can be read. Delete what lies to the right of the table."
        )
    if rows > limits.MAX_ROWS or rows * columns > limits.MAX_CELLS:
        raise UserError(
            f"{name} has a sheet that spans {rows:,} rows by {columns:,} columns; at most "
            f"{limits.MAX_ROWS:,} rows and {limits.MAX_CELLS:,} cells can be read. Delete the "
            "empty rows and columns around the table."
        )


def refuse_texts(name: str) -> UserError:
    """Return what is said where the texts of all cells together are too much."""
    return UserError(
        f"{name} repeats long texts so often that they fill more than "
        f"{limits.MAX_TEXT_BYTES // 2**20:,} MB. Shorten or leave out the columns with long texts."
    )


class Texts:
    """The shared texts of a workbook and the cells that may refer to them."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._longest = self._cells = 0
        self._sheets: list[Chunks] = []
        self._texts: list[Chunks] = []

    def add_texts(self, name: str, chunks: Chunks, again: Chunks) -> None:
        """Measure the texts of a member, if it holds any.

        Args:
            name: File name.
            chunks: The member.
            again: The same, for a second reading where one is needed.

        Raises:
            UserError: If there are more texts than can be held.
        """
        count = 0
        for length in _lengths(chunks):
            self._longest = max(self._longest, length)
            count += 1
            if count > limits.MAX_TEXTS:
                raise UserError(
                    f"{name} holds more than {limits.MAX_TEXTS:,} different texts, more than can "
                    "be read. Split it by year or leave out columns that are not needed."
                )
        if count:
            self._texts.append(again)

    def add_sheet(self, name: str, cells: int, chunks: Chunks) -> None:
        """Add the cells of a sheet.

        Raises:
            UserError: If there are more cells than can be held.
        """
        if cells > limits.MAX_CELLS:
            raise UserError(
                f"{name} has a sheet of {cells:,} cells; at most {limits.MAX_CELLS:,} can be read. "
                "Split it by year or leave out columns that are not needed."
            )
        self._cells += cells
        self._sheets.append(chunks)

    def check(self, name: str) -> None:
        """Refuse a workbook whose cells would hold too much text.

        Raises:
            UserError: If so, or if it cannot be told.
        """
        if self._longest * self._cells <= limits.MAX_TEXT_BYTES:
            return
        for texts in self._texts:
            lengths, total = list(_lengths(texts)), 0
            for chunk in (chunk for sheet in self._sheets for chunk in sheet()):
                places = [int(place[:_LONGEST_NUMBER]) for place in _SHARED.findall(chunk)]
                total += sum(lengths[place] for place in places if place < len(lengths))
                unclear = len(places) != len(_SHARED_AT_ALL.findall(chunk))
                if unclear or total > limits.MAX_TEXT_BYTES:
                    raise refuse_texts(name)


def _lengths(chunks: Chunks) -> Iterator[int]:
    """Yield the bytes from each shared text to the next."""
    start, offset = -1, 0
    for chunk in chunks():
        for match in _TEXT_START.finditer(chunk):
            if start >= 0:
                yield offset + match.start() - start
            start = offset + match.start()
        offset += len(chunk)
    if start >= 0:
        yield offset - start


def check_sheet(name: str, chunks: Chunks) -> int:
    """Refuse an xlsx sheet whose rectangle is too large.

    A file as Excel writes it, with a reference first in every cell and no column beyond Z, cannot
    span too much and passes after a few byte counts; any other is measured.

    Args:
        name: File name.
        chunks: The sheet.

    Returns:
        The number of cells, whether they hold something or not.

    Raises:
        UserError: If the sheet spans too much.
        ValueError: If a cell is written so that no limit can be told.
    """
    cells = 0
    for chunk in chunks():
        usual = _usual_cells(chunk)
        if usual < 0 or _BEYOND_Z.search(chunk) is not None:
            return _measure(name, chunks)
        cells += usual
    return cells


def _usual_cells(chunk: bytes) -> int:
    """Return the number of cells, or -1 if not all are written as Excel does."""
    references, cells = chunk.count(b'<c r="'), chunk.count(b"<c")
    if references != cells:  # other tags begin with c too, before and after the rows
        cells = len(_ANY_CELL.findall(chunk))
    if references != cells or (b":c" in chunk and _PREFIXED.search(chunk) is not None):
        return -1
    return references


class _Extent:
    """What a sheet spans, chunk by chunk."""

    def __init__(self) -> None:
        self.row = self.column = self.widest = self.longest = self.cells = 0

    def is_too_large(self, widest: int, longest: int) -> bool:
        """Return whether so much would be refused."""
        return (
            widest > limits.MAX_COLUMNS
            or longest > limits.MAX_ROWS
            or widest * longest > limits.MAX_CELLS
        )

    def add_usual(self, chunk: bytes) -> bool:
        """Add cells written as Excel does; return whether that is enough of a look at them."""
        found = _USUAL_CELL.findall(chunk)
        if not 0 < len(found) == _usual_cells(chunk):
            return False
        letters, numbers = zip(*found, strict=True)
        widest = max(self.widest, *map(column_number, dict.fromkeys(letters)))
        longest = max(self.longest, *map(_whole, dict.fromkeys(numbers)))
        if self.is_too_large(widest, longest):  # cells without content may be the reason
            return False
        self.widest, self.longest = widest, longest
        self.column = column_number(letters[-1])
        self.row = max(_whole(numbers[-1]), self.row + chunk.count(b"<row"))
        self.cells += len(found)
        return True

    def add_any(self, chunk: bytes) -> None:
        """Add cells however they are written, tag by tag."""
        found = _ROW_OR_CELL.findall(chunk)
        if len(found) != len(_ROW_OR_CELL_BEGINS.findall(chunk)):
            raise ValueError
        for tag, attributes in found:
            # Several at a time are decoys inside other values: the largest counts.
            said = _REFERENCE.findall(attributes)
            if tag == b"row":
                self.row = max((_whole(number) for _, number in said), default=self.row + 1)
                self.column = 0
                continue
            self.cells += 1
            self.column = max(
                (column_number(letters) for letters, _ in said), default=self.column + 1
            )
            if not attributes.endswith(b"/"):
                place = max((_whole(number) for _, number in said), default=self.row)
                self.widest = max(self.widest, self.column)
                self.longest = max(self.longest, place)


def _measure(name: str, chunks: Chunks) -> int:
    extent = _Extent()
    for chunk in chunks():
        if not extent.add_usual(chunk):
            extent.add_any(chunk)
        if extent.widest > limits.MAX_COLUMNS or extent.longest > limits.MAX_ROWS:
            refuse_size(name, max(extent.longest, 2), extent.widest)
    refuse_size(name, extent.longest, extent.widest)
    return extent.cells


def _whole(digits: bytes) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters[:_LONGEST_NUMBER].upper():
        number = number * 26 + letter - 64
    return number
