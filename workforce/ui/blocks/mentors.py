"""How many apprentices experienced colleagues can guide: a cap on the starts of a plan."""

from dataclasses import replace

import streamlit as st

from workforce.domain.plan import Plan
from workforce.ui import state
from workforce.ui.blocks.controls import seed
from workforce.ui.evidence import evidence
from workforce.ui.present import CONFIDENCE_WORDS

__all__ = ["mentor_setting"]

_KEY = "apprenticeships.mentor_cap"


def mentor_setting(plan: Plan) -> None:
    """Draw the cap of a plan, to change, and say what it means.

    Args:
        plan: The scenario on screen.
    """
    parameter = evidence().pipeline("mentor_cap")
    low, high = parameter.range
    seed(_KEY, plan.mentor_cap)
    with st.columns([1, 1])[0]:
        st.number_input(
            "Most apprentices for each experienced colleague",
            value=None,
            step=0.5,
            format="%g",
            key=_KEY,
            placeholder="No cap",
            on_change=_commit,
            help=f"Starting value {parameter.number:g} ({low:g} to {high:g}): {parameter.source} "
            f"({CONFIDENCE_WORDS[parameter.confidence]}). Leave empty for no cap.",
        )
    st.caption(
        "Experienced is who has been in the role family for a year above the entry grade. Where "
        "too many of them leave, cohorts start smaller: a plan cannot grow its way out of a "
        "shortage without people who teach."
        if plan.mentor_cap is not None
        else "No cap: cohorts start in full, even where nobody is left to guide them."
    )


def _commit() -> None:
    value = st.session_state[_KEY]
    state.update_plan(
        lambda plan: replace(plan, mentor_cap=None if value is None else float(value))
    )
