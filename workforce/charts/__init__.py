"""Frames in, figures out: charts that state their finding, with the words and the table beside.

Builders take frames with documented columns and call no engine. They are loaded on first use:
Altair alone takes the better part of a second, and a page without a chart should not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workforce.charts.account import headcount_account
    from workforce.charts.bridge import waterfall
    from workforce.charts.capacity import effective_capacity
    from workforce.charts.cohorts import cohort_timeline
    from workforce.charts.comparison import compare, vacancies_with_without
    from workforce.charts.differences import resigning_differences
    from workforce.charts.families import family_bars, turnover_bars
    from workforce.charts.figure import ExcelChart, ExcelSeries, Figure
    from workforce.charts.futures import fan
    from workforce.charts.groups import group_ratios
    from workforce.charts.impact import impact_bars
    from workforce.charts.levers import Effect, lever_effects
    from workforce.charts.money import cost_lines
    from workforce.charts.months import monthly_history
    from workforce.charts.pipeline import pipeline_flow
    from workforce.charts.rates import rate_intervals
    from workforce.charts.record import track_by_month, track_record
    from workforce.charts.scored import scored_forecast
    from workforce.charts.spread import profile
    from workforce.charts.supply import supply_demand

__all__ = [
    "Effect",
    "ExcelChart",
    "ExcelSeries",
    "Figure",
    "cohort_timeline",
    "compare",
    "cost_lines",
    "effective_capacity",
    "family_bars",
    "fan",
    "group_ratios",
    "headcount_account",
    "impact_bars",
    "lever_effects",
    "monthly_history",
    "pipeline_flow",
    "profile",
    "rate_intervals",
    "resigning_differences",
    "scored_forecast",
    "supply_demand",
    "track_by_month",
    "track_record",
    "turnover_bars",
    "vacancies_with_without",
    "waterfall",
]

_HOME = {
    "Effect": "levers",
    "ExcelChart": "figure",
    "ExcelSeries": "figure",
    "Figure": "figure",
    "cohort_timeline": "cohorts",
    "compare": "comparison",
    "cost_lines": "money",
    "effective_capacity": "capacity",
    "family_bars": "families",
    "fan": "futures",
    "group_ratios": "groups",
    "headcount_account": "account",
    "impact_bars": "impact",
    "lever_effects": "levers",
    "monthly_history": "months",
    "pipeline_flow": "pipeline",
    "profile": "spread",
    "rate_intervals": "rates",
    "resigning_differences": "differences",
    "scored_forecast": "scored",
    "supply_demand": "supply",
    "track_by_month": "record",
    "track_record": "record",
    "turnover_bars": "families",
    "vacancies_with_without": "comparison",
    "waterfall": "bridge",
}


def __getattr__(name: str) -> Any:
    """Load a builder when it is first asked for (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"workforce.charts.{_HOME[name]}"), name)
