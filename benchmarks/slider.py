"""From the press of a key on a slider of the Levers page to the redrawn chart, in a real browser.

Against a bare app with one slider that draws the same chart from a constant table, in the same
run: both servers stand side by side and are measured in turn, so that a busy machine weighs on both
alike. Every press but one, at the place the slider stood at first, leads to a plan that was not
projected before, so that what is measured is no cache of results.
"""

import os
import pickle
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks._result import Result

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
# The slider has 21 places and is pressed from its left end to its right.
PRESSES, WARM = 17, 3
BAR = "at most 1.6 times the median of a bare app"
# The time from the key until the lines of the chart differ, looked at every four milliseconds.
_WATCH = """(selector) => {
    const look = () => [...document.querySelectorAll(selector + ' svg path')]
        .map(each => each.getAttribute('d') || '').join('|');
    const before = look();
    window.__taken = null;
    document.addEventListener('keydown', () => {
        const begin = performance.now();
        const step = () => {
            const now = look();
            if (now && now !== before) { window.__taken = performance.now() - begin; return; }
            setTimeout(step, 4);
        };
        setTimeout(step, 4);
    }, {once: true, capture: true});
}"""


def run() -> list[Result]:
    """Return the ratio of the medians."""
    against = "a bare app that draws the same chart from a constant table"
    browser = next((path for path in CHROMIUM if Path(path).exists()), None)
    if browser is None:
        fault = "no Chromium is installed"
        return [Result("slider.redrawn", float("nan"), "ratio", BAR, None, against, fault)]
    ours, bare = _measure(browser)
    one, other = statistics.median(ours), statistics.median(bare)
    return [
        Result(
            "slider.redrawn",
            one / other,
            "ratio",
            BAR,
            one <= 1.6 * other,
            against,
            f"sample organisation, 36 months, 500 draws, median of {len(ours)}: {one:.0f} ms "
            f"(fastest {min(ours):.0f}) against {other:.0f} ms (fastest {min(bare):.0f}) from key "
            "to redrawn lines, a new plan each time; bound by the projection",
        )
    ]


def _measure(browser: str) -> tuple[list[float], list[float]]:
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as name,
        _app(ROOT / "app.py", WORKFORCE_STORE=str(Path(name) / "plans.sqlite")) as page_address,
        sync_playwright() as playwright,
    ):
        table = Path(name) / "chart.pickle"
        table.write_bytes(pickle.dumps(_chart_settings()))
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        with _app(Path(__file__).with_name("_bare_app.py"), BARE_CHART=str(table)) as bare_address:
            levers, bare = (
                chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
                for _ in range(2)
            )
            slider = _open_levers(levers, page_address)
            bare.goto(bare_address)
            other = bare.get_by_role("slider").first
            _settled(bare)
            taken: tuple[list[float], list[float]] = ([], [])
            for handle in (slider, other):
                handle.press("Home")
            _settled(levers)
            for number in range(PRESSES + WARM):
                for times, page, handle in ((taken[0], levers, slider), (taken[1], bare, other)):
                    spent = _press(page, handle, "ArrowRight")
                    if number >= WARM:
                        times.append(spent)
        chromium.close()
    return taken


def _open_levers(page: Any, address: str) -> Any:
    """Open the page and return a slider of a lever that is switched on."""
    page.set_default_timeout(120_000)
    page.goto(f"{address}/levers")
    page.get_by_role("heading", level=1).wait_for()
    _settled(page)
    page.get_by_role("button", name="Switch on all that studies back").click()
    _settled(page)
    page.get_by_text("Adjust and see the evidence").first.click()
    slider = page.get_by_role("slider", name="Will have it, %")
    slider.first.wait_for()
    _settled(page)
    return slider.first


def _press(page: Any, slider: Any, key: str) -> float:
    """Press a key on a slider and return the milliseconds until the chart differs."""
    page.bring_to_front()
    slider.focus()
    page.evaluate(_WATCH, "[data-testid='stVegaLiteChart']")
    page.keyboard.press(key)
    page.wait_for_function("() => window.__taken !== null", polling=50)
    taken = float(page.evaluate("() => window.__taken"))
    _settled(page)
    return taken


def _settled(page: Any) -> None:
    page.wait_for_function(
        """() => {
            const app = document.querySelector('[data-testid="stApp"]');
            return app && app.getAttribute('data-test-script-state') === 'notRunning'
                && !document.querySelector('[data-testid="stSpinner"], [data-testid="stSkeleton"]');
        }""",
        polling=50,
    )
    page.wait_for_timeout(500)


@contextmanager
def _app(script: Path, **environment: str) -> Iterator[str]:
    """Run an app on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [
            sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port),
            "--server.headless", "true", "--server.fileWatcherType", "none",
            "--browser.gatherUsageStats", "false",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 120
        while True:
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310
                    break
            except OSError:
                if time.monotonic() > end or process.poll() is not None:
                    raise
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _chart_settings() -> dict[str, Any]:
    """Return what the page draws its chart from, computed once."""
    from datetime import date

    from workforce.disclosure import Rule
    from workforce.domain.circulation import View
    from workforce.domain.defaults import lever_from_evidence
    from workforce.domain.plan import Plan
    from workforce.intake import SourceFile
    from workforce.projection.compare import change_at_end
    from workforce.workflow import analyse, load_models, observe, read_files, run_plans

    models = load_models(ROOT / "models")
    file = ROOT / "data" / "sample" / "sample_council.xlsx"
    extract = read_files([SourceFile(file.name, file.read_bytes())], models, today=date.today())
    analysis = analyse(extract, models, fictional=True)
    start = analysis.opening.as_of + 4
    levers = tuple(
        lever_from_evidence(each, start)
        for each in models.evidence.levers.values()
        if each.on_by_default
    )
    bare = Plan("Same plan, no levers", horizon_months=36)
    plan = Plan("Plan", horizon_months=36, levers=levers)
    run = run_plans(analysis, models, (plan, bare), draws=500, seed=1, baseline=False)
    seen = observe(analysis, models, Rule(5), View.PROTECTED)
    return {
        "summary": run.summary(measures=("vacancies", "leavers")),
        "scenario": plan.name,
        "baseline": bare.name,
        "as_of": analysis.history.as_of,
        "family": "all",
        "now": seen.now("vacancies", "all"),
        "mark": seen.mark,
        "difference": change_at_end(
            run, plan.name, "vacancies", family="all", other=bare.name
        ).difference.triple,
    }
