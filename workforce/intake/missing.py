"""The spellings of “nothing here”, and distinct values of a column."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Column", "ObjectArray", "filled", "is_missing", "share", "text_of"]

ObjectArray = NDArray[np.object_]

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


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Cells of a column, kept as distinct values and which of them stands where.

    Converting distinct values only is what makes large extracts fast.

    Attributes:
        codes: Position among the distinct values of each cell, shape (n,).
        uniques: Distinct values, shape (k,).
    """

    codes: NDArray[np.intp]
    uniques: ObjectArray

    @classmethod
    def of(cls, values: ObjectArray) -> "Column":
        """Return the column of some cells, shape (n,)."""
        # A dictionary beats a hash table made for arrays here: most cells are repeated texts.
        cells = values.tolist()
        uniques = dict.fromkeys(cells)
        places = {value: place for place, value in enumerate(uniques)}
        codes = np.fromiter(map(places.__getitem__, cells), dtype=np.intp, count=len(cells))
        different = np.empty(len(uniques), dtype=object)
        different[:] = list(uniques)
        return cls(codes, different)

    @property
    def values(self) -> ObjectArray:
        """The cells, shape (n,)."""
        return self.spread(self.uniques)

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self.codes)

    def spread(self, changed: ObjectArray) -> ObjectArray:
        """Return for each cell what its distinct value was changed to, shape (n,)."""
        result: ObjectArray = changed[self.codes]
        return result

    def spread_mask(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for each cell whether something holds of its distinct value, shape (n,)."""
        result: NDArray[np.bool_] = mask[self.codes]
        return result


def filled(column: Column) -> NDArray[np.bool_]:
    """Return where a column holds something other than a spelling of “missing”."""
    known = np.fromiter(
        (
            not is_missing(value) if isinstance(value, str) else value is not None
            for value in column.uniques
        ),
        dtype=bool,
        count=len(column.uniques),
    )
    return column.spread_mask(known)


def share(count: float, total: float) -> float:
    """Return count / total, 0 where there is nothing to share."""
    return count / total if total else 0.0
