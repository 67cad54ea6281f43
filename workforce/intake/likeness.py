"""The last resort for a heading that neither list nor rule knows: which field its words go with.

The known headings say how often each word stands over each field. With that, words that were never
seen together still point somewhere: naive Bayes, with every field equally likely beforehand.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

__all__ = ["WordLikeness"]

_ALIKE: Final = 0.8
"""Least probability at which the words are believed to point to one field."""
_SMOOTH: Final = 0.05
_TELLING: Final = 0.5
"""Least share of a word's headings in one field for the word to tell anything."""


class WordLikeness:
    """Which field the words of a heading go with.

    Args:
        headings: Field and folded heading, of all known headings.
    """

    def __init__(self, headings: Iterable[tuple[str, str]]) -> None:
        """Count words by field; a word counts once a heading."""
        counts: dict[str, Counter[str]] = {}
        sizes: Counter[str] = Counter()
        for field, heading in headings:
            sizes[field] += 1
            for word in set(heading.split()):
                counts.setdefault(word, Counter())[field] += 1
        self._rates: Mapping[str, Mapping[str, float]] = {
            word: {field: count / sizes[field] for field, count in found.items()}
            for word, found in counts.items()
        }
        self._fields = tuple(sizes)

    def field(self, folded: str) -> tuple[str, float] | None:
        """Return the field that a heading's words point to.

        Args:
            folded: Heading as `words.fold_heading` returns it.

        Returns:
            The field and its probability, `None` where the words are unknown or point nowhere.
        """
        words = [word for word in set(folded.split()) if word in self._rates]
        unknown = len(set(folded.split())) - len(words)
        if not words or unknown > len(words):
            return None
        logs = {
            field: sum(math.log(self._rates[word].get(field, 0.0) + _SMOOTH / 10) for word in words)
            for field in self._fields
        }
        top = max(logs, key=lambda field: logs[field])
        total = sum(math.exp(value - logs[top]) for value in logs.values())
        telling = any(
            self._rates[word].get(top, 0.0) >= _TELLING * sum(self._rates[word].values())
            for word in words
        )
        probability = 1 / total
        return (top, probability) if telling and probability >= _ALIKE else None
