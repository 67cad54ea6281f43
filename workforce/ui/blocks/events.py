"""Redundancies, transfers and restructures of the scenario on screen, with their month."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from workforce.domain.families import DIGITAL_FAMILIES, family_label
from workforce.domain.months import month_name
from workforce.domain.plan import EventKind, Plan, PlannedEvent
from workforce.ui import edit_posts
from workforce.ui.blocks.controls import month_options
from workforce.ui.blocks.dated import DECIDED_HELP, Kind, dated_list
from workforce.ui.posts_words import EVENT_KINDS, event_words

__all__ = ["planned_events"]

_KINDS: Final = {str(kind): words for kind, words in EVENT_KINDS.items()}


def planned_events(plan: Plan) -> None:
    """Draw the events of a plan and the form that adds one.

    Args:
        plan: The scenario on screen.
    """
    st.caption(
        "They are decisions, not habits: nobody's rate of leaving is learned from them, and no "
        "lever stops them. Posts that stay are recruited for again."
    )
    dated_list(_kind(), plan.events)


def _kind() -> Kind:
    families = [str(each) for each in DIGITAL_FAMILIES]
    months = month_options()
    return Kind(
        key="posts.event",
        noun="redundancy, transfer or restructure",
        words=_words,
        values=lambda item: {
            "kind": str(item.kind), "month": item.month, "family": item.family,
            "people": item.people, "posts_fte": item.posts_fte, "note": item.note,
            "decided": item.decided,
        },
        fresh={
            "kind": str(EventKind.REDUNDANCY), "month": months[min(6, len(months) - 1)],
            "family": families[0], "people": 1, "posts_fte": 0.0, "note": "", "decided": False,
        },
        draw=_draw,
        build=_build,
        put=edit_posts.put_event,
    )  # fmt: skip


def _draw(stem: str, month: int) -> None:
    one, two, three = st.columns(3)
    one.selectbox(
        "What happens", list(_KINDS), format_func=_KINDS.__getitem__, key=f"{stem}.kind"
    )  # fmt: skip
    two.selectbox(
        "Month", month_options(month), format_func=month_name, key=f"{stem}.month"
    )  # fmt: skip
    three.selectbox(
        "Role family", [str(each) for each in DIGITAL_FAMILIES], format_func=family_label,
        key=f"{stem}.family"
    )  # fmt: skip
    one, two = st.columns(2)
    one.number_input("People", 0, 100_000, key=f"{stem}.people")
    two.number_input(
        "Funded posts that go or come with them, FTE", step=0.5, format="%g",
        key=f"{stem}.posts_fte",
        help="Leave at 0 where the posts stay and are recruited for again.",
    )  # fmt: skip
    st.text_input("Note", max_chars=200, key=f"{stem}.note")
    st.checkbox("Decided anyway", key=f"{stem}.decided", help=DECIDED_HELP)


def _words(event: PlannedEvent) -> str:
    return f"{event_words(event)}{f'. {event.note}' if event.note else ''}"


def _build(values: Mapping[str, Any]) -> PlannedEvent:
    return PlannedEvent(
        month=values["month"],
        family=values["family"],
        people=int(values["people"]),
        kind=EventKind(values["kind"]),
        posts_fte=float(values["posts_fte"]),
        decided=values["decided"],
        note=values["note"].strip(),
    )
