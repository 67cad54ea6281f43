"""Picks the rows about a table's header and hides in them what identifies anybody."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Final

from workforce.intake.fields import FIELDS
from workforce.intake.missing import ObjectArray, text_of
from workforce.intake.preview import HIDDEN, Preview, PreviewRow
from workforce.intake.table import Table

__all__ = ["LOOKED_AT", "column_letters", "preview_of"]

LOOKED_AT: Final = 60
"""Rows from the top of a sheet among which titles and notes above a header are looked for."""
_ROWS: Final = 12
_ABOVE: Final = 3
_COLUMNS: Final = 30
_WIDTH: Final = 40

_TELLING: Final = re.compile(
    r"[^@\s]+@[^@\s]+|"  # e-mail
    r"\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]?\b|"  # national insurance
    r"\+?\b\d[\d ()-]{7,16}\d\b|"  # telephone, account and card numbers
    r"\b\d{2}-\d{2}-\d{2}\b|"  # sort code
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b",  # postcode
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\b(\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})([T ,]+[\d:.]+)?"
)
_SOMEBODY: Final = re.compile(
    r"\b(by|author|contact|owner|from|prepared|produced|requested|attention|fao|name|manager)\b",
    re.IGNORECASE,
)


def column_letters(position: int) -> str:
    """Return the letters of a column number from 1, as Excel shows it: 28 is `AB`."""
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def preview_of(table: Table, top: Sequence[ObjectArray]) -> Preview:
    """Return the rows about the header of a table, its columns matched.

    Values are shown where the column was taken for a field that identifies nobody. Of a column
    that is none of ours only the sort of value is shown, because nobody knows what is in it.

    Args:
        table: The table with its matches and cells.
        top: The first `LOOKED_AT` rows of the sheet, shape (m,) each.

    Returns:
        At most twelve rows and thirty columns, as texts.
    """
    shown = range(min(_COLUMNS, len(table.labels)))
    fields = [FIELDS.get(table.matches[index].field or "") for index in shown]
    hidden = tuple(
        each is not None and (each.personal or each.protected or each.key == "post_id")
        for each in fields
    )
    unread = tuple(each is None for each in fields)
    above = _above(table, top, hidden, unread)
    rows = [*above, _header(table, len(hidden))]
    for index in range(min(len(table.rows), _ROWS - len(rows))):
        cells = tuple(
            _shown(table.cells[index, place], hidden[place], unread[place]) for place in shown
        )
        rows.append(PreviewRow(int(table.rows[index]), "data", cells))
    return Preview(
        tuple(column_letters(table.positions[index]) for index in shown),
        hidden,
        unread,
        tuple(rows),
        len(table.labels) - len(hidden),
    )


def _header(table: Table, width: int) -> PreviewRow:
    labels = [
        f"{group} · {label}" if group and group not in label else label
        for label, group in zip(table.labels[:width], table.groups[:width], strict=True)
    ]
    cells = tuple(_cut(_TELLING.sub(HIDDEN, label)) for label in labels)
    return PreviewRow(table.header_row, "header", cells)


def _above(
    table: Table, top: Sequence[ObjectArray], hidden: Sequence[bool], unread: Sequence[bool]
) -> list[PreviewRow]:
    """Return the last few rows above the header that hold anything."""
    places = [position - 1 for position in table.positions[: len(hidden)]]
    groups = set(" ".join(table.groups).split())
    found: list[PreviewRow] = []
    for row in range(min(table.header_row - 1, len(top)) - 1, -1, -1):
        # Where several cells are filled it may be a record: the header may stand in a wrong place.
        words = [text for cell in top[row] if (text := text_of(cell))]
        record = len(words) > 2 and not groups.issuperset(" ".join(words).split())
        cells = tuple(
            (_shown(top[row][place], hidden[j], unread[j]) if record else _title(top[row][place]))
            if place < len(top[row])
            else ""
            for j, place in enumerate(places)
        )
        if any(cells):
            found.append(PreviewRow(row + 1, "above", cells))
        if len(found) == _ABOVE:
            break
    return found[::-1]


def _shown(cell: object, is_hidden: bool, is_unread: bool) -> str:
    text = text_of(cell)
    if not text:
        return ""
    if is_hidden:
        return HIDDEN
    if is_unread:
        return _sort(cell)
    if isinstance(cell, date):
        return f"{cell.day} {cell:%b %Y}"
    # Dates as texts look like telephone numbers, and how they are written is worth seeing.
    return _cut(text if _DATE.fullmatch(text) else _TELLING.sub(HIDDEN, text))


def _title(cell: object) -> str:
    """Return a title or heading; who wrote it is nobody's business."""
    if isinstance(cell, date):
        return f"{cell.day} {cell:%b %Y}"
    text = text_of(cell)
    dates = _DATE.findall(text)
    covered = text if dates else _TELLING.sub(HIDDEN, text)
    if _SOMEBODY.search(covered) and len(covered.split()) > 2:
        return HIDDEN
    return _cut(covered)


def _sort(cell: object) -> str:
    if isinstance(cell, date | time):
        return "a date"
    return "a number" if isinstance(cell, int | float) else "a text"


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1].rstrip() + "…"
