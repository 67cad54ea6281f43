"""What comes out of a reading of files: tidy tables, and an account of everything."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from workforce.domain.findings import Finding, LeftOut
from workforce.intake.counts import empty_counts
from workforce.intake.mapping import Mapping
from workforce.intake.questions import Question
from workforce.intake.snapshots import empty_trail
from workforce.intake.table import ColumnMatch, TableReport
from workforce.roles import RoleMatch

__all__ = ["Extract"]


@dataclass(frozen=True)
class Extract:
    """Tidy tables of one organisation and an account of how they were read.

    Attributes:
        people: One row a person, assignment and spell. A `start_date` of NaT means in post since
            before anything is known; a `leave_date` after `as_of` is a known exit; an empty `cause`
            is a leaver of unknown cause; a `first_seen_date` is the first snapshot that lists a
            person, given where whoever left before it would be in none. Columns:
            `people.PEOPLE_COLUMNS`.
        posts: One row a post, or a team with a number. Columns: `lists.COLUMNS`.
        requisitions: One row a recruitment.
        apprentices: One row an apprentice.
        agency: One row an agency worker.
        tables: Each table found, with rows read and kept.
        columns: Each column, with what it was taken for.
        left_out: Each row read and not kept, with the reason.
        findings: What is noteworthy, most serious first.
        as_of: Date of the extract.
        window: Days over which leaving could have been seen, `None` where no leaver is given.
        role_matches: One a distinct job title.
        title_counts: Records by job title, over all tables.
        trail: Of snapshots of several dates: what was on record of each person from `seen` on, as
            `person, seen, job_title, department, grade_band, fte, contract, contract_end_date,
            age_band, family`; `people` has the last record only. Empty for other extracts.
        mapping: As applied: what was found and what was said, ready to be saved.
        digest: SHA-256 of files and mapping, hexadecimal.
        counts: Numbers of people from tables that list nobody, one row a number. Columns:
            `counts.COUNT_COLUMNS` and `family`.
        questions: What only the reader of the page can settle, answered ones included.
    """

    people: pd.DataFrame
    posts: pd.DataFrame
    requisitions: pd.DataFrame
    apprentices: pd.DataFrame
    agency: pd.DataFrame
    tables: tuple[TableReport, ...]
    columns: tuple[ColumnMatch, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]
    as_of: date
    window: tuple[date, date] | None
    role_matches: tuple[RoleMatch, ...]
    mapping: Mapping
    digest: str
    questions: tuple[Question, ...] = ()
    title_counts: MappingType[str, int] = field(default_factory=dict)
    counts: pd.DataFrame = field(default_factory=lambda: empty_counts().assign(family=""))
    trail: pd.DataFrame = field(default_factory=lambda: empty_trail().assign(family=""))
