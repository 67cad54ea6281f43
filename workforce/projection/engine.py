"""The ensemble: every plan on the same draws, a block of draws at a time."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np

from workforce.domain.capacity import Productivity
from workforce.domain.errors import UserError
from workforce.domain.opening import Opening
from workforce.domain.plan import MAX_HORIZON_MONTHS, Plan, Programme
from workforce.domain.rates import Rates
from workforce.projection.aggregate_walk import uncounted
from workforce.projection.columns import Columns, Stored
from workforce.projection.ground import Grounds
from workforce.projection.result import Projection
from workforce.projection.run import CountedRun, Run
from workforce.projection.spread import HEAVY, Parcel, handed_out

__all__ = ["simulate"]

MAX_DRAWS: Final = 20_000
CROWD: Final = 20_000
"""People, or posts, from which on groups are counted instead of following everybody."""
FOLLOWED: Final = 60_000
"""People, or posts, from which on nobody is followed, even where a plan asks for it."""


def _silent(done: float) -> None:
    """Report progress to nobody."""


def simulate(  # noqa: PLR0913 - each is a setting of its own, all but three by name only
    opening: Opening,
    rates: Rates,
    plans: Sequence[Plan],
    *,
    draws: int = 1000,
    seed: int = 1,
    months: int | None = None,
    progress: Callable[[float], None] = _silent,
    continuing: Sequence[Programme] = (),
    workers: int = 1,
    productivity: Productivity | None = None,
    grounds: Grounds | None = None,
) -> Projection:
    """Project every plan month by month, each draw with its own parameters and its own luck.

    All plans share parameters and random numbers (common random numbers, coupled per process): two
    equal plans agree exactly in every draw, and a difference between plans is not noise.

    Args:
        opening: The opening position.
        rates: Leaving and hiring rates of at least the opening's families.
        plans: Plans with different names; the first is usually `Plan.baseline()`.
        draws: Draws D; the first draws of a longer run are those of a shorter one.
        seed: Seed.
        months: Months projected; the longest of the plans' horizons if not given.
        progress: Called with the share done, 0 to 1.
        continuing: One programme for each entry of `opening.apprentices`, in its order, with the
            withdrawal, assessment, conversion and retention values of those already in training.
            Family, start, planned end and people are the opening's.
        workers: How many share the draws: threads, or processes where there is work for some
            seconds that threads would not share well.
        productivity: How much work people do; without it the projection has no measures of
            capacity.
        grounds: Keeps what does not depend on the plans for the next call, for one worker; it
            changes nothing but the time taken.

    Returns:
        The projection. The same arguments give byte-identical arrays, whatever the workers.

    Raises:
        UserError: If two plans have one name, or a programme is for a family not projected.
        ValueError: If draws, months, seed or workers are out of range, a projected family has no
            rates, a starter's FTE is not above 0, or `continuing` does not match
            `opening.apprentices`.
    """
    horizon = _check(opening, plans, draws, months)
    if workers < 1:
        raise ValueError(f"at least one worker is needed, not {workers}")
    kind = CountedRun if _counted(opening, plans) else Run
    run = kind(
        opening, rates, tuple(plans), seed, horizon, tuple(continuing), productivity=productivity
    )
    if workers == 1:
        run.grounds = grounds
    stored = run.allocate(draws)
    step = run.step(draws, workers)
    parcels = [(first, min(step, draws - first)) for first in range(0, draws, step)]
    if workers == 1:
        for first, size in parcels:
            scenarios = run.block(first, size, Columns(stored, first, size))
            for done, _ in enumerate(scenarios, start=1):
                progress((first + size * done / len(plans)) / draws)
    else:
        processes = _heavy(run, draws)
        work = partial(_far, run) if processes else partial(_near, run, stored)
        results = handed_out(work, parcels, workers, processes=processes)
        # Progress is told by the caller's thread: it may draw on a page.
        for (first, size), block in zip(parcels, results, strict=True):
            for name, measure in block:
                Columns(stored, first, size).put(name, {measure: block[name, measure]})
            progress((first + size) / draws)
    return run.result(draws, stored)


def _near(run: Run, stored: Stored, parcel: Parcel) -> Stored:
    """Store a block of draws of every plan where it belongs; nothing is left to be stored."""
    for _ in run.block(*parcel, Columns(stored, *parcel)):
        pass
    return {}


def _far(run: Run, parcel: Parcel) -> Stored:
    """Return a block of draws of every plan, as small as it is kept: it travels."""
    first, size = parcel
    stored = run.allocate(size)
    for _ in run.block(first, size, Columns(stored, 0, size)):
        pass
    # Only what draws differ in; the rest is there already.
    return {key: each for key, each in stored.items() if key[1] != "establishment"}


def _check(opening: Opening, plans: Sequence[Plan], draws: int, months: int | None) -> int:
    names = [plan.name for plan in plans]
    if not names:
        raise ValueError("there is no plan to project")
    if len(set(names)) < len(names):
        raise UserError("Two scenarios have the same name. Rename one of them.")
    if not 1 <= draws <= MAX_DRAWS:
        raise ValueError(f"draws must lie between 1 and {MAX_DRAWS}, not {draws}")
    horizon = max(plan.horizon_months for plan in plans) if months is None else months
    if not 1 <= horizon <= MAX_HORIZON_MONTHS:
        raise ValueError(f"months must lie between 1 and {MAX_HORIZON_MONTHS}, not {horizon}")
    if not np.all(opening.starter_fte > 0):
        raise ValueError("the FTE of a starter must be above 0 in every family")
    return horizon


def _counted(opening: Opening, plans: Sequence[Plan]) -> bool:
    """Return whether groups are counted instead of following everybody.

    It must not depend on the draws: a longer run starts with the draws of a shorter one.
    """
    size = max(float(opening.headcount().sum()), float(opening.establishment_fte.sum()))
    # What groups cannot follow is followed person by person as long as memory allows.
    following = size < FOLLOWED and any(uncounted(plan) for plan in plans)
    return size >= CROWD and not following


def _heavy(run: Run, draws: int) -> bool:
    """Return whether there is so much to do that processes are worth starting, and not threads."""
    if run.looped:
        return False
    people = min(float(run.opening.headcount().sum()), CROWD)
    return people * draws * run.months * len(run.plans) >= HEAVY
