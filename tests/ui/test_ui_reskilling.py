"""Reskilling: a course of one's own, and where existing staff come from."""

from collections.abc import Callable
from typing import Any

import pytest

from workforce.domain.plan import Plan, Trainee
from workforce.domain.planfile import PlanBook
from workforce.ui import keys

Dashboard = Any


@pytest.fixture
def programmes(dashboard: Callable[..., Dashboard]) -> Dashboard:
    """The page Apprenticeships of a plan without programmes, short and with few futures."""
    session = dashboard("where-we-are-heading")
    session.app.selectbox(key=keys.DRAWS).set_value(500).run()
    session.app.session_state[keys.BOOK] = PlanBook(
        (Plan("Retrain", horizon_months=24),), "Retrain"
    )
    return session.show("apprenticeships")


def test_a_course_moves_people_from_one_family_to_another(programmes: Dashboard) -> None:
    app = programmes.app
    app.selectbox(key="apprenticeships.course.family").set_value("cyber").run()
    app.selectbox(key="apprenticeships.course.from.cyber").set_value("data").run()
    app.text_input(key="apprenticeships.course.name").set_value("Cyber conversion")
    app.number_input(key="apprenticeships.course.size").set_value(6)
    app.number_input(key="apprenticeships.course.months").set_value(6)
    app.number_input(key="apprenticeships.course.price").set_value(1200.0)
    programmes.click("apprenticeships.course.submit")
    course = programmes.plan.programmes[0]
    assert course.course_price == 1200
    assert (course.standard, course.from_family, course.family) == ("", "data", "cyber")
    assert (course.trainee, course.size, course.duration_months) == (Trainee.EXISTING_STAFF, 6, 6)
    assert "existing staff from data; own course, no public funding" in programmes.text
    programmes.show("results").open(keys.ORIGIN)
    app.selectbox(key=keys.FAMILY).set_value("data").run()
    account = next(
        each.value
        for each in programmes.check().app.dataframe
        if "In post after it (people)" in each.value
    ).set_index("Line")["Change (people)"]
    assert account["Move to another role family"] < -1, "they leave a post behind"


def test_the_price_of_a_course_can_be_changed_and_taken_away(programmes: Dashboard) -> None:
    app = programmes.app
    app.text_input(key="apprenticeships.course.name").set_value("Data for all")
    programmes.click("apprenticeships.course.submit")
    key = f"apprenticeships.{programmes.plan.programmes[0].programme_id}"
    assert programmes.plan.programmes[0].course_price is None
    programmes.open(f"{key}.open")
    app.number_input(key=f"{key}.course_price").set_value(900.0)
    programmes.click(f"{key}.submit")
    assert programmes.plan.programmes[0].course_price == 900
    app.number_input(key=f"{key}.course_price").set_value(None)
    programmes.click(f"{key}.submit")
    assert programmes.plan.programmes[0].course_price is None


def test_a_course_without_a_name_gets_a_sentence(programmes: Dashboard) -> None:
    programmes.click("apprenticeships.course.submit")
    assert "Give the course a name" in programmes.app.error[0].value
    assert programmes.plan.programmes == ()


def test_where_staff_come_from_can_be_changed_and_recruits_come_from_nowhere(
    programmes: Dashboard,
) -> None:
    programmes.click("apprenticeships.add.submit")
    programmes.open("apprenticeships.p1.open")
    app = programmes.app
    family = programmes.plan.programmes[0].family
    assert family not in app.selectbox(key="apprenticeships.p1.from_family").options
    other = "data" if family != "data" else "cyber"
    app.selectbox(key="apprenticeships.p1.trainee").set_value("existing_staff")
    app.selectbox(key="apprenticeships.p1.from_family").set_value(other)
    programmes.click("apprenticeships.p1.submit")
    assert programmes.plan.programmes[0].from_family == other
    app.selectbox(key="apprenticeships.p1.trainee").set_value("new_recruit")
    programmes.click("apprenticeships.p1.submit")
    assert programmes.plan.programmes[0].from_family == ""
    assert not app.error


def test_a_cap_on_apprentices_for_each_colleague_is_kept_felt_and_taken_away(
    programmes: Dashboard,
) -> None:
    app = programmes.app
    app.number_input(key="apprenticeships.add.size").set_value(40)
    programmes.click("apprenticeships.add.submit")
    assert "planned starts do not happen" not in programmes.text
    app.number_input(key="apprenticeships.mentor_cap").set_value(0.5).run()
    assert programmes.check().plan.mentor_cap == 0.5
    assert "planned starts do not happen" in programmes.text
    app.number_input(key="apprenticeships.mentor_cap").set_value(-1.0).run()
    assert "Apprentices per experienced colleague" in programmes.check().app.error[0].value
    assert programmes.plan.mentor_cap == 0.5
    app.number_input(key="apprenticeships.mentor_cap").set_value(None).run()
    assert programmes.check().plan.mentor_cap is None
    assert "No cap: cohorts start in full" in programmes.text
