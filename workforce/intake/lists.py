"""Posts, requisitions, apprentices and agency workers: tables that are not the staff list."""

import re
from functools import cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.findings import Severity
from workforce.intake import columns
from workforce.intake.context import Context, Dates, read_dates
from workforce.intake.grades import grade_bands
from workforce.intake.missing import ObjectArray, filled
from workforce.intake.notes import rows_at
from workforce.intake.privacy import hash_identifiers, row_key
from workforce.intake.table import Table
from workforce.intake.textcolumns import text_column

__all__ = ["COLUMNS", "empty_list", "read_list"]

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "posts": ("post", "job_title", "family", "department", "grade_band", "establishment_fte",
              "file", "sheet", "row"),
    "requisitions": ("job_title", "family", "department", "grade_band", "posts", "opened_date",
                     "closed_date", "start_date", "outcome", "file", "sheet", "row"),
    "apprentices": ("standard", "standard_name", "job_title", "family", "start_date",
                    "planned_end_date", "leave_date", "outcome", "trainee", "file", "sheet", "row"),
    "agency": ("job_title", "family", "department", "fte", "start_date", "end_date", "day_rate",
               "file", "sheet", "row"),
}  # fmt: skip
_DATES: Final = frozenset(
    {"start_date", "opened_date", "closed_date", "planned_end_date", "leave_date", "end_date"}
)
_NUMBERS: Final = frozenset({"establishment_fte", "posts", "fte", "day_rate"})

_REQUISITION: Final = (
    (re.compile(r"withdraw|cancel|stopped|not proceed|frozen|freeze|deleted|abandon", re.I),
     "withdrawn"),
    (re.compile(r"fail|no appoint|not appoint|unfilled|unsuccess|re.?advert|no suitable|not filled|"
                r"no applic|did not appoint", re.I), "failed"),
    (re.compile(r"fill|appoint|offer|accept|hired|start|complete|success|recruited|in post", re.I),
     "filled"),
    (re.compile(r"open|advert|live|active|shortlist|interview|progress|vacant|pending|approved|hold|"
                r"draft|await|sift", re.I), "open"),
    (re.compile(r"^(yes|y|true)$", re.I),
     "filled"),
    (re.compile(r"closed", re.I),
     "filled"),
    (re.compile(r"^(no|n|false)$", re.I), "failed"),
)  # fmt: skip
_APPRENTICE: Final = (
    (re.compile(r"withdr\w*.*(stay|remain|still|retained|continu)|(stay|remain).*withdr", re.I),
     "withdrawn_stayed"),
    (re.compile(r"withdr|left|leaver|dropp?ed|terminat|resign|non.?complet|did not complete|"
                r"transferred out", re.I), "withdrawn_left"),
    (re.compile(r"not.?achiev|fail|unsuccess|not.?pass", re.I), "not_achieved"),
    (re.compile(r"achiev|pass|complet|distinction|merit|success|graduat|qualified", re.I),
     "achieved"),
    (re.compile(r"training|on.?programme|progress|active|current|learning|continu|gateway|epa|break|"
                r"studying|enrolled|live|await|ongoing|started", re.I), "in_training"),
)  # fmt: skip
_EXISTING: Final = re.compile(r"exist|upskill|conver|internal|current|^no?$|^false$", re.I)
_NEW: Final = re.compile(r"new|recruit|external|apprentice role|^y(es)?$|^true$", re.I)
_REFERENCE: Final = re.compile(r"\bST\s?-?(\d{4})\b", re.I)


def empty_list(kind: str) -> pd.DataFrame:
    """Return the frame of a kind of list with no rows and the right types."""
    return _empty(kind).copy()


@cache
def _empty(kind: str) -> pd.DataFrame:
    types = (
        {"row": "int64"}
        | dict.fromkeys(_DATES, "datetime64[s]")
        | dict.fromkeys(_NUMBERS, "float64")
    )
    return pd.DataFrame({name: pd.Series(dtype=types.get(name, "str")) for name in COLUMNS[kind]})


def read_list(table: Table, context: Context) -> pd.DataFrame:
    """Turn a table of posts, requisitions, apprentices or agency workers into tidy rows.

    Args:
        table: The table, its kind decided.
        context: What the reading shares.

    Returns:
        One row a kept row, with the columns of `COLUMNS[table.kind]` (families still empty).
    """
    _leave_out_nameless(table, context)
    build = {
        "posts": _posts,
        "requisitions": _requisitions,
        "apprentices": _apprentices,
        "agency": _agency,
    }[table.kind]
    found = build(table, context)
    size = len(table.rows)
    found |= {
        "family": np.full(size, "", dtype=object),
        "file": np.full(size, table.file, dtype=object),
        "sheet": np.full(size, table.sheet, dtype=object),
        "row": table.rows,
    }
    frame = pd.DataFrame({name: found[name] for name in COLUMNS[table.kind]})
    return frame[table.kept].reset_index(drop=True)


def _leave_out_nameless(table: Table, context: Context) -> None:
    known = np.zeros(len(table.rows), dtype=bool)
    names = {
        "apprentices": ("standard", "start_date", "job_title", "employee_id"),
        "posts": ("job_title", "post_id", "department", "establishment_fte", "job_family"),
    }.get(table.kind, ("job_title", "requisition_id", "post_id", "department", "standard"))
    for name in names:
        values = table.column(name)
        if values is not None:
            known |= filled(values)
    rows = table.leave_out(~known, "It names no job, post or standard.")
    if rows:
        context.notes.add(
            "blank-key",
            Severity.WARNING,
            f"{len(rows):,} rows name no job, post or standard.",
            done="Left out.",
            advice="Fill these rows in or delete them.",
            table=table,
            rows=rows,
        )


def _days(table: Table, name: str, context: Context) -> Dates:
    days = read_dates(table, name, context)
    if days is None:
        days = np.full(len(table.rows), np.datetime64("NaT", "D"), dtype="datetime64[D]")
    return days.astype("datetime64[s]")


def _bands(table: Table, context: Context) -> ObjectArray:
    bands = grade_bands(
        text_column(table, "grade"),
        columns.pay(table, context),
        text_column(table, "job_title"),
    )
    return bands.spread(bands.uniques)


def _posts(table: Table, context: Context) -> dict[str, object]:
    values = table.column("post_id")
    post = (
        hash_identifiers(values, context.salt)
        if values is not None
        else np.full(len(table.rows), "", dtype=object)
    )
    for index in np.flatnonzero(post == ""):
        post[index] = row_key(table.file, table.sheet, int(table.rows[index]), context.salt)
    number = columns.numbers(table, "establishment_fte", context)
    heading = table.heading("establishment_fte")
    if number is None:
        number = np.ones(len(table.rows))
        context.notes.add(
            "posts-without-fte",
            Severity.INFO,
            "The list of posts has no column with the funded FTE.",
            done="Each row counts as one full-time post.",
            advice="Add the funded FTE of each post.",
            table=table,
        )
    wrong = (np.isnan(number) | (number < 0)) & table.kept
    if wrong.any():
        context.notes.add(
            "posts-fte-missing",
            Severity.WARNING,
            f"“{heading}” is missing or negative in {int(wrong.sum()):,} rows.",
            done="These posts count as 1.0 FTE where it is missing, 0 where it is negative.",
            advice="Correct the funded FTE of these posts.",
            table=table,
            column=heading,
            rows=rows_at(table, wrong),
        )
    title = columns.texts(table, "job_title")
    family = columns.texts(table, "job_family")
    return {
        "post": post,
        "job_title": np.where(title == "", family, title).astype(object),
        "department": columns.texts(table, "department"),
        "grade_band": _bands(table, context),
        "establishment_fte": np.where(np.isnan(number), 1.0, np.maximum(number, 0.0)),
    }


def _requisitions(table: Table, context: Context) -> dict[str, object]:
    opened, closed = _days(table, "opened_date", context), _days(table, "closed_date", context)
    start = _days(table, "start_date", context)
    posts = columns.numbers(table, "headcount", context)
    number = np.ones(len(table.rows)) if posts is None else np.where(posts > 0, posts, 1.0)
    words = _by_words(columns.texts(table, "outcome"), _REQUISITION)
    done = ~np.isnat(closed) | (~np.isnat(start) & (start <= np.datetime64(context.today)))
    outcome = np.where(words == "", np.where(done, "filled", "open"), words).astype(object)
    reversed_dates = (closed < opened) & table.kept
    rows = table.leave_out(reversed_dates, "It was closed before it was opened.")
    if rows:
        context.notes.add(
            "closed-before-opened",
            Severity.WARNING,
            f"{len(rows):,} vacancies were closed before they were opened.",
            done="Left out.",
            advice="Correct the dates.",
            table=table,
            rows=rows,
        )
    return {
        "job_title": columns.texts(table, "job_title"),
        "department": columns.texts(table, "department"),
        "grade_band": _bands(table, context),
        "posts": number,
        "opened_date": opened,
        "closed_date": closed,
        "start_date": start,
        "outcome": outcome,
    }


def _apprentices(table: Table, context: Context) -> dict[str, object]:
    name = columns.texts(table, "standard")
    reference = columns.mapped(
        name, lambda text: f"ST{m[1]}" if (m := _REFERENCE.search(text)) else ""
    )
    for index, match in enumerate(table.matches):
        if match.field == "standard" and not match.used:
            other = table.column_at(index)
            found = columns.mapped(
                other, lambda text: f"ST{m[1]}" if (m := _REFERENCE.search(text)) else ""
            )
            plain = columns.mapped(other, _bare_name)
            reference = np.where(reference == "", found, reference).astype(object)
            bare = columns.mapped(name, _bare_name)
            name = np.where(bare == "", plain, name).astype(object)
    words = _by_words(columns.texts(table, "outcome"), _APPRENTICE)
    left = _days(table, "leave_date", context)
    planned = _days(table, "planned_end_date", context)
    running = np.isnat(left) | (left > np.datetime64(context.today))
    outcome = np.where((words == "") & running, "in_training", words)
    return {
        "standard": reference,
        "standard_name": columns.mapped(name, _bare_name),
        "job_title": columns.texts(table, "job_title"),
        "start_date": _days(table, "start_date", context),
        "planned_end_date": planned,
        "leave_date": left,
        "outcome": np.where(outcome == "", "unknown", outcome).astype(object),
        "trainee": _trainee(table),
    }


def _bare_name(text: str) -> str:
    return re.sub(r"^[\s\-–:]+|[\s\-–:]+$", "", _REFERENCE.sub("", text)).replace("()", "").strip()


def _trainee(table: Table) -> ObjectArray:
    return columns.mapped(
        columns.texts(table, "trainee"),
        lambda text: (
            "existing_staff" if _EXISTING.search(text)
            else "new_recruit" if _NEW.search(text) else ""
        ),
    )  # fmt: skip


def _agency(table: Table, context: Context) -> dict[str, object]:
    rate = columns.numbers(table, "day_rate", context)
    day_rate: NDArray[np.float64] = np.full(len(table.rows), np.nan) if rate is None else rate
    if rate is not None and np.isfinite(rate).any() and float(np.nanmedian(rate)) < 100:
        context.notes.add(
            "rate-hourly",
            Severity.WARNING,
            f"“{table.heading('day_rate')}” is the size of an hourly rate.",
            done="Not used as a day rate.",
            advice="Give the charge by the day.",
            table=table,
            column=table.heading("day_rate"),
        )
        day_rate = np.full(len(table.rows), np.nan)
    return {
        "job_title": columns.texts(table, "job_title"),
        "department": columns.texts(table, "department"),
        "fte": columns.fte(table, context),
        "start_date": _days(table, "start_date", context),
        "end_date": _days(table, "contract_end_date", context),
        "day_rate": day_rate,
    }


def _by_words(texts: ObjectArray, rules: tuple[tuple[re.Pattern[str], str], ...]) -> ObjectArray:
    def read(text: str) -> str:
        return next((meaning for rule, meaning in rules if rule.search(text)), "")

    return columns.mapped(texts, read)
