"""Rows from a reader packed into one array, equal texts held once."""

from collections.abc import Iterable
from itertools import islice

import numpy as np

from workforce.intake.missing import ObjectArray

__all__ = ["pack_rows"]

_CHUNK = 4_000


def pack_rows(rows: Iterable[list[object]], height: int, width: int, first: int = 0) -> ObjectArray:
    """Put rows of cells into an array.

    Readers make a new text for every cell; an extract says “Permanent” a hundred thousand times.
    Holding equal texts and dates once takes a fraction of the memory and makes all that follows
    faster.

    Args:
        rows: Rows, each of the same number of cells.
        height: Number of rows.
        width: Number of columns.
        first: Columns to leave empty on the left.

    Returns:
        Cells, shape (height, width), columns together in memory, empty text where there is none.
    """
    cells = np.full((height, width), "", dtype=object, order="F")
    same: dict[object, object] = {}
    source, start = iter(rows), 0
    while chunk := list(islice(source, _CHUNK)):
        for index, column in enumerate(zip(*chunk, strict=True), start=first):
            # True and 1.0 are equal, so that one would turn into the other.
            held = (
                column if bool in set(map(type, column)) else map(same.setdefault, column, column)
            )
            cells[start : start + len(chunk), index] = list(held)
        start += len(chunk)
    return cells
