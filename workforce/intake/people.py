"""Tables of people to tidy records: one a person and assignment, nothing lost in silence."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.findings import Severity
from workforce.intake import columns
from workforce.intake.causes import NOT_A_LEAVER
from workforce.intake.context import Context, Dates, read_dates
from workforce.intake.contracts import IN_POST, LEFT
from workforce.intake.grades import grade_band
from workforce.intake.missing import Column, ObjectArray, filled
from workforce.intake.notes import day_text, rows_at
from workforce.intake.numbers import convert_numbers
from workforce.intake.privacy import (
    age_bands_from_ages,
    age_bands_from_births,
    age_from_band_text,
    hash_identifiers,
    row_key,
)
from workforce.intake.table import Table
from workforce.intake.words import fold_heading

__all__ = ["PEOPLE_COLUMNS", "DatedTable", "date_table", "empty_people", "read_people"]

PEOPLE_COLUMNS: Final = (
    "person", "job_title", "family", "role_confidence", "department", "location", "grade",
    "grade_band", "fte", "salary", "start_date", "role_start_date", "leave_date", "leave_reason",
    "cause", "contract", "contract_end_date", "age_band", "source", "file", "sheet", "row",
)  # fmt: skip
_DATES: Final = ("start_date", "role_start_date", "leave_date", "contract_end_date")


@dataclass(slots=True)
class DatedTable:
    """A table of people whose dates have been read.

    Attributes:
        table: The table.
        dates: datetime64[D] by field; only fields that have a column.
        snapshot: Date of the record, `None` where there is no such column.
        status: `left`, `in post` or empty by row.
    """

    table: Table
    dates: dict[str, Dates]
    snapshot: Dates | None
    status: ObjectArray


def date_table(table: Table, context: Context) -> DatedTable:
    """Read the dates and statuses of a table of people."""
    found = {name: read_dates(table, name, context) for name in _DATES}
    snapshot = read_dates(table, "snapshot_date", context)
    if snapshot is not None and _is_year(table):
        # A yearly record is of the whole year: it is placed at its end.
        years = snapshot.astype("datetime64[Y]")
        snapshot = np.where(
            np.isnat(snapshot), snapshot, (years + 1).astype("datetime64[D]") - 1
        ).astype("datetime64[D]")
    return DatedTable(
        table,
        {name: days for name, days in found.items() if days is not None},
        snapshot,
        columns.statuses(table),
    )


def _is_year(table: Table) -> bool:
    index = next(
        (i for i, m in enumerate(table.matches) if m.field == "snapshot_date" and m.used), None
    )
    return index is not None and table.profiles[index].of("year") > 0.9


def read_people(dated: DatedTable, context: Context, as_of: date) -> pd.DataFrame:
    """Turn a table of people into records; rows that are none are left out with a reason.

    Args:
        dated: The table with its dates.
        context: What the reading shares.
        as_of: Date of the extract.

    Returns:
        One row a kept row, with the columns of `PEOPLE_COLUMNS` (families still empty).
    """
    table = dated.table
    size = len(table.rows)
    _leave_out_blank(table, context)
    person = _keys(table, context)
    start = _starts(dated, context, as_of)
    leave = _leaves(dated, context, as_of)
    leaves = ~np.isnat(leave)
    reason, cause = columns.causes(table, context, leaves, in_series=is_series(dated))
    moved = (cause == NOT_A_LEAVER) & table.kept
    if moved.any():
        _moved(table, context, moved)
    _leave_out_reversed(table, context, start, leave)
    fte = columns.fte(table, context)
    salary = columns.pay(table, context)
    titles, grades = columns.texts(table, "job_title"), columns.texts(table, "grade")
    recorded = _recorded(dated, as_of)
    end_of_record = np.where(leaves, np.minimum(leave, recorded), recorded)
    frame = pd.DataFrame(
        {
            "person": person,
            "job_title": titles,
            "family": np.full(size, "", dtype=object),
            "role_confidence": np.full(size, np.nan),
            "department": columns.texts(table, "department"),
            "location": columns.texts(table, "location"),
            "grade": grades,
            "grade_band": grade_bands(grades, salary, titles),
            "fte": fte,
            "salary": salary,
            "start_date": _seconds(start),
            "role_start_date": _seconds(dated.dates.get("role_start_date", _none(size))),
            "leave_date": _seconds(leave),
            "leave_reason": reason,
            "cause": np.where(cause == NOT_A_LEAVER, "", cause),
            "contract": columns.contracts(table),
            "contract_end_date": _seconds(dated.dates.get("contract_end_date", _none(size))),
            "age_band": _ages(table, context, end_of_record.astype("datetime64[D]")),
            "source": np.full(size, table.kind, dtype=object),
            "file": np.full(size, table.file, dtype=object),
            "sheet": np.full(size, table.sheet, dtype=object),
            "row": table.rows,
        }
    )
    post = columns.texts(table, "post_id")
    marks = {"post": post}
    if dated.snapshot is not None:
        marks["snapshot"] = dated.snapshot.astype(object)
    _leave_out_duplicates(table, context, frame, marks)
    return frame[table.kept].reset_index(drop=True)


def empty_people() -> pd.DataFrame:
    """Return the frame of people with no rows and the right types."""
    frame = pd.DataFrame({name: pd.Series(dtype="str") for name in PEOPLE_COLUMNS})
    for name in ("fte", "salary", "role_confidence"):
        frame[name] = frame[name].astype(float)
    for name in _DATES:
        frame[name] = frame[name].astype("datetime64[s]")
    frame["row"] = frame["row"].astype(int)
    return frame


def grade_bands(
    grades: ObjectArray, salary: NDArray[np.float64], titles: ObjectArray
) -> ObjectArray:
    """Return the band of each row; equal rows are judged once, pay to the nearest thousand."""
    known = salary[np.isfinite(salary)]
    # The edges of pay are in pounds: a list with pay like this is in another currency.
    foreign = len(known) > 0 and float(np.median(known)) > 55_000
    usable = np.isfinite(salary) & (not foreign)
    thousands = np.where(usable, np.round(salary, -3), -1.0)
    grades = _named_numbers(grades)
    triples = Column.of(
        np.fromiter(zip(grades, titles, thousands, strict=True), dtype=object, count=len(grades))
    )
    bands = np.empty(len(triples.uniques), dtype=object)
    for index, (grade, title, pay) in enumerate(triples.uniques):
        bands[index] = str(grade_band(grade, pay if pay >= 0 else float("nan"), title))
    return triples.spread(bands)


def _named_numbers(grades: ObjectArray) -> ObjectArray:
    """Say of bare numbers which scale they are on, told from the highest of them."""
    column = Column.of(grades)
    uniques = column.uniques
    bare = [int(text) for text in uniques if text.isdigit() and len(text) <= 2]
    if not bare or len(bare) < 0.6 * sum(bool(text) for text in uniques):
        return grades
    highest = max(bare)
    scale = (
        "tier" if highest <= 6 else "band" if highest <= 9 else "grade" if highest <= 19 else "scp"
    )
    named = [f"{scale} {int(t)}" if t.isdigit() and len(t) <= 2 else t for t in uniques]
    return column.spread(np.array(named, dtype=object))


def _none(size: int) -> Dates:
    return np.full(size, np.datetime64("NaT"), dtype="datetime64[D]")


def _seconds(days: Dates) -> NDArray[np.datetime64]:
    return days.astype("datetime64[s]")


def _leave_out_blank(table: Table, context: Context) -> None:
    known = np.zeros(len(table.rows), dtype=bool)
    for name in ("employee_id", "job_title", "start_date", "salary", "grade", "age", "tenure"):
        values = table.column(name)
        if values is not None and not known.all():
            known |= filled(values)
    rows = table.leave_out(~known, "It has neither an employee number nor a job title.")
    if rows:
        context.notes.add(
            "blank-key",
            Severity.WARNING,
            f"{len(rows):,} rows have neither an employee number nor a job title.",
            done="Left out.",
            advice="If these are people, give them a number or a title in the extract.",
            table=table,
            rows=rows,
        )


def _keys(table: Table, context: Context) -> ObjectArray:
    values = table.column("employee_id")
    keys = (
        hash_identifiers(values, context.salt)
        if values is not None
        else np.full(len(table.rows), "", dtype=object)
    )
    blank = np.flatnonzero(keys == "")
    for index in blank:
        keys[index] = row_key(table.file, table.sheet, int(table.rows[index]), context.salt)
    kept_blank = [int(table.rows[i]) for i in blank if int(i) not in table.left_out]
    if kept_blank:
        context.notes.add(
            "no-identifier",
            Severity.INFO if values is None else Severity.WARNING,
            "There is no column with an employee number."
            if values is None
            else f"{len(kept_blank):,} rows have no employee number.",
            done="Each of these rows counts as a person of its own.",
            advice="Add the employee number, so that the same person is recognised in every list.",
            table=table,
            rows=() if values is None else kept_blank,
        )
    return keys


def _starts(dated: DatedTable, context: Context, as_of: date) -> Dates:
    """Return start dates, worked out from the length of service where there are none."""
    table = dated.table
    start = dated.dates.get("start_date", _none(len(table.rows))).copy()
    values = table.column("tenure")
    if values is not None and "start_date" not in dated.dates:
        lengths, _ = convert_numbers(values)
        heading = fold_heading(table.heading("tenure"))
        present = lengths[np.isfinite(lengths)]
        months = "month" in heading or heading == "stag" or (
            "year" not in heading and len(present) > 0 and float(present.max()) > 65
        )  # fmt: skip
        days = lengths * (365.25 / 12 if months else 365.25)
        known = np.isfinite(days) & (days >= 0) & ~_counted_from_first(dated, lengths, context)
        ends = np.datetime64(as_of) if dated.snapshot is None else dated.snapshot
        worked_out = ends - np.where(known, np.round(days), 0).astype("timedelta64[D]")
        start = np.where(known, worked_out, start).astype("datetime64[D]")
        if known.any():
            context.notes.add(
                "start-from-tenure",
                Severity.INFO,
                f"There is no start date; “{table.heading('tenure')}” gives the length of service "
                f"in {'months' if months else 'years'}.",
                done="Start dates were worked out from it.",
                advice="Add the start date to the extract; it is more exact.",
                table=table,
                column=table.heading("tenure"),
            )
    missing = np.isnat(start) & table.kept
    if missing.any():
        context.notes.add(
            "start-missing",
            Severity.WARNING if missing.mean() < 1 else Severity.INFO,
            f"{int(missing.sum()):,} rows have no start date.",
            done="Kept; their length of service is unknown.",
            advice="Add the start date, because leaving depends on length of service.",
            table=table,
            rows=rows_at(table, missing) if missing.sum() < table.kept.sum() else (),
        )
    late = (start > np.datetime64(as_of)) & table.kept
    if late.any():
        context.notes.add(
            "future-start",
            Severity.INFO,
            f"{int(late.sum()):,} people start after {day_text(as_of)}.",
            done="Kept as known starters; they are not in post yet.",
            table=table,
            rows=rows_at(table, late),
        )
    return start


def _counted_from_first(
    dated: DatedTable, lengths: NDArray[np.float64], context: Context
) -> NDArray[np.bool_]:
    """Tell service that is counted from the first snapshot on, so says nothing of the real start.

    Where everybody in the first of several snapshots has the same service, it began with the file.
    """
    nobody = np.zeros(len(lengths), dtype=bool)
    if not is_series(dated):
        return nobody
    assert dated.snapshot is not None  # noqa: S101 - is_series has looked
    first = dated.snapshot == dated.snapshot[~np.isnat(dated.snapshot)].min()
    there = lengths[first & np.isfinite(lengths)]
    if len(there) < 10 or float(there.max() - there.min()) > 0:
        return nobody
    context.notes.add(
        "service-truncated",
        Severity.WARNING,
        f"“{dated.table.heading('tenure')}” is counted from the first extract on: everybody in it "
        "has the same length of service.",
        done="Not used. People in the first extract have an unknown start date; others began "
        "between the extract before and the first one that has them.",
        advice="Add the real start date.",
        table=dated.table,
        column=dated.table.heading("tenure"),
    )
    return ~nobody


def is_series(dated: DatedTable) -> bool:
    """Return whether a table lists the same people at several dates."""
    if dated.snapshot is None:
        return False
    days = dated.snapshot[~np.isnat(dated.snapshot)]
    if len(days) < 0.8 * len(dated.snapshot) or not len(days):
        return False
    return 2 <= len(np.unique(days)) <= max(2, len(days) // 3)


def _leaves(dated: DatedTable, context: Context, as_of: date) -> Dates:
    """Return leave dates; somebody marked as having left without one cannot be placed in time."""
    table = dated.table
    leave = dated.dates.get("leave_date", _none(len(table.rows)))
    undated = np.isnat(leave) & table.kept
    if table.kind == "leavers":
        rows = table.leave_out(undated, "It is in a list of leavers and has no leaving date.")
    else:
        rows = table.leave_out(
            undated & (dated.status == LEFT),
            "The person is marked as having left, with no date, so cannot be placed in time.",
        )
    if rows:
        context.notes.add(
            "leaver-undated",
            Severity.WARNING,
            f"{len(rows):,} people are marked as having left, and no leaving date is given.",
            done="Left out: no rate of leaving can be worked out without dates.",
            advice="Add the leaving date; until then benchmark rates stand in.",
            table=table,
            rows=rows,
        )
    future = (leave > np.datetime64(as_of)) & table.kept
    if future.any():
        context.notes.add(
            "known-exit",
            Severity.INFO,
            f"{int(future.sum()):,} people have a leaving date after {day_text(as_of)}.",
            done="Kept in post until then, as known exits.",
            table=table,
            rows=rows_at(table, future),
        )
    conflict = ~np.isnat(leave) & (leave <= np.datetime64(as_of)) & (dated.status == IN_POST)
    if (conflict & table.kept).any() and table.kind == "staff" and not is_series(dated):
        context.notes.add(
            "status-against-date",
            Severity.WARNING,
            f"{int((conflict & table.kept).sum()):,} people are marked as in post and have a "
            "leaving date in the past.",
            done="The date was believed.",
            advice="Check these people in the HR system.",
            table=table,
            rows=rows_at(table, conflict & table.kept),
        )
    return leave


def _moved(table: Table, context: Context, moved: NDArray[np.bool_]) -> None:
    rows = table.leave_out(moved, "It is an internal move or a clerical ending, not a leaver.")
    context.notes.add(
        "not-a-leaver",
        Severity.INFO,
        f"{len(rows):,} rows are internal moves or clerical endings by their reason.",
        done="Left out: the people have not left the organisation.",
        advice="Set the cause of the reason on the Data page if they have.",
        table=table,
        column=table.heading("leave_reason"),
        rows=rows,
    )


def _leave_out_reversed(table: Table, context: Context, start: Dates, leave: Dates) -> None:
    rows = table.leave_out(leave < start, "Its leaving date lies before its start date.")
    if rows:
        context.notes.add(
            "end-before-start",
            Severity.WARNING,
            f"{len(rows):,} rows have a leaving date before the start date.",
            done="Left out.",
            advice="Correct the dates in the HR system.",
            table=table,
            rows=rows,
        )


def _recorded(dated: DatedTable, as_of: date) -> Dates:
    """Return the day each row describes: its own where it has one, else that of the extract."""
    day = np.full(len(dated.table.rows), np.datetime64(as_of))
    if dated.snapshot is None:
        return day
    return np.where(np.isnat(dated.snapshot), day, np.minimum(dated.snapshot, day)).astype(
        "datetime64[D]"
    )


def _ages(table: Table, context: Context, at: Dates) -> ObjectArray:
    births = read_dates(table, "birth_date", context, birth=True)
    if births is not None and not np.isnat(births).all():
        return age_bands_from_births(births, at)
    values = table.column("age")
    if values is None:
        return np.full(len(table.rows), "unknown", dtype=object)
    ages, bad = convert_numbers(values)
    if bad.any():
        middles = [age_from_band_text(str(value)) for value in values.uniques]
        ages = np.where(bad, np.array(middles, dtype=float)[values.codes], ages)
    return age_bands_from_ages(ages)


def _leave_out_duplicates(
    table: Table, context: Context, frame: pd.DataFrame, marks: dict[str, ObjectArray]
) -> None:
    """Leave out rows that say the same of the same person again."""
    if table.column("employee_id") is None:
        return
    kept = table.kept
    repeated = frame["person"].duplicated(keep=False).to_numpy() & kept
    if not repeated.any():
        return
    some = frame[repeated].drop(columns=["row", "family", "role_confidence"])
    some = some.assign(**{name: values[repeated].astype(str) for name, values in marks.items()})
    again = np.zeros(len(frame), dtype=bool)
    again[np.flatnonzero(repeated)] = some.duplicated(keep="first").to_numpy()
    rows = table.leave_out(again, "It repeats an earlier row.")
    if rows:
        context.notes.add(
            "duplicate-row",
            Severity.INFO,
            f"{len(rows):,} rows repeat an earlier row of the same person.",
            done="Left out.",
            table=table,
            rows=rows,
        )
