"""The evidence base: every number with its range, unit, source and confidence.

Nothing numeric that describes the world lives in code. It is read from the tables under
`models/evidence/`, checked here, and carried with its provenance to every page and export.
"""

import csv
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from workforce.domain.evidence_types import (
    Confidence,
    Evidence,
    EvidenceError,
    LeaveReason,
    LeverEvidence,
    Parameter,
    RoleEvidence,
    Rule,
    Standard,
    Study,
    Synonym,
)
from workforce.domain.levers import ActsOn

__all__ = [
    "Confidence",
    "Evidence",
    "EvidenceError",
    "LeaveReason",
    "LeverEvidence",
    "Parameter",
    "RoleEvidence",
    "Rule",
    "Standard",
    "Study",
    "Synonym",
    "load_evidence",
]

_T = TypeVar("_T")

FIRST_YEAR_GROUP = "onboarding"
FILLING_METRIC = "HR_fill"
_OFF_BY_DEFAULT = frozenset(
    {"FOUR_DAY", "PURPOSE", "WELLBEING_IND", "RECOG", "STAY", "BENEFITS", "EXTERNAL"}
)


def load_evidence(directory: Path) -> Evidence:
    """Read and check the evidence tables.

    Args:
        directory: Folder that holds the CSV files.

    Returns:
        The typed evidence.

    Raises:
        EvidenceError: If a table is missing, a confidence mark or source is missing, a range does
            not hold its value, a share lies outside 0-1, or an identifier stands twice.
    """
    lever_rows = _rows(directory / "levers.csv")
    studies = tuple(_study(where, row) for where, row in lever_rows if row["row_type"] == "study")
    defaults = [(where, row) for where, row in lever_rows if row["row_type"] == "default"]
    return Evidence(
        benchmarks=_unique(directory / "benchmarks.csv", "benchmark_id", _benchmark),
        apprenticeship=_unique(
            directory / "apprenticeship_parameters.csv", "param_id", _apprenticeship_parameter
        ),
        levers=MappingProxyType(
            {
                row["lever_id"]: _lever(where, row, _studies_of(row["lever_id"], studies))
                for where, row in defaults
            }
        ),
        studies=studies,
        standards=_unique(directory / "apprenticeships.csv", "st_reference", _standard),
        roles=tuple(_role(where, row) for where, row in _rows(directory / "roles.csv")),
        leave_reasons=tuple(
            _leave_reason(where, row) for where, row in _rows(directory / "leave_reasons.csv")
        ),
        synonyms=tuple(
            Synonym(row["field"], row["system"], row["name"])
            for _, row in _rows(directory / "column_names.csv")
        ),
        rules=_unique(directory / "regulation.csv", "rule_id", _rule),
    )


def _studies_of(lever_id: str, studies: tuple[Study, ...]) -> tuple[Study, ...]:
    # A study of a whole topic (WELLBEING) stands behind each lever of it (WELLBEING_IND).
    return tuple(
        study
        for study in studies
        if lever_id == study.lever_id or lever_id.startswith(f"{study.lever_id}_")
    )


def _rows(path: Path) -> list[tuple[str, dict[str, str]]]:
    if not path.is_file():
        raise EvidenceError(f"evidence table {path.name} is missing")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return [
            (
                f"{path.name} line {line}",
                {k: (v or "").strip() for k, v in row.items() if k is not None},
            )
            for line, row in enumerate(csv.DictReader(handle), start=2)
        ]


def _unique(path: Path, key: str, build: Callable[[str, dict[str, str]], _T]) -> Mapping[str, _T]:
    found: dict[str, _T] = {}
    for where, row in _rows(path):
        if row[key] in found:
            raise EvidenceError(f"{where}: {row[key]} stands twice")
        found[row[key]] = build(where, row)
    return MappingProxyType(found)


def _confidence(where: str, text: str) -> Confidence:
    try:
        return Confidence(text)
    except ValueError:
        raise EvidenceError(f"{where}: confidence mark “{text}” is none of ours") from None


def _source(where: str, row: dict[str, str]) -> str:
    source = row.get("source", "")
    if source:
        return source
    # A judgement of the authors is its own source, and says so.
    if row.get("confidence") == Confidence.ASSUMPTION:
        return "Authors' assumption"
    raise EvidenceError(f"{where}: a {row.get('confidence')} value without a source")


def _number(where: str, text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    if not math.isfinite(value):
        raise EvidenceError(f"{where}: {text} is not a finite number")
    return value


def _required(where: str, row: dict[str, str], column: str) -> float:
    value = _number(where, row.get(column, ""))
    if value is None:
        raise EvidenceError(f"{where}: {column} must be a number, not “{row.get(column, '')}”")
    return value


def _checked_range(where: str, value: float | None, low: float | None, high: float | None) -> None:
    if value is None:
        return
    if (low is not None and low > value) or (high is not None and high < value):
        raise EvidenceError(f"{where}: {value} lies outside its own range {low} to {high}")


def _share(where: str, row: dict[str, str], column: str) -> float:
    value = _required(where, row, column)
    if not 0 <= value <= 1:
        raise EvidenceError(f"{where}: {column} must be a share between 0 and 1, not {value}")
    return value


def _parameter(where: str, row: dict[str, str], *, key: str, name: str, scope: str) -> Parameter:
    value, low, high = (_number(where, row[column]) for column in ("value", "low", "high"))
    _checked_range(where, value, low, high)
    return Parameter(
        key=row[key],
        group=row["group"],
        name=row[name].removeprefix("DEFAULT "),
        scope=row[scope],
        value=value,
        low=low,
        high=high,
        unit=row["unit"],
        text="" if value is not None else row["value"],
        source=_source(where, row),
        source_year=row["source_year"],
        url=row["url"],
        confidence=_confidence(where, row["confidence"]),
        note=row["note"],
    )


def _benchmark(where: str, row: dict[str, str]) -> Parameter:
    return _parameter(where, row, key="benchmark_id", name="metric", scope="scope")


def _apprenticeship_parameter(where: str, row: dict[str, str]) -> Parameter:
    return _parameter(where, row, key="param_id", name="parameter", scope="applies_to")


def _study(where: str, row: dict[str, str]) -> Study:
    value, low, high = (_number(where, row[column]) for column in ("value", "low", "high"))
    return Study(
        lever_id=row["lever_id"],
        name=row["lever_name"],
        description=row["description"],
        metric=row["metric"],
        value=value,
        low=low,
        high=high,
        interval_type=row["interval_type"],
        design=row["study_design"],
        population=row["population"],
        sample_size=row["sample_size"],
        follow_up_months=row["follow_up_months"],
        grade=row["evidence_grade"],
        source=_source(where, row),
        source_year=row["source_year"],
        url=row["url"],
        confidence=_confidence(where, row["confidence"]),
        note=row["note"],
    )


def _lever(where: str, row: dict[str, str], studies: tuple[Study, ...]) -> LeverEvidence:
    value, low, high = (_required(where, row, column) for column in ("value", "low", "high"))
    _checked_range(where, value, low, high)
    if low <= 0:
        raise EvidenceError(f"{where}: a hazard ratio must be above 0, not {low}")
    if row["evidence_grade"] not in "ABCDE" or not row["evidence_grade"]:
        raise EvidenceError(f"{where}: evidence grade must be A to E")
    return LeverEvidence(
        lever_id=row["lever_id"],
        name=row["lever_name"],
        description=row["description"],
        hazard_ratio=value,
        low=low,
        high=high,
        reach=_share(where, row, "applies_to_share_of_staff"),
        group=row["overlap_group"],
        adopted_now=_share(where, row, "baseline_adoption"),
        cost_per_head=(
            _required(where, row, "cost_per_head_gbp_year"),
            _required(where, row, "cost_low"),
            _required(where, row, "cost_high"),
        ),
        one_off_per_head=_required(where, row, "one_off_cost_per_head_gbp"),
        cost_basis=row["cost_basis"],
        ramp_months=int(_required(where, row, "months_to_full_effect")),
        persistence=row["persistence"],
        grade=row["evidence_grade"],
        coverage_notes=row["coverage_notes"],
        first_year_only=row["overlap_group"] == FIRST_YEAR_GROUP,
        on_by_default=row["lever_id"] not in _OFF_BY_DEFAULT and row["evidence_grade"] not in "DE",
        source=_source(where, row),
        source_year=row["source_year"],
        confidence=_confidence(where, row["confidence"]),
        note=row["note"],
        studies=studies,
        acts_on=ActsOn.FILLING if row["metric"] == FILLING_METRIC else ActsOn.LEAVING,
    )


def _standard(where: str, row: dict[str, str]) -> Standard:
    duration, low, high = (
        int(_required(where, row, column))
        for column in ("duration_months", "duration_low", "duration_high")
    )
    return Standard(
        reference=row["st_reference"],
        name=row["name"],
        level=int(_required(where, row, "level")),
        family=row["family"],
        duration_months=duration,
        duration_range=(low, high),
        duration_confidence=_confidence(where, row["duration_confidence"]),
        funding_band_gbp=_required(where, row, "funding_band_max_gbp"),
        funding_confidence=_confidence(where, row["funding_confidence"]),
        off_the_job_hours=_number(where, row["otj_hours_min"]),
        achievement=_share(where, row, "achievement_rate_default"),
        achievement_range=(
            _share(where, row, "achievement_low"),
            _share(where, row, "achievement_high"),
        ),
        achievement_confidence=_confidence(where, row["achievement_confidence"]),
        status=row["status"],
        fundable=row["fundable_new_start_2026_27"],
        age_rule=row["age_rule"],
        source=_source(where, row),
        source_year=row["source_year"],
        url=row["url"],
        confidence=_confidence(where, row["confidence"]),
        note=row["note"],
    )


def _role(where: str, row: dict[str, str]) -> RoleEvidence:
    aliases = [
        alias.strip()
        for column in ("aliases_council", "aliases_nhs", "aliases_civil_service")
        for alias in row[column].split(";")
    ]
    return RoleEvidence(
        role_id=row["role_id"],
        family=row["family"],
        seniority=row["seniority"],
        name=row["role_name"],
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias)),
        match_regex=row["match_regex"],
        soc2020=row["uk_soc2020"],
        pay_low=_number(where, row["low"]),
        pay_high=_number(where, row["high"]),
        confidence=_confidence(where, row["confidence"]),
        source=_source(where, row),
    )


def _leave_reason(where: str, row: dict[str, str]) -> LeaveReason:
    return LeaveReason(
        reason=row["reason"],
        system=row["system"],
        cause=row["cause"],
        levers=tuple(part for part in row["addressable_by"].split(";") if part),
        confidence=_confidence(where, row["confidence"]),
    )


def _rule(where: str, row: dict[str, str]) -> Rule:
    return Rule(
        rule_id=row["rule_id"],
        area=row["area"],
        requirement=row["requirement"],
        tool_control=row["tool_control"],
        severity=row["severity"],
        source=row["source"],
        url=row["url"],
        confidence=_confidence(where, row["confidence"]),
        note=row["note"],
    )
