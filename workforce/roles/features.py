"""What the model sees of a title: its words and letters, and what the rules say of it.

Text features belong to one word or one pair of neighbours, and a title's are the sum of theirs, so
that a word's share in the scores is worked out once, whatever titles it stands in.
"""

from collections.abc import Iterator
from itertools import pairwise

from workforce.roles.rules import Verdict

__all__ = ["LETTER_SPANS", "pieces", "rule_features", "text_features"]

LETTER_SPANS = (3, 4, 5)


def pieces(verdict: Verdict) -> list[str]:
    """Return the pieces of a title that carry features.

    Args:
        verdict: The title as the rules read it.

    Returns:
        Its distinct words, `p:` and each pair of neighbours inside one part, `e:` and the last
        word of the head (the occupation).
    """
    found: dict[str, None] = {}
    for part in verdict.spelled.split(" ; "):
        words = part.split()
        found.update(dict.fromkeys(words))
        found.update(dict.fromkeys(f"p:{left} {right}" for left, right in pairwise(words)))
    head = verdict.head.rsplit(None, 1)
    if head:
        found[f"e:{head[-1]}"] = None
    return list(found)


def text_features(piece: str) -> list[str]:
    """Return the features of one piece.

    Args:
        piece: One of `pieces`.

    Returns:
        For a word `w:` and the word, and `c:` and its distinct letter n-grams, borders included;
        a pair or an occupation is its own feature.
    """
    if piece.startswith(("p:", "e:")):
        return [piece]
    return [f"w:{piece}", *dict.fromkeys(_letters(piece))]


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
