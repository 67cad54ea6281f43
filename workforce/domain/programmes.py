"""An apprenticeship programme as a plan would run it."""

from dataclasses import dataclass
from enum import StrEnum

from workforce.domain.bands import GradeBand
from workforce.domain.checks import check_names, check_number, check_range, check_share
from workforce.domain.errors import UserError
from workforce.domain.families import DIGITAL_FAMILIES

__all__ = ["NoPost", "Programme", "Seat", "Trainee"]


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


@dataclass(frozen=True, slots=True)
class Programme:
    """A series of apprenticeship cohorts on one standard for one family.

    Attributes:
        programme_id: Stable key; it also names the random streams of its apprentices.
        name: As shown.
        standard: Reference of the standard, e.g. `ST1021`; empty for a course of one's own, which
            has no public funding.
        family: Family an achiever joins.
        first_start: Month index of the first cohort.
        size: Starts per cohort (people).
        cohorts: Number of cohorts.
        repeat_months: Months between cohorts.
        trainee: New recruits or existing staff.
        from_family: Family that existing staff come from; empty for staff from outside the
            projected families.
        course_price: GBP per trainee of a course of one's own; `None` where it is not known, which
            is priced like an unknown standard and never as free.
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
    from_family: str = ""
    course_price: float | None = None

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        what = f"Programme “{self.name}”"
        if self.family not in DIGITAL_FAMILIES:
            raise UserError(f"{what}: choose one of the digital role families.")
        check_names(what, (self.family,), (self.grade,))
        self._check_source(what)
        if self.course_price is not None:
            check_number(f"{what}: price of the course", self.course_price, 0, 100_000, "pounds")
            if self.standard:
                raise UserError(
                    f"{what}: the price of “{self.standard}” is its funding band. State a price "
                    "for a course of your own only, which has no standard."
                )
        check_number(f"{what}: starts per cohort", self.size, 0, 10_000)
        check_number(f"{what}: cohorts", self.cohorts, 1, 120)
        check_number(f"{what}: months between cohorts", self.repeat_months, 1, 120)
        check_number(f"{what}: duration", self.duration_months, 1, 96, "months")
        check_number(f"{what}: assessment wait", self.assessment_months, 0, 24, "months")
        for label, value in (
            ("withdrawal", self.withdrawal),
            ("withdrawal, low", self.withdrawal_low),
            ("withdrawal, high", self.withdrawal_high),
            ("share of the withdrawn who stay", self.stay_share),
            ("pass rate", self.pass_rate),
            ("offers taken", self.offer_rate),
        ):
            check_share(f"{what}: {label}", value)
        check_range(
            f"{what}: withdrawal", self.withdrawal_low, self.withdrawal, self.withdrawal_high
        )
        check_range(
            f"{what}: leaving after completion",
            self.post_low,
            self.post_hazard_ratio,
            self.post_high,
        )
        check_number(f"{what}: leaving after completion", self.post_low, 0.05, 10)
        check_number(f"{what}: leaving after completion", self.post_high, 0.05, 10)
        check_number(f"{what}: FTE", self.fte, 0.1, 1)
        if len(self.quarter_shares) != 4 or abs(sum(self.quarter_shares) - 1) > 1e-6:
            raise UserError(f"{what}: the four quarters' shares of withdrawals must add to 100%.")
        if min(self.quarter_shares) < 0:
            raise UserError(f"{what}: a quarter's share of withdrawals cannot be negative.")

    def _check_source(self, what: str) -> None:
        if not self.from_family:
            return
        if self.from_family not in DIGITAL_FAMILIES:
            raise UserError(
                f"{what}: staff come from one of the digital role families, or leave it empty for "
                "staff from elsewhere."
            )
        if self.trainee is not Trainee.EXISTING_STAFF:
            raise UserError(f"{what}: only existing staff come from a role family.")
        if self.from_family == self.family:
            raise UserError(f"{what}: staff are in “{self.family}” already. Choose another family.")

    @property
    def starts(self) -> tuple[int, ...]:
        """Month index of each cohort's start."""
        return tuple(self.first_start + k * self.repeat_months for k in range(self.cohorts))
