"""The session's state in one place: the plan book, the run settings and which data is shown.

Everything kept is frozen; a change is a new value, made in a callback, so that a rerun that is
interrupted halfway leaves nothing half changed. The plan book is the truth and widgets follow it.
"""

import contextlib
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.forecast import forecast_from_json
from workforce.domain.months import month_of
from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook
from workforce.ui import keys, notices, store
from workforce.ui.evidence import evidence
from workforce.ui.example import example_book, with_programme
from workforce.ui.paths import EXAMPLE_PROGRAMME, SAMPLE_TRUTH

__all__ = [
    "Dataset",
    "RunSettings",
    "attempt",
    "begin",
    "book",
    "dataset",
    "open_book",
    "open_example",
    "plan",
    "put_plan",
    "sample",
    "set_book",
    "set_dataset",
    "set_settings",
    "settings",
    "update_plan",
]

_KEY: Final = re.compile(r"[0-9a-f]{32}")
_QUERY: Final = "plan"


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How projections are run; the horizon belongs to the plan.

    Attributes:
        draws: Simulated futures.
        seed: Seed of the random numbers.
    """

    draws: int = 1000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Dataset:
    """Which organisation's data every page shows.

    Attributes:
        name: As shown.
        as_of: The day the data describe.
        digest: Digest of the input; empty for the sample.
        fictional: Whether this is the sample.
    """

    name: str
    as_of: date
    digest: str = ""
    fictional: bool = False

    @property
    def month(self) -> int:
        """Month index of the last observed month."""
        return month_of(self.as_of)


@st.cache_resource(show_spinner=False, max_entries=1)
def _sample(path: str) -> Dataset:
    try:
        with Path(path).open(encoding="utf-8") as handle:
            truth = json.load(handle)
        return Dataset(
            str(truth["organisation"]), date.fromisoformat(truth["made_from"]["as_of"]), "", True
        )
    except (OSError, ValueError, KeyError, TypeError):
        # The pages say what is missing; plans can be made meanwhile, from today on.
        return Dataset("The sample organisation", date.today(), "", True)


def sample() -> Dataset:
    """Return the sample organisation, named and dated by the file that describes it."""
    return _sample(str(SAMPLE_TRUTH))


def begin() -> None:
    """Set up a new session, or pick up the saved plan that the address names."""
    if keys.DATASET not in st.session_state:
        st.session_state[keys.DATASET] = sample()
    if keys.SETTINGS not in st.session_state:
        st.session_state[keys.SETTINGS] = RunSettings()
    if keys.BOOK not in st.session_state:
        _pick_up(st.query_params.get(_QUERY, ""))
    # Moving to another page empties the address; the key must stay for the next reload.
    if st.query_params.get(_QUERY) != st.session_state[keys.BOOK_KEY]:
        st.query_params[_QUERY] = st.session_state[keys.BOOK_KEY]


def _pick_up(key: str) -> None:
    saved = store.load(key) if _KEY.fullmatch(key) else None
    if saved is not None:
        notices.add(
            "info",
            "Your plan was picked up where you left it. Staff data are never stored: "
            "if you used your own, upload the files again on the Data page.",
        )
    # Somebody who confirmed files and left the example plan alone has a mapping and no book.
    known = saved is not None or (_KEY.fullmatch(key) and store.load_mapping(key) is not None)
    st.session_state[keys.BOOK_KEY] = key if known else secrets.token_hex(16)
    st.session_state[keys.BOOK] = saved or example_book(evidence(), sample().month)


def book() -> PlanBook:
    """Return the scenarios."""
    value: PlanBook = st.session_state[keys.BOOK]
    return value


def plan() -> Plan:
    """Return the scenario on screen."""
    return book().current()


def settings() -> RunSettings:
    """Return the run settings."""
    value: RunSettings = st.session_state[keys.SETTINGS]
    return value


def dataset() -> Dataset:
    """Return which data is shown."""
    value: Dataset = st.session_state[keys.DATASET]
    return value


def set_book(value: PlanBook) -> None:
    """Take a new plan book and save it."""
    if value == book():
        return
    st.session_state[keys.BOOK] = value
    store.save(st.session_state[keys.BOOK_KEY], value, datetime.now(UTC).isoformat())


def put_plan(value: Plan) -> None:
    """Replace the scenario on screen."""
    set_book(book().with_plan(value, replacing=book().active))


def update_plan(change: Callable[[Plan], Plan]) -> bool:
    """Change the scenario on screen; say why where the change is impossible.

    Args:
        change: Makes the new plan from the current one.

    Returns:
        Whether it was changed; otherwise the plan stays as it was.
    """
    return attempt(lambda: put_plan(change(plan())))


def attempt(action: Callable[[], None]) -> bool:
    """Do something that may be refused; the refusal becomes a sentence on the page.

    Args:
        action: What to do.

    Returns:
        Whether it went through.
    """
    try:
        action()
    except UserError as refusal:
        notices.add("error", str(refusal))
        return False
    return True


def open_book(content: bytes) -> bool:
    """Open a saved plan file.

    Args:
        content: Bytes of the file.

    Returns:
        Whether it was opened; otherwise the plans stay as they were and a sentence says why.
    """

    def read() -> None:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = ""  # refused below with the sentence for a file that is no plan
        opened = PlanBook.from_json(text)
        set_book(opened)
        _take_forecast(text)
        count = len(opened.plans)
        notices.add(
            "success",
            f"Plan opened: {count} scenario{'s' if count > 1 else ''}, "
            f"“{opened.active}” on screen.",
        )

    return attempt(read)


def open_example() -> None:
    """Open the example programme that ships with the software as a further scenario."""

    def read() -> None:
        try:
            text = EXAMPLE_PROGRAMME.read_text(encoding="utf-8")
        except OSError:
            raise UserError(
                "The example programme is missing from this installation. Install again."
            ) from None
        # It is dated for the sample; other data end in another month.
        set_book(with_programme(book(), text, dataset().month - sample().month))
        notices.add(
            "success",
            f"“{plan().name}” is now on screen; your other scenarios are still there. All look "
            f"{plan().horizon_months} months ahead, so that they can be compared.",
        )

    attempt(read)


def _take_forecast(text: str) -> None:
    """Keep the forecast of a plan file at hand, so that newer data can be held against it."""
    # A damaged forecast must not keep the plan from opening; its own box says what is wrong.
    with contextlib.suppress(UserError):
        forecast = forecast_from_json(text)
        if forecast is not None:
            st.session_state[keys.FORECAST] = forecast


def set_settings(**changes: int) -> None:
    """Change run settings."""
    st.session_state[keys.SETTINGS] = replace(settings(), **changes)


def set_dataset(value: Dataset) -> None:
    """Show other data on every page; the plans stay."""
    st.session_state[keys.DATASET] = value
    st.session_state[keys.PENDING] = None
