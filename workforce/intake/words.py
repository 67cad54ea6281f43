"""Folding a heading to plain words: case, punctuation, camel case, run-together words, short forms.

`orighiredate_key`, `Orig. Hire Date` and `OrigHireDate` all become `original hire date`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["compact", "fold_heading"]

_SHORT: Final = {
    "emp": "employee", "empl": "employee", "ee": "employee", "employees": "employee",
    "no": "number", "num": "number", "nr": "number", "nbr": "number", "nos": "number",
    "ref": "reference", "refno": "reference", "id": "id", "ids": "id", "identifier": "id",
    "dept": "department", "dep": "department", "depart": "department", "departments": "department",
    "dir": "directorate", "div": "division", "org": "organisation",
    "organization": "organisation", "organizational": "organisation",
    "organisational": "organisation", "orig": "original", "dt": "date", "dte": "date",
    "yr": "year", "yrs": "years", "mth": "month", "mths": "months", "mos": "months",
    "hr": "hours", "hrs": "hours", "wk": "week", "wkly": "weekly", "pw": "week",
    "desc": "description", "descr": "description", "descrip": "description",
    "loc": "location", "locn": "location", "pos": "position", "posn": "position",
    "mgr": "manager", "mgmt": "management", "supv": "supervisor",
    "term": "termination", "terminated": "terminated", "ann": "annual", "sal": "salary",
    "amt": "amount", "pct": "percent", "perc": "percent", "perm": "permanent",
    "temp": "temporary", "grp": "group", "cat": "category", "cd": "code", "std": "standard",
    "app": "apprentice", "apprenticeships": "apprenticeship", "est": "establishment",
    "estab": "establishment", "req": "requisition", "reqn": "requisition", "vac": "vacancy",
    "recr": "recruitment", "nat": "national", "ins": "insurance", "tel": "telephone",
    "mob": "mobile", "addr": "address", "pcode": "postcode", "dob": "birth date",
    "doh": "hire date", "doj": "joining date", "dol": "leaving date", "dor": "resignation date",
    "dot": "termination date", "birthdate": "birth date", "csd": "continuous service date",
    "ftc": "fixed term contract", "nino": "national insurance number",
    "nhs": "nhs", "reason": "reason", "rsn": "reason", "sex": "sex", "gndr": "gender",
    "eth": "ethnic", "ethn": "ethnic", "occ": "occupation", "prof": "profession",
    "exp": "expected", "proj": "projected", "act": "actual", "cur": "current",
    "curr": "current", "avg": "average", "tot": "total", "qty": "number", "pers": "personnel",
    "headcnt": "headcount", "hc": "headcount", "acct": "account", "fy": "financial year",
    "lvl": "level", "ass": "assignment", "asg": "assignment", "assgn": "assignment",
    "clsd": "closed", "prov": "provider", "qual": "qualification",
    "srv": "service", "svc": "service", "serv": "service",
    "rt": "rate", "cc": "cost centre", "ctr": "centre", "costc": "cost centre",
    "appt": "appointment", "equiv": "equivalent", "equivalence": "equivalent", "fam": "family",
    "ttl": "title", "gr": "grade", "vol": "voluntary", "invol": "involuntary", "stn": "station",
    "cont": "contracted", "desg": "designation",
    "desig": "designation", "nom": "number", "stat": "status", "flg": "flag",
    "ind": "indicator", "rec": "record", "rpt": "report", "sup": "supervisory",
    "auth": "authorised", "sect": "section", "sched": "scheduled", "strt": "start",
    "bus": "business", "annl": "annual", "comp": "compensation",
    "ltd": "limited", "fname": "first name", "lname": "last name", "surname": "surname",
    "ftes": "fte", "wtes": "wte", "titles": "title", "jobs": "job", "dates": "date",
}  # fmt: skip
_FILLER: Final = frozenset({"the", "a", "an", "of", "key", "t", "col"})
# Words that headings are run together from; used only to cut a word that is not one of them.
_VOCABULARY: Final = frozenset(
    [
        "age",
        "appointment",
        "assignment",
        "annual",
        "band",
        "base",
        "basis",
        "birth",
        "business",
        "calendar",
        "category",
        "city",
        "code",
        "company",
        "contract",
        "cost",
        "centre",
        "center",
        "country",
        "current",
        "date",
        "day",
        "department",
        "desc",
        "description",
        "directorate",
        "disability",
        "division",
        "effective",
        "email",
        "emp",
        "employee",
        "employer",
        "employment",
        "end",
        "entry",
        "ethnic",
        "ethnicity",
        "exit",
        "expected",
        "family",
        "first",
        "forename",
        "from",
        "full",
        "gender",
        "grade",
        "group",
        "head",
        "headcount",
        "hire",
        "hired",
        "hours",
        "id",
        "job",
        "joined",
        "joining",
        "key",
        "last",
        "leave",
        "leaver",
        "leavers",
        "leaving",
        "left",
        "length",
        "level",
        "line",
        "location",
        "manager",
        "marital",
        "month",
        "months",
        "name",
        "national",
        "nationality",
        "number",
        "occupation",
        "of",
        "office",
        "org",
        "organisation",
        "organization",
        "orig",
        "original",
        "pay",
        "payroll",
        "person",
        "personal",
        "planned",
        "post",
        "posts",
        "position",
        "profession",
        "race",
        "rate",
        "reason",
        "record",
        "reference",
        "region",
        "resignation",
        "role",
        "salary",
        "sector",
        "service",
        "sex",
        "short",
        "site",
        "snapshot",
        "staff",
        "standard",
        "start",
        "state",
        "status",
        "store",
        "supervisor",
        "surname",
        "team",
        "tenure",
        "term",
        "terminated",
        "termination",
        "time",
        "title",
        "to",
        "total",
        "type",
        "unit",
        "vacancy",
        "week",
        "weekly",
        "work",
        "worker",
        "working",
        "year",
        "years",
        "report",
        "reports",
        "at",
        "monthly",
        "income",
        "earnings",
        "hourly",
        "daily",
        "employees",
    ]
)
_INITIALS: Final = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
_PART_TIME: Final = re.compile(r"\b([FP])\s?/\s?T\b(?:ime)?", re.IGNORECASE)
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PLURAL_INITIALS: Final = re.compile(r"\b([A-Z]{2,})s\b")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=20_000)
def fold_heading(text: str) -> str:
    """Return a heading as plain words in lower case, short forms written out."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = plain.replace("%", " percent ").replace("#", " number ").replace("&", " and ")
    plain = _INITIALS.sub(lambda match: match[0].replace(".", ""), plain)
    plain = _PART_TIME.sub(lambda m: " full time " if m[1] in "fF" else " part time ", plain)
    plain = _PLURAL_INITIALS.sub(r"\1", plain.replace("'", ""))
    plain = _CAMEL.sub(" ", plain)
    words: list[str] = []
    for raw in _NOT_WORD.sub(" ", plain.lower()).split():
        pieces = [raw] if raw in _SHORT or raw in _VOCABULARY else _cut(raw)
        for piece in pieces:
            words += _SHORT.get(piece, piece).split()
    kept = [word for word in words if word not in _FILLER]
    return " ".join(kept or words)


def compact(folded: str) -> str:
    """Return a folded heading without spaces, the key under which synonyms are found."""
    return folded.replace(" ", "")


def _cut(word: str) -> list[str]:
    """Cut a run-together word into known words, the fewest that cover it; else leave it whole."""
    if not 6 <= len(word) <= 40 or not word.isalpha():
        return [word]
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 14), end):
            before, piece = best[start], word[start:end]
            if before is None or piece not in _VOCABULARY:
                continue
            found = best[end]
            if found is None or len(before) + 1 < len(found):
                best[end] = [*before, piece]
    return best[-1] or [word]
