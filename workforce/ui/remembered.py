"""How files are laid out, remembered from one month to the next: headings and corrections.

No person and no row of a file is in it: names of sheets, headings that are known ones or were
corrected, and the job titles and leaving reasons that somebody corrected.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.ui import keys, store

if TYPE_CHECKING:
    from workforce.intake import Mapping

__all__ = ["forget", "mapping", "remember"]


def mapping() -> "Mapping | None":
    """Return what was confirmed before, in this session or when the plan was last open."""
    held: Mapping | None = st.session_state.get(keys.MAPPING)
    return held if held is not None else _from_disk()


def _from_disk() -> "Mapping | None":
    text = store.load_mapping(st.session_state.get(keys.BOOK_KEY, ""))
    if text is None:
        return None
    from workforce.intake import Mapping

    try:
        found = Mapping.from_json(text)
    except UserError:
        # Written by another version: the files are read as if for the first time.
        return None
    st.session_state[keys.MAPPING] = found
    return found


def remember(value: "Mapping") -> None:
    """Keep a mapping for the next files: all of it but the day that these files describe.

    Args:
        value: As applied to files that were confirmed, or opened from a mapping file.
    """
    kept = value.for_next_time()
    st.session_state[keys.MAPPING] = kept
    key = st.session_state.get(keys.BOOK_KEY, "")
    store.save_mapping(key, kept.to_json(), datetime.now(UTC).isoformat())


def forget() -> None:
    """Forget it, in this session and on the disk."""
    st.session_state[keys.MAPPING] = None
    store.delete_mapping(st.session_state.get(keys.BOOK_KEY, ""))
