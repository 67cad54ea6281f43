"""What each part of a plan changes: alone against doing nothing, and the interaction by itself.

A bar a lever, a programme and a change of hiring or of posts = its effect alone against do-nothing;
one more bar = the total less their sum. Nothing depends on the order in which parts are named, as
it would if they were added one after the other, and the bars add up to the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.families import Family
from workforce.domain.plan import BASELINE_NAME, Demand, Hiring, Plan
from workforce.projection.result import Projection

__all__ = ["Attribution", "Part", "Share", "attribute", "parts_of"]

FloatArray = NDArray[np.float64]

_PREFIX: Final = "Only "


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a plan.

    Attributes:
        key: `lever/ID`, `programme/ID`, `hiring`, `posts` or `events`.
        label: As shown.
        plan: The plan with this part and nothing else; its name is unique within the plan.
    """

    key: str
    label: str
    plan: Plan

    @property
    def kind(self) -> str:
        """`lever`, `programme`, `hiring`, `posts` or `events`."""
        return self.key.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Share:
    """What a part changes.

    Attributes:
        key: As of the part, or `interaction`.
        label: As shown.
        mean: Mean over the draws.
        low: 10% quantile over the draws.
        high: 90% quantile.
    """

    key: str
    label: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """A projected change, taken apart.

    Attributes:
        measure: The measure.
        family: Family or `all`.
        total_over_months: Whether the measure is added up over the horizon (else: last month).
        baseline: Mean of doing nothing.
        planned: Mean of the whole plan.
        shares: Parts in the order of the plan, the interaction last where there are two or more.
            baseline + the sum of their means = planned.
    """

    measure: str
    family: str
    total_over_months: bool
    baseline: float
    planned: float
    shares: tuple[Share, ...]


def parts_of(plan: Plan) -> tuple[Part, ...]:
    """Return the parts of a plan: levers, programmes, hiring, change of posts, events.

    Args:
        plan: The plan.

    Returns:
        Parts in the order of the plan; none for a plan that changes nothing.
    """
    world = plan.baseline()
    bare = replace(
        plan,
        levers=(),
        programmes=(),
        hiring=Hiring(),
        demand=world.demand,
        events=world.events,
    )
    parts = [
        (f"lever/{lever.lever_id}", lever.name, replace(bare, levers=(lever,)))
        for lever in plan.active_levers
    ]
    parts += [
        (f"programme/{each.programme_id}", each.name, replace(bare, programmes=(each,)))
        for each in plan.programmes
        if each.size
    ]
    if plan.hiring != Hiring():
        parts.append(("hiring", "Recruitment", replace(bare, hiring=plan.hiring)))
    if _moves(plan.demand) and plan.demand != world.demand:
        parts.append(("posts", "Change of posts", replace(bare, demand=plan.demand)))
    if plan.events != world.events:
        parts.append(("events", "Planned events", replace(bare, events=plan.events)))
    return tuple(
        Part(key, label, alone.renamed(f"{_PREFIX}{number}: {label}"[:80]))
        for number, (key, label, alone) in enumerate(parts, start=1)
    )


def _moves(demand: Demand) -> bool:
    return bool(demand.changes) or any(rate for _, rate in demand.growth_per_year)


def attribute(
    projection: Projection,
    scenario: str,
    parts: Sequence[Part],
    measure: str,
    *,
    family: str = Family.ALL,
    total_over_months: bool = False,
    baseline: str = BASELINE_NAME,
) -> Attribution:
    """Take the change that a plan makes apart.

    Args:
        projection: Holds do-nothing, the plan and the plan of every part, on the same draws.
        scenario: The plan.
        parts: Its parts, see `parts_of`.
        measure: A measure of the projection that adds up (no rate).
        family: Family or `all`.
        total_over_months: Add the measure up over the horizon, as for flows; otherwise the last
            month counts.
        baseline: What the plan is compared with.

    Returns:
        The shares. The interaction is computed draw by draw: total less the sum of the parts.

    Raises:
        KeyError: If the projection lacks a scenario, the measure or the family.
        ValueError: If the measure is a rate.
    """
    if measure == "vacancy_rate":
        raise ValueError("a rate is not a sum of parts; attribute vacancies instead")

    def of(name: str) -> FloatArray:
        values = projection.values(name, measure, family)
        chosen: FloatArray = (
            values.sum(axis=1, dtype=np.float64)
            if total_over_months
            else values[:, -1].astype(np.float64)
        )
        return chosen

    base = of(baseline)
    total = of(scenario) - base
    effects = [(part.key, part.label, of(part.plan.name) - base) for part in parts]
    if len(effects) > 1:
        interaction = total - np.sum([effect for *_, effect in effects], axis=0)
        effects.append(("interaction", "Overlap between them", interaction))
    return Attribution(
        measure=measure,
        family=str(family),
        total_over_months=total_over_months,
        baseline=float(base.mean()),
        planned=float((base + total).mean()),
        shares=tuple(_share(*effect) for effect in effects),
    )


def _share(key: str, label: str, effect: FloatArray) -> Share:
    low, high = np.quantile(effect, (0.1, 0.9))
    return Share(key, label, float(effect.mean()), float(low), float(high))
