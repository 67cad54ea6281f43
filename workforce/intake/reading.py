"""From files to an extract: find tables, match columns, tidy, join, account for every row."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.findings import LeftOut, Severity
from workforce.intake.aside import all_counts, say_aside, set_aside
from workforce.intake.asof import (
    day_in_name,
    days_found,
    decide_as_of,
    find_as_of_text,
    observed_window,
)
from workforce.intake.causes import CauseReader
from workforce.intake.context import Context, vote_on_order
from workforce.intake.extract import Extract
from workforce.intake.kinds import find_kind
from workforce.intake.lists import empty_list, read_list
from workforce.intake.locate import find_tables
from workforce.intake.mapping import Mapping, TableMapping
from workforce.intake.matching import match_columns
from workforce.intake.names import NameMatcher, name_matcher
from workforce.intake.notes import say_how_read
from workforce.intake.preview_rows import LOOKED_AT, preview_of
from workforce.intake.protected import read_protected, say_dropped, with_protected
from workforce.intake.questions import ask
from workforce.intake.rows import leave_out_totals_and_notes
from workforce.intake.series import give_days, tidy_people
from workforce.intake.service import date_table
from workforce.intake.source import RawSheet, SourceFile, read_sheets
from workforce.intake.table import Table
from workforce.roles import RoleClassifier, RoleMatch

__all__ = ["read_extract"]

_PEOPLE = ("staff", "leavers", "starters")
_LISTS = ("posts", "requisitions", "apprentices", "agency")


@dataclass
class _Reading:
    """State of one reading, gone when it ends."""

    context: Context
    matcher: NameMatcher
    tables: list[Table] = field(default_factory=list)
    announced: list[tuple[str, date]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    without_table: list[tuple[str, str]] = field(default_factory=list)


def read_extract(
    files: Sequence[SourceFile],
    *,
    evidence: Evidence,
    roles: RoleClassifier,
    mapping: Mapping | None = None,
    today: date,
    salt: bytes | None = None,
    fairness: bool = False,
) -> Extract:
    """Read HR spreadsheets into tidy tables, with everything accounted for.

    Args:
        files: Workbooks and text tables, in any mixture.
        evidence: Column names and leaving reasons.
        roles: Finds the role family of job titles.
        mapping: Corrections, if somebody made any.
        today: The present day: decides centuries, and which dates lie in the future.
        salt: Key under which identifiers are hashed; a random one, not kept, if not given.
        fairness: Whether protected characteristics are read, for the fairness check; `people` then
            has a column for each of `protected.PROTECTED`.

    Returns:
        The extract. Names, birth dates and identifiers are in no part of it.

    Raises:
        UserError: If nothing at all can be read. One bad file among good ones is a finding.
    """
    if not files:
        raise UserError("No file was given. Choose a spreadsheet to read.")
    applied = mapping or Mapping()
    context = Context(
        causes=CauseReader(evidence.leave_reasons, applied.causes),
        mapping=applied,
        today=today,
        salt=salt if salt is not None else secrets.token_bytes(32),
        fairness=fairness,
        files=tuple(file.name for file in files),
    )
    reading = _Reading(context, name_matcher(evidence.synonyms))
    for file in files:
        _read_file(file, reading)
    if not reading.tables:
        raise UserError(
            reading.refused[0]
            if len(reading.refused) == 1
            else " ".join(reading.refused) or _nothing(files)
        )
    if all(table.kind == "other" for table in reading.tables):
        raise UserError(_nothing(files))
    return _assemble(files, reading, roles, evidence)


def _nothing(files: Sequence[SourceFile]) -> str:
    names = ", ".join(file.name for file in files[:3])
    return (
        f"{names}: no columns were recognised. Check that one row holds the headings, such as Job "
        "title, Start date and Leaving date, or use the template."
    )


def _read_file(file: SourceFile, reading: _Reading) -> None:
    notes = reading.context.notes
    found = False
    try:
        for sheet in read_sheets(file):
            found |= _read_sheet(file.name, sheet, reading)
    except UserError as fault:
        reading.refused.append(str(fault))
        notes.add(
            "file-refused",
            Severity.ERROR,
            str(fault),
            done="The file was left out." if not found else "What had been read of it was kept.",
            file=file.name,
        )
        return
    if not found:
        sentence = (
            f"{file.name}: no table was found in it. Check that one row holds the headings and "
            "that there are rows below it."
        )
        reading.refused.append(sentence)
        notes.add(
            "no-table", Severity.ERROR, sentence, done="The file was left out.", file=file.name
        )


def _read_sheet(file: str, sheet: RawSheet, reading: _Reading) -> bool:
    """Find the tables of a sheet and match their columns; return whether there were any."""
    context = reading.context
    top = [row.copy() for row in sheet.cells[:LOOKED_AT]]
    header = context.header_row(file, sheet.name, top)
    order = context.mapping.date_order or "dmy"
    announced = find_as_of_text(sheet.cells, context.today, order)
    if announced is not None:
        where = f"{file}, sheet {sheet.name}" if sheet.name else file
        reading.announced.append((where, announced))
    say_how_read(file, sheet, context.notes)
    if not bool(np.any(sheet.cells != "")):
        context.notes.add(
            "sheet-empty",
            Severity.INFO,
            f"The sheet “{sheet.name}” of {file} is empty." if sheet.name else f"{file} is empty.",
            done="Passed over.",
            file=file,
        )
        return False
    day = announced or day_in_name(sheet.name, context.today) or day_in_name(file, context.today)
    tables = find_tables(file, sheet, reading.matcher, header)
    for place, table in enumerate(tables, start=1):
        table.day, table.place = day, place
        given = context.said_of(table)
        leave_out_totals_and_notes(table)
        table.matches = match_columns(table, reading.matcher, corrections=given.columns)
        table.kind = given.kind or find_kind(table)
        table.matches = match_columns(table, reading.matcher, table.kind, given.columns)
        table.preview = preview_of(table, top)
        if table.kind in {"counts", "other"}:
            set_aside(table, context)
        reading.tables.append(table)
        if table.hidden and table.kind != "other":
            context.notes.add(
                "sheet-hidden",
                Severity.WARNING,
                f"The sheet “{table.sheet}” is hidden and holds a table of {table.kind}.",
                done="Read like the others.",
                advice="Set its kind to “other” in the mapping to leave it out.",
                table=table,
            )
    if not tables:
        reading.without_table.append((file, sheet.name))
    return bool(tables)


def _assemble(
    files: Sequence[SourceFile], reading: _Reading, roles: RoleClassifier, evidence: Evidence
) -> Extract:
    context, tables = reading.context, reading.tables
    say_dropped(tables, context)
    live = [table for table in tables if table.kind not in {"counts", "other"}]
    vote_on_order(live, context)
    dated = [date_table(table, context) for table in live if table.kind in _PEOPLE]
    give_days(dated)
    as_of = decide_as_of(dated, reading.announced, context)
    days = days_found(dated, reading.announced, context)
    questions = ask(live, dated, days, context)
    protected = [read_protected(each.table, context) for each in dated]
    people, first, trail = tidy_people(dated, context, as_of)
    lists = {kind: _list(kind, live, context) for kind in _LISTS}
    matches, counts = _classify(roles, [people, *lists.values()], context)
    frames = {
        kind: _with_families(frame, matches) for kind, frame in {"people": people, **lists}.items()
    }
    frames["apprentices"] = _with_standards(frames["apprentices"], evidence)
    if context.fairness:
        frames["people"] = with_protected(frames["people"], protected)
    window = observed_window(frames["people"], as_of, first, context)
    say_aside(tables, reading.without_table, context)
    return Extract(
        **frames,
        tables=tuple(table.report() for table in tables),
        columns=tuple(match for table in tables for match in table.matches),
        left_out=tuple(_left_out(tables)),
        findings=context.notes.all,
        as_of=as_of,
        window=window,
        role_matches=tuple(matches.values()),
        title_counts=counts,
        trail=_trail_families(trail, roles, matches, context),
        mapping=_as_applied(reading),
        questions=questions,
        counts=_count_families(roles, context),
        digest=_digest(files, context.mapping),
    )


def _list(kind: str, tables: Sequence[Table], context: Context) -> pd.DataFrame:
    frames = [read_list(table, context) for table in tables if table.kind == kind]
    present = [frame for frame in frames if len(frame)]
    return pd.concat(present, ignore_index=True) if present else empty_list(kind)


def _classify(
    roles: RoleClassifier, frames: Sequence[pd.DataFrame], context: Context
) -> tuple[dict[str, RoleMatch], dict[str, int]]:
    """Find the role of every distinct title once; where there is no title, of the standard."""
    counts: dict[str, int] = {}
    for frame in frames:
        for title, count in _titles(frame).value_counts(sort=False).items():
            counts[str(title)] = counts.get(str(title), 0) + int(count)
    titles = sorted(counts)
    matches = roles.classify(titles, corrections=context.mapping.families)
    return dict(zip(titles, matches, strict=True)), counts


def _trail_families(
    trail: pd.DataFrame,
    roles: RoleClassifier,
    matches: MappingType[str, RoleMatch],
    context: Context,
) -> pd.DataFrame:
    """Find the families of earlier titles too; those of the last records are known already."""
    titles = trail["job_title"].fillna("")
    earlier = sorted(set(titles) - set(matches))
    found = roles.classify(earlier, corrections=context.mapping.families)
    families = {title: str(match.family) for title, match in matches.items()}
    families |= {title: str(match.family) for title, match in zip(earlier, found, strict=True)}
    return trail.assign(family=titles.map(families).astype("str"))


def _count_families(roles: RoleClassifier, context: Context) -> pd.DataFrame:
    """Find the families of the titles that are counted; they are no records of anybody."""
    counts = all_counts(context)
    if not len(counts):
        return counts.assign(family=counts["job_title"])
    titles = sorted(set(counts["job_title"]) - {""})
    found = roles.classify(titles, corrections=context.mapping.families)
    families = {title: str(match.family) for title, match in zip(titles, found, strict=True)}
    in_order = [families.get(title, "") for title in counts["job_title"]]
    return counts.assign(family=pd.Series(in_order, index=counts.index, dtype="str"))


def _titles(frame: pd.DataFrame) -> "pd.Series[str]":
    titles = frame["job_title"].fillna("")
    if "standard_name" in frame:
        titles = titles.where(titles != "", frame["standard_name"].fillna(""))
    return titles


def _with_families(frame: pd.DataFrame, matches: MappingType[str, RoleMatch]) -> pd.DataFrame:
    titles = _titles(frame)
    families = {title: str(match.family) for title, match in matches.items()}
    found = frame.assign(family=titles.map(families).astype("str"))
    if "role_confidence" in frame:
        sure = {title: float(match.confidence) for title, match in matches.items()}
        found = found.assign(role_confidence=titles.map(sure).astype(float))
    return found


def _with_standards(frame: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Let a standard that is known say its own name and family, better than any title does."""
    known = frame["standard"].isin(list(evidence.standards))
    names = {key: each.name for key, each in evidence.standards.items()}
    families = {key: each.family for key, each in evidence.standards.items()}
    return frame.assign(
        standard_name=frame["standard_name"].where(
            ~known | (frame["standard_name"] != ""), frame["standard"].map(names)
        ),
        family=frame["family"].where(~known, frame["standard"].map(families)),
    )


def _left_out(tables: Sequence[Table]) -> Iterator[LeftOut]:
    for table in tables:
        for index in sorted(table.left_out):
            yield LeftOut(table.file, table.sheet, int(table.rows[index]), table.left_out[index])


def _as_applied(reading: _Reading) -> Mapping:
    """Return what was found and said of every table, so that the next file is read the same way."""
    context, applied = reading.context, []
    sheets = Counter((table.file, table.sheet) for table in reading.tables)
    for table in reading.tables:
        said = context.said_of(table)
        applied.append(
            TableMapping(
                sheet=table.sheet,
                file=table.file,
                header_row=said.header_row,
                kind=table.kind,
                columns={
                    match.column: match.field or ""
                    for match in table.matches
                    # A heading nobody knows may be no heading at all but somebody's name.
                    if match.column in said.columns or reading.matcher.match(match.column)
                },
                units=said.units,
                place=table.place if sheets[table.file, table.sheet] > 1 else 0,
            )
        )
    return replace(context.mapping, tables=tuple(applied))


def _digest(files: Sequence[SourceFile], mapping: Mapping) -> str:
    total = hashlib.sha256()
    for file in sorted(files, key=lambda each: (each.name, each.content)):
        total.update(hashlib.sha256(file.content).digest())
    total.update(mapping.to_json().encode())
    return total.hexdigest()
