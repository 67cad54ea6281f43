"""A table as it was found on a sheet, and what was made of its columns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from workforce.intake.column import Column
from workforce.intake.grid import Grid
from workforce.intake.preview import Preview
from workforce.intake.profile import Profile, profile_column

__all__ = ["ColumnMatch", "Table", "TableReport"]


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """What a column was taken for. Holds no value of the column.

    Attributes:
        file: File name.
        sheet: Sheet name, empty for text files.
        column: Heading as it stands in the file.
        field: Canonical field, `None` where it is none of ours.
        confidence: 0 to 1; 0.8 and above is high.
        reason: Why, in words.
        position: Column number on the sheet, from 1.
        used: Whether the values go into the tables (the first of several of one field does).
        header_row: Header row of its table as Excel numbers it.
        place: Which table of the sheet it is in, from 1.
    """

    file: str
    sheet: str
    column: str
    field: str | None
    confidence: float
    reason: str
    position: int = 0
    used: bool = False
    header_row: int = 0
    place: int = 1


@dataclass(frozen=True, slots=True)
class TableReport:
    """One table of the input: where it is, what it is, and how many of its rows were kept.

    Attributes:
        file: File name.
        sheet: Sheet name, empty for text files.
        header_row: Header row as Excel numbers it (the lower one of two).
        kind: Kind of table.
        rows_read: Rows below the header that hold anything.
        rows_kept: Rows of these that went into the tables.
        hidden: Whether the sheet is hidden.
        place: Which table of the sheet it is, from 1.
        preview: The rows about its header as they stand, without what identifies anybody.
    """

    file: str
    sheet: str
    header_row: int
    kind: str
    rows_read: int
    rows_kept: int
    hidden: bool = False
    place: int = 1
    preview: Preview | None = None


@dataclass(slots=True)
class Table:
    """A table found on a sheet.

    Attributes:
        file: File name.
        sheet: Sheet name.
        header_row: Header row as Excel numbers it.
        labels: Headings, one a column.
        groups: What stands above each heading in a two-row header, or empty.
        cells: Cells of the rows below the header that hold anything, shape (n, m).
        rows: Their row numbers as Excel shows them, shape (n,).
        positions: Column numbers on the sheet from 1, one a column.
        title: What stands above the header.
        hidden: Whether the sheet is hidden.
        left_out: Reason by position in `rows`, for rows not kept.
        day: Day it describes, where its title, sheet or file says so.
        kind: Kind of table, once known.
        matches: Its columns, once matched.
        place: Which table of the sheet it is, from 1.
        preview: The rows about its header, once its columns are matched.
    """

    file: str
    sheet: str
    header_row: int
    labels: list[str]
    groups: list[str]
    cells: Grid
    rows: NDArray[np.int_]
    positions: list[int]
    title: str = ""
    hidden: bool = False
    left_out: dict[int, str] = field(default_factory=dict)
    day: date | None = None
    kind: str = "other"
    matches: list[ColumnMatch] = field(default_factory=list)
    place: int = 1
    preview: Preview | None = None
    _profiles: list[Profile] | None = None
    _columns: dict[int, Column] = field(default_factory=dict)

    @property
    def profiles(self) -> list[Profile]:
        """A description of each column by a sample, made once."""
        if self._profiles is None:
            kept = self.kept
            self._profiles = [
                profile_column(self.cells.columns[index], kept) for index in range(len(self.labels))
            ]
        return self._profiles

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Where rows are still kept, shape (n,)."""
        mask = np.ones(len(self.rows), dtype=bool)
        mask[list(self.left_out)] = False
        return mask

    def leave_out(self, mask: NDArray[np.bool_], reason: str) -> tuple[int, ...]:
        """Leave rows out, giving the reason; a row keeps the first reason it was given.

        Args:
            mask: Rows to leave out, shape (n,).
            reason: Why, in words.

        Returns:
            Excel row numbers of those newly left out.
        """
        new = [int(index) for index in np.flatnonzero(mask) if int(index) not in self.left_out]
        for index in new:
            self.left_out[index] = reason
        return tuple(int(self.rows[index]) for index in new)

    def column_at(self, index: int) -> Column:
        """Return all cells of a column by its place; made once."""
        if index not in self._columns:
            self._columns[index] = self.cells.column(index)
        return self._columns[index]

    def column(self, name: str) -> Column | None:
        """Return all cells of the column used for a field, `None` where there is none."""
        for index, match in enumerate(self.matches):
            if match.field == name and match.used:
                return self.column_at(index)
        return None

    def forget_cells(self) -> None:
        """Let go of every cell; what was found of them stays."""
        self.cells = Grid([], 0)
        self._columns.clear()

    def heading(self, name: str) -> str:
        """Return the heading of the column used for a field, empty where there is none."""
        for match in self.matches:
            if match.field == name and match.used:
                return match.column
        return ""

    def report(self) -> TableReport:
        """Return the sum of its rows."""
        read = len(self.rows)
        return TableReport(
            self.file,
            self.sheet,
            self.header_row,
            self.kind,
            read,
            read - len(self.left_out),
            self.hidden,
            self.place,
            self.preview and self.preview.with_left_out(self._reasons()),
        )

    def _reasons(self) -> Iterator[tuple[int, str]]:
        """Yield Excel row number and reason of each row not kept."""
        return ((int(self.rows[index]), reason) for index, reason in self.left_out.items())
