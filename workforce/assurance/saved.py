"""Keep of a projection what it takes to say later how good it was."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workforce.domain.families import Family
from workforce.domain.forecast import KEPT_MONTHS, MEASURES, ForecastLine, SavedForecast
from workforce.domain.opening import Opening
from workforce.projection import Projection
from workforce.projection.summary import quantiles

__all__ = ["BENCHMARK_BASIS", "LISTED_BASIS", "keep_forecast"]

BENCHMARK_BASIS = "benchmark"
"""What an establishment rests on where the data give none."""
LISTED_BASIS = "list"
"""What it rests on where a list of funded posts was given: vacancies from another basis are another
quantity, and not compared with these."""


def keep_forecast(
    projection: Projection,
    opening: Opening,
    *,
    scenarios: Sequence[str],
    data_digest: str,
    software: str,
    scope: str,
    fictional: bool,
) -> SavedForecast:
    """Return the means and quantiles that a later extract can be held against.

    Flows are added up from the first month on, because the quantiles of a sum are not the sum of
    quantiles. Leavers leave out dated decisions (redundancy, transfer), which no rate forecasts.

    Args:
        projection: Holds the scenarios.
        opening: Where it started.
        scenarios: Which of its scenarios are kept.
        data_digest: Digest of the data it was made from.
        software: Version of the software.
        scope: `digital` or `everyone`.
        fictional: Whether the data are the sample.

    Returns:
        The forecast of at most `KEPT_MONTHS` months, numbers to two decimals.
    """
    known = tuple(
        family
        for family, basis in zip(opening.families, opening.establishment_basis, strict=False)
        if basis == LISTED_BASIS
    )
    lines = [
        ForecastLine(scenario, measure, family, _numbers(_draws(projection, *key)))
        for scenario in scenarios
        for measure in MEASURES
        for family in (*projection.families, str(Family.ALL))
        for key in ((scenario, measure, family),)
    ]
    return SavedForecast(
        as_of=projection.as_of,
        data_digest=data_digest,
        software=software,
        draws=projection.draws,
        seed=projection.seed,
        fictional=fictional,
        scope=scope,
        families=projection.families,
        posts_known=known,
        lines=tuple(lines),
    )


def _draws(projection: Projection, scenario: str, measure: str, family: str) -> NDArray[Any]:
    def values(name: str) -> NDArray[Any]:
        return projection.values(scenario, name, family)[:, :KEPT_MONTHS]

    if measure == "leavers_total":
        rated: NDArray[Any] = values("leavers") - values("leavers_organisational_event")
        return rated.cumsum(axis=1)
    if measure == "hires_total":
        return values("hires").cumsum(axis=1)
    return values(measure)


def _numbers(draws: NDArray[Any]) -> tuple[tuple[float, ...], ...]:
    table = np.column_stack((draws.mean(axis=0), quantiles(draws.T)))
    return tuple(tuple(round(float(each), 2) for each in month) for month in table)
