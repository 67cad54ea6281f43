"""Assumptions log, model card, evidence and duties: to read, and to take away."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.plan import Plan
from workforce.ui import assurance, circulation, engine, notices, state
from workforce.ui.blocks.figure import show_figure, table
from workforce.ui.blocks.record import run_button, with_progress
from workforce.ui.evidence import evidence

if TYPE_CHECKING:
    from workforce.assurance import Limits, Section
    from workforce.assurance.words import Line

__all__ = ["assumptions", "card", "fairness", "limits", "sections", "sources"]


def limits() -> "Limits":
    """Return what of the observed may not be shown."""
    from workforce.assurance import Limits

    observed = circulation.observed()
    return Limits(observed.notes, observed.withheld, observed.rule.shown)


def sections() -> "tuple[Section, ...]":
    """Return the model card of the data on show."""
    from workforce.assurance import model_card

    return model_card(
        assurance.about(),
        assurance.case(state.plan()),
        engine.analysis().history,
        record=assurance.record(),
        fairness=assurance.fairness(),
        not_modelled=assurance.not_modelled(),
        limits=limits(),
        choice=engine.analysis().choice,
    )


def assumptions() -> None:
    """Draw the assumptions log of the plan on screen."""
    from workforce.assurance import assumptions_log, log_frame

    plan = state.plan()
    st.markdown(
        "What does the result rest on, how well is it known, and how much hangs on it? "
        f"Scenario: “{plan.name}”."
    )
    known = assurance.effects(plan)
    asked = run_button("the check of what hangs on each", "method.trials", again=known is not None)
    words = "Moving each assumption to the ends of its range"
    if asked and with_progress(words, lambda report: assurance.run_trials(plan, report)):
        notices.add("success", "The impact of each assumption is computed.")
        st.rerun()
    lines = assumptions_log(
        assurance.case(plan),
        engine.analysis().history,
        evidence(),
        effects=known,
        record=assurance.record(),
        withheld=limits().withheld,
    )
    first = [line for line in lines if line.rank == 0]
    if first:
        st.markdown(
            "**Check first**: weakly known, and much hangs on it\n\n"
            + "\n".join(f"- {each.name}: {each.value} ({each.why})." for each in first)
        )
    else:
        st.markdown("Nothing that is weakly known moves the result much.")
    _impact(lines, plan)
    if known is None:
        st.caption(
            "Impacts are our judgement until you have them worked out, which takes up to a minute."
        )
    st.header("All assumptions")
    st.dataframe(
        log_frame(lines),
        alt="Assumptions with quality, impact and source",
        hide_index=True,
        column_config={
            "Assumption": st.column_config.TextColumn(width=330),
            "Value": st.column_config.TextColumn(width=150),
        },
    )
    st.caption(
        "Impact: the change of vacant FTE in the last month against half its 80% range; from a "
        "quarter it is high, from a tenth medium. Quality: good, fair or weak, for the reason "
        "given. “Check first” is weak with high impact."
    )


def _impact(lines: "tuple[Line, ...]", plan: Plan) -> None:
    """Draw what moves the result most; what may not be shown is left out."""
    import pandas as pd

    rows = [
        {"name": line.name, "low": line.effect.low, "high": line.effect.high,
         "base": line.effect.base}
        for line in lines
        if line.effect is not None and not line.secret
    ]  # fmt: skip
    if not rows:
        return
    from workforce.charts import impact_bars

    figure = impact_bars(
        effects=pd.DataFrame(rows),
        scenario=plan.name,
        end=engine.analysis().history.as_of + plan.horizon_months,
    )
    show_figure(figure, "method", level=2)


def card() -> None:
    """Draw the model card."""
    for section in sections():
        st.header(section.title)
        if section.sentences:
            st.markdown("\n".join(f"- {each}" for each in section.sentences))
        if section.table is not None and len(section.table):
            table(section.table, section.title)
    text = assurance.method_text()
    if text:
        with st.expander(
            "How it is computed, in full", key="method.full", on_change="rerun"
        ) as box:
            if box.open:
                st.markdown(text.replace("\n## ", "\n#### ").removeprefix("## "))


def fairness() -> None:
    """Draw the fairness check, or how to get one."""
    st.markdown(
        "Do forecasts hit every group alike? Protected characteristics enter no forecast. Where "
        "you ask for it, leavers of each group are held against those its roles, grades and "
        "lengths of service suggest."
    )
    found = assurance.fairness()
    if found is None:
        st.info(
            "No check was asked for. On the Data page, tick “Check that forecasts hit every group "
            "alike” before you confirm files that hold such columns."
        )
        return
    from workforce.charts import group_ratios

    mark = circulation.observed().mark
    for characteristic in found.rows["characteristic"].unique():
        rows = found.rows[found.rows["characteristic"] == characteristic]
        if not all(circulation.rule().shown(float(each)) for each in rows["observed"]):
            continue
        figure = group_ratios(groups=found.rows, characteristic=characteristic, mark=mark)
        show_figure(figure, "method", level=2)
    for note in found.notes:
        st.caption(note)


def sources() -> None:
    """Draw the evidence, what law and guidance ask, and the draft transparency record."""
    from workforce.assurance import duties, evidence_table, transparency_record

    base = evidence()
    st.header("Evidence behind the numbers")
    table(evidence_table(base, state.plan()), "Evidence with value, range, grade and source")
    st.caption(
        "Grades of levers: A large randomised studies, B good studies elsewhere, C limited, D weak "
        "or mixed, E practice only."
    )
    st.header("What law and guidance ask")
    table(duties(base), "Duties, and what is done here or left to you")
    st.caption("Not legal advice. “For you” marks what only your organisation can do.")
    st.header("Draft transparency record")
    st.caption("In the fields of the Algorithmic Transparency Recording Standard.")
    for section in transparency_record(assurance.about(), sections()):
        with st.expander(section.title):
            st.markdown("\n".join(f"- {each}" for each in section.sentences))
