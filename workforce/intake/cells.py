"""Rows from a reader packed into one array, equal texts held once."""

from collections.abc import Iterable
from itertools import islice

import numpy as np

from workforce.intake.limits import MAX_TEXT
from workforce.intake.missing import ObjectArray

__all__ = ["pack_rows"]

_CHUNK = 4_000


def pack_rows(rows: Iterable[list[object]], height: int, width: int, first: int = 0) -> ObjectArray:
    """Put rows of cells into an array.

    Readers make a new text for every cell; an extract says “Permanent” a hundred thousand times.
    Holding equal texts once takes a fraction of the memory and makes all that follows
    faster. Texts are cut at `MAX_TEXT` characters.

    Args:
        rows: Rows, each of the same number of cells.
        height: Number of rows.
        width: Number of columns.
        first: Columns to leave empty on the left.

    Returns:
        Cells, shape (height, width), columns together in memory, empty text where there is none.
    """
    cells = np.full((height, width), "", dtype=object, order="F")
    same: list[dict[str, str]] = [{} for _ in range(width)]
    source, start = iter(rows), 0
    while chunk := list(islice(source, _CHUNK)):
        end = start + len(chunk)
        for index, read in enumerate(zip(*chunk, strict=True), start=first):
            known = same[index]
            types = set(map(type, read))
            column = _shortened(read) if str in types else read
            # A column of names or numbers has hardly any cell twice: not worth the looking up.
            # True and 1.0 are equal, so that one would turn into the other: texts only, and blanks.
            if len(known) > _CHUNK // 2 + start // 4 or types != {str}:
                cells[start:end, index] = column
            else:
                cells[start:end, index] = list(map(known.setdefault, column, column))
        start = end
    return cells


def _shortened(column: tuple[object, ...]) -> tuple[object, ...]:
    """Cut what is too long; as a rule nothing is, so that looking must be quick."""
    texts = [cell for cell in column if isinstance(cell, str)]
    if max(map(len, texts)) <= MAX_TEXT:
        return column
    return tuple(cell[:MAX_TEXT] if isinstance(cell, str) else cell for cell in column)
