"""Which rules a title can match at all, from how words begin.

Every rule's wording begins at the start of a word. Its possible first letters, three or else two,
are read off the pattern once, so that a title is tried only against the rules one of its words
could start. Where a pattern is too free to tell, it is always tried.
"""

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["openings", "split_alternatives", "word_starts"]

_OPTIONAL: Final = ("?", "*", "{0")
_WORD: Final = re.compile(r"[^\W_]+")


def word_starts(text: str) -> frozenset[str]:
    """Return the first two and the first three letters of every word of a lower-case text."""
    return frozenset(word[:letters] for word in _WORD.findall(text) for letters in (2, 3))


def openings(pattern: str) -> frozenset[str] | None:
    """Return the first letters a match can begin with.

    Args:
        pattern: A regular expression of the rulebook.

    Returns:
        Two or three letters each; `None` where the pattern does not bind the start of a word.
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
    parts, start, depth, index = [], 0, 0, 0
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            index += 1
        elif char == "[":
            index = pattern.index("]", index)
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and depth == 0:
            parts.append(pattern[start:index])
            start = index + 1
        index += 1
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
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return index
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
    for letters in (3, 2):
        head, rest = text[:letters], text[letters:]
        if len(head) == letters and head.isalnum() and not rest.startswith(_OPTIONAL):
            return {head}
    return None


def _union(sets: Sequence[set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    for each in sets:
        if each is None:
            return None
        found |= each
    return found
