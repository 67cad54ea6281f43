"""What was known at earlier dates, as counts: all that a backtest needs, and no person in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from workforce.assurance.series import Observed, Timing, observe, plan_origins
from workforce.assurance.then import as_known
from workforce.history import History, build_history
from workforce.intake import Extract

__all__ = ["MOST_RECORDS", "Past", "Standpoint", "prepare"]

MOST_RECORDS: Final = 800_000
"""People records counted over all dates together; of larger organisations fewer dates are taken."""


@dataclass(frozen=True)
class Standpoint:
    """One date to forecast from.

    Attributes:
        day: The date.
        history: Counts of the extract as it was known then.
        known: The monthly series known then.
    """

    day: date
    history: History
    known: Observed


@dataclass(frozen=True)
class Past:
    """An organisation's past as it was known at several dates, counts only.

    People can be forgotten once this is made: a backtest is run on it at any later time.

    Attributes:
        families: Families forecast.
        seen: What happened, known today.
        yearly: Whether only twelve months ahead can be compared; see `Timing`.
        standpoints: Dates to forecast from, oldest first; none where the history is too short.
    """

    families: tuple[str, ...]
    seen: Observed
    yearly: bool
    standpoints: tuple[Standpoint, ...]

    @property
    def origins(self) -> tuple[date, ...]:
        """The dates."""
        return tuple(each.day for each in self.standpoints)


def _silent(_share: float) -> None:
    """Report progress to nobody."""


def prepare(
    extract: Extract,
    *,
    families: Sequence[str],
    origins: Sequence[date] | None = None,
    progress: Callable[[float], None] = _silent,
) -> Past:
    """Put an extract back to earlier dates and count what was known at each.

    Args:
        extract: The extract; nothing of it is kept.
        families: Families to forecast, at least one.
        origins: Dates to forecast from, before the extract's; `plan_origins` if not given, and of
            those so many that at most `MOST_RECORDS` records are counted.
        progress: Called with the share done, 0 to 1.

    Returns:
        The counts.
    """
    names = tuple(str(family) for family in families)
    history = build_history(extract)
    timing = plan_origins(extract, history)
    dates = _thinned(timing, len(extract.people)) if origins is None else tuple(sorted(origins))
    standpoints = []
    for index, day in enumerate(dates):
        known = as_known(extract, day)
        then = build_history(known)
        standpoints.append(Standpoint(day, then, observe(known, then, names)))
        progress((index + 1) / len(dates))
    return Past(names, observe(extract, history, names), timing.yearly, tuple(standpoints))


def _thinned(timing: Timing, records: int) -> tuple[date, ...]:
    """Return every date, or every second, third ... counted back from the latest."""
    step = -(-records * len(timing.origins) // MOST_RECORDS)
    return timing.origins[::-1][:: max(1, step)][::-1]
