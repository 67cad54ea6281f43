"""Choices of what to look at; they hold from page to page."""

from collections.abc import Mapping, Sequence

import streamlit as st

from workforce.domain.families import Family, family_label
from workforce.ui import keys

__all__ = ["family_choice", "option"]


def family_choice(families: Sequence[str]) -> str:
    """Draw the choice of a role family.

    Args:
        families: Families that are projected.

    Returns:
        The chosen family, or `all`.
    """
    options = [str(Family.ALL), *(str(each) for each in families)]
    if st.session_state.get(keys.FAMILY) not in options:
        st.session_state[keys.FAMILY] = str(Family.ALL)
    everyone = str(Family.NOT_DIGITAL) in options
    return st.selectbox(
        "Role family",
        options,
        key=keys.FAMILY,
        format_func=lambda each: (
            "All staff" if everyone and each == Family.ALL else family_label(each)
        ),
        persist_state="session",
    )


def option(label: str, key: str, options: Mapping[str, str]) -> str:
    """Draw a row of options of which one is always chosen.

    Args:
        label: What is chosen.
        key: Widget key.
        options: Value -> words.

    Returns:
        The chosen value.
    """
    if st.session_state.get(key) not in options:
        st.session_state[key] = next(iter(options))
    chosen = st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        persist_state="session",
        required=True,
    )
    return chosen or next(iter(options))
