"""Real files that nobody here wrote: columns, rows and what must not be read as people.

They lie beside the project, not in it; where they are absent the tests are skipped.
"""

from pathlib import Path

import pytest
from intake_files import assert_accounted, read, rules

from benchmarks._columns import COLUMNS, FILES
from workforce.intake import Extract

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the shared data files are not beside the project"
)


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
