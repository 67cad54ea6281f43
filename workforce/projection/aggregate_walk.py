"""One plan through the months for very many people, kept as counts of groups.

The months, their order, the parameters and the apprentices are those of `walk`; the people in post
and the openings are counts.
"""

from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, GRADE_BANDS, Cause, GradeBand
from workforce.domain.errors import UserError
from workforce.domain.opening import KnownStarter
from workforce.domain.plan import Plan
from workforce.projection.aggregate import Crowd
from workforce.projection.aggregate_flows import CountedFlows
from workforce.projection.aggregate_openings import CountedOpenings
from workforce.projection.exits import Exits
from workforce.projection.flows import flows_needed
from workforce.projection.mentors import CountedMentors, caps_starts
from workforce.projection.quits import Quits
from workforce.projection.walk import Scene, Shared, Walk

__all__ = ["CountedWalk", "refuse_uncounted", "uncounted"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]

_EVENT: Final = CAUSES.index(Cause.ORGANISATIONAL_EVENT)


def uncounted(plan: Plan) -> tuple[str, ...]:
    """Return the parts of a plan that can be followed person by person only, in words."""
    reskilled = any(each.from_family and each.size for each in plan.programmes)
    return ("reskilling between families",) if reskilled else ()


def refuse_uncounted(plan: Plan) -> None:
    """Refuse a plan that groups of people cannot follow.

    Args:
        plan: A plan for an organisation too large to follow everybody.

    Raises:
        UserError: If it holds such a part.
    """
    found = uncounted(plan)
    if found:
        raise UserError(
            f"“{plan.name}” has {' and '.join(found)}, which cannot be projected for an "
            "organisation of this size. Take it out of the plan, or project a smaller part of the "
            "organisation."
        )


class CountedWalk(Walk):
    """A walk that keeps people and openings as counts."""

    def __init__(
        self, scene: Scene, shared: Shared, quits: Quits, exits: Exits, crowd: Crowd
    ) -> None:
        """Stand at the opening month.

        Args:
            scene: The plan for this organisation.
            shared: What it has in common with the other plans.
            quits: Who resigns when under its levers, for the apprentices.
            exits: Known exits; everybody else's leaving is added month by month.
            crowd: The people in post.
        """
        mentors: CountedMentors | None = None
        if caps_starts(scene.plan, scene.opening.as_of, scene.months):
            families, draws = len(scene.opening.families), shared.streams.draws
            mentors = CountedMentors(scene.plan.mentor_cap or 0.0, families, scene.months, draws)
        super().__init__(scene, shared, quits, exits, mentors=mentors)
        self._crowd = crowd
        self._counted_mentors = mentors
        self._moves: CountedFlows | None = None
        if flows_needed(scene.plan, scene.rates, scene.opening, scene.months):
            self._moves = CountedFlows(scene, shared, crowd)

    def _openings(self) -> CountedOpenings:  # type: ignore[override]
        scene, shared = self._scene, self._shared
        return CountedOpenings(
            scene.rates.fill,
            shared.drawn,
            shared.streams,
            scene.hiring,
            scene.opening,
            scene.months,
            scene.filling(shared.streams),
        )

    def _ramp_up(self, month: int, fte: FloatArray) -> None:
        # Those who left are not among the counted any more, so nothing has to be taken back.
        if self._work is not None:
            starter_fte = self._scene.opening.starter_fte
            span = self._work.ramp_months
            self._work.missing(self._crowd.recent(month, span, starter_fte), month)

    def _leave(self, month: int) -> None:
        people, fte = self._crowd.leave(month, self._scene.opening.starter_fte)
        self._exits.people[:, :, month - 1] += people.astype(np.int32)
        self._exits.fte[:, month - 1] += fte
        if self._moves is not None:
            dismissed, dismissed_fte = self._moves.dismiss(month)
            self._exits.people[_EVENT, :, month - 1] += dismissed.astype(np.int32)
            self._exits.fte[:, month - 1] += dismissed_fte
        if self._counted_mentors is not None:
            self._counted_mentors.count(self._crowd.experienced(month))

    def _transfers_in(self, month: int) -> None:
        if self._moves is not None:
            heads, fte = self._moves.arrive(month)
            self._heads += heads
            self._fte += fte

    def _between_families(self, month: int, free: FloatArray) -> None:
        if self._moves is not None:
            heads, fte = self._moves.between(month, free)
            self._heads += heads
            self._fte += fte

    def _moved(self) -> dict[str, NDArray[Any]]:
        return {} if self._moves is None else self._moves.measures()

    def _welcome(self, row: int, starter: KnownStarter, month: int) -> None:
        grade = GRADE_BANDS.index(GradeBand(starter.grade))
        self._crowd.start(month, row, grade, starter.people, starter.fte)

    def _hire(self, month: int) -> IndexArray:
        hired = cast("CountedOpenings", self._queue).fill(month).reshape(self._shape)
        self._crowd.join(month, hired)
        return hired
