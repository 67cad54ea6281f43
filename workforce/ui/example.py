"""A plan to start from, so that every page shows something at once."""

from dataclasses import replace
from typing import Final

from workforce.domain.defaults import lever_from_evidence, programme_from_evidence
from workforce.domain.evidence import Evidence
from workforce.domain.families import Family
from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook

__all__ = ["EXAMPLE_NAME", "example_book", "example_plan", "with_programme"]

EXAMPLE_NAME: Final = "Example: grow and keep"

# The three whose evidence is nearest to digital teams and that need no decision about pay or hours.
_LEVERS: Final = (("FLEX_TEAM", 0.6), ("MANAGER", 0.7), ("CAREER", 0.8))
_PROGRAMMES: Final = (
    ("ST1021", Family.CYBER, 4),
    ("ST0118", Family.DATA, 4),
    ("ST0964", Family.TRANSFORMATION, 3),
)


def example_plan(evidence: Evidence, as_of: int) -> Plan:
    """Return a modest plan at evidence defaults: three levers, a cohort a year in three families.

    Args:
        evidence: The evidence base.
        as_of: Last observed month index; everything starts after it.
    """
    levers = tuple(
        replace(lever_from_evidence(evidence.levers[key], as_of + 7), adopted_target=target)
        for key, target in _LEVERS
    )
    programmes = tuple(
        programme_from_evidence(
            evidence,
            reference,
            programme_id=f"p{index}",
            family=family,
            first_start=as_of + 5,
            size=size,
            cohorts=2,
        )
        for index, (reference, family, size) in enumerate(_PROGRAMMES, start=1)
    )
    return Plan(
        name=EXAMPLE_NAME,
        levers=levers,
        programmes=programmes,
        mentor_cap=evidence.pipeline("mentor_cap").number,
        note="An example. Change anything, or start a scenario of your own.",
    )


def example_book(evidence: Evidence, as_of: int) -> PlanBook:
    """Return the plans of a new session."""
    return PlanBook((example_plan(evidence, as_of),), EXAMPLE_NAME)


def with_programme(book: PlanBook, text: str, shift: int) -> PlanBook:
    """Return the book with the plan of a file as a further scenario on screen.

    Args:
        book: The scenarios there are. All look as far ahead as the longest, to be compared.
        text: Content of the plan file.
        shift: Months by which everything in it happens later, so that it starts after these data.

    Raises:
        UserError: If the file is no plan file, or the book is full.
    """
    plan = PlanBook.from_json(text).current()
    programmes = tuple(
        replace(each, first_start=each.first_start + shift) for each in plan.programmes
    )
    world = book.current().baseline()
    moved = replace(plan, programmes=programmes, demand=world.demand, events=world.events)
    with_it = book.with_plan(moved)
    months = max(each.horizon_months for each in with_it.plans)
    return replace(
        with_it, plans=tuple(replace(each, horizon_months=months) for each in with_it.plans)
    )
