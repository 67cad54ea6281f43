"""After confirming, nothing that identifies anybody can be reached or is on the disk."""

import functools
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from intake_files import book
from reachable import Marks, search
from streamlit.runtime.caching import cache_data_api, cache_resource_api
from streamlit.runtime.state.session_state import SessionState

from workforce.ui import keys

Dashboard = Any
BOX = "data.upload.0"
PEOPLE = 60
ZERO = date(1899, 12, 30)
"""Day 0 of Excel."""

HEAD = [
    "Employee Number", "Full Name", "NI Number", "E-mail", "Mobile", "Home Address", "Postcode",
    "Account Number", "Date of Birth", "Gender", "Line Manager", "Job Title", "Department", "FTE",
    "Start Date", "Leaving Date", "Leaving Reason", "Notes",
]  # fmt: skip


def born(number: int) -> date:
    return date(1949 + number % 40, 1 + number % 12, 1 + number % 28)


def name(number: int) -> str:
    # Letters only, so that the name looks like one to whoever looks for names.
    return f"Wren{'abcdefghij'[number % 10]}{'klmnop'[number // 10]} Candlewick"


def person(number: int) -> list[Any]:
    gone = number % 6 == 0
    return [
        77_700_100 + number, name(number), f"QQ4321{number:02d}C", f"wren{number}@quill.example",
        f"07700 900{number:03d}", f"{number} Hedgerow Lane", f"QU{number} 9ZZ",
        f"987654{number:02d}", born(number), "Heliotropian", "Moss Thimblebottom",
        "Data Analyst" if number % 2 else "Cyber Security Analyst", "Place", 1.0,
        date(2015 + number % 9, 1 + number % 12, 1 + number % 27),
        date(2026, 1 + number % 9, 5) if gone else None,
        "Resignation" if gone else None, f"Ask Bramble Oakapple about {number}",
    ]  # fmt: skip


MARKS = Marks(
    texts={
        "Candlewick", "quill.example", "Hedgerow", "Heliotropian", "Thimblebottom", "Oakapple",
        *(str(value) for n in range(PEOPLE) for value in (person(n)[2], person(n)[4],
                                                          person(n)[6], person(n)[7])),
    },
    numbers={77_700_100 + n for n in range(PEOPLE)} | {int(person(n)[7]) for n in range(PEOPLE)},
    days={born(n) for n in range(PEOPLE)},
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _nothing_of_other_tests() -> None:
    """Let go of what the sessions of other tests left, or each search goes through all of it."""
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(scope="module")
def workbook() -> bytes:
    rows = [["As at 30 September 2026"], [], HEAD, *[person(n) for n in range(PEOPLE)]]
    return book({"Staff": rows})


def roots(session: Dashboard) -> Iterator[tuple[str, object]]:
    """Yield all that the session and the caches of the app hold on to."""
    state = session.app.session_state
    while not isinstance(state, SessionState):
        state = object.__getattribute__(state, "_state")
    for part in ("_new_session_state", "_new_widget_state", "_old_state", "_key_id_mapper"):
        yield f"session_state.{part}", getattr(state, part)
    for kind, caches in (
        ("cache_resource", cache_resource_api._resource_caches._function_caches),
        ("cache_data", cache_data_api._data_caches._function_caches),
    ):
        for owner, functions in caches.items():
            for function, cache in functions.items():
                yield f"{kind}[{owner}][{function[:12]}]", cache


@pytest.fixture
def waiting(dashboard: Callable[..., Dashboard], workbook: bytes) -> Dashboard:
    """A session in which a file with marked people was looked at from all sides."""
    session = dashboard("data").upload(BOX, ("staff.xlsx", workbook))
    for tab in ("Columns", "Role families", "Leaving reasons", "Findings"):
        session.open("data.tab", tab)
    return session


def person_keys(session: Dashboard) -> set[str]:
    """Return the keys that stand for people while the files are looked at."""
    held = [
        result.value
        for functions in cache_resource_api._resource_caches._function_caches.values()
        for cache in functions.values()
        for result in cache._mem_cache.values()
        if type(result.value).__name__ == "Extract"
    ]
    return {str(key) for extract in held for key in extract.people["person"]}


def test_nobody_can_be_reached_after_confirming(waiting: Dashboard) -> None:
    before = search(roots(waiting), MARKS)
    assert before, "the search finds the uploaded file while it is looked at"
    hashed = person_keys(waiting)
    assert len(hashed) == PEOPLE
    assert search(roots(waiting), Marks(hashed)), "the search finds their keys too"
    waiting.click("data.confirm")
    assert waiting.app.session_state[keys.DATASET].name == "staff.xlsx"
    # The keys of people are texts too: not even they are kept.
    assert search(roots(waiting), replace(MARKS, texts=MARKS.texts | hashed)) == []


def test_nobody_can_be_reached_after_a_fairness_check(waiting: Dashboard) -> None:
    hashed = person_keys(waiting)
    waiting.app.checkbox(key="data.fairness").check()
    waiting.click("data.confirm")
    waiting.show("method-and-assurance").open("method.tab", "Fairness")
    assert "No check was asked for" not in waiting.text, "the columns were read"
    assert search(roots(waiting), replace(MARKS, texts=MARKS.texts | hashed)) == []


def test_nobody_can_be_reached_when_the_pages_have_been_used(waiting: Dashboard) -> None:
    waiting.click("data.confirm")
    for page in ("where-we-are", "results", "data"):
        waiting.show(page)
    assert search(roots(waiting), MARKS) == []


def test_nobody_can_be_reached_after_the_files_were_forgotten(waiting: Dashboard) -> None:
    waiting.click("data.forget")
    assert search(roots(waiting), MARKS) == []


def test_a_planted_name_would_be_found(waiting: Dashboard, request: pytest.FixtureRequest) -> None:
    waiting.click("data.confirm")
    planted = pd.DataFrame({"person": [name(7)], "fte": [1.0]})
    state = waiting.app.session_state
    caches = cache_resource_api._resource_caches._function_caches
    held = next(iter(next(iter(caches.values())).values()))._mem_cache
    request.addfinalizer(lambda: held.pop("planted", None))
    places: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "session_state": (lambda: state.__setitem__("_planted", {"deep": [planted]}),
                          lambda: state.__delitem__("_planted")),
        "a callback in session_state": (lambda: state.__setitem__("_planted", _closure(planted)),
                                        lambda: state.__delitem__("_planted")),
        "cache_resource": (lambda: held.__setitem__("planted", planted),
                           lambda: held.pop("planted")),
    }  # fmt: skip
    for place, (plant, pull) in places.items():
        plant()
        # Only where it was planted, because the whole takes seconds and is searched above.
        kind = place.split()[-1]
        near = [each for each in roots(waiting) if each[0].startswith(kind)]
        found = search(near, MARKS)
        assert any("Candlewick" in each for each in found), (place, found)
        pull()
        if kind == "session_state":
            assert search(near, MARKS) == [], "the plant was what was found"


@dataclass(frozen=True, slots=True)
class _Slotted:
    value: object


def _zipped(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", text)
    return buffer.getvalue()


def _closure(value: object) -> Callable[[], object]:
    return lambda: value


PLANTS: dict[str, Callable[[], object]] = {
    "text": lambda: f"left with {name(3)} yesterday",
    "text in another case": lambda: name(3).upper(),
    "key of a dictionary": lambda: {("a", name(3)): 1},
    "slots": lambda: _Slotted([_Slotted(name(3))]),
    "closure": lambda: _closure({"a": name(3)}),
    "default of a function": lambda: functools.partial(print, end=name(3)),
    "bound method": lambda: _Slotted(name(3)).__repr__,
    "set": lambda: frozenset({name(3)}),
    "bytes": lambda: name(3).encode(),
    "wide bytes": lambda: name(3).encode("utf-16-le"),
    "view of bytes": lambda: memoryview(name(3).encode()),
    "buffer": lambda: io.BytesIO(name(3).encode()),
    "packed workbook": lambda: _zipped(f"<t>{name(3)}</t>"),
    "array of objects": lambda: np.array(["x", name(3)], dtype=object),
    "array of texts": lambda: np.array(["x", name(3)]),
    "part of an array": lambda: np.array(["x", name(3)], dtype=object)[:1],
    "column of texts": lambda: pd.DataFrame({"a": pd.Series([name(3)], dtype="str")}),
    "category": lambda: pd.Series([name(3)], dtype="category"),
    "index": lambda: pd.DataFrame({"a": [1]}, index=[name(3)]),
    "heading": lambda: pd.DataFrame({name(3): [1]}),
    "attributes of a table": lambda: _with_attributes(name(3)),
    "birth date": lambda: [born(3)],
    "birth dates as numbers": lambda: np.array([(born(n) - ZERO).days for n in range(4)]),
    "birth dates as listed numbers": lambda: [(born(n) - ZERO).days for n in range(4)],
    "birth dates in a column": lambda: pd.Series([pd.Timestamp(born(3))]).astype("datetime64[s]"),
    "birth date as text": lambda: born(3).isoformat(),
    "identifier in an array": lambda: np.array([1, 77_700_103]),
    "identifier as a decimal": lambda: {"id": 77_700_103.0},
}


def _with_attributes(value: str) -> pd.DataFrame:
    frame = pd.DataFrame({"a": [1]})
    frame.attrs["made for"] = value
    return frame


@pytest.mark.parametrize("plant", PLANTS)
def test_the_search_finds_a_mark_wherever_it_is_hidden(plant: str) -> None:
    assert search([("planted", [PLANTS[plant]()])], MARKS)


def test_the_search_finds_nothing_where_nothing_is() -> None:
    harmless = {
        "words": ["Wren", "Data Analyst", "Place"],
        "frame": pd.DataFrame({"people": [1, 2], "month": pd.to_datetime(["2026-01-01"] * 2)}),
        "numbers": np.arange(100),
        "file": _zipped("<t>nobody</t>"),
    }
    assert search([("harmless", harmless)], MARKS) == []


class _Watch:
    """Notes files that are opened for writing while it is on; hooks cannot be taken away."""

    def __init__(self) -> None:
        self.on = False
        self.written: set[str] = set()
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on or event != "open":
            return
        path, mode, flags = (*arguments, None, None)[:3]
        writes = any(each in str(mode or "") for each in "wax+") or bool((flags or 0) & 3)
        if writes and isinstance(path, str | bytes | Path):
            self.written.add(path.decode() if isinstance(path, bytes) else str(path))


@pytest.fixture(scope="module")
def watch() -> _Watch:
    return _Watch()


def test_nothing_of_a_person_is_written_to_the_disk(
    dashboard: Callable[..., Dashboard],
    workbook: bytes,
    watch: _Watch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    session = dashboard("data")
    watch.on = True
    try:
        session.upload(BOX, ("staff.xlsx", workbook)).open("data.tab", "Findings")
        session.click("data.confirm").show("levers").click("levers.all_on")
    finally:
        watch.on = False
    elsewhere = {
        each for each in watch.written
        if not each.startswith(str(tmp_path)) and "__pycache__" not in each
        and not each.startswith("/dev/")
    }  # fmt: skip
    assert elsewhere == set(), "something was written outside the folder of saved plans"
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert any(each.name.startswith("plans.sqlite") for each in files), "the layout was saved"
    for file in files:
        assert not MARKS.in_bytes(file.read_bytes()), f"{file.name} holds something of a person"
    planted = tmp_path / "planted.bin"
    planted.write_bytes(b"\x00" + name(5).encode())
    assert MARKS.in_bytes(planted.read_bytes()), "a planted name would have been found"
