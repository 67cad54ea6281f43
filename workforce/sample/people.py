"""People of the simulated organisation as records: in post, in training, appointed."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, GRADE_BANDS, Cause, Contract, age_band
from workforce.domain.months import month_of
from workforce.sample.catalogue import GRADES, SITES, TITLES
from workforce.sample.hiring import FILLED
from workforce.sample.parameters import FAMILIES
from workforce.sample.state import (
    NEVER,
    TITLE_BAND,
    TITLE_FAMILY,
    TITLE_GRADE,
    State,
    day_number,
    to_date,
)
from workforce.sample.wording import REASONS, STANDARDS, employee_name

__all__ = ["dates", "describe", "in_post", "post_number", "table", "trainees"]

FIRST_POST_NUMBER = 10_001
PAY_AWARD = 1.03  # a year, either side of the 2025/26 scales in the catalogue
APPRENTICE_SALARY = 25_200  # `app_salary_council`


def post_number(row: int) -> str:
    """Return the number of a post as the council writes it."""
    return f"P{FIRST_POST_NUMBER + row:06d}"


def table(columns: dict[str, Any]) -> pd.DataFrame:
    """Return a frame in which lists are text: an empty list keeps the type of its column."""
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype="str") if isinstance(values, list) else values
            for name, values in columns.items()
        }
    )


def dates(days: NDArray[np.int64]) -> pd.Series:
    """Return day numbers as dates, missing where the day does not come."""
    found = pd.Series(pd.to_datetime(np.where(days >= NEVER, 0, days), unit="D"))
    return found.where(days < NEVER)


def in_post(extract: State, later: State, rng: np.random.Generator) -> pd.DataFrame:
    """Return everybody ever in post, with known exits, and the starters already appointed.

    Args:
        extract: The organisation at the extract.
        later: The same some months on.
        rng: Random stream that says which notices are on the system.

    Returns:
        One record a person; exits after the extract are shown only where they are known at it.
    """
    count, as_of = len(extract.people), day_number(extract.calendar.as_of)
    leave = later.people["leave"].copy()
    ahead = np.array([month_of(to_date(day)) if day < NEVER else 0 for day in leave])
    ahead = ahead - extract.calendar.last
    notice = np.array([1.0, *extract.parameters.known_notice, 0.0])
    chance = notice[np.clip(ahead, 0, len(notice) - 1)]
    certain = np.isin(
        later.people["cause"], [CAUSES.index(Cause.VOLUNTARY), CAUSES.index(Cause.RETIREMENT)]
    )
    known = (leave <= as_of) | (certain & (rng.random(leave.size) < chance))
    leave[~known] = NEVER

    accepted = extract.requisitions["outcome"] == FILLED
    accepted &= (extract.requisitions["closed"] <= as_of) & (extract.requisitions["start"] > as_of)
    promised = dict(
        zip(
            extract.requisitions["post"][accepted],
            extract.requisitions["start"][accepted],
            strict=True,
        )
    )
    starters = [
        row
        for row in range(count, len(later.people))
        if promised.get(later.people["post"][row]) == later.people["joined"][row]
        and later.people["leave"][row] == NEVER
    ]
    rows = np.array([*range(count), *starters], dtype=np.int64)
    return _records(extract, later, rows, leave)


def _records(
    extract: State, later: State, rows: NDArray[np.int64], leave: NDArray[np.int64]
) -> pd.DataFrame:
    # What a person is at the extract must not show what happened to them after it.
    count = len(extract.people)
    now = {
        name: np.concatenate([extract.people[name], later.people[name][count:]])[rows]
        for name in ("title", "post", "start", "joined", "role_start", "birth", "permanent",
                     "contract_end", "fte")
    }  # fmt: skip
    gone = leave[rows] < NEVER
    cause, reason = later.people["cause"][rows], later.people["reason"][rows]
    names = [
        REASONS[CAUSES[c]][r][0] if out else ""
        for out, c, r in zip(gone, cause, reason, strict=True)
    ]
    return table(
        {
            "ledger_row": rows,
            "trainee_row": -1,
            "title": now["title"],
            "job_title": [TITLES[title].name for title in now["title"]],
            "post_row": now["post"],
            "site": later.posts["site"][now["post"]],
            "start_date": dates(now["start"]),
            "joined_date": dates(now["joined"]),
            "role_start_date": dates(now["role_start"]),
            "birth_date": dates(now["birth"]),
            "contract": np.where(now["permanent"], Contract.PERMANENT, Contract.FIXED_TERM),
            "contract_end_date": dates(now["contract_end"]),
            "fte": now["fte"],
            "leave_date": dates(leave[rows]),
            "leave_reason": names,
            "cause": [str(CAUSES[c]) if out else "" for out, c in zip(gone, cause, strict=True)],
        }
    )


def trainees(state: State) -> pd.DataFrame:
    """Return recruits who are, or ended as, apprentices: they never held an established post."""
    mine = [
        (row, trainee)
        for row, trainee in enumerate(state.trainees)
        if trainee.recruit and trainee.person < 0
    ]
    recruits = [trainee for _, trainee in mine]
    days = {
        name: np.array([getattr(trainee, name) for trainee in recruits], dtype=np.int64)
        for name in ("start", "birth", "planned_end", "left")
    }
    gone = days["left"] < NEVER
    quit_early = np.array([each.outcome.startswith("Withdrawn") for each in recruits], dtype=bool)
    family_title = [
        next(i for i, t in enumerate(TITLES) if t.family == STANDARDS[x.standard].family)
        for x in recruits
    ]
    reasons = np.where(quit_early, "Resignation", "End of apprenticeship")
    causes = np.where(quit_early, Cause.VOLUNTARY, Cause.END_OF_CONTRACT)
    return table(
        {
            "ledger_row": -1,
            "trainee_row": np.array([row for row, _ in mine], dtype=np.int64),
            "title": np.array(family_title, dtype=np.int64),
            "job_title": pd.Series(
                [STANDARDS[each.standard].title for each in recruits], dtype="str"
            ),
            "post_row": -1,
            "site": days["start"],
            "start_date": dates(days["start"]),
            "joined_date": dates(np.full(len(recruits), NEVER)),
            "role_start_date": dates(days["start"]),
            "birth_date": dates(days["birth"]),
            "contract": str(Contract.APPRENTICE),
            "contract_end_date": dates(days["planned_end"]),
            "fte": 1.0,
            "leave_date": dates(days["left"]),
            "leave_reason": np.where(gone, reasons, ""),
            "cause": np.where(gone, causes, ""),
        }
    )


def describe(people: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Add what the system derives: names, labels, grade, pay, age band and which list it is on."""
    title = people["title"].to_numpy()
    number = TITLE_GRADE[title]
    trainee = (people["contract"] == Contract.APPRENTICE).to_numpy()
    end = people["leave_date"].where(people["leave_date"] <= pd.Timestamp(as_of))
    seen = end.fillna(pd.Timestamp(as_of))
    age = (seen - people["birth_date"]).dt.days / 365.25
    gone = end.notna()
    return people.assign(
        person=people["employee_number"].astype(str),
        employee_name=[employee_name(int(n)) for n in people["employee_number"]],
        post=[post_number(row) if row >= 0 else "" for row in people["post_row"]],
        family=[FAMILIES[family] for family in TITLE_FAMILY[title]],
        role_confidence=1.0,
        department=[TITLES[t].directorate for t in title],
        team=[TITLES[t].team for t in title],
        location=[
            SITES[TITLES[t].directorate][site % len(SITES[TITLES[t].directorate])]
            for t, site in zip(title, people["site"], strict=True)
        ],
        grade=np.where(trainee, "Apprentice", [GRADES[n].name for n in number]),
        grade_band=np.where(trainee, "entry", [str(GRADE_BANDS[b]) for b in TITLE_BAND[title]]),
        salary=np.where(trainee, APPRENTICE_SALARY, _salary(people, number, seen)),
        age_band=[str(age_band(years)) for years in age],
        source=np.where(gone, "leavers", "staff"),
        file="simulated",
        sheet=np.where(gone, "Leavers", "Staff"),
        row=np.arange(2, len(people) + 2),
    )


def _salary(
    people: pd.DataFrame, number: NDArray[np.int64], seen: pd.Series
) -> NDArray[np.float64]:
    low = np.array([GRADES[n].low for n in number])
    high = np.array([GRADES[n].high for n in number])
    steps = np.clip((seen - people["role_start_date"]).dt.days / 365.25 / 5, 0, 1)
    financial_year = seen.dt.year - (seen.dt.month < 4)
    pay = (low + (high - low) * steps) * PAY_AWARD ** (financial_year - 2025)
    rounded: NDArray[np.float64] = np.round(pay.to_numpy(dtype=float))
    return rounded
