"""Bands into which people are counted: tenure, age, grade, contract and cause of leaving."""

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "AGE_BANDS",
    "AGE_BAND_MONTHS",
    "CAUSES",
    "GRADE_BANDS",
    "TENURE_BANDS",
    "TENURE_CAP_MONTHS",
    "TENURE_EDGES_MONTHS",
    "AgeBand",
    "Cause",
    "Contract",
    "GradeBand",
    "age_band",
    "tenure_band",
    "tenure_band_index",
]


class Cause(StrEnum):
    """Why a spell ended. An organisational event is dated and planned, never a hazard."""

    VOLUNTARY = "voluntary"
    RETIREMENT = "retirement"
    END_OF_CONTRACT = "end_of_contract"
    OTHER = "other"
    ORGANISATIONAL_EVENT = "organisational_event"


CAUSES: Final = tuple(Cause)


class GradeBand(StrEnum):
    """Seniority, comparable across pay scales."""

    ENTRY = "entry"
    PRACTITIONER = "practitioner"
    SENIOR = "senior"
    LEAD = "lead"


GRADE_BANDS: Final = tuple(GradeBand)


class Contract(StrEnum):
    """Contract type of somebody in post. Agency and casual people are cover, not in post."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    APPRENTICE = "apprentice"
    CASUAL = "casual"
    AGENCY = "agency"
    SECONDED_IN = "seconded_in"
    UNKNOWN = "unknown"


class AgeBand(StrEnum):
    """Age bands that matter for retirement and for nothing else in the model."""

    UNDER_55 = "under 55"
    FROM_55 = "55-59"
    FROM_60 = "60-64"
    FROM_65 = "65-66"
    FROM_67 = "67 and over"
    UNKNOWN = "unknown"


AGE_BANDS: Final = tuple(AgeBand)

TENURE_EDGES_MONTHS: Final = (0, 6, 12, 24, 60, 120)
TENURE_BANDS: Final = (
    "0-6 months",
    "6-12 months",
    "1-2 years",
    "2-5 years",
    "5-10 years",
    "10+ years",
)
TENURE_CAP_MONTHS: Final = 120
"""From here on nothing changes with tenure, so exact months need not be kept."""
AGE_BAND_MONTHS: Final = (468, 60, 60, 24)
"""Width of each age band that has an end; the first counts from the working age of 16."""


def tenure_band_index(months: NDArray[np.int_] | NDArray[np.float64] | int) -> NDArray[np.intp]:
    """Return the tenure band of completed months of continuous service.

    Args:
        months: Tenure in months, at least 0.

    Returns:
        Index into `TENURE_BANDS`, same shape.
    """
    return np.searchsorted(np.asarray(TENURE_EDGES_MONTHS), months, side="right") - 1


def tenure_band(months: float) -> str:
    """Return the label of the tenure band that `months` (>= 0) falls in."""
    return TENURE_BANDS[int(np.searchsorted(TENURE_EDGES_MONTHS, months, side="right")) - 1]


def age_band(age_years: float | None) -> AgeBand:
    """Return the retirement age band of an age in years, `UNKNOWN` where there is none."""
    if age_years is None or not np.isfinite(age_years) or not 14 <= age_years <= 100:
        return AgeBand.UNKNOWN
    edges = (55, 60, 65, 67)
    return AGE_BANDS[int(np.searchsorted(edges, age_years, side="right"))]
