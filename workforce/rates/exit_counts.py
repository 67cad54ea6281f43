"""Exposure and exits other than resigning, by age band or cause and year of the window."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BAND_MONTHS, AGE_BANDS, AgeBand, Cause
from workforce.rates.cells import Window, sums

__all__ = ["FLAT_CAUSES", "GROUPS", "ExitCounts", "count_exits", "flat_group"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FLAT_CAUSES: Final = (Cause.END_OF_CONTRACT, Cause.OTHER)
_AGES: Final = tuple(str(band) for band in AGE_BANDS)
GROUPS: Final = len(_AGES) + len(FLAT_CAUSES)
_UNKNOWN: Final = AGE_BANDS.index(AgeBand.UNKNOWN)
_BORDERS: Final = len(AGE_BAND_MONTHS)


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
    lets people pass. Exposure here is therefore what a projection of each year would have counted:
    the mix of ages at the year's beginning, moved up evenly month by month. Where people do pass as
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
        np.vstack([_aged(age, months, exposure, window), *[every] * len(FLAT_CAUSES)]),
        np.vstack([by_age.reshape(-1, years), *flat]),
    )


def _retired(counts: pd.DataFrame) -> FloatArray:
    return counts[str(Cause.RETIREMENT)].to_numpy(dtype=np.float64)


def _aged(
    age: IntArray, months: IntArray, exposure: FloatArray, window: Window | None
) -> FloatArray:
    """Return person-years by age band and year, ages as of each year's first month."""
    if window is None or not len(months):
        return sums(age, exposure, len(_AGES))[:, None]
    length = window.last - window.first + 1
    at = age * length + months - window.first
    held = sums(at, exposure, len(_AGES) * length).reshape(-1, length)
    year = window.year(np.arange(window.first, window.last + 1))
    known = held[:_UNKNOWN].sum(axis=0)
    out = np.zeros((len(_AGES), window.years))
    out[_UNKNOWN] = sums(year, held[_UNKNOWN], window.years)
    for index in range(window.years):
        inside = np.flatnonzero(year == index)
        seen = inside[known[inside] > 0]
        if not len(seen):
            continue
        mix = held[:_UNKNOWN, seen[0]] / known[seen[0]]
        for month in seen:
            out[:_UNKNOWN, index] += known[month] * _moved_up(mix, float(month - seen[0]))
    return out


def _moved_up(mix: FloatArray, months: float) -> FloatArray:
    """Return shares by age band some months (up to 12) later, everybody spread evenly before."""
    passed = mix[:_BORDERS] * np.minimum(1.0, months / np.asarray(AGE_BAND_MONTHS, dtype=float))
    out = mix.copy()
    out[:_BORDERS] -= passed
    out[1 : _BORDERS + 1] += passed
    return out
