"""What the levers do together: overlap, floor, and the live picture."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from workforce.domain.bands import GradeBand
from workforce.domain.errors import UserError
from workforce.domain.families import DIGITAL_FAMILIES, family_label
from workforce.domain.plan import Combination, Plan
from workforce.ui import circulation, engine, keys, state
from workforce.ui.blocks import redraw
from workforce.ui.blocks.choices import family_choice, held, option
from workforce.ui.blocks.controls import Limits, number_pair
from workforce.ui.blocks.figure import show_figure
from workforce.ui.present import percent

__all__ = ["joint_effect"]

_WITHOUT = "Same plan, no levers"
_SIMPLE = Combination(floor=0.0, within=1.0, across=1.0)


@st.fragment(key=redraw.EFFECT)
def joint_effect() -> None:
    """Draw the combined effect of the levers of the scenario on screen and the live comparison."""
    plan = state.plan()
    st.header("All levers together")
    if not plan.active_levers:
        st.info("No lever is switched on. Switch one on to see what it would change.")
        return
    later, first_year = (_multiplier(plan, first_year=early) for early in (False, True))
    more = later > 1
    numbers = [
        (
            "More resignations" if more else "Fewer resignations",
            percent(abs(1 - later)),
            _whom(plan),
        ),
        ("In first year", _first_year_words(first_year, more=more), None),
    ]
    if plan.filling_levers:
        faster = engine.joint_filling(plan, family=_family(plan))
        label = "Posts filled faster" if faster >= 1 else "Posts filled slower"
        words = "Of vacant posts open to recruitment, in the plan's last month."
        numbers.append((label, percent(abs(faster - 1)), words))
    for column, (label, value, note) in zip(st.columns(len(numbers)), numbers, strict=True):
        column.metric(label, value, border=True, help=note)
    simple = _multiplier(replace(plan, combination=_SIMPLE), first_year=False)
    count = len(plan.leaving_levers)
    st.markdown(
        f"{count} lever{'' if count == 1 else 's'} at best estimate, fully in place. "
        + (
            f"One by one they would multiply to {_less_or_more(simple)}; they overlap, so together "
            f"they are counted as {_less_or_more(later)}."
            if count > 1
            else ""
        )
        + (
            f" This is the floor: no package of this kind has been shown to cut resignations by "
            f"more than {percent(1 - plan.combination.floor)}."
            if later <= plan.combination.floor + 1e-9
            else ""
        )
    )
    try:
        families = engine.analysis().families
    except UserError as refusal:
        # Levers can be planned without data; only the picture needs them.
        st.error(str(refusal))
    else:
        _live(plan, families)
    settings = st.expander("How effects combine", key="levers.combine", on_change="rerun")
    if settings.open:
        with settings:
            _settings(plan)


def _first_year_words(ratio: float, *, more: bool) -> str:
    """Return the change in the first year, with its direction where the heading has another."""
    same = (ratio > 1) == more or abs(1 - ratio) < 0.005
    return percent(abs(1 - ratio)) if same else _less_or_more(ratio)


def _less_or_more(ratio: float) -> str:
    word = "more" if ratio > 1.005 else "fewer"
    return f"{percent(abs(1 - ratio))} {word}"


def _live(plan: Plan, families: Sequence[str]) -> None:
    # All that needs no projection stands before it: each pause makes the browser draw once more.
    with st.container(horizontal=True):
        measure = option("Show", "levers.measure", {"vacancies": "Vacancies", "leavers": "Leavers"})
        family = family_choice(families)
    # A scenario may bear this very name; two of one name cannot be told apart.
    without = _WITHOUT if plan.name != _WITHOUT else f"{_WITHOUT} at all"
    try:
        run = engine.follow(plan, replace(plan, name=without, levers=()))
    except UserError as refusal:
        st.error(str(refusal))
        return
    from workforce.charts import compare, vacancies_with_without

    as_of = engine.analysis().history.as_of
    summary, seen = run.summary(measure), circulation.observed()
    difference = engine.change(run, plan.name, measure, family, other=without).difference.triple
    if measure == "vacancies":
        figure = vacancies_with_without(
            summary=summary,
            scenario=plan.name,
            baseline=without,
            as_of=as_of,
            family=family,
            now=seen.now(measure, family),
            mark=seen.mark,
            difference=difference,
        )
    else:
        figure = compare(
            summary=summary,
            scenarios=(plan.name, without),
            measure=measure,
            as_of=as_of,
            family=family,
            difference=difference,
        )
    show_figure(figure, "levers", run=run, folded="table and help")


def _multiplier(plan: Plan, *, first_year: bool) -> float:
    return engine.joint_effect(
        plan, family=_family(plan), grade=GradeBand.PRACTITIONER, first_year=first_year
    )


def _family(plan: Plan) -> str:
    chosen = str(held(keys.FAMILY, ""))
    return chosen if chosen in DIGITAL_FAMILIES else DIGITAL_FAMILIES[0]


def _whom(plan: Plan) -> str:
    return f"For a practitioner in {family_label(_family(plan)).lower()} in the plan's last month."


def _settings(plan: Plan) -> None:
    st.markdown(
        "Two levers that work in the same way (say, both on flexibility) reach many of the same "
        "people, so the second counts less. These weights are settings."
    )

    def commit(field: str, percentage: float) -> None:
        def change(each: Plan) -> Plan:
            weights = replace(each.combination, **{field: percentage / 100})
            return replace(each, combination=weights)

        redraw.after_joint(lambda: state.update_plan(change))

    for field, label in (
        ("within", "Second lever of the same kind counts, %"),
        ("across", "Second kind of lever counts, %"),
        ("floor", "Resignations never fall below, % of today's"),
        ("correlation", "Levers succeed or fail together, %"),
    ):
        number_pair(
            label,
            keys.field("levers", "combination", field),
            100 * getattr(plan.combination, field),
            Limits(0, 100, 5),
            lambda value, field=field: commit(field, value),  # type: ignore[misc]
        )
