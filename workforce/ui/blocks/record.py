"""The track record: run it, read it, look at it."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.families import Family
from workforce.domain.months import parse_month
from workforce.ui import assurance, circulation, notices
from workforce.ui.blocks.candidates import candidates
from workforce.ui.blocks.choices import option
from workforce.ui.blocks.figure import show_figure, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from workforce.assurance import Backtest
    from workforce.charts import Figure

__all__ = ["run_button", "track_record", "with_progress"]

_YEAR = {
    "leavers_12m": "Leavers of a year",
    "hires_12m": "Starters of a year",
    "headcount": "People in post",
    "vacancies": "Open recruitment",
}
_MONTHS = {"leavers": "Leavers by month", "hires": "Starters by month"}


def track_record() -> None:
    """Draw how forecasts made from earlier dates would have done."""
    st.markdown(
        "Would it have been right before? Everything is done again as it would have been at "
        "earlier dates, with what was known then and nothing later, and held against what "
        "happened."
    )
    found = assurance.record()
    asked = run_button("the track record", "method.record", again=found is not None)
    if asked and with_progress("Forecasting from earlier dates", assurance.run_record):
        notices.add("success", "The track record is ready.")
        st.rerun()
    if found is None:
        st.caption("It takes from a few seconds to a minute.")
    else:
        _show(found)
    st.header("How resignations are fitted")
    candidates()


def run_button(what: str, key: str, *, again: bool) -> bool:
    """Draw the button that starts what takes a while; quieter where it has been done.

    Args:
        what: What is run.
        key: Key of the button.
        again: Whether it has been done.
    """
    if again:
        return st.button(f"Run {what} again", key=key, type="tertiary")
    return st.button(f"Run {what}", key=key, type="primary")


def with_progress(words: str, work: "Callable[[Callable[[float], None]], None]") -> bool:
    """Do something that takes a while, with a bar; a refusal is said in its place.

    Args:
        words: What is being done.
        work: Takes what is called with the share done.

    Returns:
        Whether it went through.
    """
    bar = st.progress(0.0, text=words)

    def report(share: float) -> None:
        bar.progress(min(1.0, share), text=words)

    try:
        work(report)
    except UserError as refusal:
        bar.empty()
        st.error(str(refusal))
        return False
    bar.empty()
    return True


def _show(found: "Backtest") -> None:
    from workforce import assurance as room

    if not found.origins:
        for note in found.notes:
            st.info(note)
        return
    observed = circulation.observed()
    st.markdown(f"**{room.verdict(found)}**")
    st.markdown("\n".join(f"- {each}" for each in room.track_record(found, observed.rule.shown)))
    drawable = {
        key: label
        for key, label in {**_YEAR, **_MONTHS}.items()
        if _rows(found, key, monthly=key in _MONTHS)
    }
    measure = option("Show", "method.record_measure", drawable)
    figure = _figure(found, measure)
    if figure is None:
        st.info(
            "This chart would show small counts of people, so it is left out here. The sentences "
            "above say how often ranges held; the working view on your own machine shows it."
        )
    else:
        show_figure(figure, "method", level=2)
    st.header("Beside simple methods")
    table(room.score_table(found), "Scores of this model and of three simple forecasts")
    st.caption(
        "Smaller errors are better: MASE 1 is the error of repeating the past. Good ranges hold "
        "50, 80 and 95 in 100. “Naive” repeats the last twelve months, “seasonal naive” the same "
        "month of last year."
    )
    for note in found.notes:
        st.caption(note)


def _rows(found: "Backtest", measure: str, *, monthly: bool) -> bool:
    rows = found.forecasts
    rows = rows[(rows["measure"] == measure) & (rows["family"] == Family.ALL)]
    return bool((rows["horizon"] < 12).any()) if monthly else bool((rows["horizon"] == 12).any())


def _figure(found: "Backtest", measure: str) -> "Figure | None":
    """Return the chart of all families together, `None` where it would show small counts."""
    from workforce import charts

    observed, rows = circulation.observed(), found.forecasts
    seen = rows[(rows["measure"] == measure) & (rows["family"] == Family.ALL)]
    build = charts.track_by_month if measure in _MONTHS else charts.track_record
    months = 12 if measure.endswith("_12m") else 1
    ends = [parse_month(str(month)) for month in seen["month"]]
    totals = {
        (end - months + 1, end, float(value))
        for end, value in zip(ends, seen["observed"], strict=True)
    }
    # Years that overlap, taken from each other, are the months by which they differ.
    if not observed.may_show(measure.removesuffix("_12m"), sorted(totals)):
        return None
    return build(forecasts=rows, measure=measure, mark=observed.mark)
