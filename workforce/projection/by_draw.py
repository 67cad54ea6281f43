"""Plans in which nobody in post is moved, walked draw by draw instead of month by month.

Month by month all draws take a step together, and everything known of them passes through the
processor's cache sixty times. Draw by draw it stays there. That takes one compiled loop for
everything that may happen in a month (`draw_months`); moves between families, planned events and a
cap on apprentices are left to `walk`. Both give the same numbers, to the last digit.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, GRADE_BANDS, GradeBand
from workforce.domain.plan import NoPost, Trainee
from workforce.projection.capacity import Workload
from workforce.projection.clock import Clock
from workforce.projection.columns import Columns
from workforce.projection.draw_tables import (
    TILE,
    Apprentices,
    Arrivals,
    Found,
    Hazards,
    Numbers,
    People,
    Rules,
    State,
)
from workforce.projection.one_draw import walk_draws
from workforce.projection.pipeline import STAGES, Pipeline
from workforce.projection.post_moments import PostMoments, Scratch
from workforce.projection.quits import Quits
from workforce.projection.resigning import LAYERS
from workforce.projection.stock import Stock
from workforce.projection.vacancies import capacity, frozen
from workforce.projection.walk import Scene, Shared

__all__ = ["countable", "walk_by_draw"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_NONE: Final = np.ones((0, 0, 0))
_NOBODY: Final = np.empty(0, dtype=np.intp)
_SPARE: Final = 64
_MOST: Final = 30_000
_PARTS: Final = 64
_MONTH_PARTS: Final = 3


def countable(scene: Scene, clock: Clock) -> bool:
    """Return whether a plan can be walked draw by draw.

    Not where hazards are immense, so that moments of posts cannot be listed, or for more people
    than short numbers can count.
    """
    people = float(scene.opening.headcount().sum()) + 2.0 * float(scene.posts.sum(axis=0).max())
    few = people / min(1.0, float(scene.opening.starter_fte.min())) < _MOST
    return bool(few and clock.today.stay.min() > 0.0 and clock.others.stay.min() > 0.0)


def walk_by_draw(
    scene: Scene, shared: Shared, clock: Clock, stock: Stock, quits: Quits, columns: Columns
) -> None:
    """Walk through the months of one plan and store what comes of it.

    Args:
        scene: The plan for this organisation; nobody in post is moved, and no cap on apprentices.
        shared: What it has in common with the other plans.
        clock: Hazards with nothing done, `countable`.
        stock: The opening people.
        quits: Who resigns when under its levers.
        columns: Where it is stored; what comes to nothing is left as it is.
    """
    families, months, draws = len(scene.opening.families), scene.months, clock.draws
    work = None
    if scene.productivity is not None:
        work = Workload(scene.productivity, scene.opening.families, months, draws)
    pipeline = Pipeline(scene.tracks, families, shared.drawn, shared.streams, months, work=work)
    if work is not None:
        work.settle(stock.staff)
    people, rules = _people(scene, stock), _rules(scene, shared, work)
    arrivals, apprentices = _arrivals(scene), _apprentices(pipeline, draws)
    hazards = _hazards(quits, apprentices)
    numbers = Numbers(shared.posts.base, shared.fill.base, shared.hires.base)
    stages = np.empty((len(scene.tracks), 6, draws), dtype=np.int64)
    near = _found((families, months, TILE), len(scene.tracks), work is not None)
    places, listed = _room(rules, arrivals, people, clock, hazards)
    room = _state(people, months, places, listed)
    first = 0
    while first < draws:
        some = slice(first, min(first + TILE, draws))
        many = some.stop - first
        near.converted[:], near.leavers[:], near.stages[:] = 0, 0, 0
        if work is not None:
            near.work[..., :many] = work.work[..., some]
        if scene.tracks:
            apprentices.seated[..., :many] = pipeline.seated_fte[..., some]
        if not walk_draws(
            first,
            many,
            hazards,
            numbers,
            people,
            rules,
            arrivals,
            apprentices,
            clock.today,
            clock.others,
            places,
            *room,
            near,
        ):
            places, listed = 2 * places, 2 * listed
            room = _state(people, months, places, listed)
            continue
        for measure, values in _measures(near, scene).items():
            columns.of(scene.plan.name, measure)[..., some] = values[..., :many]
        stages[..., some] = near.stages[..., :many]
        first = some.stop
    if work is not None:
        columns.put(scene.plan.name, {"mentor_fte": work.mentors})
    if scene.tracks:
        columns.put(scene.plan.name, _trained(stages, pipeline))


def _hazards(quits: Quits, apprentices: Apprentices) -> Hazards:
    tables = quits.tables
    most = tables.most * np.maximum(1.0, apprentices.boost.max(axis=0, initial=1.0))
    layers = np.minimum(np.ceil(np.maximum(1.0, most)), LAYERS).astype(np.intp)
    return Hazards(tables.classes, tables.multiplier, np.ones((0, 0)), layers)


def _people(scene: Scene, stock: Stock) -> People:
    staff, known = stock.staff, stock.known
    some = np.flatnonzero(known.known_leave <= scene.months)
    return People(
        staff.family,
        staff.grade,
        staff.tenure,
        stock.slots,
        staff.fte,
        *stock.otherwise(),
        stock.held(),
        scene.opening.headcount(),
        scene.opening.fte(),
        known.family[some],
        known.known_leave[some] - 1,
        known.known_cause[some],
        known.fte[some],
    )


def _rules(scene: Scene, shared: Shared, work: Workload | None) -> Rules:
    opening, hiring, months = scene.opening, scene.hiring, scene.months
    fill = scene.rates.fill
    rows = [fill.families.index(name) for name in opening.families]
    stopped = frozen(hiring, opening.as_of, months)
    levers, cap = scene.filling(shared.streams), capacity(hiring, months)
    return Rules(
        scene.posts,
        scene.reserved,
        opening.starter_fte,
        scene.grade_edges(),
        fill.hazard[rows] * hiring.speed,
        shared.drawn.fill,
        _NONE if levers is None else levers,
        stopped,
        np.empty(0, dtype=np.int64) if cap is None else cap,
        shared.first_openings,
        np.empty(0) if work is None else work.ramp,
        np.empty(0) if work is None else work.settling,
        levers is None and cap is None and not stopped.any(),
    )


def _arrivals(scene: Scene) -> Arrivals:
    every = scene.known_starters()
    return Arrivals(
        np.array([month for month, _, _ in every], dtype=np.intp),
        np.array([row for _, row, _ in every], dtype=np.intp),
        np.array([starter.people for _, _, starter in every], dtype=np.intp),
        np.array([starter.fte for _, _, starter in every], dtype=np.float64),
        np.array([GRADE_BANDS.index(GradeBand(each.grade)) for _, _, each in every], dtype=np.intp),
    )


def _apprentices(pipeline: Pipeline, draws: int) -> Apprentices:
    """Return the programmes, and who has accepted a job, draw by draw."""
    tracks = pipeline.tracks
    programmes = [track.programme for track in tracks]
    months, cohorts, begin, behind = [_NOBODY], [_NOBODY], [0], 0
    for number, track in enumerate(tracks):
        month, draw, cohort = pipeline.candidates(number)
        order = np.argsort(draw, kind="stable")
        months.append(month[order])
        cohorts.append(cohort[order] + behind)
        begin.extend(begin[-1] + np.cumsum(np.bincount(draw, minlength=draws)))
        behind += len(track.cohorts)
    return Apprentices(
        np.array([track.family for track in tracks], dtype=np.intp),
        np.array([GRADE_BANDS.index(GradeBand(each.grade)) for each in programmes], dtype=np.intp),
        np.array([each.fte for each in programmes], dtype=np.float64),
        np.array([each.no_post is NoPost.WAIT for each in programmes], dtype=np.bool_),
        pipeline.boosts(),
        np.array([each.start for track in tracks for each in track.cohorts], dtype=np.intp),
        np.array(begin, dtype=np.intp),
        np.concatenate(months),
        np.concatenate(cohorts),
        np.empty((*pipeline.seated_fte.shape[:2], TILE if tracks else 0)),
    )


def _room(
    rules: Rules, arrivals: Arrivals, people: People, clock: Clock, hazards: Hazards
) -> tuple[int, int]:
    """Return room for the posts of a family and for the moments of a draw that is mostly enough."""
    advertised = rules.first.sum(axis=1).max(axis=-1) + rules.posts.max(axis=1) / rules.starter_fte
    expected = np.bincount(arrivals.family, arrivals.people, len(people.held))
    posts = people.held + advertised + expected
    spent = clock.today.spent[:, -1, None]
    moments = float(
        (clock.today.highest * spent * hazards.layers[:, None] * posts).sum(axis=1).max()
    )
    return int(posts.max()) + _SPARE, int(moments + 8 * np.sqrt(moments)) + _SPARE


def _found(shape: tuple[int, int, int], programmes: int, work: bool) -> Found:
    return Found(
        np.empty(shape, dtype=np.int16),
        np.empty(shape),
        np.empty(shape),
        np.empty(shape, dtype=np.int16),
        np.empty(shape, dtype=np.int16),
        np.empty(shape) if work else _NONE,
        np.empty((len(CAUSES), *shape), dtype=np.int16),
        np.empty((programmes, 6, shape[2]), dtype=np.int64),
    )


def _state(
    people: People, months: int, places: int, listed: int
) -> tuple[State, PostMoments, Scratch]:
    """Return room for one draw, for its moments, and to work."""
    families, staff = len(people.held), len(people.family)
    posts = families * places
    holders = np.zeros(posts, dtype=np.int32)
    holders[people.family * places + people.slot] = np.arange(staff)

    def short(size: int) -> NDArray[np.int32]:
        return np.empty(size, dtype=np.int32)

    state = State(
        np.repeat(np.arange(families), places),
        short(posts),
        short(posts),
        short(months),
        short(families),
        np.empty(families, dtype=np.intp),
        np.empty(families, dtype=np.intp),
        short(2 * posts),
        np.empty(2 * posts),
        np.empty((families, months + 1)),
        np.empty((families, _PARTS), dtype=np.int32),
        np.empty((families, months), dtype=np.intp),
        np.empty((families, months)),
        np.empty(posts, dtype=np.intp),
        short(posts),
        short(posts),
        np.empty(posts),
        short(posts),
        np.empty(posts),
        holders,
        np.empty(staff),
        np.empty(staff),
        short(staff + 1),
        short(_MONTH_PARTS * months),
    )
    moments = PostMoments(
        short(posts),
        short(listed),
        np.empty(listed),
        short(listed),
        np.empty(listed),
        short(listed),
    )
    scratch = Scratch(
        np.empty(posts, dtype=np.uint64),
        np.empty(posts),
        short(posts),
        short(posts),
        np.zeros(1, dtype=np.intp),
    )
    return state, moments, scratch


def _measures(near: Found, scene: Scene) -> dict[str, NDArray[Any]]:
    """Return what is stored of some draws."""
    out: dict[str, NDArray[Any]] = {
        "headcount": near.headcount,
        "fte": near.fte,
        "gap": near.gap,
        "hires": near.hires,
        **{f"leavers_{cause}": near.leavers[k] for k, cause in enumerate(CAUSES)},
    }
    if scene.tracks:
        out["apprentices_converted"] = near.converted
    if scene.productivity is not None:
        out["work"] = near.work
    return out


def _trained(found: NDArray[np.int64], pipeline: Pipeline) -> dict[str, NDArray[Any]]:
    """Return what is stored of apprentices; `found` as in `Found.stages`."""
    stages = pipeline.stages
    for number, track in enumerate(pipeline.tracks):
        stays = track.programme.no_post is NoPost.REDEPLOY
        stays = stays or track.programme.trainee is Trainee.EXISTING_STAFF
        for row, stage in enumerate(
            (
                "converted",
                "redeployed" if stays else "no_post_left",
                "waiting_at_end",
                "converted_12_months_ago",
                "retained_12_months",
                "in_role_at_end",
            )
        ):
            stages[number, STAGES.index(stage)] += found[number, row]
    return {
        "apprentices_in_training": pipeline.in_training,
        "apprentices_started": pipeline.started,
        "apprentices_withdrawn": pipeline.withdrawn,
        "stages": stages,
        "cohort_starts": pipeline.started_by_cohort(),
    }
