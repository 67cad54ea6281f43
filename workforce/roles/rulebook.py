"""What a person who knows the occupations would say of a title, read from `role_rules.toml`.

Families follow the labelled titles: architects, business analysts, designers and people who lead
change are transformation; those who build, run and support technology are other digital, although
the role evidence files some of them as feeders of transformation.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workforce.domain.families import Family

__all__ = ["RULES_FILE", "Rule", "Rulebook"]

RULES_FILE: Final = "role_rules.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of work.

    Attributes:
        role_id: Identifier in the role evidence, or `OTH_...` / `NOT_...` for kinds it lacks.
        role: Name shown to people.
        family: Family.
        says: Wordings, any of which the spelled-out title must contain, earlier ones first.
        sure: Whether the words leave little doubt.
    """

    role_id: str
    role: str
    family: Family
    says: tuple[re.Pattern[str], ...]
    sure: bool

    def search(self, text: str) -> re.Match[str] | None:
        """Return the earliest match in a text, by plain search; `Scanner` finds the same faster."""
        hits = [match for wording in self.says if (match := wording.search(text))]
        return min(hits, key=lambda match: match.start(), default=None)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules, each group in order of precedence.

    Attributes:
        digital: Kinds of digital work, most specific first.
        occupations: Work that no digital word beside it makes digital.
        other_senses: Digital words used in another sense.
        general: General wording that decides only where nothing else does.
    """

    digital: tuple[Rule, ...]
    occupations: tuple[Rule, ...]
    other_senses: tuple[Rule, ...]
    general: tuple[Rule, ...]

    @property
    def all(self) -> tuple[Rule, ...]:
        """Every rule, group after group."""
        return (*self.digital, *self.occupations, *self.other_senses, *self.general)

    @classmethod
    def load(cls, models_dir: Path) -> "Rulebook":
        """Read the rules.

        Args:
            models_dir: Folder that holds `role_rules.toml`.

        Returns:
            The rulebook.

        Raises:
            ValueError: If the file is no TOML, a pattern does not compile, or a family or word
                list is unknown.
            OSError: If it cannot be read.
        """
        raw = tomllib.loads((models_dir / RULES_FILE).read_text(encoding="utf-8"))
        words = {name: "|".join(entries) for name, entries in raw["words"].items()}
        return cls(
            digital=tuple(
                Rule(
                    role_id=entry["role_id"],
                    role=entry["role"],
                    family=Family(entry["family"]),
                    says=_wordings(entry, words),
                    sure=bool(entry["sure"]),
                )
                for entry in raw["digital"]
            ),
            occupations=_against(raw["occupation"], words, "NOT_WORK"),
            other_senses=_against(raw["other_sense"], words, "NOT_SENSE"),
            general=_against(raw["general"], words, "NOT_GENERAL"),
        )


def _against(entries: list[dict[str, Any]], words: dict[str, str], prefix: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            role_id=f"{prefix}_{number}",
            role=entry["work"],
            family=Family.NOT_DIGITAL,
            says=_wordings(entry, words),
            sure=True,
        )
        for number, entry in enumerate(entries, start=1)
    )


def _wordings(entry: dict[str, Any], words: dict[str, str]) -> tuple[re.Pattern[str], ...]:
    found = []
    for says in entry["says"]:
        text = str(says)
        # Twice, because a word list may name another.
        for name, alternatives in (*words.items(), *words.items()):
            text = text.replace(f"<{name}>", f"(?:{alternatives})")
        try:
            found.append(re.compile(text))
        except re.error as fault:
            raise ValueError(
                f"{RULES_FILE}: {entry.get('role') or entry.get('work')}: {fault}"
            ) from None
    return tuple(found)
