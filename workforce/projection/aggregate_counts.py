"""How many of n: binomial counts read off a normal number that all scenarios share.

A count is the quantile of its distribution at the number's probability, so two scenarios with the
same people and the same chance have the same count, and the count grows with either of them.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.projection.native import compiled, inlined

__all__ = ["binomial", "split"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_WIDE: Final = 12.0
"""Variance from which on the quantile comes from the first cumulants."""
_NOTHING: Final = 1e-18
_ROOT: Final = math.sqrt(2.0)


def binomial(people: IntArray, chance: FloatArray, z: FloatArray) -> IntArray:
    """Return the binomial quantile at the probability of a standard normal.

    From a variance of 12 on it is the Cornish-Fisher expansion to the fourth cumulant, with
    Sheppard's correction for whole numbers; below it the distribution function is summed up.

    Args:
        people: n, at least 0, any shape.
        chance: p, 0-1, same shape.
        z: Standard normals, same shape.

    Returns:
        Counts between 0 and n, same shape.
    """
    out = np.empty(people.size, dtype=np.int64)
    n = np.ascontiguousarray(people).reshape(-1)
    p, normal = (np.ascontiguousarray(each).reshape(-1) for each in (chance, z))
    _quantiles(n, p, normal, out)
    return out.reshape(people.shape)


@compiled
def _quantiles(people: IntArray, chance: FloatArray, z: FloatArray, out: IntArray) -> None:
    for each in range(out.size):
        n, p = float(people[each]), min(max(chance[each], 0.0), 1.0)
        variance = n * p * (1.0 - p)
        if variance >= _WIDE:
            out[each] = _expanded(n, p, variance, z[each])
        elif variance > 0.0:
            out[each] = _summed(n, p, z[each])
        else:
            out[each] = people[each] if p >= 1.0 else 0


@inlined
def _expanded(n: float, p: float, variance: float, z: float) -> int:
    sd = math.sqrt(variance - 1.0 / 12.0)
    skew = (1.0 - 2.0 * p) / math.sqrt(variance)
    excess = (1.0 - 6.0 * p * (1.0 - p)) / variance
    square = z * z
    x = z + skew * (square - 1.0) / 6.0
    x += z * (excess * (square - 3.0) / 24.0 - skew * skew * (2.0 * square - 5.0) / 36.0)
    return int(min(max(math.floor(n * p + sd * x + 0.5), 0.0), n))


@compiled
def _summed(n: float, p: float, z: float) -> int:
    """Return a quantile by adding up probabilities from the end that holds fewer people."""
    upper = p > 0.5
    if upper:
        p, z = 1.0 - p, -z
    chance = 0.5 * math.erfc(-z / _ROOT)
    odds, mass = p / (1.0 - p), math.exp(n * math.log1p(-p))
    reached, count = mass, 0
    while chance > reached and (count == 0 or mass > _NOTHING):
        count += 1
        mass *= (n - (count - 1)) / count * odds
        reached += mass
    return int(n) - count if upper else count


def split(total: IntArray, parts: FloatArray, z: FloatArray) -> IntArray:
    """Divide counts among causes at random, in proportion to weights.

    Args:
        total: Counts, shape (n, D).
        parts: Weights of C causes, at least 0, shape (C, n, D).
        z: Standard normals, shape (C - 1, n, D).

    Returns:
        Counts, shape (C, n, D); they sum to `total`.
    """
    out = np.zeros(parts.shape, dtype=np.int64)
    rest, weight = total.copy(), parts.sum(axis=0)
    for cause in range(len(parts) - 1):
        share = np.divide(parts[cause], weight, out=np.zeros_like(weight), where=weight > 0)
        out[cause] = binomial(rest, share, z[cause])
        rest -= out[cause]
        weight = np.maximum(weight - parts[cause], 0.0)
    out[-1] = rest
    return out
