"""Findings as a workbook to work through."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.ui.blocks.figure import EXCEL

if TYPE_CHECKING:
    from workforce.intake import Extract

__all__ = ["findings_download"]


def findings_download(extract: "Extract") -> None:
    """Draw the button that downloads findings and rows left out.

    Args:
        extract: What was read; the workbook names rows and holds no value of them.
    """
    findings, left_out = extract.findings, extract.left_out

    def make() -> bytes:
        from workforce.export import findings_xlsx

        return findings_xlsx(findings, left_out)

    st.download_button(
        "Download findings as Excel",
        data=make,
        file_name="findings.xlsx",
        mime=EXCEL,
        key="data.findings",
        on_click="ignore",
        icon=":material/download:",
    )
