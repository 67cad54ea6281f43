"""The form that changes a programme, with its evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from workforce.domain.bands import GRADE_BANDS
from workforce.domain.months import month_name
from workforce.domain.plan import NoPost, Programme, Seat, Trainee
from workforce.ui import edit, keys, notices, state
from workforce.ui.blocks.controls import month_options
from workforce.ui.blocks.evidence import standard_note
from workforce.ui.blocks.programme_new import sources_of
from workforce.ui.evidence import evidence
from workforce.ui.present import CONFIDENCE_WORDS

__all__ = ["programme_form"]

_TRAINEES = {
    Trainee.NEW_RECRUIT: "New recruits",
    Trainee.EXISTING_STAFF: "Existing staff",
}
_SEATS = {
    Seat.SUPERNUMERARY: "Extra to the establishment while training",
    Seat.VACANT_POST: "In a vacant post while training",
}
_NO_POST = {
    NoPost.LEAVE: "They leave",
    NoPost.REDEPLOY: "They go to another team",
    NoPost.WAIT: "They wait for a post",
}


@dataclass(frozen=True, slots=True)
class _Share:
    """A share in the advanced part of the form and the evidence parameter behind it."""

    field: str
    label: str
    parameter: str


_SHARES = (
    _Share("withdrawal_low", "Withdraw, at best, %", "w_total"),
    _Share("withdrawal", "Withdraw over the programme, %", "w_total"),
    _Share("withdrawal_high", "Withdraw, at worst, %", "w_total"),
    _Share("stay_share", "Of these, stay with us, %", "w_stay_employer"),
    _Share("pass_rate", "Pass at the end, %", "pass_given_complete"),
    _Share("offer_rate", "Offered a job and take it, %", "ret_conversion_substantive"),
)


def programme_form(programme: Programme) -> None:
    """Draw the form that changes a programme.

    Args:
        programme: As the plan has it.
    """
    prefix = keys.field("apprenticeships", programme.programme_id)
    _follow(prefix, programme)
    standard = evidence().standards.get(programme.standard)
    if standard is not None:
        st.caption(f"{standard.reference}. {standard_note(standard)} Source: {standard.source}.")
    with st.form(f"{prefix}.form", border=False):
        _when(prefix, programme)
        _who(prefix, programme)
        if not programme.standard:
            st.number_input(
                "Price a person, pounds",
                0.0,
                100_000.0,
                value=None,
                step=100.0,
                format="%.0f",
                placeholder="Not known: that of a middling apprenticeship",
                key=f"{prefix}.course_price",
                persist_state="session",
            )
        with st.expander("Advanced: withdrawal, passing, conversion"):
            _advanced(prefix)
        st.form_submit_button(
            "Update programme",
            type="primary",
            on_click=_submit,
            args=(prefix, programme),
            key=f"{prefix}.submit",
        )
    st.button(
        "Remove programme",
        key=f"{prefix}.remove",
        on_click=edit.drop_programme,
        args=(programme.programme_id,),
    )


def _follow(prefix: str, programme: Programme) -> None:
    # The form is filled anew when the plan changes elsewhere, and left alone while it is filled in
    # or after a refused value, so that nothing the user typed is lost.
    marker = f"_{prefix}.shown"
    if st.session_state.get(marker) == programme:
        return
    st.session_state[marker] = programme
    for field in ("size", "cohorts", "repeat_months", "first_start", "progression"):
        st.session_state[f"{prefix}.{field}"] = getattr(programme, field)
    for field in ("trainee", "seat", "no_post", "grade", "from_family"):
        st.session_state[f"{prefix}.{field}"] = str(getattr(programme, field))
    for field in ("duration_months", "assessment_months", "course_price"):
        st.session_state[f"{prefix}.{field}"] = getattr(programme, field)
    for share in _SHARES:
        st.session_state[f"{prefix}.{share.field}"] = round(
            100 * getattr(programme, share.field), 2
        )


def _when(prefix: str, programme: Programme) -> None:
    one, two, three, four = st.columns(4)
    one.number_input("Starts a cohort", 0, 10_000, key=f"{prefix}.size", persist_state="session")
    two.selectbox(
        "First cohort starts",
        month_options(programme.first_start),
        format_func=month_name,
        key=f"{prefix}.first_start",
        persist_state="session",
    )
    three.number_input("Cohorts", 1, 120, key=f"{prefix}.cohorts", persist_state="session")
    four.number_input(
        "Months between", 1, 120, key=f"{prefix}.repeat_months", persist_state="session"
    )


def _who(prefix: str, programme: Programme) -> None:
    one, two = st.columns(2)
    _choice(one, "Who is trained", f"{prefix}.trainee", _TRAINEES)
    _choice(
        two,
        "Where existing staff come from",
        f"{prefix}.from_family",
        sources_of(programme.family),
        help_text="From another role family they leave a post behind, which is then recruited for.",
    )
    _choice(two, "Where new recruits sit while training", f"{prefix}.seat", _SEATS)
    _choice(one, "If no post is free when they finish", f"{prefix}.no_post", _NO_POST)
    two.checkbox(
        "Finishing brings a step in grade or pay",
        key=f"{prefix}.progression",
        persist_state="session",
        help="Without one, people who finish leave more often in the year after; with one, less.",
    )


def _choice(
    place: Any, label: str, key: str, words: Mapping[Any, str], *, help_text: str | None = None
) -> None:
    names = {str(value): text for value, text in words.items()}
    place.selectbox(
        label, list(names), format_func=names.__getitem__, key=key, persist_state="session",
        help=help_text,
    )  # fmt: skip


def _advanced(prefix: str) -> None:
    base = evidence()
    columns = st.columns(3)
    for index, share in enumerate(_SHARES):
        parameter = base.pipeline(share.parameter)
        columns[index % 3].number_input(
            share.label,
            0.0,
            100.0,
            step=1.0,
            format="%g",
            key=f"{prefix}.{share.field}",
            persist_state="session",
            help=f"{parameter.source} ({CONFIDENCE_WORDS[parameter.confidence]}).",
        )
    one, two, three = st.columns(3)
    one.number_input(
        "Training, months", 1, 96, key=f"{prefix}.duration_months", persist_state="session"
    )
    lag = base.pipeline("epa_lag")
    two.number_input(
        "Wait for the result, months",
        0,
        24,
        key=f"{prefix}.assessment_months",
        persist_state="session",
        help=f"{lag.source} ({CONFIDENCE_WORDS[lag.confidence]}).",
    )
    three.selectbox(
        "Grade they join",
        [str(each) for each in GRADE_BANDS],
        format_func=str.capitalize,
        key=f"{prefix}.grade",
        persist_state="session",
    )


def _submit(prefix: str, programme: Programme) -> None:
    def value(field: str) -> Any:
        return st.session_state[f"{prefix}.{field}"]

    def build() -> Programme:
        trainee = Trainee(value("trainee"))
        staff = trainee is Trainee.EXISTING_STAFF
        changed = replace(
            programme,
            trainee=trainee,
            # New recruits come from outside, whatever still stands in the other list.
            from_family=value("from_family") if staff else "",
            seat=Seat(value("seat")),
            no_post=NoPost(value("no_post")),
            course_price=None if programme.standard else value("course_price"),
            **{
                field: value(field)
                for field in (
                    "size", "cohorts", "repeat_months", "first_start", "progression", "grade",
                    "duration_months", "assessment_months",
                )
            },
            **{share.field: round(value(share.field) / 100, 4) for share in _SHARES},
        )  # fmt: skip
        return _with_progression(changed, programme)

    _attempt(lambda: edit.put_programme(build()), programme)


def _with_progression(changed: Programme, before: Programme) -> Programme:
    if changed.progression == before.progression:
        return changed
    name = "ret_post_hr_promo" if changed.progression else "ret_post_hr_no_promo"
    parameter = evidence().pipeline(name)
    low, high = parameter.range
    return replace(changed, post_hazard_ratio=parameter.number, post_low=low, post_high=high)


def _attempt(action: Callable[[], bool], programme: Programme) -> None:
    done = False

    def run() -> None:
        nonlocal done
        done = action()

    if state.attempt(run) and done:
        notices.add("success", f"Programme updated: {programme.name}.")
