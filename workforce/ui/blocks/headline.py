"""Three headline numbers of a plan against doing nothing."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.ui.present import percent

if TYPE_CHECKING:
    from workforce.projection.compare import Change

__all__ = ["headline"]

_LABELS = {
    "vacancy_rate": "Vacancy rate at the end",
    "leavers": "Leavers over the whole time",
    "headcount": "People in post at the end",
}


def headline(changes: "tuple[Change, ...]") -> None:
    """Draw one metric a change, with the difference in words and its range.

    Args:
        changes: Changes of vacancy rate, leavers and headcount.
    """
    for column, change in zip(st.columns(len(changes)), changes, strict=True):
        share = change.measure == "vacancy_rate"
        gap = change.difference
        column.metric(
            _LABELS[change.measure],
            _text(change.plan.mean, share),
            delta=_delta(gap.mean, share=share),
            delta_color="normal" if change.measure == "headcount" else "inverse",
            delta_description="against doing nothing",
            border=True,
        )
        column.caption(
            f"Expected; 80% range {_text(change.plan.low, share)} to "
            f"{_text(change.plan.high, share)}. Doing nothing: {_text(change.other.mean, share)}. "
            f"80% range of the difference: {_delta(gap.low, share=share)} to "
            f"{_delta(gap.high, share=share)}."
        )


def _text(value: float, share: bool) -> str:
    return percent(value, 1) if share else f"{value:,.1f}"


def _delta(value: float, *, share: bool) -> str:
    return f"{100 * value:+.1f} points" if share else f"{value:+,.1f}"
