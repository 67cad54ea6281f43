"""How good the classifier is: F1 by family, confusion, calibration, with intervals."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Reliability",
    "bootstrap_interval",
    "calibration_error",
    "confusion",
    "f1_by_family",
    "macro_f1",
    "reliability",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

BIN_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Reliability:
    """One row of a reliability table.

    Attributes:
        low: Lower end of the confidences, exclusive except 0.
        high: Upper end, inclusive.
        titles: Number of titles.
        confidence: Their mean confidence.
        right: Share of them that is right.
    """

    low: float
    high: float
    titles: int
    confidence: float
    right: float


def confusion(truth: IntArray, chosen: IntArray, families: int) -> IntArray:
    """Return counts, shape (families, families): rows the truth, columns what was chosen."""
    table = np.zeros((families, families), dtype=np.int64)
    np.add.at(table, (truth, chosen), 1)
    return table


def f1_by_family(truth: IntArray, chosen: IntArray, families: int) -> FloatArray:
    """Return F1 = 2 TP / (2 TP + FP + FN) of each family; 0 where a family never occurs."""
    table = confusion(truth, chosen, families)
    both = table.sum(axis=0) + table.sum(axis=1)
    scores: FloatArray = np.divide(
        2.0 * np.diag(table), both, out=np.zeros(families), where=both > 0
    )
    return scores


def macro_f1(truth: IntArray, chosen: IntArray, families: int) -> float:
    """Return the unweighted mean of F1 over all families."""
    return float(f1_by_family(truth, chosen, families).mean())


def reliability(confidence: FloatArray, right: NDArray[np.bool_]) -> tuple[Reliability, ...]:
    """Return mean confidence against share right by band of confidence; empty bands are absent."""
    rows = []
    for low, high in pairwise(BIN_EDGES):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            rows.append(
                Reliability(
                    low=low,
                    high=high,
                    titles=int(inside.sum()),
                    confidence=float(confidence[inside].mean()),
                    right=float(right[inside].mean()),
                )
            )
    return tuple(rows)


def calibration_error(confidence: FloatArray, right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error: mean gap of the reliability table by titles."""
    rows = reliability(confidence, right)
    titles = sum(row.titles for row in rows)
    return sum(row.titles * abs(row.confidence - row.right) for row in rows) / titles


def bootstrap_interval(
    measure: Callable[[IntArray], float], titles: int, *, draws: int, seed: int
) -> tuple[float, float]:
    """Return a 95% percentile interval by drawing titles with replacement.

    Args:
        measure: Value of the measure on the titles at the given positions.
        titles: Number of titles.
        draws: Number of resamples.
        seed: Seed of the resampling.

    Returns:
        The 2.5th and 97.5th percentile.
    """
    rng = np.random.default_rng(seed)
    values = [measure(rng.integers(0, titles, titles)) for _ in range(draws)]
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)
