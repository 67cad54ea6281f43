"""How resignations are fitted, and which other ways were tried."""

import streamlit as st

from workforce.ui import engine
from workforce.ui.blocks.figure import table

__all__ = ["candidates"]


def candidates() -> None:
    """Draw why resignations are fitted as they are, and how the other ways did."""
    from workforce.assurance import choice_table

    choice = engine.analysis().choice
    st.markdown(choice.sentence)
    if not choice.scores:
        return
    table(choice_table(choice), "Ways of fitting resignations, compared on past years")
    st.caption(
        "At dates a year apart each way was fitted on what was known then, and its rates were held "
        "against who resigned in the following twelve months. “Behind the best” is a log score per "
        "100 leavers, smaller is better; its standard error comes from the differences between "
        "years."
    )
