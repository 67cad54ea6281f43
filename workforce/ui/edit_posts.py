"""Changes to hiring, posts and events that their page makes. Called from callbacks.

What is decided anyway happens in every scenario, or one "do nothing" could not be compared with all
of them; so a change that touches it is made in every scenario of the book.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workforce.domain.errors import UserError
from workforce.domain.plan import Demand, DemandChange, Freeze, Plan, PlannedEvent
from workforce.ui import state

__all__ = [
    "change_hiring",
    "put_change",
    "put_event",
    "set_freeze_end",
    "set_freeze_start",
    "set_growth",
    "set_growth_decided",
]


def change_hiring(**changes: Any) -> None:
    """Change fields of how the scenario on screen fills vacancies.

    Args:
        changes: Fields of `Hiring`.
    """
    state.update_plan(lambda plan: replace(plan, hiring=replace(plan.hiring, **changes)))


def set_freeze_start(first: int | None) -> None:
    """Start the recruitment freeze in a month; a new one lasts that month, `None` ends it all.

    Args:
        first: Month index, or `None` for no freeze.
    """

    def change(plan: Plan) -> Plan:
        now, *others = plan.hiring.freezes or (None,)
        kept = tuple(each for each in others if each is not None)
        if first is not None:
            kept = (Freeze(first, now.last if now else first), *kept)
        return replace(plan, hiring=replace(plan.hiring, freezes=kept))

    state.update_plan(change)


def set_freeze_end(last: int) -> None:
    """End the recruitment freeze with a month; its start stays."""

    def change(plan: Plan) -> Plan:
        now, *others = plan.hiring.freezes
        freezes = (Freeze(now.first, last), *others)
        return replace(plan, hiring=replace(plan.hiring, freezes=freezes))

    state.update_plan(change)


def set_growth(family: str, share: float) -> None:
    """Let the funded posts of a family grow by a share a year; 0 leaves them as they are.

    Args:
        family: The family.
        share: Yearly growth, 0.05 for 5%.
    """

    def change(demand: Demand) -> Demand:
        growth = {**dict(demand.growth_per_year), family: share}
        return replace(
            demand, growth_per_year=tuple((name, value) for name, value in growth.items() if value)
        )

    _change_demand(change)


def set_growth_decided(*, decided: bool) -> None:
    """Say whether the growth of posts happens whatever else is chosen."""
    _change_demand(lambda demand: replace(demand, growth_decided=decided))


def put_change(place: int | None, change: DemandChange | None) -> bool:
    """Add, replace or take out a dated change of posts.

    Args:
        place: Which one, in the order of the plan; `None` to add one.
        change: The change; `None` to take it out.

    Returns:
        Whether it was done; otherwise a sentence says why not.
    """

    def put(demand: Demand) -> Demand:
        if change is not None and change.fte == 0:
            raise UserError(
                "A change of 0 FTE changes nothing. Type how many FTE come, or with a minus how "
                "many go."
            )
        return replace(demand, changes=_put(demand.changes, place, change))

    return _change_demand(put)


def put_event(place: int | None, event: PlannedEvent | None) -> bool:
    """Add, replace or take out a planned event; see `put_change`."""

    def put(plan: Plan) -> Plan:
        if event is not None and not event.people and not event.posts_fte:
            raise UserError(
                "An event of nobody and no posts changes nothing. Type how many people or how many "
                "FTE of posts."
            )
        return replace(plan, events=_put(plan.events, place, event))

    return _everywhere(put)


def _put(items: tuple[Any, ...], place: int | None, item: Any) -> tuple[Any, ...]:
    """Return the items by month, with one added, replaced or taken out."""
    kept = [each for number, each in enumerate(items) if number != place]
    if item is not None:
        kept.append(item)
    return tuple(sorted(kept, key=lambda each: each.month))


def _change_demand(change: Callable[[Demand], Demand]) -> bool:
    return _everywhere(lambda plan: replace(plan, demand=change(plan.demand)))


def _everywhere(change: Callable[[Plan], Plan]) -> bool:
    """Change the scenario on screen, and in the others what is decided anyway."""

    def act() -> None:
        book = state.book()
        changed = change(book.current())
        plans = tuple(
            changed if each.name == book.active else _in_the_world_of(each, changed)
            for each in book.plans
        )
        state.set_book(replace(book, plans=plans))

    return state.attempt(act)


def _in_the_world_of(plan: Plan, changed: Plan) -> Plan:
    """Return a plan with what another one says is decided anyway, and the rest its own."""
    world = changed.baseline()
    if plan.baseline().demand == world.demand and plan.baseline().events == world.events:
        return plan
    growth = changed if changed.demand.growth_decided else plan
    own = tuple(each for each in plan.demand.changes if not each.decided)
    events = tuple(each for each in plan.events if not each.decided)
    return replace(
        plan,
        demand=Demand(
            growth_per_year=growth.demand.growth_per_year,
            changes=_by_month((*own, *world.demand.changes)),
            growth_decided=changed.demand.growth_decided,
        ),
        events=_by_month((*events, *world.events)),
    )


def _by_month(items: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(items, key=lambda each: each.month))
