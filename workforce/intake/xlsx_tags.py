"""The tags of an xlsx sheet: which they are, and in which order they may follow each other."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.xlsx_texts import NotPlain
from workforce.intake.xlsx_words import Places, pair_at

__all__ = ["CELL", "FORMULA", "ROW", "TEXT_TAG", "VALUE", "tags_of"]

(ROW, CELL, _ROW_END, _CELL_END, VALUE, _VALUE_END, FORMULA, _FORMULA_END, _IS, _IS_END, TEXT_TAG,
 _T_END) = range(1, 13)  # fmt: skip
_CLOSED: Final = 16
"""Added to a tag that is its own end, `<c r="A1"/>`."""
_TAGS: Final = {
    b"ro": ROW, b"/r": _ROW_END, b"c ": CELL, b"/c": _CELL_END, b"v>": VALUE,
    b"v/": VALUE + _CLOSED, b"/v": _VALUE_END, b"f>": FORMULA, b"f ": FORMULA,
    b"/f": _FORMULA_END, b"is": _IS, b"/i": _IS_END, b"t>": TEXT_TAG, b"t ": TEXT_TAG,
    b"/t": _T_END,
}  # fmt: skip
_LENGTHS: Final = {
    _ROW_END: 6, _CELL_END: 4, _VALUE_END: 4, _FORMULA_END: 4, _IS: 4, _IS_END: 5, _T_END: 4,
}  # fmt: skip
"""Characters up to the next tag, for tags after which nothing else may stand."""
_FOLLOWS: Final = {
    ROW: (CELL, CELL + _CLOSED, _ROW_END),
    ROW + _CLOSED: (ROW, ROW + _CLOSED),
    _ROW_END: (ROW, ROW + _CLOSED),
    CELL: (VALUE, VALUE + _CLOSED, FORMULA, FORMULA + _CLOSED, _IS, _CELL_END),
    CELL + _CLOSED: (CELL, CELL + _CLOSED, _ROW_END),
    _CELL_END: (CELL, CELL + _CLOSED, _ROW_END),
    VALUE: (_VALUE_END,),
    VALUE + _CLOSED: (_CELL_END,),
    _VALUE_END: (_CELL_END,),
    FORMULA: (_FORMULA_END,),
    FORMULA + _CLOSED: (VALUE, VALUE + _CLOSED, _CELL_END),
    _FORMULA_END: (VALUE, VALUE + _CLOSED, _CELL_END),
    _IS: (TEXT_TAG,),
    TEXT_TAG: (_T_END,),
    _T_END: (_IS_END,),
    _IS_END: (_CELL_END,),
}


def _tag_table() -> NDArray[np.uint8]:
    table = np.zeros(1 << 16, dtype=np.uint8)
    for letters, tag in _TAGS.items():
        table[letters[1] << 8 | letters[0]] = tag
    return table


def _pair_table() -> NDArray[np.bool_]:
    table = np.zeros(32 * 32, dtype=bool)
    for tag, following in _FOLLOWS.items():
        for other in following:
            table[tag * 32 + other] = True
    return table


_TAG_OF: Final = _tag_table()
_MAY_FOLLOW: Final = _pair_table()
_MAY_CLOSE: Final = np.isin(np.arange(32), (ROW, CELL, FORMULA, TEXT_TAG))
_LENGTH_OF: Final = np.array([_LENGTHS.get(tag, 0) for tag in range(32)], dtype=np.int64)


def tags_of(whole: bytes, tags: Places, ends: Places) -> NDArray[np.uint8]:
    """Return which tags stand where, all of them known and in an order that may be.

    Args:
        whole: The text and a few bytes more.
        tags: Where each tag begins, shape (k,).
        ends: Where the next one does, shape (k,).

    Returns:
        `ROW`, `CELL` and so on, 16 more for one that is its own end, shape (k,).

    Raises:
        NotPlain: If there is another tag, or text where none may be.
    """
    kinds: NDArray[np.uint8] = _TAG_OF[pair_at(whole, tags + 1)]
    may_close = np.flatnonzero(_MAY_CLOSE[kinds])
    last = pair_at(whole, ends[may_close] - 2)
    ended = last >> 8 == ord(">")
    if bool(((kinds[may_close] <= CELL) & ~ended).any()):
        raise NotPlain
    kinds[may_close[ended & (last & 255 == ord("/"))]] += np.uint8(_CLOSED)
    length = _LENGTH_OF[kinds]
    if not len(kinds) or tags[0] or bool(((length > 0) & (length != ends - tags)).any()):
        raise NotPlain
    pairs = kinds[:-1].astype(np.int16) * 32 + kinds[1:]
    edges = {int(kinds[0]) & 15, int(kinds[-1])}
    if not bool(_MAY_FOLLOW[pairs].all()) or not edges <= {ROW, _ROW_END, ROW + _CLOSED}:
        raise NotPlain
    return kinds
