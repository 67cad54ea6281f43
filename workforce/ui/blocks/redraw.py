"""Draws again, after a change on the Levers page, only the parts that show it.

A page that is drawn again whole sends every card again, and the picture beside a slider waits for
them all. The parts named here are fragments; the rest of the page does not depend on a lever.
"""

from collections.abc import Callable
from typing import Any, Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from workforce.ui import keys, notices

__all__ = ["EFFECT", "SAVE_PLAN", "after_joint", "after_lever", "card"]

EFFECT: Final = "levers.effect"
"""What the levers do together, in figures, words and picture."""
SAVE_PLAN: Final = "sidebar.save_plan"
"""The button that hands out the plan as it is."""


def card(lever_id: str) -> str:
    """Return the name of a lever's card."""
    return keys.field("levers", lever_id, "card")


def after_lever(action: Callable[..., None], lever_id: str, *values: Any, **changes: Any) -> None:
    """Change a lever, then draw its card and what the levers do together. For callbacks.

    Args:
        action: Changes the plan; called with the lever's key and what follows.
        lever_id: The lever.
        *values: Passed on.
        **changes: Passed on.
    """
    action(lever_id, *values, **changes)
    # The picture is what people wait for.
    _only(EFFECT, card(lever_id), SAVE_PLAN)


def after_joint(action: Callable[[], object]) -> None:
    """Change how levers combine, then draw what they do together. For callbacks.

    Args:
        action: Changes the plan.
    """
    action()
    _only(EFFECT, SAVE_PLAN)


def _only(*parts: str) -> None:
    if notices.waiting():
        # Sentences stand at the head of the page.
        st.rerun()
    try:
        st.rerun(parts)
    except StreamlitAPIException:
        # A page that was left before it was drawn to its end does not know all its parts.
        st.rerun()
