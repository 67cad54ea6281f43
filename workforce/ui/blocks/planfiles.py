"""Save the plans as a file, and open them again."""

import re

import streamlit as st

from workforce.ui import assurance, keys, state, store
from workforce.ui.blocks import redraw

__all__ = ["open_example", "open_plan", "save_plan"]


def save_plan(place: str) -> None:
    """Draw the button that downloads all scenarios, and their forecast, as one file.

    Args:
        place: Where the button stands; keeps its key apart.
    """
    # The file is that of the plan the button was drawn with, so it is drawn again with the plan.
    st.fragment(_save_plan, key=redraw.SAVE_PLAN)(place)


def _save_plan(place: str) -> None:
    book = state.book()
    stem = re.sub(r"[^a-z0-9]+", "-", book.active.casefold()).strip("-") or "plan"
    st.download_button(
        "Save plan",
        data=assurance.plan_file_maker(book),
        file_name=f"{stem}.json",
        mime="application/json",
        key=keys.field(place, "save_plan"),
        on_click="ignore",
        width="stretch",
    )
    if store.settle():
        # Sentences stand at the head of the page.
        st.rerun()


def open_plan(place: str) -> None:
    """Draw the box that opens a saved plan.

    Args:
        place: Where the box stands; keeps its key apart.
    """
    counter = keys.field(place, "open_plan_round")
    key = keys.field(place, "open_plan", str(st.session_state.get(counter, 0)))

    def opened() -> None:
        file = st.session_state[key]
        if file is not None:
            state.open_book(file.getvalue())
            # A new key empties the box, so that the same file can be opened again.
            st.session_state[counter] = st.session_state.get(counter, 0) + 1

    st.file_uploader(
        "Open a saved plan (.json)",
        type=["json"],
        key=key,
        on_change=opened,
        max_upload_size=5,
    )


def open_example(place: str) -> None:
    """Draw the button that opens the example programme.

    Args:
        place: Where the button stands; keeps its key apart.
    """
    st.button(
        "Open the example programme: many small cohorts over four years",
        key=keys.field(place, "open_example"),
        on_click=state.open_example,
        icon=":material/school:",
    )
