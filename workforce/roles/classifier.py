"""Job title -> role family, with a confidence and a reason in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workforce.domain.families import ALL_FAMILIES, FAMILY_LABELS, Family
from workforce.roles.model import RoleModel
from workforce.roles.rulebook import Rule, Rulebook
from workforce.roles.rules import Verdict, judge
from workforce.roles.titles import fold_title

__all__ = ["RoleClassifier", "RoleMatch"]


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """What a title was taken for.

    Attributes:
        title: As given.
        family: `Family` value, `other_digital` and `not_digital` included.
        role_id: Role within the family; empty where only the family could be told.
        role: Its name.
        confidence: Calibrated probability that the family is right, 0-1.
        reason: Why, in words.
    """

    title: str
    family: str
    role_id: str
    role: str
    confidence: float
    reason: str


class RoleClassifier:
    """Rules first, a fitted model for what rules leave, corrections above both."""

    def __init__(self, rulebook: Rulebook, model: RoleModel) -> None:
        """Keep rules and model, and an empty memory of titles seen."""
        self._rulebook = rulebook
        self._model = model
        self._seen: dict[str, RoleMatch] = {}

    @classmethod
    def load(cls, models_dir: Path) -> "RoleClassifier":
        """Read the classifier; takes milliseconds and no scikit-learn.

        Args:
            models_dir: Folder that holds `role_rules.toml` and `role_classifier.json`.

        Returns:
            The classifier.

        Raises:
            ValueError: If the rules are faulty or the model is of another version.
            OSError: If one of them cannot be read.
        """
        return cls(Rulebook.load(models_dir), RoleModel.load(models_dir))

    def classify(
        self, titles: Sequence[str], corrections: Mapping[str, str] | None = None
    ) -> list[RoleMatch]:
        """Return a match for every title, in order.

        Args:
            titles: As the extract has them; identical ones are worked out once.
            corrections: Folded title -> `Family` value, from the person who knows.

        Returns:
            One match a title. A blank title is not digital, with confidence 0.

        Raises:
            ValueError: If a correction names no family.
        """
        corrected = {key: Family(value) for key, value in (corrections or {}).items()}
        return [self._one(title, corrected) for title in titles]

    def _one(self, title: str, corrected: Mapping[str, Family]) -> RoleMatch:
        key = fold_title(title)
        if key in corrected:
            family = corrected[key]
            return RoleMatch(title, family.value, "", FAMILY_LABELS[family], 1.0, "you said so")
        if not key:
            nothing = "the title is empty, so nothing says that the work is digital"
            return RoleMatch(title, Family.NOT_DIGITAL.value, "", "No title", 0.0, nothing)
        # Capitals and punctuation carry meaning (IT, .NET), so the memory is by the exact text.
        if title not in self._seen:
            self._seen[title] = self._match(title)
        return self._seen[title]

    def _match(self, title: str) -> RoleMatch:
        verdict = judge(title, self._rulebook)
        probabilities = self._model.probabilities(verdict)
        column = int(probabilities.argmax())
        family, confidence = ALL_FAMILIES[column], float(probabilities[column])
        rule = verdict.rule if verdict.family is family else _mentioned(verdict, family)
        match = RoleMatch(
            title=title,
            family=family.value,
            role_id=rule.role_id if rule else "",
            role=rule.role if rule else FAMILY_LABELS[family],
            confidence=round(confidence, 4),
            reason="",
        )
        return replace(match, reason=_reason(verdict, match))


def _mentioned(verdict: Verdict, family: Family) -> Rule | None:
    """Return the first rule of the family the model chose that the title mentions at all."""
    return next((rule for rule in verdict.mentioned if rule.family is family), None)


def _reason(verdict: Verdict, match: RoleMatch) -> str:
    rule, words = verdict.rule, verdict.words.replace(" ;", ",")
    label = FAMILY_LABELS[match.family].lower()
    if rule is not None and rule.family.value == match.family:
        where = "" if verdict.place == "head" else " beside the main title"
        return f"title says “{words}”{where}: {rule.role}"
    if rule is None and match.family == Family.NOT_DIGITAL:
        return f"no digital, data or security work named (n-gram model, {match.confidence:.2f})"
    like = f"like titles labelled {label} (n-gram model, {match.confidence:.2f})"
    if rule is None:
        return like
    return f"{like}; “{words}” alone would say {FAMILY_LABELS[rule.family].lower()}"
