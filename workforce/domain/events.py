"""Dated organisational events: redundancy, transfer of a service, restructure.

They are decisions, not hazards: no rate of leaving is learned from them, and no lever acts on them.
"""

from dataclasses import dataclass
from enum import StrEnum

from workforce.domain.checks import check_names, check_number
from workforce.domain.errors import UserError
from workforce.domain.families import DIGITAL_FAMILIES

__all__ = ["EventKind", "PlannedEvent"]


class EventKind(StrEnum):
    """What happens to the people."""

    REDUNDANCY = "redundancy"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    RESTRUCTURE = "restructure"


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """People who leave or arrive together in one month by a decision about the organisation.

    Attributes:
        month: Month index in which they leave or arrive.
        family: Their role family.
        people: Heads.
        kind: What happens; people arrive in a transfer in and leave in every other kind.
        posts_fte: Funded posts that go with them, or that come with a transfer in, FTE.
        decided: Whether it happens whatever else is chosen: doing nothing has it too.
        note: The user's own words.
    """

    month: int
    family: str
    people: int
    kind: EventKind = EventKind.REDUNDANCY
    posts_fte: float = 0.0
    decided: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse unknown families and impossible sizes."""
        check_names("Planned event", (self.family,), ())
        if self.family not in DIGITAL_FAMILIES:
            raise UserError("Planned event: choose one of the digital role families.")
        check_number("Planned event: people", self.people, 0, 100_000)
        check_number("Planned event: posts", self.posts_fte, 0, 100_000, "FTE")

    @property
    def arrives(self) -> bool:
        """Whether people come rather than go."""
        return self.kind is EventKind.TRANSFER_IN

    @property
    def posts_change(self) -> float:
        """What the event does to the establishment, FTE, signed."""
        return self.posts_fte if self.arrives else -self.posts_fte
