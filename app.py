"""The dashboard's page list. Run with `streamlit run app.py`."""

import streamlit as st

from workforce.ui import circulation, engine, notices, sidebar, state
from workforce.ui.pages import PAGES
from workforce.ui.paths import FAVICON

st.set_page_config(page_icon=FAVICON, layout="wide", initial_sidebar_state="auto")
state.begin()
page = st.navigation(
    [
        st.Page(each.file, title=each.title, icon=each.icon, url_path=each.path, default=not index)
        for index, each in enumerate(PAGES)
    ]
)
sidebar.show()
notices.show()
circulation.banner()
page.run()
engine.warm_up()
