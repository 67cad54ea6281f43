"""What a heading alone says: synonyms first, then rules, then near misses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from workforce.domain.evidence import Synonym
from workforce.intake.dates import looks_like_date
from workforce.intake.datewords import read_date_heading
from workforce.intake.fields import FIELDS
from workforce.intake.likeness import WordLikeness
from workforce.intake.patterns import PATTERNS
from workforce.intake.synonyms import PEOPLE
from workforce.intake.synonyms_lists import LISTS
from workforce.intake.synonyms_systems import SYSTEMS
from workforce.intake.words import compact, fold_heading

__all__ = ["Candidate", "NameMatcher", "name_matcher"]

_SURE: Final = 0.93
_UNSURE: Final = 0.6
_NEAR: Final = 0.72
_ALIKE: Final = 0.55
"""The most that words alone can make us believe, in whatever order they stand."""
_LONG: Final = 8
"""Letters from which on a slip of the keyboard is likelier than another word."""
_INFERRED: Final = 0.79
"""The most that a heading nobody listed can be believed: below what counts as high."""
_UNMISTAKABLE: Final = frozenset(
    {"email", "ni_number", "birth_date", "ethnicity", "disability", "sex", "marital_status",
     "religion", "sexual_orientation", "nationality", "phone"}
)  # fmt: skip
_REPEATED: Final = re.compile(r" \(\d+\)$")
_RULES: Final = tuple((re.compile(rule), field, score) for rule, field, score in PATTERNS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field a column could be. An empty field is the belief that it is none of ours.

    Attributes:
        field: Canonical field.
        score: How likely it is, 0 to 1.
        reason: Why, in words.
        most: What values that agree can raise the score to: only a heading that is known by itself,
            or values that nothing else has, may make us sure.
    """

    field: str
    score: float
    reason: str
    most: float = 0.99


class NameMatcher:
    """Matches headings to fields by name.

    Args:
        synonyms: The evidence's column names by HR system; ours are added to them.
    """

    def __init__(self, synonyms: Sequence[Synonym] = ()) -> None:
        """Build the index of folded headings."""
        index: dict[str, dict[str, tuple[float, str]]] = {}
        for source in (PEOPLE, LISTS, SYSTEMS):
            for field, listed in source.items():
                for raw in listed.split(";"):
                    name = raw.strip()
                    score = _UNSURE if name.startswith("?") else _SURE
                    _add(index, field, name.lstrip("?"), score, "")
        for synonym in synonyms:
            if synonym.field in FIELDS:
                _add(index, synonym.field, synonym.name, _SURE - 0.03, synonym.system)
        self._index: Mapping[str, Mapping[str, tuple[float, str]]] = MappingProxyType(index)
        self._likeness = WordLikeness(
            (field, fold_heading(raw.strip().lstrip("?")))
            for source in (PEOPLE, LISTS, SYSTEMS)
            for field, listed in source.items()
            for raw in listed.split(";")
        )
        self._slips: dict[str, str] = {}
        for key in index:
            if len(key) >= _LONG - 1:
                for variant in _with_one_gone(key):
                    self._slips.setdefault(variant, key)
        self.match = lru_cache(maxsize=4_000)(self._match)

    def _match(self, heading: str) -> tuple[Candidate, ...]:
        """Return the fields a heading may mean, most likely first.

        Args:
            heading: As it stands in the file.

        Returns:
            Candidates; one with an empty field where the heading is known to be none of ours.
        """
        folded = fold_heading(_REPEATED.sub("", heading))
        # A sentence is no heading, whatever words of ours are in it.
        if folded.count(" ") > 7 or folded.isdigit() or looks_like_date(heading):
            return ()
        if not folded:
            return ()
        found, whole = self._exact(folded)
        if found and whole:
            return found
        return (*found, *self._inferred(folded)) or self._near(folded) or self._alike(folded)

    def _inferred(self, folded: str) -> tuple[Candidate, ...]:
        """Return what the words of a heading mean that no list has."""
        found: list[Candidate] = []
        dated = read_date_heading(folded)
        ruled = next(((field, score) for rule, field, score in _RULES if rule.search(folded)), None)
        if ruled is not None:
            field, score = ruled
            if dated and dated[0] and (not field or FIELDS[field].holds != "date"):
                # “Date entered department” is a date before it is a department.
                score *= 0.85
            reason = (
                f"the heading reads as “{FIELDS[field].label.lower()}”"
                if field
                else "the heading is about something that is not needed"
            )
            sure = not field or field in _UNMISTAKABLE
            found.append(Candidate(field, score, reason, 0.99 if sure else _INFERRED))
        if dated is not None:
            field, score = dated
            reason = (
                f"the heading speaks of “{FIELDS[field].label.lower()}”"
                if field
                else "the heading speaks of a date that is not needed"
            )
            found.append(Candidate(field, score, reason, _INFERRED))
        return tuple(found)

    def _exact(self, folded: str) -> tuple[tuple[Candidate, ...], bool]:
        """Return the fields that have a heading, and whether all of it was needed to know."""
        for form, discount in _forms(folded):
            entry = self._index.get(compact(form))
            if entry is None:
                continue
            # A name that several fields share says less than one that only one field has.
            shared = 0.12 if sum(score > 0.8 for score, _ in entry.values()) > 1 else 0.0
            candidates = [
                Candidate(
                    field,
                    max(0.3, score - discount - (shared if score > 0.8 else 0.0)),
                    f"“{form}” is a usual heading for it" + (f" in {system}" if system else ""),
                )
                for field, (score, system) in entry.items()
            ]
            return tuple(sorted(candidates, key=lambda each: -each.score)), discount == 0.0
        return (), False

    def _alike(self, folded: str) -> tuple[Candidate, ...]:
        """Return the field that the words of a heading go with elsewhere."""
        found = self._likeness.field(folded)
        if found is None:
            return ()
        field, probability = found
        label = FIELDS[field].label.lower()
        return (
            Candidate(
                field, _ALIKE * probability, f"its words are those of headings for “{label}”",
                _ALIKE,
            ),
        )  # fmt: skip

    def _near(self, folded: str) -> tuple[Candidate, ...]:
        """Return the fields of a heading that one slip of the keyboard away is a known one."""
        key = compact(folded)
        if len(key) < _LONG:
            return ()
        close = next((self._slips[v] for v in _with_one_gone(key) if v in self._slips), None)
        if close is None:
            return ()
        return tuple(
            Candidate(field, min(_NEAR, score), f"the heading is close to “{close}”", _INFERRED)
            for field, (score, _) in self._index[close].items()
        )


@lru_cache(maxsize=4)
def name_matcher(synonyms: tuple[Synonym, ...]) -> NameMatcher:
    """Return the matcher for an evidence's column names; built once, as it never changes."""
    return NameMatcher(synonyms)


def _with_one_gone(key: str) -> list[str]:
    # Two words that are one letter apart have a form with one letter gone in common.
    return [key, *(key[:i] + key[i + 1 :] for i in range(len(key)))]


def _add(
    index: dict[str, dict[str, tuple[float, str]]],
    field: str,
    name: str,
    score: float,
    system: str,
) -> None:
    entry = index.setdefault(compact(fold_heading(name)), {})
    if field not in entry or entry[field][0] < score:
        entry[field] = (score, system)


_DROPPABLE: Final = (
    " description", " name", " code", " text", " value", " field", " s", " yyyy", " mm", " dd",
    " ddmmyyyy", " gbp", " number", " current", " dd mm yyyy", " yyyy mm dd",
)  # fmt: skip
_LEADING: Final = (
    "employee ",
    "staff ",
    "current ",
    "main ",
    "primary ",
    "worker ",
    "person ",
    "hr ",
)


def _forms(folded: str) -> list[tuple[str, float]]:
    """Return a heading and what is left of it without words that add nothing, with a discount."""
    forms = [(folded, 0.0)]
    for ending in _DROPPABLE:
        if folded.endswith(ending):
            forms.append((folded.removesuffix(ending), 0.06))
    for start in _LEADING:
        if folded.startswith(start):
            forms.append((folded.removeprefix(start), 0.06))
    return [(form, discount) for form, discount in forms if len(form) > 2 or form == folded]
