"""How much work a person in post does: ramps, training, mentoring and cover."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.domain.checks import check_number, check_share
from workforce.domain.evidence import Evidence
from workforce.domain.prices import Prices

__all__ = ["SETTLING_MONTHS", "KnownCover", "Productivity", "productivity_of"]

FloatArray = NDArray[np.float64]

SETTLING_MONTHS = 6
"""Months after achievement in which somebody trained here does not work at full speed yet."""
_WEEKS_A_MONTH = 365.25 / 12 / 7
_STAGE_MONTHS = 6


@dataclass(frozen=True, slots=True)
class KnownCover:
    """Agency workers who are there at the opening month and whose booking ends in a known month.

    Attributes:
        family: Role family.
        until: Month index in which the booking ends; the cover is there at the end of the month
            before and not at the end of this one.
        fte: FTE.
    """

    family: str
    until: int
    fte: float


@dataclass(frozen=True, slots=True)
class Productivity:
    """Work done by a person against that of an experienced practitioner, central values.

    Attributes:
        ramp_weeks: Weeks until an external hire works at full speed, in a straight line from
            nothing.
        apprentice_output: Output at work of a new recruit in training in months 1-6, 7-12, 13-18
            and later.
        off_the_job: Share of paid time a new recruit spends in training.
        existing_staff: Output of existing staff in their old job while they train.
        settling: Output in the first six months in the post after achievement.
        mentor_load: FTE of an experienced colleague per apprentice in months 1-6, 7-12 and later.
        agency_share: Share of vacant posts covered by agency staff.
    """

    ramp_weeks: float
    apprentice_output: tuple[float, float, float, float]
    off_the_job: float
    existing_staff: float
    settling: float
    mentor_load: tuple[float, float, float]
    agency_share: float

    def __post_init__(self) -> None:
        """Refuse values that mean nothing, in words."""
        check_number("Weeks until a hire works at full speed", self.ramp_weeks, 0, 104, "weeks")
        for what, share in (
            *(("Output of an apprentice", output) for output in self.apprentice_output),
            ("Off-the-job training", self.off_the_job),
            ("Output of existing staff in training", self.existing_staff),
            ("Output after achievement", self.settling),
            *(("Mentor time", load) for load in self.mentor_load),
            ("Posts covered by agency staff", self.agency_share),
        ):
            check_share(what, share)

    def ramp_loss(self) -> FloatArray:
        """Return the share of work a hire does not do yet in each month of service, shape (K,).

        With R months to full speed the k-th month (from 0) lacks the mean of 1 - t / R between k
        and k + 1; the months add up to R / 2.
        """
        if not self.ramp_weeks:
            return np.zeros(0)
        ramp = self.ramp_weeks / _WEEKS_A_MONTH
        month = np.arange(int(np.ceil(ramp)), dtype=np.float64)
        end = np.minimum(month + 1.0, ramp)
        lost: FloatArray = (end - month) * (1.0 - (month + end) / (2.0 * ramp))
        return lost

    def settling_loss(self) -> FloatArray:
        """Return the share of work missing in each month after achievement, shape (K,)."""
        return np.full(SETTLING_MONTHS, 1.0 - self.settling)

    def mentoring(self, trained: NDArray[np.intp], duration: int) -> FloatArray:
        """Return FTE of an experienced colleague per apprentice, same shape.

        Args:
            trained: Completed months since the start of the training.
            duration: Planned months; waiting for the result nobody is mentored any more.
        """
        load = np.array(self.mentor_load)
        stage = np.minimum(trained // _STAGE_MONTHS, len(load) - 1)
        found: FloatArray = load[stage] * (trained < duration)
        return found

    def recruit_output(self, trained: NDArray[np.intp], duration: int) -> FloatArray:
        """Return the work of a new recruit in training, share of an FTE, same shape.

        Args:
            trained: Completed months since the start of the training.
            duration: Planned months; waiting for the result there is no training off the job.
        """
        output = np.array(self.apprentice_output)
        stage = np.minimum(trained // _STAGE_MONTHS, len(output) - 1)
        away = np.where(trained < duration, self.off_the_job, 0.0)
        found: FloatArray = output[stage] * (1.0 - away)
        return found


def productivity_of(prices: Prices, evidence: Evidence) -> Productivity:
    """Return the productivity that goes with prices; what prices do not hold is the evidence's.

    Args:
        prices: Ramp, apprentices' output, mentor load and agency share, as stated for the costs.
        evidence: `prod_existing_uplift` and `prod_post`.
    """
    return Productivity(
        ramp_weeks=prices.ramp_weeks,
        apprentice_output=prices.apprentice_output,
        off_the_job=prices.off_the_job,
        existing_staff=evidence.pipeline("prod_existing_uplift").number,
        settling=evidence.pipeline("prod_post").number,
        mentor_load=prices.mentor_load,
        agency_share=prices.agency_share,
    )
