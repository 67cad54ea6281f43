"""Expected moves between families, reskilling and planned events, with fractional people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, GRADE_BANDS, Cause, GradeBand
from workforce.domain.opening import Opening
from workforce.domain.plan import NoPost, Plan, Programme
from workforce.projection.expected_pipeline import ExpectedPipeline
from workforce.projection.flows import events_of
from workforce.projection.hazards import VOLUNTARY
from workforce.projection.leaving import Central
from workforce.projection.mentors import SEASONED_MONTHS
from workforce.projection.population import Month, Population, Rows
from workforce.projection.training import Cohort, Track, withdrawn_share

__all__ = ["ExpectedFlows"]

FloatArray = NDArray[np.float64]

EVENT = CAUSES.index(Cause.ORGANISATIONAL_EVENT)


@dataclass(slots=True)
class _Class:
    """People of one cohort and plan who are in training, or wait for a post; shape (2, R).

    Attributes:
        plan: Index of the plan.
        track: The programme.
        cohort: The cohort.
        people: Heads and FTE by row, in the family they come from.
        back: The same of those who have just stopped and stay in the old post.
        waits: Whether they have achieved and wait for a post.
    """

    plan: int
    track: Track
    cohort: Cohort
    people: FloatArray
    back: FloatArray
    waits: bool = False


class ExpectedFlows:
    """The flows of P plans.

    Attributes:
        moves_in: People who came from another family, shape (P, F, T).
        moves_out: People who went to another family.
        transfers_in: People who arrived in planned transfers.
    """

    def __init__(
        self,
        opening: Opening,
        fixed: Central,
        plans: Sequence[Plan],
        multiplier: FloatArray,
        pipeline: ExpectedPipeline,
    ) -> None:
        """Stand at the opening month.

        Args:
            opening: The opening position.
            fixed: Parameters.
            plans: P plans.
            multiplier: Their lever multipliers, shape (P, F, G, 2, T).
            pipeline: Their apprentices and trainees.
        """
        self._opening, self._fixed, self._pipeline = opening, fixed, pipeline
        self._population = Population(opening, fixed, multiplier)
        months = len(fixed.pace)
        self._events = [events_of(plan, opening, months) for plan in plans]
        self._classes: list[_Class] = []
        self._placed: list[tuple[int, Programme, slice, int]] = []
        shape = (len(plans), len(opening.families), months)
        self.moves_in, self.moves_out, self.transfers_in = (np.zeros(shape) for _ in range(3))
        pipeline.joined = self._converted

    def leave(self, month: int) -> tuple[FloatArray, FloatArray]:
        """Return the month's leavers by plan, family and cause, and their FTE by plan and family.

        Shapes (P, F, C) and (P, F). Planned events and the starts of courses are part of it.
        """
        now = self._population.month(month)
        leavers, fte = self._population.leave(now, month)
        for each in self._classes:
            self._class_leaves(each, now, month, leavers, fte)
        for plan, events in enumerate(self._events):
            for event in events.get(month, ()):
                if not event.arrives:
                    family = self._opening.families.index(event.family)
                    gone = self._dismiss(plan, family, event.people, month)
                    leavers[plan, family, EVENT] += gone[0]
                    fte[plan, family] += gone[1]
        self._count_guides(month)
        for plan, tracks in enumerate(self._pipeline.tracks):
            for track in tracks:
                for cohort in track.cohorts if track.internal else ():
                    if cohort.start == month:
                        self._start(plan, track, cohort)
        self._count_retained(month)
        return leavers, fte

    def _class_leaves(
        self, each: _Class, now: Month, month: int, leavers: FloatArray, fte: FloatArray
    ) -> None:
        """Take from a class who leaves the organisation, and set aside who stops training."""
        plan, family, programme = each.plan, each.track.source, each.track.programme
        people = self._population.fit(each.people)
        before = people[0].sum()
        resigning = now.voluntary[plan, family] if each.waits else 0.0
        each.people, by_cause, gone_fte = now.take(people, resigning)
        leavers[plan, family] += by_cause
        fte[plan, family] += gone_fte
        left = before - each.people[0].sum()
        if each.waits:
            self._pipeline.tally(plan, programme, "no_post_left", left)
            return
        stops = each.people * self._stopping(each, month)
        each.people = each.people - stops
        each.back = stops * programme.stay_share
        resigned = stops - each.back
        leavers[plan, family, VOLUNTARY] += resigned[0].sum()
        fte[plan, family] += resigned[1].sum()
        self._drop_out(each, left + resigned[0].sum(), month)
        self._pipeline.tally(plan, programme, "withdrawn_stayed", each.back[0].sum())
        self._pipeline.withdrawn[plan, each.track.family, month - 1] += each.back[0].sum()

    def _drop_out(self, each: _Class, people: float, month: int) -> None:
        self._pipeline.tally(each.plan, each.track.programme, "withdrawn_left", people)
        self._pipeline.withdrawn[each.plan, each.track.family, month - 1] += people

    def _stopping(self, each: _Class, month: int) -> float:
        """Return the probability of stopping in a month for those still in training."""
        trained = month - each.cohort.start
        if trained > each.cohort.duration:
            return 0.0
        share = withdrawn_share(
            each.track.programme, each.cohort, np.array([trained - 1, trained], dtype=np.intp)
        )
        return float((share[1] - share[0]) / (1.0 - share[0])) if share[0] < 1.0 else 0.0

    def _dismiss(self, plan: int, family: int, people: int, month: int) -> FloatArray:
        """Let a planned event take people, all alike; return heads and FTE."""
        main = self._population.people[:, plan, family]
        classes = [e for e in self._classes if e.plan == plan and e.track.source == family]
        total = main.sum(axis=-1)
        for each in classes:
            total = total + each.people.sum(axis=-1) + each.back.sum(axis=-1)
        share = min(1.0, people / total[0]) if total[0] > 0 else 0.0
        main *= 1.0 - share
        for each in classes:
            gone = share * each.people[0].sum()
            each.people, each.back = (1.0 - share) * each.people, (1.0 - share) * each.back
            if each.waits:
                self._pipeline.tally(plan, each.track.programme, "no_post_left", gone)
            else:
                self._drop_out(each, gone, month)
        gone_fte: FloatArray = total * share
        return gone_fte

    def _start(self, plan: int, track: Track, cohort: Cohort) -> None:
        population = self._population
        free = population.rows.known == 0
        source = population.people[:, plan, track.source]
        there = source[0, free].sum()
        size, mentors = float(cohort.size), self._pipeline.mentors
        if mentors is not None:
            size = min(size, mentors.room(plan, track.family, cohort.start))
            self._pipeline.tally(plan, track.programme, "not_started", cohort.size - size)
        share = min(1.0, size / there) if there > 0 else 0.0
        people = source * (share * free)
        source -= people
        if mentors is not None:
            mentors.train(plan, track.family, cohort.start, people[0].sum(keepdims=True))
        self._classes.append(_Class(plan, track, cohort, people, np.zeros_like(people)))
        started = people[0].sum()
        self._pipeline.started[plan, track.family, cohort.start - 1] += started
        self._pipeline.tally(plan, track.programme, "starts", started)

    # -- arriving and moving -----------------------------------------------------------------------

    def arrive(self, month: int) -> FloatArray:
        """Let people arrive in planned transfers; return heads and FTE, shape (2, P, F)."""
        plans, families = self.moves_in.shape[:2]
        out = np.zeros((2, plans, families))
        for plan, events in enumerate(self._events):
            for event in events.get(month, ()):
                if event.arrives:
                    family = self._opening.families.index(event.family)
                    out[:, plan, family] += self._transfer_in(plan, family, event.people, month)
        self.transfers_in[..., month - 1] = out[0]
        return out

    def _transfer_in(self, plan: int, family: int, people: int, month: int) -> FloatArray:
        cells = self._opening.cells
        alike = (cells.family == family) & (cells.known_leave < 0) & (cells.people > 0)
        if alike.any():
            weight = cells.people[alike] / cells.people[alike].sum()
            each = cells.fte[alike] / cells.people[alike]
            grade, tenure = cells.grade[alike], np.minimum(cells.tenure_months[alike], 120)
        else:
            weight = self._fixed.starter_grade[family]
            grade, tenure = np.arange(len(weight)), np.zeros(len(weight), dtype=np.int64)
            each = np.full(len(weight), self._opening.starter_fte[family])
        heads = people * weight
        rows = Rows.joined(grade.astype(np.intp), (month - tenure).astype(np.intp))
        self.join(rows, plan, family, np.stack((heads, heads * each)))
        return np.array([heads.sum(), heads @ each])

    def join(self, rows: Rows, plan: int | None, family: int, people: FloatArray) -> slice:
        """Let people join one plan, or all of them, in a family; `people` has shape (2, n)."""
        plans, families = self.moves_in.shape[:2]
        every = np.zeros((2, plans, families, len(rows)))
        chosen = slice(None) if plan is None else slice(plan, plan + 1)
        every[:, chosen, family] = people[:, None]
        return self._population.add(rows, every)

    def hired(self, month: int, people: FloatArray, each_fte: FloatArray) -> None:
        """Let external hires join, shape (P, F), with the FTE of each, shape (F,)."""
        shares = self._fixed.starter_grade
        grades = np.arange(shares.shape[1])
        heads = people[..., None] * shares
        rows = Rows.joined(grades, np.full(grades.size, month))
        self._population.add(rows, np.stack((heads, heads * each_fte[:, None])))

    def between(self, month: int, free: FloatArray) -> FloatArray:
        """Move people between families.

        Args:
            month: The month, whose leavers have gone.
            free: Vacant FTE, shape (P, F); changed by those who move.

        Returns:
            Change of heads and FTE, shape (2, P, F).
        """
        change = np.zeros((2, *free.shape))
        if self._fixed.moves is not None:
            self._wander(self._fixed.moves, month, free, change)
        waiting = [each for each in self._classes if each.waits]
        for each in (*waiting, *(each for each in self._classes if not each.waits)):
            self._advance(each, month, free, change)
        self._classes = [each for each in self._classes if each.people[0].any()]
        return change

    def _wander(self, hazard: FloatArray, month: int, free: FloatArray, change: FloatArray) -> None:
        """Let those move who wish to, as far as posts are vacant."""
        people = self._population.people
        total = hazard.sum(axis=1)
        share = np.divide(-np.expm1(-total), total, out=np.zeros_like(total), where=total > 0)
        wish = hazard * share[:, None]
        able = people * (self._population.rows.known == 0)
        wanted = np.einsum("pfr,fg->pg", able[1], wish)
        room = np.maximum(free, 0.0)
        granted = np.divide(room, wanted, out=np.ones_like(room), where=wanted > room)
        flow = wish[None] * granted[:, None, :]
        gone = able * flow.sum(axis=2)[None, :, :, None]
        came = np.einsum("mpfr,pfg->mpgr", able, flow)
        self._population.people = people - gone + came
        self._record(month, gone.sum(axis=-1), came.sum(axis=-1), free, change)

    def _record(
        self, month: int, out: FloatArray, into: FloatArray, free: FloatArray, change: FloatArray
    ) -> None:
        self.moves_out[..., month - 1] += out[0]
        self.moves_in[..., month - 1] += into[0]
        change += into - out
        free += out[1] - into[1]

    def _advance(self, each: _Class, month: int, free: FloatArray, change: FloatArray) -> None:
        """Send back who stopped; place achievers or follow the policy."""
        plan, track, programme = each.plan, each.track, each.track.programme
        each.people = self._population.fit(each.people)
        self._return(each, each.back)
        each.back = np.zeros_like(each.people)
        result = each.cohort.start + each.cohort.duration + programme.assessment_months
        if not each.waits:
            if month < result:
                there = each.people[0].sum()
                self._pipeline.in_training[plan, track.family, month - 1] += there
                if self._pipeline.work is not None:
                    self._pipeline.work.trained(plan, track, each.cohort, month, np.array([there]))
                return
            self._achieve(each)
        heads, fte = each.people.sum(axis=-1)
        room = max(0.0, float(free[plan, track.family]))
        share = min(1.0, room / fte) if fte > 0 else 0.0
        placed = each.people * share
        if placed[0].any():
            self._place(each, placed, month, free, change)
        each.people = each.people - placed
        if programme.no_post is NoPost.WAIT:
            each.waits = True
            return
        self._pipeline.tally(plan, programme, "redeployed", heads * (1.0 - share))
        self._return(each, each.people)
        each.people = np.zeros_like(each.people)

    def _achieve(self, each: _Class) -> None:
        programme, heads = each.track.programme, each.people[0].sum()
        achieved = heads * programme.pass_rate
        offered = achieved * programme.offer_rate
        for stage, people in (
            ("achieved", achieved),
            ("not_achieved", heads - achieved),
            ("not_offered", achieved - offered),
        ):
            self._pipeline.tally(each.plan, programme, stage, people)
        taken = programme.pass_rate * programme.offer_rate
        self._return(each, each.people * (1.0 - taken))
        each.people = each.people * taken

    def _return(self, each: _Class, people: FloatArray) -> None:
        family = self._population.people[:, each.plan, each.track.source]
        family += self._population.fit(people)

    def _place(
        self, each: _Class, people: FloatArray, month: int, free: FloatArray, change: FloatArray
    ) -> None:
        """Move people to the family they were trained for, at the grade of the programme."""
        plan, track, programme = each.plan, each.track, each.track.programme
        some = np.flatnonzero(people[0])
        old = self._population.rows
        rows = Rows(
            grade=np.full(some.size, GRADE_BANDS.index(GradeBand(programme.grade))),
            origin=old.origin[some],
            age=old.age[some],
            term=old.term[some],
            known=old.known[some],
            known_cause=old.known_cause[some],
            boost=np.full(some.size, programme.post_hazard_ratio),
            until=np.full(some.size, month + 12),
        )
        where = self.join(rows, plan, track.family, people[:, some])
        self._follow(plan, programme, where, month)
        self._pipeline.tally(plan, programme, "converted", people[0].sum())
        out, into = np.zeros_like(change), np.zeros_like(change)
        out[:, plan, track.source] = into[:, plan, track.family] = people.sum(axis=-1)
        self._record(month, out, into, free, change)

    def _converted(self, plan: int, track: Track, origin: int, month: int, people: float) -> None:
        """Let apprentices of a plan join who were converted in a month."""
        programme = track.programme
        rows = Rows.joined(
            np.array([GRADE_BANDS.index(GradeBand(programme.grade))]),
            np.array([origin]),
            programme.post_hazard_ratio,
            month + 12,
        )
        both = np.array([[people], [people * programme.fte]])
        self._follow(plan, programme, self.join(rows, plan, track.family, both), month)

    def _follow(self, plan: int, programme: Programme, where: slice, month: int) -> None:
        self._placed.append((plan, programme, where, month))
        if month + 12 <= len(self._fixed.pace):
            people = self._population.people[0, plan, :, where].sum()
            self._pipeline.tally(plan, programme, "converted_12_months_ago", people)

    def _count_retained(self, month: int) -> None:
        for plan, programme, where, begun in self._placed:
            if begun + 12 == month:
                people = self._population.people[0, plan, :, where].sum()
                self._pipeline.tally(plan, programme, "retained_12_months", people)

    def _count_guides(self, month: int) -> None:
        """Count who can guide apprentices when a month's leavers have gone, and who needs them."""
        mentors, rows = self._pipeline.mentors, self._population.rows
        if mentors is None:
            return
        able = (rows.grade > 0) & (month - rows.origin >= SEASONED_MONTHS)
        people = self._population.people[0].copy()
        for each in self._classes:
            here = self._population.fit(each.people) + self._population.fit(each.back)
            people[each.plan, each.track.source] += here[0]
            if not each.waits and month < each.cohort.start + each.cohort.duration:
                learning = each.people[0].sum(keepdims=True)
                mentors.train(each.plan, each.track.family, month, learning)
        mentors.count(month, people[..., able].sum(axis=-1))

    def work(self, month: int) -> None:
        """Book what people in post at the end of a month do not do yet."""
        work, rows = self._pipeline.work, self._population.rows
        if work is not None:
            missing = work.missing(month - rows.origin, month - (rows.until - 12), rows.until > 0)
            work.work[..., month - 1] -= self._population.people[1] @ missing

    def finish(self) -> None:
        """Count where everybody who was trained is at the end."""
        for each in self._classes:
            stage = "waiting_at_end" if each.waits else "in_training_at_end"
            self._pipeline.tally(each.plan, each.track.programme, stage, each.people[0].sum())
        for plan, programme, where, _ in self._placed:
            people = self._population.people[0, plan, :, where].sum()
            self._pipeline.tally(plan, programme, "in_role_at_end", people)
