"""What was made of uploaded files, with the means to correct it."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.bands import CAUSES, Cause
from workforce.domain.families import family_label
from workforce.ui import circulation, corrections, reading_frames
from workforce.ui.blocks.editor import correction_table, widget_key
from workforce.ui.blocks.preview import previews, table_name
from workforce.ui.evidence import evidence
from workforce.ui.present import percent

if TYPE_CHECKING:
    from workforce.intake import Extract

__all__ = ["columns", "days", "findings", "reasons", "sheets", "summary"]

_ORDER_WORDS = {"": "As found", "dmy": "Day first (31/12/2026)", "mdy": "Month first (12/31/2026)"}

_CAUSE_WORDS = {
    "": "Not known: shared out like the others",
    str(Cause.VOLUNTARY): "Resigned",
    str(Cause.RETIREMENT): "Retired",
    str(Cause.END_OF_CONTRACT): "Contract ended",
    str(Cause.OTHER): "Other: dismissal, ill health, death",
    str(Cause.ORGANISATIONAL_EVENT): "Redundancy or transfer (one-off)",
}
_QUIT_ROWS = {
    "cyber": "def_cyber_quit",
    "data": "def_data_quit",
    "transformation": "def_trans_quit",
}


def summary(extract: "Extract") -> None:
    """Draw rows read = kept + left out, and what cannot be estimated where there are no leavers."""
    read = sum(each.rows_read for each in extract.tables)
    kept = sum(each.rows_kept for each in extract.tables)
    one, two, three = st.columns(3)
    one.metric("Rows read", f"{read:,}", border=True)
    two.metric("= rows kept", f"{kept:,}", border=True)
    three.metric("+ rows left out", f"{read - kept:,}", border=True)
    if read > kept:
        with st.expander(f"Why {read - kept:,} rows were left out"):
            st.dataframe(
                reading_frames.left_out_table(extract.left_out),
                hide_index=True,
                alt="Rows left out by reason",
            )
    if extract.window is None:
        _no_leavers()


def _no_leavers() -> None:
    base = evidence()
    rates = ", ".join(
        f"{family_label(family).lower()} {percent(base.benchmark(row).number)}"
        for family, row in _QUIT_ROWS.items()
    )
    st.warning(
        "**No leavers are in these files.** How many people resign, retire or come to the end of a "
        "contract, whether that differs by family, grade or length of service, good and bad years, "
        "and how well past forecasts would have done cannot be estimated from them.\n\n"
        f"Benchmarks stand in (people who resign in a year: {rates}), with wider ranges. Head "
        "counts, vacancies and plans work all the same. To use your own rates, add a list of the "
        "leavers of the last two to five years, with leaving dates and reasons."
    )


def days(extract: "Extract") -> None:
    """Draw the day the files describe, the order of day and month, and when leavers are visible."""
    held = corrections.pending()
    order = held.mapping.date_order if held and held.mapping else ""
    one, two = st.columns(2)
    day, written = widget_key("as_of", extract), widget_key("order", extract)
    one.text_input(
        "The files describe this day",
        value=extract.as_of.isoformat(),
        key=day,
        help="Year-month-day. Nobody can be seen leaving after it.",
        on_change=lambda: corrections.set_as_of(st.session_state[day]),
    )
    two.selectbox(
        "Dates are written",
        list(_ORDER_WORDS),
        index=list(_ORDER_WORDS).index(order),
        format_func=_ORDER_WORDS.__getitem__,
        key=written,
        on_change=lambda: corrections.set_date_order(st.session_state[written]),
    )
    if extract.window is not None:
        first, last = extract.window
        st.caption(
            f"Leavers are visible from {first.day} {first:%B %Y} to {last.day} {last:%B %Y}. Time "
            "outside this window is not counted, or turnover would look too low."
        )


def sheets(extract: "Extract") -> None:
    """Draw the tables found with kind and header row, to correct, and their first rows."""
    from workforce.intake.fields import KINDS

    correction_table(
        reading_frames.tables_table(extract.tables),
        widget_key("tables", extract),
        alt="Sheets found, their kind, and how many of their rows were kept",
        editable={
            "Kind": st.column_config.SelectboxColumn(
                options=list(KINDS), format_func=lambda each: str(each).capitalize(), required=True
            ),
            "Header row": st.column_config.NumberColumn(min_value=1, step=1),
        },
        widths={},
        noun="sheets",
        apply=corrections.apply_tables,
    )
    previews(extract)


def columns(extract: "Extract") -> None:
    """Draw what each column was taken for, how surely, why, and why we ask, to correct."""
    from workforce.intake.fields import FIELDS

    def label(name: str) -> str:
        return FIELDS[name].label if name in FIELDS else "Not used"

    listed = _chosen_columns(extract)
    correction_table(
        reading_frames.columns_table([extract.columns[index] for index in listed]),
        widget_key("columns", extract, str(listed)),
        alt="Columns of the files, what each is read as, how surely, why we ask and think so",
        editable={
            "Read as": st.column_config.SelectboxColumn(
                width=150, options=["", *FIELDS], format_func=lambda each: label(str(each))
            )
        },
        widths={
            "Sheet": 110,
            "Column": 130,
            "Sure": 105,
            "Why we ask": 330,
            "Why we think so": 330,
        },
        noun="columns",
        apply=corrections.apply_columns,
        args=(listed,),
    )


def _chosen_columns(extract: "Extract") -> tuple[int, ...]:
    """Draw how sure the columns are, and return the places of those to show."""
    everything = range(len(extract.columns))
    doubtful = tuple(
        index for index in everything
        if extract.columns[index].field and extract.columns[index].confidence < 0.8
    )  # fmt: skip
    unused = sum(not each.field for each in extract.columns)
    high = len(extract.columns) - unused - len(doubtful)
    st.markdown(
        f"{len(extract.columns)} columns: {high} read with high confidence, "
        f"**{len(doubtful)} worth checking**, {unused} not used. Change “Read as” where a column "
        "was taken for the wrong thing, then apply. Names and other personal columns are "
        "recognised so that they can be dropped."
    )
    choices: dict[str, tuple[int, ...]] = {}
    if doubtful:
        choices[f"Worth checking ({len(doubtful)})"] = doubtful
    choices[f"All columns ({len(extract.columns)})"] = tuple(everything)
    for table in extract.tables if len(extract.tables) > 1 else ():
        here = (table.file, table.sheet, table.place)
        choices[table_name(table, extract)] = tuple(
            index
            for index in everything
            if (each := extract.columns[index]) and (each.file, each.sheet, each.place) == here
        )
    chosen = st.selectbox("Show", list(choices), key=widget_key("columns_of", extract))
    return choices[chosen]


def reasons(extract: "Extract") -> None:
    """Draw what each leaving reason counts as, to correct; reasons only, no person."""
    table, listed = reading_frames.reasons_table(extract)
    said = circulation.counted(dict(zip(listed, table["Leavers"], strict=True)))
    table = table.assign(Leavers=[said[reason] for reason in listed])
    if not listed:
        st.info("These files give no leaving reasons.")
        return
    st.markdown(
        "Levers act on people who resign, so what a reason counts as matters. Change it, then "
        "apply. Redundancies and transfers are one-off events and no part of the leaving rates."
    )
    correction_table(
        table,
        widget_key("reasons", extract),
        alt="Leaving reasons with the number of leavers and what each counts as",
        editable={
            "Counts as": st.column_config.SelectboxColumn(
                width="medium",
                options=["", *(str(each) for each in CAUSES)],
                format_func=lambda each: _CAUSE_WORDS.get(str(each), str(each)),
            )
        },
        widths={"Leaving reason": "large"},
        noun="leaving reasons",
        apply=corrections.apply_causes,
    )


def findings(extract: "Extract") -> None:
    """Draw what was found wrong or doubtful, what was done, and what to do; downloadable."""
    from workforce.ui.blocks.findings_file import findings_download

    if not extract.findings:
        st.success("Nothing to report: every row was read as it stands.")
        return
    st.dataframe(
        reading_frames.findings_table(extract.findings),
        hide_index=True,
        alt="Findings with severity, place, what was done and what you can do",
        column_config={
            "How serious": st.column_config.TextColumn(width=125),
            "What": st.column_config.TextColumn(width=260),
            "What was done": st.column_config.TextColumn(width=210),
            "What you can do": st.column_config.TextColumn(width=210),
        },
        row_height=76,
    )
    findings_download(extract)
