"""The moments at which people may leave, and which of them count.

Moments of resigning are a Poisson process at the highest hazard that anybody of the family can have
today, each with a mark that is uniform up to that hazard. Somebody with hazard h resigns at the
first moment whose mark lies below h; that has exactly the hazard h (thinning: Lewis & Shedler
1979). Where a plan or a boost can bring hazards above the highest of today, a second layer of
moments has marks up to twice as much, and so on. Two plans look at the same moments: whoever leaves
under both leaves in the same month, and whoever takes over somebody's moments has their luck.

The other causes of people whose age is not known have moments of their own, on the clock of good
and bad years; their marks say which cause it is.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.projection.clock import Others, Today
from workforce.projection.hazards import END_OF_CONTRACT, NEVER, OTHER, RETIREMENT, VOLUNTARY
from workforce.projection.native import EVENT, GOLDEN, RANK, compiled, inlined, number
from workforce.projection.resigning import LAYERS, resign

__all__ = ["EVERY_CAUSE", "leave", "other_of_post", "other_of_stock", "retire"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
PlaceArray = NDArray[np.uint64]

_OWN_OTHER: Final = np.uint64((0x9E3779B97F4A7C15 * 4200) & (2**64 - 1))
_TWO: Final = np.uint64((0x9E3779B97F4A7C15 * 2) & (2**64 - 1))
# Numbers would repeat after so many moments; nobody gets there in practice, and results stay valid.
_POST_MOST: Final = 4000
_OWN_OTHER_MOST: Final = 800
EVERY_CAUSE: Final = 7
"""Retirement 1, end of contract 2 and other exits 4 together."""


@inlined
def _shown(time: float, draw: int, others: Others) -> float:
    """Return what the clock of good and bad years shows after some months."""
    year = min(int(time / 12.0), others.factors.shape[1] - 1)
    shown: float = others.starts[draw, year] + others.factors[draw, year] * (time - 12.0 * year)
    return shown


@inlined
def _passed(shown: float, draw: int, others: Others) -> float:
    """Return the months after which the clock of good and bad years shows some value."""
    year = others.factors.shape[1] - 1
    while year > 0 and shown < others.starts[draw, year]:
        year -= 1
    months: float = 12.0 * year + (shown - others.starts[draw, year]) / others.factors[draw, year]
    return months


@inlined
def _other(
    place: np.uint64,
    own: bool,
    draw: int,
    start: int,
    causes: int,
    others: Others,
) -> tuple[float, int]:
    """Return when and why somebody leaves by one of some causes, if they never resign."""
    total = others.total[draw]
    if total <= 0.0:
        return NEVER, OTHER
    end, past, passed = others.stay[draw], -1.0, 0.0
    if end == 0.0 and not own:
        own, place = True, place + np.uint64(2 * LAYERS + start) * EVENT
    if own:
        passed = _shown(float(start), draw, others)
        end, past = math.exp(-total * max(others.last[draw] - passed, 0.0)), 1.0
    at = place + (_OWN_OTHER if own else np.uint64(LAYERS) * EVENT)
    left = _OWN_OTHER_MOST if own else _POST_MOST
    product = 1.0
    while True:
        product *= number(at)
        if product <= end:
            return NEVER, OTHER
        if past < 0.0:
            past = math.exp(-total * _shown(float(start), draw, others))
        if product < past:
            shown = passed - math.log(product) / total
            mark = number(at + GOLDEN)
            which, cause = 4, OTHER
            if mark < others.until[draw, 0]:
                which, cause = 1, RETIREMENT
            elif mark < others.until[draw, 1]:
                which, cause = 2, END_OF_CONTRACT
            if causes & which:
                return max(_passed(shown, draw, others), float(start)), cause
        if left > 0:
            at += _TWO
            left -= 1


@inlined
def other_of_post(place: np.uint64, draw: int, start: int, others: Others) -> tuple[float, int]:
    """Return when and why whoever holds a post leaves if they never resign.

    Args:
        place: Where the numbers of the post begin.
        draw: Draw index.
        start: Month at whose end they are in post.
        others: Hazards of other causes, with a chance above 0 to stay.
    """
    when, why = NEVER, OTHER
    # Hardly anybody has a moment at all.
    if others.total[draw] > 0.0 and number(place + np.uint64(LAYERS) * EVENT) > others.stay[draw]:
        when, why = _other(place, False, draw, start, EVERY_CAUSE, others)
    return when, why


@compiled
def leave(  # noqa: PLR0913, PLR0917 - flat arguments are what is compiled
    place: PlaceArray,
    own: bool,
    draw: IndexArray,
    family: IndexArray,
    grade: IndexArray,
    origin: IndexArray,
    start: int,
    boost: FloatArray,
    until: IndexArray,
    most: FloatArray,
    today: Today,
    index: NDArray[np.intp],
    multiplier: FloatArray,
    others: Others,
) -> tuple[FloatArray, IndexArray, FloatArray, IndexArray]:
    """Return when and why people leave, and when and why if they never resigned, shape (n,) each.

    Args:
        place: As for `resign`, and so are the others.
        own: Whether these are moments of their own.
        draw: Draw index.
        family: Family index.
        grade: Grade band index.
        origin: Month at whose end their tenure is, or would have been, 0.
        start: Month at whose end all of them are in post.
        boost: Ratio on their hazard up to a month.
        until: That month.
        most: Highest multiplier of the plan by draw.
        today: Hazards of resigning.
        index: Class of (family, grade band, in the first year?).
        multiplier: Multipliers of the plan.
        others: Hazards of other causes.
    """
    people = draw.size
    time, rest = np.empty(people), np.empty(people)
    cause, rest_cause = np.empty(people, dtype=np.intp), np.empty(people, dtype=np.intp)
    resign(
        place,
        own,
        draw,
        family,
        grade,
        origin,
        start,
        boost,
        until,
        most,
        today,
        index,
        multiplier,
        time,
    )
    for person in range(people):
        when, why = _other(place[person], own, draw[person], start, EVERY_CAUSE, others)
        rest[person], rest_cause[person] = when, why
        sooner = time[person] < when
        cause[person] = VOLUNTARY if sooner else why
        time[person] = time[person] if sooner else when
    return time, cause, rest, rest_cause


@compiled
def other_of_stock(
    base: PlaceArray,
    slot: IndexArray,
    family: IndexArray,
    causes: IndexArray,
    others: Others,
    time: FloatArray,
    cause: NDArray[np.int8],
) -> None:
    """Find when and why those in post at the opening month leave by some causes.

    Args:
        base: Where the moments of the posts of a family and draw begin, shape (F x D,).
        slot: Number of the post within the family, shape (N,).
        family: Family index, shape (N,).
        causes: Which causes apply to them: the sum of retirement 1, end of contract 2, other 4.
        others: Their hazards.
        time: Filled with the time, `inf` where they stay, shape (N, D).
        cause: Filled with the cause.
    """
    draws = time.shape[1]
    some = np.empty(draws + 1, dtype=np.intp)
    for person in range(family.size):
        first, rank = family[person] * draws, np.uint64(slot[person]) * RANK
        many = 0
        for draw in range(draws):
            time[person, draw], cause[person, draw] = NEVER, OTHER
            # Hardly anybody has a moment at all.
            place = base[first + draw] + rank + np.uint64(LAYERS) * EVENT
            some[many] = draw
            many += 1 if number(place) > others.stay[draw] else 0
        for each in range(many):
            draw = some[each]
            time[person, draw], cause[person, draw] = _other(
                base[first + draw] + rank, False, draw, 0, causes[person], others
            )


@compiled
def retire(  # noqa: PLR0913, PLR0917 - flat arguments are what is compiled
    base: PlaceArray,
    slot: IndexArray,
    family: IndexArray,
    age: IndexArray,
    hazard: FloatArray,
    never: FloatArray,
    within: FloatArray,
    beyond: FloatArray,
    widths: IndexArray,
    months: int,
    others: Others,
    time: FloatArray,
    cause: NDArray[np.int8],
) -> None:
    """Find who of those in post at the opening month retires before they leave otherwise.

    Ages are known as bands only. Where somebody stands within a band is spread evenly, and from
    there people move up exactly.

    Args:
        base: Where the numbers of a family and draw begin, shape (F x D,).
        slot: Number of each person within the family, shape (N,).
        family: Family index, shape (N,).
        age: Age band index, the last for unknown ages, who are passed over, shape (N,).
        hazard: Hazards of retirement by draw and age band, shape (D, A).
        never: Chance, at least, of not retiring within the horizon, shape (A, D).
        within: The same for somebody whose age band does not end within it.
        beyond: Where somebody stands in the band so that it does not end within it, shape (A,);
            below 0 for a band without an end.
        widths: Months of each age band that has an end.
        months: Months projected.
        others: For the clock of good and bad years.
        time: When people leave, shape (N, D); made sooner.
        cause: Why.
    """
    draws = time.shape[1]
    some = np.empty(draws + 1, dtype=np.intp)
    for person in range(age.size):
        if age[person] == hazard.shape[1] - 1:
            continue
        first, rank, many = family[person] * draws, np.uint64(slot[person]) * RANK, 0
        for draw in range(draws):
            some[many] = draw
            many += 1 if number(base[first + draw] + rank) > never[age[person], draw] else 0
        # Most of these stay in their band and do not retire from it.
        likely, many = many, 0
        for each in range(likely):
            draw = some[each]
            place = base[first + draw] + rank
            stays = number(place + GOLDEN) >= beyond[age[person]]
            some[many] = draw
            many += 0 if stays and number(place) <= within[age[person], draw] else 1
        for each in range(many):
            draw = some[each]
            place = base[first + draw] + rank
            left, band, passed = -math.log(number(place)), age[person], 0.0
            inside = number(place + GOLDEN)
            while passed < months:
                until = float(months)
                if band < widths.size:
                    until = min(until, passed + widths[band] * inside)
                begun = _shown(passed, draw, others)
                used = hazard[draw, band] * (_shown(until, draw, others) - begun)
                if left < used:
                    when = _passed(begun + left / hazard[draw, band], draw, others)
                    if when < time[person, draw]:
                        time[person, draw], cause[person, draw] = when, RETIREMENT
                    break
                left, passed, band, inside = left - used, until, band + 1, 1.0
