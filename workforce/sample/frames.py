"""From the simulated organisation to the lists an HR system would give: one row a record."""

from datetime import date

import numpy as np
import pandas as pd

from workforce.domain.bands import GRADE_BANDS, Contract
from workforce.sample.build import window_of
from workforce.sample.catalogue import GRADES, TITLES
from workforce.sample.cover import cover_records
from workforce.sample.parameters import FAMILIES
from workforce.sample.people import dates, describe, in_post, post_number, table, trainees
from workforce.sample.records import Simulated
from workforce.sample.state import (
    NEVER,
    TITLE_BAND,
    TITLE_FAMILY,
    TITLE_GRADE,
    State,
    day_number,
)
from workforce.sample.truth import build_truth
from workforce.sample.wording import STANDARDS, employee_name

__all__ = ["assemble"]

FIRST_EMPLOYEE_NUMBER = 200_011
_INTERNAL = ["ledger_row", "trainee_row", "title", "post_row", "site"]
_OUTCOMES = {
    "In training": "in_training",
    "Withdrawn - left the organisation": "withdrawn_left",
    "Withdrawn - stayed with the organisation": "withdrawn_stayed",
    "Achieved": "achieved",
    "Not achieved": "not_achieved",
}


def assemble(extract: State, later: State, *, seed: int, size: int) -> Simulated:
    """Turn the state at the extract into frames and truth.

    Args:
        extract: The organisation at the end of the month of the extract.
        later: The same some months on, for exits and starts already known.
        seed: Seed, for what is drawn here: cover workers and which notices are in already.
        size: Intended number in post, which scales the cover workers.

    Returns:
        The organisation as lists, with its truth.
    """
    as_of, window = extract.calendar.as_of, window_of(extract.calendar)
    rng = np.random.default_rng([seed, 1])
    people = pd.concat(
        [
            in_post(extract, later, rng),
            trainees(extract),
            cover_records(size, day_number(window[0]), day_number(as_of), rng),
        ],
        ignore_index=True,
    )
    people = _identify(people[_shown(people, window)])
    apprentices = _apprentices(extract, people, window)
    people = describe(people, as_of)
    agency = _agency(people)
    people = people[people["contract"] != Contract.AGENCY].reset_index(drop=True)
    posts, requisitions = _posts(extract), _requisitions(extract)
    simulated = Simulated(
        people=people.drop(columns=_INTERNAL),
        posts=posts,
        requisitions=requisitions,
        apprentices=apprentices,
        agency=agency,
        as_of=as_of,
        window=window,
        truth={},
    )
    simulated.truth.update(build_truth(extract, simulated, seed=seed, size=size))
    return simulated


def _shown(people: pd.DataFrame, window: tuple[date, date]) -> pd.Series:
    shown: pd.Series = people["leave_date"].isna() | (
        people["leave_date"] >= pd.Timestamp(window[0])
    )
    return shown


def _identify(people: pd.DataFrame) -> pd.DataFrame:
    """Number people in the order they came, as a payroll does."""
    ordered = people.sort_values(["start_date", "ledger_row", "trainee_row"], kind="stable")
    numbers = FIRST_EMPLOYEE_NUMBER + 7 * np.arange(len(ordered))
    return ordered.assign(employee_number=numbers).reset_index(drop=True)


def _agency(people: pd.DataFrame) -> pd.DataFrame:
    rows = people[people["contract"] == Contract.AGENCY].reset_index(drop=True)
    return rows.drop(columns=_INTERNAL).assign(
        end_date=rows["leave_date"].fillna(rows["contract_end_date"]),
        day_rate=np.round(rows["salary"] / 215 * 2.1, -1),
    )


def _posts(state: State) -> pd.DataFrame:
    rows = np.flatnonzero(state.posts["deleted"] == NEVER)
    title = state.posts["title"][rows]
    return table(
        {
            "post": [post_number(int(row)) for row in rows],
            "job_title": [TITLES[t].name for t in title],
            "family": [FAMILIES[family] for family in TITLE_FAMILY[title]],
            "department": [TITLES[t].directorate for t in title],
            "team": [TITLES[t].team for t in title],
            "grade": [GRADES[n].name for n in TITLE_GRADE[title]],
            "grade_band": [str(GRADE_BANDS[band]) for band in TITLE_BAND[title]],
            "establishment_fte": state.posts["fte"][rows],
            "status": np.where(state.posts["occupant"][rows] >= 0, "Filled", "Vacant"),
            "file": "simulated",
            "sheet": "Establishment",
            "row": np.arange(2, rows.size + 2),
        }
    )


def _requisitions(state: State) -> pd.DataFrame:
    rounds = state.requisitions
    first = day_number(window_of(state.calendar)[0])
    as_of = day_number(state.calendar.as_of)
    rows = np.flatnonzero((rounds["opened"] >= first) & (rounds["opened"] <= as_of))
    rows = rows[np.argsort(rounds["opened"][rows], kind="stable")]
    closed = np.where(rounds["closed"][rows] <= as_of, rounds["closed"][rows], NEVER)
    is_open = closed == NEVER
    outcome = np.array(["filled", "failed", "withdrawn"])[rounds["outcome"][rows]]
    title = rounds["title"][rows]
    return table(
        {
            "requisition": [f"REQ-{20000 + index}" for index in range(rows.size)],
            "post": [post_number(int(row)) for row in rounds["post"][rows]],
            "job_title": [TITLES[t].name for t in title],
            "family": [FAMILIES[family] for family in TITLE_FAMILY[title]],
            "department": [TITLES[t].directorate for t in title],
            "grade": [GRADES[n].name for n in TITLE_GRADE[title]],
            "grade_band": [str(GRADE_BANDS[band]) for band in TITLE_BAND[title]],
            "posts": 1,
            "opened_date": dates(rounds["opened"][rows]),
            "closed_date": dates(closed),
            "start_date": dates(np.where(is_open, NEVER, rounds["start"][rows])),
            "outcome": np.where(is_open, "open", outcome),
            "file": "simulated",
            "sheet": "Requisitions",
            "row": np.arange(2, rows.size + 2),
        }
    )


def _apprentices(state: State, people: pd.DataFrame, window: tuple[date, date]) -> pd.DataFrame:
    first = day_number(window[0])
    kept = [(i, t) for i, t in enumerate(state.trainees) if t.end >= first]
    by_ledger = people[people["ledger_row"] >= 0].set_index("ledger_row")["employee_number"]
    by_trainee = people[people["trainee_row"] >= 0].set_index("trainee_row")["employee_number"]
    numbers = [int(by_ledger[t.person] if t.person >= 0 else by_trainee[i]) for i, t in kept]
    standards = [STANDARDS[t.standard] for _, t in kept]
    day = {
        name: np.array([getattr(t, name) for _, t in kept], dtype=np.int64)
        for name in ("start", "planned_end", "end")
    }
    return table(
        {
            "employee_number": pd.array(numbers, dtype="Int64"),
            "employee_name": [employee_name(int(n)) for n in numbers],
            "standard": [standard.reference for standard in standards],
            "standard_name": [standard.name for standard in standards],
            "family": [standard.family for standard in standards],
            "start_date": dates(day["start"]),
            "planned_end_date": dates(day["planned_end"]),
            "leave_date": dates(day["end"]),
            "outcome": [_OUTCOMES[t.outcome] for _, t in kept],
            "outcome_text": [t.outcome for _, t in kept],
            "destination": [t.destination for _, t in kept],
            "trainee": ["new_recruit" if t.recruit else "existing_staff" for _, t in kept],
            "file": "simulated",
            "sheet": "Apprentices",
            "row": np.arange(2, len(kept) + 2),
        }
    ).sort_values(["start_date", "employee_number"], kind="stable", ignore_index=True)
