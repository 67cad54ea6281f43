"""What is shown of the rows about a table's header: texts, of which none identifies anybody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

__all__ = ["HIDDEN", "Preview", "PreviewRow"]

HIDDEN: Final = "hidden"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it is shown.

    Attributes:
        row: Row number as Excel shows it.
        part: `above` the header, `header`, or `data` below it.
        cells: What is shown, one a column.
        left_out: Why the row was left out, empty where it was kept.
    """

    row: int
    part: str
    cells: tuple[str, ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A dozen rows about the header of a table.

    Attributes:
        letters: Column letters as Excel shows them.
        hidden: Whether the values of a column are hidden, because they identify somebody.
        unread: Whether a column is none of ours: only the sort of its values is shown.
        rows: The rows from top to bottom.
        more_columns: Columns that are not shown because there are too many.
    """

    letters: tuple[str, ...]
    hidden: tuple[bool, ...]
    unread: tuple[bool, ...]
    rows: tuple[PreviewRow, ...]
    more_columns: int = 0

    def with_left_out(self, reasons: Iterable[tuple[int, str]]) -> "Preview":
        """Return the preview with the reasons of rows that were left out in the end.

        Args:
            reasons: Row number and reason of every row left out.
        """
        shown = {each.row for each in self.rows}
        known = {row: reason for row, reason in reasons if row in shown}
        return replace(
            self,
            rows=tuple(
                replace(each, left_out=known.get(each.row, "") if each.part == "data" else "")
                for each in self.rows
            ),
        )
