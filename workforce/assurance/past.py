"""What was known at earlier dates, as counts: all that a backtest needs, and no person in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workforce.assurance.series import YEAR, Observed, Timing, observe, plan_origins
from workforce.assurance.then import as_known
from workforce.domain.months import first_day, month_of
from workforce.history import History, build_history
from workforce.intake import Extract

__all__ = ["MOST_RECORDS", "MOST_YEARS", "Past", "Standpoint", "prepare", "prepare_years"]

MOST_RECORDS: Final = 800_000
"""People records counted over all dates together; of larger organisations fewer dates are taken."""
MOST_YEARS: Final = 6
"""What is older says little of how to fit today's rates."""


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
        today: Counts as they are known today.
        unseen: Whether who comes and goes within a year is in no snapshot; see `Timing`.
    """

    families: tuple[str, ...]
    seen: Observed
    yearly: bool
    standpoints: tuple[Standpoint, ...]
    today: History
    unseen: bool = False

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
    known: Past | None = None,
    progress: Callable[[float], None] = _silent,
) -> Past:
    """Put an extract back to earlier dates and count what was known at each.

    Args:
        extract: The extract; nothing of it is kept.
        families: Families to forecast, at least one.
        origins: Dates to forecast from, before the extract's; `plan_origins` if not given, and of
            those so many that at most `MOST_RECORDS` records are counted.
        known: What was counted of the same extract and families before; it is not counted again.
        progress: Called with the share done, 0 to 1.

    Returns:
        The counts.
    """
    names = tuple(str(family) for family in families)
    history = build_history(extract) if known is None else known.today
    timing = plan_origins(extract, history)
    dates = _thinned(timing, len(extract.people)) if origins is None else tuple(sorted(origins))
    held = {} if known is None else {each.day: each for each in known.standpoints}
    standpoints = []
    for index, day in enumerate(dates):
        standpoints.append(held.get(day) or _standpoint(extract, day, names))
        progress((index + 1) / len(dates))
    seen = observe(extract, history, names) if known is None else known.seen
    return Past(names, seen, timing.yearly, tuple(standpoints), history, timing.unseen)


def prepare_years(extract: Extract, history: History, *, families: Sequence[str]) -> Past:
    """Count what was known at dates a year apart, enough to choose how rates are fitted.

    Args:
        extract: The extract; nothing of it is kept.
        history: Its history.
        families: Families to forecast.

    Returns:
        The past at no more than `MOST_YEARS` dates, whose years ahead do not overlap.
    """
    names = tuple(str(family) for family in families)
    timing = plan_origins(extract, history)
    most = min(MOST_YEARS, MOST_RECORDS // max(1, len(extract.people)))
    days = _years_back(timing, history, len(extract.trail) > 0)[:most]
    standpoints = tuple(_standpoint(extract, day, names) for day in reversed(days))
    seen = observe(extract, history, names)
    return Past(names, seen, timing.yearly, standpoints, history, timing.unseen)


def _standpoint(extract: Extract, day: date, names: tuple[str, ...]) -> Standpoint:
    known = as_known(extract, day)
    then = build_history(known)
    return Standpoint(day, then, observe(known, then, names))


def _years_back(timing: Timing, history: History, snapshots: bool) -> list[date]:
    """Return dates at least a year before the next and before today, the latest first."""
    if history.window is None:
        return []
    if not snapshots:
        months = range(history.as_of - YEAR, history.window[0] + YEAR - 2, -YEAR)
        return [first_day(month + 1) - timedelta(days=1) for month in months]
    found: list[date] = []
    limit = history.as_of - YEAR
    for day in reversed(timing.origins):
        if month_of(day) <= limit:
            found.append(day)
            limit = month_of(day) - YEAR
    return found


def _thinned(timing: Timing, records: int) -> tuple[date, ...]:
    """Return every date, or every second, third ... counted back from the latest."""
    step = -(-records * len(timing.origins) // MOST_RECORDS)
    return timing.origins[::-1][:: max(1, step)][::-1]
