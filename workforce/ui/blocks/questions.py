"""Questions that the files leave open, each with what follows from its answers."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.ui import corrections
from workforce.ui.blocks.editor import widget_key

if TYPE_CHECKING:
    from workforce.intake import Extract
    from workforce.intake.questions import Question

__all__ = ["open_questions"]


def open_questions(extract: "Extract") -> None:
    """Draw what only the reader can settle; what was answered can be changed.

    Args:
        extract: As read with the answers so far.
    """
    waiting = [each for each in extract.questions if not each.answered]
    given = [each for each in extract.questions if each.answered]
    if waiting:
        number = f"{len(waiting)} question{'' if len(waiting) == 1 else 's'}"
        st.subheader(f"{number} only you can answer")
        for question in waiting:
            with st.container(border=True):
                _ask(question, extract)
    if given:
        with st.expander(f"What you have answered ({len(given)})"):
            for question in given:
                _ask(question, extract)


def _ask(question: "Question", extract: "Extract") -> None:
    labels = {each.value: each.label for each in question.choices}
    values = list(labels)
    key = widget_key("question", extract, question.topic, question.column)
    st.radio(
        question.text,
        values,
        index=values.index(question.taken) if question.answered else None,
        format_func=labels.__getitem__,
        captions=[each.effect for each in question.choices],
        key=key,
        on_change=corrections.answer,
        args=(question.topic, question.column, key),
    )
    if not question.answered:
        st.caption(f"{question.why} Until you answer, “{labels[question.taken]}” is taken.")
