"""Costs on the Results page: three views, prices that can be changed and are kept with the plan."""

from collections.abc import Callable
from typing import Any

import pytest

from workforce.domain.planfile import PlanBook
from workforce.ui import keys


@pytest.fixture
def results(dashboard: Callable[..., Any]) -> Any:
    """The Results page of the example plan, short and with few futures, prices open."""
    session = dashboard("where-we-are-heading")
    session.app.selectbox(key=keys.DRAWS).set_value(500).run()
    session.app.selectbox(key=keys.HORIZON).set_value(24).run()
    return session.show("results").open(keys.PRICES)


def _metric(session: Any, label: str) -> str:
    return str(next(each.value for each in session.app.metric if each.label == label))


def test_costs_stand_in_three_views_and_a_table(results: Any) -> None:
    for label in ("Your budget", "Public sector", "With time and work"):
        assert "£" in _metric(results, label)
    assert "the plan costs the budget" in results.text
    tables = [each.value for each in results.app.dataframe]
    lines = next(table for table in tables if "Paid by" in table.columns)
    employer = lines.set_index("Cost")["Change (£)"]
    own = lines[(lines["Kind"] == "money") & (lines["Paid by"] == "employer")]
    assert own["Change (£)"].sum() == pytest.approx(employer["Employer's budget"], abs=15)
    years = next(table for table in tables if "Financial year" in table.columns)
    assert years["Months"].sum() == 24


def test_prices_can_be_changed_are_kept_in_the_plan_file_and_can_go_back(results: Any) -> None:
    before = _metric(results, "Your budget")
    app = results.app
    app.number_input(key="prices.salary.cyber").set_value(90_000.0).run()
    assert results.check().book.money.prices.salary_of("cyber") == 90_000
    assert _metric(results, "Your budget") != before
    app.number_input(key="levy.inflow_per_year").set_value(400_000.0).run()
    assert results.check().book.money.levy.inflow_per_year == 400_000
    assert "Levy that expires unspent" in results.text
    kept = PlanBook.from_json(results.book.to_json())
    assert kept == results.book, "prices travel with the plan file"
    app.number_input(key="prices.agency_share").set_value(150.0).run()
    assert results.check().book.money.prices.agency_share == 0.25, "an impossible price is refused"
    assert "between 0% and 100%" in app.error[0].value
    results.click(keys.PRICES_RESET)
    assert results.book.money is None
    assert _metric(results, "Your budget") == before


def test_prices_hold_for_every_scenario(results: Any) -> None:
    results.app.number_input(key="prices.hire").set_value(9_000.0).run()
    results.app.text_input(key=keys.NEW_NAME).set_value("Second")
    results.click(keys.NEW)
    assert results.plan.name == "Second"
    assert results.book.money.prices.hire == 9_000
