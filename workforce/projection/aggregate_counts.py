"""How many of n: binomial counts read off a normal number that all scenarios share.

A count is the quantile of its distribution at the number's probability, so two scenarios with the
same people and the same chance have the same count, and the count grows with either of them.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["binomial", "split"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_WIDE: Final = 12.0
"""Variance from which on the quantile comes from the first cumulants."""
_NOTHING: Final = 1e-18


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
    shape = people.shape
    n = people.reshape(-1).astype(np.float64)
    p = np.clip(chance.reshape(-1), 0.0, 1.0)
    normal = z.reshape(-1)
    variance = n * p * (1.0 - p)
    out = np.where(p >= 1.0, n, 0.0)
    wide = np.flatnonzero(variance >= _WIDE)
    out[wide] = _expanded(n[wide], p[wide], variance[wide], normal[wide])
    narrow = np.flatnonzero((variance < _WIDE) & (variance > 0.0))
    out[narrow] = _summed(n[narrow], p[narrow], normal[narrow])
    return out.astype(np.int64).reshape(shape)


def _expanded(n: FloatArray, p: FloatArray, variance: FloatArray, z: FloatArray) -> FloatArray:
    sd = np.sqrt(variance - 1.0 / 12.0)
    skew = (1.0 - 2.0 * p) / np.sqrt(variance)
    excess = (1.0 - 6.0 * p * (1.0 - p)) / variance
    square = z * z
    x = z + skew * (square - 1.0) / 6.0
    x += z * (excess * (square - 3.0) / 24.0 - skew * skew * (2.0 * square - 5.0) / 36.0)
    count: FloatArray = np.clip(np.floor(n * p + sd * x + 0.5), 0.0, n)
    return count


def _summed(n: FloatArray, p: FloatArray, z: FloatArray) -> FloatArray:
    """Return quantiles by adding up probabilities from the end that holds fewer people."""
    from scipy.special import ndtr

    upper = p > 0.5
    p = np.where(upper, 1.0 - p, p)
    u = ndtr(np.where(upper, -z, z))
    out = np.zeros(n.size)
    odds = p / (1.0 - p)
    mass = np.exp(n * np.log1p(-p))
    reached = mass.copy()
    ask = np.flatnonzero(u > reached)
    u, mass, reached, odds, most = u[ask], mass[ask], reached[ask], odds[ask], n[ask]
    count = 0
    while ask.size:
        count += 1
        mass *= (most - (count - 1)) / count * odds
        reached += mass
        out[ask] = count
        on = np.flatnonzero((u > reached) & (mass > _NOTHING))
        if on.size < ask.size:
            ask, u, mass, reached = ask[on], u[on], mass[on], reached[on]
            odds, most = odds[on], most[on]
    return np.where(upper, n - out, out)


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
