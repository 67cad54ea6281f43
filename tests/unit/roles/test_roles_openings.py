"""How a pattern can begin is read off it, never too narrowly."""

import pytest

from workforce.roles.openings import beginnings, openings, split_alternatives


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        (r"\bcyber", {"cyber"}),
        (r"\bit (manager|lead)", {"it"}),
        (r"\b(data|gis) analyst", {"data", "gis"}),
        (r"\b(senior )?developer", {"senio", "devel"}),
        (r"^(?!chief)(data|web)", {"data", "web"}),
        (r"(?<!voice and )\bdata", {"data"}),
        (r"\b(?:cloud|lan) engineer|\bscrum", {"cloud", "lan", "scrum"}),
        (r"\bnetworks? lead", {"netwo"}),
        (r"\bicts? lead", {"ict"}),
        (r"\br\s?&\s?d\b", {"r"}),
        (r"\bi\.t\.?", {"i"}),
    ],
)
def test_first_letters_are_found(pattern: str, starts: set[str]) -> None:
    assert openings(pattern) == starts


@pytest.mark.parametrize("pattern", [r"data", r"\b\w+ analyst", r"\bx?data", r"\be[- ]?roster"])
def test_a_pattern_too_free_to_tell_is_always_tried(pattern: str) -> None:
    assert openings(pattern) is None


def test_bars_inside_groups_and_classes_do_not_split() -> None:
    assert split_alternatives(r"a(b|c)|[|]d|e\|f") == ["a(b|c)", "[|]d", r"e\|f"]


def test_words_begin_with_two_to_five_letters_or_are_one() -> None:
    assert beginnings("database") == ("da", "dat", "data", "datab")
    assert beginnings("it") == ("it",)
    assert beginnings("i") == ("i",)
