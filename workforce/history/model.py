"""The value that leaves this room: counts, no person."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from workforce.domain.bands import Cause, Contract

__all__ = ["HAZARD_CAUSES", "NEVER", "NOT_IN_POST", "History"]

NEVER: Final = -1
HAZARD_CAUSES: Final = (Cause.VOLUNTARY, Cause.RETIREMENT, Cause.END_OF_CONTRACT, Cause.OTHER)
"""Causes with a hazard; an organisational event is dated and planned."""
NOT_IN_POST: Final = (Contract.APPRENTICE, Contract.CASUAL, Contract.AGENCY, Contract.SECONDED_IN)
"""Cover and training, counted apart from people in substantive posts."""


@dataclass(frozen=True)
class History:
    """What an extract says about stocks and flows, folded into counts.

    Conventions. A leave date is the last day in post: that day is exposure, and the person is not
    counted at the end of it. Exposure is in person-months: the days in post in a calendar month
    divided by the days of that month, inside the window only. Where the as-of date lies in the
    first half of a month (a snapshot on the 1st), its few days are counted with the month before.

    Attributes:
        as_of: Last observed month index.
        as_of_date: Date up to which leaving was observed.
        window: First and last month index in which leaving was observable, inclusive; `None` where
            no leavers are given.
        counts: `month, family, department, grade, tenure, age, contract, exposure, voluntary,
            retirement, end_of_contract, other, organisational_event, unknown`; a row a cell and
            month with any exposure. Leavers are fractional where an unknown cause was apportioned;
            `unknown` holds leavers that could not be, because hardly any cause is known.
        stock: `family, department, grade, tenure_months, age, contract, contract_end, known_leave,
            known_cause, people, fte` at the as-of date; months are indices or `NEVER`.
        monthly: `month, family, headcount, fte, leavers`, one column a cause, `unknown, hires,
            conversions, moves_in, moves_out`; headcount and FTE at the end of the month. Without a
            window there is one month, with flows missing. Conversions are apprentices who took a
            post; they are no hires.
        establishment: `family, fte, basis`; FTE missing where the basis is `benchmark`.
        posts: `family, department, grade, fte`: the posts list, folded (empty without one).
        requisition_exposure: `family, age_months, exposure, filled, failed, withdrawn`: months
            requisitions were open at each age, and how they ended there.
        open_requisitions: `family, age_months, people`.
        requisitions_opened: `family, opened_12m`: posts asked for in the last twelve months.
        time_to_hire: `family, filled, in_window, median_days, q25, q75` of the filled ones, with a
            row `all`; `in_window` counts the people who started while leaving was observable.
        apprentices: `family, standard, started, planned_end, outcome, trainee, people`.
        agency: `family, until, people, fte` at the as-of date; `until` is the month in which the
            booking ends, `NEVER` where that is not given.
        starters: Known starters after the as-of date: `month, family, grade, people, fte`.
        hires_by_grade: Hires in the window: `family, grade, people, fte`.
        renewals: `family, ended, carried_on`: fixed terms whose end date passed in the window.
        moves: `from_family, to_family, moves, exposure`: people in post who moved, and
            person-months in which that could be seen; empty where it could not.
        unseen: `family, exposure`: person-months of starters before the first snapshot that lists
            them. Who left in them is in no list; empty where leaving is not known by absence alone.
        jobs: `family, grade, fixed_term, department, title, tenure, year, exposure, resigned,
            people`: person-months and resignations by directorate and job title, a block of twelve
            months at a time, and who is in post at the end; empty where leaving was not observable.
        notes: Sentences on what was assumed.
        digest: Digest of the extract and the as-of date.
    """

    as_of: int
    as_of_date: date
    window: tuple[int, int] | None
    counts: pd.DataFrame
    stock: pd.DataFrame
    monthly: pd.DataFrame
    establishment: pd.DataFrame
    posts: pd.DataFrame
    requisition_exposure: pd.DataFrame
    open_requisitions: pd.DataFrame
    requisitions_opened: pd.DataFrame
    time_to_hire: pd.DataFrame
    apprentices: pd.DataFrame
    agency: pd.DataFrame
    starters: pd.DataFrame
    hires_by_grade: pd.DataFrame
    renewals: pd.DataFrame
    moves: pd.DataFrame
    unseen: pd.DataFrame
    jobs: pd.DataFrame
    notes: tuple[str, ...] = ()
    digest: str = ""

    @property
    def window_months(self) -> int:
        """Number of months in the window, 0 without one."""
        return 0 if self.window is None else self.window[1] - self.window[0] + 1
