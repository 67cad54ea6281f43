"""Rows below a header that are no records: totals, repeated headers, notes."""

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.missing import distinct, text_of
from workforce.intake.table import Table

__all__ = ["leave_out_totals_and_notes"]

_TOTAL: Final = re.compile(
    r"^(grand\s+|sub[- ]?|overall\s+|report\s+|running\s+)?totals?\b|\btotals?\s*:?$|^(sum|average|mean|"
    r"count|records?|rows?|number of (records|rows|staff|employees))\s*(of\b.*)?[:=]?\s*[\d,.]*$",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"^(notes?\b|source\b|footnotes?\b|\*|†|‡|\(?\d{1,2}[.)]\s|[‘'\"]?\.\.|end of (report|file|data)|"
    r"prepared by|generated|run (by|on|date)|report (run|produced|generated)|page \d|please |"
    r"this (report|data|table)|data (quality|as at|source)|copyright|©|official|confidential|contact\b|"
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
    counts = np.asarray(table.cells != "", dtype=bool).sum(axis=1)
    typical = float(np.median(counts))
    table.leave_out(_repeats_header(table), HEADER)
    first, is_total, is_note = _by_first_words(table)
    sparse = counts <= max(1.0, 0.4 * typical) if typical >= 3 else counts < 1
    table.leave_out(is_total & (counts <= max(2.0, 0.75 * typical)), TOTAL)
    table.leave_out(is_note & (sparse | (counts <= 1)), NOTE)
    alone = (counts == 1) & (typical >= 3)
    last_full = (
        int(np.flatnonzero(counts > max(1.0, 0.4 * typical))[-1])
        if np.any(counts > max(1.0, 0.4 * typical))
        else len(counts)
    )
    after = np.arange(len(counts)) > last_full
    table.leave_out(alone & after, NOTE)
    long = (
        np.array([len(text) > 80 for text in first[1]], dtype=bool)[first[0]]
        if len(first[1])
        else np.zeros(len(counts), dtype=bool)
    )
    table.leave_out(alone & long, NOTE)
    table.leave_out(alone, SUBHEADING)


def _repeats_header(table: Table) -> NDArray[np.bool_]:
    labels = [label for label in table.labels if not label.startswith("(column ")]
    columns = [j for j, label in enumerate(table.labels) if label in labels][:3]
    mask = np.ones(len(table.rows), dtype=bool)
    for column in columns:
        codes, uniques = distinct(np.ascontiguousarray(table.cells[:, column]))
        label = table.labels[column].casefold()
        same = np.array([text_of(value).casefold() == label for value in uniques], dtype=bool)
        mask &= same[codes]
    return mask if columns else np.zeros(len(table.rows), dtype=bool)


def _by_first_words(
    table: Table,
) -> tuple[tuple[NDArray[np.intp], list[str]], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the first words of each row, and where they announce a total or a note."""
    width = min(4, table.cells.shape[1])
    first = np.full(len(table.rows), "", dtype=object)
    for column in range(width):
        empty = first == ""
        if not empty.any():
            break
        first[empty] = table.cells[empty, column]
    if width < table.cells.shape[1]:
        for index in np.flatnonzero(first == ""):
            first[index] = next((cell for cell in table.cells[index] if cell != ""), "")
    codes, uniques = distinct(first)
    texts = [text_of(value) if isinstance(value, str) else "" for value in uniques]
    total = np.array([bool(_TOTAL.search(text)) for text in texts], dtype=bool)
    note = np.array([bool(_NOTE.match(text)) for text in texts], dtype=bool)
    return (codes, texts), total[codes], note[codes]
