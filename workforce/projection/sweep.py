"""Many plans against doing nothing, spread over processor cores or a cluster.

Work is handed out in parcels through joblib, so that where it runs is the caller's choice: on this
machine, or wherever `joblib.parallel_config` points. Every plan has the same draws wherever it runs
and whichever plans share its parcel, so the results are those of a serial run to the byte.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.opening import Opening
from workforce.domain.plan import Plan, Programme
from workforce.domain.rates import Rates
from workforce.projection.engine import simulate
from workforce.projection.result import Projection

__all__ = ["KEY_RESULTS", "Ground", "key_results", "sweep"]

_AT_END: Final = ("headcount", "fte", "vacancies", "vacancy_rate")
_IN_ALL: Final = ("leavers", "hires", "apprentices_converted")
_TOGETHER: Final = 4
"""Plans of a parcel; they share the projection of doing nothing."""
_SPREAD: Final = {"p10": 0.1, "p90": 0.9}

KEY_RESULTS: Final = (
    *(f"{name}_at_end" for name in _AT_END),
    *(f"{name}_in_all" for name in _IN_ALL),
)
"""Stocks of the last month and sums over all months, for all projected families together."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ground:
    """What all plans of a sweep have in common.

    Attributes:
        opening: The opening position.
        rates: Rates.
        continuing: Programmes of those in training, as `simulate` takes them.
        draws: Draws.
        seed: Seed.
        months: Months projected; each plan's own horizon if not given.
    """

    opening: Opening
    rates: Rates
    continuing: tuple[Programme, ...] = ()
    draws: int = 1000
    seed: int = 1
    months: int | None = None


def key_results(projection: Projection, scenario: str, other: str) -> dict[str, float]:
    """Return the key results of a scenario and their difference from another one.

    Args:
        projection: Holds both.
        scenario: The scenario.
        other: What to compare with, usually doing nothing.

    Returns:
        For each of `KEY_RESULTS` its mean, `..._p10` and `..._p90`, the same of the difference draw
        by draw under `..._change`, and `chance_of_fewer_vacancies`, the share of the draws in which
        fewer posts are vacant in the last month.
    """
    out: dict[str, float] = {}
    for name in KEY_RESULTS:
        mine, theirs = (_result(projection, each, name) for each in (scenario, other))
        for label, values in ((name, mine), (f"{name}_change", mine - theirs)):
            out[label] = float(values.mean())
            for suffix, share in _SPREAD.items():
                out[f"{label}_{suffix}"] = float(np.quantile(values, share))
    fewer = _result(projection, scenario, "vacancies_at_end") < _result(
        projection, other, "vacancies_at_end"
    )
    out["chance_of_fewer_vacancies"] = float(fewer.mean())
    return out


def _result(projection: Projection, scenario: str, name: str) -> FloatArray:
    measure, _, kind = name.rpartition("_")
    measure, _, kind = measure.rpartition("_")
    values = projection.by_month(scenario, measure)
    wanted = values[-1] if kind == "at" else values.sum(axis=0)
    result: FloatArray = np.broadcast_to(wanted, (projection.draws,)).astype(np.float64)
    return result


def sweep(ground: Ground, plans: Sequence[Plan], *, workers: int = 1) -> list[dict[str, float]]:
    """Project every plan and doing nothing beside it.

    Args:
        ground: What the plans have in common.
        plans: Plans; names may repeat.
        workers: Processes on this machine, -1 for one a core; on the backend that
            `joblib.parallel_config` names, jobs at a time, -1 for as many as it has room for.

    Returns:
        One mapping a plan, in their order, as `key_results` makes it.

    Raises:
        UserError: If a plan cannot be projected.
    """
    from joblib import Parallel, delayed

    parcels = list(_parcels(plans, ground.months))
    done = Parallel(n_jobs=workers)(
        delayed(_project)(ground, [plans[number] for number in parcel]) for parcel in parcels
    )
    found = {
        number: result
        for parcel, results in zip(parcels, done, strict=True)
        for number, result in zip(parcel, results, strict=True)
    }
    return [found[number] for number in range(len(plans))]


def _parcels(plans: Sequence[Plan], months: int | None) -> Iterator[list[int]]:
    """Yield positions of plans that share horizon and doing nothing."""
    alike: dict[Plan, list[int]] = {}
    for number, plan in enumerate(plans):
        horizon = months or plan.horizon_months
        alike.setdefault(replace(plan.baseline(), horizon_months=horizon), []).append(number)
    for numbers in alike.values():
        for first in range(0, len(numbers), _TOGETHER):
            yield numbers[first : first + _TOGETHER]


def _project(ground: Ground, plans: Sequence[Plan]) -> list[dict[str, float]]:
    base = plans[0].baseline()
    # Plans of different files may have the same name.
    named = [plan.renamed(f"{number}") for number, plan in enumerate(plans)]
    projection = simulate(
        ground.opening,
        ground.rates,
        (base, *named),
        draws=ground.draws,
        seed=ground.seed,
        months=ground.months or plans[0].horizon_months,
        continuing=ground.continuing,
    )
    return [key_results(projection, plan.name, base.name) for plan in named]
