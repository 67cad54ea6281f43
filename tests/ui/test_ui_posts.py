"""Dated changes of posts and planned events: added, changed, taken out, kept, and felt."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workforce.domain.plan import EventKind, PlannedEvent
from workforce.domain.planfile import PlanBook
from workforce.ui import keys

Dashboard = Any


@pytest.fixture
def posts(dashboard: Callable[..., Dashboard]) -> Dashboard:
    """The page Posts and hiring, short and with few futures."""
    session = dashboard("where-we-are-heading")
    session.app.selectbox(key=keys.DRAWS).set_value(500).run()
    session.app.selectbox(key=keys.HORIZON).set_value(24).run()
    session.app.selectbox(key=keys.FAMILY).set_value("data").run()
    return session.show("posts-and-hiring")


def _funded(session: Dashboard) -> list[float]:
    """Return the funded posts of the months that are projected."""
    tables = [each.value for each in session.check().app.dataframe]
    table = next(each for each in tables if "Funded posts (FTE)" in each.columns)
    return [float(each) for each in table["Funded posts (FTE)"].dropna()]


def _add_change(session: Dashboard, fte: float, *, decided: bool = False) -> Dashboard:
    session.open("posts.change.new.open")
    app = session.app
    app.selectbox(key="posts.change.new.family").set_value("data")
    app.number_input(key="posts.change.new.fte").set_value(fte)
    app.text_input(key="posts.change.new.reason").set_value("Agreed in the budget")
    (app.checkbox(key="posts.change.new.decided").check if decided else lambda: None)()
    app.button(key="posts.change.new.submit").click().run()
    return session.check()


def test_a_dated_change_is_added_felt_changed_and_taken_out(posts: Dashboard) -> None:
    before = _funded(posts)
    _add_change(posts, 4.0)
    change = posts.plan.demand.changes[0]
    assert (change.family, change.fte, change.reason) == ("data", 4.0, "Agreed in the budget")
    assert f"Change of posts added: +4 FTE data in {_month(posts, change.month)}" in posts.text
    after = _funded(posts)
    assert after[-1] - before[-1] == pytest.approx(4.0)
    assert after[0] == before[0], "not before its month"
    posts.open("posts.change.0.open")
    posts.app.number_input(key="posts.change.0.fte").set_value(-2.5)
    posts.click("posts.change.0.submit")
    assert posts.plan.demand.changes == (replace(change, fte=-2.5),)
    assert _funded(posts)[-1] - before[-1] == pytest.approx(-2.5)
    posts.click("posts.change.0.remove")
    assert posts.plan.demand.changes == ()
    assert _funded(posts) == before


def _month(session: Dashboard, month: int) -> str:
    from workforce.domain.months import month_name

    return month_name(month)


def test_an_impossible_change_gets_a_sentence_and_keeps_what_was_typed(posts: Dashboard) -> None:
    before = posts.plan
    _add_change(posts, 0.0)
    assert "A change of 0 FTE changes nothing" in posts.app.error[0].value
    assert posts.plan == before
    assert posts.app.text_input(key="posts.change.new.reason").value == "Agreed in the budget"
    _add_change(posts, 1e6)
    assert "must lie between" in posts.app.error[0].value
    assert posts.plan == before


def test_what_is_decided_anyway_holds_for_doing_nothing_and_every_scenario(
    posts: Dashboard,
) -> None:
    posts.app.text_input(key=keys.NEW_NAME).set_value("Second")
    posts.click(keys.NEW)
    _add_change(posts, -3.0, decided=True)
    assert [len(plan.demand.changes) for plan in posts.book.plans] == [1, 1]
    heading = posts.show("where-we-are-heading")
    assert "Decided anyway, and so part of it: −3 FTE data" in heading.text
    posts.show("results").open(keys.ORIGIN)
    choice = posts.app.selectbox(key="results.origin_scenario")
    assert _vacant_posts(posts, choice.options[0]) == _vacant_posts(posts, choice.options[1])
    posts.show("posts-and-hiring").open("posts.change.0.open")
    posts.app.checkbox(key="posts.change.0.decided").uncheck()
    posts.click("posts.change.0.submit")
    assert [len(plan.demand.changes) for plan in posts.book.plans] == [0, 1], "a choice again"


def _vacant_posts(session: Dashboard, scenario: str) -> str:
    session.app.selectbox(key="results.origin_scenario").select(scenario).run()
    tables = [each.value for each in session.check().app.dataframe]
    posts = next(each for each in tables if each.columns[0].startswith("End of"))
    return str(posts["FTE"].iloc[0])


def test_growth_may_be_decided_anyway(posts: Dashboard) -> None:
    posts.app.number_input(key="hiring.growth.data").set_value(-5.0).run()
    posts.app.checkbox(key="hiring.growth_decided").check().run()
    assert posts.check().plan.demand.growth_decided
    assert posts.plan.baseline().demand.growth("data") == pytest.approx(-0.05)


def test_events_are_kept_in_the_plan_file(posts: Dashboard) -> None:
    posts.open("posts.event.new.open")
    app = posts.app
    app.selectbox(key="posts.event.new.kind").set_value("transfer_out")
    app.selectbox(key="posts.event.new.family").set_value("data")
    app.number_input(key="posts.event.new.people").set_value(3)
    app.number_input(key="posts.event.new.posts_fte").set_value(2.5)
    app.text_input(key="posts.event.new.note").set_value("To the combined authority")
    posts.click("posts.event.new.submit")
    month = posts.plan.events[0].month
    assert posts.plan.events == (
        PlannedEvent(
            month, "data", 3, EventKind.TRANSFER_OUT, 2.5, note="To the combined authority"
        ),
    )
    assert "Transfer out: 3 people in data leave in" in posts.text
    assert PlanBook.from_json(posts.book.to_json()) == posts.book
    posts.show("results").open(keys.ORIGIN)
    tables = [each.value for each in posts.app.dataframe]
    account = next(each for each in tables if "In post after it (people)" in each)
    change = account.set_index("Line")["Change (people)"]
    assert change["Redundancies and transfers out"] == -3, "three people go in every future"
    posts.show("posts-and-hiring").open("posts.event.0.open")
    app.number_input(key="posts.event.0.people").set_value(0)
    app.number_input(key="posts.event.0.posts_fte").set_value(0.0)
    posts.click("posts.event.0.submit")
    assert "An event of nobody and no posts changes nothing" in app.error[0].value
    assert posts.plan.events[0].people == 3
    app.number_input(key="posts.event.0.posts_fte").set_value(-1.0)
    posts.click("posts.event.0.submit")
    assert "Planned event: posts must lie between 0 and" in app.error[0].value
    posts.click("posts.event.0.remove")
    assert posts.plan.events == ()
