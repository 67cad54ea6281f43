"""One slip in a deciding word is put right; real words are left alone."""

import pytest

from workforce.roles.spelling import put_right


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anaylst", "analyst"),
        ("buisness", "business"),
        ("infomation", "information"),
        ("inteligence", "intelligence"),
        ("enginer", "engineer"),
        ("engineeer", "engineer"),
        ("sytems", "systems"),
        ("techncial", "technical"),
        ("technican", "technician"),
        ("adminstrator", "administrator"),
        ("cybersecurty", "cybersecurity"),
    ],
)
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    assert put_right(typed) == meant


@pytest.mark.parametrize(
    "word",
    [
        "analyst", "office", "developed", "deliver", "securities", "protect", "commuter",
        "capital", "programme", "technical", "equality", "data", "", "x" * 200,
    ],
)  # fmt: skip
def test_other_words_are_left_alone(word: str) -> None:
    assert put_right(word) == word


def test_two_slips_are_too_many() -> None:
    assert put_right("anlayts") == "anlayts"
