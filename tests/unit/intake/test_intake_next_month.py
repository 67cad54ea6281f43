"""A saved mapping reads next month's file of the same layout, and no other file by accident."""

from datetime import date
from typing import Any

import pytest
from intake_files import STAFF_HEAD, book, fields, read, rules, staff, text_file

from workforce.domain.errors import UserError
from workforce.intake import Extract, Mapping, TableMapping
from workforce.intake.mapping import layout_name

HEAD = [*STAFF_HEAD[:2], "Unit of work", *STAFF_HEAD[3:]]


def month(name: str, sheet: str, above: int = 0, mapping: Mapping | None = None) -> Extract:
    rows: list[list[Any]] = [[f"Monthly list, part {n}"] for n in range(above)]
    rows += [HEAD, *[staff(n) for n in range(9)]]
    return read((name, book({sheet: rows})), mapping=mapping)


def corrected(extract: Extract) -> Mapping:
    """Return what is saved after somebody said what “Unit of work” is."""
    (table,) = extract.tables
    said = Mapping(
        tables=(
            TableMapping(
                sheet=table.sheet,
                file=table.file,
                header_row=table.header_row,
                columns={"Unit of work": "department"},
            ),
        ),
        as_of=date(2026, 9, 30),
    )
    again = month(table.file, table.sheet, table.header_row - 1, said)
    saved = again.mapping.for_next_time()
    return Mapping.from_json(saved.to_json())


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("staff 2026-09.xlsx", "Staff"),
        ("something else.xlsx", "Staff"),
        ("staff 2026-10.xlsx", "Staff October 2026"),
    ],
)
def test_next_months_file_is_read_as_this_months_was_corrected(name: str, sheet: str) -> None:
    first = "Staff September 2026" if "October" in sheet else "Staff"
    saved = corrected(month("staff 2026-09.xlsx", first))
    extract = month(name, sheet, mapping=saved)
    assert fields(extract)["Unit of work"] == "department"
    assert set(extract.people["department"]) == {"Place"}
    column = next(each for each in extract.columns if each.column == "Unit of work")
    assert column.confidence == 1
    assert "mapping" in column.reason


def test_the_day_of_one_month_is_not_carried_to_the_next() -> None:
    saved = corrected(month("staff 2026-09.xlsx", "Staff"))
    assert saved.as_of is None


def test_text_files_are_known_by_their_name_without_the_period() -> None:
    said = Mapping(
        tables=(TableMapping(file="staff_2026-09.csv", columns={"Unit of work": "department"}),)
    )
    rows = text_file([HEAD, *[staff(n) for n in range(9)]])
    assert fields(read(("staff_2026-10.csv", rows), mapping=said))["Unit of work"] == "department"
    assert fields(read(("leavers_2026-10.csv", rows), mapping=said))["Unit of work"] is None


def test_what_is_said_of_one_file_does_not_spill_onto_another_read_with_it() -> None:
    said = Mapping(tables=(TableMapping(file="list 2024.xlsx", sheet="Staff", kind="other"),))
    rows = book({"Staff": [STAFF_HEAD, *[staff(n) for n in range(9)]]})
    extract = read(("list 2024.xlsx", rows), ("list 2025.xlsx", rows), mapping=said)
    assert [each.kind for each in extract.tables] == ["other", "staff"]


def test_what_is_said_of_one_sheet_does_not_spill_onto_its_neighbour() -> None:
    said = Mapping(tables=(TableMapping(file="all.xlsx", sheet="2024", kind="other"),))
    rows = [STAFF_HEAD, *[staff(n) for n in range(9)]]
    extract = read(("all.xlsx", book({"2024": rows, "2025": rows})), mapping=said)
    assert [each.kind for each in extract.tables] == ["other", "staff"]


def test_a_header_row_that_has_moved_is_found_again() -> None:
    saved = corrected(month("staff 2026-09.xlsx", "Staff", above=2))
    assert saved.tables[0].header_row == 3
    extract = month("staff 2026-10.xlsx", "Staff", above=4, mapping=saved)
    assert extract.tables[0].header_row == 5
    assert len(extract.people) == 9


def test_tables_on_one_sheet_keep_their_own_kinds() -> None:
    rows = [STAFF_HEAD, *[staff(n) for n in range(6)], [], ["Leavers"],
            [*STAFF_HEAD[:2], "Leaving Date"],
            *[[2000 + n, "Data Analyst", date(2026, 1 + n, 3)] for n in range(5)]]  # fmt: skip
    first = read(("two.xlsx", book({"All": rows})))
    assert [each.place for each in first.mapping.tables] == [1, 2]
    again = read(("two.xlsx", book({"All": rows})), mapping=first.mapping)
    assert [each.kind for each in again.tables] == ["staff", "leavers"]


def test_a_mapping_file_keeps_units_and_places_and_older_files_still_open() -> None:
    mapping = Mapping(
        tables=(TableMapping(sheet="All", place=2, units={"Pay": "an hour"}, kind="leavers"),)
    )
    assert Mapping.from_json(mapping.to_json()) == mapping
    old = '{"schema": "workforce-mapping", "version": 1, "tables": [{"sheet": "Staff"}]}'
    (table,) = Mapping.from_json(old).tables
    assert (table.sheet, table.place, dict(table.units)) == ("Staff", 0, {})


@pytest.mark.parametrize(
    "table",
    ['{"units": {"Pay": "a fortnight"}}', '{"table": "second"}', '{"table": -1}'],
)
def test_impossible_units_and_places_are_refused_with_a_sentence(table: str) -> None:
    text = f'{{"schema": "workforce-mapping", "version": 1, "tables": [{table}]}}'
    with pytest.raises(UserError, match="mapping"):
        Mapping.from_json(text)


def test_a_header_row_in_a_wrong_place_leaves_no_name_in_the_mapping() -> None:
    rows = [[*STAFF_HEAD, "Full Name"], *[[*staff(n), "Wren Candlewick"] for n in range(9)]]
    wrong = Mapping(
        tables=(TableMapping(file="a.xlsx", sheet="Staff", header_row=2, kind="staff"),)
    )
    extract = read(("a.xlsx", book({"Staff": rows})), mapping=wrong)
    assert extract.tables[0].header_row == 2
    assert "Wren" not in extract.mapping.to_json()


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("Staff Sep 2026", "staff"),
        ("staff_2026-10.csv", "staff"),
        ("ESR leavers 01.10.26.xlsx", "esr leavers"),
        ("2026-09", ""),
    ],
)
def test_names_are_compared_without_their_period(name: str, stays: str) -> None:
    assert layout_name(name) == stays


def test_a_mapping_made_for_nothing_changes_nothing() -> None:
    plain = month("staff.xlsx", "Staff")
    other = Mapping(tables=(TableMapping(sheet="Elsewhere", kind="leavers"),))
    assert rules(month("staff.xlsx", "Staff", mapping=other)) == rules(plain)
