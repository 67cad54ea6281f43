"""Tables of people to tidy records: one a person and assignment, nothing lost in silence."""

from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.findings import Severity
from workforce.intake import columns
from workforce.intake.causes import NOT_A_LEAVER
from workforce.intake.context import Context, Dates, read_dates
from workforce.intake.grades import grade_bands
from workforce.intake.missing import ObjectArray, filled
from workforce.intake.numbers import convert_numbers
from workforce.intake.privacy import (
    age_bands_from_ages,
    age_bands_from_births,
    age_from_band_text,
    hash_identifiers,
    row_key,
)
from workforce.intake.service import (
    DATES,
    DatedTable,
    is_series,
    leave_dates,
    no_dates,
    recorded_days,
    start_dates,
)
from workforce.intake.table import Table

__all__ = ["PEOPLE_COLUMNS", "empty_people", "read_people"]

PEOPLE_COLUMNS: Final = (
    "person", "job_title", "family", "role_confidence", "department", "location", "grade",
    "grade_band", "fte", "salary", "start_date", "role_start_date", "leave_date", "leave_reason",
    "cause", "contract", "contract_end_date", "age_band", "source", "file", "sheet", "row",
)  # fmt: skip


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
    start = start_dates(dated, context, as_of)
    leave = leave_dates(dated, context, as_of)
    leaves = ~np.isnat(leave)
    reason, cause = columns.causes(table, context, leaves, in_series=is_series(dated))
    moved = (cause == NOT_A_LEAVER) & table.kept
    if moved.any():
        _moved(table, context, moved)
    _leave_out_reversed(table, context, start, leave)
    fte = columns.fte(table, context)
    salary = columns.pay(table, context)
    titles, grades = columns.texts(table, "job_title"), columns.texts(table, "grade")
    recorded = recorded_days(dated, as_of)
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
            "role_start_date": _seconds(dated.dates.get("role_start_date", no_dates(size))),
            "leave_date": _seconds(leave),
            "leave_reason": reason,
            "cause": np.where(cause == NOT_A_LEAVER, "", cause),
            "contract": columns.contracts(table),
            "contract_end_date": _seconds(dated.dates.get("contract_end_date", no_dates(size))),
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
    for name in DATES:
        frame[name] = frame[name].astype("datetime64[s]")
    frame["row"] = frame["row"].astype(int)
    return frame


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
