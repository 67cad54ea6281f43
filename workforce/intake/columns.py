"""Columns of one table turned into arrays: texts, FTE, pay, contracts, causes."""

import re
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import Contract
from workforce.domain.findings import Severity
from workforce.intake.context import Context
from workforce.intake.contracts import read_contract, read_status
from workforce.intake.missing import Column, ObjectArray, filled
from workforce.intake.notes import rows_at
from workforce.intake.numbers import convert_numbers
from workforce.intake.table import Table
from workforce.intake.textcolumns import (
    changed,
    constant,
    first_known,
    known,
    only_where,
    text_column,
    where,
)
from workforce.intake.units import (
    CHOICES,
    FULL_TIME_WEEK,
    Unit,
    full_time_week,
    to_unit,
    unit_of,
)

__all__ = [
    "causes",
    "contracts",
    "fte",
    "known_texts",
    "mapped",
    "numbers",
    "pay",
    "statuses",
    "texts",
    "unit_in",
]

FloatArray = NDArray[np.float64]
_MAX_FTE: Final = 1.2
_SUSPECT: Final = re.compile(r"^[=+@\-]")


def texts(table: Table, name: str) -> ObjectArray:
    """Return a field as texts, empty where missing or where there is no such column."""
    return text_column(table, name).values


def known_texts(values: Column) -> ObjectArray:
    """Return cells as texts, empty where something stands for “missing”, shape (n,)."""
    return known(values).values


def mapped(values: Column | ObjectArray, change: Callable[[str], str]) -> ObjectArray:
    """Return texts changed by distinct value, shape (n,)."""
    column = values if isinstance(values, Column) else Column.of(values)
    return changed(column, change).values


def numbers(table: Table, name: str, context: Context) -> FloatArray | None:
    """Return a field as numbers, saying where something stands that is none."""
    values = table.column(name)
    if values is None:
        return None
    read, bad = convert_numbers(values)
    bad &= table.kept
    if bad.any():
        heading = table.heading(name)
        context.notes.add(
            "number-unreadable",
            Severity.WARNING,
            f"“{heading}” holds something that is no number in {int(bad.sum()):,} rows.",
            done="Treated as missing.",
            advice="Correct these cells in the system they come from.",
            table=table,
            column=heading,
            rows=rows_at(table, bad),
        )
    return read


def fte(table: Table, context: Context) -> FloatArray:
    """Return the FTE of each row, above 0 and at most 1.2.

    Read from the FTE column (numbers, percentages, “full time”), else from weekly hours divided by
    the full-time week, which is the most usual number of hours if that is a full week. Where there
    is neither, or the value is impossible, a row counts as 1.0, and a finding says so.
    """
    values = table.column("fte")
    read = numbers(table, "fte", context) if values is not None else None
    if values is not None and read is not None:
        full = (
            mapped(values, lambda text: "1" if re.search(r"full.?time", text, re.I) else "") == "1"
        )
        read = np.where(full & ~np.isfinite(read), 1.0, read)
        read = _hours_among_fte(table, context, _as_shares(table, context, read))
    hours = _fte_from_hours(table, context) if read is None or np.isnan(read).any() else None
    if read is None:
        read = hours if hours is not None else np.full(len(table.rows), np.nan)
        if hours is None:
            context.notes.add(
                "fte-missing",
                Severity.INFO,
                "There is neither an FTE nor a column of weekly hours.",
                done="Everybody counts as 1.0 FTE.",
                advice="Add the FTE to the extract if part-time work is common.",
                table=table,
            )
            return np.ones(len(table.rows))
    elif hours is not None:
        read = np.where(np.isnan(read), hours, read)
    return _within_range(table, context, read)


def _as_shares(table: Table, context: Context, read: FloatArray) -> FloatArray:
    """Turn a column of percentages or of weekly hours into shares of full time."""
    unit = unit_in(table, "fte", context, read)
    if unit.name == "share":
        return read
    week = full_time_week(_present(table, read))
    what, done = {
        "percent": ("gives percentages", "Divided by 100."),
        "hours": ("gives weekly hours", f"Divided by a full-time week of {week:g} hours."),
    }[unit.name]
    severity = Severity.INFO if unit.sure else Severity.WARNING
    _note(table, context, "fte", f"fte-{unit.name}", severity, what, done)
    return to_unit(read, "fte", unit.name, week)


def unit_in(table: Table, name: str, context: Context, read: FloatArray) -> Unit:
    """Return the unit of a column: as somebody said, else as heading and size tell.

    Args:
        table: The table.
        name: Canonical field.
        context: What the reading shares.
        read: The column as numbers, by row of the table.
    """
    heading = table.heading(name)
    said = context.said_of(table).units.get(heading, "")
    if said in CHOICES[name]:
        return Unit(said)
    return unit_of(name, heading, _present(table, read))


def _present(table: Table, read: FloatArray) -> FloatArray:
    present: FloatArray = read[np.isfinite(read) & (read > 0) & table.kept]
    return present


def _hours_among_fte(table: Table, context: Context, read: FloatArray) -> FloatArray:
    """Divide single values that are weekly hours, in a column that otherwise holds FTE."""
    present = read[np.isfinite(read) & table.kept]
    if not len(present) or float(np.median(present)) > _MAX_FTE:
        return read
    hours = np.isfinite(read) & (read >= 2) & (read <= 48)
    if not hours.any():
        return read
    context.notes.add(
        "fte-hours-mixed",
        Severity.WARNING,
        f"“{table.heading('fte')}” holds what look like weekly hours in {int(hours.sum()):,} rows.",
        done=f"These were divided by a full-time week of {FULL_TIME_WEEK:g} hours.",
        advice="Give the FTE in these cells.",
        table=table,
        column=table.heading("fte"),
        rows=rows_at(table, hours & table.kept),
    )
    return np.where(hours, np.minimum(read / FULL_TIME_WEEK, 1.0), read)


def _fte_from_hours(table: Table, context: Context) -> FloatArray | None:
    hours = numbers(table, "hours", context) if table.column("hours") is not None else None
    if hours is None:
        return None
    if not len(_present(table, hours)):
        return None
    unit = unit_in(table, "hours", context, hours)
    weekly = to_unit(hours, "hours", unit.name)
    week = full_time_week(_present(table, weekly))
    severity = Severity.INFO if unit.sure else Severity.WARNING
    _note(table, context, "hours", "fte-from-hours", severity,
          "was used for the FTE" + ("" if unit.name == "hours" else f", read as {unit.name}"),
          f"Hours were divided by a full-time week of {week:g} hours.")  # fmt: skip
    return np.where(np.isfinite(weekly), np.minimum(weekly / week, _MAX_FTE), np.nan)


def _within_range(table: Table, context: Context, read: FloatArray) -> FloatArray:
    kept = table.kept
    wrong = np.isfinite(read) & ((read <= 0) | (read > _MAX_FTE + 1e-9))
    heading = table.heading("fte") or table.heading("hours")
    for mask, rule, severity, what in (
        (wrong & (read < 0), "fte-negative", Severity.WARNING, "is negative"),
        (wrong & (read == 0), "fte-zero", Severity.WARNING, "is zero"),
        (wrong & (read > 0), "fte-too-large", Severity.WARNING, f"is above {_MAX_FTE}"),
        (np.isnan(read), "fte-blank", Severity.INFO, "is not given"),
    ):
        if (mask & kept).any():
            context.notes.add(
                rule,
                severity,
                f"The FTE in “{heading}” {what} in {int((mask & kept).sum()):,} rows.",
                done="These rows count as 1.0 FTE.",
                advice="Correct these cells in the system they come from.",
                table=table,
                column=heading,
                rows=rows_at(table, mask & kept),
            )
    return np.where(wrong | np.isnan(read), 1.0, read)


def pay(table: Table, context: Context, share: FloatArray | None = None) -> FloatArray:
    """Return yearly pay in the currency of the file, NaN where unknown.

    Pay by the month, week, day or hour is turned into yearly pay where the heading says that it is
    one; pay too small for a year whose heading says nothing is left out with a question.
    """
    read = numbers(table, "salary", context)
    if read is None:
        return np.full(len(table.rows), np.nan)
    read = np.where(read > 0, read, np.nan)
    if not len(_present(table, read)):
        return read
    unit = unit_in(table, "salary", context, read)
    if unit.name == "not used":
        _note(table, context, "salary", "pay-unit", Severity.WARNING,
              f"is no yearly pay: {unit.why}" if unit.why else "was set not to be used",
              "Not used until somebody says which unit it is.")  # fmt: skip
    elif unit.name != "a year":
        hours = f" at {FULL_TIME_WEEK:g} hours a week" if unit.name == "an hour" else ""
        _note(table, context, "salary", f"pay-{unit.name.split()[-1]}", Severity.INFO,
              f"is pay by the {unit.name.split()[-1]}",
              f"Turned into yearly pay{hours}.")  # fmt: skip
    return to_unit(read, "salary", unit.name)


def contracts(table: Table) -> Column:
    """Return `Contract` values; where the contract says nothing, a title may say apprentice."""
    values = table.column("contract_type")
    unknown = str(Contract.UNKNOWN)
    if values is None:
        found = constant(unknown, len(table.rows))
    else:
        found = changed(values, lambda text: str(read_contract(text)) if text else unknown)
    said = changed(text_column(table, "job_title"), _as_apprentice)
    apprentice = where(found, unknown) & ~where(said, "")
    return first_known(only_where(found, ~apprentice), said) if apprentice.any() else found


def _as_apprentice(title: str) -> str:
    manages = re.search(r"apprentice(ship)?s? .*(manager|officer|lead|co|adv)", title, re.I)
    is_one = re.search(r"\bapprentice\b", title, re.I) and not manages
    return str(Contract.APPRENTICE) if is_one else ""


def statuses(table: Table) -> ObjectArray:
    """Return `left`, `in post` or empty for each row, from the status column that says most."""
    best = np.full(len(table.rows), "", dtype=object)
    for index, match in enumerate(table.matches):
        if match.field != "status" or match.confidence < 0.6:
            continue
        heading = match.column
        values = table.column_at(index)
        if np.mean(filled(values)) == 0:
            continue
        read = mapped(values, lambda text, heading=heading: read_status(text, heading))  # type: ignore[misc]
        best = np.where(best == "", read, best) if match.used else np.where(best == "", best, best)
        if match.used:
            best = read
    return best.astype(object)


def causes(
    table: Table, context: Context, leaves: NDArray[np.bool_], *, in_series: bool = False
) -> tuple[Column, Column]:
    """Return the reason as text and its cause for each row, empty where nobody left.

    Where the reason says nothing, a second column such as the type of termination may. In a series
    of snapshots the earlier records of a leaver give none, which is nothing to report.
    """
    reasons = text_column(table, "leave_reason")
    found = changed(reasons, context.causes.read)
    for index, match in enumerate(table.matches):
        if match.field == "leave_reason" and not match.used and match.confidence >= 0.6:
            found = first_known(found, changed(table.column_at(index), context.causes.read))
    unread = where(found, "") & leaves & table.kept
    heading = table.heading("leave_reason")
    if unread.any() and heading and not in_series:
        context.notes.add(
            "cause-unknown",
            Severity.WARNING,
            f"“{heading}” gives no reason that can be read for {int(unread.sum()):,} leavers.",
            done="They count as leavers of unknown cause and are shared out like the others.",
            advice="Set the cause of these reasons on the Data page.",
            table=table,
            column=heading,
            rows=rows_at(table, unread),
        )
    return only_where(reasons, leaves), only_where(found, leaves)


def _note(
    table: Table, context: Context, name: str, rule: str, severity: Severity, what: str, done: str
) -> None:
    heading = table.heading(name)
    context.notes.add(
        rule, severity, f"“{heading}” {what}.", done=done, table=table, column=heading,
        advice="Correct the column in the mapping if that is wrong.",
    )  # fmt: skip
