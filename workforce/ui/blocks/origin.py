"""Where a number came from: people who were there, who goes, who comes; posts less people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from workforce.domain.months import month_name
from workforce.ui import circulation, engine, frames, keys
from workforce.ui.blocks.choices import hold, keep
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
    show_figure(_figure(found, as_of), place, level=3, run=run, folded="help")
    st.subheader(f"Why so many posts are vacant at the end of {month_name(last)}")
    st.markdown(vacancy_words(found))
    table(
        frames.posts_table(found),
        f"Funded posts, people in post and vacancies at the end of {month_name(last)}, in FTE",
    )


def _choices(run: engine.Run, scenarios: Sequence[str], place: str) -> tuple[str, int, int]:
    scenario, months = scenarios[0], list(run.projection.months)
    columns = st.columns(3 if len(scenarios) > 1 else 2)
    if len(scenarios) > 1:
        key = keys.field(place, "origin_scenario")
        hold(key, scenarios, scenario)
        scenario = columns[0].selectbox("Of which scenario", list(scenarios), key=key)
        keep(key, scenario)
    first = _month(columns[-2], "From the start of", f"{place}.origin_first", months, months[0])
    ends = [month for month in months if month >= first]
    last = _month(columns[-1], "To the end of", f"{place}.origin_last", ends, ends[-1])
    return scenario, first, last


def _month(where: Any, label: str, key: str, months: list[int], default: int) -> int:
    hold(key, months, default)
    chosen: int = where.selectbox(label, months, key=key, format_func=month_name)
    keep(key, chosen)
    return chosen


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
