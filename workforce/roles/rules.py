"""What the rules say of one title: a family, the words that say so, and how sure they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workforce.domain.families import Family
from workforce.roles.openings import word_starts
from workforce.roles.rulebook import Rule, Rulebook
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
        mentioned: The digital rules that match anywhere in the title, in order of precedence.
    """

    spelled: str
    head: str
    rule: Rule | None
    words: str
    place: str
    contested: bool
    mentioned: tuple[Rule, ...]

    @property
    def family(self) -> Family:
        """The family, not digital where nothing speaks for digital work."""
        return self.rule.family if self.rule else Family.NOT_DIGITAL


_Hit = tuple[Rule, re.Match[str]]
_UNIT = re.compile(r"\b(team|unit|directorate|department|division|bureau|branch|office)\b")


def judge(title: str, rulebook: Rulebook) -> Verdict:
    """Return what the rules say of a title.

    The occupation in the head of the title decides against digital words beside it unless those
    come after or around it ("digital pathology project manager"); a digital word in another sense
    counts where its phrase starts no later than the digital one ("energy security analyst" against
    "information security officer"); general wording decides last.

    Args:
        title: As the extract has it.
        rulebook: The rules.

    Returns:
        The verdict.
    """
    spelled = spell_out(title)
    head = head_part(spelled)
    starts = word_starts(spelled)
    possible = [rule for rule in rulebook.digital if rule.may_match(starts)]
    senses = [rule for rule in rulebook.other_senses if rule.may_match(starts)]
    mentioned = tuple(rule for rule in possible if rule.pattern.search(spelled))
    digital = _first(mentioned if head == spelled else possible, head)
    occupation = _last_ending((r for r in rulebook.occupations if r.may_match(starts)), head)
    sense = _first_starting(senses, head)
    place = "head"
    contested = bool((digital or mentioned) and (occupation or sense))
    if digital is None and not (occupation or sense):
        elsewhere = _first(mentioned, spelled) or _first(possible, _turned(spelled))
        if elsewhere:
            sense = _first_starting(senses, spelled)
            contested = sense is not None
            digital, place = elsewhere, "rest"
    winner = _settle(digital, occupation, sense) or _first(rulebook.general, head)
    return Verdict(
        spelled=spelled,
        head=head,
        rule=winner[0] if winner else None,
        words=winner[1].group(0).strip() if winner else "",
        place=place if winner and winner is digital else "head",
        contested=contested,
        mentioned=mentioned,
    )


def _first(rules: Iterable[Rule], text: str) -> _Hit | None:
    for rule in rules:
        match = rule.pattern.search(text)
        if match:
            return rule, match
    return None


def _last_ending(rules: Iterable[Rule], text: str) -> _Hit | None:
    """The occupation is what the phrase ends with, so the latest match is the telling one."""
    hits = [(rule, match) for rule in rules for match in rule.pattern.finditer(text)]
    return max(hits, key=lambda hit: hit[1].end()) if hits else None


def _first_starting(rules: Iterable[Rule], text: str) -> _Hit | None:
    hits = [(rule, match) for rule in rules if (match := rule.pattern.search(text))]
    return min(hits, key=lambda hit: hit[1].start()) if hits else None


def _turned(spelled: str) -> str:
    """Return "manager ; data" as "data manager", the way an index or a payroll inverts it."""
    parts = spelled.split(f" {SEPARATOR} ")
    return f"{parts[1]} {parts[0]}" if len(parts) > 1 else spelled


def _settle(digital: _Hit | None, occupation: _Hit | None, sense: _Hit | None) -> _Hit | None:
    if digital is None:
        return occupation or sense
    start, end = digital[1].span()
    if occupation is not None:
        last = occupation[1].end() > end
        # "Economist, cyber security team": the digital words name the unit, not the work.
        unit = occupation[1].start() < start and _UNIT.search(digital[1].string[end:])
        if last or unit or not digital[0].sure:
            return occupation
    if sense is not None and sense[1].start() <= start:
        return sense
    return digital
