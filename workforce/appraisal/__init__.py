"""What a plan's parts are worth: attribution of a projected change, and what it costs."""

from workforce.appraisal.attribution import Attribution, Part, Share, attribute, parts_of
from workforce.appraisal.by_month import cost_months, parts_table
from workforce.appraisal.costs import (
    LINES,
    VIEWS,
    Costing,
    Costs,
    Line,
    cost,
    cost_change,
    cost_years,
)
from workforce.appraisal.levy import LevyRules, LevyYears, levy_path, levy_rules

__all__ = [
    "LINES",
    "VIEWS",
    "Attribution",
    "Costing",
    "Costs",
    "LevyRules",
    "LevyYears",
    "Line",
    "Part",
    "Share",
    "attribute",
    "cost",
    "cost_change",
    "cost_months",
    "cost_years",
    "levy_path",
    "levy_rules",
    "parts_of",
    "parts_table",
]
