"""What a reader can work out: the range of each hidden count, by linear programming.

The reader knows every published count, every sum that ties counts together, and that no count is
negative. Zero is published, so a hidden count is known to be one at least.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cell", "Key", "Knowledge", "LinkedTable", "Range", "Relation"]

Key: TypeAlias = Hashable
Range: TypeAlias = tuple[float, float]
FloatArray = NDArray[np.float64]

_ROUNDS = 3
"""Times that each sum is looked at by itself."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One count of people.

    Attributes:
        value: The count; fractional where leavers of unknown cause were shared out.
        level: How much is lost by hiding it: 0 for an inner cell, more for sums.
        locked: Shown elsewhere, so that it cannot be hidden here.
        published: Whether it would be shown; others are never shown but tie shown ones together.
    """

    value: float
    level: int = 0
    locked: bool = False
    published: bool = True


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum that a reader knows to hold: `total` = sum of `parts`."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """All cells in it."""
        return (self.total, *self.parts)


@dataclass
class LinkedTable:
    """Counts of one or several tables, and every sum that ties them together.

    An inequality is a sum with a part that is never published. The sums must hold.
    """

    cells: dict[Key, Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def add(self, key: Key, value: float, *, level: int = 0, locked: bool = False) -> None:
        """Add a cell that would be published."""
        self.cells[key] = Cell(float(value), level, locked)

    def tie(self, total: Key, parts: Sequence[Key], *, rest: bool = False) -> None:
        """Add a sum.

        Args:
            total: Key of the total.
            parts: Keys of the parts.
            rest: Whether the parts may fall short of the total by something never published.

        Raises:
            ValueError: If the sum does not hold.
        """
        keys = list(parts)
        gap = self.cells[total].value - sum(self.cells[key].value for key in keys)
        if rest:
            key = ("rest", len(self.relations))
            self.cells[key] = Cell(max(gap, 0.0), published=False)
            keys.append(key)
            gap = min(gap, 0.0)
        if abs(gap) > 1e-5 * max(1.0, abs(self.cells[total].value)):
            raise ValueError(f"{total} is not the sum of its parts: {gap:g} is left over")
        self.relations.append(Relation(total, tuple(keys)))

    def assume(self, total: Key, parts: Sequence[Key]) -> None:
        """Add a sum of which only the total's value is known here."""
        self.relations.append(Relation(total, tuple(parts)))

    def touching(self, key: Key) -> list[Relation]:
        """Return the sums that a cell is part of."""
        return [relation for relation in self.relations if key in relation.keys]


class Knowledge:
    """What follows from a table with some of its cells hidden."""

    def __init__(
        self,
        table: LinkedTable,
        hidden: frozenset[Key],
        *,
        unknown_zeros: frozenset[Key] = frozenset(),
        limits: Mapping[Key, Range] | None = None,
    ) -> None:
        """Set the reader's equations up.

        Args:
            table: All cells and sums.
            hidden: Cells not shown.
            unknown_zeros: Hidden cells of which it is not known that they differ from zero.
            limits: Ranges published in the place of hidden cells.
        """
        self._table, self._limits = table, dict(limits or {})
        self._zeros = unknown_zeros
        self.unknown = tuple(
            key for key, cell in table.cells.items() if key in hidden or not cell.published
        )
        self._group = self._components()
        self._systems: dict[int, _System] = {}

    def _bounds(self, key: Key) -> tuple[float, float | None]:
        if key in self._limits:
            return self._limits[key]
        cell = self._table.cells[key]
        # A share of somebody (a cause that was apportioned) is less than one person.
        floor = 0.0 if key in self._zeros or not cell.published or cell.value < 1 else 1.0
        return floor, None

    def _components(self) -> dict[Key, int]:
        """Number the groups of unknown cells that sums tie together."""
        parent: dict[Key, Key] = {key: key for key in self.unknown}

        def find(key: Key) -> Key:
            while parent[key] != key:
                parent[key] = parent[parent[key]]
                key = parent[key]
            return key

        for relation in self._table.relations:
            tied = [key for key in relation.keys if key in parent]
            for other in tied[1:]:
                parent[find(other)] = find(tied[0])
        names = {root: place for place, root in enumerate(dict.fromkeys(map(find, self.unknown)))}
        return {key: names[find(key)] for key in self.unknown}

    def together(self, key: Key) -> tuple[Key, ...]:
        """Return the unknown cells that are tied to a cell, itself among them."""
        return self._system(key).keys

    def _system(self, key: Key) -> "_System":
        group = self._group[key]
        if group not in self._systems:
            keys = tuple(other for other in self.unknown if self._group[other] == group)
            matrix, right = self._equations({other: index for index, other in enumerate(keys)})
            bounds = [self._bounds(other) for other in keys]
            truth = np.array([self._table.cells[other].value for other in keys])
            self._systems[group] = _System(keys, matrix, right, bounds, truth)
        return self._systems[group]

    def reachable(self, key: Key) -> dict[Key, Range]:
        """Return ranges that all tied cells can certainly have, found without a search.

        From a possible truth it goes as far as it can in the direction in which this cell changes
        most; whatever is met on the way is possible as well.

        Args:
            key: An unknown cell.
        """
        return self._system(key).push(key)

    def confined(self, key: Key) -> dict[Key, Range]:
        """Return ranges that all tied cells certainly cannot leave, found without a search."""
        return self._system(key).confine()

    def possible(self, key: Key, *, most: bool) -> dict[Key, float]:
        """Return what all tied cells could be with this one at its least or at its most.

        Args:
            key: An unknown cell.
            most: Whether its most is wanted.

        Returns:
            A possible truth; only this cell, infinite, where there is no limit.

        Raises:
            ValueError: If the sums contradict each other.
        """
        return self._system(key).extreme(key, most=most)

    def range(self, key: Key) -> Range:
        """Return the least and the most that a hidden cell can be."""
        return self.possible(key, most=False)[key], self.possible(key, most=True)[key]

    def _equations(self, place: Mapping[Key, int]) -> tuple[FloatArray, FloatArray]:
        rows: list[FloatArray] = []
        right: list[float] = []
        for relation in self._table.relations:
            if not any(key in place for key in relation.keys):
                continue
            row, known = np.zeros(len(place)), 0.0
            for sign, key in [(-1.0, relation.total), *((1.0, part) for part in relation.parts)]:
                if key in place:
                    row[place[key]] += sign
                else:
                    known += sign * self._table.cells[key].value
            rows.append(row)
            right.append(-known)
        return np.array(rows).reshape(len(rows), len(place)), np.array(right)


class _System:
    """The equations of cells that are tied together, and a possible truth in their midst."""

    def __init__(
        self,
        keys: tuple[Key, ...],
        matrix: FloatArray,
        right: FloatArray,
        bounds: list[tuple[float, float | None]],
        truth: FloatArray,
    ) -> None:
        self.keys = keys
        self._place = {key: index for index, key in enumerate(keys)}
        self._matrix, self._right, self._bounds = matrix, right, bounds
        self._low = np.array([low for low, _ in bounds])
        self._high = np.array([np.inf if high is None else high for _, high in bounds])
        # The mean of possible truths is one too, and lies away from the limits.
        self._centre, self._met = truth, 1
        self._free: FloatArray | None = None

    def push(self, key: Key) -> dict[Key, Range]:
        if self._free is None:
            size = len(self.keys)
            inverse = np.linalg.pinv(self._matrix) if len(self._right) else np.zeros((size, 0))
            self._free = np.eye(size) - inverse @ self._matrix
        direction = self._free[:, self._place[key]].copy()
        direction[np.abs(direction) < 1e-9] = 0.0
        ends = []
        for sign in (-1.0, 1.0):
            move = sign * direction
            with np.errstate(divide="ignore", invalid="ignore"):
                room = np.where(
                    move < 0,
                    (self._low - self._centre) / move,
                    np.where(move > 0, (self._high - self._centre) / move, np.inf),
                )
            step = max(0.0, min(float(room.min()), 1e6))
            ends.append(self._centre + step * move)
        for end in ends:
            self._meet(end)
        low, high = np.minimum(*ends), np.maximum(*ends)
        return dict(zip(self.keys, zip(low.tolist(), high.tolist(), strict=True), strict=True))

    def _meet(self, truth: FloatArray) -> None:
        self._met += 1
        self._centre = self._centre + (truth - self._centre) / self._met

    def confine(self) -> dict[Key, Range]:
        """Return ranges that no truth can leave: each sum by itself, again and again."""
        low, high = self._low.copy(), self._high.copy()
        for _ in range(_ROUNDS):
            for row, right in zip(self._matrix, self._right, strict=True):
                at = np.flatnonzero(row)
                signs = row[at]
                least = np.where(signs > 0, low[at], -high[at])
                most = np.where(signs > 0, high[at], -low[at])
                for place, sign in enumerate(signs):
                    others = np.arange(len(at)) != place
                    top = right - least[others].sum()
                    bottom = right - most[others].sum()
                    ends = (bottom, top) if sign > 0 else (-top, -bottom)
                    low[at[place]] = max(low[at[place]], ends[0])
                    high[at[place]] = min(high[at[place]], ends[1])
        return dict(zip(self.keys, zip(low.tolist(), high.tolist(), strict=True), strict=True))

    def extreme(self, key: Key, *, most: bool) -> dict[Key, float]:
        from scipy.optimize import linprog

        cost = np.zeros(len(self.keys))
        cost[self._place[key]] = -1.0 if most else 1.0
        found = linprog(
            cost,
            A_eq=self._matrix if len(self._right) else None,
            b_eq=self._right if len(self._right) else None,
            bounds=self._bounds,
            method="highs",
        )
        if found.status == 3 or (found.status == 4 and most):
            return {key: float("inf") if most else float("-inf")}
        if found.status != 0:
            raise ValueError(f"the range of {key} cannot be found: {found.message}")
        self._meet(found.x)
        return dict(zip(self.keys, map(float, found.x), strict=True))
