"""Funded posts of the scenario on screen: growth by family, and changes with a date."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from workforce.domain.families import family_label
from workforce.domain.months import month_name
from workforce.domain.plan import DemandChange, Plan
from workforce.ui import edit_posts, keys
from workforce.ui.blocks.controls import month_options, seed
from workforce.ui.blocks.dated import DECIDED_HELP, Kind, dated_list
from workforce.ui.posts_words import change_words

__all__ = ["funded_posts"]

_FIELDS: Final = ("month", "family", "fte", "reason", "decided")


def funded_posts(plan: Plan, families: Sequence[str]) -> None:
    """Draw growth and dated changes of funded posts, to change.

    Args:
        plan: The scenario on screen.
        families: Families that are projected.
    """
    _growth(plan, families)
    st.subheader("Changes with a date")
    if not plan.demand.changes:
        st.caption("None yet. Add posts that are agreed, or posts that a savings plan takes away.")
    dated_list(_kind(families), plan.demand.changes)


def _growth(plan: Plan, families: Sequence[str]) -> None:
    st.markdown("**Growth of funded posts, per cent a year** (minus for cuts)")
    for family, column in zip(families, st.columns(len(families)), strict=True):
        key = keys.field("hiring", "growth", str(family))
        seed(key, round(100 * plan.demand.growth(family), 4))
        column.number_input(
            family_label(family), step=1.0, format="%g", key=key, on_change=_grow,
            args=(str(family), key),
        )  # fmt: skip
    seed("hiring.growth_decided", plan.demand.growth_decided)
    st.checkbox(
        "This growth is decided anyway",
        key="hiring.growth_decided",
        on_change=lambda: edit_posts.set_growth_decided(
            decided=st.session_state["hiring.growth_decided"]
        ),
        help=DECIDED_HELP,
    )


def _grow(family: str, key: str) -> None:
    edit_posts.set_growth(family, st.session_state[key] / 100)


def _kind(families: Sequence[str]) -> Kind:
    names = [str(each) for each in families]

    def draw(stem: str, month: int) -> None:
        chosen = st.session_state.get(f"{stem}.family", names[0])
        one, two, three = st.columns(3)
        one.selectbox(
            "Month", month_options(month), format_func=month_name, key=f"{stem}.month"
        )  # fmt: skip
        two.selectbox(
            "Role family", list(dict.fromkeys((*names, chosen))), format_func=family_label,
            key=f"{stem}.family"
        )  # fmt: skip
        three.number_input(
            "Posts, FTE (minus if they go)", step=0.5, format="%g", key=f"{stem}.fte"
        )  # fmt: skip
        st.text_input("Reason", max_chars=200, key=f"{stem}.reason")
        st.checkbox("Decided anyway", key=f"{stem}.decided", help=DECIDED_HELP)

    return Kind(
        key="posts.change",
        noun="change of posts",
        words=_words,
        values=lambda item: {name: getattr(item, name) for name in _FIELDS},
        fresh={
            "month": month_options()[min(6, len(month_options()) - 1)],
            "family": names[0], "fte": 1.0, "reason": "", "decided": False,
        },
        draw=draw,
        build=_build,
        put=edit_posts.put_change,
    )  # fmt: skip


def _words(change: DemandChange) -> str:
    return f"{change_words(change)}{f': {change.reason}' if change.reason else ''}"


def _build(values: Mapping[str, Any]) -> DemandChange:
    return DemandChange(
        month=values["month"],
        family=values["family"],
        fte=float(values["fte"]),
        reason=values["reason"].strip(),
        decided=values["decided"],
    )
