"""Apprenticeships: programmes and cohorts, and what becomes of them."""

import streamlit as st

from workforce.domain.families import family_label
from workforce.domain.months import month_name
from workforce.domain.plan import Programme, Trainee
from workforce.sample.programme import PROGRAMME_NAME
from workforce.ui import keys, state
from workforce.ui.blocks import steps
from workforce.ui.blocks.mentors import mentor_setting
from workforce.ui.blocks.pipeline import outcome
from workforce.ui.blocks.planfiles import open_example
from workforce.ui.blocks.programme_form import programme_form
from workforce.ui.blocks.programme_new import add_course, add_programme, sources_of
from workforce.ui.evidence import evidence
from workforce.ui.present import funding_warning


def _origin(programme: Programme) -> str:
    course = "" if programme.standard else "; own course, no public funding"
    if programme.trainee is not Trainee.EXISTING_STAFF:
        return course
    source = sources_of(programme.family)[programme.from_family]
    return f"; existing staff from {source[0].lower()}{source[1:]}{course}"


def _programme(programme: Programme) -> None:
    key = keys.field("apprenticeships", programme.programme_id)
    years = (
        f", {programme.cohorts} cohorts {programme.repeat_months} months apart"
        if programme.cohorts > 1
        else ""
    )
    with st.container(border=True):
        st.markdown(
            f"**{programme.name}**, {family_label(programme.family).lower()}: {programme.size} "
            f"{'start' if programme.size == 1 else 'starts'} from "
            f"{month_name(programme.first_start)}{years}{_origin(programme)}"
        )
        standard = evidence().standards.get(programme.standard)
        warning = funding_warning(standard) if standard is not None else ""
        if warning:
            st.warning(warning)
        details = st.expander("Change or remove", key=f"{key}.open", on_change="rerun")
        if details.open:
            with details:
                programme_form(programme)


st.title("Apprenticeships")
st.markdown(
    "How many skilled people would we grow? Each programme is one standard, or a course of your "
    "own, for one role family. What becomes of the starts comes from national evidence; change it "
    "where you know better."
)
plan = state.plan()
if plan.note:
    with st.expander("About this scenario"):
        st.markdown(plan.note)
if plan.programmes:
    outcome(plan)
st.header("Programmes")
if not plan.programmes:
    st.info("No programme is planned in this scenario yet. Add one below.")
for each in plan.programmes:
    _programme(each)
if plan.programmes:
    mentor_setting(plan)
with st.expander("Add a programme", expanded=not plan.programmes):
    add_programme()
if PROGRAMME_NAME not in [each.name for each in state.book().plans]:
    open_example("apprenticeships")
with st.expander("Retrain existing staff on a course of your own"):
    add_course()
steps.next_page("apprenticeships")
