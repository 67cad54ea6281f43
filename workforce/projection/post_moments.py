"""The moments of resigning of the posts of one draw, listed once for all who will hold a post.

What the moments are stands in `moments`. Whoever holds a post reads on where the one before has
left: nothing is worked out twice, and nothing has to be guessed before it is needed.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workforce.projection.hazards import NEVER
from workforce.projection.native import EVENT, GOLDEN, RANK, compiled, inlined, number, unowned

__all__ = [
    "NONE",
    "UNLISTED",
    "Luck",
    "PostMoments",
    "Scratch",
    "first_resignation",
    "guess_months",
    "list_moments",
    "resignations_of_stock",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

NONE: Final = -1
UNLISTED: Final = -2
"""In the place of the first moment of a post whose moments are not listed yet."""
_FIRST: Final = np.uint64((0x9E3779B97F4A7C15 * 8) & (2**64 - 1))
_TWO: Final = np.uint64((0x9E3779B97F4A7C15 * 2) & (2**64 - 1))
_HAIR: Final = 1e-9


class PostMoments(NamedTuple):
    """Moments of many posts; those of a post are linked.

    Attributes:
        first: First moment of each post that may still count, `NONE` or `UNLISTED`, shape (posts,).
        later: The next moment of the same post, shape (M,) as all the following.
        reached: What M, season x year shock added up, shows at the moment.
        month: Completed months by then.
        mark: Hazard below which nobody resigns at that moment.
        post: Which post it is of.
    """

    first: NDArray[np.int32]
    later: NDArray[np.int32]
    reached: FloatArray
    month: NDArray[np.int32]
    mark: FloatArray
    post: NDArray[np.int32]


class Scratch(NamedTuple):
    """Room for working out the moments of posts, shape (posts,) each but the last.

    Attributes:
        at: Where in the sequence the number of a post's moment stands.
        product: Its uniforms multiplied so far.
        post: Which post it is.
        before: Its last moment so far.
        listed: How many moments are listed, shape (1,).
    """

    at: NDArray[np.uint64]
    product: FloatArray
    post: NDArray[np.int32]
    before: NDArray[np.int32]
    listed: IndexArray


class Luck(NamedTuple):
    """What decides about resigning in one draw.

    Attributes:
        spent: M by month, shape (T + 1,).
        guess: A month by whose end M is not beyond so many parts of its last value, shape (parts,).
        hazard: Hazards per person-month, shape (F, G, B).
        highest: The highest of them in a family, shape (F,).
        stay: Chance to stay to the end of the horizon at the highest, shape (F,).
        band: Tenure band by completed months of service.
        classes: Class of (family, grade band, in the first year?), shape (F, G, 2).
        multiplier: Multipliers of the plan, shape (K, T), or empty for nothing.
        layers: Layers of moments that have to be looked at.
    """

    spent: FloatArray
    guess: NDArray[np.int32]
    hazard: FloatArray
    highest: FloatArray
    stay: FloatArray
    band: NDArray[np.int64]
    classes: NDArray[np.intp]
    multiplier: FloatArray
    layers: int


@compiled
def list_moments(  # noqa: PLR0912 - one turn after the other
    base: np.uint64,
    family: int,
    first: int,
    last: int,
    places: int,
    own_luck: Luck,
    own_out: PostMoments,
    own_scratch: Scratch,
) -> bool:
    """List the moments of posts of one family that follow each other.

    Args:
        base: Where the numbers of the family's posts begin in this draw.
        family: Family index.
        first: Where the first post stands in the lists.
        last: Where the last one stands, and one more.
        places: Room for posts of a family.
        own_luck: Hazards of the draw.
        own_out: Filled.
        own_scratch: Room to work.

    Returns:
        Whether there was room for all.
    """
    luck, out, scratch = unowned(own_luck), unowned(own_out), unowned(own_scratch)
    top, months = luck.highest[family], luck.spent.size - 1
    rank, posts, size = first - family * places, last - first, scratch.listed[0]
    out.first[first:last] = NONE
    if top <= 0.0:
        return True
    end, scale = luck.stay[family], luck.guess.size / luck.spent[months]
    for layer in range(luck.layers):
        for k in range(posts):
            scratch.at[k] = base + np.uint64(rank + k) * RANK + np.uint64(layer) * EVENT + _FIRST
            scratch.product[k] = number(scratch.at[k])
        looked = 0
        for k in range(posts):
            scratch.at[looked], scratch.product[looked] = scratch.at[k], scratch.product[k]
            scratch.post[looked], scratch.before[looked] = first + k, NONE
            looked += 1 if scratch.product[k] > end else 0
        while looked > 0:
            if size + looked > out.reached.size:
                return False
            for k in range(looked):
                out.reached[size + k] = -math.log(scratch.product[k]) / top
            for k in range(looked):
                out.mark[size + k] = (layer + number(scratch.at[k] + GOLDEN)) * top
            for k in range(looked):
                reached = out.reached[size + k]
                month = luck.guess[min(int(reached * scale), luck.guess.size - 1)]
                # The first step is often needed, so that it is not guessed; others are rare.
                month += 1 if luck.spent[min(month + 1, months - 1)] < reached else 0
                while month > 0 and luck.spent[month] > reached:
                    month -= 1
                while month < months - 1 and luck.spent[month + 1] < reached:
                    month += 1
                out.month[size + k] = month
            for k in range(looked):
                moment, before = size + k, scratch.before[k]
                out.post[moment] = scratch.post[k]
                # One layer is in order of time, several are not.
                out.later[moment] = NONE if layer == 0 else out.first[scratch.post[k]]
                if layer > 0 or before == NONE:
                    out.first[scratch.post[k]] = moment
                else:
                    out.later[before] = moment
                scratch.before[k] = moment
            size += looked
            more = looked
            for k in range(more):
                scratch.at[k] += _TWO
                scratch.product[k] *= number(scratch.at[k])
            looked = 0
            for k in range(more):
                scratch.at[looked], scratch.product[looked] = scratch.at[k], scratch.product[k]
                scratch.post[looked], scratch.before[looked] = scratch.post[k], scratch.before[k]
                looked += 1 if scratch.product[k] > end else 0
    scratch.listed[0] = size
    return True


@inlined
def guess_months(spent: FloatArray, guess: NDArray[np.int32]) -> None:
    """Fill in `Luck.guess`."""
    month, months = 0, spent.size - 1
    for part in range(guess.size):
        while month < months - 1 and spent[month + 1] * guess.size <= part * spent[months]:
            month += 1
        guess[part] = month


@inlined
def _hazard_of(family: int, grade: int, origin: int, month: int, luck: Luck) -> float:
    """Return somebody's hazard of resigning before season and shock in the month after `month`."""
    tenure = month - origin
    hazard: float = luck.hazard[family, grade, luck.band[min(tenure, luck.band.size - 1)]]
    if luck.multiplier.size > 0:
        hazard *= luck.multiplier[luck.classes[family, grade, 1 if tenure < 12 else 0], month]
    return hazard


@inlined
def _time_of(reached: float, month: int, luck: Luck) -> float:
    """Return when in a month M is `reached`."""
    # A month in which nothing adds up is met by rounding only.
    length = max(luck.spent[month + 1] - luck.spent[month], 1e-300)
    share = (reached - luck.spent[month]) / length
    time: float = month + min(max(share, 0.0), 1.0 - _HAIR)
    return time


@compiled
def resignations_of_stock(
    person: NDArray[np.int32],
    family: IndexArray,
    grade: IndexArray,
    tenure: IndexArray,
    own_luck: Luck,
    own_moments: PostMoments,
    listed: int,
    time: FloatArray,
) -> None:
    """Find when people in post at the opening month first resign.

    Moment by moment instead of person by person: so nothing has to be guessed.

    Args:
        person: Who holds a post.
        family: Family index, shape (N,).
        grade: Grade band index.
        tenure: Completed months of service.
        own_luck: Hazards of the draw.
        own_moments: The moments of their posts.
        listed: How many there are.
        time: Filled with months after the opening month, `inf` where they stay, shape (N,).
    """
    luck, moments = unowned(own_luck), unowned(own_moments)
    time[:] = NEVER
    for moment in range(listed):
        who = person[moments.post[moment]]
        reached, month = moments.reached[moment], moments.month[moment]
        hazard = _hazard_of(family[who], grade[who], -tenure[who], month, luck)
        counts = moments.mark[moment] < hazard and reached > 0.0
        time[who] = min(time[who], _time_of(reached, month, luck) if counts else NEVER)


@inlined
def first_resignation(  # noqa: PLR0913, PLR0917 - flat arguments are what is compiled
    post: int,
    family: int,
    grade: int,
    origin: int,
    start: int,
    boost: float,
    until: int,
    luck: Luck,
    moments: PostMoments,
) -> float:
    """Return when whoever holds a post from a month on first resigns, `inf` where they stay.

    Args:
        post: Where the post stands in the lists.
        family: Family index.
        grade: Grade band index.
        origin: Month at whose end their tenure is, or would have been, 0.
        start: Month at whose end they are in post; not before that of the one before them.
        boost: Ratio on their hazard up to a month.
        until: That month.
        luck: Hazards of the draw.
        moments: The lists; moments that nobody needs any more are forgotten.
    """
    best, begin = NEVER, luck.spent[start]
    moment = moments.first[post]
    if luck.layers == 1:
        while moment != NONE and moments.reached[moment] <= begin:
            moment = moments.later[moment]
        moments.first[post] = moment
    while moment != NONE:
        reached = moments.reached[moment]
        if reached > begin:
            month = moments.month[moment]
            hazard = _hazard_of(family, grade, origin, month, luck)
            hazard *= boost if month < until else 1.0
            if moments.mark[moment] < hazard:
                best = min(best, _time_of(reached, month, luck))
        moment = NONE if luck.layers == 1 and best < NEVER else moments.later[moment]
    return best
