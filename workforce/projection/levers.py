"""Non-pay levers: from adoption and evidence to one multiplier on the voluntary hazard.

Steps 1 to 5 of the combination of effects: change of adoption against today, overlap inside a
mechanism group, diminishing effect across groups, a floor, and uncertainty shared by the levers.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, GradeBand
from workforce.domain.plan import ActsOn, Combination, LeverChoice, Plan
from workforce.domain.units import lognormal_sigma
from workforce.projection.native import compiled, inlined
from workforce.projection.streams import Streams

__all__ = [
    "LeverClasses",
    "adopted",
    "central_classes",
    "combine",
    "draw_hazard_ratios",
    "lever_classes",
    "lever_multiplier",
    "lever_ratio",
]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]


def adopted(lever: LeverChoice, months: NDArray[np.int_]) -> FloatArray:
    """Return the share of the reach that has the lever in given months.

    It is `adopted_now` up to the start month, moves in a straight line to `adopted_target` over the
    ramp, and afterwards, where a half-life is given, the change decays towards `adopted_now`.

    Args:
        lever: The lever.
        months: Month indices, any shape.

    Returns:
        Shares, same shape.
    """
    since = np.asarray(months, dtype=np.float64) - lever.start_month
    ramp = (
        np.clip(since / lever.ramp_months, 0.0, 1.0)
        if lever.ramp_months
        else (since >= 0).astype(np.float64)
    )
    if lever.half_life_months is not None:
        ramp = ramp * 0.5 ** (np.maximum(since - lever.ramp_months, 0.0) / lever.half_life_months)
    share: FloatArray = lever.adopted_now + (lever.adopted_target - lever.adopted_now) * ramp
    return share


def lever_ratio(lever: LeverChoice, share: FloatArray, hazard_ratio: FloatArray) -> FloatArray:
    """Return one lever's effect on the hazard of those it is offered to, against today.

    p = [1 - s a1 (1 - h)] / [1 - s a0 (1 - h)]: today's measured hazard already holds the effect of
    those who have the lever. Levers for the first year act on everybody there, so s = 1.

    Args:
        lever: The lever, for its reach and today's adoption.
        share: Adoption a1.
        hazard_ratio: h, broadcastable with `share`.

    Returns:
        p; 1 where adoption is as today, below 1 where the lever keeps people.
    """
    reach = 1.0 if lever.first_year_only else lever.reach
    gain = reach * (1.0 - np.asarray(hazard_ratio, dtype=np.float64))
    ratio: FloatArray = (1.0 - share * gain) / (1.0 - lever.adopted_now * gain)
    return ratio


def combine(effects: FloatArray, groups: Sequence[str], settings: Combination) -> FloatArray:
    """Return the joint multiplier of several levers.

    Inside a group the logs of the effects count 1, w, w^2, ... from the strongest to the weakest;
    the group totals count 1, a, a^2, ... in the same way. Adverse effects (above 1) count in full.
    The product never falls below the floor.

    Args:
        effects: Ratios p, shape (..., L).
        groups: Mechanism group of each of the L levers.
        settings: Weights w (`within`), a (`across`) and the floor.

    Returns:
        Multipliers, shape (...).
    """
    logs = np.ascontiguousarray(np.log(effects)).reshape(-1, effects.shape[-1])
    names = list(dict.fromkeys(groups))
    joint = np.empty(len(logs))
    _combined(
        logs,
        np.array([names.index(name) for name in groups], dtype=np.intp),
        len(names),
        float(settings.within),
        float(settings.across),
        joint,
    )
    return np.maximum(np.exp(joint), settings.floor).reshape(effects.shape[:-1])


@compiled
def _combined(
    logs: FloatArray,
    group: IntArray,
    groups: int,
    within: float,
    across: float,
    joint: FloatArray,
) -> None:
    """Add up the logs of each row: within groups, across groups, and adverse ones in full."""
    inside, totals = np.empty(group.size), np.empty(groups)
    for row in range(len(logs)):
        adverse = 0.0
        for member in range(group.size):
            adverse += max(logs[row, member], 0.0)
        for number in range(groups):
            members = 0
            for member in range(group.size):
                if group[member] == number:
                    inside[members] = min(logs[row, member], 0.0)
                    members += 1
            totals[number] = _weighted(inside, members, within)
        joint[row] = _weighted(totals, groups, across) + adverse


@inlined
def _weighted(logs: FloatArray, size: int, weight: float) -> float:
    """Return the sum of the first logs, sorted: the most negative, i.e. the strongest, first."""
    total, factor = 0.0, 1.0
    for place in range(size):
        least = place
        for other in range(place + 1, size):
            if logs[other] < logs[least]:
                least = other
        logs[place], logs[least] = logs[least], logs[place]
        total += factor * logs[place]
        factor *= weight
    return total


def draw_hazard_ratios(
    levers: Sequence[LeverChoice], correlation: float, streams: Streams
) -> FloatArray:
    """Return hazard ratios per draw: lognormal about the central value, with a common factor.

    ln h = ln(central) + sigma (sqrt(c) z0 + sqrt(1 - c) z_lever), sigma = ln(high / low) / 2 z90. A
    lever may backfire: nothing is cut off at 1. Each lever has a stream of its own. For levers on
    filling z counts the other way round, because there the higher ratio is the success.

    Args:
        levers: L levers.
        correlation: Correlation c between any two of them, 0-1.
        streams: Random numbers of D draws.

    Returns:
        Shape (L, D).
    """
    out = np.empty((len(levers), streams.draws))
    common = streams.normals("lever/common", 1)[0]
    for row, lever in enumerate(levers):
        own = streams.normals(f"lever/{lever.lever_id}", 1)[0]
        z = math.sqrt(correlation) * common + math.sqrt(1.0 - correlation) * own
        if lever.acts_on is ActsOn.FILLING:
            # Where management is weak people leave more and posts are filled less.
            z = -z
        out[row] = lever.hazard_ratio * np.exp(lognormal_sigma(lever.low, lever.high) * z)
    return out


@dataclass(frozen=True, slots=True)
class LeverClasses:
    """Multipliers by month for every group of people that the levers treat alike.

    Attributes:
        index: Class of (family, grade band, in the first year?), shape (F, G, 2); the last axis is
            0 from twelve months of tenure on and 1 before.
        multiplier: Multiplier on the voluntary hazard, shape (K, T, D).
    """

    index: IntArray
    multiplier: FloatArray


def lever_classes(
    plan: Plan, families: Sequence[str], months: NDArray[np.int_], streams: Streams
) -> LeverClasses:
    """Return the multipliers of a plan's levers per draw.

    Args:
        plan: The plan.
        families: F families.
        months: T consecutive month indices.
        streams: Random numbers of D draws.

    Returns:
        The classes. Months of equal adoption are computed once, and people the levers treat alike
        share a class: K is 2 for most plans and 1 for a plan without levers.
    """
    levers = plan.leaving_levers
    ratios = draw_hazard_ratios(levers, plan.combination.correlation, streams)
    return _classes(levers, plan.combination, families, months, ratios)


def _classes(
    levers: Sequence[LeverChoice],
    settings: Combination,
    families: Sequence[str],
    months: NDArray[np.int_],
    ratios: FloatArray,
) -> LeverClasses:
    draws = ratios.shape[1]
    index, members = _alike(
        tuple(families),
        tuple((tuple(each.families), tuple(each.grades), each.first_year_only) for each in levers),
    )
    shares = np.array([adopted(lever, months) for lever in levers]).reshape(
        len(levers), len(months)
    )
    states, when = np.unique(shares, axis=1, return_inverse=True)
    multiplier = np.ones((len(members), len(months), draws))
    for number, applying in enumerate(members):
        if not applying:
            continue
        effects = np.stack(
            [lever_ratio(levers[k], states[k][:, None], ratios[k][None, :]) for k in applying],
            axis=-1,
        )
        joint = combine(effects, [levers[k].group for k in applying], settings)
        multiplier[number] = joint[when.reshape(-1)]
    return LeverClasses(index.copy(), multiplier)


@lru_cache(maxsize=64)
def _alike(
    families: tuple[str, ...], scopes: tuple[tuple[tuple[str, ...], tuple[str, ...], bool], ...]
) -> tuple[IntArray, tuple[tuple[int, ...], ...]]:
    """Return the class of (family, grade, in the first year?), and the levers of each class.

    Kept, because plans that are compared mostly differ in how far their levers reach, not in whom.
    """
    shape = (len(families), len(GRADE_BANDS), 2)
    index = np.zeros(shape, dtype=np.intp)
    members: dict[tuple[int, ...], int] = {}
    for position in np.ndindex(shape):
        family, grade, first_year = position
        applying = tuple(
            k
            for k, (covered, grades, first_year_only) in enumerate(scopes)
            if families[family] in covered
            and GRADE_BANDS[grade] in grades
            and (first_year == 1 or not first_year_only)
        )
        index[position] = members.setdefault(applying, len(members))
    return index, tuple(members)


def central_classes(plan: Plan, families: Sequence[str], months: NDArray[np.int_]) -> LeverClasses:
    """Return the multipliers of a plan's levers at their central effects, as one draw (D = 1).

    Args:
        plan: The plan.
        families: F families.
        months: T consecutive month indices.
    """
    levers = plan.leaving_levers
    ratios = np.array([[lever.hazard_ratio] for lever in levers]).reshape(len(levers), 1)
    return _classes(levers, plan.combination, families, months, ratios)


def lever_multiplier(
    plan: Plan,
    month: int,
    *,
    family: str,
    grade: str,
    first_year: bool,
    value: Callable[[LeverChoice], float] = lambda lever: lever.hazard_ratio,
) -> float:
    """Return the joint multiplier on the voluntary hazard that a plan's levers give in a month.

    Args:
        plan: The plan.
        month: Month index.
        family: Family of the person.
        grade: Grade band of the person.
        first_year: Whether the person has less than twelve months of service.
        value: Which hazard ratio to take of a lever; the central one unless told otherwise.

    Returns:
        The multiplier, 1 where no lever applies.
    """
    ratios = np.array([[value(lever)] for lever in plan.leaving_levers]).reshape(-1, 1)
    classes = _classes(plan.leaving_levers, plan.combination, (family,), np.array([month]), ratios)
    position = classes.index[0, GRADE_BANDS.index(GradeBand(grade)), int(first_year)]
    return float(classes.multiplier[position, 0, 0])
