"""Numbers as people type them."""

import math

import numpy as np
import pytest

from workforce.intake.missing import Column
from workforce.intake.numbers import convert_numbers, parse_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("£35,000 p.a.", 35_000),
        ("35k", 35_000),
        ("GBP 35000", 35_000),
        ("£30,000 - £40,000", 35_000),
        ("0.8 FTE", 0.8),
        ("80%", 0.8),
        ("0,8", 0.8),
        ("1.234,56", 1234.56),
        ("62,506", 62_506),
        ("37 hrs", 37),
        ("36.25 hours per week", 36.25),
        ("(1,234)", -1234),
        ("-0.5", -0.5),
        (" 12 ", 12),
    ],
)
def test_a_number_is_read_as_meant(written: str, number: float) -> None:
    assert parse_number(written) == pytest.approx(number)


@pytest.mark.parametrize(
    "written", ["££0,313", ">20", "<5", "abc", "", "12/03/2020", "1e999", "nan"]
)
def test_what_is_no_number_is_not_made_one(written: str) -> None:
    assert parse_number(written) is None


def test_text_among_numbers_is_pointed_out_and_missing_is_not() -> None:
    cells = np.array([1.0, "2", "about three", "n/a", "..", "", math.inf], dtype=object)
    numbers, bad = convert_numbers(Column.of(cells))
    assert numbers[:2].tolist() == [1.0, 2.0]
    assert np.isnan(numbers[2:]).all()
    assert bad.tolist() == [False, False, True, False, False, False, False]
