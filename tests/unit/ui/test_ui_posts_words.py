"""Hiring, posts and events in words."""

from datetime import date

from workforce.domain.months import month_of
from workforce.domain.plan import (
    Demand,
    DemandChange,
    EventKind,
    Freeze,
    Hiring,
    Plan,
    PlannedEvent,
)
from workforce.ui.posts_words import decided_words, event_words, hiring_words

MAY = month_of(date(2027, 5, 1))


def test_hiring_and_posts_are_said_only_where_they_differ_from_today() -> None:
    assert hiring_words(Plan("nothing")) == []
    plan = Plan(
        "much",
        hiring=Hiring(1.25, 4, (Freeze(MAY, MAY), Freeze(MAY + 2, MAY + 4))),
        demand=Demand(
            (("data", 0.05), ("cyber", -0.1), ("transformation", 0.0)),
            (DemandChange(MAY, "data", 3.0), DemandChange(MAY, "cyber", -0.5)),
        ),
    )
    assert hiring_words(plan) == [
        "recruitment at 125% of today's speed",
        "at most 4 hires a month",
        "no recruitment in May 2027",
        "no recruitment from Jul 2027 to Sep 2027",
        "data posts grow by 5% a year",
        "cyber security posts shrink by 10% a year",
        "+3 FTE data in May 2027",
        "−0.5 FTE cyber security in May 2027",
    ]


def test_events_are_told_with_people_month_and_posts() -> None:
    out = PlannedEvent(MAY, "data", 1, EventKind.REDUNDANCY)
    assert event_words(out) == "Redundancy: 1 person in data leaves in May 2027"
    came = PlannedEvent(MAY, "cyber", 5, EventKind.TRANSFER_IN, posts_fte=4.5, decided=True)
    assert event_words(came) == (
        "Transfer in: 5 people in cyber security arrive in May 2027, 4.5 FTE of posts come with "
        "them (decided anyway)"
    )


def test_what_is_decided_anyway_is_told_apart() -> None:
    plan = Plan(
        "both",
        hiring=Hiring(speed=1.5),
        demand=Demand(
            (("data", 0.05),),
            (DemandChange(MAY, "data", 3.0), DemandChange(MAY, "cyber", -2.0, decided=True)),
        ),
        events=(PlannedEvent(MAY, "data", 2), PlannedEvent(MAY, "cyber", 2, decided=True)),
    )
    assert decided_words(plan) == [
        "−2 FTE cyber security in May 2027",
        "Redundancy: 2 people in cyber security leave in May 2027",
    ]
    assert decided_words(Plan("nothing")) == []
