"""Asks the rooms below for work and keeps the answers as long as they are needed.

Nothing here computes. What holds counts of the user's own people is kept per session and goes when
the session ends; the sample is fictional and shared by all sessions.
"""

import contextlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.families import Family
from workforce.domain.plan import BASELINE_NAME, LeverChoice, Plan
from workforce.domain.planfile import plan_digest
from workforce.ui import state
from workforce.ui.paths import MODELS, SAMPLE_WORKBOOK

if TYPE_CHECKING:
    import pandas as pd

    from workforce.appraisal import Attribution, LevyYears
    from workforce.appraisal.pay import PayRise
    from workforce.domain.prices import Money
    from workforce.intake import Extract
    from workforce.projection import Projection
    from workforce.projection.accounts import Account
    from workforce.projection.compare import Change
    from workforce.workflow import Analysis, Models

__all__ = [
    "LIVE_DRAWS",
    "Run",
    "account",
    "analysis",
    "as_pay_rise",
    "attribution",
    "change",
    "changes_by_family",
    "changes_nothing",
    "costs",
    "follow",
    "joint_effect",
    "joint_filling",
    "lever_effect",
    "models",
    "own_analysis",
    "population",
    "project",
    "warm_up",
]

LIVE_DRAWS = 500
"""Draws behind a chart that follows a slider."""


@st.cache_resource(show_spinner=False, max_entries=1)
def models() -> "Models":
    """Return the evidence and the role classifier."""
    from workforce.workflow import load_models

    return load_models(MODELS)


# -- the organisation ---------------------------------------------------------------------------


@st.cache_resource(show_spinner=False, max_entries=1)
def _sample(path: str) -> "Analysis":
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
        return _sample(str(SAMPLE_WORKBOOK))


@st.cache_resource(show_spinner=False, max_entries=1)
def _warming() -> threading.Thread:
    def work() -> None:
        # Whatever is wrong is said on the page that needs it, to somebody who can read it there.
        with contextlib.suppress(UserError):
            _sample(str(SAMPLE_WORKBOOK))
        import workforce.charts.comparison  # noqa: F401 - Altair takes the better part of a second

    thread = threading.Thread(target=work, name="warm-up", daemon=True)
    thread.start()
    return thread


def warm_up() -> None:
    """Read the sample while the first visitor reads the first page; once for the whole server."""
    if st.runtime.exists():
        _warming()


def population() -> str:
    """Return whom the figures are about, for captions."""
    from workforce.workflow import describe_scope

    return describe_scope(analysis())


# -- projections ----------------------------------------------------------------------------------


def _run(
    analysed: "Analysis",
    plans: tuple[Plan, ...],
    draws: int,
    seed: int,
    months: int,
    money: "Money | None" = None,
) -> "Projection":
    from workforce.workflow import run_plans

    # Two plans are compared with each other; one alone with doing nothing.
    return run_plans(
        analysed,
        models(),
        plans,
        draws=draws,
        seed=seed,
        months=months,
        baseline=len(plans) == 1 and plans[0].name != BASELINE_NAME,
        money=money,
    )


def _money() -> "Money":
    """Return the prices that say how productive people are and what agencies cover."""
    from workforce.domain.prices import Money, prices_from_evidence

    return state.book().money or Money(prices_from_evidence(models().evidence))


@st.cache_resource(show_spinner=False, max_entries=8)
def _run_shared(
    key: str, draws: int, seed: int, months: int, _analysed: "Analysis", _plans: tuple[Plan, ...]
) -> "Projection":
    return _run(_analysed, _plans, draws, seed, months, _money())


@st.cache_resource(show_spinner=False, max_entries=3, scope="session")
def _run_own(
    key: str, draws: int, seed: int, months: int, _analysed: "Analysis", _plans: tuple[Plan, ...]
) -> "Projection":
    return _run(_analysed, _plans, draws, seed, months, _money())


@st.cache_resource(show_spinner=False, max_entries=12)
def _alone_shared(
    key: str, draws: int, seed: int, months: int, _analysed: "Analysis", _plan: Plan
) -> "Projection":
    return _alone(_analysed, _plan, draws, seed, months)


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _alone_own(
    key: str, draws: int, seed: int, months: int, _analysed: "Analysis", _plan: Plan
) -> "Projection":
    return _alone(_analysed, _plan, draws, seed, months)


def _alone(analysed: "Analysis", plan: Plan, draws: int, seed: int, months: int) -> "Projection":
    from workforce.workflow import run_plans

    return run_plans(
        analysed, models(), (plan,), draws=draws, seed=seed, months=months, baseline=False
    )


@dataclass(frozen=True, slots=True)
class Run:
    """A projection and what it is known by.

    Attributes:
        key: Digest of data, plans, draws, seed and horizon.
        projection: The projection.
        draws: Number of draws.
        seed: Seed.
    """

    key: str
    projection: "Projection"
    draws: int
    seed: int

    def summary(self, *measures: str) -> "pd.DataFrame":
        """Return mean and quantiles of the measures for every scenario, month and family."""
        return _summary(self.key, measures, self.projection)


@st.cache_resource(show_spinner=False, max_entries=24, scope="session")
def _summary(key: str, measures: tuple[str, ...], _projection: "Projection") -> "pd.DataFrame":
    return _projection.summary(measures=measures)


def project(*plans: Plan, draws: int | None = None) -> Run:
    """Return plans projected on the same draws.

    Args:
        plans: None for do-nothing alone (in the world of the scenario on screen: with what is
            decided anyway), one to compare with do-nothing, or several to compare with each other.
        draws: Number of draws; the run settings' unless given.

    Raises:
        UserError: If there are no data to start from.
    """
    analysed, settings = analysis(), state.settings()
    plans = plans or (state.plan().baseline(),)
    months = max(each.horizon_months for each in plans)
    key = "/".join([analysed.digest, analysed.scope, *(plan_digest(each) for each in plans)])
    key += f"/{hash(_money().prices)}"
    run = _run_shared if analysed.fictional else _run_own
    count = draws or settings.draws
    with st.spinner(f"Running {count:,} simulated futures"):
        projection = run(key, count, settings.seed, months, analysed, plans)
    return Run(f"{key}/{count}/{settings.seed}/{months}", projection, count, settings.seed)


def follow(plan: Plan, other: Plan) -> Run:
    """Return a plan that is being changed beside one that stays, on few draws of the same luck.

    Each is projected and kept on its own, so that a slider costs one projection instead of two.

    Args:
        plan: The plan that follows the slider.
        other: What it is compared with; another name.

    Raises:
        UserError: If there are no data to start from.
    """
    analysed, seed = analysis(), state.settings().seed
    months = max(plan.horizon_months, other.horizon_months)
    run = _alone_shared if analysed.fictional else _alone_own
    keys = ["/".join([analysed.digest, analysed.scope, plan_digest(p)]) for p in (plan, other)]
    with st.spinner(f"Running {LIVE_DRAWS:,} simulated futures"):
        mine, theirs = (
            run(key, LIVE_DRAWS, seed, months, analysed, each)
            for key, each in zip(keys, (plan, other), strict=True)
        )
    key = "/".join([*keys, f"{LIVE_DRAWS}", f"{seed}", f"{months}"])
    return Run(key, mine.beside(theirs), LIVE_DRAWS, seed)


def changes_nothing(plan: Plan) -> bool:
    """Return whether a plan does nothing beyond what is decided anyway."""
    from workforce.appraisal import parts_of

    return not parts_of(plan)


def lever_effect(lever: LeverChoice) -> tuple[float, float, float]:
    """Return one lever's own effect when fully in place: central ratio, strongest, weakest.

    Args:
        lever: The lever, whether it is switched on or not.
    """
    import numpy as np

    from workforce.projection.levers import lever_ratio

    share = np.full(3, lever.adopted_target)
    ends = np.array([lever.hazard_ratio, lever.low, lever.high])
    centre, low, high = (float(each) for each in lever_ratio(lever, share, ends))
    # Taking away what people have turns the range round.
    return centre, min(low, high), max(low, high)


def as_pay_rise(lever: LeverChoice) -> "PayRise":
    """Return the pay rise that would change resignations as much as a lever fully in place."""
    from workforce.appraisal.pay import pay_rise

    return pay_rise(lever_effect(lever)[0], models().evidence.benchmark("quit_elasticity"))


def joint_effect(plan: Plan, *, family: str, grade: str, first_year: bool) -> float:
    """Return the joint multiplier of a plan's levers in its last month.

    Args:
        plan: The plan.
        family: Family.
        grade: Grade band.
        first_year: For people with less than twelve months of service.
    """
    from workforce.projection.levers import lever_multiplier

    last = state.dataset().month + plan.horizon_months
    return lever_multiplier(plan, last, family=family, grade=grade, first_year=first_year)


def joint_filling(plan: Plan, *, family: str) -> float:
    """Return the joint multiplier of a plan's levers on filling in its last month."""
    from workforce.projection.filling import filling_multiplier

    return filling_multiplier(plan, state.dataset().month + plan.horizon_months, family=family)


def change(
    run: Run, scenario: str, measure: str, family: str, *, other: str = BASELINE_NAME
) -> "Change":
    """Return what a plan changes: of a flow over all months, of a stock in the last one.

    Args:
        run: Holds both scenarios.
        scenario: The plan.
        measure: The measure.
        family: Family or `all`.
        other: What it is compared with.
    """
    from workforce.charts.measures import measure_spec
    from workforce.projection.compare import change_at_end, change_in_total

    compute = change_in_total if measure_spec(measure).flow else change_at_end
    return compute(run.projection, scenario, measure, family=family, other=other)


def account(run: Run, scenario: str, family: str, first: int, last: int) -> "Account":
    """Return where a headcount at the end of a month comes from, and its vacancies.

    Args:
        run: Holds the scenario.
        scenario: Its name.
        family: Family or `all`.
        first: First month index of what comes and goes.
        last: Last month index.
    """
    from workforce.projection.accounts import account_of

    return account_of(run.projection, scenario, family=family, first=first, last=last)


def changes_by_family(run: Run, scenario: str, measures: Sequence[str]) -> "list[Change]":
    """Return what a scenario changes against doing nothing, family by family, the total last.

    Args:
        run: Holds both.
        scenario: The scenario.
        measures: Measures, in order.
    """
    families = (*run.projection.families, str(Family.ALL))
    return [change(run, scenario, measure, family) for family in families for measure in measures]


def _take_apart(
    analysed: "Analysis", plan: Plan, draws: int, seed: int
) -> "dict[tuple[str, str], Attribution]":
    from workforce.workflow import take_apart

    return take_apart(analysed, models(), plan, draws=draws, seed=seed)


@st.cache_resource(show_spinner=False, max_entries=8)
def _apart_shared(
    key: str, draws: int, seed: int, _analysed: "Analysis", _plan: Plan
) -> "dict[tuple[str, str], Attribution]":
    return _take_apart(_analysed, _plan, draws, seed)


@st.cache_resource(show_spinner=False, max_entries=3, scope="session")
def _apart_own(
    key: str, draws: int, seed: int, _analysed: "Analysis", _plan: Plan
) -> "dict[tuple[str, str], Attribution]":
    return _take_apart(_analysed, _plan, draws, seed)


def attribution(plan: Plan, measure: str, family: str) -> "Attribution":
    """Return what each part of a plan changes of a measure.

    Every part is projected alone, on the draws of the run on screen; only the shares are kept.

    Args:
        plan: The plan.
        measure: One of those that are taken apart, see `workflow.ATTRIBUTED`.
        family: Family or `all`.
    """
    analysed, settings = analysis(), state.settings()
    apart = _apart_shared if analysed.fictional else _apart_own
    key = "/".join([analysed.digest, analysed.scope, plan_digest(plan)])
    with st.spinner("Looking at each part of the plan alone"):
        found = apart(key, settings.draws, settings.seed, analysed, plan)
    return found[measure, str(family)]


def costs(
    run: Run, plan: Plan, money: "Money"
) -> "tuple[pd.DataFrame, pd.DataFrame, tuple[LevyYears, LevyYears]]":
    """Return what a plan costs against doing nothing, line by line and by financial year.

    Args:
        run: Holds the plan and doing nothing.
        plan: The plan.
        money: Prices and levy account.

    Returns:
        Frames of `cost_change` and `cost_years`, and the levy account with the plan and without.
    """
    from workforce.workflow import cost_plans

    analysed = analysis()
    planned, nothing = cost_plans(
        analysed, models(), run.projection, (plan, plan.baseline()), money
    )
    from workforce.appraisal import cost_change, cost_years

    return cost_change(planned, nothing), cost_years(planned, nothing), (planned.levy, nothing.levy)
