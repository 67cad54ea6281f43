"""Files -> extract -> counts and rates: what an organisation is, and what may be shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workforce.assurance import Choice, Past, choose_candidate, prepare_years
from workforce.disclosure import Published, Rule, publish
from workforce.domain.circulation import View
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence, load_evidence
from workforce.domain.families import ALL_FAMILIES, DIGITAL_FAMILIES, family_label
from workforce.domain.opening import Opening
from workforce.domain.rates import Rates
from workforce.domain.reasons import StatedReasons
from workforce.history import History, build_history, observations, opening
from workforce.history.reasons import stated_reasons
from workforce.intake import Extract, Mapping, SourceFile, read_extract
from workforce.rates import fit_rates
from workforce.roles import RoleClassifier

__all__ = [
    "SCOPES",
    "Analysis",
    "Models",
    "analyse",
    "describe_scope",
    "families_in_scope",
    "load_models",
    "observe",
    "read_files",
]

SCOPES = ("digital", "everyone")
MIN_DIGITAL = 10
"""With fewer digital people in post the total over them says next to nothing; all staff are shown
by family instead, the digital families among them."""


@dataclass(frozen=True)
class Models:
    """What ships with the software: the evidence and the role classifier."""

    evidence: Evidence
    roles: RoleClassifier


@dataclass(frozen=True)
class Analysis:
    """Everything the pages and projections need of an organisation: counts, no person.

    Attributes:
        history: Counts by cell and month.
        opening: Where projections start.
        rates: Leaving and hiring rates.
        families: Families that are projected.
        scope: `digital`, or `everyone` where hardly any digital staff were found or the user asked.
        as_of: The day the extract describes.
        digest: Digest of the input.
        fictional: Whether this is the sample organisation.
        notes: Sentences on what stands in for missing data.
        reasons: What those of the families who resigned said.
        past: Counts as they were known at dates a year apart.
        choice: How resignations are fitted, and why: what forecast those years best.
    """

    history: History
    opening: Opening
    rates: Rates
    families: tuple[str, ...]
    scope: str
    as_of: date
    digest: str
    fictional: bool
    notes: tuple[str, ...]
    reasons: StatedReasons
    past: Past
    choice: Choice


def load_models(directory: Path) -> Models:
    """Read the evidence and the role classifier from `models/`."""
    return Models(load_evidence(directory / "evidence"), RoleClassifier.load(directory))


def read_files(
    files: Sequence[SourceFile],
    models: Models,
    *,
    today: date,
    mapping: Mapping | None = None,
    fairness: bool = False,
) -> Extract:
    """Read HR files into tidy tables with everything accounted for.

    Args:
        files: Uploaded or named files.
        models: Evidence and role classifier.
        today: The current day; nothing observed can lie after it.
        mapping: Corrections to apply.
        fairness: Whether protected characteristics are read, for the fairness check.

    Returns:
        The extract.

    Raises:
        UserError: If nothing at all can be read.
    """
    return read_extract(
        files,
        evidence=models.evidence,
        roles=models.roles,
        mapping=mapping,
        today=today,
        fairness=fairness,
    )


def analyse(
    extract: Extract, models: Models, *, scope: str = "digital", fictional: bool = False
) -> Analysis:
    """Fold an extract into counts and fit its rates, in the way that forecast its past best.

    Args:
        extract: Tidy tables.
        models: Evidence and role classifier.
        scope: `digital`, or `everyone` to project all staff.
        fictional: Whether this is the sample organisation.

    Returns:
        The analysis. Where hardly any digital staff are found all staff are projected, and a note
        says so.

    Raises:
        UserError: If there is nobody in post to start from.
    """
    if scope not in SCOPES:
        raise UserError(f"“{scope}” is no scope. Use digital or everyone.")
    history = build_history(extract)
    notes: list[str] = []
    if history.stock.empty:
        raise UserError(
            "Nobody in post was found in these files, so there is nothing to project. "
            "Add a staff list, or check on the Data page that its columns were recognised."
        )
    families = families_in_scope(history, scope)
    if scope == "digital" and families != DIGITAL_FAMILIES:
        scope = "everyone"
        notes.append(
            f"Fewer than {MIN_DIGITAL} people in post were recognised as digital, so all staff are "
            "shown. Correct the role families on the Data page if this is wrong."
        )
    past = prepare_years(extract, history, families=families)
    choice = choose_candidate(past, models.evidence)
    rates = fit_rates(history, models.evidence, families, choice.candidate)
    return Analysis(
        history=history,
        opening=opening(history, models.evidence, families),
        rates=rates,
        families=families,
        scope=scope,
        as_of=extract.as_of,
        digest=extract.digest,
        fictional=fictional,
        notes=(*notes, *history.notes, *rates.notes),
        reasons=stated_reasons(extract, models.evidence, families),
        past=past,
        choice=choice,
    )


def families_in_scope(history: History, scope: str) -> tuple[str, ...]:
    """Return the families of a scope; all of them where hardly anybody in post is digital."""
    in_post = history.stock.loc[history.stock["family"].isin(DIGITAL_FAMILIES), "people"].sum()
    digital = scope == "digital" and in_post >= MIN_DIGITAL
    return tuple(DIGITAL_FAMILIES if digital else ALL_FAMILIES)


def observe(analysis: Analysis, models: Models, rule: Rule, view: View) -> Published:
    """Return what may be shown of everything observed: the one way to pages, charts and files.

    Args:
        analysis: The organisation.
        models: Evidence, for an establishment that is not given.
        rule: The threshold below which counts of people are protected.
        view: Protected, or working on one's own machine.

    Returns:
        Measures, history, profiles and rates.
    """
    return publish(
        observations(
            analysis.history,
            models.evidence,
            families=analysis.families,
            rates=analysis.rates,
            notes=analysis.notes,
        ),
        rule,
        view,
    )


def describe_scope(analysis: Analysis) -> str:
    """Return whom the figures are about, for captions."""
    if analysis.scope == "everyone":
        return "all staff"
    return "digital staff (" + ", ".join(family_label(f).lower() for f in analysis.families) + ")"
