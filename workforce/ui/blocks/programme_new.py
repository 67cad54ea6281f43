"""The forms that add a programme: an apprenticeship standard, or a course of one's own."""

from dataclasses import replace

import streamlit as st

from workforce.domain.defaults import course_from_evidence, programme_from_evidence
from workforce.domain.errors import UserError
from workforce.domain.evidence import Standard
from workforce.domain.families import DIGITAL_FAMILIES, family_label
from workforce.domain.months import month_name
from workforce.domain.plan import Programme
from workforce.ui import edit, notices, state
from workforce.ui.blocks.controls import month_options
from workforce.ui.blocks.evidence import standard_note
from workforce.ui.evidence import evidence
from workforce.ui.present import funding_warning

__all__ = ["ELSEWHERE", "add_course", "add_programme", "sources_of", "standards_for"]

ELSEWHERE = "Teams outside the digital role families"
"""Where existing staff come from, if not from a role family that is projected."""


def standards_for(family: str) -> list[Standard]:
    """Return the standards of a family that run long enough to be a programme, lowest level first.

    Args:
        family: A digital family; standards that are filed under another one come after.
    """
    # Units of a few days are learning and development, not a pipeline.
    usable = [each for each in evidence().standards.values() if each.duration_months > 0]
    return sorted(usable, key=lambda each: (each.family != family, each.level, each.name))


def sources_of(family: str) -> dict[str, str]:
    """Return where existing staff can come from into a family: value -> words."""
    others = {str(each): family_label(each) for each in DIGITAL_FAMILIES if each != family}
    return {"": ELSEWHERE, **others}


def add_programme() -> None:
    """Draw the form that adds a programme on a standard."""
    base = evidence()
    first, second = st.columns([1, 2])
    family = _family(first, "apprenticeships.add.family", "Role family")
    choices = standards_for(family)
    reference = second.selectbox(
        "Standard",
        [each.reference for each in choices],
        format_func=lambda key: f"{base.standards[key].name}, level {base.standards[key].level}",
        key=f"apprenticeships.add.standard.{family}",
    )
    standard = base.standards[reference]
    st.caption(f"{standard.reference}. {standard_note(standard)} Status: {standard.status}.")
    warning = funding_warning(standard)
    if warning:
        st.warning(warning)
    with st.form("apprenticeships.add", border=False):
        one, two, three = st.columns(3)
        one.number_input("Starts a cohort", 1, 500, 4, key="apprenticeships.add.size")
        _first_month(two, "apprenticeships.add.first")
        three.number_input("Yearly cohorts", 1, 10, 1, key="apprenticeships.add.cohorts")
        st.form_submit_button(
            "Add programme",
            type="primary",
            on_click=_add,
            args=(family, reference),
            key="apprenticeships.add.submit",
        )


def add_course() -> None:
    """Draw the form that adds a course of one's own for existing staff."""
    st.caption(
        "Retrain people you have, without an apprenticeship: from another role family, where they "
        "leave a post behind, or from teams outside. There are no national figures on such "
        "courses: those of apprentices stand in until you put in your own under “Change or "
        "remove”. You pay the course in full; without a price costs take that of a middling "
        "apprenticeship."
    )
    first, second = st.columns(2)
    family = _family(first, "apprenticeships.course.family", "Role family they move to")
    sources = sources_of(family)
    source = second.selectbox(
        "They come from", list(sources), format_func=sources.__getitem__,
        key=f"apprenticeships.course.from.{family}",
    )  # fmt: skip
    with st.form("apprenticeships.course", border=False):
        st.text_input("Name of the course", max_chars=80, key="apprenticeships.course.name")
        one, two, three = st.columns(3)
        one.number_input("People a cohort", 1, 500, 3, key="apprenticeships.course.size")
        _first_month(two, "apprenticeships.course.first")
        three.number_input("Months it takes", 1, 96, 9, key="apprenticeships.course.months")
        one.number_input(
            "Price a person, pounds",
            0.0,
            100_000.0,
            value=None,
            step=100.0,
            format="%.0f",
            placeholder="Not known",
            key="apprenticeships.course.price",
        )
        st.form_submit_button(
            "Add course",
            type="primary",
            on_click=_add_course,
            args=(family, source),
            key="apprenticeships.course.submit",
        )


def _family(where: "st.delta_generator.DeltaGenerator", key: str, label: str) -> str:
    chosen: str = where.selectbox(
        label,
        [str(each) for each in DIGITAL_FAMILIES],
        format_func=family_label,
        key=key,
        persist_state="session",
    )
    return chosen


def _first_month(where: "st.delta_generator.DeltaGenerator", key: str) -> None:
    where.selectbox(
        "First cohort starts",
        month_options(),
        index=min(5, len(month_options()) - 1),
        format_func=month_name,
        key=key,
    )


def _add(family: str, reference: str) -> None:
    values = st.session_state
    _put(
        programme_from_evidence(
            evidence(),
            reference,
            programme_id=edit.new_programme_id(state.plan()),
            family=family,
            first_start=values["apprenticeships.add.first"],
            size=values["apprenticeships.add.size"],
            cohorts=values["apprenticeships.add.cohorts"],
        )
    )


def _add_course(family: str, source: str) -> None:
    values = st.session_state
    name = values["apprenticeships.course.name"].strip()

    def act() -> None:
        if not name:
            raise UserError("Give the course a name, so that it can be told from others.")
        course = course_from_evidence(
            evidence(),
            name,
            programme_id=edit.new_programme_id(state.plan()),
            family=family,
            from_family=source,
            first_start=values["apprenticeships.course.first"],
            size=values["apprenticeships.course.size"],
            duration_months=values["apprenticeships.course.months"],
        )
        _put(replace(course, course_price=values["apprenticeships.course.price"]))

    state.attempt(act)


def _put(programme: Programme) -> None:
    if edit.add_programme(programme):
        notices.add(
            "success",
            f"Programme added: {programme.name}, {programme.size} from "
            f"{month_name(programme.first_start)}.",
        )
