"""Tables that list nobody: numbers of people are kept as counts, notes and look-ups set aside."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from workforce.domain.findings import Severity
from workforce.intake.context import Context
from workforce.intake.counts import empty_counts, read_counts, yearly_turnover
from workforce.intake.helpers import HELPER, is_helper_name
from workforce.intake.notes import day_text
from workforce.intake.table import Table

__all__ = ["all_counts", "counts_summary", "say_aside", "set_aside"]

_UNUSED = "The table holds neither people nor posts, vacancies or apprentices."
_WORDS = {
    "headcount": "headcount",
    "fte": "FTE",
    "establishment": "establishment",
    "vacancies": "vacancies",
    "leavers": "leavers",
    "starters": "starters",
}


def set_aside(table: Table, context: Context) -> None:
    """Account for a table that is not read row by row, and let its cells go.

    Args:
        table: Of kind `counts` or `other`; changed in place.
        context: Changed in place: its counts and notes.
    """
    if table.kind == "other":
        reason = HELPER if is_helper_name(table.sheet) else _UNUSED
        table.leave_out(np.ones(len(table.rows), dtype=bool), reason)
    else:
        found = read_counts(table, context)
        if len(found):
            context.counts.append(found)
        _say_counts(table, found, context)
    table.profiles  # noqa: B018 - made now, because the cells go
    table.forget_cells()


def _say_counts(table: Table, found: pd.DataFrame, context: Context) -> None:
    name = table.sheet or table.file
    if not len(found):
        context.notes.add(
            "counts-table",
            Severity.INFO,
            f"“{name}” is a table of numbers, not a list of people, and nothing says which people "
            "they count.",
            done="Its rows were recognised as counts; none was read as a person.",
            advice="Upload the list of people behind it to plan with it.",
            table=table,
        )
        return
    counted = [_WORDS[each] for each in _WORDS if each in set(found["measure"])]
    context.notes.add(
        "counts-table",
        Severity.INFO,
        f"“{name}” holds numbers of people, not a list of them: {_listed(counted)}{_when(found)}.",
        done="Kept as counts; none was read as a person.",
        advice="Counts alone say nothing of length of service, so rates of leaving come from the "
        "benchmark. Upload the list of people behind them to plan with it.",
        table=table,
    )
    if (found["span"] == "year").any():
        context.notes.add(
            "year-without-day",
            Severity.WARNING,
            f"“{name}” names years and no day.",
            done="Each is taken to end on 31 December.",
            advice="Where years end on 31 March, write them as 2024/25 or name the day.",
            table=table,
        )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _when(found: pd.DataFrame) -> str:
    dated = found[found["last_day"].notna()]
    if not len(dated):
        return ", with no date"
    first, last = dated["last_day"].min().date(), dated["last_day"].max().date()
    if first == last:
        return f", as at {day_text(last)}"
    each = dated["span"].mode().iloc[0]
    by = f" by {each}" if each not in {"day", ""} else ""
    return f",{by} from {day_text(first)} to {day_text(last)}"


def say_aside(tables: Sequence[Table], empty: Sequence[tuple[str, str]], context: Context) -> None:
    """Name the sheets that hold no records, and the turnover that counts alone show.

    Args:
        tables: All tables.
        empty: File and sheet of the sheets on which no table was found.
        context: Changed in place: its notes.
    """
    useful = {(each.file, each.sheet) for each in tables if each.kind != "other"}
    places = [(each.file, each.sheet) for each in tables] + list(empty)
    aside = [place for place in dict.fromkeys(places) if place[1] and place not in useful]
    for file in dict.fromkeys(file for file, _ in aside):
        names = [sheet for owner, sheet in aside if owner == file]
        helpers = [sheet for sheet in names if is_helper_name(sheet)]
        for sheets, what in (
            (helpers, "notes, an index or lists to choose from"),
            ([sheet for sheet in names if sheet not in helpers], "no table that is of use here"),
        ):
            if sheets:
                several = len(sheets) > 1
                quoted = _listed([f"“{sheet}”" for sheet in sheets])
                context.notes.add(
                    "helper-sheet",
                    Severity.INFO,
                    f"The sheet{'s' if several else ''} {quoted} of {file} "
                    f"hold{'' if several else 's'} {what}.",
                    done="Passed over; no person is left out with it.",
                    advice="Set its kind in the mapping if people or posts are on it.",
                    file=file,
                )
    _say_turnover(context)


def _say_turnover(context: Context) -> None:
    found = yearly_turnover(all_counts(context)) if context.counts else None
    if found is None:
        return
    left, heads, last = found
    context.notes.add(
        "counts-turnover",
        Severity.INFO,
        f"The counts show {left:,.0f} leavers among {heads:,.0f} people on average in the twelve "
        f"months to {day_text(last.date())}: {left / heads:.1%} a year.",
        done="Not used in the forecast: it holds retirements and ends of contract as well, and no "
        "length of service.",
        advice="Compare it with the rates of the forecast.",
    )


def all_counts(context: Context) -> pd.DataFrame:
    """Return all counts of a reading together, columns `counts.COUNT_COLUMNS`."""
    if not context.counts:
        return empty_counts().copy()
    return pd.concat(context.counts, ignore_index=True)


def counts_summary(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what was counted where and when, with the latest sum; no label of a row.

    Args:
        counts: Columns `counts.COUNT_COLUMNS`.

    Returns:
        One a file, sheet, measure and unit: `periods` (how many), `first`, `last`, `span`, `groups`
        (how many), `latest` (sum over the groups at the last period, `None` where columns divide
        people in parts, which may overlap).
    """
    summary = []
    for (file, sheet, measure, unit), some in counts.groupby(
        ["file", "sheet", "measure", "unit"], sort=False
    ):
        days = some["last_day"].dropna()
        latest = some[some["last_day"] == days.max()] if len(days) else some
        single = len(set(latest["part"])) == 1
        summary.append(
            {
                "file": file,
                "sheet": sheet,
                "measure": measure,
                "unit": unit,
                "span": str(some["span"].mode().iloc[0]),
                "periods": int(days.nunique()),
                "first": days.min().date().isoformat() if len(days) else None,
                "last": days.max().date().isoformat() if len(days) else None,
                "groups": int(some["group"].nunique()),
                "latest": float(latest["number"].sum()) if single else None,
            }
        )
    return summary
