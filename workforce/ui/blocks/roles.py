"""The role family of every job title, those most worth checking first, one by one or at once."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.circulation import View
from workforce.domain.families import ALL_FAMILIES, family_label
from workforce.ui import circulation, corrections, reading_frames
from workforce.ui.blocks.choices import option
from workforce.ui.blocks.editor import correction_table, widget_key

if TYPE_CHECKING:
    from workforce.intake import Extract

__all__ = ["families"]

_ORDERS = {
    "doubt": "Worth checking first",
    "digital": "Digital roles first",
    "people": "Most people first",
}
_MOST = 60
"""Titles chosen at once by a search word; more than that is no longer a careful look."""


def families(extract: "Extract") -> None:
    """Draw the role family of each job title, to correct, in bulk or one by one.

    Args:
        extract: As read.
    """
    titles = extract.role_matches
    doubtful = [each for each in titles if each.confidence < 0.8]
    count = sum(extract.title_counts.get(each.title, 0) for each in doubtful)
    small = circulation.view() is View.PROTECTED and circulation.rule().small(count)
    people = circulation.rule().fewer if small else f"{count:,}"
    st.markdown(
        f"{len(titles):,} job titles, **{len(doubtful):,} of them in doubt ({people} people)**. "
        "Those with most people in doubt come first. Your word counts from then on, also for next "
        "month's files."
    )
    one, two = st.columns([2, 3], vertical_alignment="bottom")
    with one:
        word = st.text_input(
            "Search job titles",
            key="data.families.word",
            placeholder="such as analyst",
            persist_state="session",
        ).strip()
    with two:
        order = option("Order", "data.families.order", _ORDERS)
    table, listed = reading_frames.families_table(extract, order, word)
    said = circulation.counted(
        {each.title: extract.title_counts.get(each.title, 0) for each in titles}
    )
    table = table.assign(People=[said[title] for title in listed])
    if not listed:
        st.info(f"No job title contains “{word}”.")
        return
    with st.expander(
        "Change several at once", key="data.families.several", on_change="rerun"
    ) as box:
        if box.open:
            _several(extract, listed, order, word)
    correction_table(
        table,
        widget_key("families", extract, order, word),
        alt="Job titles with people, role family, confidence and reason",
        editable={
            "Role family": st.column_config.SelectboxColumn(
                width=165,
                options=[str(each) for each in ALL_FAMILIES],
                format_func=lambda each: family_label(str(each)),
                required=True,
            )
        },
        widths={"Sure": 105, "Why": "large"},
        noun="role families",
        apply=corrections.apply_families,
        args=(order, word),
    )


def _several(extract: "Extract", listed: tuple[str, ...], order: str, word: str) -> None:
    chosen = widget_key("several", extract, order, word)
    family = widget_key("several_family", extract)
    st.multiselect(
        f"Job titles that contain “{word}”" if word else "Job titles",
        listed,
        default=listed[:_MOST] if word else None,
        key=chosen,
        placeholder="Choose job titles, or search for a word first",
    )
    if word and len(listed) > _MOST:
        st.caption(
            f"The first {_MOST} of {len(listed):,} are chosen; add the others if you mean them."
        )
    st.selectbox(
        "Role family for all of them",
        [str(each) for each in ALL_FAMILIES],
        index=None,
        format_func=family_label,
        key=family,
        placeholder="Choose a role family",
    )
    st.button(
        "Put them into this family",
        key="data.several.apply",
        on_click=corrections.put_titles,
        args=(chosen, family),
    )
