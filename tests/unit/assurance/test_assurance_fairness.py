"""Observed against expected leavers by group: by hand, planted, hidden, and never an input."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from assurance_cases import extract_of, simulated_extract
from history_frames import people

from workforce.assurance.fairness import (
    NOT_STATED,
    SMALLER,
    Fairness,
    fairness_check,
    group_counts,
)
from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES
from workforce.domain.rates import Rates
from workforce.history import build_history
from workforce.intake import Extract
from workforce.rates import fit_rates
from workforce.sample import simulate

FAMILIES = [str(family) for family in ALL_FAMILIES]
AS_OF = date(2026, 3, 31)
WINDOW = (date(2025, 4, 1), AS_OF)


@pytest.fixture(scope="module")
def council() -> Extract:
    return simulated_extract(simulate(size=1500, years=4, seed=11))


@pytest.fixture(scope="module")
def rates(council: Extract, evidence: Evidence) -> Rates:
    return fit_rates(build_history(council), evidence, FAMILIES)


def with_groups(extract: Extract, seed: int, shares: dict[str, float]) -> Extract:
    """Give people groups by chance."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(list(shares), len(extract.people), p=list(shares.values()))
    return replace(extract, people=extract.people.assign(sex=pd.Series(chosen, dtype="str")))


def rows_of(found: Fairness | None, characteristic: str) -> pd.DataFrame:
    assert found is not None
    rows = found.rows
    return rows[rows["characteristic"] == characteristic].set_index("group")


def test_expected_leavers_by_hand(evidence: Evidence) -> None:
    """Twenty of each group for a year, one rate for all: half of the leavers each are expected."""
    leavers = [
        {"leave_date": "2025-09-30", "cause": "voluntary", "start_date": "2015-01-01", "fte": 1.0}
    ]
    stayers = [{"start_date": "2015-01-01"}]
    frame = people(*(leavers * 10 + stayers * 10) * 2).assign(sex=["F"] * 20 + ["M"] * 20)
    # Of the men only five left: the other five stay.
    frame.loc[25:29, "leave_date"] = pd.NaT
    frame.loc[25:29, "cause"] = ""
    extract = extract_of(frame, AS_OF, WINDOW)
    stated = Rates.stated(["cyber"], voluntary_annual=[0.3])
    rows = rows_of(fairness_check(extract, stated, {"sex": "Sex"}), "Sex")
    # 183 of 365 days by months: six months of exposure for a leaver, twelve for a stayer.
    women, men = 10 * 0.5 + 10, 5 * 0.5 + 15
    assert rows.loc["Female", "person_years"] == pytest.approx(women)
    assert rows.loc["Female", "observed"] == 10
    assert rows.loc["Male", "observed"] == 5
    assert rows.loc["Female", "expected"] == pytest.approx(15 * women / (women + men))
    assert rows.loc["Male", "ratio"] == pytest.approx(5 / (15 * men / (women + men)))
    # Clopper & Pearson: 10 of 15 is 0.3838 to 0.8818.
    share = women / (women + men)
    assert rows.loc["Female", "low"] == pytest.approx(0.38380 / share, rel=1e-3)
    assert rows.loc["Female", "high"] == pytest.approx(0.88176 / share, rel=1e-3)
    assert not rows["differs"].any()


def test_groups_by_chance_leave_as_expected(council: Extract, rates: Rates) -> None:
    outside = []
    for seed in range(8):
        found = fairness_check(
            with_groups(council, seed, {"F": 0.6, "M": 0.4}), rates, {"sex": "Sex"}
        )
        outside += rows_of(found, "Sex")["differs"].tolist()
    assert sum(outside) <= 4, f"{sum(outside)} of {len(outside)} groups by chance seem to differ"


def test_a_group_that_leaves_twice_as_often_is_found(council: Extract, rates: Rates) -> None:
    rng = np.random.default_rng(3)
    left = council.people["leave_date"].notna().to_numpy()
    chance = np.where(left, 0.6, 0.35)
    sex = np.where(rng.random(len(left)) < chance, "Female", "Male")
    found = fairness_check(
        replace(council, people=council.people.assign(sex=pd.Series(sex, dtype="str"))),
        rates,
        {"sex": "Sex"},
    )
    rows = rows_of(found, "Sex")
    assert rows.loc["Female", "low"] > 1, f"planted, and not found: {rows}"
    assert rows.loc["Male", "high"] < 1
    assert found is not None
    tests = found.tests.set_index("characteristic")
    assert tests.loc["Sex", "p_value"] < 0.001


def test_expected_leavers_add_up_to_observed_ones(council: Extract, rates: Rates) -> None:
    found = fairness_check(
        with_groups(council, 1, {"A": 0.5, "B": 0.3, "C": 0.2}), rates, {"sex": "Sex"}
    )
    rows = rows_of(found, "Sex")
    assert rows["expected"].sum() == pytest.approx(rows["observed"].sum())


def test_rates_are_identical_with_and_without_protected_columns(
    council: Extract, evidence: Evidence
) -> None:
    protected = with_groups(council, 2, {"F": 0.5, "M": 0.5})
    columns = ("ethnicity", "disability", "religion", "sexual_orientation", "nationality")
    people = protected.people.assign(**dict.fromkeys(columns, "one"))
    plain = build_history(council)
    other = build_history(replace(protected, people=people))
    pd.testing.assert_frame_equal(plain.counts, other.counts)
    pd.testing.assert_frame_equal(plain.stock, other.stock)
    first, second = (fit_rates(each, evidence, FAMILIES) for each in (plain, other))
    assert first.table == second.table
    np.testing.assert_array_equal(first.voluntary.mean, second.voluntary.mean)
    np.testing.assert_array_equal(first.voluntary.covariance, second.voluntary.covariance)


def test_small_groups_are_never_shown_apart(council: Extract, rates: Rates) -> None:
    few = with_groups(council, 4, {"A": 0.6, "B": 0.39, "C": 0.006, "D": 0.004})
    rows = rows_of(fairness_check(few, rates, {"sex": "Sex"}), "Sex")
    assert {"C", "D"}.isdisjoint(rows.index)
    assert SMALLER in rows.index
    assert rows["observed"].min() >= 5
    # A single small group takes the next smallest with it: the total is known elsewhere.
    one = with_groups(council, 4, {"A": 0.6, "B": 0.3, "C": 0.098, "D": 0.002})
    rows = rows_of(fairness_check(one, rates, {"sex": "Sex"}), "Sex")
    assert set(rows.index) == {"A", "B", SMALLER}


def test_two_groups_of_which_one_is_small_are_not_shown(council: Extract, rates: Rates) -> None:
    found = fairness_check(with_groups(council, 5, {"A": 0.996, "B": 0.004}), rates, {"sex": "Sex"})
    assert found is not None
    assert "Sex" not in set(found.rows["characteristic"])
    assert any("Sex" in note for note in found.notes)


def test_groups_known_of_those_who_stayed_only_are_not_compared(
    council: Extract, rates: Rates
) -> None:
    given = with_groups(council, 6, {"F": 0.5, "M": 0.5})
    left = given.people["leave_date"].notna()
    blank = given.people.assign(sex=given.people["sex"].mask(left, ""))
    found = fairness_check(replace(given, people=blank), rates, {"sex": "Sex"})
    assert found is not None
    assert "Sex" not in set(found.rows["characteristic"]), "nobody would seem to leave"


def test_few_leavers_of_no_stated_group_are_counted_with_another(
    council: Extract, rates: Rates
) -> None:
    """Otherwise all leavers, counted elsewhere, less those of the groups would tell how few."""
    given = with_groups(council, 6, {"F": 0.6, "M": 0.4})
    everybody = rows_of(fairness_check(given, rates, {"sex": "Sex"}), "Sex")["observed"].sum()
    cause = given.people["cause"].isin(["voluntary", "retirement", "other"])
    some = given.people.index[given.people["leave_date"].notna() & cause][:40]
    for silent in (3, 40):
        groups = given.people["sex"].where(~given.people.index.isin(some[:silent]), "")
        people = given.people.assign(sex=groups)
        rows = rows_of(fairness_check(replace(given, people=people), rates, {"sex": "Sex"}), "Sex")
        apart = everybody - rows["observed"].sum()
        assert apart == 0 or apart >= 5, f"{apart} leavers follow from the others"
    few = given.people.assign(sex=given.people["sex"].where(~given.people.index.isin(some[:3]), ""))
    found = rows_of(fairness_check(replace(given, people=few), rates, {"sex": "Sex"}), "Sex")
    assert set(found.index) == {"Female", "Male or not stated"}


def test_spellings_are_one_group_and_blanks_are_none(council: Extract) -> None:
    words = {"f": 0.2, "Female ": 0.2, "M": 0.3, "male": 0.2, "Prefer not to say": 0.05, "": 0.05}
    counts = group_counts(with_groups(council, 7, words), build_history(council), "sex")
    assert set(counts["group"]) == {"Female", "Male", NOT_STATED}


def test_groups_do_not_change_what_is_counted(council: Extract) -> None:
    history = build_history(council)
    counts = group_counts(with_groups(council, 8, {"F": 0.5, "M": 0.5}), history, "sex")
    for name in ("exposure", "voluntary", "retirement", "other"):
        assert counts[name].sum() == pytest.approx(history.counts[name].sum())
    assert not {"person", "row", "job_title"} & set(counts.columns)


def test_without_leavers_there_is_no_check(council: Extract, rates: Rates) -> None:
    assert fairness_check(replace(council, window=None), rates, {}) is None
