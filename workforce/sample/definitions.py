"""Every column of the workbook, described once: for the template, the sample and its dictionary."""

from dataclasses import dataclass
from typing import Final, Literal

from workforce.sample.wording import STANDARDS

__all__ = [
    "COLUMNS",
    "SHEETS",
    "Column",
    "SheetText",
    "columns_of",
    "dictionary_markdown",
    "format_of",
]

Kind = Literal["text", "date", "number", "money"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one sheet.

    Attributes:
        sheet: Sheet it stands on.
        heading: Heading, worded so that the reader recognises it.
        field: Column of the simulated frame it is filled from.
        meaning: What it holds.
        required: `yes`, `no`, or when.
        kind: How it is written.
        why: What the tool does with it.
        example: An example value.
        choices: Allowed values, where there is a list.
        width: Column width in characters.
        in_template: Whether the blank workbook asks for it.
    """

    sheet: str
    heading: str
    field: str
    meaning: str
    required: str
    kind: Kind
    why: str
    example: str
    choices: tuple[str, ...] = ()
    width: float = 16
    in_template: bool = True
    in_sample: bool = True


@dataclass(frozen=True, slots=True)
class SheetText:
    """What a sheet is for."""

    name: str
    purpose: str


SHEETS: Final = (
    SheetText(
        "Staff", "Everybody on the list at the date of the extract, one row a person and post."
    ),
    SheetText(
        "Leavers", "Everybody who left in the period, at least 24 months, better five years."
    ),
    SheetText("Establishment", "Funded posts at the date of the extract, one row a post."),
    SheetText("Requisitions", "Recruitment rounds opened in the period, one row a round."),
    SheetText("Apprentices", "Apprenticeships that ran in the period, one row an apprenticeship."),
)

CONTRACTS: Final = (
    "Permanent", "Fixed term", "Apprenticeship", "Casual", "Agency", "Seconded in",
)  # fmt: skip
LEAVING_REASONS: Final = (
    "Better pay and conditions", "Joined private sector", "Career development",
    "Other local authority", "Joined other public body", "Work life balance", "Personal reasons",
    "Resignation", "Travel / commute", "Moved away", "Caring responsibilities",
    "Workload / stress", "Dissatisfied with management", "Normal retirement", "Early retirement",
    "Ill health retirement", "End of fixed term", "End of temporary contract",
    "End of apprenticeship", "Casual contract ended", "Voluntary redundancy",
    "Compulsory redundancy", "TUPE transfer", "Capability", "Dismissal", "Death in service",
)  # fmt: skip
OUTCOMES: Final = ("Filled", "Failed", "Withdrawn", "Open")
TRAINING_OUTCOMES: Final = (
    "In training", "Withdrawn - left the organisation", "Withdrawn - stayed with the organisation",
    "Achieved", "Not achieved",
)  # fmt: skip
DESTINATIONS: Final = (
    "Converted to substantive post", "Redeployed", "Remained in current post",
    "Left - no post available",
)  # fmt: skip
TRAINEES: Final = ("New recruit", "Existing staff")
_NO_KEEP = "Joins the lists, then is replaced by a code that cannot be traced back."


def _person(sheet: str) -> tuple[Column, ...]:
    return (
        Column(sheet, "Employee number", "employee_number", "Number that stays with the person",
               "yes", "text", f"Finds the same person in two lists. {_NO_KEEP}", "204512"),
        Column(sheet, "Employee name", "employee_name", "Name", "no", "text",
               "Not needed and never kept; here to show that it is dropped.", "Wren Candlewick",
               width=24, in_template=False),
    )  # fmt: skip


def _post(sheet: str, required: str = "no") -> Column:
    return Column(sheet, "Post number", "post", "Number of the post", required, "text",
                  "Tells posts with the same title apart.", "P010123")  # fmt: skip


def _job(sheet: str) -> tuple[Column, ...]:
    return (
        Column(sheet, "Job title", "job_title", "Title of the post, as you write it", "yes",
               "text", "Sorts posts into cyber, data, transformation and other digital.",
               "Senior Data Analyst", width=32),
        Column(sheet, "Directorate", "department", "Directorate or department", "no", "text",
               "Splits results by directorate.", "Digital, Data and Technology", width=30),
    )  # fmt: skip


def _grade(sheet: str) -> Column:
    return Column(sheet, "Grade", "grade", "Grade or pay band", "no", "text",
                  "Leaving and hiring differ between junior and senior posts.", "Grade 10",
                  width=13)  # fmt: skip


def _employment(sheet: str) -> tuple[Column, ...]:
    leaver = sheet == "Leavers"
    return (
        Column(sheet, "Team", "team", "Team or service", "no", "text",
               "Helps you find people again; not analysed.", "Data and Insight", width=24),
        Column(sheet, "Location", "location", "Work base", "no", "text",
               "Not analysed yet.", "Quill House", width=24),
        _grade(sheet),
        Column(sheet, "FTE", "fte", "Full-time equivalent, 1 is full time", "yes", "number",
               "Capacity is counted in FTE, people in heads.", "0.8", width=8),
        Column(sheet, "Annual salary", "salary", "Full-time annual salary in pounds", "no",
               "money", "Ranks grades and prices vacancies and cover.", "44000", width=14),
        Column(sheet, "Start date", "start_date",
               "First day of continuous service with the organisation", "yes", "date",
               "Gives length of service, the strongest sign of who may leave.", "04/09/2023"),
        Column(sheet, "Post start date", "role_start_date", "First day in this post", "no",
               "date", "Shows moves inside the organisation.", "01/04/2025"),
        Column(sheet, "Contract type", "contract_text", "Kind of contract", "yes", "text",
               "Fixed terms end; agency, casual and seconded-in people are cover.", "Permanent",
               CONTRACTS, 16),
        Column(sheet, "Contract end date", "contract_end_date", "Last day of a fixed term",
               "for fixed terms", "date", "Known ends are not guessed.", "31/03/2027", width=18),
        Column(sheet, "Date of birth", "birth_date", "Date of birth", "no", "date",
               "Turned into an age band at once; used for retirement only.", "14/07/1988"),
        Column(sheet, "Leaving date", "leave_date",
               "Last day of service" if leaver else "Last day, if notice is already given",
               "yes" if leaver else "if known", "date",
               "Leavers per person and month are what is forecast.", "29/05/2026"),
        Column(sheet, "Leaving reason", "leave_reason", "Reason as your system words it",
               "yes" if leaver else "if known", "text",
               "Only resignations can be prevented: retirements and ends of contract are apart.",
               "Better pay and conditions", LEAVING_REASONS, 28),
    )  # fmt: skip


_ESTABLISHMENT: Final = (
    _post("Establishment", "yes"),
    *_job("Establishment"),
    Column("Establishment", "Team", "team", "Team or service", "no", "text",
           "Helps you find posts again; not analysed.", "Data and Insight", width=24),
    _grade("Establishment"),
    Column("Establishment", "Establishment FTE", "establishment_fte", "Funded FTE of the post",
           "yes", "number", "Establishment less people in post is the vacancy.", "1", width=18),
    Column("Establishment", "Post status", "status", "Filled or vacant at the date of the extract",
           "no", "text", "Not read; lets you check the vacancies worked out from the lists.",
           "Vacant", ("Filled", "Vacant"), 13, in_template=False),
)  # fmt: skip

_REQUISITIONS: Final = (
    Column("Requisitions", "Requisition number", "requisition", "Number of the round", "yes",
           "text", "Tells rounds apart.", "REQ-20417", width=19),
    _post("Requisitions"),
    *_job("Requisitions"),
    _grade("Requisitions"),
    Column("Requisitions", "Number of posts", "posts", "Posts recruited to in the round", "no",
           "number", "A round may fill several posts; 1 is assumed.", "1", width=16,
           in_sample=False),
    Column("Requisitions", "Date opened", "opened_date", "Day recruitment was approved to start",
           "yes", "date", "Starts the clock of the time to hire.", "06/01/2026"),
    Column("Requisitions", "Date closed", "closed_date",
           "Day an offer was accepted, or the round failed or was withdrawn", "unless open",
           "date", "Ends a round; rounds without it count as open.", "10/03/2026"),
    Column("Requisitions", "Outcome", "outcome_text", "How the round ended", "yes", "text",
           "Failed rounds are half of the story of a vacancy.", "Filled", OUTCOMES, 13),
    Column("Requisitions", "Start date", "start_date", "First day of the person appointed",
           "for filled rounds", "date", "Ends the clock of the time to hire.", "13/04/2026"),
)  # fmt: skip

_APPRENTICES: Final = (
    *_person("Apprentices"),
    Column("Apprentices", "Standard reference", "standard", "Reference of the standard", "no",
           "text", "Finds length, funding band and usual achievement.", "ST1021",
           tuple(sorted(standard.reference for standard in STANDARDS)), 19),
    Column("Apprentices", "Apprenticeship standard", "standard_name", "Name of the standard",
           "yes", "text", "The same, where there is no reference.",
           "Cyber security technologist (2021)", width=42),
    Column("Apprentices", "Start date", "start_date", "First day of the apprenticeship", "yes",
           "date", "Withdrawal depends on how far into the programme somebody is.", "02/09/2024"),
    Column("Apprentices", "Planned end date", "planned_end_date", "Planned last day of training",
           "yes", "date", "Says when people may become available.", "02/09/2026", width=18),
    Column("Apprentices", "Actual end date", "leave_date", "Day of withdrawal or of the result",
           "once ended", "date", "Measures your own withdrawal and achievement.", "14/11/2026"),
    Column("Apprentices", "Outcome", "outcome_text", "How the apprenticeship ended", "yes",
           "text", "A withdrawal is not a leaver: many stay with the employer.", "Achieved",
           TRAINING_OUTCOMES, 34),
    Column("Apprentices", "Destination", "destination", "What followed", "no", "text",
           "Measures how many achievers you keep.", "Converted to substantive post",
           DESTINATIONS, 30),
    Column("Apprentices", "Trainee type", "trainee_text", "Recruited for it, or already staff",
           "no", "text", "Existing staff leave a vacancy behind; recruits do not.", "New recruit",
           TRAINEES, 16),
)  # fmt: skip

COLUMNS: Final = (
    *(column for sheet in ("Staff", "Leavers") for column in
      (*_person(sheet), _post(sheet), *_job(sheet), *_employment(sheet))),
    *_ESTABLISHMENT,
    *_REQUISITIONS,
    *_APPRENTICES,
)  # fmt: skip


def columns_of(sheet: str, *, template: bool = False) -> tuple[Column, ...]:
    """Return the columns of a sheet of the sample, or of the template, in order."""
    return tuple(
        column
        for column in COLUMNS
        if column.sheet == sheet and (column.in_template if template else column.in_sample)
    )


def dictionary_markdown() -> str:
    """Return the data dictionary as Markdown tables, one a sheet."""
    parts = []
    for sheet in SHEETS:
        parts.append(f"### {sheet.name}\n\n{sheet.purpose}\n")
        parts.append("| column | meaning | required | format | why it is asked | example |")
        parts.append("|---|---|---|---|---|---|")
        parts += [
            f"| {c.heading} | {c.meaning} | {c.required} | {format_of(c)} | {c.why} | {c.example} |"
            for c in columns_of(sheet.name)
        ]
        parts.append("")
    return "\n".join(parts)


def format_of(column: Column) -> str:
    """Return in words how a column is to be filled in."""
    if column.choices and len(column.choices) <= 8:
        return "one of: " + "; ".join(column.choices)
    if column.choices:
        return "text; list offered"
    return {"text": "text", "date": "date, dd/mm/yyyy", "number": "number", "money": "pounds"}[
        column.kind
    ]
