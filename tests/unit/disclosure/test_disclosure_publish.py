"""Sentences, periods and bands: known answers."""

import numpy as np
import pandas as pd
import pytest

from workforce.disclosure import Rule, soften
from workforce.disclosure.periods import blocks, candidates, sums, unit_of
from workforce.disclosure.spreads import spread

RULE = Rule()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("3 records have no start date.", "Fewer than 5 records have no start date."),
        ("12 records have no start date.", "12 records have no start date."),
        ("1,204 people began.", "1,204 people began."),
        ("Of 90, 2 people began.", "Of 90, fewer than 5 people began."),
        ("A vacant post waits 3.1 months.", "A vacant post waits 3.1 months."),
        ("0 leavers were found.", "0 leavers were found."),
    ],
)
def test_small_numbers_of_people_in_sentences(said: str, shown: str) -> None:
    assert soften(said, RULE) == shown


def test_months_are_put_together_until_no_sum_is_small() -> None:
    monthly = np.array([2, 1, 2, 3, 3, 0, 1, 2, 4, 5, 5, 5], dtype=float)
    units = candidates(12)
    assert units == (1, 3, 6, 12)
    assert sums(monthly, 3).tolist() == [15, 7, 6, 5], "latest first"
    assert unit_of(monthly, RULE, units) == 3
    assert unit_of(monthly, Rule(8), units) == 6, "5 + 6 = 11, 7 + 15 = 22"
    assert unit_of(monthly * 0.01, RULE, units) is None
    assert unit_of(monthly * 0, RULE, units) == 1, "nobody at all may be shown by the month"


def test_what_is_left_before_the_oldest_period_is_not_shown() -> None:
    assert blocks(29, 12) == [(11, 0), (23, 12)]
    assert sums(np.ones(29), 12).tolist() == [12, 12]
    assert blocks(50, 50) == [(49, 0)], "the whole window, where nothing shorter will do"


def bands(**families: tuple[int, ...]) -> pd.DataFrame:
    names = ("under 55", "55-59", "60-64", "65-66")
    return pd.DataFrame(
        [
            {"family": family, "band": band, "people": count}
            for family, counts in families.items()
            for band, count in zip(names, counts, strict=True)
        ]
    )


def test_neighbouring_bands_are_put_together_before_anything_is_hidden() -> None:
    found = spread("age", bands(cyber=(9, 2, 2, 2)), ["cyber"], frozenset(), RULE)
    assert dict(zip(found["band"], found["people"], strict=True)) == {
        "under 55": 9,
        "55 and over": 6,
    }


def test_family_whose_headcount_is_hidden_has_no_row_but_is_in_the_total() -> None:
    cells = bands(cyber=(2, 1, 0, 0), data=(2, 0, 1, 0), transformation=(20, 6, 0, 0))
    hidden = frozenset({"cyber", "data"})
    found = spread("age", cells, ["cyber", "data", "transformation"], hidden, RULE)
    assert set(found["family"]) == {"transformation", "all"}
    total = found[found["family"] == "all"]
    shown = total["people"].dropna().sum()
    assert shown in {0.0, 32.0} or total["people"].isna().sum() >= 2, "never one alone is hidden"


def test_bands_that_say_enough_stay_as_they_are() -> None:
    found = spread("age", bands(cyber=(9, 8, 7, 6)), ["cyber"], frozenset(), RULE)
    assert found["band"].tolist() == ["under 55", "55-59", "60-64", "65-66"]
    assert found["total"].tolist() == [30, 30, 30, 30]
