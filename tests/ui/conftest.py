"""The dashboard as the tests drive it: started from app.py, plans saved in a folder of its own."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook
from workforce.sample import make_sample
from workforce.ui import keys
from workforce.ui.paths import STORE_VARIABLE


class Dashboard:
    """One session of the app with the questions that tests ask of it."""

    def __init__(self, script: Path, query: dict[str, str] | None = None) -> None:
        self.app = AppTest.from_file(str(script), default_timeout=120)
        for key, value in (query or {}).items():
            self.app.query_params[key] = value
        self.run()

    def run(self) -> "Dashboard":
        """Run the page again; an uncaught exception fails the test."""
        self.app.run()
        return self.check()

    def check(self) -> "Dashboard":
        assert not self.app.exception, [each.message for each in self.app.exception]
        return self

    def show(self, page: str) -> "Dashboard":
        """Go to a page as a click in the navigation would."""
        self.app.switch_page(f"workforce/ui/views/{page.replace('-', '_')}.py").run()
        return self.check()

    def open(self, key: str, label: str | bool = True) -> "Dashboard":
        """Open an expander, or the tab of a label."""
        self.app.session_state[key] = label
        return self.run()

    @property
    def book(self) -> PlanBook:
        return self.app.session_state[keys.BOOK]

    @property
    def plan(self) -> Plan:
        return self.book.current()

    def elements(self, kind: str) -> list[Any]:
        """Return all elements of a protocol type, wherever they stand."""

        def walk(block: Any) -> Iterator[Any]:
            for child in block.children.values():
                yield child
                if hasattr(child, "children"):
                    yield from walk(child)

        return [each for each in walk(self.app._tree) if getattr(each, "type", "") == kind]

    @property
    def text(self) -> str:
        """All words on the page."""
        kinds = (
            "title", "header", "subheader", "markdown", "caption",
            "info", "error", "success", "warning",
        )  # fmt: skip
        return "\n".join(str(each.value) for kind in kinds for each in getattr(self.app, kind))

    def click(self, key: str) -> "Dashboard":
        self.app.button(key=key).click().run()
        return self.check()

    def upload(self, key: str, *files: tuple[str, bytes]) -> "Dashboard":
        """Put files into a file box."""
        box = self.app.get("file_uploader")
        next(each for each in box if each.key == key).set_value(
            [(name, content, "application/octet-stream") for name, content in files]
        ).run()
        return self.check()


@pytest.fixture(scope="module", autouse=True)
def _charts_are_checked_elsewhere() -> Iterator[None]:
    """Each figure is held against the Vega-Lite schema in its own tests, not at every rerun."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        yield


@pytest.fixture
def dashboard(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Dashboard]:
    """Start a session, on a page if one is named."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "plans.sqlite"))

    def begin(page: str = "start", query: dict[str, str] | None = None) -> Dashboard:
        session = Dashboard(root / "app.py", query)
        return session if page == "start" else session.show(page)

    return begin


@pytest.fixture(scope="session")
def small_workbook() -> bytes:
    """A fictional organisation small enough to be read in a moment."""
    return make_sample(size=260, years=3, seed=7, as_of=date(2026, 6, 30)).workbook_bytes()
