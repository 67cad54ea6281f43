"""How much more or less often people resign in some directorates and jobs than in others."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final

__all__ = ["DIFFERENCE_LABELS", "Difference", "DifferenceKind", "Differences"]


class DifferenceKind(StrEnum):
    """What people are grouped by."""

    DEPARTMENT = "department"
    TITLE = "title"


DIFFERENCE_LABELS: Final[Mapping[DifferenceKind, str]] = MappingProxyType(
    {DifferenceKind.DEPARTMENT: "Directorates", DifferenceKind.TITLE: "Jobs"}
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Resignations of one group against those of like people elsewhere in the organisation.

    Attributes:
        name: Directorate, or job title in its usual spelling.
        ratio: Resignations over those of people of the same role family, grade, length of service
            and contract in all groups together; drawn to 1 where the group is small.
        low: Lower end of its 90% range.
        high: Upper end.
        resigned: Resignations in the window.
        expected: Resignations of like people elsewhere, over the same person-years.
        people: People in post now.
    """

    name: str
    ratio: float
    low: float
    high: float
    resigned: float
    expected: float
    people: float


@dataclass(frozen=True)
class Differences:
    """What can be said of directorates, or of jobs.

    Attributes:
        kind: What people are grouped by.
        rows: Groups with people in post, largest first.
        spread: Typical distance of a group from 1, on the log scale.
        gain: How much better a year's resignations were shared out over the groups by the years
            before it than without differences: sum of log likelihoods.
        gain_error: Standard error of it.
    """

    kind: DifferenceKind
    rows: tuple[Difference, ...]
    spread: float
    gain: float
    gain_error: float

    @property
    def earned(self) -> bool:
        """Whether earlier years told where people would resign, by more than a standard error."""
        return self.gain > self.gain_error

    @cached_property
    def ratios(self) -> Mapping[str, float]:
        """Ratio of each group by name; none where the differences have not earned their place."""
        return {row.name: row.ratio for row in self.rows} if self.earned else {}
