"""Headings, reasons, grades and contracts to the words we use."""

import pytest
from intake_files import EVIDENCE

from workforce.domain.bands import Cause, Contract, GradeBand
from workforce.intake.causes import NOT_A_LEAVER, CauseReader
from workforce.intake.contracts import IN_POST, LEFT, read_contract, read_status
from workforce.intake.grades import grade_band
from workforce.intake.names import NameMatcher
from workforce.intake.words import fold_heading

NAN = float("nan")


@pytest.mark.parametrize(
    ("heading", "folded"),
    [
        ("orighiredate_key", "original hire date"),
        ("DateofTermination", "date termination"),
        ("termreason_desc", "termination reason description"),
        ("EmpID", "employee id"),
        ("Emp. No.", "employee number"),
        ("% FTE", "percent fte"),
        ("FTEs", "fte"),
        ("Salary (£)", "salary"),
        ("Hrs pw", "hours week"),
    ],
)
def test_a_heading_folds_to_plain_words(heading: str, folded: str) -> None:
    assert fold_heading(heading) == folded


@pytest.mark.parametrize("synonym", EVIDENCE.synonyms, ids=lambda each: f"{each.field}:{each.name}")
def test_every_heading_of_the_evidence_is_among_the_candidates(synonym) -> None:  # type: ignore[no-untyped-def]
    found = {each.field for each in NameMatcher(EVIDENCE.synonyms).match(synonym.name)}
    assert synonym.field in found, f"{synonym.name} gives {found}"


@pytest.mark.parametrize("known", EVIDENCE.leave_reasons, ids=lambda each: each.reason)
def test_every_reason_of_the_evidence_has_its_cause(known) -> None:  # type: ignore[no-untyped-def]
    cause = CauseReader(EVIDENCE.leave_reasons).read(known.reason.upper())
    expected = NOT_A_LEAVER if known.cause in {"internal_move", "not_a_leaver"} else known.cause
    assert cause == expected


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("Resignaton", Cause.VOLUNTARY),
        ("Resigned - better pay elsewhere", Cause.VOLUNTARY),
        ("Ill Health Retirement (Tier 1)", Cause.RETIREMENT),
        ("Expiry of fixed-term contract", Cause.END_OF_CONTRACT),
        ("Layoff", Cause.ORGANISATIONAL_EVENT),
        ("Compulsory Redundancy - restructure", Cause.ORGANISATIONAL_EVENT),
        ("TUPE transfer out", Cause.ORGANISATIONAL_EVENT),
        ("Dismissed - gross misconduct", Cause.OTHER),
        ("Died in service", Cause.OTHER),
        ("Involuntary", Cause.OTHER),
        ("Redeployed to another team", NOT_A_LEAVER),
        ("N/A-StillEmployed", ""),
        ("Not Applicable", ""),
        ("XQ7", ""),
        ("", ""),
    ],
)
def test_a_reason_is_read_by_its_words(reason: str, cause: str) -> None:
    assert CauseReader(EVIDENCE.leave_reasons).read(reason) == cause


def test_a_correction_wins_over_the_evidence() -> None:
    reader = CauseReader(EVIDENCE.leave_reasons, {"Resignation": "other", "XQ7": "retirement"})
    assert reader.read("resignation") == Cause.OTHER
    assert reader.read("xq7") == Cause.RETIREMENT


@pytest.mark.parametrize(
    ("grade", "salary", "title", "band"),
    [
        ("Band 4", NAN, "", GradeBand.ENTRY),
        ("Band 6", NAN, "", GradeBand.PRACTITIONER),
        ("8a", NAN, "", GradeBand.SENIOR),
        ("Band 8c", NAN, "", GradeBand.LEAD),
        ("AO", NAN, "", GradeBand.ENTRY),
        ("HEO", NAN, "", GradeBand.PRACTITIONER),
        ("SEO", NAN, "", GradeBand.SENIOR),
        ("G6", NAN, "", GradeBand.LEAD),
        ("Grade 7", NAN, "", GradeBand.PRACTITIONER),
        ("PO3", NAN, "", GradeBand.SENIOR),
        ("SO1", NAN, "", GradeBand.PRACTITIONER),
        ("SCP 5", NAN, "", GradeBand.ENTRY),
        ("Chief Officer", NAN, "", GradeBand.LEAD),
        ("", NAN, "Apprentice Data Technician", GradeBand.ENTRY),
        ("", NAN, "Senior Data Analyst", GradeBand.SENIOR),
        ("", NAN, "Head of Digital", GradeBand.LEAD),
        ("", 24_000, "Officer", GradeBand.ENTRY),
        ("", 60_000, "Officer", GradeBand.LEAD),
        ("", NAN, "Officer", GradeBand.PRACTITIONER),
    ],
)
def test_a_grade_falls_in_its_band(grade: str, salary: float, title: str, band: str) -> None:
    assert grade_band(grade, salary, title) == band


@pytest.mark.parametrize(
    ("text", "contract"),
    [
        ("Permanent", Contract.PERMANENT),
        ("PERM", Contract.PERMANENT),
        ("Fixed Term Temp", Contract.FIXED_TERM),
        ("FTC", Contract.FIXED_TERM),
        ("Apprenticeship", Contract.APPRENTICE),
        ("Bank", Contract.CASUAL),
        ("Zero hours", Contract.CASUAL),
        ("Agency worker", Contract.AGENCY),
        ("Secondment in", Contract.SECONDED_IN),
        ("Full time", Contract.UNKNOWN),
        ("", Contract.UNKNOWN),
    ],
)
def test_a_contract_is_read_by_its_words(text: str, contract: Contract) -> None:
    assert read_contract(text) == contract


@pytest.mark.parametrize(
    ("text", "heading", "state"),
    [
        ("Yes", "Attrition", LEFT),
        ("No", "Attrition", IN_POST),
        ("1", "Termd", LEFT),
        ("Yes", "Active", IN_POST),
        ("0", "Is Active", LEFT),
        ("Voluntarily Terminated", "EmploymentStatus", LEFT),
        ("On leave", "Status", IN_POST),
        ("ACTIVE", "STATUS", IN_POST),
        ("Inactive", "Status", LEFT),
        ("Blue", "Status", ""),
    ],
)
def test_a_status_is_read_in_the_light_of_its_heading(text: str, heading: str, state: str) -> None:
    assert read_status(text, heading) == state
