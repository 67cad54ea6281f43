"""Forecasts from past dates, held against what happened."""

from collections.abc import Callable

from workforce.assurance import (
    Backtest,
    Past,
    choose_candidate,
    prepare,
    prepare_years,
    run_past,
)
from workforce.history import build_history
from workforce.intake import Extract
from workforce.workflow.organisation import Models, families_in_scope

__all__ = ["remember_past", "run_backtest"]


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
    history = build_history(extract)
    families = families_in_scope(history, scope)
    # The same choice as a forecast of today makes.
    years = prepare_years(extract, history, families=families)
    return run_past(
        prepare(extract, families=families, known=years),
        models.evidence,
        draws=draws,
        seed=seed,
        choice=choose_candidate(years, models.evidence),
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


def _silent(_share: float) -> None:
    return None
