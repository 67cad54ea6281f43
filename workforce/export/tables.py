"""Tables with the sentences that belong to them, as one workbook."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from workforce.export.names import sheet_name
from workforce.export.provenance import Provenance
from workforce.export.sheets import Book, Column

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Sheet", "tables_xlsx"]

Sheet = tuple[str, str, Sequence[str], "pd.DataFrame | None"]
"""Name of the sheet, its title, sentences, and a table where there is one."""
_WIDEST: Final = 60.0
_NARROWEST: Final = 9.0


def tables_xlsx(sheets: Sequence[Sheet], provenance: Provenance) -> bytes:
    """Return a workbook of tables.

    Args:
        sheets: Sheets in their order; a sheet without a table lists its sentences.
        provenance: Where they come from.
    """
    target = BytesIO()
    taken: set[str] = set()
    with Book(target, provenance) as book:
        for name, title, sentences, frame in sheets:
            if frame is None or frame.empty:
                columns = [Column("In words", list(sentences) or ["Nothing to say."], 110.0)]
                book.table(sheet_name(name, taken), title, "", columns)
                continue
            columns = [
                Column(str(head), [_plain(cell) for cell in frame[head]], _width(head, frame[head]))
                for head in frame.columns
            ]
            book.table(sheet_name(name, taken), title, " ".join(sentences), columns)
        book.provenance(sheet_name("About this file", taken))
    return target.getvalue()


def _plain(cell: object) -> str | float | int:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell.item() if hasattr(cell, "item") else cell  # type: ignore[return-value]


def _width(head: object, cells: "pd.Series[Any]") -> float:
    longest = max(len(str(head)), int(cells.astype(str).str.len().max()))
    return min(_WIDEST, max(_NARROWEST, 0.9 * longest))
