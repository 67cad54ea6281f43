"""Who is trained, and what the training itself does: cohorts, withdrawal and its uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.errors import UserError
from workforce.domain.families import family_label
from workforce.domain.opening import Opening
from workforce.domain.plan import Plan, Programme
from workforce.domain.units import lognormal_sigma
from workforce.projection.hazards import share_draws
from workforce.projection.streams import Streams

__all__ = [
    "OUTSIDE",
    "Cohort",
    "Track",
    "cohorts_of",
    "post_ratio_draws",
    "withdrawal_draws",
    "withdrawal_months",
    "withdrawn_share",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]


OUTSIDE: Final = -1


@dataclass(frozen=True, slots=True)
class Cohort:
    """People who start together.

    Attributes:
        start: Month of the start, counted from the opening month; 0 or less is in the past.
        size: People.
        elapsed: Months of training already behind them at the opening month.
        duration: Planned months of training.
        key: Name of the random streams.
    """

    start: int
    size: int
    elapsed: int
    duration: int
    key: str


@dataclass(frozen=True, slots=True)
class Track:
    """A programme with the cohorts that matter to the projection.

    Attributes:
        programme: The programme.
        family: Index of the family it trains for.
        cohorts: Its cohorts.
        source: Index of the projected family whose people are trained, `OUTSIDE` for all others.
    """

    programme: Programme
    family: int
    cohorts: tuple[Cohort, ...]
    source: int = OUTSIDE

    @property
    def internal(self) -> bool:
        """Whether people in post of a projected family are trained for another one."""
        return self.source != OUTSIDE


def cohorts_of(
    opening: Opening, plan: Plan, continuing: Sequence[Programme], months: int
) -> tuple[Track, ...]:
    """Return the apprentices of the opening month and of the plan.

    Args:
        opening: The opening position.
        plan: The plan; cohorts that start at or before the opening month are part of the opening.
        continuing: One programme for each entry of `opening.apprentices`, in its order.
        months: Months projected.

    Returns:
        Tracks in the order in which they take vacancies: those in training first.

    Raises:
        UserError: If a programme is for a family that is not projected.
        ValueError: If `continuing` has another length than the apprentices in training.
    """
    tracks = [*_in_training(opening, continuing)]
    for programme in plan.programmes:
        if programme.family not in opening.families:
            raise UserError(
                f"Programme “{programme.name}” is for {family_label(programme.family)}, a family "
                "that this projection does not hold. Choose another family for it."
            )
        tracks.append(
            Track(
                programme,
                opening.families.index(programme.family),
                tuple(
                    Cohort(
                        start=start - opening.as_of,
                        size=programme.size,
                        elapsed=0,
                        duration=programme.duration_months,
                        key=f"apprentice/{programme.programme_id}/{number}",
                    )
                    for number, start in enumerate(programme.starts)
                    if 1 <= start - opening.as_of <= months and programme.size
                ),
                _source(opening, programme),
            )
        )
    return tuple(tracks)


def _source(opening: Opening, programme: Programme) -> int:
    if not programme.from_family:
        return OUTSIDE
    if programme.from_family not in opening.families:
        raise UserError(
            f"Programme “{programme.name}” trains people of {family_label(programme.from_family)}, "
            "a family that this projection does not hold. Choose another family they come from."
        )
    return opening.families.index(programme.from_family)


def _in_training(opening: Opening, continuing: Sequence[Programme]) -> list[Track]:
    if len(continuing) != len(opening.apprentices):
        raise ValueError(
            f"{len(opening.apprentices)} groups of apprentices are in training, but "
            f"{len(continuing)} programmes were given for them"
        )
    tracks: dict[tuple[str, str], Track] = {}
    pairs = sorted(
        zip(opening.apprentices, continuing, strict=True),
        key=lambda pair: (pair[0].family, pair[0].standard, pair[0].started, pair[0].planned_end),
    )
    for number, (group, programme) in enumerate(pairs):
        if group.family not in opening.families or not group.people:
            continue
        key = (group.family, group.standard)
        track = tracks.get(key) or Track(
            replace(
                programme,
                programme_id=f"in-training/{group.family}/{group.standard or 'unknown'}",
                name=f"Already in training: {programme.name}",
            ),
            opening.families.index(group.family),
            (),
        )
        cohort = Cohort(
            start=group.started - opening.as_of,
            size=group.people,
            elapsed=max(0, opening.as_of - group.started),
            duration=max(1, group.planned_end - group.started),
            key=f"in-training/{group.family}/{group.standard}/{number}",
        )
        tracks[key] = replace(track, cohorts=(*track.cohorts, cohort))
    return list(tracks.values())


def withdrawal_months(
    programme: Programme, cohort: Cohort, withdrawal: FloatArray, uniform: FloatArray
) -> tuple[NDArray[np.bool_], IndexArray]:
    """Return who withdraws and in which month.

    The share F(m) of withdrawals up to month m of the training is linear within each quarter of the
    planned duration and reaches the quarters' cumulative shares at their ends. Those already in
    training have survived to month `elapsed`: P = W (1 - F(elapsed)) / (1 - W F(elapsed)).

    Args:
        programme: For the quarters' shares.
        cohort: The cohort.
        withdrawal: Probability W over the whole training by draw, shape (D,).
        uniform: Uniforms on [0, 1), shape (n, D).

    Returns:
        Whether each withdraws, and the month counted from the opening month (meaningless where they
        do not); the earliest is the month after the start or after the opening month.
    """
    shares = np.concatenate(([0.0], np.cumsum(programme.quarter_shares)))
    shares /= shares[-1]
    quarters = np.linspace(0.0, cohort.duration, 5)
    behind = np.interp(min(cohort.elapsed, cohort.duration), quarters, shares)
    point = withdrawal * behind + uniform * (1.0 - withdrawal * behind)
    withdraws = (point < withdrawal) & (cohort.elapsed < cohort.duration)
    share = np.where(withdraws, point / np.where(withdrawal > 0, withdrawal, 1.0), 0.0)
    month = np.ceil(np.interp(share, shares, quarters)).astype(np.intp)
    month = np.clip(month, cohort.elapsed + 1, max(cohort.duration, cohort.elapsed + 1))
    return withdraws, cohort.start + month


def withdrawn_share(programme: Programme, cohort: Cohort, trained: NDArray[np.intp]) -> FloatArray:
    """Return the expected share of a cohort that has withdrawn, at the central withdrawal.

    Args:
        programme: For the withdrawal and the quarters' shares.
        cohort: The cohort; those already in training have survived to month `elapsed`.
        trained: Months since the start of the training, at least `elapsed`.

    Returns:
        W (F(m) - F(elapsed)) / (1 - W F(elapsed)), same shape; 0 once the training is over.
    """
    if cohort.elapsed >= cohort.duration:
        return np.zeros(trained.shape)
    gone = _withdrawn_by_month(
        programme.withdrawal, programme.quarter_shares, cohort.elapsed, cohort.duration
    )
    by_then: FloatArray = gone[np.minimum(trained, cohort.duration) - cohort.elapsed]
    return by_then


@lru_cache(maxsize=512)
def _withdrawn_by_month(
    withdrawal: float, quarter_shares: tuple[float, ...], elapsed: int, duration: int
) -> FloatArray:
    """Return `withdrawn_share` for every month from `elapsed` to `duration`.

    Kept, because the cohorts of a programme and of every plan beside it share it.
    """
    shares = np.concatenate(([0.0], np.cumsum(quarter_shares)))
    quarters = np.linspace(0.0, duration, 5)
    month = np.arange(elapsed, duration + 1)
    by_now = withdrawal * np.interp(month, quarters, shares / shares[-1])
    gone: FloatArray = (by_now - by_now[0]) / (1.0 - by_now[0])
    gone.flags.writeable = False
    return gone


def withdrawal_draws(programme: Programme, streams: Streams) -> FloatArray:
    """Return the probability of withdrawing over the whole training by draw, shape (D,)."""
    z = streams.normals(f"programme/{programme.programme_id}/withdrawal", 1)[0]
    return share_draws(programme.withdrawal, programme.withdrawal_low, programme.withdrawal_high, z)


def post_ratio_draws(programme: Programme, streams: Streams) -> FloatArray:
    """Return the hazard ratio of the year after completion by draw, lognormal, shape (D,)."""
    z = streams.normals(f"programme/{programme.programme_id}/post", 1)[0]
    sigma = lognormal_sigma(programme.post_low, programme.post_high)
    ratio: FloatArray = programme.post_hazard_ratio * np.exp(sigma * z)
    return ratio
