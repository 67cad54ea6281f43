"""Projections of the organisation on show, kept while their inputs stay the same.

Runs on the user's own data are kept per session; those on the sample are shared by all sessions.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.plan import BASELINE_NAME, Plan
from workforce.domain.planfile import plan_digest
from workforce.ui import organisation, state

if TYPE_CHECKING:
    import pandas as pd

    from workforce.domain.prices import Money
    from workforce.projection import Grounds, Projection
    from workforce.workflow import Analysis

__all__ = ["LIVE_DRAWS", "Run", "follow", "project"]

LIVE_DRAWS = 500
"""Draws behind a chart that follows a slider."""


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
        organisation.models(),
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

    return state.book().money or Money(prices_from_evidence(organisation.models().evidence))


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


@st.cache_resource(show_spinner=False, max_entries=2)
def _grounds_shared(digest: str) -> "Grounds":
    return _grounds()


@st.cache_resource(show_spinner=False, max_entries=1, scope="session")
def _grounds_own(digest: str) -> "Grounds":
    return _grounds()


def _grounds() -> "Grounds":
    from workforce.projection import Grounds

    return Grounds()


@st.cache_resource(show_spinner=False, max_entries=12)
def _alone_shared(
    key: str, draws: int, seed: int, months: int, _analysed: "Analysis", _plan: Plan
) -> "Projection":
    grounds = _grounds_shared(f"{_analysed.digest}/{_analysed.scope}")
    return _alone(_analysed, _plan, draws, seed, months, grounds)


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _alone_own(
    key: str, draws: int, seed: int, months: int, _analysed: "Analysis", _plan: Plan
) -> "Projection":
    grounds = _grounds_own(f"{_analysed.digest}/{_analysed.scope}")
    return _alone(_analysed, _plan, draws, seed, months, grounds)


def _alone(
    analysed: "Analysis", plan: Plan, draws: int, seed: int, months: int, grounds: "Grounds"
) -> "Projection":
    from workforce.workflow import run_plans

    return run_plans(
        analysed,
        organisation.models(),
        (plan,),
        draws=draws,
        seed=seed,
        months=months,
        baseline=False,
        grounds=grounds,
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
    analysed, settings = organisation.analysis(), state.settings()
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
    analysed, seed = organisation.analysis(), state.settings().seed
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
