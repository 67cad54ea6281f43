"""The cells of a sheet, held column by column."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from workforce.intake.column import Column, ObjectArray

__all__ = ["Grid", "Rows"]

Rows = slice | NDArray[np.int_] | NDArray[np.bool_]
_STRETCH = 256


class Grid:
    """Cells of a sheet or of a part of it, empty text where there is none.

    A cell takes four bytes, whatever it holds, because a column keeps its distinct values once.
    Reads like an array of objects of shape (rows, columns) and cannot be written to.

    Args:
        columns: Columns, all of the same number of cells.
        height: Number of rows, for a grid without columns.
    """

    __hash__ = None  # type: ignore[assignment]
    __slots__ = ("columns", "height")

    def __init__(self, columns: Sequence[Column], height: int | None = None) -> None:
        """Hold on to the columns."""
        self.columns = list(columns)
        self.height = height if height is not None else len(self.columns[0]) if columns else 0

    @classmethod
    def of(cls, cells: ObjectArray) -> "Grid":
        """Return the grid of an array of cells, shape (n, m)."""
        return cls([Column.of(cells[:, index]) for index in range(cells.shape[1])], len(cells))

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return self.height, len(self.columns)

    @property
    def size(self) -> int:
        """Number of cells."""
        return self.height * len(self.columns)

    def __len__(self) -> int:
        """Return the number of rows."""
        return self.height

    def __iter__(self) -> Iterator[ObjectArray]:
        """Yield the rows, shape (m,) each."""
        for start in range(0, self.height, _STRETCH):
            yield from self._objects(slice(start, start + _STRETCH))

    def __ne__(self, other: object) -> NDArray[np.bool_]:  # type: ignore[override]
        """Return where a cell is not the same as a text, shape (n, m)."""
        mask = np.empty(self.shape, dtype=bool, order="F")
        for index, column in enumerate(self.columns):
            mask[:, index] = (
                column.where_filled()
                if other == ""
                else column.spread_mask(np.asarray(column.uniques != other, dtype=bool))
            )
        return mask

    def __eq__(self, other: object) -> NDArray[np.bool_]:  # type: ignore[override]
        """Return where a cell is the same as a text, shape (n, m)."""
        return ~(self != other)

    @overload
    def __getitem__(self, key: int | np.integer[Any]) -> ObjectArray: ...
    @overload
    def __getitem__(self, key: Rows) -> "Grid": ...
    @overload
    def __getitem__(self, key: tuple[Any, Any]) -> Any: ...

    def __getitem__(self, key: Any) -> Any:
        """Return a cell, a row or a part of a column as objects, or a grid of some of the cells."""
        rows, columns = key if isinstance(key, tuple) else (key, slice(None))
        single = isinstance(columns, (int, np.integer))
        if isinstance(rows, (int, np.integer)):
            place = range(self.height)[rows]
            stretch = slice(place, place + 1)
            if single:
                return self.columns[columns].cells(stretch)[0]
            return Grid(self._some(columns), self.height)._objects(stretch)[0]
        if single:
            return self.columns[columns].cells(rows)
        chosen = [column.at(rows) for column in self._some(columns)]
        return Grid(chosen, len(np.empty(self.height, dtype=np.int8)[rows]))

    def copy(self) -> "Grid":
        """Return the same cells; the copy of a part does not hold on to the whole."""
        return Grid([column.compact() for column in self.columns], self.height)

    def column(self, index: int) -> Column:
        """Return a column with only those distinct values that occur in it."""
        return self.columns[index].compact()

    def _some(self, columns: slice | Sequence[int]) -> list[Column]:
        if isinstance(columns, slice):
            return self.columns[columns]
        return [self.columns[index] for index in columns]

    def _objects(self, rows: slice) -> ObjectArray:
        height = len(range(self.height)[rows])
        cells = np.empty((height, len(self.columns)), dtype=object)
        for index, column in enumerate(self.columns):
            cells[:, index] = column.cells(rows)
        return cells
