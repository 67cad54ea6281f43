"""A saved mapping works on every command that reads files."""

import csv
import io
import json
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from intake_files import book

from workforce.cli.commands import read_given, read_models
from workforce.cli.main import main
from workforce.intake import Mapping, TableMapping
from workforce.roles import fold_title

HEAD = ["Employee Number", "Job Title", "Bucket", "Start Date", "Leaving Date"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A staff list with a column nobody can guess, and the mapping made for last month's."""
    rows: list[list[Any]] = [["As at 30 September 2026"], [], HEAD]
    for n in range(40):
        left = date(2024 + n % 3, 1 + n % 9, 7) if n % 4 == 0 else None
        rows.append([f"E{n}", "Penguin wrangler", "Place", date(2016, 1 + n % 12, 3), left])
    staff, mapping = tmp_path / "staff 2026-09.xlsx", tmp_path / "mapping.json"
    staff.write_bytes(book({"Staff": rows}))
    said = Mapping(
        tables=(
            TableMapping(
                file="staff 2026-08.xlsx", sheet="Staff", columns={"Bucket": "department"}
            ),
        ),
        families={fold_title("Penguin wrangler"): "cyber"},
    )
    mapping.write_text(said.to_json(), encoding="utf-8")
    return {"staff": staff, "mapping": mapping, "out": tmp_path / "out"}


def test_check_applies_it(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", str(files["staff"]), "--json"]
    assert main(arguments) == 0
    plain = json.loads(capsys.readouterr().out)
    assert main([*arguments, "--mapping", str(files["mapping"])]) == 0
    mapped = json.loads(capsys.readouterr().out)
    bucket = [
        next(each for each in report["columns"] if each["column"] == "Bucket")
        for report in (plain, mapped)
    ]
    assert [each["field"] for each in bucket] == [None, "department"]
    assert bucket[1]["confidence"] == 1


def test_roles_applies_it(files: dict[str, Path], tmp_path: Path) -> None:
    titles, out = tmp_path / "titles.csv", tmp_path / "labelled.csv"
    titles.write_text("title\nPenguin  Wrangler\nSocial worker\n", encoding="utf-8")
    assert main(["roles", str(titles), "--mapping", str(files["mapping"]), "--out", str(out)]) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [row["family"] for row in rows] == ["cyber", "not_digital"]
    assert float(rows[0]["confidence"]) == 1


def test_project_applies_it(files: dict[str, Path]) -> None:
    arguments = ["project", str(files["staff"]), "--draws", "20", "--months", "3"]
    mapped = ["--mapping", str(files["mapping"]), "--out", str(files["out"])]
    assert main([*arguments, *mapped]) == 0
    record = json.loads((files["out"] / "run.json").read_text(encoding="utf-8"))
    assert record["scope"] == "digital", "without the mapping nobody is digital"


def test_backtest_applies_it(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["backtest", str(files["staff"]), "--draws", "20", "--json"]
    assert main([*arguments, "--mapping", str(files["mapping"])]) == 0
    mapped = json.loads(capsys.readouterr().out)
    given = [Namespace(files=[files["staff"]], mapping=each) for each in (None, files["mapping"])]
    plain, corrected = (read_given(each, read_models()).digest for each in given)
    assert mapped["input_digest"] == corrected
    assert mapped["input_digest"] != plain, "the mapping is part of the input"
