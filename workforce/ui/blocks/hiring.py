"""Hiring and posts of the scenario on screen: speed, capacity, a freeze, growth by family."""

from collections.abc import Sequence

import streamlit as st

from workforce.domain.families import family_label
from workforce.domain.months import month_name
from workforce.domain.plan import Plan
from workforce.ui import edit, keys
from workforce.ui.blocks.controls import Limits, month_options, month_select, number_pair, seed
from workforce.ui.present import hiring_words

__all__ = ["hiring_and_posts"]

_PERCENT = Limits(10, 500, 5)
_NO_FREEZE = -1
"""Stands for no freeze in the list of months: a list shows nothing where its value is `None`."""


def hiring_and_posts(plan: Plan, families: Sequence[str]) -> None:
    """Draw the hiring and establishment part of a plan, to change; say what it differs in.

    Args:
        plan: The scenario on screen.
        families: Families that are projected.
    """
    words = hiring_words(plan)
    if words:
        st.caption(f"Also planned here: {'; '.join(words)}.")
    box = st.expander("Hiring and posts in this scenario", key=keys.HIRING, on_change="rerun")
    if not box.open:
        return
    with box:
        _recruitment(plan)
        _freeze(plan)
        _growth(plan, families)


def _recruitment(plan: Plan) -> None:
    speed, capacity = st.columns([2, 1], vertical_alignment="bottom")
    with speed:
        number_pair(
            "Recruitment speed, compared with today",
            "hiring.speed",
            100 * plan.hiring.speed,
            _PERCENT,
            lambda value: edit.change_hiring(speed=value / 100),
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
        on_change=lambda: edit.change_hiring(
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
                edit.set_freeze_end,
            )
    if len(plan.hiring.freezes) > 1:
        others = ", ".join(
            f"{month_name(each.first)} to {month_name(each.last)}"
            for each in plan.hiring.freezes[1:]
        )
        st.caption(f"Further freezes from the plan file: {others}.")


def _start_freeze() -> None:
    month = st.session_state["hiring.freeze_first"]
    edit.set_freeze_start(None if month == _NO_FREEZE else month)


def _growth(plan: Plan, families: Sequence[str]) -> None:
    st.markdown("**Growth of funded posts, per cent a year** (minus for cuts)")
    for family, column in zip(families, st.columns(len(families)), strict=True):
        key = keys.field("hiring", "growth", str(family))
        seed(key, round(100 * plan.demand.growth(family), 4))
        column.number_input(
            family_label(family),
            step=1.0,
            format="%g",
            key=key,
            on_change=_grow,
            args=(str(family), key),
        )
    if plan.demand.changes:
        dated = ", ".join(
            f"{each.fte:+g} FTE {family_label(each.family).lower()} in {month_name(each.month)}"
            for each in plan.demand.changes
        )
        st.caption(f"Dated changes from the plan file: {dated}.")


def _grow(family: str, key: str) -> None:
    edit.set_growth(family, st.session_state[key] / 100)
