"""The way through the house: files -> extract -> history -> rates -> projection.

One place for the order of the rooms, so that the dashboard and the command line cannot differ.
"""

from workforce.workflow.ahead import (
    case_of,
    cost_plans,
    forecast_plan,
    run_plans,
    saved_from,
)
from workforce.workflow.organisation import (
    SCOPES,
    Analysis,
    Models,
    analyse,
    describe_scope,
    load_models,
    observe,
    read_files,
)
from workforce.workflow.past import remember_past, run_backtest
from workforce.workflow.sweep import sweep_plans
from workforce.workflow.vacancies import VacanciesAhead, vacancies_ahead
from workforce.workflow.worth import ATTRIBUTED, take_apart

__all__ = [
    "ATTRIBUTED",
    "SCOPES",
    "Analysis",
    "Models",
    "VacanciesAhead",
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
    "sweep_plans",
    "take_apart",
    "vacancies_ahead",
]
