"""What becomes of apprentices: the flow from start to skilled post, and when."""

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.plan import Plan
from workforce.ui import engine
from workforce.ui.blocks.figure import show_figure
from workforce.ui.present import pipeline_words

__all__ = ["outcome"]


def outcome(plan: Plan) -> None:
    """Draw the flow and the timeline of a plan's apprentices, and say what comes of them.

    Args:
        plan: The plan.
    """
    try:
        run = engine.project(plan)
    except UserError as refusal:
        # The programmes can be planned without data; what becomes of them cannot be shown.
        st.error(str(refusal))
        return
    from workforce.charts import cohort_timeline, pipeline_flow

    projection = run.projection
    pipeline = projection.pipeline(plan.name)
    starts = pipeline[pipeline["stage"] == "starts"]["mean"].sum()
    if starts <= 0:
        st.info("No cohort starts within the months that are looked at. Look further ahead.")
        return
    flow, timeline = st.tabs(
        ["What becomes of them", "When"], key="apprenticeships.tab", on_change="rerun"
    )
    if flow.open:
        with flow:
            st.markdown(pipeline_words(pipeline))
            figure = pipeline_flow(
                pipeline=pipeline,
                scenario=plan.name,
                as_of=projection.as_of,
                end=projection.months[-1],
            )
            show_figure(figure, "apprenticeships", level=2, run=run)
    if timeline.open:
        with timeline:
            figure = cohort_timeline(
                summary=run.summary("apprentices_in_training", "apprentices_converted"),
                scenario=plan.name,
                as_of=projection.as_of,
            )
            show_figure(figure, "apprenticeships", level=2, run=run)
