"""A title is read as a person would read it: notes dropped, abbreviations written out."""

import pytest

from workforce.roles import fold_title
from workforce.roles.titles import head_part, spell_out


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Senior  Data-Analyst", "senior data analyst"),
        ("DATA ANALYST (Temp)", "data analyst temp"),
        ("Chef’s_Assistant", "Chef's Assistant"),
        ("Ｄata Analyst", "data analyst"),
    ],
)
def test_case_spaces_and_punctuation_do_not_count(left: str, right: str) -> None:
    assert fold_title(left) == fold_title(right)


@pytest.mark.parametrize(("left", "right"), [("C# Developer", "C Developer"), ("C++", "C")])
def test_signs_that_tell_titles_apart_count(left: str, right: str) -> None:
    assert fold_title(left) != fold_title(right)


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Snr ICT Mgr", "senior it manager"),
        ("Asst. Ofcr", "assistant officer"),
        ("SR DATA MINING ANLST", "senior data mining analyst"),
        ("919-KC-20165464-EXT - Cancer Data Analyst X2", "cancer data analyst"),
        ("Medical Device Specialist - £40,451 p.a. + benefits", "medical device specialist"),
        ("Band 8a - Data Scientist", "data scientist"),
        ("HEO Tier 1 CSOC Analyst", "soc analyst"),
        ("Business Analyst (Ref: 20960)", "business analyst"),
        ("GIS Officer PO3", "gis officer"),
        ("Architect III", "architect"),
        (".NET Developer", "dotnet developer"),
        ("M365 Engineer", "microsoft365 engineer"),
        ("Digital/AV Technician", "digital audiovisual technician"),
        ("Junior BA", "junior business analyst"),
        ("IT PM", "it project manager"),
        ("BI Developer", "business intelligence developer"),
        ("Help Desk Tech II", "helpdesk technician"),
        ("Data Quality Lead - Huntingdon", "data quality lead ; huntingdon"),
        ("ADM SEC TO AVPIT/CIO", "administrative secretary"),
        ("PA to Director of Digital", "pa"),
        ("INFO SEC OFFICER", "information security officer"),
        ("IS Tester", "information systems tester"),
    ],
)  # fmt: skip
def test_titles_are_spelled_out(title: str, read: str) -> None:
    assert spell_out(title) == read


def test_nothing_but_notes_leaves_nothing() -> None:
    assert spell_out("Band 8a (Ref: 12345)") == ""


def test_the_first_part_names_the_occupation() -> None:
    assert head_part("economic adviser ; digital infrastructure") == "economic adviser"


def test_a_mere_rank_is_completed_by_what_follows() -> None:
    assert head_part("head ; digital") == "head digital"
