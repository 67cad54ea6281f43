"""Where we are heading: the months to come if nothing is changed."""

import streamlit as st

from workforce.domain.families import Family
from workforce.domain.plan import BASELINE_NAME
from workforce.ui import assurance, circulation, engine, frames, keys, state
from workforce.ui.blocks import steps
from workforce.ui.blocks.candidates import candidates
from workforce.ui.blocks.choices import family_choice, option
from workforce.ui.blocks.figure import show_figure, table
from workforce.ui.blocks.guard import analysis_or_stop, run_or_stop
from workforce.ui.blocks.origin import where_it_comes_from
from workforce.ui.posts_words import decided_words

_MEASURES = {
    "vacancies": "Vacancies",
    "headcount": "Headcount",
    "leavers": "Leavers",
    "hires": "Joiners",
}

st.title("Where we are heading")
st.markdown(
    "What happens if we change nothing: people leave, retire and are recruited as they have been. "
    "This is a range of futures, not a forecast of one."
)
analysed = analysis_or_stop()
decided = decided_words(state.plan())
if decided:
    st.info(f"Decided anyway, and so part of it: {'; '.join(decided)}.")
left, right = st.columns([1, 2])
with left:
    family = family_choice(analysed.families)
with right:
    measure = option("Show", keys.MEASURE, _MEASURES)

run, seen = run_or_stop(), circulation.observed()
ahead = assurance.vacancies_ahead(run, *_MEASURES)
vacancies = measure == "vacancies" and family == Family.ALL

from workforce.charts import fan  # noqa: E402 - Altair is loaded when the words above stand

show_figure(
    fan(
        summary=ahead.summary,
        scenario=BASELINE_NAME,
        measure=measure,
        as_of=analysed.history.as_of,
        family=family,
        history=seen.monthly,
        now=seen.now(measure, family),
        mark=seen.mark,
    ).noted(ahead.label if vacancies else ""),
    "heading",
    level=2,
    run=run,
)
if vacancies:
    st.caption(ahead.sentence)
st.header("Where does the number come from?")
where_it_comes_from(run, [BASELINE_NAME], family, analysed.history.as_of, "heading")
st.header("Every family")
changes = engine.changes_by_family(run, BASELINE_NAME, list(_MEASURES))
table(
    frames.changes_table(changes, run.projection.months[-1]),
    "Vacancies, headcount, leavers and joiners of every role family if nothing is changed",
)
st.caption(
    "Expected values; in brackets the range of 8 in 10 simulated futures. Leavers and joiners are "
    "added up over all months, vacancies (FTE) and headcount are those of the last one."
)
st.header("Why this rate of resigning")
candidates()
if seen.notes:
    with st.expander("What stands in for data that are missing"):
        st.markdown("\n".join(f"- {note}" for note in seen.notes))
steps.next_page("where-we-are-heading")
