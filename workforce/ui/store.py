"""Autosave of plans, never of staff data. A disk that refuses must not cost the session."""

import contextlib
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
    "settle",
]

_SAID = "_store_said"
_SAVING = "_store_saving"


@st.cache_resource(show_spinner=False, max_entries=2)
def _open(path: str) -> "PlanStore":
    from workforce.store import PlanStore

    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    return PlanStore(target)


@st.cache_resource(show_spinner=False, max_entries=1)
def _writer() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "plans")


def load(key: str) -> PlanBook | None:
    """Return the plans saved under a key; what stands in the way is said on the page.

    What is being saved, by any session of this server, is waited for.

    Args:
        key: Key of the book in the address.

    Returns:
        The plans, `None` where there are none or they cannot be read.
    """
    try:
        path = str(store_file())
        return _writer().submit(lambda: _open(path).load(key)).result()
    except UserError as refusal:
        _say_once(str(refusal))
    except (OSError, sqlite3.Error):
        _say_once(
            "Your saved plans cannot be read on this machine just now. Load the page again in a "
            "moment, or open your plan from a plan file."
        )
    return None


def save(key: str, book: PlanBook, saved_at: str) -> None:
    """Begin to save the plans. What becomes of it is said by `settle`.

    A disk takes a moment to have it for certain, and nobody should wait for it with a picture.

    Args:
        key: Key of the book in the address.
        book: The plans.
        saved_at: Time in ISO form.
    """
    begun = _writer().submit(_write, str(store_file()), key, book, saved_at)
    st.session_state[_SAVING] = (*st.session_state.get(_SAVING, ()), begun)


def _write(path: str, key: str, book: PlanBook, saved_at: str) -> None:
    try:
        _open(path).save(key, book, saved_at)
    except UserError:
        # A damaged file has just been set aside, so this change goes into a fresh one.
        with contextlib.suppress(UserError):
            _open(path).save(key, book, saved_at)
        raise


def settle() -> bool:
    """Wait until this session's plans are saved; where that failed, keep a sentence to be shown.

    Returns:
        Whether there is a sentence that has not been said before.
    """
    said = st.session_state.get(_SAID, ())
    for begun in st.session_state.get(_SAVING, ()):
        try:
            begun.result()
        except (UserError, OSError, sqlite3.Error) as trouble:
            _say_why(trouble)
    st.session_state[_SAVING] = ()
    return bool(st.session_state.get(_SAID, ()) != said)


def _say_why(trouble: Exception) -> None:
    if isinstance(trouble, UserError):
        _say_once(str(trouble))
        return
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
