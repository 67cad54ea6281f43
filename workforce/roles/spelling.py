"""Slips of the keyboard in the words that decide: "anaylst", "buisness", "infomation".

Only words of six letters and more are looked at, only one letter dropped, doubled, wrong or swapped
is put right, and only where the first letter stands and the slip is not at the very end, where a
letter makes another word (developer, developed).
"""

from functools import lru_cache
from typing import Final

__all__ = ["put_right"]

_SHORTEST: Final = 6
# English words that stand one letter away from a decisive one.
_OTHERS: Final = frozenset({"protect", "commuter"})
_DECISIVE: Final = frozenset(
    {
        "administrator", "analyst", "analytics", "application", "applications", "architect",
        "architecture", "assistant", "automation", "business", "computer", "configuration",
        "consultant", "coordinator", "cybersecurity", "database", "delivery", "desktop",
        "designer", "developer", "development", "digital", "director", "engineer", "engineering",
        "geographic", "geospatial", "governance", "helpdesk", "informatics", "information",
        "infrastructure", "integration", "intelligence", "management", "manager", "network",
        "officer", "operations", "performance", "product", "programme", "programmer", "project",
        "researcher", "scientist", "security", "servicedesk", "service", "services", "software",
        "specialist", "statistical", "statistician", "statistics", "support", "systems",
        "technical", "technician", "technology", "telecommunications", "transformation",
        "vulnerability", "website",
    }
)  # fmt: skip


def _without_one(word: str) -> set[str]:
    return {word[:cut] + word[cut + 1 :] for cut in range(1, len(word))}


_BY_REMAINDER: Final[dict[str, tuple[str, ...]]] = {}
for _word in sorted(_DECISIVE):
    for _rest in (*_without_one(_word), _word):
        _BY_REMAINDER[_rest] = (*_BY_REMAINDER.get(_rest, ()), _word)


@lru_cache(maxsize=8192)
def put_right(word: str) -> str:
    """Return the decisive word this is a slip of, or the word itself.

    Args:
        word: Lower-case word.

    Returns:
        A word of the list, where exactly one is a single slip away; else the word unchanged.
    """
    if len(word) < _SHORTEST - 1 or word in _DECISIVE or word in _OTHERS or not word.isalpha():
        return word
    found = {
        meant
        for rest in (*_without_one(word), word)
        for meant in _BY_REMAINDER.get(rest, ())
        if _is_slip(word, meant)
    }
    return found.pop() if len(found) == 1 else word


def _is_slip(word: str, meant: str) -> bool:
    """Tell whether one letter inside is dropped, added, wrong, or two neighbours are swapped."""
    if len(meant) < _SHORTEST or word[0] != meant[0]:
        return False
    start = 0
    while start < min(len(word), len(meant)) and word[start] == meant[start]:
        start += 1
    left, right = word[start:], meant[start:]
    if len(word) == len(meant):
        swapped = len(left) > 1 and left[1] + left[0] + left[2:] == right
        return swapped or (len(left) > 1 and left[1:] == right[1:])
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return len(longer) == len(shorter) + 1 and bool(shorter) and longer[1:] == shorter
