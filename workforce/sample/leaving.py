"""Exits: resignations, retirements, ends of contract, other exits and one restructure."""

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, Cause, tenure_band_index
from workforce.domain.months import calendar_month
from workforce.sample.hiring import DAYS_A_MONTH, recruit
from workforce.sample.parameters import FAMILIES
from workforce.sample.state import CAUSE_INDEX, NEVER, TITLE_BAND, TITLE_FAMILY, State
from workforce.sample.wording import REASONS

__all__ = ["leave_in_month", "restructure", "year_block"]

Ints = NDArray[np.int64]
MONTH_END_SHARE = 0.3  # last days of service cluster at the end of the month
AGE_EDGES = (55, 60, 65, 67)
_HAZARD_CAUSES = (Cause.VOLUNTARY, Cause.RETIREMENT, Cause.OTHER)


def year_block(state: State, month: int) -> int:
    """Return the position in `state.shock` of the twelve months, counted back from the extract."""
    return state.shock.size - 1 + (month - state.calendar.last - 1) // 12


def leave_in_month(state: State, month: int, table: NDArray[np.float64]) -> None:
    """Let people leave in one month, recruit for their posts, and count exposure in the window.

    Every active person faces the hazards of their family, grade band, tenure band and age for the
    part of the month they are in post; the chance of leaving is 1 - exp(-sum), split by cause in
    proportion. A contract that ends in the month is renewed, made permanent, or ends.

    Args:
        state: The organisation.
        month: Month index.
        table: True annual hazard of resigning, shape (families, grades, tenure bands).
    """
    first, after = state.calendar.days(month)
    people = state.people
    active = np.flatnonzero((people["leave"] == NEVER) & (people["joined"] < after))
    earliest = np.maximum(first, people["joined"][active] + 1)
    part = (after - earliest) / (after - first)
    hazards, cell = _hazards(state, month, active, table)
    hazards *= part / 12
    total = hazards.sum(axis=0)
    gone = state.leaving.random(active.size) < -np.expm1(-total)
    pick = state.leaving.random(active.size) * total
    which = (pick[None, :] >= np.cumsum(hazards, axis=0)[:-1]).sum(axis=0)
    spread = state.leaving.random(active.size)
    at_end = state.leaving.random(active.size) < MONTH_END_SHARE
    day = np.where(at_end, after - 1, earliest + np.floor(spread * (after - earliest))).astype(
        np.int64
    )
    if state.calendar.window <= month <= state.calendar.last:
        np.add.at(state.exposure, cell, part)
        np.add.at(state.expected, cell, -np.expm1(-total) * hazards[0] / np.maximum(total, 1e-12))

    # A resignation after the contract would have ended is an end on the contract's last day.
    day = np.minimum(day, np.maximum(people["contract_end"][active], earliest))
    causes = np.array([CAUSE_INDEX[cause] for cause in _HAZARD_CAUSES])[which]
    _let_go(state, active[gone], day[gone], causes[gone])
    _end_contracts(state, first, after)


def _hazards(
    state: State, month: int, who: Ints, table: NDArray[np.float64]
) -> tuple[NDArray[np.float64], tuple[Ints, Ints, Ints]]:
    people, parameters = state.people, state.parameters
    first, _ = state.calendar.days(month)
    title = people["title"][who]
    tenure = np.maximum(0.0, (first - people["start"][who]) / DAYS_A_MONTH)
    cell = (TITLE_FAMILY[title], TITLE_BAND[title], tenure_band_index(tenure))
    age = (first - people["birth"][who]) / 365.25
    factor = parameters.season[calendar_month(month)] * state.shock[year_block(state, month)]
    retire = np.array(parameters.retirement_annual)[np.searchsorted(AGE_EDGES, age, side="right")]
    other = np.full(who.size, parameters.other_annual)
    return np.stack([table[cell] * factor, retire, other]), cell


def _end_contracts(state: State, first: int, after: int) -> None:
    people, rng, parameters = state.people, state.leaving, state.parameters
    ends = people["contract_end"]
    due = np.flatnonzero((ends >= first) & (ends < after) & (people["leave"] == NEVER))
    renewed = rng.random(due.size) < parameters.renewal
    kept = rng.random(due.size) < parameters.made_permanent
    permanent, extended = due[renewed & kept], due[renewed & ~kept]
    people["permanent"][permanent] = True
    ends[permanent] = NEVER
    ends[extended] += 365
    out = due[~renewed]
    cause = np.full(out.size, CAUSE_INDEX[Cause.END_OF_CONTRACT])
    _let_go(state, out, ends[out].copy(), cause)


def _let_go(state: State, who: Ints, day: Ints, cause: Ints, *, refill: bool = True) -> Ints:
    people = state.people
    people["leave"][who] = day
    people["cause"][who] = cause
    people["reason"][who] = _reasons(state, who, day, cause)
    posts = state.vacate(who, day)
    if refill:
        recruit(state, posts, day + 1)
    return posts


def _reasons(state: State, who: Ints, day: Ints, cause: Ints) -> Ints:
    reason = np.zeros(who.size, dtype=np.int64)
    u = state.leaving.random(who.size)
    for index, name in enumerate(CAUSES):
        mine = cause == index
        weights = np.array([weight for _, weight in REASONS[name]])
        edges = np.cumsum(weights) / weights.sum()
        reason[mine] = np.searchsorted(edges[:-1], u[mine], side="right")
    # Nobody retires at the normal age before 60, and nobody early after 65.
    age = (day - state.people["birth"][who]) / 365.25
    retiring = cause == CAUSE_INDEX[Cause.RETIREMENT]
    wording = [text for text, _ in REASONS[Cause.RETIREMENT]]
    normal, early, ill = (
        wording.index(f"{kind} retirement") for kind in ("Normal", "Early", "Ill health")
    )
    reason[retiring & (age < 55)] = ill
    reason[retiring & (age >= 55) & (age < 60) & (reason == normal)] = early
    reason[retiring & (age >= 65)] = normal
    return reason


def restructure(state: State, month: int) -> None:
    """Let the stated shares of each family go on the last day of the month; their posts go too."""
    _, after = state.calendar.days(month)
    people = state.people
    for index, family in enumerate(FAMILIES):
        here = np.flatnonzero(
            (people["leave"] == NEVER)
            & (people["joined"] < after - 1)
            & (TITLE_FAMILY[people["title"]] == index)
        )
        count = round(here.size * state.parameters.event_share[family])
        out = np.sort(state.leaving.choice(here, count, replace=False))
        cause = np.full(count, CAUSE_INDEX[Cause.ORGANISATIONAL_EVENT])
        posts = _let_go(state, out, np.full(count, after - 1), cause, refill=False)
        state.posts["deleted"][posts] = after - 1
