"""What was made of uploaded files, with the means to correct it."""

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.bands import CAUSES, Cause
from workforce.domain.families import ALL_FAMILIES, family_label
from workforce.ui import corrections, frames, keys
from workforce.ui.blocks.choices import option

if TYPE_CHECKING:
    from workforce.intake import Extract

__all__ = ["columns", "dates", "families", "findings", "reasons", "summary"]

_ORDER_WORDS = {"": "As found", "dmy": "Day first (31/12/2026)", "mdy": "Month first (12/31/2026)"}

_CAUSE_WORDS = {
    "": "Not known: shared out like the others",
    str(Cause.VOLUNTARY): "Resigned",
    str(Cause.RETIREMENT): "Retired",
    str(Cause.END_OF_CONTRACT): "Contract ended",
    str(Cause.OTHER): "Other: dismissal, ill health, death",
    str(Cause.ORGANISATIONAL_EVENT): "Redundancy or transfer (one-off)",
}


def _editor(name: str, extract: "Extract", *more: str) -> str:
    # A new reading of the files gets a new editor: edits must never land on other rows.
    text = "/".join((extract.digest, *more))
    return keys.field("data", name, hashlib.sha256(text.encode()).hexdigest()[:12])


def summary(extract: "Extract") -> None:
    """Draw rows read = kept + left out, in all and table by table, with kind and header row."""
    from workforce.intake.fields import KINDS

    read = sum(each.rows_read for each in extract.tables)
    kept = sum(each.rows_kept for each in extract.tables)
    one, two, three = st.columns(3)
    one.metric("Rows read", f"{read:,}", border=True)
    two.metric("= rows kept", f"{kept:,}", border=True)
    three.metric("+ rows left out", f"{read - kept:,}", border=True)
    key = _editor("tables", extract)
    st.data_editor(
        frames.tables_table(extract.tables),
        key=key,
        hide_index=True,
        alt="Sheets found, their kind, and how many of their rows were kept",
        disabled=["File", "Sheet", "Rows read", "Kept", "Left out"],
        column_config={
            "Kind": st.column_config.SelectboxColumn(
                options=list(KINDS), format_func=lambda each: str(each).capitalize(), required=True
            ),
            "Header row": st.column_config.NumberColumn(min_value=1, step=1),
        },
        on_change="ignore",
    )
    st.button(
        "Apply changes to sheets", key="data.tables.apply", on_click=corrections.apply_tables,
        args=(key, extract),
    )  # fmt: skip
    if read > kept:
        with st.expander(f"Why {read - kept:,} rows were left out"):
            st.dataframe(
                frames.left_out_table(extract.left_out),
                hide_index=True,
                alt="Rows left out by reason",
            )


def dates(extract: "Extract") -> None:
    """Draw the day the files describe and the order of day and month, to confirm or correct."""
    ambiguous = [each for each in extract.findings if "date-order" in each.rule]
    for each in ambiguous:
        st.warning(f"{each.message} {each.done} {each.advice}".strip())
    held = corrections.pending()
    mapping = held.mapping if held else None
    one, two = st.columns(2)
    order = mapping.date_order if mapping else ""
    one.selectbox(
        "Dates are written",
        list(_ORDER_WORDS),
        index=list(_ORDER_WORDS).index(order),
        format_func=_ORDER_WORDS.__getitem__,
        key=_editor("order", extract),
        on_change=lambda: corrections.set_date_order(st.session_state[_editor("order", extract)]),
    )
    two.text_input(
        "The files describe this day",
        value=extract.as_of.isoformat(),
        key=_editor("as_of", extract),
        help="Year-month-day. Nobody can be seen leaving after it.",
        on_change=lambda: corrections.set_as_of(st.session_state[_editor("as_of", extract)]),
    )
    if extract.window is None:
        st.info("No leavers are in these files, so leaving rates come from benchmarks alone.")
    else:
        first, last = extract.window
        st.caption(
            f"Leavers are visible from {first.day} {first:%B %Y} to {last.day} {last:%B %Y}. Time "
            "outside this window is not counted, or turnover would look too low."
        )


def columns(extract: "Extract") -> None:
    """Draw what each column was taken for, how surely and why, to correct."""
    from workforce.intake.fields import FIELDS

    def _field_label(name: str) -> str:
        return FIELDS[name].label if name in FIELDS else "Not used"

    key = _editor("columns", extract)
    st.markdown(
        "Change “Read as” where a column was taken for the wrong thing, then apply. Names and "
        "other personal columns are recognised so that they can be dropped."
    )
    st.data_editor(
        frames.columns_table(extract.columns),
        key=key,
        hide_index=True,
        alt="Columns of the files, what each is read as, how surely and why",
        disabled=["Sheet", "Column", "Sure", "Why"],
        column_config={
            "Read as": st.column_config.SelectboxColumn(
                width="medium",
                options=["", *FIELDS],
                format_func=lambda each: _field_label(str(each)),
            ),
            "Why": st.column_config.TextColumn(width="large"),
        },
        on_change="ignore",
    )
    st.button(
        "Apply changes to columns",
        key="data.columns.apply",
        on_click=corrections.apply_columns,
        args=(key, extract),
    )


def families(extract: "Extract") -> None:
    """Draw the role family of each job title, the ones most worth checking first."""
    st.markdown(
        "Each job title belongs to one role family. Correct a family, then apply; your word counts "
        "from then on."
    )
    order = option(
        "Order",
        "data.families.order",
        {
            "doubt": "Worth checking first",
            "digital": "Digital roles first",
            "people": "Most people first",
        },
    )
    table, titles = frames.families_table(extract, order)
    key = _editor("families", extract, order)
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        alt="Job titles with people, role family, confidence and reason",
        disabled=["Job title", "People", "Sure", "Why"],
        column_config={
            "Role family": st.column_config.SelectboxColumn(
                options=[str(each) for each in ALL_FAMILIES],
                format_func=lambda each: family_label(str(each)),
                required=True,
            ),
            "Why": st.column_config.TextColumn(width="large"),
        },
        on_change="ignore",
    )
    st.button(
        "Apply changes to role families",
        key="data.families.apply",
        on_click=corrections.apply_families,
        args=(key, titles),
    )


def reasons(extract: "Extract") -> None:
    """Draw what each leaving reason counts as, to correct; reasons only, no person."""
    table, listed = frames.reasons_table(extract)
    if not listed:
        st.info("These files give no leaving reasons.")
        return
    st.markdown(
        "Levers act on people who resign, so what a reason counts as matters. Change it, then "
        "apply. Redundancies and transfers are one-off events and no part of the leaving rates."
    )
    key = _editor("reasons", extract)
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        alt="Leaving reasons with the number of leavers and what each counts as",
        disabled=["Leaving reason", "Leavers"],
        column_config={
            "Leaving reason": st.column_config.TextColumn(width="large"),
            "Counts as": st.column_config.SelectboxColumn(
                width="medium",
                options=["", *(str(each) for each in CAUSES)],
                format_func=lambda each: _CAUSE_WORDS.get(str(each), str(each)),
            ),
        },
        on_change="ignore",
    )
    st.button(
        "Apply changes to leaving reasons",
        key="data.reasons.apply",
        on_click=corrections.apply_causes,
        args=(key, listed),
    )


def findings(extract: "Extract") -> None:
    """Draw what was found wrong or doubtful, what was done, and what to do; downloadable."""
    from workforce.ui.blocks.findings_file import findings_download

    if not extract.findings:
        st.success("Nothing to report: every row was read as it stands.")
        return
    st.dataframe(
        frames.findings_table(extract.findings),
        hide_index=True,
        alt="Findings with severity, place, what was done and what you can do",
        column_config={
            "What": st.column_config.TextColumn(width="large"),
            "What was done": st.column_config.TextColumn(width="medium"),
            "What you can do": st.column_config.TextColumn(width="medium"),
        },
    )
    findings_download(extract)
