"""Asks the rooms below for work and keeps the answers as long as they are needed.

Nothing here computes. Pages come here for the organisation, its projections and what follows from
them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.families import Family
from workforce.domain.plan import BASELINE_NAME, LeverChoice, Plan
from workforce.domain.planfile import plan_digest
from workforce.ui import state
from workforce.ui.organisation import analysis, models, own_analysis, population, warm_up
from workforce.ui.runs import LIVE_DRAWS, Run, follow, project

if TYPE_CHECKING:
    import pandas as pd

    from workforce.appraisal import Attribution, LevyYears
    from workforce.appraisal.pay import PayRise
    from workforce.domain.prices import Money
    from workforce.projection.accounts import Account
    from workforce.projection.compare import Change
    from workforce.workflow import Analysis

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
