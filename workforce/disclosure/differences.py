"""Directorates and jobs compared, with no count of people beside the comparison."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from workforce.disclosure.rule import Rule
from workforce.domain.circulation import View
from workforce.domain.differences import Difference, DifferenceKind, Differences

__all__ = ["SeenDifferences", "publish_differences"]

_AT_LEAST: Final = 2
_DECIMALS: Final = 1


@dataclass(frozen=True)
class SeenDifferences:
    """What may be shown of directorates, or of jobs.

    Attributes:
        kind: What people are grouped by.
        earned: Whether earlier years told where people would resign; there are no rows otherwise.
        rows: `name, ratio, low, high, differs` (1 lies outside the range), largest groups first.
        aside: Groups that are not shown, because they or what could be told of them are too small.
    """

    kind: DifferenceKind
    earned: bool
    rows: pd.DataFrame
    aside: int


def publish_differences(
    differences: tuple[Differences, ...], rule: Rule, view: View
) -> tuple[SeenDifferences, ...]:
    """Return comparisons that give nobody away.

    Ratios stand without counts and with one decimal. A group is left out where it has few people or
    few who resigned; what is left out is then two groups or more with enough people and leavers
    between them, so that even whoever could work the shown ones back to counts learns no small one
    from a total.

    Args:
        differences: As estimated.
        rule: The threshold.
        view: The working view shows every group.

    Returns:
        One entry each, in the order given.
    """
    return tuple(_published(each, rule, view) for each in differences)


def _published(found: Differences, rule: Rule, view: View) -> SeenDifferences:
    every = view is View.WORKING
    kept = (list(found.rows) if every else _shown(found.rows, rule)) if found.earned else []
    rows = pd.DataFrame(
        {
            "name": [row.name for row in kept],
            "ratio": [round(row.ratio, _DECIMALS) for row in kept],
            "low": [round(row.low, _DECIMALS) for row in kept],
            "high": [round(row.high, _DECIMALS) for row in kept],
            "differs": [
                round(row.low, _DECIMALS) > 1 or round(row.high, _DECIMALS) < 1 for row in kept
            ],
        }
    )
    return SeenDifferences(found.kind, found.earned, rows, len(found.rows) - len(kept))


def _shown(rows: tuple[Difference, ...], rule: Rule) -> list[Difference]:
    """Return the rows that may be shown, in their order."""
    hidden = [row for row in rows if rule.small(row.people) or row.resigned < rule.threshold]
    rest = sorted((row for row in rows if row not in hidden), key=lambda row: row.resigned)
    while hidden and rest and not _hides(hidden, rule):
        hidden.append(rest.pop(0))
    return [row for row in rows if row not in hidden]


def _hides(hidden: list[Difference], rule: Rule) -> bool:
    enough = all(
        sum(getattr(row, name) for row in hidden) >= rule.threshold
        for name in ("resigned", "people")
    )
    return enough and len(hidden) >= _AT_LEAST
