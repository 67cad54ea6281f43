"""Levers on filling: one multiplier on the fill hazard of each family's vacancies.

The same steps as for levers on leaving, with faster in the place of stays: change of adoption
against today, overlap inside a mechanism group, diminishing effect across groups, uncertainty with
the common factor. There is no floor: what is known of it is about leaving.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS
from workforce.domain.plan import Combination, LeverChoice, Plan
from workforce.projection.levers import adopted, combine, draw_hazard_ratios, lever_ratio
from workforce.projection.streams import Streams

__all__ = [
    "central_filling",
    "combine_filling",
    "drawn_filling",
    "filling_multiplier",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

# Openings x months worked on at once; it bounds memory and changes no result.
_TILE = 4_000_000


def combine_filling(
    effects: FloatArray, groups: Sequence[str], settings: Combination
) -> FloatArray:
    """Return the joint multiplier on the fill hazard of several levers.

    What fills faster (above 1) overlaps like what keeps people; what slows filling counts in full.

    Args:
        effects: Ratios p, shape (..., L).
        groups: Mechanism group of each of the L levers.
        settings: Weights; the floor plays no part.

    Returns:
        Multipliers, shape (...).
    """
    joint: FloatArray = 1.0 / combine(1.0 / effects, groups, replace(settings, floor=0.0))
    return joint


def drawn_filling(
    plan: Plan,
    families: Sequence[str],
    starter_grade: FloatArray,
    months: NDArray[np.int_],
    streams: Streams,
) -> FloatArray | None:
    """Return what a plan's levers do to the fill hazard per draw.

    Args:
        plan: The plan.
        families: F families.
        starter_grade: Shares of grade bands among starters, shape (F, G): a lever offered to some
            grades touches that share of the vacancies.
        months: T consecutive month indices.
        streams: Random numbers of D draws.

    Returns:
        Shape (F, T, D), or `None` where everything stays as it is.
    """
    levers = plan.filling_levers
    if not levers:
        return None
    ratios = draw_hazard_ratios(levers, plan.combination.correlation, streams)
    return _multiplier(levers, plan.combination, families, starter_grade, months, ratios)


def central_filling(
    plan: Plan, families: Sequence[str], starter_grade: FloatArray, months: NDArray[np.int_]
) -> FloatArray | None:
    """Return the same at the central effects, shape (F, T); arguments as `drawn_filling`."""
    levers = plan.filling_levers
    if not levers:
        return None
    ratios = np.array([[lever.hazard_ratio] for lever in levers])
    found = _multiplier(levers, plan.combination, families, starter_grade, months, ratios)
    return None if found is None else found[..., 0]


def filling_multiplier(plan: Plan, month: int, *, family: str) -> float:
    """Return what a plan's levers make of a family's fill hazard in a month, 1 for nothing.

    At the central effects; grades count alike, where a projection weighs them by the starters.
    """
    alike = np.full((1, len(GRADE_BANDS)), 1.0 / len(GRADE_BANDS))
    found = central_filling(plan, (family,), alike, np.array([month]))
    return 1.0 if found is None else float(found[0, 0])


def _multiplier(
    levers: Sequence[LeverChoice],
    settings: Combination,
    families: Sequence[str],
    starter_grade: FloatArray,
    months: NDArray[np.int_],
    ratios: FloatArray,
) -> FloatArray | None:
    out = np.ones((len(families), len(months), ratios.shape[1]))
    for row, family in enumerate(families):
        applying = [k for k, lever in enumerate(levers) if family in lever.families]
        if not applying:
            continue
        effects = np.stack(
            [
                lever_ratio(
                    _touching(levers[k], starter_grade[row]),
                    adopted(levers[k], months)[:, None],
                    ratios[k][None, :],
                )
                for k in applying
            ],
            axis=-1,
        )
        out[row] = combine_filling(effects, [levers[k].group for k in applying], settings)
    return None if np.all(out == 1.0) else out


def _touching(lever: LeverChoice, starter_grade: FloatArray) -> LeverChoice:
    """Return the lever with the share of a family's vacancies it can touch as its reach."""
    inside = [band in lever.grades for band in GRADE_BANDS]
    share = 1.0 if all(inside) else float(starter_grade[inside].sum())
    return replace(lever, reach=lever.reach * min(share, 1.0), first_year_only=False)
