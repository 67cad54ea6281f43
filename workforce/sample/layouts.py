"""Layouts of the untidy workbook: headings of other systems, titles, subtotals, notes."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from workforce.sample.catalogue import COUNCIL
from workforce.sample.tidy import long_date

__all__ = ["Heading", "Layout", "layouts"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of an untidy sheet.

    Attributes:
        text: Heading in this export.
        of: Heading of the tidy column it is filled from.
        kind: How `Mess` treats its values.
        group: Heading above it, for sheets with two rows of headings.
    """

    text: str
    of: str
    kind: str = "text"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet is laid out.

    Attributes:
        name: Tab name.
        of: Tidy sheet it is filled from.
        headings: Columns.
        title: Lines above the headings.
        indent: Empty columns to the left.
        blank_every: An empty row after so many records, 0 for none.
        subtotal_by: Position of the column whose change closes a block with a subtotal.
        total_of: Position of the column that is summed in the last row.
        note: Line below everything.
    """

    name: str
    of: str
    headings: tuple[Heading, ...]
    title: tuple[str, ...]
    indent: int = 0
    blank_every: int = 0
    subtotal_by: int = -1
    total_of: int = -1
    note: str = ""


_STAFF: Final = (
    Heading("Pers Ref", "Employee number", "id", "Employee"),
    Heading("Name", "Employee name", "text", "Employee"),
    Heading("DOB", "Date of birth", "birth", "Employee"),
    Heading("Position Ref", "Post number", "id", "Position"),
    Heading("Post Title", "Job title", "title", "Position"),
    Heading("Directorate", "Directorate", "text", "Position"),
    Heading("Org Unit", "Team", "text", "Position"),
    Heading("Work Base", "Location", "text", "Position"),
    Heading("Grade", "Grade", "text", "Position"),
    Heading("Contractual FTE", "FTE", "fte", "Terms"),
    Heading("Annual Salary", "Annual salary", "money", "Terms"),
    Heading("Basis", "Contract type", "contract", "Terms"),
    Heading("FTC End", "Contract end date", "date", "Terms"),
    Heading("Continuous Service Date", "Start date", "date", "Service"),
    Heading("Post Start Date", "Post start date", "date", "Service"),
    Heading("Date of Leaving", "Leaving date", "date", "Service"),
    Heading("Reason for Leaving", "Leaving reason", "text", "Service"),
)
_LEAVERS: Final = (
    Heading("Person Number", "Employee number", "id"),
    Heading("Full Name", "Employee name"),
    Heading("Position Name", "Job title", "title"),
    Heading("Department Name", "Directorate"),
    Heading("Grade Name", "Grade"),
    Heading("Assignment FTE", "FTE", "fte"),
    Heading("Assignment Category", "Contract type", "contract"),
    Heading("Hire Date", "Start date", "date"),
    Heading("Actual Termination Date", "Leaving date", "date"),
    Heading("Action Reason", "Leaving reason"),
    Heading("Birth date", "Date of birth", "birth"),
)
_POSTS: Final = (
    Heading("Post No", "Post number", "id"),
    Heading("Service", "Directorate"),
    Heading("Post Title", "Job title", "title"),
    Heading("Grade", "Grade"),
    Heading("Budgeted FTE", "Establishment FTE", "plain"),
    Heading("Status", "Post status"),
)
_ROUNDS: Final = (
    Heading("Vacancy Ref", "Requisition number", "id"),
    Heading("Role Title", "Job title", "title"),
    Heading("Directorate", "Directorate"),
    Heading("Pay Band", "Grade"),
    Heading("Date Advertised", "Date opened", "date"),
    Heading("Date Filled / Closed", "Date closed", "date"),
    Heading("Vacancy Status", "Outcome", "outcome"),
    Heading("Start Date", "Start date", "date"),
)
_TRAINEES: Final = (
    Heading("Emp No", "Employee number", "id"),
    Heading("Name", "Employee name"),
    Heading("Programme", "Apprenticeship standard"),
    Heading("Std Ref", "Standard reference", "plain"),
    Heading("Started", "Start date", "date"),
    Heading("Expected End", "Planned end date", "date"),
    Heading("Actual End", "Actual end date", "date"),
    Heading("Status", "Outcome", "training"),
    Heading("Destination", "Destination"),
    Heading("New / existing", "Trainee type"),
)


def layouts(as_of: date) -> tuple[Layout, ...]:
    """Return the layout of every sheet of the untidy workbook, the staff list first."""
    when = f"as at {long_date(as_of)}"
    return (
        Layout("Staff in post", "Staff", _STAFF, (f"{COUNCIL}: staff in post", when), indent=1,
               blank_every=400, total_of=9,
               note="Excludes schools. Fictional data: no person named here exists."),
        Layout("Leavers", "Leavers", _LEAVERS, (f"Leavers report, run for period to {when[6:]}",),
               note="Source: HR system (fictional)"),
        Layout("Establishment", "Establishment", _POSTS, ("Establishment list", when, ""),
               subtotal_by=1, total_of=4),
        Layout("Vacancies", "Requisitions", _ROUNDS, (), blank_every=250),
        Layout("Apprenticeships", "Apprentices", _TRAINEES, ("Apprenticeship tracker",), indent=1),
    )  # fmt: skip
