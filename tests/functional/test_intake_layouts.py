"""Layouts of many systems: what each column is, right and never wrong with high confidence."""

import pytest
from intake_files import assert_accounted, read
from layout_files import Layout, load_layouts

from workforce.intake import Extract

LAYOUTS = {layout.name: layout for layout in load_layouts()}
HIGH = 0.8


def _read(layout: Layout) -> Extract:
    return read((layout.file, layout.content()))


@pytest.fixture(scope="module")
def extracts() -> dict[str, Extract]:
    return {name: _read(layout) for name, layout in LAYOUTS.items()}


def _found(extract: Extract) -> dict[int, tuple[str, float]]:
    return {each.position: (each.field or "", each.confidence) for each in extract.columns}


def test_nearly_every_column_with_a_field_is_matched_right(extracts: dict[str, Extract]) -> None:
    wrong, known = [], 0
    for name, layout in LAYOUTS.items():
        found = _found(extracts[name])
        for position, column in enumerate(layout.columns, start=1):
            if "" in column.fields:
                continue
            known += 1
            field = found[position][0]
            if field not in column.fields:
                wrong.append(f"{name}: {column.heading} taken for {field or 'nothing'}")
    assert known > 800
    assert len(wrong) <= 0.02 * known, "\n".join(wrong)


def test_nothing_is_wrong_with_high_confidence(extracts: dict[str, Extract]) -> None:
    wrong = []
    for name, layout in LAYOUTS.items():
        found = _found(extracts[name])
        for position, column in enumerate(layout.columns, start=1):
            field, confidence = found[position]
            if field and field not in column.fields and confidence >= HIGH:
                wrong.append(f"{name}: {column.heading} taken for {field}, {confidence}")
    assert not wrong, "\n".join(wrong)


def test_columns_that_are_none_of_ours_stay_out(extracts: dict[str, Extract]) -> None:
    taken, others = [], 0
    for name, layout in LAYOUTS.items():
        found = _found(extracts[name])
        for position, column in enumerate(layout.columns, start=1):
            if column.fields == {""}:
                others += 1
                if found[position][0]:
                    taken.append(f"{name}: {column.heading} taken for {found[position][0]}")
    assert len(taken) <= 0.03 * others, "\n".join(taken)


def test_the_kind_of_table_is_found(extracts: dict[str, Extract]) -> None:
    wrong = [
        f"{name}: {[table.kind for table in extracts[name].tables]}, not {layout.kind}"
        for name, layout in LAYOUTS.items()
        if [table.kind for table in extracts[name].tables] != [layout.kind]
    ]
    assert len(wrong) <= 1, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_row_of_a_layout_is_accounted_for(name: str, extracts: dict[str, Extract]) -> None:
    extract = extracts[name]
    assert_accounted(extract)
    assert sum(table.rows_read for table in extract.tables) == LAYOUTS[name].rows


def test_columns_that_say_who_somebody_is_are_dropped(extracts: dict[str, Extract]) -> None:
    for extract in extracts.values():
        text = extract.people.astype(str).to_csv() + str(extract.columns) + str(extract.findings)
        assert "@anytown.gov.uk" not in text
        assert "High Street" not in text
