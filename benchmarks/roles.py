"""Role families of real public-sector titles: macro F1, calibration and speed.

Three ways of asking, because rules that a person wrote can fit the titles that person saw:
`cross_validated` over all labelled titles by distinct title (the model's coefficients never saw the
title; the rules may have), `unseen` over the fifth that no rule was written from, and beside both
the plain letter n-gram regression on the same folds.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks._result import Result
from workforce.domain.families import ALL_FAMILIES, Family
from workforce.roles import RoleClassifier
from workforce.roles.corpus import LabelledTitle, is_held_out, read_labelled, read_teaching
from workforce.roles.model import speaks_surely
from workforce.roles.quality import (
    bootstrap_interval,
    calibration_error,
    confusion,
    f1_by_family,
    macro_f1,
    reliability,
)
from workforce.roles.rulebook import Rulebook
from workforce.roles.rules import judge
from workforce.roles.train import FOLDS, cross_validate, deal, fit_temperatures

MODELS = Path(__file__).resolve().parents[1] / "models"
COUNT = len(ALL_FAMILIES)
DRAWS, SEED = 2000, 2026
BARS = {"clear": 0.93, "all": 0.89}
ECE_BAR = 0.05
SPEED_TITLES, SPEED_BAR = 5000, 1.0

Rows = NDArray[np.int64]


def run() -> list[Result]:
    """Measure and return every figure."""
    labelled = read_labelled(MODELS)
    known = {each.key for each in labelled}
    teaching = [each for each in read_teaching(MODELS) if each.key not in known]
    order = {family: column for column, family in enumerate(ALL_FAMILIES)}
    truth = np.array([order[each.family] for each in labelled])
    rulebook = Rulebook.load(MODELS)
    scores = cross_validate(labelled, teaching, rulebook)
    unseen = np.array([is_held_out(each.key) for each in labelled])
    clear = np.array([not each.ambiguous for each in labelled])
    peer = _peer(labelled, teaching, order)
    everyone = np.ones(len(labelled), dtype=bool)
    results = []
    for name, asked in (("cross_validated", everyone), ("unseen", unseen)):
        for which, kept in (("clear", asked & clear), ("all", asked)):
            rows = np.flatnonzero(kept)
            results.append(_f1(f"{name}_{which}", BARS[which], rows, truth, scores, peer))
    surely = np.array([speaks_surely(judge(each.title, rulebook)) for each in labelled])
    right = scores.argmax(axis=1) == truth
    confidence = _confidence(truth, scores, unseen, surely)
    for name, asked in (("cross_validated", everyone), ("unseen", unseen)):
        results.append(_calibration(name, confidence[asked], right[asked]))
    results.append(_speed(labelled))
    return results


def _f1(
    name: str, bar: float, rows: Rows, truth: Rows, scores: NDArray[np.float64], peer: Rows
) -> Result:
    true, chosen = truth[rows], scores[rows].argmax(axis=1)
    value = macro_f1(true, chosen, COUNT)
    low, high = bootstrap_interval(
        lambda draw: macro_f1(true[draw], chosen[draw], COUNT), len(rows), draws=DRAWS, seed=SEED
    )
    each = f1_by_family(true, chosen, COUNT)
    table = confusion(true, chosen, COUNT).tolist()
    families = [family.value for family in ALL_FAMILIES]
    return Result(
        name=f"roles.macro_f1_{name}",
        value=round(value, 4),
        unit="macro F1",
        bar=f"at least {bar}",
        holds=value >= bar,
        against=f"letter n-grams, taught the same: {macro_f1(true, peer[rows], COUNT):.3f}",
        detail=(
            f"95% bootstrap {low:.3f} to {high:.3f}, {len(rows)} titles, {FOLDS} folds by distinct "
            f"title; F1 {_pairs(families, each)}; confusion (rows true, columns chosen, order "
            f"{', '.join(families)}): {table}"
        ),
    )


def _pairs(names: list[str], values: NDArray[np.float64]) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in zip(names, values, strict=True))


def _confidence(
    truth: Rows, scores: NDArray[np.float64], unseen: NDArray[np.bool_], surely: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Fit temperatures on one half of the unseen titles for the other, and on all for the rest."""
    held = np.flatnonzero(unseen)
    halves = (held[::2], held[1::2])
    confidence = np.zeros(len(truth))
    for fitted_on, judged in (*zip(halves, halves[::-1], strict=True), (held, ~unseen)):
        pair = fit_temperatures(scores[fitted_on], list(truth[fitted_on]), surely[fitted_on])
        divisors = np.where(surely[judged], *pair)[:, None]
        tops = scores[judged].max(axis=1, keepdims=True)
        confidence[judged] = 1 / np.exp((scores[judged] - tops) / divisors).sum(axis=1)
    return confidence


def _calibration(name: str, confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> Result:
    value = calibration_error(confidence, right)
    table = "; ".join(
        f"{row.low:g}-{row.high:g}: {row.titles} titles, {row.confidence:.3f} said, "
        f"{row.right:.3f} right"
        for row in reliability(confidence, right)
    )
    return Result(
        name=f"roles.calibration_error_{name}",
        value=round(value, 4),
        unit="mean gap of confidence and share right",
        bar=f"at most {ECE_BAR}",
        holds=value <= ECE_BAR,
        against="",
        detail=f"{len(right)} titles; {table}",
    )


def _peer(
    labelled: Sequence[LabelledTitle], teaching: Sequence[LabelledTitle], order: dict[Family, int]
) -> Rows:
    """Return what a letter n-gram logistic regression, taught the same, chooses out of fold."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    fold_of = deal(labelled, FOLDS)
    folds = np.array([fold_of[each.key] for each in labelled])
    titles = np.array([each.title for each in labelled], dtype=object)
    chosen = np.zeros(len(labelled), dtype=np.int64)
    for fold in range(FOLDS):
        model: Any = make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
            LogisticRegression(C=10.0, class_weight="balanced", max_iter=300),
        )
        taught = [each for each in labelled if fold_of[each.key] != fold] + list(teaching)
        model.fit([each.title for each in taught], [order[each.family] for each in taught])
        chosen[folds == fold] = model.predict(titles[folds == fold])
    return chosen


def _speed(labelled: tuple[LabelledTitle, ...]) -> Result:
    places = ("North", "South", "East", "West", "Central", "Coast", "Valley")
    titles = [f"{each.title} {place}" for place in places for each in labelled][:SPEED_TITLES]
    clock = time.perf_counter()
    # Processor time, so that a busy machine does not count against the code.
    started = time.process_time()
    classifier = RoleClassifier.load(MODELS)
    loaded = time.process_time()
    classifier.classify(titles)
    done = time.process_time()
    clock = time.perf_counter() - clock
    return Result(
        name="roles.seconds_5000_titles",
        value=round(done - loaded, 3),
        unit="processor seconds",
        bar=f"under {SPEED_BAR:g}",
        holds=done - loaded < SPEED_BAR,
        against="",
        detail=(
            f"{len(set(titles))} distinct titles, one process; loading took "
            f"{loaded - started:.3f} s; {clock:.3f} s by the clock for both"
        ),
    )
