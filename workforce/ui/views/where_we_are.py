"""Where we are: people, posts, leaving and joining today, and how sure the rates are."""

from typing import Literal, cast

import streamlit as st

from workforce.ui import engine, frames, keys
from workforce.ui.blocks import steps
from workforce.ui.blocks.choices import family_choice, option
from workforce.ui.blocks.figure import show_figure, table
from workforce.ui.blocks.guard import analysis_or_stop
from workforce.ui.blocks.metrics import today

_PROFILES = {"tenure": "Length of service", "age": "Age", "grade": "Grade"}
_RATES = {
    "voluntary": "Resigning",
    "retirement": "Retiring",
    "other": "Other leaving",
    "time_to_hire": "Time to hire",
}

st.title("Where we are")
analysed = analysis_or_stop()
history = analysed.history
day = f"{analysed.as_of.day} {analysed.as_of:%B %Y}"
st.markdown(f"What we have and what we lose today: {engine.population()}, {day}.")
measures = engine.measures()
today(measures, history)

from workforce import charts  # noqa: E402 - Altair is loaded when the numbers above stand

posts, leaving, profile, rates = st.tabs(
    ["Posts and people", "Leaving and joining", "Profile", "How sure are the rates?"],
    key="where.tab",
    on_change="rerun",
)
shown = measures[measures["family"].isin(analysed.families)]
if posts.open:
    with posts:
        show_figure(charts.family_bars(measures=shown, as_of=history.as_of), "where", level=2)
        st.header("All measures by role family")
        table(frames.measures_table(measures), "Today's measures by role family")
if leaving.open:
    with leaving:
        if history.window is None:
            st.info(
                "Your files hold no leavers, so past leaving and joining cannot be shown. Add a "
                "leavers list on the Data page."
            )
        else:
            show_figure(charts.turnover_bars(measures=shown, as_of=history.as_of), "where", level=2)
            family = family_choice(analysed.families)
            show_figure(
                charts.monthly_history(monthly=history.monthly, as_of=history.as_of, family=family),
                "where",
                level=2,
            )
if profile.open:
    with profile:
        by = cast(
            Literal["tenure", "age", "grade"], option("Spread over", "where.profile", _PROFILES)
        )
        stock = history.stock[history.stock["family"].isin(analysed.families)]
        show_figure(charts.profile(stock=stock, by=by, as_of=history.as_of), "where", level=2)
if rates.open:
    with rates:
        st.markdown(
            "A small team's own leavers say little about next year. Each rate is drawn to a "
            "benchmark until your data outweigh it; the share of each is shown."
        )
        known = {row.measure for row in analysed.rates.table}
        which = option(
            "Rate", keys.RATE, {key: name for key, name in _RATES.items() if key in known}
        )
        show_figure(
            charts.rate_intervals(rates=analysed.rates.table, measure=which), "where", level=2
        )
        st.header("All rates")
        table(frames.rates_table(analysed.rates.table), "All rates with ranges and evidence")
if analysed.notes:
    with st.expander("What stands in for data that are missing"):
        st.markdown("\n".join(f"- {note}" for note in analysed.notes))
steps.next_page("where-we-are")
