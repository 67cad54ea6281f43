"""Everything of the page Method and assurance as files to take away."""

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from workforce.ui import assurance, circulation, engine, state
from workforce.ui.blocks.figure import EXCEL
from workforce.ui.blocks.paper import limits, sections
from workforce.ui.evidence import evidence
from workforce.ui.provenance import provenance

if TYPE_CHECKING:
    from workforce.assurance import Section

__all__ = ["documents"]


def documents() -> None:
    """Draw the buttons that download everything of this page as one document and one workbook."""
    from workforce.export import safe_file_name

    # All is gathered now: the files are made in another thread, without a session.
    parts, base, plan = sections(), evidence(), state.plan()
    about, mark = assurance.about(), circulation.observed().mark
    stamp = replace(provenance(None), circulation=mark.circulation)
    start, history = assurance.case(plan), engine.analysis().history
    effects, record, bounds = assurance.effects(plan), assurance.record(), limits()

    def frames() -> "list[tuple[str, Section]]":
        from workforce.assurance import (
            Section,
            assumptions_log,
            duties,
            evidence_table,
            log_frame,
        )

        lines = assumptions_log(
            start, history, base, effects=effects, record=record, withheld=bounds.withheld
        )
        log = Section(f"Assumptions of “{plan.name}”", (), log_frame(lines))
        found = Section("Evidence", (), evidence_table(base, plan))
        law = Section("What law and guidance ask", ("Not legal advice.",), duties(base))
        return [
            ("Assumptions", log),
            ("Evidence", found),
            ("Duties", law),
        ]

    def text() -> bytes:
        from workforce.assurance import markdown, transparency_record

        every = [*parts, *(each for _, each in frames()), *transparency_record(about, parts)]
        return f"{markdown('Model card', every)}\n{stamp.footer()}\n".encode()

    def workbook() -> bytes:
        from workforce.export import tables_xlsx

        rest = [(section.title, section) for section in parts]
        sheets = [*frames(), *rest]
        return tables_xlsx(
            [(name, each.title, each.sentences, each.table) for name, each in sheets], stamp
        )

    stem = f"model_card_{engine.analysis().as_of.isoformat()}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Model card (Markdown)", data=text, file_name=safe_file_name(stem, ".md"),
            mime="text/markdown", key="method.markdown", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
        st.download_button(
            "Everything as Excel", data=workbook, file_name=safe_file_name(stem, ".xlsx"),
            mime=EXCEL, key="method.excel", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
