"""Method and assurance: how far the figures can be trusted, and why."""

import streamlit as st

from workforce.ui.blocks import earlier, paper, record
from workforce.ui.blocks.documents import documents
from workforce.ui.blocks.guard import analysis_or_stop
from workforce.ui.blocks.trust import standing

st.title("Method and assurance")
st.markdown("How far can these figures be trusted, and what do they rest on?")
analysis_or_stop()
standing()
PARTS = {
    "Track record": record.track_record,
    "An earlier forecast": earlier.earlier_forecast,
    "Assumptions": paper.assumptions,
    "Model card": paper.card,
    "Fairness": paper.fairness,
    "Evidence and duties": paper.sources,
}
for tab, draw in zip(
    st.tabs(list(PARTS), key="method.tab", on_change="rerun"), PARTS.values(), strict=True
):
    if tab.open:
        with tab:
            draw()
st.header("Take it away")
st.caption("Model card, assumptions log, evidence, duties and the draft transparency record.")
documents()
