"""Counts and rates -> months ahead: plans projected, costed and kept to be scored later."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from workforce.appraisal import Costing, Costs, cost, levy_rules
from workforce.assurance import Case, keep_forecast
from workforce.domain.capacity import productivity_of
from workforce.domain.defaults import continuing_programmes as from_evidence
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.forecast import KEPT_MONTHS, SavedForecast
from workforce.domain.plan import BASELINE_NAME, Plan, Programme
from workforce.domain.prices import Money
from workforce.projection import Grounds, Projection, simulate
from workforce.workflow.organisation import Analysis, Models

__all__ = ["case_of", "cost_plans", "forecast_plan", "nothing_done", "run_plans", "saved_from"]


def case_of(analysis: Analysis, models: Models, plan: Plan) -> Case:
    """Return everything a projection of a plan starts from, as the assumptions log takes it."""
    continuing = continuing_programmes(analysis, models.evidence)
    return Case(analysis.opening, analysis.rates, plan, continuing)


def forecast_plan(
    analysis: Analysis, models: Models, plan: Plan, *, draws: int, seed: int, software: str
) -> SavedForecast:
    """Forecast doing nothing and a plan, in the form that is saved with the plan.

    Args:
        analysis: The organisation.
        models: Evidence.
        plan: The plan.
        draws: Simulated futures.
        seed: Seed.
        software: Version of the software.

    Returns:
        The forecast of at most three years.
    """
    months = min(plan.horizon_months, KEPT_MONTHS)
    return saved_from(
        run_plans(analysis, models, [plan], draws=draws, seed=seed, months=months),
        analysis,
        [BASELINE_NAME, plan.name],
        software=software,
    )


def saved_from(
    projection: Projection, analysis: Analysis, scenarios: Sequence[str], *, software: str
) -> SavedForecast:
    """Return what is saved of a projection; arguments as `forecast_plan`."""
    return keep_forecast(
        projection,
        analysis.opening,
        scenarios=scenarios,
        data_digest=analysis.digest,
        software=software,
        scope=analysis.scope,
        fictional=analysis.fictional,
    )


def continuing_programmes(analysis: Analysis, evidence: Evidence) -> tuple[Programme, ...]:
    """Return a programme with evidence defaults for each apprentice group already in training.

    Args:
        analysis: Gives the opening's apprentices, in their order.
        evidence: The evidence base.

    Returns:
        One programme for each entry of `opening.apprentices`.
    """
    return from_evidence(evidence, analysis.opening.apprentices)


def run_plans(  # noqa: PLR0913 - each is a setting of its own, by name only
    analysis: Analysis,
    models: Models,
    plans: Sequence[Plan],
    *,
    draws: int,
    seed: int,
    months: int | None = None,
    progress: Callable[[float], None] | None = None,
    baseline: bool = True,
    workers: int = 1,
    money: Money | None = None,
    grounds: Grounds | None = None,
) -> Projection:
    """Project do-nothing and the given plans on the same draws.

    Args:
        analysis: The organisation.
        models: Evidence, for apprentices already in training.
        plans: Scenarios; do-nothing is put before them.
        draws: Number of draws.
        seed: Seed; with the same inputs the results are the same to the byte.
        months: Horizon that wins over the plans' own.
        progress: Called with the share done.
        baseline: Whether do-nothing is put before the plans; a picture that compares two plans with
            each other is drawn a third sooner without it.
        workers: How many processes (in long runs) or threads share the draws; the projection is
            the same to the byte.
        money: Prices, for how productive people are and what agencies cover; without it the
            projection holds no measures of capacity.
        grounds: Keeps what does not depend on the plans for the next call with the same analysis.

    Returns:
        The projection, do-nothing first; it holds what the plans say is decided anyway.

    Raises:
        UserError: If do-nothing is asked for and the plans differ in what is decided anyway.
    """
    horizon = months or max((plan.horizon_months for plan in plans), default=36)
    first = [replace(nothing_done(plans), horizon_months=horizon)] if baseline or not plans else []
    scenarios = [*first, *plans]
    return simulate(
        analysis.opening,
        analysis.rates,
        scenarios,
        draws=draws,
        seed=seed,
        months=horizon,
        progress=progress or _silent,
        continuing=continuing_programmes(analysis, models.evidence),
        workers=workers,
        productivity=None if money is None else productivity_of(money.prices, models.evidence),
        grounds=grounds,
    )


def nothing_done(plans: Sequence[Plan]) -> Plan:
    """Return doing nothing in the world that all plans share."""
    if not plans:
        return Plan(name=BASELINE_NAME)
    worlds = [replace(plan.baseline(), horizon_months=1) for plan in plans]
    apart = next(
        (plan for plan, world in zip(plans, worlds, strict=True) if world != worlds[0]), None
    )
    if apart is not None:
        raise UserError(
            f"“{plans[0].name}” and “{apart.name}” differ in what is decided anyway (posts or "
            "events), so one “do nothing” cannot be compared with both. Give both the same decided "
            "changes, or project them apart."
        )
    return plans[0].baseline()


def cost_plans(
    analysis: Analysis,
    models: Models,
    projection: Projection,
    plans: Sequence[Plan],
    money: Money,
) -> tuple[Costs, ...]:
    """Cost scenarios of a projection.

    Args:
        analysis: The organisation.
        models: Evidence, for training prices, levy rules and apprentices already in training.
        projection: Holds the scenarios.
        plans: Their plans.
        money: Prices and levy account.
    """
    evidence = models.evidence
    costing = Costing(money.prices, money.levy, levy_rules(evidence), evidence.standards)
    continuing = continuing_programmes(analysis, evidence)
    return tuple(
        cost(projection, plan, analysis.opening, costing, continuing=continuing) for plan in plans
    )


def _silent(_share: float) -> None:
    return None
