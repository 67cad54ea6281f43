"""Who holds which post: luck belongs to posts, so that it is the same in every scenario.

Somebody who stays under a plan and whoever replaces them without it hold the same post. Were the
later years of the two drawn apart, their difference would be noise. So a post has its moments of
leaving (see `moments`), and the next holder goes on with those that follow, which nothing before
has looked at.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.projection.native import compiled
from workforce.projection.streams import Lookup

__all__ = ["Holders"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
AnyIndex = NDArray[np.intp] | NDArray[np.int32]

_NONE: Final = -1
# Posts that fall free in one month are sorted among so many at the most.
_SORTED: Final = 64


class Holders:
    """Which posts of a family and draw are free under one plan, and not advertised.

    A post that falls free is advertised and then held by whoever is hired for it. Whoever comes
    without that takes the post that fell free last, of those of one month the one with the lowest
    number; where none is free, one that nobody has held yet.
    """

    def __init__(self, numbers: Lookup, held: IndexArray, months: int, draws: int) -> None:
        """Give the first posts of every family to the opening stock.

        Args:
            numbers: Numbers of the posts by family, which all scenarios share.
            held: Posts that the opening stock holds, shape (F,).
            months: Months projected T.
            draws: Draws D.
        """
        self.numbers = numbers
        self._fresh = np.repeat(held, draws)
        self._free = np.full(self._fresh.size, _NONE)
        self._due = np.full(months, _NONE)
        self._entry = np.empty((1024, 4), dtype=np.int32)
        self._size = 0

    def hold(self, cell: IndexArray, post: IndexArray, time: FloatArray) -> None:
        """Let posts be held until a time.

        Args:
            cell: Family x D + draw, shape (n,).
            post: Number of the post within it.
            time: Months after the opening month; beyond the horizon it never falls free.
        """
        self._make_room(time.size)
        self._size = _hold(cell, post, time, self._entry, self._size, self._due)

    def leave(self, month: int) -> None:
        """Let the posts fall free whose holders leave in a month, from 1."""
        _leave(month, self._entry, self._due, self._free)

    def take(self, cell: IndexArray) -> IndexArray:
        """Return a free post for everybody who comes or every opening, in their order, (n,)."""
        post = np.empty(cell.size, dtype=np.intp)
        self.take_into(cell, post)
        return post

    def take_into(self, cell: AnyIndex, post: AnyIndex) -> None:
        """Fill in `post` what `take` returns, shape (n,)."""
        _take(cell, self._entry, self._free, self._fresh, post)

    def give_back(self, cell: IndexArray, post: IndexArray, month: int) -> None:
        """Let posts be free again whose openings are withdrawn in a month, shape (n,) each."""
        self._make_room(cell.size)
        _give_back(cell, post, month, self._entry, self._size, self._free)
        self._size += cell.size

    def _make_room(self, more: int) -> None:
        if self._size + more > len(self._entry):
            entry = np.empty((2 * (self._size + more), 4), dtype=np.int32)
            entry[: self._size] = self._entry[: self._size]
            self._entry = entry


# Columns of an entry: cell, post, the month it fell free, and the next entry of the same list.


@compiled
def _hold(
    cell: IndexArray,
    post: IndexArray,
    time: FloatArray,
    entry: NDArray[np.int32],
    size: int,
    due: IndexArray,
) -> int:
    # Those of a month stand side by side, so that they are read in one go when it comes.
    first = np.zeros(due.size + 1, dtype=np.intp)
    for each in range(time.size):
        if time[each] < due.size:
            first[int(time[each]) + 1] += 1
    first[0] = size
    for month in range(due.size):
        first[month + 1] += first[month]
    for each in range(time.size):
        if time[each] < due.size:
            month = int(time[each])
            at = first[month]
            entry[at, 0], entry[at, 1], entry[at, 2] = cell[each], post[each], month + 1
            entry[at, 3] = due[month]
            due[month] = at
            first[month] = at + 1
    return int(first[due.size])


@compiled
def _leave(month: int, entry: NDArray[np.int32], due: IndexArray, free: IndexArray) -> None:
    at = due[month - 1]
    due[month - 1] = _NONE
    _pile(at, month, entry, free)


@compiled
def _give_back(
    cell: IndexArray,
    post: IndexArray,
    month: int,
    entry: NDArray[np.int32],
    size: int,
    free: IndexArray,
) -> None:
    for each in range(cell.size):
        at = size + each
        entry[at, 0], entry[at, 1], entry[at, 2] = cell[each], post[each], month
        entry[at, 3] = at + 1 if each < cell.size - 1 else _NONE
    _pile(size if cell.size > 0 else _NONE, month, entry, free)


@compiled
def _pile(at: int, month: int, entry: NDArray[np.int32], free: IndexArray) -> None:
    """Put a list of entries on the piles of their cells, those of a month in the order of posts."""
    # Not a function for one entry: handing the arrays over would take longer than the rest.
    while at != _NONE:
        cell, post, following = entry[at, 0], entry[at, 1], entry[at, 3]
        behind, ahead, looked = _NONE, free[cell], 0
        while (
            ahead != _NONE
            and entry[ahead, 2] == month
            and entry[ahead, 1] < post
            and looked < _SORTED
        ):
            behind, ahead, looked = ahead, entry[ahead, 3], looked + 1
        entry[at, 3] = ahead
        if behind == _NONE:
            free[cell] = at
        else:
            entry[behind, 3] = at
        at = following


@compiled
def _take(
    cell: AnyIndex,
    entry: NDArray[np.int32],
    free: IndexArray,
    fresh: IndexArray,
    post: AnyIndex,
) -> None:
    for each in range(cell.size):
        at = free[cell[each]]
        if at == _NONE:
            post[each] = fresh[cell[each]]
            fresh[cell[each]] += 1
        else:
            post[each] = entry[at, 1]
            free[cell[each]] = entry[at, 3]
