"""Kaplan-Meier, people at risk and exposure against lifelines, on a public set of job tenures."""

import json
import math
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks._result import Result
from benchmarks.coverage import DATA
from workforce.domain.bands import TENURE_BANDS, TENURE_EDGES_MONTHS, Cause, Contract
from workforce.history import build_history
from workforce.history.survival import life_table
from workforce.intake import Extract, Mapping
from workforce.intake.lists import empty_list

FILE: Final = DATA / "babushkin_turnover" / "turnover.csv"
_PEER: Final = Path(__file__).with_name("_survival_peer.py")
_PYTHON: Final = Path(__file__).parent / ".peers" / "bin" / "python"
_START: Final = pd.Timestamp(1990, 1, 1)
_LATER: Final = 500.0
_DAYS_A_MONTH: Final = 30.4375
_EQUAL: Final = 1e-9


def run() -> list[Result]:
    """Return the largest differences from lifelines.

    Everybody is given the same first day, the first of a month, so that services in calendar months
    (in which the app counts) are plain numbers; lifelines gets those.

    Returns:
        The figures, or one that says what is absent.
    """
    if not FILE.exists() or not _PYTHON.exists():
        return [Result("survival", math.nan, "", "", None, "lifelines",
                       f"{FILE if not FILE.exists() else _PYTHON} is not there")]  # fmt: skip
    people = pd.read_csv(FILE, encoding="latin-1")
    service, left = people["stag"].to_numpy(dtype=float), people["event"].to_numpy() == 1
    days = np.maximum(np.rint(service * _DAYS_A_MONTH).astype(int), 1)
    edges = [*map(float, TENURE_EDGES_MONTHS), _LATER]
    told = _told(
        {"service": service.tolist(), "left": left.tolist(), "edges": edges,
         "months": _calendar_months(days).tolist()}
    )  # fmt: skip
    ours = life_table(service, left)
    exposure, leavers = _folded(days, left)
    detail = f"{len(people)} people, {left.sum()} left, {len(ours.service)} distinct services"
    gaps = {
        "kaplan_meier": np.abs(ours.survival - told["survival"]).max(),
        "at_risk": np.abs(ours.at_risk - told["at_risk"]).max(),
        "exposure": np.abs(exposure - told["exposure"]).max(),
        "leavers": np.abs(leavers - told["left"]).max(),
    }
    return [
        Result(f"survival.{name}", float(gap), "largest difference", "at most 1e-9",
               bool(gap <= _EQUAL), "lifelines", detail)
        for name, gap in gaps.items()
    ]  # fmt: skip


def _told(task: dict[str, object]) -> dict[str, np.ndarray]:
    ran = subprocess.run([str(_PYTHON), str(_PEER)], input=json.dumps(task), stdout=subprocess.PIPE,
                         stderr=sys.stderr, text=True, check=True)  # fmt: skip
    return {name: np.array(values) for name, values in json.loads(ran.stdout).items()}


def _calendar_months(days: np.ndarray) -> np.ndarray:
    """Return services in calendar months, by period arithmetic that the app does not use."""
    ends = _START + pd.to_timedelta(days, unit="D")
    periods = pd.PeriodIndex(ends, freq="M")
    whole = periods.astype("int64") - pd.Period(_START, freq="M").ordinal
    return np.asarray(whole + (ends.day - 1) / periods.days_in_month, dtype=float)


def _folded(days: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return exposure in months and leavers by tenure band as the app counts them.

    Who did not leave is taken out of sight on the last day by an organisational event, which no
    rate counts: a file has one date for everybody, this set has one for each.
    """
    count = len(days)
    last = _START + pd.to_timedelta(days - 1, unit="D")
    text = pd.Series("", index=range(count), dtype="str")
    people = pd.DataFrame(
        {
            "person": [f"p{row}" for row in range(count)],
            "job_title": text, "family": "not_digital", "role_confidence": 1.0,
            "department": text, "location": text, "grade": text, "grade_band": "unknown",
            "fte": 1.0, "salary": np.nan, "start_date": _START, "role_start_date": pd.NaT,
            "leave_date": last, "leave_reason": text,
            "cause": np.where(left, str(Cause.VOLUNTARY), str(Cause.ORGANISATIONAL_EVENT)),
            "contract": str(Contract.PERMANENT), "contract_end_date": pd.NaT,
            "age_band": "unknown", "source": "leavers", "file": "", "sheet": "",
            "row": range(count),
        }
    )  # fmt: skip
    at = (last.max() + pd.offsets.MonthEnd(1)).date()
    extract = Extract(
        people=people, posts=empty_list("posts"), requisitions=empty_list("requisitions"),
        apprentices=empty_list("apprentices"), agency=empty_list("agency"), tables=(), columns=(),
        left_out=(), findings=(), as_of=at, window=(date(1990, 1, 1), at),
        role_matches=(), mapping=Mapping(), digest="babushkin",
    )  # fmt: skip
    counts = build_history(extract).counts.groupby("tenure", observed=False)
    sums = counts[["exposure", "voluntary"]].sum().reindex(list(map(str, TENURE_BANDS)))
    return sums["exposure"].to_numpy(), sums["voluntary"].to_numpy()
