"""A bare app: a slider, and the chart of the Levers page drawn from a constant table.

Run by `benchmarks.slider`, which hands over the table and the settings of the chart. The slider
moves the middle of the range by a tenth of a post: the picture changes, nothing is computed.
"""

import os
import pickle

import streamlit as st

from workforce.charts import vacancies_with_without

st.set_page_config(layout="wide")


@st.cache_resource
def constant() -> dict:
    """Return what the chart was drawn from on the page."""
    with open(os.environ["BARE_CHART"], "rb") as handle:
        return pickle.load(handle)  # noqa: S301 - written by the benchmark itself


given = dict(constant())
moved = st.slider("Move", 0, 100, 50)
middle = given["summary"][["mean", "p50"]] + moved / 10
given["summary"] = given["summary"].assign(mean=middle["mean"], p50=middle["p50"])
figure = vacancies_with_without(**given)
st.altair_chart(figure.chart, width="stretch")
