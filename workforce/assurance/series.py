"""What happened, month by month, and the dates a forecast could have been made at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import Cause
from workforce.domain.families import Family
from workforce.domain.months import first_day, month_of
from workforce.history import History
from workforce.history.dates import day_of, first_day_of
from workforce.history.hiring import prepare_requisitions
from workforce.intake import Extract

__all__ = ["FLOWS", "MEASURES", "Observed", "Timing", "observe", "plan_origins"]

FloatArray = NDArray[np.float64]

MEASURES: Final = ("leavers", "hires", "headcount", "vacancies")
FLOWS: Final = ("leavers", "hires")
YEAR: Final = 12
_EVERY_MONTHS: Final = 3
_MOST_ORIGINS: Final = 16
_WARM_UP_MONTHS: Final = 12
"""A list of requisitions shows all open ones only some time after it begins."""
_INTERPOLATED: Final = "left-between-snapshots"
_UNDER_WAY: Final = "recruitments under way at the end of each month"
_COUNTED: Final = "vacancies counted month by month"


@dataclass(frozen=True, slots=True)
class Timing:
    """When forecasts are made and which of their months can be compared with what happened.

    Attributes:
        origins: Dates of the forecasts, oldest first.
        yearly: Whether only twelve months ahead can be compared, because leaving was seen only as
            being absent from the next of yearly snapshots.
        unseen: Whether who comes and goes within a year is in no snapshot. More frequent ones list
            nearly everybody, and a file with most leaving dates lists them all.
    """

    origins: tuple[date, ...]
    yearly: bool
    unseen: bool = False


def plan_origins(extract: Extract, history: History) -> Timing:
    """Choose the dates to forecast from: those at which a year of leavers had been seen.

    Yearly snapshots give their own dates. Everything else gives month ends, three months apart,
    the most recent sixteen.

    Args:
        extract: The extract.
        history: Its history.

    Returns:
        The dates; none where leaving was not observed for long enough.
    """
    yearly = any(finding.rule == _INTERPOLATED for finding in extract.findings)
    if history.window is None:
        return Timing((), yearly)
    earliest = history.window[0] + YEAR - 1
    if len(extract.trail):
        days = sorted({pd.Timestamp(day).date() for day in extract.trail["seen"].unique()})
        gap = np.median(np.diff([day_of(day) for day in days])) if len(days) > 1 else 0
        if gap > 300:
            first = first_day(earliest)
            usable = [day for day in days if first <= day < extract.as_of]
            return Timing(tuple(usable), yearly, yearly and len(history.unseen) > 0)
    months = range(history.as_of - _EVERY_MONTHS, earliest - 1, -_EVERY_MONTHS)
    ends = [first_day(month + 1) - timedelta(days=1) for month in list(months)[:_MOST_ORIGINS]]
    return Timing(tuple(reversed(ends)), yearly)


@dataclass(frozen=True)
class Observed:
    """Monthly series of some families, known up to one date.

    Attributes:
        first: Month index of the first column.
        families: F families and then `all`, their sum.
        values: By measure, shape (F + 1, months); NaN where not observable.
        events: Leavers by redundancy, transfer or restructure, shape (F + 1, months): dated
            decisions, which are in nobody's hazard and not in `leavers`.
        vacancies_are: What vacancies count, empty where their history is not known.
    """

    first: int
    families: tuple[str, ...]
    values: dict[str, FloatArray]
    events: FloatArray
    vacancies_are: str = ""

    def at(self, measure: str, family: str, month: int) -> float:
        """Return one value, NaN where there is none."""
        row = self.values[measure][self.families.index(family)]
        place = month - self.first
        return float(row[place]) if 0 <= place < len(row) else float("nan")

    def totals(self, measure: str) -> FloatArray:
        """Return the series of all families together, shape (months,)."""
        total: FloatArray = self.values[measure][-1]
        return total

    def year(self, measure: str, family: str, origin: int) -> float:
        """Return the total of the twelve months after a month, NaN where one is missing."""
        row = self.values[measure][self.families.index(family)]
        place = origin + 1 - self.first
        months = row[max(place, 0) : place + YEAR]
        return float(months.sum()) if len(months) == YEAR and place >= 0 else float("nan")


def observe(extract: Extract, history: History, families: Sequence[str]) -> Observed:
    """Return what an extract says happened, by month, for some families and their sum.

    Vacancies are recruitments under way at the end of a month: requisitions open or with a starter
    yet to come. That is what the establishment of an earlier date rests on as well. They are known
    from a year after the first requisition on. Without requisitions they are those that tables of
    numbers give for single months.

    Args:
        extract: The extract.
        history: Its history.
        families: F families.

    Returns:
        The series over the window.
    """
    names = tuple(str(family) for family in families)
    frame = history.monthly
    first, last = int(frame["month"].min()), int(frame["month"].max())
    months = np.arange(first, last + 1)
    event = str(Cause.ORGANISATIONAL_EVENT)
    by_family = {
        column: frame.pivot_table(index="family", columns="month", values=column, aggfunc="sum")
        .reindex(index=list(names), columns=months)
        .to_numpy(dtype=float, na_value=np.nan)
        for column in ("leavers", event, "hires", "headcount")
    }
    by_family["leavers"] = by_family["leavers"] - by_family[event]
    by_family["vacancies"], source = _vacancies(extract, names, months)
    values = {name: _with_total(block) for name, block in by_family.items()}
    return Observed(first, (*names, str(Family.ALL)), values, values.pop(event), source)


def _with_total(block: FloatArray) -> FloatArray:
    return np.vstack([block, block.sum(axis=0)])


def _vacancies(
    extract: Extract, names: tuple[str, ...], months: NDArray[np.int64]
) -> tuple[FloatArray, str]:
    listed = prepare_requisitions(extract.requisitions, last_day=day_of(extract.as_of))
    if listed.empty:
        return _counted_vacancies(extract, names, months)
    ends = np.minimum(first_day_of(months + 1) - 1, day_of(extract.as_of))
    found = np.zeros((len(names), len(months)))
    for row, name in enumerate(names):
        own = listed[listed["family"] == name]
        opened, ended = own["opened"].to_numpy(), own["ended"].to_numpy()
        under_way = (opened[:, None] <= ends) & (ended[:, None] > ends)
        found[row] = (under_way * own["posts"].to_numpy()[:, None]).sum(axis=0)
    begins = int(listed["opened"].min()) + round(_WARM_UP_MONTHS * 30.44)
    found[:, ends < begins] = np.nan
    return found, _UNDER_WAY if np.isfinite(found).any() else ""


def _counted_vacancies(
    extract: Extract, names: tuple[str, ...], months: NDArray[np.int64]
) -> tuple[FloatArray, str]:
    """Return vacancies that tables of numbers give by month for the families asked for.

    Where both posts and FTE are given FTE is taken, the unit of vacancies ahead.
    """
    shape = (len(names), len(months))
    counts = extract.counts
    own = counts[
        (counts["measure"] == "vacancies")
        & counts["span"].isin(["day", "month"])
        & counts["family"].isin(names)
        & counts["last_day"].notna()
    ]
    if own.empty:
        return np.full(shape, np.nan), ""
    own = own[own["unit"] == ("fte" if (own["unit"] == "fte").any() else "people")]
    own = own.assign(month=[month_of(day.date()) for day in own["last_day"]])
    # A month is that of its last day counted, or a month counted weekly would be four of it.
    own = own[own["last_day"] == own.groupby("month")["last_day"].transform("max")]
    table = own.pivot_table(index="family", columns="month", values="number", aggfunc="sum")
    known = table.reindex(index=list(names), columns=months).to_numpy(dtype=float)
    # A family without a row in a month that was counted had none.
    counted = np.isfinite(known).any(axis=0)
    return np.where(counted, np.nan_to_num(known), np.nan), _COUNTED if counted.any() else ""
