"""What the rules say of one title: a family, the words that say so, and how sure they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workforce.domain.families import Family
from workforce.roles.rulebook import Rule
from workforce.roles.scan import Hit, Scanner
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


_LEADS = re.compile(r"(deputy |assistant |associate |interim )*(head|director|chief|team leader)\b")
# "IT security & policy": the second word adds to the first, it does not replace it.
_AND = re.compile(r"\s*(and|&)\s*")
_UNIT = re.compile(r"\b(team|unit|directorate|department|division|bureau|branch|office)\b")


def judge(title: str, scanner: Scanner) -> Verdict:
    """Return what the rules say of a title.

    The occupation in the head of the title decides against digital words beside it unless those
    come after or around it ("digital pathology project manager"); a digital word in another sense
    counts where its phrase starts no later than the digital one ("energy security analyst" against
    "information security officer"); general wording decides last.

    Args:
        title: As the extract has it.
        scanner: The rules, indexed.

    Returns:
        The verdict.
    """
    spelled = spell_out(title)
    head = head_part(spelled)
    whole = scanner.hits(spelled)
    inside = whole if head == spelled else scanner.hits(head)
    mentioned = tuple(rule for rule, _ in whole.digital)
    digital = inside.digital[0] if inside.digital else None
    occupation = _last_ending(inside.occupations)
    sense = _first_starting(inside.senses)
    place = "head"
    contested = bool((digital or mentioned) and (occupation or sense))
    if digital is None and not (occupation or sense):
        elsewhere = whole.digital or _turned(spelled, scanner)
        if elsewhere:
            sense = _first_starting(whole.senses)
            contested = sense is not None
            digital, place = elsewhere[0], "rest"
    winner = _settle(digital, occupation, sense)
    if winner is None and inside.general:
        winner = inside.general[0]
    return Verdict(
        spelled=spelled,
        head=head,
        rule=winner[0] if winner else None,
        words=winner[1].group(0).strip() if winner else "",
        place=place if winner and winner is digital else "head",
        contested=contested,
        mentioned=mentioned,
    )


def _last_ending(hits: Sequence[Hit]) -> Hit | None:
    """The occupation is what the phrase ends with, so the latest match is the telling one."""
    return max(hits, key=lambda hit: hit[1].end(), default=None)


def _first_starting(hits: Sequence[Hit]) -> Hit | None:
    return min(hits, key=lambda hit: hit[1].start(), default=None)


def _turned(spelled: str, scanner: Scanner) -> Sequence[Hit]:
    """Read "manager ; data" as "data manager", the way an index or a payroll inverts it."""
    parts = spelled.split(f" {SEPARATOR} ")
    return scanner.hits(f"{parts[1]} {parts[0]}").digital if len(parts) > 1 else ()


def _settle(digital: Hit | None, occupation: Hit | None, sense: Hit | None) -> Hit | None:
    if digital is None:
        return occupation or sense
    start, end = digital[1].span()
    if occupation is not None:
        last = occupation[1].end() > end
        text = digital[1].string
        # "Economist, cyber security team": the digital words name the unit, not the work; whoever
        # is head of the unit does its work.
        unit = occupation[1].start() < start and _UNIT.search(text[end:])
        both = digital[0].sure and _AND.fullmatch(text[end : occupation[1].start()])
        if not both and (last or (unit and not _LEADS.match(text)) or not digital[0].sure):
            return occupation
    if sense is not None and sense[1].start() <= start:
        return sense
    return digital
