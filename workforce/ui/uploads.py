"""Uploaded files on their way in: held until they are confirmed or dropped, then forgotten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.ui import assurance, engine, keys, remembered, state

if TYPE_CHECKING:
    from workforce.intake import Extract, Mapping, SourceFile

__all__ = [
    "Pending",
    "box",
    "confirm",
    "discard",
    "note_sent",
    "pending_extract",
    "receive",
    "release",
]


@dataclass(frozen=True, slots=True)
class Pending:
    """Files that were uploaded and not yet confirmed.

    Attributes:
        key: Digest of names and contents.
        names: File names.
        mapping: Corrections so far.
    """

    key: str
    names: tuple[str, ...]
    mapping: "Mapping | None" = None


def box() -> str:
    """Return the key of the file box; a box that was emptied by us gets a new one."""
    return f"data.upload.{st.session_state.get(keys.UPLOAD_ROUND, 0)}"


def release() -> None:
    """Empty the file box, and have the server let go of the bytes that the browser sent it.

    Without this the server would hold uploaded files until the session ends, whatever we forget.
    """
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        # By their numbers, because the box forgets its files when another page is looked at.
        for number in st.session_state.get(keys.UPLOADED, ()):
            context.uploaded_file_mgr.remove_file(context.session_id, number)
    st.session_state[keys.UPLOADED] = ()
    st.session_state[keys.UPLOAD_ROUND] = st.session_state.get(keys.UPLOAD_ROUND, 0) + 1


def note_sent(numbers: Iterable[str]) -> None:
    """Note the files that the server holds for this session, so that it can let go of them.

    Args:
        numbers: What the server knows them by.
    """
    known = st.session_state.get(keys.UPLOADED, ())
    st.session_state[keys.UPLOADED] = tuple(dict.fromkeys((*known, *numbers)))


@st.cache_resource(show_spinner=False, max_entries=1, scope="session")
def _files(key: str, _content: "tuple[SourceFile, ...]" = ()) -> "tuple[SourceFile, ...]":
    if not _content:
        raise UserError("The uploaded files are no longer held. Upload them again.")
    return _content


@st.cache_resource(show_spinner="Reading the files", max_entries=1, scope="session")
def _extract(key: str, mapping_json: str, _mapping: "Mapping | None") -> "Extract":
    from workforce.workflow import read_files

    return read_files(_files(key), engine.models(), today=date.today(), mapping=_mapping)


def receive(uploads: Sequence[tuple[str, bytes]]) -> Pending:
    """Take uploaded files; they stay until they are confirmed or discarded.

    Args:
        uploads: Names and contents.

    Returns:
        What stands for them in the session's state.
    """
    import hashlib

    from workforce.intake import SourceFile

    digest = hashlib.sha256()
    for name, content in uploads:
        digest.update(name.encode())
        digest.update(hashlib.sha256(content).digest())
    key = digest.hexdigest()
    _files.clear()
    _files(key, tuple(SourceFile(name, content) for name, content in uploads))
    return Pending(key, tuple(name for name, _ in uploads))


def pending_extract(pending: Pending) -> "Extract":
    """Return the pending files as read with the corrections so far.

    Raises:
        UserError: If nothing at all can be read.
    """
    text = pending.mapping.to_json() if pending.mapping is not None else ""
    return _extract(pending.key, text, pending.mapping)


def confirm(pending: Pending, *, fairness: bool = False) -> state.Dataset:
    """Fold the pending files into counts, forget the files, and return what is now on show.

    What was said of their layout, and what was found, is remembered for next month's files.

    Args:
        pending: The files.
        fairness: Whether to read protected characteristics, for the fairness check alone. They are
            read here and forgotten with the files.

    Raises:
        UserError: If nobody in post is found.
    """
    extract = pending_extract(pending)
    done = engine.own_analysis(extract.digest, extract)
    assurance.remember(extract, done, _with_protected(pending) if fairness else None)
    remembered.remember(extract.mapping)
    discard()
    release()
    return state.Dataset(", ".join(pending.names), done.as_of, extract.digest)


def _with_protected(pending: Pending) -> "Extract":
    from workforce.workflow import read_files

    return read_files(
        _files(pending.key),
        engine.models(),
        today=date.today(),
        mapping=pending.mapping,
        fairness=True,
    )


def discard() -> None:
    """Forget uploaded files and the tables read from them."""
    _files.clear()
    _extract.clear()
