"""Reasons of those who resigned, by the levers that could have answered them."""

from datetime import date
from types import SimpleNamespace

import pandas as pd

from workforce.domain.evidence import Evidence
from workforce.domain.reasons import PAY
from workforce.history.reasons import stated_reasons


def _extract(rows: list[tuple[str, str, str, str]]) -> SimpleNamespace:
    frame = pd.DataFrame(rows, columns=["family", "cause", "leave_reason", "leave_date"])
    frame["leave_date"] = pd.to_datetime(frame["leave_date"])
    return SimpleNamespace(people=frame, as_of=date(2026, 9, 30))


def test_reasons_are_counted_by_what_they_point_to(evidence: Evidence) -> None:
    rows = [
        ("cyber", "voluntary", "Work life balance", "2026-03-01"),
        ("data", "voluntary", "work-life BALANCE", "2025-03-01"),
        ("cyber", "voluntary", "Joined private sector", "2026-05-01"),
        ("cyber", "voluntary", "Resignation", "2026-05-01"),
        ("cyber", "retirement", "Normal retirement", "2026-05-01"),
        ("not_digital", "voluntary", "Pay", "2026-05-01"),
        ("cyber", "voluntary", "Pay", "2027-01-01"),
        ("cyber", "", "", None),
    ]
    found = stated_reasons(_extract(rows), evidence, ("cyber", "data"))  # type: ignore[arg-type]
    assert found.resigned == 4, "known exits after the day of the extract have not happened"
    assert {group.levers: group.people for group in found.groups} == {
        ("FLEX_TEAM", "HYBRID"): 2,
        (PAY,): 1,
    }
    assert found.told == 3


def test_a_near_miss_counts_and_a_stranger_does_not(evidence: Evidence) -> None:
    rows = [
        ("cyber", "voluntary", "Career developement", "2026-03-01"),
        ("cyber", "voluntary", "Left to sail round the world", "2026-03-01"),
    ]
    found = stated_reasons(_extract(rows), evidence, ("cyber",))  # type: ignore[arg-type]
    assert [group.levers for group in found.groups] == [("CAREER", "TRAIN")]


def test_nobody_resigned(evidence: Evidence) -> None:
    found = stated_reasons(
        _extract([("cyber", "", "", None)]),  # type: ignore[arg-type, list-item]
        evidence,
        ("cyber",),
    )
    assert (found.resigned, found.told) == (0, 0)
