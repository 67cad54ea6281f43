"""How often yearly leavers fall inside the stated ranges, on public panels and simulated councils.

Rolling yearly origins, each with only what was known then. Peers are computed in the same run from
the same yearly counts: one pooled rate with binomial noise, and the pooled rate with a normal year
effect on the log rate, its spread estimated on the past years; on whole panels also person-level
models (Cox with entry times, random forest, gradient boosting) given the same columns.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._person_peers import person_peers
from benchmarks._result import Result
from workforce.assurance import as_known, forecast_from, seen_draws
from workforce.assurance.scores import binomial_band, covered, crps
from workforce.assurance.series import Observed, observe, plan_origins
from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES
from workforce.history import build_history
from workforce.intake import Extract, Mapping, SourceFile
from workforce.sample import simulate
from workforce.workflow import load_models, read_files

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
PANELS = {
    "madep": DATA / "madep_panel" / "MADEP_staff_2004_2016.csv",
    "mfg10year": DATA / "mfg10year" / "MFG10YearTerminationData_full.csv",
}
TODAY = date(2026, 11, 1)
DRAWS = 1000
YEARS_KNOWN = 3
DEPARTMENTS = 5
COUNCILS = 8
OURS, BINOMIAL, EFFECT = "ours", "pooled rate, binomial", "pooled rate with year effect"

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One yearly total that was forecast: draws by method, and what happened."""

    unit: str
    year: str
    measure: str
    draws: dict[str, NDArray[np.float64]]
    observed: float


def run(draws: int = DRAWS) -> list[Result]:
    """Return coverage, width, score and bias for each panel and for simulated councils.

    Args:
        draws: Draws of each forecast.

    Returns:
        The figures; panels that are absent are reported as not judged.
    """
    models = load_models(ROOT / "models")
    results: list[Result] = []
    together: list[Case] = []
    for name, path in PANELS.items():
        if not path.exists():
            results.append(_absent(name, path))
            continue
        extract = read_files([SourceFile(path.name, path.read_bytes())], models, today=TODAY)
        cases = list(_cases(extract, models.evidence, name, draws, persons=True))
        together += cases
        results += _judge(f"coverage.{name}", cases)
        parts = [
            case
            for unit, part in _departments(extract)
            for case in _cases(part, models.evidence, unit, draws)
        ]
        if parts:
            results += _judge(f"coverage.{name}.departments", parts)
    if together:
        results += _judge("coverage.panels", together)
    simulated = [
        case
        for seed in range(COUNCILS)
        for case in _cases(_council(seed), models.evidence, f"council {seed}", draws)
    ]
    for measure in ("leavers", "hires", "vacancies", "headcount"):
        results += _judge(
            f"coverage.simulated.{measure}", [c for c in simulated if c.measure == measure]
        )
    return results


def _absent(name: str, path: Path) -> Result:
    return Result(f"coverage.{name}", math.nan, "share", "", None, "", f"{path} is not there")


def _council(seed: int) -> Extract:
    made = simulate(size=300 + 250 * seed, years=7, seed=100 + seed, as_of=date(2026, 3, 31))
    return Extract(
        people=made.people, posts=made.posts, requisitions=made.requisitions,
        apprentices=made.apprentices, agency=made.agency, tables=(), columns=(), left_out=(),
        findings=(), as_of=made.as_of, window=made.window, role_matches=(), mapping=Mapping(),
        digest=str(seed),
    )  # fmt: skip


def _departments(extract: Extract) -> Iterator[tuple[str, Extract]]:
    """Yield the largest departments as organisations of their own."""
    sizes = extract.people["department"].fillna("").value_counts()
    for name in [each for each in sizes.index if each][:DEPARTMENTS]:
        people = extract.people[extract.people["department"] == name]
        yield str(name), _only(extract, people)


def _only(extract: Extract, people: pd.DataFrame) -> Extract:
    from dataclasses import replace

    trail = extract.trail[extract.trail["person"].isin(set(people["person"]))]
    return replace(extract, people=people, trail=trail)


def _cases(
    extract: Extract, evidence: Evidence, unit: str, draws: int, *, persons: bool = False
) -> Iterator[Case]:
    """Forecast from each year end that has three years of leavers before it."""
    history = build_history(extract)
    assert history.window is not None
    seen = observe(extract, history, ALL_FAMILIES)
    by_absence = plan_origins(extract, history).unseen
    back = 12
    while True:
        month = history.as_of - back
        at = (
            pd.Timestamp(year=month // 12, month=month % 12 + 1, day=1) + pd.offsets.MonthEnd(0)
        ).date()
        if month - history.window[0] + 1 < 12 * YEARS_KNOWN:
            return
        known = as_known(extract, at)
        then = build_history(known)
        projection = forecast_from(
            then, evidence, ALL_FAMILIES, draws=draws, seed=1, by_absence=by_absence
        )
        scenario, label = projection.scenarios[0], str(at)
        ours = seen_draws(projection, "leavers", "all").sum(axis=1).astype(float)
        peers = _peers(observe(known, then, ALL_FAMILIES), draws, seed=back)
        if persons:
            peers |= person_peers(known, draws, seed=back)
        yield Case(
            unit, label, "leavers", {OURS: ours, **peers}, seen.year("leavers", "all", month)
        )
        hires = projection.values(scenario, "hires")
        yield Case(unit, label, "hires", {OURS: hires.sum(axis=1).astype(float)},
                   seen.year("hires", "all", month))  # fmt: skip
        for stock in ("vacancies", "headcount"):
            values = projection.values(scenario, stock)[:, -1].astype(float)
            observed = seen.at(stock, "all", month + 12)
            if np.isfinite(observed):
                yield Case(unit, label, stock, {OURS: values}, observed)
        back += 12


def _peers(known: Observed, draws: int, seed: int) -> dict[str, FloatArray]:
    """Forecast a year of leavers from the yearly counts that were known."""
    rng = np.random.default_rng(seed)
    leavers, heads = known.totals("leavers"), known.totals("headcount")
    years = len(leavers) // 12
    events = leavers[len(leavers) - 12 * years :].reshape(years, 12).sum(axis=1)
    people = heads[len(heads) - 12 * years :].reshape(years, 12).mean(axis=1)
    now = int(heads[-1])
    rate = events.sum() / people.sum()
    logs = np.log((events + 0.5) / people)
    # Method of moments: what is left of the variance between years after Poisson noise.
    spread = math.sqrt(max(0.0, float(logs.var(ddof=1)) - float(np.mean(1 / (events + 0.5)))))
    centre = rng.normal(logs.mean(), spread / math.sqrt(years), draws)
    drawn = np.exp(rng.normal(centre, spread))
    return {
        BINOMIAL: rng.binomial(now, min(1.0, rate), draws).astype(float),
        EFFECT: rng.binomial(now, np.clip(drawn, 0, 1)).astype(float),
    }


def _judge(name: str, cases: list[Case]) -> list[Result]:
    cases = [case for case in cases if case.measure == cases[0].measure]
    measure, count = cases[0].measure, len(cases)
    methods = [name for name in cases[0].draws if all(name in case.draws for case in cases)]
    table = {method: _figures(cases, method) for method in methods}
    ours = table[OURS]
    detail = f"{count} forecasts of {measure}; " + "; ".join(
        f"{method}: {row['hits80']:.0f} in 80%, {row['hits95']:.0f} in 95%, "
        f"width {row['width']:.1f}, CRPS {row['crps']:.2f}, expected / observed {row['ratio']:.2f}"
        for method, row in table.items()
    )
    low, high = _ratio_by_chance(cases)
    chance = (
        f"; were ours exactly true, with years independent, the ratio would lie in {low:.2f} to "
        f"{high:.2f} nineteen times in twenty"
    )
    against = ", ".join(each for each in methods if each != OURS) or "what happened"
    results = []
    for level in (80, 95):
        low, high = binomial_band(count, level / 100)
        hits = int(ours[f"hits{level}"])
        results.append(
            Result(f"{name}.cover{level}", round(hits / count, 3), "share",
                   f"{low} to {high} of {count}", low <= hits <= high, against, detail)
        )  # fmt: skip
    results.append(
        Result(f"{name}.ratio", round(ours["ratio"], 3), "expected / observed", "0.9 to 1.1",
               bool(0.9 <= ours["ratio"] <= 1.1), "what happened", detail + chance)
    )  # fmt: skip
    if len(methods) > 1:
        width = ours["width"] / table[EFFECT]["width"]
        score = ours["crps"] / min(table[m]["crps"] for m in methods if m != OURS)
        results.append(
            Result(f"{name}.width", round(width, 3), "ratio of mean width", "at most 1.25",
                   bool(width <= 1.25), EFFECT, detail)
        )  # fmt: skip
        results.append(
            Result(f"{name}.crps", round(score, 3), "ratio of mean CRPS", "at most 1",
                   bool(score <= 1), "the better of " + against, detail)
        )  # fmt: skip
    return results


def _ratio_by_chance(cases: list[Case]) -> tuple[float, float]:
    """Return where expected / observed would lie if each year happened as one of our draws."""
    rng = np.random.default_rng(5)
    draws = np.array([rng.permutation(case.draws[OURS]) for case in cases])
    happened = np.maximum(draws.sum(axis=0), 1.0)
    low, high = np.quantile(draws.mean() * len(cases) / happened, [0.025, 0.975])
    return float(low), float(high)


def _figures(cases: list[Case], method: str) -> dict[str, float]:
    observed = np.array([case.observed for case in cases])
    draws = np.array([case.draws[method] for case in cases])
    ends = np.quantile(draws, [0.025, 0.1, 0.9, 0.975], axis=1)
    return {
        "hits80": float(covered(ends[1], ends[2], observed).sum()),
        "hits95": float(covered(ends[0], ends[3], observed).sum()),
        "width": float((ends[3] - ends[0]).mean()),
        "crps": float(crps(draws, observed).mean()),
        "ratio": float(draws.mean() * len(cases) / observed.sum()),
    }
