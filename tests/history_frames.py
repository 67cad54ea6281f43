"""Small frames as intake writes them, for the tests of history and rates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

PEOPLE = {
    "person": "", "job_title": "", "family": "cyber", "role_confidence": 1.0, "department": "ICT",
    "location": "", "grade": "", "grade_band": "practitioner", "fte": 1.0, "salary": float("nan"),
    "start_date": None, "role_start_date": None, "leave_date": None, "leave_reason": "",
    "cause": "", "contract": "permanent", "contract_end_date": None,
    "first_seen_date": None, "age_band": "unknown", "source": "staff", "file": "f.xlsx",
    "sheet": "Staff", "row": 0,
}  # fmt: skip
REQUISITION = {
    "job_title": "", "family": "cyber", "department": "ICT", "grade_band": "practitioner",
    "posts": 1.0, "opened_date": None, "closed_date": None, "start_date": None, "outcome": "open",
    "file": "f.xlsx", "sheet": "Requisitions", "row": 0,
}  # fmt: skip
POST = {
    "post": "", "job_title": "", "family": "cyber", "department": "ICT",
    "grade_band": "practitioner", "establishment_fte": 1.0, "file": "f.xlsx", "sheet": "Posts",
    "row": 0,
}  # fmt: skip
APPRENTICE = {
    "standard": "", "standard_name": "", "family": "cyber", "start_date": None,
    "planned_end_date": None, "leave_date": None, "outcome": "in_training", "trainee": "",
    "file": "f.xlsx", "sheet": "Apprentices", "row": 0,
}  # fmt: skip
TRAIL = {
    "person": "", "seen_date": None, "job_title": "", "department": "ICT",
    "grade_band": "practitioner", "fte": 1.0, "contract": "permanent", "contract_end_date": None,
    "age_band": "unknown", "family": "cyber", "row": 0,
}  # fmt: skip
AGENCY = {
    "job_title": "", "family": "cyber", "department": "ICT", "fte": 1.0, "start_date": None,
    "end_date": None, "day_rate": float("nan"), "file": "f.xlsx", "sheet": "Agency", "row": 0,
}  # fmt: skip


def frame(template: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a frame with the template's columns and one row a mapping of differences."""
    filled = []
    for number, row in enumerate(rows, start=2):
        assert set(row) <= set(template), f"no such column: {set(row) - set(template)}"
        filled.append({**template, "row": number, **row})
    found = pd.DataFrame(filled, columns=list(template))
    for name in template:
        if name.endswith("_date"):
            found[name] = pd.to_datetime(found[name])
        elif isinstance(template[name], str):
            found[name] = found[name].astype("str")
        elif isinstance(template[name], float):
            found[name] = found[name].astype(float)
    return found


def people(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return a people frame; a row without a person gets a key of its own."""
    keyed = [{"person": f"p{index}", **row} for index, row in enumerate(rows)]
    return frame(PEOPLE, keyed)


def trail(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return what snapshots of several dates said of people; `seen_date` is their day."""
    return frame(TRAIL, rows).rename(columns={"seen_date": "seen"})


@dataclass(frozen=True)
class Tables:
    """The part of an extract that history reads."""

    people: pd.DataFrame
    as_of: date = date(2026, 3, 31)
    window: tuple[date, date] | None = None
    posts: pd.DataFrame = field(default_factory=lambda: frame(POST, []))
    requisitions: pd.DataFrame = field(default_factory=lambda: frame(REQUISITION, []))
    apprentices: pd.DataFrame = field(default_factory=lambda: frame(APPRENTICE, []))
    agency: pd.DataFrame = field(default_factory=lambda: frame(AGENCY, []))
    trail: pd.DataFrame = field(default_factory=trail)
    digest: str = "0" * 64
