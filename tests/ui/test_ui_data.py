"""Files of every sort: read, corrected, confirmed, refused with a sentence; never an exception."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from workforce.intake import Mapping
from workforce.ui import corrections, keys, uploads

Dashboard = Any
BOX = "data.upload.0"


def _workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


HEADER = ["Employee number", "Job title", "FTE", "Start date", "Leaving date", "Grade"]


def _staff(*changed: list[object], count: int = 12) -> bytes:
    rows = [
        [f"E{k}", "Cyber Security Analyst" if k % 2 else "Data Analyst", 1, date(2020, 1, 1 + k),
         None, "SO1"]
        for k in range(count)
    ]  # fmt: skip
    return _workbook([HEADER, *rows, *changed])


def test_upload_confirm_and_back(
    dashboard: Callable[..., Dashboard], small_workbook: bytes
) -> None:
    session = dashboard("data")
    plan = session.plan
    session.upload(BOX, ("ours.xlsx", small_workbook))
    read, kept, left_out = (int(each.value.replace(",", "")) for each in session.app.metric[:3])
    assert read == kept + left_out, "every row is accounted for"
    assert read > 200
    session.click("data.confirm")
    assert "Your data" in session.text
    assert "ours.xlsx is now on show on every page" in session.text
    assert session.app.session_state[keys.PENDING] is None
    assert session.plan == plan
    own = session.show("where-we-are").app.metric[0].value
    assert "30 June 2026" in session.text
    session.show("data").click("data.sample")
    assert session.show("where-we-are").app.metric[0].value != own
    assert session.plan == plan


def test_nothing_of_a_confirmed_file_is_kept_but_counts(
    dashboard: Callable[..., Dashboard], small_workbook: bytes
) -> None:
    session = dashboard("data").upload(BOX, ("ours.xlsx", small_workbook)).click("data.confirm")
    for value in session.app.session_state._state.filtered_state.values():
        assert type(value).__module__.split(".")[0] not in {"pandas", "numpy"}, value
        assert type(value).__name__ not in {"Extract", "SourceFile", "UploadedFile"}, value
    session.run()
    assert not session.app.metric, "the files are gone from the page"


def test_data_that_are_no_longer_held_are_asked_for_again(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff())).click("data.confirm")
    plan = session.plan
    lost = session.app.session_state[keys.DATASET]
    session.app.session_state[keys.DATASET] = replace(lost, digest="of another session")
    session.show("results")
    assert "Upload the files again" in session.app.error[0].value
    assert session.plan == plan
    session.show("data").click("data.sample")
    assert session.show("results").app.metric


def test_columns_carry_confidence_and_reason_and_no_values(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff()))
    tables = [each.value for each in session.app.dataframe]
    columns = next(each for each in tables if "Read as" in each.columns)
    assert list(columns["Column"]) == HEADER
    found = dict(zip(columns["Column"], columns["Read as"], strict=True))
    assert found["Job title"] == "job_title"
    assert found["Leaving date"] == "leave_date"
    assert (columns["Why"].str.len() > 10).all()
    assert not columns.astype(str).apply(lambda each: each.str.contains("E1$")).any().any()


def test_role_families_are_listed_with_people(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff()))
    session.open("data.tab", "Role families")
    titles = next(
        each.value for each in session.app.dataframe if "Role family" in each.value.columns
    )
    assert dict(zip(titles["Job title"], titles["People"], strict=True)) == {
        "Cyber Security Analyst": 6,
        "Data Analyst": 6,
    }
    assert set(titles["Role family"]) == {"cyber", "data"}


def _leavers() -> bytes:
    header = ["Employee number", "Job title", "Start date", "Leaving date", "Leaving reason"]
    left = ["Resignation", "Resignation", "Flew the nest", "Retirement", ""]
    rows = [
        [f"E{k}", "Data Analyst", date(2019, 1, 1 + k), date(2026, 1 + k, 5) if reason else None,
         reason]
        for k, reason in enumerate([*left, "", "", ""])
    ]  # fmt: skip
    return _workbook([header, *rows])


def _causes(session: Dashboard) -> dict[str, tuple[int, str]]:
    table = next(
        each.value for each in session.app.dataframe if "Leaving reason" in each.value.columns
    )
    assert list(table.columns) == ["Leaving reason", "Leavers", "Counts as"], "no person"
    return {
        row["Leaving reason"]: (row["Leavers"], row["Counts as"])
        for row in table.to_dict("records")
    }


def test_leaving_reasons_are_listed_with_their_cause_and_corrected(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _leavers()))
    session.open("data.tab", "Leaving reasons")
    assert _causes(session) == {
        "Flew the nest": (1, ""),
        "Resignation": (2, "voluntary"),
        "Retirement": (1, "retirement"),
    }
    assert next(iter(_causes(session))) == "Flew the nest", "what is not known comes first"
    waiting = session.app.session_state[keys.PENDING]
    corrected = replace(waiting, mapping=Mapping(causes={"flew the nest": "voluntary"}))
    session.app.session_state[keys.PENDING] = corrected
    assert _causes(session.run())["Flew the nest"] == (1, "voluntary")


def test_files_without_leaving_reasons_say_so(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff()))
    session.open("data.tab", "Leaving reasons")
    assert "no leaving reasons" in session.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.xlsx", b"this is no spreadsheet"),
        ("empty.xlsx", _workbook([])),
        ("words.xlsx", _workbook([["one", "two"], ["three", "four"]])),
        ("broken.csv", b"\x00\x01\x02\x03"),
        ("nothing.csv", b""),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_the_session_survives(
    dashboard: Callable[..., Dashboard], name: str, content: bytes
) -> None:
    session = dashboard("data")
    plan = session.plan
    session.upload(BOX, (name, content))
    said = [each.value for each in session.app.error]
    if not said:
        # Something was found; there is nobody in it, and that is said when it is to be used.
        session.click("data.confirm")
        said = [each.value for each in session.app.error]
    assert len(said) == 1
    assert said[0].endswith("."), said
    assert "Traceback" not in said[0]
    assert session.plan == plan
    session.click("data.forget")
    assert not session.app.error
    assert session.show("where-we-are").app.metric, "the sample is still on show"


def test_odd_rows_become_findings_with_place_and_advice(
    dashboard: Callable[..., Dashboard],
) -> None:
    odd = _staff(
        ["E90", "Data Analyst", -1, date(2021, 1, 1), None, "SO1"],
        ["E91", "Data Analyst", 1, date(2190, 1, 1), None, "SO1"],
    )
    session = dashboard("data").upload(BOX, ("staff.xlsx", odd)).open("data.tab", "Findings")
    tables = [each.value for each in session.app.dataframe]
    findings = next(each for each in tables if "How serious" in each.columns)
    rows = " ".join(findings["Rows"])
    assert "14" in rows, "the negative FTE stands in row 14"
    assert "15" in rows, "the date in the future stands in row 15"
    assert session.elements("download_button"), "findings can be taken away"


def test_emptying_the_box_forgets_the_files(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff()))
    assert session.app.session_state[keys.PENDING] is not None
    session.upload(BOX)
    assert session.app.session_state[keys.PENDING] is None


def test_uploaded_files_wait_while_another_page_is_looked_at(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff()))
    session.show("start").show("data")
    assert session.app.metric[0].value == "12"


def test_mapping_file_is_applied_and_a_wrong_one_refused(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff()))
    mapping = Mapping(families={"data analyst": "not_digital"})
    session.upload("data.mapping", ("mapping.json", mapping.to_json().encode()))
    session.open("data.tab", "Role families")
    titles = next(
        each.value for each in session.app.dataframe if "Role family" in each.value.columns
    )
    families = dict(zip(titles["Job title"], titles["Role family"], strict=True))
    assert families["Data Analyst"] == "not_digital"
    held = session.app.session_state[keys.PENDING]
    session.upload("data.mapping", ("mapping.json", b"{}"))
    assert "not a mapping file" in session.app.error[0].value
    assert session.app.session_state[keys.PENDING] == held


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Session state as a plain dictionary, for edits that a test cannot click."""
    state: dict[str, Any] = {keys.PENDING: uploads.Pending("k", ("staff.xlsx",))}
    for module in (corrections.st, corrections.notices.st, corrections.state.st):
        monkeypatch.setattr(module, "session_state", state)
    return state


class _Extract:
    """The parts of an extract that corrections look at."""

    def __init__(self) -> None:
        from workforce.intake import ColumnMatch, TableReport

        self.tables = (TableReport("staff.xlsx", "Sheet", 1, "staff", 12, 12),)
        self.columns = (
            ColumnMatch("staff.xlsx", "Sheet", "Post", "job_title", 0.9, "why"),
            ColumnMatch("staff.xlsx", "Sheet", "Team", "department", 0.9, "why"),
        )


def test_corrected_column_goes_into_the_mapping_without_the_files_name(
    held: dict[str, Any],
) -> None:
    held["editor"] = {"edited_rows": {1: {"Read as": "location"}}}
    corrections.apply_columns("editor", _Extract())  # type: ignore[arg-type]
    (table,) = held[keys.PENDING].mapping.tables
    assert dict(table.columns) == {"Team": "location"}
    assert table.file == "", "next month's file has another name"
    held["editor"] = {"edited_rows": {0: {"Read as": ""}}}
    corrections.apply_columns("editor", _Extract())  # type: ignore[arg-type]
    (table,) = held[keys.PENDING].mapping.tables
    assert dict(table.columns) == {"Team": "location", "Post": ""}, "corrections add up"


def test_corrected_kind_and_header_row_go_into_the_mapping(held: dict[str, Any]) -> None:
    held["editor"] = {"edited_rows": {0: {"Kind": "leavers", "Header row": 4}}}
    corrections.apply_tables("editor", _Extract())  # type: ignore[arg-type]
    (table,) = held[keys.PENDING].mapping.tables
    assert (table.kind, table.header_row) == ("leavers", 4)


def test_corrected_family_is_kept_by_folded_title(held: dict[str, Any]) -> None:
    held["editor"] = {"edited_rows": {1: {"Role family": "cyber"}}}
    corrections.apply_families("editor", ("Data Analyst", "SOC  Analyst"))
    assert dict(held[keys.PENDING].mapping.families) == {"soc analyst": "cyber"}


def test_corrected_cause_is_kept_by_reason_and_an_emptied_one_is_read_again(
    held: dict[str, Any],
) -> None:
    reasons = ("Flew the Nest", "Retired")
    held["editor"] = {"edited_rows": {0: {"Counts as": "voluntary"}, 1: {"Counts as": "other"}}}
    corrections.apply_causes("editor", reasons)
    assert dict(held[keys.PENDING].mapping.causes) == {
        "flew the nest": "voluntary",
        "retired": "other",
    }
    assert "2 leaving reasons" in held[keys.NOTICES][0].text
    held["editor"] = {"edited_rows": {1: {"Counts as": None}}}
    corrections.apply_causes("editor", reasons)
    assert dict(held[keys.PENDING].mapping.causes) == {"flew the nest": "voluntary"}


def test_a_day_that_is_none_is_refused(held: dict[str, Any]) -> None:
    corrections.set_as_of("30/09/2026")
    assert held[keys.PENDING].mapping is None
    assert "2026-09-30" in held[keys.NOTICES][0].text
    corrections.set_as_of("2026-09-30")
    assert held[keys.PENDING].mapping.as_of == date(2026, 9, 30)
