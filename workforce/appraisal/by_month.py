"""Costs and parts of a plan as frames for files: every month, category and view."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from workforce.appraisal.attribution import Attribution
from workforce.appraisal.costs import LINES, VIEWS, Costs
from workforce.domain.months import month_label

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["cost_months", "parts_table"]

_COST_COLUMNS: Final = (
    "scenario", "month", "category", "label", "cash", "paid_by", "mean", "p10", "p90",
)  # fmt: skip
_PART_COLUMNS: Final = (
    "measure", "family", "over", "part", "label", "mean", "p10", "p90",
)  # fmt: skip


def cost_months(plan: Costs, other: Costs) -> "pd.DataFrame":
    """Return costs of a scenario, of what it is compared with, and their difference.

    Args:
        plan: Costs of the scenario.
        other: Costs of what it is compared with, on the same draws.

    Returns:
        Columns scenario (theirs, and `difference`), month (YYYY-MM), category (a line, or
        `view/employer`, `view/public`, `view/society` for the sum of the lines of a view), label,
        cash, paid_by, mean, p10, p90 over the draws, in GBP of today. Means of lines add up to
        those of the views that count them; quantiles do not add up.
    """
    import pandas as pd

    labels = [month_label(month) for month in plan.months]
    rows: list[tuple[Any, ...]] = []
    for name in (plan.scenario, other.scenario, "difference"):
        for key, label, cash, paid_by in _categories():
            mine, theirs = _pounds(plan, key), _pounds(other, key)
            chosen = {plan.scenario: mine, other.scenario: theirs}.get(name, mine - theirs)
            low, high = np.quantile(chosen, (0.1, 0.9), axis=0)
            rows += zip(
                [name] * len(labels), labels, [key] * len(labels), [label] * len(labels),
                [cash] * len(labels), [paid_by] * len(labels), chosen.mean(axis=0), low, high,
                strict=True,
            )  # fmt: skip
    return pd.DataFrame(rows, columns=list(_COST_COLUMNS))


def _categories() -> list[tuple[str, str, bool, str]]:
    views = {"employer": "Employer's budget", "public": "Public sector", "society": "Society"}
    return [
        *((line.key, line.label, line.cash, line.paid_by) for line in LINES),
        *((f"view/{view}", views[view], view != "society", "") for view in VIEWS),
    ]


def _pounds(costs: Costs, key: str) -> Any:
    kind, _, view = key.partition("/")
    for each in VIEWS:
        if kind == "view" and view == each:
            return costs.total(each)
    return costs.pounds[key]


def parts_table(found: Mapping[tuple[str, str], Attribution]) -> "pd.DataFrame":
    """Return what each part of a plan changes, from doing nothing to the whole plan.

    Args:
        found: Attributions by measure and family.

    Returns:
        Columns measure, family, over (`last month` or `all months`), part (`do_nothing`, then the
        parts, `interaction` among them, then `plan`), label, mean, p10, p90. For each measure and
        family the mean of `do_nothing` and those of the parts add up to that of `plan`.
    """
    import pandas as pd

    rows: list[tuple[Any, ...]] = []
    for (measure, family), each in found.items():
        head = (measure, family, "all months" if each.total_over_months else "last month")
        rows.append((*head, "do_nothing", "Doing nothing", each.baseline, None, None))
        rows += [
            (*head, share.key, share.label, share.mean, share.low, share.high)
            for share in each.shares
        ]
        rows.append((*head, "plan", "The whole plan", each.planned, None, None))
    return pd.DataFrame(rows, columns=list(_PART_COLUMNS)).astype({"p10": float, "p90": float})
