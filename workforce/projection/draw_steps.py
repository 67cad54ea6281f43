"""Steps of the months of a draw: posts that fall free and are taken, openings, leavers of today."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.projection.draw_tables import Found, Numbers, People, Rules, State
from workforce.projection.hazards import NEVER, VOLUNTARY
from workforce.projection.native import EVENT, RANK, compiled, inlined, number, unowned
from workforce.projection.post_moments import NONE
from workforce.projection.vacancies import SLACK

__all__ = [
    "book_stock",
    "chance_of",
    "filled_at",
    "list_waits",
    "months_waited",
    "nth_of",
    "pile",
    "posts_open",
    "settle",
    "take",
    "take_back",
    "whole_people",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_NOT_IN_TIME: Final = 1e18
# As in `posts`.
_SORTED: Final = 64


@inlined
def pile(
    post: int,
    month: int,
    family: int,
    free: NDArray[np.int32],
    fell: NDArray[np.int32],
    following: NDArray[np.int32],
) -> None:
    """Put a post that falls free on the pile of its family, those of a month in their order."""
    looked, behind, ahead = 0, NONE, free[family]
    while ahead != NONE and fell[ahead] == month and ahead < post and looked < _SORTED:
        behind, ahead, looked = ahead, following[ahead], looked + 1
    following[post], fell[post] = ahead, month
    if behind == NONE:
        free[family] = post
    else:
        following[behind] = post


@inlined
def take(
    family: int,
    places: int,
    free: NDArray[np.int32],
    following: NDArray[np.int32],
    fresh: IndexArray,
) -> int:
    """Return the free post of a family that comes next, `NONE` where there is no room for it."""
    post: int = free[family]
    if post != NONE:
        free[family] = following[post]
    elif fresh[family] < places:
        post = family * places + fresh[family]
        fresh[family] += 1
    return post


@inlined
def list_waits(draw: int, rules: Rules, state: State) -> None:
    """Fill in how long new openings of a draw wait where nothing changes the fill hazards."""
    oldest, parts = rules.fill.shape[1] - 1, state.wait.shape[1]
    for family in range(rules.fill.shape[0]):
        passed, waits, months = 0.0, state.waits[family], state.waits.shape[1] - 1
        waits[0] = 1.0
        for month in range(months):
            passed += rules.fill[family, min(month, oldest)]
            waits[month + 1] = math.exp(-passed * rules.factor[family, draw])
        month = months
        for part in range(parts):
            # Numbers of a part are not above its end.
            while month > 0 and waits[month] * parts < part + 1:
                month -= 1
            state.wait[family, part] = month


@inlined
def months_waited(chance: float, family: int, state: State) -> int:
    """Return how many whole months a new opening waits, by `list_waits`."""
    waits, parts = state.waits, state.wait.shape[1]
    months: int = state.wait[family, min(int(chance * parts), parts - 1)]
    while months < waits.shape[1] - 1 and chance <= waits[family, months + 1]:
        months += 1
    return months


@inlined
def filled_at(
    chance: float,
    family: int,
    month: int,
    age: int,
    draw: int,
    rules: Rules,
) -> float:
    """Return when an opening is filled if no cap stands in the way; its age is that in a month."""
    months, oldest = rules.frozen.size, rules.fill.shape[1] - 1
    left, step, ahead = -math.log(chance) / rules.factor[family, draw], 0.0, month - 1
    while ahead < months and left >= step:
        left, step = left - step, 0.0
        if not rules.frozen[ahead]:
            step = rules.fill[family, min(age + ahead - month + 1, oldest)]
        if rules.levers.size > 0:
            step *= rules.levers[family, ahead, draw]
        ahead += 1
    return ahead - 1 + left / step if left < step else _NOT_IN_TIME


@inlined
def chance_of(
    slot: int, family: int, event: int, draw: int, numbers: Numbers, rules: Rules
) -> float:
    """Return the number of an opening, which decides for how long it waits."""
    place = numbers.openings[family * rules.factor.shape[1] + draw] + np.uint64(slot) * RANK
    return number(place + np.uint64(event) * EVENT)


@inlined
def whole_people(vacant: float, each: float) -> int:
    """Return how many people of so much FTE fit into what is vacant."""
    people: int = int((max(vacant, 0.0) + SLACK) / each)
    return people


@compiled
def nth_of(times: FloatArray, many: int, nth: int) -> float:
    """Return the time before which `nth` of the first `many` lie; they are put in order."""
    for each in range(1, many):
        time, at = times[each], each
        while at > 0 and times[at - 1] > time:
            times[at] = times[at - 1]
            at -= 1
        times[at] = time
    found: float = times[nth]
    return found


@inlined
def posts_open(posts: float, family: int, at: int, column: int, seated: FloatArray) -> float:
    """Return the establishment without the posts that trainees sit in."""
    if seated.size > 0:
        posts -= seated[family, at, column]
    return posts


@inlined
def settle(
    work: FloatArray, family: int, column: int, month: int, fte: float, loss: FloatArray
) -> None:
    """Book what people who come in a month do not do yet."""
    for after in range(min(loss.size, work.shape[1] - month + 1)):
        work[family, month - 1 + after, column] -= fte * loss[after]


@inlined
def take_back(
    work: FloatArray,
    family: int,
    column: int,
    time: float,
    month: int,
    service: int,
    fte: float,
    loss: FloatArray,
) -> None:
    """Take back what was booked for somebody who leaves early; `service` is that in a month."""
    until = min(month + loss.size - service, work.shape[1])
    if time < until:
        for at in range(max(month, int(time)), until):
            work[family, at, column] += fte * loss[service + at - month]


@inlined
def _books(  # noqa: PLR0913, PLR0917 - arrays one by one are what is compiled
    person: int,
    time: float,
    cause: int,
    column: int,
    places: int,
    people: People,
    ramp: FloatArray,
    state: State,
    found: Found,
) -> None:
    """Book when and why somebody of the opening stock leaves."""
    family, fte, month = people.family[person], people.fte[person], int(time)
    post = family * places + people.slot[person]
    state.gone[family, month] += 1
    state.gone_fte[family, month] += fte
    found.leavers[cause, family, month, column] += 1
    state.following[post], state.due[month] = state.due[month], post
    take_back(found.work, family, column, time, 0, people.tenure[person] + 1, fte, ramp)


@compiled
def book_stock(
    draw: int,
    column: int,
    own_people: People,
    ramp: FloatArray,
    places: int,
    own_state: State,
    own_found: Found,
) -> None:
    """Book the leavers of the opening stock: those who resign, all others, known exits."""
    people, state, found = unowned(own_people), unowned(own_state), unowned(own_found)
    quits, rest, first, last = (state.quits, state.rest, people.begin[draw], people.begin[draw + 1])
    rest[:] = NEVER
    for each in range(first, last):
        rest[people.who[each]] = people.time[each]
    resigned = 0
    for person in range(quits.size):
        state.leaves[resigned] = person
        resigned += 1 if quits[person] < rest[person] else 0
    for each in range(resigned):
        person = state.leaves[each]
        rest[person] = NEVER
        _books(person, quits[person], VOLUNTARY, column, places, people, ramp, state, found)
    for each in range(first, last):
        person = people.who[each]
        if rest[person] < NEVER:
            cause = people.cause[each]
            _books(person, rest[person], cause, column, places, people, ramp, state, found)
    for each in range(people.known_family.size):
        family, month = people.known_family[each], people.known_month[each]
        state.gone[family, month] += 1
        state.gone_fte[family, month] += people.known_fte[each]
        found.leavers[people.known_cause[each], family, month, column] += 1
