"""Small counts of people: protected from the first page on, shown only where one asks for it."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from workforce.domain.circulation import NOT_FOR_CIRCULATION, Circulation
from workforce.ui import circulation, engine, keys, organisation
from workforce.ui.blocks.figure import show_figure
from workforce.ui.paths import HOSTED_VARIABLE, SMALLEST_VARIABLE

Dashboard = Any
AS_OF = date(2026, 9, 30)
TEAM = (
    *["Cyber Security Analyst"] * 3, *["Data Analyst"] * 3, "Data Engineer", "Business Analyst",
    "Service Designer", "Delivery Manager", "IT Support Engineer", "Infrastructure Engineer",
)  # fmt: skip
GONE = ("Data Analyst", "Cyber Security Analyst", "Data Analyst", "Service Designer",
        "IT Support Engineer", "Cyber Security Analyst", "Delivery Manager")  # fmt: skip
TABS = ("Posts and people", "Leaving and joining", "Profile", "How sure are the rates?")


@pytest.fixture(scope="module")
def tiny() -> bytes:
    """A digital team of twelve with its leavers and funded posts."""
    book = Workbook()
    staff = book.active
    staff.title = "Staff"
    staff.append(["Employee ID", "Job title", "Grade", "FTE", "Start date", "Age", "As at"])
    for number, title in enumerate(TEAM):
        start = AS_OF - timedelta(days=200 + 260 * number)
        staff.append([f"E{number}", title, "G8", 1.0, start, 26 + 3 * number, AS_OF])
    leavers = book.create_sheet("Leavers")
    leavers.append(["Employee ID", "Job title", "Grade", "FTE", "Start date", "Leave date",
                    "Leaving reason"])  # fmt: skip
    for number, title in enumerate(GONE):
        left = AS_OF - timedelta(days=40 + 120 * number)
        start = left - timedelta(days=900)
        reason = "Retirement" if number == 2 else "Resignation"
        leavers.append([f"L{number}", title, "G8", 1.0, start, left, reason])
    posts = book.create_sheet("Establishment")
    posts.append(["Post ID", "Job title", "Grade", "Establishment FTE"])
    for number, title in enumerate((*TEAM, "Cyber Security Analyst", "Data Engineer")):
        posts.append([f"P{number}", title, "G8", 1.0])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def team(dashboard: Callable[..., Dashboard], tiny: bytes) -> Callable[[str], Dashboard]:
    """The tiny team on show."""

    def begin(page: str) -> Dashboard:
        session = dashboard("data")
        session.upload("data.upload.0", ("team.xlsx", tiny))
        session.click("data.confirm")
        return session.show(page)

    return begin


def words_of(session: Dashboard) -> str:
    """Everything that can be read: words, numbers, alternative texts, tables and charts' data."""
    tables = [str(each.value.to_dict()) for each in session.app.dataframe]
    charts = [str(each.proto) for each in session.elements("vega_lite_chart")]
    metrics = [f"{each.label}: {each.value}" for each in session.app.metric]
    return "\n".join([session.text, *tables, *charts, *metrics])


def test_page_of_a_team_of_twelve_still_says_something(team: Callable[[str], Dashboard]) -> None:
    session = team("where-we-are")
    shown = {each.label: each.value for each in session.app.metric}
    assert shown["People in post"] == "12"
    assert shown["Funded FTE"] == "14.0"
    assert shown["Turnover a year"].endswith("%"), "over a period long enough to be shown"
    table = session.app.dataframe[-1].value
    families = table[table["Role family"] != "All digital"]
    assert set(families["People"]) == {"fewer than 5"}, families["People"].tolist()
    assert set(families["FTE"]) == {"not shown"}
    assert set(families["Vacant FTE"]) == {"not shown"}, "funded less vacant are people in post"
    assert not families["Funded FTE"].isin(["not shown"]).any(), "posts are no people"
    for tab in TABS:
        session.open("where.tab", tab)
        assert not session.app.error
    session.show("where-we-are-heading")
    table = session.app.dataframe[-1].value
    assert len(table) == 5, "forecasts are given for every family"


def test_a_sum_that_starts_with_a_hidden_count_is_not_shown(
    team: Callable[[str], Dashboard],
) -> None:
    session = team("where-we-are-heading")

    def accounts() -> list[Any]:
        tables = [each.value for each in session.app.dataframe]
        return [each for each in tables if "In post after it (people)" in each]

    assert accounts()[0]["In post after it (people)"].iloc[0] == 12, "all together may be shown"
    session.app.selectbox(key=keys.FAMILY).set_value("cyber").run()
    assert accounts() == []
    assert "Too few people of this role family are in post today" in session.text
    session.app.toggle(key=keys.WORKING).set_value(True).run()
    assert accounts()[0]["In post after it (people)"].iloc[0] == 3


def test_hosted_app_has_no_switch_and_ignores_what_a_session_says(
    team: Callable[[str], Dashboard], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOSTED_VARIABLE, "1")
    session = team("where-we-are")
    assert keys.WORKING not in [each.key for each in session.app.toggle]
    session.app.session_state[keys.WORKING] = True
    session.run()
    assert NOT_FOR_CIRCULATION not in session.text
    assert "fewer than 5" in words_of(session)


def test_working_view_is_said_on_every_page(team: Callable[[str], Dashboard]) -> None:
    session = team("where-we-are")
    assert NOT_FOR_CIRCULATION not in session.text, "protected is where everybody begins"
    session.app.toggle(key=keys.WORKING).set_value(True).run()
    session.check()
    table = session.app.dataframe[-1].value
    assert table.loc[table["Role family"] == "Cyber security", "People"].tolist() == ["3"]
    for page in ("where-we-are", "where-we-are-heading", "results", "data"):
        assert NOT_FOR_CIRCULATION in session.show(page).text, page


def test_smallest_count_of_the_installation_can_only_be_raised(
    dashboard: Callable[..., Dashboard], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SMALLEST_VARIABLE, "10")
    session = dashboard("where-we-are")
    box = session.app.number_input(key=keys.SMALLEST)
    assert (box.value, box.min) == (10, 10)
    assert "Counts of 1 to 9 people are not shown" in session.text
    monkeypatch.setenv(SMALLEST_VARIABLE, "0")
    assert circulation._installed() == 5, "a setting that cannot be used protects as before"


def test_figure_without_a_mark_is_not_shown() -> None:
    from dataclasses import replace

    from workforce.charts import family_bars
    from workforce.disclosure import Rule
    from workforce.domain.circulation import Mark, View
    from workforce.workflow import observe

    analysed = organisation.sample_analysis(str(organisation.SAMPLE_WORKBOOK))
    seen = observe(analysed, engine.models(), Rule(), View.PROTECTED)
    rows = seen.measures[seen.measures["family"].isin(seen.families)]
    figure = family_bars(measures=rows, as_of=analysed.history.as_of)
    with pytest.raises(ValueError, match="disclosure control"):
        show_figure(figure, "test")
    assert replace(figure, mark=Mark(Circulation.PROTECTED)).checked().circulation == "protected"
