"""Cells out of a stretch of an xlsx sheet, all at once instead of one by one.

The text of a sheet is looked at as an array of bytes: where tags begin, which they are, whether
they follow each other as they must, and only then what stands between them. Whatever is not exactly
as expected raises `NotPlain`, and a general reader takes over.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.xlsx_tags import CELL, FORMULA, ROW, TEXT_TAG, VALUE, tags_of
from workforce.intake.xlsx_texts import NotPlain, XlsxTexts
from workforce.intake.xlsx_words import (
    MASK,
    WINDOW,
    Places,
    Words,
    whole_numbers,
    word_at,
    words_at,
)

__all__ = ["BLANK", "DAY", "FLAG", "NUMBER", "SPAN", "TEXT", "Cells", "Scanner"]

BLANK, TEXT, NUMBER, DAY, SPAN, FLAG, _PLAIN, _INLINE, _ERROR = range(9)
"""Sorts of cells: the number of a text is its key, of a day its serial, of a flag 0 or 1."""

_ROW_START: Final = np.uint64(int.from_bytes(b'<row r="', "little"))
_CELL_START: Final = np.uint64(int.from_bytes(b'<c r="', "little"))
_PRESERVED: Final = b'<t xml:space="preserve">'
_ATTRIBUTES: Final = re.compile(rb'((?: [a-z]{1,2}="[A-Za-z0-9]*")*) ?/?>')
_ATTRIBUTE: Final = re.compile(rb'([a-z]{1,2})="([A-Za-z0-9]*)"')
_SORTS: Final = {
    b"s": TEXT, b"b": FLAG, b"e": _ERROR, b"str": _PLAIN, b"inlineStr": _INLINE,
}  # fmt: skip
_NUMBER: Final = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_MOST_TAILS: Final = 400
_MOST_KNOWN: Final = 200_000


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of a stretch that hold something, k of them.

    Attributes:
        rows: Row numbers of the stretch as Excel shows them, rising, shape (r,).
        row: Position of each cell's row in `rows`, shape (k,).
        column: Column from 0, shape (k,).
        sort: `TEXT`, `NUMBER`, `DAY`, `SPAN` or `FLAG`, shape (k,).
        number: Number, serial, key or flag, shape (k,).
        uncalculated: Rows with a formula whose result is not given, as Excel shows them.
    """

    rows: Places
    row: Places
    column: Places
    sort: NDArray[np.uint8]
    number: NDArray[np.float64]
    uncalculated: Places


class Scanner:
    """Finds the cells in stretches of sheets of one workbook.

    Args:
        styles: Sort of number by cell style.
        texts: Texts of the workbook; those that stand in cells are added.
    """

    def __init__(self, styles: Sequence[int], texts: XlsxTexts) -> None:
        """Know no cell yet."""
        self._styles = styles
        self._texts = texts
        self._tails: list[tuple[tuple[np.uint64, ...], int]] = []
        self._numbers: dict[bytes, float] = {}

    def scan(self, stretch: bytes) -> Cells:
        """Return the cells of whole rows.

        Args:
            stretch: From `<row` to `</row>`, nothing before and after.

        Raises:
            NotPlain: If anything is not as spreadsheet programs write it.
        """
        whole = stretch + b"\0" * 40
        letters = np.frombuffer(whole, dtype=np.uint8)
        tags = np.flatnonzero(letters == ord("<"))
        ends = np.append(tags[1:], len(stretch))
        kinds = tags_of(whole, tags, ends)
        rows, row_of, head = _rows(whole, letters, tags[(kinds & 15) == ROW], tags, kinds)
        is_cell = (kinds & 15) == CELL
        begins = tags[is_cell]
        column, after = _references(whole, begins, rows, row_of, head)
        sort = self._sorts(whole, after, ends[is_cell])
        # A cell that is its own end holds nothing, whatever its style.
        cell_of = np.cumsum(is_cell) - 1
        values = np.flatnonzero(kinds == VALUE)
        owner = cell_of[values]
        start, stop = tags[values] + 3, ends[values]
        kind = sort[owner]
        number, kept = self._read(whole, start, stop, kind)
        owner, kind, number = owner[kept], kind[kept], number[kept]
        inline = np.flatnonzero(kinds == TEXT_TAG)
        if len(inline):
            more = self._inline(whole, tags[inline], ends[inline])
            whose = cell_of[inline]
            if bool((sort[whose] != _INLINE).any()):
                raise NotPlain
            there = more >= 0
            owner = np.concatenate([owner, whose[there]])
            number = np.concatenate([number, more[there]])
            kind = np.concatenate([kind, np.full(int(there.sum()), TEXT, dtype=np.uint8)])
        kind = np.where(kind == _PLAIN, np.uint8(TEXT), kind)
        formulas = cell_of[(kinds & 15) == FORMULA]
        empty = formulas
        if len(formulas):
            empty = np.setdiff1d(formulas, cell_of[values[start < stop]], assume_unique=True)
        return Cells(rows, row_of[owner], column[owner], kind, number, rows[row_of[empty]])

    def _sorts(self, whole: bytes, after: Places, ends: Places) -> NDArray[np.uint8]:
        """Return what the attributes behind the reference say of each cell."""
        length = ends - after
        if len(length) and not 1 <= int(length.min()) <= int(length.max()) <= WINDOW:
            raise NotPlain
        words = words_at(whole, after, 3) & MASK[length]
        sort = np.zeros(len(after), dtype=np.uint8)
        rest = np.arange(len(after))
        for known, kind in self._tails:
            if not len(rest):
                break
            same = _same(words, rest, known)
            sort[rest[same]] = kind
            rest = rest[~same]
        while len(rest):
            place = int(rest[0])
            tail = whole[int(after[place]) : int(ends[place])]
            known = tuple(words[place])
            self._tails.append((known, self._sort_of(tail)))
            if len(self._tails) > _MOST_TAILS:
                raise NotPlain
            same = _same(words, rest, known)
            sort[rest[same]] = self._tails[-1][1]
            rest = rest[~same]
        return sort

    def _sort_of(self, tail: bytes) -> int:
        """Return the sort of a cell by its attributes: its type, else the style of its number."""
        found = _ATTRIBUTES.fullmatch(tail)
        if found is None:
            raise NotPlain
        given = dict(_ATTRIBUTE.findall(found[1]))
        if not given.keys() <= {b"s", b"t", b"cm", b"vm", b"ph"}:
            raise NotPlain
        kind, style = given.get(b"t", b"n"), given.get(b"s", b"0")
        if kind != b"n":
            if kind not in _SORTS:
                raise NotPlain
            return _SORTS[kind]
        if not style.isdigit():
            raise NotPlain
        return self._styles[int(style)] if int(style) < len(self._styles) else NUMBER

    def _read(
        self, whole: bytes, start: Places, stop: Places, sort: NDArray[np.uint8]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return the number of each value and which of them hold anything."""
        length = stop - start
        number, is_whole = whole_numbers(whole, start, length)
        shared, flags = sort == TEXT, sort == FLAG
        kept = (length > 0) & (sort != _ERROR)
        is_text = sort == _PLAIN
        if bool((shared & ~is_whole).any()) or bool((flags & (~is_whole | (number > 1))).any()):
            raise NotPlain
        if bool((sort == _INLINE).any()):
            raise NotPlain
        if shared.any():
            keys = number[shared].astype(np.int64)
            if int(keys.max()) >= self._texts.size:
                raise NotPlain
            kept[shared] &= ~self._texts.blank[keys]
        for place in np.flatnonzero(is_text & kept):
            number[place] = self._texts.key_of(whole[start[place] : stop[place]])
        other = np.flatnonzero(kept & ~is_whole & ~is_text)
        if len(other):
            spans = zip(start[other].tolist(), stop[other].tolist(), strict=True)
            texts = [whole[a:b] for a, b in spans]
            known = self._numbers
            number[other] = [known[t] if t in known else self._number(t) for t in texts]
        return number, kept

    def _number(self, text: bytes) -> float:
        if _NUMBER.fullmatch(text) is None or not math.isfinite(number := float(text)):
            raise NotPlain
        if len(self._numbers) < _MOST_KNOWN:
            self._numbers[text] = number
        return number

    def _inline(self, whole: bytes, begins: Places, ends: Places) -> NDArray[np.float64]:
        """Return the keys of texts that stand in their cells, -1 where they are empty."""
        keys = []
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            if whole[begin + 2] == ord(">"):
                keys.append(self._texts.key_of(whole[begin + 3 : end]))
            elif whole.startswith(_PRESERVED, begin):
                keys.append(self._texts.key_of(whole[begin + len(_PRESERVED) : end]))
            else:
                raise NotPlain
        return np.array(keys, dtype=float)


def _same(words: Words, rest: Places, known: tuple[np.uint64, ...]) -> NDArray[np.bool_]:
    some = words if len(rest) == len(words) else words[rest]
    same: NDArray[np.bool_] = (
        (some[:, 0] == known[0]) & (some[:, 1] == known[1]) & (some[:, 2] == known[2])
    )
    return same


def _rows(
    whole: bytes,
    letters: NDArray[np.uint8],
    begins: Places,
    tags: Places,
    kinds: NDArray[np.uint8],
) -> tuple[Places, Places, tuple[Places, Words]]:
    """Return row numbers, which row each cell is in, and the digits every cell must repeat."""
    if bool((word_at(whole, begins) != _ROW_START).any()):
        raise NotPlain
    digits = letters[begins[:, None] + np.arange(8, 16)]
    count = np.argmin((digits >= ord("0")) & (digits <= ord("9")), axis=1)
    quoted = digits[np.arange(len(begins)), count] == ord('"')
    numbers, right = whole_numbers(whole, begins + 8, count)
    if not bool((quoted & right).all()):
        raise NotPlain
    rows = numbers.astype(np.int64)
    if bool((np.diff(rows) <= 0).any()) or int(rows[0]) < 1:
        raise NotPlain
    cells = tags[(kinds & 15) == CELL]
    bounds = np.append(np.searchsorted(cells, begins), len(cells))
    row_of = np.repeat(np.arange(len(rows)), np.diff(bounds))
    # The digits and the quote behind them.
    return rows, row_of, (count, word_at(whole, begins + 8) & MASK[count + 1, 0])


def _references(
    whole: bytes, begins: Places, rows: Places, row_of: Places, head: tuple[Places, Words]
) -> tuple[Places, Places]:
    """Return the column of each cell and where its reference ends."""
    opening = word_at(whole, begins)
    if bool(((opening & MASK[6, 0]) != _CELL_START).any()):
        raise NotPlain
    first = (opening >> np.uint64(48) & np.uint64(255)).astype(np.int64) - 64
    second = (opening >> np.uint64(56)).astype(np.int64) - 64
    two = second > 0
    if bool(((first < 1) | (first > 26) | (second > 26)).any()):
        raise NotPlain
    column = np.where(two, first * 26 + second, first) - 1
    count, digits = head
    length = count[row_of]
    start = begins + 7 + two
    if bool(((word_at(whole, start) & MASK[length + 1, 0]) != digits[row_of]).any()):
        raise NotPlain
    return column, start + length + 1
