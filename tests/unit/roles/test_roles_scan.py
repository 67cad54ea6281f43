"""Looking rules up by word finds what searching every rule finds."""

from pathlib import Path

import pytest

from workforce.roles.corpus import read_fresh, read_labelled
from workforce.roles.rulebook import Rule, Rulebook
from workforce.roles.scan import Scanner
from workforce.roles.titles import spell_out


@pytest.fixture(scope="module")
def rulebook(root: Path) -> Rulebook:
    return Rulebook.load(root / "models")


def _plainly(rules: tuple[Rule, ...], text: str) -> list[tuple[str, str, int]]:
    found = [(rule, match) for rule in rules if (match := rule.search(text))]
    return [(rule.role, rule.role_id, match.start()) for rule, match in found]


def test_the_earliest_match_of_every_rule_is_that_of_plain_searching(
    root: Path, rulebook: Rulebook
) -> None:
    scanner = Scanner(rulebook)
    models = root / "models"
    for each in (*read_labelled(models)[::2], *read_fresh(models)[::2]):
        text = spell_out(each.title)
        hits = scanner.hits(text)
        for rules, found in (
            (rulebook.digital, hits.digital),
            (rulebook.other_senses, hits.senses),
            (rulebook.general, hits.general),
        ):
            looked_up = [(rule.role, rule.role_id, match.start()) for rule, match in found]
            assert looked_up == _plainly(rules, text), text


def test_no_occupation_is_missed(root: Path, rulebook: Rulebook) -> None:
    scanner = Scanner(rulebook)
    for each in read_labelled(root / "models"):
        text = spell_out(each.title)
        last = max((match.end() for _, match in scanner.hits(text).occupations), default=None)
        plain = [
            match.end()
            for rule in rulebook.occupations
            for wording in rule.says
            for match in wording.finditer(text)
        ]
        assert last == max(plain, default=None), text
