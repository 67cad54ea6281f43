"""Moves between families and planned events among people who are kept as counts.

In an event everybody in post is equally likely to go. Wishes to move are binomial by group, and are
granted while vacancies last. Whoever moves or is transferred in resigns from then on as the
survivors of the new family's opening stock do on average; the age of those transferred in is not
known.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workforce.projection.aggregate import Crowd
from workforce.projection.aggregate_counts import binomial, split
from workforce.projection.aggregate_openings import share_at_random
from workforce.projection.flows import events_of
from workforce.projection.vacancies import SLACK
from workforce.projection.walk import Scene, Shared

__all__ = ["CountedFlows"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class CountedFlows:
    """Moves and planned events of one plan in one block of D draws."""

    def __init__(self, scene: Scene, shared: Shared, crowd: Crowd) -> None:
        """Stand at the opening month.

        Args:
            scene: The plan for this organisation.
            shared: Numbers and parameters that all plans share.
            crowd: The people in post.
        """
        self._opening, self._crowd = scene.opening, crowd
        self._moving = shared.drawn.moves is not None
        shape = (len(scene.opening.families), scene.months, shared.streams.draws)
        self._hazard = np.zeros((shape[0], shape[0], shape[2]))
        if shared.drawn.moves is not None:
            self._hazard = shared.drawn.moves
        self._streams = shared.streams
        self._events = events_of(scene.plan, scene.opening, scene.months)
        self._starter_fte = scene.opening.starter_fte
        self._moves_in, self._moves_out, self._transfers_in = (
            np.zeros(shape, dtype=np.int32) for _ in range(3)
        )
        self._arrived = self._none()

    def measures(self) -> dict[str, NDArray[Any]]:
        """Return who moved and who was transferred in, shape (F, T, D) each."""
        return {
            "moves_in": self._moves_in,
            "moves_out": self._moves_out,
            "transfers_in": self._transfers_in,
        }

    def _none(self) -> tuple[IntArray, FloatArray]:
        families, _, draws = self._moves_in.shape
        return np.zeros((families, draws), dtype=np.int64), np.zeros((families, draws))

    def dismiss(self, month: int) -> tuple[IntArray, FloatArray]:
        """Let people go in the planned events of a month; return heads and FTE, (F, D) each."""
        heads, fte = self._none()
        for number, event in enumerate(self._events.get(month, ())):
            if event.arrives:
                continue
            row = self._opening.families.index(event.family)
            family, people, each = self._crowd.parts(month, self._starter_fte)
            own = np.flatnonzero(family == row)
            z = self._streams.normals(f"aggregate/event/{month}/{number}", own.size)
            most = np.full(people.shape[1], event.people)
            gone = np.zeros_like(people)
            gone[own] = share_at_random(people[own], most, z)
            self._crowd.take(month, gone)
            heads[row] += gone[own].sum(axis=0)
            fte[row] += (gone[own] * each[own]).sum(axis=0)
        return heads, fte

    def arrive(self, month: int) -> tuple[IntArray, FloatArray]:
        """Let people arrive in planned transfers; return heads and FTE, (F, D) each.

        They work as many hours as the family's people at the opening month, or as its starters.
        """
        heads, fte = self._none()
        people, in_post = self._opening.headcount(), self._opening.fte()
        for event in self._events.get(month, ()):
            if event.arrives:
                row = self._opening.families.index(event.family)
                each = in_post[row] / people[row] if people[row] else self._starter_fte[row]
                heads[row] += event.people
                fte[row] += event.people * each
        # They move on to another family from the next month at the earliest.
        self._arrived = heads, fte
        self._transfers_in[:, month - 1] = heads
        return heads, fte

    def between(self, month: int, free: FloatArray) -> tuple[IntArray, FloatArray]:
        """Move people between families where vacancies stand.

        Args:
            month: The month, whose leavers have gone.
            free: Vacant FTE, shape (F, D); changed by those who move.

        Returns:
            Change of heads and of FTE, shape (F, D) each.
        """
        heads, fte = self._none()
        if self._moving:
            heads, fte = self._move(month, free)
        self._crowd.receive(*self._arrived, outside=True)
        return heads, fte

    def _move(self, month: int, free: FloatArray) -> tuple[IntArray, FloatArray]:
        family, people, each = self._crowd.parts(month, self._starter_fte)
        z = self._streams.normals(f"aggregate/wish/{month}", len(family))
        chance = -np.expm1(-self._hazard.sum(axis=1))
        wishes = binomial(people, chance[family], z)
        granted = self._grant(month, family, (wishes, each), free)
        out = granted.sum(axis=1)
        gone = _thinned(family, wishes, out)
        self._crowd.take(month, gone)
        moved_fte = np.zeros_like(free)
        np.add.at(moved_fte, family, gone * each)
        mean = np.divide(moved_fte, out, out=np.zeros_like(free), where=out > 0)
        into, into_fte = granted.sum(axis=0), (granted * mean[:, None]).sum(axis=0)
        self._crowd.receive(into, into_fte, outside=False)
        self._moves_in[:, month - 1], self._moves_out[:, month - 1] = into, out
        return into - out, into_fte - moved_fte

    def _grant(
        self,
        month: int,
        family: NDArray[np.intp],
        wishing: tuple[IntArray, FloatArray],
        free: FloatArray,
    ) -> IntArray:
        """Return who moves from where to where, shape (F, F, D); `wishing` is heads and FTE."""
        wishes, each = wishing
        families, draws = free.shape
        total, total_fte = self._none()
        np.add.at(total, family, wishes)
        np.add.at(total_fte, family, wishes * each)
        mean = np.divide(total_fte, total, out=np.ones_like(free), where=total_fte > 0)
        z = self._streams.normals(f"aggregate/target/{month}", families * families)
        z = z.reshape(families, families, draws)
        granted = np.zeros((families, families, draws), dtype=np.int64)
        for source in range(families):
            wanted = split(total[source][None], self._hazard[source][:, None], z[source, 1:, None])
            for target in range(families):
                room = np.floor((np.maximum(free[target], 0.0) + SLACK) / mean[source])
                people = np.minimum(wanted[target, 0], room.astype(np.int64))
                granted[source, target] = people
                free[target] -= people * mean[source]
                free[source] += people * mean[source]
        return granted


def _thinned(family: NDArray[np.intp], wishes: IntArray, out: IntArray) -> IntArray:
    """Return which of the wishes are granted where only some can be: in proportion by group.

    Args:
        family: Family of each of R rows.
        wishes: Wishes, shape (R, D).
        out: How many of a family's are granted, shape (F, D), at most its wishes.
    """
    gone = np.zeros_like(wishes)
    for row in np.unique(family):
        own = np.flatnonzero(family == row)
        upto = np.cumsum(wishes[own], axis=0)
        total = np.maximum(upto[-1], 1)
        gone[own] = np.diff((upto * out[row] + total // 2) // total, axis=0, prepend=0)
    return gone
