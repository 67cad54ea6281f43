"""Collecting findings while files are read."""

from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from workforce.domain.findings import Finding, Severity
from workforce.intake.rawsheet import RawSheet
from workforce.intake.table import Table

__all__ = ["Notes", "day_text", "rows_at", "say_how_read"]


def rows_at(table: Table, mask: NDArray[np.bool_]) -> tuple[int, ...]:
    """Return the Excel row numbers where a mask over a table's rows holds."""
    return tuple(int(row) for row in table.rows[mask])


def day_text(day: date) -> str:
    """Return a date as it is written in sentences: 3 April 2026."""
    return f"{day.day} {day:%B %Y}"


class Notes:
    """Findings in the order in which they were made."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: list[Finding] = []

    def add(  # noqa: PLR0913 - a finding has these parts
        self,
        rule: str,
        severity: Severity,
        message: str,
        *,
        done: str = "",
        advice: str = "",
        table: Table | None = None,
        file: str = "",
        column: str = "",
        rows: Iterable[int] = (),
    ) -> None:
        """Add a finding; the table gives file and sheet where it is about one."""
        self._found.append(
            Finding(
                rule,
                severity,
                message,
                done,
                advice,
                table.file if table else file,
                table.sheet if table else "",
                column,
                tuple(sorted(set(rows))),
            )
        )

    @property
    def all(self) -> tuple[Finding, ...]:
        """The findings, most serious first, else in order."""
        rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
        return tuple(sorted(self._found, key=lambda each: rank[each.severity]))


def say_how_read(file: str, sheet: RawSheet, notes: Notes) -> None:
    """Add what is worth saying of how a sheet was read.

    Args:
        file: File name.
        sheet: The sheet.
        notes: Where it is added.
    """
    for note in sheet.notes:
        notes.add("text-format", Severity.INFO, note, file=file)
    if sheet.uncalculated:
        place = f"The sheet “{sheet.name}” of {file}" if sheet.name else file
        notes.add(
            "formula-not-calculated",
            Severity.WARNING,
            f"{place} has rows with formulas whose results are not in the file: the software that "
            "wrote it does not calculate.",
            done="Those cells were read as empty; no formula is ever run here.",
            advice="Open the file in Excel, save it there, and upload it again.",
            file=file,
            rows=sheet.uncalculated,
        )
