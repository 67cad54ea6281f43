"""Rows from a reader packed into columns, equal values held once."""

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np

from workforce.intake.column import Codes, Column
from workforce.intake.grid import Grid
from workforce.intake.limits import MAX_TEXT

__all__ = ["pack_rows"]

_CHUNK = 4_000
_EQUAL = (bool, int)
"""True, 1 and 1.0 are equal, so that one would turn into the other: kept with their type."""


def pack_rows(rows: Iterable[list[object]], height: int, width: int, first: int = 0) -> Grid:
    """Put rows of cells into columns.

    Readers make a new text for every cell; an extract says “Permanent” a hundred thousand times.
    Holding equal values once takes a fraction of the memory and makes all that follows
    faster. Texts are cut at `MAX_TEXT` characters.

    Args:
        rows: Rows, each of the same number of cells.
        height: Number of rows.
        width: Number of columns.
        first: Columns to leave empty on the left.

    Returns:
        Cells, empty text where there is none.
    """
    known: list[dict[object, int]] = [{"": 0} for _ in range(width)]
    codes = np.zeros((height, width), dtype=np.int32, order="F")
    source, start = iter(rows), 0
    while chunk := list(islice(source, _CHUNK)):
        end = start + len(chunk)
        for index, read in enumerate(zip(*chunk, strict=True), start=first):
            if read.count("") < len(read):  # most columns of a wide sheet are empty
                codes[start:end, index] = _places(read, known[index])
        start = end
    return Grid([_column(codes[:, index], known[index]) for index in range(width)], height)


def _places(read: tuple[object, ...], known: dict[object, int]) -> list[int]:
    types = set(map(type, read))
    cells: Sequence[object] = _shortened(read) if str in types else read
    if not types.isdisjoint(_EQUAL):
        cells = [(type(cell), cell) if isinstance(cell, int) else cell for cell in cells]
    for cell in dict.fromkeys(cells):
        known.setdefault(cell, len(known))
    return list(map(known.__getitem__, cells))


def _column(codes: Codes, known: dict[object, int]) -> Column:
    values = np.empty(len(known), dtype=object)
    values[:] = [key[1] if isinstance(key, tuple) else key for key in known]
    return Column(codes, values)


def _shortened(column: tuple[object, ...]) -> tuple[object, ...]:
    """Cut what is too long; as a rule nothing is, so that looking must be quick."""
    texts = [cell for cell in column if isinstance(cell, str)]
    if max(map(len, texts)) <= MAX_TEXT:
        return column
    return tuple(cell[:MAX_TEXT] if isinstance(cell, str) else cell for cell in column)
