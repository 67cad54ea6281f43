"""No value of a column about identity leaves the room."""

import dataclasses
import json
import pickle
from datetime import date

import numpy as np
from intake_files import book, fields, read

from workforce.intake import FIELDS, check_report
from workforce.intake.missing import Column
from workforce.intake.privacy import (
    age_bands_from_births,
    age_from_band_text,
    hash_identifiers,
)

HEAD = [
    "Employee Number", "Full Name", "NI Number", "E-mail", "Mobile", "Home Address", "Postcode",
    "Sort Code", "Account Number", "Date of Birth", "Gender", "Ethnic Origin", "Disability",
    "Line Manager", "Job Title", "Start Date",
]  # fmt: skip
SECRETS = [
    "EMP777001", "Wren Candlewick", "QQ123456C", "wren@quill.example", "07700900123",
    "1 Hedgerow Lane", "QU1 1LL", "20-30-40", "12345678", "Moss Thimblebottom",
]  # fmt: skip


def person(number: int) -> list[object]:
    return [
        f"EMP777{number:03d}", "Wren Candlewick", "QQ123456C", "wren@quill.example", "07700900123",
        "1 Hedgerow Lane", "QU1 1LL", "20-30-40", "12345678", date(1961, 2, 3), "Female",
        "Heliotropian", "Left-wing feather", "Moss Thimblebottom", "Data Analyst",
        date(2019, 5, 13),
    ]  # fmt: skip


FILE = ("people.xlsx", book({"Staff": [HEAD, *[person(n) for n in range(1, 12)]]}))


def test_identity_columns_are_recognised() -> None:
    found = fields(read(FILE))
    assert [found[name] for name in HEAD] == [
        "employee_id", "name", "ni_number", "email", "phone", "address", "address", "bank", "bank",
        "birth_date", "sex", "ethnicity", "disability", "manager_id", "job_title", "start_date",
    ]  # fmt: skip


def test_no_value_of_an_identity_column_is_reachable_from_the_extract() -> None:
    extract = read(FILE)
    everything = json.dumps(check_report(extract))
    for name in ("people", "posts", "requisitions", "apprentices", "agency"):
        everything += getattr(extract, name).to_csv()
    everything += extract.mapping.to_json() + repr(extract.title_counts)
    everything += repr([dataclasses.asdict(each) for each in extract.role_matches])
    everything += repr(pickle.dumps({"people": extract.people}))
    for secret in (*SECRETS, "1961", "Heliotropian", "Left-wing feather"):
        assert secret not in everything, f"{secret} leaves the room"


def test_identifiers_are_hashed_with_a_salt_of_the_reading() -> None:
    one = read(FILE, salt=b"one").people["person"].tolist()
    again = read(FILE, salt=b"one").people["person"].tolist()
    other = read(FILE, salt=b"other").people["person"].tolist()
    assert one == again
    assert not set(one) & set(other)


def test_equal_identifiers_join_and_blank_ones_do_not() -> None:
    cells = np.array(["7", 7.0, " 7 ", "07", "", "n/a"], dtype=object)
    keys = hash_identifiers(Column.of(cells), b"salt")
    assert keys[0] == keys[1] == keys[2]
    assert keys[3] not in {keys[0], ""}
    assert keys[4] == keys[5] == ""


def test_births_become_age_bands_at_the_day_asked_for() -> None:
    births = np.array(["1971-10-01", "1971-09-29", "1959-01-01", "NaT"], dtype="datetime64[D]")
    at = np.full(4, np.datetime64("2026-09-30"))
    assert age_bands_from_births(births, at).values.tolist() == [
        "under 55",
        "55-59",
        "67 and over",
        "unknown",
    ]


def test_age_bands_of_other_systems_fall_in_ours() -> None:
    assert age_from_band_text("55 - 59") == 57
    assert age_from_band_text("Under 25") == 24
    assert age_from_band_text("65+") == 65
    assert np.isnan(age_from_band_text("unknown"))


def test_what_identifies_is_marked_so_in_the_list_of_fields() -> None:
    personal = {key for key, field in FIELDS.items() if field.personal}
    assert {"name", "ni_number", "email", "phone", "address", "bank", "employee_id"} <= personal
    protected = {key for key, field in FIELDS.items() if field.protected}
    assert {"sex", "ethnicity", "disability"} <= protected
    assert all(field.why for field in FIELDS.values())
