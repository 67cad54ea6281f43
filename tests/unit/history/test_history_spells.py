"""Records of one person become one head."""

from datetime import date

import numpy as np
import pytest
from history_frames import APPRENTICE, Tables, frame, people

from workforce.domain.months import month_of
from workforce.history import History, build_history

WINDOW = (date(2025, 1, 1), date(2025, 12, 31))
JUN, JUL = month_of(date(2025, 6, 1)), month_of(date(2025, 7, 1))


def history(*rows: dict[str, object], **more: object) -> History:
    """History of 2025."""
    return build_history(Tables(people(*rows), as_of=WINDOW[1], window=WINDOW, **more))


def month(found: History, family: str, index: int) -> dict[str, float]:
    """A row of `monthly` as a dictionary."""
    rows = found.monthly
    return rows[(rows["family"] == family) & (rows["month"] == index)].iloc[0].to_dict()


def test_two_assignments_are_one_head_with_the_sum_of_fte_in_the_family_of_the_larger() -> None:
    found = history(
        {"person": "a", "start_date": "2020-01-01", "fte": 0.4, "family": "data"},
        {"person": "a", "start_date": "2021-01-01", "fte": 0.5, "family": "cyber"},
    )
    row = found.stock.iloc[0]
    assert len(found.stock) == 1
    assert (row["family"], row["people"], row["fte"]) == ("cyber", 1, pytest.approx(0.9))
    assert row["tenure_months"] == 72, "service counts from the first assignment"


def test_fte_of_many_assignments_is_capped() -> None:
    found = history(
        {"person": "a", "start_date": "2020-01-01", "fte": 1.0},
        {"person": "a", "start_date": "2020-01-01", "fte": 0.8},
    )
    assert found.stock["fte"].sum() == pytest.approx(1.2)


def test_ending_one_of_two_assignments_is_not_leaving() -> None:
    found = history(
        {"person": "a", "start_date": "2020-01-01", "fte": 0.6},
        {"person": "a", "start_date": "2020-01-01", "fte": 0.4, "leave_date": "2025-06-30",
         "cause": "voluntary"},
    )  # fmt: skip
    assert found.counts["voluntary"].sum() == 0
    assert month(found, "cyber", JUN)["fte"] == pytest.approx(1.0)
    assert month(found, "cyber", JUL)["fte"] == pytest.approx(0.6), "the other job goes on"
    assert month(found, "cyber", JUL)["headcount"] == 1


def test_a_move_between_families_is_no_leaver_and_no_starter() -> None:
    found = history(
        {"person": "a", "start_date": "2020-01-01", "leave_date": "2025-06-30", "family": "data",
         "cause": "other"},
        {"person": "a", "start_date": "2025-07-01", "family": "cyber"},
    )  # fmt: skip
    assert found.monthly[["leavers", "hires"]].to_numpy().sum() == 0
    assert month(found, "data", JUL)["moves_out"] == month(found, "cyber", JUL)["moves_in"] == 1
    assert month(found, "data", JUN)["headcount"] == month(found, "cyber", JUL)["headcount"] == 1
    assert found.stock.iloc[0]["tenure_months"] == 72, "continuous service survives the move"
    by_family = found.counts.groupby("family", observed=True)["exposure"].sum()
    assert by_family["data"] == by_family["cyber"] == pytest.approx(6)


def test_a_week_between_two_records_continues_the_employment_and_a_month_does_not() -> None:
    def with_gap(restart: str) -> History:
        return history(
            {"person": "a", "start_date": "2020-01-01", "leave_date": "2025-03-31",
             "cause": "voluntary"},
            {"person": "a", "start_date": restart},
        )  # fmt: skip

    moved, back = with_gap("2025-04-07"), with_gap("2025-05-01")
    assert moved.monthly["leavers"].sum() == 0
    assert moved.counts["exposure"].sum() == pytest.approx(12)
    assert back.monthly["leavers"].sum() == back.monthly["hires"].sum() == 1, "a rehire"
    assert back.stock.iloc[0]["tenure_months"] == 8, "whose service starts again"


@pytest.mark.parametrize("contract", ["apprentice", "casual", "agency", "seconded_in"])
def test_cover_and_training_are_not_in_post(contract: str) -> None:
    found = history(
        {"start_date": "2020-01-01"}, {"start_date": "2020-01-01", "contract": contract}
    )
    assert found.stock["people"].sum() == 1
    assert found.counts["exposure"].sum() == pytest.approx(12)
    assert any("counted apart" in note for note in found.notes)


def test_somebody_without_a_start_date_was_there_before_the_window_and_is_no_hire() -> None:
    found = history({"start_date": None}, {"start_date": "2023-01-01"})
    assert found.monthly["hires"].sum() == 0
    assert found.counts["exposure"].sum() == pytest.approx(24)
    assert found.stock["tenure_months"].min() >= 24, "in post from before the window"


def test_people_without_start_dates_are_spread_over_services_whoever_leaves() -> None:
    years = [f"{2016 + place % 9}-01-01" for place in range(63)]
    there = [{"person": f"a{n}", "start_date": day} for n, day in enumerate(years)]
    missing = [{"person": f"b{n}", "start_date": None} for n in range(63)]
    left = [{"person": f"c{n}", "start_date": None, "leave_date": "2025-05-01"} for n in range(30)]
    found = history(*there, *missing, *left)
    # The year's own end adds twelve months to everybody: half of them are known, half made up.
    known = np.array([12 * (2026 - int(day[:4])) for day in years])
    got = np.repeat(found.stock["tenure_months"], found.stock["people"].astype(int))
    quarters = [0.25, 0.5, 0.75]
    assert np.abs(np.quantile(got, quarters) - np.quantile(known, quarters)).max() <= 12
    gone = found.counts[found.counts["unknown"] + found.counts["voluntary"] > 0]
    assert gone["tenure"].nunique() >= 3, "leavers are spread as well"
    assert any("no start date" in note for note in found.notes)


def test_an_apprentice_who_took_a_post_counts_from_that_day_with_service_from_the_start() -> None:
    trained = frame(
        APPRENTICE,
        [{"start_date": "2023-09-08", "leave_date": "2025-06-15", "outcome": "achieved"}],
    )
    rows = (
        {"start_date": "2023-09-08", "role_start_date": "2025-07-01"},
        {"start_date": "2023-09-08", "role_start_date": "2024-02-01"},
        {"start_date": "2023-09-08"},
    )
    found = history(*rows, apprentices=trained)
    assert month(found, "cyber", JUN)["headcount"] == 2, "one of the three was still in training"
    assert month(found, "cyber", JUL)["headcount"] == 3
    assert set(found.stock["tenure_months"]) == {27}, "service counts for all of them"
    assert month(found, "cyber", JUL)["conversions"] == 1
    assert found.monthly["hires"].sum() == 0, "nobody came from outside"
    assert found.hires_by_grade.empty


def test_small_departments_are_pooled_only_beyond_sixty() -> None:
    rows = [{"start_date": "2020-01-01", "department": f"D{k % 70:02d}"} for k in range(140)]
    rows += [{"start_date": "2020-01-01", "department": "D69"}]
    found = history(*rows)
    names = set(found.counts["department"].unique())
    assert len(names) == 60, "fifty-nine of their own and the others together"
    assert "Other departments" in names
    assert "D69" in names, "the largest is kept"
    assert found.counts["exposure"].sum() == pytest.approx(141 * 12)
