"""The year after a date, projected from what was known then, and what of it will be seen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.assurance.series import YEAR
from workforce.domain.candidates import DEFAULT_CANDIDATE, Candidate
from workforce.domain.defaults import continuing_programmes
from workforce.domain.evidence import Evidence
from workforce.domain.plan import BASELINE_NAME, Freeze, Hiring, Plan
from workforce.history import History, opening
from workforce.projection import Projection, simulate
from workforce.rates import fit_rates

__all__ = ["forecast_from", "seen_draws"]

_NOBODY_JOINS: Final = "Nobody joins"


def forecast_from(
    history: History,
    evidence: Evidence,
    families: Sequence[str],
    *,
    draws: int,
    seed: int,
    candidate: Candidate = DEFAULT_CANDIDATE,
    by_absence: bool = False,
) -> Projection:
    """Forecast the twelve months after a history, doing nothing new.

    Args:
        history: Of the extract, today's or one put back by `as_known`.
        evidence: The evidence base.
        families: Families.
        draws: Draws.
        seed: Seed.
        candidate: How resignations are fitted.
        by_absence: Whether leavers are found as people absent from the next snapshot. They were in
            post at the last one: who comes and goes in between is in neither. A second scenario,
            "nobody joins", has the same luck without hires; its leavers are the ones to compare.

    Returns:
        A projection, doing nothing first.
    """
    start = opening(history, evidence, families)
    nothing = Plan(name=BASELINE_NAME, horizon_months=YEAR)
    freeze = Hiring(freezes=(Freeze(start.as_of + 1, start.as_of + YEAR),))
    alone = replace(nothing, name=_NOBODY_JOINS, hiring=freeze)
    return simulate(
        start,
        fit_rates(history, evidence, families, candidate),
        [nothing, alone] if by_absence else [nothing],
        draws=draws,
        seed=seed,
        months=YEAR,
        continuing=continuing_programmes(evidence, start.apprentices),
    )


def seen_draws(projection: Projection, measure: str, family: str) -> NDArray[Any]:
    """Return draws of what will be found to have happened.

    Where leavers are people absent from the next snapshot, those who come and go in between are
    neither seen to join nor to leave: leavers are those of the people in post at the start, and
    hires are fewer by the others.

    Args:
        projection: As `forecast_from` returns it.
        measure: Measure.
        family: Family or `all`.

    Returns:
        Draws by month, shape (D, T).
    """
    values = projection.values(BASELINE_NAME, measure, family)
    if _NOBODY_JOINS not in projection.scenarios or measure not in ("leavers", "hires"):
        return values
    stayed = projection.values(_NOBODY_JOINS, "leavers", family)
    if measure == "leavers":
        return stayed
    unseen = projection.values(BASELINE_NAME, "leavers", family) - stayed
    joined: NDArray[Any] = np.maximum(values - unseen, 0)
    return joined
