"""Ways of fitting the rate of resigning that are compared out of time, from simple to rich."""

from enum import StrEnum
from typing import Final

__all__ = ["CANDIDATES", "DEFAULT_CANDIDATE", "Candidate"]


class Candidate(StrEnum):
    """How the rate of resigning goes by what is known of people; simpler ones come first."""

    POOLED = "pooled"
    FAMILY = "family"
    REGRESSION = "regression"
    BOOSTED = "boosted"

    @property
    def label(self) -> str:
        """Its name for readers."""
        return _LABELS[self]


_LABELS: Final = {
    Candidate.POOLED: "one rate for all",
    Candidate.FAMILY: "a rate for each role family",
    Candidate.REGRESSION: "regression",
    Candidate.BOOSTED: "boosted trees",
}
CANDIDATES: Final = tuple(Candidate)
DEFAULT_CANDIDATE: Final = Candidate.REGRESSION
"""What is used where the past is too short to choose by."""
