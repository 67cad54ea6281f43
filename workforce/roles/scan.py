"""Finding every rule a text speaks of, in one walk over its words.

A wording begins at the start of a word with letters known beforehand, so that each word of a text
leads straight to the few wordings it could begin, instead of every rule searching every text.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from workforce.roles.openings import WORD, beginnings, openings
from workforce.roles.rulebook import Rule, Rulebook

__all__ = ["Hit", "Hits", "Scanner"]

Hit = tuple[Rule, re.Match[str]]
# Position of the rule among all, position of the wording in it, the wording.
_Wording = tuple[int, int, re.Pattern[str]]
_Tries = tuple[tuple[int, Callable[[str, int], re.Match[str] | None]], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """What matched in one text.

    Attributes:
        digital: Earliest match of each digital rule, in order of precedence.
        occupations: Every match of an occupation, in order of the rules.
        senses: Earliest match of each other sense, in order of the rules.
        general: Earliest match of each general wording, in order of the rules.
    """

    digital: tuple[Hit, ...]
    occupations: tuple[Hit, ...]
    senses: tuple[Hit, ...]
    general: tuple[Hit, ...]


class Scanner:
    """The rulebook turned round: from a word to the wordings it can begin."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Index the wordings by first letters.

        Args:
            rulebook: The rules.
        """
        self._rules = rulebook.all
        sizes = [len(rulebook.digital), len(rulebook.occupations), len(rulebook.other_senses)]
        self._bounds = (sizes[0], sizes[0] + sizes[1], sum(sizes))
        by_start: dict[str, list[_Wording]] = defaultdict(list)
        free: list[_Wording] = []
        for number, rule in enumerate(self._rules):
            for place, wording in enumerate(rule.says):
                starts = openings(wording.pattern)
                for start in starts or ():
                    by_start[start].append((number, place, wording))
                if starts is None:
                    free.append((number, place, wording))
        self._by_start = dict(by_start)
        self._free = tuple(free)
        self._by_word: dict[str, tuple[_Tries, _Tries]] = {}

    def hits(self, text: str) -> Hits:
        """Return what matches in a text.

        Args:
            text: A spelled-out title or a part of it.

        Returns:
            The same matches plain searching finds: the earliest of each rule, of several that
            begin at the same word the wording that stands first; for occupations all of them.
        """
        first: dict[int, re.Match[str]] = {}
        every: list[tuple[int, re.Match[str]]] = []
        digital, occupation, sense = self._bounds
        for word in WORD.finditer(text):
            start = word.start()
            once, always = self._wordings(word.group())
            for number, match_at in once:
                if number not in first and (match := match_at(text, start)):
                    first[number] = match
            for number, match_at in always:
                if match := match_at(text, start):
                    every.append((number, match))
        self._search_freely(text, first, every)
        found = sorted(first.items())
        rules = self._rules
        return Hits(
            digital=tuple((rules[number], match) for number, match in found if number < digital),
            occupations=tuple((rules[number], match) for number, match in sorted(every, key=_rule)),
            senses=tuple((rules[n], match) for n, match in found if occupation <= n < sense),
            general=tuple((rules[number], match) for number, match in found if number >= sense),
        )

    def _wordings(self, word: str) -> tuple[_Tries, _Tries]:
        """Return what a word can begin: of rules whose first match counts, and of occupations."""
        known = self._by_word.get(word)
        if known is None:
            digital, occupation, _ = self._bounds
            found = [each for start in beginnings(word) for each in self._by_start.get(start, ())]
            found.sort(key=lambda each: each[:2])
            tries = [(number, wording.match) for number, _, wording in found]
            known = (
                tuple(each for each in tries if not digital <= each[0] < occupation),
                tuple(each for each in tries if digital <= each[0] < occupation),
            )
            self._by_word[word] = known
        return known

    def _search_freely(
        self,
        text: str,
        first: dict[int, re.Match[str]],
        every: list[tuple[int, re.Match[str]]],
    ) -> None:
        digital, occupation, _ = self._bounds
        for number, _, wording in self._free:
            match = wording.search(text)
            if match is None:
                continue
            if digital <= number < occupation:
                every.append((number, match))
            elif number not in first or match.start() < first[number].start():
                first[number] = match


def _rule(hit: tuple[int, re.Match[str]]) -> int:
    return hit[0]
