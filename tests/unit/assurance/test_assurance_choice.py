"""The rule of choice on scores worked by hand, and what is said of it."""

from datetime import date

import pandas as pd
import pytest

from workforce.assurance.candidates import _decided, choice_table
from workforce.domain.candidates import CANDIDATES, Candidate

DAYS = [date(2023, 3, 31), date(2024, 3, 31), date(2025, 3, 31)]


def scores(**by_candidate: tuple[float, float, float]) -> pd.DataFrame:
    """Log scores of three origins, split evenly over two families; 50 leavers an origin."""
    return pd.DataFrame(
        [
            {"origin": day, "family": family, "candidate": each, "score": score / 2,
             "expected": 20.0, "events": 25.0}
            for each in CANDIDATES
            for day, score in zip(DAYS, by_candidate[str(each)], strict=True)
            for family in ("cyber", "data")
        ]
    )  # fmt: skip


def test_the_standard_error_is_that_of_differences_between_origins() -> None:
    # Regression is behind boosted by 1, 2 and 3: mean 2, spread 1, standard error 1 / sqrt(3).
    choice = _decided(
        scores(pooled=(-20, -20, -20), family=(-10, -30, -20), regression=(-5, -6, -7),
               boosted=(-4, -4, -4)),
        DAYS,
    )  # fmt: skip
    row = {each.candidate: each for each in choice.scores}
    # Per 100 leavers: an origin has 50 of them.
    assert row[Candidate.REGRESSION].behind == pytest.approx(4.0)
    assert row[Candidate.REGRESSION].error == pytest.approx(2 / 3**0.5)
    assert row[Candidate.POOLED].error == pytest.approx(0.0)
    assert row[Candidate.POOLED].ratio == pytest.approx(0.8)
    assert choice.candidate is choice.best is Candidate.BOOSTED


def test_the_simplest_within_one_standard_error_is_used() -> None:
    # Family is behind by -1, 2 and 2: mean 1, spread sqrt(3), standard error exactly 1: a tie.
    choice = _decided(
        scores(pooled=(-9, -9, -9), family=(-4, -7, -7), regression=(-5, -5, -5),
               boosted=(-5, -5, -5.1)),
        DAYS,
    )  # fmt: skip
    assert choice.best is Candidate.REGRESSION
    assert choice.candidate is Candidate.FAMILY
    assert "simpler and lies within one standard error" in choice.sentence
    assert list(choice_table(choice)["Used"]) == ["", "yes", "", ""]


def test_of_equals_the_simplest_is_best() -> None:
    same = (-5.0, -6.0, -7.0)
    choice = _decided(scores(pooled=same, family=same, regression=same, boosted=same), DAYS)
    assert choice.candidate is choice.best is Candidate.POOLED
    assert "so it is used" in choice.sentence


def test_differences_add_up_over_families_to_those_of_origins() -> None:
    choice = _decided(
        scores(pooled=(-9, -8, -7), family=(-4, -7, -7), regression=(-5, -5, -5),
               boosted=(-6, -6, -6)),
        DAYS,
    )  # fmt: skip
    sums = choice.differences.groupby(["candidate", "origin"])["behind"].sum()
    assert sums["pooled"].tolist() == pytest.approx([4, 3, 2])
    assert sums["boosted"].tolist() == pytest.approx([1, 1, 1])
