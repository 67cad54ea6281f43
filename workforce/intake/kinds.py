"""What kind of table it is: people in post, leavers, posts, vacancies, or counts of people."""

import re
from typing import Final

import numpy as np

from workforce.intake.helpers import is_helper_name, is_lookup
from workforce.intake.missing import filled, share
from workforce.intake.table import Table
from workforce.intake.words import fold_heading

__all__ = ["find_kind"]

_NAMED: Final = (
    ("leavers", re.compile(r"leaver|terminat|exits?\b|attrition|separations?", re.IGNORECASE)),
    ("starters", re.compile(r"starters?\b|joiners?|new hires?|new starts", re.IGNORECASE)),
    ("apprentices", re.compile(r"apprentic|learners?\b", re.IGNORECASE)),
    ("agency", re.compile(r"agency|contractors?\b|interims?\b|off.?payroll|temps?\b",
                          re.IGNORECASE)),
    ("requisitions", re.compile(r"requisition|recruit|vacanc|campaign|adverts?", re.IGNORECASE)),
    ("posts", re.compile(r"establish|\bposts?\b|positions?\b|budgeted", re.IGNORECASE)),
    ("staff", re.compile(r"staff|employ|people|in post|workforce|payroll|roster|headcount|active",
                         re.IGNORECASE)),
)  # fmt: skip
_LEARNER: Final = re.compile(r"\b(uln|unique learner|learn(er)? ref|learnrefnumber|stdcode)")
_ABOUT_PERSON: Final = frozenset(
    [
        "employee_id",
        "name",
        "ni_number",
        "email",
        "birth_date",
        "age",
        "sex",
        "start_date",
        "leave_date",
        "tenure",
        "status",
        "leave_reason",
        "contract_type",
        "ethnicity",
        "disability",
        "marital_status",
        "phone",
        "address",
    ]
)
_DATED: Final = frozenset({"start_date", "role_start_date", "birth_date", "leave_date"})


def find_kind(table: Table) -> str:
    """Tell the kind of a table from its columns, its sheet's name and its title.

    Args:
        table: With the matches of a first pass.

    Returns:
        One of the kinds in `fields.KINDS`.
    """
    kind = _kind(table)
    if kind in {"counts", "other"}:
        return kind
    sure = {m.field for m in table.matches if m.field and m.confidence >= 0.6}
    recorded = sure & {"employee_id", "start_date", "leave_date", "birth_date", "opened_date"}
    if not recorded and (is_helper_name(table.sheet) or is_lookup(table)):
        return "other"
    return kind


def _kind(table: Table) -> str:  # noqa: PLR0911 - one return a kind
    sure = {m.field for m in table.matches if m.field and m.confidence >= 0.6}
    named = _named_kind(table)
    person = sure & _ABOUT_PERSON
    if _is_counts(table, sure) and not (sure & {"job_title", "post_id"} and _is_posts(sure, named)):
        return "counts"
    for kind, holds in (
        ("apprentices", _is_apprentices(sure, named) or _is_learners(table, sure)),
        ("requisitions", _is_requisitions(sure, named)),
        ("agency", _is_agency(sure, named)),
        ("posts", _is_posts(sure, named)),
    ):
        if holds:
            return kind
    known = any(m.field == "leave_date" and m.confidence >= 0.85 for m in table.matches)
    if known and _share_filled(table, "leave_date") >= 0.98 and len(sure) >= 3:
        return "leavers"
    if (
        named == "leavers"
        and sure & {"leave_date", "leave_reason"}
        and ("leave_date" not in sure or _share_filled(table, "leave_date") >= 0.7)
    ):
        return "leavers"
    if named == "starters" and sure & {"start_date", "job_title"}:
        return "starters"
    identified = bool(sure & {"employee_id", "name"})
    descriptions = sure & {"job_title", "department", "grade", "salary", "fte", "job_family"}
    described = bool(descriptions)
    dated = bool(sure & (_DATED | {"tenure"}))
    if (identified and (described or dated)) or (described and dated) or len(person) >= 4:
        return "staff"
    if "job_title" in sure and described and len(sure) >= 3:
        return "staff"
    if person and len(descriptions) >= 3:
        return "staff"
    return "other"


def _named_kind(table: Table) -> str:
    """Return the kind that the sheet's name says, else its title, else the file's name."""
    for text in (table.sheet, table.title.split(" · ")[0][:120], table.file.rsplit(".", 1)[0]):
        spaced = re.sub(r"[_\-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))
        for kind, pattern in _NAMED:
            if pattern.search(spaced):
                return kind
    return ""


def _share_filled(table: Table, field: str) -> float:
    for index, match in enumerate(table.matches):
        if match.field == field and match.used:
            seen = table.profiles[index]
            # A date that means “none” (1/1/1900) says that somebody has not left.
            return seen.filled * (1 - seen.of("no_date"))
    return 0.0


def _is_apprentices(sure: set[str], named: str) -> bool:
    marks = len(sure & {"standard", "planned_end_date", "trainee"})
    return marks >= 2 or (
        named == "apprentices" and bool(sure & {"standard", "planned_end_date", "start_date"})
    )


def _is_learners(table: Table, sure: set[str]) -> bool:
    """Tell a list of apprentices by the number that only learners have."""
    learners = any(_LEARNER.search(fold_heading(label)) for label in table.labels)
    return learners and bool(sure & {"standard", "planned_end_date", "start_date"})


def _is_requisitions(sure: set[str], named: str) -> bool:
    if sure & {"birth_date", "leave_reason", "employee_id"} and named != "requisitions":
        return False
    marks = len(sure & {"requisition_id", "opened_date", "closed_date"})
    return marks >= 2 or (marks == 1 and (named == "requisitions" or "outcome" in sure))


def _is_agency(sure: set[str], named: str) -> bool:
    if named == "agency":
        return bool(sure & {"day_rate", "job_title", "supplier", "contract_end_date"})
    return (
        "day_rate" in sure
        and bool(sure & {"supplier", "contract_end_date"})
        and ("employee_id" not in sure)
    )


def _is_posts(sure: set[str], named: str) -> bool:
    if sure & {"start_date", "birth_date", "leave_date", "leave_reason", "employee_id"} and not (
        named == "posts" and "establishment_fte" in sure
    ):
        return False
    if sure & {"employee_id", "birth_date"}:
        return False
    if "establishment_fte" in sure and sure & {"job_title", "post_id", "grade", "department"}:
        return True
    return (
        named == "posts"
        and bool(sure & {"post_id", "job_title"})
        and bool(sure & {"fte", "establishment_fte", "grade", "headcount", "post_id"})
    )


def _is_counts(table: Table, sure: set[str]) -> bool:
    """Tell a table of numbers of people: mostly numbers, a few words to label them, no person."""
    if sure & {"employee_id", "ni_number", "email", "birth_date"}:
        return False
    if len(sure & _ABOUT_PERSON) >= 4:
        return False
    if _is_apprentices(sure, "") or _is_requisitions(sure, ""):
        return False
    profiles = [seen for seen in table.profiles if seen.size]
    if not profiles:
        return False
    if (
        "headcount" in sure
        and "establishment_fte" not in sure
        and not sure & _DATED
        and (_counts_column(table))
    ):
        return True
    numeric = sum(seen.of("number") > 0.5 for seen in profiles)
    labels = len(profiles) - numeric
    has_person = len(sure & (_ABOUT_PERSON - {"age", "sex", "ethnicity", "disability"})) >= 2
    return numeric >= 1 and share(numeric, len(profiles)) >= 0.5 and labels <= 4 and not has_person


def _counts_column(table: Table) -> bool:
    for index, match in enumerate(table.matches):
        if match.field == "headcount" and match.confidence >= 0.6:
            column = table.column_at(index)
            present = column.values[filled(column)]
            digits = [any(letter.isdigit() for letter in str(value)) for value in present[:500]]
            return bool(np.mean(digits) > 0.8) if digits else False
    return False
