"""Columns to fields: what the heading says, whether the values agree, what kind of table it is."""

import re
from collections.abc import Mapping
from typing import Final

from workforce.intake.dates import looks_like_date
from workforce.intake.fields import FIELDS
from workforce.intake.fit import by_values, fit_to_field
from workforce.intake.names import Candidate, NameMatcher
from workforce.intake.profile import Profile
from workforce.intake.table import ColumnMatch, Table
from workforce.intake.words import fold_heading

__all__ = ["match_columns"]

_LEAST: Final = 0.35
"""Below this a column is reported as none of ours."""

_SECOND: Final = 0.5
"""From this score on a second meaning is taken where another column has the first."""
_SINGLE: Final = frozenset({"job_title", "status", "headcount", "fte", "salary", "tenure"})
"""Fields of which a table has one column as a rule."""

_KEY_OF: Final = {
    "staff": "employee_id",
    "leavers": "employee_id",
    "starters": "employee_id",
    "posts": "post_id",
    "requisitions": "requisition_id",
}
_NUMBERED: Final = frozenset({"number", "reference", "id", "code", "hash", "key", "serial"})
"""Last words of headings over numbers that tell rows apart."""

_IN_KIND: Final[dict[tuple[str, str], str]] = {
    ("requisitions", "status"): "outcome",
    ("requisitions", "leave_date"): "closed_date",
    ("requisitions", "fte"): "fte",
    ("apprentices", "status"): "outcome",
    ("apprentices", "leave_date"): "leave_date",
    ("apprentices", "contract_end_date"): "planned_end_date",
    ("apprentices", "job_family"): "standard",
    ("posts", "fte"): "establishment_fte",
    ("posts", "headcount"): "establishment_fte",
    ("posts", "start_date"): "",
    ("agency", "leave_date"): "contract_end_date",
    ("agency", "planned_end_date"): "contract_end_date",
    ("agency", "salary"): "day_rate",
    ("staff", "outcome"): "status",
    ("staff", "planned_end_date"): "contract_end_date",
    ("staff", "day_rate"): "",
    ("staff", "supplier"): "department",
    ("staff", "opened_date"): "",
    ("staff", "closed_date"): "",
    ("staff", "trainee"): "",
    ("leavers", "outcome"): "status",
    ("leavers", "supplier"): "department",
    ("leavers", "status"): "status",
    ("starters", "supplier"): "department",
}
"""What a field is called in another kind of table; empty where it means nothing there."""

_FAVOURED: Final[dict[str, frozenset[str]]] = {
    "leavers": frozenset({"leave_date", "leave_reason", "employee_id", "name"}),
    "staff": frozenset({"employee_id", "start_date", "job_title", "department", "grade", "name",
                        "contract_type", "location", "status", "leave_date"}),
    "starters": frozenset({"employee_id", "start_date", "job_title", "name"}),
    "posts": frozenset({"post_id", "job_title", "establishment_fte", "department"}),
    "requisitions": frozenset({"requisition_id", "outcome", "opened_date", "closed_date",
                               "headcount", "job_title"}),
    "apprentices": frozenset({"standard", "outcome", "planned_end_date", "trainee", "start_date",
                              "employee_id", "name"}),
    "agency": frozenset({"day_rate", "supplier", "contract_end_date", "start_date", "job_title"}),
    "counts": frozenset({"headcount", "fte"}),
}  # fmt: skip
"""Fields at home in a kind: a heading several fields share is read as one of these."""

_PREFERRED: Final[dict[str, tuple[str, ...]]] = {
    # Tenure is continuous service and survives an internal move.
    "start_date": ("continuous", "original", "organisation", "hire", "joining", "start"),
    "department": ("directorate", "department", "service", "division", "business unit", "team"),
    "job_title": ("job title", "position title", "title", "role"),
    "grade": ("grade", "band"),
    "salary": ("fte salary", "full time", "annual", "base", "basic", "salary"),
    "leave_reason": ("reason",),
    "snapshot_date": ("record date", "snapshot date", "extract date", "date"),
    "employee_id": ("employee number", "employee id", "staff", "person", "assignment"),
    "age": ("age",),
}
_IN_POST: Final = re.compile(
    r"occup|contract|work|actual|filled|in post|staff|employee|substantive|current|person|paid"
)
"""Words that make an FTE on a list of posts that of the people in them."""
_NEVER_USED: Final = frozenset(
    key for key, field in FIELDS.items() if field.protected or (field.personal and key not in
                                                                {"employee_id", "birth_date"})
)  # fmt: skip


def match_columns(
    table: Table,
    matcher: NameMatcher,
    kind: str = "",
    corrections: Mapping[str, str] | None = None,
) -> list[ColumnMatch]:
    """Match the columns of a table.

    Args:
        table: The table.
        matcher: Knows headings.
        kind: Kind of table where known; the first pass does without, to find the kind.
        corrections: Heading -> field (or empty for none of ours), as somebody said.

    Returns:
        One match a column, in order.
    """
    given = corrections or {}
    ranked: list[list[Candidate]] = []
    for label, group, seen in zip(table.labels, table.groups, table.profiles, strict=True):
        if label in given and given[label] in {"", *FIELDS}:
            ranked.append([Candidate(given[label], 1.0, "as set in your mapping")])
        else:
            ranked.append(_rank(label, group, seen, matcher, kind))
    best = [_accepted(candidates) for candidates in ranked]
    _second_meanings(table, best, ranked, kind)
    _keys(table, best, kind)
    used = _first_of_each(table, best)
    return [
        ColumnMatch(
            file=table.file,
            sheet=table.sheet,
            column=label,
            field=candidate.field or None,
            confidence=round(candidate.score, 2),
            reason=_sentence(candidate, index in used, used, best, table),
            position=position,
            used=index in used,
            header_row=table.header_row,
            place=table.place,
        )
        for index, (label, position, candidate) in enumerate(
            zip(table.labels, table.positions, best, strict=True)
        )
    ]


def _rank(
    label: str, group: str, seen: Profile, matcher: NameMatcher, kind: str
) -> list[Candidate]:
    """Return what a column may be, most likely first."""
    named = list(matcher.match(label))
    if group and not looks_like_date(label):
        together = list(matcher.match(f"{group} {label}"))
        if together and together[0].score >= max((each.score for each in named), default=0.0):
            named = together
    judged = [_judge(candidate, seen, kind, label) for candidate in named]
    strongest = max((each.score for each in judged), default=0.0)
    if strongest < 0.55:
        judged += [_judge(candidate, seen, kind) for candidate in by_values(seen)]
    elif strongest < 0.9:
        judged += [each for each in by_values(seen) if each.score >= 0.85]
    return sorted(judged, key=lambda each: -each.score)


def _accepted(ranked: list[Candidate]) -> Candidate:
    """Return the likeliest candidate if it is likely enough, else that it is none of ours."""
    if not ranked:
        return Candidate("", 0.0, "neither the heading nor the values say what it is")
    found = ranked[0]
    if found.score < _LEAST:
        return Candidate(
            "", round(1 - found.score, 2) * 0.5, f"the heading might do, but {found.reason}"
        )
    return found


def _second_meanings(
    table: Table, best: list[Candidate], ranked: list[list[Candidate]], kind: str
) -> None:
    """Give a column its second meaning where another column has the first one better.

    “Profession” is the job title where there is no other, and the job family beside one.
    """
    taken = {candidate.field for candidate in best}
    used = _first_of_each(table, best)
    for index, candidate in enumerate(best):
        if index in used or candidate.field not in _SINGLE:
            continue
        other = next(
            (
                each
                for each in ranked[index]
                if each.field
                and each.field not in taken
                and each.score >= _SECOND
                and (FIELDS[each.field].holds != "id" or kind in FIELDS[each.field].kinds)
            ),
            None,
        )
        if other is not None:
            best[index] = Candidate(
                other.field, other.score, f"{other.reason}, and another column is the "
                f"{FIELDS[candidate.field].label.lower()}", other.most,
            )  # fmt: skip
            taken.add(other.field)


def _keys(table: Table, best: list[Candidate], kind: str) -> None:
    """Take a number of its own for each row as the identifier, where the table has no other.

    “VCP Ref” or “Brigade No” say no more than that something is numbered: what, the table does.
    """
    field = _KEY_OF.get(kind)
    if field is None or any(candidate.field == field for candidate in best):
        return
    for index, candidate in enumerate(best):
        seen, words = table.profiles[index], fold_heading(table.labels[index]).split()
        if candidate.field or not words or words[-1] not in _NUMBERED or seen.size < 5:
            continue
        if seen.unique > 0.95 and seen.of("id") > 0.9 and seen.of("date") < 0.5:
            best[index] = Candidate(
                field, 0.55, "it numbers the rows and the table has no other such column", 0.55
            )
            return


def _judge(candidate: Candidate, seen: Profile, kind: str, label: str = "") -> Candidate:
    """Weigh a candidate by the values and by the kind of table."""
    if not candidate.field:
        return candidate
    field, score, reason = candidate.field, candidate.score, candidate.reason
    translated = _IN_KIND.get((kind, field), field)
    if (kind, field) == ("posts", "fte") and _IN_POST.search(fold_heading(label)):
        translated = field
    if translated != field:
        if not translated:
            return Candidate("", score * 0.8, f"it means nothing in a table of {kind}")
        field, score = translated, score * 0.95
    factor, why = fit_to_field(field, seen)
    home = FIELDS[field].kinds
    if kind and home and kind not in home and kind not in {"counts", "other"}:
        score *= 0.7
    elif kind and field in _FAVOURED.get(kind, frozenset()):
        score += 0.4 * (0.95 - score) if score < 0.95 else 0.0
    joined = (
        f"{reason}, and {why}" if why and factor >= 1 else f"{reason}; {why}" if why else reason
    )
    return Candidate(field, min(candidate.most, score * factor), joined, candidate.most)


def _first_of_each(table: Table, best: list[Candidate]) -> set[int]:
    """Return the columns whose values are used: of several for one field the best one."""
    used: dict[str, tuple[float, int]] = {}
    for index, candidate in enumerate(best):
        field = candidate.field
        if not field or field in _NEVER_USED:
            continue
        rank = candidate.score + _preference(field, table.labels[index])
        if table.profiles[index].size == 0:
            rank -= 1.0
        if field not in used or rank > used[field][0]:
            used[field] = (rank, index)
    return {index for _, index in used.values()}


def _preference(field: str, label: str) -> float:
    folded = fold_heading(label)
    for order, word in enumerate(_PREFERRED.get(field, ())):
        if word in folded:
            return 0.2 - 0.02 * order
    return 0.0


def _sentence(
    candidate: Candidate, is_used: bool, used: set[int], best: list[Candidate], table: Table
) -> str:
    reason = candidate.reason[:1].upper() + candidate.reason[1:]
    field = candidate.field
    if not field or is_used:
        return f"{reason}."
    if field in _NEVER_USED:
        return f"{reason}; its values are dropped."
    other = next((i for i in used if best[i].field == field), None)
    if other is None:
        return f"{reason}."
    return f"{reason}; the column “{table.labels[other]}” is used for it."
