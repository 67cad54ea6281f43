"""Small spreadsheets for the tests of intake, and a reader that needs no role classifier."""

import io
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from workforce.domain.evidence import load_evidence
from workforce.intake import Extract, Mapping, SourceFile, read_extract
from workforce.roles import RoleMatch

TODAY = date(2026, 11, 1)
EVIDENCE = load_evidence(Path(__file__).resolve().parents[1] / "models" / "evidence")

STAFF_HEAD = ["Employee Number", "Job Title", "Department", "Grade", "FTE", "Start Date"]


class PlainRoles:
    """Stands in for the classifier: titles with “data” in them are data roles."""

    def classify(
        self, titles: Sequence[str], corrections: MappingType[str, str] | None = None
    ) -> list[RoleMatch]:
        given = corrections or {}
        return [
            RoleMatch(
                title=title,
                family=given.get(
                    title.lower(), "data" if "data" in title.lower() else "not_digital"
                ),
                role_id="",
                role="",
                confidence=0.9,
                reason="made up for the test",
            )
            for title in titles
        ]


def book(
    sheets: dict[str, list[list[Any]]],
    merged: dict[str, list[tuple[int, int, int, int, str]]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """Return the bytes of an xlsx workbook with these rows; dates become real date cells."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    # Otherwise the second in which a file is made is in its bytes.
    workbook.set_properties({"created": datetime(2026, 1, 1)})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for first_row, first_column, last_row, last_column, text in (merged or {}).get(name, []):
            sheet.merge_range(first_row, first_column, last_row, last_column, text)
        for row_number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    moment = datetime(value.year, value.month, value.day)
                    sheet.write_datetime(row_number, column, moment, day)
                elif value is not None and value != "":
                    sheet.write(row_number, column, value)
        if name in hidden:
            sheet.hide()
    workbook.close()
    return buffer.getvalue()


def text_file(rows: list[list[Any]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """Return the bytes of a delimited text file."""
    lines = [separator.join(str(cell) for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)


def read(
    *files: tuple[str, bytes],
    today: date = TODAY,
    mapping: Mapping | None = None,
    salt: bytes = b"a fixed salt for the tests",
) -> Extract:
    """Read files with the project's evidence and plain roles."""
    return read_extract(
        [SourceFile(name, content) for name, content in files],
        evidence=EVIDENCE,
        roles=PlainRoles(),  # type: ignore[arg-type]
        mapping=mapping,
        today=today,
        salt=salt,
    )


def read_rows(rows: list[list[Any]], sheet: str = "Staff", **more: Any) -> Extract:
    """Read one sheet of a workbook."""
    return read(("staff.xlsx", book({sheet: rows})), **more)


def staff(number: int, **changes: Any) -> list[Any]:
    """Return a row under `STAFF_HEAD`."""
    row = {
        "id": f"{1000 + number}",
        "title": "Data Analyst" if number % 2 else "Planning Officer",
        "department": "Place",
        "grade": "Grade 7",
        "fte": 1.0,
        "start": date(2015 + number % 8, 1 + number % 12, 1 + number % 27),
    } | changes
    return list(row.values())


def rules(extract: Extract) -> set[str]:
    """Return the rules of all findings."""
    return {finding.rule for finding in extract.findings}


def fields(extract: Extract) -> dict[str, str | None]:
    """Return what each column was taken for."""
    return {column.column: column.field for column in extract.columns}


def assert_accounted(extract: Extract) -> None:
    """Check that rows read are rows kept and rows left out, table by table."""
    for table in extract.tables:
        out = [
            each
            for each in extract.left_out
            if (each.file, each.sheet) == (table.file, table.sheet)
        ]
        same_sheet = [
            each for each in extract.tables if (each.file, each.sheet) == (table.file, table.sheet)
        ]
        read_there = sum(each.rows_read for each in same_sheet)
        kept_there = sum(each.rows_kept for each in same_sheet)
        assert read_there == kept_there + len(out), (
            f"{table.sheet}: {read_there} read, {kept_there} kept, {len(out)} left out"
        )
        assert all(each.reason for each in out), "a row was left out without a reason"
