"""Reskilling: people in post of one family are trained for another and move where a post is vacant.

They stay in post while they train. Resigning is then part of the programme's withdrawal and is not
drawn a second time; retirement, contract ends and other exits go on as for everybody.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, GradeBand
from workforce.domain.plan import NoPost
from workforce.projection.hazards import VOLUNTARY
from workforce.projection.moving import Moving
from workforce.projection.pipeline import STAGES, Pipeline
from workforce.projection.roster import NOBODY, Roster, serve
from workforce.projection.streams import Streams
from workforce.projection.training import (
    Cohort,
    Track,
    post_ratio_draws,
    withdrawal_draws,
    withdrawal_months,
)
from workforce.projection.vacancies import rank_within

__all__ = ["Reskilling"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_CHOICE: Final = 7200
"""Channel that chooses trainees, plus the month."""
_LATE: Final = 1e-6
"""A withdrawal comes at the end of its month, after every other way of leaving."""


@dataclass(slots=True)
class _Class:
    """Trainees of one cohort who are still in training; arrays of shape (n,).

    Attributes:
        cohort: The cohort.
        rows: Who they are.
        end: Month in which their training ends for them.
        stops: Whether that is a withdrawal (with the old post kept).
        passes: Whether they achieve otherwise.
        takes: Whether they are offered a post then and take it.
    """

    cohort: Cohort
    rows: IndexArray
    end: IndexArray
    stops: NDArray[np.bool_]
    passes: NDArray[np.bool_]
    takes: NDArray[np.bool_]

    def where(self, mask: NDArray[np.bool_]) -> "_Class":
        """Return those for whom `mask` holds."""
        arrays = (getattr(self, name)[mask] for name in self.__slots__[1:])
        return _Class(self.cohort, *arrays)


class Reskilling:
    """Everybody of one plan who is trained for another family, in one block of draws."""

    def __init__(
        self, pipeline: Pipeline, roster: Roster, moving: Moving | None, streams: Streams
    ) -> None:
        """Stand at the opening month.

        Args:
            pipeline: Holds the plan's tracks, and counts people in training and their stages.
            roster: The people.
            moving: Their wishes to move, if there are any.
            streams: Random numbers.
        """
        self._pipeline, self._roster, self._moving = pipeline, roster, moving
        self._streams = streams
        self._tracks = [
            (number, track) for number, track in enumerate(pipeline.tracks) if track.internal
        ]
        self._classes: dict[int, list[_Class]] = {number: [] for number, _ in self._tracks}
        self._waiting = {number: NOBODY for number, _ in self._tracks}
        self._boost = {
            number: post_ratio_draws(track.programme, streams) for number, track in self._tracks
        }

    def start(self, month: int) -> None:
        """Choose the trainees of the cohorts that start in a month, whose leavers have gone."""
        for number, track in self._tracks:
            for each in self._classes[number]:
                self._need_guides(track, each, month)
        for number, track in self._tracks:
            for cohort in track.cohorts:
                if cohort.start == month:
                    self._start(number, track, cohort)

    def _start(self, number: int, track: Track, cohort: Cohort) -> None:
        roster, programme, month = self._roster, track.programme, cohort.start
        wanted = np.full(roster.draws, cohort.size)
        if self._pipeline.mentors is not None:
            wanted = np.minimum(self._pipeline.mentors.room(track.family, month), cohort.size)
            stage = self._pipeline.stages[number, STAGES.index("not_started")]
            stage += cohort.size - wanted
        rows = roster.choose(track.source, month, wanted, _CHOICE + month, free=True)
        draw = roster.take("draw", rows)
        slot = rank_within(draw)
        uniform = {
            what: self._streams.uniforms(f"{cohort.key}/{what}", cohort.size).astype(np.float64)
            for what in ("withdraw", "stay", "pass", "offer")
        }
        withdrawal = withdrawal_draws(programme, self._streams)
        gone, last = withdrawal_months(programme, cohort, withdrawal, uniform["withdraw"])
        gone, last = gone[slot, draw], last[slot, draw]
        stays = uniform["stay"][slot, draw] < programme.stay_share
        result = cohort.start + cohort.duration + programme.assessment_months
        # Numbers were drawn for months after the start at the earliest.
        leaves = np.where(gone & ~stays, last - _LATE, np.inf)
        rest = roster["rest"][rows]
        cause = np.where(leaves < rest, VOLUNTARY, roster["rest_cause"][rows])
        roster.settle(rows, np.minimum(leaves, rest), cause)
        roster["busy"][rows] = True
        people = np.bincount(draw, minlength=roster.draws)
        self._pipeline.started[track.family, month - 1] += people
        self._pipeline.cohort_starts[cohort.key] = people
        self._tally(number, "starts", rows)
        fresh = _Class(
            cohort,
            rows,
            np.where(gone, last, result),
            gone,
            uniform["pass"][slot, draw] < programme.pass_rate,
            uniform["offer"][slot, draw] < programme.offer_rate,
        )
        self._classes[number].append(fresh)
        self._need_guides(track, fresh, month)

    def _need_guides(self, track: Track, each: _Class, month: int) -> None:
        """Count those of a class who are guided in a month, where there is a cap on them."""
        mentors, cohort = self._pipeline.mentors, each.cohort
        if mentors is None or month >= cohort.start + cohort.duration:
            return
        roster = self._roster
        rows = each.rows[(each.end > month) & roster.present(each.rows, month)]
        draw = roster.take("draw", rows)
        mentors.train(track.family, month, np.bincount(draw, minlength=roster.draws)[None])

    def finish_month(self, month: int, free: FloatArray) -> tuple[IndexArray, IndexArray]:
        """End the training that ends in a month, and place achievers where a post is vacant.

        Args:
            month: The month, whose leavers have gone.
            free: Vacant FTE, shape (F, D); changed by those who move.

        Returns:
            Rows of those who moved, and the families they came from.
        """
        moved, left = [NOBODY], [NOBODY]
        for number, track in self._tracks:
            ready = np.concatenate((self._wait(number, month), self._advance(number, track, month)))
            placed = self._place(number, track, ready, month, free)
            moved.append(placed)
            left.append(np.full(placed.size, track.source))
        return np.concatenate(moved), np.concatenate(left)

    def _advance(self, number: int, track: Track, month: int) -> IndexArray:
        """Take those out of training who leave it, and return who has accepted a post."""
        roster, pipeline = self._roster, self._pipeline
        ready = [NOBODY]
        remaining = []
        for each in self._classes[number]:
            here = roster.present(each.rows, month)
            self._withdrawn(track, each.rows[~here], month)
            self._tally(number, "withdrawn_left", each.rows[~here])
            due = each.where(here & (each.end == month))
            self._withdrawn(track, due.rows[due.stops], month)
            self._tally(number, "withdrawn_stayed", due.rows[due.stops])
            reached = due.where(~due.stops)
            self._tally(number, "achieved", reached.rows[reached.passes])
            self._tally(number, "not_achieved", reached.rows[~reached.passes])
            self._tally(number, "not_offered", reached.rows[reached.passes & ~reached.takes])
            accepted = reached.passes & reached.takes
            ready.append(reached.rows[accepted])
            self._resume(due.rows[due.stops], month)
            self._resume(reached.rows[~accepted], month)
            left = each.where(here & (each.end > month))
            if left.rows.size:
                remaining.append(left)
                draw = roster.take("draw", left.rows)
                there = np.bincount(draw, minlength=roster.draws)
                pipeline.in_training[track.family, month - 1] += there
                if pipeline.work is not None:
                    pipeline.work.trained(track, each.cohort, month, there[None])
        self._classes[number] = remaining
        return np.concatenate(ready)

    def _wait(self, number: int, month: int) -> IndexArray:
        """Return who still waits for a post; while waiting they are in the old one as before."""
        rows = self._waiting[number]
        here = self._roster.present(rows, month)
        self._tally(number, "no_post_left", rows[~here])
        return rows[here]

    def _place(
        self, number: int, track: Track, ready: IndexArray, month: int, free: FloatArray
    ) -> IndexArray:
        roster, programme = self._roster, track.programme
        ready = ready[np.argsort(roster["draw"][ready], kind="stable")]
        draw = roster.take("draw", ready)
        source, target = (np.full(ready.size, each) for each in (track.source, track.family))
        found = serve(draw, source, target, roster["fte"][ready], free)
        placed, others = ready[found], ready[~found]
        roster["grade"][placed] = GRADE_BANDS.index(GradeBand(programme.grade))
        roster["boost"][placed] = self._boost[number][draw[found]]
        roster["until"][placed] = month + 12
        roster.transfer(placed, target[found], month)
        self._free(placed, month)
        self._settle_in(track, placed, month)
        self._tally(number, "converted", placed)
        self._pipeline.placed.append((number, month, placed))
        if programme.no_post is NoPost.WAIT:
            fresh = others[~np.isin(others, self._waiting[number])]
            roster.resume(fresh, month)
            self._waiting[number] = others
        else:
            self._tally(number, "redeployed", others)
            self._resume(others, month)
        return placed

    def _settle_in(self, track: Track, placed: IndexArray, month: int) -> None:
        """Book that achievers do not work at full speed yet in their new post."""
        work, roster = self._pipeline.work, self._roster
        if work is None or not placed.size:
            return
        draw, fte = roster.take("draw", placed), roster["fte"][placed]
        work.converted(track.family, np.bincount(draw, fte, roster.draws).astype(np.float64), month)
        family = np.full(placed.size, track.family)
        work.gone(roster["exit"][placed], family, draw, fte, month, converted=True)

    def _resume(self, rows: IndexArray, month: int) -> None:
        """Let people go on in the post they never left."""
        self._roster.resume(rows, month)
        self._free(rows, month)

    def _free(self, rows: IndexArray, month: int) -> None:
        self._roster["busy"][rows] = False
        if self._moving is not None:
            self._moving.expect(rows, month)

    def _withdrawn(self, track: Track, rows: IndexArray, month: int) -> None:
        draw = self._roster.take("draw", rows)
        people = np.bincount(draw, minlength=self._roster.draws)
        self._pipeline.withdrawn[track.family, month - 1] += people

    def _tally(self, number: int, stage: str, rows: IndexArray) -> None:
        draw = self._roster.take("draw", rows)
        people = np.bincount(draw, minlength=self._roster.draws)
        self._pipeline.stages[number, STAGES.index(stage)] += people

    def finish(self) -> None:
        """Count where everybody is at the end."""
        roster, months = self._roster, self._roster.months
        for number, _ in self._tracks:
            for each in self._classes[number]:
                self._tally(number, "in_training_at_end", each.rows)
            self._tally(number, "waiting_at_end", self._waiting[number])
        for number, month, rows in self._pipeline.placed:
            self._tally(number, "in_role_at_end", rows[roster.present(rows, months)])
            if month + 12 <= months:
                self._tally(number, "converted_12_months_ago", rows)
                retained = roster.present(rows, month + 12)
                self._tally(number, "retained_12_months", rows[retained])
