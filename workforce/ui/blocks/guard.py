"""A page without data says so and shows the way; it never breaks."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.plan import Plan
from workforce.ui import engine
from workforce.ui.pages import page

if TYPE_CHECKING:
    from workforce.workflow import Analysis

__all__ = ["analysis_or_stop", "run_or_stop"]


def analysis_or_stop() -> "Analysis":
    """Return the analysis of the data on show, or end the page with a sentence and a way on."""
    try:
        return engine.analysis()
    except UserError as refusal:
        st.error(str(refusal))
        st.page_link(page("data").file, label="Go to Data", icon=":material/upload_file:")
        st.stop()


def run_or_stop(*plans: Plan) -> engine.Run:
    """Return plans projected, or end the page with the sentence that says why they cannot be."""
    try:
        return engine.project(*plans)
    except UserError as refusal:
        st.error(str(refusal))
        st.stop()
