"""Moves between role families: counts with a conjugate prior, where the data show them at all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaincinv

from workforce.domain.evidence import Evidence
from workforce.domain.families import Family
from workforce.domain.rates import Moves, RateRow
from workforce.domain.units import lognormal_sigma
from workforce.history import History
from workforce.rates.exits import inverse_trigamma

__all__ = ["MovesFit", "fit_moves"]

FloatArray = NDArray[np.float64]

_NOT_SEEN: Final = (
    "Moves between role families are not projected: the data do not show families at two dates."
)
_SEEN: Final = (
    "Moves between role families are estimated from your own data and an assumption on how common "
    "they are; somebody moves only where a post is vacant."
)
_LEAST: Final = 0.05
"""Least share of a family's prior moves that goes to any other, so that no move is ruled out."""


@dataclass(frozen=True, slots=True)
class MovesFit:
    """Moves between families.

    Attributes:
        moves: The hazards; `None` where moves were not observable.
        rows: A row for all families together, none where not observable.
        note: What was done, in a sentence.
    """

    moves: Moves | None
    rows: tuple[RateRow, ...]
    note: str


def fit_moves(history: History, evidence: Evidence, families: Sequence[str]) -> MovesFit:
    """Estimate hazards of moving between the projected families.

    Moves from a family to another are Poisson with the person-months in the first. Their hazards
    have independent gamma priors of one rate, so that the hazard of moving at all is gamma too and
    the update is exact: shape a w + moves, rate b + exposure. a and b are those of the benchmark
    (see `exits.update_rate`), the weights w the sizes of the other families.

    The evidence has a rate of moving to another post inside an organisation, not to another family;
    times the share that changes the family, which is an assumption of ours, it is the benchmark.

    Args:
        history: Counts.
        evidence: Benchmarks.
        families: F projected families; moves to and from others are not projected.

    Returns:
        The fit.
    """
    names = tuple(str(family) for family in families)
    seen = history.moves[
        history.moves["from_family"].isin(names) & history.moves["to_family"].isin(names)
    ]
    if len(names) < 2 or seen.empty:
        return MovesFit(None, (), _NOT_SEEN)
    events, years = np.zeros((len(names),) * 2), np.zeros(len(names))
    columns = (seen[name] for name in ("from_family", "to_family", "moves", "exposure"))
    for out, into, moves, exposure in zip(*columns, strict=True):
        events[names.index(out), names.index(into)] += float(moves)
        years[names.index(out)] = float(exposure) / 12
    annual, spread = _benchmark(evidence)
    shape = inverse_trigamma(spread**2)
    rate = math.exp(float(digamma(shape))) / annual
    after = shape * _weights(history, names) + events
    off = ~np.eye(len(names), dtype=bool)
    hazard = np.where(off, after / (rate + years)[:, None] / 12, 0.0)
    # The lognormal of mean one with the coefficient of variation of the gamma.
    log_sd = np.sqrt(np.log1p(1.0 / np.where(off, after, 1.0))) * off
    # Who went from where stays out of the table: it would follow from the total and the others.
    row = _row(float(events.sum()), float(years.sum()), (shape, rate), evidence)
    return MovesFit(Moves(names, hazard, log_sd), (row,), _SEEN)


def _benchmark(evidence: Evidence) -> tuple[float, float]:
    """Return the benchmark per person-year and the spread of its logarithm."""
    moving, share = (evidence.benchmark(key) for key in ("def_internal_move", "def_move_family"))
    spread = math.hypot(lognormal_sigma(*moving.range), lognormal_sigma(*share.range))
    return moving.number * share.number, spread


def _weights(history: History, names: tuple[str, ...]) -> FloatArray:
    """Return how a family's moves share out over the others before any is seen, rows sum to 1."""
    people = history.stock.groupby("family")["people"].sum()
    size = np.array([float(people.get(name, 0.0)) for name in names])
    size = np.maximum(size, _LEAST * max(size.sum(), 1.0))
    weights = np.where(np.eye(len(names), dtype=bool), 0.0, size)
    shared: FloatArray = weights / weights.sum(axis=1, keepdims=True)
    return shared


def _row(events: float, years: float, prior: tuple[float, float], evidence: Evidence) -> RateRow:
    shape, rate = prior
    after, total = shape + events, rate + years
    low, high = (float(gammaincinv(after, point)) / total for point in (0.05, 0.95))
    return RateRow(
        measure="moves",
        family=str(Family.ALL),
        estimate=after / total,
        low=low,
        high=high,
        unit="per year",
        own_weight=years / total,
        exposure=years,
        events=events,
        benchmark=shape / rate,
        benchmark_source="moves to another post inside the organisation, times the share that "
        f"changes the role family ({evidence.benchmark('def_move_family').confidence.value})",
        note="between the role families shown, where a post is vacant",
    )
