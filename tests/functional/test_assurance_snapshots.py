"""Snapshots of several years: standing at an earlier one is the same as never having seen more."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from workforce.assurance import as_known, backtest
from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES
from workforce.history import build_history
from workforce.intake import Extract, SourceFile, read_extract
from workforce.roles import RoleClassifier

YEARS = range(2015, 2022)
TITLES = ("Data Analyst", "Senior Data Analyst", "Principal Data Analyst", "Social Worker")


def panel(until: int) -> SourceFile:
    """People who join, are promoted and vanish, listed at the end of each year."""
    rng = np.random.default_rng(7)
    rows = []
    staff: dict[int, list[int]] = {
        number: [int(rng.integers(4)), 30 + number % 37] for number in range(150)
    }
    fresh = 150
    for year in YEARS:
        for number in [each for each in staff if year > YEARS[0] and rng.random() < 0.12]:
            del staff[number]
        for _ in range(15 if year > YEARS[0] else 0):
            staff[fresh] = [int(rng.integers(4)), 25]
            fresh += 1
        for number, (title, age) in staff.items():
            if title < 2 and rng.random() < 0.2:
                staff[number][0] = title + 1
            rows.append(
                (f"{year}-12-31", f"E{number:05d}", TITLES[staff[number][0]], age + year - 2015)
            )
    frame = pd.DataFrame(rows, columns=["Snapshot Date", "Employee ID", "Job Title", "Age"])
    frame = frame[frame["Snapshot Date"] <= f"{until}-12-31"]
    return SourceFile("panel.csv", frame.to_csv(index=False).encode())


@pytest.fixture(scope="module")
def read(root, evidence):  # type: ignore[no-untyped-def]
    roles = RoleClassifier.load(root / "models")

    def reader(until: int) -> Extract:
        return read_extract(
            [panel(until)], evidence=evidence, roles=roles, today=date(2026, 1, 1), salt=b"fixed"
        )

    return reader


@pytest.mark.parametrize("year", [2017, 2019])
def test_an_earlier_snapshot_is_what_the_shorter_file_says(read, year: int) -> None:  # type: ignore[no-untyped-def]
    full, short = read(2021), read(year)
    assert full.as_of == date(2021, 12, 31)
    assert short.as_of == date(year, 12, 31)
    then, was = build_history(as_known(full, short.as_of)), build_history(short)
    for name in ("counts", "stock", "monthly", "hires_by_grade"):
        keys = [
            c for c in getattr(was, name).columns if getattr(was, name)[c].dtype.kind not in "f"
        ]
        one, two = (
            getattr(each, name).sort_values(keys, ignore_index=True) for each in (then, was)
        )
        pd.testing.assert_frame_equal(one, two, check_categorical=False, check_dtype=False)


def test_yearly_snapshots_give_yearly_origins_and_yearly_comparisons(
    read,
    evidence: Evidence,  # type: ignore[no-untyped-def]
) -> None:
    found = backtest(read(2021), evidence, families=list(ALL_FAMILIES), draws=20, seed=1)
    assert found.origins == tuple(date(year, 12, 31) for year in range(2016, 2021))
    assert set(found.forecasts["horizon"]) == {12}, "leaving is seen only from year to year"
    assert set(found.forecasts["measure"]) == {"leavers_12m", "hires_12m", "headcount"}
    every = found.forecasts.query("family == 'all' and measure == 'hires_12m'")
    assert (every["observed"] == 15).all()
