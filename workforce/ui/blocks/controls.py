"""Inputs that follow the plan: a slider with a typed number beside it, and a month list."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from workforce.domain.months import month_name
from workforce.ui import state

__all__ = ["Limits", "month_options", "month_select", "number_pair", "seed"]


def seed(key: str, value: object) -> None:
    """Bring a widget in line with the plan before it is drawn.

    The plan changes in callbacks, before the page is drawn, so after the user's own change the two
    agree and nothing is written; they differ only where the plan changed otherwise (another
    scenario, an opened file, a refused value) and then the plan wins.

    Args:
        key: The widget's key.
        value: What the plan says.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number may be.

    Attributes:
        low: Least.
        high: Most.
        step: Step of the slider and of the buttons.
        unit: Printf form of a value, as `%d%%`.
    """

    low: float
    high: float
    step: float = 1.0
    unit: str = "%d%%"


def number_pair(
    label: str,
    key: str,
    value: float,
    limits: Limits,
    commit: Callable[[float], None],
    *,
    help_text: str | None = None,
) -> None:
    """Draw a slider and a typed number for one value.

    Args:
        label: What it is.
        key: Key of the pair.
        value: What the plan says, within the limits.
        limits: Limits, step and form.
        commit: Called with the new value when either is changed.
        help_text: Explanation.
    """
    slider_key, number_key = f"{key}.slider", f"{key}.number"
    # Percentages come from shares, so 0.55 would show as 55.00000000000001.
    shown = round(float(min(max(value, limits.low), limits.high)), 4)
    seed(slider_key, shown)
    seed(number_key, shown)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.slider(
            label,
            min_value=float(limits.low),
            max_value=float(limits.high),
            step=float(limits.step),
            format=limits.unit,
            key=slider_key,
            help=help_text,
            on_change=lambda: commit(st.session_state[slider_key]),
        )
        st.number_input(
            f"{label}, typed",
            min_value=float(limits.low),
            max_value=float(limits.high),
            step=float(limits.step),
            format="%g",
            key=number_key,
            on_change=lambda: commit(st.session_state[number_key]),
            label_visibility="collapsed",
            width=120,
        )


def month_options(*values: int) -> list[int]:
    """Return the months a plan may name: the horizon's, and those it already names.

    Args:
        values: Month indices that must be among them.
    """
    first = state.dataset().month + 1
    return sorted({*range(first, first + state.plan().horizon_months), *values})


def month_select(
    label: str,
    key: str,
    value: int,
    commit: Callable[[int], None] | None = None,
    *,
    help_text: str | None = None,
) -> None:
    """Draw a list of months.

    Args:
        label: What it is.
        key: Widget key.
        value: Month index the plan says.
        commit: Called with the new month index; leave out inside a form.
        help_text: Explanation.
    """
    if commit is not None:
        seed(key, value)
    st.selectbox(
        label,
        month_options(value),
        key=key,
        format_func=month_name,
        help=help_text,
        on_change=(lambda: commit(st.session_state[key])) if commit else None,
    )
