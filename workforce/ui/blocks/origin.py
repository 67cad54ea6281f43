"""Where a number came from: people who were there, who goes, who comes; posts less people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import streamlit as st

from workforce.domain.months import month_name
from workforce.ui import circulation, engine, frames, keys
from workforce.ui.blocks.figure import show_figure, table
from workforce.ui.present import account_words, vacancy_words

if TYPE_CHECKING:
    from workforce.charts import Figure
    from workforce.projection.accounts import Account

__all__ = ["where_it_comes_from"]

_HIDDEN: Final = (
    "Too few people of this role family are in post today for a sum that starts with them to be "
    "shown. Choose all families together."
)


def where_it_comes_from(
    run: engine.Run, scenarios: Sequence[str], family: str, as_of: int, place: str
) -> None:
    """Let the user choose months, and draw where the number at their end comes from.

    Args:
        run: The run on screen.
        scenarios: Scenarios of the run to choose from, the one shown first in front.
        family: Family or `all`.
        as_of: Last observed month index.
        place: Where it stands; keeps its widgets apart.
    """
    seen = circulation.observed()
    if seen.hides(str(family), "headcount"):
        # Opening and flows would add up to the count that is not shown today.
        st.info(_HIDDEN)
        return
    scenario, first, last = _choices(run, scenarios, place)
    found = engine.account(run, scenario, family, first, last)
    st.markdown(account_words(found))
    show_figure(_figure(found, as_of), place, level=3, run=run, narrow=True)
    st.subheader(f"Why so many posts are vacant at the end of {month_name(last)}")
    st.markdown(vacancy_words(found))
    table(
        frames.posts_table(found),
        f"Funded posts, people in post and vacancies at the end of {month_name(last)}, in FTE",
    )


def _choices(run: engine.Run, scenarios: Sequence[str], place: str) -> tuple[str, int, int]:
    months = list(run.projection.months)
    first_key, last_key = keys.field(place, "origin_first"), keys.field(place, "origin_last")
    if st.session_state.get(first_key) not in months:
        st.session_state[first_key] = months[0]
    scenario = scenarios[0]
    columns = st.columns(3 if len(scenarios) > 1 else 2)
    if len(scenarios) > 1:
        scenario = columns[0].selectbox(
            "Of which scenario", list(scenarios), key=keys.field(place, "origin_scenario"),
            persist_state="session",
        )  # fmt: skip
    first = columns[-2].selectbox(
        "From the start of", months, key=first_key, format_func=month_name, persist_state="session"
    )
    ends = [month for month in months if month >= first]
    if st.session_state.get(last_key) not in ends:
        st.session_state[last_key] = ends[-1]
    last = columns[-1].selectbox(
        "To the end of", ends, key=last_key, format_func=month_name, persist_state="session"
    )
    return scenario, first, last


def _figure(found: "Account", as_of: int) -> "Figure":
    import pandas as pd

    from workforce.charts import headcount_account

    return headcount_account(
        flows=pd.DataFrame([(each.key, each.shown) for each in found.flows],
                           columns=["key", "shown"]),
        levels=(found.opening.shown, found.closing.shown),
        months=(found.first, found.last),
        scenario=found.scenario,
        as_of=as_of,
        family=found.family,
        mark=circulation.observed().mark,
    )  # fmt: skip
