"""What intake has to say about a file: sentences with a place, a reason and a way out."""

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Finding", "LeftOut", "Severity"]


class Severity(StrEnum):
    """How much a finding matters to the result."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that something in the files tripped.

    Attributes:
        rule: Stable identifier, `kebab-case`.
        severity: How much it matters.
        message: What is wrong, in a sentence without personal values.
        done: What was done about it.
        advice: What the user could do.
        file: File name.
        sheet: Sheet name, empty for text files.
        column: Column as it is headed in the file, if it is about one.
        rows: Row numbers as Excel shows them, from 1 (all of them, in order).
    """

    rule: str
    severity: Severity
    message: str
    done: str = ""
    advice: str = ""
    file: str = ""
    sheet: str = ""
    column: str = ""
    rows: tuple[int, ...] = field(default=())

    @property
    def count(self) -> int:
        """Number of rows concerned (0 where the finding is about the table as a whole)."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was read and not kept, with the reason."""

    file: str
    sheet: str
    row: int
    reason: str
