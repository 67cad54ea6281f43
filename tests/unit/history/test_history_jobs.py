"""Exposure and resignations by directorate and job title, counted by hand and against the cells."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from history_frames import Tables, people

from workforce.history import History, build_history
from workforce.history.spells import LEAST_RECORDS, MAX_TITLES, OTHER_TITLES

YEARS = (date(2024, 1, 1), date(2026, 3, 31))


def folded(table: pd.DataFrame, window: tuple[date, date] | None = YEARS) -> History:
    """History of some people over 27 months: years of 3, 12 and 12 months."""
    return build_history(Tables(table, as_of=YEARS[1], window=window))


def crowd(title: str, count: int, **other: object) -> list[dict[str, object]]:
    return [{"job_title": title, "start_date": "2015-01-01", **other} for _ in range(count)]


def test_years_are_counted_back_from_the_end_and_leavers_fall_in_theirs() -> None:
    rows = crowd("Analyst", LEAST_RECORDS)
    rows[0] |= {"leave_date": "2025-04-10", "cause": "voluntary"}
    rows[1] |= {"leave_date": "2024-03-31", "cause": "retirement"}
    jobs = folded(people(*rows)).jobs
    by_year = jobs.groupby("year")[["exposure", "resigned", "people"]].sum()
    assert by_year["exposure"].tolist() == pytest.approx([15, 48, 36 + 10 / 30])
    assert by_year["resigned"].tolist() == [0, 0, 1], "retiring is no resignation"
    assert by_year["people"].tolist() == [0, 0, 3]


def test_spellings_of_a_title_are_one_and_rare_titles_stand_together() -> None:
    rows = crowd("Data  Analyst", 3) + crowd("data analyst", 2) + crowd("Town Crier", 2)
    jobs = folded(people(*rows)).jobs
    heads = jobs.groupby("title", observed=True)["people"].sum()
    assert heads.to_dict() == {"Data Analyst": 5, OTHER_TITLES: 2}


def test_no_more_titles_are_told_apart_than_are_kept() -> None:
    rows = [row for k in range(MAX_TITLES + 20) for row in crowd(f"Title {k:03}", LEAST_RECORDS)]
    jobs = folded(people(*rows)).jobs
    assert jobs["title"].nunique() == MAX_TITLES
    assert jobs["people"].sum() == len(rows)


def test_leavers_of_unknown_cause_may_have_resigned() -> None:
    rows = crowd("Analyst", LEAST_RECORDS, department="ICT")
    rows[0] |= {"leave_date": "2026-01-31", "cause": ""}
    assert folded(people(*rows)).jobs["resigned"].sum() == 1


def test_without_leavers_there_is_nothing_to_compare() -> None:
    assert folded(people(*crowd("Analyst", 9)), None).jobs.empty


@pytest.mark.parametrize("seed", range(5))
def test_exposure_is_that_of_the_cells_and_people_those_of_the_stock(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(120):
        start = pd.Timestamp("2026-03-01") - pd.Timedelta(days=int(rng.exponential(1200)))
        row: dict[str, object] = {
            "start_date": str(start.date()),
            "job_title": rng.choice(["Analyst", "Developer", "Tester"]),
            "department": rng.choice(["ICT", "Finance", ""]),
            "family": rng.choice(["cyber", "data"]),
            "contract": rng.choice(["permanent", "fixed_term"]),
            "age_band": rng.choice(["under 55", "55-59", "60-64", "unknown"]),
        }
        if rng.random() < 0.4:
            gone = start + pd.Timedelta(days=int(rng.integers(0, 900)))
            if gone <= pd.Timestamp(YEARS[1]):
                cause = str(rng.choice(["voluntary", "other"]))
                row |= {"leave_date": str(gone.date()), "cause": cause}
        rows.append(row)
    history = folded(people(*rows))
    jobs, counts = history.jobs, history.counts
    year = 2 - (history.as_of - counts["month"]) // 12
    keys = ["year", "family", "grade", "tenure", "department"]
    for column, cell in (("exposure", "exposure"), ("resigned", "voluntary")):
        ours = jobs.groupby(keys, observed=True)[column].sum()
        theirs = counts.assign(year=year).groupby(keys, observed=True)[cell].sum()
        both = pd.concat([ours, theirs], axis=1).fillna(0.0).to_numpy()
        assert both[:, 0] == pytest.approx(both[:, 1], abs=1e-6), column
    stock = history.stock.groupby(["family", "department"], observed=True)["people"].sum()
    here = jobs.groupby(["family", "department"], observed=True)["people"].sum()
    assert here[here > 0].to_dict() == stock.to_dict()
