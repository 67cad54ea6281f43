"""Saved plans: whole, private, and never lost."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from workforce.domain.errors import UserError
from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook
from workforce.store import PlanStore

KEY = "0123456789abcdef" * 2
OTHER = "f" * 32
NOON = "2026-11-22T12:00:00+00:00"


def _book(name: str = "Plan A", note: str = "") -> PlanBook:
    return PlanBook((Plan(name, note=note),), name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plans.sqlite3"


def test_a_saved_book_comes_back_equal(path: Path) -> None:
    book = PlanBook((Plan("A", horizon_months=48), Plan("“B” & co")), "“B” & co")
    PlanStore(path).save(KEY, book, NOON)
    assert PlanStore(path).load(KEY) == book


def test_an_unknown_key_has_no_book(path: Path) -> None:
    assert PlanStore(path).load(KEY) is None


def test_saving_again_replaces_and_leaves_other_keys_alone(path: Path) -> None:
    store = PlanStore(path)
    store.save(KEY, _book("First"), NOON)
    store.save(OTHER, _book("Theirs"), NOON)
    store.save(KEY, _book("Second"), NOON)
    assert store.load(KEY) == _book("Second")
    assert store.load(OTHER) == _book("Theirs")


def test_a_deleted_book_is_gone_from_the_file_as_well(path: Path) -> None:
    store = PlanStore(path)
    store.save(KEY, _book(note="remember-me-not"), NOON)
    store.delete(KEY)
    store.delete(KEY)
    assert store.load(KEY) is None
    left = b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    assert b"remember-me-not" not in left, "deleted text must not stay behind in free pages"


def test_purging_compares_times_across_zones(path: Path) -> None:
    store = PlanStore(path)
    store.save(KEY, _book("Old"), "2026-11-22T13:30:00+02:00")  # 11:30 UTC
    store.save(OTHER, _book("New"), "2026-11-22T12:30:00")  # no zone: UTC
    assert store.purge_before(NOON) == 1
    assert store.load(KEY) is None
    assert store.load(OTHER) == _book("New")


@pytest.mark.parametrize("moment", ["yesterday", "", "2026-13-01"])
def test_a_time_that_is_none_is_refused(path: Path, moment: str) -> None:
    with pytest.raises(ValueError, match="ISO form"):
        PlanStore(path).save(KEY, _book(), moment)


@pytest.mark.parametrize(
    "key", ["", "abc", KEY.upper(), KEY + "0", KEY[:-1] + "\n", KEY[:-1] + "g", "' OR 1=1 --"]
)
def test_a_key_that_is_none_is_refused_everywhere(path: Path, key: str) -> None:
    store = PlanStore(path)
    for refused in (
        lambda: store.save(key, _book(), NOON),
        lambda: store.load(key),
        lambda: store.delete(key),
    ):
        with pytest.raises(UserError, match="link to your saved plans"):
            refused()


def test_the_file_is_the_owners_alone(path: Path) -> None:
    PlanStore(path).save(KEY, _book(), NOON)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_no_database_is_set_aside_unharmed(path: Path) -> None:
    path.write_bytes(b"this was never a database, but somebody may want it back" * 40)
    before = path.read_bytes()
    with pytest.raises(UserError, match=r"set aside as plans\.damaged-1\.sqlite3"):
        PlanStore(path)
    assert (path.parent / "plans.damaged-1.sqlite3").read_bytes() == before
    PlanStore(path).save(KEY, _book(), NOON)
    assert PlanStore(path).load(KEY) == _book(), "a fresh file must take over"


def test_a_second_damaged_file_does_not_replace_the_first(path: Path) -> None:
    for content in (b"first" * 300, b"second" * 300):
        path.write_bytes(content)
        with pytest.raises(UserError):
            PlanStore(path)
    assert (path.parent / "plans.damaged-1.sqlite3").read_bytes() == b"first" * 300
    assert (path.parent / "plans.damaged-2.sqlite3").read_bytes() == b"second" * 300


def test_damage_while_the_store_is_open_costs_one_operation(path: Path) -> None:
    store = PlanStore(path)
    store.save(KEY, _book(note="x" * 20_000), NOON)
    for part in path.parent.glob("plans.sqlite3-*"):
        part.unlink()
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])
    with pytest.raises(UserError, match="set aside"):
        store.load(KEY)
    store.save(KEY, _book("Again"), NOON)
    assert store.load(KEY) == _book("Again")


def test_a_store_of_a_newer_version_is_left_alone(path: Path) -> None:
    PlanStore(path).save(KEY, _book(), NOON)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(UserError, match="newer version"):
        PlanStore(path)
    assert path.exists()
    assert not list(path.parent.glob("*damaged*"))


def test_a_damaged_document_is_refused_without_touching_the_file(path: Path) -> None:
    store = PlanStore(path)
    store.save(KEY, _book(), NOON)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE books SET document = '{'")
    connection.commit()
    connection.close()
    with pytest.raises(UserError):
        store.load(KEY)
    assert not list(path.parent.glob("*damaged*"))


def test_many_threads_write_at_once_and_nothing_is_lost(path: Path) -> None:
    faults: list[BaseException] = []
    keys = [f"{number:032x}" for number in range(6)]

    def work(key: str) -> None:
        try:
            store = PlanStore(path)  # each its own, as processes would
            for turn in range(8):
                store.save(key, _book(note=str(turn)), NOON)
                book = store.load(key)
                assert book is not None
                assert book.current().note == str(turn)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, f"concurrent writers failed: {faults[:2]}"
    store = PlanStore(path)
    assert [store.load(key) for key in keys] == [_book(note="7")] * len(keys)


_SAVER = """
import sys
from pathlib import Path
from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook
from workforce.store import PlanStore
store, first = PlanStore(Path(sys.argv[1])), int(sys.argv[2])
for number in range(first, first + 100_000):
    note = f"{number} " + "x" * 20_000
    store.save("0" * 32, PlanBook((Plan("A", note=note),), "A"), "2026-11-22T12:00:00")
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_process_killed_while_saving_loses_nothing_it_had_finished(
    path: Path, root: Path
) -> None:
    done = 0
    for round_ in range(3):
        saver = subprocess.Popen(
            [sys.executable, "-c", _SAVER, str(path), str(done + 1)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        assert saver.stdout is not None
        for _ in range(15 + 7 * round_):
            done = int(saver.stdout.readline())
        os.kill(saver.pid, signal.SIGKILL)
        rest = saver.stdout.read().split()
        saver.wait()
        done = int(rest[-1]) if rest else done
        book = PlanStore(path).load("0" * 32)
        assert book is not None
        number, body = book.current().note.split()
        # The save under way when the process died may be there whole; an older one may not.
        assert int(number) in {done, done + 1}, f"save {done} was lost; found {number}"
        assert len(body) == 20_000, "a save must be whole or not there"
