"""Draws one after the other: each is set up and taken through its months in compiled loops.

Everything that a draw knows fits into the processor's nearest cache; that is where the time goes
otherwise. `by_draw` says for which plans this is done and hands over what it needs.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.projection.clock import Others, Today
from workforce.projection.draw_months import months_of_draw
from workforce.projection.draw_steps import (
    book_stock,
    chance_of,
    filled_at,
    list_waits,
    take,
)
from workforce.projection.draw_tables import (
    Apprentices,
    Arrivals,
    Found,
    Hazards,
    Numbers,
    People,
    Rules,
    State,
)
from workforce.projection.native import compiled, inlined, unowned
from workforce.projection.post_moments import (
    NONE,
    UNLISTED,
    Luck,
    PostMoments,
    Scratch,
    guess_months,
    list_moments,
    resignations_of_stock,
)

__all__ = ["walk_draws"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
PlaceArray = NDArray[np.uint64]

# As in `openings`.
_BEFORE: Final = 1000


@inlined
def _advertised(
    draw: int,
    places: int,
    numbers: Numbers,
    rules: Rules,
    state: State,
) -> int:
    """Put into the queue what is advertised before the first month, the oldest first.

    Returns:
        Openings in the queue; `NONE` where there was no room for them.
    """
    size, enough = 0, True
    for age in range(rules.first.shape[1] - 1, -1, -1):
        for family in range(rules.first.shape[0]):
            for _ in range(rules.first[family, age, draw]):
                post = take(family, places, state.free, state.following, state.fresh)
                if post == NONE:
                    enough = False
                else:
                    event = _BEFORE + age
                    chance = chance_of(post - family * places, family, event, draw, numbers, rules)
                    state.queue[size] = post
                    state.filled[size] = filled_at(chance, family, 1, age, draw, rules)
                    state.openings[family] += 1
                    size += 1
    return size if enough else NONE


@compiled
def walk_draws(  # noqa: PLR0913, PLR0917 - flat arguments are what is compiled
    first: int,
    many: int,
    own_hazards: Hazards,
    own_numbers: Numbers,
    own_people: People,
    own_rules: Rules,
    own_arrivals: Arrivals,
    own_apprentices: Apprentices,
    own_today: Today,
    own_others: Others,
    places: int,
    own_state: State,
    own_moments: PostMoments,
    own_scratch: Scratch,
    own_found: Found,
) -> bool:
    """Walk through the months of some draws, and return whether there was room for all of them.

    Args:
        first: The first of the draws.
        many: How many there are.
        own_hazards: What the plan makes of the hazards of resigning.
        own_numbers: Where numbers begin.
        own_people: The opening stock.
        own_rules: How posts are filled.
        own_arrivals: Known starters.
        own_apprentices: Who is trained.
        own_today: Hazards of resigning.
        own_others: Hazards of other causes.
        places: Room for posts of a family.
        own_state: Room for one draw.
        own_moments: Room for its moments.
        own_scratch: Room to work.
        own_found: Filled from the first column on.
    """
    hazards, numbers, people = unowned(own_hazards), unowned(own_numbers), unowned(own_people)
    rules, arrivals = unowned(own_rules), unowned(own_arrivals)
    apprentices = unowned(own_apprentices)
    today, others, state = unowned(own_today), unowned(own_others), unowned(own_state)
    moments, scratch, found = unowned(own_moments), unowned(own_scratch), unowned(own_found)
    families, draws = rules.factor.shape
    for column in range(many):
        draw = first + column
        moments.first[:] = UNLISTED
        state.due[:] = NONE
        state.gone[:] = 0
        state.gone_fte[:] = 0.0
        for family in range(families):
            state.free[family], state.fresh[family] = NONE, people.held[family]
            state.openings[family] = 0
        guess_months(today.spent[draw], state.guess)
        luck = Luck(
            today.spent[draw],
            state.guess,
            today.hazard[draw],
            today.highest[draw],
            today.stay[draw],
            today.band,
            hazards.classes,
            hazards.multiplier[draw] if hazards.multiplier.size > 0 else hazards.nothing,
            hazards.layers[draw],
        )
        scratch.listed[0] = 0
        for family in range(families):
            base, post = numbers.posts[family * draws + draw], family * places
            last = post + people.held[family]
            if not list_moments(base, family, post, last, places, luck, moments, scratch):
                return False
        resignations_of_stock(
            state.person,
            people.family,
            people.grade,
            people.tenure,
            luck,
            moments,
            scratch.listed[0],
            state.quits,
        )
        # At once for all posts that are vacant today; it is quicker than one by one.
        for family in range(families):
            base, post = numbers.posts[family * draws + draw], family * places
            post += people.held[family]
            last = min(post + rules.first[family, :, draw].sum(), (family + 1) * places)
            if not list_moments(base, family, post, last, places, luck, moments, scratch):
                return False
        book_stock(draw, column, people, rules.ramp, places, state, found)
        if rules.plain:
            list_waits(draw, rules, state)
        size = _advertised(draw, places, numbers, rules, state)
        if size == NONE or not months_of_draw(
            draw,
            column,
            numbers,
            people,
            rules,
            arrivals,
            apprentices,
            luck,
            others,
            places,
            state,
            moments,
            scratch,
            found,
            size,
        ):
            return False
    return True
