"""The running app and a real browser. Nothing here may reach another host."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from workforce.ui.paths import STORE_VARIABLE

CHROMIUM_VARIABLE = "WORKFORCE_CHROMIUM"
_CHROMIUM = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
)
_START_SECONDS = 60

# A machine that is busy or slow is not a fault of the app; speed is measured in the benchmarks.
expect.set_options(timeout=60_000)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Return how to find a port of this machine that nobody uses."""
    return _free_port


@pytest.fixture(scope="session")
def server(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the app on a free port of this machine, as a person would start it."""
    port = _free_port()
    folder = tmp_path_factory.mktemp("server")
    log = (folder / "server.log").open("wb")
    process = subprocess.Popen(
        [
            sys.executable, "-m", "streamlit", "run", "app.py",
            "--server.port", str(port), "--server.headless", "true",
            "--server.fileWatcherType", "none",
        ],
        cwd=root,
        env={**os.environ, STORE_VARIABLE: str(folder / "plans.sqlite")},
        stdout=log,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the app stopped before it answered"
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the app did not answer within {_START_SECONDS} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, the one named in the environment or the system's."""
    named = os.environ.get(CHROMIUM_VARIABLE, "")
    found = next((each for each in (named, *_CHROMIUM) if each and Path(each).exists()), None)
    if found is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def foreign() -> list[str]:
    """Requests that left this machine; a test that fills it has failed."""
    return []


@pytest.fixture
def page(browser: Browser, foreign: list[str]) -> Iterator[Page]:
    """A fresh session at 1280 x 900 that notes every request to another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(60_000)

    def note(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            foreign.append(address)

    opened.on("request", lambda request: note(request.url))
    opened.on("websocket", lambda socket_: note(socket_.url))
    yield opened
    context.close()
    assert not foreign, f"requests left this machine: {foreign[:3]}"
