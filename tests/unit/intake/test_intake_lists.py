"""Posts, requisitions, apprentices and agency workers; mapping files; the report."""

import json
from datetime import date

import pytest
from intake_files import (
    STAFF_HEAD,
    assert_accounted,
    book,
    fields,
    read,
    read_rows,
    rules,
    staff,
)

from workforce.domain.errors import UserError
from workforce.intake import Mapping, TableMapping, check_report


def test_posts_with_their_funded_fte() -> None:
    head = ["Post Number", "Post Title", "Service", "Grade", "Budgeted FTE", "Status"]
    rows = [[f"P{n:03d}", "Data Analyst", "Insight", "Grade 9", 0.5 + n / 10, "Vacant"]
            for n in range(5)]  # fmt: skip
    extract = read_rows([head, *rows, ["TOTAL", "", "", "", 3.5, ""]], sheet="Establishment")
    assert extract.tables[0].kind == "posts"
    assert extract.posts["establishment_fte"].sum() == pytest.approx(3.5)
    assert set(extract.posts["family"]) == {"data"}
    assert len(extract.people) == 0
    assert_accounted(extract)


def test_requisitions_and_their_outcomes() -> None:
    head = ["Vacancy Ref", "Job Title", "Date Advertised", "Date Filled", "Vacancy Status"]
    states = ["Appointed", "No appointment made", "Withdrawn", "Shortlisting", "Readvertised", ""]
    rows = [
        [f"REQ{n}", "Data Engineer", date(2026, 1, 1 + n), date(2026, 3, 20) if n == 0 else "", s]
        for n, s in enumerate(states)
    ]
    extract = read_rows([head, *rows], sheet="Recruitment")
    assert extract.tables[0].kind == "requisitions"
    assert extract.requisitions["outcome"].tolist() == [
        "filled", "failed", "withdrawn", "open", "failed", "open",
    ]  # fmt: skip
    assert extract.requisitions["posts"].tolist() == [1.0] * 6


def test_apprentices_and_their_standards() -> None:
    head = ["Learner Name", "Apprenticeship Standard", "Start Date", "Planned End Date",
            "Actual End Date", "Status", "New recruit or existing staff"]  # fmt: skip
    states = [
        "On programme",
        "Achieved",
        "Withdrawn - left",
        "Withdrawn (still employed)",
        "Failed",
    ]
    rows = [
        ["Wren Candlewick", "ST1021 Cyber security technologist", date(2024, 9, 1),
         date(2026, 9, 1), date(2026, 1, 5) if n else "", s, "Existing" if n % 2 else "New recruit"]
        for n, s in enumerate(states)
    ]  # fmt: skip
    extract = read_rows([head, *rows], sheet="Apprentices")
    apprentices = extract.apprentices
    assert extract.tables[0].kind == "apprentices"
    assert apprentices["outcome"].tolist() == [
        "in_training", "achieved", "withdrawn_left", "withdrawn_stayed", "not_achieved",
    ]  # fmt: skip
    assert set(apprentices["standard"]) == {"ST1021"}
    assert set(apprentices["family"]) == {"cyber"}, "the standard says the family"
    assert apprentices["trainee"].tolist()[:2] == ["new_recruit", "existing_staff"]


def test_agency_workers_and_their_rates() -> None:
    head = ["Agency Name", "Role", "Start Date", "End Date", "Day Rate"]
    rows = [["Stopgap", "Data Engineer", date(2026, 1, 1), date(2026, 12, 1 + n), 500 + n]
            for n in range(5)]  # fmt: skip
    extract = read_rows([head, *rows], sheet="Agency workers")
    assert extract.tables[0].kind == "agency"
    assert extract.agency["day_rate"].tolist() == [500, 501, 502, 503, 504]
    assert extract.agency["end_date"].notna().all()


ODD_HEAD = ["Ref", "What they do", "Joined us", "Gone"]
ODD = [
    ["Listing"],
    ODD_HEAD,
    *[[f"A{n}", "Data Analyst", date(2019, 1, 1 + n), date(2025, 6, 1) if n < 3 else ""]
      for n in range(9)],
]  # fmt: skip


def test_a_mapping_corrects_header_kind_and_columns() -> None:
    mapping = Mapping(
        tables=(
            TableMapping(
                sheet="Odd",
                header_row=2,
                kind="staff",
                columns={
                    "Ref": "employee_id",
                    "What they do": "job_title",
                    "Joined us": "start_date",
                    "Gone": "leave_date",
                },
            ),
        ),
        as_of=date(2026, 6, 30),
        families={"data analyst": "transformation"},
    )
    extract = read_rows(ODD, sheet="Odd", mapping=mapping)
    assert extract.as_of == date(2026, 6, 30)
    assert extract.people["leave_date"].notna().sum() == 3
    assert set(extract.people["family"]) == {"transformation"}
    assert {each.confidence for each in extract.columns} == {1.0}


def test_a_mapping_survives_its_file_and_reads_next_months_file() -> None:
    first = read_rows([["Title"], STAFF_HEAD, *[staff(n) for n in range(9)]])
    saved = Mapping.from_json(first.mapping.to_json())
    assert saved == first.mapping
    later = read(
        ("staff_next_month.xlsx", book({"Staff": [STAFF_HEAD, *[staff(n) for n in range(12)]]})),
        mapping=saved,
    )
    assert len(later.people) == 12, "the header stands elsewhere next month"
    assert fields(later) == fields(first)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("not json", "JSON"),
        ("[]", "not a mapping file"),
        ('{"schema": "workforce-plan", "version": 1}', "not a mapping file"),
        ('{"schema": "workforce-mapping", "version": 9}', "version"),
        ('{"schema": "workforce-mapping", "version": 1, "tables": [1]}', "damaged"),
        ('{"schema": "workforce-mapping", "version": 1, "date_order": "ymd"}', "date order"),
        ('{"schema": "workforce-mapping", "version": 1, "as_of": "soon"}', "soon"),
        ('{"schema": "workforce-mapping", "version": 1, "tables": [{"kind": "zoo"}]}', "zoo"),
        (
            '{"schema": "workforce-mapping", "version": 1, "tables": [{"columns": {"A": "b"}}]}',
            "“b”",
        ),
        ('{"schema": "workforce-mapping", "version": 1, "causes": {"x": "y"}}', "no cause"),
        ('{"schema": "workforce-mapping", "version": 1, "tables": [{"header_row": "x"}]}', "whole"),
    ],
)
def test_a_damaged_mapping_file_gets_a_sentence(text: str, word: str) -> None:
    with pytest.raises(UserError, match=word):
        Mapping.from_json(text)


def test_the_digest_follows_files_and_mapping() -> None:
    rows = [STAFF_HEAD, *[staff(n) for n in range(9)]]
    plain = read_rows(rows)
    assert read_rows(rows).digest == plain.digest
    assert read_rows([*rows, staff(30)]).digest != plain.digest
    assert read_rows(rows, mapping=Mapping(as_of=date(2026, 1, 1))).digest != plain.digest


def test_the_report_is_plain_json_with_the_agreed_parts() -> None:
    report = check_report(read_rows([STAFF_HEAD, *[staff(n) for n in range(9)], ["TOTAL"]]))
    assert json.loads(json.dumps(report)) == report
    assert {"tables", "columns", "left_out", "counts", "findings", "as_of", "window"} == set(report)
    assert {"file", "sheet", "header_row", "kind", "rows_read", "rows_kept"} <= set(
        report["tables"][0]
    )
    assert {"file", "sheet", "column", "field", "confidence", "reason"} <= set(report["columns"][0])
    assert set(report["left_out"][0]) == {"file", "sheet", "row", "reason"}
    assert report["window"] is None


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("As at 30 September 2026", date(2026, 9, 30)),
        ("Position at 30/09/2026", date(2026, 9, 30)),
        ("Extract date: 2026-09-30", date(2026, 9, 30)),
        ("Data as at 30th Sept 2026", date(2026, 9, 30)),
        ("Report run date 30-Sep-2026 by HR", date(2026, 9, 30)),
    ],
)
def test_the_date_of_the_extract_is_read_from_its_title(title: str, day: date) -> None:
    extract = read_rows([[title], STAFF_HEAD, *[staff(n) for n in range(9)]])
    assert extract.as_of == day
    assert "as-of" in rules(extract)


def test_without_any_announcement_the_latest_event_dates_the_extract() -> None:
    rows = [staff(n) for n in range(9)]
    rows.append(staff(20, start=date(2026, 8, 17)))
    rows.append(staff(21, start=date(2027, 1, 4)))
    extract = read_rows([STAFF_HEAD, *rows])
    assert extract.as_of == date(2026, 8, 17)
