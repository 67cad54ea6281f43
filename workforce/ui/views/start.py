"""Start: what this is, and where to begin."""

import streamlit as st

from workforce.ui import state
from workforce.ui.blocks import steps
from workforce.ui.blocks.planfiles import open_example, open_plan
from workforce.ui.pages import page

st.title("Plan your digital workforce")
st.markdown(
    "See where your cyber, data and digital teams are heading, and what apprenticeships and "
    "non-pay measures would change.  \n"
    "Every figure comes with a range and says whose evidence it rests on: yours, or other "
    "people's.  \n"
    "Take the charts away as pictures or as Excel, and the plan as a file."
)
data = state.dataset()
if data.fictional:
    st.info(
        f"{data.name} is loaded so that every page works at once. It is fictional: no such "
        "council and no such people exist."
    )
else:
    st.info(f"You are looking at your own data: {data.name}.")

st.header("Begin")
first, second = st.columns(2)
with first, st.container(border=True, height="stretch"):
    st.subheader("Use my own data")
    st.write("Upload the spreadsheets your HR system gives you. Columns are recognised for you.")
    st.page_link(page("data").file, label="Go to Data", icon=":material/upload_file:")
with second, st.container(border=True, height="stretch"):
    st.subheader("Open a saved plan")
    open_plan("start")
    st.caption("Or look at one that comes with this software, fictional and with its sources:")
    open_example("start")

st.header("The steps")
steps.progress()

st.header("Your data stay with you")
st.markdown(
    "Files are processed on the machine that runs this page and are gone when you close it. "
    "Names and staff numbers are dropped as soon as a file is read; from then on there are only "
    "counts. Nothing about a single person is scored, shown or kept. Only your plans are saved, "
    "with what they were expected to lead to; they hold no staff data."
)
