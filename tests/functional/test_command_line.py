"""The command line, run as a person runs it.

A process of its own takes seconds to start. It is started where that is the point: a first answer,
the exit code and streams of a refusal, two runs that must not depend on the process. Elsewhere the
same entry is called here.
"""

import csv
import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pandas as pd
import pytest

from workforce.cli.main import main
from workforce.domain.planfile import PlanBook
from workforce.sample import write_sample

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample" / "sample_council.xlsx"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in this process."""
    given = [*map(str, arguments)]
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = main(given)
    return subprocess.CompletedProcess(given, code, out.getvalue(), err.getvalue())


def start(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "workforce", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2, f"exit {done.returncode}: {done.stderr}"
    assert done.stdout == "", "nothing may stand on stdout where nothing could be read"
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def report() -> dict[str, object]:
    done = start("check", SAMPLE, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_check_accounts_for_every_row_of_the_sample(report: dict) -> None:
    assert {"tables", "columns", "left_out", "findings", "as_of", "window"} <= set(report)
    kinds = {table["kind"] for table in report["tables"]}
    assert {"staff", "leavers", "posts", "requisitions", "apprentices"} <= kinds
    for table in report["tables"]:
        out = [
            row
            for row in report["left_out"]
            if (row["file"], row["sheet"]) == (table["file"], table["sheet"])
        ]
        if table["kind"] not in {"other", "counts"}:
            assert table["rows_read"] == table["rows_kept"] + len(out), table
    assert report["as_of"] == "2026-09-30"


def test_check_matches_every_column_of_the_sample_surely(report: dict) -> None:
    staff = {c["column"]: c for c in report["columns"] if c["sheet"] == "Staff"}
    fields = {c["field"] for c in staff.values()}
    assert {"employee_id", "name", "job_title", "grade", "fte", "start_date"} <= fields
    for column in staff.values():
        assert column["reason"], f"{column['column']} has no reason"
        if column["field"] is not None:
            assert column["confidence"] >= 0.8, column


def test_check_never_prints_a_name_or_number_of_a_person(report: dict) -> None:
    staff = pd.read_excel(SAMPLE, sheet_name="Staff", dtype=str, nrows=50, engine="openpyxl")
    text = json.dumps(report)
    personal = [c for c in staff.columns if "name" in c.casefold() or "number" in c.casefold()]
    assert personal, "the sample should carry names and numbers, to show that they are dropped"
    for column in personal:
        for value in staff[column].dropna():
            assert value not in text, f"a value of {column} reached the report"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fictional organisation that is read in a moment."""
    path = tmp_path_factory.mktemp("council") / "small.xlsx"
    write_sample(path, size=500, years=3, seed=8)
    return path


@pytest.fixture(scope="module")
def projected(council: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    done = start(
        "project", council, "--months", "24", "--draws", "200", "--seed", "7", "--out", out
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out


def test_project_writes_what_the_readme_promises(projected: Path) -> None:
    frame = pd.read_csv(projected / "projection.csv")
    assert list(frame.columns) == [
        "scenario", "month", "family", "measure", "mean", "p2_5", "p10", "p25", "p50", "p75",
        "p90", "p97_5",
    ]  # fmt: skip
    measures = {
        "headcount", "fte", "establishment", "vacancies", "leavers", "hires", "vacancy_rate",
        "apprentices_in_training", "apprentices_converted",
    }  # fmt: skip
    assert measures <= set(frame["measure"])
    assert {"all", "cyber", "data", "transformation", "other_digital"} == set(frame["family"])
    assert frame["month"].min() == "2026-10"
    assert frame["month"].nunique() == 24
    assert not frame.duplicated(["scenario", "month", "family", "measure"]).any()
    ordered = frame[["p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5"]]
    assert (ordered.diff(axis=1).iloc[:, 1:] >= -1e-9).all().all(), "quantiles out of order"
    record = json.loads((projected / "run.json").read_text())
    assert record["seed"] == 7
    assert len(record["input_digest"]) >= 12
    assert record["sources"], "the run does not say where its rates come from"
    PlanBook.from_json((projected / "plan.json").read_text())


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("planned")
    done = run(
        "project", SAMPLE, "--plan", ROOT / "data" / "sample" / "example_programme.json",
        "--months", "24", "--draws", "60", "--seed", "7", "--out", out,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out


def test_project_with_a_plan_writes_what_it_costs(planned: Path) -> None:
    frame = pd.read_csv(planned / "costs.csv", keep_default_na=False)
    assert list(frame.columns) == [
        "scenario", "month", "category", "label", "cash", "paid_by", "mean", "p10", "p90",
    ]  # fmt: skip
    name = "Example: many small cohorts"
    assert set(frame["scenario"]) == {name, "Do nothing", "difference"}
    assert frame["month"].nunique() == 24
    wide = frame.pivot_table(index=["month", "category"], columns="scenario", values="mean")
    # Each number is written to a penny.
    assert (wide[name] - wide["Do nothing"] - wide["difference"]).abs().max() <= 0.02
    lines = frame[~frame["category"].str.startswith("view/")]
    own = lines[(lines["paid_by"] == "employer") & (lines["cash"].astype(str) == "True")]
    budget = frame[frame["category"] == "view/employer"].set_index(["scenario", "month"])["mean"]
    sums = own.groupby(["scenario", "month"])["mean"].sum()
    assert (sums - budget).abs().max() <= 0.1
    extra = lines[lines["scenario"] == "difference"].groupby("category")["mean"].sum()
    assert extra["training_government"] > 0, "an empty levy account leaves it to the government"
    assert (frame["p10"] <= frame["p90"] + 1e-9).all()


def test_project_with_a_plan_writes_what_its_parts_change(planned: Path) -> None:
    frame = pd.read_csv(planned / "parts.csv", keep_default_na=False)
    assert set(frame["measure"]) == {"vacancies", "headcount", "leavers"}
    for (measure, family), rows in frame.groupby(["measure", "family"]):
        means = rows.set_index("part")["mean"]
        assert means.drop("plan").sum() == pytest.approx(means["plan"], abs=1e-4), (measure, family)
    parts = list(frame[frame["family"] == "all"]["part"].unique())
    assert parts[0] == "do_nothing"
    assert {"programme/small-1", "interaction", "plan"} <= set(parts)


def test_project_without_a_plan_has_nothing_to_cost(projected: Path) -> None:
    assert not (projected / "costs.csv").exists()
    assert not (projected / "parts.csv").exists()


def test_project_is_the_same_to_the_byte_on_a_second_run(
    council: Path, projected: Path, tmp_path: Path
) -> None:
    done = start(
        "project", council, "--months", "24", "--draws", "200", "--seed", "7", "--out", tmp_path
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name in ("projection.csv", "plan.json", "run.json"):
        assert (tmp_path / name).read_bytes() == (projected / name).read_bytes(), name


def test_a_plan_that_does_nothing_equals_do_nothing(
    council: Path, projected: Path, tmp_path: Path
) -> None:
    plan = projected / "plan.json"
    done = run(
        "project", council, "--plan", plan, "--months", "12", "--draws", "50", "--out", tmp_path
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    frame = pd.read_csv(tmp_path / "projection.csv")
    first, second = (part.drop(columns="scenario") for _, part in frame.groupby("scenario"))
    pd.testing.assert_frame_equal(first.reset_index(drop=True), second.reset_index(drop=True))


def test_roles_labels_titles(tmp_path: Path) -> None:
    titles, out = tmp_path / "titles.csv", tmp_path / "labelled.csv"
    titles.write_text("title\nCyber Security Analyst\nSocial Worker\nData Scientist\n")
    done = run("roles", titles, "--out", out)
    assert done.returncode == 0, done.stderr
    with out.open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["family"] for row in rows] == ["cyber", "not_digital", "data"]
    assert all(0 <= float(row["confidence"]) <= 1 for row in rows)
    assert set(rows[0]) == {"title", "family", "role", "confidence"}


def test_sample_makes_a_workbook_and_its_truth(tmp_path: Path) -> None:
    out = tmp_path / "made.xlsx"
    done = run("sample", "--out", out, "--size", "300", "--years", "2", "--seed", "5")
    assert done.returncode == 0, done.stderr
    truth = json.loads((tmp_path / "made.truth.json").read_text())
    assert truth
    assert "Staff" in pd.ExcelFile(out, engine="openpyxl").sheet_names


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("empty.xlsx", b""),
        ("empty.csv", b""),
        ("prose.csv", b"Dear all,\nplease find attached the minutes.\n"),
    ],
)
def test_what_is_no_hr_file_gets_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert name in one_sentence(run("check", path, "--json"))
    assert name in one_sentence(run("project", path, "--out", tmp_path / "out"))


def test_a_process_that_refuses_says_one_sentence_and_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "prose.csv"
    path.write_bytes(b"Dear all,\nplease find attached the minutes.\n")
    assert "prose.csv" in one_sentence(start("project", path, "--out", tmp_path / "out"))


def test_missing_files_and_wrong_plans_get_one_sentence(tmp_path: Path) -> None:
    assert "no file" in one_sentence(run("check", tmp_path / "none.xlsx"))
    wrong = tmp_path / "plan.json"
    wrong.write_text('{"schema": "workforce-plan", "version": 99, "plan": {}}')
    said = one_sentence(run("project", SAMPLE, "--plan", wrong, "--out", tmp_path / "out"))
    assert "version 99" in said
