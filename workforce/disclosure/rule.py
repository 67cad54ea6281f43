"""The rule: which counts of people are too small to be shown, and what stands in their place."""

from dataclasses import dataclass
from typing import Final

from workforce.domain.errors import UserError

__all__ = ["DEFAULT_THRESHOLD", "NOT_SHOWN", "Rule"]

DEFAULT_THRESHOLD: Final = 5
NOT_SHOWN: Final = "not shown"


@dataclass(frozen=True, slots=True)
class Rule:
    """The threshold below which observed counts of people are protected.

    Zero is shown: it is about nobody. That somebody knows a hidden count to be one at least is
    taken into account when its range is proven.

    Attributes:
        threshold: The smallest count that is shown, besides zero.
    """

    threshold: int = DEFAULT_THRESHOLD

    def __post_init__(self) -> None:
        """Refuse thresholds that protect nothing or leave nothing."""
        if not 3 <= self.threshold <= 100:
            raise UserError(
                f"The smallest count shown cannot be {self.threshold}. Use a number from 3 to 100."
            )

    def small(self, value: float) -> bool:
        """Return whether a count is about somebody, and about too few to be shown."""
        return 1e-9 < value < self.threshold - 1e-9

    def shown(self, value: float) -> bool:
        """Return whether a count may be shown by itself; a missing one may not."""
        return value == value and not self.small(value)  # noqa: PLR0124 - NaN differs from itself

    @property
    def fewer(self) -> str:
        """What stands in the place of a small count."""
        return f"fewer than {self.threshold}"

    @property
    def more(self) -> str:
        """What stands in the place of a count hidden for the sake of a small one."""
        return f"{self.threshold} or more"

    @property
    def sentence(self) -> str:
        """The rule as a caption."""
        return (
            f"Counts of 1 to {self.threshold - 1} people are not shown, nor are those that would "
            "give them away; rates over them neither."
        )
