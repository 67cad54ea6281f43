"""Draws folded into frames: means and quantiles by month, the pipeline and the levers as tables."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS
from workforce.domain.families import Family
from workforce.domain.months import month_label
from workforce.domain.plan import Plan
from workforce.projection.levers import lever_ratio
from workforce.projection.pipeline import STAGES
from workforce.projection.result import Projection

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["QUANTILES", "lever_table", "quantiles", "summarise", "summarise_pipeline"]

QUANTILES: Final = {
    "p2_5": 0.025,
    "p10": 0.10,
    "p25": 0.25,
    "p50": 0.50,
    "p75": 0.75,
    "p90": 0.90,
    "p97_5": 0.975,
}

FloatArray = NDArray[np.float64]


def quantiles(values: NDArray[Any]) -> FloatArray:
    """Return the quantiles of `QUANTILES` along the last axis.

    Linear between order statistics, as numpy's default; one sort serves all of them.

    Args:
        values: Shape (..., D).

    Returns:
        Shape (..., 7).
    """
    ordered = np.sort(values, axis=-1)
    place = np.array(list(QUANTILES.values())) * (ordered.shape[-1] - 1)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, ordered.shape[-1] - 1)
    low = ordered[..., below].astype(np.float64)
    high = ordered[..., above].astype(np.float64)
    between: FloatArray = low + (place - below) * (high - low)
    return between


def summarise(
    projection: Projection,
    scenarios: Sequence[str] | None = None,
    measures: Sequence[str] | None = None,
) -> "pd.DataFrame":
    """Return mean and quantiles over the draws.

    Args:
        projection: The projection.
        scenarios: Which scenarios, all if not given.
        measures: Which measures, all if not given.

    Returns:
        Columns scenario, month (YYYY-MM), family (the projected ones, then `all`), measure, mean
        and `QUANTILES`; sorted by scenario, family, measure and month as they are in the run.
    """
    import pandas as pd

    chosen = projection.scenarios if scenarios is None else tuple(scenarios)
    wanted = projection.measures if measures is None else tuple(measures)
    families = (*projection.families, str(Family.ALL))
    keys: list[tuple[str, str, str]] = []
    rows: list[FloatArray] = []
    for scenario in chosen:
        for family in families:
            for measure in wanted:
                values = projection.by_month(scenario, measure, family)
                mean = values.mean(axis=-1, dtype=np.float64)
                rows.append(np.column_stack((mean, quantiles(values))))
                keys.append((scenario, family, measure))
    months = [month_label(month) for month in projection.months]
    repeat = np.repeat(np.arange(len(keys)), len(months))
    numbers = np.concatenate(rows) if rows else np.empty((0, 1 + len(QUANTILES)))
    frame: dict[str, Any] = {
        "scenario": [keys[k][0] for k in repeat],
        "month": months * len(keys),
        "family": [keys[k][1] for k in repeat],
        "measure": [keys[k][2] for k in repeat],
        "mean": numbers[:, 0],
    }
    frame |= {name: numbers[:, 1 + k] for k, name in enumerate(QUANTILES)}
    return pd.DataFrame(frame)


def summarise_pipeline(projection: Projection, scenario: str) -> "pd.DataFrame":
    """Return the apprentices of a scenario by programme and stage.

    Args:
        projection: The projection.
        scenario: Name of the scenario.

    Returns:
        Columns programme_id, programme, stage (see `STAGES`), mean, p10, p90 (people over the whole
        horizon). Programmes already in training come first.
    """
    import pandas as pd

    tracks = projection.tracks[scenario]
    names = list(QUANTILES)
    rows = []
    for number, (key, name) in enumerate(zip(tracks.ids, tracks.names, strict=True)):
        spread = quantiles(tracks.stages[number])
        for row, stage in enumerate(STAGES):
            rows.append(
                {
                    "programme_id": key,
                    "programme": name,
                    "stage": stage,
                    "mean": float(tracks.stages[number, row].mean()),
                    "p10": float(spread[row, names.index("p10")]),
                    "p90": float(spread[row, names.index("p90")]),
                }
            )
    columns = ["programme_id", "programme", "stage", "mean", "p10", "p90"]
    return pd.DataFrame(rows, columns=columns)


def lever_table(plan: Plan) -> "pd.DataFrame":
    """Return the effect on leaving of each lever at its target adoption, before overlap and floor.

    Args:
        plan: The plan; levers that it does not use, and those on filling, are left out.

    Returns:
        Columns lever_id, name, group, applies_to (`first year` or `everybody`), p (ratio on the
        voluntary hazard of those it is offered to, against today), low and high (the same at the
        ends of the 90% range of the hazard ratio), share_of_grades (grade bands it is offered to).
    """
    import pandas as pd

    rows = []
    for lever in plan.leaving_levers:
        target = np.asarray(lever.adopted_target, dtype=np.float64)
        ends = [
            float(lever_ratio(lever, target, np.asarray(value, dtype=np.float64)))
            for value in (lever.low, lever.hazard_ratio, lever.high)
        ]
        rows.append(
            {
                "lever_id": lever.lever_id,
                "name": lever.name,
                "group": lever.group,
                "applies_to": "first year" if lever.first_year_only else "everybody",
                "p": ends[1],
                "low": min(ends),
                "high": max(ends),
                "share_of_grades": len(lever.grades) / len(GRADE_BANDS),
            }
        )
    columns = ["lever_id", "name", "group", "applies_to", "p", "low", "high", "share_of_grades"]
    return pd.DataFrame(rows, columns=columns)
