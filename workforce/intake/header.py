"""Finding the header row below titles and notes, by what it says and how it is filled."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.dates import looks_like_date
from workforce.intake.grid import Grid
from workforce.intake.missing import ObjectArray, share, text_of
from workforce.intake.names import NameMatcher
from workforce.intake.numbers import looks_like_number
from workforce.intake.words import fold_heading

__all__ = ["Header", "find_header", "is_header_like", "known_headings"]

_LOOK_AT: Final = 60
"""Nonblank rows from the top among which the header is sought."""


_BELOW: Final = 8
"""Rows below a header that are held against it."""
_PLAIN: Final = 4.0
"""A header with this score is beyond doubt, so that later rows need not be looked at."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is.

    Attributes:
        row: Row index of the header (the lower of two), from 0.
        top: Row index of its first row.
        score: How much speaks for it.
    """

    row: int
    top: int
    score: float


def _cells(row: ObjectArray) -> list[object]:
    return [cell for cell in row if cell is not None and text_of(cell)]


def _is_label(cell: object) -> bool:
    """Return whether a cell could head a column: words, a date or a year, but no other number."""
    if isinstance(cell, date):
        return True
    if isinstance(cell, (int, float)):
        return float(cell).is_integer() and 1950 <= cell <= 2100
    text = text_of(cell)
    return bool(fold_heading(text) or text == "%") and not (
        looks_like_number(text) and not (text.isdecimal() and 1950 <= int(text) <= 2100)
    )


def known_headings(row: ObjectArray, matcher: NameMatcher) -> int:
    """Return how many different fields the cells of a row are usual headings of."""
    found = set()
    for cell in _cells(row):
        if not isinstance(cell, str) or len(cell) > 60 or looks_like_date(cell):
            continue
        candidates = matcher.match(cell)
        if candidates and candidates[0].field and candidates[0].score >= 0.7:
            found.add(candidates[0].field)
    return len(found)


def is_header_like(row: ObjectArray, matcher: NameMatcher, least: int = 3) -> bool:
    """Return whether a row within the data starts another table."""
    cells = _cells(row)
    if len(cells) < least or not all(isinstance(cell, str) and _is_label(cell) for cell in cells):
        return False
    known = known_headings(row, matcher)
    return known >= least and known >= 0.6 * len(cells)


def find_header(cells: Grid, counts: NDArray[np.int_], matcher: NameMatcher) -> Header | None:
    """Find the header row of the first table among some cells.

    A header is known by headings we know, by being as wide as the rows below it, by holding words
    where they hold numbers and dates, and by coming early.

    Args:
        cells: Cells, shape (n, m).
        counts: Filled cells by row, shape (n,).
        matcher: Knows headings.

    Returns:
        The header, `None` where no row could be one.
    """
    nonblank = np.flatnonzero(counts)
    if not len(nonblank):
        return None
    head = nonblank[:_LOOK_AT]
    rows = list(cells[nonblank[: _LOOK_AT + _BELOW]])
    widest = int(np.max(counts[nonblank[: 4 * _LOOK_AT]]))
    best: Header | None = None
    for order, index in enumerate(head):
        below = slice(order + 1, order + 1 + _BELOW)
        filled = counts[nonblank[below]]
        score = _score(rows[order], rows[below], filled, widest, matcher)
        score -= 0.04 * order
        if best is None or score > best.score:
            best = Header(int(index), int(index), score)
        elif best.score >= _PLAIN and order >= 6:
            break
    if best is None or best.score < 1.6:
        return None
    return best


def _score(
    cells: ObjectArray,
    below: list[ObjectArray],
    filled: NDArray[np.int_],
    widest: int,
    matcher: NameMatcher,
) -> float:
    row = _cells(cells)
    if not row or (len(row) == 1 and widest > 1):
        return -9.0
    labels = sum(map(_is_label, row))
    known = known_headings(cells, matcher)
    if widest == 1 and not known:
        return -9.0
    texts = [text_of(cell) for cell in row]
    long = share(sum(len(text) > 80 for text in texts), len(texts))
    different = share(len(set(texts)), len(texts))
    score = 2.0 * min(known, 6) / 6 + 1.5 * known / len(row) + 1.5 * len(row) / widest
    score += 2.0 * (labels / len(row) - 0.75) + 0.5 * (different - 0.5) - 2.0 * long
    if below:
        score += _contrast(cells, below)
        score += 0.5 * min(1.0, float(np.median(filled)) / len(row)) - 0.5
    elif known < 2:
        score -= 1.0
    return score


def _contrast(cells: ObjectArray, below: list[ObjectArray]) -> float:
    """Return how far the rows below hold numbers and dates where the row holds words."""
    columns = [j for j in range(len(cells)) if text_of(cells[j])]
    change = 0.0
    for column in columns:
        values = [row[column] for row in below if text_of(row[column])]
        if not values:
            continue
        typed = sum(looks_like_number(v) or looks_like_date(v) for v in values) / len(values)
        own = looks_like_number(cells[column]) or looks_like_date(cells[column])
        change += typed - (1.0 if own else 0.0) * 0.8
    return change / max(1, len(columns))
