"""The organisation on show, read once and kept as long as it is needed.

What holds counts of the user's own people is kept per session and goes when the session ends; the
sample is fictional and shared by all sessions.
"""

import contextlib
import gc
import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.ui import state
from workforce.ui.example import example_plan
from workforce.ui.paths import MODELS, SAMPLE_WORKBOOK

if TYPE_CHECKING:
    from workforce.intake import Extract
    from workforce.workflow import Analysis, Models

__all__ = ["analysis", "models", "own_analysis", "population", "sample_analysis", "warm_up"]


@st.cache_resource(show_spinner=False, max_entries=1)
def models() -> "Models":
    """Return the evidence and the role classifier."""
    from workforce.workflow import load_models

    return load_models(MODELS)


@st.cache_resource(show_spinner=False, max_entries=1)
def sample_analysis(path: str) -> "Analysis":
    """Return the analysis of the fictional organisation in a file, shared by all sessions."""
    from pathlib import Path

    from workforce.intake import SourceFile
    from workforce.workflow import analyse, read_files

    file = Path(path)
    try:
        content = file.read_bytes()
    except OSError:
        raise UserError(
            "The sample organisation is missing from this installation. "
            "Upload your own files on the Data page, or install again."
        ) from None
    extract = read_files(
        [SourceFile(file.name, content)], models(), today=date.today(), mapping=None
    )
    return analyse(extract, models(), fictional=True)


@st.cache_resource(show_spinner=False, max_entries=2, scope="session")
def own_analysis(digest: str, _extract: "Extract | None" = None) -> "Analysis":
    """Return the analysis of the user's own data, made when it is first asked for.

    Args:
        digest: Digest of the input.
        _extract: Tidy tables; folded into counts and not kept.

    Raises:
        UserError: If the data are no longer held, or hold nobody in post.
    """
    from workforce.workflow import analyse

    if _extract is None:
        raise UserError(
            "Your data are no longer held, because nothing is kept longer than needed. "
            "Upload the files again on the Data page; your plan is still here."
        )
    return analyse(_extract, models())


def analysis() -> "Analysis":
    """Return the analysis of the data on show.

    Raises:
        UserError: If the sample is missing or the user's data are no longer held.
    """
    shown = state.dataset()
    if not shown.fictional:
        return own_analysis(shown.digest)
    with st.spinner("Reading the sample organisation"):
        return sample_analysis(str(SAMPLE_WORKBOOK))


@st.cache_resource(show_spinner=False, max_entries=1)
def _warming() -> threading.Thread:
    def work() -> None:
        # Whatever is wrong is said on the page that needs it, to somebody who can read it there.
        with contextlib.suppress(UserError):
            analysed = sample_analysis(str(SAMPLE_WORKBOOK))
            _compile(analysed)
        import workforce.charts.comparison  # noqa: F401 - Altair takes the better part of a second

        # Looked through after every run of a page otherwise, and nothing of it ever goes.
        gc.collect()
        gc.freeze()

    thread = threading.Thread(target=work, name="warm-up", daemon=True)
    thread.start()
    return thread


def _compile(analysed: "Analysis") -> None:
    """Run the example plan once: what it is compiled to is kept for every later run."""
    from workforce.workflow import run_plans

    plan = example_plan(models().evidence, analysed.opening.as_of)
    # A cap on apprentices is one of the things that ask for the months to be walked one by one.
    for each in (plan, replace(plan, mentor_cap=1.0)):
        run_plans(analysed, models(), (each,), draws=1, seed=1)


def warm_up() -> None:
    """Read the sample while the first visitor reads the first page; once for the whole server."""
    if st.runtime.exists():
        _warming()


def population() -> str:
    """Return whom the figures are about, for captions."""
    from workforce.workflow import describe_scope

    return describe_scope(analysis())
