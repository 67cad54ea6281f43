"""What the months of a draw are made from: tables and room that `by_draw` hands to `one_draw`."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "TILE",
    "Apprentices",
    "Arrivals",
    "Found",
    "Hazards",
    "Numbers",
    "People",
    "Rules",
    "State",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
PlaceArray = NDArray[np.uint64]

TILE: Final = 50
"""Draws whose results are collected before they are brought away: few enough for the cache."""


class Numbers(NamedTuple):
    """Where numbers begin, by family x D + draw.

    Attributes:
        posts: Moments of the posts.
        openings: Thresholds of openings.
        hires: Numbers of hires.
    """

    posts: PlaceArray
    openings: PlaceArray
    hires: PlaceArray


class People(NamedTuple):
    """The opening stock, N people without a known exit, and who leaves if nobody resigns.

    Attributes:
        family: Family index, shape (N,).
        grade: Grade band index.
        tenure: Completed months of service.
        slot: Number of their post within the family.
        fte: FTE.
        begin: Where those begin who leave in a draw for another reason, shape (D + 1,).
        who: Which of the people they are, in their order.
        time: When.
        cause: Why.
        held: Posts held by family, shape (F,).
        heads: People by family, known exits among them, shape (F,).
        whole: Their FTE, shape (F,).
        known_family: Family of people with a known exit within the horizon, shape (K,).
        known_month: Month of it, from 0.
        known_cause: Why.
        known_fte: Their FTE.
    """

    family: IndexArray
    grade: IndexArray
    tenure: IndexArray
    slot: IndexArray
    fte: FloatArray
    begin: IndexArray
    who: IndexArray
    time: FloatArray
    cause: NDArray[np.int8]
    held: IndexArray
    heads: NDArray[np.int64]
    whole: FloatArray
    known_family: IndexArray
    known_month: IndexArray
    known_cause: IndexArray
    known_fte: FloatArray


class Rules(NamedTuple):
    """How posts are filled, and what newcomers do not do yet.

    Attributes:
        posts: Establishment, FTE, shape (F, T).
        reserved: FTE promised to known starters, shape (F, T).
        starter_fte: FTE of a starter, shape (F,).
        edges: Shares of grade bands among starters added up, without the last, shape (F, G - 1).
        fill: Fill hazards by age of an opening; the last goes on, shape (F, V).
        factor: What uncertainty makes of them, shape (F, D).
        levers: What levers make of them, shape (F, T, D), or empty for nothing.
        frozen: Months without hires, shape (T,).
        cap: Most hires by month, shape (T,), or empty for no cap.
        first: Openings of the opening month by family, age and draw, shape (F, V, D).
        ramp: Share of the work that a hire does not do yet by month; empty where it is not asked.
        settling: The same for those who achieved.
        plain: Whether nothing changes the fill hazards and nothing caps hires, so that the month
            is all that matters of when an opening is filled.
    """

    posts: FloatArray
    reserved: FloatArray
    starter_fte: FloatArray
    edges: FloatArray
    fill: FloatArray
    factor: FloatArray
    levers: FloatArray
    frozen: NDArray[np.bool_]
    cap: NDArray[np.int64]
    first: NDArray[np.int64]
    ramp: FloatArray
    settling: FloatArray
    plain: bool


class Arrivals(NamedTuple):
    """Known starters in the order of their arrival.

    Attributes:
        month: Month, shape (n,).
        family: Family index.
        people: People.
        fte: Their FTE.
        grade: Grade band index.
    """

    month: IndexArray
    family: IndexArray
    people: IndexArray
    fte: FloatArray
    grade: IndexArray


class Apprentices(NamedTuple):
    """Programmes, P of them, and who has accepted a job in the order of being served.

    Attributes:
        family: Family index, shape (P,).
        grade: Grade band index of the job.
        fte: Its FTE.
        waits: Whether those without a vacancy wait for one.
        boost: Ratio on the hazard in the year after it, shape (P, D).
        start: Month in which a cohort started, of all programmes one after the other.
        begin: Where the candidates of a programme and draw begin, shape (P x D + 1,).
        month: Month in which candidates are ready.
        cohort: Their cohort, as in `start`.
        seated: FTE of posts that trainees sit in, shape (F, T, `TILE`), or empty.
    """

    family: IndexArray
    grade: IndexArray
    fte: FloatArray
    waits: NDArray[np.bool_]
    boost: FloatArray
    start: IndexArray
    begin: IndexArray
    month: IndexArray
    cohort: IndexArray
    seated: FloatArray


class Found(NamedTuple):
    """What is filled in, shape (F, T, D) but for the last two.

    Attributes:
        headcount: People in post at the end of the month.
        fte: Their FTE.
        gap: Establishment less FTE.
        hires: People hired.
        converted: Apprentices converted.
        work: Work that is not done, FTE, or empty.
        leavers: Leavers by cause, shape (C, F, T, D).
        stages: Converted; not offered a post; waiting at the end; converted twelve months before
            the end; of them still there; in role at the end; shape (P, 6, D).
    """

    headcount: NDArray[np.int32]
    fte: FloatArray
    gap: FloatArray
    hires: NDArray[np.int32]
    converted: NDArray[np.int32]
    work: FloatArray
    leavers: NDArray[np.int32]
    stages: NDArray[np.int64]


class Hazards(NamedTuple):
    """What a plan makes of the hazards of resigning.

    Attributes:
        classes: Class of (family, grade band, in the first year?), shape (F, G, 2).
        multiplier: Multipliers of the plan, shape (D, K, T), or empty for nothing.
        nothing: An empty array, shape (0, 0).
        layers: Layers of moments to look at, shape (D,).
    """

    classes: NDArray[np.intp]
    multiplier: FloatArray
    nothing: FloatArray
    layers: IndexArray


class State(NamedTuple):
    """One draw; posts are numbered family x places + number within the family.

    Attributes:
        family: Family index of a post, shape (posts,).
        following: The next post of the same list.
        fell: Month in which a post fell free.
        due: List of posts whose holders leave in a month, shape (T,).
        free: Pile of free posts, shape (F,).
        fresh: Posts of a family that somebody has held or advertised.
        openings: Openings of a family.
        queue: Posts that are advertised, in the order of their advertising.
        filled: When they are filled.
        waits: Chance that a new opening is still open after so many months, shape (F, T + 1).
        wait: Months, or fewer, for which one waits whose number lies in a part, shape (F, parts).
        gone: Leavers of a month, shape (F, T).
        gone_fte: Their FTE.
        joins: Posts of those who join in a month, and of each of them the following.
        grade: Grade band index.
        origin: Month at whose end their service was 0.
        fte: FTE.
        programme: The programme they come from, `NONE` for all others.
        settles: FTE that is converted together, noted of the first of them.
        person: Who of the opening stock holds a post, shape (posts,).
        quits: When people of the opening stock resign, `inf` where they do not, shape (N,).
        rest: When they leave otherwise.
        leaves: Who of them leaves.
        guess: As in `Luck`.
    """

    family: IndexArray
    following: NDArray[np.int32]
    fell: NDArray[np.int32]
    due: NDArray[np.int32]
    free: NDArray[np.int32]
    fresh: IndexArray
    openings: IndexArray
    queue: NDArray[np.int32]
    filled: FloatArray
    waits: FloatArray
    wait: NDArray[np.int32]
    gone: IndexArray
    gone_fte: FloatArray
    joins: IndexArray
    grade: NDArray[np.int32]
    origin: NDArray[np.int32]
    fte: FloatArray
    programme: NDArray[np.int32]
    settles: FloatArray
    person: NDArray[np.int32]
    quits: FloatArray
    rest: FloatArray
    leaves: NDArray[np.int32]
    guess: NDArray[np.int32]
