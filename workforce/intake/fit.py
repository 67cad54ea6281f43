"""Whether the values of a column can be what its heading says, and what they say by themselves."""

from collections.abc import Callable
from typing import Final

from workforce.intake.fields import FIELDS
from workforce.intake.names import Candidate
from workforce.intake.profile import Profile

__all__ = ["by_values", "fit_to_field"]

Verdict = tuple[float, str]
_NEUTRAL: Final[Verdict] = (1.0, "")
_UNMISTAKABLE: Final = frozenset({"email", "ni_number"})
_LOOKS_LIKE: Final = 0.78
"""The most that values alone can make us believe: below what counts as high."""


def _date(seen: Profile) -> Verdict:
    dated = seen.of("date")
    if dated >= 0.6 or (dated >= 0.2 and seen.filled < 0.3):
        return 1.04, "its values are dates"
    if seen.of("serial") + dated >= 0.8 and seen.kinds > 1:
        return 0.97, "its values read as Excel day numbers"
    if seen.of("year") + dated >= 0.9:
        return 0.9, "its values are years"
    if dated >= 0.2:
        return 0.8, "some of its values are dates"
    return 0.2, "its values are no dates"


def _snapshot(seen: Profile) -> Verdict:
    if seen.kinds > 0.5 * seen.size and seen.size >= 20 and seen.of("date") > 0.5:
        return 0.7, "its dates differ from row to row"
    if seen.of("year") + seen.of("date") >= 0.9:
        return 1.03, "its values are dates or years"
    return (0.9, "") if seen.of("date") + seen.of("number") > 0.5 else (0.5, "it holds no dates")


def _birth(seen: Profile) -> Verdict:
    return _date(seen)


def _fte(seen: Profile) -> Verdict:
    if seen.of("number") < 0.5:
        return (0.9, "") if seen.of("contract") > 0.8 else (0.35, "its values are no numbers")
    if seen.of("small") >= 0.7 or seen.of("percent_sign") > 0.7:
        return 1.04, "its values lie between 0 and 1"
    if 20 < seen.middle <= 100 and seen.high <= 120:
        return 0.92, "its values read as percentages"
    return 0.5, "its values are too large for an FTE"


def _hours(seen: Profile) -> Verdict:
    if seen.of("number") < 0.5:
        return 0.3, "its values are no numbers"
    if seen.of("date") > 0.5:
        return 0.2, "its values are dates"
    if seen.of("small") > 0.9:
        return 0.5, "its values are too small for hours a week"
    if seen.kinds == 1 and seen.middle > 48:
        return 0.6, "it holds one number that is no usual week"
    return (1.02, "its values read as weekly hours") if seen.high <= 60 else (0.6, "")


def _salary(seen: Profile) -> Verdict:
    if seen.of("number") < 0.5:
        return (0.75, "its values are words") if seen.size else _NEUTRAL
    if seen.middle >= 8000:
        return 1.04, "its values are the size of yearly pay"
    if seen.middle < 100:
        return 0.6, "its values are the size of hourly pay"
    return 0.93, "its values are too small for yearly pay"


def _age(seen: Profile) -> Verdict:
    if seen.of("age_band") > 0.5:
        return 1.04, "its values are age bands"
    if seen.of("number") > 0.8 and seen.low >= 14 and seen.high <= 100:
        return 1.04, "its values can be ages"
    return 0.5, "its values are no ages"


def _tenure(seen: Profile) -> Verdict:
    if seen.of("contract") > 0.5 or seen.of("date") > 0.5:
        return 0.3, "its values are no lengths of service"
    if seen.of("age_band") > 0.5 or seen.of("span") > 0.5:
        return 1.0, "its values are bands of years"
    if seen.of("number") >= 0.7 and seen.high <= 720 and seen.low >= 0:
        return 1.02, "its values can be lengths of service"
    return 0.6, ""


def _sex(seen: Profile) -> Verdict:
    if seen.of("sex") > 0.9:
        return 1.05, "its values are what such a column holds"
    return (0.95, "") if seen.kinds <= 8 else (0.5, "it has too many different values")


def _few(most: int) -> Callable[[Profile], Verdict]:
    def judge(seen: Profile) -> Verdict:
        return _NEUTRAL if seen.kinds <= most else (0.75, "it has many different values")

    return judge


def _identifier(seen: Profile) -> Verdict:
    if seen.of("date") > 0.5:
        return 0.2, "its values are dates"
    measured = seen.low < 0 or (seen.of("whole") < 0.9 and seen.of("id") < 0.8)
    if seen.of("number") > 0.9 and measured:
        return 0.3, "its values are measures"
    if seen.of("name") > 0.7:
        return 0.4, "its values look like names of people"
    if seen.size >= 10 and seen.kinds < 0.02 * seen.size:
        return 0.7, "its values repeat too often for an identifier"
    if seen.of("whole") > 0.95 or seen.of("id") > 0.8:
        return 1.04, "its values are identifiers"
    return _NEUTRAL


def _post(seen: Profile) -> Verdict:
    if seen.of("date") > 0.5:
        return 0.3, "its values are dates"
    if seen.of("job") > 0.3 and seen.of("id") < 0.5:
        return 0.4, "its values are job titles"
    if seen.of("id") > 0.8 or (seen.of("whole") > 0.95 and seen.high >= 100):
        return 1.04, "its values are identifiers"
    return _NEUTRAL


def _job_title(seen: Profile) -> Verdict:
    if seen.of("number") > 0.8 or seen.of("date") > 0.5 or seen.of("id") > 0.8:
        return 0.4, "its values are no titles"
    if seen.of("salutation") > 0.5:
        return 0.2, "its values are forms of address"
    if seen.of("job") > 0.3:
        return 1.05, "its values are job titles"
    if seen.of("name") > 0.8 and seen.unique > 0.8:
        return 0.6, "its values look like names of people"
    return _NEUTRAL


def _department(seen: Profile) -> Verdict:
    if seen.of("date") > 0.5 or (seen.of("number") > 0.9 and seen.unique > 0.9 and seen.size > 20):
        return 0.3, "its values are no departments"
    return (0.85, "its values are codes") if seen.of("number") > 0.9 else _NEUTRAL


def _grade(seen: Profile) -> Verdict:
    if seen.of("date") > 0.5 or (seen.of("number") > 0.8 and seen.high > 1000):
        return 0.3, "its values are no grades"
    if seen.of("grade") > 0.5:
        return 1.05, "its values are grades"
    return (0.7, "it has many different values") if seen.kinds > 150 else _NEUTRAL


def _contract(seen: Profile) -> Verdict:
    if seen.of("status") > 0.5 and seen.of("contract") < 0.3:
        return 0.5, "its values tell who is in post"
    if seen.of("contract") > 0.5:
        return 1.05, "its values are kinds of contract"
    if seen.of("number") > 0.8:
        return 0.6, "its values are codes"
    return (0.93, "") if seen.kinds <= 20 else (0.6, "it has many different values")


def _status(seen: Profile) -> Verdict:
    if seen.of("status") > 0.5 or (seen.of("yes_no") > 0.95 and seen.kinds <= 3):
        return 1.05, "its values tell who is in post"
    if seen.of("date") > 0.5 or seen.kinds > 25:
        return 0.4, "its values are no statuses"
    return (0.85, "its values are codes") if seen.of("number") > 0.8 else (0.95, "")


def _reason(seen: Profile) -> Verdict:
    if seen.of("reason") > 0.2:
        return 1.05, "its values are reasons for leaving"
    if seen.of("date") > 0.5:
        return 0.3, "its values are dates"
    return (0.9, "") if seen.filled < 0.6 else (0.8, "")


def _outcome(seen: Profile) -> Verdict:
    if seen.of("outcome") > 0.5 or (seen.of("yes_no") > 0.9 and seen.size):
        return 1.05, "its values are outcomes"
    return (0.85, "") if seen.kinds <= 20 else (0.5, "it has many different values")


def _number(seen: Profile) -> Verdict:
    return (1.02, "its values are numbers") if seen.of("number") > 0.6 else (0.4, "no numbers")


def _count(seen: Profile) -> Verdict:
    if seen.kinds == 1 and seen.size > 20:
        # One post a row is how lists of vacancies count; one person a row is how staff lists do.
        return 0.85, "it holds the same number everywhere"
    return (1.02, "its values are numbers") if seen.of("count") > 0.6 else (0.4, "no numbers")


def _text(seen: Profile) -> Verdict:
    if seen.of("date") > 0.7:
        return 0.3, "its values are dates"
    return (0.8, "its values are numbers") if seen.of("number") > 0.9 else _NEUTRAL


def _place(seen: Profile) -> Verdict:
    if seen.of("number") > 0.9 and seen.unique > 0.9 and seen.size > 20:
        return 0.3, "its values are all different numbers"
    return _text(seen)


def _name(seen: Profile) -> Verdict:
    if seen.of("name") > 0.5:
        return 1.05, "its values look like names of people"
    if seen.of("number") > 0.8 or seen.of("date") > 0.5:
        return 0.4, "its values are no names"
    return (0.8, "its values are job titles") if seen.of("job") > 0.3 else _NEUTRAL


_FITS: Final[dict[str, Callable[[Profile], Verdict]]] = {
    "employee_id": _identifier, "name": _name, "post_id": _post, "job_title": _job_title,
    "job_family": _text, "department": _department, "location": _place, "grade": _grade,
    "fte": _fte, "hours": _hours, "salary": _salary, "start_date": _date,
    "role_start_date": _date, "leave_date": _date, "leave_reason": _reason, "status": _status,
    "contract_type": _contract, "contract_end_date": _date, "birth_date": _birth, "age": _age,
    "tenure": _tenure, "snapshot_date": _snapshot, "sex": _sex, "ethnicity": _few(60),
    "disability": _few(25), "marital_status": _few(15), "nationality": _few(150),
    "establishment_fte": _number, "headcount": _count, "requisition_id": _post,
    "opened_date": _date, "closed_date": _date, "outcome": _outcome, "standard": _text,
    "planned_end_date": _date, "trainee": _few(12), "day_rate": _number, "supplier": _text,
}  # fmt: skip


def fit_to_field(field: str, seen: Profile) -> Verdict:
    """Judge whether values can be those of a field.

    Args:
        field: Canonical field.
        seen: Profile of the column.

    Returns:
        A factor on the confidence that the heading gives, and why, in words. An empty column
        proves nothing, so its heading counts a little less.
    """
    if seen.size == 0:
        return 0.88, "the column is empty"
    # A sort code (20-30-40) reads as a date too.
    if seen.of("date") > 0.7 and FIELDS[field].holds != "date" and not FIELDS[field].personal:
        return 0.3, "its values are dates"
    judge = _FITS.get(field)
    return judge(seen) if judge else _NEUTRAL


def by_values(seen: Profile) -> list[Candidate]:
    """Return what the values say where the heading says nothing.

    Args:
        seen: Profile of the column.

    Returns:
        Candidates with moderate confidence; only e-mail addresses and national insurance numbers
        are unmistakable.
    """
    if seen.size < 3:
        return []
    tests = (
        ("name", seen.of("salutation") > 0.7, 0.9, "its values are forms of address"),
        ("email", seen.of("email") > 0.6, 0.95, "its values are e-mail addresses"),
        ("ni_number", seen.of("nino") > 0.6, 0.95,
         "its values are national insurance numbers"),
        ("address", seen.of("postcode") > 0.6, 0.85, "its values are postcodes"),
        ("bank", seen.of("sort_code") > 0.8, 0.7, "its values look like sort codes"),
        ("phone", seen.of("phone") > 0.8 and seen.of("number") < 0.5, 0.7,
         "its values look like telephone numbers"),
        ("standard", seen.of("standard") > 0.6, 0.75, "its values are standard references"),
        ("sex", seen.of("sex") > 0.95 and 2 <= seen.kinds <= 4, 0.7, "its values are sexes"),
        ("job_title", seen.of("job") > 0.5 and seen.of("date") < 0.1 and seen.length < 45, 0.65,
         "its values are job titles"),
        ("name", seen.of("name") > 0.7 and seen.unique > 0.8, 0.65,
         "its values look like names of people"),
        ("leave_reason", seen.of("reason") > 0.5 and seen.kinds <= 60, 0.55,
         "its values are reasons for leaving"),
        ("contract_type", seen.of("contract") > 0.7 and seen.kinds <= 20, 0.6,
         "its values are kinds of contract"),
        ("age", seen.of("age_band") > 0.7, 0.6, "its values are age bands"),
    )  # fmt: skip
    return [
        Candidate(field, score, reason, 0.99 if field in _UNMISTAKABLE else _LOOKS_LIKE)
        for field, holds, score, reason in tests
        if holds
    ]
