"""What the files leave open and only somebody who knows them can settle, each with its effect."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from workforce.intake.asof import DayFound
from workforce.intake.columns import unit_in
from workforce.intake.context import Context
from workforce.intake.dates import convert_dates, order_votes
from workforce.intake.fields import FIELDS
from workforce.intake.notes import day_text
from workforce.intake.numbers import convert_numbers
from workforce.intake.service import DatedTable
from workforce.intake.table import Table
from workforce.intake.units import CHOICES, FloatArray, full_time_week, to_unit

__all__ = ["Choice", "Place", "Question", "ask"]

Place = tuple[str, str, int]
"""File, sheet and which table of the sheet."""

_PEOPLE: Final = ("staff", "leavers", "starters")
_UNIT_LABELS: Final = {
    "share": "Shares of full time (1 is full time)",
    "percent": "Percentages (100 is full time)",
    "hours": "Hours a week",
    "hours a month": "Hours a month",
    "hours a year": "Hours a year",
    "a year": "Pay a year",
    "a month": "Pay a month",
    "a week": "Pay a week",
    "a day": "Pay a day",
    "an hour": "Pay an hour",
    "not used": "Do not use it",
}
_ASKED: Final = {
    "fte": "In what are the numbers in “{}” given?",
    "hours": "Over which time are the hours in “{}”?",
    "salary": "For which time is the pay in “{}”?",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer.

    Attributes:
        value: As it stands in a mapping.
        label: As a person reads it.
        effect: What follows from it, with numbers.
    """

    value: str
    label: str
    effect: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        topic: `date_order`, `as_of` or `unit`.
        text: The question.
        why: Why it is asked.
        choices: Answers, at least two.
        taken: The answer that was taken, given or presumed.
        answered: Whether somebody gave it.
        column: Heading it is about, empty where it is about no single one.
        places: Tables it is about.
    """

    topic: str
    text: str
    why: str
    choices: tuple[Choice, ...]
    taken: str
    answered: bool
    column: str = ""
    places: tuple[Place, ...] = ()


def ask(
    tables: Sequence[Table],
    dated: Sequence[DatedTable],
    days: Sequence[DayFound],
    context: Context,
) -> tuple[Question, ...]:
    """Return what has to be asked, questions already answered included.

    Args:
        tables: Tables that are read, matched, their cells still there.
        dated: Those of people among them, with their dates.
        days: Days the extract may describe, the one taken first.
        context: What the reading shares.
    """
    found = [_date_order(tables, context), *_units(tables, context), _day(dated, days, context)]
    return tuple(each for each in found if each is not None)


# -- the order of day and month -------------------------------------------------------------------


def _date_order(tables: Sequence[Table], context: Context) -> Question | None:
    example, headings, places = "", [], []
    changed, future = 0, {"dmy": 0, "mdy": 0}
    for table in tables:
        if context.votes and table.file in context.votes and context.votes[table.file].order:
            continue
        for index, match in enumerate(table.matches):
            field = FIELDS.get(match.field or "")
            if not match.used or field is None or field.holds != "date" or field.personal:
                continue
            column = table.column_at(index)
            votes = order_votes(column)
            if votes.order or not votes.undecided:
                continue
            read = {
                order: convert_dates(column, order=order, today=context.today).days
                for order in future
            }
            differ = (read["dmy"] != read["mdy"]) & ~(np.isnat(read["dmy"]) & np.isnat(read["mdy"]))
            rows = np.flatnonzero(differ & table.kept)
            if not len(rows):
                continue
            changed += len(rows)
            for order, read_days in read.items():
                future[order] += int((read_days[table.kept] > np.datetime64(context.today)).sum())
            example = example or str(column.uniques[column.codes[rows[0]]]).strip()
            headings.append(match.column)
            places.append((table.file, table.sheet, table.place))
    if not example:
        return None
    listed = ", ".join(f"“{each}”" for each in dict.fromkeys(headings))
    return Question(
        "date_order",
        f"Is {example} written with the day or the month first?",
        f"Nothing in {listed} settles it, and {changed:,} dates depend on it.",
        tuple(
            Choice(order, label, _order_effect(example, order, future[order], context.today))
            for order, label in (("dmy", "Day first"), ("mdy", "Month first"))
        ),
        context.mapping.date_order or "dmy",
        answered=bool(context.mapping.date_order),
        places=tuple(dict.fromkeys(places)),
    )


def _order_effect(example: str, order: str, future: int, today: date) -> str:
    from workforce.intake.missing import Column

    cell = Column.of(np.array([example], dtype=object))
    day = convert_dates(cell, order=order, today=today).days[0].astype(object)
    later = f"; {future:,} dates would lie in the future" if future else ""
    return f"{example} is {day_text(day)}{later}."


# -- units ----------------------------------------------------------------------------------------


def _units(tables: Sequence[Table], context: Context) -> Iterable[Question]:
    asked: dict[tuple[str, str], list[tuple[Table, FloatArray]]] = {}
    for table in tables:
        for field in CHOICES:
            values = table.column(field)
            if values is None or (field == "hours" and table.column("fte") is not None):
                continue
            numbers, _ = convert_numbers(values)
            present = numbers[np.isfinite(numbers) & (numbers > 0) & table.kept]
            heading = table.heading(field)
            said = heading in context.said_of(table).units
            if len(present) and (said or not unit_in(table, field, context, numbers).sure):
                asked.setdefault((field, heading), []).append((table, numbers))
    for (field, heading), held in asked.items():
        yield _unit(field, heading, held, context)


def _unit(
    field: str, heading: str, held: Sequence[tuple[Table, FloatArray]], context: Context
) -> Question:
    table, numbers = held[0]
    unit = unit_in(table, field, context, numbers)
    present = np.concatenate([n[np.isfinite(n) & (n > 0) & t.kept] for t, n in held])
    return Question(
        "unit",
        _ASKED[field].format(heading),
        f"{unit.why[:1].upper()}{unit.why[1:]}." if unit.why else "You have said so.",
        tuple(
            Choice(name, _UNIT_LABELS[name], _unit_effect(field, name, present))
            for name in CHOICES[field]
        ),
        unit.name,
        answered=heading in context.said_of(table).units,
        column=heading,
        places=tuple((each.file, each.sheet, each.place) for each, _ in held),
    )


def _unit_effect(field: str, unit: str, present: FloatArray) -> str:
    if unit == "not used":
        return "Grade bands come from grades and titles alone."
    if field == "salary":
        typical = float(np.median(to_unit(present, field, unit)))
        return f"A typical pay is £{typical:,.0f} a year."
    weekly = present if field == "hours" or unit == "hours" else None
    if field == "hours":
        weekly = to_unit(present, "hours", unit)
    week = full_time_week(weekly) if weekly is not None else 1.0
    shares = weekly / week if weekly is not None else to_unit(present, "fte", unit)
    total, people = float(shares.sum()), len(shares)
    return f"{people:,} people are {total:,.1f} FTE, {total / people:.2f} each."


# -- the day the files describe -------------------------------------------------------------------


def _day(
    dated: Sequence[DatedTable], days: Sequence[DayFound], context: Context
) -> Question | None:
    said = context.mapping.as_of
    sure = [each for each in days if each.sure]
    if not dated or (not said and len(sure) == 1):
        return None
    options = {each.day: each.how for each in days}
    options.setdefault(context.today, "It is today.")
    if said:
        options.setdefault(said, "You have set it.")
    taken = said or (days[0].day if days else context.today)
    if len(sure) > 1:
        why = "The files name several days."
    elif days:
        why = "No title and no column says it, so the best sign was taken."
    else:
        why = "Nothing in the files is dated."
    return Question(
        "as_of",
        "Which day do the files describe?",
        why + " People who leave after it are still in post.",
        tuple(
            Choice(day.isoformat(), day_text(day), f"{how} {_day_effect(dated, day)}".strip())
            for day, how in options.items()
        ),
        taken.isoformat(),
        answered=said is not None,
    )


def _day_effect(dated: Sequence[DatedTable], day: date) -> str:
    at = np.datetime64(day)
    known = joining = 0
    for each in dated:
        kept = each.table.kept
        leave, start = each.dates.get("leave_date"), each.dates.get("start_date")
        known += int(((leave > at) & kept).sum()) if leave is not None else 0
        joining += int(((start > at) & kept).sum()) if start is not None else 0
    return f"{known:,} known leavers and {joining:,} known starters lie ahead of it."
