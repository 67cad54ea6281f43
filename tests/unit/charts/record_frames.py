"""Frames of the track record, a scored forecast and a fairness check, as assurance makes them."""

import pandas as pd

from workforce.domain.months import month_label, parse_month

FIRST = parse_month("2023-03")
THEN = parse_month("2025-09")
ORIGINS = tuple(FIRST + 3 * k for k in range(10))


def _row(origin: int, horizon: int, measure: str, mean: float, observed: float) -> dict:
    spread = max(1.0, 0.12 * mean)
    z = {"p2_5": -1.96, "p10": -1.2816, "p25": -0.6745, "p50": 0, "p75": 0.6745, "p90": 1.2816,
         "p97_5": 1.96}  # fmt: skip
    return {
        "origin": month_label(origin), "month": month_label(origin + horizon), "horizon": horizon,
        "family": "all", "measure": measure, "mean": mean,
        **{name: max(0.0, mean + each * spread) for name, each in z.items()},
        "observed": observed, "pit": 0.5,
    }  # fmt: skip


def forecasts() -> pd.DataFrame:
    """Ten origins three months apart; the third year is outside its 80% range, the rest inside."""
    rows = []
    for place, origin in enumerate(ORIGINS):
        happened = 34.0 if place == 2 else 25.0
        rows.append(_row(origin, 12, "leavers_12m", 24.0, happened))
        rows.append(_row(origin, 12, "headcount", 150.0, 149.0))
        for horizon in range(1, 13):
            rows.append(_row(origin, horizon, "leavers", 6.0, 9.0 if horizon == 2 else 6.0))
    return pd.DataFrame(rows)


def scored_months() -> pd.DataFrame:
    """Twelve months since a forecast; leavers run away from it, headcount stays inside."""
    rows = []
    for place in range(1, 13):
        for measure, mean, observed in (
            ("leavers_total", 2.0 * place, 3.5 * place),
            ("headcount", 140.0 - place, 141.0 - place),
        ):
            row = _row(THEN, place, measure, mean, observed)
            rows.append({**row, "scenario": "Do nothing", "month": THEN + place})
    return pd.DataFrame(rows).drop(columns=["origin", "horizon", "pit"])


def groups() -> pd.DataFrame:
    """Three groups of which one leaves more often than chance explains."""
    frame = pd.DataFrame(
        {
            "characteristic": "Sex",
            "group": ["Female", "Male", "Not told apart"],
            "person_years": [310.4, 402.2, 55.0],
            "observed": [52.0, 38.0, 6.0],
            "expected": [39.2, 50.1, 6.7],
        }
    )
    ratio = frame["observed"] / frame["expected"]
    frame = frame.assign(ratio=ratio, low=ratio * 0.82, high=ratio * 1.2)
    return frame.assign(differs=(frame["low"] > 1) | (frame["high"] < 1))


def differences(count: int = 12) -> pd.DataFrame:
    """Directorates, the first of which people leave clearly more often."""
    frame = pd.DataFrame(
        {
            "name": [f"directorate {k}" for k in range(count)],
            "ratio": [1.6, *(1.0 + 0.1 * (k % 3) for k in range(1, count))],
            "low": [1.3, *(0.7 for _ in range(1, count))],
            "high": [1.9, *(1.4 for _ in range(1, count))],
        }
    )
    return frame.assign(differs=(frame["low"] > 1) | (frame["high"] < 1))


def effects() -> pd.DataFrame:
    """Twelve assumptions, the third of which moves the result most, downwards."""
    rows = [
        {"name": f"Assumption {k}", "low": 10.0 - 0.1 * k, "high": 10.0 + 0.2 * k, "base": 10.0}
        for k in range(12)
    ]
    rows[2] |= {"name": "People resign", "low": 14.0, "high": 6.0}
    return pd.DataFrame(rows)
