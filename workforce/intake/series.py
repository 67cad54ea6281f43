"""All tables of people together: extracts of several days joined, nobody counted twice."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from workforce.domain.findings import Severity
from workforce.intake.context import Context
from workforce.intake.joining import join_people
from workforce.intake.people import read_people
from workforce.intake.service import DatedTable, is_series
from workforce.intake.snapshots import empty_trail, join_snapshots

__all__ = ["give_days", "tidy_people"]

_SHARED: Final = 0.3
"""From this share of people in common two lists of different days are taken for one series."""
_SAME_RECORD: Final = ["person", "job_title", "department", "start_date", "leave_date", "fte"]


def give_days(dated: Sequence[DatedTable]) -> None:
    """Give lists of staff the day their title or name says, where there are several lists.

    Args:
        dated: Tables of people; those of staff without a column of record dates are changed.
    """
    staff = [each for each in dated if each.table.kind == "staff"]
    if len(staff) < 2:
        return
    for each in staff:
        if each.snapshot is None and each.table.day is not None:
            day = np.datetime64(each.table.day)
            each.snapshot = np.full(len(each.table.rows), day, dtype="datetime64[D]")


def tidy_people(
    dated: Sequence[DatedTable], context: Context, as_of: date
) -> tuple[pd.DataFrame, date | None, pd.DataFrame]:
    """Turn all tables of people into records, one a person, assignment and spell.

    Args:
        dated: Tables of people with their dates.
        context: What the reading shares.
        as_of: Date of the extract.

    Returns:
        The records, the day of the first of several extracts (`None` where there is one only), and
        what each extract said.
    """
    read: list[tuple[DatedTable, pd.DataFrame]] = []
    for each in dated:
        records = read_people(each, context, as_of)
        if each.snapshot is not None:
            records = records.assign(seen=each.snapshot[each.table.kept].astype("datetime64[s]"))
        read.append((each, records))
    alone, series = _apart(read)
    frames = [_unseen(records) for _, records in _without_repeats(alone, context)]
    trails: list[pd.DataFrame] = []
    first: date | None = None
    for records in series:
        joined = join_snapshots(_unseen(records), records["seen"], context)
        frames.append(joined.people)
        trails.append(joined.trail)
        if joined.first < joined.last:
            first = joined.first if first is None else min(first, joined.first)
    for each, _ in read:
        each.table.forget_cells()
    trail = pd.concat(trails, ignore_index=True) if trails else empty_trail()
    return join_people(frames, context, as_of), first, trail


def _unseen(records: pd.DataFrame) -> pd.DataFrame:
    return records.drop(columns="seen", errors="ignore")


def _apart(
    read: list[tuple[DatedTable, pd.DataFrame]],
) -> tuple[list[tuple[DatedTable, pd.DataFrame]], list[pd.DataFrame]]:
    """Tell lists that stand for themselves from extracts of several days.

    A table that has several days in itself is a series. Several tables are one where their days
    differ and they have people in common: lists of two departments have none.
    """
    alone: list[tuple[DatedTable, pd.DataFrame]] = []
    series: list[pd.DataFrame] = []
    together: list[pd.DataFrame] = []
    for each, records in read:
        identified = each.table.column("employee_id") is not None
        if is_series(each) and identified:
            series.append(records)
        elif identified and "seen" in records and _has_company(records, each, read):
            together.append(records)
        else:
            alone.append((each, records))
    if together:
        series.append(pd.concat(together, ignore_index=True))
    return alone, series


def _has_company(
    records: pd.DataFrame, own: DatedTable, read: list[tuple[DatedTable, pd.DataFrame]]
) -> bool:
    mine, days = set(records["person"]), set(records["seen"])
    for other, theirs in read:
        if other is own or "seen" not in theirs or not days.isdisjoint(theirs["seen"]):
            continue
        people = set(theirs["person"])
        if len(mine & people) >= _SHARED * max(1, min(len(mine), len(people))):
            return True
    return False


def _without_repeats(
    alone: list[tuple[DatedTable, pd.DataFrame]], context: Context
) -> list[tuple[DatedTable, pd.DataFrame]]:
    """Leave out rows that say of a person what an earlier list of staff has said already."""
    identified = [
        records["person"]
        for each, records in alone
        if each.table.kind == "staff" and each.table.column("employee_id") is not None
    ]
    if len(identified) < 2:
        return alone
    seen: set[tuple[object, ...]] = set()
    result: list[tuple[DatedTable, pd.DataFrame]] = []
    for each, records in alone:
        if each.table.kind != "staff" or each.table.column("employee_id") is None:
            result.append((each, records))
            continue
        keys = list(records[_SAME_RECORD].astype(str).itertuples(index=False, name=None))
        again = np.array([key in seen for key in keys], dtype=bool)
        seen.update(keys)
        if again.any():
            mask = np.isin(each.table.rows, records.loc[again, "row"].to_numpy())
            rows = each.table.leave_out(mask, "The same person and post stand in another list.")
            context.notes.add(
                "in-two-staff-lists",
                Severity.WARNING,
                f"{len(rows):,} people of this list are also in another list of staff.",
                done="Each counts once, as in the first list.",
                advice="If the lists are of different days, write the day above each table, for "
                "example “As at 30 September 2026”.",
                table=each.table,
                rows=rows,
            )
        result.append((each, records[~again]))
    return result
