"""Autosave of plans, never of staff data. A disk that refuses must not cost the session."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.forecast import SavedForecast
from workforce.domain.planfile import PlanBook
from workforce.ui import notices
from workforce.ui.paths import store_file

if TYPE_CHECKING:
    from workforce.store import PlanStore

__all__ = [
    "delete_mapping",
    "forecasts",
    "keep_forecast",
    "load",
    "load_mapping",
    "save",
    "save_mapping",
]

_SAID = "_store_said"


@st.cache_resource(show_spinner=False, max_entries=2)
def _open(path: str) -> "PlanStore":
    from workforce.store import PlanStore

    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    return PlanStore(target)


def load(key: str) -> PlanBook | None:
    """Return the plans saved under a key; what stands in the way is said on the page.

    Args:
        key: Key of the book in the address.

    Returns:
        The plans, `None` where there are none or they cannot be read.
    """
    try:
        return _open(str(store_file())).load(key)
    except UserError as refusal:
        _say_once(str(refusal))
    except (OSError, sqlite3.Error):
        _say_once(
            "Your saved plans cannot be read on this machine just now. Load the page again in a "
            "moment, or open your plan from a plan file."
        )
    return None


def save(key: str, book: PlanBook, saved_at: str) -> None:
    """Save the plans; where that fails say so once and go on.

    Args:
        key: Key of the book in the address.
        book: The plans.
        saved_at: Time in ISO form.
    """
    try:
        try:
            _open(str(store_file())).save(key, book, saved_at)
        except UserError as refusal:
            _say_once(str(refusal))
            # A damaged file has just been set aside, so this change goes into a fresh one.
            with contextlib.suppress(UserError):
                _open(str(store_file())).save(key, book, saved_at)
    except (OSError, sqlite3.Error):
        _say_once(
            "Plans cannot be saved automatically on this machine. "
            "Use “Save plan” to keep yours as a file."
        )


def load_mapping(key: str) -> str | None:
    """Return the text of the mapping saved under a key, `None` where there is none.

    Args:
        key: Key of the book in the address.
    """
    found: list[str | None] = []
    _quietly(lambda store: found.append(store.load_mapping(key)))
    return found[0] if found else None


def save_mapping(key: str, text: str, saved_at: str) -> None:
    """Save a mapping; where that fails it is remembered in the session alone.

    Args:
        key: Key of the book in the address.
        text: Text of the mapping.
        saved_at: Time in ISO form.
    """
    _quietly(lambda store: store.save_mapping(key, text, saved_at))


def delete_mapping(key: str) -> None:
    """Delete the mapping under a key.

    Args:
        key: Key of the book in the address.
    """
    _quietly(lambda store: store.delete_mapping(key))


def keep_forecast(key: str, forecast: SavedForecast, saved_at: str) -> None:
    """Keep what a plan was expected to lead to; the plan file carries it where this fails.

    Args:
        key: Key of the book in the address.
        forecast: The forecast.
        saved_at: Time in ISO form.
    """
    _quietly(lambda store: store.keep_forecast(key, forecast, saved_at))


def forecasts(key: str) -> tuple[SavedForecast, ...]:
    """Return the forecasts kept under a key, oldest first.

    Args:
        key: Key of the book in the address.
    """
    found: list[tuple[SavedForecast, ...]] = []
    _quietly(lambda store: found.append(store.forecasts(key)))
    return found[0] if found else ()


def _quietly(work: "Callable[[PlanStore], None]") -> None:
    """Do something that is a convenience: the mapping file does it where the disk does not."""
    with contextlib.suppress(UserError, OSError, sqlite3.Error):
        work(_open(str(store_file())))


def _say_once(sentence: str) -> None:
    said = st.session_state.get(_SAID, ())
    if sentence not in said:
        st.session_state[_SAID] = (*said, sentence)
        notices.add("warning", sentence)
