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

from workforce.intake.xlsx_texts import NotPlain, XlsxTexts

__all__ = ["BLANK", "DAY", "FLAG", "NUMBER", "SPAN", "TEXT", "Cells", "Scanner"]

BLANK, TEXT, NUMBER, DAY, SPAN, FLAG, _PLAIN, _INLINE, _ERROR = range(9)
"""Sorts of cells: the number of a text is its key, of a day its serial, of a flag 0 or 1."""

Words = NDArray[np.uint64]
Places = NDArray[np.int64]

(_ROW, _ROW_END, _CELL, _CELL_END, _VALUE, _VALUE_END, _FORMULA, _FORMULA_END, _IS, _IS_END, _T,
 _T_END) = range(1, 13)  # fmt: skip
_CLOSED: Final = 16
"""Added to a tag that is its own end, `<c r="A1"/>`."""
_TAGS: Final = {
    b"ro": _ROW, b"/r": _ROW_END, b"c ": _CELL, b"/c": _CELL_END, b"v>": _VALUE,
    b"v/": _VALUE + _CLOSED, b"/v": _VALUE_END, b"f>": _FORMULA, b"f ": _FORMULA,
    b"/f": _FORMULA_END, b"is": _IS, b"/i": _IS_END, b"t>": _T, b"t ": _T, b"/t": _T_END,
}  # fmt: skip
_LENGTHS: Final = {
    _ROW_END: 6, _CELL_END: 4, _VALUE_END: 4, _FORMULA_END: 4, _IS: 4, _IS_END: 5, _T_END: 4,
}  # fmt: skip
"""Characters up to the next tag, for tags after which nothing else may stand."""
_FOLLOWS: Final = {
    _ROW: (_CELL, _CELL + _CLOSED, _ROW_END),
    _ROW + _CLOSED: (_ROW, _ROW + _CLOSED),
    _ROW_END: (_ROW, _ROW + _CLOSED),
    _CELL: (_VALUE, _VALUE + _CLOSED, _FORMULA, _FORMULA + _CLOSED, _IS, _CELL_END),
    _CELL + _CLOSED: (_CELL, _CELL + _CLOSED, _ROW_END),
    _CELL_END: (_CELL, _CELL + _CLOSED, _ROW_END),
    _VALUE: (_VALUE_END,),
    _VALUE + _CLOSED: (_CELL_END,),
    _VALUE_END: (_CELL_END,),
    _FORMULA: (_FORMULA_END,),
    _FORMULA + _CLOSED: (_VALUE, _VALUE + _CLOSED, _CELL_END),
    _FORMULA_END: (_VALUE, _VALUE + _CLOSED, _CELL_END),
    _IS: (_T,),
    _T: (_T_END,),
    _T_END: (_IS_END,),
    _IS_END: (_CELL_END,),
}


def _tag_table() -> NDArray[np.uint8]:
    table = np.zeros(1 << 16, dtype=np.uint8)
    for letters, tag in _TAGS.items():
        table[letters[0] << 8 | letters[1]] = tag
    return table


def _pair_table() -> NDArray[np.bool_]:
    table = np.zeros(32 * 32, dtype=bool)
    for tag, following in _FOLLOWS.items():
        for other in following:
            table[tag * 32 + other] = True
    return table


_TAG_OF: Final = _tag_table()
_MAY_FOLLOW: Final = _pair_table()
_LENGTH_OF: Final = np.array([_LENGTHS.get(tag, 0) for tag in range(32)], dtype=np.int64)
_WINDOW: Final = 24
"""Bytes looked at behind a reference: ` s="12" t="inlineStr">` and more."""
_MASK: Final = np.array(
    [[(1 << 8 * max(0, min(8, length - 8 * word))) - 1 for word in range(3)]
     for length in range(_WINDOW + 1)],
    dtype=np.uint64,
)  # fmt: skip
"""By length, the mask of as many bytes of three words."""
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
        kinds = _kinds(letters, tags, ends)
        rows, row_of, head = _rows(whole, letters, tags[(kinds & 15) == _ROW], tags, kinds)
        is_cell = (kinds & 15) == _CELL
        begins = tags[is_cell]
        column, after = _references(whole, begins, rows, row_of, head)
        sort = self._sorts(whole, after, ends[is_cell])
        # A cell that is its own end holds nothing, whatever its style.
        cell_of = np.cumsum(is_cell) - 1
        values = np.flatnonzero(kinds == _VALUE)
        owner = cell_of[values]
        start, stop = tags[values] + 3, ends[values]
        kind = sort[owner]
        number, kept = self._read(whole, start, stop, kind)
        owner, kind, number = owner[kept], kind[kept], number[kept]
        inline = np.flatnonzero(kinds == _T)
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
        empty = np.setdiff1d(
            cell_of[(kinds & 15) == _FORMULA], cell_of[values[start < stop]], assume_unique=True
        )
        return Cells(rows, row_of[owner], column[owner], kind, number, rows[row_of[empty]])

    def _sorts(self, whole: bytes, after: Places, ends: Places) -> NDArray[np.uint8]:
        """Return what the attributes behind the reference say of each cell."""
        length = ends - after
        if len(length) and not 1 <= int(length.min()) <= int(length.max()) <= _WINDOW:
            raise NotPlain
        words = _words(whole, after, 3) & _MASK[length]
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
        number, is_whole = _whole_numbers(whole, start, length)
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


def _words(whole: bytes, places: Places, count: int) -> Words:
    """Return words of eight bytes that begin at some places, shape (k, count)."""
    size = 8 * count
    at = np.ndarray((len(whole) - size + 1,), dtype=f"V{size}", buffer=whole, strides=(1,))
    return at[places].view("<u8").reshape(len(places), count)


def _word(whole: bytes, places: Places) -> Words:
    at = np.ndarray((len(whole) - 7,), dtype="<u8", buffer=whole, strides=(1,))
    found: Words = at[places]
    return found


def _same(words: Words, rest: Places, known: tuple[np.uint64, ...]) -> NDArray[np.bool_]:
    some = words if len(rest) == len(words) else words[rest]
    same: NDArray[np.bool_] = (
        (some[:, 0] == known[0]) & (some[:, 1] == known[1]) & (some[:, 2] == known[2])
    )
    return same


def _kinds(letters: NDArray[np.uint8], tags: Places, ends: Places) -> NDArray[np.uint8]:
    """Return which tags stand where, all of them known and in an order that may be."""
    kinds: NDArray[np.uint8] = _TAG_OF[letters[tags + 1].astype(np.uint16) << 8 | letters[tags + 2]]
    before = letters[ends - 1]
    opening = (kinds == _ROW) | (kinds == _CELL)
    if bool((before[opening] != ord(">")).any()):
        raise NotPlain
    may_close = opening | (kinds == _FORMULA) | (kinds == _T)
    closed = may_close & (before == ord(">")) & (letters[ends - 2] == ord("/"))
    kinds = np.where(closed, kinds + np.uint8(_CLOSED), kinds)
    length = _LENGTH_OF[kinds]
    if not len(kinds) or tags[0] or bool(((length > 0) & (length != ends - tags)).any()):
        raise NotPlain
    pairs = kinds[:-1].astype(np.int16) * 32 + kinds[1:]
    edges = {int(kinds[0]) & 15, int(kinds[-1])}
    if not bool(_MAY_FOLLOW[pairs].all()) or not edges <= {_ROW, _ROW_END, _ROW + _CLOSED}:
        raise NotPlain
    return kinds


def _rows(
    whole: bytes,
    letters: NDArray[np.uint8],
    begins: Places,
    tags: Places,
    kinds: NDArray[np.uint8],
) -> tuple[Places, Places, tuple[Places, Words]]:
    """Return row numbers, which row each cell is in, and the digits every cell must repeat."""
    if bool((_word(whole, begins) != _ROW_START).any()):
        raise NotPlain
    digits = letters[begins[:, None] + np.arange(8, 16)]
    count = np.argmin((digits >= ord("0")) & (digits <= ord("9")), axis=1)
    quoted = digits[np.arange(len(begins)), count] == ord('"')
    numbers, right = _whole_numbers(whole, begins + 8, count)
    if not bool((quoted & right).all()):
        raise NotPlain
    rows = numbers.astype(np.int64)
    if bool((np.diff(rows) <= 0).any()) or int(rows[0]) < 1:
        raise NotPlain
    cells = tags[(kinds & 15) == _CELL]
    bounds = np.append(np.searchsorted(cells, begins), len(cells))
    row_of = np.repeat(np.arange(len(rows)), np.diff(bounds))
    # The digits and the quote behind them.
    return rows, row_of, (count, _word(whole, begins + 8) & _MASK[count + 1, 0])


def _references(
    whole: bytes, begins: Places, rows: Places, row_of: Places, head: tuple[Places, Words]
) -> tuple[Places, Places]:
    """Return the column of each cell and where its reference ends."""
    opening = _word(whole, begins)
    if bool(((opening & _MASK[6, 0]) != _CELL_START).any()):
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
    if bool(((_word(whole, start) & _MASK[length + 1, 0]) != digits[row_of]).any()):
        raise NotPlain
    return column, start + length + 1


_TENS: Final = (
    (np.uint64(10), np.uint64(8), np.uint64(0x00FF00FF00FF00FF)),
    (np.uint64(100), np.uint64(16), np.uint64(0x0000FFFF0000FFFF)),
    (np.uint64(10_000), np.uint64(32), np.uint64(0x00000000FFFFFFFF)),
)
_ZEROS: Final = 0x3030303030303030
_LEADING: Final = np.array(
    [_ZEROS & ((1 << 8 * (8 - length)) - 1) for length in range(9)], dtype=np.uint64
)
_SHIFT: Final = np.array([(8 * (8 - length)) % 64 for length in range(9)], dtype=np.uint64)


def _whole_numbers(
    whole: bytes, start: Places, length: Places
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Read up to eight digits at each place, all eight bytes of a word together.

    Returns:
        The numbers and where there were digits only, both of shape (k,).
    """
    short = (length >= 1) & (length <= 8)
    count = np.where(short, length, 8)
    # Digits move to the end of the word and zeros come before them; then pairs, fours and eights
    # of digits are added up.
    word = _word(whole, start) << _SHIFT[count] | _LEADING[count]
    word = word ^ np.uint64(_ZEROS)
    high = np.uint64(0xF0F0F0F0F0F0F0F0)
    digits = ((word & high) == 0) & (((word + np.uint64(0x0606060606060606)) & high) == 0)
    for factor, shift, mask in _TENS:
        word = (word * factor + (word >> shift)) & mask
    return word.astype(np.float64), digits & short
