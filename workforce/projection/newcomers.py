"""Expected leaving of people who join: hires by month, and those converted from training.

Whoever joins is of unknown age and has no end date. In compiled loops: a batch of plans asks for
thousands of them.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, TENURE_CAP_MONTHS, tenure_band_index
from workforce.projection.hazards import (
    END_OF_CONTRACT,
    OTHER,
    RETIREMENT,
    UNKNOWN_AGE,
    VOLUNTARY,
)
from workforce.projection.leaving import TINY, Central
from workforce.projection.native import compiled

__all__ = ["conversion_leavers", "hire_leavers"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_BANDS: Final = tenure_band_index(np.arange(TENURE_CAP_MONTHS + 1))


def hire_leavers(fixed: Central, multiplier: FloatArray) -> FloatArray:
    """Return which share of the hires of each month leaves in each later month, by cause.

    Args:
        fixed: Parameters.
        multiplier: Shape (P, F, G, 2, T).

    Returns:
        Shape (P, F, T, C, T): joined at the end of month (third axis), left in month (last axis).
    """
    plans, families, _, _, months = multiplier.shape
    out = np.zeros((plans, families, months, len(CAUSES), months))
    _hire_leavers(
        fixed.voluntary,
        fixed.calendar,
        fixed.starter_grade,
        fixed.newcomer,
        tenure_band_index(np.arange(months)),
        np.ascontiguousarray(multiplier),
        out,
    )
    return out


@compiled
def _hire_leavers(
    voluntary: FloatArray,
    calendar: FloatArray,
    starter_grade: FloatArray,
    newcomer: FloatArray,
    band: IndexArray,
    multiplier: FloatArray,
    out: FloatArray,
) -> None:
    plans, families, months = out.shape[:3]
    in_post, quitting, others = np.empty(months), np.empty(months), newcomer.sum(axis=0)
    for plan in range(plans):
        for family in range(families):
            for joined in range(months):
                in_post[:] = 0.0
                quitting[:] = 0.0
                for grade in range(starter_grade.shape[1]):
                    begin = starter_grade[family, grade]
                    if begin == 0.0:
                        continue
                    for month in range(joined + 1, months):
                        tenure = month - joined - 1
                        quits = voluntary[family, grade, band[tenure]] * calendar[month]
                        quits *= multiplier[plan, family, grade, 1 if tenure < 12 else 0, month]
                        total = quits + others[month]
                        end = begin * math.exp(-total)
                        # Of a hazard too small for the difference of two shares, leavers are S h.
                        share = begin if total < TINY else (begin - end) / total
                        in_post[month] += share
                        quitting[month] += share * quits
                        begin = end
                for cause in range(newcomer.shape[0]):
                    for month in range(joined + 1, months):
                        out[plan, family, joined, cause, month] = (
                            in_post[month] * newcomer[cause, month]
                        )
                for month in range(joined + 1, months):
                    out[plan, family, joined, VOLUNTARY, month] = quitting[month]


def conversion_leavers(
    fixed: Central,
    multiplier: FloatArray,
    *,
    origin: int,
    month: int,
    boost: float,
    voluntary: FloatArray,
) -> FloatArray:
    """Return which share of those converted in a month leaves in each later month, by cause.

    Args:
        fixed: Parameters.
        multiplier: Of their plan, family and grade, shape (2, T).
        origin: Month at whose end their tenure was 0.
        month: Month of conversion, from 1.
        boost: Ratio on their voluntary hazard in the twelve months after it.
        voluntary: Their hazards by tenure band, shape (B,).

    Returns:
        Shape (C, T - month).
    """
    out = np.zeros((len(CAUSES), max(0, len(fixed.pace) - month)))
    _conversion_leavers(
        voluntary,
        fixed.calendar,
        fixed.retirement[UNKNOWN_AGE],
        fixed.pace,
        fixed.end_of_contract,
        fixed.other,
        multiplier,
        _BANDS,
        origin,
        month,
        boost,
        out,
    )
    return out


@compiled
def _conversion_leavers(  # noqa: PLR0913, PLR0917 - flat arguments are what is compiled
    voluntary: FloatArray,
    calendar: FloatArray,
    retiring: FloatArray,
    pace: FloatArray,
    end_of_contract: float,
    other: float,
    multiplier: FloatArray,
    band: IndexArray,
    origin: int,
    month: int,
    boost: float,
    out: FloatArray,
) -> None:
    begin = 1.0
    for later in range(out.shape[1]):
        now = month + later
        tenure = now - origin
        quits = voluntary[band[min(tenure, band.size - 1)]] * calendar[now]
        quits *= multiplier[1 if tenure < 12 else 0, now]
        quits *= boost if later < 12 else 1.0
        ending, rest = end_of_contract * pace[now], other * pace[now]
        total = quits + retiring[now] + ending + rest
        end = begin * math.exp(-total)
        share = begin if total < TINY else (begin - end) / total
        out[VOLUNTARY, later] = quits * share
        out[RETIREMENT, later] = retiring[now] * share
        out[END_OF_CONTRACT, later] = ending * share
        out[OTHER, later] = rest * share
        begin = end
