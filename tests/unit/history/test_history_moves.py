"""Moves between families: what counts, and when nothing is known of them."""

from datetime import date

import pandas as pd
import pytest
from history_frames import Tables, people, trail

from workforce.history import build_history

AS_OF = date(2026, 3, 31)
WINDOW = (date(2025, 4, 1), AS_OF)


def _moves(*rows: dict[str, object], **more: object) -> pd.DataFrame:
    tables = Tables(people(*rows), **{"as_of": AS_OF, "window": WINDOW, **more})
    return build_history(tables).moves.set_index(["from_family", "to_family"])


STAYS = {"start_date": "2020-01-01"}
MOVED = (
    {"person": "a", "family": "cyber", "start_date": "2020-01-01", "leave_date": "2025-09-30"},
    {"person": "a", "family": "data", "start_date": "2025-10-01"},
)


def test_a_record_after_another_in_another_family_is_a_move() -> None:
    found = _moves(*MOVED, STAYS)
    assert found.loc[("cyber", "data"), "moves"] == 1
    assert found["moves"].sum() == 1
    # Somebody for twelve months, and one for six until the move.
    assert found.loc[("cyber", "data"), "exposure"] == pytest.approx(18)
    assert found.loc[("data", "cyber"), "exposure"] == pytest.approx(6)


def test_records_without_a_change_of_family_tell_nothing_of_moves() -> None:
    promoted = (
        {"person": "a", "grade_band": "entry", "start_date": "2020-01-01",
         "leave_date": "2025-09-30"},
        {"person": "a", "grade_band": "senior", "start_date": "2025-10-01"},
    )  # fmt: skip
    assert _moves(*promoted, STAYS).empty
    assert _moves(STAYS).empty


def test_without_a_window_nothing_is_known_of_moves() -> None:
    assert _moves(*MOVED, window=None).empty


def test_a_move_before_the_window_does_not_count() -> None:
    early = (
        {"person": "b", "family": "data", "start_date": "2019-01-01", "leave_date": "2024-01-31"},
        {"person": "b", "family": "cyber", "start_date": "2024-02-01"},
    )
    assert _moves(*early, *MOVED)["moves"].sum() == 1


def test_snapshots_of_two_dates_show_moves_and_that_there_were_none() -> None:
    two = trail(
        {"person": "a", "seen_date": "2025-03-31", "family": "cyber"},
        {"person": "b", "seen_date": "2025-03-31", "family": "cyber"},
        {"person": "t", "seen_date": "2025-03-31", "contract": "apprentice"},
        {"person": "a", "seen_date": "2026-03-31", "family": "data"},
        {"person": "t", "seen_date": "2026-03-31", "family": "data"},
    )
    rows = [{"person": each, **STAYS} for each in ("a", "b")]
    found = _moves(*rows, trail=two)
    # The apprentice who took a post is a conversion.
    assert found["moves"].sum() == found.loc[("cyber", "data"), "moves"] == 1
    assert found.loc[("cyber", "data"), "exposure"] == pytest.approx(24)
    still = trail(
        {"person": "a", "seen_date": "2025-03-31"}, {"person": "c", "seen_date": "2026-03-31"}
    )
    quiet = _moves(*rows, trail=still)
    assert quiet["moves"].sum() == 0
    assert quiet.loc[("cyber", "data"), "exposure"] == pytest.approx(24)
