"""Everything of a result as one workbook."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.families import Family
from workforce.domain.plan import BASELINE_NAME
from workforce.ui import circulation, engine, state
from workforce.ui.blocks.figure import EXCEL
from workforce.ui.blocks.pipeline import without_running
from workforce.ui.blocks.present_day import difference_figures, posts_figure, turnover_figure
from workforce.ui.evidence import evidence
from workforce.ui.provenance import provenance

if TYPE_CHECKING:
    import pandas as pd

    from workforce.charts import Figure
    from workforce.disclosure import Published
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
    seen: "Published",
    summary: "pd.DataFrame",
) -> "list[Figure]":
    """Return every figure of the pages, for all families together and the plan on screen.

    Args:
        analysed: The organisation.
        run: The plan and doing nothing.
        plan: The plan.
        seen: What may be shown of what was observed.
        summary: Summary of `_MEASURES`.
    """
    from workforce import charts
    from workforce.projection.summary import lever_table

    as_of = analysed.history.as_of
    figures = [posts_figure(seen, as_of)]
    if analysed.history.window is not None:
        figures.append(turnover_figure(seen, as_of))
    figures += difference_figures(seen).values()
    if any(row.measure == "voluntary" for row in seen.rates):
        figures.append(charts.rate_intervals(rates=seen.rates, mark=seen.mark))
    figures += [
        charts.fan(
            summary=summary,
            scenario=BASELINE_NAME,
            measure=measure,
            as_of=as_of,
            history=seen.monthly,
            now=seen.now(measure, Family.ALL),
            mark=seen.mark,
        )
        for measure in _FANS
    ]
    levers = lever_table(plan)
    if len(levers):
        figures.append(charts.lever_effects(levers=levers))
    pipeline = without_running(run.projection.pipeline(plan.name), seen)
    if pipeline.loc[pipeline["stage"] == "starts", "mean"].sum() > 0:
        last = run.projection.months[-1]
        figures += [
            charts.pipeline_flow(
                pipeline=pipeline, scenario=plan.name, as_of=as_of, end=last, mark=seen.mark
            ),
            charts.cohort_timeline(summary=summary, scenario=plan.name, as_of=as_of),
        ]
    for family in (Family.ALL, *analysed.families):
        figures += [
            charts.vacancies_with_without(
                summary=summary,
                scenario=plan.name,
                as_of=as_of,
                family=family,
                now=seen.now("vacancies", family),
                mark=seen.mark,
                difference=engine.change(run, plan.name, "vacancies", family).difference.triple,
            ),
            charts.supply_demand(
                summary=summary,
                scenario=plan.name,
                as_of=as_of,
                family=family,
                history=seen.monthly,
                mark=seen.mark,
            ),
        ]
    return figures


def results_download(run: engine.Run, *more: "Figure") -> None:
    """Draw the button that downloads every figure, its data and the assumptions.

    Args:
        run: The plan on screen and doing nothing.
        more: Further figures on the page, after the others.
    """
    # All that the button needs is fetched now: it is made in another thread, without a session.
    analysed, plan, base = engine.analysis(), state.plan(), evidence()
    stamp, seen = provenance(run), circulation.observed()
    summary = run.summary(*_MEASURES)

    def make() -> bytes:
        from workforce.export import plan_assumptions, results_xlsx

        figures = results_figures(analysed, run, plan, seen, summary)
        return results_xlsx([*figures, *more], stamp, plan_assumptions(plan, base))

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
