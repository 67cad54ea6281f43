"""Hazards of leaving with their uncertainty: one set of parameters for each draw."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import (
    AGE_BANDS,
    CAUSES,
    AgeBand,
    Cause,
)
from workforce.domain.months import calendar_month
from workforce.domain.plan import MAX_HORIZON_MONTHS
from workforce.domain.rates import Rates
from workforce.domain.units import Z90
from workforce.projection.pace import Pace
from workforce.projection.streams import Streams

__all__ = [
    "Drawn",
    "draw_parameters",
    "share_draws",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

NEVER: Final = np.inf
"""Time of an event that does not happen within the horizon."""
VOLUNTARY: Final = CAUSES.index(Cause.VOLUNTARY)
RETIREMENT: Final = CAUSES.index(Cause.RETIREMENT)
END_OF_CONTRACT: Final = CAUSES.index(Cause.END_OF_CONTRACT)
OTHER: Final = CAUSES.index(Cause.OTHER)
UNKNOWN_AGE: Final = AGE_BANDS.index(AgeBand.UNKNOWN)
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
        pace: Good and bad years of every cause but resigning; `None` for years all alike.
        moves: Hazards of moving from family to family, shape (F, F, D), `None` for no moves.
    """

    voluntary: FloatArray
    calendar: FloatArray
    retirement: FloatArray
    other: FloatArray
    end_of_contract: FloatArray
    renewal: FloatArray
    fill: FloatArray
    pace: Pace | None = None
    moves: FloatArray | None = None

    @property
    def newcomer(self) -> FloatArray:
        """Hazards of people whose age is not known: retirement, end of contract, other (3, D)."""
        return np.stack((self.retirement[UNKNOWN_AGE], self.end_of_contract, self.other))

    def spent(self, months: FloatArray | float, draw: IndexArray) -> FloatArray:
        """Return months as months of an average year, for causes but resigning, shape (n,)."""
        if self.pace is None:
            return np.broadcast_to(np.asarray(months, dtype=np.float64), draw.shape)
        return self.pace.spent(months, draw)

    def reached(self, spent: FloatArray, draw: IndexArray) -> FloatArray:
        """Return when so many months of an average year have passed, shape (n,)."""
        return spent if self.pace is None else self.pace.reached(spent, draw)


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
    z_rates = streams.normals("rates/voluntary", rates.voluntary.terms).T
    voluntary = rates.voluntary.draws(z_rates)
    # The shock of a calendar year must not depend on how many years are looked at.
    more = streams.normals("rates/shock_size", _YEARS + 2).T
    shock = rates.shock.draws(streams.normals("rates/shock", _YEARS + 1).T, z_rates, more)
    pace = None
    if rates.exit_years is not None:
        z_level = streams.normals("rates/exit_level", 1)[0]
        z_years = streams.normals("rates/exit_years", _YEARS + 1).T
        more = streams.normals("rates/exit_years_size", _YEARS + 2).T
        factors = rates.exit_years.draws(z_years, z_level, shock, more)
        pace = Pace(factors.T[: -(-months // 12)])
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
        pace=pace,
        moves=_moves(rates, families, streams),
    )


def _moves(rates: Rates, families: Sequence[str], streams: Streams) -> FloatArray | None:
    if rates.moves is None:
        return None
    # A stream a pair: which other families are projected changes nothing for two of them.
    z = [
        np.stack([streams.normals(f"rates/moves/{out}/{into}", 1)[0] for into in families])
        for out in families
    ]
    return rates.moves.among(families).draws(np.stack(z))
