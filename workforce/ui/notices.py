"""Sentences for the user that outlive the rerun in which they arose."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from workforce.ui import keys

__all__ = ["Notice", "add", "show", "waiting"]

Level = Literal["success", "info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence and how much it matters."""

    level: Level
    text: str


def add(level: Level, text: str) -> None:
    """Keep a sentence for the next time a page is drawn.

    Args:
        level: How much it matters.
        text: The sentence.
    """
    st.session_state[keys.NOTICES] = (*st.session_state.get(keys.NOTICES, ()), Notice(level, text))


def waiting() -> bool:
    """Return whether a sentence waits to be shown."""
    return bool(st.session_state.get(keys.NOTICES, ()))


def show() -> None:
    """Show what has been kept, once. Alerts are announced by screen readers."""
    draw = {"success": st.success, "info": st.info, "warning": st.warning, "error": st.error}
    for notice in st.session_state.get(keys.NOTICES, ()):
        draw[notice.level](notice.text)
    st.session_state[keys.NOTICES] = ()
