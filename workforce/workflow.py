"""The way through the house: files -> extract -> history -> rates -> projection.

One place for the order of the rooms, so that the dashboard and the command line cannot differ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workforce.appraisal import Costing, Costs, cost, levy_rules
from workforce.assurance import (
    Backtest,
    Case,
    Past,
    backtest,
    keep_forecast,
    prepare,
)
from workforce.disclosure import Published, Rule, publish
from workforce.domain.circulation import View
from workforce.domain.defaults import continuing_programmes as from_evidence
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence, load_evidence
from workforce.domain.families import ALL_FAMILIES, DIGITAL_FAMILIES, family_label
from workforce.domain.forecast import KEPT_MONTHS, SavedForecast
from workforce.domain.opening import Opening
from workforce.domain.plan import BASELINE_NAME, Plan, Programme
from workforce.domain.prices import Money
from workforce.domain.rates import Rates
from workforce.domain.reasons import StatedReasons
from workforce.history import History, build_history, observations, opening
from workforce.history.reasons import stated_reasons
from workforce.intake import Extract, Mapping, SourceFile, read_extract
from workforce.projection import Projection, simulate
from workforce.rates import fit_rates
from workforce.roles import RoleClassifier

__all__ = [
    "SCOPES",
    "Analysis",
    "Models",
    "analyse",
    "case_of",
    "cost_plans",
    "describe_scope",
    "forecast_plan",
    "load_models",
    "observe",
    "read_files",
    "remember_past",
    "run_backtest",
    "run_plans",
    "saved_from",
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
    """Fold an extract into counts and fit its rates.

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
    rates = fit_rates(history, models.evidence, families)
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
    )


def families_in_scope(history: History, scope: str) -> tuple[str, ...]:
    """Return the families of a scope; all of them where hardly anybody in post is digital."""
    in_post = history.stock.loc[history.stock["family"].isin(DIGITAL_FAMILIES), "people"].sum()
    digital = scope == "digital" and in_post >= MIN_DIGITAL
    return tuple(DIGITAL_FAMILIES if digital else ALL_FAMILIES)


def run_backtest(
    extract: Extract,
    models: Models,
    *,
    scope: str = "digital",
    draws: int = 500,
    seed: int = 1,
    progress: Callable[[float], None] | None = None,
) -> Backtest:
    """Forecast from past dates with what was known then and score the forecasts.

    Args:
        extract: Tidy tables.
        models: Evidence.
        scope: `digital` or `everyone`, as in `analyse`.
        draws: Draws of each forecast.
        seed: Seed.
        progress: Called with the share done.

    Returns:
        The backtest.
    """
    return backtest(
        extract,
        models.evidence,
        families=families_in_scope(build_history(extract), scope),
        draws=draws,
        seed=seed,
        progress=progress or _silent,
    )


def remember_past(
    extract: Extract,
    *,
    scope: str = "digital",
    progress: Callable[[float], None] | None = None,
) -> Past:
    """Count what was known at earlier dates, so that a backtest needs the extract no longer.

    Args:
        extract: Tidy tables; nothing about a person is kept of them.
        scope: `digital` or `everyone`, as in `analyse`.
        progress: Called with the share done.

    Returns:
        Counts at each date.
    """
    families = families_in_scope(build_history(extract), scope)
    return prepare(extract, families=families, progress=progress or _silent)


def case_of(analysis: Analysis, models: Models, plan: Plan) -> Case:
    """Return everything a projection of a plan starts from, as the assumptions log takes it."""
    continuing = continuing_programmes(analysis, models.evidence)
    return Case(analysis.opening, analysis.rates, plan, continuing)


def forecast_plan(
    analysis: Analysis, models: Models, plan: Plan, *, draws: int, seed: int, software: str
) -> SavedForecast:
    """Forecast doing nothing and a plan, in the form that is saved with the plan.

    Args:
        analysis: The organisation.
        models: Evidence.
        plan: The plan.
        draws: Simulated futures.
        seed: Seed.
        software: Version of the software.

    Returns:
        The forecast of at most three years.
    """
    months = min(plan.horizon_months, KEPT_MONTHS)
    return saved_from(
        run_plans(analysis, models, [plan], draws=draws, seed=seed, months=months),
        analysis,
        [BASELINE_NAME, plan.name],
        software=software,
    )


def saved_from(
    projection: Projection, analysis: Analysis, scenarios: Sequence[str], *, software: str
) -> SavedForecast:
    """Return what is saved of a projection; arguments as `forecast_plan`."""
    return keep_forecast(
        projection,
        analysis.opening,
        scenarios=scenarios,
        data_digest=analysis.digest,
        software=software,
        scope=analysis.scope,
        fictional=analysis.fictional,
    )


def continuing_programmes(analysis: Analysis, evidence: Evidence) -> tuple[Programme, ...]:
    """Return a programme with evidence defaults for each apprentice group already in training.

    Args:
        analysis: Gives the opening's apprentices, in their order.
        evidence: The evidence base.

    Returns:
        One programme for each entry of `opening.apprentices`.
    """
    return from_evidence(evidence, analysis.opening.apprentices)


def run_plans(
    analysis: Analysis,
    models: Models,
    plans: Sequence[Plan],
    *,
    draws: int,
    seed: int,
    months: int | None = None,
    progress: Callable[[float], None] | None = None,
    baseline: bool = True,
) -> Projection:
    """Project do-nothing and the given plans on the same draws.

    Args:
        analysis: The organisation.
        models: Evidence, for apprentices already in training.
        plans: Scenarios; do-nothing is put before them.
        draws: Number of draws.
        seed: Seed; with the same inputs the results are the same to the byte.
        months: Horizon that wins over the plans' own.
        progress: Called with the share done.
        baseline: Whether do-nothing is put before the plans; a picture that compares two plans with
            each other is drawn a third sooner without it.

    Returns:
        The projection, do-nothing first.
    """
    horizon = months or max((plan.horizon_months for plan in plans), default=36)
    first = [Plan(name=BASELINE_NAME, horizon_months=horizon)] if baseline or not plans else []
    scenarios = [*first, *plans]
    return simulate(
        analysis.opening,
        analysis.rates,
        scenarios,
        draws=draws,
        seed=seed,
        months=horizon,
        progress=progress or _silent,
        continuing=continuing_programmes(analysis, models.evidence),
    )


def cost_plans(
    analysis: Analysis,
    models: Models,
    projection: Projection,
    plans: Sequence[Plan],
    money: Money,
) -> tuple[Costs, ...]:
    """Cost scenarios of a projection.

    Args:
        analysis: The organisation.
        models: Evidence, for training prices, levy rules and apprentices already in training.
        projection: Holds the scenarios.
        plans: Their plans.
        money: Prices and levy account.
    """
    evidence = models.evidence
    costing = Costing(money.prices, money.levy, levy_rules(evidence), evidence.standards)
    continuing = continuing_programmes(analysis, evidence)
    return tuple(
        cost(projection, plan, analysis.opening, costing, continuing=continuing) for plan in plans
    )


def _silent(_share: float) -> None:
    return None


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
            rates=analysis.rates.table,
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
