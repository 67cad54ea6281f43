"""One card per lever: on or off, what it would do, and, opened, every value with its evidence."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from workforce.domain.bands import GRADE_BANDS
from workforce.domain.evidence import LeverEvidence
from workforce.domain.families import DIGITAL_FAMILIES, family_label
from workforce.domain.months import month_name
from workforce.domain.plan import ActsOn, LeverChoice
from workforce.ui import edit, engine, keys, state
from workforce.ui.blocks import redraw
from workforce.ui.blocks.controls import Limits, month_select, number_pair, seed
from workforce.ui.blocks.evidence import lever_badges, lever_evidence
from workforce.ui.blocks.reasons import lever_reasons
from workforce.ui.evidence import evidence
from workforce.ui.present import change_words, filling_words, percent, pounds, why_off

if TYPE_CHECKING:
    from workforce.disclosure.reasons import ReasonShares

__all__ = ["lever_card"]

_EFFECT = Limits(-50, 70)
_FASTER = Limits(-50, 150)
_SHARE = Limits(0, 100, 5)
_RAMP = Limits(0, 60, 1, "%d")


def lever_card(lever_id: str, said: "ReasonShares | None" = None) -> None:
    """Draw a lever as a part of the page that can be drawn again alone.

    Args:
        lever_id: The lever: of the evidence, or of the user's own in the scenario on screen.
        said: What the organisation's own leavers said, where they did.
    """
    st.fragment(_card, key=redraw.card(lever_id))(lever_id, said)


def _card(lever_id: str, said: "ReasonShares | None") -> None:
    base = evidence()
    lever = base.levers.get(lever_id)
    choice = edit.lever_choice(state.plan(), lever_id, base)
    key = keys.field("levers", lever_id)
    with st.container(border=True, key=f"{key}.card"):
        seed(f"{key}.include", choice.include)
        st.toggle(
            f"**{choice.name}**",
            key=f"{key}.include",
            on_change=lambda: _change(lever_id, include=st.session_state[f"{key}.include"]),
        )
        # One text for both: a page of many small elements takes a browser long to draw.
        badges = f"\n\n{lever_badges(lever)}" if lever is not None else ""
        st.markdown(f"{_summary(choice, lever)}{badges}")
        if said is not None and not _fills(choice):
            lever_reasons(choice, said)
        details = st.expander("Adjust and see the evidence", key=f"{key}.open", on_change="rerun")
        if details.open:
            with details:
                st.caption(_about(choice))
                _values(key, choice)
                if lever is not None:
                    st.button(
                        "Back to the evidence's values",
                        key=f"{key}.reset",
                        on_click=redraw.after_lever,
                        args=(edit.reset_lever, lever_id),
                    )
                    st.divider()
                    lever_evidence(lever)


def _change(lever_id: str, **changes: Any) -> None:
    redraw.after_lever(edit.change_lever, lever_id, **changes)


def _summary(choice: LeverChoice, lever: LeverEvidence | None) -> str:
    early = choice.first_year_only and not _fills(choice)
    whom = "in their first year" if early else "once in place"
    words = filling_words if _fills(choice) else change_words
    effect = f"{words(*engine.lever_effect(choice))} {whom}"
    if choice.include:
        return (
            f"{effect[0].upper()}{effect[1:]}. From {month_name(choice.start_month)}, "
            f"{percent(choice.adopted_now)} of {'posts' if _fills(choice) else 'people'} now to "
            f"{percent(choice.adopted_target)}.{_taken_away(choice)}"
        )
    reason = why_off(lever) if lever is not None else ""
    if reason:
        return f"Off. {reason}"
    return f"Off. Would mean {effect}."


def _taken_away(choice: LeverChoice) -> str:
    """Say that a lever takes away what people have, empty where it does not."""
    if choice.adopted_target >= choice.adopted_now:
        return ""
    if _fills(choice):
        return " **This takes it away, so posts fill more slowly.**"
    if engine.lever_effect(choice)[0] > 1:
        return " **This takes away what people have, so more of them resign.**"
    return " **This takes away what people have.**"


def _fills(choice: LeverChoice) -> bool:
    return choice.acts_on is ActsOn.FILLING


def _in_percent(choice: LeverChoice, ratio: float) -> float:
    """Return a ratio as the per cent shown: fewer resignations, or posts filled faster."""
    return round(100 * (ratio - 1 if _fills(choice) else 1 - ratio), 1)


def _as_ratio(choice: LeverChoice, value: float) -> float:
    return round(1 + value / 100 if _fills(choice) else 1 - value / 100, 4)


def _about(choice: LeverChoice) -> str:
    if _fills(choice):
        return (
            "It multiplies how fast vacant posts are filled once they are open to recruitment, and "
            "changes no resignation."
        )
    rise = engine.as_pay_rise(choice)
    if abs(rise.central) < 0.0005:
        return "As it stands it changes nothing that pay would have to match."
    verb = "rise" if rise.central > 0 else "fall"
    low, high = sorted((abs(rise.low), abs(rise.high)))
    return (
        f"To change as much, pay of everybody it is offered to would have to {verb} by about "
        f"{percent(abs(rise.central), 1)} ({percent(low, 1)} to {percent(high, 1)}, by how closely "
        "resignations follow pay in published studies)."
    )


def _values(key: str, choice: LeverChoice) -> None:
    lever_id = choice.lever_id

    def set_share(field: str, percentage: float) -> None:
        _change(lever_id, **{field: round(percentage / 100, 4)})

    label, against = "Fewer resignations among people who get it, %", "people who do not have it"
    if _fills(choice):
        label, against = "Posts covered are filled faster by, %", "posts that are not covered"
    number_pair(
        label,
        f"{key}.effect",
        _in_percent(choice, choice.hazard_ratio),
        _limits(choice),
        lambda value: redraw.after_lever(edit.set_effect, lever_id, _as_ratio(choice, value)),
        help_text=f"Best estimate, compared with {against}. Below 0 means the opposite.",
    )
    _effect_range(key, choice)
    if choice.first_year_only and not _fills(choice):
        st.caption("Acts on everybody in the first twelve months, so reach does not apply.")
    else:
        number_pair(
            "Vacant posts it could reach, %" if _fills(choice) else "Staff it could reach, %",
            f"{key}.reach",
            100 * choice.reach,
            _SHARE,
            lambda value: set_share("reach", value),
        )
    number_pair(
        "Already have it today, %",
        f"{key}.now",
        100 * choice.adopted_now,
        _SHARE,
        lambda value: set_share("adopted_now", value),
        help_text="What you do already is in today's rate. Only the rest can still help.",
    )
    number_pair(
        "Will have it, %",
        f"{key}.target",
        100 * choice.adopted_target,
        _SHARE,
        lambda value: set_share("adopted_target", value),
        help_text="Below today's share means taking it away.",
    )
    _timing_and_cost(key, choice)


def _limits(choice: LeverChoice) -> Limits:
    return _FASTER if _fills(choice) else _EFFECT


def _effect_range(key: str, choice: LeverChoice) -> None:
    range_key, weak_key, strong_key = (
        f"{key}.range.{part}" for part in ("slider", "weak", "strong")
    )
    limits = _limits(choice)
    weak, strong = sorted(
        min(max(_in_percent(choice, ratio), limits.low), limits.high)
        for ratio in (choice.low, choice.high)
    )
    seed(range_key, (float(weak), float(strong)))
    seed(weak_key, float(weak))
    seed(strong_key, float(strong))

    def commit(low_percent: float, high_percent: float) -> None:
        ends = (_as_ratio(choice, each) for each in (low_percent, high_percent))
        redraw.after_lever(edit.set_effect_range, choice.lever_id, *ends)

    st.slider(
        "Likely range of that, %",
        min_value=float(limits.low),
        max_value=float(limits.high),
        step=1.0,
        format=limits.unit,
        key=range_key,
        on_change=lambda: commit(*st.session_state[range_key]),
        help="Nine times in ten the true effect should lie in here.",
    )
    first, second = st.columns(2)
    for column, label, number_key in (
        (first, "Weakest, %", weak_key),
        (second, "Strongest, %", strong_key),
    ):
        column.number_input(
            label,
            min_value=float(limits.low),
            max_value=float(limits.high),
            step=1.0,
            format="%g",
            key=number_key,
            on_change=lambda: commit(st.session_state[weak_key], st.session_state[strong_key]),
        )


def _timing_and_cost(key: str, choice: LeverChoice) -> None:
    lever_id = choice.lever_id
    month_select(
        "Starts",
        f"{key}.start",
        choice.start_month,
        lambda month: _change(lever_id, start_month=month),
    )
    number_pair(
        "Months until it is fully in place",
        f"{key}.ramp",
        choice.ramp_months,
        _RAMP,
        lambda value: _change(lever_id, ramp_months=int(value)),
    )
    costs = (
        ("cost_per_head", "Cost per person and year, £"),
        ("one_off_per_head", "One-off cost per new person, £"),
    )
    if _fills(choice):
        costs = (
            ("cost_per_head", "Cost per person hired under it, £"),
            ("one_off_per_head", "One-off cost per vacant post, £"),
        )
    for field, label in costs:
        seed(f"{key}.{field}", float(getattr(choice, field)))
        st.number_input(
            label,
            min_value=0.0,
            max_value=1_000_000.0,
            step=10.0,
            format="%g",
            key=f"{key}.{field}",
            on_change=_commit_from(lever_id, f"{key}.{field}", field),
        )
    each = (
        "for each person hired under it" if _fills(choice) else "a year for each person who has it"
    )
    st.caption(f"Together {pounds(choice.cost_per_head)} {each}.")
    for field, label, options, name in (
        ("families", "Offered to", DIGITAL_FAMILIES, family_label),
        ("grades", "Grades", GRADE_BANDS, str.capitalize),
    ):
        seed(f"{key}.{field}", [str(each) for each in getattr(choice, field)])
        st.multiselect(
            label,
            [str(each) for each in options],
            key=f"{key}.{field}",
            format_func=name,
            on_change=_commit_from(lever_id, f"{key}.{field}", field, tuple),
        )
    seed(f"{key}.rationale", choice.rationale)
    st.text_area(
        "Our own reason",
        key=f"{key}.rationale",
        max_chars=600,
        height=80,
        on_change=_commit_from(lever_id, f"{key}.rationale", "rationale"),
        placeholder="Why we think it would work here",
    )


def _commit_from(
    lever_id: str, key: str, field: str, convert: Callable[[Any], Any] = lambda value: value
) -> Callable[[], None]:
    # Made here rather than in the loop, so that each widget keeps its own field.
    return lambda: _change(lever_id, **{field: convert(st.session_state[key])})
