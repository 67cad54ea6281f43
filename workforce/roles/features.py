"""What the model sees of a title: its words and letters, and what the rules say of it."""

from collections.abc import Iterator
from itertools import pairwise

from workforce.roles.rules import Verdict

__all__ = ["LETTER_SPANS", "rule_features", "text_features"]

LETTER_SPANS = (3, 4, 5)


def text_features(verdict: Verdict) -> list[str]:
    """Return the words, word pairs and letter n-grams of a title.

    Args:
        verdict: The title as the rules read it.

    Returns:
        Distinct features: `w:` words, `p:` pairs inside one part, `e:` the last word of
        the head (the occupation), `c:` letters within a word and its borders.
    """
    found: set[str] = set()
    for part in verdict.spelled.split(" ; "):
        words = part.split()
        found.update(f"w:{word}" for word in words)
        found.update(f"p:{left} {right}" for left, right in pairwise(words))
        for word in words:
            found.update(_letters(word))
    head = verdict.head.split()
    if head:
        found.add(f"e:{head[-1]}")
    return list(found)


def _letters(word: str) -> Iterator[str]:
    padded = f" {word} "
    for span in LETTER_SPANS:
        for start in range(len(padded) - span + 1):
            yield f"c:{padded[start : start + span]}"


def rule_features(verdict: Verdict) -> list[str]:
    """Return what the rules say, as features.

    Args:
        verdict: The verdict on a title.

    Returns:
        Family with sureness and place, the rule itself, every family mentioned, and whether the
        verdict was contested.
    """
    families = {rule.family.value for rule in verdict.mentioned}
    found = [f"m:{family}" for family in sorted(families)]
    if verdict.rule is None:
        return [*found, "f:none"]
    sureness = "sure" if verdict.rule.sure else "likely"
    found.append(f"f:{verdict.family.value} {sureness} {verdict.place}")
    found.append(f"f:{verdict.family.value}")
    found.append(f"r:{verdict.rule.role_id}")
    if verdict.contested:
        found.append(f"x:{verdict.family.value} contested")
    return found
