"""The day up to which leaving could have been seen, and how it was decided."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from workforce.domain.findings import Severity
from workforce.intake.context import Context, Dates
from workforce.intake.dates import convert_dates
from workforce.intake.grid import Grid
from workforce.intake.missing import Column, text_of
from workforce.intake.notes import day_text
from workforce.intake.service import DatedTable

__all__ = [
    "DayFound",
    "day_in_name",
    "days_found",
    "decide_as_of",
    "find_as_of_text",
    "observed_window",
]

_ANNOUNCED: Final = re.compile(
    r"(?:\bas at|\bas of|\bas on|position (?:at|on)|snapshot(?: date)?|"
    r"extract(?:ed)?(?: date| on)?|"
    r"date of (?:extract|report|snapshot)|report(?:ing)? date|run date|census date|data (?:as )?at|"
    r"effective(?: date)?|correct (?:at|to)|up to|period end(?:ing)?)[\s:·\-–]*(?:on )?"
    r"(\d{4}-\d{2}-\d{2}|(?:\w+day,? )?\d{1,2}(?:st|nd|rd|th)?[ \-./]?"
    r"(?:[a-z]{3,9}|\d{1,2})[ \-./,]*\d{2,4}|"
    r"[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4})",
    re.IGNORECASE,
)
_DAY_IN_WORDS: Final = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)? ?)?((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*) ?"
    r"(20\d\d)(?!\d)",
    re.IGNORECASE,
)
_TAIL_DAYS: Final = 120
_YEAR_DAYS: Final = 365
_ENOUGH: Final = 40
"""Events of a year from which on their rate is known well enough to see them thin out."""
_THINNER: Final = 3
_BY_FAR: Final = 5.0
"""Logarithm of the likelihood ratio that is believed: about 150 to 1."""
_IN_NAME: Final = re.compile(r"(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")


def find_as_of_text(rows: Grid, today: date, order: str = "dmy") -> date | None:
    """Find a date announced in words such as “as at 30 September 2026” near the top of a sheet.

    Args:
        rows: Cells, shape (n, m).
        today: The present day.
        order: Order of day and month.

    Returns:
        The date, `None` where none is announced.
    """
    for row in rows[:25]:
        line = " ".join(text for cell in row[:30] if (text := text_of(cell)))
        if len(line) < 8:
            continue
        if match := _ANNOUNCED.search(line[:500]):
            found = _as_date(match[1], today, order)
            if found is not None:
                return found
    return None


def day_in_name(name: str, today: date) -> date | None:
    """Find the day that a sheet or file is named after.

    A month stands for its last day and a year for its last as well, today if that is to come.

    Args:
        name: Name of a sheet or a file.
        today: The present day.

    Returns:
        The day, `None` where the name gives none.
    """
    stem = re.sub(r"\.[A-Za-z]{2,4}$", "", name)
    if match := _IN_NAME.search(stem):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    spaced = re.sub(r"[_\-.]+", " ", stem)
    if match := _DAY_IN_WORDS.search(spaced):
        found = _as_date(f"{match[1] or '1'} {match[2]} {match[3]}", today, "dmy")
        if found is None:
            return None
        return found if match[1] else min(_month_end(found), today)
    years = re.findall(r"(?<!\d)20\d\d(?!\d)", spaced)
    if len(years) == 1:
        return min(date(int(years[0]), 12, 31), today)
    return None


def _month_end(day: date) -> date:
    return (pd.Timestamp(day) + pd.offsets.MonthEnd(0)).date()


def _as_date(text: str, today: date, order: str) -> date | None:
    cell = Column.of(np.array([text.strip()], dtype=object))
    day = convert_dates(cell, order=order, today=today).days[0]
    return None if np.isnat(day) else day.astype(object)


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day that the extract may describe.

    Attributes:
        day: The day.
        how: Where it comes from, in a sentence.
        sure: Whether the files say so themselves.
    """

    day: date
    how: str
    sure: bool


def days_found(
    tables: Sequence[DatedTable], announced: Iterable[tuple[str, date]], context: Context
) -> list[DayFound]:
    """Return the days the extract may describe, the most trustworthy first.

    In this order: a column with the date of the record, a date announced in a title, a date in a
    file's name that fits the latest event, the latest start or leaving date that is not in the
    future.

    Args:
        tables: Tables of people with their dates.
        announced: Where and which dates are announced in titles.
        context: Today and the names of the files.

    Returns:
        Different days; empty where nothing is dated.
    """
    found: list[DayFound] = []
    recorded = [
        each.snapshot[~np.isnat(each.snapshot)].max()
        for each in tables
        if each.snapshot is not None and (~np.isnat(each.snapshot)).any()
    ]
    if recorded:
        day = max(recorded).astype(object)
        found.append(DayFound(day, "It is the latest date of record in the files.", sure=True))
    titled = list(announced)
    if titled:
        place, day = max(titled, key=lambda pair: pair[1])
        found.append(DayFound(day, f"It is announced in “{place}”.", sure=True))
    events = _past_events(tables, context.today)
    latest = events.max().astype(object) if len(events) else None
    for name in context.files:
        if match := _IN_NAME.search(name):
            try:
                day = date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
            if day <= context.today and (latest is None or 0 <= (day - latest).days <= 366):
                found.append(DayFound(day, f"It is in the name of the file {name}.", sure=False))
                break
    before = _before_known_ahead(events)
    if before is not None:
        how = (
            "It is the latest start or leaving date before they thin out; the few later ones are "
            "taken as known in advance."
        )
        found.append(DayFound(before, how, sure=False))
    if latest is not None:
        how = "It is the latest start or leaving date that is not in the future."
        found.append(DayFound(latest, how, sure=False))
    different: dict[date, DayFound] = {}
    for each in found:
        different.setdefault(each.day, each)
    return list(different.values())


def decide_as_of(
    tables: Sequence[DatedTable], announced: Iterable[tuple[str, date]], context: Context
) -> date:
    """Decide the date of the extract and say how: what somebody said, else the best day found.

    Args:
        tables: Tables of people with their dates.
        announced: Where and which dates are announced in titles.
        context: Today, mapping, findings.

    Returns:
        The date.
    """
    if context.mapping.as_of is not None:
        return _said(context, context.mapping.as_of, "It is set in the mapping.")
    found = days_found(tables, announced, context)
    if found:
        return _said(context, found[0].day, found[0].how)
    return _without_dates(tables, context)


def _past_events(tables: Sequence[DatedTable], today: date) -> Dates:
    """Return all start and leaving dates that are not in the future, in order."""
    past = [np.empty(0, dtype="datetime64[D]")]
    for each in tables:
        for name in ("start_date", "leave_date"):
            days = each.dates.get(name)
            if days is not None:
                there = ~np.isnat(days) & (days <= np.datetime64(today)) & each.table.kept
                past.append(days[there])
    return np.sort(np.concatenate(past))


def _before_known_ahead(events: Dates) -> date | None:
    """Find the day after which starts and leaving dates are only those known in advance.

    An extract made weeks ago has a few dates that were in the future then. The rate of events
    before the day is that of the year before; the day is where a lower rate after it explains the
    dates best (a likelihood ratio of two Poisson rates), if it does so by far.

    Args:
        events: Start and leaving dates not in the future, sorted, shape (n,).

    Returns:
        The day, `None` where the dates do not thin out.
    """
    if not len(events):
        return None
    days = events.astype(int)
    latest = int(days[-1])
    recent = latest - _TAIL_DAYS
    before = int(((days > recent - _YEAR_DAYS) & (days <= recent)).sum())
    if before < _ENOUGH:
        return None
    rate = before / _YEAR_DAYS
    best, found = _BY_FAR, None
    for day in np.unique(days[days > recent])[:-1]:
        after, length = int((days > day).sum()), latest - int(day)
        lower = after / length
        gain = after * np.log(lower / rate) - (lower - rate) * length
        if lower < rate / _THINNER and gain > best:
            best, found = float(gain), int(day)
    return None if found is None else np.datetime64(found, "D").astype(object)


def _without_dates(tables: Sequence[DatedTable], context: Context) -> date:
    dated = [days for each in tables for days in each.dates.values() if (~np.isnat(days)).any()]
    if dated:
        context.notes.add(
            "dates-in-future",
            Severity.ERROR,
            f"Every start and leaving date lies after {day_text(context.today)}.",
            done="The files were read as of today, so nobody is in post yet.",
            advice="Check that day and month were not swapped and that the years are right.",
        )
    elif tables:
        context.notes.add(
            "no-dates",
            Severity.WARNING,
            "No start, leaving or extract date is given.",
            done="The extract counts as made today.",
            advice="Add start and leaving dates; without them rates come from the benchmark.",
        )
    return context.today


def _said(context: Context, day: date, how: str) -> date:
    context.notes.add(
        "as-of",
        Severity.INFO,
        f"The extract shows the organisation as at {day_text(day)}.",
        done=how,
        advice="Set another date in the mapping if that is wrong.",
    )
    return day


def observed_window(
    people: pd.DataFrame, as_of: date, first_snapshot: date | None, context: Context
) -> tuple[date, date] | None:
    """Return the days over which leaving could have been seen.

    Args:
        people: Records of people.
        as_of: Date of the extract.
        first_snapshot: Date of the first of several snapshots, if there are.
        context: For findings.

    Returns:
        First and last day, `None` where no leaver is given.
    """
    if not len(people):
        context.notes.add(
            "no-people",
            Severity.ERROR,
            "No list of people was found in the files.",
            done="Nothing can be said of stocks or leavers from them.",
            advice="Upload a list of staff with job titles and start dates, or use the template.",
        )
        return None
    left = people["leave_date"].dropna()
    left = left[left <= pd.Timestamp(as_of)]
    if not len(left) and first_snapshot is not None:
        return first_snapshot, as_of
    if not len(left):
        context.notes.add(
            "no-leavers",
            Severity.WARNING,
            "No leavers are given.",
            done="Rates of leaving cannot be estimated from these files; the benchmark stands in.",
            advice="Add a list of leavers of the last two to five years, with leaving dates.",
        )
        return None
    months = left.dt.to_period("M").sort_values()
    start = months.iloc[0]
    gaps = months.drop_duplicates()
    few = max(2, int(0.01 * len(months)))
    for earlier, later in zip(gaps.iloc[:few], gaps.iloc[1 : few + 1], strict=False):
        if (later - earlier).n > 24 and (months <= earlier).sum() <= few:
            start = later
            context.notes.add(
                "stray-leavers",
                Severity.WARNING,
                f"A few leaving dates lie years before all others, up to {earlier}.",
                done=f"Leaving is taken to be recorded from {later} on.",
                advice="Check these dates in the HR system.",
            )
    opening = start.start_time.date()
    return (min(first_snapshot, opening) if first_snapshot else opening), as_of
