"""The spellings of “nothing here”, and the text of a cell."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.column import Column, ObjectArray

__all__ = ["Column", "ObjectArray", "filled", "is_missing", "share", "text_of"]

_MISSING: Final = frozenset(
    """|n/a|na|n.a.|n.a|#n/a|#na|null|(null)|none|nil|nan|-|--|---|–|—|.|..|...|(.)|(..)|:|?|??|tbc|tbd
    |not known|not applicable|not available|not recorded|not stated|not provided|not specified
    |no data|no value|missing|blank|(blank)|[blank]|<null>|\\n|#value!|#ref!|#div/0!|#name?|#num!
    |n/k|nk|n/r|n/a-stillemployed|still employed|*|**|[x]|[z]|[c]|[:]|00/00/0000|0000-00-00
    |no date|n/a.|none given""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def is_missing(text: str) -> bool:
    """Return whether a text is one of the ways in which systems write that there is no value."""
    return text.strip().lower() in _MISSING


def text_of(value: object) -> str:
    """Return a cell as text: whole numbers without `.0`, spaces collapsed."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    return "" if value is None else str(value)


def filled(column: Column) -> NDArray[np.bool_]:
    """Return where a column holds something other than a spelling of “missing”."""
    return column.spread_mask(~_where_missing(column.uniques))


def _where_missing(values: ObjectArray) -> NDArray[np.bool_]:
    cells = values.tolist()
    try:
        folded: list[object] = list(map(str.lower, map(str.strip, cells)))
    except TypeError:  # there are other things than texts
        folded = [
            cell.strip().lower() if isinstance(cell, str) else "" if cell is None else 0
            for cell in cells
        ]
    return np.fromiter(map(_MISSING.__contains__, folded), dtype=bool, count=len(cells))


def share(count: float, total: float) -> float:
    """Return count / total, 0 where there is nothing to share."""
    return count / total if total else 0.0
