"""Where a number came from: the sum a reader can do again on the page."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from workforce.ui import keys

Dashboard = Any


def _account(session: Dashboard) -> pd.DataFrame:
    return next(
        each.value for each in session.app.dataframe if "In post after it (people)" in each.value
    )


def _posts(session: Dashboard) -> pd.Series:
    table = next(
        each.value for each in session.app.dataframe if each.value.columns[0].startswith("End of")
    )
    return table.set_index(table.columns[0])["FTE"].str.replace("−", "-").astype(float)


@pytest.fixture
def heading(dashboard: Callable[..., Dashboard]) -> Dashboard:
    """The page of doing nothing, short and with few futures."""
    session = dashboard("where-we-are-heading")
    session.app.selectbox(key=keys.DRAWS).set_value(500).run()
    session.app.selectbox(key=keys.HORIZON).set_value(24).run()
    return session.check()


def test_headcount_and_vacancies_add_up_on_the_page_to_the_digit(heading: Dashboard) -> None:
    table, posts = _account(heading), _posts(heading)
    change, after = table["Change (people)"], table["In post after it (people)"]
    assert after.iloc[0] + change.sum() == pytest.approx(after.iloc[-1], abs=1e-6)
    assert posts.iloc[:-1].sum() == pytest.approx(posts.iloc[-1], abs=1e-6)
    # The sentence holds the same numbers, and they add up too.
    said = next(
        each.value for each in heading.app.markdown if "people are in post at" in each.value
    )
    start, went = re.findall(r"([\d,.]+) (?:people are in post|are expected to go)", said)
    came = re.search(r"([\d,.]+) to come", said)
    left = re.search(r"That leaves \*\*([\d,.]+)\*\*", said)
    assert came is not None
    assert left is not None
    numbers = [float(each.replace(",", "")) for each in (start, went, came[1], left[1])]
    assert numbers[0] - numbers[1] + numbers[2] == pytest.approx(numbers[3], abs=1e-6)
    assert numbers[3] == after.iloc[-1]


def test_any_month_and_family_can_be_asked_about(heading: Dashboard) -> None:
    whole = _account(heading)
    app = heading.app
    months = app.selectbox(key="heading.origin_first").options
    app.selectbox(key="heading.origin_first").select(months[11]).run()
    app.selectbox(key="heading.origin_last").select(months[11]).run()
    one = _account(heading.check())
    assert one["Line"].iloc[0] == f"In post at the start of {months[11]}"
    assert one["Line"].iloc[-1] == f"In post at the end of {months[11]}"
    assert one["Change (people)"].abs().sum() < whole["Change (people)"].abs().sum()
    app.selectbox(key=keys.FAMILY).set_value("cyber").run()
    cyber = _account(heading.check())
    assert cyber["In post after it (people)"].iloc[0] < one["In post after it (people)"].iloc[0]


def test_the_first_month_may_not_lie_after_the_last(heading: Dashboard) -> None:
    app = heading.app
    months = app.selectbox(key="heading.origin_first").options
    app.selectbox(key="heading.origin_last").select(months[2]).run()
    app.selectbox(key="heading.origin_first").select(months[6]).run()
    heading.check()
    assert app.selectbox(key="heading.origin_last").options == months[6:]


def test_results_explain_the_plan_and_doing_nothing(heading: Dashboard) -> None:
    heading.show("results")
    assert not any("In post after it (people)" in each.value for each in heading.app.dataframe)
    heading.open(keys.ORIGIN)
    planned = _account(heading)
    assert planned.set_index("Line")["Change (people)"]["Apprentices take up a post"] > 0
    choice = heading.app.selectbox(key="results.origin_scenario")
    choice.select(choice.options[1]).run()
    nothing = _account(heading.check())
    first = "In post after it (people)"
    assert nothing[first].iloc[0] == planned[first].iloc[0], "both start from the same people"
    assert nothing[first].iloc[-1] != planned[first].iloc[-1]
