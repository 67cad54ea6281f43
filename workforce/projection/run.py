"""One run: its plans laid out, and what a block of draws makes of them."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES
from workforce.domain.capacity import Productivity
from workforce.domain.opening import Opening
from workforce.domain.plan import Plan, Programme
from workforce.domain.rates import Rates
from workforce.projection.aggregate import Crowd
from workforce.projection.aggregate_openings import counted_ages
from workforce.projection.aggregate_stock import Settled, fold, known_exits, look_ahead
from workforce.projection.aggregate_walk import CountedWalk, refuse_uncounted
from workforce.projection.by_draw import countable, walk_by_draw
from workforce.projection.capacity import known_cover
from workforce.projection.clock import Clock
from workforce.projection.columns import Columns, Stored
from workforce.projection.exits import Exits, Leaving
from workforce.projection.flows import Listed, flows_needed
from workforce.projection.ground import Ground, Grounds
from workforce.projection.hazards import draw_parameters
from workforce.projection.levers import lever_classes
from workforce.projection.mentors import Mentors, caps_starts
from workforce.projection.pipeline import STAGES
from workforce.projection.posts import Holders
from workforce.projection.quits import Quits
from workforce.projection.result import FLOW_MEASURES, Projection, Tracks
from workforce.projection.stock import Stock, list_staff
from workforce.projection.streams import BLOCK, Lookup, Streams
from workforce.projection.training import Track, cohorts_of
from workforce.projection.vacancies import establishment_path, opening_ages, reserved_path
from workforce.projection.walk import Scene, Shared, Walk

__all__ = ["CountedRun", "Run"]

# People x draws held at once; it bounds memory and changes no result.
_PAIRS: Final = 1_000_000

_PEOPLE_MEASURES: Final = (
    "headcount",
    *(f"leavers_{cause}" for cause in CAUSES),
    "hires",
    "apprentices_in_training",
    "apprentices_started",
    "apprentices_withdrawn",
    "apprentices_converted",
)


class Run:
    """One call of `simulate`."""

    def __init__(
        self,
        opening: Opening,
        rates: Rates,
        plans: tuple[Plan, ...],
        seed: int,
        months: int,
        continuing: tuple[Programme, ...],
        *,
        productivity: Productivity | None = None,
    ) -> None:
        """Lay the plans out; arguments as `simulate`, with the months settled."""
        self.productivity = productivity
        self.grounds: Grounds | None = None
        self.opening = opening
        self.rates = rates
        self.plans = plans
        self.seed = seed
        self.months = months
        self.ahead = opening.as_of + np.arange(1, months + 1)
        self.tracks: dict[str, tuple[Track, ...]] = {
            plan.name: cohorts_of(opening, plan, continuing, months) for plan in plans
        }
        self.paths = {
            plan.name: establishment_path(
                opening.establishment_fte,
                opening.families,
                plan.demand,
                opening.as_of,
                months,
                plan.events,
            )
            for plan in plans
        }
        self.flowing = {plan.name for plan in plans if flows_needed(plan, rates, opening, months)}
        self.reserved = reserved_path(opening, months)
        self.prepare()

    def prepare(self) -> None:
        """List the people in post."""
        self.staff = list_staff(self.opening)

    @property
    def looped(self) -> bool:
        """Whether every plan is walked in compiled loops, in which other threads may run."""
        return all(self._by_draw(plan) for plan in self.plans)

    def _by_draw(self, plan: Plan) -> bool:
        """Return whether nobody in post is moved and nothing caps apprentices."""
        capped = caps_starts(plan, self.opening.as_of, self.months)
        return not capped and plan.name not in self.flowing

    def step(self, draws: int, workers: int) -> int:
        """Return how many of the draws are worked on at once."""
        people = max(1, int(self.opening.cells.people.sum()))
        # Somebody with an entry of their own takes as much room as five who are only counted.
        people *= 5 if self.flowing else 1
        blocks = max(1, _PAIRS // (people * BLOCK * workers))
        # As many parcels for every worker, so that none of them waits for the others.
        rounds = -(-draws // (blocks * BLOCK * workers))
        return -(-draws // (rounds * workers * BLOCK)) * BLOCK

    def allocate(self, draws: int) -> Stored:
        """Return empty arrays for every scenario and stored measure."""
        families = len(self.opening.families)
        shape = (families, self.months, draws)
        heads = int(self.opening.headcount().sum())
        posts = max(float(path.max(initial=0.0)) for path in self.paths.values())
        size = 4 * max(heads, posts, 1) + sum(
            cohort.size for tracks in self.tracks.values() for t in tracks for cohort in t.cohorts
        )
        size += sum(event.people for plan in self.plans for event in plan.events)
        # Enough digits for thousandths of a post, and no more memory than that takes.
        people: type = np.int16 if size < 30_000 else np.int32
        fte: type = np.float32 if size < 8_000 else np.float64
        out: Stored = {}
        for plan in self.plans:
            for measure in _PEOPLE_MEASURES:
                out[plan.name, measure] = np.zeros(shape, dtype=people)
            for measure in FLOW_MEASURES if plan.name in self.flowing else ():
                out[plan.name, measure] = np.zeros(shape, dtype=people)
            out[plan.name, "fte"] = np.zeros(shape, dtype=fte)
            out[plan.name, "gap"] = np.zeros(shape, dtype=fte)
            out[plan.name, "establishment"] = self.paths[plan.name][:, :, None]
            out[plan.name, "stages"] = np.zeros(
                (len(self.tracks[plan.name]), len(STAGES), draws), dtype=np.int32
            )
            cohorts = sum(len(track.cohorts) for track in self.tracks[plan.name])
            out[plan.name, "cohort_starts"] = np.zeros((cohorts, draws), dtype=np.int32)
            if self.productivity is not None:
                out[plan.name, "mentor_fte"] = np.zeros(shape, dtype=np.float32)
                out[plan.name, "work"] = np.zeros(shape, dtype=np.float32)
        return out

    def block(self, first: int, draws: int, columns: Columns) -> Iterator[str]:
        """Store what comes of one block of draws, and yield each scenario that is done."""
        if self.grounds is None:
            ground = self._ground(first, draws)
        else:
            of = self.opening, self.rates, self.seed, self.months
            ground = self.grounds.block(of, (first, draws), self._ground)
        shared, clock, stock = ground.shared, ground.clock, ground.stock
        families = self.opening.families
        every: dict[Any, Quits] = {}
        booked: dict[Any, tuple[Leaving, Exits]] = {}
        for plan in self.plans:
            key = (plan.leaving_levers, plan.combination) if plan.leaving_levers else ()
            if key not in every:
                classes = lever_classes(plan, families, self.ahead, shared.streams)
                every[key] = Quits(clock, classes)
            quits, scene, mentors = every[key], self._scene(plan), None
            if self._by_draw(plan) and countable(scene, clock):
                walk_by_draw(scene, shared, clock, stock, quits, columns)
                yield plan.name
                continue
            if key not in booked:
                leaving = stock.leaving(quits)
                booked[key] = leaving, stock.booked(leaving)
            leaving, exits = booked[key]
            listed = Listed(stock, leaving) if plan.name in self.flowing else None
            if plan.mentor_cap is not None and caps_starts(plan, self.opening.as_of, self.months):
                shape = self.months, draws
                mentors = Mentors.of_stock(plan.mentor_cap, self.opening, stock, leaving, shape)
            holders = Holders(shared.posts, stock.held(), self.months, draws)
            holders.hold(*stock.holding(leaving))
            walk = Walk(scene, shared, quits, exits.copy(), listed, mentors, holders)
            walk.ramp_up_stock(stock.staff, leaving)
            columns.put(plan.name, walk.run())
            yield plan.name

    def _ground(self, first: int, draws: int) -> Ground:
        shared = self._shared(first, draws)
        clock = Clock(shared.drawn)
        families = self.opening.families
        stock = Stock(self.staff, families, shared.drawn, shared.streams, clock, shared.posts)
        return Ground(shared, clock, stock)

    def _scene(self, plan: Plan) -> Scene:
        return Scene(
            opening=self.opening,
            rates=self.rates,
            months=self.months,
            posts=self.paths[plan.name],
            reserved=self.reserved,
            tracks=self.tracks[plan.name],
            hiring=plan.hiring,
            plan=plan,
            productivity=self.productivity,
        )

    def _shared(self, first: int, draws: int) -> Shared:
        families = self.opening.families
        streams = Streams(self.seed, first, draws)
        drawn = draw_parameters(self.rates, families, self.opening.as_of, self.months, streams)
        return Shared(
            streams=streams,
            drawn=drawn,
            fill=Lookup(streams, "opening", families),
            posts=Lookup(streams, "post", families),
            hires=Lookup(streams, "hire", families),
            starters=Lookup(streams, "starter", families),
            first_openings=self.first_openings(streams),
        )

    def first_openings(self, streams: Streams) -> NDArray[np.int64]:
        """Return the openings at the start by family, age and draw."""
        free = self.opening.establishment_fte - self.opening.fte() - self.reserved[:, 0]
        return opening_ages(self.opening, self.rates.fill, free, streams)

    def result(self, draws: int, stored: Stored) -> Projection:
        """Return the projection."""
        tracks = {
            plan.name: Tracks(
                ids=tuple(t.programme.programme_id for t in self.tracks[plan.name]),
                names=tuple(t.programme.name for t in self.tracks[plan.name]),
                stages=stored.pop((plan.name, "stages")),
                cohort_starts=stored.pop((plan.name, "cohort_starts")),
            )
            for plan in self.plans
        }
        return Projection(
            scenarios=tuple(plan.name for plan in self.plans),
            months=tuple(int(month) for month in self.ahead),
            families=self.opening.families,
            draws=draws,
            seed=self.seed,
            opening_people=self.opening.headcount(),
            opening_fte=self.opening.fte(),
            stored=stored,
            tracks=tracks,
            productivity=self.productivity,
            booked_cover=known_cover(self.opening, self.months),
        )


class CountedRun(Run):
    """One call of `simulate` for very many people.

    Whole blocks of draws are worked on whatever is asked for, so that no sum depends on how many
    draws there are.
    """

    def prepare(self) -> None:
        """Fold the people in post."""
        for plan in self.plans:
            refuse_uncounted(plan)
        self._folded = fold(self.opening, self.months)

    @property
    def looped(self) -> bool:
        """Groups are counted in many small steps."""
        return False

    def step(self, draws: int, workers: int) -> int:
        """Return how many of the draws are worked on at once."""
        return BLOCK

    def block(self, first: int, draws: int, columns: Columns) -> Iterator[str]:
        """Store what comes of one block of draws, and yield each scenario that is done."""
        shared = self._shared(first, BLOCK)
        drawn, streams, families = shared.drawn, shared.streams, self.opening.families
        clock, ahead = Clock(drawn), look_ahead(drawn, self.months)
        rows = [self.rates.families.index(name) for name in families]
        settled = Settled(self._folded, ahead, drawn, streams, self.rates.starter_grade[rows])
        for plan in self.plans:
            classes = lever_classes(plan, families, self.ahead, streams)
            exits = known_exits(self.opening, len(CAUSES), self.months, BLOCK)
            crowd = Crowd(settled, classes)
            walk = CountedWalk(self._scene(plan), shared, Quits(clock, classes), exits, crowd)
            arrays = {name: array[..., :draws] for name, array in walk.run().items()}
            columns.put(plan.name, arrays)
            yield plan.name

    def first_openings(self, streams: Streams) -> NDArray[np.int64]:
        """Return the openings at the start by family, age and draw."""
        free = self.opening.establishment_fte - self.opening.fte() - self.reserved[:, 0]
        return counted_ages(self.opening, self.rates.fill, free, streams)
