"""The months of one draw, in the order of `walk`."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import TENURE_CAP_MONTHS
from workforce.projection.clock import Others
from workforce.projection.draw_steps import (
    chance_of,
    filled_at,
    months_waited,
    nth_of,
    pile,
    posts_open,
    settle,
    take,
    take_back,
    whole_people,
)
from workforce.projection.draw_tables import (
    Apprentices,
    Arrivals,
    Found,
    Numbers,
    People,
    Rules,
    State,
)
from workforce.projection.hazards import VOLUNTARY
from workforce.projection.moments import other_of_post
from workforce.projection.native import EVENT, RANK, compiled, number, unowned
from workforce.projection.post_moments import (
    NONE,
    UNLISTED,
    Luck,
    PostMoments,
    Scratch,
    first_resignation,
    list_moments,
)
from workforce.projection.vacancies import SLACK

__all__ = ["months_of_draw"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
PlaceArray = NDArray[np.uint64]

_GRADE: Final = np.uint64((0x9E3779B97F4A7C15 * 2) & (2**64 - 1))
_GONE: Final = np.inf


@compiled
def months_of_draw(  # noqa: PLR0912, PLR0913, PLR0915, PLR0917 - one loop: calls would take longer than it
    draw: int,
    column: int,
    own_numbers: Numbers,
    own_people: People,
    own_rules: Rules,
    own_arrivals: Arrivals,
    own_apprentices: Apprentices,
    own_luck: Luck,
    own_others: Others,
    places: int,
    own_state: State,
    own_moments: PostMoments,
    own_scratch: Scratch,
    own_found: Found,
    size: int,
) -> bool:
    """Walk through the months of a draw, and return whether there was room for it."""
    numbers, people, rules = unowned(own_numbers), unowned(own_people), unowned(own_rules)
    arrivals, apprentices = unowned(own_arrivals), unowned(own_apprentices)
    luck, others, state = unowned(own_luck), unowned(own_others), unowned(own_state)
    moments, scratch, found = unowned(own_moments), unowned(own_scratch), unowned(own_found)
    families, months, _ = found.fte.shape
    draws = rules.factor.shape[1]
    family_of, following, fell = state.family, state.following, state.fell
    free, fresh, openings, due = state.free, state.fresh, state.openings, state.due
    queue, filled, joins, settles = state.queue, state.filled, state.joins, state.settles
    grade, origin, joining_fte = state.grade, state.origin, state.fte
    gone, gone_fte, leavers, work = state.gone, state.gone_fte, found.leavers, found.work
    heads, fte = people.heads.copy(), people.whole.copy()
    vacant, taken, welcome = np.empty(families), np.empty(families), np.empty(families)
    converted, arrived, hired = (
        np.empty(families, dtype=np.intp),
        np.empty(families, dtype=np.intp),
        np.empty(families, dtype=np.intp),
    )
    waiting, due_times = np.empty(apprentices.family.size, dtype=np.intp), np.empty(queue.size)
    for programme in range(waiting.size):
        waiting[programme] = apprentices.begin[programme * draws + draw]
    enough, month = True, 1
    while enough and month <= months:
        at, joined = month - 1, 0
        post = due[at]
        while post != NONE:
            later = following[post]
            pile(post, month, family_of[post], free, fell, following)
            post = later
        for family in range(families):
            heads[family] -= gone[family, at]
            fte[family] -= gone_fte[family, at]
            posts = posts_open(rules.posts[family, at], family, at, column, apprentices.seated)
            vacant[family] = posts - fte[family] - rules.reserved[family, at]
            taken[family], welcome[family] = 0.0, 0.0
            converted[family], arrived[family], hired[family] = 0, 0, 0

        # Who has achieved gets a post where a vacancy stands; the others follow the policy.
        for programme in range(waiting.size):
            family, each = apprentices.family[programme], apprentices.fte[programme]
            first, end = waiting[programme], apprentices.begin[programme * draws + draw + 1]
            last = first
            while last < end and apprentices.month[last] <= month:
                last += 1
            served = min(whole_people(vacant[family] - taken[family], each), last - first)
            for person in range(first, first + served):
                post = take(family, places, free, following, fresh)
                if post == NONE:
                    enough = False
                else:
                    start = apprentices.start[apprentices.cohort[person]]
                    joins[joined], joining_fte[joined] = post, each
                    grade[joined] = apprentices.grade[programme]
                    origin[joined] = max(start, month - TENURE_CAP_MONTHS)
                    state.programme[joined] = programme
                    settles[joined] = served * each if person == first else 0.0
                    joined += 1
            found.stages[programme, 0, column] += served
            converted[family] += served
            taken[family] += served * each
            first += served
            if not apprentices.waits[programme]:
                found.stages[programme, 1, column] += last - first
                first = last
            waiting[programme] = first

        # The posts of known starters were kept free for them.
        for each in range(arrivals.month.size):
            if arrivals.month[each] == month:
                family, number_of = arrivals.family[each], arrivals.people[each]
                for _ in range(number_of):
                    post = take(family, places, free, following, fresh)
                    if post == NONE:
                        enough = False
                    else:
                        joins[joined], joining_fte[joined] = post, arrivals.fte[each] / number_of
                        grade[joined], origin[joined] = arrivals.grade[each], month
                        state.programme[joined], settles[joined] = NONE, 0.0
                        joined += 1
                arrived[family] += number_of
                welcome[family] += arrivals.fte[each]

        # Advertise what is vacant and not advertised yet, or withdraw the youngest openings.
        for family in range(families):
            target = whole_people(vacant[family] - taken[family], rules.starter_fte[family])
            surplus, youngest = openings[family] - target, size - 1
            while surplus > 0 and youngest >= 0:
                post = queue[youngest]
                if family_of[post] == family and filled[youngest] != _GONE:
                    filled[youngest] = _GONE
                    pile(post, month, family, free, fell, following)
                    surplus -= 1
                youngest -= 1
            for _ in range(target - openings[family]):
                post = take(family, places, free, following, fresh)
                if post == NONE:
                    enough = False
                else:
                    chance = chance_of(post - family * places, family, month, draw, numbers, rules)
                    if rules.plain:
                        time = float(at + months_waited(chance, family, state))
                    else:
                        time = filled_at(chance, family, month, 0, draw, rules)
                    queue[size], filled[size] = post, time
                    size += 1
            openings[family] = target

        # Fill what is due; under a cap the earliest of those.
        limit = float(month)
        if rules.frozen[at]:
            limit = 0.0
        elif rules.cap.size > 0:
            ready = 0
            for each in range(size):
                if filled[each] < month:
                    due_times[ready] = filled[each]
                    ready += 1
            if ready > rules.cap[at]:
                limit = nth_of(due_times, ready, rules.cap[at])
        kept, first = 0, joined
        for each in range(size):
            # Nothing to be guessed: what does not count is written over.
            post, time = queue[each], filled[each]
            joins[joined], queue[kept], filled[kept] = post, post, time
            joined += 1 if time < limit else 0
            kept += 1 if limit <= time < _GONE else 0
        size = kept
        for each in range(first, joined):
            post = joins[each]
            family = family_of[post]
            cell = family * draws + draw
            rank = np.uint64(post - family * places) * RANK
            chance = number(numbers.hires[cell] + rank + np.uint64(month) * EVENT + _GRADE)
            band = 0
            for edge in range(rules.edges.shape[1]):
                band += 1 if chance >= rules.edges[family, edge] else 0
            grade[each], origin[each] = band, month
            joining_fte[each] = rules.starter_fte[family]
            state.programme[each], settles[each] = NONE, 0.0
            hired[family] += 1
            openings[family] -= 1

        # Settle when whoever has joined leaves.
        for each in range(joined):
            post, programme, each_fte = joins[each], state.programme[each], joining_fte[each]
            family = family_of[post]
            slot, base = post - family * places, numbers.posts[family * draws + draw]
            if moments.first[post] == UNLISTED:
                enough = enough and list_moments(
                    base, family, post, post + 1, places, luck, moments, scratch
                )
            boost, until, loss = 1.0, 0, rules.ramp
            if programme != NONE:
                boost, until = apprentices.boost[programme, draw], month + 12
                loss = rules.settling
                if settles[each] > 0.0:
                    settle(work, family, column, month, settles[each], loss)
            time = first_resignation(
                post, family, grade[each], origin[each], month, boost, until, luck, moments
            )
            when, why = other_of_post(base + np.uint64(slot) * RANK, draw, month, others)
            cause = VOLUNTARY if time < when else why
            time = min(time, when)
            if time < months:
                left = int(time)
                gone[family, left] += 1
                gone_fte[family, left] += each_fte
                leavers[cause, family, left, column] += 1
                following[post], due[left] = due[left], post
                take_back(work, family, column, time, month, 1, each_fte, loss)
            if programme != NONE:
                found.stages[programme, 5, column] += 1 if time >= months else 0
                if month + 12 <= months:
                    found.stages[programme, 3, column] += 1
                    found.stages[programme, 4, column] += 1 if time >= month + 12 else 0

        for family in range(families):
            hired_fte = hired[family] * rules.starter_fte[family]
            heads[family] += converted[family] + arrived[family] + hired[family]
            fte[family] += taken[family] + welcome[family] + hired_fte
            settle(work, family, column, month, welcome[family] + hired_fte, rules.ramp)
            # Sums of FTE come out a hair beside zero; nobody is that little over establishment.
            posts = posts_open(rules.posts[family, at], family, at, column, apprentices.seated)
            empty = posts - fte[family]
            found.gap[family, at, column] = 0.0 if abs(empty) < SLACK else empty
            found.headcount[family, at, column] = heads[family]
            found.fte[family, at, column] = fte[family]
            found.hires[family, at, column] = hired[family] + arrived[family]
            if converted[family] > 0:
                found.converted[family, at, column] = converted[family]
        month += 1
    for programme in range(waiting.size):
        end = apprentices.begin[programme * draws + draw + 1]
        found.stages[programme, 2, column] = end - waiting[programme]
    return enough
