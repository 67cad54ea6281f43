"""The app as a person meets it: walked, read by a machine that checks access, and on a phone."""

import json
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from workforce.ui.pages import PAGES

pytestmark = pytest.mark.browser

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_FITS = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return Math.max(document.documentElement.scrollWidth - window.innerWidth,
                    main.scrollWidth - main.clientWidth) <= 1;
}"""
_HEADINGS = {"start": "Plan your digital workforce"}


def settled(page: Page) -> None:
    """Wait until the page says that nothing runs any more."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSpinner")).to_have_count(0)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def visit(page: Page, server: str, path: str) -> None:
    """Open a page by its address and wait for it."""
    page.goto(f"{server}/{'' if path == 'start' else path}")
    title = next(each.title for each in PAGES if each.path == path)
    expect(page.get_by_role("heading", level=1)).to_have_text(_HEADINGS.get(path, title))
    settled(page)


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA, with the element."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _RULES}})
    return [
        f"{each['id']} ({each['impact']}, {len(each['nodes'])}): "
        f"{each['nodes'][0]['html'][:160]} {each['nodes'][0].get('failureSummary', '')[:300]}"
        for each in found.response["violations"]
    ]


@pytest.mark.parametrize("path", [each.path for each in PAGES])
def test_page_breaks_no_rule_of_access_and_fits_a_narrow_screen(
    page: Page, server: str, path: str
) -> None:
    visit(page, server, path)
    assert violations(page) == []
    # 320 px is the width at which WCAG 1.4.10 asks for no scrolling in two directions.
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_function("() => window.innerWidth === 320")
    settled(page)
    page.wait_for_function(_FITS)


def test_opened_forms_break_no_rule_of_access(page: Page, server: str) -> None:
    visit(page, server, "levers")
    page.get_by_text("Adjust and see the evidence").nth(1).click()
    expect(page.get_by_text("What studies found")).to_be_visible()
    settled(page)
    assert violations(page) == []
    visit(page, server, "apprenticeships")
    page.get_by_text("Change or remove").first.click()
    expect(page.get_by_role("button", name="Update programme")).to_be_visible()
    settled(page)
    assert violations(page) == []
    visit(page, server, "posts-and-hiring")
    for form in ("Add a change of posts", "Add a redundancy, transfer or restructure"):
        page.get_by_text(form, exact=True).click()
        settled(page)
    expect(page.get_by_role("button", name="Add change of posts")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Add change of posts").click()
    expect(page.get_by_text("Change of posts added")).to_be_visible()
    page.get_by_text("Change or remove").first.click()
    settled(page)
    assert violations(page) == []
    visit(page, server, "results")
    page.get_by_text("Where does the headcount come from?").click()
    expect(page.get_by_label("Of which scenario").first).to_be_visible()
    settled(page)
    assert violations(page) == []
    visit(page, server, "where-we-are")
    for tab in ("Leaving and joining", "Profile", "How sure are the rates?"):
        page.get_by_role("tab", name=tab).click()
        settled(page)
        assert violations(page) == [], tab


def test_every_part_of_assurance_breaks_no_rule_of_access(page: Page, server: str) -> None:
    visit(page, server, "method-and-assurance")
    page.get_by_role("button", name="Run the track record").click()
    expect(page.get_by_text("yearly forecasts of leavers held")).to_be_visible(timeout=300_000)
    settled(page)
    assert violations(page) == [], "the track record"
    for tab in (
        "An earlier forecast",
        "Assumptions",
        "Model card",
        "Fairness",
        "Evidence and duties",
    ):
        page.get_by_role("tab", name=tab).click()
        settled(page)
        assert violations(page) == [], tab


def test_axis_text_of_charts_is_dark_enough(page: Page, server: str) -> None:
    visit(page, server, "where-we-are-heading")
    fills = page.eval_on_selector_all(
        ".vega-embed svg text",
        "nodes => nodes.map(node => node.getAttribute('fill') || getComputedStyle(node).fill)",
    )
    assert fills, "the chart has text"
    assert not {fill.lower() for fill in fills} & {"#808495", "rgb(128, 132, 149)"}, (
        "Streamlit's grey for axes is 3.7:1 only"
    )


def test_every_step_of_checking_an_upload_breaks_no_rule_of_access(page: Page, server: str) -> None:
    visit(page, server, "data")
    header = ["Employee number", "Full name", "Job title", "FTE", "Start date", "Pay"]
    rows = [
        [str(1000 + n), "Wren Candlewick", "Data Analyst", "37", f"0{1 + n % 9}/04/2019", "2100"]
        for n in range(40)
    ]
    lines = "\r\n".join(",".join(row) for row in [header, *rows])
    box = page.get_by_test_id("stMain").locator("input[type=file]").first
    box.set_input_files({"name": "ask.csv", "mimeType": "text/csv", "buffer": lines.encode()})
    expect(page.get_by_text("questions only you can answer")).to_be_visible()
    settled(page)
    expect(page.get_by_role("region", name="First rows of ask.csv")).to_be_visible()
    assert "Wren" not in page.get_by_test_id("stMain").inner_text()
    assert violations(page) == []
    for tab in ("Columns", "Role families", "Leaving reasons", "Findings"):
        page.get_by_role("tab", name=tab).click()
        settled(page)
        if tab == "Role families":
            page.get_by_text("Change several at once").click()
            expect(page.get_by_text("Role family for all of them")).to_be_visible()
            settled(page)
        assert violations(page) == [], tab
    page.get_by_role("tab", name="Sheets").click()
    settled(page)
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_function("() => window.innerWidth === 320")
    settled(page)
    page.wait_for_function(_FITS)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_text("Day first", exact=True).click()
    expect(page.get_by_text("What you have answered (1)")).to_be_visible()


def test_upload_levers_results_download(
    page: Page, server: str, root: Path, tmp_path: Path
) -> None:
    visit(page, server, "start")
    page.get_by_role("link", name="Go to Data").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Data")
    settled(page)

    sample = root / "data" / "sample" / "sample_council.xlsx"
    page.get_by_test_id("stMain").locator("input[type=file]").first.set_input_files(sample)
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    settled(page)
    assert violations(page) == []
    page.get_by_role("button", name="Confirm and use these data").click()
    expect(page.get_by_text("is now on show on every page")).to_be_visible()

    navigation = page.get_by_test_id("stSidebarNav")
    navigation.get_by_role("link", name="Levers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Levers")
    settled(page)
    combined = page.get_by_test_id("stMetricValue").first
    before = combined.inner_text()
    page.get_by_text("Hybrid and place flexibility", exact=True).click()
    expect(combined).not_to_have_text(before)
    settled(page)

    navigation.get_by_role("link", name="Results").click()
    expect(page.get_by_text("leads to an expected vacancy rate of")).to_be_visible()
    settled(page)
    assert "Your data" in page.get_by_test_id("stSidebar").inner_text()

    for name, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg"), ("Excel", b"PK\x03\x04")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).first.click()
        target = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(target)
        assert target.read_bytes()[: len(start)] == start, f"{name} is no {name}"
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download everything as Excel").click()
    book = tmp_path / "all.xlsx"
    waiting.value.save_as(book)
    with zipfile.ZipFile(book) as packed:
        sheets = [each for each in packed.namelist() if each.startswith("xl/worksheets/sheet")]
    assert len(sheets) > 10, "every figure, the assumptions and the provenance have a sheet"

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save plan").click()
    plan = tmp_path / "plan.json"
    waiting.value.save_as(plan)
    assert '"HYBRID"' in plan.read_text(encoding="utf-8")


def test_slider_moves_card_figures_chart_and_the_file_alone(page: Page, server: str) -> None:
    visit(page, server, "levers")
    page.get_by_text("Adjust and see the evidence").nth(1).click()
    slider = page.get_by_role("slider", name="Will have it, %").first
    slider.scroll_into_view_if_needed()
    settled(page)
    chart = page.get_by_test_id("stVegaLiteChart").first
    drawn, figure = chart.inner_html(), page.get_by_test_id("stMetricValue").first
    before = figure.inner_text()
    page.evaluate("() => { document.querySelector('h1').dataset.kept = 'yes'; }")
    slider.press("End")
    expect(page.get_by_text("15% of people now to 100%")).to_be_visible()
    expect(figure).not_to_have_text(before)
    page.wait_for_function(
        "([old]) => document.querySelector('[data-testid=stVegaLiteChart]').innerHTML !== old",
        arg=[drawn],
    )
    settled(page)
    assert page.locator("h1[data-kept=yes]").count() == 1
    assert violations(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save plan").click()
    book = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    targets = [each["adopted_target"] for plan in book["plans"] for each in plan["levers"]]
    assert 1.0 in targets, "the file holds the plan on screen, not the one of the last whole page"


def test_reload_keeps_the_plan(page: Page, server: str) -> None:
    visit(page, server, "levers")
    toggle = page.get_by_role("switch", name="Hybrid and place flexibility")
    expect(toggle).not_to_be_checked()
    page.get_by_text("Hybrid and place flexibility", exact=True).click()
    expect(toggle).to_be_checked()
    settled(page)
    assert "plan=" in page.url
    page.reload()
    expect(page.get_by_text("picked up where you left it")).to_be_visible()
    settled(page)
    expect(page.get_by_role("switch", name="Hybrid and place flexibility")).to_be_checked()
