"""How careful values come out of real systems: as text, abbreviated, padded, with dashes."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import numpy as np

from workforce.domain.months import month_name, month_of

__all__ = ["FULL_WEEK_HOURS", "Mess"]

_MISSING: Final = (None, None, "", "N/A", "-", "n/k")
_SHORT: Final = (
    ("Senior", "Snr"),
    ("Manager", "Mgr"),
    ("Assistant", "Asst"),
    ("Officer", "Off"),
    ("Management", "Mgt"),
    ("Development", "Dev"),
)
_CONTRACTS: Final = {
    "Permanent": ("Perm", "Permanent", "PERMANENT", "Perm "),
    "Fixed term": ("FTC", "Fixed Term", "Fixed-term contract", "Temp - fixed term"),
    "Apprenticeship": ("Apprentice", "Apprenticeship"),
    "Casual": ("Casual/Relief", "Zero hours", "Casual"),
    "Agency": ("Agency Worker", "Agency"),
    "Seconded in": ("Secondment In", "Seconded in"),
}
_OUTCOMES: Final = {
    "Filled": ("Appointed", "Filled"),
    "Failed": ("Not appointed", "No appointment made", "Failed to recruit"),
    "Withdrawn": ("Withdrawn", "Cancelled"),
    "Open": ("Live", "Open", "Advertised"),
}
_TRAINING: Final = {
    "In training": ("On programme", "Active"),
    "Withdrawn - left the organisation": ("Withdrawn (left council)",),
    "Withdrawn - stayed with the organisation": ("Withdrawn (still employed)",),
    "Achieved": ("Achieved", "Completed - pass"),
    "Not achieved": ("Completed - not achieved",),
}
FULL_WEEK_HOURS: Final = 37


class Mess:
    """Turns one careful value at a time into what an export might show.

    Args:
        rng: Random stream.

    Attributes:
        tally: Cells by how they were made untidy.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        """Keep the stream and start counting."""
        self._rng = rng
        self.tally: Counter[str] = Counter()
        self._by_kind: dict[str, Callable[[Any], Any]] = {
            "text": self.text,
            "title": self.title,
            "id": self.identifier,
            "date": self.day,
            "birth": self.birth,
            "fte": self.fte,
            "money": self.money,
            "contract": lambda v: self.one_of(_CONTRACTS, v),
            "outcome": lambda v: self.one_of(_OUTCOMES, v),
            "training": lambda v: self.one_of(_TRAINING, v),
            "plain": lambda v: v,
        }

    def value(self, kind: str, value: Any) -> Any:
        """Return the untidy form of a value of a kind, `None` standing for nothing there."""
        if value is None:
            word = _MISSING[int(self._rng.integers(len(_MISSING)))]
            self.tally["a word or dash for nothing"] += bool(word)
            return word
        made = self._by_kind[kind](value)
        self.tally[kind] += made != value
        return made

    def one_of(self, wordings: dict[str, tuple[str, ...]], value: str) -> str:
        """Return one of the wordings of a value."""
        choice = wordings[value]
        return choice[int(self._rng.integers(len(choice)))]

    def identifier(self, value: str) -> str:
        """Return an identifier padded with zeros that must not get lost."""
        return value.zfill(8) if value.isdigit() else value

    def text(self, value: str) -> str:
        """Return text, now and then with spaces after it."""
        return value + "  " if self._rng.random() < 0.05 else value

    def title(self, value: str) -> str:
        """Return a job title as typed by many hands: capitals, abbreviations, double spaces."""
        u = self._rng.random()
        if u < 0.08:
            return value.upper()
        if u < 0.11:
            return value.lower()
        if u < 0.22:
            for long, short in _SHORT:
                value = value.replace(long, short)
            return value
        if u < 0.27:
            return value.replace(" ", "  ", 1)
        return value + " " if u < 0.32 else value

    def day(self, value: date) -> date | str:
        """Return a date, or the same day as text in one of the ways people write it."""
        u = self._rng.random()
        if u < 0.72:
            return value
        if u < 0.86:
            return f"{value:%d/%m/%Y}"
        if u < 0.92:
            return f"{value.day} {month_name(month_of(value))}"
        return f"{value:%Y-%m-%d}" if u < 0.96 else f"{value:%d.%m.%Y}"

    def birth(self, value: date) -> date | str:
        """Return a date of birth, sometimes with a year of two digits."""
        return f"{value:%d/%m/%y}" if self._rng.random() < 0.1 else self.day(value)

    def fte(self, value: float) -> float | str:
        """Return an FTE, sometimes with its unit, as a percentage, or as weekly hours."""
        u = self._rng.random()
        if u < 0.05:
            return f"{value:g} FTE"
        if u < 0.08:
            return f"{value * 100:g}%"
        if u < 0.11:
            return f"{value * FULL_WEEK_HOURS:g} hrs"
        return value

    def money(self, value: int) -> int | str:
        """Return pay, sometimes as text."""
        u = self._rng.random()
        if u < 0.08:
            return f"£{value:,}"
        return f"£{value:,} p.a." if u < 0.12 else value
