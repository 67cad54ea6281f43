"""Month ends, causes, and what is known without a leavers list."""

from datetime import date

import numpy as np
import pytest
from history_frames import Tables, people

from workforce.history import History, build_history

WINDOW = (date(2025, 1, 1), date(2025, 12, 31))


def leavers(cause: str, count: int, **more: object) -> list[dict[str, object]]:
    """People who left in June."""
    return [
        {"start_date": "2020-01-01", "leave_date": "2025-06-15", "cause": cause, **more}
    ] * count


def build(rows: list[dict[str, object]]) -> History:
    """History of 2025."""
    return build_history(Tables(people(*rows), as_of=WINDOW[1], window=WINDOW))


def test_headcounts_and_flows_by_hand() -> None:
    found = build(
        [
            {"start_date": "2020-01-01", "fte": 0.5},
            {"start_date": "2025-02-01"},
            {"start_date": "2025-02-10", "leave_date": "2025-03-31", "cause": "other"},
            {"start_date": "2026-02-01"},
        ]
    )
    rows = found.monthly[found.monthly["family"] == "cyber"].head(4)
    assert rows["headcount"].tolist() == [1, 3, 2, 2], "gone at the end of the month of leaving"
    assert rows["fte"].tolist() == [0.5, 2.5, 1.5, 1.5]
    assert rows["hires"].tolist() == [0, 2, 0, 0]
    assert rows["leavers"].tolist() == [0, 0, 1, 0]
    starters = found.starters.iloc[0]
    assert (starters["people"], starters["family"]) == (1, "cyber"), "next year's is known already"
    assert found.monthly.groupby("month")["headcount"].sum().iloc[-1] == found.stock["people"].sum()


def test_unknown_causes_are_shared_out_in_the_organisations_proportions() -> None:
    rows = leavers("voluntary", 6) + leavers("end_of_contract", 2) + leavers("", 4)
    found = build(rows + leavers("organisational_event", 3))
    sums = found.counts[["voluntary", "end_of_contract", "organisational_event", "unknown"]].sum()
    assert sums["voluntary"] == pytest.approx(6 + 4 * 6 / 8)
    assert sums["end_of_contract"] == pytest.approx(2 + 4 * 2 / 8)
    assert sums["organisational_event"] == 3, "dated decisions take no share"
    assert sums["unknown"] == 0
    assert found.monthly["leavers"].sum() == pytest.approx(15), "nobody is dropped"
    assert any("no known cause" in note for note in found.notes)


def test_an_unknown_cause_under_55_does_not_become_a_retirement() -> None:
    rows = leavers("voluntary", 10, age_band="under 55") + leavers("", 4, age_band="under 55")
    found = build(rows + leavers("retirement", 10, age_band="60-64"))
    young = found.counts[found.counts["age"] == "under 55"]
    assert young["retirement"].sum() == 0, "the young are shared out like the young"
    assert young["voluntary"].sum() == pytest.approx(14)


def test_where_hardly_any_cause_is_known_the_leavers_stay_unknown() -> None:
    found = build(leavers("", 9) + leavers("voluntary", 2))
    assert found.counts["unknown"].sum() == 9
    assert found.counts["voluntary"].sum() == 2
    assert found.monthly["leavers"].sum() == 11


def test_without_leavers_there_is_a_stock_and_no_flow() -> None:
    found = build_history(Tables(people({"start_date": "2020-01-01"}), as_of=WINDOW[1]))
    assert found.window is None
    assert found.counts.empty
    rows = found.monthly[found.monthly["family"] == "cyber"]
    assert rows["headcount"].tolist() == [1]
    assert np.isnan(rows[["leavers", "hires", "voluntary"]].to_numpy(dtype=float)).all(), (
        "flows are missing, not zero"
    )
    assert found.hires_by_grade.empty
    assert any("No leavers are given" in note for note in found.notes)


def test_fixed_terms_and_known_ends_reach_the_stock() -> None:
    term = {"contract": "fixed_term"}
    found = build(
        [
            {"start_date": "2025-01-01", "contract_end_date": "2026-03-31", **term},
            {"start_date": "2024-01-01", "contract_end_date": "2025-06-30", **term},
            {"start_date": "2024-06-30", "contract_end_date": "2025-06-30", **term,
             "leave_date": "2025-06-30", "cause": "end_of_contract"},
            {"start_date": "2024-01-01", "contract_end_date": "2026-06-30"},
        ]
    )  # fmt: skip
    ends = sorted(found.stock["contract_end"])
    assert ends == [-1, -1, 2026 * 12 + 2], "past dates and permanent contracts have no end"
    row = found.renewals.iloc[0]
    assert (row["ended"], row["carried_on"]) == (1, 1)
