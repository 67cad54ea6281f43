"""Expected leaving: what the hazards make of fractional people, without drawing anything.

For the expected-value engine. Hazards are constant inside a month, so a month's leavers are
S (1 - exp(-sum h)), split by cause in proportion to the hazards, with S the share still in post.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import (
    AGE_BAND_MONTHS,
    CAUSES,
    GRADE_BANDS,
    TENURE_CAP_MONTHS,
    TENURE_EDGES_MONTHS,
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
from workforce.projection.native import compiled

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
IntArray = NDArray[np.int64]

TINY: Final = 1e-9
_BANDS: Final = tenure_band_index(np.arange(TENURE_CAP_MONTHS + 1))


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
    rows = np.flatnonzero(~known & (cells.people > 0))
    _add_cells(
        cells.family[rows],
        cells.grade[rows],
        cells.age[rows],
        cells.tenure_months[rows],
        # A term that has run out while the person is still in post has no end date any more.
        np.maximum(cells.contract_end[rows] - opening.as_of, 0),
        cells.people[rows],
        cells.fte[rows],
        fixed.voluntary,
        fixed.calendar,
        fixed.retirement,
        fixed.pace,
        fixed.end_of_contract,
        fixed.other,
        fixed.renewal,
        _BANDS,
        np.array(TENURE_EDGES_MONTHS, dtype=np.intp),
        np.ascontiguousarray(multiplier),
        people,
        fte,
    )
    return people, fte


@compiled
def _add_cells(  # noqa: PLR0913, PLR0917 - flat arguments are what is compiled
    family: IntArray,
    grade: IntArray,
    age: IntArray,
    tenure: IntArray,
    term: IntArray,
    heads: IntArray,
    full_time: FloatArray,
    voluntary: FloatArray,
    calendar: FloatArray,
    retirement: FloatArray,
    pace: FloatArray,
    end_of_contract: float,
    other: float,
    renewal: float,
    band: IndexArray,
    edges: IndexArray,
    multiplier: FloatArray,
    people: FloatArray,
    fte: FloatArray,
) -> None:
    """Add the leavers of cells of people to `people` and `fte`, both as `stock_leavers` has them.

    Leavers of a month with hazard h are S (1 - exp(-h)), S the share in post at its beginning.
    """
    families, grades, bands = voluntary.shape
    months = calendar.size
    quits = np.empty((families, grades, bands, months))
    keeps = np.empty_like(quits)
    stays = np.exp(-retirement - other * pace)
    renews = np.exp(-end_of_contract * pace)
    for plan in range(multiplier.shape[0]):
        # Exponentials of sums are products: few are needed for very many cells and months.
        for row in range(families):
            for step in range(grades):
                for length in range(bands):
                    fresh = 1 if edges[length] < 12 else 0
                    for month in range(months):
                        hazard = voluntary[row, step, length] * calendar[month]
                        hazard *= multiplier[plan, row, step, fresh, month]
                        quits[row, step, length, month] = hazard
                        keeps[row, step, length, month] = math.exp(-hazard)
        for cell in range(family.size):
            row, step, begin = family[cell], grade[cell], 1.0
            for month in range(months):
                length = band[min(tenure[cell] + month, band.size - 1)]
                resigning, retiring = quits[row, step, length, month], retirement[age[cell], month]
                left = keeps[row, step, length, month] * stays[age[cell], month]
                total, ending, weight = resigning + retiring + other * pace[month], 0.0, 1.0
                if month >= term[cell]:
                    ending = end_of_contract * pace[month]
                    total, left = total + ending, left * renews[month]
                if 0 < term[cell] <= month + 1:
                    weight = renewal
                # Of a hazard too small for the difference of two shares, the leavers are S h.
                lost = weight * begin * ((1.0 - left) / total if total >= TINY else 1.0)
                ended = begin * (1.0 - renewal) if term[cell] == month + 1 else 0.0
                fte[plan, row, month] += full_time[cell] * (lost * total + ended)
                people[plan, row, VOLUNTARY, month] += heads[cell] * lost * resigning
                people[plan, row, RETIREMENT, month] += heads[cell] * lost * retiring
                people[plan, row, OTHER, month] += heads[cell] * lost * other * pace[month]
                # The end of a term comes before anything else that the same month may bring.
                people[plan, row, END_OF_CONTRACT, month] += heads[cell] * (lost * ending + ended)
                begin *= left
