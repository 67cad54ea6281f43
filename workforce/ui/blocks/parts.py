"""What closes the gap: the change a plan makes, part by part."""

from typing import TYPE_CHECKING

from workforce.domain.plan import Plan
from workforce.ui import engine, keys
from workforce.ui.blocks.choices import option
from workforce.ui.blocks.figure import show_figure

if TYPE_CHECKING:
    import pandas as pd

    from workforce.appraisal import Attribution
    from workforce.charts import Figure

__all__ = ["what_closes_the_gap"]

_LABELS = {
    "vacancies": "Vacancies at the end",
    "headcount": "People in post at the end",
    "leavers": "Leavers over all months",
}


def what_closes_the_gap(plan: Plan, run: engine.Run, family: str, as_of: int) -> "list[Figure]":
    """Draw the waterfall of a plan's parts; nothing where the plan has none.

    Args:
        plan: The plan on screen.
        run: Its run.
        family: Family or `all`.
        as_of: Last observed month index.

    Returns:
        What was drawn, for the file of everything.
    """
    from workforce.appraisal import parts_of
    from workforce.charts import waterfall

    if not parts_of(plan):
        return []
    measure = option(
        "What each part of the plan changes", keys.field("results", "attributed"), _LABELS
    )
    found = engine.attribution(plan, measure, family)
    figure = waterfall(
        parts=_frame(found),
        baseline=found.baseline,
        scenario=plan.name,
        measure=measure,
        end=run.projection.months[-1],
        as_of=as_of,
        family=family,
    )
    show_figure(figure, "results", level=2, run=run)
    return [figure]


def _frame(found: "Attribution") -> "pd.DataFrame":
    """Return the parts as the waterfall takes them."""
    import pandas as pd

    return pd.DataFrame(
        [(each.key, each.label, each.mean, each.low, each.high) for each in found.shares],
        columns=["key", "label", "mean", "low", "high"],
    )
