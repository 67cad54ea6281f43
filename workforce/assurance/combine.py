"""Are vacancies better forecast by stock and flow, by their own series, or by both together?

Stock and flow knows the rates, the series knows the level and its habits. At each earlier date both
forecast the months ahead; their combination is used for those months ahead where it came closer,
out of time, by more than one standard error. Differences between scenarios always come from stock
and flow: a series knows nothing of a plan.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.assurance.direct import direct_paths
from workforce.assurance.scores import crps

__all__ = [
    "BANDS",
    "COMBINED",
    "DIRECT",
    "LEAST_KNOWN",
    "STOCK_FLOW",
    "Band",
    "Trial",
    "VacancyCheck",
    "blend",
    "check_vacancies",
    "combined_paths",
]

FloatArray = NDArray[np.float64]

STOCK_FLOW: Final = "stock and flow"
DIRECT: Final = "series alone"
COMBINED: Final = "both together"
BANDS: Final = ((1, 3), (4, 6), (7, 12))
"""Months ahead that are decided on together: the nearer, the more a series knows."""
MONTHS: Final = 12
FEWEST_ORIGINS: Final = 6
"""Forecasts below which a standard error says nothing."""
_FEWEST_SCORED: Final = 12
"""Months scored before weights are estimated; until then both count alike."""
_EVEN: Final = 0.5
LEAST_KNOWN: Final = 12
"""Months of vacancies that a series needs before it is a history."""
_SAME_SHARE: Final = 0.1
_SAME_POSTS: Final = 2.0
"""How far the history may end from where stock and flow begin and still count the same thing."""


@dataclass(frozen=True)
class Trial:
    """Both forecasts from one earlier date.

    Attributes:
        origin: Month index.
        stock_flow: Draws of stock and flow, shape (D, T).
        direct: Draws of the direct forecast, shape (D, T).
        observed: What happened, NaN where not known, shape (T,).
    """

    origin: int
    stock_flow: FloatArray
    direct: FloatArray
    observed: FloatArray


@dataclass(frozen=True)
class Band:
    """What was found for some months ahead.

    Attributes:
        first: First month ahead.
        last: Last month ahead.
        gain: Share by which the combination's error score was smaller than that of stock and flow.
        error: Standard error of that share.
        share: Weight of the series in the combination.
        wins: Whether the gain is more than one standard error above nothing.
    """

    first: int
    last: int
    gain: float
    error: float
    share: float
    wins: bool


@dataclass(frozen=True)
class VacancyCheck:
    """Vacancies from stock and flow held against a direct forecast of their history.

    Attributes:
        source: What the history counts, empty where there is none.
        known: The history as it is known today, oldest first, shape (n,).
        origins: Month indices of the dates compared.
        bands: What was found; empty where there were too few dates.
        scores: `horizon, method, forecasts, crps`; CRPS in vacancies.
    """

    source: str
    known: FloatArray
    origins: tuple[int, ...]
    bands: tuple[Band, ...]
    scores: pd.DataFrame

    @property
    def wins(self) -> bool:
        """Whether the combination is used for any month."""
        return any(band.wins for band in self.bands)

    def counts_the_same(self, vacancies: float) -> bool:
        """Return whether the history ends where stock and flow begin.

        Args:
            vacancies: Vacancies that stock and flow begin with.
        """
        if not len(self.known):
            return False
        apart = abs(float(self.known[-1]) - vacancies)
        return apart <= max(_SAME_POSTS, _SAME_SHARE * vacancies)

    @property
    def sentence(self) -> str:
        """What was found, in plain words."""
        if not self.source:
            return (
                "The files hold no monthly history of vacancies, so vacancies follow from stock "
                "and flow alone and could not be held against a direct forecast of their series."
            )
        if not self.bands:
            return (
                f"The history of vacancies ({self.source}) is too short to hold stock and flow "
                f"against a direct forecast of the series: it takes {FEWEST_ORIGINS} earlier dates "
                f"with {LEAST_KNOWN} months before them, and the files give {len(self.origins)}. "
                "Vacancies follow from stock and flow alone."
            )
        start = (
            f"Vacancies by stock and flow were held against a direct forecast of their own history "
            f"({self.source}) from {len(self.origins)} earlier dates"
        )
        won = [band for band in self.bands if band.wins]
        if not won:
            return (
                f"{start}. Putting both together was not closer by more than one standard error "
                "for any month ahead, so stock and flow alone are shown."
            )
        found = ", ".join(
            f"months {band.first} to {band.last} (error score {band.gain:.0%} smaller, standard "
            f"error {band.error:.0%})"
            for band in won
        )
        rest = "" if len(won) == len(self.bands) else " Elsewhere stock and flow stay."
        return f"{start}. Both together were closer for {found}, so they are shown there.{rest}"

    def as_dict(self) -> dict[str, Any]:
        """Return the check as plain JSON values."""
        return {
            "source": self.source,
            "combined": self.wins,
            "sentence": self.sentence,
            "origins": len(self.origins),
            "bands": [
                {
                    "first": each.first,
                    "last": each.last,
                    "gain": each.gain,
                    "standard_error": None if math.isnan(each.error) else each.error,
                    "weight_of_series": each.share,
                    "wins": each.wins,
                }
                for each in self.bands
            ],
            "scores": self.scores.to_dict("records"),
        }


def check_vacancies(trials: Sequence[Trial], *, source: str, known: FloatArray) -> VacancyCheck:
    """Compare stock and flow, the direct forecast and their combination out of time.

    The weight of the series at an earlier date rests on what had happened by then: inverse error
    scores of the months that could be scored (Bates & Granger 1969), one half before there were
    enough. Dates whose months ahead overlap are not independent; the standard error allows for it
    (Newey & West 1987).

    Args:
        trials: Forecasts from earlier dates, in any order.
        source: What the history counts, empty without one.
        known: The history as it is known today, shape (n,).

    Returns:
        The check.
    """
    ordered = sorted(trials, key=lambda each: each.origin)
    origins = tuple(each.origin for each in ordered)
    nothing = pd.DataFrame(columns=["horizon", "method", "forecasts", "crps"])
    if not source or len(ordered) < FEWEST_ORIGINS:
        return VacancyCheck(source, known, origins, (), nothing)
    scored = {
        STOCK_FLOW: np.array([_scores(each.stock_flow, each.observed) for each in ordered]),
        DIRECT: np.array([_scores(each.direct, each.observed) for each in ordered]),
    }
    places = np.array(origins)
    shares = [_shares(scored, places, now) for now in origins]
    scored[COMBINED] = np.array([
        _scores(blend(each.stock_flow, each.direct, share), each.observed)
        for each, share in zip(ordered, shares, strict=True)
    ])  # fmt: skip
    today = _shares(scored, places, max(origins) + MONTHS)
    bands = tuple(_band(scored, places, first, last, today) for first, last in BANDS)
    return VacancyCheck(source, known, origins, bands, _table(scored))


def combined_paths(
    check: VacancyCheck, stock_flow: FloatArray, *, rng: np.random.Generator
) -> FloatArray | None:
    """Combine vacancies of the months ahead where the check says so.

    Args:
        check: The check.
        stock_flow: Draws of stock and flow from today on, shape (D, T).
        rng: Source of randomness of the direct forecast.

    Returns:
        Draws, shape (D, T), each month ordered by itself, so that they make quantiles and no paths;
        months where the combination did not win are those of stock and flow. `None` where it won
        nowhere.
    """
    draws, months = stock_flow.shape
    if not check.wins or len(check.known) < LEAST_KNOWN:
        return None
    paths = direct_paths(
        check.known, period=MONTHS, steps=min(MONTHS, months), draws=draws, rng=rng
    )
    if paths is None:
        return None
    share = np.zeros(months)
    for band in check.bands:
        if band.wins:
            share[band.first - 1 : band.last] = band.share
    padded = np.zeros(stock_flow.shape)
    padded[:, : paths.shape[1]] = np.maximum(paths, 0.0)
    return blend(stock_flow, padded, share)


def blend(stock_flow: FloatArray, direct: FloatArray, share: FloatArray) -> FloatArray:
    """Average two forecasts quantile by quantile.

    Two forecasts that hold their ranges give one that does, where a mixture of their draws would be
    too wide (Lichtendahl, Grushka-Cockayne & Winkler 2013).

    Args:
        stock_flow: Draws, shape (D, T).
        direct: Draws, shape (D, T).
        share: Weight of the second by month, 0 to 1, shape (T,).

    Returns:
        Ordered draws, shape (D, T).
    """
    first, second = np.sort(stock_flow, axis=0), np.sort(direct, axis=0)
    found: FloatArray = first * (1.0 - share) + second * share
    return found


def _scores(draws: FloatArray, observed: FloatArray) -> FloatArray:
    """Return the CRPS by month ahead, NaN where nothing was observed, shape (T,)."""
    return np.where(np.isnan(observed), np.nan, crps(draws.T, np.nan_to_num(observed)))


def _shares(scored: dict[str, FloatArray], origins: NDArray[np.int64], now: int) -> FloatArray:
    """Return the weight of the series by month ahead from what had happened by a month."""
    months = scored[DIRECT].shape[1]
    ahead = np.arange(1, months + 1)
    happened = origins[:, None] + ahead <= now
    share = np.full(months, _EVEN)
    for first, last in BANDS:
        here = happened & (ahead >= first) & (ahead <= last) & np.isfinite(scored[DIRECT])
        if here.sum() < _FEWEST_SCORED:
            continue
        flow, series = (float(scored[name][here].mean()) for name in (STOCK_FLOW, DIRECT))
        if flow + series > 0:
            share[first - 1 : last] = flow / (flow + series)
    return share


def _band(
    scored: dict[str, FloatArray], origins: NDArray[np.int64], first: int, last: int,
    today: FloatArray,
) -> Band:  # fmt: skip
    flow, both = (scored[name][:, first - 1 : last] for name in (STOCK_FLOW, COMBINED))
    seen = np.isfinite(flow).any(axis=1)
    level = float(np.nanmean(flow)) if seen.any() else 0.0
    if seen.sum() < FEWEST_ORIGINS or level <= 0:
        return Band(first, last, 0.0, math.nan, float(today[first - 1]), False)
    better = np.nanmean((flow - both)[seen], axis=1) / level
    gain, error = float(better.mean()), _standard_error(better, origins[seen], last)
    return Band(first, last, gain, error, float(today[first - 1]), gain > error)


def _standard_error(values: FloatArray, origins: NDArray[np.int64], reach: int) -> float:
    """Return the standard error of a mean whose neighbours share months ahead."""
    count = len(values)
    away = values - values.mean()
    plain = float(away @ away) / (count - 1)
    gap = max(1.0, float(np.median(np.diff(origins))))
    lags = min(count - 1, math.ceil(reach / gap) - 1)
    together = sum(
        2 * (1 - lag / (lags + 1)) * float(away[lag:] @ away[:-lag]) / (count - 1)
        for lag in range(1, lags + 1)
    )
    # Neighbours that differ by chance must not make few dates look like many.
    return math.sqrt(max(plain, plain + together) / count)


def _table(scored: dict[str, FloatArray]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "horizon": month + 1,
                "method": method,
                "forecasts": int(np.isfinite(values[:, month]).sum()),
                "crps": float(np.nanmean(values[:, month])),
            }
            for method, values in scored.items()
            for month in range(values.shape[1])
            if np.isfinite(values[:, month]).any()
        ]
    )
