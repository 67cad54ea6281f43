"""Kaplan-Meier and person-months at risk by lifelines, for durations given on standard input.

Run by `benchmarks.survival` with the Python of the peers' environment.
"""

import json
import sys

import numpy as np
from lifelines import KaplanMeierFitter


def main() -> None:
    """Fit once for the curve, and once for the exposure between edges."""
    task = json.load(sys.stdin)
    curve = KaplanMeierFitter().fit(task["service"], task["left"])
    table = curve.event_table
    seen = table[table["observed"] > 0]
    months = KaplanMeierFitter().fit(task["months"], task["left"]).event_table
    time, at_risk = months.index.to_numpy(float), months["at_risk"].to_numpy(float)
    # Between two times of the table everybody at risk at the later one is there.
    exposure = []
    for low, high in zip(task["edges"][:-1], task["edges"][1:], strict=True):
        held = np.clip(time[1:], low, high) - np.clip(time[:-1], low, high)
        exposure.append(float(held @ at_risk[1:]))
    observed = months["observed"].to_numpy(float)
    left = [float(observed[(time > low) & (time <= high)].sum())
            for low, high in zip(task["edges"][:-1], task["edges"][1:], strict=True)]  # fmt: skip
    json.dump(
        {
            "service": seen.index.tolist(),
            "at_risk": seen["at_risk"].tolist(),
            "survival": curve.survival_function_at_times(seen.index).tolist(),
            "exposure": exposure,
            "left": left,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
