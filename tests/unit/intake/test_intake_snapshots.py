"""Yearly lists of the same people, joined into spells."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from intake_files import (
    STAFF_HEAD,
    assert_accounted,
    book,
    read,
    read_rows,
    rules,
    staff,
    text_file,
)

from workforce.intake.asof import day_in_name

HEAD = ["Year", "Staff ID", "Job Title", "Salary"]


def years(members: dict[int, list[int]]) -> list[list[object]]:
    return [
        [year, f"S{person:04d}", "Data Analyst" if person % 2 else "Planner", 30_000 + person]
        for year, people in members.items()
        for person in people
    ]


STABLE = list(range(100, 140))


def test_absent_from_the_next_list_is_a_leaver_between_the_two() -> None:
    rows = years({2020: [1, *STABLE], 2021: [*STABLE], 2022: [*STABLE, 2]})
    extract = read_rows([HEAD, *rows], sheet="Panel")
    people = extract.people
    assert len(people) == 42
    left = people[people["leave_date"].notna()]
    assert len(left) == 1
    assert date(2020, 12, 31) < left["leave_date"].iloc[0].date() <= date(2021, 12, 31)
    came = people[people["start_date"].notna()]
    assert len(came) == 1
    assert date(2021, 12, 31) < came["start_date"].iloc[0].date() <= date(2022, 12, 31)
    assert extract.window == (date(2020, 12, 31), date(2022, 12, 31))
    assert_accounted(extract)


def test_everybody_in_the_first_list_has_an_unknown_start() -> None:
    rows = years({2020: STABLE, 2021: STABLE})
    people = read_rows([HEAD, *rows], sheet="Panel").people
    assert people["start_date"].isna().all()
    assert people["leave_date"].isna().all()


def test_the_order_of_rows_changes_nothing() -> None:
    rows = years({2020: [*range(60)], 2021: [*range(20, 70)], 2022: [*range(25, 70)]})
    shuffled = [rows[i] for i in np.random.default_rng(5).permutation(len(rows))]
    one = read_rows([HEAD, *rows], sheet="Panel").people.drop(columns="row")
    two = read_rows([HEAD, *shuffled], sheet="Panel").people.drop(columns="row")
    key = ["person", "leave_date"]
    pd.testing.assert_frame_equal(
        one.sort_values(key, ignore_index=True), two.sort_values(key, ignore_index=True)
    )


def test_unknown_days_are_spread_over_the_year() -> None:
    rows = years({2020: [*range(24), *STABLE], 2021: STABLE})
    left = read_rows([HEAD, *rows], sheet="Panel").people["leave_date"].dropna()
    assert left.dt.month.nunique() == 12, "no month may look special"


def test_given_leaving_dates_win_and_sentinels_mean_none() -> None:
    head = ["EmployeeID", "recorddate_key", "orighiredate_key", "terminationdate_key",
            "termreason_desc", "job_title", "STATUS"]  # fmt: skip
    rows = []
    for person in range(30):
        hired = f"{1 + person % 12}/{13 + person % 10}/2001"
        for year in (2006, 2007, 2008):
            gone = person < 6 and year == 2007
            if person < 6 and year == 2008:
                continue
            day = "6/15/2007" if person < 6 else "1/1/1900"
            reason = "Resignaton" if gone else "Not Applicable"
            status = "TERMINATED" if gone else "ACTIVE"
            rows.append([person, f"12/31/{year} 0:00", hired, day, reason, "Clerk", status])
    extract = read(("panel.csv", text_file([head, *rows])))
    people = extract.people
    left = people[people["leave_date"].notna()]
    assert len(people) == 30
    assert left["leave_date"].unique().tolist() == [pd.Timestamp("2007-06-15")]
    assert left["cause"].tolist() == ["voluntary"] * 6
    assert (people["source"] == "snapshots").all()
    assert_accounted(extract)


def test_identifiers_given_out_anew_do_not_make_leavers() -> None:
    rows = years({2020: [*range(50)], 2021: [*range(1000, 1050)], 2022: [*range(2000, 2050)]})
    extract = read_rows([HEAD, *rows], sheet="Panel")
    assert "identifiers-reissued" in rules(extract)
    assert extract.people["leave_date"].isna().all()
    assert len(extract.people) == 50


def test_service_counted_from_the_first_list_is_not_believed() -> None:
    rows = [[*row, 0 if row[0] == 2020 else 1] for row in years({2020: STABLE, 2021: STABLE})]
    extract = read_rows([[*HEAD, "Years of service"], *rows], sheet="Panel")
    assert "service-truncated" in rules(extract)
    assert extract.people["start_date"].isna().all()


def list_of(day: str, members: list[int]) -> tuple[str, bytes]:
    rows = [[f"Staff as at {day}"], STAFF_HEAD, *[staff(n) for n in members]]
    return f"staff {day}.xlsx", book({"Staff": rows})


def test_lists_of_several_days_in_several_files_are_a_series() -> None:
    extract = read(
        list_of("30 September 2024", [*range(50)]), list_of("30 September 2025", [*range(5, 55)])
    )
    assert len(extract.people) == 55, "nobody counts twice"
    left = extract.people["leave_date"].dropna()
    assert len(left) == 5
    assert left.between("2024-10-01", "2025-09-30").all()
    assert extract.window == (date(2024, 9, 30), date(2025, 9, 30))
    assert extract.as_of == date(2025, 9, 30)
    assert_accounted(extract)


def test_lists_of_two_departments_are_no_series() -> None:
    extract = read(
        list_of("31 August 2025", [*range(50)]), list_of("30 September 2025", [*range(100, 150)])
    )
    assert len(extract.people) == 100
    assert extract.people["leave_date"].isna().all()


def test_the_same_people_in_two_lists_without_a_day_count_once() -> None:
    rows = [STAFF_HEAD, *[staff(n) for n in range(20)]]
    extract = read(("one.xlsx", book({"Staff": rows})), ("two.xlsx", book({"Staff": rows})))
    assert len(extract.people) == 20
    assert "in-two-staff-lists" in rules(extract)
    assert_accounted(extract)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("staff_2025-09-30.xlsx", date(2025, 9, 30)),
        ("Staff 20250930 v2.csv", date(2025, 9, 30)),
        ("Sep 2025", date(2025, 9, 30)),
        ("Staff_31_March_2024", date(2024, 3, 31)),
        ("2023", date(2023, 12, 31)),
        ("2026", date(2026, 11, 1)),
        ("MADEP_staff_2004_2016.csv", None),
        ("Staff", None),
    ],
)
def test_a_day_is_found_in_a_name(name: str, day: date | None) -> None:
    assert day_in_name(name, date(2026, 11, 1)) == day


def test_who_is_first_listed_later_could_not_have_been_seen_to_leave_before() -> None:
    rows = years({2020: [1, *STABLE], 2021: [2, *STABLE], 2022: [2, *STABLE]})
    people = read_rows([HEAD, *rows], sheet="Panel").people
    listed = people["first_seen_date"].dropna()
    assert [day.date() for day in listed] == [date(2021, 12, 31)], "one person, who came in 2021"


def test_where_leaving_dates_are_given_nobody_is_missed() -> None:
    head = [*HEAD, "Leaving Date"]
    listed = years({2020: [1, 2, *STABLE], 2021: [3, *STABLE]})
    rows = [[*row, ""] for row in listed]
    for row in rows[:2]:
        row[-1] = date(2021, 5, 1 + rows.index(row))
    extract = read_rows([head, *rows], sheet="Panel")
    assert extract.people["leave_date"].notna().sum() == 2
    assert extract.people["first_seen_date"].isna().all()
    assert "left-between-snapshots" not in rules(extract)


def test_a_leavers_list_dates_those_who_vanish_between_two_lists_of_staff() -> None:
    head = ["Staff ID", "Job Title", "Start Date"]

    def row(person: int) -> list[object]:
        return [f"S{person:04d}", "Data Analyst", date(2015, 1, 5)]

    before = ("staff 2020-12-31.csv", text_file([head, *map(row, [1, 2, *STABLE])]))
    after = ("staff 2021-12-31.csv", text_file([head, *map(row, STABLE)]))
    gone = [[*row(person), date(2021, 3, person), "Resigned"] for person in (1, 2)]
    leavers = ("leavers.csv", text_file([[*head, "Leaving Date", "Leaving Reason"], *gone]))
    extract = read(before, after, leavers)
    left = extract.people[extract.people["leave_date"].notna()]
    assert sorted(day.date() for day in left["leave_date"]) == [date(2021, 3, 1), date(2021, 3, 2)]
    assert len(extract.people) == len(STABLE) + 2, "each counts once"
    assert set(left["cause"]) == {"voluntary"}
    assert "left-between-snapshots" not in rules(extract)
