"""The way of fitting that is true wins out of time, the simpler on a tie, and never by the future.

Counts are drawn from known rates with fixed seeds. With 96 cells of 20 people a year has about 230
leavers, four years 920: differences of the size used here are many standard errors, and whether a
truth with one rate is called a tie is chance at one standard error, so the simplest may win or tie.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from candidate_pasts import FAMILIES, Truth, another_future, past

from workforce.assurance.candidates import Choice, Contest, choice_table, choose_candidate
from workforce.domain.candidates import CANDIDATES, Candidate
from workforce.domain.evidence import Evidence
from workforce.rates import fit_resigning

TENURE = (2.5, 2.0, 1.3, 0.8, 0.5, 0.3)
GRADE = (1.6, 1.1, 0.8, 0.6)


def one_rate(_family: int, _grade: int, _tenure: int) -> float:
    return 0.12


def by_family(family: int, _grade: int, _tenure: int) -> float:
    return 0.12 * (0.4, 0.8, 1.2, 1.6)[family]


def by_all(family: int, grade: int, tenure: int) -> float:
    return 0.12 * (0.7, 1.0, 1.3, 1.0)[family] * GRADE[grade] * TENURE[tenure]


def by_pairs(family: int, _grade: int, tenure: int) -> float:
    """Half of the families lose the new, the others the long-serving: no product of factors."""
    return 0.12 * (2.2 if (family < 2) == (tenure < 3) else 0.3)


TRUTHS = {
    Candidate.POOLED: one_rate,
    Candidate.FAMILY: by_family,
    Candidate.REGRESSION: by_all,
    Candidate.BOOSTED: by_pairs,
}


@pytest.fixture(scope="module")
def choices(evidence: Evidence) -> dict[Candidate, Choice]:
    return {
        each: choose_candidate(past(truth, heads=20), evidence) for each, truth in TRUTHS.items()
    }


@pytest.mark.parametrize("truth", CANDIDATES)
def test_the_way_that_is_true_is_chosen(choices: dict[Candidate, Choice], truth: Candidate) -> None:
    choice = choices[truth]
    assert choice.candidate is truth, choice_table(choice).to_string()
    behind = {row.candidate: row for row in choice.scores}
    for simpler in CANDIDATES[: CANDIDATES.index(truth)]:
        row = behind[simpler]
        assert row.behind > 3 * row.error, f"{simpler} should be far behind"
    assert 0.9 < behind[truth].ratio < 1.1, "expected over observed leavers"


def test_chosen_rates_are_near_the_truth_where_no_product_of_factors_is(
    evidence: Evidence,
) -> None:
    fits = fit_resigning(past(by_pairs, heads=20).today, evidence, FAMILIES)

    def error(candidate: Candidate) -> float:
        rates = 12 * np.exp(fits[candidate].rates.log_hazard())
        true = np.array([by_pairs(*place) for place in np.ndindex(*rates.shape)])
        return float(np.abs(np.log(rates.ravel() / true)).mean())

    assert error(Candidate.BOOSTED) < 0.3 * error(Candidate.REGRESSION)


def test_where_trees_find_nothing_they_add_nothing(evidence: Evidence) -> None:
    fits = fit_resigning(past(by_all, heads=3, seed=4).today, evidence, FAMILIES)
    boosted, whole = (
        fits[each].rates.log_hazard() for each in (Candidate.BOOSTED, Candidate.REGRESSION)
    )
    assert float(np.abs(boosted - whole).max()) < 0.1, "a factor found in noise was believed"


@pytest.mark.parametrize(
    ("heads", "years", "why"), [(20, 2, "3 past years"), (1, 4, "fewer than 100 people")]
)
def test_a_past_too_short_to_tell_keeps_the_default_and_says_so(
    evidence: Evidence, heads: int, years: int, why: str
) -> None:
    choice = choose_candidate(past(one_rate, heads=heads, years=years), evidence)
    assert choice.candidate is Candidate.REGRESSION
    assert choice.best is None
    assert why in choice.sentence


def test_each_leaver_counts_once_and_years_do_not_overlap(evidence: Evidence) -> None:
    found = past(one_rate, heads=5)
    contest = Contest(found, evidence)
    doubled = sorted([*found.standpoints, *found.standpoints], key=lambda each: each.day)
    once = contest.choose(found.standpoints, found.today)
    twice = contest.choose(doubled, found.today)
    assert once.origins == twice.origins
    assert [row.behind for row in once.scores] == [row.behind for row in twice.scores]


def test_a_choice_of_the_past_is_the_same_whatever_came_later_and_a_leak_is_caught(
    evidence: Evidence,
) -> None:
    found = past(by_all, heads=5)
    last = found.standpoints[-1]
    then, leaking = [], []
    for each in (found, another_future(found, last.history.as_of)):
        contest, at = Contest(each, evidence), each.standpoints[-1]
        # As a backtest chooses at its last origin, and as it would if it looked at today's counts.
        then.append(contest.choose(each.standpoints[:-1], at.history).as_dict())
        leaking.append(contest.choose(each.standpoints, each.today).as_dict())
    assert then[0] == then[1], "something that happened after the origin reached the choice"
    assert then[0]["best"] == "regression", "a choice was to be made at that origin"
    assert leaking[0] != leaking[1], "looking at what came later went unnoticed"


def test_the_same_counts_give_the_same_fits_to_the_byte(evidence: Evidence) -> None:
    history = past(by_pairs, heads=5).today
    first, second = (fit_resigning(history, evidence, FAMILIES) for _ in range(2))
    for candidate in CANDIDATES:
        one, other = first[candidate].rates, second[candidate].rates
        assert one.mean.tobytes() == other.mean.tobytes()
        assert one.covariance.tobytes() == other.covariance.tobytes()
        assert one.design.tobytes() == other.design.tobytes()


def test_ages_change_no_candidate(evidence: Evidence) -> None:
    history = past(by_pairs, heads=5).today
    counts = history.counts
    ages = np.random.default_rng(1).choice(["under 55", "60-64", "67 and over"], len(counts))
    other = replace(history, counts=counts.assign(age=ages))
    fits, again = (fit_resigning(each, evidence, FAMILIES) for each in (history, other))
    for candidate in CANDIDATES:
        one, two = (each[candidate].rates.log_hazard() for each in (fits, again))
        assert np.allclose(one, two, atol=1e-9), candidate


@pytest.mark.parametrize("truth", [one_rate, by_all])
def test_a_simple_way_does_not_make_ranges_narrow(evidence: Evidence, truth: Truth) -> None:
    fits = fit_resigning(past(truth, heads=3).today, evidence, FAMILIES)

    def spread(candidate: Candidate) -> np.ndarray:
        rates = fits[candidate].rates
        variance = np.einsum("fgtj,jk,fgtk->fgt", rates.design, rates.covariance, rates.design)
        return np.sqrt(variance)

    whole = spread(Candidate.REGRESSION)
    for candidate in (Candidate.POOLED, Candidate.FAMILY):
        # Information goes with the leavers that a fit expects in a cell, which differ somewhat.
        assert float((spread(candidate) / whole).mean()) > 0.85, candidate


def test_tables_hold_scores_and_no_counts(choices: dict[Candidate, Choice]) -> None:
    frame = choice_table(choices[Candidate.REGRESSION])
    assert list(frame["Used"]) == ["", "", "yes", ""]
    assert set(frame.columns).isdisjoint({"Observed", "Expected", "Leavers"})
    differences = choices[Candidate.REGRESSION].differences
    assert isinstance(differences, pd.DataFrame)
    assert set(differences.columns) == {"origin", "family", "candidate", "behind"}
