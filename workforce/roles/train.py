"""Fit the role model. `python -m workforce.roles.train models` writes `role_classifier.json`.

Deterministic: the same tables and rules give the same file. scikit-learn is needed here and only
here.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.families import ALL_FAMILIES
from workforce.roles.corpus import (
    READ,
    UNREAD,
    LabelledTitle,
    inputs_digest,
    read_fresh,
    read_labelled,
    read_teaching,
)
from workforce.roles.features import pieces, rule_features, text_features
from workforce.roles.model import MODEL_FILE, Calibration, RoleModel, margins
from workforce.roles.rulebook import Rulebook
from workforce.roles.rules import Verdict, judge
from workforce.roles.scan import Scanner

__all__ = ["cross_validate", "deal", "fit", "fit_calibration", "taught_titles", "train"]

FOLDS: Final = 10
SEED: Final = 2026
_INVERSE_PENALTY: Final = 6.0
# Titles written by us or taken from the role evidence are cleaner than life: they count for less.
_TEACHING_WEIGHT: Final = 0.5
_AMBIGUOUS_WEIGHT: Final = 0.6
_CALIBRATION_INVERSE_PENALTY: Final = 10.0
_UNCALIBRATED: Final[Calibration] = (0.0, 1.0)

FloatArray = NDArray[np.float64]


def _same(features: list[str]) -> list[str]:
    return features


def fit(
    taught: Sequence[LabelledTitle],
    weights: Sequence[float],
    verdicts: dict[str, Verdict],
    *,
    digest: str = "",
) -> RoleModel:
    """Fit the regression.

    Args:
        taught: Titles to learn from.
        weights: One weight a title.
        verdicts: What the rules say, by key, for every title taught.
        digest: Digest of the inputs, kept in the model.

    Returns:
        The model.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = [_features_of(verdicts[each.key]) for each in taught]
    ruled = [rule_features(verdicts[each.key]) for each in taught]
    text_block: Any = CountVectorizer(analyzer=_same, min_df=2)
    rule_block: Any = CountVectorizer(analyzer=_same, binary=True, min_df=2)
    counts = text_block.fit_transform(texts)
    idf = _idf(counts)
    order = {family: column for column, family in enumerate(ALL_FAMILIES)}
    regression = LogisticRegression(C=_INVERSE_PENALTY, max_iter=2000)
    regression.fit(
        _design(counts, idf, rule_block.fit_transform(ruled)),
        [order[each.family] for each in taught],
        sample_weight=list(weights),
    )
    text_names = list(text_block.get_feature_names_out())
    rule_names = list(rule_block.get_feature_names_out())
    coefficients = regression.coef_.T
    return RoleModel(
        text_index={str(name): row for row, name in enumerate(text_names)},
        idf=idf,
        text_weights=coefficients[: len(text_names)],
        rule_index={str(name): row for row, name in enumerate(rule_names)},
        rule_weights=coefficients[len(text_names) :],
        intercept=np.asarray(regression.intercept_, dtype=float),
        calibration=_UNCALIBRATED,
        inputs_digest=digest,
    )


def _weight(each: LabelledTitle) -> float:
    return _AMBIGUOUS_WEIGHT if each.ambiguous else 1.0


def _features_of(verdict: Verdict) -> list[str]:
    return [feature for piece in pieces(verdict) for feature in text_features(piece)]


def _idf(counts: Any) -> FloatArray:
    """Return smoothed inverse document frequencies of the columns of a sparse count matrix."""
    titles = counts.shape[0]
    found = np.asarray((counts > 0).sum(axis=0), dtype=float).ravel()
    frequencies: FloatArray = np.log((1 + titles) / (1 + found)) + 1
    return frequencies


def _design(counts: Any, idf: FloatArray, ruled: Any) -> Any:
    """Weigh counts by idf, divide by the root of the summed squares, as `RoleModel.scores` does."""
    from scipy.sparse import diags, hstack

    lengths = np.sqrt(np.maximum(np.asarray(counts @ idf**2).ravel(), 1e-12))
    return hstack([diags(1 / lengths) @ counts @ diags(idf), ruled]).tocsr()


def cross_validate(
    labelled: Sequence[LabelledTitle],
    teaching: Sequence[LabelledTitle],
    rulebook: Rulebook,
    *,
    folds: int = FOLDS,
) -> FloatArray:
    """Return out-of-fold scores (log odds, uncalibrated) by distinct title.

    Titles with the same key are always in the same fold; a teaching title with the key of a title
    under test is left out of that fold's training.

    Args:
        labelled: Titles to test on.
        teaching: Titles used for training only.
        rulebook: The rules, the same in every fold.
        folds: Number of folds, dealt out within each family.

    Returns:
        Shape (len(labelled), 5), families as `ALL_FAMILIES`.
    """
    scanner = Scanner(rulebook)
    verdicts = {each.key: judge(each.title, scanner) for each in (*labelled, *teaching)}
    fold_of = deal(labelled, folds)
    scores = np.zeros((len(labelled), len(ALL_FAMILIES)))
    for fold in range(folds):
        tested = {each.key for each in labelled if fold_of[each.key] == fold}
        own = [each for each in labelled if each.key not in tested]
        extra = [each for each in teaching if each.key not in tested]
        model = fit(
            [*own, *extra],
            [*(_weight(each) for each in own), *(_TEACHING_WEIGHT for _ in extra)],
            verdicts,
        )
        rows = [row for row, each in enumerate(labelled) if each.key in tested]
        scores[rows] = model.scores([verdicts[labelled[row].key] for row in rows])
    return scores


def deal(labelled: Sequence[LabelledTitle], folds: int) -> dict[str, int]:
    """Deal distinct titles into folds, family by family, in an order fixed by the seed."""
    rng = np.random.default_rng(SEED)
    fold_of: dict[str, int] = {}
    for family in ALL_FAMILIES:
        keys = sorted({each.key for each in labelled if each.family is family} - set(fold_of))
        for place, index in enumerate(rng.permutation(len(keys))):
            fold_of[keys[index]] = place % folds
    return fold_of


def fit_calibration(leads: FloatArray, right: NDArray[np.bool_]) -> Calibration:
    """Return the coefficients that turn leads into probabilities of being right.

    Args:
        leads: Lead of the first family over the second, shape (n,).
        right: Whether the first family was right, shape (n,).

    Returns:
        See `workforce.roles.model.confidence`.
    """
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=_CALIBRATION_INVERSE_PENALTY)
    regression.fit(np.log1p(leads)[:, None], right)
    return float(regression.intercept_[0]), float(regression.coef_[0, 0])


def taught_titles(models_dir: Path) -> tuple[tuple[LabelledTitle, ...], tuple[LabelledTitle, ...]]:
    """Return the labelled titles to learn from, and the teaching titles beside them.

    Args:
        models_dir: Folder that holds the tables.

    Returns:
        Labelled titles and the fresh ones that were read; aliases and examples, none of which is
        labelled anywhere.
    """
    labelled = (*read_labelled(models_dir), *read_fresh(models_dir, *READ))
    known = {each.key for each in (*labelled, *read_fresh(models_dir))}
    return labelled, tuple(each for each in read_teaching(models_dir) if each.key not in known)


def train(models_dir: Path) -> RoleModel:
    """Fit the model, and calibrate it on the fresh titles it was not taught.

    Args:
        models_dir: Folder that holds the tables.

    Returns:
        The model to ship.
    """
    labelled, teaching = taught_titles(models_dir)
    unread = read_fresh(models_dir, *UNREAD)
    scanner = Scanner(Rulebook.load(models_dir))
    verdicts = {each.key: judge(each.title, scanner) for each in (*labelled, *teaching, *unread)}
    model = fit(
        [*labelled, *teaching],
        [*(_weight(each) for each in labelled), *(_TEACHING_WEIGHT for _ in teaching)],
        verdicts,
        digest=inputs_digest(models_dir),
    )
    # Rules and coefficients fit what they were made from better than titles to come, so that only
    # titles that neither was made from tell how sure the model may be.
    scores = model.scores([verdicts[each.key] for each in unread])
    right = scores.argmax(axis=1) == [ALL_FAMILIES.index(each.family) for each in unread]
    return replace(model, calibration=fit_calibration(margins(scores), right))


def main(arguments: Sequence[str]) -> int:
    """Write the model file under the given models folder."""
    if len(arguments) != 1:
        sys.stderr.write("Give the models folder: python -m workforce.roles.train models\n")
        return 2
    models_dir = Path(arguments[0])
    text = train(models_dir).to_json()
    (models_dir / MODEL_FILE).write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{models_dir / MODEL_FILE}: {len(text):,} characters\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
