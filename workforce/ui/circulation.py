"""Which view of observed counts is on screen, and what it lets through.

Protected is the view every session begins with. The working view is for one's own machine: where
the app is hosted for several people there is no switch.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from workforce.disclosure import DEFAULT_THRESHOLD, LinkedTable, Rule, protect
from workforce.domain.circulation import NOT_FOR_CIRCULATION, View
from workforce.domain.errors import UserError
from workforce.ui import engine, keys
from workforce.ui.blocks.controls import seed
from workforce.ui.paths import is_hosted, smallest_count

if TYPE_CHECKING:
    from workforce.disclosure import Published
    from workforce.disclosure.reasons import ReasonShares
    from workforce.workflow import Analysis

__all__ = ["banner", "counted", "observed", "reasons", "rule", "settings", "view"]

_STRICTEST = 20


def view() -> View:
    """Return the view on screen."""
    if is_hosted():
        return View.PROTECTED
    return View.WORKING if st.session_state.get(keys.WORKING, False) else View.PROTECTED


def rule() -> Rule:
    """Return the threshold: the installation's, or a stricter one of the user's."""
    least = _installed()
    return Rule(max(least, int(st.session_state.get(keys.SMALLEST, least))))


def _installed() -> int:
    try:
        return Rule(smallest_count(DEFAULT_THRESHOLD)).threshold
    except UserError:
        # A setting that cannot be used must not switch protection off.
        return DEFAULT_THRESHOLD


def settings() -> None:
    """Draw the settings of small counts in the sidebar."""
    with st.expander("Small counts of people"):
        st.caption(rule().sentence)
        least = _installed()
        seed(keys.SMALLEST, rule().threshold)
        st.number_input(
            "Smallest count shown",
            min_value=least,
            max_value=max(_STRICTEST, least),
            step=1,
            key=keys.SMALLEST,
            help="Your organisation may ask for more than this installation does, never for less.",
        )
        if is_hosted():
            st.caption("Here small counts are always protected.")
            return
        st.toggle(
            "Working view: show small counts",
            key=keys.WORKING,
            persist_state="session",
            help="On your own machine, to check your data. Not for circulation.",
        )


def banner() -> None:
    """Say on every page that the working view is on."""
    if view() is View.WORKING:
        st.warning(
            f"**{NOT_FOR_CIRCULATION}** Files you download now say so too. Switch back under "
            "“Small counts of people” on the left."
        )


def counted(counts: Mapping[str, int]) -> dict[str, str]:
    """Return counts of people as they may be shown; their sum is known from elsewhere.

    Args:
        counts: People by job title or leaving reason.
    """
    numbers = {name: f"{count:,}" for name, count in counts.items()}
    if view() is View.WORKING or not counts:
        return numbers
    table = LinkedTable()
    for name, count in counts.items():
        table.add(("one", name), count)
    table.add("all", sum(counts.values()), locked=True)
    table.tie("all", [("one", name) for name in counts])
    kept = protect(table, rule())
    return {name: kept.words.get(("one", name), text) for name, text in numbers.items()}


def observed() -> "Published":
    """Return what may be shown of the data on show."""
    analysed = engine.analysis()
    chosen, threshold = view(), rule().threshold
    if not analysed.fictional:
        return _own(analysed.digest, analysed.scope, str(chosen), threshold, analysed)
    return _shared(analysed.digest, analysed.scope, str(chosen), threshold, analysed)


def _observe(chosen: str, threshold: int, analysed: "Analysis") -> "Published":
    from workforce.workflow import observe

    return observe(analysed, engine.models(), Rule(threshold), View(chosen))


@st.cache_resource(show_spinner=False, max_entries=4)
def _shared(
    digest: str, scope: str, chosen: str, threshold: int, _analysed: "Analysis"
) -> "Published":
    return _observe(chosen, threshold, _analysed)


@st.cache_resource(show_spinner=False, max_entries=3, scope="session")
def _own(
    digest: str, scope: str, chosen: str, threshold: int, _analysed: "Analysis"
) -> "Published":
    return _observe(chosen, threshold, _analysed)


def reasons() -> "ReasonShares":
    """Return what those who resigned said, as far as it may be shown."""
    from workforce.disclosure.reasons import publish_reasons

    return publish_reasons(engine.analysis().reasons, rule(), view(), observed().resignations)
