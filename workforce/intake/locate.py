"""From a sheet of cells to the tables on it: headers of one or two rows, several tables."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.dates import looks_like_date
from workforce.intake.grid import Grid
from workforce.intake.header import find_header, is_header_like, known_headings
from workforce.intake.missing import text_of
from workforce.intake.names import NameMatcher
from workforce.intake.numbers import looks_like_number
from workforce.intake.source import Merged, RawSheet
from workforce.intake.table import Table

__all__ = ["find_tables"]

_ROWS: Final = 2
_TITLE_CELLS: Final = 2
_GAPS: Final = 300
"""Blank rows after which a further table is looked for."""


def find_tables(
    file: str, sheet: RawSheet, matcher: NameMatcher, header_row: int | None = None
) -> list[Table]:
    """Find the tables on a sheet.

    Args:
        file: File name.
        sheet: The sheet; its cells are taken out of it, so that they are held once only.
        matcher: Knows headings.
        header_row: Header row as Excel numbers it, where somebody said so.

    Returns:
        The tables from top to bottom and left to right; empty where none could be found.
    """
    cells, sheet.cells = sheet.cells, Grid(())
    if cells.size == 0:
        return []
    is_filled = _is_filled(cells)
    counts = is_filled.sum(axis=1)
    first = header_row - 1 if header_row else None
    if first is None or first >= len(cells):
        header = find_header(cells, counts, matcher)
        if header is None:
            return []
        first = header.row
    starts = [first, *_further_headers(cells, counts, first, matcher)]
    tables: list[Table] = []
    previous_end = 0
    for order, start in enumerate(starts):
        end = starts[order + 1] if order + 1 < len(starts) else len(cells)
        for table, title in _cut(file, sheet, cells, counts, (previous_end, start, end)):
            tables += _side_by_side(table, title, matcher)
        previous_end = _title_start(counts, end)
    return tables


def _title_start(counts: NDArray[np.int_], start: int) -> int:
    """Return the first of the short rows right above a further table, which are its title."""
    first = start
    while first > 0 and 0 < counts[first - 1] <= _TITLE_CELLS:
        first -= 1
    return first if first > 0 and counts[first - 1] == 0 else start


def _is_filled(cells: Grid) -> NDArray[np.bool_]:
    mask = cells != ""
    # Cells with spaces only matter in rows that have hardly anything else.
    for index in np.flatnonzero((counts := mask.sum(axis=1)) > 0):
        if counts[index] <= 2:
            mask[index] = [bool(text_of(cell)) for cell in cells[index]]
    return mask


def _further_headers(
    cells: Grid, counts: NDArray[np.int_], first: int, matcher: NameMatcher
) -> list[int]:
    """Return where further tables start: after a blank row, headings we know or over numbers."""
    own = [text_of(cell) for cell in cells[first]]
    of_counts = sum(map(_is_time, cells[first])) >= 2
    blank = np.flatnonzero(counts[first + 1 : -1] == 0) + first + 1
    found: list[int] = []
    for gap in blank[:_GAPS]:
        # A blank row within the header of a table starts no other.
        begun = (found[-1] if found else first) + 1
        had_rows = int((counts[begun:gap] > 0).sum()) >= _ROWS
        following = np.flatnonzero(counts[gap:] > 0)[:3] + gap
        for index in following:
            if index in found:
                continue
            same = [text_of(cell) for cell in cells[index]] == own
            titled = _title_start(counts, int(index)) < index
            if same and not (of_counts and titled):
                continue
            if (
                same
                or is_header_like(cells[index], matcher)
                or (had_rows and _heads_numbers(cells, counts, int(index)))
            ):
                found.append(int(index))
                break
    return sorted(set(found))


def _is_time(cell: object) -> bool:
    """Return whether a heading is a date, a month or a year."""
    return isinstance(cell, date) or _is_year(cell) or looks_like_date(text_of(cell))


def _heads_numbers(cells: Grid, counts: NDArray[np.int_], index: int) -> bool:
    """Tell a row of words, years or dates right above rows of numbers in the same columns."""
    row = cells[index]
    places = [j for j in range(len(row)) if text_of(row[j])]
    below = [k for k in range(index + 1, min(index + 4, len(cells))) if counts[k]][:2]
    if len(places) < 2 or len(below) < 2 or not text_of(row[places[0]]):
        return False
    if any(looks_like_number(row[j]) and not _is_year(row[j]) for j in places):
        return False
    return all(
        sum(looks_like_number(cells[k, j]) for j in places) >= 0.5 * len(places)
        and not _is_time(cells[k, places[0]])
        and not looks_like_number(cells[k, places[0]])
        for k in below
    )


def _cut(
    file: str,
    sheet: RawSheet,
    cells: Grid,
    counts: NDArray[np.int_],
    span: tuple[int, int, int],
) -> Iterator[tuple[Table, list[tuple[int, str]]]]:
    """Yield the table whose header lies at span[1], with titles from span[0], ending at span[2].

    With it come the texts of its titles and the column in which each stands.
    """
    begin, start, end = span
    header, top = _whole_header(cells, counts, begin, start, end)
    labels, groups = _labels(cells, top, header, sheet.merged)
    body = np.flatnonzero(counts[header + 1 : end] > 0) + header + 1
    if begin:
        # A title above the next table is no row of this one: it was cut at that table's header.
        body = body[body > header]
    body = _without_next_title(cells, counts, body, end)
    used = [
        column
        for column in range(cells.shape[1])
        if labels[column] or bool(np.any(cells[body, column] != ""))
    ]
    if not used:
        return
    names = _told_apart([labels[column] or f"(column {column + 1})" for column in used])
    title_rows = [row for row in range(begin, top) if counts[row]]
    titles = [
        (column, text_of(cell))
        for row in title_rows[-12:]
        for column, cell in enumerate(cells[row], start=1)
        if text_of(cell)
    ]
    whole = len(used) == cells.shape[1]
    table = Table(
        file=file,
        sheet=sheet.name,
        header_row=header + 1,
        labels=names,
        groups=[groups[column] for column in used],
        cells=_some_rows(cells, body) if whole else _some_rows(cells[:, used], body),
        rows=body + 1,
        positions=[column + 1 for column in used],
        title=" · ".join(text for _, text in titles)[:2000],
        hidden=sheet.hidden,
    )
    yield table, titles


def _some_rows(cells: Grid, body: NDArray[np.intp]) -> Grid:
    """Return rows of an array, without a copy where they follow each other."""
    if len(body) and body[-1] - body[0] + 1 == len(body):
        return cells[body[0] : body[-1] + 1]
    return cells[body]


def _without_next_title(
    cells: Grid, counts: NDArray[np.int_], body: NDArray[np.intp], end: int
) -> NDArray[np.intp]:
    """Drop the title of the table that follows: short rows right above its header after a gap."""
    if end >= len(cells):
        return body
    return body[body < _title_start(counts, end)]


def _whole_header(
    cells: Grid, counts: NDArray[np.int_], begin: int, start: int, end: int
) -> tuple[int, int]:
    """Return the lower and the upper row of a header that may have two rows or three."""
    header = top = start
    for below in range(start + 1, min(start + 3, end)):
        if counts[below] == 0:
            continue
        if _is_second_row(cells, counts, header, below):
            header = below
        break
    for above in range(top - 1, max(begin - 1, top - 4), -1):
        if counts[above] == 0:
            continue
        if _is_group_row(cells, counts, above, header):
            top = above
        break
    return header, top


def _is_second_row(cells: Grid, counts: NDArray[np.int_], header: int, below: int) -> bool:
    """Tell a second header row: words or dates only, filling gaps of the first, unlike the data."""
    upper = [text_of(cell) for cell in cells[header]]
    lower = cells[below]
    filled = [j for j in range(cells.shape[1]) if text_of(lower[j])]
    if len(filled) < 2 or counts[header] >= counts[below] + 2:
        return False
    if any(looks_like_number(lower[j]) and not _is_year(lower[j]) for j in filled):
        return False
    gaps = sum(1 for j in filled if not upper[j])
    following = [row for row in range(below + 1, min(below + 6, len(cells))) if counts[row] > 1]
    numeric = sum(looks_like_number(cells[row, j]) for row in following for j in filled)
    return gaps >= 1 and numeric >= 0.5 * len(following) * len(filled) > 0


def _is_year(cell: object) -> bool:
    text = text_of(cell)
    return text.isdecimal() and len(text) == 4 and 1950 <= int(text) <= 2100


def _is_group_row(cells: Grid, counts: NDArray[np.int_], above: int, header: int) -> bool:
    """Tell a row of groups over the header from a title: several cells, none of them a sentence."""
    filled = [j for j in range(cells.shape[1]) if text_of(cells[above, j])]
    if not filled or any(len(text_of(cells[above, j])) > 60 for j in filled):
        return False
    if any(looks_like_number(cells[above, j]) and not _is_year(cells[above, j]) for j in filled):
        return False
    if len(filled) == 1:
        return False
    over = sum(1 for j in filled if text_of(cells[header, j]))
    gaps = sum(1 for j in filled if not text_of(cells[header, j]))
    return (
        (over >= 2 or gaps >= 1) and above >= header - 2 and counts[above] <= counts[header] + gaps
    )


def _labels(
    cells: Grid, top: int, header: int, merged: tuple[Merged, ...]
) -> tuple[list[str], list[str]]:
    """Return headings and the groups above them, merged cells spread over what they cover."""
    width = cells.shape[1]
    labels = [text_of(_as_label(cell)) for cell in cells[header]]
    groups = [""] * width
    if top == header:
        return labels, groups
    for row in range(top, header):
        spread = [text_of(_as_label(cell)) for cell in cells[row]]
        spans = {a[1]: b[1] for a, b in merged if a[0] <= row <= b[0]}
        current, until = "", -1
        for column in range(width):
            if spread[column]:
                current = spread[column]
                until = spans.get(column, column if merged else width - 1)
            elif column > until:
                current = ""
            if current:
                groups[column] = f"{groups[column]} {current}".strip()
    for column in range(width):
        if not labels[column] and text_of(cells[top, column]):
            labels[column] = text_of(_as_label(cells[top, column]))
            groups[column] = ""
    return labels, groups


def _as_label(cell: object) -> object:
    return (
        cell.strftime("%d %B %Y") if hasattr(cell, "strftime") and hasattr(cell, "year") else cell
    )


def _side_by_side(table: Table, titles: list[tuple[int, str]], matcher: NameMatcher) -> list[Table]:
    """Split tables that stand next to each other, told by repeated headings after empty columns."""
    breaks = [
        index
        for index in range(1, len(table.positions))
        if table.positions[index] > table.positions[index - 1] + 1
    ]
    if not breaks:
        return [table]
    edges = [0, *breaks, len(table.positions)]
    blocks = [range(a, b) for a, b in pairwise(edges)]
    if not all(_is_whole(table, block, blocks[0], matcher) for block in blocks):
        return [table]
    starts = [table.positions[block[0]] for block in blocks] + [10**9]
    parts = []
    for order, block in enumerate(blocks):
        begin = starts[order] if order else 0
        above = [text for column, text in titles if begin <= column < starts[order + 1]]
        groups = {table.groups[j] for j in block} - {""}
        # Titles of tables side by side look like groups of columns.
        above += groups if len(groups) == 1 else ()
        part = _part(table, block, " · ".join(above)[:2000] or table.title)
        parts += [part] if part is not None else []
    return parts


def _is_whole(table: Table, block: range, first: range, matcher: NameMatcher) -> bool:
    """Tell columns that are a table by themselves: headings we know, or a label and numbers."""
    labels = np.array([_bare(table.labels[j]) for j in block], dtype=object)
    if len(block) >= 2 and known_headings(labels, matcher) >= 2:
        return True
    numeric = [table.profiles[j].of("number") > 0.5 for j in block]
    return (
        len(block) >= 2
        and not numeric[0]
        and sum(numeric) >= len(block) - 2
        and any(numeric)
        and not any(label.startswith("(column ") for label in labels[1:])
        and (labels[0] == _bare(table.labels[first[0]]) or known_headings(labels[:1], matcher) > 0)
    )


def _bare(label: str) -> str:
    return re.sub(r" \(\d+\)$", "", label)


def _part(table: Table, block: range, title: str) -> Table | None:
    columns = list(block)
    cells = table.cells[:, columns]
    mask = (cells != "").any(axis=1)
    if not mask.any():
        return None
    return Table(
        file=table.file,
        sheet=table.sheet,
        header_row=table.header_row,
        labels=_told_apart([_bare(table.labels[j]) for j in columns]),
        groups=[table.groups[j] for j in columns],
        cells=cells[mask],
        rows=table.rows[mask],
        positions=[table.positions[j] for j in columns],
        title=title,
        hidden=table.hidden,
    )


def _told_apart(labels: list[str]) -> list[str]:
    """Number the headings that occur several times."""
    seen: dict[str, int] = {}
    names = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        names.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return names
