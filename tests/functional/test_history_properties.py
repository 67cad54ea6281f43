"""What holds of every extract, not only of the hand-worked ones."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from history_frames import Tables, people
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.history import History, build_history

AS_OF = date(2026, 3, 31)
WINDOW = (date(2025, 1, 1), AS_OF)
FRAMES = ("counts", "stock", "monthly", "establishment", "hires_by_grade", "starters", "renewals")

days = st.dates(date(2005, 1, 1), date(2026, 6, 30))
record = st.fixed_dictionaries(
    {
        "person": st.sampled_from([f"p{k}" for k in range(12)]),
        "start_date": days,
        "length": st.one_of(st.none(), st.integers(0, 4000)),
        "family": st.sampled_from(["cyber", "data", "not_digital"]),
        "department": st.sampled_from(["A", "B"]),
        "grade_band": st.sampled_from(["entry", "senior"]),
        "age_band": st.sampled_from(["under 55", "60-64", "67 and over", "unknown"]),
        "fte": st.sampled_from([0.4, 0.5, 1.0]),
        "cause": st.sampled_from(["voluntary", "retirement", "other", "organisational_event"]),
    }
)


def table(records: list[dict[str, object]], *, alone: bool) -> pd.DataFrame:
    """A people frame; every record a person of its own where `alone`."""
    rows = []
    for index, each in enumerate(records):
        row = {key: value for key, value in each.items() if key != "length"}
        if each["length"] is not None:
            row["leave_date"] = each["start_date"] + timedelta(days=each["length"])
        else:
            row["cause"] = ""
        rows.append({**row, "person": f"q{index}"} if alone else row)
    return people(*rows)


def built(rows: pd.DataFrame, as_of: date = AS_OF) -> History:
    """History of a window of fifteen months."""
    return build_history(Tables(rows, as_of=as_of, window=(WINDOW[0], as_of)))


def same(one: History, other: History) -> None:
    """Assert that two histories hold the same counts."""
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=name)


@given(st.lists(record, min_size=1, max_size=25), st.randoms(use_true_random=False))
@settings(max_examples=12)
def test_the_order_of_rows_changes_nothing(
    records: list[dict[str, object]], random: object
) -> None:
    rows = table(records, alone=False)
    order = list(range(len(rows)))
    random.shuffle(order)
    same(built(rows), built(rows.iloc[order]))


@given(st.lists(record, min_size=1, max_size=25))
@settings(max_examples=12)
def test_exposure_is_the_integral_of_the_daily_headcount(records: list[dict[str, object]]) -> None:
    rows = table(records, alone=True)
    found = built(rows).counts.groupby("month")["exposure"].sum()
    calendar = pd.date_range(*WINDOW)
    start = rows["start_date"].to_numpy()[:, None]
    leave = rows["leave_date"].fillna(pd.Timestamp("2100-01-01")).to_numpy()[:, None]
    present = ((calendar.to_numpy() >= start) & (calendar.to_numpy() <= leave)).sum(axis=0)
    daily = pd.Series(present / calendar.days_in_month.to_numpy(), index=calendar)
    expected = daily.groupby(12 * calendar.year + calendar.month - 1).sum()
    expected = expected[expected > 0]
    assert found.index.tolist() == expected.index.tolist()
    np.testing.assert_allclose(found, expected, atol=1e-9, err_msg="days counted one by one")


@given(st.lists(record, min_size=1, max_size=25))
@settings(max_examples=12)
def test_stocks_and_flows_balance_in_every_month_and_family(
    records: list[dict[str, object]],
) -> None:
    history = built(table(records, alone=False))
    for family, rows in history.monthly.groupby("family"):
        stock = rows["headcount"].to_numpy()
        flow = (
            rows["hires"]
            + rows["conversions"]
            - rows["leavers"]
            + rows["moves_in"]
            - rows["moves_out"]
        )
        np.testing.assert_allclose(
            np.diff(stock), flow.to_numpy()[1:], atol=1e-9, err_msg=f"{family} does not balance"
        )
        assert (rows[["headcount", "fte", "leavers", "hires"]].to_numpy() >= 0).all()
        here = history.stock[history.stock["family"] == family]
        assert stock[-1] == here["people"].sum(), "the last month is the stock"
        assert rows["fte"].iloc[-1] == pytest.approx(here["fte"].sum(), abs=1e-6)


@given(st.lists(record, min_size=2, max_size=25))
@settings(max_examples=12)
def test_two_departments_apart_add_up_to_both_together(records: list[dict[str, object]]) -> None:
    rows = table(records, alone=True)
    numbers = ["exposure", "voluntary", "retirement", "other", "organisational_event"]

    def total(part: pd.DataFrame) -> np.ndarray:
        return built(part).counts[numbers].sum().to_numpy() if len(part) else np.zeros(len(numbers))

    in_a = (rows["department"] == "A").to_numpy()
    np.testing.assert_allclose(total(rows[in_a]) + total(rows[~in_a]), total(rows), atol=1e-9)
