"""Where the draws of a block stand in what a run keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

__all__ = ["Columns", "Stored"]

Stored = dict[tuple[str, str], NDArray[Any]]
"""Arrays by scenario and measure, the draws along the last axis."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Some draws of what is stored. Blocks that are worked on side by side share no element.

    Attributes:
        stored: The arrays.
        first: Position of the first draw.
        draws: How many draws.
    """

    stored: Stored
    first: int
    draws: int

    def of(self, scenario: str, measure: str) -> NDArray[Any]:
        """Return the place of a measure, shape (..., draws); what is written to it is stored."""
        return self.stored[scenario, measure][..., self.first : self.first + self.draws]

    def put(self, scenario: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Store measures of a scenario, shape (..., draws) each, in the kinds that are kept."""
        for measure, array in arrays.items():
            self.of(scenario, measure)[...] = array
