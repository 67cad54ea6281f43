"""A real server and a real browser: after confirming, the server holds nobody."""

import asyncio
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from intake_files import book
from playwright.sync_api import Page, expect
from reachable import Marks, search
from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.caching import cache_data_api, cache_resource_api
from streamlit.web.server.server import Server

from workforce.ui.paths import STORE_VARIABLE

pytestmark = pytest.mark.browser

MARKS = Marks({"Candlewick", "quill.example"}, {77_700_100 + n for n in range(40)})
HEAD = ["Employee Number", "Full Name", "E-mail", "Job Title", "Start Date", "Leaving Date"]


def people(count: int = 40) -> bytes:
    rows = [
        [77_700_100 + n, "Wren Candlewick", f"wren{n}@quill.example", "Data Analyst",
         date(2016 + n % 8, 1 + n % 12, 3), date(2026, 1 + n % 9, 5) if n % 5 == 0 else None]
        for n in range(count)
    ]  # fmt: skip
    return book({"Staff": [["As at 30 September 2026"], [], HEAD, *rows]})


@pytest.fixture
def running(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_port: Callable[[], int]
) -> Iterator[tuple[str, Runtime]]:
    """Run the server in this process, where its memory can be searched."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "plans.sqlite"))
    monkeypatch.chdir(root)
    port = free_port()
    for option, value in (
        ("server.port", port), ("server.headless", True), ("server.fileWatcherType", "none"),
        ("browser.gatherUsageStats", False), ("server.address", "127.0.0.1"),
    ):  # fmt: skip
        config.set_option(option, value)
    made: list[Server] = []
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        made.append(Server(str(root / "app.py"), is_hello=False))
        await made[0].start()
        await made[0].stopped

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{port}"
    _wait_for(address)
    yield address, made[0]._runtime
    loops[0].call_soon_threadsafe(made[0].stop)
    thread.join(timeout=30)
    Runtime._instance = None


def _wait_for(address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not answer")


def held(runtime: Runtime) -> Iterator[tuple[str, Any]]:
    """Yield what the server holds for its sessions."""
    yield "uploaded files", runtime.uploaded_file_mgr
    yield "files to download", runtime.media_file_mgr
    for each in runtime._session_mgr.list_sessions():
        yield "session state", each.session.session_state
        yield "messages to the browser", each.session._browser_queue
    yield "cache_resource", cache_resource_api._resource_caches._function_caches
    yield "cache_data", cache_data_api._data_caches._function_caches


def _settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSpinner")).to_have_count(0)


def _send(page: Page, address: str) -> None:
    page.goto(f"{address}/data")
    expect(page.get_by_role("heading", level=1)).to_have_text("Data")
    _settled(page)
    box = page.get_by_test_id("stMain").locator("input[type=file]").first
    box.set_input_files(
        {"name": "staff.xlsx", "mimeType": "application/octet-stream", "buffer": people()}
    )
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    _settled(page)


def _uploaded(runtime: Runtime) -> int:
    return sum(len(files) for files in runtime.uploaded_file_mgr.file_storage.values())


def test_the_server_lets_go_of_uploaded_files_and_of_everybody_in_them(
    page: Page, running: tuple[str, Runtime]
) -> None:
    address, runtime = running
    _send(page, address)
    assert _uploaded(runtime) == 1
    assert search(held(runtime), MARKS), "the search finds the file while it is looked at"
    # The box forgets its files when another page is looked at; the server does not.
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Levers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Levers")
    _settled(page)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Data").click()
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    _settled(page)
    page.get_by_role("button", name="Confirm and use these data").click()
    expect(page.get_by_text("is now on show on every page")).to_be_visible()
    _settled(page)
    assert _uploaded(runtime) == 0, "the bytes that the browser sent are gone"
    assert search(held(runtime), MARKS) == []


def test_forgetting_the_files_also_empties_the_server(
    page: Page, running: tuple[str, Runtime]
) -> None:
    address, runtime = running
    _send(page, address)
    page.get_by_role("button", name="Forget these files").click()
    expect(page.get_by_role("heading", name="What was found")).to_have_count(0)
    _settled(page)
    assert _uploaded(runtime) == 0
    assert search(held(runtime), MARKS) == []
