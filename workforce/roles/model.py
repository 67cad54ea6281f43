"""The fitted model: coefficients of a multinomial logistic regression, as plain JSON.

Fitting needs scikit-learn (`train`); using it needs numpy only, so that the app starts quickly.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.families import ALL_FAMILIES
from workforce.roles.features import rule_features, text_features
from workforce.roles.rules import Verdict

__all__ = ["MODEL_FILE", "RoleModel", "speaks_surely"]

MODEL_FILE: Final = "role_classifier.json"
_SCHEMA: Final = "workforce-role-classifier"
_VERSION: Final = 1

FloatArray = NDArray[np.float64]


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
        temperatures: What divides the scores before the softmax where a sure rule speaks
            unopposed, and elsewhere; above 1 where the regression is too sure of itself.
        inputs_digest: SHA-256 of everything the model was fitted from.
    """

    text_index: dict[str, int]
    idf: FloatArray
    text_weights: FloatArray
    rule_index: dict[str, int]
    rule_weights: FloatArray
    intercept: FloatArray
    temperatures: tuple[float, float]
    inputs_digest: str

    def probabilities(self, verdict: Verdict) -> FloatArray:
        """Return the calibrated probability of each family, shape (5,), in `ALL_FAMILIES` order."""
        scores: FloatArray = self.intercept.copy()
        rows = [self.text_index[f] for f in text_features(verdict) if f in self.text_index]
        if rows:
            idf = self.idf[rows]
            scores += (idf / np.sqrt((idf**2).sum())) @ self.text_weights[rows]
        ruled = [self.rule_index[f] for f in rule_features(verdict) if f in self.rule_index]
        if ruled:
            scores += self.rule_weights[ruled].sum(axis=0)
        scores /= self.temperatures[0 if speaks_surely(verdict) else 1]
        odds = np.exp(scores - scores.max())
        shares: FloatArray = odds / odds.sum()
        return shares

    def to_json(self) -> str:
        """Return the model as text: sorted features, coefficients to four digits."""
        payload = {
            "schema": _SCHEMA,
            "version": _VERSION,
            "families": [family.value for family in ALL_FAMILIES],
            "inputs_digest": self.inputs_digest,
            "temperatures": _rounded(np.array(self.temperatures)),
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
        sure, other = (float(value) for value in payload["temperatures"])
        words = np.array(list(payload["text"].values()), dtype=float).reshape(-1, 6)
        return cls(
            text_index={name: row for row, name in enumerate(payload["text"])},
            idf=words[:, 0],
            text_weights=words[:, 1:],
            rule_index={name: row for row, name in enumerate(payload["rules"])},
            rule_weights=np.array(list(payload["rules"].values()), dtype=float).reshape(-1, 5),
            intercept=np.array(payload["intercept"], dtype=float),
            temperatures=(sure, other),
            inputs_digest=str(payload["inputs_digest"]),
        )

    @classmethod
    def load(cls, models_dir: Path) -> "RoleModel":
        """Read the model under a models folder (see `from_json` for errors)."""
        return cls.from_json((models_dir / MODEL_FILE).read_text(encoding="utf-8"))


def speaks_surely(verdict: Verdict) -> bool:
    """Tell whether a sure rule decided in the head of the title and none spoke against it."""
    rule = verdict.rule
    general = rule is None or rule.role_id.startswith("NOT_GENERAL")
    return bool(rule and rule.sure) and not general and not verdict.contested


def _rounded(values: FloatArray, digits: int = 4) -> list[float]:
    return [round(float(value), digits) for value in values]
