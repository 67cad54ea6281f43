"""Corrections to how files are read, as somebody makes them on the Data page.

The callbacks take names and numbers only and look up what is shown when they run: a page keeps its
callbacks, with all they were given, for as long as the session lasts.
"""

from collections.abc import Callable, Collection
from collections.abc import Mapping as MappingType
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.families import family_label
from workforce.ui import keys, notices, reading_frames, remembered, state, uploads

if TYPE_CHECKING:
    from workforce.intake import Extract, Mapping

__all__ = [
    "answer",
    "apply_causes",
    "apply_columns",
    "apply_families",
    "apply_tables",
    "drop_upload",
    "open_mapping",
    "pending",
    "put_titles",
    "read_afresh",
    "set_as_of",
    "set_date_order",
    "shown",
    "take_upload",
]

Edit = MappingType[str, Any]
"""What was changed in one row of a table: column -> new value."""
Row = tuple[str, str, int]
"""File, sheet and which table of the sheet."""


def pending() -> uploads.Pending | None:
    """Return the files that were uploaded and not yet confirmed."""
    value: uploads.Pending | None = st.session_state.get(keys.PENDING)
    return value


def take_upload(uploader: str) -> None:
    """Take what a file box holds; an emptied box drops the files.

    Args:
        uploader: Key of the file box.
    """
    files = st.session_state[uploader] or []
    uploads.note_sent(each.file_id for each in files)
    if not files:
        drop_upload()
        return
    before = pending()
    received = uploads.receive([(each.name, each.getvalue()) for each in files])
    mapping = before.mapping if before else remembered.mapping()
    st.session_state[keys.PENDING] = replace(received, mapping=mapping)


def drop_upload() -> None:
    """Forget the uploaded files and empty the box."""
    uploads.discard()
    uploads.release()
    st.session_state[keys.PENDING] = None


def read_afresh() -> None:
    """Read the files without what was confirmed or corrected before, and forget that for good."""
    remembered.forget()
    held = pending()
    if held is not None:
        st.session_state[keys.PENDING] = replace(held, mapping=None)
    notices.add("success", "Read again from scratch; what was remembered has been forgotten.")


def shown() -> "Extract":
    """Return the files in the box as they are read with the corrections so far.

    Raises:
        UserError: If there are none any more.
    """
    held = pending()
    if held is None:
        raise UserError("These files have been forgotten. Upload them again to correct them.")
    return uploads.pending_extract(held)


def _mapping() -> "Mapping":
    from workforce.intake import Mapping

    held = pending()
    found = held.mapping if held else remembered.mapping()
    return found or Mapping()


def _set(mapping: "Mapping", said: str) -> None:
    held = pending()
    if held is None:
        remembered.remember(mapping)
    else:
        st.session_state[keys.PENDING] = replace(held, mapping=mapping)
    notices.add("success", said)


def _with_table(mapping: "Mapping", extract: "Extract", row: Row, **changes: Any) -> "Mapping":
    """Return a mapping with something more said of one table.

    Args:
        mapping: What was said so far.
        extract: As shown.
        row: The table.
        changes: Parts of `TableMapping`; columns and units are added to those there are.
    """
    from workforce.intake import TableMapping

    file, sheet, place = row
    here = [each for each in extract.tables if (each.file, each.sheet) == (file, sheet)]
    now = mapping.for_table(file, sheet, place, {each.file for each in extract.tables})
    found_at = {each.header_row for each in here if each.place == place}
    header = now.header_row if now.header_row in found_at else None
    table = TableMapping(
        sheet=sheet,
        file=file,
        header_row=changes.get("header_row", header),
        kind=changes.get("kind", now.kind),
        columns={**now.columns, **changes.get("columns", {})},
        units={**now.units, **changes.get("units", {})},
        place=place if len(here) > 1 else 0,
    )
    same = (table.file, table.sheet, table.place)
    others = tuple(each for each in mapping.tables if (each.file, each.sheet, each.place) != same)
    return replace(mapping, tables=(*others, table))


def _correct(
    editor: str,
    change: "Callable[[Mapping, Extract, int, Edit], Mapping]",
    noun: str,
    done: str,
) -> None:
    """Apply what was edited in a table, row by row.

    Args:
        editor: Key of the table.
        change: Makes a mapping of the one so far, what is shown, the number of a row and what was
            edited in it.
        noun: What a row is.
        done: What was done, as the start of the sentence that says so.
    """

    def run() -> None:
        edited: MappingType[int, Edit] = st.session_state[editor]["edited_rows"]
        if not edited:
            notices.add("info", "Nothing was changed in the table, so nothing was applied.")
            return
        mapping, extract = _mapping(), shown()
        for row, values in edited.items():
            mapping = change(mapping, extract, int(row), values)
        _set(mapping, f"{done} {len(edited)} {noun}{'' if len(edited) == 1 else 's'}.")

    state.attempt(run)


def apply_columns(editor: str, listed: tuple[int, ...]) -> None:
    """Apply the edited fields of columns.

    Args:
        editor: Key of the table that was edited.
        listed: Positions in `Extract.columns` of the rows shown.
    """

    def change(mapping: "Mapping", extract: "Extract", row: int, values: Edit) -> "Mapping":
        match = extract.columns[listed[row]]
        return _with_table(
            mapping,
            extract,
            (match.file, match.sheet, match.place),
            columns={match.column: values["Read as"] or ""},
        )

    _correct(editor, change, "correction", "Columns read again with")


def apply_tables(editor: str) -> None:
    """Apply the edited kinds and header rows; rows of the editor are `Extract.tables`."""

    def change(mapping: "Mapping", extract: "Extract", row: int, values: Edit) -> "Mapping":
        table = extract.tables[row]
        changes: dict[str, Any] = {}
        if "Kind" in values:
            changes["kind"] = values["Kind"]
        if values.get("Header row") is not None:
            changes["header_row"] = int(values["Header row"])
        return _with_table(mapping, extract, (table.file, table.sheet, table.place), **changes)

    _correct(editor, change, "correction", "Sheets read again with")


def apply_families(editor: str, order: str, word: str) -> None:
    """Apply the edited role families.

    Args:
        editor: Key of the table that was edited.
        order: Order of its rows, as in `reading_frames.families_table`.
        word: What its job titles contain.
    """

    def change(mapping: "Mapping", extract: "Extract", row: int, values: Edit) -> "Mapping":
        family = values.get("Role family")
        titles = reading_frames.families_table(extract, order, word)[1]
        return _with_families(mapping, [titles[row]], family) if family else mapping

    _correct(editor, change, "job title", "Role families changed for")


def put_titles(titles: str, family: str) -> None:
    """Put several job titles into one role family.

    Args:
        titles: Key of the widget with the chosen titles.
        family: Key of the widget with the chosen family.
    """
    chosen: Collection[str] = st.session_state[titles]
    where: str = st.session_state[family]
    if not chosen or not where:
        notices.add("info", "Choose at least one job title and a role family.")
        return
    count = f"{len(chosen)} job title{'' if len(chosen) == 1 else 's'}"
    said = f"{count} put into “{family_label(where)}”."
    state.attempt(lambda: _set(_with_families(_mapping(), chosen, where), said))


def _with_families(mapping: "Mapping", titles: Collection[str], family: str) -> "Mapping":
    from workforce.roles import fold_title

    return replace(
        mapping, families={**mapping.families, **{fold_title(t): family for t in titles}}
    )


def apply_causes(editor: str) -> None:
    """Apply the edited causes of leaving; an emptied one is read from the reason again.

    Args:
        editor: Key of the table that was edited.
    """

    def change(mapping: "Mapping", extract: "Extract", row: int, values: Edit) -> "Mapping":
        reasons = reading_frames.reasons_table(extract)[1]
        causes = {
            key: cause for key, cause in mapping.causes.items() if key != reasons[row].lower()
        }
        if values["Counts as"]:
            causes[reasons[row].lower()] = values["Counts as"]
        return replace(mapping, causes=causes)

    _correct(editor, change, "leaving reason", "Causes changed for")


def answer(topic: str, column: str, widget: str) -> None:
    """Take the answer to a question that the files leave open.

    Args:
        topic: Topic of the question.
        column: Column it is about, empty where it is about none.
        widget: Key of the widget with the chosen value.
    """
    value: str = st.session_state[widget]
    if topic == "date_order":
        set_date_order(value)
        return
    if topic == "as_of":
        set_as_of(value)
        return

    def run() -> None:
        mapping, extract = _mapping(), shown()
        for question in extract.questions:
            if (question.topic, question.column) == (topic, column):
                for place in question.places:
                    mapping = _with_table(mapping, extract, place, units={column: value})
        _set(mapping, f"“{column}” read again as you said.")

    state.attempt(run)


def set_date_order(order: str) -> None:
    """Say whether the day or the month comes first; empty to find it."""
    _set(replace(_mapping(), date_order=order), "Dates read again.")


def set_as_of(text: str) -> None:
    """Say which day the files describe, as `2026-09-30`; empty to find it."""

    def run() -> None:
        try:
            day = date.fromisoformat(text.strip()) if text.strip() else None
        except ValueError:
            raise UserError(
                f"“{text}” is not a date. Write the day the files describe as 2026-09-30."
            ) from None
        _set(replace(_mapping(), as_of=day), "Files read again with that day.")

    state.attempt(run)


def open_mapping(uploader: str) -> None:
    """Apply a saved mapping file, to the files in the box or to the next ones.

    Args:
        uploader: Key of the file box.
    """
    file = st.session_state[uploader]
    if file is None:
        return

    def run() -> None:
        from workforce.intake import Mapping

        said = f"Corrections from “{file.name}” applied."
        if pending() is None:
            said = f"Corrections from “{file.name}” will be applied to the files you upload."
        _set(Mapping.from_json(file.getvalue()), said)

    state.attempt(run)
