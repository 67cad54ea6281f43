"""What the rules say of one title: a family, the words that say so, and how sure they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workforce.domain.families import Family
from workforce.roles.near_misses import near_misses
from workforce.roles.rulebook import Rule, rulebook
from workforce.roles.titles import SEPARATOR, head_part, spell_out

__all__ = ["Verdict", "judge"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules found.

    Attributes:
        spelled: The title as the rules read it.
        head: The part that names the occupation.
        rule: The rule that decided; `None` where none matched.
        words: The words of the title that matched it.
        place: `head`, or `rest` where only the context of the title speaks.
        contested: Whether a rule for the other side matched as well.
        mentioned: Families of all digital rules that matched anywhere.
    """

    spelled: str
    head: str
    rule: Rule | None
    words: str
    place: str
    contested: bool
    mentioned: frozenset[Family]

    @property
    def family(self) -> Family:
        """The family, not digital where nothing speaks for digital work."""
        return self.rule.family if self.rule else Family.NOT_DIGITAL


_UNIT = re.compile(r"\b(team|unit|directorate|department|division|bureau|branch|office)\b")
_Hit = tuple[Rule, re.Match[str]]


def _first(rules: Iterable[Rule], text: str) -> _Hit | None:
    for rule in rules:
        match = rule.pattern.search(text)
        if match:
            return rule, match
    return None


def _last_ending(rules: Iterable[Rule], text: str) -> _Hit | None:
    """The occupation is what the phrase ends with, so the latest match is the telling one."""
    hits = [
        (match.end(), -index, rule, match)
        for index, rule in enumerate(rules)
        for match in rule.pattern.finditer(text)
    ]
    return max(hits, key=lambda hit: hit[:2])[2:] if hits else None


def _turned(spelled: str) -> str:
    """Return "Manager ; Data" as "data manager", the way an index or a payroll inverts it."""
    parts = spelled.split(f" {SEPARATOR} ")
    return " ".join([*parts[1:2], parts[0]]) if len(parts) > 1 else spelled


def judge(title: str) -> Verdict:
    """Return what the rules say of a title.

    The occupation in the head of the title decides against digital words beside it unless those
    come after or around it ("digital pathology project manager"); a digital word in another sense
    counts where its phrase starts no later than the digital one ("energy security analyst" against
    "information security officer"); general wording decides last.

    Args:
        title: As the extract has it.

    Returns:
        The verdict.
    """
    spelled = spell_out(title)
    head = head_part(spelled)
    occupations, senses, general = near_misses()
    digital = _first(rulebook(), head)
    place = "head"
    against = _last_ending(occupations, head)
    sense = _first_starting(senses, head)
    elsewhere = None
    if digital is None:
        elsewhere = _first(rulebook(), spelled) or _first(rulebook(), _turned(spelled))
        if elsewhere and not (against or sense):
            sense_anywhere = _first_starting(senses, spelled)
            sense = sense_anywhere if _earlier(sense_anywhere, elsewhere) else None
            digital, place = elsewhere, "rest"
    contested = bool((digital or elsewhere) and (against or sense))
    winner = _settle(digital, against, sense) or _first(general, head)
    mentioned = frozenset(rule.family for rule in rulebook() if rule.pattern.search(spelled))
    return Verdict(
        spelled=spelled,
        head=head,
        rule=winner[0] if winner else None,
        words=winner[1].group(0).strip() if winner else "",
        place=place if winner and winner is digital else "head",
        contested=contested,
        mentioned=mentioned,
    )


def _first_starting(rules: Iterable[Rule], text: str) -> _Hit | None:
    hits = [(rule, match) for rule in rules if (match := rule.pattern.search(text))]
    return min(hits, key=lambda hit: hit[1].start()) if hits else None


def _earlier(sense: _Hit | None, digital: _Hit) -> bool:
    return sense is not None and sense[1].start() <= digital[1].start()


def _settle(digital: _Hit | None, against: _Hit | None, sense: _Hit | None) -> _Hit | None:
    if digital is None:
        return against or sense
    if against is not None:
        after = digital[1].string[digital[1].end() :]
        before = against[1].start() < digital[1].start()
        # "Economist, cyber security team": the digital words name the unit, not the work.
        if against[1].end() > digital[1].end() or (before and _UNIT.search(after)):
            return against
    if _earlier(sense, digital):
        return sense
    return digital
