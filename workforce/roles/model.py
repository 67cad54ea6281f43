"""The fitted model: coefficients of a multinomial logistic regression, as plain JSON.

Fitting needs scikit-learn (`train`); using it needs numpy only, so that the app starts quickly.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.families import ALL_FAMILIES
from workforce.roles.features import pieces, rule_features, text_features
from workforce.roles.rules import Verdict

__all__ = ["MODEL_FILE", "Calibration", "RoleModel", "confidence", "margins"]

MODEL_FILE: Final = "role_classifier.json"
_SCHEMA: Final = "workforce-role-classifier"
_VERSION: Final = 2
_TINY: Final = 1e-12

SUREST: Final = 0.995

FloatArray = NDArray[np.float64]
Calibration = tuple[float, float]


@dataclass(frozen=True)
class RoleModel:
    """A logistic regression on n-grams and rule verdicts.

    Attributes:
        text_index: Text feature -> row of `text_weights`.
        idf: Inverse document frequencies, shape (N,).
        text_weights: Coefficients of text features, shape (N, 5), families as `ALL_FAMILIES`.
        rule_index: Rule feature -> row of `rule_weights`.
        rule_weights: Coefficients of rule features, shape (R, 5).
        intercept: Shape (5,).
        calibration: Coefficients that turn the lead of the first family over the second into a
            probability of being right (see `confidence`).
        inputs_digest: SHA-256 of everything the model was fitted from.
    """

    text_index: dict[str, int]
    idf: FloatArray
    text_weights: FloatArray
    rule_index: dict[str, int]
    rule_weights: FloatArray
    intercept: FloatArray
    calibration: Calibration
    inputs_digest: str

    def scores(self, verdicts: Sequence[Verdict]) -> FloatArray:
        """Return the uncalibrated log odds of each family.

        Args:
            verdicts: What the rules say of each title.

        Returns:
            Shape (len(verdicts), 5), families as `ALL_FAMILIES`.
        """
        table: dict[str, int] = {}
        rows: list[int] = []
        ends: list[int] = []
        ruled: list[int] = []
        ruled_ends: list[int] = []
        for verdict in verdicts:
            for piece in pieces(verdict):
                # Most pairs of neighbours are unknown to the model, and then say nothing.
                if piece[1:2] != ":" or piece in self.text_index:
                    rows.append(table.setdefault(piece, len(table)))
            ends.append(len(rows))
            found = (self.rule_index.get(feature) for feature in rule_features(verdict))
            ruled.extend(row for row in found if row is not None)
            ruled_ends.append(len(ruled))
        sums = _sums(self._of_pieces(tuple(table))[rows], ends)
        lengths = np.sqrt(np.maximum(sums[:, -1:], _TINY))
        total: FloatArray = sums[:, :-1] / lengths + self.intercept
        return total + _sums(self.rule_weights[ruled], ruled_ends)

    def _of_pieces(self, names: Sequence[str]) -> FloatArray:
        """Return idf-weighted coefficients and the sum of squared idf by piece, shape (P, 6)."""
        rows: list[int] = []
        ends: list[int] = []
        for name in names:
            found = (self.text_index.get(feature) for feature in text_features(name))
            rows.extend(row for row in found if row is not None)
            ends.append(len(rows))
        idf = self.idf[rows][:, None]
        return _sums(np.hstack([idf * self.text_weights[rows], idf**2]), ends)

    def choose(self, verdicts: Sequence[Verdict]) -> tuple[list[int], list[float]]:
        """Choose a family for each title, with a calibrated probability that it is right.

        Args:
            verdicts: What the rules say of each title.

        Returns:
            Position in `ALL_FAMILIES` and confidence, one each a title.
        """
        scores = self.scores(verdicts)
        confidences = confidence(margins(scores), self.calibration)
        return scores.argmax(axis=1).tolist(), confidences.tolist()

    def to_json(self) -> str:
        """Return the model as text: sorted features, coefficients to four digits."""
        payload = {
            "schema": _SCHEMA,
            "version": _VERSION,
            "families": [family.value for family in ALL_FAMILIES],
            "inputs_digest": self.inputs_digest,
            "calibration": _rounded(np.array(self.calibration)),
            "intercept": _rounded(self.intercept),
            "rules": {name: _rounded(self.rule_weights[i]) for name, i in self.rule_index.items()},
            "text": {
                name: [round(float(self.idf[i]), 3), *_rounded(self.text_weights[i], 3)]
                for name, i in self.text_index.items()
            },
        }
        return json.dumps(payload, ensure_ascii=False, separators=(",", ":")) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "RoleModel":
        """Read a model.

        Args:
            text: What `to_json` returned.

        Returns:
            The model.

        Raises:
            ValueError: If the text is not a model of this version and these families.
        """
        payload: dict[str, Any] = json.loads(text)
        if (payload.get("schema"), payload.get("version")) != (_SCHEMA, _VERSION):
            raise ValueError("the role model is of another version; train it again")
        if payload["families"] != [family.value for family in ALL_FAMILIES]:
            raise ValueError("the role model knows other families; train it again")
        base, slope = (float(value) for value in payload["calibration"])
        words = np.array(list(payload["text"].values()), dtype=float).reshape(-1, 6)
        return cls(
            text_index={name: row for row, name in enumerate(payload["text"])},
            idf=words[:, 0],
            text_weights=words[:, 1:],
            rule_index={name: row for row, name in enumerate(payload["rules"])},
            rule_weights=np.array(list(payload["rules"].values()), dtype=float).reshape(-1, 5),
            intercept=np.array(payload["intercept"], dtype=float),
            calibration=(base, slope),
            inputs_digest=str(payload["inputs_digest"]),
        )

    @classmethod
    def load(cls, models_dir: Path) -> "RoleModel":
        """Read the model under a models folder (see `from_json` for errors)."""
        return cls.from_json((models_dir / MODEL_FILE).read_text(encoding="utf-8"))


def margins(scores: FloatArray) -> FloatArray:
    """Return how far the best score of each row leads the second, shape (n,)."""
    ordered = np.sort(scores, axis=1)
    leads: FloatArray = ordered[:, -1] - ordered[:, -2]
    return leads


def confidence(leads: FloatArray, calibration: Calibration) -> FloatArray:
    """Return the probability that the chosen family is right.

    Platt's logistic calibration (Platt 1999) on the logarithm of the lead m of the first family
    over the second, because scores grow faster than certainty: 1 / (1 + exp(-(a + b ln(1 + m)))).

    Args:
        leads: Differences of scores, shape (n,).
        calibration: a and b.

    Returns:
        Shape (n,), within 0 and 0.995: nobody labelled enough titles to be surer than that.
    """
    base, slope = calibration
    odds = base + slope * np.log1p(leads)
    certain: FloatArray = np.minimum(1 / (1 + np.exp(-odds)), SUREST)
    return certain


def _sums(rows: FloatArray, ends: Sequence[int]) -> FloatArray:
    """Sum consecutive rows up to each end, whatever stands before; 0 where there is none."""
    if not ends:
        return np.zeros((0, rows.shape[1]))
    starts = np.array([0, *ends[:-1]])
    # One more row of zeros, because the last groups may be empty and begin past the end.
    padded = np.vstack([rows, np.zeros((1, rows.shape[1]))])
    sums: FloatArray = np.add.reduceat(padded, starts, axis=0)
    sums[starts == np.array(ends)] = 0.0
    return sums


def _rounded(values: FloatArray, digits: int = 4) -> list[float]:
    return [round(float(value), digits) for value in values]
