"""What `project` writes about the plan on screen: its costs and its parts."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from workforce.domain.planfile import PlanBook
from workforce.domain.prices import Money, prices_from_evidence

if TYPE_CHECKING:
    from workforce.projection import Projection
    from workforce.workflow import Analysis, Models

__all__ = ["write_worth"]


def write_worth(
    folder: Path,
    options: Namespace,
    book: PlanBook,
    organisation: "tuple[Analysis, Models]",
    projection: "Projection",
) -> None:
    """Write `costs.csv` and `parts.csv` of the active plan against doing nothing.

    Args:
        folder: Where they are written.
        options: Seed, draws and workers.
        book: The plan file; without prices of its own the evidence's are taken.
        organisation: The organisation and the evidence.
        projection: Holds doing nothing and the plan.
    """
    from workforce.appraisal import cost_months, parts_table
    from workforce.workflow import cost_plans, take_apart

    analysis, models = organisation
    plan = book.current()
    money = book.money or Money(prices_from_evidence(models.evidence))
    planned, nothing = cost_plans(analysis, models, projection, (plan, plan.baseline()), money)
    cost_months(planned, nothing).to_csv(folder / "costs.csv", index=False, float_format="%.2f")
    parts = take_apart(
        analysis,
        models,
        plan,
        draws=options.draws,
        seed=options.seed,
        months=len(projection.months),
        workers=options.workers,
    )
    parts_table(parts).to_csv(folder / "parts.csv", index=False, float_format="%.6f")
