"""Posts and hiring: which posts come or go, who goes with them, and how vacancies are filled."""

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.ui import circulation, engine, state
from workforce.ui.blocks import steps
from workforce.ui.blocks.choices import family_choice
from workforce.ui.blocks.dated import DECIDED_HELP
from workforce.ui.blocks.events import planned_events
from workforce.ui.blocks.figure import show_figure
from workforce.ui.blocks.guard import run_or_stop
from workforce.ui.blocks.hiring import recruitment
from workforce.ui.blocks.posts import funded_posts

st.title("Posts and hiring")
st.markdown(
    "Which posts come or go, and how are they filled? What you change here belongs to the scenario "
    f"on screen.  \n**Decided anyway:** {DECIDED_HELP[0].lower()}{DECIDED_HELP[1:]}"
)
plan = state.plan()
families: tuple[str, ...] = tuple(DIGITAL_FAMILIES)
known = False
try:
    families = engine.analysis().families
    known = True
except UserError as refusal:
    # Posts can be planned without data; what comes of them cannot be shown.
    st.error(str(refusal))

st.header("Funded posts")
funded_posts(plan, families)
st.header("Redundancies, transfers and restructures")
planned_events(plan)
st.header("Recruitment")
recruitment(plan)
if known:
    from workforce.charts import supply_demand

    st.divider()
    with st.columns([1, 2])[0]:
        family = family_choice(families)
    run, seen = run_or_stop(plan), circulation.observed()
    show_figure(
        supply_demand(
            summary=run.summary("vacancies", "fte", "establishment"),
            scenario=plan.name,
            as_of=run.projection.as_of,
            family=family,
            history=seen.monthly,
            mark=seen.mark,
        ),
        "posts",
        level=2,
        run=run,
    )
steps.next_page("posts-and-hiring")
