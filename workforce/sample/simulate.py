"""The simulation: an organisation warmed up and lived through month by month."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from workforce.domain.bands import CAUSES
from workforce.domain.errors import UserError
from workforce.domain.months import calendar_month, month_of
from workforce.sample.build import APRIL, build, calendar_of, event_month, grade_mix, grow
from workforce.sample.frames import assemble
from workforce.sample.hiring import fill_due
from workforce.sample.leaving import leave_in_month, restructure
from workforce.sample.parameters import FAMILIES, SampleParameters
from workforce.sample.records import Simulated
from workforce.sample.state import TITLE_FAMILY, State
from workforce.sample.training import start_cohorts, train_month

__all__ = ["run", "simulate", "simulate_people"]


def simulate(
    parameters: SampleParameters | None = None,
    *,
    size: int = 2400,
    years: int = 5,
    seed: int = 2026,
    as_of: date = date(2026, 9, 30),
) -> Simulated:
    """Simulate an organisation and return its records without writing a workbook.

    Args:
        parameters: True rates; the defaults if not given.
        size: Intended number of people in post at `as_of`, 50 to 200,000.
        years: Years of leavers before `as_of`, 1 to 20.
        seed: Seed; the same inputs give the same organisation.
        as_of: Date of the extract.

    Returns:
        The organisation.

    Raises:
        UserError: If size or years is out of range or `as_of` is not the end of a month.
    """
    parameters = parameters or SampleParameters()
    extract, later = run(parameters, size=size, years=years, seed=seed, as_of=as_of)
    return assemble(extract, later, seed=seed, size=size)


def simulate_people(
    parameters: SampleParameters | None = None,
    *,
    size: int = 2400,
    years: int = 5,
    seed: int = 2026,
    as_of: date = date(2026, 9, 30),
) -> pd.DataFrame:
    """Return only the people of `simulate`: one row a person, columns as after intake."""
    return simulate(parameters, size=size, years=years, seed=seed, as_of=as_of).people


def run(
    parameters: SampleParameters, *, size: int, years: int, seed: int, as_of: date
) -> tuple[State, State]:
    """Live through warm-up, window and the months just beyond the extract.

    Args:
        parameters: True rates.
        size: Intended number of people in post at `as_of`.
        years: Years of window.
        seed: Seed.
        as_of: Date of the extract.

    Returns:
        The organisation at the end of the month of `as_of`, and some months later, from which the
        exits and starts already known at `as_of` are taken.

    Raises:
        UserError: If size or years is out of range or `as_of` is not the end of a month.
    """
    if not 50 <= size <= 200_000:
        raise UserError(f"A sample needs 50 to 200,000 people, not {size}.")
    if not 1 <= years <= 20:
        raise UserError(f"A sample needs 1 to 20 years of history, not {years}.")
    if month_of(as_of + timedelta(days=1)) == month_of(as_of):
        raise UserError(f"A sample is taken at the end of a month, which {as_of} is not.")
    state = build(parameters, size, calendar_of(as_of, years), seed)
    table = parameters.voluntary_table(grade_mix())
    event = event_month(state.calendar)
    for month in range(state.calendar.first, state.calendar.last + 1):
        if calendar_month(month) == APRIL and month > state.calendar.first:
            grow(state, month)
        fill_due(state, *state.calendar.days(month))
        leave_in_month(state, month, table)
        if month == event:
            restructure(state, month)
        start_cohorts(state, month)
        train_month(state, month)
        if month >= state.calendar.window:
            _record(state, month)
    at_extract = state.frozen()
    for month in range(state.calendar.last + 1, state.calendar.end + 1):
        fill_due(state, *state.calendar.days(month))
        leave_in_month(state, month, table)
    return at_extract, state


def _record(state: State, month: int) -> None:
    first, after = state.calendar.days(month)
    people, posts = state.people, state.posts
    taken = posts["occupant"] >= 0
    seated = np.bincount(TITLE_FAMILY[posts["title"][taken]], minlength=len(FAMILIES))
    left = (people["leave"] >= first) & (people["leave"] < after)
    joined = (people["joined"] >= first) & (people["joined"] < after)
    record: dict[str, int] = {"month": month, "headcount": int(taken.sum())}
    record |= {f"headcount_{name}": int(seated[i]) for i, name in enumerate(FAMILIES)}
    record["joined"], record["left"] = int(joined.sum()), int(left.sum())
    for index, cause in enumerate(CAUSES):
        record[f"left_{cause}"] = int((left & (people["cause"] == index)).sum())
    state.monthly.append(record)
