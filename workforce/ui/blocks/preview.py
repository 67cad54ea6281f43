"""The first rows of a table as they stand in the file, its header row set apart."""

from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from workforce.ui.reading_frames import HIGH, LOW, MEDIUM, SAID, sure

if TYPE_CHECKING:
    from workforce.intake import ColumnMatch, Extract, TableReport
    from workforce.intake.preview import Preview, PreviewRow

__all__ = ["preview_html", "previews", "table_name"]

_STYLE: Final = """<style>
.wf-preview { overflow-x: auto; border: 1px solid #b1b4b6; border-radius: 0.25rem; }
.wf-preview:focus { outline: 3px solid #12436D; }
.wf-preview table { border-collapse: collapse; font-size: 0.875rem; width: 100%; }
.wf-preview th, .wf-preview td { border: 1px solid #d4d7d9; padding: 0.2rem 0.5rem;
  text-align: left; white-space: nowrap; color: #0b0c0c; font-weight: 400; }
.wf-preview thead th { background: #f3f2f1; vertical-align: top; }
.wf-preview .wf-header th { background: #12436D; color: #ffffff; font-weight: 700; }
.wf-preview .wf-above th, .wf-preview .wf-above td { background: #f8f8f8; color: #484b4d; }
.wf-preview .wf-out th, .wf-preview .wf-out td { background: #f8f8f8; color: #484b4d;
  text-decoration: line-through; }
.wf-preview .wf-out .wf-why { text-decoration: none; }
.wf-preview .wf-hidden { color: #484b4d; font-style: italic; }
.wf-badge { display: inline-block; border-radius: 0.2rem; padding: 0 0.3rem; }
.wf-high { color: #00491f; background: #e2f2e6; }
.wf-medium { color: #5a3d00; background: #fff1cc; }
.wf-low { color: #7a1500; background: #fde4de; }
</style>"""
_BADGES: Final = {HIGH: "high", SAID: "high", MEDIUM: "medium", LOW: "low"}


def previews(extract: "Extract") -> None:
    """Draw the first rows of one table; where there are several, the reader chooses which.

    Args:
        extract: As read.
    """
    shown = [each for each in extract.tables if each.preview is not None]
    if not shown:
        return
    names = [table_name(each, extract) for each in shown]
    place = 0
    if len(shown) > 1:
        place = st.selectbox(
            "Show the first rows of",
            range(len(shown)),
            format_func=names.__getitem__,
            key=f"data.preview.{extract.digest[:12]}",
        )
    table = shown[place]
    columns = [
        each
        for each in extract.columns
        if (each.file, each.sheet, each.place) == (table.file, table.sheet, table.place)
    ]
    st.html(_STYLE + preview_html(table, columns))
    more = table.preview.more_columns if table.preview else 0
    st.caption(
        f"The dark row, row {table.header_row}, was taken for the headings. If another row holds "
        "them, correct its number in the table above. “hidden” stands for what could identify "
        "somebody, and columns that are not used show the sort of their values only."
        + (f" {more} more columns are not shown." if more else "")
    )


def table_name(table: "TableReport", extract: "Extract") -> str:
    """Return a table's name as people see it: its sheet, with what tells it from the others.

    Args:
        table: The table.
        extract: Gives the other tables.
    """
    sheet = table.sheet or table.file
    several = len({each.file for each in extract.tables}) > 1
    file = f"{table.file}, " if several and table.sheet else ""
    return f"{file}{sheet} (row {table.header_row})" if table.place > 1 else f"{file}{sheet}"


def preview_html(table: "TableReport", columns: "list[ColumnMatch]") -> str:
    """Return a table of the first rows with what each column was read as.

    Args:
        table: Gives the preview.
        columns: The table's columns in order.

    Returns:
        HTML in which every text of the file is escaped.
    """
    preview = table.preview
    if preview is None:
        return ""
    name = escape(table.sheet or table.file)
    heads = "".join(
        f'<th scope="col">{letter}<br>{_read_as(match)}</th>'
        for letter, match in zip(preview.letters, columns, strict=False)
    )
    body = "".join(_row(row, preview) for row in preview.rows)
    return (
        f'<div class="wf-preview" tabindex="0" role="region" aria-label="First rows of {name}">'
        f'<table><thead><tr><th scope="col">Row</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _read_as(match: "ColumnMatch") -> str:
    from workforce.intake.fields import FIELDS

    if not match.field:
        return "not used"
    badge = sure(match.confidence)
    words = f"{escape(FIELDS[match.field].label)}"
    return f'{words}<br><span class="wf-badge wf-{_BADGES[badge]}">{badge}</span>'


def _row(row: "PreviewRow", preview: "Preview") -> str:
    if row.part == "header":
        cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in row.cells)
        return f'<tr class="wf-header"><th scope="row">{row.row} · headings</th>{cells}</tr>'
    kind = "above" if row.part == "above" else "out" if row.left_out else "kept"
    said = {"above": " · above", "out": " · left out", "kept": ""}[kind]
    cells = "".join(
        f'<td class="wf-hidden">{escape(cell)}</td>'
        if cell and row.part == "data" and (hidden or unread)
        else f"<td>{escape(cell)}</td>"
        for cell, hidden, unread in zip(row.cells, preview.hidden, preview.unread, strict=True)
    )
    why = f' title="{escape(row.left_out)}"' if row.left_out else ""
    return f'<tr class="wf-{kind}"{why}><th scope="row">{row.row}{said}</th>{cells}</tr>'
