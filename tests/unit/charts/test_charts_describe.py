"""Numbers as they are read."""

import math

import pytest

from workforce.charts import describe
from workforce.charts.measures import MEASURES, measure_spec

VACANCIES, RATE, HEADCOUNT = (measure_spec(k) for k in ("vacancies", "vacancy_rate", "headcount"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (0.04, "0"), (-0.04, "0"), (0.05, "0.1"), (5.24, "5.2"), (9.94, "9.9"),
        (9.96, "10"), (141.6, "142"), (1204.4, "1,204"), (-3.14, "−3.1"), (math.nan, "–"),
    ],
)  # fmt: skip
def test_people_have_one_decimal_below_ten(value: float, text: str) -> None:
    assert describe.format_people(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (0.0432, "4.3%"), (0.0996, "10%"), (0.124, "12%"), (1, "100%"), (-0.05, "−5.0%")],
)
def test_shares_are_percentages(share: float, text: str) -> None:
    assert describe.format_percent(share) == text


@pytest.mark.parametrize(
    ("pounds", "text"),
    [
        (0, "£0"), (-0.3, "£0"), (950, "£950"), (12_400, "£12,400"), (99_999, "£99,999"),
        (310_400, "£310k"), (999_499, "£999k"), (999_500, "£1.0m"), (1_240_000, "£1.2m"),
        (-45_000, "−£45,000"),
    ],
)  # fmt: skip
def test_money_is_rounded_to_what_matters(pounds: float, text: str) -> None:
    assert describe.format_money(pounds) == text


@pytest.mark.parametrize(
    ("spec", "start", "end", "text"),
    [
        (VACANCIES, 5.2, 2.9, "Cyber vacancies fall from 5.2 to 2.9 FTE by Mar 2029"),
        (VACANCIES, 2.9, 5.2, "Cyber vacancies rise from 2.9 to 5.2 FTE by Mar 2029"),
        (VACANCIES, 5.22, 5.18, "Cyber vacancies stay at 5.2 FTE to Mar 2029"),
        (RATE, 0.24, 0.13, "The cyber vacancy rate falls from 24% to 13% by Mar 2029"),
        (HEADCOUNT, 30, 30.2, "The cyber headcount stays at 30 people to Mar 2029"),
    ],
)
def test_a_direction_is_claimed_only_where_the_shown_numbers_differ(
    spec: object, start: float, end: float, text: str
) -> None:
    said = describe.describe_change(spec, family="cyber", start=start, end=end, by="Mar 2029")
    assert said == text


def test_a_difference_is_that_of_the_shown_numbers() -> None:
    assert describe.shown_difference(2.96, 5.24) == "2.2", "3.0 and 5.2 are what a reader sees"
    assert describe.shown_difference(120.4, 135.6) == "16"


def test_a_range_of_one_shown_number_is_that_number() -> None:
    assert describe.describe_range(VACANCIES, 3.11, 6.84) == "3.1 to 6.8"
    assert describe.describe_range(VACANCIES, 3.11, 3.12) == "3.1"


def test_families_read_as_adjectives() -> None:
    words = [describe.family_word(each) for each in ("all", "other_digital", "not_digital", "x")]
    assert words == ["digital", "other digital", "non-digital", "x"]


def test_words_are_joined_as_in_a_sentence() -> None:
    assert describe.join_words([]) == ""
    assert describe.join_words(["a"]) == "a"
    assert describe.join_words(["a", "b", "c"]) == "a, b and c"


def test_every_measure_has_a_unit_and_unknown_ones_are_refused() -> None:
    for key, spec in MEASURES.items():
        assert spec.key == key
        assert describe.format_measure(spec, 0.5).endswith(("FTE", "people", "%"))
    with pytest.raises(ValueError, match="no measure 'happiness'"):
        measure_spec("happiness")
