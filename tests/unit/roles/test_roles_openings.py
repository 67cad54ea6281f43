"""How a pattern can begin is read off it, never too narrowly."""

import pytest

from workforce.roles.openings import openings, split_alternatives, word_starts


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        (r"\bcyber", {"cyb"}),
        (r"\bit (manager|lead)", {"it"}),
        (r"\b(data|gis) analyst", {"dat", "gis"}),
        (r"\b(senior )?developer", {"sen", "dev"}),
        (r"^(?!chief)(data|web)", {"dat", "web"}),
        (r"(?<!voice and )\bdata", {"dat"}),
        (r"\b(?:cloud|lan) engineer|\bscrum", {"clo", "lan", "scr"}),
    ],
)
def test_first_letters_are_found(pattern: str, starts: set[str]) -> None:
    assert openings(pattern) == starts


@pytest.mark.parametrize("pattern", [r"data", r"\b\w+ analyst", r"\bx?data", r"\bc\+\+"])
def test_a_pattern_too_free_to_tell_is_always_tried(pattern: str) -> None:
    assert openings(pattern) is None


def test_bars_inside_groups_and_classes_do_not_split() -> None:
    assert split_alternatives(r"a(b|c)|[|]d|e\|f") == ["a(b|c)", "[|]d", r"e\|f"]


def test_words_give_two_and_three_letters() -> None:
    assert word_starts("it data") == {"it", "da", "dat"}
