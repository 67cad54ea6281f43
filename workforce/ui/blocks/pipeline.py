"""What becomes of apprentices: the flow from start to skilled post, and when."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.plan import Plan
from workforce.ui import circulation, engine
from workforce.ui.blocks.figure import show_figure
from workforce.ui.present import pipeline_words

if TYPE_CHECKING:
    import pandas as pd

    from workforce.disclosure import Published

__all__ = ["outcome", "without_running"]


def without_running(pipeline: "pd.DataFrame", seen: "Published") -> "pd.DataFrame":
    """Return the stages of planned programmes, and of those already running where they are shown.

    Args:
        pipeline: Stages by programme; `in-training/` begins the names of those already running,
            whose starts are people counted today.
        seen: What may be shown.
    """
    if seen.groups_in_training:
        return pipeline
    return pipeline[~pipeline["programme_id"].str.startswith("in-training/")]


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

    projection, seen = run.projection, circulation.observed()
    pipeline = without_running(projection.pipeline(plan.name), seen)
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
                mark=seen.mark,
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
