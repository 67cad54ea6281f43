"""The example programme opens in one click, beside what is there, and after the data on show."""

from collections.abc import Callable
from typing import Any

import pytest

from workforce.domain.plan import Demand, DemandChange, Plan
from workforce.domain.planfile import PlanBook
from workforce.sample import PROGRAMME_NAME
from workforce.ui.example import EXAMPLE_NAME, with_programme
from workforce.ui.paths import EXAMPLE_PROGRAMME

Dashboard = Any


@pytest.mark.parametrize("page", ["start", "apprenticeships"])
def test_it_opens_in_one_click_and_the_other_scenarios_stay(
    dashboard: Callable[..., Dashboard], page: str
) -> None:
    session = dashboard(page)
    session.click(f"{page}.open_example")
    assert [each.name for each in session.book.plans] == [EXAMPLE_NAME, PROGRAMME_NAME]
    assert session.plan.name == PROGRAMME_NAME
    assert {each.horizon_months for each in session.book.plans} == {60}
    assert "your other scenarios are still there" in session.text
    if page == "apprenticeships":
        assert "Norfolk County Council" in session.text
        assert "apprenticeships.open_example" not in [each.key for each in session.app.button]


def test_it_moves_with_the_data_and_keeps_what_is_decided() -> None:
    text = EXAMPLE_PROGRAMME.read_text(encoding="utf-8")
    cut = DemandChange(12 * 2027, "data", -2.0, decided=True)
    mine = Plan("Mine", horizon_months=24, demand=Demand(changes=(cut,)))
    base = PlanBook((mine,), "Mine")
    here, later = (with_programme(base, text, shift).current() for shift in (0, 7))
    for before, after in zip(here.programmes, later.programmes, strict=True):
        assert after.first_start == before.first_start + 7
    assert later.demand.changes == (cut,), "one do-nothing holds for both scenarios"
