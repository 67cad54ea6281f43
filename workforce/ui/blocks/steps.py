"""Where in the work the user is, and the way on."""

import streamlit as st

from workforce.ui import state
from workforce.ui.pages import PAGES, following
from workforce.ui.posts_words import hiring_words

__all__ = ["next_page", "progress"]


def _standing() -> dict[str, str]:
    data, plan = state.dataset(), state.plan()
    on = len(plan.active_levers)
    starts = sum(each.size * each.cohorts for each in plan.programmes)
    changes = len(hiring_words(plan))
    source = "fictional sample loaded" if data.fictional else f"{data.name} loaded"
    return {
        "data": source,
        "where-we-are": "ready",
        "where-we-are-heading": "ready",
        "apprenticeships": f"{starts} starts planned" if starts else "none planned yet",
        "levers": f"{on} switched on" if on else "none switched on yet",
        "posts-and-hiring": f"{changes} changed" if changes else "as today",
        "results": "ready" if on or starts or changes else "waiting for a plan",
        "method-and-assurance": "ready",
    }


def progress() -> None:
    """Draw the steps with what each asks and how far it is."""
    standing = _standing()
    for number, page in enumerate(PAGES[1:], start=1):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(page.file, label=f"{number}. {page.title}", width=230)
            st.markdown(page.purpose, width="stretch")
            st.badge(standing[page.path], color="blue")


def next_page(path: str) -> None:
    """Draw the link to the page after this one."""
    after = following(path)
    if after is not None:
        st.page_link(after.file, label=f"Next: {after.title}", icon=":material/arrow_forward:")
