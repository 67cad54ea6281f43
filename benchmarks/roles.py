"""Role families of real public-sector titles: macro F1, calibration and speed.

Several ways of asking, because rules that a person wrote fit the titles that person saw:
`cross_validated` over all labelled titles by distinct title (the coefficients never saw the title;
the rules may have), `unseen` over the fifth that no rule was written from, and `sealed` and
`third`, two sets of fresh titles that neither coefficients nor rules were made from, answered by
the shipped classifier. Beside each the plain letter n-gram regression, taught the same.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks._result import Result
from workforce.domain.families import ALL_FAMILIES
from workforce.roles import RoleClassifier
from workforce.roles.corpus import (
    UNREAD,
    LabelledTitle,
    is_held_out,
    read_fresh,
    read_labelled,
)
from workforce.roles.model import RoleModel, confidence, margins
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
from workforce.roles.scan import Scanner
from workforce.roles.train import FOLDS, cross_validate, deal, fit_calibration, taught_titles

MODELS: Final = Path(__file__).resolve().parents[1] / "models"
COUNT: Final = len(ALL_FAMILIES)
DRAWS: Final = 2000
SEED: Final = 2026
BARS: Final = {"clear": 0.93, "all": 0.89}
ECE_BAR: Final = 0.05
SPEED_TITLES: Final = 5000
SPEED_BAR: Final = 1.0

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
_ORDER: Final = {family: column for column, family in enumerate(ALL_FAMILIES)}


def run() -> list[Result]:
    """Measure and return every figure."""
    labelled, fresh = read_labelled(MODELS), read_fresh(MODELS, *UNREAD)
    inside, outside = _out_of_fold(labelled), _shipped(fresh)
    peers = _peer(labelled), _peer_outside(fresh)
    results = []
    held = np.array([is_held_out(each.key) for each in labelled])
    for name, asked in (("cross_validated", np.ones(len(labelled), dtype=bool)), ("unseen", held)):
        results += _f1_twice(name, labelled, asked, inside, peers[0])
    for part in UNREAD:
        keys = {each.key for each in read_fresh(MODELS, part)}
        asked = np.array([each.key in keys for each in fresh])
        results += _f1_twice(part.value, fresh, asked, outside, peers[1])
    results += _calibrations(outside, _truth(fresh), inside[held], _truth(labelled)[held])
    results.append(_speed(labelled))
    return results


def _truth(titles: Sequence[LabelledTitle]) -> Rows:
    return np.array([_ORDER[each.family] for each in titles])


def _out_of_fold(labelled: Sequence[LabelledTitle]) -> Floats:
    """Return scores of the labelled titles from models taught everything but the title's fold."""
    taught, teaching = taught_titles(MODELS)
    scores = cross_validate(taught, teaching, Rulebook.load(MODELS))
    row_of = {each.key: row for row, each in enumerate(taught)}
    return scores[[row_of[each.key] for each in labelled]]


def _shipped(titles: Sequence[LabelledTitle]) -> Floats:
    scanner = Scanner(Rulebook.load(MODELS))
    return RoleModel.load(MODELS).scores([judge(each.title, scanner) for each in titles])


def _f1_twice(
    name: str,
    titles: Sequence[LabelledTitle],
    asked: NDArray[np.bool_],
    scores: Floats,
    peer: Rows,
) -> list[Result]:
    """Measure without the ambiguous titles, and with them."""
    clear = np.array([not each.ambiguous for each in titles])
    return [
        _f1(f"{name}_{which}", BARS[which], np.flatnonzero(kept), _truth(titles), scores, peer)
        for which, kept in (("clear", asked & clear), ("all", asked))
    ]


def _f1(name: str, bar: float, rows: Rows, truth: Rows, scores: Floats, peer: Rows) -> Result:
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
            f"95% bootstrap {low:.3f} to {high:.3f}, {len(rows)} titles; "
            f"F1 {_pairs(families, each)}; confusion (rows true, columns chosen, order "
            f"{', '.join(families)}): {table}"
        ),
    )


def _pairs(names: list[str], values: Floats) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in zip(names, values, strict=True))


def _calibrations(
    outside: Floats, outside_truth: Rows, inside: Floats, inside_truth: Rows
) -> list[Result]:
    """Judge confidences on titles they were not calibrated on."""
    leads, right = margins(outside), outside.argmax(axis=1) == outside_truth
    # One half of the fresh titles calibrates the other.
    crossed = np.zeros(len(leads))
    halves = np.arange(len(leads)) % 2
    for half in (0, 1):
        fitted = fit_calibration(leads[halves != half], right[halves != half])
        crossed[halves == half] = confidence(leads[halves == half], fitted)
    elsewhere = confidence(margins(inside), fit_calibration(leads, right))
    return [
        _calibration("fresh", crossed, right),
        _calibration("unseen", elsewhere, inside.argmax(axis=1) == inside_truth),
    ]


def _calibration(name: str, confidences: Floats, right: NDArray[np.bool_]) -> Result:
    value = calibration_error(confidences, right)
    table = "; ".join(
        f"{row.low:g}-{row.high:g}: {row.titles} titles, {row.confidence:.3f} said, "
        f"{row.right:.3f} right"
        for row in reliability(confidences, right)
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


def _peer(labelled: Sequence[LabelledTitle]) -> Rows:
    """Return what a letter n-gram logistic regression, taught the same, chooses out of fold."""
    taught, teaching = taught_titles(MODELS)
    fold_of = deal(taught, FOLDS)
    chosen = np.zeros(len(labelled), dtype=np.int64)
    folds = np.array([fold_of[each.key] for each in labelled])
    for fold in range(FOLDS):
        model = _letters([*(each for each in taught if fold_of[each.key] != fold), *teaching])
        rows = np.flatnonzero(folds == fold)
        chosen[rows] = model.predict([labelled[row].title for row in rows.tolist()])
    return chosen


def _peer_outside(fresh: Sequence[LabelledTitle]) -> Rows:
    taught, teaching = taught_titles(MODELS)
    chosen: Rows = _letters([*taught, *teaching]).predict([each.title for each in fresh])
    return chosen


def _letters(taught: Sequence[LabelledTitle]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model: Any = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        LogisticRegression(C=10.0, class_weight="balanced", max_iter=300),
    )
    return model.fit([each.title for each in taught], _truth(taught))


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
