"""Choices of what to look at; they hold from page to page."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from workforce.domain.families import Family, family_label
from workforce.ui import keys

__all__ = ["family_choice", "held", "hold", "keep", "option"]


def hold(key: str, options: Sequence[Any], default: Any) -> None:
    """Bring a choice in line with what was chosen before, before its widget is drawn.

    A page that is left takes its widgets' values with it. What the framework brings back later than
    here would be shown in the widget and not be what it returns.

    Args:
        key: Widget key.
        options: What can be chosen on this page.
        default: What stands where nothing was chosen, or what cannot be chosen here.
    """
    before = held(key, default)
    st.session_state[key] = before if before in options else default


def held(key: str, default: Any) -> Any:
    """Return what was chosen, on this page or an earlier one, `default` where nothing was."""
    return st.session_state.get(key, st.session_state.get(_kept(key), default))


def keep(key: str, value: Any) -> None:
    """Keep a choice for the next page; see `hold`."""
    st.session_state[_kept(key)] = value


def _kept(key: str) -> str:
    return f"_{key}.kept"


def family_choice(families: Sequence[str]) -> str:
    """Draw the choice of a role family.

    Args:
        families: Families that are projected.

    Returns:
        The chosen family, or `all`.
    """
    options = [str(Family.ALL), *(str(each) for each in families)]
    hold(keys.FAMILY, options, str(Family.ALL))
    everyone = str(Family.NOT_DIGITAL) in options
    chosen = st.selectbox(
        "Role family",
        options,
        key=keys.FAMILY,
        format_func=lambda each: (
            "All staff" if everyone and each == Family.ALL else family_label(each)
        ),
    )
    keep(keys.FAMILY, chosen)
    return chosen


def option(label: str, key: str, options: Mapping[str, str]) -> str:
    """Draw a row of options of which one is always chosen.

    Args:
        label: What is chosen.
        key: Widget key.
        options: Value -> words.

    Returns:
        The chosen value.
    """
    first = next(iter(options))
    hold(key, list(options), first)
    chosen = st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        required=True,
    )
    keep(key, chosen or first)
    return chosen or first
