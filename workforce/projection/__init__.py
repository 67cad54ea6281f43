"""Months ahead: the ensemble of stocks and flows under plans, with levers and apprentices.

`simulate` is the way in; it takes values of `workforce.domain` only and returns a `Projection`.
`expect` runs the same month with fractional people and no luck, for search and quick looks.
"""

from workforce.projection.capacity import CAPACITY_MEASURES
from workforce.projection.engine import MAX_DRAWS, simulate
from workforce.projection.expected import Expected, expect
from workforce.projection.ground import Grounds
from workforce.projection.levers import lever_multiplier
from workforce.projection.pipeline import STAGES
from workforce.projection.result import MEASURES, Projection
from workforce.projection.summary import lever_table

__all__ = [
    "CAPACITY_MEASURES",
    "MAX_DRAWS",
    "MEASURES",
    "STAGES",
    "Expected",
    "Grounds",
    "Projection",
    "expect",
    "lever_multiplier",
    "lever_table",
    "simulate",
]
