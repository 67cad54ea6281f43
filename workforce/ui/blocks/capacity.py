"""What gets done: effective capacity on the Results page."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.plan import BASELINE_NAME, Plan
from workforce.ui import engine
from workforce.ui.blocks.figure import show_figure

if TYPE_CHECKING:
    from workforce.charts import Figure

__all__ = ["what_gets_done"]


def what_gets_done(plan: Plan, run: engine.Run, family: str, as_of: int) -> "list[Figure]":
    """Draw effective capacity of the plan on screen against funded posts.

    Args:
        plan: The plan on screen.
        run: Its run, with doing nothing.
        family: Family or `all`.
        as_of: Last observed month index.

    Returns:
        What was drawn, for the file of everything.
    """
    if "effective_capacity" not in run.projection.measures:
        return []
    from workforce.charts import effective_capacity

    figure = effective_capacity(
        summary=run.summary("effective_capacity", "fte", "establishment"),
        scenario=plan.name,
        baseline=BASELINE_NAME,
        as_of=as_of,
        family=family,
    )
    show_figure(figure, "results", level=2, run=run)
    parts = [
        engine.change(run, plan.name, measure, family) for measure in ("agency_fte", "mentor_fte")
    ]
    agency, mentors = (f"{each.plan.mean:,.1f}" for each in parts)
    st.caption(
        f"In the last month agency staff cover {agency} FTE of vacant posts on average, and "
        f"experienced colleagues give {mentors} FTE of their time to apprentices. How fast people "
        "get up to speed stands under “Prices and levy account” and on the Method page."
    )
    return [figure]
