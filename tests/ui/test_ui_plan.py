"""Each control changes the number it names and nothing else; the plan outlives everything."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook
from workforce.ui import edit, keys, notices
from workforce.ui.example import EXAMPLE_NAME
from workforce.ui.paths import store_file

Dashboard = Any
LEVER = "HYBRID"


def _lever(session: Dashboard, lever_id: str = LEVER) -> Any:
    return next(each for each in session.plan.levers if each.lever_id == lever_id)


@pytest.fixture
def levers(dashboard: Callable[..., Dashboard]) -> Dashboard:
    """The Levers page with one card open."""
    return dashboard("levers").open(f"levers.{LEVER}.open")


def test_switching_a_lever_on_puts_it_into_the_plan(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("levers")
    before = {each.lever_id for each in session.plan.active_levers}
    session.app.toggle(key=f"levers.{LEVER}.include").set_value(True).run()
    session.check()
    assert {each.lever_id for each in session.plan.active_levers} == before | {LEVER}
    assert "4 levers at best estimate" in session.text


@pytest.mark.parametrize(
    ("field", "shown", "attribute", "kept"),
    [
        ("effect", 20.0, "hazard_ratio", 0.8),
        ("reach", 45.0, "reach", 0.45),
        ("now", 30.0, "adopted_now", 0.3),
        ("target", 75.0, "adopted_target", 0.75),
        ("ramp", 9.0, "ramp_months", 9),
    ],
)
def test_slider_and_typed_number_both_set_the_field_and_agree(
    levers: Dashboard, field: str, shown: float, attribute: str, kept: float
) -> None:
    others = {
        name: getattr(_before(levers), name, 1.0)
        for name in ("hazard_ratio", "reach", "adopted_now", "adopted_target", "ramp_months")
        if name != attribute
    }
    levers.app.slider(key=f"levers.{LEVER}.{field}.slider").set_value(shown).run()
    levers.check()
    assert getattr(_lever(levers), attribute) == pytest.approx(kept)
    assert levers.app.number_input(key=f"levers.{LEVER}.{field}.number").value == shown
    typed = shown + 5
    levers.app.number_input(key=f"levers.{LEVER}.{field}.number").set_value(typed).run()
    levers.check()
    assert levers.app.slider(key=f"levers.{LEVER}.{field}.slider").value == typed
    assert getattr(_lever(levers), attribute) != pytest.approx(kept)
    for name, value in others.items():
        assert getattr(_lever(levers), name) == value, f"{field} also changed {name}"


def _before(session: Dashboard) -> Any:
    from workforce.ui.evidence import evidence

    planned = [each for each in session.plan.levers if each.lever_id == LEVER]
    return planned[0] if planned else evidence().levers[LEVER]


def test_the_words_beside_the_lever_follow_it(levers: Dashboard) -> None:
    levers.app.number_input(key=f"levers.{LEVER}.reach.number").set_value(100.0).run()
    levers.app.number_input(key=f"levers.{LEVER}.now.number").set_value(0.0).run()
    levers.app.number_input(key=f"levers.{LEVER}.target.number").set_value(100.0).run()
    levers.app.slider(key=f"levers.{LEVER}.effect.slider").set_value(25.0).run()
    levers.check()
    # Full reach, nobody has it, everybody will: the effect is that on a covered person.
    assert "about 25% fewer resignations" in levers.text


def test_taking_away_what_people_have_is_said_and_raises_leaving(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("levers")
    session.click("levers.all_off")
    session.click("levers.withdraw_hybrid")
    lever = _lever(session)
    assert lever.include
    assert lever.adopted_target == 0 < lever.adopted_now
    # Worked by hand: h 0.85, reach 90%, 70% have it: 1 / (1 - 0.9 * 0.7 * 0.15) = 1.104.
    assert "about 10% more resignations" in session.text.lower()
    assert "70% of people now to 0%. **This takes away what people have, so more" in session.text
    shown = {each.label: each.value for each in session.app.metric}
    assert shown["More resignations"] == "10%"
    session.open(f"levers.{LEVER}.open")
    session.app.slider(key=f"levers.{LEVER}.now.slider").set_value(0.0).run()
    session.run().click("levers.withdraw_hybrid")
    assert "there is nothing to withdraw" in session.app.error[0].value


def _together(session: Dashboard) -> tuple[object, ...]:
    """Return what the page says that the levers do together: figures, words, picture."""
    app = session.app
    chart = next(each for each in session.elements("vega_lite_chart"))
    return (
        [(each.label, each.value) for each in app.metric],
        [each.value for each in app.subheader],
        [each.value for each in app.markdown if "at best estimate" in each.value],
        chart.proto.alt,
        chart.proto.spec,
        [each.data.data for each in chart.proto.datasets],
    )


def test_a_change_of_one_lever_draws_what_the_whole_page_would_show_and_no_other_card(
    levers: Dashboard,
) -> None:
    app, other = levers.app, "levers.MANAGER.include"
    before = _together(levers)
    app.toggle(key=f"levers.{LEVER}.include").set_value(True).run()
    switched = _together(levers.check())
    assert switched != before
    assert not any(each.key == other for each in app.toggle), "the other cards were drawn again"
    app.slider(key=f"levers.{LEVER}.target.slider").set_value(0.0).run()
    moved = _together(levers.check())
    assert moved[0] != switched[0]
    card = next(each.value for each in app.markdown if "people now to 0%" in each.value)
    assert "Evidence" in card
    assert _together(levers.run()) == moved
    assert card in [each.value for each in app.markdown]
    # Another lever, drawn before this one was changed, changes the same figures.
    app.toggle(key=other).set_value(False).run()
    fewer = _together(levers.check())
    assert fewer[0] != moved[0]
    assert _together(levers.run()) == fewer
    assert app.slider(key=f"levers.{LEVER}.target.slider").value == 0.0


def test_a_change_that_is_refused_is_said_at_the_head_of_the_page(
    levers: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = levers.plan
    monkeypatch.setattr(edit, "change_lever", lambda *_, **__: notices.add("error", "Not so."))
    levers.app.toggle(key=f"levers.{LEVER}.include").set_value(True).run()
    assert [each.value for each in levers.check().app.error] == ["Not so."]
    assert levers.plan == before
    assert levers.app.title[0].value == "Levers", "the whole page was drawn again"
    assert levers.app.toggle(key=f"levers.{LEVER}.include").value is False


def test_effect_outside_its_range_opens_the_range(levers: Dashboard) -> None:
    levers.app.slider(key=f"levers.{LEVER}.effect.slider").set_value(60.0).run()
    lever = _lever(levers.check())
    assert (lever.hazard_ratio, lever.low) == (pytest.approx(0.4), pytest.approx(0.4))
    levers.app.slider(key=f"levers.{LEVER}.range.slider").set_range(5.0, 20.0).run()
    lever = _lever(levers.check())
    assert (lever.low, lever.hazard_ratio, lever.high) == pytest.approx((0.8, 0.8, 0.95))


def test_start_cost_families_and_reason_are_kept(levers: Dashboard) -> None:
    app = levers.app
    month = app.selectbox(key=f"levers.{LEVER}.start").value + 3
    app.selectbox(key=f"levers.{LEVER}.start").set_value(month).run()
    app.number_input(key=f"levers.{LEVER}.cost_per_head").set_value(321.0).run()
    app.multiselect(key=f"levers.{LEVER}.families").set_value(["cyber", "data"]).run()
    app.text_area(key=f"levers.{LEVER}.rationale").set_value("Staff survey 2026").run()
    lever = _lever(levers.check())
    assert lever.start_month == month
    assert lever.cost_per_head == 321
    assert lever.families == ("cyber", "data")
    assert lever.rationale == "Staff survey 2026"


def test_reset_takes_a_lever_back_to_its_evidence(levers: Dashboard) -> None:
    levers.app.slider(key=f"levers.{LEVER}.effect.slider").set_value(60.0).run()
    levers.click(f"levers.{LEVER}.reset")
    from workforce.ui.evidence import evidence

    base = evidence().levers[LEVER]
    assert _lever(levers).hazard_ratio == base.hazard_ratio
    assert levers.app.slider(key=f"levers.{LEVER}.effect.slider").value == pytest.approx(15.0)


def test_switching_all_on_leaves_levers_without_evidence_off(
    dashboard: Callable[..., Dashboard],
) -> None:
    from workforce.ui.evidence import evidence

    session = dashboard("levers").click("levers.all_on")
    on = {each.lever_id for each in session.plan.active_levers}
    assert on == {key for key, each in evidence().levers.items() if each.on_by_default}
    assert "This is the floor" in session.text or "they overlap" in session.text
    session.click("levers.all_off")
    assert session.plan.active_levers == ()
    assert "No lever is switched on" in session.text


def test_combination_settings_are_the_plans(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("levers").open("levers.combine")
    session.app.number_input(key="levers.combination.floor.number").set_value(80.0).run()
    assert session.check().plan.combination.floor == pytest.approx(0.8)
    session.app.slider(key="levers.combination.within.slider").set_value(0.0).run()
    assert session.check().plan.combination.within == 0


def test_scenarios_are_added_switched_renamed_and_deleted(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard()
    app = session.app
    app.text_input(key=keys.NEW_NAME).set_value("Only levers")
    app.button(key=keys.NEW).click().run()
    assert [each.name for each in session.check().book.plans] == [EXAMPLE_NAME, "Only levers"]
    assert session.plan.levers, "a new scenario starts as a copy"
    app.text_input(key=keys.NEW_NAME).set_value("Blank")
    app.checkbox(key=keys.NEW_EMPTY).check()
    app.button(key=keys.NEW).click().run()
    assert session.check().plan == Plan("Blank", horizon_months=36, mentor_cap=2.0)
    app.text_input(key=keys.NEW_NAME).set_value("Blank")
    app.button(key=keys.NEW).click().run()
    assert "same name" in session.check().app.error[0].value
    assert len(session.book.plans) == 3
    app.selectbox(key=keys.SCENARIO).set_value("Only levers").run()
    assert session.check().plan.name == "Only levers"
    app.text_input(key=keys.RENAME_TO).set_value("Keep people")
    app.button(key=keys.RENAME).click().run()
    assert session.check().plan.name == "Keep people"
    session.click(keys.DELETE)
    assert "Keep people" not in [each.name for each in session.book.plans]


def test_switching_the_scenario_changes_what_every_control_shows(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("levers")
    app = session.app
    app.text_input(key=keys.NEW_NAME).set_value("Other")
    app.button(key=keys.NEW).click().run()
    app.toggle(key="levers.MANAGER.include").set_value(False).run()
    session.run()
    app.selectbox(key=keys.SCENARIO).set_value(EXAMPLE_NAME).run()
    assert session.check().app.toggle(key="levers.MANAGER.include").value is True
    app.selectbox(key=keys.SCENARIO).set_value("Other").run()
    assert session.check().app.toggle(key="levers.MANAGER.include").value is False


def test_horizon_holds_for_every_scenario_and_draws_for_the_session(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("where-we-are-heading")
    session.app.selectbox(key=keys.HORIZON).set_value(24).run()
    assert {each.horizon_months for each in session.check().book.plans} == {24}
    assert "Sep 2028" in session.app.header[0].value
    session.app.selectbox(key=keys.DRAWS).set_value(500).run()
    assert session.check().app.session_state[keys.SETTINGS].draws == 500
    session.app.number_input(key=keys.SEED).set_value(9).run()
    assert session.check().app.session_state[keys.SETTINGS].seed == 9


def test_plan_survives_every_page(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("levers")
    session.app.toggle(key=f"levers.{LEVER}.include").set_value(True).run()
    plan = session.check().plan
    for name in ("start", "data", "apprenticeships", "levers"):
        assert session.show(name).plan == plan, name
    assert session.app.toggle(key=f"levers.{LEVER}.include").value is True


def test_saved_plan_opens_again_as_it_was(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard()
    renamed = replace(session.plan, name="From the file", note="kept")
    content = PlanBook((session.plan, renamed), "From the file").to_json().encode()
    session.upload("start.open_plan.0", ("plan.json", content))
    assert session.plan == renamed
    assert "Plan opened: 2 scenarios" in session.text
    assert session.app.selectbox(key=keys.SCENARIO).value == "From the file"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a plan", "not a plan file"),
        (b"\xff\xfe\x00", "not a plan file"),
        (json.dumps({"schema": "something-else", "version": 1}).encode(), "not a plan file"),
        (json.dumps({"schema": "workforce-plan", "version": 99}).encode(), "format version 99"),
    ],
)
def test_a_file_that_is_no_plan_gets_a_sentence_and_the_plan_survives(
    dashboard: Callable[..., Dashboard], content: bytes, sentence: str
) -> None:
    session = dashboard()
    before = session.book
    session.upload("start.open_plan.0", ("plan.json", content))
    assert sentence in session.app.error[0].value
    assert session.book == before


def test_reload_picks_the_plan_up_by_the_key_in_the_address(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("levers")
    session.app.toggle(key=f"levers.{LEVER}.include").set_value(True).run()
    key = session.app.session_state[keys.BOOK_KEY]
    again = dashboard("start", {"plan": key})
    assert again.book == session.book
    assert "picked up where you left it" in again.text
    stranger = dashboard("start", {"plan": "0" * 32})
    assert stranger.app.session_state[keys.BOOK_KEY] != "0" * 32, "a key is never taken over"
    assert stranger.plan.name == EXAMPLE_NAME


@pytest.fixture
def hiring(dashboard: Callable[..., Dashboard]) -> Dashboard:
    """The page Posts and hiring, short and with few futures."""
    session = dashboard("where-we-are-heading")
    session.app.selectbox(key=keys.DRAWS).set_value(500).run()
    session.app.selectbox(key=keys.HORIZON).set_value(24).run()
    return session.show("posts-and-hiring")


def _posts(session: Dashboard, family: str) -> float:
    """Return the funded posts that the page shows for the last month."""
    session.app.selectbox(key=keys.FAMILY).set_value(family).run()
    tables = [each.value for each in session.check().app.dataframe]
    return float(next(t for t in tables if "Funded posts (FTE)" in t.columns).iloc[-1, -1])


def test_growth_of_posts_changes_the_establishment(hiring: Dashboard) -> None:
    cyber, data, everybody = (_posts(hiring, each) for each in ("cyber", "data", "all"))
    rate = hiring.show("results").app.metric[0].value
    hiring.show("posts-and-hiring")
    hiring.app.number_input(key="hiring.growth.data").set_value(10.0).run()
    assert hiring.check().plan.demand.growth("data") == pytest.approx(0.1)
    grown = _posts(hiring, "data")
    # Shown to one decimal, so the product of a rounded number is right to about two tenths.
    assert grown == pytest.approx(1.1**2 * data, abs=0.2), "10% a year over two years"
    assert _posts(hiring, "cyber") == cyber, "only the family that was named grows"
    assert _posts(hiring, "all") - everybody == pytest.approx(grown - data, abs=0.2)
    hiring.show("results")
    assert hiring.app.metric[0].value != rate, "posts that nobody fills are vacancies"
    assert "data posts grow by 10% a year" in hiring.text
    hiring.show("posts-and-hiring")
    hiring.app.number_input(key="hiring.growth.data").set_value(0.0).run()
    assert hiring.check().plan.demand.growth_per_year == ()


def test_hiring_speed_capacity_and_freeze_are_kept(hiring: Dashboard) -> None:
    app = hiring.app
    app.number_input(key="hiring.speed.number").set_value(150.0).run()
    assert app.slider(key="hiring.speed.slider").value == 150
    app.number_input(key="hiring.capacity").set_value(3.0).run()
    start = app.selectbox(key="hiring.freeze_first").options[4]
    app.selectbox(key="hiring.freeze_first").select(start).run()
    kept = hiring.check().plan.hiring
    assert (kept.speed, kept.capacity_per_month) == (1.5, 3)
    assert [(each.last - each.first) for each in kept.freezes] == [0], "one month to begin with"
    app.selectbox(key="hiring.freeze_last").set_value(kept.freezes[0].first + 5).run()
    assert hiring.check().plan.hiring.freezes[0].last == kept.freezes[0].first + 5
    assert "no recruitment from" in hiring.show("results").text
    hiring.show("posts-and-hiring")
    app.number_input(key="hiring.capacity").set_value(None).run()
    app.selectbox(key="hiring.freeze_first").select_index(0).run()
    assert replace(hiring.check().plan.hiring, speed=1.0) == Plan("empty").hiring


def test_impossible_hiring_gets_a_sentence_and_the_plan_stays(hiring: Dashboard) -> None:
    app = hiring.app
    before = hiring.plan
    for key, value, sentence in (
        ("hiring.capacity", -2.0, "Recruitment capacity must lie between 0 and"),
        ("hiring.growth.cyber", 400.0, "Growth per year must lie between -50 and 100"),
    ):
        app.number_input(key=key).set_value(value).run()
        assert sentence in hiring.check().app.error[0].value
        assert hiring.plan == before
        assert app.number_input(key=key).value != value, "the box shows what holds"
    app.selectbox(key="hiring.freeze_first").select_index(6).run()
    frozen = hiring.check().plan.hiring.freezes
    app.selectbox(key="hiring.freeze_last").set_value(frozen[0].first - 3).run()
    assert "before it starts" in hiring.check().app.error[0].value
    assert hiring.plan.hiring.freezes == frozen


def test_damaged_file_of_plans_is_said_once_and_the_session_goes_on(
    dashboard: Callable[..., Dashboard],
) -> None:
    file = store_file()
    file.write_bytes(b"no database at all, " * 400)
    session = dashboard("start", {"plan": "a" * 32})
    (said,) = (each.value for each in session.app.warning if "damaged" in each.value)
    assert "plans.damaged-1.sqlite" in said
    assert file.with_name("plans.damaged-1.sqlite").exists(), "nothing of the old file is deleted"
    session.show("levers").app.toggle(key=f"levers.{LEVER}.include").set_value(True).run()
    assert not any("damaged" in each.value for each in session.check().app.warning)
    again = dashboard("start", {"plan": session.app.session_state[keys.BOOK_KEY]})
    assert again.book == session.book, "the next change was saved in a fresh file"


def test_file_of_plans_that_is_damaged_meanwhile_loses_no_change(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("levers")
    store_file().write_bytes(b"no database at all, " * 400)
    session.app.toggle(key=f"levers.{LEVER}.include").set_value(True).run()
    assert "set aside as plans.damaged-1.sqlite" in session.check().text
    again = dashboard("start", {"plan": session.app.session_state[keys.BOOK_KEY]})
    assert again.book == session.book


def test_programme_is_added_changed_and_removed(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("apprenticeships")
    app = session.app
    app.selectbox(key="apprenticeships.add.family").set_value("data").run()
    app.selectbox(key="apprenticeships.add.standard.data").set_value("ST1386").run()
    app.number_input(key="apprenticeships.add.size").set_value(5)
    app.number_input(key="apprenticeships.add.cohorts").set_value(3)
    app.button(key="apprenticeships.add.submit").click().run()
    added = session.check().plan.programmes[-1]
    assert (added.standard, added.family, added.size, added.cohorts) == ("ST1386", "data", 5, 3)
    key = f"apprenticeships.{added.programme_id}"
    session.open(f"{key}.open")
    app.number_input(key=f"{key}.size").set_value(2)
    app.number_input(key=f"{key}.offer_rate").set_value(90.0)
    app.selectbox(key=f"{key}.seat").set_value("vacant_post")
    app.checkbox(key=f"{key}.progression").set_value(False)
    app.button(key=f"{key}.submit").click().run()
    changed = session.check().plan.programmes[-1]
    assert (changed.size, changed.offer_rate, changed.seat) == (2, 0.9, "vacant_post")
    assert changed.post_hazard_ratio > 1 > added.post_hazard_ratio, (
        "without a step up, people who finish leave more often"
    )
    assert changed.withdrawal == added.withdrawal, "only what was changed changes"
    session.click(f"{key}.remove")
    assert added.programme_id not in {each.programme_id for each in session.plan.programmes}


def test_impossible_programme_is_refused_and_what_was_typed_stays(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("apprenticeships").open("apprenticeships.p1.open")
    before = session.plan
    session.app.number_input(key="apprenticeships.p1.withdrawal").set_value(99.0)
    session.app.button(key="apprenticeships.p1.submit").click().run()
    assert "withdrawal" in session.check().app.error[0].value
    assert session.plan == before
    assert session.app.number_input(key="apprenticeships.p1.withdrawal").value == 99.0


@pytest.mark.parametrize(
    ("family", "standard", "words"),
    [
        ("transformation", "ST0192", "not publicly funded"),
        ("data", "ST0763", "funded only for people aged 16-21"),
    ],
)
def test_standards_without_funding_are_warned_of_before_they_are_added(
    dashboard: Callable[..., Dashboard], family: str, standard: str, words: str
) -> None:
    session = dashboard("apprenticeships")
    session.app.selectbox(key="apprenticeships.add.family").set_value(family).run()
    key = f"apprenticeships.add.standard.{family}"
    session.app.selectbox(key=key).set_value(standard).run()
    assert any(words in each.value for each in session.check().app.warning)


def test_short_units_are_no_programmes(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("apprenticeships")
    for family in ("cyber", "data", "transformation"):
        session.app.selectbox(key="apprenticeships.add.family").set_value(family).run()
        options = session.app.selectbox(key=f"apprenticeships.add.standard.{family}").options
        assert not any("units" in each for each in options)
