"""Expected apprentices of several plans: what training does, and who is converted where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, TENURE_CAP_MONTHS, GradeBand
from workforce.domain.plan import NoPost, Programme, Seat, Trainee
from workforce.projection.capacity import ExpectedWorkload
from workforce.projection.leaving import Central
from workforce.projection.mentors import ExpectedMentors
from workforce.projection.newcomers import conversion_leavers
from workforce.projection.training import Cohort, Track, withdrawn_share

__all__ = ["ExpectedPipeline"]

FloatArray = NDArray[np.float64]


@dataclass(slots=True)
class _Waiting:
    """Achievers of one cohort who have accepted a job."""

    number: int
    track: Track
    cohort: Cohort
    people: float


class ExpectedPipeline:
    """The apprentices of P plans.

    Attributes:
        tracks: Programmes with their cohorts, one tuple a plan; those that train people in post of
            a projected family are left to `ExpectedFlows`, which counts in the arrays below.
        joined: Takes over who is converted, if given: plan, programme, month at whose end service
            was 0, month of conversion and people.
        started: Starts, shape (P, F, T).
        withdrawn: Withdrawals.
        in_training: People in training at the end of the month.
        seated_fte: Posts they sit in, FTE.
    """

    def __init__(
        self,
        tracks: Sequence[tuple[Track, ...]],
        fixed: Central,
        multiplier: FloatArray,
        months: int,
        *,
        work: ExpectedWorkload | None = None,
        mentors: ExpectedMentors | None = None,
    ) -> None:
        """Work out what happens in training; under a cap, of the cohorts already started.

        Args:
            tracks: Programmes with their cohorts, one tuple a plan.
            fixed: Parameters.
            multiplier: Lever multipliers of the plans, shape (P, F, G, 2, T).
            months: Months projected T.
            work: Where the work done is booked, if it is asked for.
            mentors: Who can guide apprentices, if any plan has a cap on them.
        """
        self.tracks = tuple(tracks)
        self.joined: Callable[[int, Track, int, int, float], None] | None = None
        self.work = work
        self.mentors = mentors
        self._fixed = fixed
        self._multiplier = multiplier
        self._months = months
        shape = (len(tracks), multiplier.shape[1], months)
        self.started = np.zeros(shape)
        self.withdrawn = np.zeros(shape)
        self.in_training = np.zeros(shape)
        self.seated_fte = np.zeros(shape)
        self._stages: list[dict[tuple[str, str], float]] = [{} for _ in tracks]
        self._ready: dict[int, list[tuple[int, _Waiting]]] = {}
        self._queues: list[list[_Waiting]] = [[] for _ in tracks]
        for plan, each in enumerate(tracks):
            for number, track in enumerate(each):
                # People in post of a projected family are chosen when the cohort starts.
                for cohort in () if track.internal else track.cohorts:
                    if mentors is None or cohort.start < 1:
                        self._train(plan, number, track, cohort, float(cohort.size))

    def start(self, month: int) -> None:
        """Under a cap, let the cohorts of a month start as far as there are mentors for them."""
        if self.mentors is None:
            return
        for plan, tracks in enumerate(self.tracks):
            for number, track in enumerate(tracks):
                for cohort in () if track.internal else track.cohorts:
                    if cohort.start == month:
                        room = self.mentors.room(plan, track.family, month)
                        self._train(plan, number, track, cohort, min(float(cohort.size), room))

    def tally(self, plan: int, programme: Programme, stage: str, people: float) -> None:
        """Count people of a plan's programme in a stage."""
        key = (programme.programme_id, stage)
        self._stages[plan][key] = self._stages[plan].get(key, 0.0) + people

    def _train(self, plan: int, number: int, track: Track, cohort: Cohort, starters: float) -> None:
        programme, months = track.programme, self._months
        result = max(1, cohort.start + cohort.duration + programme.assessment_months)
        # Withdrawals up to the end of each month of the training, and none after its end.
        trained = np.arange(cohort.elapsed, max(cohort.duration, cohort.elapsed) + 1)
        gone = starters * withdrawn_share(programme, cohort, trained)
        monthly, first = np.diff(gone), cohort.start + cohort.elapsed
        shown = monthly[: max(0, months - first)]
        self.withdrawn[plan, track.family, first : first + shown.size] += shown
        if cohort.start >= 1:
            self.started[plan, track.family, cohort.start - 1] += starters
        self.tally(plan, programme, "starts", starters)
        self.tally(plan, programme, "not_started", cohort.size - starters)
        self.tally(plan, programme, "withdrawn_stayed", shown.sum() * programme.stay_share)
        self.tally(plan, programme, "withdrawn_left", shown.sum() * (1 - programme.stay_share))
        self._count(plan, track, cohort, result, starters)
        if result > months:
            self.tally(plan, programme, "in_training_at_end", starters - shown.sum())
            return
        reach_end = starters - gone[-1]
        achieved = reach_end * programme.pass_rate
        offered = achieved * programme.offer_rate
        self.tally(plan, programme, "achieved", achieved)
        self.tally(plan, programme, "not_achieved", reach_end - achieved)
        self.tally(plan, programme, "not_offered", achieved - offered)
        waiting = _Waiting(number, track, cohort, offered)
        self._ready.setdefault(result, []).append((plan, waiting))

    def _count(self, plan: int, track: Track, cohort: Cohort, result: int, starters: float) -> None:
        programme = track.programme
        first, last = max(1, cohort.start), min(result - 1, self._months)
        if last < first:
            return
        trained = np.arange(first, last + 1) - cohort.start
        trained = np.clip(trained, cohort.elapsed, max(cohort.duration, cohort.elapsed))
        there = starters * (1.0 - withdrawn_share(programme, cohort, trained))
        self.in_training[plan, track.family, first - 1 : last] += there
        if self.work is not None:
            self.work.trained(plan, track, cohort, first, there)
        if self.mentors is not None:
            learns = max(0, cohort.start + cohort.duration - first)
            self.mentors.train(plan, track.family, first, there[:learns])
        if programme.seat is Seat.VACANT_POST and programme.trainee is Trainee.NEW_RECRUIT:
            self.seated_fte[plan, track.family, first - 1 : last] += there * programme.fte

    def convert(
        self, month: int, free_fte: FloatArray, exits: FloatArray, exits_fte: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Convert the month's achievers where a vacancy stands; the others follow the policy.

        Args:
            month: The month, from 1.
            free_fte: Vacant FTE, shape (P, F).
            exits: Where their leaving is booked, shape (P, F, C, T).
            exits_fte: The same in FTE, shape (P, F, T).

        Returns:
            Converted people and their FTE, shape (P, F) each.
        """
        converted, taken = np.zeros_like(free_fte), np.zeros_like(free_fte)
        busy = {plan for plan, queue in enumerate(self._queues) if queue}
        for plan, fresh in self._ready.pop(month, []):
            self._queues[plan].append(fresh)
            busy.add(plan)
        for plan in sorted(busy):
            waiting = []
            # In the order of the programmes, within a programme the longest waiting first.
            for entry in sorted(self._queues[plan], key=lambda each: each.number):
                programme, family = entry.track.programme, entry.track.family
                room = max(0.0, free_fte[plan, family] - taken[plan, family]) / programme.fte
                people = min(entry.people, room)
                if people > 0:
                    converted[plan, family] += people
                    taken[plan, family] += people * programme.fte
                    self._employ(plan, entry, people, month, exits, exits_fte)
                entry.people -= people
                if entry.people > 0 and programme.no_post is NoPost.WAIT:
                    waiting.append(entry)
                elif entry.people > 0:
                    self._turn_away(plan, entry)
            self._queues[plan] = waiting
        return converted, taken

    def _turn_away(self, plan: int, entry: _Waiting) -> None:
        programme = entry.track.programme
        stays = programme.no_post is NoPost.REDEPLOY or programme.trainee is Trainee.EXISTING_STAFF
        stage = "redeployed" if stays else "no_post_left"
        self.tally(plan, programme, stage, entry.people)

    def _employ(
        self,
        plan: int,
        entry: _Waiting,
        people: float,
        month: int,
        exits: FloatArray,
        exits_fte: FloatArray,
    ) -> None:
        programme, family = entry.track.programme, entry.track.family
        if self.joined is not None:
            origin = max(entry.cohort.start, month - TENURE_CAP_MONTHS)
            self.joined(plan, entry.track, origin, month, people)
            self.tally(plan, programme, "converted", people)
            return
        share = self.leavers(
            family,
            programme.grade,
            origin=max(entry.cohort.start, month - TENURE_CAP_MONTHS),
            month=month,
            boost=programme.post_hazard_ratio,
            plan=plan,
        )[0]
        exits[plan, family, :, month:] += people * share
        gone = share.sum(axis=0)
        exits_fte[plan, family, month:] += people * programme.fte * gone
        self._follow(plan, entry, people, month, 1.0 - np.cumsum(gone))
        self.tally(plan, programme, "converted", people)
        self.tally(plan, programme, "in_role_at_end", people * (1.0 - gone.sum()))
        if month + 12 <= self._months:
            self.tally(plan, programme, "converted_12_months_ago", people)
            self.tally(plan, programme, "retained_12_months", people * (1.0 - gone[:12].sum()))

    def _follow(
        self, plan: int, entry: _Waiting, people: float, month: int, lived: FloatArray
    ) -> None:
        """Book what those who are converted do, and whom they can guide later."""
        programme, family = entry.track.programme, entry.track.family
        if self.work is not None:
            fte, from_now = people * programme.fte, np.concatenate(([1.0], lived))
            self.work.converted((plan, family), fte, from_now, month - 1)
        if self.mentors is not None:
            self.mentors.joined(
                plan,
                family,
                GRADE_BANDS.index(GradeBand(programme.grade)),
                origin=max(entry.cohort.start, month - TENURE_CAP_MONTHS),
                month=month,
                lived=people * lived,
            )

    def leavers(
        self,
        family: int,
        grade: str,
        *,
        origin: int,
        month: int,
        boost: float,
        plan: int | None = None,
    ) -> FloatArray:
        """Return which share of people who join in a month leaves later, by plan and cause.

        Args:
            family: Family index.
            grade: Grade band.
            origin: Month at whose end their tenure was 0.
            month: Month in which they join.
            boost: Ratio on their voluntary hazard in the first twelve months.
            plan: One plan, or all of them.

        Returns:
            Shape (P or 1, C, T - month).
        """
        row = GRADE_BANDS.index(GradeBand(grade))
        plans = range(len(self._multiplier)) if plan is None else (plan,)
        return np.stack(
            [
                conversion_leavers(
                    self._fixed,
                    self._multiplier[each, family, row],
                    origin=origin,
                    month=month,
                    boost=boost,
                    voluntary=self._fixed.voluntary[family, row],
                )
                for each in plans
            ]
        )

    def finish(self) -> tuple[dict[tuple[str, str], float], ...]:
        """Return people by programme id and stage, one mapping a plan."""
        for plan, queue in enumerate(self._queues):
            for entry in queue:
                self.tally(plan, entry.track.programme, "waiting_at_end", entry.people)
        return tuple(self._stages)
