"""Exposure and exits other than resigning, by age band or cause and year of the window."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BAND_MONTHS, AGE_BANDS, CAUSES, AgeBand, Cause
from workforce.rates.cells import Window, sums

__all__ = ["FLAT_CAUSES", "GROUPS", "ExitCounts", "count_exits", "flat_group"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FLAT_CAUSES: Final = (Cause.END_OF_CONTRACT, Cause.OTHER)
_AGES: Final = tuple(str(band) for band in AGE_BANDS)
GROUPS: Final = len(_AGES) + len(FLAT_CAUSES)
_UNKNOWN: Final = AGE_BANDS.index(AgeBand.UNKNOWN)
_BORDERS: Final = len(AGE_BAND_MONTHS)
_EVENTS: Final = (*(str(cause) for cause in CAUSES), "unknown")
_SURE: Final = 5.0
"""Passages that an even spread of ages is taken for before any are seen."""


def flat_group(cause: Cause) -> int:
    """Return the row of a flat cause among the groups: they stand after the age bands."""
    return len(_AGES) + FLAT_CAUSES.index(cause)


@dataclass(frozen=True)
class ExitCounts:
    """What was seen of retirement by age band, and of the flat causes.

    Attributes:
        exposure: Person-years by group and year of the window, shape (GROUPS, Y).
        events: Events, same shape.
    """

    exposure: FloatArray
    events: FloatArray

    @property
    def years(self) -> int:
        """Number of years Y."""
        return len(self.exposure[0])


def count_exits(counts: pd.DataFrame, window: Window | None) -> ExitCounts:
    """Count exposure as a projection will, and events, by group and year.

    An age is known as a band at the end of a record. The bands of earlier months rest on people
    being spread evenly over the band they ended in, which is not so where they leave at its border
    (retirement on a birthday): then hardly anybody is ever seen to pass it, and yet a projection
    lets people pass. To the extent that fewer pass a border than would with ages spread evenly,
    exposure is moved up as a projection of each year would have moved it. Where people pass as
    evenly as that, it is the exposure that was counted.

    Args:
        counts: Frame `History.counts` with every cause settled.
        window: Observed months; without, one year holds everything.

    Returns:
        Person-years and events.
    """
    months = counts["month"].to_numpy(dtype=np.int64)
    years = window.years if window else 1
    year = window.year(months) if window else np.zeros_like(months)
    age = pd.Categorical(counts["age"], categories=_AGES).codes.astype(np.int64)
    exposure = counts["exposure"].to_numpy(dtype=float) / 12
    by_age = sums(age * years + year, _retired(counts), len(_AGES) * years)
    every = sums(year, exposure, years)
    flat = [sums(year, counts[str(cause)].to_numpy(dtype=float), years) for cause in FLAT_CAUSES]
    return ExitCounts(
        np.vstack([_aged(counts, age, window), *[every] * len(FLAT_CAUSES)]),
        np.vstack([by_age.reshape(-1, years), *flat]),
    )


def _retired(counts: pd.DataFrame) -> FloatArray:
    return counts[str(Cause.RETIREMENT)].to_numpy(dtype=np.float64)


def _aged(counts: pd.DataFrame, age: IntArray, window: Window | None) -> FloatArray:
    """Return person-years by age band and year, people moved up where they are not seen to pass."""
    exposure = counts["exposure"].to_numpy(dtype=float) / 12
    if window is None or not len(exposure):
        return sums(age, exposure, len(_AGES))[:, None]
    length = window.last - window.first + 1
    at = age * length + counts["month"].to_numpy(dtype=np.int64) - window.first
    size = len(_AGES) * length
    held = sums(at, exposure, size).reshape(-1, length)
    gone = sums(at, counts[list(_EVENTS)].to_numpy(dtype=float).sum(axis=1), size)
    unseen = 1.0 - _passing(12 * held[:_UNKNOWN], gone.reshape(-1, length)[:_UNKNOWN])
    months = np.arange(length)
    year = window.year(months + window.first)
    since = months - np.searchsorted(year, year)
    share = np.minimum(1.0, since / np.asarray(AGE_BAND_MONTHS, dtype=float)[:, None])
    passed = held[:_BORDERS] * share * unseen[:, None]
    moved = held.copy()
    moved[:_BORDERS] -= passed
    moved[1 : _BORDERS + 1] += passed
    place = np.arange(len(_AGES))[:, None] * window.years + year
    return sums(place.ravel(), moved.ravel(), len(_AGES) * window.years).reshape(len(_AGES), -1)


def _passing(people: FloatArray, gone: FloatArray) -> FloatArray:
    """Return how many pass each border, as a share of those who would if ages were spread evenly.

    Args:
        people: People by known age band and month, shape (A, months).
        gone: Leavers likewise.

    Returns:
        Shares, 0 to 1, shape (borders,); near 1 where few would be expected to pass.
    """
    months = people.shape[1]
    # Above a border, people appear by passing it; whoever joins at such an age counts as passing.
    above, left = (each[::-1].cumsum(axis=0)[::-1][1:] for each in (people, gone))
    seen = above[:, -1] - above[:, 0] + left.sum(axis=1)
    even = people[:_BORDERS].mean(axis=1) * months / np.asarray(AGE_BAND_MONTHS, dtype=float)
    share: FloatArray = np.clip((seen + _SURE) / (even + _SURE), 0.0, 1.0)
    return share
