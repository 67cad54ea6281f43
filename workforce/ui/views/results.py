"""Results: what the whole plan changes by when, how surely, and what that rests on."""

import streamlit as st

from workforce.domain.plan import BASELINE_NAME
from workforce.ui import assurance, circulation, engine, frames, keys, state
from workforce.ui.blocks.capacity import what_gets_done
from workforce.ui.blocks.choices import family_choice
from workforce.ui.blocks.costs import what_it_costs
from workforce.ui.blocks.figure import show_figure, table
from workforce.ui.blocks.guard import analysis_or_stop, run_or_stop
from workforce.ui.blocks.headline import headline
from workforce.ui.blocks.origin import where_it_comes_from
from workforce.ui.blocks.parts import what_closes_the_gap
from workforce.ui.blocks.results_file import results_download
from workforce.ui.evidence import evidence
from workforce.ui.pages import page
from workforce.ui.posts_words import hiring_words
from workforce.ui.verdict import rests_on, verdict

_MEASURES = ("vacancies", "fte", "establishment")
_TABLE = ("vacancy_rate", "vacancies", "headcount", "leavers")

st.title("Results")
plan = state.plan()
analysed = analysis_or_stop()
if engine.changes_nothing(plan):
    st.info(
        "This scenario changes nothing yet, so its results are those of doing nothing. Plan "
        "apprenticeships or switch levers on."
    )
    st.page_link(page("apprenticeships").file, label="Plan apprenticeships")
    st.page_link(page("levers").file, label="Choose levers")
planned = hiring_words(plan)
if planned:
    st.caption(f"Also planned here: {'; '.join(planned)}.")
st.page_link(page("posts-and-hiring").file, label="Change posts and hiring", icon=":material/work:")
with st.columns([1, 2])[0]:
    family = family_choice(analysed.families)
run, seen = run_or_stop(plan), circulation.observed()
assurance.keep_forecast(run, plan)
summary = run.summary(*_MEASURES)
last = run.projection.months[-1]
changes = {
    measure: engine.change(run, plan.name, measure, family)
    for measure in ("vacancies", "vacancy_rate", "leavers", "headcount")
}
st.markdown(verdict(changes["vacancies"], changes["vacancy_rate"], plan, last))
headline((changes["vacancy_rate"], changes["leavers"], changes["headcount"]))
st.markdown("**What this rests on**")
st.markdown("\n".join(f"- {line}" for line in rests_on(plan, seen.rates, evidence(), family)))

from workforce.charts import supply_demand, vacancies_with_without  # noqa: E402 - words first

as_of = analysed.history.as_of
figures = (
    vacancies_with_without(
        summary=summary,
        scenario=plan.name,
        as_of=as_of,
        family=family,
        now=seen.now("vacancies", family),
        mark=seen.mark,
        difference=changes["vacancies"].difference.triple,
    ),
    supply_demand(
        summary=summary,
        scenario=plan.name,
        as_of=as_of,
        family=family,
        history=seen.monthly,
        mark=seen.mark,
    ),
)
for figure in figures:
    show_figure(figure, "results", level=2, run=run)

parts = what_closes_the_gap(plan, run, family, as_of)
work = what_gets_done(plan, run, family, as_of)
costs = what_it_costs(plan, run, analysed.families, as_of)
origin = st.expander("Where does the headcount come from?", key=keys.ORIGIN, on_change="rerun")
if origin.open:
    with origin:
        where_it_comes_from(run, [plan.name, BASELINE_NAME], family, as_of, "results")
st.header("Every family")
table(
    frames.changes_table(engine.changes_by_family(run, plan.name, _TABLE), last, plan=plan.name),
    f"Every role family with “{plan.name}” and doing nothing",
)
st.caption(
    "Expected values; in brackets the range of 8 in 10 simulated futures. Leavers are added up "
    "over all months; the rest are those of the last one."
)
results_download(run, *parts, *work, *costs)
