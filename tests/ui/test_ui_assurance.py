"""Method and assurance: run, read, downloaded; and people forgotten before any of it."""

import gc
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from workforce.assurance import past
from workforce.domain.forecast import forecast_from_json
from workforce.domain.planfile import PlanBook
from workforce.sample import make_sample
from workforce.ui import assurance, engine, keys, organisation
from workforce.ui.blocks import documents

Dashboard = Any
PAGE = "method-and-assurance"
TABS = (
    "Track record", "An earlier forecast", "Assumptions", "Model card", "Fairness",
    "Evidence and duties",
)  # fmt: skip


@pytest.fixture(scope="module")
def with_sex() -> bytes:
    """A fictional organisation whose staff and leavers lists say who is a woman."""
    book = openpyxl.load_workbook(
        io.BytesIO(make_sample(size=600, years=4, seed=7, as_of=date(2026, 6, 30)).workbook_bytes())
    )
    for name in ("Staff", "Leavers"):
        sheet = book[name]
        header = next(
            row for row in range(1, 20)
            if any(str(cell.value).casefold() == "job title" for cell in sheet[row])
        )  # fmt: skip
        place = sheet.max_column + 1
        sheet.cell(header, place, "Sex")
        for row in range(header + 1, sheet.max_row + 1):
            sheet.cell(row, place, "Female" if row % 3 else "Male")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few simulated futures and three dates to forecast from: what is tested is the page."""
    monkeypatch.setattr(assurance, "_DRAWS", 20)
    monkeypatch.setattr(past, "MOST_RECORDS", 13_500)


def tab(session: Dashboard, label: str) -> Dashboard:
    return session.open("method.tab", label)


def test_every_tab_stands_up_and_has_words(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard(PAGE)
    for label in TABS:
        tab(session, label)
        assert not session.app.error, label
        for table in session.elements("dataframe"):
            assert table.proto.alt, f"{label}: a table without a name"
    assert [each.label for each in session.app.metric] == [
        "Yearly forecasts that held",
        "Your own data in the rates",
        "Assumptions to check first",
    ]


def test_the_track_record_is_run_on_a_click_and_read_in_plain_words(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard(PAGE)
    assert session.app.metric[0].value == "not run yet"
    session.click("method.record")
    assert "Leavers over twelve months: of " in session.text
    inside, of = (int(each) for each in session.app.metric[0].value.split(" of "))
    assert 0 <= inside <= of == 2
    assert f"of {of} forecasts, {inside} fell inside the 80% range" in session.text
    charts = session.elements("vega_lite_chart")
    assert len(charts) == 1
    assert "held their 80% range" in charts[0].proto.alt
    scores = next(each.value for each in session.app.dataframe if "Method" in each.value.columns)
    assert {"this model", "naive", "seasonal naive"} <= set(scores["Method"])
    tab(session, "Model card")
    assert "The track record has not been run" not in session.text
    # Two dates are too few to combine vacancies with their own history; both pages say so.
    session.show("where-we-are-heading")
    assert "too short to hold stock and flow against a direct forecast" in session.text
    small_monthly_counts_are_drawn_in_the_working_view_only(session.show(PAGE))


def small_monthly_counts_are_drawn_in_the_working_view_only(session: Dashboard) -> None:
    tab(session, "Track record")
    session.app.session_state["method.record_measure"] = "leavers"
    session.run()
    assert not session.elements("vega_lite_chart")
    assert "would show small counts" in session.text
    session.app.session_state[keys.WORKING] = True
    session.run()
    assert len(session.elements("vega_lite_chart")) == 1
    assert "of the last 12 months" in session.elements("vega_lite_chart")[0].proto.alt


def test_vacancies_ahead_say_that_they_were_not_checked_yet(
    dashboard: Callable[..., Dashboard], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assurance, "record", lambda: None)
    session = dashboard("where-we-are-heading")
    assert "checked with the track record" in session.text
    session.app.selectbox(key=keys.FAMILY).select("cyber").run()
    assert "checked with the track record" not in session.text, "families stay stock and flow"


def test_why_this_rate_of_resigning_is_said_where_it_matters(
    dashboard: Callable[..., Dashboard],
) -> None:
    choice = organisation.sample_analysis(str(organisation.SAMPLE_WORKBOOK)).choice
    session = dashboard("where-we-are-heading")
    pages = [(session.text, session.app.dataframe)]
    session.show(PAGE)
    pages.append((session.text, session.app.dataframe))
    for text, frames in pages:
        assert choice.sentence in text
        shown = next(each.value for each in frames if "Way of fitting" in each.value.columns)
        assert len(shown) == 4
        assert list(shown["Used"]).count("yes") == 1
        assert "Observed" not in shown.columns, "counts of people have no place here"
    tab(session, "Model card")
    assert choice.sentence in session.text


def log_of(session: Dashboard) -> Any:
    """Return the assumptions log on the page."""
    frames = [each.value for each in session.app.dataframe]
    return next(each for each in frames if "Impact known by" in each.columns)


def test_impacts_are_judged_until_they_are_computed(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = tab(dashboard(PAGE), "Assumptions")
    log = log_of(session)
    assert not session.elements("vega_lite_chart")
    assert set(log["Impact known by"]) == {"our judgement"}
    tab(session.click("method.trials"), "Assumptions")
    log = log_of(session)
    assert "Most hangs on" in session.elements("vega_lite_chart")[0].proto.alt
    assert (log["Impact known by"] == "computed").sum() >= 10
    assert (
        log.loc[log["Impact known by"] == "computed", "Impact"]
        .isin(["high", "medium", "low"])
        .all()
    )


def uploaded(session: Dashboard, content: bytes, *, fairness: bool = False) -> Dashboard:
    session.show("data").upload("data.upload.0", ("staff.xlsx", content))
    if fairness:
        session.app.checkbox(key="data.fairness").check()
    return session.click("data.confirm")


def test_the_fairness_check_is_made_only_when_asked_for(
    dashboard: Callable[..., Dashboard], with_sex: bytes
) -> None:
    session = uploaded(dashboard(), with_sex)
    tab(session.show(PAGE), "Fairness")
    assert "No check was asked for" in session.text
    asked = uploaded(dashboard(), with_sex, fairness=True)
    tab(asked.show(PAGE), "Fairness")
    assert "No check was asked for" not in asked.text
    assert any("Sex" in each.value for each in asked.app.header)
    rates = [engine_rates(each).table for each in (session, asked)]
    assert rates[0] == rates[1], "asking changes no rate"


def engine_rates(session: Dashboard) -> Any:
    """Return the rates that a session's pages show, found among its live objects."""
    from workforce.workflow import Analysis

    digest = session.app.session_state[keys.DATASET].digest
    return next(
        each.rates for each in gc.get_objects()
        if isinstance(each, Analysis) and each.digest == digest
    )  # fmt: skip


def test_files_without_such_columns_are_not_asked_about(
    dashboard: Callable[..., Dashboard], small_workbook: bytes
) -> None:
    session = dashboard("data").upload("data.upload.0", ("staff.xlsx", small_workbook))
    assert not [each for each in session.app.checkbox if each.key == "data.fairness"]


def test_own_data_have_a_track_record_after_the_people_are_forgotten(
    dashboard: Callable[..., Dashboard], small_workbook: bytes
) -> None:
    session = uploaded(dashboard(), small_workbook).show(PAGE)
    session.click("method.record")
    assert "of " in session.app.metric[0].value
    from workforce.assurance import Past

    pasts = [each for each in gc.get_objects() if isinstance(each, Past)]
    assert pasts
    for each in pasts:
        for standpoint in each.standpoints:
            for frame in vars(standpoint.history).values():
                columns = set(getattr(frame, "columns", ()))
                assert not {"person", "job_title", "row", "salary"} & columns


def test_a_saved_plan_carries_its_forecast(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("results")
    make = assurance_maker(session)
    text = make().decode()
    saved = forecast_from_json(text)
    assert saved is not None
    assert saved.fictional
    assert saved.scenarios == ("Do nothing", session.plan.name)
    assert PlanBook.from_json(text) == session.book
    shown = {each.label: each.value for each in session.app.metric}
    line = next(
        each for each in saved.lines
        if (each.scenario, each.measure, each.family) == (session.plan.name, "headcount", "all")
    )  # fmt: skip
    assert f"{line.numbers[-1][0]:,.1f}" == shown["People in post at the end"]


def assurance_maker(session: Dashboard) -> Callable[[], bytes]:
    """Return what the button in the sidebar runs on a click."""
    from workforce.ui.state import RunSettings

    analysed = organisation.sample_analysis(str(organisation.SAMPLE_WORKBOOK))
    settings: RunSettings = session.app.session_state[keys.SETTINGS]
    from workforce import __version__
    from workforce.domain.forecast import plan_file
    from workforce.workflow import forecast_plan

    forecast = forecast_plan(
        analysed, engine.models(), session.plan, draws=settings.draws, seed=settings.seed,
        software=__version__,
    )  # fmt: skip
    return lambda: plan_file(session.book, forecast).encode()


def earlier_plan(session: Dashboard, months: int) -> bytes:
    """Return the sample's plan file as it would have been saved some months before."""
    text = assurance_maker(session)().decode()
    document = json.loads(text)
    saved = forecast_from_json(text)
    assert saved is not None
    year, month = divmod(saved.as_of - months, 12)
    document["forecast"]["as_of"] = f"{year}-{month + 1:02d}"
    return json.dumps(document).encode()


def test_an_earlier_forecast_is_held_against_newer_data(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("results")
    plan = earlier_plan(session, 12)
    tab(session.show(PAGE), "An earlier forecast")
    assert "no forecast from older data yet" in session.text
    session.upload("method.plan_file", ("plan.json", plan))
    assert "In the 12 months to Sep 2026" in session.text
    assert "Leavers: " in session.text
    charts = session.elements("vega_lite_chart")
    assert len(charts) == 1
    table = session.app.dataframe[-1].value
    assert set(table["Role family"]) == {"All digital"}, "families apart would be small counts"
    session.app.session_state[keys.WORKING] = True
    session.run()
    assert len(set(session.app.dataframe[-1].value["Role family"])) > 2


def test_a_file_that_is_no_plan_gets_a_sentence(dashboard: Callable[..., Dashboard]) -> None:
    session = tab(dashboard(PAGE), "An earlier forecast")
    session.upload("method.plan_file", ("plan.json", b"\xff\xfe{"))
    assert any("not a plan file" in each.value for each in session.app.error)
    session.upload("method.plan_file", ("plan.json", PlanBook.to_json(session.book).encode()))
    assert any("holds no forecast" in each.value for each in session.app.warning)


def test_results_of_own_data_keep_a_forecast_for_next_time(
    dashboard: Callable[..., Dashboard], small_workbook: bytes
) -> None:
    from workforce.ui import store

    session = uploaded(dashboard(), small_workbook).show("results")
    kept = store.forecasts(session.app.session_state[keys.BOOK_KEY])
    assert len(kept) == 1
    assert kept[0].scenarios[-1] == session.plan.name
    assert not kept[0].fictional
    sample = dashboard("results")
    assert store.forecasts(sample.app.session_state[keys.BOOK_KEY]) == (), "fiction is not kept"


def test_the_card_downloads_hold_what_the_page_says(
    dashboard: Callable[..., Dashboard], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, Callable[[], bytes]] = {}
    button = documents.st.download_button

    def keep(label: str, *, data: Callable[[], bytes], **more: Any) -> bool:
        made[label] = data
        return bool(button(label, data=data, **more))

    monkeypatch.setattr(documents.st, "download_button", keep)
    dashboard(PAGE)
    text = made["Model card (Markdown)"]().decode()
    for words in (
        "# Model card",
        "## What was fitted",
        "Check first",
        "## Tier 2.5",
        "person-years",
    ):
        assert words in text, words
    book = openpyxl.load_workbook(io.BytesIO(made["Everything as Excel"]()))
    assert {"Assumptions", "Evidence", "Duties", "About this file"} <= set(book.sheetnames)
