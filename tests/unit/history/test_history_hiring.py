"""Requisitions, establishment, cover and apprentices by hand."""

from datetime import date

import numpy as np
import pytest
from history_frames import AGENCY, APPRENTICE, POST, REQUISITION, Tables, frame, people

from workforce.domain.months import parse_month
from workforce.history import History, build_history
from workforce.history.dates import DAYS_PER_MONTH

AS_OF = date(2025, 12, 31)


def build(**tables: object) -> History:
    """History of one cyber specialist and whatever else is given."""
    return build_history(
        Tables(people({"start_date": "2020-01-01"}), as_of=AS_OF,
               window=(date(2025, 1, 1), AS_OF), **tables)
    )  # fmt: skip


def requisitions(*rows: dict[str, object]) -> History:
    """The same with requisitions."""
    return build(requisitions=frame(REQUISITION, rows))


def test_a_requisition_gives_exposure_by_age_until_the_person_starts() -> None:
    found = requisitions(
        {"opened_date": "2025-01-01", "closed_date": "2025-02-10", "start_date": "2025-03-22",
         "outcome": "filled"}
    ).requisition_exposure  # fmt: skip
    months = 80.5 / DAYS_PER_MONTH
    assert found["age_months"].tolist() == [0, 1, 2]
    assert found["exposure"].tolist() == pytest.approx([1, 1, months - 2])
    assert found["filled"].tolist() == [0, 0, 1], "at the start of the person, not the offer"


def test_open_requisitions_are_censored_and_failed_and_withdrawn_ones_end_unfilled() -> None:
    found = requisitions(
        {"opened_date": "2025-12-01", "posts": 2.0},
        {"opened_date": "2025-01-01", "closed_date": "2025-02-15", "outcome": "failed"},
        {"opened_date": "2025-01-01", "closed_date": "2025-01-20", "outcome": "withdrawn"},
    )
    sums = found.requisition_exposure[["filled", "failed", "withdrawn"]].sum()
    assert sums.tolist() == [0, 1, 1]
    total = (2 * 31.5 + 45.5 + 19.5) / DAYS_PER_MONTH
    assert found.requisition_exposure["exposure"].sum() == pytest.approx(total)
    assert found.open_requisitions.to_dict("records") == [
        {"family": "cyber", "age_months": 1, "people": 2}
    ]


def test_an_accepted_offer_is_a_known_starter_and_no_longer_open() -> None:
    found = requisitions(
        {"opened_date": "2025-10-01", "closed_date": "2025-12-10", "start_date": "2026-02-01",
         "outcome": "filled", "grade_band": "senior"}
    )  # fmt: skip
    assert found.open_requisitions.empty
    assert found.requisition_exposure["filled"].sum() == 0, "the person is not there yet"
    row = found.starters.iloc[0]
    assert (row["month"], row["grade"], row["people"]) == (2026 * 12 + 1, "senior", 1)
    assert found.establishment.set_index("family").loc["cyber", "fte"] == 2, "the post still exists"


def test_time_to_hire_is_described_for_the_filled_ones() -> None:
    rows = [
        {"opened_date": "2025-01-01", "start_date": f"2025-0{m}-01", "closed_date": "2025-01-31",
         "outcome": "filled", "family": family}
        for m, family in ((2, "cyber"), (3, "cyber"), (5, "cyber"), (6, "data"))
    ]  # fmt: skip
    found = requisitions(*rows).time_to_hire.set_index("family")
    assert found.loc["cyber", "median_days"] == 59
    assert found.loc["all", "filled"] == 4
    assert found.loc["data", "q25"] == found.loc["data", "q75"] == 151


def test_establishment_comes_from_the_list_else_from_requisitions_else_from_the_benchmark() -> None:
    listed = build(posts=frame(POST, [{"establishment_fte": 1.5}, {"establishment_fte": 0.5}]))
    asked = requisitions({"opened_date": "2025-11-01"})
    neither = build()
    found = [
        each.establishment.set_index("family").loc["cyber"] for each in (listed, asked, neither)
    ]
    assert [each["basis"] for each in found] == [
        "list", "in post + open requisitions", "benchmark",
    ]  # fmt: skip
    assert [each["fte"] for each in found[:2]] == [2.0, 2.0]
    assert np.isnan(found[2]["fte"]), "the benchmark is applied where the evidence is at hand"


def test_apprentices_and_agency_are_counted_apart() -> None:
    found = build(
        apprentices=frame(
            APPRENTICE,
            [
                {"standard": "ST1", "start_date": "2025-09-01", "planned_end_date": "2027-03-31"},
                {"standard": "ST1", "start_date": "2025-09-08", "planned_end_date": "2027-03-01"},
                {"standard": "ST1", "start_date": "2024-09-01", "planned_end_date": "2026-03-31",
                 "leave_date": "2026-01-15", "outcome": "achieved"},
                {"start_date": "2026-02-01"},
            ],
        ),
        agency=frame(
            AGENCY,
            [
                {"start_date": "2025-06-01", "fte": 0.5},
                {"start_date": "2025-06-01", "end_date": "2025-09-30"},
                {"start_date": "2025-06-01", "end_date": "2026-09-30"},
                {"start_date": "2025-07-01", "end_date": "2026-09-15", "fte": 0.5},
            ],
        ),
    )  # fmt: skip
    assert found.apprentices["people"].tolist() == [1, 2]
    assert set(found.apprentices["outcome"]) == {"in_training"}, "what came later is not known yet"
    assert found.agency.to_dict("records") == [
        {"family": "cyber", "until": -1, "people": 1, "fte": 0.5},
        {"family": "cyber", "until": parse_month("2026-09"), "people": 2, "fte": 1.5},
    ]
    assert found.stock["people"].sum() == 1
