"""Cox regression with entry times: reads JSON from standard input, writes chances of leaving.

Run by `benchmarks.coverage` with the Python of the peers' environment (lifelines). Time is service;
people enter at the service they had when leaving began to be observed, so that the baseline is not
that of survivors.
"""

import json
import sys

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter


def main() -> None:
    """Fit, and print each present person's chance of leaving within a year."""
    asked = json.load(sys.stdin)
    past, present = pd.DataFrame(asked["past"]), pd.DataFrame(asked["present"])
    fitter = CoxPHFitter(penalizer=0.1)
    fitter.fit(past, duration_col="stop", event_col="left", entry_col="start")
    risk = fitter.predict_partial_hazard(past.drop(columns=["start", "stop", "left"])).to_numpy()
    start, stop = past["start"].to_numpy(), past["stop"].to_numpy()
    times, leavers = np.unique(stop[past["left"].to_numpy() == 1], return_counts=True)
    # Breslow's estimator over those who had entered: lifelines' own leaves entry times out.
    at_risk = np.array([risk[(start < time) & (stop >= time)].sum() for time in times])
    values = np.cumsum(leavers / at_risk)

    def upto(service: np.ndarray) -> np.ndarray:
        return np.interp(service, times, values, left=0.0)

    service = present["start"].to_numpy()
    # Beyond the longest service ever seen the last year's hazard goes on.
    service = np.minimum(service, max(times.max() - 1.0, 0.0))
    ratio = fitter.predict_partial_hazard(present.drop(columns="start")).to_numpy()
    print(json.dumps((1 - np.exp(-(upto(service + 1) - upto(service)) * ratio)).tolist()))


if __name__ == "__main__":
    main()
