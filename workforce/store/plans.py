"""Plan books in one SQLite file: a row a book, each save whole or not at all."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from workforce.domain.errors import UserError
from workforce.domain.forecast import SavedForecast
from workforce.domain.planfile import PlanBook

__all__ = ["PlanStore"]

_SCHEMA_VERSION: Final = 1
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_WAIT_SECONDS: Final = 15.0
_COMPANIONS: Final = ("", "-wal", "-shm")
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_MAPPINGS: Final = """
CREATE TABLE IF NOT EXISTS mappings (
    key TEXT PRIMARY KEY,
    saved_at TEXT NOT NULL,
    document TEXT NOT NULL
) WITHOUT ROWID
"""
_FORECASTS: Final = """
CREATE TABLE IF NOT EXISTS forecasts (
    key TEXT NOT NULL,
    as_of INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (key, as_of)
) WITHOUT ROWID
"""
_MOST_FORECASTS: Final = 24
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS books (
    key TEXT PRIMARY KEY,
    saved_at TEXT NOT NULL,
    document TEXT NOT NULL
) WITHOUT ROWID
"""


class PlanStore:
    """Plan books by key.

    A key is the secret of the browser session that made the book; whoever has it can read and
    change the book. Every operation opens the file anew, so one store may be used from any number
    of threads and processes; writers wait for one another. The journal is a write-ahead log synced
    on every save: a process that is killed loses at most the save it had not finished.
    """

    def __init__(self, path: Path) -> None:
        """Open or start a store.

        Args:
            path: The file; its directory must exist.

        Raises:
            UserError: If the file is damaged (it is then set aside, nothing in it is deleted) or
                of a newer version (it is then left alone).
            sqlite3.OperationalError: If the file cannot be opened or written.
        """
        self._path = path
        with self._watched():
            self._prepare()

    def save(self, key: str, book: PlanBook, saved_at: str) -> None:
        """Save a book, replacing the one under the same key.

        Args:
            key: 32 hexadecimal digits.
            book: The plans.
            saved_at: Time in ISO form; without a zone it is taken for UTC.

        Raises:
            UserError: If the key is none, or the file is damaged.
        """
        row = (_checked(key), _utc(saved_at), book.to_json())
        with self._watched(), closing(self._connect()) as connection:
            connection.execute(
                "INSERT INTO books (key, saved_at, document) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET saved_at = excluded.saved_at, "
                "document = excluded.document",
                row,
            )

    def load(self, key: str) -> PlanBook | None:
        """Return the book under a key, `None` where there is none.

        Args:
            key: 32 hexadecimal digits.

        Raises:
            UserError: If the key is none, the file is damaged, or the book cannot be read.
        """
        with self._watched(), closing(self._connect()) as connection:
            row = connection.execute(
                "SELECT document FROM books WHERE key = ?", (_checked(key),)
            ).fetchone()
        return None if row is None else PlanBook.from_json(row[0])

    def delete(self, key: str) -> None:
        """Delete all that is under a key; deleting what is not there changes nothing.

        Args:
            key: 32 hexadecimal digits.
        """
        with self._watched(), closing(self._connect()) as connection:
            connection.execute("DELETE FROM books WHERE key = ?", (_checked(key),))
            connection.execute("DELETE FROM mappings WHERE key = ?", (_checked(key),))
            connection.execute("DELETE FROM forecasts WHERE key = ?", (_checked(key),))

    def keep_forecast(self, key: str, forecast: SavedForecast, saved_at: str) -> None:
        """Keep what a plan was expected to lead to, replacing the one from data of the same month.

        Forecasts from data of earlier months stay, the latest two dozen: they are what newer data
        can be held against.

        Args:
            key: 32 hexadecimal digits; that of the book.
            forecast: The forecast.
            saved_at: Time in ISO form; without a zone it is taken for UTC.

        Raises:
            UserError: If the key is none, or the file is damaged.
        """
        row = (_checked(key), forecast.as_of, _utc(saved_at), forecast.to_json())
        with self._watched(), closing(self._connect()) as connection:
            connection.execute(
                "INSERT INTO forecasts (key, as_of, saved_at, document) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (key, as_of) DO UPDATE SET saved_at = excluded.saved_at, "
                "document = excluded.document",
                row,
            )
            connection.execute(
                "DELETE FROM forecasts WHERE key = ? AND as_of NOT IN (SELECT as_of FROM forecasts "
                "WHERE key = ? ORDER BY as_of DESC LIMIT ?)",
                (key, key, _MOST_FORECASTS),
            )

    def forecasts(self, key: str) -> tuple[SavedForecast, ...]:
        """Return the forecasts kept under a key, oldest first; unreadable ones are passed over.

        Args:
            key: 32 hexadecimal digits.

        Raises:
            UserError: If the key is none, or the file is damaged.
        """
        with self._watched(), closing(self._connect()) as connection:
            rows = connection.execute(
                "SELECT document FROM forecasts WHERE key = ? ORDER BY as_of", (_checked(key),)
            ).fetchall()
        found = []
        for (document,) in rows:
            with suppress(UserError):
                found.append(SavedForecast.from_json(document))
        return tuple(found)

    def save_mapping(self, key: str, text: str, saved_at: str) -> None:
        """Save how files are laid out, replacing what is under the same key.

        Args:
            key: 32 hexadecimal digits; that of the book, as both belong to one session.
            text: Text of a mapping file: headings and corrections, no row of any file.
            saved_at: Time in ISO form; without a zone it is taken for UTC.

        Raises:
            UserError: If the key is none, or the file is damaged.
        """
        row = (_checked(key), _utc(saved_at), text)
        with self._watched(), closing(self._connect()) as connection:
            connection.execute(
                "INSERT INTO mappings (key, saved_at, document) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET saved_at = excluded.saved_at, "
                "document = excluded.document",
                row,
            )

    def load_mapping(self, key: str) -> str | None:
        """Return the text of the mapping under a key, `None` where there is none.

        Args:
            key: 32 hexadecimal digits.

        Raises:
            UserError: If the key is none, or the file is damaged.
        """
        with self._watched(), closing(self._connect()) as connection:
            row = connection.execute(
                "SELECT document FROM mappings WHERE key = ?", (_checked(key),)
            ).fetchone()
        return None if row is None else str(row[0])

    def delete_mapping(self, key: str) -> None:
        """Delete the mapping under a key; deleting what is not there changes nothing.

        Args:
            key: 32 hexadecimal digits.
        """
        with self._watched(), closing(self._connect()) as connection:
            connection.execute("DELETE FROM mappings WHERE key = ?", (_checked(key),))

    def purge_before(self, moment: str) -> int:
        """Delete every book, mapping and forecast last saved before a moment.

        Args:
            moment: Time in ISO form; without a zone it is taken for UTC.

        Returns:
            Number of books deleted.
        """
        with self._watched(), closing(self._connect()) as connection:
            connection.execute("DELETE FROM mappings WHERE saved_at < ?", (_utc(moment),))
            connection.execute("DELETE FROM forecasts WHERE saved_at < ?", (_utc(moment),))
            done = connection.execute("DELETE FROM books WHERE saved_at < ?", (_utc(moment),))
            return done.rowcount

    def _connect(self) -> sqlite3.Connection:
        if not self._path.exists():
            # Made before SQLite would, because on a shared machine no other account should read it.
            os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
        # Without an isolation level each statement is a transaction of its own.
        connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            # Here too: the file may have been set aside or cleaned away since the store was opened.
            connection.execute(_TABLE)
            connection.execute(_MAPPINGS)
            connection.execute(_FORECASTS)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _prepare(self) -> None:
        with closing(self._connect()) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > _SCHEMA_VERSION:
                raise UserError(
                    f"The file of saved plans ({self._path.name}) was written by a newer version. "
                    "Update the software, or open your plan from a plan file."
                )
            if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise _DamagedError
            connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Set a damaged file aside instead of failing on it for ever."""
        try:
            yield
        except _DamagedError:
            raise self._set_aside() from None
        except sqlite3.DatabaseError as fault:
            # Extended codes carry the kind of fault in their lowest byte.
            if getattr(fault, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
                raise
            raise self._set_aside() from fault

    def _set_aside(self) -> UserError:
        number = 1
        while (aside := self._aside(number)).exists():
            number += 1
        for tail in _COMPANIONS:
            part = self._path.with_name(self._path.name + tail)
            if part.exists():
                part.replace(aside.with_name(aside.name + tail))
        return UserError(
            f"The file of saved plans was damaged and has been set aside as {aside.name}; nothing "
            "in it was deleted. Open your plan from a plan file, or go on with a new one: it will "
            "be saved in a fresh file."
        )

    def _aside(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.stem}.damaged-{number}{self._path.suffix}")


class _DamagedError(Exception):
    """The file opens, but its pages contradict each other."""


def _checked(key: str) -> str:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise UserError(
            "The link to your saved plans is damaged. Open your plan from a plan file, or start "
            "from the first page."
        )
    return key


def _utc(moment: str) -> str:
    """Return a time in the one form in which text order is time order."""
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        raise ValueError(f"{moment!r} is no time in ISO form") from None
    aware = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    return aware.isoformat(timespec="microseconds")
