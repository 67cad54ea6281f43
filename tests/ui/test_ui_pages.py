"""Every page stands up with the sample, without any data, and to somebody who cannot see it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workforce.domain.errors import UserError
from workforce.domain.families import Family
from workforce.domain.plan import BASELINE_NAME, Plan
from workforce.domain.planfile import PlanBook
from workforce.ui import engine, keys, organisation
from workforce.ui.pages import PAGES, following, page

Dashboard = Any
NEEDS_DATA = ("where-we-are", "where-we-are-heading", "results", "method-and-assurance")
TABS = {
    "where-we-are": (
        "where.tab",
        (
            "Posts and people",
            "Leaving and joining",
            "Directorates and jobs",
            "Profile",
            "How sure are the rates?",
        ),
    ),
    "apprenticeships": ("apprenticeships.tab", ("What becomes of them", "When")),
}


@pytest.mark.parametrize("name", [each.path for each in PAGES])
def test_page_runs_with_the_sample(dashboard: Callable[..., Dashboard], name: str) -> None:
    session = dashboard(name)
    assert len(session.app.title) == 1, "a page has one title"
    assert not session.app.error, [each.value for each in session.app.error]


@pytest.mark.parametrize("name", [each.path for each in PAGES])
def test_page_without_data_says_so_and_goes_on(
    dashboard: Callable[..., Dashboard], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisation, "SAMPLE_WORKBOOK", Path("nowhere") / "sample.xlsx")
    session = dashboard(name)
    said = [each.value for each in session.app.error]
    if name in NEEDS_DATA:
        assert any("Upload your own files on the Data page" in each for each in said)
    if name in {"apprenticeships", "levers"}:
        assert session.plan.programmes, "plans can be made without data"
        assert any("sample organisation is missing" in each for each in said)
    if name in {"start", "data"}:
        assert not said


@pytest.mark.parametrize("name", [each.path for each in PAGES])
def test_every_chart_and_table_has_an_alternative_text(
    dashboard: Callable[..., Dashboard], name: str
) -> None:
    session = dashboard(name)
    key, labels = TABS.get(name, ("", ("",)))
    for label in labels:
        if label:
            session.open(key, label)
        charts = session.elements("vega_lite_chart")
        for chart in charts:
            assert len(chart.proto.alt) > 60, f"{name} {label}: a chart without words"
            assert any(sign.isdigit() for sign in chart.proto.alt), "the words carry the numbers"
        for table in session.elements("dataframe"):
            assert table.proto.alt, f"{name} {label}: a table without a name"
        if label:
            assert charts, f"{name} {label}: no chart"


def test_pages_of_later_work_are_absent_and_each_page_has_its_script(root: Path) -> None:
    scripts = {each.name for each in (root / "workforce" / "ui" / "views").glob("*.py")}
    assert scripts - {"__init__.py"} == {Path(each.file).name for each in PAGES}


def test_the_way_on_leads_through_every_page_in_order() -> None:
    path, walked = "start", ["start"]
    while (after := following(path)) is not None:
        path = after.path
        walked.append(path)
    assert walked == [each.path for each in PAGES]
    with pytest.raises(KeyError):
        page("compare")


def test_sample_is_named_as_fictional_on_every_page(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard()
    for each in PAGES:
        assert "Fictional sample" in session.show(each.path).text, each.path


def test_a_plan_that_does_nothing_is_said_to_do_nothing(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard()
    session.app.session_state[keys.BOOK] = PlanBook((Plan("Nothing"),), "Nothing")
    session.show("results")
    assert "changes nothing yet" in session.text
    assert "makes no difference to vacancies" in session.text
    assert session.app.metric[0].delta == "+0.0 points"


def test_results_show_what_the_engine_computed(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("results")
    plan = session.plan
    from workforce.workflow import run_plans

    analysed = organisation.sample_analysis(str(organisation.SAMPLE_WORKBOOK))
    projection = run_plans(analysed, engine.models(), [plan], draws=1000, seed=1)
    rate = projection.values(plan.name, "vacancy_rate", Family.ALL)[:, -1].mean()
    base = projection.values(BASELINE_NAME, "vacancy_rate", Family.ALL)[:, -1].mean()
    shown = {each.label: each for each in session.app.metric}
    assert shown["Vacancy rate at the end"].value == f"{100 * rate:.1f}%"
    assert shown["Vacancy rate at the end"].delta == f"{100 * (rate - base):+.1f} points"
    leavers = projection.values(plan.name, "leavers", Family.ALL).sum(axis=1).mean()
    assert shown["Leavers over the whole time"].value == f"{leavers:,.1f}"


def test_choosing_a_family_changes_whom_the_verdict_is_about(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("results")
    everybody = session.app.metric[2].value
    session.app.selectbox(key=keys.FAMILY).set_value("cyber").run()
    session.check()
    assert "Cyber security: by" in session.text
    assert float(session.app.metric[2].value) < float(everybody.replace(",", ""))
    assert session.show("where-we-are-heading").app.selectbox(key=keys.FAMILY).value == "cyber"


def test_heading_draws_the_measure_that_is_chosen(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("where-we-are-heading")
    titles = set()
    for measure in ("vacancies", "headcount", "leavers", "hires"):
        session.app.session_state[keys.MEASURE] = measure
        titles.add(session.run().app.header[0].value)
    assert len(titles) == 4, titles


def test_rates_say_whose_evidence_they_are(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("where-we-are").open("where.tab", "How sure are the rates?")
    tables = [each.value for each in session.app.dataframe]
    rates = next(each for each in tables if "Whose evidence" in each.columns)
    learned = {"Season of resigning", "Good and bad years", "Fixed terms renewed"}
    assert learned <= set(rates["Rate"]), "what is learned beside the rates stands here too"
    for words in rates["Whose evidence"]:
        own, benchmark = (int(part.split()[-1].strip("%")) for part in words.split(","))
        assert own + benchmark in {99, 100, 101}, words
    assert rates["Benchmark from"].str.len().min() > 5, "every benchmark has a source"


def test_directorates_that_are_not_told_apart_are_said_to_be(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("where-we-are").open("where.tab", "Directorates and jobs")
    assert session.elements("vega_lite_chart"), "jobs differ in the sample, so they stand first"
    session.app.session_state["where.differences"] = "department"
    session.run()
    assert any("Directorates are not told apart" in each.value for each in session.app.info)
    assert not session.elements("vega_lite_chart")


def test_a_choice_holds_on_the_next_page_in_what_is_shown_too(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("where-we-are-heading")
    session.app.selectbox(key=keys.FAMILY).set_value("cyber").run()
    session.show("results")
    assert session.app.selectbox(key=keys.FAMILY).value == "cyber"
    assert "Cyber security: by" in session.text
    assert "All digital: by" not in session.text


@pytest.mark.parametrize("name", ["where-we-are-heading", "posts-and-hiring", "results"])
def test_a_plan_that_cannot_be_projected_gets_a_sentence(
    dashboard: Callable[..., Dashboard], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*plans: Plan, draws: int | None = None) -> engine.Run:
        raise UserError("This plan is too large to be followed. Take reskilling out of it.")

    monkeypatch.setattr(engine, "project", refuse)
    session = dashboard(name)
    assert "too large to be followed" in session.app.error[0].value
