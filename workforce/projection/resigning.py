"""Who resigns when: the moments of many people are looked at side by side.

One after the other a processor would guess at every step whether a moment counts, and guess wrong
half the time. So some hundred people take each step together, and those who need no further one
drop out of the list. What the moments are stands in `moments`.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workforce.projection.clock import Today
from workforce.projection.hazards import NEVER
from workforce.projection.native import EVENT, GOLDEN, RANK, compiled, inlined, number

__all__ = ["LAYERS", "resign", "stock_resigns"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
PlaceArray = NDArray[np.uint64]

_FIRST: Final = np.uint64((0x9E3779B97F4A7C15 * 8) & (2**64 - 1))
_OWN_LAYER: Final = np.uint64((0x9E3779B97F4A7C15 * 64) & (2**64 - 1))
_TWO: Final = np.uint64((0x9E3779B97F4A7C15 * 2) & (2**64 - 1))
LAYERS: Final = 64
"""Most layers: hazards beyond so many times the highest of today are cut off there."""
# Numbers would repeat after so many moments; nobody gets there in practice, and results stay valid.
_OWN_MOST: Final = 31
_POST_MOST: Final = 4000
_HAIR: Final = 1e-9
# Few enough that what is noted of them stays in the processor's cache.
_TOGETHER: Final = 512
_TILE: Final = 32


class _Batch(NamedTuple):
    """Some people, each in a draw of their own; arrays of one length.

    Attributes:
        draw: Draw index.
        family: Family index.
        grade: Grade band index.
        origin: Month at whose end their tenure is, or would have been, 0.
        boost: Ratio on their hazard up to a month.
        until: That month.
        before: When they leave otherwise.
        best: When they first resign, if that is sooner, as far as it is known.
        top: Highest hazard of today.
        begin: What M shows when they are in post, or more than it ever will for the departed.
        passed: What M shows where their moments begin.
        end: Product of uniforms at which M ends.
        place: Where their moments begin.
        layer: From one layer of moments to the next.
        limit: Numbers repeat after so many moments.
        who: The rest is about those still looked at: which of the people they are.
        at: Where the next number stands.
        product: The uniforms so far multiplied.
        reached: What M shows at the moment; below 0 for those who need no further one.
        ready: Which of those looked at are in post by then.
    """

    draw: IndexArray
    family: IndexArray
    grade: IndexArray
    origin: IndexArray
    boost: FloatArray
    until: IndexArray
    before: FloatArray
    best: FloatArray
    top: FloatArray
    begin: FloatArray
    passed: FloatArray
    end: FloatArray
    place: PlaceArray
    layer: PlaceArray
    limit: IndexArray
    who: IndexArray
    at: PlaceArray
    product: FloatArray
    reached: FloatArray
    ready: IndexArray


@inlined
def _room() -> _Batch:
    size = _TOGETHER
    return _Batch(
        np.empty(size, dtype=np.intp),
        np.empty(size, dtype=np.intp),
        np.empty(size, dtype=np.intp),
        np.empty(size, dtype=np.intp),
        np.empty(size),
        np.empty(size, dtype=np.intp),
        np.empty(size),
        np.empty(size),
        np.empty(size),
        np.empty(size),
        np.empty(size),
        np.empty(size),
        np.empty(size, dtype=np.uint64),
        np.empty(size, dtype=np.uint64),
        np.empty(size, dtype=np.intp),
        np.empty(size, dtype=np.intp),
        np.empty(size, dtype=np.uint64),
        np.empty(size),
        np.empty(size),
        np.empty(size, dtype=np.intp),
    )


@inlined
def _month_of(reached: float, start: int, draw: int, today: Today) -> int:
    """Return the completed months at whose end M is not yet `reached`, from `start` on."""
    months = today.spent.shape[1] - 1
    # M grows nearly evenly: from there it is a month or two.
    month: int = min(max(int(reached * months / today.spent[draw, months]), start), months - 1)
    while month > start and today.spent[draw, month] > reached:
        month -= 1
    while month < months - 1 and today.spent[draw, month + 1] < reached:
        month += 1
    return month


@inlined
def _time_of(reached: float, month: int, draw: int, today: Today) -> float:
    """Return when in a month M is `reached`."""
    # A month in which nothing adds up is met by rounding only.
    length = max(today.spent[draw, month + 1] - today.spent[draw, month], 1e-300)
    share = (reached - today.spent[draw, month]) / length
    time: float = month + min(max(share, 0.0), 1.0 - _HAIR)
    return time


@inlined
def _prepare(
    people: int, own: bool, start: int, most: FloatArray, batch: _Batch, today: Today
) -> int:
    """Work out where the moments of people begin and end; return the most layers of any."""
    highest, last = 1.0, today.spent.shape[1] - 1
    for k in range(people):
        draw = batch.draw[k]
        top, end = today.highest[draw, batch.family[k]], today.stay[draw, batch.family[k]]
        batch.best[k], batch.top[k] = NEVER, top
        begin = today.spent[draw, start]
        batch.begin[k], batch.passed[k], batch.end[k] = begin, 0.0, end
        batch.layer[k], batch.limit[k] = EVENT, _POST_MOST
        alone = own
        if end == 0.0 and not own:
            # So many moments that the product would vanish: those before the start are left out.
            alone = True
            batch.place[k] += np.uint64(2 * LAYERS + start) * EVENT
        if alone:
            batch.passed[k], batch.end[k] = (
                begin,
                math.exp(-top * (today.spent[draw, last] - begin)),
            )
            batch.layer[k], batch.limit[k] = _OWN_LAYER, _OWN_MOST
        highest = max(highest, most[draw] * max(1.0, batch.boost[k]))
    return min(math.ceil(highest), LAYERS)


@inlined
def _search(
    people: int,
    own: bool,
    start: int,
    most: FloatArray,
    batch: _Batch,
    today: Today,
    index: NDArray[np.intp],
    multiplier: FloatArray,
) -> None:
    """Find when the people of a batch first resign, if that is before they leave otherwise."""
    layers = _prepare(people, own, start, most, batch, today)
    for layer in range(layers):
        looked = 0
        for k in range(people):
            batch.who[looked], batch.product[looked] = k, 1.0
            batch.at[looked] = batch.place[k] + np.uint64(layer) * batch.layer[k] + _FIRST
            # Without a plan that brings hazards above the highest of today there is one layer.
            more = layer == 0 or layer < most[batch.draw[k]] * max(1.0, batch.boost[k])
            looked += 1 if batch.top[k] > 0.0 and more else 0
        turn = 0
        while looked > 0:
            looked = _step(looked, turn, layer, start, batch, today, index, multiplier)
            turn += 1


@inlined
def _step(
    looked: int,
    turn: int,
    layer: int,
    start: int,
    batch: _Batch,
    today: Today,
    index: NDArray[np.intp],
    multiplier: FloatArray,
) -> int:
    """Look at one more moment of those still looked at, and return how many are left."""
    # A product of uniforms is quicker than a sum of exponentials: most people need no logarithm.
    for each in range(looked):
        batch.product[each] *= number(batch.at[each])
    left = 0
    for each in range(looked):
        who, product = batch.who[each], batch.product[each]
        batch.who[left], batch.product[left], batch.at[left] = who, product, batch.at[each]
        left += 1 if product > batch.end[who] else 0
    for each in range(left):
        who = batch.who[each]
        batch.reached[each] = batch.passed[who] - math.log(batch.product[each]) / batch.top[who]
    ready = 0
    for each in range(left):
        batch.ready[ready] = each
        ready += 1 if batch.reached[each] > batch.begin[batch.who[each]] else 0
    for one in range(ready):
        each = batch.ready[one]
        who, reached = batch.who[each], batch.reached[each]
        draw, family, grade = batch.draw[who], batch.family[who], batch.grade[who]
        month = _month_of(reached, start, draw, today)
        tenure = month - batch.origin[who]
        band = today.band[min(tenure, today.band.size - 1)]
        hazard = today.hazard[draw, family, grade, band]
        if multiplier.size > 0:
            hazard *= multiplier[draw, index[family, grade, 1 if tenure < 12 else 0], month]
        hazard *= batch.boost[who] if month < batch.until[who] else 1.0
        late = month >= batch.before[who] or month >= batch.best[who]
        counts = (layer + number(batch.at[each] + GOLDEN)) * batch.top[who] < hazard
        if counts and not late:
            time = _time_of(reached, month, draw, today)
            batch.best[who] = (
                time if time < min(batch.before[who], batch.best[who]) else batch.best[who]
            )
        batch.reached[each] = -1.0 if counts or late else reached
    looked = 0
    for each in range(left):
        who, at = batch.who[each], batch.at[each]
        batch.who[looked], batch.product[looked] = who, batch.product[each]
        batch.at[looked] = at + (_TWO if turn < batch.limit[who] else np.uint64(0))
        looked += 1 if batch.reached[each] >= 0.0 else 0
    return looked


@compiled
def resign(  # noqa: PLR0913, PLR0917 - flat arguments are what is compiled
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
    time: FloatArray,
) -> None:
    """Find when people resign if they leave for no other reason.

    Args:
        place: Where their moments begin.
        own: Whether these are moments of their own, which begin when they come; otherwise those
            of posts, which begin at the opening month.
        draw: Draw index; as the following of shape (n,).
        family: Family index.
        grade: Grade band index.
        origin: Month at whose end their tenure is, or would have been, 0.
        start: Month at whose end all of them are in post.
        boost: Ratio on their hazard up to a month, shape (n,) or (1,).
        until: That month, shape (n,) or (1,).
        most: Highest multiplier of the plan by draw, shape (D,).
        today: Hazards of resigning.
        index: Class of (family, grade band, in the first year?), shape (F, G, 2).
        multiplier: Multipliers of the plan, shape (D, K, T), or empty for nothing.
        time: Filled with months after the opening month, `inf` where they stay.
    """
    if start >= today.spent.shape[1] - 1:
        time[:] = NEVER
        return
    batch = _room()
    for first in range(0, draw.size, _TOGETHER):
        people = min(_TOGETHER, draw.size - first)
        for k in range(people):
            person = first + k
            batch.place[k], batch.draw[k] = place[person], draw[person]
            batch.family[k], batch.grade[k] = family[person], grade[person]
            batch.origin[k], batch.before[k] = origin[person], NEVER
            batch.boost[k] = boost[min(person, boost.size - 1)]
            batch.until[k] = until[min(person, until.size - 1)]
        _search(people, own, start, most, batch, today, index, multiplier)
        for k in range(people):
            time[first + k] = batch.best[k]


@compiled
def stock_resigns(  # noqa: PLR0913, PLR0917 - flat arguments are what is compiled
    base: PlaceArray,
    slot: IndexArray,
    family: IndexArray,
    grade: IndexArray,
    tenure: IndexArray,
    before: FloatArray,
    most: FloatArray,
    today: Today,
    index: NDArray[np.intp],
    multiplier: FloatArray,
    where: IndexArray,
    time: FloatArray,
) -> int:
    """Find who of those in post at the opening month resigns before something else happens.

    Args:
        base: Where the moments of the posts of a family and draw begin, shape (F x D,).
        slot: Number of the post within the family, shape (N,).
        family: Family index, shape (N,).
        grade: Grade band index, shape (N,).
        tenure: Completed months of service, shape (N,).
        before: When people leave otherwise, shape (N, D).
        most: Highest multiplier of the plan by draw, shape (D,).
        today: Hazards of resigning.
        index: Class of (family, grade band, in the first year?), shape (F, G, 2).
        multiplier: Multipliers of the plan, shape (D, K, T), or empty for nothing.
        where: Filled with person x D + draw, in each draw in ascending order; room for N x D.
        time: Filled with the time.

    Returns:
        How many there are.
    """
    found, draws = 0, before.shape[1]
    batch, place = _room(), np.empty(_TOGETHER, dtype=np.intp)
    # A few draws at a time: their tables stay in the processor's cache.
    for first in range(0, draws, _TILE):
        people = 0
        for person in range(family.size):
            for draw in range(first, min(first + _TILE, draws)):
                batch.place[people] = (
                    base[family[person] * draws + draw] + np.uint64(slot[person]) * RANK
                )
                batch.draw[people], batch.family[people] = draw, family[person]
                batch.grade[people], batch.origin[people] = grade[person], -tenure[person]
                batch.boost[people], batch.until[people] = 1.0, 0
                batch.before[people] = before[person, draw]
                place[people] = person * draws + draw
                people += 1
            if people + _TILE > _TOGETHER or person == family.size - 1:
                _search(people, False, 0, most, batch, today, index, multiplier)
                for k in range(people):
                    where[found], time[found] = place[k], batch.best[k]
                    found += 1 if batch.best[k] < NEVER else 0
                people = 0
    return found
