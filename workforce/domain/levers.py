"""A non-pay lever as a plan would use it, and how levers combine."""

from dataclasses import dataclass
from enum import StrEnum

from workforce.domain.bands import GRADE_BANDS
from workforce.domain.checks import check_names, check_number, check_range, check_share
from workforce.domain.families import DIGITAL_FAMILIES

__all__ = ["ActsOn", "Combination", "LeverChoice"]


class ActsOn(StrEnum):
    """What a lever changes."""

    LEAVING = "leaving"
    FILLING = "filling"


@dataclass(frozen=True, slots=True)
class LeverChoice:
    """A lever as this plan would use it.

    Attributes:
        lever_id: Identifier in the evidence, or one of the user's own.
        name: As shown.
        include: Whether the plan uses it.
        hazard_ratio: Voluntary hazard of a covered person against an uncovered one; of a lever on
            filling, the fill hazard of a covered vacancy against an uncovered one.
        low: Lower end of the 90% range of the hazard ratio.
        high: Upper end; above 1 means that it may backfire.
        group: Mechanism group within which effects overlap.
        first_year_only: Acts inside the first twelve months of tenure.
        reach: Share of staff it can touch (unused where `first_year_only`).
        families: Families it is offered to.
        grades: Grade bands it is offered to.
        adopted_now: Share of the reach that has it already.
        adopted_target: Share of the reach that will have it; below `adopted_now` is withdrawal.
        start_month: Month index in which it starts.
        ramp_months: Months from start to the target.
        half_life_months: Half-life of the gain after the ramp, `None` where it persists.
        cost_per_head: GBP per covered head and year.
        one_off_per_head: GBP per newly covered head.
        rationale: The user's own reason.
        acts_on: Resignations, or how fast vacancies are filled (a ratio above 1 is faster).
    """

    lever_id: str
    name: str
    hazard_ratio: float
    low: float
    high: float
    group: str
    start_month: int
    include: bool = True
    first_year_only: bool = False
    reach: float = 1.0
    families: tuple[str, ...] = tuple(DIGITAL_FAMILIES)
    grades: tuple[str, ...] = tuple(GRADE_BANDS)
    adopted_now: float = 0.0
    adopted_target: float = 1.0
    ramp_months: int = 0
    half_life_months: float | None = None
    cost_per_head: float = 0.0
    one_off_per_head: float = 0.0
    rationale: str = ""
    acts_on: ActsOn = ActsOn.LEAVING

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        what = f"Lever “{self.name}”"
        check_number(f"{what}: the effect", self.hazard_ratio, 0.05, 5)
        check_number(f"{what}: the low end", self.low, 0.05, 5)
        check_number(f"{what}: the high end", self.high, 0.05, 5)
        check_range(what, self.low, self.hazard_ratio, self.high)
        check_share(f"{what}: reach", self.reach)
        check_share(f"{what}: share who have it now", self.adopted_now)
        check_share(f"{what}: share who will have it", self.adopted_target)
        check_number(f"{what}: ramp", self.ramp_months, 0, 60, "months")
        if self.half_life_months is not None:
            check_number(f"{what}: half-life", self.half_life_months, 1, 240, "months")
        check_number(f"{what}: cost per head", self.cost_per_head, 0, 1_000_000, "pounds")
        check_number(f"{what}: one-off cost", self.one_off_per_head, 0, 1_000_000, "pounds")
        check_names(what, self.families, self.grades)


@dataclass(frozen=True, slots=True)
class Combination:
    """How lever effects combine (settings, shown to the user).

    Attributes:
        floor: Least total hazard ratio a package may reach.
        within: Weight ratio between successive levers of one mechanism group.
        across: Weight ratio between successive groups.
        correlation: Common factor between lever effects.
    """

    floor: float = 0.55
    within: float = 0.5
    across: float = 0.85
    correlation: float = 0.3

    def __post_init__(self) -> None:
        """Refuse values outside 0-1."""
        for label, value in (
            ("Floor on the total effect", self.floor),
            ("Overlap within a group", self.within),
            ("Overlap across groups", self.across),
            ("Correlation of lever effects", self.correlation),
        ):
            check_share(label, value)
