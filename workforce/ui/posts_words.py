"""Hiring, posts and events of a plan in words."""

from typing import Final

from workforce.domain.families import family_label
from workforce.domain.months import month_name
from workforce.domain.plan import DemandChange, EventKind, Plan, PlannedEvent
from workforce.ui.present import percent

__all__ = ["EVENT_KINDS", "change_words", "decided_words", "event_words", "hiring_words"]

EVENT_KINDS: Final = {
    EventKind.REDUNDANCY: "Redundancy",
    EventKind.TRANSFER_OUT: "Transfer out",
    EventKind.TRANSFER_IN: "Transfer in",
    EventKind.RESTRUCTURE: "Restructure",
}
_DECIDED: Final = " (decided anyway)"


def change_words(change: DemandChange) -> str:
    """Return a dated change of posts as `+2 FTE data in Apr 2027 (decided anyway)`."""
    sign = "+" if change.fte > 0 else "−"
    return (
        f"{sign}{abs(change.fte):g} FTE {family_label(change.family).lower()} in "
        f"{month_name(change.month)}{_DECIDED if change.decided else ''}"
    )


def event_words(event: PlannedEvent) -> str:
    """Return a planned event as `Redundancy: 3 people cyber security leave in Apr 2027, ...`."""
    who = f"{event.people} {'person' if event.people == 1 else 'people'}"
    verb = "arrive" if event.arrives else "leave"
    if event.people == 1:
        verb += "s"
    posts = ""
    if event.posts_fte:
        posts = f", {event.posts_fte:g} FTE of posts {'come' if event.arrives else 'go'} with them"
    return (
        f"{EVENT_KINDS[event.kind]}: {who} in {family_label(event.family).lower()} {verb} in "
        f"{month_name(event.month)}{posts}{_DECIDED if event.decided else ''}"
    )


def decided_words(plan: Plan) -> list[str]:
    """Return what of a plan happens whatever else is chosen, so that doing nothing has it too."""
    world = plan.baseline()
    return [
        *_growth_words(world),
        *(change_words(each).removesuffix(_DECIDED) for each in world.demand.changes),
        *(event_words(each).removesuffix(_DECIDED) for each in world.events),
    ]


def hiring_words(plan: Plan) -> list[str]:
    """Return in what a plan's hiring, posts and events differ from today, empty for nothing.

    Args:
        plan: The plan.
    """
    hiring, words = plan.hiring, []
    if hiring.speed != 1:
        words.append(f"recruitment at {percent(hiring.speed)} of today's speed")
    if hiring.capacity_per_month is not None:
        words.append(f"at most {hiring.capacity_per_month:g} hires a month")
    words += [
        f"no recruitment in {month_name(each.first)}"
        if each.first == each.last
        else f"no recruitment from {month_name(each.first)} to {month_name(each.last)}"
        for each in hiring.freezes
    ]
    words += _growth_words(plan)
    words += [change_words(each) for each in plan.demand.changes]
    words += [event_words(each) for each in plan.events]
    return words


def _growth_words(plan: Plan) -> list[str]:
    decided = _DECIDED if plan.demand.growth_decided else ""
    return [
        f"{family_label(family).lower()} posts {'grow' if share > 0 else 'shrink'} by "
        f"{100 * abs(share):g}% a year{decided}"
        for family, share in plan.demand.growth_per_year
        if share
    ]
