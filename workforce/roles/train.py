"""Fit the role model. `python -m workforce.roles.train models` writes `role_classifier.json`.

Deterministic: the same tables and rules give the same file. scikit-learn is needed here and only
here.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.families import ALL_FAMILIES
from workforce.roles.corpus import (
    LabelledTitle,
    inputs_digest,
    is_held_out,
    read_labelled,
    read_teaching,
)
from workforce.roles.features import rule_features, text_features
from workforce.roles.model import MODEL_FILE, RoleModel, speaks_surely
from workforce.roles.rulebook import Rulebook
from workforce.roles.rules import Verdict, judge

__all__ = ["cross_validate", "deal", "fit", "fit_temperature", "fit_temperatures", "train"]

FOLDS: Final = 10
SEED: Final = 2026
_INVERSE_PENALTY: Final = 6.0
# Titles written by us or taken from the role evidence are cleaner than life: they count for less.
_TEACHING_WEIGHT: Final = 0.5
_AMBIGUOUS_WEIGHT: Final = 0.6

FloatArray = NDArray[np.float64]


def _same(features: list[str]) -> list[str]:
    return features


def fit(
    taught: Sequence[LabelledTitle],
    weights: Sequence[float],
    verdicts: dict[str, Verdict],
    *,
    temperatures: tuple[float, float] = (1.0, 1.0),
    digest: str = "",
) -> RoleModel:
    """Fit the regression.

    Args:
        taught: Titles to learn from.
        weights: One weight a title.
        verdicts: What the rules say, by key, for every title taught.
        temperatures: What divides the scores (see `fit_temperatures`).
        digest: Digest of the inputs, kept in the model.

    Returns:
        The model.
    """
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = [text_features(verdicts[each.key]) for each in taught]
    ruled = [rule_features(verdicts[each.key]) for each in taught]
    text_block: Any = TfidfVectorizer(analyzer=_same, binary=True, min_df=2)
    rule_block: Any = CountVectorizer(analyzer=_same, binary=True, min_df=2)
    design = hstack([text_block.fit_transform(texts), rule_block.fit_transform(ruled)]).tocsr()
    order = {family: column for column, family in enumerate(ALL_FAMILIES)}
    regression = LogisticRegression(C=_INVERSE_PENALTY, max_iter=2000)
    regression.fit(design, [order[each.family] for each in taught], sample_weight=list(weights))
    text_names = list(text_block.get_feature_names_out())
    rule_names = list(rule_block.get_feature_names_out())
    coefficients = regression.coef_.T
    return RoleModel(
        text_index={str(name): row for row, name in enumerate(text_names)},
        idf=np.asarray(text_block.idf_, dtype=float),
        text_weights=coefficients[: len(text_names)],
        rule_index={str(name): row for row, name in enumerate(rule_names)},
        rule_weights=coefficients[len(text_names) :],
        intercept=np.asarray(regression.intercept_, dtype=float),
        temperatures=temperatures,
        inputs_digest=digest,
    )


def _weight(each: LabelledTitle) -> float:
    return _AMBIGUOUS_WEIGHT if each.ambiguous else 1.0


def cross_validate(
    labelled: Sequence[LabelledTitle],
    teaching: Sequence[LabelledTitle],
    rulebook: Rulebook,
    *,
    folds: int = FOLDS,
) -> FloatArray:
    """Return out-of-fold scores (log probabilities, temperature 1) by distinct title.

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
    verdicts = {each.key: judge(each.title, rulebook) for each in (*labelled, *teaching)}
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
        for row, each in enumerate(labelled):
            if each.key in tested:
                scores[row] = np.log(model.probabilities(verdicts[each.key]))
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


def fit_temperatures(
    scores: FloatArray, families: Sequence[int], surely: NDArray[np.bool_]
) -> tuple[float, float]:
    """Return the temperatures for titles where a sure rule speaks unopposed, and for the rest.

    Args:
        scores: Log probabilities, shape (n, 5).
        families: True column of each row.
        surely: Whether a sure rule speaks, shape (n,).

    Returns:
        One temperature each (see `fit_temperature`).
    """
    truth = np.asarray(families)
    first, second = (
        fit_temperature(scores[rows], [int(column) for column in truth[rows]])
        for rows in (surely, ~surely)
    )
    return first, second


def fit_temperature(scores: FloatArray, families: Sequence[int]) -> float:
    """Return the temperature that makes out-of-fold probabilities most likely.

    Args:
        scores: Log probabilities, shape (n, 5).
        families: True column of each row.

    Returns:
        The value in 0.5 to 3 with the least log loss.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import logsumexp

    rows = np.arange(len(families))

    def loss(temperature: float) -> float:
        scaled = scores / temperature
        return float((logsumexp(scaled, axis=1) - scaled[rows, list(families)]).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 3.0), method="bounded").x)


def train(models_dir: Path) -> RoleModel:
    """Fit the model on everything, its temperature out of fold on titles held out from the rules.

    Args:
        models_dir: Folder that holds the tables.

    Returns:
        The model to ship.
    """
    labelled, teaching = read_labelled(models_dir), read_teaching(models_dir)
    known = {each.key for each in labelled}
    extra = [each for each in teaching if each.key not in known]
    order = {family: column for column, family in enumerate(ALL_FAMILIES)}
    rulebook = Rulebook.load(models_dir)
    scores = cross_validate(labelled, extra, rulebook)
    # Rules fit the titles they were written from better than titles to come, so that only titles
    # held out from their writing tell how sure the model may be.
    unseen = [row for row, each in enumerate(labelled) if is_held_out(each.key)]
    truth = [order[labelled[row].family] for row in unseen]
    verdicts = {each.key: judge(each.title, rulebook) for each in (*labelled, *extra)}
    surely = np.array([speaks_surely(verdicts[labelled[row].key]) for row in unseen])
    return fit(
        [*labelled, *extra],
        [*(_weight(each) for each in labelled), *(_TEACHING_WEIGHT for _ in extra)],
        verdicts,
        temperatures=fit_temperatures(scores[unseen], truth, surely),
        digest=inputs_digest(models_dir),
    )


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
