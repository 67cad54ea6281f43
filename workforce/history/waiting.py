"""How long a vacant post waits before anybody recruits for it."""

from workforce.domain.evidence import Evidence
from workforce.domain.units import lognormal_sigma
from workforce.history.measures import establishment
from workforce.history.model import History

__all__ = ["approval_months"]


def approval_months(history: History, evidence: Evidence) -> float:
    """Return the mean months between a post falling vacant and a requisition opening.

    By Little's law the posts waiting at any time are those coming in a month times the months they
    wait. Waiting at the as-of date are the vacant posts of an establishment list without an open
    requisition or an accepted starter; coming in are the requisitions of the last twelve months
    that are no repeat of a failed round. The count updates the benchmark `def_approval_delay` as a
    Poisson count updates a gamma of the benchmark's mean and log spread. Posts that are held vacant
    wait too, which is what a forecast of vacancies has to know.

    Args:
        history: The history.
        evidence: Gives the benchmark.

    Returns:
        Months; the benchmark where there is no establishment list or no requisition.
    """
    row = evidence.benchmark("def_approval_delay")
    shape = lognormal_sigma(*row.range) ** -2
    posts = establishment(history, evidence)
    listed = posts[posts["basis"] == "list"].set_index("family")["fte"]
    opened = history.requisitions_opened.set_index("family")["opened_12m"]
    opened = opened[opened.index.isin(listed.index)]
    if opened.sum() <= 0:
        return row.number
    each_fte = evidence.benchmark("def_fte_per_hire").number
    in_post = history.stock.groupby("family")["fte"].sum()
    coming = history.starters.groupby("family")["fte"].sum()
    asked = history.open_requisitions.groupby("family")["people"].sum()
    taken = in_post.add(coming, fill_value=0.0).reindex(listed.index, fill_value=0.0)
    vacant = (listed - taken).clip(lower=0) / each_fte
    waiting = float((vacant - asked.reindex(listed.index, fill_value=0)).clip(lower=0).sum())
    ends = history.requisition_exposure[["filled", "failed", "withdrawn"]].to_numpy(dtype=float)
    repeats = float(ends[:, 1].sum()) / max(1.0, float(ends.sum()))
    inflow = float(opened.sum()) / 12 * (1 - repeats)
    return (shape + waiting) / (shape / row.number + inflow)
