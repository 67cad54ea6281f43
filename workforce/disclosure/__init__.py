"""Statistical disclosure control: no observed count of few people is shown or can be worked out."""

from workforce.disclosure.audit import Cell, Knowledge, LinkedTable, Relation
from workforce.disclosure.observations import Observations, Published
from workforce.disclosure.publish import publish, soften
from workforce.disclosure.rule import DEFAULT_THRESHOLD, NOT_SHOWN, Rule
from workforce.disclosure.suppress import Protected, exposed_cells, protect
from workforce.disclosure.windows import windows_safe

__all__ = [
    "DEFAULT_THRESHOLD",
    "NOT_SHOWN",
    "Cell",
    "Knowledge",
    "LinkedTable",
    "Observations",
    "Protected",
    "Published",
    "Relation",
    "Rule",
    "exposed_cells",
    "protect",
    "publish",
    "soften",
    "windows_safe",
]
