"""What happens to whoever joins: a post, the month of leaving, and everything booked for it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.projection.clock import Group
from workforce.projection.exits import Exits
from workforce.projection.mentors import Mentors, seasoned_from
from workforce.projection.native import GOLDEN, compiled, number
from workforce.projection.posts import Holders
from workforce.projection.quits import GRADE_CHANNEL, Leaves, Luck, Quits

__all__ = ["Joining", "starters"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Joining:
    """Books people who join under one plan.

    Attributes:
        quits: Who resigns when.
        exits: Leavers by month.
        holders: Who holds which post; without it everybody has luck of their own.
        mentors: Who can guide apprentices, if the plan has a cap on them.
    """

    quits: Quits
    exits: Exits
    holders: Holders | None = None
    mentors: Mentors | None = None

    def posts(self, cell: IndexArray) -> IndexArray | None:
        """Return the posts people take, family x D + draw of shape (n,), if posts are counted."""
        return None if self.holders is None else self.holders.take(cell)

    def join(
        self,
        group: Group,
        fte: FloatArray,
        month: int,
        place: NDArray[np.uint64],
        post: IndexArray | None,
    ) -> Leaves:
        """Book when people leave, and return it.

        Args:
            group: The people.
            fte: FTE, shape (n,).
            month: Month at whose end they are in post.
            place: Where numbers of their own begin, shape (n,).
            post: Their posts, as `posts` returns them.
        """
        _, _, months, draws = self.exits.people.shape
        luck = Luck(place, own=True)
        cell = group.family * draws + group.draw
        if self.holders is not None and post is not None:
            luck = Luck(self.holders.numbers.places(cell, 0, post))
        leaves = self.quits.leaves(group, month, luck)
        self.exits.book(leaves.time, leaves.cause, group.family, group.draw, fte)
        if self.holders is not None and post is not None:
            self.holders.hold(cell, post, leaves.time)
        if self.mentors is not None:
            seasoned = seasoned_from(group.grade, group.origin, month, months)
            self.mentors.book(leaves.time, group.family, group.draw, seasoned)
        return leaves


@compiled
def starters(
    cell: IndexArray, place: NDArray[np.uint64], edges: FloatArray, draws: int
) -> tuple[IndexArray, IndexArray, IndexArray]:
    """Return the family, draw and grade band of people who start, shape (n,) each.

    Args:
        cell: Family x D + draw, shape (n,); quickest where most follow each other in order.
        place: Where their numbers begin, shape (n,).
        edges: Shares of grade bands among starters added up, without the last, shape (F, G - 1).
        draws: D.
    """
    family, draw = np.empty(cell.size, dtype=np.intp), np.empty(cell.size, dtype=np.intp)
    grade, row = np.empty(cell.size, dtype=np.intp), 0
    for each in range(cell.size):
        # A division would take longer than everything else here.
        while cell[each] < row * draws:
            row -= 1
        while cell[each] >= (row + 1) * draws:
            row += 1
        family[each], draw[each] = row, cell[each] - row * draws
        luck, band = number(place[each] + np.uint64(GRADE_CHANNEL) * GOLDEN), 0
        for edge in range(edges.shape[1]):
            band += 1 if luck >= edges[row, edge] else 0
        grade[each] = band
    return family, draw, grade
