"""Scores of forecasts of the past, ours and those of simple methods, one by one and on average."""

from typing import Any, Final

import pandas as pd
from numpy.typing import NDArray

from workforce.assurance.peers import METHODS
from workforce.assurance.scores import INTERVALS, covered, crps, mase
from workforce.assurance.series import MEASURES
from workforce.projection.summary import QUANTILES, quantiles

__all__ = ["OURS", "TOTALS", "TOTAL_OF", "averages", "score"]

OURS: Final = "ours"
TOTALS: Final = {"leavers": "leavers_12m", "hires": "hires_12m"}
TOTAL_OF: Final = {total: flow for flow, total in TOTALS.items()}


def score(
    method: str, measure: str, horizon: int, draws: NDArray[Any], observed: float, scale: float
) -> dict[str, Any]:
    """Return one forecast with what its scores are made of.

    Args:
        method: Ours or another.
        measure: What is forecast.
        horizon: Months ahead.
        draws: Shape (D,).
        observed: What happened.
        scale: Scale of MASE.
    """
    ends = dict(zip(QUANTILES, quantiles(draws).tolist(), strict=True))
    return {
        "measure": measure,
        "horizon": horizon,
        "method": method,
        "p50": ends["p50"],
        "observed": observed,
        "scale": scale,
        "crps": float(crps(draws, observed)),
        **{
            f"cover{level}": bool(covered(ends[low], ends[high], observed))
            for level, (low, high) in INTERVALS.items()
        },
        "width95": ends["p97_5"] - ends["p2_5"],
    }


_SCORE_COLUMNS: Final = (
    "measure", "horizon", "method", "forecasts", "mase", "crps", "cover50", "cover80", "cover95",
    "width95",
)  # fmt: skip


def averages(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of `Backtest.scores` from forecasts one by one.

    Args:
        rows: Rows of `score`.
    """
    if rows.empty:
        return pd.DataFrame(columns=list(_SCORE_COLUMNS))
    found = []
    for (measure, horizon, method), group in rows.groupby(
        ["measure", "horizon", "method"], sort=False
    ):
        means = group[["crps", "cover50", "cover80", "cover95", "width95"]].mean()
        found.append(
            {
                "measure": measure,
                "horizon": horizon,
                "method": method,
                "forecasts": len(group),
                "mase": mase(group["p50"], group["observed"], group["scale"]),
                **means.to_dict(),
            }
        )
    frame = pd.DataFrame(found, columns=list(_SCORE_COLUMNS))
    order = {name: place for place, name in enumerate((*MEASURES, *TOTAL_OF, OURS, *METHODS))}
    return frame.sort_values(
        ["measure", "horizon", "method"],
        key=lambda column: column.map(order) if column.name != "horizon" else column,
        ignore_index=True,
    )
