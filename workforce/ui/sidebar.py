"""What stands beside every page: the scenario, the plan file, the data and the run settings."""

from dataclasses import replace

import streamlit as st

from workforce.ui import circulation, keys, notices, state
from workforce.ui.blocks.controls import seed
from workforce.ui.blocks.planfiles import open_plan, save_plan
from workforce.ui.evidence import evidence

__all__ = ["show"]

_HORIZONS = (12, 24, 36, 48, 60, 84, 120)
_DRAWS = (500, 1000, 2000, 5000)


def show() -> None:
    """Draw the sidebar."""
    with st.sidebar:
        _scenario()
        left, right = st.columns(2, gap="small")
        with left:
            save_plan("sidebar")
        with right, st.popover("Open plan", width="stretch"):
            open_plan("sidebar")
        _data()
        with st.expander("Run settings"):
            _run_settings()
        circulation.settings()


def _scenario() -> None:
    names = [each.name for each in state.book().plans]
    seed(keys.SCENARIO, state.book().active)
    st.selectbox("Scenario", names, key=keys.SCENARIO, on_change=_switch)
    with st.popover("Manage scenarios", width="stretch"):
        with st.form("sidebar.new_form", border=False, clear_on_submit=True):
            st.text_input("Name of a new scenario", max_chars=80, key=keys.NEW_NAME)
            st.checkbox("Start empty (otherwise a copy of this one)", key=keys.NEW_EMPTY)
            st.form_submit_button("Add scenario", on_click=_new, key=keys.NEW)
        with st.form("sidebar.rename_form", border=False, clear_on_submit=True):
            st.text_input(f"Rename “{state.book().active}” to", max_chars=80, key=keys.RENAME_TO)
            st.form_submit_button("Rename", on_click=_rename, key=keys.RENAME)
        st.button(
            "Delete this scenario",
            key=keys.DELETE,
            on_click=_delete,
            disabled=len(names) < 2,
            help="The last scenario cannot be deleted." if len(names) < 2 else None,
        )


def _switch() -> None:
    state.set_book(state.book().showing(st.session_state[keys.SCENARIO]))


def _new() -> None:
    name = st.session_state[keys.NEW_NAME].strip()
    current = state.plan()
    # What is decided anyway happens in every scenario, an empty one too.
    cap = evidence().pipeline("mentor_cap").number
    fresh = replace(current.baseline(), name="-", mentor_cap=cap)

    def add() -> None:
        base = fresh if st.session_state[keys.NEW_EMPTY] else current
        # An appended plan, not a replaced one: a name that is taken must be refused, not lost.
        plans = (*state.book().plans, replace(base, name=name, note=""))
        state.set_book(replace(state.book(), plans=plans, active=name))
        notices.add("success", f"Scenario “{name}” added.")

    state.attempt(add)


def _rename() -> None:
    name = st.session_state[keys.RENAME_TO].strip()
    if state.update_plan(lambda plan: plan.renamed(name)):
        notices.add("success", f"The scenario is now called “{name}”.")


def _delete() -> None:
    gone = state.book().active
    if state.attempt(lambda: state.set_book(state.book().without(gone))):
        notices.add("success", f"Scenario “{gone}” deleted.")


def _data() -> None:
    shown = state.dataset()
    kind = "Fictional sample" if shown.fictional else "Your data"
    day = f"{shown.as_of.day} {shown.as_of:%B %Y}"
    st.caption(f"**{kind}:** {shown.name}, {day}")


def _run_settings() -> None:
    horizon = state.plan().horizon_months
    seed(keys.HORIZON, horizon)
    st.selectbox(
        "Look ahead",
        sorted({*_HORIZONS, horizon}),
        key=keys.HORIZON,
        format_func=lambda months: f"{months} months",
        on_change=_set_horizon,
        help="For every scenario, so that they can be compared.",
    )
    seed(keys.DRAWS, state.settings().draws)
    st.selectbox(
        "Simulated futures",
        sorted({*_DRAWS, state.settings().draws}),
        key=keys.DRAWS,
        format_func=lambda draws: f"{draws:,}",
        on_change=lambda: state.set_settings(draws=st.session_state[keys.DRAWS]),
        help="More give smoother ranges and take longer.",
    )
    seed(keys.SEED, state.settings().seed)
    st.number_input(
        "Seed",
        min_value=0,
        max_value=999_999,
        step=1,
        key=keys.SEED,
        on_change=lambda: state.set_settings(seed=st.session_state[keys.SEED]),
        help="The same seed gives the same result again.",
    )


def _set_horizon() -> None:
    months = st.session_state[keys.HORIZON]
    book = state.book()
    plans = tuple(replace(plan, horizon_months=months) for plan in book.plans)
    state.attempt(lambda: state.set_book(replace(book, plans=plans)))
