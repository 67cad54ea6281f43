"""How far figures can be trusted, at a glance."""

import streamlit as st

from workforce.ui import assurance, circulation, engine, state
from workforce.ui.evidence import evidence
from workforce.ui.present import percent

__all__ = ["standing"]


def standing() -> None:
    """Draw three numbers: how often ranges held, whose data it is, what to check first."""
    from workforce.assurance import assumptions_log
    from workforce.assurance.structure import coverage

    found, plan = assurance.record(), state.plan()
    held = coverage(found) if found else None
    rows = {
        row.family: row
        for row in circulation.observed().rates
        if row.measure == "voluntary" and row.family == "all"
    }
    lines = assumptions_log(
        assurance.case(plan),
        engine.analysis().history,
        evidence(),
        effects=assurance.effects(plan),
        record=found,
        withheld=circulation.observed().withheld,
    )
    first = sum(line.rank == 0 for line in lines)
    numbers = (
        (
            "Yearly forecasts that held",
            f"{held[0]} of {held[1]}" if held else "not run yet" if found is None else "too short",
            "Forecasts of leavers over twelve months, made from earlier dates, that held in their "
            "80% range. Good ranges hold 8 in 10.",
        ),
        (
            "Your own data in the rates",
            percent(rows["all"].own_weight) if rows else "withheld",
            "Weight of your own leavers in the resignation rate of all families. The rest is a "
            "published benchmark; more people and years give more weight to yours.",
        ),
        (
            "Assumptions to check first",
            f"{first} of {len(lines)}",
            "Weakly known, and much hangs on them.",
        ),
    )
    for column, (label, value, note) in zip(st.columns(3), numbers, strict=True):
        column.metric(label, value, border=True, help=note)
