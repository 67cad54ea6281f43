"""Hires that no snapshot lists, worked by hand."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from history_frames import Tables, people

from workforce.history import History, build_history
from workforce.rates.unseen import unseen_hires

WINDOW = (date(2025, 1, 1), date(2025, 12, 31))


def history(leavers: int, unseen: float) -> History:
    """Return 100 people in their first months, so many of whom left, and an unseen exposure."""
    gone = [
        {"start_date": "2024-12-01", "leave_date": "2025-03-31", "cause": "voluntary"}
    ] * leavers
    stayed = [{"start_date": "2024-12-01"}] * (100 - leavers)
    made = build_history(Tables(people(*gone, *stayed), as_of=WINDOW[1], window=WINDOW))
    table = pd.DataFrame({"family": ["cyber"], "exposure": [unseen]})
    return replace(made, unseen=table if unseen else table.iloc[:0])


def test_unseen_hires_are_unseen_time_at_the_rate_of_first_years() -> None:
    # First year ends on 30 November: 25 people 3 months, 75 people 11 months.
    rate = 25 / (25 * 3 + 75 * 11)
    assert unseen_hires(history(25, 60.0), "cyber") == pytest.approx(60 * rate, rel=1e-3)


def test_few_leavers_in_their_first_year_are_not_enough_for_a_rate_of_their_own() -> None:
    rate = 10 / (10 * 3 + 90 * 12)
    assert unseen_hires(history(10, 60.0), "cyber") == pytest.approx(60 * rate, rel=1e-3)


def test_nobody_is_added_where_nobody_was_missed() -> None:
    assert unseen_hires(history(25, 0.0), "cyber") == 0
    assert unseen_hires(history(25, 60.0), "data") == 0
