"""Expected leaving of people who join: hires by month, and those converted from training.

Whoever joins is of unknown age and has no end date. In compiled loops: a batch of plans asks for
thousands of them.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import (
    CAUSES,
    TENURE_CAP_MONTHS,
    TENURE_EDGES_MONTHS,
    tenure_band_index,
)
from workforce.projection.hazards import (
    END_OF_CONTRACT,
    OTHER,
    RETIREMENT,
    UNKNOWN_AGE,
    VOLUNTARY,
)
from workforce.projection.leaving import TINY, Central
from workforce.projection.native import compiled

__all__ = ["book_hires", "conversion_leavers", "hire_leavers"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_EDGES: Final = np.array(TENURE_EDGES_MONTHS, dtype=np.intp)
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
        _EDGES,
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
    edges: IndexArray,
    multiplier: FloatArray,
    out: FloatArray,
) -> None:
    plans, families, months = out.shape[:3]
    in_post, quitting = np.empty((2, months, months))
    quits, share, stay = np.empty((3, edges.size, months))
    others = newcomer.sum(axis=0)
    for plan in range(plans):
        for family in range(families):
            in_post[:], quitting[:] = 0.0, 0.0
            for grade in range(starter_grade.shape[1]):
                if starter_grade[family, grade] == 0.0:
                    continue
                # In a month all whose service lies in one band are alike, whenever they joined.
                for row in range(band[-1] + 1):
                    fresh = 1 if edges[row] < 12 else 0
                    for month in range(months):
                        hazard = voluntary[family, grade, row] * calendar[month]
                        hazard *= multiplier[plan, family, grade, fresh, month]
                        total = hazard + others[month]
                        left = math.exp(-total)
                        # Of a hazard too small for the difference of two shares, leavers are S h.
                        share[row, month] = 1.0 if total < TINY else (1.0 - left) / total
                        quits[row, month], stay[row, month] = hazard, left
                for joined in range(months):
                    begin = starter_grade[family, grade]
                    for month in range(joined + 1, months):
                        row = band[month - joined - 1]
                        lost = begin * share[row, month]
                        in_post[joined, month] += lost
                        quitting[joined, month] += lost * quits[row, month]
                        begin *= stay[row, month]
            for joined in range(months):
                for cause in range(newcomer.shape[0]):
                    for month in range(joined + 1, months):
                        out[plan, family, joined, cause, month] = (
                            in_post[joined, month] * newcomer[cause, month]
                        )
                for month in range(joined + 1, months):
                    out[plan, family, joined, VOLUNTARY, month] = quitting[joined, month]


@compiled
def book_hires(
    at: int,
    people: FloatArray,
    each_fte: FloatArray,
    leavers: FloatArray,
    package: IndexArray,
    exits: FloatArray,
    exits_fte: FloatArray,
) -> None:
    """Book when the hires of a month leave.

    Args:
        at: Position of the month.
        people: Hires, shape (P, F).
        each_fte: FTE of a hire, shape (F,).
        leavers: As `hire_leavers` returns them for K packages of levers, shape (K, F, T, C, T).
        package: Package of each plan, shape (P,).
        exits: People by cause, added to, shape (P, F, C, T).
        exits_fte: Their FTE, shape (P, F, T).
    """
    plans, families, causes, months = exits.shape
    for plan in range(plans):
        for family in range(families):
            if people[plan, family] == 0.0:
                continue
            for cause in range(causes):
                for month in range(at + 1, months):
                    gone = people[plan, family] * leavers[package[plan], family, at, cause, month]
                    exits[plan, family, cause, month] += gone
                    exits_fte[plan, family, month] += gone * each_fte[family]


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
