"""The expected-value engine: the same months with fractional people and fixed parameters.

It agrees with the ensemble's mean, parameters fixed, wherever the month is linear. It is not the
ensemble's mean in general: a vacancy cannot be negative and an offer needs a whole vacant post, and
both make the mean of many futures differ from the future of the mean. It has no ranges; search and
quick looks use it, what is shown as a forecast comes from the ensemble.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, GRADE_BANDS, GradeBand
from workforce.domain.capacity import Productivity
from workforce.domain.errors import UserError
from workforce.domain.opening import Opening
from workforce.domain.plan import MAX_HORIZON_MONTHS, Plan, Programme
from workforce.domain.rates import Rates
from workforce.projection.capacity import ExpectedWorkload, agency_cover, known_cover
from workforce.projection.expected_flows import ExpectedFlows
from workforce.projection.expected_pipeline import ExpectedPipeline
from workforce.projection.expected_result import Expected
from workforce.projection.filling import central_filling
from workforce.projection.flows import flows_needed
from workforce.projection.leaving import (
    Central,
    central,
    multipliers,
    stock_leavers,
)
from workforce.projection.mentors import ExpectedMentors, caps_starts
from workforce.projection.newcomers import book_hires, hire_leavers
from workforce.projection.population import Rows
from workforce.projection.result import FLOW_MEASURES
from workforce.projection.training import cohorts_of
from workforce.projection.vacancies import (
    SLACK,
    capacity,
    establishment_path,
    frozen,
    reserved_path,
    stationary_ages,
)

__all__ = ["Expected", "expect"]

FloatArray = NDArray[np.float64]

_CHUNK: Final = 32
"""Plans worked on together; their arrays stay in the processor's cache."""


def expect(
    opening: Opening,
    rates: Rates,
    plans: Sequence[Plan],
    *,
    months: int | None = None,
    continuing: Sequence[Programme] = (),
    productivity: Productivity | None = None,
) -> Expected:
    """Project every plan with fractional people and central parameters.

    Args:
        opening: The opening position.
        rates: Leaving and hiring rates of at least the opening's families.
        plans: Plans with different names.
        months: Months projected; the longest of the plans' horizons if not given.
        continuing: One programme for each entry of `opening.apprentices`, in its order.
        productivity: How much work people do; without it there are no measures of capacity.

    Returns:
        Expected values. Cost grows with the number of different circumstances of people, not with
        the number of people; plans with the same levers share most of it.

    Raises:
        UserError: If two plans have one name, or a programme is for a family not projected.
        ValueError: If months are out of range, a projected family has no rates, or `continuing`
            does not match `opening.apprentices`.
    """
    names = tuple(plan.name for plan in plans)
    if not names:
        raise ValueError("there is no plan to project")
    if len(set(names)) < len(names):
        raise UserError("Two scenarios have the same name. Rename one of them.")
    horizon = max(plan.horizon_months for plan in plans) if months is None else months
    if not 1 <= horizon <= MAX_HORIZON_MONTHS:
        raise ValueError(f"months must lie between 1 and {MAX_HORIZON_MONTHS}, not {horizon}")
    fixed = central(rates, opening.families, opening.as_of, horizon)
    flowing = any(flows_needed(plan, rates, opening, horizon) for plan in plans)
    chunks = [
        _Recursion(
            opening,
            fixed,
            plans[first : first + _CHUNK],
            horizon,
            continuing,
            productivity,
            flowing=flowing,
        ).run()
        for first in range(0, len(plans), _CHUNK)
    ]
    return Expected(
        scenarios=names,
        months=tuple(int(month) for month in opening.as_of + np.arange(1, horizon + 1)),
        families=opening.families,
        opening_people=opening.headcount().astype(np.float64),
        stored={
            measure: np.concatenate([stored[measure] for stored, _ in chunks])
            for measure in chunks[0][0]
        },
        stages=tuple(stages for _, each in chunks for stages in each),
        capacity=productivity is not None,
    )


class _Recursion:
    """Some plans, walked through the months together."""

    def __init__(
        self,
        opening: Opening,
        fixed: Central,
        plans: Sequence[Plan],
        months: int,
        continuing: Sequence[Programme],
        productivity: Productivity | None,
        *,
        flowing: bool,
    ) -> None:
        self._productivity = productivity
        self._opening = opening
        self._months = months
        packages: dict[Any, Plan] = {}
        for plan in plans:
            packages.setdefault((plan.leaving_levers, plan.combination), plan)
        keys = list(packages)
        package = [keys.index((plan.leaving_levers, plan.combination)) for plan in plans]
        multiplier = multipliers(list(packages.values()), opening.families, opening.as_of, months)
        self._work: ExpectedWorkload | None = None
        if productivity is not None:
            self._work = ExpectedWorkload(productivity, opening.families, months, len(plans))
        self._mentors: ExpectedMentors | None = None
        if any(caps_starts(plan, opening.as_of, months) for plan in plans):
            self._mentors = ExpectedMentors(
                [plan.mentor_cap for plan in plans], opening, fixed, multiplier[package]
            )
        # Most plans fund the same posts.
        demands = list(dict.fromkeys((plan.demand, plan.events) for plan in plans))
        paths = [
            establishment_path(
                opening.establishment_fte, opening.families, demand, opening.as_of, months, events
            )
            for demand, events in demands
        ]
        self._posts = np.stack([paths[demands.index((p.demand, p.events))] for p in plans])
        self._fraction = self._mean_fraction(plans)
        self._pipeline = ExpectedPipeline(
            [cohorts_of(opening, plan, continuing, months) for plan in plans],
            fixed,
            multiplier[package],
            months,
            work=self._work,
            mentors=self._mentors,
        )
        self._flows: ExpectedFlows | None = None
        if flowing:
            # Where people in post are moved, leaving is worked out month by month.
            shape = (*self._posts.shape[:2], len(CAUSES), months)
            self._exits, self._exits_fte = np.zeros(shape), np.zeros(self._posts.shape)
            self._flows = ExpectedFlows(opening, fixed, plans, multiplier[package], self._pipeline)
        else:
            people, fte = stock_leavers(opening, fixed, multiplier)
            self._exits, self._exits_fte = people[package], fte[package]
            self._package = np.array(package)
            self._hire_leavers = hire_leavers(fixed, multiplier)
            if self._work is not None:
                gone = np.cumsum(self._hire_leavers.sum(axis=3), axis=-1)
                self._lived = (1.0 - gone)[package]
                self._work.stock(
                    opening, lambda some: stock_leavers(some, fixed, multiplier)[1][package]
                )
        self._reserved = reserved_path(opening, months)
        hazard = fixed.fill[None] * np.array([p.hiring.speed for p in plans])[:, None, None]
        self._chance = -np.expm1(-hazard)
        self._filling = self._levers_on_filling(plans, fixed)
        self._fill_hazard = hazard
        self._frozen = np.stack([frozen(p.hiring, opening.as_of, months) for p in plans])
        caps = [capacity(p.hiring, months) for p in plans]
        self._cap = np.stack(
            [np.full(months, np.inf) if cap is None else cap.astype(np.float64) for cap in caps]
        )
        self._queue = np.repeat(self._first_openings(fixed)[None], len(plans), axis=0)
        self._backlog = np.zeros(self._posts.shape[:2])

    def _mean_fraction(self, plans: Sequence[Plan]) -> FloatArray:
        """Return the vacant FTE too small to be an opening, on average, shape (P, F, T).

        Openings are whole people. Where everybody works full time it is the fraction of the posts;
        otherwise any fraction of a starter is as likely as another, and half of one is the mean.
        """
        opening = self._opening
        cells = opening.cells
        apart = np.abs(cells.fte - cells.people) > SLACK
        part_time = np.bincount(cells.family[apart], minlength=len(opening.families)) > 0
        part_time |= np.abs(opening.starter_fte - 1.0) > SLACK
        for starter in opening.starters:
            if starter.family in opening.families and abs(starter.fte - starter.people) > SLACK:
                part_time[opening.families.index(starter.family)] = True
        for programme in (each for plan in plans for each in plan.programmes):
            if abs(programme.fte - 1.0) > SLACK:
                part_time[opening.families.index(programme.family)] = True
        fraction = self._posts - np.floor(self._posts + SLACK)
        return np.where(part_time[:, None], 0.5 * opening.starter_fte[:, None], fraction)

    def _levers_on_filling(self, plans: Sequence[Plan], fixed: Central) -> FloatArray | None:
        """Return what each plan's levers make of the fill hazard, shape (P, F, T)."""
        opening = self._opening
        ahead = opening.as_of + np.arange(1, self._months + 1)
        found = [central_filling(p, opening.families, fixed.starter_grade, ahead) for p in plans]
        if all(each is None for each in found):
            return None
        still = np.ones((len(opening.families), self._months))
        return np.stack([still if each is None else each for each in found])

    def _first_openings(self, fixed: Central) -> FloatArray:
        """Return openings at the start by age, shape (F, V)."""
        ages = fixed.fill.shape[1]
        given = self._opening.open_vacancies.astype(np.float64)
        if not given.shape[1]:
            free = self._opening.establishment_fte - self._opening.fte() - self._reserved[:, 0]
            people = np.maximum(free, 0.0) / self._opening.starter_fte
            given = people[:, None] * stationary_ages(fixed.fill)
        out = np.zeros((len(given), ages))
        kept = min(ages, given.shape[1])
        out[:, :kept] = given[:, :kept]
        out[:, -1] += given[:, kept:].sum(axis=1)
        return out

    def run(self) -> tuple[dict[str, FloatArray], tuple[dict[tuple[str, str], float], ...]]:
        """Return the stored measures, shape (P, F, T) each, and the apprentices' stages."""
        opening, months = self._opening, self._months
        shape = self._posts.shape
        heads = np.repeat(opening.headcount().astype(np.float64)[None], shape[0], axis=0)
        in_post = np.repeat(opening.fte()[None], shape[0], axis=0)
        out: dict[str, FloatArray] = {
            name: np.zeros(shape)
            for name in ("headcount", "fte", "gap", "hires", "apprentices_converted")
        }
        for at in range(months):
            self._leave(at)
            heads = heads - self._exits[..., at].sum(axis=-1)
            in_post = in_post - self._exits_fte[..., at]
            self._pipeline.start(at + 1)
            posts = self._posts[..., at] - self._pipeline.seated_fte[..., at]
            arrivals = self._transfer_in(at)
            heads, in_post = heads + arrivals[0], in_post + arrivals[1]
            free = posts - in_post - self._reserved[:, at]
            moved = self._between_families(at, free)
            heads, in_post = heads + moved[0], in_post + moved[1]
            joined, joined_fte = self._pipeline.convert(at + 1, free, self._exits, self._exits_fte)
            arrived, arrived_fte = self._arrive(at + 1)
            whole = np.maximum(free - joined_fte - self._fraction[..., at], 0.0)
            hired = self._hire(at, whole / opening.starter_fte)
            self._book(at, hired, opening.starter_fte)
            heads = heads + joined + arrived + hired
            in_post = in_post + joined_fte + arrived_fte + hired * opening.starter_fte
            gap = posts - in_post
            gap[np.abs(gap) < SLACK] = 0.0
            out["headcount"][..., at], out["fte"][..., at] = heads, in_post
            out["gap"][..., at], out["hires"][..., at] = gap, hired + arrived
            out["apprentices_converted"][..., at] = joined
            if self._flows is not None:
                self._flows.work(at + 1)
        out["establishment"] = self._posts
        out["apprentices_in_training"] = self._pipeline.in_training
        out["apprentices_started"] = self._pipeline.started
        out["apprentices_withdrawn"] = self._pipeline.withdrawn
        for k, cause in enumerate(CAUSES):
            out[f"leavers_{cause}"] = self._exits[:, :, k]
        for measure in FLOW_MEASURES if self._flows is not None else ():
            out[measure] = getattr(self._flows, measure)
        if self._flows is not None:
            self._flows.finish()
        if self._work is not None and self._productivity is not None:
            share, booked = self._productivity.agency_share, known_cover(opening, months)
            agency = agency_cover(np.maximum(out["gap"], 0.0), share, booked)
            mentors = self._work.mentors
            out |= {"agency_fte": agency, "mentor_fte": mentors}
            out["effective_capacity"] = out["fte"] + self._work.work - mentors + agency
        return out, self._pipeline.finish()

    def _leave(self, at: int) -> None:
        """Complete what is booked for a month; without flows everything is booked on arrival."""
        if self._flows is not None:
            self._exits[..., at], self._exits_fte[..., at] = self._flows.leave(at + 1)

    def _transfer_in(self, at: int) -> FloatArray:
        """Let people arrive in planned transfers; return heads and FTE, shape (2, P, F)."""
        if self._flows is None:
            return np.zeros((2, 1, 1))
        return self._flows.arrive(at + 1)

    def _between_families(self, at: int, free: FloatArray) -> FloatArray:
        """Move people between families; return the change of heads and FTE, shape (2, P, F)."""
        if self._flows is None:
            return np.zeros((2, 1, 1))
        return self._flows.between(at + 1, free)

    def _book(self, at: int, people: FloatArray, each_fte: FloatArray) -> None:
        """Book when people who joined in a month leave."""
        if not people.any():
            return
        if self._flows is not None:
            self._flows.hired(at + 1, people, each_fte)
            return
        book_hires(
            at, people, each_fte, self._hire_leavers, self._package, self._exits, self._exits_fte
        )
        if self._work is not None:
            self._work.hired(people * each_fte, self._lived[:, :, at, at:], at)
        if self._mentors is not None:
            self._mentors.hired(people, at)

    def _hire(self, at: int, target: FloatArray) -> FloatArray:
        """Open or withdraw openings until there are `target`, fill what is due, age the rest."""
        queue, backlog = self._queue, self._backlog
        change = target - queue.sum(axis=-1) - backlog
        drop = np.maximum(-change, 0.0)
        if drop.any():
            # The youngest go first; those already found a candidate go last.
            younger = np.cumsum(queue, axis=-1) - queue
            taken = np.clip(drop[..., None] - younger, 0.0, queue)
            queue = queue - taken
            backlog = np.maximum(backlog - (drop - taken.sum(axis=-1)), 0.0)
        queue[..., 0] += np.maximum(change, 0.0)
        open_now = ~self._frozen[:, at]
        chance = self._chance
        if self._filling is not None:
            chance = -np.expm1(-self._fill_hazard * self._filling[:, :, at, None])
        due = queue * chance * open_now[:, None, None]
        ready = backlog + due.sum(axis=-1)
        most = np.where(open_now, self._cap[:, at], 0.0)
        total = ready.sum(axis=-1)
        share = np.divide(most, total, out=np.ones_like(total), where=total > most)
        hired: FloatArray = ready * share[:, None]
        self._backlog = ready - hired
        queue = queue - due
        self._queue = np.concatenate((np.zeros_like(queue[..., :1]), queue[..., :-1]), axis=-1)
        self._queue[..., -1] += queue[..., -1]
        return hired

    def _arrive(self, month: int) -> tuple[FloatArray, FloatArray]:
        """Let known starters arrive; return heads and FTE by family, shape (F,) each."""
        opening = self._opening
        people, fte = np.zeros(len(opening.families)), np.zeros(len(opening.families))
        for starter in opening.starters:
            if starter.family in opening.families and month == max(
                1, starter.month - opening.as_of
            ):
                row = opening.families.index(starter.family)
                people[row] += starter.people
                fte[row] += starter.fte
                self._starters(row, starter.grade, month, starter.people, starter.fte)
        return people, fte

    def _starters(self, row: int, grade: str, month: int, people: int, fte: float) -> None:
        if self._flows is not None:
            band = np.array([GRADE_BANDS.index(GradeBand(grade))])
            both = np.array([[float(people)], [fte]])
            self._flows.join(Rows.joined(band, np.array([month])), None, row, both)
            return
        leave = self._pipeline.leavers(row, grade, origin=month, month=month, boost=1.0)
        self._exits[:, row, :, month:] += people * leave
        self._exits_fte[:, row, month:] += fte * leave.sum(axis=1)
        still = 1.0 - np.cumsum(leave.sum(axis=1), axis=-1)
        if self._work is not None:
            each = np.zeros((1, len(self._opening.families)))
            each[0, row] = fte
            from_now = np.concatenate((np.ones((len(still), 1)), still), axis=1)
            self._work.hired(each, from_now[:, None], month - 1)
        if self._mentors is not None:
            grade_row = GRADE_BANDS.index(GradeBand(grade))
            for plan, lived in enumerate(people * still):
                self._mentors.joined(plan, row, grade_row, origin=month, month=month, lived=lived)
