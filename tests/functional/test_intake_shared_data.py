"""Real files that nobody here wrote: columns, rows and what must not be read as people.

They lie beside the project, not in it; where they are absent the tests are skipped.
"""

from pathlib import Path

import pytest
from intake_files import assert_accounted, read, rules

from workforce.intake import Extract

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the shared data files are not beside the project"
)

FILES = {
    "babushkin": "babushkin_turnover/turnover.csv",
    "huebner": "huebner_hr/HRDataset_v14.csv",
    "ibm": "ibm_attrition/WA_Fn-UseC_-HR-Employee-Attrition.csv",
    "madep": "madep_panel/MADEP_staff_2004_2016.csv",
    "mfg": "mfg10year/MFG10YearTerminationData_full.csv",
    "nhs": "nhs_workbook/EU_and_UK_nationals_2016.xlsx",
    "ons": "ons_vacancies/ap2y_forecast_latest.csv",
    "police": "police_ods/police-workforce-sep18-tables.ods",
    "titles": "public_titles/county_titles_2016.csv",
    "us": "us_employment/US_employment_fpp3_Monthly.txt",
}

COLUMNS = {
    "babushkin": {
        "stag": "tenure", "event": "status", "gender": "sex", "age": "age",
        "profession": "job_title", "head_gender": None, "industry": None, "anxiety": None,
        "way": None, "coach": None,
    },
    "huebner": {
        "Employee_Name": "name", "EmpID": "employee_id", "Salary": "salary", "Termd": "status",
        "Position": "job_title", "State": "location", "Zip": "address", "DOB": "birth_date",
        "Age": "age", "Sex": "sex", "RaceDesc": "ethnicity", "HispanicLatino": "ethnicity",
        "MaritalDesc": "marital_status", "CitizenDesc": "nationality",
        "DateofHire": "start_date", "DateofTermination": "leave_date",
        "TermReason": "leave_reason", "NumYearsWorked": "tenure", "EmploymentStatus": "status",
        "Department": "department", "ManagerName": "manager_id", "ManagerID": "manager_id",
        "PositionID": "post_id", "LastPerformanceReview_Date": None, "PerformanceScore": None,
        "Absences": None, "EmpSatisfaction": None, "DaysLateLast30": None,
    },
    "ibm": {
        "Age": "age", "CF_age band": "age", "Attrition": "status", "Department": "department",
        "EmployeeNumber": "employee_id", "Gender": "sex", "JobLevel": "grade",
        "JobRole": "job_title", "MaritalStatus": "marital_status", "MonthlyIncome": "salary",
        "YearsAtCompany": "tenure", "YearsInCurrentRole": None, "TotalWorkingYears": None,
        "PerformanceRating": None, "DistanceFromHome": None, "NumCompaniesWorked": None,
        "DailyRate": None, "HourlyRate": None, "MonthlyRate": None, "Over18": None,
    },
    "madep": {
        "CalendarYear": "snapshot_date", "StaffID": "employee_id", "JobTitle": "job_title",
        "Earnings": "salary", "JobType": "job_family", "JobLevel": "grade",
        "Seniority": "tenure",
    },
    "mfg": {
        "EmployeeID": "employee_id", "recorddate_key": "snapshot_date",
        "birthdate_key": "birth_date", "orighiredate_key": "start_date",
        "terminationdate_key": "leave_date", "age": "age", "length_of_service": "tenure",
        "city_name": "location", "department_name": "department", "job_title": "job_title",
        "gender_short": "sex", "gender_full": "sex", "termreason_desc": "leave_reason",
        "termtype_desc": "leave_reason", "STATUS_YEAR": "snapshot_date", "STATUS": "status",
        "BUSINESS_UNIT": "department",
    },
}  # fmt: skip


@pytest.fixture(scope="module", params=sorted(FILES))
def read_file(request: pytest.FixtureRequest) -> tuple[str, Extract]:
    path = DATA / FILES[request.param]
    if not path.is_file():
        pytest.skip(f"{path.name} is not there")
    return request.param, read((path.name, path.read_bytes()))


def test_every_row_of_every_real_file_is_accounted_for(read_file: tuple[str, Extract]) -> None:
    assert_accounted(read_file[1])


def test_columns_are_matched_right_and_never_wrong_at_high_confidence(
    read_file: tuple[str, Extract],
) -> None:
    name, extract = read_file
    expected = COLUMNS.get(name, {})
    found = {each.column: each for each in extract.columns}
    wrong = {
        column: found[column].field
        for column, field in expected.items()
        if found[column].field != field
    }
    sure = {column for column in wrong if found[column].field and found[column].confidence >= 0.8}
    known = [column for column, field in expected.items() if field]
    assert not sure, f"wrong at high confidence: {sure}"
    assert len([c for c in known if c in wrong]) <= 0.05 * len(known), f"wrong: {wrong}"


def test_tables_of_numbers_are_never_read_as_people(read_file: tuple[str, Extract]) -> None:
    name, extract = read_file
    if name in COLUMNS:
        assert len(extract.people) > 0
        return
    assert len(extract.people) == 0
    assert {table.kind for table in extract.tables} <= {"counts", "other"}
    assert "no-people" in rules(extract)


def test_what_is_known_of_each_file_comes_out(read_file: tuple[str, Extract]) -> None:
    name, extract = read_file
    people = extract.people
    left = int(people["leave_date"].notna().sum())
    if name == "mfg":
        assert (people["person"].nunique(), left) == (6284, 1485)
        assert people.loc[people["leave_date"].notna(), "cause"].ne("").all()
    elif name == "huebner":
        assert (len(people), left) == (311, 104)
        assert people["start_date"].dt.year.between(2006, 2018).all()
        assert people["age_band"].ne("unknown").all(), "two-digit birth years"
    elif name == "madep":
        assert extract.tables[0].rows_kept == 12_048
        by_year = people["leave_date"].dropna().dt.year.value_counts()
        assert by_year.get(2013, 0) <= 10, "hardly anybody of 2012 is missing in 2013"
        assert "service-truncated" in rules(extract)
    elif name in {"ibm", "babushkin"}:
        assert "leaver-undated" in rules(extract)
        assert extract.window is None
    elif name == "nhs":
        assert extract.tables[0].header_row == 5
    elif name == "police":
        kinds = [table.kind for table in extract.tables]
        assert kinds.count("counts") == 8
