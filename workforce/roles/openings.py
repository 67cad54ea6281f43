"""Which wordings a title can match at all, from how words begin.

Every rule's wording begins at the start of a word. Its possible first letters, five or else as few
as two, are read off the pattern once, so that a wording is tried only where a word that could start
it stands. Where a pattern is too free to tell, it is always tried.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

__all__ = ["WORD", "beginnings", "openings", "split_alternatives"]

LONGEST: Final = 5
WORD: Final = re.compile(r"[^\W_]+")

_OPTIONAL: Final = ("?", "*", "{0")
# What ends a word after its first letter, and cannot be absent.
_SINGLE: Final = re.compile(r"\\b|(\\[s.+]|[/& -]|\[- \])(?![?*])|\\s\?[&#]")
_TELLING: Final = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|[()|]", re.DOTALL)


@lru_cache(maxsize=8192)
def beginnings(word: str) -> tuple[str, ...]:
    """Return how a word begins: its first two to five letters; of a single letter itself."""
    return tuple(word[:letters] for letters in range(2, min(len(word), LONGEST) + 1)) or (word,)


def openings(pattern: str) -> frozenset[str] | None:
    """Return the first letters a match can begin with.

    Args:
        pattern: A regular expression of the rulebook.

    Returns:
        Two to five letters each, or one that is a word of its own; `None` where the pattern does
        not bind the start of a word.
    """
    found: set[str] = set()
    for alternative in split_alternatives(pattern):
        bound, rest = _without_conditions(alternative)
        starts = _starts(rest) if bound else None
        if starts is None:
            return None
        found |= starts
    return frozenset(found)


def split_alternatives(pattern: str) -> list[str]:
    """Split a pattern at the bars outside groups and classes."""
    parts, start, depth = [], 0, 0
    for sign in _TELLING.finditer(pattern):
        char = sign.group()
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(pattern[start : sign.start()])
            start = sign.end()
    return [*parts, pattern[start:]]


def _without_conditions(text: str) -> tuple[bool, str]:
    """Drop leading anchors and lookarounds; tell whether they ask for the start of a word."""
    bound = False
    while True:
        if text.startswith("\\b"):
            bound, text = True, text[2:]
        elif text.startswith("^"):
            bound, text = True, text[1:]
        elif text.startswith(("(?!", "(?=", "(?<")):
            text = text[_closing(text) + 1 :]
        else:
            return bound, text


def _closing(text: str) -> int:
    """Return where the group that opens at 0 closes."""
    depth = 0
    for sign in _TELLING.finditer(text):
        depth += (sign.group() == "(") - (sign.group() == ")")
        if depth == 0:
            return sign.start()
    raise ValueError(f"a group is not closed in {text}")


def _starts(text: str) -> set[str] | None:
    if text.startswith("("):
        end = _closing(text)
        inner, rest = text[1:end].removeprefix("?:"), text[end + 1 :]
        found = _union(
            [_starts(_without_conditions(each)[1]) for each in split_alternatives(inner)]
        )
        if rest.startswith(_OPTIONAL):
            # The group may be absent, so what follows it may open the match too.
            after = rest[rest.index("}") + 1 :] if rest.startswith("{") else rest[1:]
            return _union([found, _starts(after)])
        return found
    for letters in range(LONGEST, 1, -1):
        head, rest = text[:letters], text[letters:]
        if len(head) == letters and head.isalnum() and not rest.startswith(_OPTIONAL):
            return {head}
    return {text[0]} if text[:1].isalnum() and _SINGLE.match(text, 1) else None


def _union(sets: Sequence[set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    for each in sets:
        if each is None:
            return None
        found |= each
    return found
