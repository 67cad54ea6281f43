"""Hides small counts, and as many others as it takes, until linear programming learns nothing."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from workforce.disclosure.audit import Key, Knowledge, LinkedTable, Range, Relation
from workforce.disclosure.rule import NOT_SHOWN, Rule

__all__ = ["Protected", "exposed_cells", "protect"]

_SLACK = 1e-6
_PUSHES = 3
"""Times that possible truths are looked for without a search, each from the midst of the last."""


@dataclass(frozen=True)
class Protected:
    """A table with its small counts hidden.

    Attributes:
        hidden: Cells not shown.
        unknown_zeros: Hidden cells of which a reader cannot know that they differ from zero.
        words: What stands in the place of each hidden cell.
    """

    hidden: frozenset[Key]
    unknown_zeros: frozenset[Key]
    words: dict[Key, str]

    def shows(self, key: Key) -> bool:
        """Return whether a cell is shown."""
        return key not in self.hidden


def protect(table: LinkedTable, rule: Rule, *, already: frozenset[Key] = frozenset()) -> Protected:
    """Hide small counts and those that would give them away.

    Small counts go first. Then, as long as linear programming over everything shown narrows a
    hidden count too far, the cheapest count that stands in a sum with it goes as well: inner cells
    before sums, small ones before large ones. At the end whatever was hidden in vain is shown
    again. (Greedy secondary suppression with an exact audit; see Fischetti and Salazar (2001) for
    the optimum, which is not needed at this size.)

    Args:
        table: The counts and every sum that ties them together.
        rule: The threshold.
        already: Counts hidden for another reason, zero or not.

    Returns:
        What is hidden. The audit holds: each small count may be anything from 1 to threshold - 1,
        and no other hidden one is narrowed further than that range is wide.

    Raises:
        ValueError: If locked cells give a small count away whatever is hidden.
    """
    hidden = {
        key
        for key, cell in table.cells.items()
        if cell.published and not cell.locked and rule.small(cell.value)
    }
    hidden |= already
    zeros: set[Key] = set(already)
    added: list[Key] = []
    seen: dict[Key, list[float]] = {}
    while True:
        # Where a sum has one unknown, subtraction gives it: no programme is needed to see that.
        partner = _subtraction(table, hidden)
        found = None
        if partner is None:
            exposed = exposed_cells(table, frozenset(hidden), rule, frozenset(zeros), seen=seen)
            found = next(iter(exposed), None)
            if found is None:
                break
            partner = _cheapest(table, hidden, found)
        if partner is not None:
            hidden.add(partner)
            added.append(partner)
        elif found is not None and not _open_zeros(table, hidden, zeros, found):
            raise ValueError(f"{found} is given away by what is shown elsewhere")
    for key in sorted(added, key=lambda each: -_cost(table, each)[1]):
        without = frozenset(hidden - {key})
        if any(_alone(table, each, without) for each in table.touching(key)):
            continue
        if next(iter(exposed_cells(table, without, rule, frozenset(zeros))), None) is None:
            hidden.discard(key)
    kept = frozenset(hidden)
    return Protected(kept, frozenset(zeros), _words(table, kept, rule, frozenset(zeros)))


def exposed_cells(
    table: LinkedTable,
    hidden: frozenset[Key],
    rule: Rule,
    unknown_zeros: frozenset[Key] = frozenset(),
    limits: dict[Key, Range] | None = None,
    seen: dict[Key, list[float]] | None = None,
) -> Iterable[Key]:
    """Yield hidden cells that a reader can narrow too far, smallest first.

    Args:
        table: The counts and sums.
        hidden: Cells not shown.
        rule: The threshold.
        unknown_zeros: Hidden cells that may be zero for all a reader knows.
        limits: Ranges published in the place of hidden cells.
        seen: Least and most that cells are known to be able to be; filled in. What was possible
            stays possible while more is hidden.
    """
    knowledge = Knowledge(table, hidden, unknown_zeros=unknown_zeros, limits=limits)
    # Any possible truth that was met proves what a cell can be: few need a search.
    seen = {} if seen is None else seen
    for key in hidden:
        seen.setdefault(key, [table.cells[key].value] * 2)

    def safe(key: Key) -> bool:
        return _wide(seen[key], table.cells[key].value, rule)

    order = sorted(hidden, key=lambda each: (table.cells[each].value, str(each)))
    lost = _confined(table, order, knowledge, rule)
    yield from lost
    for _ in range(_PUSHES):
        for key in order:
            if not safe(key):
                _meet(seen, knowledge.reachable(key))
    for key in order:
        if key in lost:
            continue
        for most in (True, False):
            if not safe(key):
                found = knowledge.possible(key, most=most)
                _meet(seen, {other: (value, value) for other, value in found.items()})
        if not safe(key):
            yield key


def _confined(
    table: LinkedTable, keys: Sequence[Key], knowledge: Knowledge, rule: Rule
) -> list[Key]:
    """Return the cells that single sums, one after the other, already narrow too far."""
    ends: dict[Key, Range] = {}
    lost = []
    for key in keys:
        if key not in ends:
            ends.update(knowledge.confined(key))
        if not _wide(list(ends[key]), table.cells[key].value, rule):
            lost.append(key)
    return lost


def _meet(seen: dict[Key, list[float]], possible: Mapping[Key, Range]) -> None:
    """Widen what cells are known to be able to be."""
    for key, (low, high) in possible.items():
        if key in seen:
            seen[key] = [min(seen[key][0], low), max(seen[key][1], high)]


def _wide(ends: list[float], value: float, rule: Rule) -> bool:
    low, high = ends
    if rule.small(value):
        return low <= 1 + _SLACK and high >= rule.threshold - 1 - _SLACK
    return high - low >= rule.threshold - 2 - _SLACK


def _cost(table: LinkedTable, key: Key) -> tuple[int, float, str]:
    cell = table.cells[key]
    return (cell.level, cell.value, str(key))


def _choose(table: LinkedTable, hidden: set[Key], keys: Iterable[Key]) -> Key | None:
    """Return the shown count whose loss is least, `None` where none may be hidden."""

    def cost(key: Key) -> tuple[int, int, float, str]:
        # A count that is alone in another sum would have to be protected there in its turn.
        alone = sum(not any(other in hidden for other in each.keys) for each in table.touching(key))
        level, value, name = _cost(table, key)
        return (level, alone, value, name)

    candidates = [
        key
        for key in keys
        if key not in hidden
        and table.cells[key].published
        and not table.cells[key].locked
        and table.cells[key].value > 0
    ]
    return min(candidates, key=cost) if candidates else None


def _subtraction(table: LinkedTable, hidden: set[Key]) -> Key | None:
    """Return a partner for a count that is the only unknown of a sum, `None` if there is none."""
    for relation in table.relations:
        if _alone(table, relation, hidden):
            partner = _choose(table, hidden, relation.keys)
            if partner is not None:
                return partner
    return None


def _alone(table: LinkedTable, relation: Relation, hidden: AbstractSet[Key]) -> bool:
    """Return whether a sum has one unknown, which is a hidden count."""
    unknown = [key for key in relation.keys if key in hidden or not table.cells[key].published]
    return len(unknown) == 1 and unknown[0] in hidden


def _cheapest(table: LinkedTable, hidden: set[Key], exposed: Key) -> Key | None:
    """Return the count to hide next: one in a sum with the exposed one, else one tied to it."""
    near = _choose(table, hidden, (key for each in table.touching(exposed) for key in each.keys))
    if near is not None:
        return near
    tied = Knowledge(table, frozenset(hidden)).together(exposed)
    return _choose(
        table,
        hidden,
        (key for other in tied for each in table.touching(other) for key in each.keys),
    )


def _open_zeros(table: LinkedTable, hidden: set[Key], zeros: set[Key], exposed: Key) -> bool:
    """Hide the zeros too, where even everything else hidden gives a count away."""
    near = [exposed]
    tied = Knowledge(table, frozenset(hidden)).together(exposed)
    for around in (near, tied):
        reach = {key for one in around for each in table.touching(one) for key in each.keys}
        fresh = {
            key
            for key in reach
            if table.cells[key].published and not table.cells[key].locked and key not in zeros
        }
        if fresh:
            hidden |= fresh
            zeros |= fresh
            return True
    return False


def _words(
    table: LinkedTable, hidden: frozenset[Key], rule: Rule, zeros: frozenset[Key]
) -> dict[Key, str]:
    """Say of each hidden cell on which side of the threshold it lies, where that is safe."""
    limits: dict[Key, Range] = {}
    for key in hidden:
        small = rule.small(table.cells[key].value)
        low = 0.0 if table.cells[key].value < 1 else 1.0
        limits[key] = (low, rule.threshold - 1.0) if small else (float(rule.threshold), 1e9)
    words = dict.fromkeys(hidden, NOT_SHOWN)
    knowledge = Knowledge(table, hidden)
    for group in {frozenset(knowledge.together(key)) & hidden for key in hidden}:
        if group & zeros:
            continue
        told = {key: limits[key] for key in group}
        if next(iter(exposed_cells(table, frozenset(group), rule, limits=told)), None) is None:
            for key in group:
                words[key] = rule.fewer if rule.small(table.cells[key].value) else rule.more
    return words
