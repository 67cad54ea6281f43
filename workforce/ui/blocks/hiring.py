"""How the scenario on screen fills vacancies: speed, capacity, a freeze."""

import streamlit as st

from workforce.domain.months import month_name
from workforce.domain.plan import Plan
from workforce.ui import edit_posts
from workforce.ui.blocks.controls import Limits, month_options, month_select, number_pair, seed

__all__ = ["recruitment"]

_PERCENT = Limits(10, 500, 5)
_NO_FREEZE = -1
"""Stands for no freeze in the list of months: a list shows nothing where its value is `None`."""


def recruitment(plan: Plan) -> None:
    """Draw how the scenario on screen fills vacancies, to change.

    Args:
        plan: The scenario on screen.
    """
    _recruitment(plan)
    _freeze(plan)


def _recruitment(plan: Plan) -> None:
    speed, capacity = st.columns([2, 1], vertical_alignment="bottom")
    with speed:
        number_pair(
            "Recruitment speed, compared with today",
            "hiring.speed",
            100 * plan.hiring.speed,
            _PERCENT,
            lambda value: edit_posts.change_hiring(speed=value / 100),
            help_text="100% fills vacancies as fast as today, 125% a quarter faster.",
        )
    seed("hiring.capacity", plan.hiring.capacity_per_month)
    capacity.number_input(
        "Most hires a month, all families",
        value=None,
        step=1.0,
        format="%g",
        key="hiring.capacity",
        placeholder="No limit",
        on_change=lambda: edit_posts.change_hiring(
            capacity_per_month=st.session_state["hiring.capacity"]
        ),
        help="What your recruitment team can handle. Leave empty for no limit.",
    )


def _freeze(plan: Plan) -> None:
    first, last = st.columns(2)
    freeze = plan.hiring.freezes[0] if plan.hiring.freezes else None
    begins = freeze.first if freeze else _NO_FREEZE
    seed("hiring.freeze_first", begins)
    with first:
        st.selectbox(
            "Recruitment freeze from",
            [_NO_FREEZE, *month_options(*([freeze.first] if freeze else []))],
            key="hiring.freeze_first",
            format_func=lambda month: "No freeze" if month == _NO_FREEZE else month_name(month),
            on_change=_start_freeze,
            help="Nobody is hired from outside in these months; apprentices can still move up.",
        )
    if freeze is not None:
        with last:
            month_select(
                "Recruitment freeze to the end of",
                "hiring.freeze_last",
                freeze.last,
                edit_posts.set_freeze_end,
            )
    if len(plan.hiring.freezes) > 1:
        others = ", ".join(
            f"{month_name(each.first)} to {month_name(each.last)}"
            for each in plan.hiring.freezes[1:]
        )
        st.caption(f"Further freezes from the plan file: {others}.")


def _start_freeze() -> None:
    month = st.session_state["hiring.freeze_first"]
    edit_posts.set_freeze_start(None if month == _NO_FREEZE else month)
