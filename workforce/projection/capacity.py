"""Effective capacity: what the people in post, apprentices and agency cover get done, in FTE.

capacity = FTE in post - work that starters and those who have just achieved do not do yet + work of
new recruits in training - work that existing staff miss while they train - mentors' time + agency
cover. Counted at the end of each month among those who are still there, draw by draw.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.capacity import Productivity
from workforce.domain.opening import Opening
from workforce.domain.plan import Trainee
from workforce.projection.exits import Leaving
from workforce.projection.stock import Staff
from workforce.projection.streams import row_and_draw
from workforce.projection.training import Cohort, Track

__all__ = [
    "CAPACITY_MEASURES",
    "ExpectedWorkload",
    "Workload",
    "agency_cover",
    "known_cover",
    "training_work",
    "works_in",
]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

CAPACITY_MEASURES: Final = ("agency_fte", "mentor_fte", "effective_capacity")
"""Measures in FTE that a projection holds where it was told how productive people are."""


def agency_cover(vacant: FloatArray, share: float, known: FloatArray) -> FloatArray:
    """Return FTE of agency cover: the stated share of vacant posts, at least what is booked.

    Args:
        vacant: Vacant FTE after the month's hires, any shape.
        share: Share of vacant posts covered.
        known: FTE of bookings with a known end that still run, broadcastable.
    """
    cover: FloatArray = np.maximum(vacant * share, known)
    return cover


def known_cover(opening: Opening, months: int) -> FloatArray:
    """Return FTE of agency bookings of the opening month that still run, shape (F, T)."""
    out = np.zeros((len(opening.families), months))
    for booking in opening.agency:
        if booking.family in opening.families:
            ends = min(max(booking.until - opening.as_of - 1, 0), months)
            out[opening.families.index(booking.family), :ends] += booking.fte
    return out


def training_work(
    productivity: Productivity, track: Track, cohort: Cohort, months: IndexArray
) -> tuple[FloatArray, FloatArray]:
    """Return what one apprentice takes and gives in given months, FTE, same shape each.

    Args:
        productivity: Central values.
        track: The programme.
        cohort: The cohort.
        months: Months at whose end the apprentice is in training or waits for the result, from 1.

    Returns:
        Mentors' time, and the work done: that of a new recruit, or, for existing staff, what their
        old post goes without (negative). Outside the projected families nothing is counted of it.
    """
    trained = months - cohort.start
    mentors = productivity.mentoring(trained, cohort.duration)
    programme = track.programme
    if programme.trainee is Trainee.NEW_RECRUIT:
        return mentors, productivity.recruit_output(trained, cohort.duration) * programme.fte
    missing = (productivity.existing_staff - 1.0) * programme.fte
    return mentors, np.where(trained < cohort.duration, missing, 0.0)


class Workload:
    """Changes of capacity of one plan in one block of draws, booked as things happen.

    Attributes:
        mentors: FTE of experienced colleagues bound by apprentices, shape (F, T, D).
        work: FTE that capacity differs by from FTE in post, mentors and agency apart, same shape.
    """

    def __init__(
        self, productivity: Productivity, families: tuple[str, ...], months: int, draws: int
    ) -> None:
        """Begin with nobody ramping up and nobody in training.

        Args:
            productivity: Central values.
            families: Names of the F families.
            months: Months projected T.
            draws: Draws D.
        """
        self._productivity = productivity
        self._families = families
        self._ramp = productivity.ramp_loss()
        self._settling = productivity.settling_loss()
        self.mentors = np.zeros((len(families), months, draws))
        self.work = np.zeros_like(self.mentors)

    def stock(self, staff: Staff, leaving: Leaving) -> None:
        """Book the ramp of people of the opening stock who have not been there long.

        Args:
            staff: People without a known exit.
            leaving: When they leave.
        """
        self.settle(staff)
        months, draws = self.work.shape[1:]
        ramp, lost = len(self._ramp), np.append(self._ramp, 0.0)
        recent = staff.tenure[leaving.where // draws] < ramp
        early = np.flatnonzero((leaving.time < ramp) & recent)
        row, draw = row_and_draw(leaving.where[early], draws)
        left = leaving.time[early].astype(np.intp)
        for at in range(min(ramp, months)):
            away = np.flatnonzero(left <= at)
            back = staff.fte[row[away]] * lost[np.minimum(staff.tenure[row[away]] + at + 1, ramp)]
            np.add.at(self.work[:, at], (staff.family[row[away]], draw[away]), back)

    def settle(self, staff: Staff) -> None:
        """Book the ramp of people of the opening stock as if nobody left."""
        ramp, lost = len(self._ramp), np.append(self._ramp, 0.0)
        ahead = np.arange(1, self.work.shape[1] + 1)
        for person in np.flatnonzero(staff.tenure < ramp):
            missing = staff.fte[person] * lost[np.minimum(staff.tenure[person] + ahead, ramp)]
            self.work[staff.family[person]] -= missing[:, None]

    def hired(self, fte: FloatArray, month: int) -> None:
        """Book the ramp of people who start in a month, shape (F, D) or (F, 1)."""
        for month_after, lost in enumerate(self._ramp[: self.work.shape[1] - month + 1]):
            self.work[:, month - 1 + month_after] -= fte * lost

    @property
    def ramp(self) -> FloatArray:
        """Share of the work that a hire does not do yet, by month."""
        return self._ramp

    @property
    def settling(self) -> FloatArray:
        """The same for those who achieved, in the months after it."""
        return self._settling

    @property
    def ramp_months(self) -> int:
        """Months in which a hire does not work at full speed, the last one begun."""
        return len(self._ramp)

    def missing(self, fte: FloatArray, month: int) -> None:
        """Book a month's ramp of people in post, FTE by months since the start, (K, F, D)."""
        self.work[:, month - 1] -= np.tensordot(self._ramp, fte, axes=1)

    def converted(self, family: int, fte: FloatArray, month: int) -> None:
        """Book the first months in the post of those who achieved, FTE by draw, shape (D,)."""
        for month_after, lost in enumerate(self._settling[: self.work.shape[1] - month + 1]):
            self.work[family, month - 1 + month_after] -= fte * lost

    def gone(
        self,
        time: FloatArray,
        family: IndexArray,
        draw: IndexArray,
        fte: FloatArray,
        month: int,
        *,
        converted: bool = False,
    ) -> None:
        """Take back what was booked for people who leave before they work at full speed.

        Args:
            time: When they leave, in months after the opening month, shape (n,).
            family: Family index.
            draw: Draw index.
            fte: FTE.
            month: Month in which they joined.
            converted: Whether they achieved rather than were hired.
        """
        loss = self._settling if converted else self._ramp
        until = min(month - 1 + len(loss), self.work.shape[1])
        early = np.flatnonzero(time < until)
        if not early.size:
            return
        left, family, draw, fte = (
            time[early].astype(np.intp),
            family[early],
            draw[early],
            fte[early],
        )
        for at in range(month, until):
            away = np.flatnonzero(left <= at)
            back = fte[away] * loss[at - month + 1]
            np.add.at(self.work[:, at], (family[away], draw[away]), back)

    def trained(self, track: Track, cohort: Cohort, first: int, there: NDArray[np.int_]) -> None:
        """Book the mentors and the work of a cohort.

        Args:
            track: The programme.
            cohort: The cohort.
            first: First month in which people are counted.
            there: People in training, or waiting for the result, shape (months, D).
        """
        months = np.arange(first, first + len(there))
        mentors, work = training_work(self._productivity, track, cohort, months)
        span = slice(first - 1, first - 1 + len(there))
        self.mentors[track.family, span] += there * mentors[:, None]
        family = works_in(track, self._families)
        if family is not None:
            self.work[family, span] += there * work[:, None]

    def measures(self) -> dict[str, FloatArray]:
        """Return what is stored of it, shape (F, T, D) each."""
        return {"mentor_fte": self.mentors, "work": self.work}


class ExpectedWorkload:
    """The same for P plans with fractional people: shape (P, F, T) instead of (F, T, D)."""

    def __init__(
        self, productivity: Productivity, families: tuple[str, ...], months: int, plans: int
    ) -> None:
        """Begin with nobody ramping up and nobody in training; arguments as `Workload`."""
        self._productivity = productivity
        self._families = families
        self._ramp = productivity.ramp_loss()
        self._settling = productivity.settling_loss()
        self.mentors = np.zeros((plans, len(families), months))
        self.work = np.zeros_like(self.mentors)

    def stock(self, opening: Opening, leavers: Callable[[Opening], FloatArray]) -> None:
        """Book the ramp of people of the opening stock who have not been there long.

        Args:
            opening: The opening position.
            leavers: Returns the FTE that leaves of some of its people, shape (P, F, T).
        """
        cells, months, ramp = opening.cells, self.work.shape[-1], len(self._ramp)
        for tenure in np.unique(cells.tenure_months[cells.tenure_months < ramp]):
            some = (cells.tenure_months == tenure) & (cells.known_leave < 0)
            part = replace(
                cells, **{each.name: getattr(cells, each.name)[some] for each in fields(cells)}
            )
            group = replace(opening, cells=part)
            still = group.fte()[:, None] - np.cumsum(leavers(group), axis=-1)
            span = min(ramp - int(tenure) - 1, months)
            self.work[..., :span] -= still[..., :span] * self._ramp[tenure + 1 : tenure + 1 + span]

    def missing(
        self, service: IndexArray, settled: IndexArray, trained: NDArray[np.bool_]
    ) -> FloatArray:
        """Return the share of work that people do not do yet, shape (n,).

        Args:
            service: Completed months of service.
            settled: Months since they achieved.
            trained: Whether they were trained here for their post; they do not ramp up as hires do.
        """
        out = np.zeros(service.shape)
        for loss, months, some in (
            (self._ramp, service, ~trained),
            (self._settling, settled, trained),
        ):
            inside = some & (months >= 0) & (months < len(loss))
            out[inside] = loss[months[inside]]
        return out

    def hired(self, fte: FloatArray, lived: FloatArray, at: int) -> None:
        """Book the ramp of people who start in a month.

        Args:
            fte: FTE, shape (P, F) or broadcastable.
            lived: Share of them still in post from the month on, shape (P, F, T - at).
            at: Position of the month.
        """
        span = min(len(self._ramp), lived.shape[-1])
        lost = fte[..., None] * lived[..., :span] * self._ramp[:span]
        self.work[..., at : at + span] -= lost

    def converted(self, where: tuple[int, int], fte: float, lived: FloatArray, at: int) -> None:
        """Book the first months in the post of those who achieved; `where` is plan and family."""
        span = min(len(self._settling), len(lived))
        self.work[where][at : at + span] -= fte * lived[:span] * self._settling[:span]

    def trained(
        self, plan: int, track: Track, cohort: Cohort, first: int, there: FloatArray
    ) -> None:
        """Book the mentors and the work of a cohort, people there by month, shape (months,)."""
        months = np.arange(first, first + len(there))
        mentors, work = training_work(self._productivity, track, cohort, months)
        span = slice(first - 1, first - 1 + len(there))
        self.mentors[plan, track.family, span] += there * mentors
        family = works_in(track, self._families)
        if family is not None:
            self.work[plan, family, span] += there * work


def works_in(track: Track, families: tuple[str, ...]) -> int | None:
    """Return in which family a trainee works, `None` outside the projected ones."""
    if track.programme.trainee is Trainee.NEW_RECRUIT:
        return track.family
    source = track.programme.from_family
    return families.index(source) if source in families else None
