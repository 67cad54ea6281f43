"""The ensemble: every plan on the same draws, a block of draws at a time."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES
from workforce.domain.capacity import Productivity
from workforce.domain.errors import UserError
from workforce.domain.opening import Opening
from workforce.domain.plan import MAX_HORIZON_MONTHS, Plan, Programme
from workforce.domain.rates import Rates
from workforce.projection.aggregate import Crowd
from workforce.projection.aggregate_openings import counted_ages
from workforce.projection.aggregate_stock import Settled, fold, known_exits, look_ahead
from workforce.projection.aggregate_walk import CountedWalk, refuse_uncounted, uncounted
from workforce.projection.capacity import known_cover
from workforce.projection.clock import Clock
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
from workforce.projection.spread import HEAVY, Parcel, handed_out
from workforce.projection.stock import Stock, list_staff
from workforce.projection.streams import BLOCK, Lookup, Streams
from workforce.projection.training import Track, cohorts_of
from workforce.projection.vacancies import establishment_path, opening_ages, reserved_path
from workforce.projection.walk import Scene, Shared, Walk

__all__ = ["simulate"]

MAX_DRAWS: Final = 20_000
CROWD: Final = 20_000
"""People, or posts, from which on groups are counted instead of following everybody."""
FOLLOWED: Final = 60_000
"""People, or posts, from which on nobody is followed, even where a plan asks for it."""
# People x draws held at once; it bounds memory and changes no result.
_PAIRS: Final = 1_000_000


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
        workers: How many share the draws: processes where there is work for some seconds,
            threads otherwise.
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
    kind = _CountedRun if _counted(opening, plans) else _Run
    run = kind(
        opening, rates, tuple(plans), seed, horizon, tuple(continuing), productivity=productivity
    )
    if workers == 1:
        run.grounds = grounds
    stored = run.allocate(draws)
    step = run.step(draws, workers)
    parcels = [(first, min(step, draws - first)) for first in range(0, draws, step)]
    if workers == 1:
        for parcel in parcels:
            for done, (name, arrays) in enumerate(run.block(*parcel), start=1):
                _put(stored, name, arrays, parcel)
                progress((parcel[0] + parcel[1] * done / len(plans)) / draws)
    else:
        kinds = {key: array.dtype for key, array in stored.items()}
        results = handed_out(
            partial(_worked, run, kinds), parcels, workers, processes=run.heavy(draws)
        )
        # Progress is told by the caller's thread: it may draw on a page.
        for parcel, blocks in zip(parcels, results, strict=True):
            for name, arrays in blocks:
                _put(stored, name, arrays, parcel)
            progress(sum(parcel) / draws)
    return run.result(draws, stored)


def _worked(
    run: "_Run", kinds: dict[tuple[str, str], np.dtype[Any]], parcel: Parcel
) -> list[tuple[str, dict[str, NDArray[Any]]]]:
    """Return a block of draws of every plan, as small as it is kept: it may travel."""
    return [
        (name, {key: each.astype(kinds[name, key], copy=False) for key, each in arrays.items()})
        for name, arrays in run.block(*parcel)
    ]


def _put(
    stored: dict[tuple[str, str], NDArray[Any]],
    name: str,
    arrays: dict[str, NDArray[Any]],
    parcel: Parcel,
) -> None:
    first, size = parcel
    for measure, array in arrays.items():
        stored[name, measure][..., first : first + size] = array


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


_PEOPLE_MEASURES: Final = (
    "headcount",
    *(f"leavers_{cause}" for cause in CAUSES),
    "hires",
    "apprentices_in_training",
    "apprentices_started",
    "apprentices_withdrawn",
    "apprentices_converted",
)


class _Run:
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

    def step(self, draws: int, workers: int) -> int:
        """Return how many of the draws are worked on at once."""
        people = max(1, int(self.opening.cells.people.sum()))
        # Somebody with an entry of their own takes as much room as five who are only counted.
        people *= 5 if self.flowing else 1
        blocks = max(1, _PAIRS // (people * BLOCK * workers))
        # As many parcels for every worker, so that none of them waits for the others.
        rounds = -(-draws // (blocks * BLOCK * workers))
        return -(-draws // (rounds * workers * BLOCK)) * BLOCK

    def heavy(self, draws: int) -> bool:
        """Return whether there is so much to do that processes are worth starting."""
        people = min(float(self.opening.headcount().sum()), CROWD)
        return people * draws * self.months * len(self.plans) >= HEAVY

    def allocate(self, draws: int) -> dict[tuple[str, str], NDArray[Any]]:
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
        out: dict[tuple[str, str], NDArray[Any]] = {}
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

    def block(self, first: int, draws: int) -> Iterator[tuple[str, dict[str, NDArray[Any]]]]:
        """Yield (scenario, arrays of shape (..., draws)) for one block of draws."""
        if self.grounds is None:
            ground = self._ground(first, draws)
        else:
            of = self.opening, self.rates, self.seed, self.months
            ground = self.grounds.block(of, (first, draws), self._ground)
        shared, clock, stock = ground.shared, ground.clock, ground.stock
        families = self.opening.families
        booked: dict[Any, tuple[Quits, Leaving, Exits]] = {}
        for plan in self.plans:
            key = (plan.leaving_levers, plan.combination) if plan.leaving_levers else ()
            if key not in booked:
                quits = Quits(clock, lever_classes(plan, families, self.ahead, shared.streams))
                leaving = stock.leaving(quits)
                booked[key] = (quits, leaving, stock.booked(leaving))
            quits, leaving, exits = booked[key]
            listed = Listed(stock, leaving) if plan.name in self.flowing else None
            mentors = None
            if plan.mentor_cap is not None and caps_starts(plan, self.opening.as_of, self.months):
                shape = self.months, draws
                mentors = Mentors.of_stock(plan.mentor_cap, self.opening, stock, leaving, shape)
            holders = Holders(shared.posts, stock.held(), self.months, draws)
            holders.hold(*stock.holding(leaving))
            walk = Walk(self._scene(plan), shared, quits, exits.copy(), listed, mentors, holders)
            walk.ramp_up_stock(stock.staff, leaving)
            yield plan.name, walk.run()

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

    def result(self, draws: int, stored: dict[tuple[str, str], NDArray[Any]]) -> Projection:
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


class _CountedRun(_Run):
    """One call of `simulate` for very many people.

    Whole blocks of draws are worked on whatever is asked for, so that no sum depends on how many
    draws there are.
    """

    def prepare(self) -> None:
        """Fold the people in post."""
        for plan in self.plans:
            refuse_uncounted(plan)
        self._folded = fold(self.opening, self.months)

    def step(self, draws: int, workers: int) -> int:
        """Return how many of the draws are worked on at once."""
        return BLOCK

    def block(self, first: int, draws: int) -> Iterator[tuple[str, dict[str, NDArray[Any]]]]:
        """Yield (scenario, arrays of shape (..., draws)) for one block of draws."""
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
            arrays = walk.run()
            yield plan.name, {name: array[..., :draws] for name, array in arrays.items()}

    def first_openings(self, streams: Streams) -> NDArray[np.int64]:
        """Return the openings at the start by family, age and draw."""
        free = self.opening.establishment_fte - self.opening.fte() - self.reserved[:, 0]
        return counted_ages(self.opening, self.rates.fill, free, streams)
