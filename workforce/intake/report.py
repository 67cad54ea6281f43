"""What was read, as one object for the command line."""

from typing import Any

from workforce.intake.aside import counts_summary
from workforce.intake.extract import Extract

__all__ = ["check_report"]


def check_report(extract: Extract) -> dict[str, Any]:
    """Return what `check --json` prints.

    Args:
        extract: What was read.

    Returns:
        `tables`, `columns`, `left_out`, `counts`, `findings`, `as_of` and `window`, with nothing
        in it but texts, numbers, lists and `None`; no value of a cell.
    """
    return {
        "tables": [
            {
                "file": each.file,
                "sheet": each.sheet,
                "header_row": each.header_row,
                "kind": each.kind,
                "rows_read": each.rows_read,
                "rows_kept": each.rows_kept,
                "hidden": each.hidden,
            }
            for each in extract.tables
        ],
        "columns": [
            {
                "file": each.file,
                "sheet": each.sheet,
                "column": each.column,
                "field": each.field,
                "confidence": each.confidence,
                "reason": each.reason,
                "used": each.used,
            }
            for each in extract.columns
        ],
        "left_out": [
            {"file": each.file, "sheet": each.sheet, "row": each.row, "reason": each.reason}
            for each in extract.left_out
        ],
        "counts": counts_summary(extract.counts),
        "findings": [
            {
                "rule": each.rule,
                "severity": str(each.severity),
                "message": each.message,
                "done": each.done,
                "advice": each.advice,
                "file": each.file,
                "sheet": each.sheet,
                "column": each.column,
                "rows": list(each.rows),
                "count": each.count,
            }
            for each in extract.findings
        ],
        "as_of": extract.as_of.isoformat(),
        "window": [day.isoformat() for day in extract.window] if extract.window else None,
    }
