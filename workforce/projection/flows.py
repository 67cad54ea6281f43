"""What moves people who are in post: moves between families, reskilling, planned events."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.opening import Opening
from workforce.domain.plan import Plan, PlannedEvent
from workforce.domain.rates import Rates
from workforce.projection.clock import Group
from workforce.projection.exits import Leaving
from workforce.projection.hazards import NEVER
from workforce.projection.joining import Joining
from workforce.projection.moving import Moving
from workforce.projection.pipeline import Pipeline
from workforce.projection.quits import GRADE_CHANNEL, Leaves
from workforce.projection.reskilling import Reskilling
from workforce.projection.roster import Joined, Roster
from workforce.projection.stock import Stock
from workforce.projection.streams import Lookup, numbers_at

if TYPE_CHECKING:
    from workforce.projection.walk import Scene, Shared

__all__ = ["Flows", "Listed", "events_of", "flows_needed"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
PlaceArray = NDArray[np.uint64]

_CHOICE: Final = 7000
"""Channel that chooses who leaves in an event, plus the month."""


def events_of(plan: Plan, opening: Opening, months: int) -> dict[int, tuple[PlannedEvent, ...]]:
    """Return a plan's events of projected families by month, counted from the opening month."""
    out: dict[int, tuple[PlannedEvent, ...]] = {}
    for event in plan.events:
        month = event.month - opening.as_of
        if 1 <= month <= months and event.family in opening.families and event.people:
            out[month] = (*out.get(month, ()), event)
    return out


def flows_needed(plan: Plan, rates: Rates, opening: Opening, months: int) -> bool:
    """Return whether a plan moves people in post, or people move by themselves."""
    reskilled = any(programme.from_family and programme.size for programme in plan.programmes)
    return rates.moves is not None or reskilled or bool(events_of(plan, opening, months))


@dataclass(frozen=True, slots=True)
class Listed:
    """The opening stock person by person, and when it leaves under a plan."""

    stock: Stock
    leaving: Leaving


class Flows:
    """The flows of one plan in one block of D draws.

    Attributes:
        moves_in: People who came from another family, shape (F, T, D).
        moves_out: People who went to another family.
        transfers_in: People who arrived in planned transfers.
    """

    def __init__(
        self,
        scene: "Scene",
        shared: "Shared",
        listed: Listed,
        joining: Joining,
        pipeline: Pipeline,
    ) -> None:
        """Stand at the opening month.

        Args:
            scene: The plan for this organisation.
            shared: Numbers and parameters that all plans share.
            listed: The opening stock.
            joining: Books who joins; what is booked changes whenever somebody's leaving changes.
            pipeline: The plan's apprentices and trainees.
        """
        self._scene, self._joining = scene, joining
        self._exits = exits = joining.exits
        self._drawn, streams = shared.drawn, shared.streams
        families = scene.opening.families
        lookups = Lookup(streams, "stock/later", families), Lookup(streams, "known/later", families)
        self._roster = roster = Roster(
            listed.stock, listed.leaving, joining.quits, exits, lookups, joining.mentors
        )
        self._moving = None
        if self._drawn.moves is not None:
            self._moving = Moving(roster, self._drawn.moves, *listed.stock.first_moves())
        self._events = events_of(scene.plan, scene.opening, scene.months)
        self._reskilling = Reskilling(pipeline, roster, self._moving, streams)
        # Moves alone touch few people; whoever chooses among all needs everybody entered.
        self._everybody = bool(self._events) or any(each.internal for each in pipeline.tracks)
        self._arrivals = Lookup(streams, "transfer_in", families)
        self._like = listed.stock.staff
        self.moves_in, self.moves_out, self.transfers_in = (
            np.zeros(exits.people.shape[1:], dtype=np.int32) for _ in range(3)
        )

    def decide(self, month: int) -> None:
        """Book who leaves in the planned events of a month, and choose who begins to train.

        Both are chosen among those in post when the month's other leavers have gone, all alike.
        """
        families = self._scene.opening.families
        for event in self._events.get(month, ()):
            if not event.arrives:
                people = np.full(self._roster.draws, event.people)
                family = families.index(event.family)
                rows = self._roster.choose(family, month, people, _CHOICE + month)
                self._roster.dismiss(rows, month)
        self._reskilling.start(month)

    def arrive(self, month: int) -> tuple[IndexArray, FloatArray]:
        """Let people arrive in planned transfers; return heads and FTE, shape (F, D) each.

        They are like the family's people at the opening month, in grade, service and FTE; where
        there were none, like its starters.
        """
        shape = self._exits.people.shape[1], self._roster.draws
        heads, fte = np.zeros(shape, dtype=np.intp), np.zeros(shape)
        for event in self._events.get(month, ()):
            if event.arrives:
                family = self._scene.opening.families.index(event.family)
                each = self._transfer_in(family, event.people, month, int(heads[family, 0]))
                heads[family] += event.people
                fte[family] += each.reshape(-1, shape[1]).sum(axis=0)
        self.transfers_in[:, month - 1] = heads
        return heads, fte

    def _transfer_in(self, family: int, people: int, month: int, before: int) -> FloatArray:
        draws = self._roster.draws
        draw = np.tile(np.arange(draws), people)
        rank = np.repeat(np.arange(before, before + people), draws)
        place = self._arrivals.places(family * draws + draw, month, rank)
        luck = numbers_at(place, GRADE_CHANNEL)
        alike = np.flatnonzero(self._like.family == family)
        if alike.size:
            person = alike[(luck * alike.size).astype(np.intp)]
            grade, tenure = self._like.grade[person], self._like.tenure[person]
            fte = self._like.fte[person]
        else:
            edges = np.cumsum(self._starter_grade(family))[:-1]
            grade, tenure = np.searchsorted(edges, luck, side="right"), np.zeros_like(draw)
            fte = np.full(draw.size, self._scene.opening.starter_fte[family])
        group = Group(np.full(draw.size, family), grade, draw, month - tenure)

        post = self._joining.posts(group.family * draws + draw)
        leaves = self._joining.join(group, fte, month, place, post)
        self.joined(group, fte, leaves, place, month)
        return fte

    def _starter_grade(self, family: int) -> FloatArray:
        rates, name = self._scene.rates, self._scene.opening.families[family]
        shares: FloatArray = rates.starter_grade[rates.families.index(name)]
        return shares

    def joined(
        self,
        group: Group,
        fte: FloatArray,
        leaves: Leaves,
        place: PlaceArray,
        month: int,
        *,
        everybody: bool = False,
    ) -> IndexArray:
        """Take note of people who joined at the end of a month and return the rows of entries.

        Args:
            group: The people.
            fte: FTE, shape (n,).
            leaves: When and why they leave.
            place: Where their numbers begin.
            month: The month.
            everybody: Enter all of them; otherwise only those the plan may touch.
        """
        time = leaves.time
        every = np.arange(time.size)
        wish = np.full(time.size, NEVER)
        if self._moving is not None:
            cell = group.family * self._roster.draws + group.draw
            wish = self._moving.first_wish(place, cell, month)
        if not (everybody or self._everybody):
            # A wish in the month of leaving comes too late: leaving is first.
            every = np.flatnonzero((wish < self._roster.months) & (np.floor(wish) + 1 <= time))
        if not every.size:
            return every
        rows = self._roster.add(
            Joined(
                group.some(every),
                fte[every],
                leaves.time[every],
                leaves.cause[every],
                leaves.rest[every],
                leaves.rest_cause[every],
                place[every],
            ),
            month,
        )
        if self._moving is not None:
            self._moving.remember(rows, wish[every])
        return rows

    def converted(
        self,
        group: Group,
        fte: FloatArray,
        leaves: Leaves,
        place: PlaceArray,
        month: int,
    ) -> IndexArray:
        """Take note of apprentices who were converted; arguments as `joined`."""
        return self.joined(group, fte, leaves, place, month, everybody=True)

    def between(self, month: int, free: FloatArray) -> tuple[IndexArray, FloatArray]:
        """Move people between families: those who wish to, then those who were trained for it.

        Args:
            month: The month, whose leavers have gone.
            free: Vacant FTE, shape (F, D); changed by those who move.

        Returns:
            Change of heads and of FTE, shape (F, D) each.
        """
        roster, shape = self._roster, free.shape
        heads, fte = np.zeros(shape, dtype=np.intp), np.zeros(shape)
        every = (
            [self._reskilling.finish_month]
            if self._moving is None
            else [
                self._moving.move,
                self._reskilling.finish_month,
            ]
        )
        for step in every:
            rows, source = step(month, free)
            if not rows.size:
                continue
            # Their present family is where they have just gone; later steps may move them on.
            target, draw = roster.take("family", rows), roster.take("draw", rows)
            for family, counts, sign in (
                (target, self.moves_in, 1),
                (source, self.moves_out, -1),
            ):
                people = np.zeros(shape, dtype=np.int32)
                np.add.at(people, (family, draw), 1)
                counts[:, month - 1] += people
                heads += sign * people
                np.add.at(fte, (family, draw), sign * roster["fte"][rows])
        return heads, fte

    def finish(self) -> None:
        """Count where everybody who was trained is at the end."""
        self._reskilling.finish()
