"""AutoETS, AutoARIMA and their mean by statsforecast, for monthly series given on standard input.

Run by `benchmarks.series` with the Python of the peers' environment. Input: `{"levels": [...],
"steps": h, "cases": [[...], ...]}`, levels in per cent of central intervals. Output: a line of
JSON a case: by model, by step, `[lower ends from the widest level on, mean, upper ends]`.
"""

import json
import sys
import warnings

import numpy as np
from statsforecast.models import AutoARIMA, AutoETS

PERIOD = 12


def quantiles(model: object, known: np.ndarray, steps: int, levels: list[float]) -> np.ndarray:
    """Return quantiles by step, shape (steps, 2 levels + 1)."""
    made = model.forecast(y=known, h=steps, level=levels)
    low = [made[f"lo-{level}"] for level in sorted(levels, reverse=True)]
    high = [made[f"hi-{level}"] for level in sorted(levels)]
    return np.stack([*low, made["mean"], *high], axis=1)


def main() -> None:
    """Forecast every case."""
    warnings.simplefilter("ignore")
    task = json.load(sys.stdin)
    for case in task["cases"]:
        known = np.asarray(case, dtype=float)
        found = {
            name: quantiles(kind(season_length=PERIOD), known, task["steps"], task["levels"])
            for name, kind in (("AutoETS", AutoETS), ("AutoARIMA", AutoARIMA))
        }
        found["mean of both"] = (found["AutoETS"] + found["AutoARIMA"]) / 2
        print(json.dumps({name: values.tolist() for name, values in found.items()}), flush=True)


if __name__ == "__main__":
    main()
