"""Where we are: people, posts, leaving and joining today, and how sure the rates are."""

from typing import Literal, cast

import streamlit as st

from workforce.ui import circulation, engine, frames, keys
from workforce.ui.blocks import steps
from workforce.ui.blocks.choices import family_choice, option
from workforce.ui.blocks.differences import show_differences
from workforce.ui.blocks.figure import show_figure, table
from workforce.ui.blocks.guard import analysis_or_stop
from workforce.ui.blocks.metrics import today
from workforce.ui.blocks.present_day import posts_figure, turnover_figure

_PROFILES = {"tenure": "Length of service", "age": "Age", "grade": "Grade"}
_RATES = {
    "voluntary": "Resigning",
    "retirement": "Retiring",
    "end_of_contract": "Contracts ending",
    "other": "Other leaving",
    "moves": "Moving to another role family",
    "time_to_hire": "Time to hire",
}

st.title("Where we are")
analysed = analysis_or_stop()
day = f"{analysed.as_of.day} {analysed.as_of:%B %Y}"
st.markdown(f"What we have and what we lose today: {engine.population()}, {day}.")
seen = circulation.observed()
today(seen)

from workforce import charts  # noqa: E402 - Altair is loaded when the numbers above stand

posts, leaving, groups, profile, rates = st.tabs(
    [
        "Posts and people",
        "Leaving and joining",
        "Directorates and jobs",
        "Profile",
        "How sure are the rates?",
    ],
    key="where.tab",
    on_change="rerun",
)
as_of = analysed.history.as_of
if posts.open:
    with posts:
        show_figure(posts_figure(seen, as_of), "where", level=2)
        st.header("All measures by role family")
        table(frames.measures_table(seen), "Today's measures by role family")
        for remark in seen.remarks:
            st.caption(remark)
if leaving.open:
    with leaving:
        if analysed.history.window is None:
            st.info(
                "Your files hold no leavers, so past leaving and joining cannot be shown. Add a "
                "leavers list on the Data page."
            )
        else:
            show_figure(turnover_figure(seen, as_of), "where", level=2)
            family = family_choice(analysed.families)
            try:
                figure = charts.monthly_history(
                    monthly=seen.monthly, as_of=as_of, family=family, mark=seen.mark
                )
            except ValueError:
                st.info(
                    "Too few people of this role family joined or left for their months to be "
                    "shown, even added up over years. All families together are shown where there "
                    "are enough."
                )
            else:
                show_figure(figure, "where", level=2)
if groups.open:
    with groups:
        show_differences(seen)
if profile.open:
    with profile:
        by = cast(
            Literal["tenure", "age", "grade"], option("Spread over", "where.profile", _PROFILES)
        )
        bands = seen.bands[by]
        if bands["people"].notna().any():
            show_figure(
                charts.profile(stock=bands, by=by, as_of=as_of, mark=seen.mark), "where", level=2
            )
        else:
            st.info("Too few people are in post for this to be shown.")
if rates.open:
    with rates:
        st.markdown(
            "A small team's own leavers say little about next year. Each rate is drawn to a "
            "benchmark until your data outweigh it; the share of each is shown."
        )
        known = {row.measure for row in seen.rates}
        names = {key: name for key, name in _RATES.items() if key in known}
        if names:
            which = option("Rate", keys.RATE, names)
            show_figure(
                charts.rate_intervals(rates=seen.rates, measure=which, mark=seen.mark),
                "where",
                level=2,
            )
        else:
            st.info(
                "Too few people left for rates of your own to be shown. The forecasts use them, "
                "drawn to the benchmarks below."
            )
        st.header("All rates")
        table(frames.rates_table(seen.rates, seen.withheld), "All rates with ranges and evidence")
if seen.notes:
    with st.expander("What stands in for data that are missing"):
        st.markdown("\n".join(f"- {note}" for note in seen.notes))
steps.next_page("where-we-are")
