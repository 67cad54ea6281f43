"""A row of the evidence once checked: value, range, unit, source, confidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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
]


class EvidenceError(ValueError):
    """A row of the evidence tables that must not be used as it stands: file, line and fault."""


class Confidence(StrEnum):
    """How a value is known. Shown wherever the value is shown."""

    VERIFIED = "verified"
    RECALLED = "recalled"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One sourced number (benchmarks and apprenticeship parameters).

    Attributes:
        key: Identifier within its table.
        group: Topic.
        name: What it measures.
        scope: What or whom it applies to.
        value: Central value; `None` where the source gives words only (`text`).
        low: Lower end of the range, in `unit`.
        high: Upper end of the range, in `unit`.
        unit: Unit of value, low and high.
        text: The source's wording where there is no number.
        source: Citation.
        source_year: Year of the source as written there.
        url: Page that was read, if any.
        confidence: How the value is known.
        note: Caveats.
    """

    key: str
    group: str
    name: str
    scope: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    text: str
    source: str
    source_year: str
    url: str
    confidence: Confidence
    note: str

    @property
    def number(self) -> float:
        """The central value.

        Raises:
            EvidenceError: If the source gives no number.
        """
        if self.value is None:
            raise EvidenceError(f"{self.key} carries no number: {self.text or self.note}")
        return self.value

    @property
    def range(self) -> tuple[float, float]:
        """Low and high, the central value standing in for an end that is not given."""
        centre = self.number
        return (
            centre if self.low is None else self.low,
            centre if self.high is None else self.high,
        )


@dataclass(frozen=True, slots=True)
class Study:
    """One study behind a lever."""

    lever_id: str
    name: str
    description: str
    metric: str
    value: float | None
    low: float | None
    high: float | None
    interval_type: str
    design: str
    population: str
    sample_size: str
    follow_up_months: str
    grade: str
    source: str
    source_year: str
    url: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class LeverEvidence:
    """The default of a non-pay lever, already discounted for transfer from trial to council.

    Attributes:
        lever_id: Identifier.
        name: Short name.
        description: What it is.
        hazard_ratio: Voluntary hazard of a covered person against an uncovered one, central.
        low: Lower end of the 90% interval of the hazard ratio.
        high: Upper end of it.
        reach: Share of staff the lever can touch, 0-1.
        group: Mechanism group within which effects overlap.
        adopted_now: Share of the reach that typically has it already, 0-1.
        cost_per_head: GBP per covered head and year: central, low, high.
        one_off_per_head: GBP per newly covered head, once.
        cost_basis: What the cost is made of.
        ramp_months: Months from start to full effect.
        persistence: What is known about fading, in words.
        grade: Evidence grade A (large randomised) to E (practice only).
        coverage_notes: Whom it reaches.
        first_year_only: It acts inside the first twelve months of tenure, for everybody there.
        on_by_default: Whether a new plan starts with it switched on as a choice.
        source: Citation.
        source_year: Year.
        confidence: Always shown; the defaults are assumptions.
        note: Caveats.
        studies: The studies behind it.
        acts_on: Resignations, or how fast vacancies are filled; the ratio is then one of filling,
            and a head of its costs is a person hired.
    """

    lever_id: str
    name: str
    description: str
    hazard_ratio: float
    low: float
    high: float
    reach: float
    group: str
    adopted_now: float
    cost_per_head: tuple[float, float, float]
    one_off_per_head: float
    cost_basis: str
    ramp_months: int
    persistence: str
    grade: str
    coverage_notes: str
    first_year_only: bool
    on_by_default: bool
    source: str
    source_year: str
    confidence: Confidence
    note: str
    studies: tuple[Study, ...]
    acts_on: ActsOn = ActsOn.LEAVING


@dataclass(frozen=True, slots=True)
class Standard:
    """An apprenticeship standard in England."""

    reference: str
    name: str
    level: int
    family: str
    duration_months: int
    duration_range: tuple[int, int]
    duration_confidence: Confidence
    funding_band_gbp: float
    funding_confidence: Confidence
    off_the_job_hours: float | None
    achievement: float
    achievement_range: tuple[float, float]
    achievement_confidence: Confidence
    status: str
    fundable: str
    age_rule: str
    source: str
    source_year: str
    url: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class RoleEvidence:
    """A role with the wording it goes by."""

    role_id: str
    family: str
    seniority: str
    name: str
    aliases: tuple[str, ...]
    match_regex: str
    soc2020: str
    pay_low: float | None
    pay_high: float | None
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class LeaveReason:
    """A leaving reason as an HR system words it."""

    reason: str
    system: str
    cause: str
    levers: tuple[str, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Synonym:
    """A column heading that some HR system uses for a canonical field."""

    field: str
    system: str
    name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A legal or professional requirement and what the tool does about it."""

    rule_id: str
    area: str
    requirement: str
    tool_control: str
    severity: str
    source: str
    url: str
    confidence: Confidence
    note: str


@dataclass(frozen=True)
class Evidence:
    """Everything under `models/evidence/`, checked and typed.

    Attributes:
        benchmarks: By key.
        apprenticeship: Pipeline parameters by key.
        levers: By lever id, in file order.
        studies: Every study, also those behind no single lever.
        standards: By reference.
        roles: In file order.
        leave_reasons: In file order.
        synonyms: Column headings.
        rules: Regulation by rule id.
    """

    benchmarks: Mapping[str, Parameter]
    apprenticeship: Mapping[str, Parameter]
    levers: Mapping[str, LeverEvidence]
    studies: tuple[Study, ...]
    standards: Mapping[str, Standard]
    roles: tuple[RoleEvidence, ...]
    leave_reasons: tuple[LeaveReason, ...]
    synonyms: tuple[Synonym, ...]
    rules: Mapping[str, Rule]

    def benchmark(self, key: str) -> Parameter:
        """Return a benchmark by key (`KeyError` names the missing one)."""
        return self.benchmarks[key]

    def pipeline(self, key: str) -> Parameter:
        """Return an apprenticeship parameter by key."""
        return self.apprenticeship[key]
