"""Who may see what: the two views of observed counts, and the mark each figure carries."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = [
    "FORECAST",
    "NOT_FOR_CIRCULATION",
    "WORKING_DOCUMENT",
    "Circulation",
    "Mark",
    "View",
]

NOT_FOR_CIRCULATION: Final = "Working view: small counts of people are shown. Not for circulation."
WORKING_DOCUMENT: Final = (
    "Working document on your own files, for whoever corrects them. Not for circulation."
)


class View(StrEnum):
    """How observed counts of people are shown."""

    PROTECTED = "protected"
    WORKING = "working"


class Circulation(StrEnum):
    """What a figure or file holds, and so who may have it.

    Attributes:
        PROTECTED: Observed counts of people went through disclosure control.
        FORECAST: No observed count of people: forecasts, posts, evidence, assumptions.
        WORKING: Small counts may be in it.
    """

    PROTECTED = "protected"
    FORECAST = "forecast"
    WORKING = "working"

    @property
    def words(self) -> str:
        """The mark in words, for footers and provenance."""
        return {
            Circulation.PROTECTED: "small counts of people protected",
            Circulation.FORECAST: "no observed counts of people",
            Circulation.WORKING: "WORKING VIEW WITH SMALL COUNTS, NOT FOR CIRCULATION",
        }[self]


@dataclass(frozen=True, slots=True)
class Mark:
    """What every figure carries; without one it can be neither shown nor exported.

    Attributes:
        circulation: What it holds.
        note: A sentence that stands beneath it, empty where there is nothing to say.
    """

    circulation: Circulation
    note: str = ""


FORECAST: Final = Mark(Circulation.FORECAST)
"""The mark of figures that no observed count of people went into."""
