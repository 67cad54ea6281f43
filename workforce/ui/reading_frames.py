"""What was made of uploaded files as tables for people. Nothing is computed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from workforce.domain.families import Family
from workforce.domain.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from workforce.domain.findings import Finding, LeftOut
    from workforce.intake import ColumnMatch, Extract, TableReport
    from workforce.roles import RoleMatch

__all__ = [
    "HIGH",
    "LOW",
    "MEDIUM",
    "NOT_USED",
    "SAID",
    "columns_table",
    "families_table",
    "fields_table",
    "findings_table",
    "left_out_table",
    "reasons_table",
    "sure",
    "tables_table",
]

# The number of filled dots says the same as the colour, for those who don't see it.
HIGH: Final = "●●● High"
MEDIUM: Final = "●●○ Medium"
LOW: Final = "●○○ Low"
SAID: Final = "✓ You said so"
NOT_USED: Final = "– Not used"


def sure(confidence: float) -> str:
    """Return how sure a match is as a badge: high from 0.8, medium from 0.5, certain at 1."""
    if confidence >= 1:
        return SAID
    return HIGH if confidence >= 0.8 else MEDIUM if confidence >= 0.5 else LOW


def tables_table(tables: "Iterable[TableReport]") -> "pd.DataFrame":
    """Return the sheets found; rows read = kept + left out in each line."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "File": each.file,
                "Sheet": f"{each.sheet} (hidden)" if each.hidden else each.sheet,
                "Kind": each.kind,
                "Header row": each.header_row,
                "Rows read": each.rows_read,
                "= Kept": each.rows_kept,
                "+ Left out": each.rows_read - each.rows_kept,
            }
            for each in tables
        ]
    )


def columns_table(columns: "Sequence[ColumnMatch]") -> "pd.DataFrame":
    """Return what each column was taken for, in the order of the matches.

    Args:
        columns: The matches.

    Returns:
        Sheet (where there are several), column, field, how sure, why it is asked for, and why it
        was taken for that.
    """
    import pandas as pd

    from workforce.intake.fields import FIELDS

    several = len({each.file for each in columns}) > 1
    table = pd.DataFrame(
        [
            {
                "Sheet": f"{each.file}, {each.sheet}".strip(", ") if several else each.sheet,
                "Column": each.column,
                "Read as": each.field or "",
                "Sure": sure(each.confidence) if each.field or each.confidence >= 1 else NOT_USED,
                "Why we ask": FIELDS[each.field].why if each.field else "We do not ask for it.",
                "Why we think so": each.reason,
            }
            for each in columns
        ]
    )
    one_sheet = len({(each.file, each.sheet) for each in columns}) == 1
    return table.drop(columns="Sheet") if one_sheet else table


_TITLE_ORDERS: "dict[str, Callable[[RoleMatch, int], tuple[float, ...]]]" = {
    "doubt": lambda match, people: (-people * (1 - match.confidence),),
    "digital": lambda match, people: (float(match.family == Family.NOT_DIGITAL), -people),
    "people": lambda _, people: (-people,),
}


def families_table(
    extract: "Extract", order: str, word: str = ""
) -> "tuple[pd.DataFrame, tuple[str, ...]]":
    """Return job titles with their role family, and the titles in the order of the rows.

    Args:
        extract: Gives the matches and the people per title.
        order: `doubt` (most people in doubt first), `digital` (digital roles first) or `people`.
        word: Only titles that contain it, whatever the case; empty for all.
    """
    import pandas as pd

    counts, rank = extract.title_counts, _TITLE_ORDERS[order]
    ordered = sorted(
        (each for each in extract.role_matches if word.casefold() in each.title.casefold()),
        key=lambda each: (*rank(each, counts.get(each.title, 0)), each.title),
    )
    rows = [
        {
            "Job title": each.title,
            "People": counts.get(each.title, 0),
            "Role family": str(each.family),
            "Sure": sure(each.confidence),
            "Why": each.reason,
        }
        for each in ordered
    ]
    names = ["Job title", "People", "Role family", "Sure", "Why"]
    return pd.DataFrame(rows, columns=names), tuple(each.title for each in ordered)


def reasons_table(extract: "Extract") -> "tuple[pd.DataFrame, tuple[str, ...]]":
    """Return leaving reasons with the cause each counts as, and the reasons row by row.

    Args:
        extract: Gives the leavers. Reasons whose cause is not known come first, then the most
            frequent; leavers without any reason are not listed.
    """
    import pandas as pd

    people = extract.people
    given = people[people["leave_reason"].fillna("").str.strip() != ""]
    rows = [
        # A second column may settle what the reason leaves open, so people can differ.
        (str(reason), len(group), str(group["cause"].mode().iloc[0]))
        for reason, group in given.assign(cause=given["cause"].fillna("")).groupby("leave_reason")
    ]
    rows.sort(key=lambda row: (row[2] != "", -row[1], row[0]))
    table = pd.DataFrame(rows, columns=["Leaving reason", "Leavers", "Counts as"])
    return table, tuple(row[0] for row in rows)


_SEVERITY: Final = {
    Severity.ERROR: "■ Error",
    Severity.WARNING: "▲ Warning",
    Severity.INFO: "○ For information",
}


def findings_table(findings: "Iterable[Finding]") -> "pd.DataFrame":
    """Return findings as a table for people."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "How serious": _SEVERITY[each.severity],
                "What": each.message,
                "What was done": each.done,
                "What you can do": each.advice,
                "Where": ", ".join(part for part in (each.file, each.sheet, each.column) if part),
                "Rows": _row_list(each.rows),
            }
            for each in findings
        ]
    )


def left_out_table(left_out: "Iterable[LeftOut]") -> "pd.DataFrame":
    """Return rows left out, gathered by reason; every row number stays countable."""
    import pandas as pd

    groups: dict[tuple[str, str, str], list[int]] = {}
    for each in left_out:
        groups.setdefault((each.file, each.sheet, each.reason), []).append(each.row)
    return pd.DataFrame(
        [
            {"File": file, "Sheet": sheet, "Why": why, "Rows": len(rows), "Which": _row_list(rows)}
            for (file, sheet, why), rows in groups.items()
        ]
    )


def _row_list(rows: "Sequence[int]", most: int = 12) -> str:
    if not rows:
        return ""
    listed = ", ".join(str(row) for row in rows[:most])
    return f"{listed} and {len(rows) - most:,} more" if len(rows) > most else listed


def fields_table() -> "pd.DataFrame":
    """Return every field that can be read, where it belongs and why it is asked for."""
    import pandas as pd

    from workforce.intake.fields import FIELDS

    return pd.DataFrame(
        [
            {"Field": each.label, "In": ", ".join(each.kinds) or "any sheet", "Why": each.why}
            for each in FIELDS.values()
        ]
    )
