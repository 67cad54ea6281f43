"""What the page Method and assurance asks of the rooms below, kept as long as it is needed.

Of the user's own people only counts are kept, and only in the session. What takes a while is done
when the user asks for it and kept under the digest of the data.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from workforce import __version__
from workforce.domain.errors import UserError
from workforce.domain.forecast import SavedForecast
from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook, plan_digest
from workforce.ui import circulation, engine, keys, organisation, state, store
from workforce.ui.paths import ROOT, SAMPLE_WORKBOOK

if TYPE_CHECKING:
    from workforce.assurance import About, Backtest, Case, Effect, Fairness, Past
    from workforce.intake import Extract
    from workforce.workflow import Analysis, VacanciesAhead

__all__ = [
    "about",
    "case",
    "earlier_forecasts",
    "effects",
    "fairness",
    "keep_forecast",
    "method_text",
    "not_modelled",
    "plan_file_maker",
    "record",
    "remember",
    "run_record",
    "run_trials",
    "take_forecast",
    "vacancies_ahead",
]

_DRAWS = 300
"""Simulated futures of each forecast of the past, and of each assumption that is tried."""
Progress = Callable[[float], None]


# -- what is counted before people are forgotten -----------------------------------------------


@st.cache_resource(show_spinner=False, max_entries=2, scope="session")
def _own_past(digest: str, _past: "Past | None" = None) -> "Past":
    if _past is None:
        raise UserError(
            "The counts of earlier dates are no longer held. Upload the files again on the Data "
            "page."
        )
    return _past


@st.cache_resource(show_spinner=False, max_entries=2, scope="session")
def _own_fairness(digest: str, _found: "Fairness | None" = None) -> "Fairness":
    if _found is None:
        raise UserError("No fairness check was asked for.")
    return _found


def remember(extract: "Extract", analysed: "Analysis", protected: "Extract | None" = None) -> None:
    """Count what the track record and the fairness check need, before the people are forgotten.

    Args:
        extract: The extract that is confirmed; nothing of it is kept.
        analysed: Its analysis.
        protected: The same read with protected characteristics, where the check was asked for.
    """
    from workforce.assurance import prepare

    _own_past.clear()
    past = prepare(extract, families=analysed.families, known=analysed.past)
    _own_past(analysed.digest, past)
    _own_fairness.clear()
    if protected is not None:
        found = _check(protected, analysed)
        if found is not None:
            _own_fairness(analysed.digest, found)


def _check(protected: "Extract", analysed: "Analysis") -> "Fairness | None":
    from workforce.assurance import fairness_check
    from workforce.intake.fields import FIELDS
    from workforce.intake.protected import PROTECTED

    labels = {name: FIELDS[name].label for name in PROTECTED if name in protected.people}
    return fairness_check(protected, analysed.rates, labels, threshold=circulation.rule().threshold)


def fairness() -> "Fairness | None":
    """Return the fairness check of the data on show, `None` where none was asked for."""
    try:
        return _own_fairness(engine.analysis().digest)
    except UserError:
        return None


@st.cache_resource(show_spinner=False, max_entries=1)
def _sample_past(path: str, _analysed: "Analysis") -> "Past":
    from workforce.assurance import prepare
    from workforce.intake import SourceFile
    from workforce.workflow import read_files

    file = Path(path)
    extract = read_files(
        [SourceFile(file.name, file.read_bytes())], engine.models(), today=date.today()
    )
    return prepare(extract, families=_analysed.families, known=_analysed.past)


def _past() -> "Past":
    analysed = engine.analysis()
    if analysed.fictional:
        return _sample_past(str(SAMPLE_WORKBOOK), analysed)
    return _own_past(analysed.digest)


# -- the track record -----------------------------------------------------------------------------


@st.cache_resource(show_spinner=False, max_entries=3, scope="session")
def _record(key: str, _found: "Backtest | None" = None) -> "Backtest":
    if _found is None:
        raise UserError("The track record has not been run.")
    return _found


def record() -> "Backtest | None":
    """Return the track record of the data on show, `None` where it has not been run."""
    try:
        return _record(engine.analysis().digest)
    except UserError:
        return None


def run_record(progress: Progress) -> None:
    """Forecast from earlier dates and score the forecasts.

    Args:
        progress: Called with the share done.

    Raises:
        UserError: If the counts of earlier dates are no longer held.
    """
    from workforce.assurance import run_past

    found = run_past(
        _past(), engine.models().evidence, draws=_DRAWS, seed=state.settings().seed,
        choice=engine.analysis().choice, progress=progress,
    )  # fmt: skip
    _record(engine.analysis().digest, found)


def vacancies_ahead(run: "engine.Run", *measures: str) -> "VacanciesAhead":
    """Return doing nothing as it is shown: vacancies together with their series where that won.

    Args:
        run: Holds doing nothing.
        measures: Measures of its summary.
    """
    from workforce.domain.plan import BASELINE_NAME
    from workforce.workflow import vacancies_ahead as ahead

    found = record()
    return ahead(
        engine.analysis(), run.projection, run.summary(*measures),
        None if found is None else found.vacancies, scenario=BASELINE_NAME,
    )  # fmt: skip


# -- assumptions ----------------------------------------------------------------------------------


def case(plan: Plan) -> "Case":
    """Return everything the projection of a plan starts from."""
    from workforce.workflow import case_of

    return case_of(engine.analysis(), engine.models(), plan)


@st.cache_resource(show_spinner=False, max_entries=3, scope="session")
def _effects(key: str, _found: "dict[str, Effect] | None" = None) -> "dict[str, Effect]":
    if _found is None:
        raise UserError("The impact of assumptions has not been computed.")
    return _found


def _trial_key(plan: Plan) -> str:
    return f"{engine.analysis().digest}/{plan_digest(plan)}/{state.settings().seed}"


def effects(plan: Plan) -> "dict[str, Effect] | None":
    """Return what each assumption does to the headline, `None` where it was not computed."""
    try:
        return _effects(_trial_key(plan))
    except UserError:
        return None


def run_trials(plan: Plan, progress: Progress) -> None:
    """Try each assumption at both ends of its range.

    Args:
        plan: The plan on screen.
        progress: Called with the share done.
    """
    from workforce import assurance

    start, evidence = case(plan), engine.models().evidence
    found = assurance.run_trials(
        start, assurance.trials(start, evidence), draws=_DRAWS, seed=state.settings().seed,
        progress=progress,
    )  # fmt: skip
    _effects(_trial_key(plan), found)


# -- forecasts that are saved ---------------------------------------------------------------------


def plan_file_maker(book: PlanBook) -> Callable[[], bytes]:
    """Return what makes the plan file: the plans, and what doing nothing and the plan lead to.

    The forecast is made on the click, in a thread without a session: all it needs is fetched here.
    Without data the file holds the plans alone.

    Args:
        book: The plans.
    """
    shown, settings = state.dataset(), state.settings()
    own = None if shown.fictional else _own_or_none(shown.digest)

    def make() -> bytes:
        from workforce.domain.forecast import plan_file
        from workforce.workflow import forecast_plan

        try:
            analysed = _sample_analysis() if shown.fictional else own
            if analysed is None:
                return plan_file(book).encode()
            forecast = forecast_plan(
                analysed, engine.models(), book.current(), draws=settings.draws,
                seed=settings.seed, software=__version__,
            )  # fmt: skip
        except UserError:
            return plan_file(book).encode()
        return plan_file(book, forecast).encode()

    return make


def _sample_analysis() -> "Analysis":
    return organisation.sample_analysis(str(SAMPLE_WORKBOOK))


def _own_or_none(digest: str) -> "Analysis | None":
    try:
        return engine.own_analysis(digest)
    except UserError:
        return None


@st.cache_resource(show_spinner=False, max_entries=4, scope="session")
def _kept(key: str, _run: "engine.Run", _plan: Plan, _analysed: "Analysis") -> bool:
    from workforce.domain.plan import BASELINE_NAME
    from workforce.workflow import saved_from

    forecast = saved_from(
        _run.projection, _analysed, [BASELINE_NAME, _plan.name], software=__version__
    )
    book_key = st.session_state[keys.BOOK_KEY]
    store.keep_forecast(book_key, forecast, datetime.now(UTC).isoformat())
    return True


def keep_forecast(run: "engine.Run", plan: Plan) -> None:
    """Keep what a plan leads to, so that newer data can be held against it; own data only.

    Args:
        run: Holds doing nothing and the plan.
        plan: The plan.
    """
    analysed = engine.analysis()
    if not analysed.fictional:
        _kept(run.key, run, plan, analysed)


def take_forecast(content: bytes) -> SavedForecast | None:
    """Read the forecast in a plan file.

    Args:
        content: Bytes of the file.

    Returns:
        The forecast, `None` where the file was saved without one.

    Raises:
        UserError: If it is no plan file, or its forecast is damaged.
    """
    from workforce.domain.forecast import forecast_from_json

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""  # refused with the sentence for a file that is no plan
    return forecast_from_json(text)


def earlier_forecasts() -> tuple[SavedForecast, ...]:
    """Return forecasts made from older data than those on show: opened ones, then kept ones."""
    as_of = engine.analysis().history.as_of
    opened: SavedForecast | None = st.session_state.get(keys.FORECAST)
    kept = store.forecasts(st.session_state.get(keys.BOOK_KEY, ""))
    every = (*((opened,) if opened else ()), *reversed(kept))
    return tuple(dict.fromkeys(each for each in every if each.as_of < as_of))


# -- words ----------------------------------------------------------------------------------------


@st.cache_resource(show_spinner=False, max_entries=1)
def method_text() -> str:
    """Return how it is computed, as written for readers of the project."""
    try:
        text = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    except OSError:
        return ""
    return text.partition("\n")[2].strip()


def not_modelled() -> tuple[str, ...]:
    """Return what is not modelled, as sentences."""
    _, _, rest = method_text().partition("## What is not modelled")
    body = rest.partition("\n")[2].partition("\n## ")[0]
    text = " ".join(body.split())
    return tuple(f"{each.strip().rstrip('.')}." for each in text.split(". ") if each.strip())


def about() -> "About":
    """Return what the model card says of the run it belongs to."""
    from workforce.assurance import About

    analysed = engine.analysis()
    return About(
        name=state.dataset().name,
        software=__version__,
        data_digest=analysed.digest,
        as_of=analysed.as_of,
        made_on=date.today(),
        fictional=analysed.fictional,
        population=engine.population(),
    )
