"""Changes to levers and programmes that their pages make. Called from callbacks."""

from dataclasses import replace
from typing import Any

from workforce.domain.defaults import lever_from_evidence
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.plan import LeverChoice, Plan, Programme
from workforce.ui import state
from workforce.ui.evidence import evidence

__all__ = [
    "add_programme",
    "change_lever",
    "drop_programme",
    "lever_choice",
    "new_programme_id",
    "put_programme",
    "reset_lever",
    "set_effect",
    "set_effect_range",
    "set_levers",
    "withdraw_lever",
]

_LEAD_MONTHS = 7
"""A new lever starts half a year after the data end: nothing is agreed and running tomorrow."""


def lever_choice(plan: Plan, lever_id: str, base: Evidence) -> LeverChoice:
    """Return a lever as the plan has it, else as the evidence has it and switched off.

    Args:
        plan: The plan.
        lever_id: The lever.
        base: The evidence base.

    Raises:
        KeyError: If neither knows the lever.
    """
    for each in plan.levers:
        if each.lever_id == lever_id:
            return each
    start = state.dataset().month + _LEAD_MONTHS
    return lever_from_evidence(base.levers[lever_id], start, include=False)


def _with_lever(plan: Plan, choice: LeverChoice) -> Plan:
    others = tuple(each for each in plan.levers if each.lever_id != choice.lever_id)
    order = {key: place for place, key in enumerate(evidence().levers)}
    levers = sorted((*others, choice), key=lambda each: order.get(each.lever_id, len(order)))
    return replace(plan, levers=tuple(levers))


def change_lever(lever_id: str, **changes: Any) -> None:
    """Change fields of one lever of the scenario on screen.

    Args:
        lever_id: The lever.
        changes: Fields of `LeverChoice`.
    """
    state.update_plan(
        lambda plan: _with_lever(plan, replace(lever_choice(plan, lever_id, evidence()), **changes))
    )


def set_effect(lever_id: str, ratio: float) -> None:
    """Set a lever's central effect; the range opens where it would not hold it."""
    now = lever_choice(state.plan(), lever_id, evidence())
    change_lever(lever_id, hazard_ratio=ratio, low=min(now.low, ratio), high=max(now.high, ratio))


def set_effect_range(lever_id: str, low: float, high: float) -> None:
    """Set the range of a lever's effect; the central value moves into it."""
    low, high = min(low, high), max(low, high)
    now = lever_choice(state.plan(), lever_id, evidence())
    change_lever(lever_id, low=low, high=high, hazard_ratio=min(max(now.hazard_ratio, low), high))


def reset_lever(lever_id: str) -> None:
    """Take a lever back to the evidence's values, switched on or off as it is."""

    def reset(plan: Plan) -> Plan:
        now = lever_choice(plan, lever_id, evidence())
        fresh = lever_from_evidence(
            evidence().levers[lever_id], now.start_month, include=now.include
        )
        return _with_lever(plan, fresh)

    state.update_plan(reset)


def withdraw_lever(lever_id: str) -> None:
    """Take away from everybody what a lever gives them today."""

    def withdraw(plan: Plan) -> Plan:
        now = lever_choice(plan, lever_id, evidence())
        if now.adopted_now <= 0:
            raise UserError(
                f"Nobody has “{now.name}” today, so there is nothing to withdraw. Say on its card "
                "how many have it."
            )
        return _with_lever(plan, replace(now, include=True, adopted_target=0.0))

    state.update_plan(withdraw)


def set_levers(*, on: bool) -> None:
    """Switch every lever off, or every lever on that studies back."""

    def switch(plan: Plan) -> Plan:
        for key, lever in evidence().levers.items():
            known = any(each.lever_id == key for each in plan.levers)
            if known or (on and lever.on_by_default):
                choice = lever_choice(plan, key, evidence())
                plan = _with_lever(plan, replace(choice, include=on and lever.on_by_default))
        if not on:
            return replace(plan, levers=tuple(replace(e, include=False) for e in plan.levers))
        return plan

    state.update_plan(switch)


def add_programme(programme: Programme) -> bool:
    """Add a programme to the scenario on screen; return whether it was added."""
    return state.update_plan(lambda plan: replace(plan, programmes=(*plan.programmes, programme)))


def put_programme(programme: Programme) -> bool:
    """Replace the programme of the same key; return whether it was replaced."""
    return state.update_plan(
        lambda plan: replace(
            plan,
            programmes=tuple(
                programme if each.programme_id == programme.programme_id else each
                for each in plan.programmes
            ),
        )
    )


def drop_programme(programme_id: str) -> None:
    """Take a programme out of the scenario on screen."""
    state.update_plan(
        lambda plan: replace(
            plan,
            programmes=tuple(e for e in plan.programmes if e.programme_id != programme_id),
        )
    )


def new_programme_id(plan: Plan) -> str:
    """Return a key that no programme of the plan has."""
    taken = {each.programme_id for each in plan.programmes}
    return next(key for key in (f"p{k}" for k in range(1, len(taken) + 2)) if key not in taken)
