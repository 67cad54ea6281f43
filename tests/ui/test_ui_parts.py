"""The Results page takes the change apart: a bar a part, adding up to the headline."""

from collections.abc import Callable

import pandas as pd
import pytest

from workforce.ui import keys


@pytest.fixture
def results(dashboard: Callable[..., object]) -> object:
    """The Results page of the example plan, short and with few futures."""
    session = dashboard("where-we-are-heading")
    session.app.selectbox(key=keys.DRAWS).set_value(500).run()
    session.app.selectbox(key=keys.HORIZON).set_value(24).run()
    return session.show("results")


def _parts(session: object) -> pd.DataFrame:
    tables = [each.value for each in session.app.dataframe]  # type: ignore[attr-defined]
    return next(table for table in tables if "Part of the plan" in table.columns)


def test_every_part_of_the_plan_has_a_bar_and_they_add_up(results) -> None:  # type: ignore[no-untyped-def]
    table = _parts(results)
    plan = results.plan
    names = [*(each.name for each in plan.active_levers), *(each.name for each in plan.programmes)]
    assert [*table["Part of the plan"]] == [
        "Doing nothing", *names, "Overlap between them", "The whole plan",
    ]  # fmt: skip
    change, level = table["Change (FTE)"], table["Level after it (FTE)"]
    # Each of the numbers is rounded to a tenth.
    assert level.iloc[0] + change.iloc[1:-1].sum() == pytest.approx(level.iloc[-1], abs=0.5)
    assert "Each bar between them is" in results.text


def test_another_measure_and_another_family_can_be_taken_apart(results) -> None:  # type: ignore[no-untyped-def]
    before = _parts(results)
    results.app.segmented_control(key="results.attributed").set_value("leavers").run()
    leavers = _parts(results.check())
    assert "Change (people)" in leavers.columns
    results.app.segmented_control(key="results.attributed").set_value("vacancies").run()
    results.app.selectbox(key=keys.FAMILY).set_value("cyber").run()
    cyber = _parts(results.check())
    assert cyber["Level after it (FTE)"].iloc[0] < before["Level after it (FTE)"].iloc[0]


def test_a_plan_that_changes_nothing_has_no_waterfall(dashboard) -> None:  # type: ignore[no-untyped-def]
    session = dashboard("results")
    session.app.text_input(key=keys.NEW_NAME).set_value("Empty")
    session.app.checkbox(key=keys.NEW_EMPTY).check()
    session.click(keys.NEW)
    session.show("results")
    assert not any("Part of the plan" in each.value.columns for each in session.app.dataframe)
