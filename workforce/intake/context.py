"""What every step of one reading shares, and dates read with the order their file decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.findings import Severity
from workforce.intake.causes import CauseReader
from workforce.intake.dates import OrderVotes, convert_dates, order_votes
from workforce.intake.fields import FIELDS
from workforce.intake.mapping import Mapping, TableMapping
from workforce.intake.missing import Column, ObjectArray, text_of
from workforce.intake.notes import Notes, rows_at
from workforce.intake.table import Table

__all__ = ["Context", "Dates", "read_dates", "vote_on_order"]

Dates = NDArray[np.datetime64]


@dataclass
class Context:
    """What one reading of files shares.

    Attributes:
        causes: Reads leaving reasons.
        mapping: What somebody said.
        today: The present day.
        salt: Key of the hash of identifiers.
        fairness: Whether protected characteristics are read, for the fairness check.
        files: Names of all files of this reading.
        notes: Findings so far.
        counts: Numbers of people so far, from tables that list nobody.
        votes: What each file's date columns say about day and month.
    """

    causes: CauseReader
    mapping: Mapping
    today: date
    salt: bytes
    fairness: bool = False
    files: tuple[str, ...] = ()
    notes: Notes = field(default_factory=Notes)
    counts: list[pd.DataFrame] = field(default_factory=list)
    votes: dict[str, OrderVotes] = field(default_factory=dict)

    def said_of(self, table: Table) -> TableMapping:
        """Return what somebody said of a table."""
        return self.mapping.for_table(table.file, table.sheet, table.place, self.files)

    def header_row(self, file: str, sheet: str, top: Sequence[ObjectArray]) -> int | None:
        """Return the header row that somebody named, unless it was of a file of another shape.

        Args:
            file: File name.
            sheet: Sheet name.
            top: The first rows of the sheet, shape (m,) each.
        """
        said = self.mapping.for_table(file, sheet, 1, self.files)
        row = said.header_row
        if row is None or said.file == file or row > len(top):
            return row
        headings = [text for cell in top[row - 1] if (text := text_of(cell))]
        return row if said.knows(headings) else None


def vote_on_order(tables: Iterable[Table], context: Context) -> None:
    """Let every date column of a file vote on the order of day and month.

    Args:
        tables: All tables, matched.
        context: Changed in place: its `votes`.
    """
    for table in tables:
        for index, match in enumerate(table.matches):
            if match.field and FIELDS[match.field].holds == "date":
                votes = order_votes(table.column_at(index))
                context.votes[table.file] = context.votes.get(table.file, OrderVotes()) + votes


_NOTEWORTHY: Final = (
    ("unreadable", Severity.WARNING, "holds something that is no date", "Treated as missing.",
     "Correct these cells in the system they come from."),
    ("sentinel", Severity.INFO,
     "holds a date that stands for “none”, such as 1 January 1900 or 31 December 9999",
     "Treated as missing.", ""),
    ("coarse", Severity.INFO, "gives only a month or a year",
     "Placed on the first of the month or in mid-year.", ""),
    ("century", Severity.INFO, "has births in the future, as years were kept with two digits",
     "Moved back by a hundred years.", ""),
)  # fmt: skip
"""What can be said of single dates: attribute of `DateColumn`, severity, words."""


def read_dates(table: Table, name: str, context: Context, *, birth: bool = False) -> Dates | None:
    """Read the dates of a field, saying what was noteworthy.

    Args:
        table: The table.
        name: Canonical field.
        context: Today, order, findings.
        birth: Whether they are dates of birth.

    Returns:
        datetime64[D] by row of the table, `None` where there is no such column.
    """
    values = table.column(name)
    if values is None:
        return None
    own = order_votes(values)
    order, basis = _order(own, table, context)
    column = convert_dates(values, order=order, today=context.today, birth=birth)
    kept, heading = table.kept, table.heading(name)
    _say_order(table, heading, context, own, (order, basis))
    if own.day_first and own.month_first:
        context.notes.add(
            "date-order-mixed",
            Severity.WARNING,
            f"“{heading}” holds dates with the day first and dates with the month first.",
            done="Each was read the way it can be read; those that could be either with the "
            f"{'day' if order == 'dmy' else 'month'} first.",
            advice="Check how the column was put together, best in the system it comes from.",
            table=table,
            column=heading,
            rows=rows_at(table, column.against_order & kept),
        )
    elif own.day_first + own.month_first and _is_half_converted(values):
        context.notes.add(
            "date-half-converted",
            Severity.WARNING,
            f"“{heading}” holds dates and texts: real dates up to the 12th, texts after it, as "
            "when a program takes days for months.",
            done="Each was read as it stands.",
            advice="Export the column again as text or as ISO dates (2026-09-30).",
            table=table,
            column=heading,
        )
    for name_of_flag, severity, what, done, advice in _NOTEWORTHY:
        mask = getattr(column, name_of_flag) & kept
        if mask.any():
            context.notes.add(
                f"date-{name_of_flag}",
                severity,
                f"“{heading}” {what} in {int(mask.sum()):,} rows.",
                done=done,
                advice=advice,
                table=table,
                column=heading,
                rows=rows_at(table, mask),
            )
    return column.days


def _say_order(
    table: Table, heading: str, context: Context, own: OrderVotes, decided: tuple[str, str]
) -> None:
    order, basis = decided
    if basis == "assumed" and own.undecided:
        context.notes.add(
            "date-order-assumed",
            Severity.WARNING,
            f"Nothing in “{heading}” says whether 03/04 is 3 April or 4 March.",
            done="Read with the day first, as in the United Kingdom.",
            advice="If the month comes first, set the date order to month first in the mapping.",
            table=table,
            column=heading,
        )
    elif order == "mdy" and (own.month_first or own.undecided):
        siblings = ", as other dates of the file show" if basis == "siblings" else ""
        context.notes.add(
            "date-order-american",
            Severity.INFO,
            f"The dates in “{heading}” have the month first{siblings}.",
            done="Read as month, day, year.",
            advice="Set the date order in the mapping if that is wrong.",
            table=table,
            column=heading,
        )


def _is_half_converted(column: Column) -> bool:
    """Tell the mark of a spreadsheet that took days for months: no real date after the 12th."""
    real = [value for value in column.uniques if isinstance(value, date)]
    return len(real) >= 10 and max(day.day for day in real) <= 12


def _order(own: OrderVotes, table: Table, context: Context) -> tuple[str, str]:
    if own.order:
        return own.order, "own"
    if context.mapping.date_order:
        return context.mapping.date_order, "mapping"
    siblings = context.votes.get(table.file, OrderVotes()).order
    return (siblings, "siblings") if siblings else ("dmy", "assumed")
