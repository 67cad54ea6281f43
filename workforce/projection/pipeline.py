"""Apprentices: from the start of a cohort to a job, month by month.

What happens during training depends on nothing else in the organisation, so it is drawn at once.
Whether an achiever is converted depends on the vacancies of the month and is decided in its turn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, TENURE_CAP_MONTHS, GradeBand
from workforce.domain.plan import NoPost, Seat, Trainee
from workforce.projection.capacity import Workload
from workforce.projection.clock import Group
from workforce.projection.hazards import Drawn
from workforce.projection.joining import Joining
from workforce.projection.mentors import Mentors
from workforce.projection.quits import Leaves
from workforce.projection.streams import Lookup, Streams
from workforce.projection.training import (
    Cohort,
    Track,
    post_ratio_draws,
    withdrawal_draws,
    withdrawal_months,
)
from workforce.projection.vacancies import rank_within, whole_people

__all__ = ["STAGES", "Pipeline"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

STAGES: Final = (
    "starts",
    "in_training_at_end",
    "withdrawn_left",
    "withdrawn_stayed",
    "not_achieved",
    "achieved",
    "not_offered",
    "no_post_left",
    "redeployed",
    "waiting_at_end",
    "converted",
    "converted_12_months_ago",
    "retained_12_months",
    "in_role_at_end",
    "not_started",
)
"""Stages of the pipeline, people. Everybody who starts is in exactly one of in training, withdrawn
(left or stayed), not achieved and achieved; everybody who achieves in exactly one of not offered,
no post, redeployed, waiting and converted. `retained_12_months` counts among
`converted_12_months_ago`: those whose conversion lies at least twelve months before the end.
`not_started` are planned starts for whom there is no mentor; they are not among those who start."""


@dataclass(slots=True)
class _Candidates:
    """Achievers who have accepted a job, in the order in which they are served."""

    draw: IndexArray
    cohort: IndexArray
    slot: IndexArray

    @classmethod
    def none(cls) -> "_Candidates":
        """Return an empty list."""
        nobody = np.empty(0, dtype=np.intp)
        return cls(nobody, nobody, nobody)

    def where(self, mask: NDArray[np.bool_]) -> "_Candidates":
        """Return those for whom `mask` holds."""
        return _Candidates(*(getattr(self, name)[mask] for name in self.__slots__))

    def followed_by(self, other: "_Candidates") -> "_Candidates":
        """Return both lists, `other` last."""
        return _Candidates(
            *(
                np.concatenate((getattr(self, name), getattr(other, name)))
                for name in self.__slots__
            )
        )


Listener = Callable[[Group, FloatArray, Leaves, NDArray[np.uint64], int], IndexArray]
"""Is told who joined, their FTE, when and why they leave, where their numbers begin and the month,
and returns where it keeps them."""


class Pipeline:
    """All apprentices of one plan in one block of draws.

    Attributes:
        tracks: The programmes; those that train people in post of a projected family are left to
            `Reskilling`, which counts in the arrays below.
        joined: Told about everybody who is converted, if given; it then counts who stays in role.
        placed: Programme, month and where the listener keeps whoever was converted then.
        work: Where the work done is booked, if it is asked for.
        mentors: Who can guide apprentices, if there is a cap on them.
        started: Starts, shape (F, T, D).
        withdrawn: Withdrawals.
        in_training: People in training at the end of the month.
        seated_fte: Posts they sit in, FTE.
        stages: People by programme, stage and draw.
        cohort_starts: People who started by key of the cohort, shape (D,) each.
    """

    def __init__(
        self,
        tracks: Sequence[Track],
        families: int,
        drawn: Drawn,
        streams: Streams,
        months: int,
        *,
        work: Workload | None = None,
        mentors: Mentors | None = None,
    ) -> None:
        """Draw what happens in training; under a cap, of the cohorts that have started already.

        Args:
            tracks: P programmes with their cohorts.
            families: Number of families F.
            drawn: Parameters of D draws.
            streams: Random numbers of D draws.
            months: Months projected T.
            work: Where the work done is booked, if it is asked for.
            mentors: Who can guide apprentices, if there is a cap on them.
        """
        self.tracks = tuple(tracks)
        self.joined: Listener | None = None
        self.placed: list[tuple[int, int, IndexArray]] = []
        self.work = work
        self.mentors = mentors
        self._streams = streams
        self._withdrawal = [withdrawal_draws(track.programme, streams) for track in tracks]
        self.cohort_starts: dict[str, IndexArray] = {}
        self._drawn = drawn
        self._months = months
        draws = streams.draws
        flows = (families, months, draws)
        self.started = np.zeros(flows, dtype=np.int32)
        self.withdrawn = np.zeros(flows, dtype=np.int32)
        self.in_training = np.zeros(flows, dtype=np.int32)
        self.seated_fte = np.zeros(flows)
        self.stages = np.zeros((len(self.tracks), len(STAGES), draws), dtype=np.int64)
        self._waiting = [_Candidates.none() for _ in self.tracks]
        self._ready: list[dict[int, _Candidates]] = [{} for _ in self.tracks]
        self._boost: list[FloatArray] = []
        self._numbers: list[Lookup] = []
        for number, track in enumerate(self.tracks):
            self._boost.append(post_ratio_draws(track.programme, streams))
            self._numbers.append(
                Lookup(streams, "apprentice", [cohort.key for cohort in track.cohorts])
            )
            if track.internal:
                # People in post, who are chosen when the cohort starts.
                continue
            for which, cohort in enumerate(track.cohorts):
                if mentors is None or cohort.start < 1:
                    self._train(number, which)

    def candidates(self, number: int) -> tuple[IndexArray, IndexArray, IndexArray]:
        """Return the month, draw and cohort of who has accepted a job of a programme, in order."""
        ready = sorted(self._ready[number].items())
        month = [np.full(each.draw.size, at, dtype=np.intp) for at, each in ready]
        nobody = np.empty(0, dtype=np.intp)
        return (
            np.concatenate((nobody, *month)),
            np.concatenate((nobody, *(each.draw for _, each in ready))),
            np.concatenate((nobody, *(each.cohort for _, each in ready))),
        )

    def boosts(self) -> FloatArray:
        """Return the ratio on the hazard in the year after conversion, shape (P, D)."""
        shape = len(self.tracks), self.stages.shape[2]
        return np.array(self._boost, dtype=np.float64).reshape(shape)

    def start(self, month: int) -> None:
        """Under a cap, let the cohorts of a month start as far as there are mentors for them.

        Args:
            month: The month, from 1; its leavers must be booked.
        """
        if self.mentors is None:
            return
        for number, track in enumerate(self.tracks):
            for which, cohort in enumerate(track.cohorts):
                if cohort.start == month and not track.internal:
                    room = self.mentors.room(track.family, month)
                    self._train(number, which, np.minimum(room, cohort.size))

    def convert(
        self, month: int, free_fte: FloatArray, joining: Joining
    ) -> tuple[IndexArray, FloatArray]:
        """Convert the month's achievers where a vacancy stands; the others follow the policy.

        Args:
            month: The month, from 1.
            free_fte: Vacant FTE by family and draw, shape (F, D).
            joining: Books when they leave afterwards.

        Returns:
            Converted people and their FTE, shape (F, D) each.
        """
        converted = np.zeros(free_fte.shape, dtype=np.intp)
        taken = np.zeros(free_fte.shape)
        for number, track in enumerate(self.tracks):
            fresh = self._ready[number].pop(month, None)
            queue = self._waiting[number]
            if fresh is not None:
                queue = queue.followed_by(fresh)
            if not queue.draw.size:
                continue
            order = np.argsort(queue.draw, kind="stable")
            queue = _Candidates(*(getattr(queue, name)[order] for name in queue.__slots__))
            fte = track.programme.fte
            room = whole_people((free_fte - taken)[track.family], fte)
            served = rank_within(queue.draw) < room[queue.draw]
            people = np.bincount(queue.draw[served], minlength=room.size)
            converted[track.family] += people
            taken[track.family] += people * fte
            if self.work is not None:
                self.work.converted(track.family, people.astype(np.float64) * fte, month)
            self._employ(number, queue.where(served), month, joining)
            self._waiting[number] = self._turn_away(number, queue.where(~served))
        return converted, taken

    def finish(self) -> NDArray[np.int64]:
        """Return people by programme, stage and draw at the end, shape (P, stages, D)."""
        for number in range(len(self.tracks)):
            for ready in (self._waiting[number], *self._ready[number].values()):
                self._tally(number, "waiting_at_end", ready.draw)
        return self.stages

    def started_by_cohort(self) -> NDArray[np.int64]:
        """Return people who started by cohort, those in training at the opening month included.

        Returns:
            Cohorts of all tracks in their order, shape (cohorts, D).
        """
        keys = [cohort.key for track in self.tracks for cohort in track.cohorts]
        nobody = np.zeros(self.stages.shape[2], dtype=np.int64)
        found = [self.cohort_starts.get(key, nobody) for key in keys]
        return np.array(found, dtype=np.int64).reshape(len(keys), nobody.size)

    def _tally(self, number: int, stage: str, draw: IndexArray) -> None:
        row = self.stages[number, STAGES.index(stage)]
        row += np.bincount(draw, minlength=row.size)

    def _turn_away(self, number: int, queue: _Candidates) -> _Candidates:
        programme = self.tracks[number].programme
        if programme.no_post is NoPost.WAIT:
            return queue
        # Existing staff keep the job they came from; nobody loses employment by being trained.
        stays = programme.no_post is NoPost.REDEPLOY or programme.trainee is Trainee.EXISTING_STAFF
        self._tally(number, "redeployed" if stays else "no_post_left", queue.draw)
        return _Candidates.none()

    def _employ(self, number: int, queue: _Candidates, month: int, joining: Joining) -> None:
        track = self.tracks[number]
        self._tally(number, "converted", queue.draw)
        grade = GRADE_BANDS.index(GradeBand(track.programme.grade))
        draw, size = queue.draw, queue.draw.size
        started = np.array([cohort.start for cohort in track.cohorts])[queue.cohort]
        group = Group(
            family=np.full(size, track.family, dtype=np.intp),
            grade=np.full(size, grade, dtype=np.intp),
            draw=draw,
            origin=np.maximum(started, month - TENURE_CAP_MONTHS),
            boost=self._boost[number][draw],
            until=month + 12,
        )
        cell = queue.cohort * self.stages.shape[2] + draw
        place = self._numbers[number].places(cell, 0, queue.slot)

        post = joining.posts(track.family * self.stages.shape[2] + draw)
        fte = np.full(size, track.programme.fte)
        leaves = joining.join(group, fte, month, place, post)
        time = leaves.time
        if self.work is not None:
            self.work.gone(time, group.family, draw, fte, month, converted=True)
        if self.joined is not None:
            self.placed.append((number, month, self.joined(group, fte, leaves, place, month)))
            return
        self._tally(number, "in_role_at_end", draw[time >= self._months])
        if month + 12 <= self._months:
            self._tally(number, "converted_12_months_ago", draw)
            self._tally(number, "retained_12_months", draw[time >= month + 12])

    def _train(self, number: int, which: int, starters: IndexArray | None = None) -> None:
        """Draw what becomes of a cohort; of its places the first `starters` by draw are taken."""
        track, streams = self.tracks[number], self._streams
        programme, months, cohort = track.programme, self._months, track.cohorts[which]
        withdrawal = self._withdrawal[number]
        uniform = {
            what: streams.uniforms(f"{cohort.key}/{what}", cohort.size).astype(np.float64)
            for what in ("withdraw", "stay", "pass", "offer")
        }
        gone, leaves_in = withdrawal_months(programme, cohort, withdrawal, uniform["withdraw"])
        if starters is None:
            starters = np.full(streams.draws, cohort.size, dtype=np.intp)
        taken = np.arange(cohort.size)[:, None] < starters
        gone &= taken
        stays = uniform["stay"] < programme.stay_share
        result = max(1, cohort.start + cohort.duration + programme.assessment_months)
        family = track.family
        draw = np.broadcast_to(np.arange(streams.draws), gone.shape)
        shown = gone & (leaves_in <= months)
        np.add.at(self.withdrawn[family], (leaves_in[shown] - 1, draw[shown]), 1)
        if cohort.start >= 1:
            self.started[family, cohort.start - 1] += starters
        self.cohort_starts[cohort.key] = starters
        self._count_training(track, cohort, starters, result, (leaves_in[shown], draw[shown]))
        self.stages[number, STAGES.index("starts")] += starters
        self.stages[number, STAGES.index("not_started")] += cohort.size - starters
        self._tally(number, "withdrawn_stayed", draw[shown & stays])
        self._tally(number, "withdrawn_left", draw[shown & ~stays])
        if result > months:
            self._tally(number, "in_training_at_end", draw[taken & ~shown])
            return
        achieved = taken & ~gone & (uniform["pass"] < programme.pass_rate)
        offered = achieved & (uniform["offer"] < programme.offer_rate)
        self._tally(number, "achieved", draw[achieved])
        self._tally(number, "not_achieved", draw[taken & ~gone & ~achieved])
        self._tally(number, "not_offered", draw[achieved & ~offered])
        slot, place = np.nonzero(offered)
        fresh = _Candidates(place, np.full(place.size, which, dtype=np.intp), slot)
        before = self._ready[number].get(result, _Candidates.none())
        self._ready[number][result] = before.followed_by(fresh)

    def _count_training(
        self,
        track: Track,
        cohort: Cohort,
        starters: IndexArray,
        result: int,
        withdrawals: tuple[IndexArray, IndexArray],
    ) -> None:
        """Count who is in training, or waits for the result, at the end of each month."""
        months, draws = self._months, self.stages.shape[2]
        first, last = max(1, cohort.start), min(result - 1, months)
        if last < first:
            return
        month, draw = withdrawals
        gone = np.zeros((months + 1, draws), dtype=np.int32)
        np.add.at(gone, (month, draw), 1)
        there = starters - np.cumsum(gone, axis=0)[first : last + 1]
        self.in_training[track.family, first - 1 : last] += there
        if self.work is not None:
            self.work.trained(track, cohort, first, there)
        if self.mentors is not None:
            learns = max(0, cohort.start + cohort.duration - first)
            self.mentors.train(track.family, first, there[:learns])
        if (
            track.programme.seat is Seat.VACANT_POST
            and track.programme.trainee is Trainee.NEW_RECRUIT
        ):
            self.seated_fte[track.family, first - 1 : last] += there * track.programme.fte
