"""Exposure and leavers counted by hand."""

from datetime import date

import pandas as pd
import pytest
from history_frames import Tables, people

from workforce.domain.months import month_of
from workforce.history import build_history
from workforce.history.build import last_observed_month

JAN, FEB, MAR = (month_of(date(2026, month, 1)) for month in (1, 2, 3))
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))


def counted(table: pd.DataFrame, window: tuple[date, date] = QUARTER) -> pd.DataFrame:
    """Counts of people over the first quarter of 2026."""
    return build_history(Tables(table, as_of=window[1], window=window)).counts


def by(counts: pd.DataFrame, *keys: str, what: str = "exposure") -> dict[object, float]:
    """Sums by keys as a dictionary."""
    return counts.groupby(list(keys), observed=True)[what].sum().to_dict()


def test_three_people_by_hand() -> None:
    counts = counted(
        people(
            {"start_date": "2015-06-01"},
            {"start_date": "2020-01-01", "leave_date": "2026-02-10", "cause": "voluntary"},
            {"start_date": "2026-03-16"},
        )
    )
    expected = {JAN: 2.0, FEB: 1 + 10 / 28, MAR: 1 + 16 / 31}
    assert by(counts, "month") == pytest.approx(expected), "days in post over days of the month"
    left = by(counts, "month", what="voluntary")
    assert left == {JAN: 0, FEB: 1, MAR: 0}, "one resignation, in February"


def test_a_leavers_list_of_three_months_gives_three_months_of_exposure() -> None:
    long_service = people({"start_date": "2001-01-01"})
    assert by(counted(long_service), "month") == {JAN: 1.0, FEB: 1.0, MAR: 1.0}, (
        "years before the window could not have shown a leaver and must not count"
    )


def test_a_long_window_counts_a_person_from_the_start_date_only() -> None:
    window = (date(2024, 1, 1), date(2026, 3, 31))
    counts = counted(people({"start_date": "2025-12-17"}), window)
    assert counts["exposure"].sum() == pytest.approx(15 / 31 + 3), "15 days, then 3 months"


def test_the_last_day_in_post_is_exposure_and_the_next_is_not() -> None:
    one_day = people({"start_date": "2026-02-07", "leave_date": "2026-02-07", "cause": "other"})
    counts = counted(one_day)
    assert counts["exposure"].sum() == pytest.approx(1 / 28), "a day in post is a day at risk"
    assert counts["other"].sum() == 1


def test_tenure_bands_change_on_the_day_service_reaches_them() -> None:
    counts = counted(people({"start_date": "2025-08-15"}))
    found = by(counts, "month", "tenure")
    assert found[FEB, "0-6 months"] == pytest.approx(14 / 28), "six months are over on 15 February"
    assert found[FEB, "6-12 months"] == pytest.approx(14 / 28)
    assert found[JAN, "0-6 months"] == 1.0
    assert found[MAR, "6-12 months"] == 1.0


def test_a_leaver_is_counted_in_the_tenure_band_of_the_last_day() -> None:
    counts = counted(
        people({"start_date": "2025-08-15", "leave_date": "2026-02-14", "cause": "voluntary"})
    )
    left = by(counts, "tenure", what="voluntary")
    assert left["0-6 months"] == 1, "the day before six months are complete"


def test_leavers_before_the_window_and_after_the_as_of_date_are_no_events() -> None:
    history = build_history(
        Tables(
            people(
                {"start_date": "2015-01-01", "leave_date": "2025-12-31", "cause": "voluntary"},
                {"start_date": "2015-01-01", "leave_date": "2026-05-20", "cause": "retirement"},
            ),
            as_of=QUARTER[1],
            window=QUARTER,
        )
    )
    events = history.counts[["voluntary", "retirement"]].to_numpy().sum()
    assert events == 0, "one left before anybody was watching, one has not left yet"
    assert history.counts["exposure"].sum() == pytest.approx(3), "only the second was in post"
    row = history.stock.iloc[0]
    assert (row["known_leave"], row["known_cause"]) == (month_of(date(2026, 5, 1)), "retirement")


def test_a_known_exit_later_in_the_as_of_month_falls_in_the_first_projected_month() -> None:
    table = people({"start_date": "2015-01-01", "leave_date": "2026-03-28", "cause": "voluntary"})
    history = build_history(
        Tables(table, as_of=date(2026, 3, 20), window=(date(2026, 1, 1), date(2026, 3, 20)))
    )
    assert history.as_of == MAR
    assert list(history.stock["known_leave"]) == [MAR + 1], "projections start the month after"


def test_a_snapshot_on_the_first_closes_the_month_before() -> None:
    assert last_observed_month(date(2026, 4, 1)) == MAR
    assert last_observed_month(date(2026, 4, 15)) == MAR
    assert last_observed_month(date(2026, 4, 16)) == MAR + 1
    window = (date(2026, 1, 1), date(2026, 4, 3))
    history = build_history(
        Tables(
            people(
                {"start_date": "2015-01-01"},
                {"start_date": "2015-01-01", "leave_date": "2026-04-02", "cause": "voluntary"},
            ),
            as_of=window[1],
            window=window,
        )
    )
    exposure = by(history.counts, "month")
    assert set(exposure) == {JAN, FEB, MAR}
    assert exposure[MAR] == pytest.approx(2 + 3 / 31 + 2 / 31), "its few days go with March"
    assert history.counts["voluntary"].sum() == 1, "and so does who left in them"
    closing = history.monthly.query("family == 'cyber' and month == @MAR")["headcount"].item()
    assert closing == history.stock["people"].sum() == 1, "the month closes on the as-of date"


def test_people_are_taken_back_through_the_age_bands_they_were_in() -> None:
    window = (date(2016, 4, 1), date(2026, 3, 31))
    rows = [{"start_date": f"2001-{1 + k % 12:02d}-{1 + k % 28:02d}", "age_band": "60-64"}
            for k in range(600)]  # fmt: skip
    counts = counted(people(*rows), window)
    months = by(counts, "age")
    assert sum(months.values()) == pytest.approx(600 * 120), "every month is in one band"
    # Spread evenly over 60-64 at the end: on average half of five years at 60 and over, all of
    # 55-59 (five years), and the first two and a half below 55.
    assert months["60-64"] / 600 == pytest.approx(30, abs=1)
    assert months["55-59"] / 600 == pytest.approx(60, abs=1)
    assert months["under 55"] / 600 == pytest.approx(30, abs=1)


def test_a_retirement_is_counted_in_the_age_band_that_was_given() -> None:
    counts = counted(
        people({"start_date": "2001-05-01", "leave_date": "2026-03-31", "cause": "retirement",
                "age_band": "65-66"})
    )  # fmt: skip
    assert by(counts, "age", what="retirement")["65-66"] == 1


def test_organisational_events_are_counted_apart_from_the_hazards() -> None:
    counts = counted(
        people({"start_date": "2020-01-01", "leave_date": "2026-02-28",
                "cause": "organisational_event"})
    )  # fmt: skip
    assert counts["organisational_event"].sum() == 1
    assert counts[["voluntary", "retirement", "end_of_contract", "other"]].to_numpy().sum() == 0


def test_time_before_the_first_snapshot_that_lists_a_starter_is_no_exposure() -> None:
    table = people(
        {"start_date": "2026-01-17", "first_seen_date": "2026-02-15"},
        {"start_date": "2026-02-22", "leave_date": "2026-03-10", "cause": "voluntary"},
    )
    history = build_history(Tables(table, as_of=QUARTER[1], window=QUARTER))
    assert by(history.counts, "month") == pytest.approx(
        {FEB: 14 / 28 + 7 / 28, MAR: 1 + 10 / 31}
    ), "from 15 February on; and the days of the second"
    assert history.counts["voluntary"].sum() == 1
    assert history.monthly["hires"].sum() == 2, "both are hires of the day they started"
    unseen = dict(zip(history.unseen["family"], history.unseen["exposure"], strict=True))
    assert unseen == pytest.approx({"cyber": 29 / 30.4375}), "17 January to 14 February"
