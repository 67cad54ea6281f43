"""The people in post at the opening month: who leaves when, by which cause.

Their leaving depends on nothing that happens later in the projection, so it is worked out at once,
for every person and draw, before the months are walked through.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, TENURE_CAP_MONTHS
from workforce.domain.opening import Opening
from workforce.projection.hazards import (
    END_OF_CONTRACT,
    OTHER,
    RETIREMENT,
    UNKNOWN_AGE,
    VOLUNTARY,
    Clock,
    Drawn,
    RowPeople,
)
from workforce.projection.streams import Streams

__all__ = ["Exits", "Staff", "Stock", "list_staff"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]


# Width in months of each age band that has an end; the first counts from the working age of 16.
_AGE_WIDTHS: Final = (468, 60, 60, 24)


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

    def subset(self, mask: NDArray[np.bool_]) -> "Staff":
        """Return the people for whom `mask` holds, in the same order."""
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
    columns = (
        spread(cells.family),
        spread(cells.grade),
        np.clip(spread(cells.tenure_months), 0, TENURE_CAP_MONTHS),
        spread(cells.age),
        # A term that has run out while the person is still in post has no end date any more; an
        # exit that should have happened happens in the first month.
        spread(ahead(cells.contract_end, 0)),
        spread(ahead(cells.known_leave, 1)),
        spread(cells.known_cause),
        np.repeat(each, people),
    )
    family, grade, tenure, age, end, leave, cause, fte = columns
    order = np.lexsort((fte, cause, leave, end, age, grade, family, tenure))
    return Staff(*(column[order] for column in columns))


@dataclass(slots=True)
class Exits:
    """Leavers booked for coming months.

    Attributes:
        people: Heads by cause, family, month and draw, shape (C, F, T, D).
        fte: Their FTE, shape (F, T, D).
    """

    people: NDArray[np.int32]
    fte: FloatArray

    def copy(self) -> "Exits":
        """Return an independent copy."""
        return Exits(self.people.copy(), self.fte.copy())

    def book(
        self,
        time: FloatArray,
        cause: IndexArray,
        family: IndexArray,
        draw: IndexArray,
        fte: FloatArray,
    ) -> None:
        """Book leavers one by one.

        Args:
            time: Time of leaving in months after the opening month; beyond the horizon is ignored.
            cause: Cause index.
            family: Family index.
            draw: Draw index.
            fte: FTE; all arrays of shape (n,).
        """
        _, families, months, draws = self.people.shape
        hits = np.flatnonzero(time < months)
        month = time[hits].astype(np.intp)
        where = (family[hits] * months + month) * draws + draw[hits]
        np.add.at(self.fte.reshape(-1), where, fte[hits])
        np.add.at(self.people.reshape(-1), cause[hits] * (families * months * draws) + where, 1)


class Stock:
    """The opening people of one block of draws; their thresholds are shared by all scenarios.

    Args:
        staff: The people.
        families: Names of the F families; they name the random streams.
        drawn: Parameters of D draws.
        streams: Random numbers of D draws.
        months: Months projected T.
    """

    def __init__(
        self, staff: Staff, families: Sequence[str], drawn: Drawn, streams: Streams, months: int
    ) -> None:
        self._known = staff.subset(staff.known_leave > 0)
        self._staff = staff.subset(staff.known_leave == 0)
        self._families = tuple(families)
        self._months = months
        self._drawn = drawn
        self._streams = streams
        self._threshold = self._numbers("voluntary")
        self._rest_time, self._rest_cause = self._rest()

    def exits(self, clock: Clock) -> Exits:
        """Return the leavers of the opening stock under one plan."""
        staff, draws = self._staff, self._streams.draws
        time = np.empty((len(staff), draws))
        edges = np.flatnonzero(np.diff(staff.tenure, prepend=-1, append=-1))
        for first, last in pairwise(edges.tolist()):
            rows = slice(first, last)
            people = RowPeople(clock, staff.family[rows], staff.grade[rows])
            time[rows] = clock.leaving(
                self._threshold[rows], people, start=0, tenure=int(staff.tenure[first])
            )
        earlier = np.minimum(time, self._rest_time)
        hits = np.flatnonzero(earlier < self._months)
        row, draw = np.divmod(hits, draws)
        resigned = time.reshape(-1)[hits] < self._rest_time.reshape(-1)[hits]
        other = self._rest_cause.reshape(-1)[hits].astype(np.intp)
        cause = np.where(resigned, VOLUNTARY, other)
        month = earlier.reshape(-1)[hits].astype(np.intp)
        return self._count(staff, row, draw, cause, month)

    def _count(
        self, staff: Staff, row: IndexArray, draw: IndexArray, cause: IndexArray, month: IndexArray
    ) -> Exits:
        draws, months = self._streams.draws, self._months
        shape = (len(self._families), months, draws)
        size = int(np.prod(shape))
        where = (staff.family[row] * months + month) * draws + draw
        people = np.bincount(cause * size + where, minlength=len(CAUSES) * size)
        fte = np.bincount(where, weights=staff.fte[row], minlength=size)
        out = Exits(people.reshape(len(CAUSES), *shape).astype(np.int32), fte.reshape(shape))
        known = self._known
        due = np.flatnonzero(known.known_leave <= months)
        where_known = (known.known_cause[due], known.family[due], known.known_leave[due] - 1)
        np.add.at(out.people, where_known, 1)
        np.add.at(out.fte, where_known[1:], known.fte[due][:, None])
        return out

    def _numbers(self, process: str) -> NDArray[np.float32]:
        out = np.empty((len(self._staff), self._streams.draws), dtype=np.float32)
        for index, name in enumerate(self._families):
            rows = np.flatnonzero(self._staff.family == index)
            if rows.size:
                out[rows] = self._streams.exponentials(f"stock/{process}/{name}", len(rows))
        return out

    def _rest(self) -> tuple[FloatArray, NDArray[np.int8]]:
        time, cause = self._contract_ends()
        threshold = self._numbers("other")
        _earlier(time, cause, _quotient(threshold, self._drawn.other, self._months), OTHER)
        _earlier(time, cause, self._retirements(), RETIREMENT)
        return time, cause

    def _contract_ends(self) -> tuple[FloatArray, NDArray[np.int8]]:
        staff = self._staff
        cause = np.full((len(staff), self._streams.draws), END_OF_CONTRACT, dtype=np.int8)
        time = _quotient(
            self._numbers("end_of_contract"), self._drawn.end_of_contract, self._months
        )
        rows = np.flatnonzero(staff.contract_end > 0)
        if rows.size:
            # A renewed term has no known end any more: from then on the flat rate holds.
            end = staff.contract_end[rows, None].astype(np.float64)
            renewal = self._numbers("renewal")[rows]
            # P(unit exponential > -ln share) = share.
            with np.errstate(divide="ignore"):
                renewed = renewal > -np.log(self._drawn.renewal)
            time[rows] = np.where(renewed, time[rows] + end, end - 1.0)
        return time, cause

    def _retirements(self) -> FloatArray:
        """People move through the age bands; where in their band they are now is spread evenly."""
        staff, hazards = self._staff, self._drawn.retirement
        left = self._numbers("retirement").astype(np.float64)
        out = np.full(left.shape, np.inf)
        place = np.exp(-self._numbers("age"))
        known = staff.age != UNKNOWN_AGE
        passed = np.zeros(left.shape)
        for band in range(UNKNOWN_AGE):
            rows = np.flatnonzero(known & (staff.age <= band))
            if not rows.size:
                continue
            width = _AGE_WIDTHS[band] if band < len(_AGE_WIDTHS) else np.inf
            stay = np.where(
                (staff.age[rows] == band)[:, None] & np.isfinite(width), place[rows], 1.0
            )
            stay = np.minimum(stay * width, np.maximum(self._months - passed[rows], 0.0))
            used = hazards[band] * stay
            with np.errstate(divide="ignore", invalid="ignore"):
                moment = passed[rows] + left[rows] / hazards[band]
            out[rows] = np.where(left[rows] < used, moment, out[rows])
            left[rows] = np.where(left[rows] < used, np.inf, left[rows] - used)
            passed[rows] += stay
        rows = np.flatnonzero(~known)
        out[rows] = _quotient(left[rows].astype(np.float32), hazards[UNKNOWN_AGE], self._months)
        return out


def _quotient(threshold: NDArray[np.float32], hazard: FloatArray, months: int) -> FloatArray:
    """Return the time at which a constant hazard reaches the threshold, `inf` past the horizon."""
    with np.errstate(divide="ignore", invalid="ignore"):
        time = threshold / hazard
    return np.where(time < months, time, np.inf)


def _earlier(
    time: FloatArray, cause: NDArray[np.int8], other: FloatArray, other_cause: int
) -> None:
    sooner = other < time
    np.copyto(time, other, where=sooner)
    cause[sooner] = other_cause
