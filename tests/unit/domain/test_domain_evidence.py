"""The evidence tables: complete, typed, and refused where they are not."""

import csv
import shutil
from pathlib import Path

import pytest

from workforce.domain.defaults import lever_from_evidence, programme_from_evidence
from workforce.domain.evidence import Confidence, Evidence, EvidenceError, load_evidence
from workforce.domain.families import ALL_FAMILIES, DIGITAL_FAMILIES
from workforce.domain.levers import ActsOn
from workforce.domain.months import parse_month


def test_every_row_of_every_table_arrives(evidence: Evidence, root: Path) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        path = root / "models" / "evidence" / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))

    levers = rows("levers")
    assert len(evidence.levers) == sum(r["row_type"] == "default" for r in levers)
    assert len(evidence.studies) == sum(r["row_type"] == "study" for r in levers)
    assert len(evidence.benchmarks) == len(rows("benchmarks"))
    assert len(evidence.apprenticeship) == len(rows("apprenticeship_parameters"))
    assert len(evidence.standards) == len(rows("apprenticeships"))
    assert len(evidence.roles) == len(rows("roles"))
    assert len(evidence.leave_reasons) == len(rows("leave_reasons"))
    assert len(evidence.rules) == len(rows("regulation"))


def test_every_number_carries_unit_source_and_confidence(evidence: Evidence) -> None:
    for parameter in (*evidence.benchmarks.values(), *evidence.apprenticeship.values()):
        assert isinstance(parameter.confidence, Confidence)
        assert parameter.source, f"{parameter.key} has no source"
        if parameter.value is not None:
            assert parameter.unit, f"{parameter.key} has no unit"
            low, high = parameter.range
            assert low <= parameter.number <= high


def test_default_levers_are_marked_as_the_assumptions_they_are(evidence: Evidence) -> None:
    assert {lever.confidence for lever in evidence.levers.values()} == {Confidence.ASSUMPTION}


def test_weak_and_null_levers_start_switched_off(evidence: Evidence) -> None:
    off = {lever.lever_id for lever in evidence.levers.values() if not lever.on_by_default}
    weak = {lever.lever_id for lever in evidence.levers.values() if lever.grade in "DE"}
    assert weak <= off
    assert off == {
        "FOUR_DAY", "PURPOSE", "WELLBEING_IND", "RECOG", "STAY", "BENEFITS", "EXTERNAL",
        "FAST_HIRE", "FLEX_ADVERT",
    }  # fmt: skip


def test_levers_on_filling_say_what_they_act_on_and_that_they_are_judgements(
    evidence: Evidence,
) -> None:
    filling = {k: v for k, v in evidence.levers.items() if v.acts_on is ActsOn.FILLING}
    assert set(filling) == {"FAST_HIRE", "FLEX_ADVERT"}
    for lever in filling.values():
        assert lever.low <= 1.0 < lever.hazard_ratio < lever.high, "may come to nothing"
        assert "author prior" in lever.source, "a judgement is called one"
        assert not lever.first_year_only
        choice = lever_from_evidence(lever, parse_month("2027-01"))
        assert choice.acts_on is ActsOn.FILLING


def test_null_results_stay_in_the_library_as_null_results(evidence: Evidence) -> None:
    assert evidence.levers["WELLBEING_IND"].hazard_ratio == 1.0
    assert evidence.levers["WELLBEING_IND"].studies, "the studies of the null result are missing"


def test_standards_and_roles_name_families_we_know(evidence: Evidence) -> None:
    assert {standard.family for standard in evidence.standards.values()} <= set(DIGITAL_FAMILIES)
    assert {role.family for role in evidence.roles} <= set(ALL_FAMILIES)


def test_lever_defaults_are_taken_over_unrounded(evidence: Evidence) -> None:
    lever = evidence.levers["FLEX_TEAM"]
    choice = lever_from_evidence(lever, parse_month("2027-01"))
    assert (choice.hazard_ratio, choice.low, choice.high) == (0.75, 0.58, 0.95)
    assert (choice.adopted_now, choice.reach, choice.ramp_months) == (0.15, 0.9, 6)


def test_programme_withdrawal_reproduces_the_standards_achievement(evidence: Evidence) -> None:
    for reference, standard in evidence.standards.items():
        programme = programme_from_evidence(
            evidence,
            reference,
            programme_id="p",
            family=standard.family,
            first_start=parse_month("2027-01"),
            size=4,
        )
        achieved = (1 - programme.withdrawal) * programme.pass_rate
        assert achieved == pytest.approx(standard.achievement, abs=1e-3), reference


@pytest.fixture
def copy_of_tables(root: Path, tmp_path: Path) -> Path:
    target = tmp_path / "evidence"
    shutil.copytree(root / "models" / "evidence", target)
    return target


def _spoil(path: Path, row: int, column: str, value: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = list(reader)
        names = list(reader.fieldnames or [])
    rows[row][column] = value
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names)
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("table", "column", "value", "says"),
    [
        ("benchmarks", "confidence", "certain", "confidence mark"),
        ("benchmarks", "low", "0.9", "outside its own range"),
        ("benchmarks", "source", "", "without a source"),
        ("benchmarks", "benchmark_id", "cs_total_2324", "stands twice"),
        ("apprenticeships", "achievement_rate_default", "60", "share between 0 and 1"),
        ("apprenticeships", "duration_months", "two years", "must be a number"),
    ],
)
def test_a_spoilt_row_is_refused_with_its_line(
    copy_of_tables: Path, table: str, column: str, value: str, says: str
) -> None:
    _spoil(copy_of_tables / f"{table}.csv", 0, column, value)
    with pytest.raises(EvidenceError, match=says) as caught:
        load_evidence(copy_of_tables)
    assert f"{table}.csv line" in str(caught.value)


def test_a_missing_table_is_named(copy_of_tables: Path) -> None:
    (copy_of_tables / "levers.csv").unlink()
    with pytest.raises(EvidenceError, match=r"levers\.csv is missing"):
        load_evidence(copy_of_tables)
