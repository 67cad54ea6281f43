"""Data: upload, check, correct, confirm."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.circulation import WORKING_DOCUMENT
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.ui import corrections, notices, reading_frames, state, uploads
from workforce.ui.blocks import intake, roles, steps
from workforce.ui.blocks.figure import EXCEL
from workforce.ui.blocks.questions import open_questions
from workforce.ui.evidence import evidence

if TYPE_CHECKING:
    from workforce.intake import Extract

_TYPES = ["xlsx", "xlsm", "xls", "xlsb", "ods", "fods", "csv", "tsv", "txt", "xml", "htm", "html"]


def _template(base: Evidence) -> bytes:
    from workforce.sample import write_template

    return write_template(base)


def _upload() -> None:
    base = evidence()
    key = uploads.box()
    st.file_uploader(
        "Spreadsheets from your HR system (one or several)",
        type=_TYPES,
        accept_multiple_files=True,
        key=key,
        on_change=corrections.take_upload,
        args=(key,),
        max_upload_size=100,
    )
    with st.container(horizontal=True):
        st.download_button(
            "Download a template",
            data=lambda: _template(base),
            file_name="workforce-template.xlsx",
            mime=EXCEL,
            key="data.template",
            on_click="ignore",
            icon=":material/download:",
        )
        with st.popover("Use saved corrections"):
            st.file_uploader(
                "Mapping file (.json)",
                type=["json"],
                key="data.mapping",
                on_change=corrections.open_mapping,
                args=("data.mapping",),
                max_upload_size=5,
            )
        if not state.dataset().fictional:
            st.button("Back to the sample", key="data.sample", on_click=_back)
    with st.expander(
        "What can be read, and why it is asked for", key="data.fields", on_change="rerun"
    ) as box:
        if box.open:
            st.dataframe(
                reading_frames.fields_table(),
                hide_index=True,
                alt="Fields, where they belong and why",
            )


def _back() -> None:
    corrections.drop_upload()
    state.set_dataset(state.sample())
    notices.add("success", "The fictional sample is on show again. Your plan is unchanged.")


def _confirm(pending: uploads.Pending, *, fairness: bool) -> None:
    try:
        with st.spinner("Counting people and fitting rates"):
            confirmed = uploads.confirm(pending, fairness=fairness)
    except UserError as refusal:
        st.error(str(refusal))
        return
    state.set_dataset(confirmed)
    notices.add(
        "success",
        f"{confirmed.name} is now on show on every page. The files themselves are forgotten: only "
        "counts are kept, until you close the page. How they are laid out and what you corrected "
        "is remembered for next month's files. Your plan is unchanged.",
    )
    st.rerun()


def _review(pending: uploads.Pending) -> None:
    try:
        extract = uploads.pending_extract(pending)
    except UserError as refusal:
        st.error(str(refusal))
        st.button("Forget these files", key="data.forget", on_click=corrections.drop_upload)
        return
    st.header("What was found")
    if pending.mapping is not None:
        _remembered()
    intake.summary(extract)
    open_questions(extract)
    intake.days(extract)
    fairness = _fairness(extract)
    with st.container(horizontal=True):
        confirm = st.button("Confirm and use these data", type="primary", key="data.confirm")
        st.button("Forget these files", key="data.forget", on_click=corrections.drop_upload)
        st.download_button(
            "Save corrections for next month",
            data=extract.mapping.for_next_time().to_json,
            file_name="workforce-mapping.json",
            mime="application/json",
            key="data.save_mapping",
            on_click="ignore",
            icon=":material/save:",
        )
    if confirm:
        _confirm(pending, fairness=fairness)
    st.header("Check and correct")
    st.caption(WORKING_DOCUMENT)
    parts = {
        "Sheets": intake.sheets,
        "Columns": intake.columns,
        "Role families": roles.families,
        "Leaving reasons": intake.reasons,
        "Findings": intake.findings,
    }
    for tab, draw in zip(
        st.tabs(list(parts), key="data.tab", on_change="rerun"), parts.values(), strict=True
    ):
        if tab.open:
            with tab:
                draw(extract)


def _fairness(extract: "Extract") -> bool:
    """Draw the one question that protected characteristics are read for."""
    if not any(finding.rule == "protected-left-out" for finding in extract.findings):
        return False
    return st.checkbox(
        "Check that forecasts hit every group alike",
        key="data.fairness",
        help="Sex, ethnicity and the like are then read once, counted by group and forgotten. They "
        "enter no forecast. See the page Method and assurance.",
    )


def _remembered() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            "Read with what you corrected here or confirmed before, so that next month's file of "
            "the same layout needs no work."
        )
        st.button("Read from scratch", key="data.afresh", on_click=corrections.read_afresh)


st.title("Data")
shown = state.dataset()
st.markdown(
    "Which people and posts is this about? "
    + (
        f"The fictional sample, {shown.name}, is on show. Upload your own files to replace it."
        if shown.fictional
        else f"Your data are on show: {shown.name}."
    )
)
_upload()
waiting = corrections.pending()
if waiting is not None:
    _review(waiting)
steps.next_page("data")
