"""The written workbooks: what is committed, what others open, and what the untidy one hides."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from workforce.sample import SampleOrganisation, make_sample, write_sample
from workforce.sample.definitions import SHEETS, columns_of
from workforce.sample.readme import readme_text

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def tidy() -> SampleOrganisation:
    return make_sample(500, 3, seed=5)


@pytest.fixture(scope="module")
def untidy() -> SampleOrganisation:
    return make_sample(500, 3, seed=5, untidy=True)


@pytest.fixture(scope="module")
def sheets(tidy: SampleOrganisation) -> dict[str, pd.DataFrame]:
    return pd.read_excel(io.BytesIO(tidy.workbook_bytes()), sheet_name=None, engine="openpyxl")


@pytest.fixture(scope="module")
def messy(untidy: SampleOrganisation) -> Any:
    return openpyxl.load_workbook(io.BytesIO(untidy.workbook_bytes()))


def values(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def close(one: Any, two: Any) -> bool:
    if isinstance(one, dict):
        return one.keys() == two.keys() and all(close(one[k], two[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(two) and all(map(close, one, two))
    return bool(one == pytest.approx(two, rel=1e-9) if isinstance(one, float) else one == two)


def test_the_committed_sample_is_what_the_code_makes() -> None:
    made = make_sample()
    # Compared cell by cell: XML and packing may differ between builds of the libraries beneath.
    committed = (SAMPLE / "sample_council.xlsx").read_bytes()
    assert values(committed) == values(made.workbook_bytes())
    told = json.loads((SAMPLE / "sample_council.truth.json").read_text(encoding="utf-8"))
    assert close(json.loads(made.truth_json()), told)
    assert (SAMPLE / "README.md").read_text(encoding="utf-8") == readme_text()


def test_the_committed_sample_is_small_and_says_that_it_is_fictional() -> None:
    assert (SAMPLE / "sample_council.xlsx").stat().st_size < 1_500_000
    about = openpyxl.load_workbook(SAMPLE / "sample_council.xlsx", read_only=True)["About"]
    text = " ".join(str(cell) for row in about.iter_rows(values_only=True) for cell in row)
    assert "fictional" in text
    assert "2026-09-30" in text


@pytest.mark.parametrize("untidy_too", [False, True])
def test_the_same_sample_gives_the_same_bytes(untidy_too: bool) -> None:
    first, again, other = (
        make_sample(150, 2, seed, untidy=untidy_too).workbook_bytes() for seed in (5, 5, 6)
    )
    assert first == again
    assert first != other


def test_tidy_sheets_have_the_described_headings_in_row_one(
    sheets: dict[str, pd.DataFrame],
) -> None:
    assert list(sheets) == [*(text.name for text in SHEETS), "About"]
    for text in SHEETS:
        assert list(sheets[text.name]) == [column.heading for column in columns_of(text.name)]


def test_the_workbook_holds_everybody_once_with_real_dates(
    tidy: SampleOrganisation, sheets: dict[str, pd.DataFrame]
) -> None:
    staff, leavers = sheets["Staff"], sheets["Leavers"]
    everybody = pd.concat([staff["Employee number"], leavers["Employee number"]])
    expected = pd.concat([tidy.simulated.people, tidy.simulated.agency])["employee_number"]
    assert everybody.is_unique
    assert sorted(everybody.astype(int)) == sorted(expected)
    for heading in ("Start date", "Date of birth"):
        assert pd.api.types.is_datetime64_any_dtype(staff[heading])
    assert (leavers["Start date"] < leavers["Leaving date"]).all()
    assert (leavers["Leaving date"] <= pd.Timestamp(tidy.simulated.as_of)).all()
    assert len(sheets["Requisitions"]) == len(tidy.simulated.requisitions)
    assert len(sheets["Apprentices"]) == len(tidy.simulated.apprentices)
    assert sheets["Establishment"]["Establishment FTE"].sum() == pytest.approx(
        sum(tidy.truth["realised"]["establishment_fte"].values())
    )


def test_pay_rises_with_the_grade(sheets: dict[str, pd.DataFrame]) -> None:
    staff = sheets["Staff"]
    number = pd.to_numeric(staff["Grade"].str.extract(r"Grade (\d+)")[0])
    pay = staff["Annual salary"].groupby(number).median()
    assert pay.is_monotonic_increasing
    assert 24_000 < pay.iloc[0] < pay.iloc[-1] < 90_000


def records(book: Any, sheet: str, header_row: int, first_column: int = 1) -> list[list[Any]]:
    return [
        list(row)
        for row in book[sheet].iter_rows(min_row=header_row, min_col=first_column, values_only=True)
    ]


def numbers(rows: list[list[Any]]) -> list[int]:
    return [int(row[0]) for row in rows if isinstance(row[0], str) and row[0].isdigit()]


def test_the_untidy_workbook_holds_the_same_people(
    tidy: SampleOrganisation, untidy: SampleOrganisation, messy: Any
) -> None:
    pd.testing.assert_frame_equal(tidy.simulated.people, untidy.simulated.people)
    people = pd.concat([tidy.simulated.people, tidy.simulated.agency])
    at = pd.Timestamp(date(2026, 9, 30))
    staff = numbers(records(messy, "Staff in post", 5, 2))
    leavers = numbers(records(messy, "Leavers", 3))
    copies = [fault for fault in untidy.truth["injected"] if fault["fault"].startswith("copy")]
    gone = people["leave_date"] <= at
    assert set(staff) == set(people.loc[~gone, "employee_number"])
    assert len(staff) == len(set(staff)) + len(copies)
    assert sorted(leavers) == sorted(people.loc[people["leave_date"].notna(), "employee_number"])


def test_the_untidy_workbook_is_untidy_in_the_ways_stated(messy: Any) -> None:
    staff = messy["Staff in post"]
    assert staff["B2"].value == "as at 30 September 2026"
    assert (staff["B3"].value, staff["B4"].value) == ("Employee", "Pers Ref")
    assert staff.merged_cells.ranges
    assert staff["A10"].value is None
    first_cells = [row[1] for row in staff.iter_rows(values_only=True)]
    assert "TOTAL" in first_cells
    posts = [str(row[0]) for row in messy["Establishment"].iter_rows(values_only=True)]
    assert sum(cell.startswith("Sub-total") for cell in posts) == 6
    cells = [cell for row in staff.iter_rows(values_only=True) for cell in row]
    assert {"N/A", "-", "n/k"} <= {cell for cell in cells if isinstance(cell, str)}


def test_every_injected_fault_stands_where_the_truth_says(
    untidy: SampleOrganisation, messy: Any
) -> None:
    faults = untidy.truth["injected"]
    assert {fault["fault"].split(" of ")[0] for fault in faults} >= {
        "hours in the FTE column", "negative FTE", "leaves before starting",
        "words in the FTE column",
    }  # fmt: skip
    for fault in faults:
        header = 4 if fault["sheet"] == "Staff in post" else 2
        heads = [cell.value for cell in messy[fault["sheet"]][header]]
        row = dict(zip(heads, (c.value for c in messy[fault["sheet"]][fault["row"]]), strict=True))
        number = row.get("Pers Ref") or row.get("Person Number")
        assert int(number) == int(fault["employee_number"])
        if fault["fault"] == "hours in the FTE column":
            assert row["Contractual FTE"] == 37
        elif fault["fault"] == "negative FTE":
            assert row["Contractual FTE"] < 0
        elif fault["fault"] == "words in the FTE column":
            assert row["Assignment FTE"] == "tbc"
        elif fault["fault"] == "leaves before starting":
            assert row["Actual Termination Date"] < row["Hire Date"]
        else:
            original = int(fault["fault"].rpartition(" ")[2])
            source = [cell.value for cell in messy[fault["sheet"]][original]]
            assert [cell.value for cell in messy[fault["sheet"]][fault["row"]]] == source


def test_subtotals_and_total_of_the_untidy_establishment_add_up(messy: Any) -> None:
    rows = list(messy["Establishment"].iter_rows(min_row=5, values_only=True))
    parts_of = [row[4] for row in rows if str(row[0]).startswith("Sub-total")]
    posts = [row[4] for row in rows if str(row[0]).startswith("P0")]
    total = next(row[4] for row in rows if row[0] == "TOTAL")
    assert sum(parts_of) == pytest.approx(total, abs=0.05)
    assert sum(posts) == pytest.approx(total, abs=0.05)


def test_writing_gives_workbook_and_truth_side_by_side(tmp_path: Path) -> None:
    workbook, truth = write_sample(tmp_path / "new" / "org", size=60, years=1, seed=1, untidy=True)
    assert (workbook.name, truth.name) == ("org.xlsx", "org.truth.json")
    told = json.loads(truth.read_text(encoding="utf-8"))
    assert told["fictional"] is True
    assert told["made_from"] == {"size": 60, "years": 1, "seed": 1, "as_of": "2026-09-30"}
    assert told["injected"]
    assert openpyxl.load_workbook(workbook).sheetnames[1] == "Staff in post"
