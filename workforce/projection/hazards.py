"""Hazards of leaving with their uncertainty, and the time at which somebody leaves.

Causes compete: each person has an exponential threshold for each cause, and leaves by the first
whose cumulative hazard reaches it. With hazards constant inside a month this is the same as leaving
in a month with probability 1 - exp(-sum of hazards) and splitting by cause in proportion, but a
lever then moves resignations only, and moves each of them by no more than it must.

Time is counted in months after the opening month: month m is the interval [m - 1, m).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import (
    AGE_BANDS,
    CAUSES,
    TENURE_EDGES_MONTHS,
    AgeBand,
    Cause,
)
from workforce.domain.months import calendar_month
from workforce.domain.plan import MAX_HORIZON_MONTHS
from workforce.domain.rates import Rates
from workforce.domain.units import Z90
from workforce.projection.levers import LeverClasses
from workforce.projection.streams import Streams

__all__ = [
    "Clock",
    "Drawn",
    "FlatPeople",
    "RowPeople",
    "draw_parameters",
    "newcomer_exit",
    "share_draws",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

NEVER: Final = np.inf
VOLUNTARY: Final = CAUSES.index(Cause.VOLUNTARY)
RETIREMENT: Final = CAUSES.index(Cause.RETIREMENT)
END_OF_CONTRACT: Final = CAUSES.index(Cause.END_OF_CONTRACT)
OTHER: Final = CAUSES.index(Cause.OTHER)
UNKNOWN_AGE: Final = AGE_BANDS.index(AgeBand.UNKNOWN)
FIRST_YEAR_BANDS: Final = 2
"""The first two tenure bands, up to twelve months, are the first year of service."""

_YEARS: Final = -(-MAX_HORIZON_MONTHS // 12)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Parameters of D draws.

    Attributes:
        voluntary: Hazards per person-month, shape (F, G, B, D), before season, shock and levers.
        calendar: Season times year shock, shape (T, D).
        retirement: By age band, shape (A, D).
        other: Shape (D,).
        end_of_contract: Flat hazard, shape (D,).
        renewal: Share of fixed terms renewed, shape (D,).
        fill: Multiplier on the fill hazard, shape (F, D).
    """

    voluntary: FloatArray
    calendar: FloatArray
    retirement: FloatArray
    other: FloatArray
    end_of_contract: FloatArray
    renewal: FloatArray
    fill: FloatArray


def share_draws(central: float, low: float, high: float, z: FloatArray) -> FloatArray:
    """Return draws of a share whose 5%, 50% and 95% points are as stated.

    Normal on the logit scale with one spread below and another above the central value, because
    published ranges of shares are rarely symmetric there.

    Args:
        central: Median, 0-1.
        low: 5% point.
        high: 95% point.
        z: Standard normals, any shape.

    Returns:
        Shares, same shape; exactly `central` where that is 0 or 1.
    """
    if central <= 0 or central >= 1:
        return np.full(z.shape, float(central))

    def logit(share: float) -> float:
        inside = min(max(share, 1e-9), 1 - 1e-9)
        return math.log(inside / (1 - inside))

    centre = logit(central)
    spread = np.where(z < 0, centre - logit(low), logit(high) - centre) / Z90
    shares: FloatArray = 1.0 / (1.0 + np.exp(-(centre + spread * z)))
    return shares


def draw_parameters(
    rates: Rates, families: Sequence[str], as_of: int, months: int, streams: Streams
) -> Drawn:
    """Draw every rate once for each draw; all scenarios share them.

    Args:
        rates: Rates of at least the projected families.
        families: F projected families.
        as_of: Opening month index.
        months: Months projected T.
        streams: Random numbers of D draws.

    Returns:
        The parameters.

    Raises:
        ValueError: If a projected family has no rates.
    """
    missing = [name for name in families if name not in rates.families]
    if missing:
        raise ValueError(f"there are no rates for the family {missing[0]}")
    own = [rates.voluntary.families.index(name) for name in families]
    vacancies = [rates.fill.families.index(name) for name in families]
    voluntary = rates.voluntary.draws(streams.normals("rates/voluntary", rates.voluntary.terms).T)
    # The shock of a calendar year must not depend on how many years are looked at.
    shock = rates.shock.draws(streams.normals("rates/shock", _YEARS + 1).T)
    ahead = np.arange(1, months + 1)
    season = rates.season[[calendar_month(as_of + int(m)) for m in ahead]]
    ages = len(rates.retirement)
    z_age = streams.normals("rates/retirement", ages)
    z_fill = np.stack([streams.normals(f"rates/fill/{name}", 1)[0] for name in families])
    return Drawn(
        voluntary=np.ascontiguousarray(np.moveaxis(voluntary[:, own], 0, -1)),
        calendar=season[:, None] * shock.T[(ahead - 1) // 12],
        retirement=rates.retirement[:, None] * np.exp(rates.retirement_log_sd[:, None] * z_age),
        other=rates.other.draws(streams.normals("rates/other", 1)[0]),
        end_of_contract=rates.end_of_contract.draws(streams.normals("rates/end_of_contract", 1)[0]),
        renewal=share_draws(*rates.renewal, streams.normals("rates/renewal", 1)[0]),
        fill=np.exp(rates.fill.log_sd[vacancies][:, None] * z_fill),
    )


class People(Protocol):
    """Circumstances of people, looked up in the shape in which their thresholds come."""

    def hazard(self, band: int) -> FloatArray:
        """Return the voluntary hazards of a tenure band."""

    def cumulative(self, first_year: bool, month: int) -> FloatArray:
        """Return season x shock x levers, summed up to the end of a month."""

    def offsets(self, first_year: bool, hits: IndexArray) -> IndexArray:
        """Return where the cumulative rows of some people begin, with their draw added."""


class Clock:
    """When people resign under one plan, found by inverting the cumulative hazard.

    Along a tenure band the hazard is v(t) = v x m(t), with m = season x shock x levers the same for
    everybody of a lever class. So the cumulative hazard is v x (M(t) - M(s)), M is tabulated once a
    class and draw, and the work is in proportion to people instead of people x months.

    Args:
        drawn: Parameters of D draws.
        classes: Lever multipliers.
    """

    def __init__(self, drawn: Drawn, classes: LeverClasses) -> None:
        count, months, draws = classes.multiplier.shape
        self.voluntary = drawn.voluntary
        self.classes = classes.index
        self.months = months
        self.draws = draws
        self.cumulative = np.zeros((count, months + 1, draws))
        np.cumsum(classes.multiplier * drawn.calendar, axis=1, out=self.cumulative[:, 1:])

    def leaving(
        self,
        threshold: FloatArray,
        people: People,
        *,
        start: int,
        tenure: int,
        boost: FloatArray | None = None,
    ) -> FloatArray:
        """Return the time of resigning.

        Args:
            threshold: Unit exponentials, any shape.
            people: Circumstances in the same shape.
            start: Month at whose end they are in post (0 is the opening month).
            tenure: Their completed months of service then.
            boost: Ratio on the hazard in the twelve months after `start`, same shape.

        Returns:
            Months after the opening month, `inf` where they stay to the end; same shape.
        """
        left = np.array(threshold, dtype=np.float64)
        out = np.full(left.shape, NEVER)
        flat_left, flat_out = left.reshape(-1), out.reshape(-1)
        until = start + 12 if boost is not None else start
        for band, first, last in _segments(start, tenure, self.months, until):
            first_year = band < FIRST_YEAR_BANDS
            hazard = people.hazard(band)
            if boost is not None and last <= until:
                hazard = hazard * boost
            begin = people.cumulative(first_year, first)
            passed = hazard * (people.cumulative(first_year, last) - begin)
            hits = np.flatnonzero(left < passed)
            if hits.size:
                share = flat_left[hits] / np.reshape(hazard, -1)[hits]
                target = np.reshape(begin, -1)[hits] + share
                flat_out[hits] = self._locate(people.offsets(first_year, hits), first, last, target)
            left -= passed
            flat_left[hits] = NEVER
        return out

    def _locate(self, offsets: IndexArray, first: int, last: int, target: FloatArray) -> FloatArray:
        table = self.cumulative.reshape(-1)
        low = np.full(offsets.shape, first, dtype=np.intp)
        high = np.full(offsets.shape, last, dtype=np.intp)
        for _ in range(max(0, math.ceil(math.log2(max(1, last - first))))):
            middle = (low + high) >> 1
            below = table[offsets + middle * self.draws] < target
            low = np.where(below, middle, low)
            high = np.where(below, high, np.maximum(middle, low + 1))
        begin = table[offsets + low * self.draws]
        step = table[offsets + (low + 1) * self.draws] - begin
        share = np.clip((target - begin) / step, 0.0, 1.0 - 1e-9)
        return low + share


def _segments(start: int, tenure: int, months: int, until: int) -> list[tuple[int, int, int]]:
    # Somebody with `tenure` at the end of month `start` is exposed in month m with tenure
    # tenure + m - start - 1: leaving comes before ageing.
    edges = sorted(
        {start, months, until}
        | {start + edge - tenure for edge in TENURE_EDGES_MONTHS if edge > tenure}
    )
    inside = [edge for edge in edges if start <= edge <= months]
    bands = [
        sum(edge <= tenure + first - start for edge in TENURE_EDGES_MONTHS) - 1
        for first in inside[:-1]
    ]
    return list(zip(bands, inside[:-1], inside[1:], strict=True))


class RowPeople:
    """People by row and draw, shape (n, D): the opening stock.

    Args:
        clock: The clock.
        family: Family index a row, shape (n,).
        grade: Grade index a row, shape (n,).
    """

    def __init__(self, clock: Clock, family: IndexArray, grade: IndexArray) -> None:
        self._clock = clock
        self._family = family
        self._grade = grade

    def hazard(self, band: int) -> FloatArray:
        """See `People`."""
        return self._clock.voluntary[self._family, self._grade, band]

    def cumulative(self, first_year: bool, month: int) -> FloatArray:
        """See `People`."""
        return self._clock.cumulative[self._class(first_year), month]

    def offsets(self, first_year: bool, hits: IndexArray) -> IndexArray:
        """See `People`."""
        row, draw = np.divmod(hits, self._clock.draws)
        size = (self._clock.months + 1) * self._clock.draws
        return self._class(first_year)[row] * size + draw

    def _class(self, first_year: bool) -> IndexArray:
        return self._clock.classes[self._family, self._grade, int(first_year)]


class FlatPeople:
    """People one by one, shape (n,), each in a draw of their own: hires and conversions.

    Args:
        clock: The clock.
        family: Family index, shape (n,).
        grade: Grade index, shape (n,).
        draw: Draw index, shape (n,).
    """

    def __init__(
        self, clock: Clock, family: IndexArray, grade: IndexArray, draw: IndexArray
    ) -> None:
        self._clock = clock
        self._draw = draw
        self._family = family
        self._grade = grade
        _, grades, bands, draws = clock.voluntary.shape
        self._cell = (family * grades + grade) * bands * draws + draw
        size = (clock.months + 1) * draws
        self._rows = {
            first: clock.classes[family, grade, int(first)] * size + draw for first in (False, True)
        }

    def hazard(self, band: int) -> FloatArray:
        """See `People`."""
        return self._clock.voluntary.reshape(-1)[self._cell + band * self._clock.draws]

    def cumulative(self, first_year: bool, month: int) -> FloatArray:
        """See `People`."""
        table = self._clock.cumulative.reshape(-1)
        return table[self._rows[first_year] + month * self._clock.draws]

    def offsets(self, first_year: bool, hits: IndexArray) -> IndexArray:
        """See `People`."""
        return self._rows[first_year][hits]


def newcomer_exit(
    drawn: Drawn,
    resigns: FloatArray,
    rest: FloatArray,
    rest_cause: FloatArray,
    draw: IndexArray,
    start: int,
) -> tuple[FloatArray, IndexArray]:
    """Return when and why people leave who joined during the projection.

    Their age is not known, so retirement has the flat rate of unknown ages; together with ends of
    contract and other exits it is a constant hazard.

    Args:
        drawn: Parameters of D draws.
        resigns: Time of resigning, shape (n,).
        rest: Unit exponentials for every other cause together.
        rest_cause: Uniforms that choose among those causes.
        draw: Draw index.
        start: Month at whose end they are in post.

    Returns:
        Time in months after the opening month, and cause index.
    """
    parts = np.stack((drawn.retirement[UNKNOWN_AGE], drawn.end_of_contract, drawn.other))
    total = parts.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        edges = np.cumsum(parts, axis=0) / total
        time = start + rest / total[draw]
    time = np.where(total[draw] > 0, time, NEVER)
    cause = np.full(draw.shape, VOLUNTARY, dtype=np.intp)
    sooner = np.flatnonzero(time < resigns)
    where, place = draw[sooner], rest_cause[sooner]
    cause[sooner] = np.where(
        place < edges[0, where],
        RETIREMENT,
        np.where(place < edges[1, where], END_OF_CONTRACT, OTHER),
    )
    return np.minimum(resigns, time), cause
