"""People one by one in one plan: who is in post where, and what is booked for them.

Most people need no entry of their own: their leaving is booked on arrival and only counted. Where a
plan moves people of its choice (between families, into training, out of the organisation), those it
may touch are entered here, each in a draw, with grade, service and numbers of their own.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, Cause
from workforce.projection.clock import Group
from workforce.projection.exits import Exits, Leaving
from workforce.projection.hazards import NEVER, VOLUNTARY
from workforce.projection.mentors import Mentors, seasoned_from
from workforce.projection.quits import Luck, Quits
from workforce.projection.stock import Stock
from workforce.projection.streams import Lookup, numbers_at, row_and_draw
from workforce.projection.vacancies import SLACK, rank_within

__all__ = ["Joined", "Roster", "serve"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
PlaceArray = NDArray[np.uint64]

EVENT: Final = CAUSES.index(Cause.ORGANISATIONAL_EVENT)
NOBODY: Final = np.empty(0, dtype=np.intp)
_LIFE: Final = 128
"""Events between the numbers of one stretch of somebody's service and the next."""
_LIVES: Final = 30
_GONE: Final = -1.0

_COLUMNS: Final[dict[str, type]] = {
    "draw": np.int32,
    "family": np.int8,
    "grade": np.int8,
    "origin": np.int16,
    "fte": np.float64,
    "exit": np.float64,
    "cause": np.int8,
    "rest": np.float64,
    "rest_cause": np.int8,
    "boost": np.float64,
    "until": np.int16,
    "place": np.uint64,
    "life": np.int8,
    "busy": np.bool_,
    "dated": np.bool_,
    "since": np.int16,
    "wish": np.float64,
    "wishes": np.int16,
    "seasoned": np.int16,
}


@dataclass(frozen=True, slots=True)
class Joined:
    """People who join in a month, each in a draw of their own; arrays of shape (n,).

    Attributes:
        group: Who they are.
        fte: FTE.
        time: When they leave, booked already.
        cause: Why.
        rest: When they would leave if they did not resign.
        rest_cause: Why.
        place: Where their random numbers begin.
    """

    group: Group
    fte: FloatArray
    time: FloatArray
    cause: IndexArray
    rest: FloatArray
    rest_cause: IndexArray
    place: PlaceArray


class Roster:
    """The people of one plan in one block of D draws that flows may touch.

    An entry is a row. Its columns: draw, family, grade, origin (month at whose end service was 0),
    fte, exit and cause (as booked), rest and rest_cause (the same without resigning), boost and
    until (ratio on resigning up to a month), place (of the random numbers), life (stretch of
    service since the last change), busy (in training), dated (has a known exit), since (month of
    the last change), wish and wishes (next wish to move, and how many there were), seasoned (month
    from which they can guide apprentices where they are).
    """

    def __init__(
        self,
        stock: Stock,
        leaving: Leaving,
        quits: Quits,
        exits: Exits,
        lookups: tuple[Lookup, Lookup],
        mentors: Mentors | None = None,
    ) -> None:
        """Stand at the opening month.

        Args:
            stock: The opening stock.
            leaving: When it leaves under the plan.
            quits: Resignations under the plan.
            exits: Bookings, changed whenever somebody's leaving changes.
            lookups: Numbers by family of people without and with a known exit.
            mentors: Who can guide apprentices, if the plan has a cap on them.
        """
        self._mentors = mentors
        _, self.families, self.months, self.draws = exits.people.shape
        self._stock, self._quits, self._exits = stock, quits, exits
        staff, known = stock.staff, stock.known
        self._people = len(staff)
        self._exit = np.full((len(staff) + len(known), self.draws), NEVER)
        self._cause = np.zeros(self._exit.shape, dtype=np.int8)
        self._exit.reshape(-1)[leaving.where] = leaving.time
        self._cause.reshape(-1)[leaving.where] = leaving.cause
        self._exit[len(staff) :] = known.known_leave[:, None] - 0.5
        self._cause[len(staff) :] = known.known_cause[:, None]
        self._attributes = {
            name: np.concatenate((getattr(staff, name), getattr(known, name)))
            for name in ("family", "grade", "tenure", "fte")
        }
        slots = np.concatenate((stock.slots, np.arange(len(known))))
        self._slots, self._lookups = slots, lookups
        self._size = 0
        self._column: dict[str, NDArray[Any]] = {
            name: np.empty(1024, dtype=kind) for name, kind in _COLUMNS.items()
        }

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column of all entries; writing to it changes them."""
        return self._column[name][: self._size]

    def __len__(self) -> int:
        """Return the number of entries."""
        return self._size

    def take(self, name: str, rows: IndexArray) -> IndexArray:
        """Return whole numbers of some entries, as indices."""
        return self._column[name][rows].astype(np.intp)

    def present(self, rows: IndexArray, month: int) -> NDArray[np.bool_]:
        """Return who is still in post when the month's leavers have gone."""
        here: NDArray[np.bool_] = self._column["exit"][rows] >= month
        return here

    def there(self, where: IndexArray, month: int) -> NDArray[np.bool_]:
        """Return the same of people of the opening stock without an entry (person x D + draw)."""
        here: NDArray[np.bool_] = self._exit.reshape(-1)[where] >= month
        return here

    def enter(self, where: IndexArray) -> IndexArray:
        """Give people of the opening stock, person x D + draw, entries and return their rows."""
        person, draw = row_and_draw(where, self.draws)
        anonymous = person < self._people
        rest, rest_cause = np.full(where.size, NEVER), np.zeros(where.size, dtype=np.intp)
        rest[anonymous], rest_cause[anonymous] = self._stock.rest(where[anonymous])
        exits = self._exit.reshape(-1)
        rows = self._append(
            draw=draw,
            family=self._attributes["family"][person],
            grade=self._attributes["grade"][person],
            origin=-self._attributes["tenure"][person],
            fte=self._attributes["fte"][person],
            exit=exits[where],
            cause=self._cause.reshape(-1)[where],
            rest=rest,
            rest_cause=rest_cause,
            boost=1.0,
            until=0,
            place=self._places(person, draw),
            dated=~anonymous,
            since=0,
        )
        exits[where] = _GONE
        return rows

    def add(self, joined: Joined, month: int) -> IndexArray:
        """Enter people who joined in a month and return their rows."""
        group = joined.group
        return self._append(
            draw=group.draw,
            family=group.family,
            grade=group.grade,
            origin=group.origin,
            fte=joined.fte,
            exit=joined.time,
            cause=joined.cause,
            rest=joined.rest,
            rest_cause=joined.rest_cause,
            boost=1.0 if group.boost is None else group.boost,
            until=group.until,
            place=joined.place,
            dated=False,
            since=month,
        )

    def _append(self, **columns: Any) -> IndexArray:
        first, size = self._size, self._size + len(columns["draw"])
        if size > len(self._column["draw"]):
            room = max(2 * len(self._column["draw"]), size)
            self._column = {
                name: np.concatenate((column[:first], np.empty(room - first, dtype=column.dtype)))
                for name, column in self._column.items()
            }
        self._size = size
        fresh = {"life": 0, "busy": False, "wish": NEVER, "wishes": 0}
        for name, values in (fresh | columns).items():
            self._column[name][first:size] = values
        rows = np.arange(first, size)
        self._column["seasoned"][rows] = self._seasoned(rows)
        return rows

    def _seasoned(self, rows: IndexArray) -> IndexArray:
        """Return from which month on people can guide apprentices where they are now."""
        grade, origin = self.take("grade", rows), self.take("origin", rows)
        return seasoned_from(grade, origin, self.take("since", rows), self.months)

    def _places(self, person: IndexArray, draw: IndexArray) -> PlaceArray:
        out = np.empty(person.size, dtype=np.uint64)
        cell = self._attributes["family"][person] * self.draws + draw
        for lookup, mine in zip(
            self._lookups, (person < self._people, person >= self._people), strict=True
        ):
            out[mine] = lookup.places(cell[mine], 0, self._slots[person[mine]])
        return out

    def choose(
        self, family: int, month: int, people: IndexArray, channel: int, *, free: bool = False
    ) -> IndexArray:
        """Choose people in post of a family, all alike, and return their rows by draw.

        Whoever has the smallest numbers is chosen, so two plans choose the same people as far as
        they have them.

        Args:
            family: Family index.
            month: The month, whose leavers have gone.
            people: How many in each draw, shape (D,); fewer where there are fewer.
            channel: Which of their numbers decides.
            free: Leave out those in training or with a known exit.
        """
        persons = np.flatnonzero(self._attributes["family"] == family)
        if free:
            persons = persons[persons < self._people]
        place, draw = np.nonzero(self._exit[persons] >= month)
        where = persons[place] * self.draws + draw
        rows = np.flatnonzero((self["family"] == family) & (self["exit"] >= month))
        if free:
            rows = rows[~(self["busy"][rows] | self["dated"][rows])]
        key = np.concatenate(
            (
                numbers_at(self._places(persons[place], draw), channel),
                numbers_at(self["place"][rows], channel),
            )
        )
        draws = np.concatenate((draw, self.take("draw", rows)))
        order = np.lexsort((key, draws))
        order = order[rank_within(draws[order]) < people[draws[order]]]
        old = order[order < where.size]
        out = np.empty(order.size, dtype=np.intp)
        out[order < where.size] = self.enter(where[old])
        out[order >= where.size] = rows[order[order >= where.size] - where.size]
        return out

    def settle(self, rows: IndexArray, time: FloatArray, cause: IndexArray) -> None:
        """Book another time and cause of leaving in the place of what is booked."""
        if not rows.size:
            return
        column = self._column
        family, draw, fte = self.take("family", rows), self.take("draw", rows), column["fte"][rows]
        self._exits.cancel(column["exit"][rows], self.take("cause", rows), family, draw, fte)
        if self._mentors is not None:
            seasoned = self.take("seasoned", rows)
            self._mentors.rebook(column["exit"][rows], time, family, draw, seasoned)
        column["exit"][rows], column["cause"][rows] = time, cause
        self._exits.book(time, cause.astype(np.intp), family, draw, fte)

    def dismiss(self, rows: IndexArray, month: int) -> None:
        """Let people leave in a month by a planned event."""
        self.settle(rows, np.full(rows.size, month - 0.5), np.full(rows.size, EVENT))

    def transfer(self, rows: IndexArray, family: IndexArray, month: int) -> None:
        """Move people to another family; grade, service and FTE stay with them."""
        never = np.full(rows.size, NEVER)
        self.settle(rows, never, self.take("cause", rows))
        before = self.take("family", rows), self.take("seasoned", rows)
        self._column["family"][rows] = family
        self._column["since"][rows] = month
        self._column["seasoned"][rows] = self._seasoned(rows)
        if self._mentors is not None:
            # From the month after the move on they guide where they have gone.
            draw, gone = self.take("draw", rows), np.full(rows.size, float(month))
            self._mentors.book(never, before[0], draw, before[1], sign=-1)
            self._mentors.book(gone, before[0], draw, before[1])
            self._mentors.book(never, family, draw, self.take("seasoned", rows))
        self.resume(rows, month)

    def resume(self, rows: IndexArray, month: int) -> None:
        """Draw anew when people resign, from the end of a month on; other causes stay as drawn."""
        if not rows.size:
            return
        column = self._column
        column["life"][rows] = np.minimum(column["life"][rows] + 1, _LIVES)
        column["since"][rows] = month
        column["wishes"][rows] = 0
        group = Group(
            self.take("family", rows),
            self.take("grade", rows),
            self.take("draw", rows),
            self.take("origin", rows),
            column["boost"][rows],
            self.take("until", rows),
        )
        resigns = self._quits.resigns(group, month, Luck(self._now(rows), own=True))
        rest = column["rest"][rows]
        cause = np.where(resigns < rest, VOLUNTARY, column["rest_cause"][rows])
        self.settle(rows, np.minimum(resigns, rest), cause)

    def numbers(self, rows: IndexArray, channel: int | IndexArray) -> FloatArray:
        """Return uniforms of people in their present stretch of service, shape (n,)."""
        return numbers_at(self._now(rows), channel)

    def _now(self, rows: IndexArray) -> PlaceArray:
        """Return where the numbers of people's present stretch of service begin, shape (n,)."""
        life = self._column["life"][rows].astype(np.uint64)
        place: PlaceArray = self._column["place"][rows] + life * _NEXT_LIFE
        return place


_NEXT_LIFE: Final = np.uint64((_LIFE << 37) * 0x9E3779B97F4A7C15 & (2**64 - 1))


def serve(
    draw: IndexArray, source: IndexArray, target: IndexArray, fte: FloatArray, free: FloatArray
) -> NDArray[np.bool_]:
    """Return who finds a vacancy in another family, one after the other in each draw.

    Args:
        draw: Draw index, shape (n,), in ascending order; within a draw who comes first is first.
        source: Family they would leave, shape (n,); their post falls vacant.
        target: Family they would go to, shape (n,).
        fte: FTE, shape (n,).
        free: Vacant FTE, shape (F, D); changed by those who move.
    """
    found = np.zeros(draw.size, dtype=bool)
    rank = rank_within(draw)
    for turn in range(int(rank.max(initial=-1)) + 1):
        now = np.flatnonzero(rank == turn)
        now = now[free[target[now], draw[now]] >= fte[now] - SLACK]
        # In each draw one at a time: no place is written to twice.
        free[target[now], draw[now]] -= fte[now]
        free[source[now], draw[now]] += fte[now]
        found[now] = True
    return found
