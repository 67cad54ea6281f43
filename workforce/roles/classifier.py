"""Job title -> role family, with a confidence and a reason in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workforce.domain.families import ALL_FAMILIES, FAMILY_LABELS, Family
from workforce.roles.model import RoleModel
from workforce.roles.rulebook import Rule, Rulebook
from workforce.roles.rules import Verdict, judge
from workforce.roles.scan import Scanner
from workforce.roles.titles import fold_title

__all__ = ["RoleClassifier", "RoleMatch"]

# A letter or a figure; a title without any may still hold a sign that `fold_title` keeps.
_NAMED: Final = re.compile(r"[^\W_]")


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
        self._scanner = Scanner(rulebook)
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
        # Capitals and punctuation carry meaning (IT, .NET), so the memory is by the exact text.
        self._learn([title for title in dict.fromkeys(titles) if title not in self._seen])
        if not corrected:
            return [self._seen[title] for title in titles]
        return [_corrected(self._seen[title], corrected) for title in titles]

    def _learn(self, titles: Sequence[str]) -> None:
        """Work out titles not seen before, all at once."""
        named = [title for title in titles if _NAMED.search(title) or fold_title(title)]
        self._seen.update((each, _nameless(each)) for each in set(titles).difference(named))
        if not named:
            return
        verdicts = [judge(title, self._scanner) for title in named]
        columns, confidences = self._model.choose(verdicts)
        for title, verdict, column, confidence in zip(
            named, verdicts, columns, confidences, strict=True
        ):
            self._seen[title] = _match(title, verdict, ALL_FAMILIES[column], round(confidence, 4))


def _nameless(title: str) -> RoleMatch:
    nothing = "the title is empty, so nothing says that the work is digital"
    return RoleMatch(title, Family.NOT_DIGITAL.value, "", "No title", 0.0, nothing)


def _corrected(match: RoleMatch, corrected: Mapping[str, Family]) -> RoleMatch:
    family = corrected.get(fold_title(match.title))
    if family is None:
        return match
    return RoleMatch(match.title, family.value, "", FAMILY_LABELS[family], 1.0, "you said so")


def _match(title: str, verdict: Verdict, family: Family, confidence: float) -> RoleMatch:
    rule = verdict.rule if verdict.family is family else _mentioned(verdict, family)
    return RoleMatch(
        title=title,
        family=family.value,
        role_id=rule.role_id if rule else "",
        role=rule.role if rule else FAMILY_LABELS[family],
        confidence=confidence,
        reason=_reason(verdict, family, confidence),
    )


def _mentioned(verdict: Verdict, family: Family) -> Rule | None:
    """Return the first rule of the family the model chose that the title mentions at all."""
    return next((rule for rule in verdict.mentioned if rule.family is family), None)


def _reason(verdict: Verdict, family: Family, confidence: float) -> str:
    rule, words = verdict.rule, verdict.words.replace(" ;", ",")
    if rule is not None and rule.family is family:
        where = "" if verdict.place == "head" else " beside the main title"
        return f"title says “{words}”{where}: {rule.role}"
    if rule is None and family is Family.NOT_DIGITAL:
        return f"no digital, data or security work named (n-gram model, {confidence:.2f})"
    like = f"like titles labelled {FAMILY_LABELS[family].lower()} (n-gram model, {confidence:.2f})"
    if rule is None:
        return like
    return f"{like}; “{words}” alone would say {FAMILY_LABELS[rule.family].lower()}"
