"""Files of every sort: read, corrected, confirmed, refused with a sentence; never an exception."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from workforce.intake import FIELDS, ColumnMatch, Mapping, TableMapping, TableReport
from workforce.roles import RoleMatch
from workforce.ui import corrections, keys, uploads
from workforce.ui.reading_frames import HIGH, LOW, MEDIUM, NOT_USED, SAID

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
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff())).open("data.tab", "Columns")
    columns = _table(session, "Read as")
    assert list(columns["Column"]) == HEADER
    found = dict(zip(columns["Column"], columns["Read as"], strict=True))
    assert found["Job title"] == "job_title"
    assert found["Leaving date"] == "leave_date"
    assert (columns["Why we think so"].str.len() > 10).all()
    assert set(columns["Sure"]) <= {HIGH, MEDIUM, LOW, NOT_USED}, "a badge in words and dots"
    why = dict(zip(columns["Column"], columns["Why we ask"], strict=True))
    assert why["Leaving date"] == FIELDS["leave_date"].why
    assert not columns.astype(str).apply(lambda each: each.str.contains("E1$")).any().any()


def test_role_families_are_listed_with_people(dashboard: Callable[..., Dashboard]) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff()))
    session.open("data.tab", "Role families")
    titles = next(
        each.value for each in session.app.dataframe if "Role family" in each.value.columns
    )
    assert dict(zip(titles["Job title"], titles["People"], strict=True)) == {
        "Cyber Security Analyst": "6",
        "Data Analyst": "6",
    }
    assert set(titles["Role family"]) == {"cyber", "data"}


def _table(session: Dashboard, column: str) -> Any:
    """Return the table on the page that has a column."""
    return next(each.value for each in session.app.dataframe if column in each.value.columns)


def _leavers() -> bytes:
    header = ["Employee number", "Job title", "Start date", "Leaving date", "Leaving reason"]
    left = ["Resignation", "Resignation", "Flew the nest", "Retirement", ""]
    rows = [
        [f"E{k}", "Data Analyst", date(2019, 1, 1 + k), date(2026, 1 + k, 5) if reason else None,
         reason]
        for k, reason in enumerate([*left, "", "", ""])
    ]  # fmt: skip
    return _workbook([header, *rows])


def _causes(session: Dashboard) -> dict[str, tuple[str, str]]:
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
        "Flew the nest": ("not shown", ""),
        "Resignation": ("not shown", "voluntary"),
        "Retirement": ("not shown", "retirement"),
    }, "one, two and one of four: each count would tell the others"
    assert next(iter(_causes(session))) == "Flew the nest", "what is not known comes first"
    waiting = session.app.session_state[keys.PENDING]
    corrected = replace(waiting, mapping=Mapping(causes={"flew the nest": "voluntary"}))
    session.app.session_state[keys.PENDING] = corrected
    assert _causes(session.run())["Flew the nest"] == ("not shown", "voluntary")


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
    monkeypatch.setattr(corrections, "shown", _Extract)
    return state


class _Extract:
    """The parts of an extract that corrections look at."""

    def __init__(self) -> None:
        self.tables = (TableReport("staff.xlsx", "Sheet", 1, "staff", 12, 12),)
        self.columns = (
            ColumnMatch("staff.xlsx", "Sheet", "Post", "job_title", 0.9, "why"),
            ColumnMatch("staff.xlsx", "Sheet", "Team", "department", 0.9, "why"),
        )
        self.title_counts = {"Clerk": 9, "Data Analyst": 3, "SOC  Analyst": 2}
        self.role_matches = tuple(
            RoleMatch(title, "data", "", "", 0.9, "why") for title in self.title_counts
        )
        self.people = pd.DataFrame(
            {"leave_reason": ["Flew the Nest", "Retired"], "cause": ["", "retirement"]}
        )


def test_corrected_columns_add_up_in_the_mapping(
    held: dict[str, Any],
) -> None:
    held["editor"] = {"edited_rows": {1: {"Read as": "location"}}}
    corrections.apply_columns("editor", (0, 1))
    (table,) = held[keys.PENDING].mapping.tables
    assert dict(table.columns) == {"Team": "location"}
    held["editor"] = {"edited_rows": {0: {"Read as": ""}}}
    corrections.apply_columns("editor", (0, 1))
    (table,) = held[keys.PENDING].mapping.tables
    assert dict(table.columns) == {"Team": "location", "Post": ""}, "corrections add up"


def test_corrected_kind_and_header_row_go_into_the_mapping(held: dict[str, Any]) -> None:
    held["editor"] = {"edited_rows": {0: {"Kind": "leavers", "Header row": 4}}}
    corrections.apply_tables("editor")
    (table,) = held[keys.PENDING].mapping.tables
    assert (table.kind, table.header_row) == ("leavers", 4)


def test_corrected_family_is_kept_by_folded_title(held: dict[str, Any]) -> None:
    held["editor"] = {"edited_rows": {1: {"Role family": "cyber"}}}
    corrections.apply_families("editor", "people", "analyst")
    assert dict(held[keys.PENDING].mapping.families) == {"soc analyst": "cyber"}


def test_corrected_cause_is_kept_by_reason_and_an_emptied_one_is_read_again(
    held: dict[str, Any],
) -> None:
    held["editor"] = {"edited_rows": {0: {"Counts as": "voluntary"}, 1: {"Counts as": "other"}}}
    corrections.apply_causes("editor")
    assert dict(held[keys.PENDING].mapping.causes) == {
        "flew the nest": "voluntary",
        "retired": "other",
    }
    assert "2 leaving reasons" in held[keys.NOTICES][0].text
    held["editor"] = {"edited_rows": {1: {"Counts as": None}}}
    corrections.apply_causes("editor")
    assert dict(held[keys.PENDING].mapping.causes) == {"flew the nest": "voluntary"}


def test_a_day_that_is_none_is_refused(held: dict[str, Any]) -> None:
    corrections.set_as_of("30/09/2026")
    assert held[keys.PENDING].mapping is None
    assert "2026-09-30" in held[keys.NOTICES][0].text
    corrections.set_as_of("2026-09-30")
    assert held[keys.PENDING].mapping.as_of == date(2026, 9, 30)


def test_an_empty_correction_changes_nothing_and_says_so(held: dict[str, Any]) -> None:
    held["editor"] = {"edited_rows": {}}
    corrections.apply_tables("editor")
    assert held[keys.PENDING].mapping is None
    assert "Nothing was changed" in held[keys.NOTICES][0].text


def test_preview_shows_the_header_row_and_hides_who_people_are(
    dashboard: Callable[..., Dashboard],
) -> None:
    rows = [["Establishment report"], [], [*HEADER, "Full name"],
            *[[f"E{k}", "Data Analyst", 1, date(2020, 1, 1 + k), None, "SO1", "Wren Candlewick"]
              for k in range(9)]]  # fmt: skip
    session = dashboard("data").upload(BOX, ("staff.xlsx", _workbook(rows)))
    (shown,) = [each.proto.body for each in session.elements("html")]
    assert "3 · headings" in shown
    assert "Establishment report" in shown
    assert "Data Analyst" in shown
    assert "Wren" not in shown
    assert "E1" not in shown
    assert shown.count(HIGH) + shown.count(MEDIUM) + shown.count(LOW) == 7, "a badge a column"


def test_preview_escapes_what_stands_in_the_file(dashboard: Callable[..., Dashboard]) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    session = dashboard("data").upload(
        BOX, ("staff.xlsx", _staff(["E99", nasty, 1, date(2020, 1, 1), None, "SO1"], count=3))
    )
    (shown,) = [each.proto.body for each in session.elements("html")]
    assert "&lt;img src=x" in shown
    assert nasty not in shown


def _hours() -> bytes:
    rows = [[f"E{k}", "Data Analyst", 37 if k else 18.5, date(2020, 1, 1 + k), None, "SO1"]
            for k in range(10)]  # fmt: skip
    return _workbook([["As at 30 September 2026"], [], HEADER, *rows])


def test_questions_are_asked_with_their_effect_and_the_answer_is_followed(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _hours()))
    assert "1 question only you can answer" in session.text
    (question,) = session.app.radio
    assert question.value is None, "nobody has answered"
    assert "9.5 FTE" in str(list(question.proto.captions))
    question.set_value("percent").run()
    session.check()
    assert "only you can answer" not in session.text
    (answered,) = session.app.radio
    assert answered.value == "percent"
    (table,) = session.app.session_state[keys.PENDING].mapping.tables
    assert dict(table.units) == {"FTE": "percent"}


def test_without_leavers_it_is_said_what_cannot_be_estimated_and_what_stands_in(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff()))
    (said,) = [each.value for each in session.app.warning]
    assert "No leavers are in these files" in said
    assert "cannot be estimated" in said
    assert "Benchmarks stand in" in said
    assert "cyber security 13%" in said, "the number that stands in"


def test_titles_are_found_by_a_word_and_put_into_a_family_together(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff()))
    session.open("data.tab", "Role families").open("data.families.several")
    session.app.text_input(key="data.families.word").set_value("CYBER").run()
    (chosen,) = session.app.multiselect
    assert chosen.value == ["Cyber Security Analyst"], "what the word finds is chosen already"
    assert list(_table(session, "Role family")["Job title"]) == ["Cyber Security Analyst"]
    family = next(each for each in session.app.selectbox if "for all of them" in each.label)
    family.set_value("data").run()
    session.click("data.several.apply")
    assert "1 job title put into" in session.text
    session.app.text_input(key="data.families.word").set_value("").run()
    table = _table(session, "Role family").set_index("Job title")
    assert set(table["Role family"]) == {"data"}
    assert table.loc["Cyber Security Analyst", "Sure"] == SAID


def test_titles_most_in_doubt_come_first(dashboard: Callable[..., Dashboard]) -> None:
    odd = [[f"X{k}", "Wizard of Systems", 1, date(2020, 1, 1), None, "SO1"] for k in range(9)]
    session = dashboard("data").upload(BOX, ("staff.xlsx", _staff(*odd)))
    session.open("data.tab", "Role families")
    assert _table(session, "Role family")["Job title"].iloc[0] == "Wizard of Systems"


def _odd_heading(as_at: str) -> bytes:
    """A month's file with a column that nobody can guess."""
    header = ["Employee number", "Job title", "FTE", "Start date", "Bucket"]
    rows = [[f"E{k}", "Data Analyst", 1, date(2020, 1, 1 + k), "Place"] for k in range(10)]
    return _workbook([[f"As at {as_at}"], [], header, *rows])


def _confirm_with_correction(session: Dashboard) -> None:
    session.upload(BOX, ("staff 2026-08.xlsx", _odd_heading("31 August 2026")))
    held = session.app.session_state[keys.PENDING]
    said = TableMapping(file="staff 2026-08.xlsx", sheet="Sheet", columns={"Bucket": "department"})
    session.app.session_state[keys.PENDING] = replace(
        held, mapping=Mapping(tables=(said,), families={"data analyst": "cyber"})
    )
    session.run().click("data.confirm")


def _read_as(session: Dashboard) -> dict[str, str]:
    columns = _table(session.open("data.tab", "Columns"), "Read as")
    return dict(zip(columns["Column"], columns["Read as"], strict=True))


def test_next_months_file_is_read_the_same_way_without_a_word(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data")
    _confirm_with_correction(session)
    session.upload("data.upload.1", ("staff 2026-09.xlsx", _odd_heading("30 September 2026")))
    assert _read_as(session)["Bucket"] == "department"
    session.open("data.tab", "Role families")
    assert set(_table(session, "Role family")["Role family"]) == {"cyber"}
    day = next(each for each in session.app.text_input if "describe this day" in each.label)
    assert day.value == "2026-09-30", "last month's day is not carried over"
    session.click("data.afresh")
    assert _read_as(session)["Bucket"] == ""


def test_next_months_file_is_read_the_same_way_when_the_plan_is_opened_again(
    dashboard: Callable[..., Dashboard],
) -> None:
    first = dashboard("data")
    _confirm_with_correction(first)
    key = first.app.session_state[keys.BOOK_KEY]
    again = dashboard("start", {"plan": key})
    assert again.app.session_state[keys.BOOK_KEY] == key
    again.show("data").upload(BOX, ("staff 2026-09.xlsx", _odd_heading("30 September 2026")))
    assert _read_as(again)["Bucket"] == "department"
    stranger = dashboard("data")
    stranger.upload(BOX, ("staff 2026-09.xlsx", _odd_heading("30 September 2026")))
    assert _read_as(stranger)["Bucket"] == "", "nobody else's corrections are applied"


def test_a_mapping_opened_before_the_files_is_applied_to_them(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("data")
    mapping = Mapping(families={"data analyst": "not_digital"})
    session.upload("data.mapping", ("mapping.json", mapping.to_json().encode()))
    assert "will be applied to the files you upload" in session.text
    session.upload(BOX, ("staff.xlsx", _staff())).open("data.tab", "Role families")
    table = _table(session, "Role family").set_index("Job title")
    assert table.loc["Data Analyst", "Role family"] == "not_digital"
