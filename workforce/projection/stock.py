"""The people in post at the opening month: who leaves when, by which cause.

Their leaving depends on nothing that happens later in the projection, so it is worked out at once,
for every person and draw, before the months are walked through.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BAND_MONTHS, CAUSES, TENURE_CAP_MONTHS
from workforce.domain.opening import Opening
from workforce.projection.clock import Clock
from workforce.projection.exits import Exits, Leaving
from workforce.projection.hazards import (
    END_OF_CONTRACT,
    UNKNOWN_AGE,
    VOLUNTARY,
    Drawn,
)
from workforce.projection.moments import other_of_stock, retire
from workforce.projection.native import compiled
from workforce.projection.quits import Quits
from workforce.projection.streams import Lookup, Streams, row_and_draw

__all__ = ["Staff", "Stock", "list_staff"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

# So that rounding does not tell somebody from a bound.
_HAIR: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Staff:
    """One entry a person in post, in an order that depends on their circumstances only.

    Attributes:
        family: Family index.
        grade: Grade band index.
        tenure: Completed months of service, capped.
        age: Age band index.
        contract_end: Months from the opening month to the end of a fixed term, 0 for none.
        known_leave: Months to a known exit, 0 for none.
        known_cause: Cause of it.
        fte: FTE.
    """

    family: IndexArray
    grade: IndexArray
    tenure: IndexArray
    age: IndexArray
    contract_end: IndexArray
    known_leave: IndexArray
    known_cause: IndexArray
    fte: FloatArray

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.family)

    def subset(self, mask: NDArray[np.bool_] | IndexArray) -> "Staff":
        """Return the people that a mask or an index picks, in its order."""
        return Staff(*(getattr(self, name)[mask] for name in self.__slots__))


def list_staff(opening: Opening) -> Staff:
    """Return the opening stock person by person, in a canonical order.

    Args:
        opening: The opening position.

    Returns:
        The people. Rows of `opening.cells` may come in any order and may be split or merged: the
        result, and with it every random number a person gets, is the same.
    """
    cells = opening.cells
    people = cells.people

    def spread(column: NDArray[np.int64]) -> IndexArray:
        return np.repeat(np.asarray(column, dtype=np.intp), people)

    def ahead(column: NDArray[np.int64], passed: int) -> NDArray[np.int64]:
        months = column - opening.as_of
        return np.where(column < 0, 0, np.where(months < 1, passed, months))

    with np.errstate(invalid="ignore", divide="ignore"):
        each = np.where(people > 0, cells.fte / np.maximum(people, 1), 0.0)
    staff = Staff(
        family=spread(cells.family),
        grade=spread(cells.grade),
        tenure=np.clip(spread(cells.tenure_months), 0, TENURE_CAP_MONTHS),
        age=spread(cells.age),
        # A term that has run out while the person is still in post has no end date any more; an
        # exit that should have happened happens in the first month.
        contract_end=spread(ahead(cells.contract_end, 0)),
        known_leave=spread(ahead(cells.known_leave, 1)),
        known_cause=spread(cells.known_cause),
        fte=np.repeat(each, people),
    )
    order = np.lexsort(
        (
            staff.fte,
            staff.known_cause,
            staff.known_leave,
            staff.contract_end,
            staff.age,
            staff.grade,
            staff.family,
            staff.tenure,
        )
    )
    return staff.subset(order)


class Stock:
    """The opening people of one block of draws; their thresholds are shared by all scenarios."""

    def __init__(
        self,
        staff: Staff,
        families: Sequence[str],
        drawn: Drawn,
        streams: Streams,
        clock: Clock,
        posts: Lookup,
    ) -> None:
        """Draw every threshold and every time that no lever moves.

        Args:
            staff: The people.
            families: Names of the F families; they name the random streams.
            drawn: Parameters of D draws.
            streams: Random numbers of D draws.
            clock: Hazards with nothing done.
            posts: Numbers of the posts by family.
        """
        months = clock.months
        self._known = staff.subset(staff.known_leave > 0)
        self._staff = staff.subset(staff.known_leave == 0)
        self._families = tuple(families)
        self._months = months
        self._drawn = drawn
        self._streams = streams
        self._slot = _ranks(self._staff.family, len(self._families))
        self._posts = posts
        self._time = np.empty((len(self._staff), streams.draws))
        self._cause = np.empty(self._time.shape, dtype=np.int8)
        self._others(clock)
        self._contract_ends()
        self._retirements(clock)
        self._rest = np.flatnonzero(self._time.reshape(-1) < months)

    @property
    def staff(self) -> Staff:
        """People without a known exit, N of them."""
        return self._staff

    @property
    def known(self) -> Staff:
        """People with a known exit."""
        return self._known

    @property
    def slots(self) -> IndexArray:
        """Position of each of the N people within the family, shape (N,)."""
        return self._slot

    def rest(self, where: IndexArray) -> tuple[FloatArray, IndexArray]:
        """Return when people would leave if nobody resigned, and why; `where` as in `Leaving`."""
        return self._time.reshape(-1)[where], self._cause.reshape(-1)[where].astype(np.intp)

    def otherwise(self) -> tuple[IndexArray, IndexArray, FloatArray, NDArray[np.int8]]:
        """Return who would leave within the horizon if nobody resigned, draw by draw.

        Returns:
            Where those of a draw begin, shape (D + 1,); which of the people they are, in each draw
            in ascending order; when they leave; why.
        """
        return _by_draw(self._rest, self._time, self._cause)

    def first_moves(self) -> tuple[IndexArray, FloatArray]:
        """Return who first wants to move to another family within the horizon, and when.

        Returns:
            Person x D + draw and months after the opening month, shape (n,) each.
        """
        if self._drawn.moves is None:
            return np.empty(0, dtype=np.intp), np.empty(0)
        every = self._drawn.moves.sum(axis=1)
        threshold = self._numbers("moves", np.arange(len(self._staff)))
        hazard = every[self._staff.family]
        where = np.flatnonzero(threshold < hazard * self._months)
        return where, threshold.reshape(-1)[where] / hazard.reshape(-1)[where]

    def leaving(self, quits: Quits) -> Leaving:
        """Return the leavers of the opening stock under one plan, one by one.

        Args:
            quits: Who resigns when under the plan.
        """
        staff = self._staff
        where, time = quits.of_stock(
            self._posts, self._slot, (staff.family, staff.grade, staff.tenure), self._time
        )
        rest_time = self._time.reshape(-1)
        stays = np.ones(rest_time.size, dtype=bool)
        stays[where] = False
        rest = self._rest[stays[self._rest]]
        cause = np.concatenate(
            (
                np.full(where.size, VOLUNTARY),
                self._cause.reshape(-1)[rest].astype(np.intp),
            )
        )
        return Leaving(
            np.concatenate((where, rest)), np.concatenate((time, rest_time[rest])), cause
        )

    def holding(self, leaving: Leaving) -> tuple[IndexArray, IndexArray, FloatArray]:
        """Return the posts of those who leave, family x D + draw and number in it, and when."""
        draws = self._streams.draws
        row, draw = row_and_draw(leaving.where, draws)
        return self._staff.family[row] * draws + draw, self._slot[row], leaving.time

    def held(self) -> IndexArray:
        """Return how many posts of each family they hold, shape (F,)."""
        return np.bincount(self._staff.family, minlength=len(self._families))

    def booked(self, leaving: Leaving) -> Exits:
        """Return the leavers of the opening stock as counts, known exits among them."""
        cause, month = leaving.cause, leaving.time.astype(np.intp)
        row, draw = row_and_draw(leaving.where, self._streams.draws)
        shape = (len(self._families), self._months, self._streams.draws)
        size = int(np.prod(shape))
        place = (self._staff.family[row] * self._months + month) * self._streams.draws + draw
        people = np.bincount(cause * size + place, minlength=len(CAUSES) * size)
        fte = np.bincount(place, weights=self._staff.fte[row], minlength=size)
        out = Exits(
            people.reshape(len(CAUSES), *shape).astype(np.int32),
            fte.astype(np.float64).reshape(shape),
        )
        self._known_exits(out)
        return out

    def _known_exits(self, out: Exits) -> None:
        known = self._known
        for row in np.flatnonzero(known.known_leave <= self._months):
            family, month = known.family[row], known.known_leave[row] - 1
            out.people[known.known_cause[row], family, month] += 1
            out.fte[family, month] += known.fte[row]

    def _numbers(self, process: str, rows: IndexArray) -> NDArray[np.float32]:
        """Return exponentials of some people, shape (n, D); slots count within their family."""
        out = np.empty((len(rows), self._streams.draws), dtype=np.float32)
        for index, name in enumerate(self._families):
            own = np.flatnonzero(self._staff.family[rows] == index)
            if own.size:
                out[own] = self._streams.exponentials(f"stock/{process}/{name}", len(own))
        return out

    def _book(self, where: IndexArray, time: FloatArray, cause: int) -> None:
        """Keep times that come before what is booked for (person, draw) already."""
        current = self._time.reshape(-1)
        sooner = time < current[where]
        current[where[sooner]] = time[sooner]
        self._cause.reshape(-1)[where[sooner]] = cause

    def _others(self, clock: Clock) -> None:
        """Draw the causes that are the same for all whom they concern."""
        staff = self._staff
        # The bits of `moments`: retirement at unknown age, ends of endless contracts, all others.
        causes = 4 + (staff.age == UNKNOWN_AGE) + 2 * (staff.contract_end == 0)
        other_of_stock(
            self._posts.base,
            self._slot,
            staff.family,
            causes,
            clock.others,
            self._time,
            self._cause,
        )

    def _contract_ends(self) -> None:
        rows = np.flatnonzero(self._staff.contract_end > 0)
        if not rows.size:
            return
        draws = self._streams.draws
        end = self._staff.contract_end[rows, None].astype(np.float64)
        with np.errstate(divide="ignore"):
            # A unit exponential lies above -ln(share) with probability `share`.
            renewed = self._numbers("renewal", rows) > -np.log(self._drawn.renewal)
            # A renewed term has no known end any more: from then on the flat rate holds.
            wait = self._numbers("renewed_end", rows) / self._drawn.end_of_contract
        every = np.tile(np.arange(draws), len(rows))
        begins = self._drawn.spent(np.repeat(end[:, 0], draws), every)
        later = self._drawn.reached(begins + wait.reshape(-1), every).reshape(wait.shape)
        # The end of a term comes before anything else that the same month may bring.
        time = np.where(renewed, later, end - 1.0)
        where = (rows[:, None] * draws + np.arange(draws)).reshape(-1)
        self._book(where, time.reshape(-1), END_OF_CONTRACT)

    def _retirements(self, clock: Clock) -> None:
        """Book retirements along the age bands."""
        staff, hazards, draws = self._staff, self._drawn.retirement, self._streams.draws
        ahead = self._drawn.spent(float(self._months), np.arange(draws))
        never, within = np.ones(hazards.shape), np.exp(-hazards * ahead * (1.0 + _HAIR))
        for band in range(UNKNOWN_AGE):
            never[band] = np.exp(-_highest_ahead(hazards, band, self._months) * ahead)
        beyond = np.full(len(hazards), -1.0)
        beyond[: len(AGE_BAND_MONTHS)] = self._months / np.array(AGE_BAND_MONTHS) * (1.0 + _HAIR)
        numbers = Lookup(self._streams, "stock/retirement", self._families)
        retire(
            numbers.base,
            self._slot,
            staff.family,
            staff.age,
            np.ascontiguousarray(hazards.T),
            never,
            within,
            beyond,
            np.array(AGE_BAND_MONTHS, dtype=np.intp),
            self._months,
            clock.others,
            self._time,
            self._cause,
        )


def _highest_ahead(hazards: FloatArray, band: int, months: int) -> FloatArray:
    """Return the highest retirement hazard somebody of an age band may meet, shape (D,)."""
    last = band + 1
    while last < len(AGE_BAND_MONTHS) and sum(AGE_BAND_MONTHS[band + 1 : last + 1]) < months:
        last += 1
    highest: FloatArray = hazards[band : min(last, len(AGE_BAND_MONTHS)) + 1].max(axis=0)
    return highest


def _ranks(family: IndexArray, families: int) -> IndexArray:
    """Return the position of each person within the family, in the order of the list."""
    out = np.empty(family.size, dtype=np.intp)
    for index in range(families):
        own = np.flatnonzero(family == index)
        out[own] = np.arange(own.size)
    return out


@compiled
def _by_draw(
    where: IndexArray, time: FloatArray, cause: NDArray[np.int8]
) -> tuple[IndexArray, IndexArray, FloatArray, NDArray[np.int8]]:
    """Sort places person x D + draw, in ascending order, by draw."""
    draws = time.shape[1]
    begin = np.zeros(draws + 2, dtype=np.intp)
    for each in range(where.size):
        begin[where[each] % draws + 2] += 1
    for draw in range(draws):
        begin[draw + 2] += begin[draw + 1]
    who, when = np.empty(where.size, dtype=np.intp), np.empty(where.size)
    why = np.empty(where.size, dtype=np.int8)
    for each in range(where.size):
        person = where[each] // draws
        draw = where[each] - person * draws
        at = begin[draw + 1]
        who[at], when[at], why[at] = person, time[person, draw], cause[person, draw]
        begin[draw + 1] = at + 1
    return begin[: draws + 1], who, when, why
