"""Dates as they stand in HR extracts, each with the day it means."""

from datetime import date

import numpy as np
import pytest

from workforce.intake.dates import convert_dates, order_votes
from workforce.intake.missing import Column

TODAY = date(2026, 11, 1)


def one(value: object, order: str = "dmy", *, birth: bool = False) -> date | None:
    cells = np.empty(1, dtype=object)
    cells[0] = value
    day = convert_dates(Column.of(cells), order=order, today=TODAY, birth=birth).days[0]
    return None if np.isnat(day) else day.astype(object)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-03-05", date(2019, 3, 5)),
        ("2019-03-05T00:00:00Z", date(2019, 3, 5)),
        ("05/03/2019", date(2019, 3, 5)),
        ("5.3.19", date(2019, 3, 5)),
        ("05-Mar-2019", date(2019, 3, 5)),
        ("5th March 2019", date(2019, 3, 5)),
        ("Tuesday, 5 March 2019", date(2019, 3, 5)),
        ("March 5, 2019", date(2019, 3, 5)),
        ("12/31/2006 0:00", date(2006, 12, 31)),
        ("20190305", date(2019, 3, 5)),
        (20190305.0, date(2019, 3, 5)),
        (43529.0, date(2019, 3, 5)),
        ("43529", date(2019, 3, 5)),
        (date(2019, 3, 5), date(2019, 3, 5)),
        ("Mar-19", date(2019, 3, 1)),
        ("2019-03", date(2019, 3, 1)),
        (2019.0, date(2019, 7, 1)),
    ],
)
def test_a_date_is_read_as_written(written: object, day: date) -> None:
    assert one(written) == day


@pytest.mark.parametrize(
    "nothing",
    ["", "n/a", "-", "NULL", "n/k", "current", "1/1/1900", "1900-01-01", "31/12/9999",
     "31/12/4712", 0.0, "00/00/0000"],
)  # fmt: skip
def test_what_means_no_date_is_missing(nothing: object) -> None:
    assert one(nothing) is None


def test_sentinels_and_unreadable_texts_are_told_from_blanks() -> None:
    cells = np.array(["1/1/1900", "soon", "", "31/02/2020"], dtype=object)
    column = convert_dates(Column.of(cells), order="dmy", today=TODAY)
    assert column.sentinel.tolist() == [True, False, False, False]
    assert column.unreadable.tolist() == [False, True, False, True]


def test_the_order_decides_only_what_could_be_either() -> None:
    assert one("03/04/2020", "dmy") == date(2020, 4, 3)
    assert one("03/04/2020", "mdy") == date(2020, 3, 4)
    assert one("13/04/2020", "mdy") == date(2020, 4, 13)


def test_votes_count_values_not_distinct_texts() -> None:
    cells = np.array(["13/01/2020"] * 3 + ["01/13/2020"] + ["02/03/2020"] * 5, dtype=object)
    votes = order_votes(Column.of(cells))
    assert (votes.day_first, votes.month_first, votes.undecided) == (3, 1, 5)
    assert votes.order == "dmy"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("01/02/55", date(1955, 2, 1)),
        ("01/02/11", date(2011, 2, 1)),
        ("01/02/25", date(1925, 2, 1)),
        (date(2055, 2, 1), date(1955, 2, 1)),
        (date(2056, 2, 29), date(1956, 2, 29)),
    ],
)
def test_nobody_is_born_in_the_future(written: object, day: date) -> None:
    assert one(written, birth=True) == day


def test_two_digit_years_of_service_may_lie_ahead_a_little() -> None:
    assert one("01/02/27") == date(2027, 2, 1)
    assert one("01/02/85") == date(1985, 2, 1)
