"""Totals over spells that overlap: what their differences say about the months between."""

from collections.abc import Sequence
from itertools import pairwise

from workforce.disclosure.audit import Cell, Knowledge, LinkedTable
from workforce.disclosure.rule import Rule

__all__ = ["Window", "windows_safe"]

Window = tuple[int, int, float]
"""First and last month index, and the total over them."""


def windows_safe(windows: Sequence[Window], rule: Rule) -> bool:
    """Return whether totals over spells, shown together, give no smaller count away.

    Twelve months to September less twelve months to June are this summer less last summer. The
    spells between all their ends are the unknowns; each must keep a range as wide as that of a
    small count, or be known to be none or enough.

    Args:
        windows: The totals; spells may overlap and be of several lengths.
        rule: The threshold.
    """
    if any(not rule.shown(value) for _, _, value in windows):
        return False
    edges = sorted({edge for first, last, _ in windows for edge in (first, last + 1)})
    pieces = list(pairwise(edges))
    table = LinkedTable()
    for piece in pieces:
        table.cells[piece] = Cell(0.0, published=False)
    for number, (first, last, value) in enumerate(windows):
        inside = [piece for piece in pieces if first <= piece[0] and piece[1] - 1 <= last]
        table.cells["total", number] = Cell(value)
        # The truth is not needed: only what follows from the totals.
        table.assume(("total", number), inside)
    knowledge = Knowledge(table, frozenset())
    for piece in pieces:
        low, high = knowledge.range(piece)
        if high - low < rule.threshold - 2 - 1e-6 and high > 1e-6 and low < rule.threshold - 1e-6:
            return False
    return True
