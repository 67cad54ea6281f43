"""Resignations under a plan: today's resignations, of which its levers prevent a part.

The moments at which somebody may resign are the same under every plan (see `moments`). Of those
that count today a plan with multiplier r keeps each with probability r, so whoever leaves under
both leaves in the same month, which keeps the difference of two scenarios free of noise.
"""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workforce.projection.clock import Clock, Group
from workforce.projection.levers import LeverClasses
from workforce.projection.moments import leave
from workforce.projection.resigning import resign, stock_resigns
from workforce.projection.streams import Lookup

__all__ = ["GRADE_CHANNEL", "Leaves", "Luck", "Quits", "Tables"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

GRADE_CHANNEL: Final = 2
_NO_BOOST: Final = np.ones(1)


@dataclass(frozen=True, slots=True)
class Luck:
    """Where the moments of people begin.

    Attributes:
        place: As `Lookup.places` returns them, shape (n,).
        own: Whether they are their own and begin when they come; otherwise those of their posts.
    """

    place: NDArray[np.uint64]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Leaves:
    """When and why people leave; arrays of shape (n,).

    Attributes:
        time: Months after the opening month, `inf` where they stay to the end.
        cause: Cause index.
        rest: When they would leave if they never resigned.
        rest_cause: Why.
    """

    time: FloatArray
    cause: IndexArray
    rest: FloatArray
    rest_cause: IndexArray


class Tables(NamedTuple):
    """What a plan multiplies hazards by.

    Attributes:
        most: Highest multiplier by draw, shape (D,).
        classes: Class of (family, grade band, in the first year?), shape (F, G, 2).
        multiplier: Multipliers, shape (D, K, T), or empty for nothing.
    """

    most: FloatArray
    classes: IndexArray
    multiplier: FloatArray


class Quits:
    """Who resigns when under one plan."""

    def __init__(self, clock: Clock, classes: LeverClasses) -> None:
        """Take the plan's multipliers.

        Args:
            clock: Hazards with nothing done.
            classes: Multipliers of the plan's levers.
        """
        self._clock = clock
        self._index = classes.index
        multiplier = np.ascontiguousarray(np.moveaxis(classes.multiplier, -1, 0))
        # Where nothing is multiplied nothing has to be looked up.
        self._multiplier = np.ones((0, 0, 0)) if np.all(multiplier == 1.0) else multiplier
        self._most = classes.multiplier.max(axis=(0, 1))

    @property
    def tables(self) -> Tables:
        """What the plan multiplies hazards by."""
        return Tables(self._most, self._index, self._multiplier)

    def leaves(self, group: Group, start: int, luck: Luck) -> Leaves:
        """Return when and why people leave who joined during the projection.

        Their age is not known, so retirement has the flat rate of unknown ages.

        Args:
            group: The people.
            start: Month at whose end they are in post.
            luck: Their moments.
        """
        return Leaves(*leave(*self._asked(group, start, luck, self._clock.others)))

    def resigns(self, group: Group, start: int, luck: Luck) -> FloatArray:
        """Return when people first resign, `inf` where they stay; arguments as `leaves`."""
        time = np.empty(group.draw.size)
        resign(*self._asked(group, start, luck, time))
        return time

    def _asked(self, group: Group, start: int, luck: Luck, more: object) -> tuple[Any, ...]:
        """Return what compiled loops want to know of people, in their order, and one thing more."""
        return (
            luck.place,
            luck.own,
            np.ascontiguousarray(group.draw, dtype=np.intp),
            np.ascontiguousarray(group.family, dtype=np.intp),
            np.ascontiguousarray(group.grade, dtype=np.intp),
            np.ascontiguousarray(group.origin, dtype=np.intp),
            start,
            _NO_BOOST if group.boost is None else np.ascontiguousarray(group.boost),
            np.atleast_1d(np.asarray(group.until, dtype=np.intp)),
            self._most,
            self._clock.today,
            self._index,
            self._multiplier,
            more,
        )

    def of_stock(
        self,
        posts: Lookup,
        slot: IndexArray,
        who: tuple[IndexArray, IndexArray, IndexArray],
        before: FloatArray,
    ) -> tuple[IndexArray, FloatArray]:
        """Return who of those in post at the opening month resigns, and when.

        Args:
            posts: Numbers of the posts.
            slot: Post of each of N people within the family, shape (N,).
            who: Family, grade band and completed months of service, shape (N,) each.
            before: When they leave if they do not resign, shape (N, D).

        Returns:
            Person x D + draw, in each draw in ascending order, and months after the opening month.
        """
        where, time = np.empty(before.size, dtype=np.intp), np.empty(before.size)
        found = stock_resigns(
            posts.base,
            slot,
            *who,
            before,
            self._most,
            self._clock.today,
            self._index,
            self._multiplier,
            where,
            time,
        )
        return where[:found].copy(), time[:found].copy()
