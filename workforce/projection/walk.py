"""One plan through the months.

Order of a month: leavers; ageing (implied by the exact tenure of each person); establishment;
apprentices; known starters; hires. The work is in proportion to the people who move. Whoever is in
post has the month of leaving worked out on arrival, so a month only counts what is booked for it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, GRADE_BANDS, GradeBand
from workforce.domain.capacity import Productivity
from workforce.domain.opening import KnownStarter, Opening
from workforce.domain.plan import Hiring, Plan
from workforce.domain.rates import Rates
from workforce.projection.capacity import Workload
from workforce.projection.clock import Group
from workforce.projection.exits import Exits, Leaving
from workforce.projection.filling import drawn_filling
from workforce.projection.flows import Flows, Listed
from workforce.projection.hazards import Drawn
from workforce.projection.joining import Joining, starters
from workforce.projection.mentors import Mentors
from workforce.projection.openings import OpeningQueue
from workforce.projection.pipeline import Pipeline
from workforce.projection.posts import Holders
from workforce.projection.quits import Quits
from workforce.projection.stock import Staff
from workforce.projection.streams import Lookup, Streams
from workforce.projection.training import Track
from workforce.projection.vacancies import SLACK, openings_of

__all__ = ["Scene", "Shared", "Walk"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Shared:
    """What all scenarios of a block of D draws have in common.

    Attributes:
        streams: Random numbers.
        drawn: Parameters.
        fill: Thresholds of openings.
        posts: Numbers of posts.
        hires: Numbers of external hires.
        starters: Numbers of known starters.
        first_openings: Openings at the start by family, age and draw, shape (F, V, D).
    """

    streams: Streams
    drawn: Drawn
    fill: Lookup
    posts: Lookup
    hires: Lookup
    starters: Lookup
    first_openings: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a plan means for this organisation, before any draw.

    Attributes:
        opening: The opening position.
        rates: Rates, for filling and the grades of starters.
        months: Months projected T.
        posts: Establishment, FTE, shape (F, T).
        reserved: FTE promised to known starters, shape (F, T).
        tracks: Apprentices.
        hiring: How vacancies are filled.
        plan: The plan, for its levers on filling.
        productivity: How much work people do, where it is asked for.
    """

    opening: Opening
    rates: Rates
    months: int
    posts: FloatArray
    reserved: FloatArray
    tracks: tuple[Track, ...]
    hiring: Hiring
    plan: Plan
    productivity: Productivity | None = None

    def grade_edges(self) -> FloatArray:
        """Return shares of grade bands among starters added up, without the last, (F, G - 1)."""
        edges = np.cumsum(self.rates.starter_grade[self._rows()], axis=1)[:, :-1]
        return np.ascontiguousarray(edges)

    def filling(self, streams: Streams) -> FloatArray | None:
        """Return what the plan's levers make of the fill hazard, shape (F, T, D), if anything."""
        ahead = self.opening.as_of + np.arange(1, self.months + 1)
        grades = self.rates.starter_grade[self._rows()]
        return drawn_filling(self.plan, self.opening.families, grades, ahead, streams)

    def known_starters(self) -> list[tuple[int, int, KnownStarter]]:
        """Return month of arrival, family index and known starters, in the order of arrival."""
        opening = self.opening
        return [
            (max(1, each.month - opening.as_of), opening.families.index(each.family), each)
            for each in sorted(opening.starters, key=_starter_order)
            if each.family in opening.families and each.people
        ]

    def _rows(self) -> list[int]:
        return [self.rates.families.index(name) for name in self.opening.families]


class Walk:
    """One plan in one block of draws."""

    def __init__(
        self,
        scene: Scene,
        shared: Shared,
        quits: Quits,
        exits: Exits,
        listed: Listed | None = None,
        mentors: Mentors | None = None,
        holders: Holders | None = None,
    ) -> None:
        """Stand at the opening month.

        Args:
            scene: The plan for this organisation.
            shared: What it has in common with the other plans.
            quits: Who resigns when under its levers.
            exits: Leavers of the opening stock; those of newcomers are added to it.
            listed: The opening stock person by person, where somebody in post is moved.
            mentors: Who can guide apprentices, if the plan has a cap on them.
            holders: Who holds which post; without it everybody has luck of their own.
        """
        self._scene = scene
        self._shared = shared
        self._exits = exits
        # Where people are counts nobody holds a post, and nobody asks for one.
        nobody = np.zeros(len(scene.opening.families), dtype=np.intp)
        self._holders = holders or Holders(shared.posts, nobody, scene.months, shared.streams.draws)
        self._joining = Joining(quits, exits, holders, mentors)
        opening, months = scene.opening, scene.months
        families, draws = len(opening.families), shared.streams.draws
        self._shape = (families, draws)
        self._work = None
        if scene.productivity is not None:
            self._work = Workload(scene.productivity, opening.families, months, draws)
        self._pipeline = Pipeline(
            scene.tracks,
            families,
            shared.drawn,
            shared.streams,
            months,
            work=self._work,
            mentors=mentors,
        )
        self._flows: Flows | None = None
        if listed is not None:
            self._flows = Flows(scene, shared, listed, self._joining, self._pipeline)
            self._pipeline.joined = self._flows.converted
        self._queue = self._openings()
        self._queue.start(shared.first_openings)
        self._grade_edges = scene.grade_edges()
        self._heads = np.repeat(opening.headcount()[:, None], draws, axis=1)
        self._fte = np.repeat(opening.fte()[:, None], draws, axis=1)

    def run(self) -> dict[str, NDArray[Any]]:
        """Walk through the months and return the stored measures, shape (F, T, D) each."""
        scene, months = self._scene, self._scene.months
        shape = (self._shape[0], months, self._shape[1])
        heads, hires, converted = (np.zeros(shape, dtype=np.int32) for _ in range(3))
        fte, gap = np.zeros(shape), np.zeros(shape)
        starter_fte = scene.opening.starter_fte
        for month in range(1, months + 1):
            at = month - 1
            self._leave(month)
            if self._flows is not None:
                self._flows.decide(month)
            self._heads -= self._exits.people[:, :, at].sum(axis=0)
            self._fte -= self._exits.fte[:, at]
            self._pipeline.start(month)
            posts = scene.posts[:, at, None] - self._pipeline.seated_fte[:, at]
            self._transfers_in(month)
            free = posts - self._fte - scene.reserved[:, at, None]
            self._between_families(month, free)
            joined, joined_fte = self._pipeline.convert(month, free, self._joining)
            arrived, arrived_fte = self._arrive(month)
            self._queue.resize(openings_of(free - joined_fte, starter_fte).reshape(-1), month)
            hired = self._hire(month)
            self._heads += joined + arrived + hired
            self._fte += joined_fte + arrived_fte + hired * starter_fte[:, None]
            self._ramp_up(month, arrived_fte + hired * starter_fte[:, None])
            heads[:, at], converted[:, at] = self._heads, joined
            hires[:, at] = hired + arrived
            # Sums of FTE come out a hair beside zero; nobody is that little over establishment.
            empty = posts - self._fte
            empty[np.abs(empty) < SLACK] = 0.0
            fte[:, at], gap[:, at] = self._fte, empty
        return {
            "headcount": heads,
            "fte": fte,
            "gap": gap,
            "hires": hires,
            "apprentices_converted": converted,
            "apprentices_in_training": self._pipeline.in_training,
            "apprentices_started": self._pipeline.started,
            "apprentices_withdrawn": self._pipeline.withdrawn,
            **self._moved(),
            "stages": self._pipeline.finish(),
            "cohort_starts": self._pipeline.started_by_cohort(),
            **({} if self._work is None else self._work.measures()),
            **{f"leavers_{cause}": self._exits.people[k] for k, cause in enumerate(CAUSES)},
        }

    def _transfers_in(self, month: int) -> None:
        """Let people arrive in planned transfers."""
        if self._flows is not None:
            heads, fte = self._flows.arrive(month)
            self._heads += heads
            self._fte += fte

    def _between_families(self, month: int, free: FloatArray) -> None:
        """Move people between families; `free` is what is vacant and changes with them."""
        if self._flows is not None:
            heads, fte = self._flows.between(month, free)
            self._heads += heads
            self._fte += fte

    def _moved(self) -> dict[str, NDArray[Any]]:
        """Return who moved and who was transferred in."""
        if self._flows is None:
            return {}
        self._flows.finish()
        return {
            "moves_in": self._flows.moves_in,
            "moves_out": self._flows.moves_out,
            "transfers_in": self._flows.transfers_in,
        }

    def _openings(self) -> OpeningQueue:
        """Return an empty queue of openings."""
        scene, shared = self._scene, self._shared
        return OpeningQueue(
            scene.rates.fill,
            shared.drawn,
            shared.fill,
            self._holders,
            scene.hiring,
            scene.opening,
            scene.months,
            scene.filling(shared.streams),
        )

    def ramp_up_stock(self, staff: Staff, leaving: Leaving) -> None:
        """Book what those of the opening stock do not do yet who have not been there long."""
        if self._work is not None:
            self._work.stock(staff, leaving)

    def _ramp_up(self, month: int, fte: FloatArray) -> None:
        """Book what those who start in a month, FTE of shape (F, D), do not do yet."""
        if self._work is not None:
            self._work.hired(fte, month)

    def _leave(self, month: int) -> None:
        """Complete what is booked for a month; person by person everything is booked on arrival."""
        self._holders.leave(month)

    def _hire(self, month: int) -> IndexArray:
        """Fill what is due, book when the hires will leave, and return them, shape (F, D)."""
        cell, post = self._queue.fill(month)
        if cell.size:
            self._book(self._shared.hires, cell, month, post)
        return np.bincount(cell, minlength=self._heads.size).reshape(self._shape)

    def _arrive(self, month: int) -> tuple[IndexArray, FloatArray]:
        """Let known starters arrive and return heads (F, D) and FTE (F, 1).

        The posts they take were kept free for them, so the openings do not change.
        """
        arrived = np.zeros(self._shape, dtype=np.intp)
        arrived_fte = np.zeros((self._shape[0], 1))
        for arrives, row, starter in self._scene.known_starters():
            if arrives == month:
                self._welcome(row, starter, month)
                arrived[row] += starter.people
                arrived_fte[row] += starter.fte
        return arrived, arrived_fte

    def _welcome(self, row: int, starter: KnownStarter, month: int) -> None:
        """Book when known starters leave."""
        draws, people = self._shape[1], starter.people
        cell = np.repeat(np.arange(row * draws, (row + 1) * draws), people)
        fte = np.full(cell.size, starter.fte / people)
        grade = GRADE_BANDS.index(GradeBand(starter.grade))
        post = self._holders.take(cell)
        self._book(self._shared.starters, cell, month, post, known=(fte, grade))

    def _book(
        self,
        numbers: Lookup,
        cell: IndexArray,
        month: int,
        post: IndexArray,
        *,
        known: tuple[FloatArray, int] | None = None,
    ) -> None:
        """Book when people leave who join in a month; draw their grade if it is not known."""
        # Whoever fills a post in a month is alike in every scenario in which it is filled then.
        place = numbers.places(cell, month, post)
        family, draw, grades = starters(cell, place, self._grade_edges, self._shape[1])
        if known is None:
            fte = self._scene.opening.starter_fte[family]
        else:
            fte, grades = known[0], np.full(cell.size, known[1], dtype=np.intp)
        group = Group(family, grades, draw, np.full(cell.size, month, dtype=np.intp))
        leaves = self._joining.join(group, fte, month, place, post)
        if self._flows is not None:
            self._flows.joined(group, fte, leaves, place, month)
        if self._work is not None:
            self._work.gone(leaves.time, family, draw, fte, month)


def _starter_order(starter: KnownStarter) -> tuple[int, str, str, int, float]:
    return (starter.month, starter.family, starter.grade, starter.people, starter.fte)
