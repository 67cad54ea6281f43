"""A plan: what an organisation would do, as one frozen, validated value.

It is the form's output, the engine's input, the cache key, the file a user saves and the footer of
every export. It carries its assumptions with it, so that a saved plan means the same next year
whatever the evidence tables say by then.
"""

from dataclasses import dataclass, field, replace

from workforce.domain.checks import check_names, check_number, check_unique
from workforce.domain.errors import UserError
from workforce.domain.events import EventKind, PlannedEvent
from workforce.domain.levers import ActsOn, Combination, LeverChoice
from workforce.domain.months import month_name
from workforce.domain.programmes import NoPost, Programme, Seat, Trainee

__all__ = [
    "BASELINE_NAME",
    "MAX_HORIZON_MONTHS",
    "ActsOn",
    "Combination",
    "Demand",
    "DemandChange",
    "EventKind",
    "Freeze",
    "Hiring",
    "LeverChoice",
    "NoPost",
    "Plan",
    "PlannedEvent",
    "Programme",
    "Seat",
    "Trainee",
]

BASELINE_NAME = "Do nothing"
MAX_HORIZON_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Freeze:
    """A recruitment freeze over whole months, both ends included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        """Refuse a freeze that ends before it starts."""
        if self.last < self.first:
            raise UserError(
                f"The recruitment freeze ends ({month_name(self.last)}) before it starts "
                f"({month_name(self.first)}). Swap the two months."
            )


@dataclass(frozen=True, slots=True)
class Hiring:
    """How vacancies are filled.

    Attributes:
        speed: Multiplier on the monthly fill hazard; 1 is as measured, 1.25 is a quarter faster.
        capacity_per_month: Most external hires a month over all families, `None` for no cap.
        freezes: Months without external hires.
    """

    speed: float = 1.0
    capacity_per_month: float | None = None
    freezes: tuple[Freeze, ...] = ()

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        check_number("Hiring speed", self.speed, 0.1, 5, "times today's")
        if self.capacity_per_month is not None:
            check_number("Recruitment capacity", self.capacity_per_month, 0, 10_000, "a month")


@dataclass(frozen=True, slots=True)
class DemandChange:
    """Posts added to or taken from the establishment of a family in one month.

    Attributes:
        month: Month index.
        family: Role family.
        fte: Posts, FTE, signed.
        reason: The user's own words.
        decided: Whether it happens whatever else is chosen: doing nothing has it too.
    """

    month: int
    family: str
    fte: float
    reason: str = ""
    decided: bool = False

    def __post_init__(self) -> None:
        """Refuse unknown families and impossible sizes."""
        check_names("Establishment change", (self.family,), ())
        check_number("Establishment change", self.fte, -100_000, 100_000, "FTE")


@dataclass(frozen=True, slots=True)
class Demand:
    """How the establishment moves.

    Attributes:
        growth_per_year: Family and yearly growth share (0.05 = 5% a year, compounding, spread
            evenly over the months).
        changes: Dated changes.
        growth_decided: Whether the growth happens whatever else is chosen.
    """

    growth_per_year: tuple[tuple[str, float], ...] = ()
    changes: tuple[DemandChange, ...] = ()
    growth_decided: bool = False

    def __post_init__(self) -> None:
        """Refuse unknown families and impossible growth."""
        for family, growth in self.growth_per_year:
            check_names("Growth", (family,), ())
            check_number("Growth per year", growth * 100, -50, 100, "per cent")

    def growth(self, family: str) -> float:
        """Return the yearly growth share of a family, 0 where none is given."""
        return dict(self.growth_per_year).get(family, 0.0)

    def decided(self) -> "Demand":
        """Return what of it happens whatever else is chosen."""
        return Demand(
            growth_per_year=self.growth_per_year if self.growth_decided else (),
            changes=tuple(change for change in self.changes if change.decided),
            growth_decided=self.growth_decided,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done: levers, programmes, hiring and demand over a horizon.

    Attributes:
        name: Scenario name; unique within a plan book.
        horizon_months: Months projected.
        levers: Lever choices.
        programmes: Apprenticeship programmes.
        hiring: How vacancies are filled.
        demand: How the establishment moves.
        events: Redundancies, transfers and restructures with their month.
        mentor_cap: Most apprentices in training for each experienced person in post of their
            family; `None` for no cap.
        combination: How lever effects combine.
        note: The user's own words.
    """

    name: str
    horizon_months: int = 36
    levers: tuple[LeverChoice, ...] = ()
    programmes: tuple[Programme, ...] = ()
    hiring: Hiring = field(default_factory=Hiring)
    demand: Demand = field(default_factory=Demand)
    events: tuple[PlannedEvent, ...] = ()
    mentor_cap: float | None = None
    combination: Combination = field(default_factory=Combination)
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        if not self.name.strip():
            raise UserError("A plan needs a name.")
        if len(self.name) > 80:
            raise UserError("A plan's name can have at most 80 characters.")
        check_number("Horizon", self.horizon_months, 1, MAX_HORIZON_MONTHS, "months")
        if self.mentor_cap is not None:
            check_number("Apprentices per experienced colleague", self.mentor_cap, 0, 100)
        check_unique("lever", [lever.lever_id for lever in self.levers])
        check_unique("programme", [programme.programme_id for programme in self.programmes])

    @property
    def active_levers(self) -> tuple[LeverChoice, ...]:
        """The levers that the plan uses."""
        return tuple(lever for lever in self.levers if lever.include)

    @property
    def leaving_levers(self) -> tuple[LeverChoice, ...]:
        """The levers in use that act on resignations."""
        return tuple(each for each in self.active_levers if each.acts_on is ActsOn.LEAVING)

    @property
    def filling_levers(self) -> tuple[LeverChoice, ...]:
        """The levers in use that act on how fast vacancies are filled."""
        return tuple(each for each in self.active_levers if each.acts_on is ActsOn.FILLING)

    def baseline(self) -> "Plan":
        """Return the do-nothing plan to compare with: same horizon, only what is decided anyway."""
        return Plan(
            name=BASELINE_NAME,
            horizon_months=self.horizon_months,
            demand=self.demand.decided(),
            events=tuple(event for event in self.events if event.decided),
        )

    def renamed(self, name: str) -> "Plan":
        """Return the same plan under another name."""
        return replace(self, name=name)
