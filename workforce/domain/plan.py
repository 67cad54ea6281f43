"""A plan: what an organisation would do, as one frozen, validated value.

It is the form's output, the engine's input, the cache key, the file a user saves and the footer of
every export. It carries its assumptions with it, so that a saved plan means the same next year
whatever the evidence tables say by then.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from workforce.domain.bands import GRADE_BANDS, GradeBand
from workforce.domain.errors import UserError
from workforce.domain.families import ALL_FAMILIES, DIGITAL_FAMILIES
from workforce.domain.months import month_name

__all__ = [
    "BASELINE_NAME",
    "MAX_HORIZON_MONTHS",
    "Combination",
    "Demand",
    "DemandChange",
    "Freeze",
    "Hiring",
    "LeverChoice",
    "NoPost",
    "Plan",
    "Programme",
    "Seat",
    "Trainee",
]

BASELINE_NAME = "Do nothing"
MAX_HORIZON_MONTHS = 120


class Trainee(StrEnum):
    """Who is trained."""

    NEW_RECRUIT = "new_recruit"
    EXISTING_STAFF = "existing_staff"


class Seat(StrEnum):
    """Where a new recruit sits while in training."""

    SUPERNUMERARY = "supernumerary"
    VACANT_POST = "vacant_post"


class NoPost(StrEnum):
    """What happens to an achiever who is offered a job when no post of the family is vacant."""

    LEAVE = "leave"
    REDEPLOY = "redeploy"
    WAIT = "wait"


def _check_share(what: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise UserError(f"{what} must be a share between 0% and 100%, not {value * 100:g}%.")


def _check_number(what: str, value: float, low: float, high: float, unit: str = "") -> None:
    if not low <= value <= high:
        raise UserError(
            f"{what} must lie between {low:g} and {high:g}{' ' + unit if unit else ''}, "
            f"not {value:g}."
        )


def _check_range(what: str, low: float, value: float, high: float) -> None:
    if not low <= value <= high:
        raise UserError(
            f"{what}: the range {low:g} to {high:g} must hold the central value {value:g}."
        )


@dataclass(frozen=True, slots=True)
class LeverChoice:
    """A lever as this plan would use it.

    Attributes:
        lever_id: Identifier in the evidence, or one of the user's own.
        name: As shown.
        include: Whether the plan uses it.
        hazard_ratio: Voluntary hazard of a covered person against an uncovered one.
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

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        what = f"Lever “{self.name}”"
        _check_number(f"{what}: the effect", self.hazard_ratio, 0.05, 5)
        _check_number(f"{what}: the low end", self.low, 0.05, 5)
        _check_number(f"{what}: the high end", self.high, 0.05, 5)
        _check_range(what, self.low, self.hazard_ratio, self.high)
        _check_share(f"{what}: reach", self.reach)
        _check_share(f"{what}: share who have it now", self.adopted_now)
        _check_share(f"{what}: share who will have it", self.adopted_target)
        _check_number(f"{what}: ramp", self.ramp_months, 0, 60, "months")
        if self.half_life_months is not None:
            _check_number(f"{what}: half-life", self.half_life_months, 1, 240, "months")
        _check_number(f"{what}: cost per head", self.cost_per_head, 0, 1_000_000, "pounds")
        _check_number(f"{what}: one-off cost", self.one_off_per_head, 0, 1_000_000, "pounds")
        _check_names(what, self.families, self.grades)


def _check_names(what: str, families: tuple[str, ...], grades: tuple[str, ...]) -> None:
    unknown = [name for name in families if name not in tuple(ALL_FAMILIES)]
    if unknown:
        raise UserError(
            f"{what}: role family “{unknown[0]}” is not known. "
            f"Use {', '.join(ALL_FAMILIES[:-1])} or {ALL_FAMILIES[-1]}."
        )
    unknown = [name for name in grades if name not in tuple(GRADE_BANDS)]
    if unknown:
        raise UserError(
            f"{what}: grade band “{unknown[0]}” is not known. Use {', '.join(GRADE_BANDS)}."
        )


@dataclass(frozen=True, slots=True)
class Programme:
    """A series of apprenticeship cohorts on one standard for one family.

    Attributes:
        programme_id: Stable key; it also names the random streams of its apprentices.
        name: As shown.
        standard: Reference of the standard, e.g. `ST1021`.
        family: Family an achiever joins.
        first_start: Month index of the first cohort.
        size: Starts per cohort (people).
        cohorts: Number of cohorts.
        repeat_months: Months between cohorts.
        trainee: New recruits, or existing staff from outside the digital families.
        seat: Where a new recruit sits.
        grade: Grade band entered on conversion.
        duration_months: Planned training time.
        withdrawal: Probability of withdrawing over the whole programme, central.
        withdrawal_low: Lower end of its 90% range.
        withdrawal_high: Upper end.
        quarter_shares: Shares of the withdrawals in each quarter of the planned duration.
        stay_share: Share of withdrawn apprentices who stay with the employer in another role.
        pass_rate: Share of those who reach the end that achieves.
        assessment_months: Wait between the end of training and the result.
        offer_rate: Share of achievers who are offered and take a substantive job.
        no_post: What happens to them when no post is vacant.
        progression: Whether conversion comes with a step in grade or pay.
        post_hazard_ratio: Voluntary hazard in the 12 months after completion against the cell's.
        post_low: Lower end of its 90% range.
        post_high: Upper end.
        fte: FTE of a converted apprentice.
    """

    programme_id: str
    name: str
    standard: str
    family: str
    first_start: int
    size: int
    duration_months: int
    withdrawal: float
    withdrawal_low: float
    withdrawal_high: float
    quarter_shares: tuple[float, float, float, float]
    stay_share: float
    pass_rate: float
    assessment_months: int
    offer_rate: float
    post_hazard_ratio: float
    post_low: float
    post_high: float
    cohorts: int = 1
    repeat_months: int = 12
    trainee: Trainee = Trainee.NEW_RECRUIT
    seat: Seat = Seat.SUPERNUMERARY
    grade: str = GradeBand.ENTRY
    no_post: NoPost = NoPost.LEAVE
    progression: bool = True
    fte: float = 1.0

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        what = f"Programme “{self.name}”"
        if self.family not in DIGITAL_FAMILIES:
            raise UserError(f"{what}: choose one of the digital role families.")
        _check_names(what, (self.family,), (self.grade,))
        _check_number(f"{what}: starts per cohort", self.size, 0, 10_000)
        _check_number(f"{what}: cohorts", self.cohorts, 1, 120)
        _check_number(f"{what}: months between cohorts", self.repeat_months, 1, 120)
        _check_number(f"{what}: duration", self.duration_months, 1, 96, "months")
        _check_number(f"{what}: assessment wait", self.assessment_months, 0, 24, "months")
        for label, value in (
            ("withdrawal", self.withdrawal),
            ("withdrawal, low", self.withdrawal_low),
            ("withdrawal, high", self.withdrawal_high),
            ("share of the withdrawn who stay", self.stay_share),
            ("pass rate", self.pass_rate),
            ("offers taken", self.offer_rate),
        ):
            _check_share(f"{what}: {label}", value)
        _check_range(
            f"{what}: withdrawal", self.withdrawal_low, self.withdrawal, self.withdrawal_high
        )
        _check_range(
            f"{what}: leaving after completion",
            self.post_low,
            self.post_hazard_ratio,
            self.post_high,
        )
        _check_number(f"{what}: leaving after completion", self.post_low, 0.05, 10)
        _check_number(f"{what}: leaving after completion", self.post_high, 0.05, 10)
        _check_number(f"{what}: FTE", self.fte, 0.1, 1)
        if len(self.quarter_shares) != 4 or abs(sum(self.quarter_shares) - 1) > 1e-6:
            raise UserError(f"{what}: the four quarters' shares of withdrawals must add to 100%.")
        if min(self.quarter_shares) < 0:
            raise UserError(f"{what}: a quarter's share of withdrawals cannot be negative.")

    @property
    def starts(self) -> tuple[int, ...]:
        """Month index of each cohort's start."""
        return tuple(self.first_start + k * self.repeat_months for k in range(self.cohorts))


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
        _check_number("Hiring speed", self.speed, 0.1, 5, "times today's")
        if self.capacity_per_month is not None:
            _check_number("Recruitment capacity", self.capacity_per_month, 0, 10_000, "a month")


@dataclass(frozen=True, slots=True)
class DemandChange:
    """Posts added to or taken from the establishment of a family in one month."""

    month: int
    family: str
    fte: float
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse unknown families and impossible sizes."""
        _check_names("Establishment change", (self.family,), ())
        _check_number("Establishment change", self.fte, -100_000, 100_000, "FTE")


@dataclass(frozen=True, slots=True)
class Demand:
    """How the establishment moves.

    Attributes:
        growth_per_year: Family and yearly growth share (0.05 = 5% a year, compounding, spread
            evenly over the months).
        changes: Dated changes.
    """

    growth_per_year: tuple[tuple[str, float], ...] = ()
    changes: tuple[DemandChange, ...] = ()

    def __post_init__(self) -> None:
        """Refuse unknown families and impossible growth."""
        for family, growth in self.growth_per_year:
            _check_names("Growth", (family,), ())
            _check_number("Growth per year", growth * 100, -50, 100, "per cent")

    def growth(self, family: str) -> float:
        """Return the yearly growth share of a family, 0 where none is given."""
        return dict(self.growth_per_year).get(family, 0.0)


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
            _check_share(label, value)


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
        combination: How lever effects combine.
        note: The user's own words.
    """

    name: str
    horizon_months: int = 36
    levers: tuple[LeverChoice, ...] = ()
    programmes: tuple[Programme, ...] = ()
    hiring: Hiring = field(default_factory=Hiring)
    demand: Demand = field(default_factory=Demand)
    combination: Combination = field(default_factory=Combination)
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        if not self.name.strip():
            raise UserError("A plan needs a name.")
        if len(self.name) > 80:
            raise UserError("A plan's name can have at most 80 characters.")
        _check_number("Horizon", self.horizon_months, 1, MAX_HORIZON_MONTHS, "months")
        _check_unique("lever", [lever.lever_id for lever in self.levers])
        _check_unique("programme", [programme.programme_id for programme in self.programmes])

    @property
    def active_levers(self) -> tuple[LeverChoice, ...]:
        """The levers that the plan uses."""
        return tuple(lever for lever in self.levers if lever.include)

    def baseline(self) -> "Plan":
        """Return the do-nothing plan to compare with: same horizon, nothing done."""
        return Plan(name=BASELINE_NAME, horizon_months=self.horizon_months)

    def renamed(self, name: str) -> "Plan":
        """Return the same plan under another name."""
        return replace(self, name=name)


def _check_unique(what: str, keys: list[str]) -> None:
    doubled = sorted({key for key in keys if keys.count(key) > 1})
    if doubled:
        raise UserError(f"The plan names the {what} “{doubled[0]}” twice. Keep one of the two.")
