"""What the sample and the template say is what the reader understands."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from workforce.domain.evidence import load_evidence
from workforce.intake import Extract, SourceFile, read_extract
from workforce.roles import RoleClassifier
from workforce.sample import SampleOrganisation, make_sample, write_template
from workforce.sample.definitions import SHEETS, columns_of
from workforce.sample.tidy import cells, records

MODELS = Path(__file__).parents[2] / "models"
EVIDENCE = load_evidence(MODELS / "evidence")
FIELDS = {
    "Employee number": "employee_id", "Employee name": "name", "Post number": "post_id",
    "Job title": "job_title", "Directorate": "department", "Location": "location",
    "Grade": "grade", "FTE": "fte", "Annual salary": "salary", "Start date": "start_date",
    "Post start date": "role_start_date", "Contract type": "contract_type",
    "Contract end date": "contract_end_date", "Date of birth": "birth_date",
    "Leaving date": "leave_date", "Leaving reason": "leave_reason",
    "Establishment FTE": "establishment_fte", "Requisition number": "requisition_id",
    "Date opened": "opened_date", "Date closed": "closed_date", "Outcome": "outcome",
    "Standard reference": "standard", "Planned end date": "planned_end_date",
    "Actual end date": "leave_date", "Trainee type": "trainee",
}  # fmt: skip


@pytest.fixture(scope="module")
def roles() -> RoleClassifier:
    return RoleClassifier.load(MODELS)


@pytest.fixture(scope="module")
def council() -> SampleOrganisation:
    return make_sample(900, 4, seed=8)


@pytest.fixture(scope="module")
def untidy_council() -> SampleOrganisation:
    return make_sample(900, 4, seed=8, untidy=True)


def read(name: str, content: bytes, roles: RoleClassifier) -> Extract:
    return read_extract(
        [SourceFile(name, content)], evidence=EVIDENCE, roles=roles, today=date(2026, 11, 22)
    )


@pytest.fixture(scope="module")
def tidy(council: SampleOrganisation, roles: RoleClassifier) -> Extract:
    return read("tidy.xlsx", council.workbook_bytes(), roles)


@pytest.fixture(scope="module")
def untidy(untidy_council: SampleOrganisation, roles: RoleClassifier) -> Extract:
    return read("untidy.xlsx", untidy_council.workbook_bytes(), roles)


def in_post(people: pd.DataFrame, as_of: date) -> pd.DataFrame:
    at = pd.Timestamp(as_of)
    held = people["contract"].isin(["permanent", "fixed_term"])
    return people[held & (people["start_date"] <= at) & ~(people["leave_date"] <= at)]


@pytest.mark.parametrize("sheet", [text.name for text in SHEETS])
def test_every_heading_is_read_as_what_it_means_and_surely(tidy: Extract, sheet: str) -> None:
    matched = {c.column: c for c in tidy.columns if c.sheet == sheet}
    for column in columns_of(sheet):
        if column.heading in FIELDS:
            match = matched[column.heading]
            assert match.field == FIELDS[column.heading], match
            assert match.confidence >= 0.9, match


def test_every_row_of_the_tidy_workbook_is_kept(council: SampleOrganisation, tidy: Extract) -> None:
    kept = {table.sheet: table.rows_kept for table in tidy.tables}
    for name, frame in records(council.simulated).items():
        assert kept[name] == len(frame)
    assert tidy.as_of == council.simulated.as_of
    assert tidy.window == council.simulated.window


def test_the_reader_sees_the_true_families_causes_and_bands(
    council: SampleOrganisation, tidy: Extract
) -> None:
    seen = in_post(tidy.people, tidy.as_of)
    assert seen["family"].value_counts().to_dict() == {
        family: count for family, count in council.truth["realised"]["in_post"].items() if count
    }
    truth = pd.concat([council.simulated.people, council.simulated.agency])
    for column in ("cause", "grade_band", "age_band", "contract"):
        staff = tidy.people[tidy.people["contract"] != "apprentice"]
        real = truth[truth["contract"] != "apprentice"]
        assert staff[column].value_counts().to_dict() == real[column].value_counts().to_dict()
    assert tidy.requisitions["outcome"].value_counts().to_dict() == (
        council.simulated.requisitions["outcome"].value_counts().to_dict()
    )
    assert sorted(tidy.apprentices["outcome"]) == sorted(council.simulated.apprentices["outcome"])


def test_the_untidy_workbook_reads_as_the_same_council(
    council: SampleOrganisation, untidy_council: SampleOrganisation, untidy: Extract
) -> None:
    assert untidy.as_of == council.simulated.as_of
    assert in_post(untidy.people, untidy.as_of)["family"].value_counts().to_dict() == {
        family: count for family, count in council.truth["realised"]["in_post"].items() if count
    }
    # Leavers whose dates were spoilt cannot be read; everybody else is there.
    lost = [f for f in untidy_council.truth["injected"] if f["fault"] == "leaves before starting"]
    everybody = len(council.simulated.people) + len(council.simulated.agency)
    assert len(untidy.people) + len(untidy.agency) == everybody - len(lost)
    assert len(untidy.posts) == len(council.simulated.posts)
    assert untidy.posts["establishment_fte"].sum() == pytest.approx(
        council.simulated.posts["establishment_fte"].sum()
    )


def test_every_injected_fault_that_spoils_a_row_is_named_by_the_reader(
    untidy_council: SampleOrganisation, untidy: Extract
) -> None:
    told = {(left.sheet, left.row) for left in untidy.left_out}
    for fault in untidy_council.truth["injected"]:
        if fault["fault"] == "leaves before starting":
            assert (fault["sheet"], fault["row"]) in told, fault
        elif fault["fault"].startswith("copy"):
            original = int(fault["fault"].rpartition(" ")[2])
            assert {(fault["sheet"], fault["row"]), (fault["sheet"], original)} & told, fault
    flagged = {(finding.sheet, row) for finding in untidy.findings for row in finding.rows}
    for fault in untidy_council.truth["injected"]:
        if "FTE" in fault["fault"]:
            assert (fault["sheet"], fault["row"]) in flagged, fault


def test_a_filled_template_reads_completely_and_its_helper_sheets_give_no_people(
    council: SampleOrganisation, roles: RoleClassifier
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template(EVIDENCE)))
    book["Read me"]["B3"] = council.simulated.as_of
    frames = {name: frame.head(120) for name, frame in records(council.simulated).items()}
    for name, frame in frames.items():
        for row in cells(frame, columns_of(name, template=True)):
            book[name].append(row)
    out = io.BytesIO()
    book.save(out)
    extract = read("template.xlsx", out.getvalue(), roles)
    kept = {table.sheet: table.rows_kept for table in extract.tables}
    assert {name: kept[name] for name in frames} == {name: len(f) for name, f in frames.items()}
    assert {kept.get(name, 0) for name in ("Read me", "Data dictionary", "Lists")} == {0}
    assert extract.as_of == council.simulated.as_of
