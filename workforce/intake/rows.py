"""Rows below a header that are no records: totals, repeated headers, notes."""

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.missing import ObjectArray, text_of
from workforce.intake.table import Table

__all__ = ["leave_out_totals_and_notes"]

_TOTAL: Final = re.compile(
    r"^(grand\s+|sub[- ]?|overall\s+|report\s+|running\s+)?totals?\b|\btotals?\s*:?$|"
    r"^(sum|average|mean|"
    r"count|records?|rows?|number of (records|rows|staff|employees))\s*(of\b.*)?[:=]?\s*[\d,.]*$",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"^(notes?\b|source\b|footnotes?\b|\*|†|‡|\(?\d{1,2}[.)]\s|[‘'\"]?\.\.|"
    r"end of (report|file|data)|"
    r"prepared by|generated|run (by|on|date)|report (run|produced|generated)|page \d|please |"
    r"this (report|data|table)|data (quality|as at|source)|copyright|©|official|"
    r"confidential|contact\b|"
    r"produced (by|on)|printed)",
    re.IGNORECASE,
)

TOTAL = "It is a total, not a record."
NOTE = "It is a note, not a record."
HEADER = "It repeats the header."
SUBHEADING = "It is a heading within the table, not a record."


def leave_out_totals_and_notes(table: Table) -> None:
    """Mark the rows of a table that are totals, notes, sub-headings or repeated headers.

    Args:
        table: Changed in place: the rows are added to its `left_out` with the reason.
    """
    if not len(table.rows):
        return
    counts = (table.cells != "").sum(axis=1)
    typical = float(np.median(counts))
    table.leave_out(_repeats_header(table), HEADER)
    # Only rows emptier than most can be totals or notes; in narrow tables any row may be one.
    short = counts <= max(2.0, 0.75 * typical)
    sparse = counts <= max(1.0, 0.4 * typical) if typical >= 3 else counts <= 1
    words = np.full(len(counts), "", dtype=object)
    words[short] = [_first_words(row) for row in table.cells[short]]
    is_total = np.array([bool(text) and bool(_TOTAL.search(text)) for text in words], dtype=bool)
    is_note = np.array([bool(text) and bool(_NOTE.match(text)) for text in words], dtype=bool)
    table.leave_out(is_total, TOTAL)
    table.leave_out(is_note & sparse, NOTE)
    alone = (counts == 1) & (typical >= 3)
    full = np.flatnonzero(counts > max(1.0, 0.4 * typical))
    after = np.arange(len(counts)) > (int(full[-1]) if len(full) else len(counts))
    long = np.array([len(text) > 80 for text in words], dtype=bool)
    table.leave_out(alone & (after | long), NOTE)
    table.leave_out(alone, SUBHEADING)


def _first_words(row: ObjectArray) -> str:
    """Return the first filled cell of a row if it is a text, else nothing."""
    first = next((cell for cell in row if cell != ""), "")
    return text_of(first) if isinstance(first, str) else ""


def _repeats_header(table: Table) -> NDArray[np.bool_]:
    """Return where the first headings stand again below themselves."""
    columns = [j for j, label in enumerate(table.labels) if not label.startswith("(column ")][:3]
    mask = np.zeros(len(table.rows), dtype=bool)
    if not columns:
        return mask
    first = table.column_at(columns[0])
    same = first.spread_mask(np.asarray(first.uniques == table.labels[columns[0]], dtype=bool))
    for index in np.flatnonzero(same):
        mask[index] = all(
            text_of(table.cells[index, j]).casefold() == table.labels[j].casefold() for j in columns
        )
    return mask
