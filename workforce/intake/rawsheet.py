"""A sheet of cells as it was read, and the sentences with which a file is refused."""

from dataclasses import dataclass, field

from workforce.domain.errors import UserError
from workforce.intake import limits
from workforce.intake.grid import Grid

__all__ = ["Merged", "RawSheet", "SourceFile", "check_shape", "damaged", "protected"]

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was uploaded.

    Attributes:
        name: File name, shown in messages; never used as a path.
        content: The bytes.
    """

    name: str
    content: bytes


@dataclass(slots=True)
class RawSheet:
    """The cells of one sheet.

    Attributes:
        name: Sheet name, empty for text files.
        cells: Cells, shape (rows, columns); the first is the one Excel calls A1.
        hidden: Whether the sheet is hidden.
        merged: Merged ranges as ((row, column), (row, column)), inclusive, from 0.
        notes: How the file was read, where that is worth saying.
        uncalculated: Rows, from 1, with a formula whose result is not in the file.
    """

    name: str
    cells: Grid
    hidden: bool = False
    merged: tuple[Merged, ...] = ()
    notes: tuple[str, ...] = field(default=())
    uncalculated: tuple[int, ...] = ()


def check_shape(name: str, height: int, widest: int) -> None:
    """Refuse a table before memory is taken for it.

    Args:
        name: File name.
        height: Rows.
        widest: Columns of the widest row.

    Raises:
        UserError: If that is more than can be held.
    """
    if height > limits.MAX_ROWS or height * widest > limits.MAX_CELLS:
        raise UserError(
            f"{name} has {height:,} rows by {widest:,} columns; at most {limits.MAX_ROWS:,} rows "
            f"and {limits.MAX_CELLS:,} cells can be read. Split it by year or leave out columns "
            "that are not needed."
        )
    if widest > limits.MAX_COLUMNS:
        raise UserError(
            f"{name} has {widest:,} columns; at most {limits.MAX_COLUMNS:,} can be read. Keep the "
            "columns that matter and upload that copy."
        )


def protected(name: str) -> UserError:
    """Return what is said of a file that needs a password."""
    return UserError(
        f"{name} is protected with a password. Save a copy without a password and upload that."
    )


def damaged(name: str, fault: BaseException, sheet: str = "") -> UserError:
    """Return what is said of a file that its reader cannot make sense of.

    Args:
        name: File name.
        fault: What the reader raised; if that is about a password, so is the sentence.
        sheet: The sheet it happened on, if any.
    """
    words = str(fault).lower()
    if "password" in words or "encrypt" in words:
        return protected(name)
    where = f"{name}, sheet “{sheet}”," if sheet else name
    return UserError(
        f"{where} is damaged and cannot be read. Open it in Excel, save it again and upload the "
        "new copy."
    )
