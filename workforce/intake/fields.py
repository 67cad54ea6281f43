"""The fields a column can be: what each is called, why it is asked for, which tables have it."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = ["FIELDS", "KINDS", "Field", "Kind"]

Kind = str

KINDS: Final[tuple[Kind, ...]] = (
    "staff",
    "leavers",
    "starters",
    "posts",
    "requisitions",
    "apprentices",
    "agency",
    "counts",
    "other",
)

_PEOPLE: Final = ("staff", "leavers", "starters")
_ANYBODY: Final = (*_PEOPLE, "apprentices", "agency")


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field.

    Attributes:
        key: Name used in reports and mapping files.
        label: What a person reads.
        why: Why we ask for it, in one sentence.
        kinds: Kinds of table it belongs to; empty for every kind.
        personal: It identifies a person: dropped, or hashed if it is the identifier.
        protected: A protected characteristic: recognised and left out.
        holds: What its values are: `date`, `number`, `text`, `id`, `any`.
    """

    key: str
    label: str
    why: str
    kinds: tuple[Kind, ...] = ()
    personal: bool = False
    protected: bool = False
    holds: str = "text"


_NAMING = "Recognised so that it can be dropped: nothing here needs to know who anybody is."
_PROTECTED = (
    "Recognised and left out: it enters no forecast, and is used only if you ask for the fairness "
    "check."
)

_ALL: Final[tuple[Field, ...]] = (
    Field(
        "employee_id",
        "Employee number",
        "To recognise the same person in several lists. It is hashed at once with a key that is "
        "thrown away.",
        _ANYBODY,
        personal=True,
        holds="id",
    ),
    Field("name", "Name", _NAMING, personal=True),
    Field("ni_number", "National Insurance or tax number", _NAMING, personal=True, holds="id"),
    Field("email", "E-mail or account name", _NAMING, personal=True),
    Field("phone", "Telephone", _NAMING, personal=True),
    Field("address", "Home address or postcode", _NAMING, personal=True),
    Field("bank", "Bank details", _NAMING, personal=True, holds="id"),
    Field(
        "post_id",
        "Post number",
        "To compare people with funded posts.",
        (*_PEOPLE, "posts", "requisitions"),
        holds="id",
    ),
    Field("job_title", "Job title", "To find the digital roles and their family."),
    Field("job_family", "Job family or profession", "A second opinion on the role family."),
    Field("department", "Department or team", "To show where vacancies and leavers fall."),
    Field("location", "Work location", "To show sites apart where that matters."),
    Field("grade", "Grade", "Leaving and hiring differ by seniority."),
    Field("fte", "FTE", "Vacancies are counted in full-time equivalents.", holds="number"),
    Field(
        "hours",
        "Weekly hours",
        "To work out the FTE where it is not given.",
        _ANYBODY,
        holds="number",
    ),
    Field(
        "salary",
        "Annual salary",
        "To place a grade in a band and to cost a plan.",
        (*_ANYBODY, "posts", "requisitions"),
        holds="number",
    ),
    Field(
        "start_date",
        "Start date",
        "Leaving depends on length of service; continuous service is best.",
        (*_ANYBODY, "requisitions"),
        holds="date",
    ),
    Field(
        "role_start_date",
        "Start in the present post",
        "To see internal moves, which are not leavers.",
        _PEOPLE,
        holds="date",
    ),
    Field(
        "leave_date",
        "Leaving date",
        "To count leavers in the month in which they left.",
        (*_PEOPLE, "apprentices"),
        holds="date",
    ),
    Field(
        "leave_reason",
        "Reason for leaving",
        "Only voluntary leaving answers to what an employer does.",
        (*_PEOPLE, "apprentices"),
    ),
    Field(
        "status",
        "Employment status",
        "To tell people in post from people who have left.",
        _ANYBODY,
        holds="any",
    ),
    Field(
        "contract_type",
        "Contract type",
        "Fixed-term contracts end; apprentices, agency and casual staff are counted apart.",
        (*_ANYBODY, "posts", "requisitions"),
    ),
    Field(
        "contract_end_date",
        "End of contract",
        "A fixed term has a known end.",
        (*_PEOPLE, "agency"),
        holds="date",
    ),
    Field(
        "birth_date",
        "Date of birth",
        "Turned into an age band, which matters for retirement and nothing else.",
        _ANYBODY,
        personal=True,
        holds="date",
    ),
    Field(
        "age",
        "Age",
        "Turned into an age band, which matters for retirement.",
        _ANYBODY,
        holds="any",
    ),
    Field(
        "tenure",
        "Length of service",
        "Stands in for the start date where there is none.",
        _PEOPLE,
        holds="number",
    ),
    Field(
        "snapshot_date",
        "Date of the extract",
        "To know up to which day leaving could have been seen.",
        holds="date",
    ),
    Field("sex", "Sex or gender", _PROTECTED, _ANYBODY, protected=True, holds="any"),
    Field("ethnicity", "Ethnicity", _PROTECTED, _ANYBODY, protected=True, holds="any"),
    Field("disability", "Disability", _PROTECTED, _ANYBODY, protected=True, holds="any"),
    Field("marital_status", "Marital status", _PROTECTED, _ANYBODY, protected=True, holds="any"),
    Field("nationality", "Nationality", _PROTECTED, _ANYBODY, protected=True, holds="any"),
    Field("religion", "Religion or belief", _PROTECTED, _ANYBODY, protected=True, holds="any"),
    Field(
        "sexual_orientation",
        "Sexual orientation",
        _PROTECTED,
        _ANYBODY,
        protected=True,
        holds="any",
    ),
    Field(
        "manager_id",
        "Line manager",
        "Recognised so that it can be dropped.",
        _PEOPLE,
        personal=True,
        holds="any",
    ),
    Field(
        "soc_code",
        "Occupation code",
        "A second opinion on the role family.",
        holds="any",
    ),
    Field(
        "establishment_fte",
        "Funded FTE",
        "Vacancies are funded posts less people in post.",
        ("posts",),
        holds="number",
    ),
    Field(
        "headcount",
        "Number of people or posts",
        "A table with numbers of people is counts, not people.",
        ("counts", "posts", "requisitions"),
        holds="number",
    ),
    Field(
        "requisition_id",
        "Vacancy reference",
        "To count each recruitment once.",
        ("requisitions",),
        holds="id",
    ),
    Field(
        "opened_date",
        "Opened or advertised",
        "Time to hire runs from here.",
        ("requisitions",),
        holds="date",
    ),
    Field(
        "closed_date",
        "Closed or filled",
        "Time to hire runs to here where the person's start is not given.",
        ("requisitions",),
        holds="date",
    ),
    Field(
        "outcome",
        "Outcome",
        "Filled, failed and withdrawn recruitments say different things.",
        ("requisitions", "apprentices"),
    ),
    Field(
        "standard",
        "Apprenticeship standard",
        "Duration, funding and pass rates hang on the standard.",
        ("apprentices",),
    ),
    Field(
        "planned_end_date",
        "Planned end of training",
        "To know when apprentices become available.",
        ("apprentices",),
        holds="date",
    ),
    Field(
        "trainee",
        "New recruit or existing staff",
        "Existing staff leave a post behind when they qualify; new recruits do not.",
        ("apprentices",),
    ),
    Field(
        "day_rate",
        "Day rate",
        "To compare cover with hiring.",
        ("agency",),
        holds="number",
    ),
    Field("supplier", "Agency", "To recognise agency workers.", ("agency",)),
)

FIELDS: Final = MappingProxyType({each.key: each for each in _ALL})
"""Canonical field -> what it is and why we ask."""
