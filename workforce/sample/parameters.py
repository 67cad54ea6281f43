"""The true rates behind a sample organisation, stated before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, GRADE_BANDS, TENURE_BANDS, AgeBand
from workforce.domain.families import ALL_FAMILIES, DIGITAL_FAMILIES, Family

__all__ = ["FAMILIES", "KNOWN_AGES", "NOT_DIGITAL", "SampleParameters"]

FAMILIES: tuple[str, ...] = tuple(str(family) for family in ALL_FAMILIES)
"""Families in the order of every array in this room."""


def _by_family(
    cyber: float, data: float, change: float, other: float, rest: float
) -> dict[str, float]:
    return dict(zip(FAMILIES, (cyber, data, change, other, rest), strict=True))


def _family_field(*values: float) -> Mapping[str, float]:
    frozen: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(_by_family(*values))
    )
    return frozen


@dataclass(frozen=True)
class SampleParameters:
    """Everything that moves people in the sample.

    Rates are hazards per person-year unless a name says otherwise; family mappings have one value a
    family (`FAMILIES`). Where `models/evidence/` has a default, the value here is that default: a
    test compares them. A council is no average, though: `own_level` moves the resignation rates
    away from the benchmark, within its range, so that a model which only repeats the benchmark is
    seen to be wrong.

    Attributes:
        staff_share: Family's share of the staff in post; `not_digital` takes the rest.
        voluntary_annual: Benchmark resignations over a typical mix of grades and tenures.
        own_level: Factor of this council on the benchmark.
        grade_multiplier: Ratio on resigning by grade band, practitioners 1.
        tenure_multiplier: Ratio on resigning by tenure band, 2-5 years 1.
        tenure_mix: Shares of the tenure bands over which `voluntary_annual` is an average.
        season: Ratio on resigning by calendar month, January first, mean 1.
        shock_sd: Standard deviation of the yearly log shock on resigning.
        shock_ar1: Its correlation from one year to the next.
        retirement_annual: Retirement by age band, in the order of `AGE_BANDS` without unknown.
        other_annual: Dismissal, death in service and the like.
        fixed_term_share: Share of external starters on a fixed term.
        renewal: Probability that a fixed term is renewed or made permanent at its end date.
        made_permanent: Share of those renewed who become permanent.
        event_share: Share of a family's people who go in the restructure.
        approval_months: Mean delay from a post falling vacant to its requisition (gamma, shape 2).
        time_to_hire_days: Median days from requisition to start in a round that fills (lognormal).
        time_to_hire_ratio: Factor on them by family.
        time_to_hire_log_sd: Standard deviation of their logarithm.
        round_success: Probability that a recruitment round fills.
        round_withdrawn: Probability that a round is withdrawn; what is left over fails.
        internal_share: Share of filled rounds in which a colleague moves over.
        other_family_share: Share of those moves that come from another family.
        growth_annual: Growth of the establishment each April.
        apprentice_starts: Digital apprentices started a year per digital person in post.
        existing_staff_share: Share of apprentices who are existing staff.
        stay_share: Probability that a withdrawn new recruit stays with the council; colleagues who
            withdraw keep their post and leave it by its own hazards.
        pass_rate: Probability of achieving for those who reach the assessment.
        quarter_shares: Withdrawals by quarter of the programme.
        assessment_months: Wait from the end of training to the result.
        offer_rate: Probability that an achiever who is a new recruit is offered a post.
        known_notice: Probability that an exit 1, 2, 3 months ahead is already on the system.
    """

    staff_share: Mapping[str, float] = _family_field(20 / 2400, 40 / 2400, 45 / 2400, 35 / 2400, 0)
    voluntary_annual: Mapping[str, float] = _family_field(0.13, 0.12, 0.11, 0.11, 0.10)
    own_level: Mapping[str, float] = _family_field(1.3, 0.85, 1.15, 1.0, 1.05)
    grade_multiplier: tuple[float, ...] = (1.15, 1.0, 0.9, 0.75)
    tenure_multiplier: tuple[float, ...] = (1.5, 1.9, 1.3, 1.0, 0.7, 0.5)
    tenure_mix: tuple[float, ...] = (0.07, 0.06, 0.11, 0.24, 0.23, 0.29)
    season: tuple[float, ...] = (
        1.05, 0.95, 1.1, 1.0, 0.95, 1.0, 1.05, 1.15, 1.1, 1.0, 0.9, 0.75,
    )  # fmt: skip
    shock_sd: float = 0.25
    shock_ar1: float = 0.4
    retirement_annual: tuple[float, ...] = (0.0005, 0.03, 0.1, 0.25, 0.35)
    other_annual: float = 0.008
    fixed_term_share: Mapping[str, float] = _family_field(0.08, 0.12, 0.22, 0.1, 0.09)
    renewal: float = 0.5
    made_permanent: float = 0.4
    event_share: Mapping[str, float] = _family_field(0.0, 0.0, 0.03, 0.05, 0.02)
    approval_months: float = 1.5
    time_to_hire_days: float = 100.0
    time_to_hire_ratio: Mapping[str, float] = _family_field(1.4, 1.0, 1.0, 1.0, 0.8)
    time_to_hire_log_sd: float = 0.35
    round_success: Mapping[str, float] = _family_field(0.6, 0.6, 0.6, 0.6, 0.75)
    round_withdrawn: float = 0.06
    internal_share: float = 0.15
    other_family_share: float = 0.1
    growth_annual: Mapping[str, float] = _family_field(0.06, 0.05, 0.04, 0.01, -0.004)
    apprentice_starts: float = 0.06
    existing_staff_share: float = 0.3
    stay_share: float = 0.44
    pass_rate: float = 0.977
    quarter_shares: tuple[float, float, float, float] = (0.3, 0.25, 0.18, 0.27)
    assessment_months: float = 3.0
    offer_rate: float = 0.75
    known_notice: tuple[float, float, float] = (0.75, 0.4, 0.15)

    def __post_init__(self) -> None:
        """Check shapes and that probabilities are probabilities.

        Raises:
            ValueError: If a family is missing or a value cannot be what its name says.
        """
        for name, value in vars(self).items():
            if isinstance(value, Mapping) and set(value) != set(FAMILIES):
                raise ValueError(f"{name} needs one value for each of {', '.join(FAMILIES)}")
        lengths = {
            "grade_multiplier": len(GRADE_BANDS),
            "tenure_multiplier": len(TENURE_BANDS),
            "tenure_mix": len(TENURE_BANDS),
            "season": 12,
            "retirement_annual": len(AGE_BANDS) - 1,
        }
        for name, length in lengths.items():
            if len(getattr(self, name)) != length:
                raise ValueError(f"{name} needs {length} values")
        if abs(sum(self.tenure_mix) - 1) > 1e-9 or abs(sum(self.season) - 12) > 1e-9:
            raise ValueError("tenure_mix must sum to 1 and season to 12")
        if sum(self.staff_share[family] for family in DIGITAL_FAMILIES) >= 1:
            raise ValueError("digital families must leave room for the rest of the staff")
        if max(self.round_success.values()) + self.round_withdrawn > 1:
            raise ValueError("a round cannot fill and be withdrawn with more than certainty")

    def people(self, size: int) -> NDArray[np.int_]:
        """Return the intended number in post by family for an organisation of `size` people."""
        digital = [round(size * self.staff_share[str(family)]) for family in DIGITAL_FAMILIES]
        return np.array([*digital, size - sum(digital)])

    def vector(self, name: str) -> NDArray[np.float64]:
        """Return a family mapping as an array in the order of `FAMILIES`."""
        return np.array([getattr(self, name)[family] for family in FAMILIES], dtype=float)

    def voluntary_table(self, grade_mix: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the true annual hazard of resigning before season and year shock.

        The level is set so that the average over `grade_mix` and `tenure_mix` is
        `voluntary_annual` x `own_level`.

        Args:
            grade_mix: Shares of grade bands in each family, shape (families, grades).

        Returns:
            Hazards per person-year, shape (families, grades, tenure bands).
        """
        grade = np.array(self.grade_multiplier)
        tenure = np.array(self.tenure_multiplier)
        level = self.vector("voluntary_annual") * self.vector("own_level")
        reference = level / (grade_mix @ grade) / float(np.dot(self.tenure_mix, tenure))
        table: NDArray[np.float64] = (
            reference[:, None, None] * grade[None, :, None] * tenure[None, None, :]
        )
        return table

    def as_dict(self) -> dict[str, object]:
        """Return the parameters as plain JSON values."""
        return {
            name: dict(value)
            if isinstance(value, Mapping)
            else (list(value) if isinstance(value, tuple) else value)
            for name, value in vars(self).items()
        }


KNOWN_AGES: tuple[str, ...] = tuple(str(band) for band in AGE_BANDS if band is not AgeBand.UNKNOWN)
NOT_DIGITAL: int = FAMILIES.index(str(Family.NOT_DIGITAL))
