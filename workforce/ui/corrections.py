"""Corrections to how files are read, as somebody makes them on the Data page."""

from collections.abc import Mapping as MappingType
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from workforce.domain.errors import UserError
from workforce.ui import keys, notices, state, uploads

if TYPE_CHECKING:
    from workforce.intake import Extract, Mapping

__all__ = [
    "apply_causes",
    "apply_columns",
    "apply_families",
    "apply_tables",
    "drop_upload",
    "open_mapping",
    "pending",
    "set_as_of",
    "set_date_order",
    "take_upload",
]

EditedRows = MappingType[int, MappingType[str, Any]]


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
    if not files:
        drop_upload()
        return
    before = pending()
    received = uploads.receive([(each.name, each.getvalue()) for each in files])
    mapping = before.mapping if before else st.session_state.get(keys.MAPPING)
    st.session_state[keys.PENDING] = replace(received, mapping=mapping)


def drop_upload() -> None:
    """Forget the uploaded files and empty the box."""
    uploads.discard()
    st.session_state[keys.PENDING] = None
    st.session_state[keys.UPLOAD_ROUND] = st.session_state.get(keys.UPLOAD_ROUND, 0) + 1


def _mapping() -> "Mapping":
    from workforce.intake import Mapping

    held = pending()
    found = held.mapping if held else st.session_state.get(keys.MAPPING)
    return found or Mapping()


def _set(mapping: "Mapping", said: str) -> None:
    held = pending()
    if held is not None:
        st.session_state[keys.PENDING] = replace(held, mapping=mapping)
    st.session_state[keys.MAPPING] = mapping
    notices.add("success", said)


def _with_table(
    mapping: "Mapping", extract: "Extract", file: str, sheet: str, **changes: Any
) -> "Mapping":
    from workforce.intake import TableMapping

    now = mapping.for_table(file, sheet)
    # Without the file's name the correction also fits next month's file, as long as it is plain
    # which sheet is meant.
    alone = sum(each.sheet == sheet for each in extract.tables) == 1
    name = "" if alone and not now.file else file
    columns = {**now.columns, **changes.pop("columns", {})}
    table = TableMapping(
        sheet=sheet,
        file=name,
        header_row=changes.get("header_row", now.header_row),
        kind=changes.get("kind", now.kind),
        columns=columns,
    )
    others = tuple(e for e in mapping.tables if (e.file, e.sheet) != (now.file, now.sheet))
    return replace(mapping, tables=(*others, table))


def apply_columns(editor: str, extract: "Extract") -> None:
    """Apply the edited fields of columns.

    Args:
        editor: Key of the table that was edited; its rows are `extract.columns`.
        extract: What was shown.
    """

    def run() -> None:
        mapping = _mapping()
        edited: EditedRows = st.session_state[editor]["edited_rows"]
        for row, values in edited.items():
            if "Read as" in values:
                match = extract.columns[row]
                mapping = _with_table(
                    mapping,
                    extract,
                    match.file,
                    match.sheet,
                    columns={match.column: values["Read as"] or ""},
                )
        _set(mapping, f"Columns read again with {_count(len(edited), 'correction')}.")

    state.attempt(run)


def apply_tables(editor: str, extract: "Extract") -> None:
    """Apply the edited kinds and header rows; rows of the editor are `extract.tables`."""

    def run() -> None:
        mapping = _mapping()
        edited: EditedRows = st.session_state[editor]["edited_rows"]
        for row, values in edited.items():
            table = extract.tables[row]
            changes: dict[str, Any] = {}
            if "Kind" in values:
                changes["kind"] = values["Kind"]
            if values.get("Header row") is not None:
                changes["header_row"] = int(values["Header row"])
            mapping = _with_table(mapping, extract, table.file, table.sheet, **changes)
        _set(mapping, f"Sheets read again with {_count(len(edited), 'correction')}.")

    state.attempt(run)


def apply_families(editor: str, titles: tuple[str, ...]) -> None:
    """Apply the edited role families.

    Args:
        editor: Key of the table that was edited.
        titles: Job titles in the order of its rows.
    """

    def run() -> None:
        from workforce.roles import fold_title

        mapping = _mapping()
        edited: EditedRows = st.session_state[editor]["edited_rows"]
        families = dict(mapping.families)
        for row, values in edited.items():
            if values.get("Role family"):
                families[fold_title(titles[row])] = values["Role family"]
        _set(
            replace(mapping, families=families),
            f"Role families changed for {_count(len(edited), 'job title')}.",
        )

    state.attempt(run)


def apply_causes(editor: str, reasons: tuple[str, ...]) -> None:
    """Apply the edited causes of leaving; an emptied one is read from the reason again.

    Args:
        editor: Key of the table that was edited.
        reasons: Leaving reasons in the order of its rows.
    """

    def run() -> None:
        mapping = _mapping()
        edited: EditedRows = st.session_state[editor]["edited_rows"]
        causes = dict(mapping.causes)
        for row, values in edited.items():
            if "Counts as" in values:
                causes.pop(reasons[row].lower(), None)
                if values["Counts as"]:
                    causes[reasons[row].lower()] = values["Counts as"]
        _set(
            replace(mapping, causes=causes),
            f"Causes changed for {_count(len(edited), 'leaving reason')}.",
        )

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
    """Apply a saved mapping file.

    Args:
        uploader: Key of the file box.
    """
    file = st.session_state[uploader]
    if file is None:
        return

    def run() -> None:
        from workforce.intake import Mapping

        _set(Mapping.from_json(file.getvalue()), f"Corrections from “{file.name}” applied.")

    state.attempt(run)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
