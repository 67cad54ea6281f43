"""What plans are compared with: doing nothing in the world that all of them share."""

import pytest

from workforce.domain.errors import UserError
from workforce.domain.plan import Demand, DemandChange, EventKind, Plan, PlannedEvent
from workforce.workflow.ahead import nothing_done

DECIDED = PlannedEvent(24300, "cyber", 2, EventKind.REDUNDANCY, decided=True)


def test_without_plans_nothing_is_decided() -> None:
    assert nothing_done([]) == Plan("Do nothing")


def test_plans_share_what_is_decided_anyway() -> None:
    choice = Demand(changes=(DemandChange(24305, "data", 3.0),))
    plans = [Plan("A", events=(DECIDED,)), Plan("B", 48, demand=choice, events=(DECIDED,))]
    nothing = nothing_done(plans)
    assert nothing.events == (DECIDED,)
    assert nothing.demand == Demand(), "a change of posts that is a choice is no part of it"


def test_plans_in_different_worlds_are_refused_by_name() -> None:
    with pytest.raises(UserError, match="“A” and “B” differ in what is decided anyway"):
        nothing_done([Plan("A", events=(DECIDED,)), Plan("B")])
