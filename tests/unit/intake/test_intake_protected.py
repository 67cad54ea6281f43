"""Protected characteristics are left out, unless the fairness check is asked for."""

from datetime import date
from typing import Any

from intake_files import EVIDENCE, TODAY, PlainRoles, book

from workforce.intake import Extract, SourceFile, read_extract
from workforce.intake.protected import PROTECTED

HEAD = ["Employee Number", "Full Name", "Job Title", "Start Date", "Leaving Date", "Gender",
        "Ethnic Origin", "Disability", "Religion or Belief", "Sexual Orientation"]  # fmt: skip


def person(number: int, **changes: Any) -> list[Any]:
    row = {
        "id": 1000 + number, "name": "Wren Candlewick", "title": "Data Analyst",
        "start": date(2019, 1, 1 + number), "leave": None, "sex": "Female" if number % 2 else "M",
        "ethnicity": "Heliotropian", "disability": "n/a", "religion": "Quill",
        "orientation": "Moth",
    }  # fmt: skip
    return list((row | changes).values())


def both(fairness: bool) -> Extract:
    staff = [HEAD, *[person(n) for n in range(8)]]
    leavers = [HEAD[:6], *[person(50 + n - 50, id=2000 + n, leave=date(2026, 1 + n, 3))[:6]
                           for n in range(4)]]  # fmt: skip
    return read_extract(
        [SourceFile("people.xlsx", book({"Staff": staff, "Leavers": leavers}))],
        evidence=EVIDENCE,
        roles=PlainRoles(),  # type: ignore[arg-type]
        today=TODAY,
        salt=b"salt",
        fairness=fairness,
    )


def test_without_the_check_no_value_is_read_and_that_is_said() -> None:
    extract = both(fairness=False)
    assert not set(PROTECTED) & set(extract.people.columns)
    everything = extract.people.to_csv() + repr(extract.tables) + repr(extract.findings)
    for value in ("Heliotropian", "Quill", "Moth", "Female"):
        assert value not in everything, f"{value} was read"
    said = next(each for each in extract.findings if each.rule == "protected-left-out")
    assert "“Gender”" in said.message
    assert "“Sexual Orientation”" in said.message
    assert "Left out unread" in said.done
    assert "fairness check" in said.advice


def test_names_are_said_to_be_dropped() -> None:
    said = next(each for each in both(fairness=False).findings if each.rule == "personal-dropped")
    assert "“Full Name” tells who somebody is." in said.message
    assert "no value" in said.done


def test_with_the_check_staff_and_leavers_carry_them_under_canonical_names() -> None:
    extract = both(fairness=True)
    people = extract.people
    assert set(PROTECTED) <= set(people.columns)
    assert len(people) == 12
    staff = people[people["source"] == "staff"]
    assert sorted(staff["sex"]) == ["Female"] * 4 + ["M"] * 4
    assert set(staff["ethnicity"]) == {"Heliotropian"}
    assert set(staff["disability"]) == {""}, "n/a is nothing known"
    leavers = people[people["source"] == "leavers"]
    assert set(leavers["sex"]) == {"Female", "M"}
    assert set(leavers["ethnicity"]) == {""}, "the leavers' list has no such column"
    assert "protected-read" in {each.rule for each in extract.findings}
    assert "Wren" not in people.to_csv()


def test_the_check_changes_nothing_else() -> None:
    without, read = both(fairness=False), both(fairness=True)
    assert read.people[list(without.people.columns)].equals(without.people)
    assert read.as_of == without.as_of


def test_a_person_in_both_lists_keeps_what_either_list_knows() -> None:
    staff = [[*HEAD[:5], "Gender"], *[person(n)[:6] for n in range(8)]]
    leaver_head = ["Employee Number", "Leaving Date", "Ethnic Origin"]
    leavers = [leaver_head, *[[1000 + n, date(2026, 2, 3 + n), "Heliotropian"] for n in range(3)]]
    extract = read_extract(
        [SourceFile("people.xlsx", book({"Staff": staff, "Leavers": leavers}))],
        evidence=EVIDENCE,
        roles=PlainRoles(),  # type: ignore[arg-type]
        today=TODAY,
        fairness=True,
    )
    gone = extract.people[extract.people["leave_date"].notna()]
    assert len(gone) == 3
    assert set(gone["ethnicity"]) == {"Heliotropian"}
    assert (gone["sex"] != "").all()
