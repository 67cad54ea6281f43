"""Tidy tables -> spells -> counts by cell and month; stocks, flows and today's measures.

The last room that sees a row about a person. What leaves it is a `History` of counts.
"""

from workforce.history.build import build_history, last_observed_month
from workforce.history.measures import PROFILES, establishment, measures, profile
from workforce.history.model import HAZARD_CAUSES, NEVER, History
from workforce.history.observations import observations
from workforce.history.opening import opening
from workforce.history.waiting import approval_months

__all__ = [
    "HAZARD_CAUSES",
    "NEVER",
    "PROFILES",
    "History",
    "approval_months",
    "build_history",
    "establishment",
    "last_observed_month",
    "measures",
    "observations",
    "opening",
    "profile",
]
