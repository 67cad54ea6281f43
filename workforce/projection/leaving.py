"""Expected leaving: what the hazards make of fractional people, without drawing anything.

For the expected-value engine. Hazards are constant inside a month, so a month's leavers are
S (1 - exp(-sum h)), split by cause in proportion to the hazards, with S the share still in post.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import (
    AGE_BAND_MONTHS,
    CAUSES,
    GRADE_BANDS,
    tenure_band_index,
)
from workforce.domain.months import calendar_month
from workforce.domain.opening import Opening
from workforce.domain.plan import Plan
from workforce.domain.rates import Rates
from workforce.projection.hazards import (
    END_OF_CONTRACT,
    OTHER,
    RETIREMENT,
    UNKNOWN_AGE,
    VOLUNTARY,
)
from workforce.projection.levers import central_classes

__all__ = [
    "TINY",
    "Central",
    "central",
    "multipliers",
    "retirement_hazards",
    "stock_leavers",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

TINY: Final = 1e-9
# Cells x months worked on at once; it bounds memory and changes no result.
_TILE: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Central:
    """Every parameter at its central value.

    Attributes:
        voluntary: Hazards per person-month, shape (F, G, B), before season, year and levers.
        calendar: Season times the mean multiplier of the year, shape (T,).
        pace: Mean multiplier of the year on every other cause, shape (T,).
        retirement: Monthly hazards by age band at the opening month, shape (A, T).
        other: Hazard per person-month.
        end_of_contract: Flat hazard per person-month.
        renewal: Share of fixed terms renewed.
        fill: Fill hazard by vacancy age, shape (F, V).
        starter_grade: Shares of grade bands among starters, shape (F, G).
        moves: Hazards of moving from family to family, shape (F, F), `None` for no moves.
    """

    voluntary: FloatArray
    calendar: FloatArray
    pace: FloatArray
    retirement: FloatArray
    other: float
    end_of_contract: float
    renewal: float
    fill: FloatArray
    starter_grade: FloatArray
    moves: FloatArray | None = None

    @property
    def newcomer(self) -> FloatArray:
        """Hazards of people who join, whose age is not known, by cause, shape (C, T)."""
        out = np.zeros((len(CAUSES), len(self.pace)))
        out[RETIREMENT] = self.retirement[UNKNOWN_AGE]
        out[END_OF_CONTRACT] = self.end_of_contract * self.pace
        out[OTHER] = self.other * self.pace
        return out


def central(rates: Rates, families: Sequence[str], as_of: int, months: int) -> Central:
    """Return the parameters without uncertainty.

    Medians of the rates, and the mean of each year's multiplier given the last observed year.

    Args:
        rates: Rates of at least the projected families.
        families: F projected families.
        as_of: Opening month index.
        months: Months projected T.

    Raises:
        ValueError: If a projected family has no rates.
    """
    missing = [name for name in families if name not in rates.families]
    if missing:
        raise ValueError(f"there are no rates for the family {missing[0]}")
    own = [rates.voluntary.families.index(name) for name in families]
    vacancies = [rates.fill.families.index(name) for name in families]
    ahead = np.arange(1, months + 1)
    year = (ahead - 1) // 12
    still = np.zeros((1, -(-months // 12) + 1))
    quits = replace(rates.shock, sd=0.0, last_sd=0.0, loading=()).draws(still)
    exits = np.ones_like(quits)
    if rates.exit_years is not None:
        shock = replace(rates.exit_years.shock, sd=0.0, last_sd=0.0, loading=())
        exits = replace(rates.exit_years, shock=shock).draws(still, np.zeros(1), quits)
    season = rates.season[[calendar_month(as_of + int(m)) for m in ahead]]
    pace = exits[0, year]
    return Central(
        voluntary=np.exp(rates.voluntary.log_hazard()[own]),
        calendar=season * quits[0, year],
        pace=pace,
        retirement=retirement_hazards(rates.retirement, pace),
        other=rates.other.hazard_monthly,
        end_of_contract=rates.end_of_contract.hazard_monthly,
        renewal=rates.renewal[0],
        fill=rates.fill.hazard[vacancies],
        starter_grade=rates.starter_grade[[rates.families.index(name) for name in families]],
        moves=None if rates.moves is None else rates.moves.among(families).hazard,
    )


def retirement_hazards(by_age: FloatArray, pace: FloatArray) -> FloatArray:
    """Return each month's hazard of retiring for people of an age band at the opening month.

    Where somebody stands within a band is spread evenly; from there people move up exactly. The
    hazard is that of the mixture: -ln of the share that a month leaves in post.

    Args:
        by_age: Hazard per person-month by age band, shape (A,); the last is for unknown ages.
        pace: Multiplier of each month, shape (T,).

    Returns:
        Shape (A, T).
    """
    months = len(pace)
    begin, end = np.arange(months), np.arange(1, months + 1)
    out = by_age[:, None] * pace
    for band, width in enumerate(AGE_BAND_MONTHS):
        near = min(width, months)
        # One place a month, in its middle; those who cross no border within the horizon are alike.
        until = np.append(np.arange(near) + 0.5, np.inf)
        weight = np.append(np.full(near, 1.0 / width), (width - near) / width)
        hazard = np.zeros((len(until), months))
        low, high = np.zeros(len(until)), until
        for next_band in range(band, len(AGE_BAND_MONTHS) + 1):
            inside = np.minimum(end, high[:, None]) - np.maximum(begin, low[:, None])
            hazard += by_age[next_band] * np.maximum(inside, 0.0)
            low = high
            last = next_band + 1 >= len(AGE_BAND_MONTHS)
            high = high + (np.inf if last else AGE_BAND_MONTHS[next_band + 1])
        in_post = weight @ np.exp(-np.cumsum(hazard * pace, axis=1))
        out[band] = -np.diff(np.log(in_post), prepend=0.0)
    return out


def multipliers(
    plans: Sequence[Plan], families: Sequence[str], as_of: int, months: int
) -> FloatArray:
    """Return what each plan's levers do to the voluntary hazard at their central effects.

    Args:
        plans: P plans.
        families: F families.
        as_of: Opening month index.
        months: Months projected T.

    Returns:
        Shape (P, F, G, 2, T); the fourth axis is 0 from twelve months of tenure on and 1 before.
    """
    ahead = as_of + np.arange(1, months + 1)
    out = np.ones((len(plans), len(families), len(GRADE_BANDS), 2, months))
    for row, plan in enumerate(plans):
        if plan.leaving_levers:
            classes = central_classes(plan, families, ahead)
            out[row] = classes.multiplier[classes.index, :, 0]
    return out


def _lived(total: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the share in post at the beginning of each month, and leavers per unit of hazard.

    Leavers of a month with hazard h are S (1 - exp(-h)) = S - S', S' the share at its end.

    Args:
        total: Hazards, months along the last axis.

    Returns:
        S and (S - S') / h, shape of `total`.
    """
    end = np.exp(-np.cumsum(total, axis=-1))
    begin = np.ones_like(end)
    begin[..., 1:] = end[..., :-1]
    # Of a hazard too small for the difference of two shares, the leavers are S h.
    share = begin.copy()
    np.divide(begin - end, total, out=share, where=total >= TINY)
    return begin, share


def stock_leavers(
    opening: Opening, fixed: Central, multiplier: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the leavers of the opening stock.

    Args:
        opening: The opening position.
        fixed: Parameters.
        multiplier: As `multipliers` returns it, shape (P, F, G, 2, T).

    Returns:
        People by cause, shape (P, F, C, T), and their FTE, shape (P, F, T).
    """
    plans, families, _, _, months = multiplier.shape
    people = np.zeros((plans, families, len(CAUSES), months))
    fte = np.zeros((plans, families, months))
    cells = opening.cells
    known = (cells.known_leave >= 0) & (cells.people > 0)
    for row in np.flatnonzero(known):
        month = max(1, int(cells.known_leave[row]) - opening.as_of) - 1
        if month < months:
            people[:, cells.family[row], cells.known_cause[row], month] += cells.people[row]
            fte[:, cells.family[row], month] += cells.fte[row]
    there = ~known & (cells.people > 0)
    dated = cells.contract_end > opening.as_of
    step = max(1, _TILE // months)
    # Without a term there is less to work out, and most have none.
    for some in (there & ~dated, there & dated):
        rows = np.flatnonzero(some)
        for first in range(0, rows.size, step):
            _add_cells(opening, fixed, multiplier, rows[first : first + step], people, fte)
    return people, fte


def _add_cells(
    opening: Opening,
    fixed: Central,
    multiplier: FloatArray,
    rows: IndexArray,
    people: FloatArray,
    fte: FloatArray,
) -> None:
    cells, months = opening.cells, multiplier.shape[-1]
    family, grade = cells.family[rows, None], cells.grade[rows, None]
    month = np.arange(months)
    tenure = cells.tenure_months[rows, None] + month
    today = fixed.voluntary[family, grade, tenure_band_index(tenure)] * fixed.calendar
    retiring = fixed.retirement[cells.age[rows]]
    flat, other = fixed.end_of_contract * fixed.pace, fixed.other * fixed.pace
    # A term that has run out while the person is still in post has no end date any more.
    term = np.maximum(cells.contract_end[rows] - opening.as_of, 0)[:, None]
    dated, ahead = bool(term.any()), month + 1
    endless = (ahead > term).astype(np.float64) if dated else np.ones(1)
    others = retiring + other + endless * flat
    first_year = tenure < 12
    fold = np.zeros((people.shape[1], rows.size))
    fold[family[:, 0], np.arange(rows.size)] = 1.0
    heads, full_time = fold * cells.people[rows], fold * cells.fte[rows]
    for plan in range(multiplier.shape[0]):
        quits = today
        if np.any(multiplier[plan] != 1.0):
            of_cell = multiplier[plan][family[:, 0], grade[:, 0]]
            quits = today * np.where(first_year, of_cell[:, 1], of_cell[:, 0])
        total = quits + others
        begin, share = _lived(total)
        if dated:
            share *= np.where((term > 0) & (ahead >= term), fixed.renewal, 1.0)
        lived = heads @ share
        fte[plan] += full_time @ (total * share)
        people[plan, :, VOLUNTARY] += heads @ (quits * share)
        people[plan, :, RETIREMENT] += heads @ (retiring * share)
        people[plan, :, OTHER] += lived * other
        people[plan, :, END_OF_CONTRACT] += (heads @ (endless * share) if dated else lived) * flat
        if dated:
            # The end of a term comes before anything else that the same month may bring.
            ended = np.where((term > 0) & (ahead == term), begin * (1.0 - fixed.renewal), 0.0)
            fte[plan] += full_time @ ended
            people[plan, :, END_OF_CONTRACT] += heads @ ended
