"""What the columns of the shared real files are, as a person reads them; `None` is none of ours."""

FILES: dict[str, str] = {
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

COLUMNS: dict[str, dict[str, str | None]] = {
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
