"""How well the hazards of cells tell who leaves within a year, beside models of single people.

Every yearly origin with three years before it on public staff panels, with what was known then. The
peers get the same columns: service, family, department, grade, contract and age band; ours uses age
for retiring only, and directorate and job title where they have earned their place in earlier
years. No single person is ever scored in the app: the score here is that of a cell. As ours knows
job titles, it stands beside peers that know them and peers that do not. Kaplan-Meier and exposure
against lifelines stand in `benchmarks.survival`.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._person_peers import BOOSTING, FOREST, past_years, person_chances
from benchmarks._result import Result
from benchmarks.coverage import PANELS, ROOT, TODAY, YEARS_KNOWN
from workforce.assurance import as_known
from workforce.domain.bands import (
    AGE_BAND_MONTHS,
    AGE_BANDS,
    GRADE_BANDS,
    TENURE_BANDS,
    TENURE_EDGES_MONTHS,
    Cause,
)
from workforce.domain.differences import DifferenceKind
from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES
from workforce.domain.rates import Rates
from workforce.history import build_history
from workforce.intake import Extract, SourceFile
from workforce.rates import fit_rates
from workforce.workflow import load_models, read_files

FloatArray = NDArray[np.float64]

OURS: Final = "ours"
LOGIT: Final = "logistic regression"
TITLES: Final = " with job titles"
_DRAWS: Final = 400
_BINS: Final = 10
_AGAIN: Final = 200
"""Times that people are drawn again, for what chance does to a calibration error."""


@dataclass(frozen=True)
class Year:
    """Chances of leaving within the year after an origin, and who left.

    Attributes:
        chances: By method, one entry a person in post.
        left: Whether each of them left.
    """

    chances: dict[str, FloatArray]
    left: NDArray[np.bool_]


def run() -> list[Result]:
    """Return the AUC and the calibration error of ours beside the peers', by panel.

    Returns:
        The figures; panels that are absent are reported as not judged.
    """
    models = load_models(ROOT / "models")
    results: list[Result] = []
    for name, path in PANELS.items():
        if not path.exists():
            results.append(Result(f"discrimination.{name}", math.nan, "AUC", "", None, "",
                                  f"{path} is not there"))  # fmt: skip
            continue
        extract = read_files([SourceFile(path.name, path.read_bytes())], models, today=TODAY)
        results += _judge(name, list(_years(extract, models.evidence)))
    return results


def _years(extract: Extract, evidence: Evidence) -> Iterator[Year]:
    """Look from each year that has three years of leavers before it, the latest first."""
    assert extract.window is not None
    first = pd.Timestamp(extract.window[0]) + pd.DateOffset(years=YEARS_KNOWN)
    for back in itertools.count(1):
        at = (pd.Timestamp(extract.as_of) - pd.DateOffset(years=back)).date()
        if pd.Timestamp(at) + pd.DateOffset(days=1) < first:
            return
        known = as_known(extract, at)
        present, chances = person_chances(known, seed=back)
        chances[LOGIT] = _logit(known, present)
        titled = replace(known, people=known.people.assign(family=known.people["job_title"]))
        same, more = person_chances(titled, seed=back, with_cox=False)
        assert same.index.equals(present.index)
        chances |= {each + TITLES: more[each] for each in (FOREST, BOOSTING)}
        chances[LOGIT + TITLES] = _logit(titled, same)
        rates = fit_rates(build_history(known), evidence, [str(each) for each in ALL_FAMILIES])
        chances[OURS] = cell_chances(known.people.loc[present.index], rates, at)
        who = known.people.loc[present.index, "person"]
        # Made redundant within the year: neither a leaver by choice nor somebody who stayed, as in
        # the years that every method learned from.
        kept = ~_gone(extract, who, at, redundant=True)
        left = _gone(extract, who, at, redundant=False)
        yield Year({name: chance[kept] for name, chance in chances.items()}, left[kept])


def _gone(
    extract: Extract, people: "pd.Series[str]", at: date, *, redundant: bool
) -> NDArray[np.bool_]:
    """Return who of some people left within a year of a date, by an event or otherwise."""
    gone, day = extract.people["leave_date"], pd.Timestamp(at)
    event = extract.people["cause"] == str(Cause.ORGANISATIONAL_EVENT)
    within = (gone > day) & (gone <= day + pd.DateOffset(years=1)) & (event == redundant)
    leavers = set(extract.people.loc[within, "person"])
    return people.isin(leavers).to_numpy(dtype=bool)


def cell_chances(people: pd.DataFrame, rates: Rates, at: date) -> FloatArray:
    """Return each person's cell's chance of leaving within a year, as a projection has it.

    The next year's good or bad year is in it, service grows by the month, and people are spread
    evenly over their age band, so that some of them pass into the next.

    Args:
        people: Rows of `Extract.people`, all in post.
        rates: Fitted rates.
        at: The date they were fitted at.

    Returns:
        Probabilities, shape (n,).
    """
    resign, by_age = _next_year(rates)
    start = people["start_date"].fillna(pd.Timestamp(at) - pd.DateOffset(years=5))
    service = ((pd.Timestamp(at) - start).dt.days / 30.44).to_numpy(dtype=float)
    family = pd.Categorical(people["family"], categories=list(rates.families)).codes
    grade = pd.Categorical(people["grade_band"], categories=[str(g) for g in GRADE_BANDS]).codes
    age = pd.Categorical(people["age_band"], categories=[str(a) for a in AGE_BANDS]).codes
    assert len(TENURE_BANDS) == len(TENURE_EDGES_MONTHS)
    total, resigning = np.zeros(len(people)), np.zeros(len(people))
    for month in range(12):
        band = np.searchsorted(TENURE_EDGES_MONTHS, service + month, side="right") - 1
        resigning += resign[family, grade, np.maximum(band, 0)]
        total += by_age[month, age]
    total += resigning * _within_families(people, rates, resigning)
    chance: FloatArray = -np.expm1(-total)
    return chance


def _within_families(people: pd.DataFrame, rates: Rates, hazard: FloatArray) -> FloatArray:
    """Return factors by directorate and job that leave a family's resignations as they are."""
    factor = np.ones(len(people))
    names = {
        DifferenceKind.DEPARTMENT: people["department"].fillna("").astype(str).map(_plain),
        DifferenceKind.TITLE: people["job_title"].fillna("").astype(str).map(_plain),
    }
    for each in rates.differences:
        factor *= (
            names[each.kind]
            .map({_plain(name): ratio for name, ratio in each.ratios.items()})
            .fillna(1.0)
            .to_numpy(dtype=float)
        )
    both = pd.DataFrame({"as_one": hazard, "apart": hazard * factor})
    sums = both.groupby(people["family"].to_numpy()).transform("sum")
    level: FloatArray = (sums["as_one"] / sums["apart"]).to_numpy(dtype=float)
    return factor * level


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _next_year(rates: Rates) -> tuple[FloatArray, FloatArray]:
    """Return mean hazards of the next year: resigning (F, G, T); the rest by month and age."""
    rng = np.random.default_rng(1)
    z = rng.standard_normal((_DRAWS, rates.voluntary.terms))
    years = rates.shock.draws(rng.standard_normal((_DRAWS, 2)), z, rng.standard_normal((_DRAWS, 3)))
    resign = (rates.voluntary.draws(z) * years[:, :1, None, None]).mean(axis=0)
    exits = np.ones((_DRAWS, 1))
    if rates.exit_years is not None:
        exits = rates.exit_years.draws(
            rng.standard_normal((_DRAWS, 2)), rng.standard_normal(_DRAWS), years,
            rng.standard_normal((_DRAWS, 3)),
        )  # fmt: skip
    retire = rates.retirement * np.exp(np.square(rates.retirement_log_sd) / 2)
    ageing = len(AGE_BAND_MONTHS)
    passed = np.zeros((12, len(retire)))
    passed[:, :ageing] = np.arange(12)[:, None] / np.asarray(AGE_BAND_MONTHS, dtype=float)
    older = np.append(retire[1:], retire[-1])
    flat = sum(
        each.hazard_monthly * math.exp(each.log_sd**2 / 2)
        for each in (rates.end_of_contract, rates.other)
    )
    by_age: FloatArray = exits.mean() * (retire + passed * (older - retire) + flat)
    return resign, by_age


def _logit(known: Extract, present: pd.DataFrame) -> FloatArray:
    """Return chances by a logistic regression on bands of service and all categories."""
    from sklearn.linear_model import LogisticRegression

    rows = past_years(known)
    both = pd.concat([rows.drop(columns="left"), present])
    edges = [-1.0, *(edge / 12 for edge in TENURE_EDGES_MONTHS[1:]), 100.0]
    both["service"] = pd.cut(both["service"], edges, labels=False)
    design = pd.get_dummies(both.astype("category"), drop_first=True).to_numpy(dtype=float)
    fitted = LogisticRegression(max_iter=500).fit(design[: len(rows)], rows["left"])
    chance: FloatArray = fitted.predict_proba(design[len(rows) :])[:, 1]
    return chance


def _calibration(chance: FloatArray, left: NDArray[np.bool_]) -> float:
    """Return the mean gap between stated and observed shares over tenths of people by chance.

    Where a border of two tenths falls among people of one chance, each side gets their average: in
    which order they are listed is of no matter.
    """
    _, alike, people = np.unique(chance, return_inverse=True, return_counts=True)
    share = (np.bincount(alike, weights=left) / people)[alike]
    parts = np.array_split(np.argsort(chance, kind="stable"), _BINS)
    gaps = [abs(chance[part].mean() - share[part].mean()) * len(part) for part in parts]
    return float(sum(gaps) / len(left))


def _perfect(chance: FloatArray) -> float:
    """Return the calibration error to be expected where every chance is exactly true."""
    rng = np.random.default_rng(3)
    return float(
        np.mean([_calibration(chance, rng.random(len(chance)) < chance) for _ in range(_AGAIN)])
    )


def _error_of_difference(ours: FloatArray, peer: FloatArray, left: NDArray[np.bool_]) -> float:
    """Return the standard error of the difference of two calibration errors, by bootstrap."""
    rng, found = np.random.default_rng(4), []
    for _ in range(_AGAIN):
        who = rng.integers(0, len(left), len(left))
        found.append(_calibration(ours[who], left[who]) - _calibration(peer[who], left[who]))
    return float(np.std(found, ddof=1))


def _judge(name: str, years: list[Year]) -> list[Result]:
    from sklearn.metrics import roc_auc_score

    methods = list(years[0].chances)
    left = np.concatenate([year.left for year in years])
    auc = {
        method: float(np.mean([roc_auc_score(y.left, y.chances[method]) for y in years]))
        for method in methods
    }
    every = {method: np.concatenate([y.chances[method] for y in years]) for method in methods}
    error = {method: _calibration(every[method], left) for method in methods}
    expected = {
        method: float(sum(y.chances[method].sum() for y in years) / left.sum())
        for method in methods
    }
    peers = [method for method in methods if method != OURS]
    best, steady = max(peers, key=lambda each: auc[each]), min(peers, key=lambda e: error[e])
    detail = f"{len(years)} origins, {len(left)} people, {left.sum()} left; " + "; ".join(
        f"{each}: AUC {auc[each]:.3f}, calibration error {error[each]:.4f}, "
        f"expected / observed {expected[each]:.2f}, calibration error at the right level "
        f"{_calibration(every[each] / expected[each], left):.4f}"
        for each in methods
    )
    chance = (
        f"; of ours {_perfect(every[OURS]):.4f} would be chance alone were it exactly true, and the"
        f" difference to {steady} has a standard error of "
        f"{_error_of_difference(every[OURS], every[steady], left):.4f}"
    )
    return [
        Result(f"discrimination.{name}.auc", round(auc[OURS] - auc[best], 4),
               "AUC less best peer's", "at least -0.02", auc[OURS] >= auc[best] - 0.02, best,
               detail),
        Result(f"discrimination.{name}.calibration", round(error[OURS] / error[steady], 3),
               "ratio of calibration errors", "at most 1", error[OURS] <= error[steady], steady,
               detail + chance),
    ]  # fmt: skip
