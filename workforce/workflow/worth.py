"""What a plan's parts change: every part projected alone, on the draws of the whole plan."""

from typing import Final

from workforce.appraisal import Attribution, attribute, parts_of
from workforce.domain.families import Family
from workforce.domain.plan import Plan
from workforce.workflow.ahead import run_plans
from workforce.workflow.organisation import Analysis, Models

__all__ = ["ATTRIBUTED", "take_apart"]

ATTRIBUTED: Final = {"vacancies": False, "headcount": False, "leavers": True}
"""Measures whose change is taken apart, and whether they are added up over the months."""


def take_apart(
    analysis: Analysis,
    models: Models,
    plan: Plan,
    *,
    draws: int,
    seed: int,
    months: int | None = None,
    workers: int = 1,
) -> dict[tuple[str, str], Attribution]:
    """Return what each part of a plan changes.

    Args:
        analysis: The organisation.
        models: Evidence, for apprentices already in training.
        plan: The plan.
        draws: Number of draws.
        seed: Seed.
        months: Horizon; the plan's own unless given.
        workers: How many processes or threads share the draws; they change no number.

    Returns:
        By measure of `ATTRIBUTED` and family (`all` among them).
    """
    parts = parts_of(plan)
    projection = run_plans(
        analysis,
        models,
        (plan.baseline(), plan, *(part.plan for part in parts)),
        draws=draws,
        seed=seed,
        months=months or plan.horizon_months,
        baseline=False,
        workers=workers,
    )
    return {
        (measure, family): attribute(
            projection,
            plan.name,
            parts,
            measure,
            family=family,
            total_over_months=total,
        )
        for measure, total in ATTRIBUTED.items()
        for family in (*projection.families, str(Family.ALL))
    }
