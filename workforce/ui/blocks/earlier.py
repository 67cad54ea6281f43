"""A forecast saved earlier against what the data on show say happened."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.circulation import View
from workforce.domain.errors import UserError
from workforce.domain.forecast import SavedForecast
from workforce.domain.months import month_name
from workforce.ui import assurance, circulation, engine, keys, notices
from workforce.ui.blocks.choices import option
from workforce.ui.blocks.figure import show_figure, table

if TYPE_CHECKING:
    import pandas as pd

    from workforce.assurance import ScoredForecast

__all__ = ["earlier_forecast"]

_NAMES = {
    "leavers_total": "Leavers",
    "hires_total": "Starters",
    "headcount": "People in post",
    "vacancies": "Vacant FTE",
}


def earlier_forecast() -> None:
    """Draw what an earlier forecast got right and wrong."""
    st.markdown(
        "What did we say last time, and what came of it? A saved plan carries its forecast. Open "
        "one here after you have uploaded newer data."
    )
    key = "method.plan_file"
    st.file_uploader(
        "Plan file saved earlier (.json)", type=["json"], key=key, on_change=_open, args=(key,),
        max_upload_size=5,
    )  # fmt: skip
    found = assurance.earlier_forecasts()
    if not found:
        st.info(
            "There is no forecast from older data yet. From now on every saved plan keeps its "
            "forecast; so does this browser’s plan, each time its results are shown for your own "
            "data."
        )
        return
    labels = {str(place): _label(each) for place, each in enumerate(found)}
    chosen = option("Forecast", "method.earlier", labels)
    _compare(found[int(chosen)])


def _label(saved: SavedForecast) -> str:
    plan = saved.scenarios[-1]
    kind = ", fictional sample" if saved.fictional else ""
    return f"From data to {month_name(saved.as_of)}: “{plan}”{kind}"


def _open(key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    try:
        saved = assurance.take_forecast(file.getvalue())
    except UserError as refusal:
        notices.add("error", str(refusal))
        return
    if saved is None:
        notices.add(
            "warning",
            "This plan file holds no forecast: it was saved by an earlier version or without data.",
        )
        return
    st.session_state[keys.FORECAST] = saved
    if saved.as_of >= engine.analysis().history.as_of:
        notices.add(
            "info",
            f"This forecast was made from data to {month_name(saved.as_of)}. Nothing newer is on "
            "show to compare it with: upload newer data on the Data page.",
        )


def _compare(saved: SavedForecast) -> None:
    from workforce.assurance import score_forecast, score_sentences

    analysed = engine.analysis()
    observed = circulation.observed()
    if saved.fictional != analysed.fictional:
        st.warning("The forecast and the data on show are not of the same organisation.")
    try:
        scored = score_forecast(saved, analysed.history, engine.models().evidence)
    except UserError as refusal:
        st.error(str(refusal))
        return
    if circulation.view() is not View.WORKING:
        scored = scored.protected(observed.rule.shown)
    if len(scored.scenarios) > 1:
        scenario = option("Scenario", "method.scenario", {each: each for each in scored.scenarios})
    else:
        scenario = scored.scenarios[0]
    st.markdown(
        f"**In the {scored.horizon} months to {month_name(scored.last)}**\n\n"
        + "\n".join(f"- {each}" for each in score_sentences(scored, scenario))
    )
    _pictures(scored, scenario)
    for note in (*scored.notes, *observed.mark.note.splitlines()):
        st.caption(note)


def _pictures(scored: "ScoredForecast", scenario: str) -> None:
    from workforce.charts import scored_forecast

    rows = scored.months[scored.months["scenario"] == scenario]
    measures = {key: name for key, name in _NAMES.items() if (rows["measure"] == key).any()}
    if not measures:
        st.info(
            "Too few people left or started for their numbers to be shown. The working view on "
            "your own machine compares them."
        )
        return
    measure = option("Show", "method.scored_measure", measures)
    figure = scored_forecast(
        months=rows, scenario=scenario, measure=measure, as_of=scored.as_of,
        mark=circulation.observed().mark,
    )  # fmt: skip
    show_figure(figure, "method", level=2)
    st.header("All that was compared")
    table(_scores(scored, scenario), "What was expected and what came about")


def _scores(scored: "ScoredForecast", scenario: str) -> "pd.DataFrame":
    import pandas as pd

    from workforce.domain.families import family_label

    rows = scored.scores[scored.scores["scenario"] == scenario]
    return pd.DataFrame(
        {
            "Measure": rows["measure"].map(_NAMES),
            "Role family": rows["family"].map(family_label),
            "Expected": rows["mean"].round(1),
            "80% range": [
                f"{low:,.0f} to {high:,.0f}"
                for low, high in zip(rows["p10"], rows["p90"], strict=True)
            ],
            "Happened": rows["observed"].round(1),
            "Inside 80%": rows["inside80"].map({True: "yes", False: "no"}),
            "Inside 95%": rows["inside95"].map({True: "yes", False: "no"}),
            "Time before, repeated": rows["before"].round(1),
        }
    )
