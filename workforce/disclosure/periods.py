"""Months put together until what happened in them may be shown."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workforce.disclosure.rule import Rule

__all__ = ["SHOWN_MONTHS", "blocks", "candidates", "sums", "unit_of"]

FloatArray = NDArray[np.float64]

SHOWN_MONTHS = 36
"""Months of history shown: enough to see a season three times."""
_UNITS = (1, 3, 6, 12, 24, 36)


def candidates(window_months: int) -> tuple[int, ...]:
    """Return the lengths of period that may be used, shortest first.

    Args:
        window_months: Months observed; all of them together are the last resort.
    """
    usable = [unit for unit in _UNITS if unit <= window_months]
    return tuple(dict.fromkeys([*usable, window_months])) if window_months else ()


def blocks(window_months: int, unit: int) -> list[tuple[int, int]]:
    """Return periods as first and last month back from the latest, latest first.

    Args:
        window_months: Months observed.
        unit: Months of a period; what is left over before the oldest whole one is not shown.
    """
    reach = max(unit, min(window_months, SHOWN_MONTHS))
    return [(back + unit - 1, back) for back in range(0, reach - unit + 1, unit)]


def sums(monthly: FloatArray, unit: int) -> FloatArray:
    """Return sums over periods, latest first.

    Args:
        monthly: Counts, oldest month first, shape (..., months).
        unit: Months of a period.

    Returns:
        Shape (..., periods).
    """
    months = monthly.shape[-1]
    parts = [
        monthly[..., months - 1 - first : months - last].sum(axis=-1)
        for first, last in blocks(months, unit)
    ]
    return np.stack(parts, axis=-1)


def unit_of(monthly: FloatArray, rule: Rule, units: Sequence[int]) -> int | None:
    """Return the shortest period over which every sum may be shown.

    Args:
        monthly: Counts, oldest month first; signed ones (net moves) count by their size.
        rule: The threshold.
        units: Lengths to try, shortest first.

    Returns:
        Months, `None` where even the longest is too short.
    """
    for unit in units:
        if all(rule.shown(abs(float(value))) for value in sums(monthly, unit)):
            return unit
    return None
