"""One table to correct: what can be changed, what cannot, and a button that applies the changes."""

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from workforce.ui import keys
from workforce.ui.reading_frames import HIGH, LOW, MEDIUM, NOT_USED, SAID

if TYPE_CHECKING:
    import pandas as pd

    from workforce.intake import Extract

__all__ = ["correction_table", "widget_key"]

Width = Literal["small", "medium", "large"] | int

# Each at least 7:1 on its ground, because text in a table is small.
_COLOURS = {
    HIGH: "color: #00491f; background-color: #e2f2e6",
    SAID: "color: #00491f; background-color: #e2f2e6",
    MEDIUM: "color: #5a3d00; background-color: #fff1cc",
    LOW: "color: #7a1500; background-color: #fde4de",
    NOT_USED: "color: #3d3d3d; background-color: #f0f0f0",
}


def _colour(badge: object) -> str:
    return _COLOURS.get(str(badge), "")


def widget_key(name: str, extract: "Extract", *more: str) -> str:
    """Return a key that changes with every new reading: edits must never land on other rows.

    Args:
        name: Name of the widget on the Data page.
        extract: What is shown.
        more: What else decides the rows and their order.
    """
    text = "/".join((extract.digest, *more))
    return keys.field("data", name, hashlib.sha256(text.encode()).hexdigest()[:12])


def correction_table(
    table: "pd.DataFrame",
    key: str,
    *,
    alt: str,
    editable: Mapping[str, Any],
    widths: Mapping[str, Width],
    noun: str,
    apply: Callable[..., None],
    args: tuple[Any, ...] = (),
) -> None:
    """Draw a table whose corrections are applied together, with one button.

    Args:
        table: A row an item; a column `Sure` is drawn as a badge.
        key: Key of the table; the button's key is `data.` + the noun's last word + `.apply`.
        alt: What the table shows, for those who don't see it.
        editable: Column -> how it is edited; the others can't be changed.
        widths: Column -> `small`, `medium`, `large` or pixels, for columns that need one.
        noun: What the items are, in the plural.
        apply: Called with the key and `args`.
        args: See `apply`; no table and no extract, because the page keeps them.
    """
    fixed = [name for name in table.columns if name not in editable]
    config = {name: st.column_config.Column(width=width) for name, width in widths.items()}
    st.data_editor(
        table.style.map(_colour, subset=["Sure"]) if "Sure" in table else table,
        key=key,
        hide_index=True,
        alt=alt,
        disabled=fixed,
        column_config={**config, **editable},
        on_change="ignore",
    )
    st.button(
        f"Apply changes to {noun}",
        key=f"data.{noun.rsplit(maxsplit=1)[-1]}.apply",
        on_click=apply,
        args=(key, *args),
    )
