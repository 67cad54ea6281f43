"""Direct forecasts of monthly series beside AutoETS, AutoARIMA and their mean.

US government employment, UK vacancies, and the monthly leavers and headcount of the mfg10year
panel; twelve months ahead from the last 96 known, and from the last 39, against naive. Scores are
scaled by the mean yearly change of what was known. Members, weights and spreads were chosen by
reasoning and on generated series (walks, seasons, fading trends, counts, shifts), but these series
were looked at as well while that was done: they are no blind test.
Peers are statsforecast's, in the peers' environment.
"""

import json
import math
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._result import Result
from benchmarks.coverage import DATA, PANELS, ROOT, TODAY
from workforce.assurance.direct import direct_paths
from workforce.assurance.peers import peer_paths
from workforce.assurance.scores import crps_quantiles
from workforce.assurance.series import observe
from workforce.domain.families import ALL_FAMILIES
from workforce.history import build_history
from workforce.intake import SourceFile
from workforce.workflow import load_models, read_files

FloatArray = NDArray[np.float64]

LONG: Final = 96
SHORT: Final = 39
STEPS: Final = 12
BACKS: Final = (12, 24, 36, 48, 60)
"""Months before the end of each series that forecasts are made at: two are too few to tell whether
ranges hold, because the series share their good and bad years."""
DRAWS: Final = 1000
OURS, NAIVE = "ours", "naive"
WIDTHS: Final = [10, 20, 30, 40, 50, 60, 70, 80, 90, 95]
LEVELS: Final = [*(50 - w / 2 for w in reversed(WIDTHS)), 50.0, *(50 + w / 2 for w in WIDTHS)]
_PEER: Final = Path(__file__).with_name("_series_peer.py")
_PYTHON: Final = Path(__file__).parent / ".peers" / "bin" / "python"


@dataclass
class Case:
    """What was known, what came, and quantiles by step of each method, shape (STEPS, LEVELS)."""

    name: str
    known: FloatArray
    seen: FloatArray
    made: dict[str, FloatArray] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """Mean absolute change from a year before, in the unit of the series."""
        return float(np.abs(self.known[12:] - self.known[:-12]).mean())


def run(backs: tuple[int, ...] = BACKS, short: tuple[int, ...] = BACKS) -> list[Result]:
    """Return the figures against the best peer, and on short series against naive.

    Args:
        backs: Origins of the comparison with statsforecast, months before the end.
        short: Origins on short series.

    Returns:
        The figures; those against peers are not judged where statsforecast is absent.
    """
    series = _series()
    if not series:
        return [Result("series", math.nan, "", "", None, "", f"{DATA} is not there")]
    results = _against_peers(_cases(series, backs, LONG))
    return results + _against_naive(_cases(series, short, SHORT))


def _series() -> dict[str, FloatArray]:
    found: dict[str, FloatArray] = {}
    us = DATA / "us_employment" / "US_employment_fpp3_Monthly.txt"
    ons = DATA / "ons_vacancies" / "ap2y_forecast_latest.csv"
    if us.exists():
        frame = pd.read_csv(us, sep="\t")
        government = [name for name in frame.columns if name.startswith("CEU90")]
        found |= {name[:13]: frame[name].dropna().to_numpy(dtype=float) for name in government}
    if ons.exists():
        latest = pd.read_csv(ons)["Latest vintage"]
        found["UK vacancies"] = latest.dropna().to_numpy(dtype=float)
    panel = PANELS["mfg10year"]
    if panel.exists():
        models = load_models(ROOT / "models")
        extract = read_files([SourceFile(panel.name, panel.read_bytes())], models, today=TODAY)
        seen = observe(extract, build_history(extract), ALL_FAMILIES)
        found |= {f"mfg10year {name}": seen.totals(name) for name in ("leavers", "headcount")}
    return found


def _cases(series: dict[str, FloatArray], backs: tuple[int, ...], length: int) -> list[Case]:
    cases = []
    for back in backs:
        for name, values in series.items():
            at = len(values) - back
            case = Case(name, values[max(0, at - length) : at], values[at : at + STEPS])
            rng = np.random.default_rng(back)
            paths = direct_paths(case.known, period=12, steps=STEPS, draws=DRAWS, rng=rng)
            assert paths is not None
            case.made[OURS] = _quantiles(paths)
            cases.append(case)
    return cases


def _quantiles(paths: FloatArray) -> FloatArray:
    found: FloatArray = np.percentile(np.maximum(paths, 0.0), LEVELS, axis=0).T
    return found


def _against_peers(cases: list[Case]) -> list[Result]:
    if not _PYTHON.exists():
        return [Result("series", math.nan, "", "", None, "statsforecast", "no peers' environment")]
    task = {"levels": WIDTHS, "steps": STEPS, "cases": [case.known.tolist() for case in cases]}
    ran = subprocess.run([str(_PYTHON), str(_PEER)], input=json.dumps(task), stdout=subprocess.PIPE,
                         stderr=sys.stderr, text=True, check=True)  # fmt: skip
    for case, line in zip(cases, ran.stdout.splitlines(), strict=True):
        case.made |= {name: np.maximum(rows, 0.0) for name, rows in json.loads(line).items()}
    methods = [name for name in cases[0].made if name != OURS]
    table = {name: _scores(cases, name) for name in (OURS, *methods)}
    detail = f"{len(cases)} forecasts of 12 months from {LONG} known; " + _words(table)
    results = []
    for place, score in enumerate(("mase", "crps")):
        best = min(methods, key=lambda each, place=place: table[each][place])  # type: ignore[misc]
        ratio = table[OURS][place] / table[best][place]
        results.append(Result(f"series.{score}", round(ratio, 4), "ratio to the best peer",
                              "at most 1.02", ratio <= 1.02, best, detail))  # fmt: skip
    cover = table[OURS][2]
    results.append(Result("series.cover95", round(cover, 4), "share", "0.93 to 0.97",
                          0.93 <= cover <= 0.97, "what happened", detail))  # fmt: skip
    return results


def _against_naive(cases: list[Case]) -> list[Result]:
    """Compare each kind of series on its own: none may be worse than the last value again."""
    kinds = {"US employment": "CEU", "UK vacancies": "UK", "leavers": "mfg10year leavers",
             "headcount": "mfg10year headcount"}  # fmt: skip
    for case in cases:
        paths = peer_paths("naive", case.known, stock=True, period=12, steps=STEPS, draws=DRAWS,
                           rng=np.random.default_rng(1))  # fmt: skip
        assert paths is not None
        case.made[NAIVE] = _quantiles(paths)
        # The naive forecast itself, without the noise of its draws.
        case.made[NAIVE][:, len(WIDTHS)] = case.known[-1]
    results = []
    for kind, start in kinds.items():
        mine = [case for case in cases if case.name.startswith(start)]
        if not mine:
            continue
        table = {name: _scores(mine, name) for name in (OURS, NAIVE)}
        ratio = table[OURS][0] / table[NAIVE][0]
        results.append(
            Result(
                f"series.short.{kind}",
                round(ratio, 4),
                "ratio of MASE",
                "at most 1.02",
                ratio <= 1.02,
                NAIVE,
                f"{len(mine)} forecasts from {SHORT} known; " + _words(table),
            )
        )
    cover = _scores(cases, OURS)[2]
    results.append(
        Result(
            "series.short.cover95",
            round(cover, 4),
            "share",
            "0.93 to 0.97",
            0.93 <= cover <= 0.97,
            "what happened",
            f"{len(cases)} forecasts",
        )
    )
    return results  # fmt: skip


def _scores(cases: list[Case], method: str) -> tuple[float, float, float]:
    """Return MASE, scaled CRPS and the share inside 95%, each series and origin alike."""
    middle = len(WIDTHS)
    rows = []
    for case in cases:
        made = case.made[method]
        rows.append((
            np.abs(made[:, middle] - case.seen).mean() / case.scale,
            crps_quantiles(np.array(LEVELS) / 100, made, case.seen).mean() / case.scale,
            ((made[:, 0] <= case.seen) & (case.seen <= made[:, -1])).mean(),
        ))  # fmt: skip
    mase, crps, cover = np.mean(rows, axis=0)
    return float(mase), float(crps), float(cover)


def _words(table: dict[str, tuple[float, float, float]]) -> str:
    return "; ".join(
        f"{name}: MASE {mase:.3f}, scaled CRPS {crps:.3f}, {cover:.0%} in 95%"
        for name, (mase, crps, cover) in table.items()
    )
