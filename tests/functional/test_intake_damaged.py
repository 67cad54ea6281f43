"""Damaged files through the reading of extracts; `benchmarks/fuzz.py` reads thousands."""

import os
import signal

import pytest

from benchmarks import _mutate, fuzz
from workforce.domain.errors import UserError

CASES = 105
"""Seven of each seed file, or eight where LibreOffice is not there to write one of them."""


@pytest.fixture(scope="module")
def originals() -> list[tuple[str, bytes]]:
    return _mutate.seeds()


def test_every_seed_is_read_before_it_is_damaged(originals: list[tuple[str, bytes]]) -> None:
    assert len(originals) >= 14
    for name, content in originals:
        fuzz.read(name, content)


def test_damaged_files_are_read_or_get_a_sentence(originals: list[tuple[str, bytes]]) -> None:
    before = len(os.listdir("/proc/self/fd"))
    sentences: list[str] = []
    for number in range(CASES):
        name, content = fuzz.spreadsheet(number, originals)
        try:
            fuzz.read(name, content)
        except UserError as refusal:
            sentences.append(str(refusal))
    assert all(each.endswith(".") for each in sentences)
    assert CASES // 10 < len(sentences) < CASES - CASES // 10, "the damage is too small or great"
    assert len(os.listdir("/proc/self/fd")) <= before, "a file was left open"


def test_a_process_that_dies_or_hangs_is_counted(
    originals: list[tuple[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(name: str, content: bytes) -> None:
        if content == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        while content == b"hang":
            pass

    given = {3: b"die", 5: b"hang"}
    monkeypatch.setattr(fuzz, "read", read)
    monkeypatch.setattr(fuzz, "LIMIT", 0.3)
    monkeypatch.setattr(fuzz, "spreadsheet", lambda n, _: ("x.csv", given.get(n, b"fine")))
    tally = fuzz.share(originals[:1], range(8), workers=1)
    assert (tally.cases, tally.read) == (8, 6)
    assert (tally.aborts, tally.hangs) == ([3], [5])
