"""What must hold of any list, whatever stands in it."""

import io
import random
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import STAFF_HEAD, assert_accounted, book, read, text_file

from workforce.domain.errors import UserError
from workforce.intake import check_report

DAYS = st.dates(date(1990, 1, 1), date(2027, 12, 31))
ODD = st.sampled_from(
    [
        "",
        "n/a",
        "-",
        "TOTAL",
        "1/1/1900",
        "31/12/9999",
        "??",
        "£££",
        "0.8 FTE",
        "-3",
        "=1+1",
        "#N/A",
    ]
)
CELL = st.one_of(ODD, st.integers(-5, 70_000), DAYS.map(lambda day: day.strftime("%d/%m/%Y")),
                 st.text(max_size=12).map(lambda text: text.replace(",", " ")))  # fmt: skip
ROW = st.tuples(
    st.one_of(st.integers(1, 40).map(lambda n: f"E{n:04d}"), ODD),
    st.sampled_from(["Data Analyst", "Clerk", "Care Assistant", ""]),
    st.sampled_from(["Place", "People", "-"]),
    st.sampled_from(["Grade 5", "8a", ""]),
    st.one_of(st.floats(-1, 2).map(lambda x: round(x, 2)), ODD),
    st.one_of(DAYS.map(lambda day: day.strftime("%d/%m/%Y")), ODD),
    st.one_of(DAYS.map(lambda day: day.strftime("%d/%m/%Y")), st.just("")),
    st.sampled_from(["", "Resignation", "Retirement", "Internal transfer", "??"]),
)
HEAD = [*STAFF_HEAD, "Leaving Date", "Reason for Leaving"]


@settings(max_examples=30)
@given(st.lists(ROW, min_size=3, max_size=40))
def test_rows_read_are_rows_kept_and_rows_left_out(rows: list[tuple[object, ...]]) -> None:
    try:
        extract = read(("staff.csv", _csv(rows)))
    except UserError:
        return
    assert_accounted(extract)
    people = extract.people
    assert people["fte"].between(0, 1.2, inclusive="right").all(), "an FTE outside its range"
    both = people[people["leave_date"].notna() & people["start_date"].notna()]
    assert (both["leave_date"] >= both["start_date"]).all(), "an end before a start got through"
    assert len(people) == sum(table.rows_kept for table in extract.tables)


@settings(max_examples=20)
@given(st.lists(ROW, min_size=5, max_size=30), st.randoms(use_true_random=False))
def test_permuted_rows_change_no_record(
    rows: list[tuple[object, ...]], order: random.Random
) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    try:
        one, two = read(("a.csv", _csv(rows))), read(("a.csv", _csv(shuffled)))
    except UserError:
        return
    assert one.as_of == two.as_of
    columns = ["job_title", "department", "grade_band", "start_date", "leave_date", "cause"]
    assert _sorted(one, columns) == _sorted(two, columns)


@settings(max_examples=40)
@given(st.lists(st.lists(CELL, max_size=9), max_size=25))
def test_any_table_at_all_is_read_or_refused_in_a_sentence(rows: list[list[object]]) -> None:
    try:
        extract = read(("any.csv", text_file(rows)))
    except UserError as fault:
        sentence = str(fault)
        assert sentence.endswith((".", "?")), sentence
        return
    assert_accounted(extract)
    assert check_report(extract)["as_of"]


GOOD = book(
    {
        "Staff": [
            HEAD,
            *[
                [f"E{n}", "Data Analyst", "Place", "G7", 1, date(2019, 1, 1) + timedelta(n), "", ""]
                for n in range(20)
            ],
        ]
    }
)


@settings(max_examples=120)
@given(st.integers(0, 2**32 - 1))
def test_a_mutated_workbook_is_read_or_refused_in_a_sentence(seed: int) -> None:
    content = mutate(GOOD, random.Random(seed))  # noqa: S311 - damage, no secret
    try:
        assert_accounted(read(("mutated.xlsx", content)))
    except UserError as fault:
        assert "mutated.xlsx" in str(fault)  # noqa: PT017 - both ends are allowed


def mutate(content: bytes, rng: random.Random) -> bytes:
    """Damage a workbook: bytes of the archive, or bytes of a part that is packed again."""
    if rng.random() < 0.3:
        return _scramble(content, rng)
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        target = rng.choice(old.namelist())
        for member in old.namelist():
            part = old.read(member)
            new.writestr(member, _scramble(part, rng) if member == target else part)
    return buffer.getvalue()


def _scramble(part: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(part)
    for _ in range(rng.randint(1, 12)):
        place = rng.randrange(max(1, len(damaged)))
        action = rng.random()
        if action < 0.5 and damaged:
            damaged[place] = rng.randrange(256)
        elif action < 0.75:
            del damaged[place : place + rng.randint(1, 40)]
        else:
            damaged[place:place] = damaged[: rng.randint(1, 60)]
    return bytes(damaged)


def _csv(rows: list[tuple[object, ...]]) -> bytes:
    return text_file([HEAD, *[list(row) for row in rows]])


def _sorted(extract, columns: list[str]) -> list[tuple[str, ...]]:  # type: ignore[no-untyped-def]
    return sorted(tuple(map(str, row)) for row in extract.people[columns].itertuples(index=False))


@pytest.mark.parametrize("untidy", [False, True])
def test_the_sample_organisation_is_read_whole(untidy: bool, root: Path) -> None:
    from workforce.sample import make_sample

    organisation = make_sample(size=300, years=3, seed=11, untidy=untidy)
    extract = read(("sample.xlsx", organisation.workbook_bytes()))
    kinds = {table.kind for table in extract.tables if table.rows_kept}
    assert {"staff", "leavers", "posts", "requisitions", "apprentices"} <= kinds
    assert extract.as_of == date(2026, 9, 30)
    assert_accounted(extract)
    truth = organisation.truth["realised"]
    assert truth, "the truth of the sample is empty"
