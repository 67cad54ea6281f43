"""Everything of a result as one workbook."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.families import Family
from workforce.domain.plan import BASELINE_NAME
from workforce.ui import engine, frames, state
from workforce.ui.blocks.figure import EXCEL
from workforce.ui.evidence import evidence
from workforce.ui.provenance import provenance

if TYPE_CHECKING:
    import pandas as pd

    from workforce.charts import Figure
    from workforce.domain.plan import Plan
    from workforce.workflow import Analysis

__all__ = ["results_download", "results_figures"]

_MEASURES = (
    "vacancies", "headcount", "leavers", "hires", "fte", "establishment",
    "apprentices_in_training", "apprentices_converted",
)  # fmt: skip
_FANS = ("vacancies", "headcount", "leavers", "hires")


def results_figures(
    analysed: "Analysis",
    run: engine.Run,
    plan: "Plan",
    today: "pd.DataFrame",
    summary: "pd.DataFrame",
) -> "list[Figure]":
    """Return every figure of the pages, for all families together and the plan on screen.

    Args:
        analysed: The organisation.
        run: The plan and doing nothing.
        plan: The plan.
        today: Today's measures.
        summary: Summary of `_MEASURES`.
    """
    from workforce import charts
    from workforce.projection.summary import lever_table

    as_of = analysed.history.as_of
    shown = today[today["family"].isin(analysed.families)]
    figures = [charts.family_bars(measures=shown, as_of=as_of)]
    if analysed.history.window is not None:
        figures.append(charts.turnover_bars(measures=shown, as_of=as_of))
    figures.append(charts.rate_intervals(rates=analysed.rates.table))
    figures += [
        charts.fan(
            summary=summary,
            scenario=BASELINE_NAME,
            measure=measure,
            as_of=as_of,
            history=analysed.history.monthly,
            now=frames.now(today, measure, Family.ALL),
        )
        for measure in _FANS
    ]
    levers = lever_table(plan)
    if len(levers):
        figures.append(charts.lever_effects(levers=levers))
    pipeline = run.projection.pipeline(plan.name)
    if pipeline.loc[pipeline["stage"] == "starts", "mean"].sum() > 0:
        last = run.projection.months[-1]
        figures += [
            charts.pipeline_flow(pipeline=pipeline, scenario=plan.name, as_of=as_of, end=last),
            charts.cohort_timeline(summary=summary, scenario=plan.name, as_of=as_of),
        ]
    for family in (Family.ALL, *analysed.families):
        figures += [
            charts.vacancies_with_without(
                summary=summary,
                scenario=plan.name,
                as_of=as_of,
                family=family,
                now=frames.now(today, "vacancies", family),
                difference=engine.change(run, plan.name, "vacancies", family).difference.triple,
            ),
            charts.supply_demand(
                summary=summary,
                scenario=plan.name,
                as_of=as_of,
                family=family,
                history=analysed.history.monthly,
            ),
        ]
    return figures


def results_download(run: engine.Run) -> None:
    """Draw the button that downloads every figure, its data and the assumptions.

    Args:
        run: The plan on screen and doing nothing.
    """
    # All that the button needs is fetched now: it is made in another thread, without a session.
    analysed, plan, base = engine.analysis(), state.plan(), evidence()
    stamp, today = provenance(run), engine.measures()
    summary = run.summary(*_MEASURES)

    def make() -> bytes:
        from workforce.export import plan_assumptions, results_xlsx

        figures = results_figures(analysed, run, plan, today, summary)
        return results_xlsx(figures, stamp, plan_assumptions(plan, base))

    from workforce.export import safe_file_name

    st.download_button(
        "Download everything as Excel",
        data=make,
        file_name=safe_file_name(f"results_{plan.name}_{analysed.as_of.isoformat()}", ".xlsx"),
        mime=EXCEL,
        key="results.download",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
        help="Every chart with its data, the assumptions with sources, and where it comes from.",
    )
