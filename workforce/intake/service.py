"""When people started and left: dates given, worked out or known ahead."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.findings import Severity
from workforce.intake import columns
from workforce.intake.context import Context, Dates, read_dates
from workforce.intake.contracts import IN_POST, LEFT
from workforce.intake.missing import ObjectArray
from workforce.intake.notes import day_text, rows_at
from workforce.intake.numbers import convert_numbers
from workforce.intake.table import Table
from workforce.intake.words import fold_heading

__all__ = [
    "DATES",
    "DatedTable",
    "date_table",
    "is_series",
    "leave_dates",
    "no_dates",
    "recorded_days",
    "start_dates",
]

DATES: Final = ("start_date", "role_start_date", "leave_date", "contract_end_date")


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
    found = {name: read_dates(table, name, context) for name in DATES}
    snapshot = read_dates(table, "snapshot_date", context)
    if snapshot is not None and _is_year(table):
        # A yearly record is of the whole year: it is placed at its end.
        years = snapshot.astype("datetime64[Y]")
        next_year = (years + np.timedelta64(1, "Y")).astype("datetime64[D]")
        last_day = next_year - np.timedelta64(1, "D")
        snapshot = np.where(np.isnat(snapshot), snapshot, last_day).astype("datetime64[D]")
        context.notes.add(
            "snapshot-year",
            Severity.WARNING,
            f"“{table.heading('snapshot_date')}” gives years and no day.",
            done="Each record is taken to be of 31 December of its year.",
            advice="Where records are of another day, such as 31 March, give the full date.",
            table=table,
            column=table.heading("snapshot_date"),
        )
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


def is_series(dated: DatedTable) -> bool:
    """Return whether a table lists the same people at several dates."""
    if dated.snapshot is None:
        return False
    days = dated.snapshot[~np.isnat(dated.snapshot)]
    if len(days) < 0.8 * len(dated.snapshot) or not len(days):
        return False
    return 2 <= len(np.unique(days)) <= max(2, len(days) // 3)


def no_dates(size: int) -> Dates:
    """Return a column without any date."""
    return np.full(size, np.datetime64("NaT", "D"), dtype="datetime64[D]")


def recorded_days(dated: DatedTable, as_of: date) -> Dates:
    """Return the day each row describes: its own where it has one, else that of the extract."""
    day = np.full(len(dated.table.rows), np.datetime64(as_of))
    if dated.snapshot is None:
        return day
    return np.where(np.isnat(dated.snapshot), day, np.minimum(dated.snapshot, day)).astype(
        "datetime64[D]"
    )


def start_dates(dated: DatedTable, context: Context, as_of: date) -> Dates:
    """Return start dates, worked out from the length of service where there are none."""
    table = dated.table
    start = dated.dates.get("start_date", no_dates(len(table.rows))).copy()
    if "start_date" not in dated.dates:
        start = _from_tenure(dated, context, as_of, start)
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


def _from_tenure(dated: DatedTable, context: Context, as_of: date, start: Dates) -> Dates:
    """Work start dates out from the length of service, counted back from the day of the record."""
    table = dated.table
    values = table.column("tenure")
    if values is None:
        return start
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


def leave_dates(dated: DatedTable, context: Context, as_of: date) -> Dates:
    """Return leave dates; somebody marked as having left without one cannot be placed in time."""
    table = dated.table
    leave = dated.dates.get("leave_date", no_dates(len(table.rows)))
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
