"""Values as people and systems write them: whatever the spelling, the same people come out."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import assert_accounted, book, read_rows, rules, text_file
from intake_files import read as read_files

HEAD = ["Employee Number", "Job Title", "Department", "FTE", "Annual Salary", "Start Date", "DOB"]
EPOCH = date(1899, 12, 30)
MISSING = ["..", "-", "(.)", "NIL", "N/A", "na", "NULL", "#N/A", "tbc", "", "  ", "not known"]
FTES = [1.0, 0.8, 0.6, 0.5]

DATES: dict[str, Callable[[date], Any]] = {
    "cell": lambda day: day,
    "serial": lambda day: (day - EPOCH).days,
    "uk": lambda day: day.strftime("%d/%m/%Y"),
    "uk short year": lambda day: day.strftime("%d/%m/%y"),
    "dots": lambda day: day.strftime("%d.%m.%Y"),
    "named": lambda day: day.strftime("%d %B %Y"),
    "short named": lambda day: day.strftime("%d-%b-%y"),
    "iso": lambda day: day.isoformat(),
    "stamp": lambda day: f"{day.isoformat()} 00:00:00",
    "compact": lambda day: day.strftime("%Y%m%d"),
    "us": lambda day: day.strftime("%m/%d/%Y"),
}
SHARES: dict[str, Callable[[float], Any]] = {
    "number": lambda fte: fte,
    "text": lambda fte: f"{fte:g} FTE",
    "percent": lambda fte: f"{fte:.0%}",
    "percent number": lambda fte: fte * 100,
    "hours": lambda fte: round(37 * fte, 2),
    "wte": lambda fte: f"{fte:.2f} WTE",
}
PAY: dict[str, Callable[[int], Any]] = {
    "number": lambda pay: pay,
    "pounds": lambda pay: f"£{pay:,}",
    "per year": lambda pay: f"£{pay:,} p.a.",
    "pence": lambda pay: f"{pay:,.2f}",
    "thousands": lambda pay: f"£{pay // 1000}k",
    "gbp": lambda pay: f"GBP {pay}",
}


def people(size: int, seed: int) -> list[tuple[float, int, date, date]]:
    rng = random.Random(seed)  # noqa: S311 - the same people each time
    return [
        (
            rng.choice(FTES),
            1000 * rng.randrange(22, 80),
            date(2012, 1, 1) + timedelta(days=rng.randrange(5000)),
            date(1962, 1, 1) + timedelta(days=rng.randrange(14_000)),
        )
        for _ in range(size)
    ]


@settings(max_examples=30)
@given(
    st.sampled_from(sorted(DATES)),
    st.sampled_from(sorted(SHARES)),
    st.sampled_from(sorted(PAY)),
    st.integers(0, 10**6),
    st.booleans(),
)
def test_every_spelling_gives_the_same_people(
    dated: str, shared: str, paid: str, seed: int, as_text: bool
) -> None:
    made = people(60, seed)
    rows: list[list[Any]] = [
        [f"00{number:04d}", "Data Analyst", "Place", SHARES[shared](fte), PAY[paid](pay),
         DATES[dated](start), DATES[dated](born)]
        for number, (fte, pay, start, born) in enumerate(made)
    ]  # fmt: skip
    if as_text:
        quoted = [[f'"{cell}"' for cell in row] for row in rows]
        content = text_file([HEAD, *quoted])
        extract = read_files(("staff.csv", content))
    else:
        extract = read_rows([HEAD, *rows])
    found = extract.people.sort_values("row")
    assert len(found) == 60, rules(extract)
    assert found["fte"].round(3).tolist() == [fte for fte, *_ in made]
    assert found["salary"].tolist() == [float(pay) for _, pay, *_ in made]
    assert [day.date() for day in found["start_date"]] == [start for *_, start, _ in made]
    assert (found["age_band"] != "unknown").all()
    assert_accounted(extract)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(MISSING), min_size=5, max_size=12), st.integers(0, 10**6))
def test_every_spelling_of_missing_is_missing_and_nobody_is_lost(
    spelled: list[str], seed: int
) -> None:
    made = people(40, seed)
    rows: list[list[Any]] = [
        [f"{1000 + number}", "Planner", "Place", fte, pay, start, born]
        for number, (fte, pay, start, born) in enumerate(made)
    ]
    for place, text in enumerate(spelled):
        rows[3 * place][4] = text
        rows[3 * place + 1][5] = text
    extract = read_rows([HEAD, *rows])
    found = extract.people.sort_values("row")
    assert len(found) == 40
    assert found["salary"].isna().sum() == len(spelled)
    assert found["start_date"].isna().sum() == len(spelled)
    assert "number-unreadable" not in rules(extract)


@pytest.mark.parametrize("wrong", [0, -1, 1.7, 370, "lots"])
def test_an_impossible_fte_counts_as_full_time_and_is_said(wrong: object) -> None:
    rows: list[list[Any]] = [
        [f"{1000 + number}", "Planner", "Place", fte, pay, start, born]
        for number, (fte, pay, start, born) in enumerate(people(40, 1))
    ]
    rows[5][3] = wrong
    extract = read_rows([HEAD, *rows])
    assert len(extract.people) == 40
    assert extract.people.loc[extract.people["row"] == 7, "fte"].item() == 1.0
    assert rules(extract) & {"fte-zero", "fte-negative", "fte-too-large", "number-unreadable"}


def test_known_starters_do_not_push_the_day_of_the_extract_forward() -> None:
    rng = random.Random(3)  # noqa: S311 - the same people each time
    rows: list[list[Any]] = []
    for number in range(800):
        start = date(2026, 9, 30) - timedelta(days=rng.randrange(1000))
        rows.append([f"{1000 + number}", "Planner", "Place", 1, 30_000, start, date(1980, 1, 1)])
    for number, day in enumerate((date(2026, 10, 12), date(2026, 10, 19), date(2026, 11, 1))):
        rows.append([f"{9000 + number}", "Planner", "Place", 1, 30_000, day, date(1980, 1, 1)])
    extract = read_rows([HEAD, *rows])
    assert date(2026, 9, 20) <= extract.as_of <= date(2026, 9, 30)
    assert "future-start" in rules(extract)
    steady = read_rows([HEAD, *rows[:800]])
    assert steady.as_of == max(row[5] for row in rows[:800])


def test_years_of_records_are_placed_at_their_end_and_said() -> None:
    rows = [["Year", *HEAD]]
    for year in (2023, 2024, 2025):
        rows += [
            [str(year), f"{1000 + n}", "Planner", "Place", "1", "30000", "01/02/2015", "01/01/1980"]
            for n in range(20)
        ]
    extract = read_files(("staff.xlsx", book({"Staff": rows})))
    assert extract.as_of == date(2025, 12, 31)
    assert "snapshot-year" in rules(extract)
