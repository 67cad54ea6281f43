"""A list of dated items of a plan: each in words, to change or remove, and a form that adds one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from workforce.ui import keys, notices, state

__all__ = ["DECIDED_HELP", "Kind", "dated_list"]

DECIDED_HELP = (
    "It happens whichever scenario is chosen. So doing nothing has it too, as has every other "
    "scenario, and no plan is blamed or praised for it."
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of dated item.

    Attributes:
        key: Stem of its widgets' keys.
        noun: As in “Add a *change of posts*”.
        words: An item as one line.
        values: An item -> the value of each of its fields, by widget name.
        fresh: Values that an empty form starts with.
        draw: Draws the fields, given the stem of their keys and the month they must offer.
        build: Values by widget name -> the item.
        put: Adds, replaces or takes out: place or `None`, item or `None`; whether it was done.
    """

    key: str
    noun: str
    words: Callable[[Any], str]
    values: Callable[[Any], Mapping[str, Any]]
    fresh: Mapping[str, Any]
    draw: Callable[[str, int], None]
    build: Callable[[Mapping[str, Any]], Any]
    put: Callable[[int | None, Any], bool]


def dated_list(kind: Kind, items: Sequence[Any]) -> None:
    """Draw the items of a plan and the form that adds one.

    Args:
        kind: What they are.
        items: As the plan has them, in order.
    """
    for place, item in enumerate(items):
        stem = keys.field(kind.key, str(place))
        with st.container(border=True):
            st.markdown(kind.words(item))
            box = st.expander("Change or remove", key=f"{stem}.open", on_change="rerun")
            if box.open:
                with box:
                    _change(kind, stem, place, item)
    stem = keys.field(kind.key, "new")
    with st.expander(f"Add a {kind.noun}", key=f"{stem}.open", on_change="rerun"):
        for name, value in kind.fresh.items():
            st.session_state.setdefault(f"{stem}.{name}", value)
        with st.form(f"{stem}.form", border=False):
            kind.draw(stem, int(st.session_state[f"{stem}.month"]))
            st.form_submit_button(
                f"Add {kind.noun}", type="primary", key=f"{stem}.submit",
                on_click=_submit, args=(kind, stem, None),
            )  # fmt: skip


def _change(kind: Kind, stem: str, place: int, item: Any) -> None:
    # Filled anew when the plan changes elsewhere; left alone after a refusal, so that nothing the
    # user typed is lost.
    marker = f"_{stem}.shown"
    gone = any(f"{stem}.{name}" not in st.session_state for name in kind.fresh)
    if gone or st.session_state.get(marker) != item:
        st.session_state[marker] = item
        for name, value in kind.values(item).items():
            st.session_state[f"{stem}.{name}"] = value
    with st.form(f"{stem}.form", border=False):
        kind.draw(stem, item.month)
        st.form_submit_button(
            f"Update {kind.noun}", type="primary", key=f"{stem}.submit",
            on_click=_submit, args=(kind, stem, place),
        )  # fmt: skip
    st.button(
        f"Remove {kind.noun}", key=f"{stem}.remove", on_click=_remove, args=(kind, stem, place)
    )


def _submit(kind: Kind, stem: str, place: int | None) -> None:
    values = {name: st.session_state[f"{stem}.{name}"] for name in kind.fresh}
    done = False

    def act() -> None:
        nonlocal done
        item = kind.build(values)
        done = kind.put(place, item)
        if done:
            what = "added" if place is None else "updated"
            notices.add("success", f"{_first_up(kind.noun)} {what}: {kind.words(item)}.")

    if state.attempt(act) and done and place is None:
        for name, value in kind.fresh.items():
            st.session_state[f"{stem}.{name}"] = value


def _remove(kind: Kind, stem: str, place: int) -> None:
    if kind.put(place, None):
        # The next item moves up into this place and must not look as if it had been opened.
        st.session_state[f"{stem}.open"] = False
        notices.add("success", f"{_first_up(kind.noun)} removed.")


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
