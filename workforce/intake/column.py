"""A column as its distinct values and which of them stands where."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Codes", "Column", "ObjectArray", "TextStore"]

ObjectArray = NDArray[np.object_]
Codes = NDArray[np.int32]


class TextStore(Protocol):
    """Texts of a file that are turned into objects only when somebody asks for them."""

    def texts(self, keys: Sequence[int]) -> list[str]:
        """Return the texts of some keys."""
        ...


class Column:
    """Cells of a column, kept as distinct values and which of them stands where.

    Converting distinct values only is what makes large extracts fast; texts that nobody asks for,
    such as those of a column of names, are never made.

    Args:
        codes: Position among the distinct values of each cell, shape (n,).
        values: Distinct values, shape (k,); anything where a key stands.
        keys: Key of a text in the store, -1 where `values` has the value itself, shape (k,).
        store: Where texts are kept.
    """

    __slots__ = ("_codes", "_keys", "_store", "_values")

    def __init__(
        self,
        codes: Codes,
        values: ObjectArray,
        keys: NDArray[np.int64] | None = None,
        store: TextStore | None = None,
    ) -> None:
        """Hold on to the parts."""
        self._codes, self._values, self._keys, self._store = codes, values, keys, store

    @classmethod
    def of(cls, values: ObjectArray) -> "Column":
        """Return the column of some cells, shape (n,)."""
        # A dictionary beats a hash table made for arrays here: most cells are repeated texts.
        cells = values.tolist()
        places = {value: place for place, value in enumerate(dict.fromkeys(cells))}
        codes = np.fromiter(map(places.__getitem__, cells), dtype=np.int32, count=len(cells))
        return cls(codes, _objects(list(places)))

    @property
    def codes(self) -> Codes:
        """Position among the distinct values of each cell, shape (n,)."""
        self._settle()
        return self._codes

    @property
    def uniques(self) -> ObjectArray:
        """Distinct values, shape (k,)."""
        self._settle()
        return self._values

    @property
    def values(self) -> ObjectArray:
        """The cells, shape (n,)."""
        return self.spread(self.uniques)

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self._codes)

    def spread(self, changed: ObjectArray) -> ObjectArray:
        """Return for each cell what its distinct value was changed to, shape (n,)."""
        result: ObjectArray = changed[self._codes]
        return result

    def spread_mask(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for each cell whether something holds of its distinct value, shape (n,)."""
        result: NDArray[np.bool_] = mask[self._codes]
        return result

    def at(self, rows: slice | NDArray[np.int_] | NDArray[np.bool_]) -> "Column":
        """Return some of the cells, sharing the distinct values."""
        return Column(self._codes[rows], self._values, self._keys, self._store)

    def cells(self, rows: slice | NDArray[np.int_] | NDArray[np.bool_]) -> ObjectArray:
        """Return some of the cells as objects; texts of others are not made."""
        codes = self._codes[rows]
        if self._keys is None:
            found: ObjectArray = self._values[codes]
            return found
        few, places = np.unique(codes, return_inverse=True)
        values = self._values[few]
        self._fill(values, self._keys[few])
        return values[places]

    def where_filled(self) -> NDArray[np.bool_]:
        """Return where a cell holds anything but the empty text, shape (n,)."""
        known = np.asarray(self._values != "", dtype=bool)
        if self._keys is not None:
            known |= self._keys >= 0  # a store hands out no keys of empty texts
        return known[self._codes]

    def compact(self) -> "Column":
        """Return the same cells with only those distinct values that occur among them."""
        occurs = np.zeros(len(self._values), dtype=bool)
        occurs[self._codes] = True
        if occurs.all():
            return self
        places = np.cumsum(occurs, dtype=np.int32) - np.int32(1)
        keys = None if self._keys is None else self._keys[occurs]
        return Column(places[self._codes], self._values[occurs], keys, self._store)

    def _settle(self) -> None:
        """Make all texts; a file may hold the same text under several keys."""
        if self._keys is None:
            return
        values = self._values.copy()
        self._fill(values, self._keys)
        texts = [value for value in values.tolist() if isinstance(value, str)]
        self._values, self._keys, self._store = values, None, None
        if len(set(texts)) < len(texts):
            first: dict[object, int] = {}
            same = np.arange(len(values), dtype=np.int32)
            for place, value in enumerate(values):
                if isinstance(value, str):
                    same[place] = first.setdefault(value, place)
            merged = Column(same[self._codes], values).compact()
            self._codes, self._values = merged._codes, merged._values

    def _fill(self, values: ObjectArray, keys: NDArray[np.int64]) -> None:
        wanted = np.flatnonzero(keys >= 0)
        if self._store is not None and len(wanted):
            values[wanted] = self._store.texts(keys[wanted].tolist())


def _objects(values: list[object]) -> ObjectArray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
