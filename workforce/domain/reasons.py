"""What those who resigned said, as counts."""

from dataclasses import dataclass
from typing import Final

__all__ = ["PAY", "ReasonGroup", "StatedReasons"]

PAY: Final = "PAY"
"""Stands for pay among the levers a reason points to: what this software has no lever for."""


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """People who resigned and whose reasons point to the same levers.

    Attributes:
        levers: Lever ids, and `PAY`; in alphabetical order.
        people: How many.
    """

    levers: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class StatedReasons:
    """Reasons for resigning over the whole window.

    Attributes:
        resigned: People of the families who resigned.
        groups: Those whose reason says why, by what it points to; “resigned” and “personal
            reasons” say nothing of why and are in no group.
    """

    resigned: int
    groups: tuple[ReasonGroup, ...]

    @property
    def told(self) -> int:
        """People whose reason says why."""
        return sum(group.people for group in self.groups)
