"""Autosave of plans, never of staff data. A disk that refuses must not cost the session."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.planfile import PlanBook
from workforce.ui import notices
from workforce.ui.paths import store_file

if TYPE_CHECKING:
    from workforce.store import PlanStore

__all__ = ["load", "save"]

_UNSAVED = "_store_unavailable"


@st.cache_resource(show_spinner=False, max_entries=2)
def _open(path: str) -> "PlanStore":
    from workforce.store import PlanStore

    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    return PlanStore(target)


def load(key: str) -> PlanBook | None:
    """Return the plans saved under a key, `None` where there are none or they cannot be read."""
    try:
        return _open(str(store_file())).load(key)
    except (OSError, sqlite3.Error, UserError):
        return None


def save(key: str, book: PlanBook, saved_at: str) -> None:
    """Save the plans; where that fails say so once and go on.

    Args:
        key: Key of the book in the address.
        book: The plans.
        saved_at: Time in ISO form.
    """
    try:
        _open(str(store_file())).save(key, book, saved_at)
    except (OSError, sqlite3.Error, UserError):
        if not st.session_state.get(_UNSAVED):
            st.session_state[_UNSAVED] = True
            notices.add(
                "warning",
                "Plans cannot be saved automatically on this machine. "
                "Use “Save plan” to keep yours as a file.",
            )
