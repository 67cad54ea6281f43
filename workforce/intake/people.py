"""Tables of people to tidy records: one a person and assignment, nothing lost in silence."""

from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.findings import Severity
from workforce.intake import columns
from workforce.intake.causes import NOT_A_LEAVER
from workforce.intake.column import Column
from workforce.intake.context import Context, Dates, read_dates
from workforce.intake.grades import grade_bands, guessed_scale
from workforce.intake.missing import filled
from workforce.intake.numbers import convert_numbers
from workforce.intake.privacy import (
    age_bands_from_ages,
    age_bands_from_births,
    age_from_band_text,
    hashed,
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
from workforce.intake.textcolumns import changed, constant, strings, text_column, where

__all__ = ["PEOPLE_COLUMNS", "empty_people", "read_people"]

PEOPLE_COLUMNS: Final = (
    "person", "job_title", "family", "role_confidence", "department", "location", "grade",
    "grade_band", "fte", "salary", "start_date", "role_start_date", "leave_date", "leave_reason",
    "cause", "contract", "contract_end_date", "first_seen_date", "age_band", "source", "file",
    "sheet", "row",
)  # fmt: skip
_SCALES: Final = {
    "tier": "tiers of seniority",
    "band": "bands such as those of the NHS",
    "grade": "a council's grades",
    "scp": "points of a council's pay spine",
}


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
    moved = where(cause, NOT_A_LEAVER) & table.kept
    if moved.any():
        _moved(table, context, moved)
    _leave_out_reversed(table, context, start, leave)
    fte = columns.fte(table, context)
    salary = columns.pay(table, context)
    titles, grades = text_column(table, "job_title"), text_column(table, "grade")
    recorded = recorded_days(dated, as_of)
    _say_scale(table, grades, context)
    end_of_record = np.where(leaves, np.minimum(leave, recorded), recorded)
    frame = pd.DataFrame(
        {
            "person": strings(person),
            "job_title": strings(titles),
            "family": strings(constant("", size)),
            "role_confidence": np.full(size, np.nan),
            "department": strings(text_column(table, "department")),
            "location": strings(text_column(table, "location")),
            "grade": strings(grades),
            "grade_band": strings(grade_bands(grades, salary, titles)),
            "fte": fte,
            "salary": salary,
            "start_date": _seconds(start),
            "role_start_date": _seconds(dated.dates.get("role_start_date", no_dates(size))),
            "leave_date": _seconds(leave),
            "leave_reason": strings(reason),
            "cause": strings(changed(cause, lambda text: "" if text == NOT_A_LEAVER else text)),
            "contract": strings(columns.contracts(table)),
            "contract_end_date": _seconds(dated.dates.get("contract_end_date", no_dates(size))),
            "first_seen_date": _seconds(no_dates(size)),
            "age_band": strings(_ages(table, context, end_of_record.astype("datetime64[D]"))),
            "source": strings(constant(table.kind, size)),
            "file": strings(constant(table.file, size)),
            "sheet": strings(constant(table.sheet, size)),
            "row": table.rows,
        },
        copy=False,
    )
    _leave_out_duplicates(dated, context, frame, person)
    kept = table.kept
    return frame if kept.all() else frame[kept].reset_index(drop=True)


def empty_people() -> pd.DataFrame:
    """Return the frame of people with no rows and the right types."""
    frame = pd.DataFrame({name: pd.Series(dtype="str") for name in PEOPLE_COLUMNS})
    for name in ("fte", "salary", "role_confidence"):
        frame[name] = frame[name].astype(float)
    for name in (*DATES, "first_seen_date"):
        frame[name] = frame[name].astype("datetime64[s]")
    frame["row"] = frame["row"].astype(int)
    return frame


def _seconds(days: Dates) -> NDArray[np.datetime64]:
    return days.astype("datetime64[s]")


def _say_scale(table: Table, grades: Column, context: Context) -> None:
    """Say that bare numbers were taken for points of a scale, which is a guess."""
    scale = guessed_scale(grades)
    if not scale:
        return
    context.notes.add(
        "grade-scale-guessed",
        Severity.INFO,
        f"“{table.heading('grade')}” holds bare numbers, and nothing says which scale they are on.",
        done=f"Read as {_SCALES[scale]}, from the highest of them, to tell junior from senior.",
        advice="Give the scale's name with the number, for example “Band 6” or “SCP 23”.",
        table=table,
        column=table.heading("grade"),
    )


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


def _keys(table: Table, context: Context) -> Column:
    values = table.column("employee_id")
    keys = constant("", len(table.rows)) if values is None else hashed(values, context.salt)
    blank = np.flatnonzero(where(keys, ""))
    if len(blank):
        own = [row_key(table.file, table.sheet, int(table.rows[i]), context.salt) for i in blank]
        codes = keys.codes.copy()
        codes[blank] = np.arange(len(blank), dtype=np.int32) + len(keys.uniques)
        keys = Column(codes, np.append(keys.uniques, np.array(own, dtype=object)))
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


def _ages(table: Table, context: Context, at: Dates) -> Column:
    births = read_dates(table, "birth_date", context, birth=True)
    if births is not None and not np.isnat(births).all():
        return age_bands_from_births(births, at)
    values = table.column("age")
    if values is None:
        return constant("unknown", len(table.rows))
    ages, bad = convert_numbers(values)
    if bad.any():
        middles = [age_from_band_text(str(value)) for value in values.uniques]
        ages = np.where(bad, np.array(middles, dtype=float)[values.codes], ages)
    return age_bands_from_ages(ages)


def _leave_out_duplicates(
    dated: DatedTable, context: Context, frame: pd.DataFrame, person: Column
) -> None:
    """Leave out rows that say the same of the same person again."""
    table, snapshot = dated.table, dated.snapshot
    if table.column("employee_id") is None:
        return
    repeated = _several(person) & table.kept
    if not repeated.any():
        return
    some = frame[repeated].drop(columns=["row", "family", "role_confidence"])
    post = text_column(table, "post_id").at(np.flatnonzero(repeated))
    some = some.assign(post=strings(post), snapshot="")
    if snapshot is not None:
        some = some.assign(snapshot=snapshot[repeated].astype(str))
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


def _several(keys: Column) -> NDArray[np.bool_]:
    """Return where a key stands in several rows, shape (n,)."""
    first: dict[object, int] = {}
    # Two spellings of an identifier have the same key.
    same = np.array([first.setdefault(k, i) for i, k in enumerate(keys.uniques)], dtype=np.int32)
    codes = same[keys.codes] if len(same) else keys.codes
    return np.asarray(np.bincount(codes, minlength=1)[codes] > 1, dtype=bool)
