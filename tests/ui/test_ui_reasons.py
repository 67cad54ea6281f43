"""Levers beside what the organisation's own leavers said, with a cap that can be taken."""

from collections.abc import Callable
from typing import Any

import pytest

from workforce.ui import keys


@pytest.fixture
def levers(dashboard: Callable[..., Any]) -> Any:
    """The Levers page of the sample, small groups shown."""
    return dashboard("levers")


def test_pay_is_said_as_plainly_as_the_rest(levers: Any) -> None:
    assert "What your leavers said" in levers.text
    assert "named pay or a better-paid employer" in levers.text
    assert "points to this" in levers.text or "this could address" in levers.text


def test_a_lever_can_be_capped_by_what_leavers_said(levers: Any) -> None:
    levers.app.session_state[keys.WORKING] = True
    levers.run()
    caps = [each for each in levers.app.button if str(each.key).endswith(".cap")]
    assert caps, "the example's career lever reaches more people than named it"
    lever_id = caps[0].key.split(".")[1]
    before = next(each for each in levers.plan.levers if each.lever_id == lever_id)
    levers.click(caps[0].key)
    after = next(each for each in levers.plan.levers if each.lever_id == lever_id)
    assert after.reach < before.reach
    assert caps[0].label == f"Let it reach at most {100 * after.reach:.0f}%"
    assert not any(each.key == caps[0].key for each in levers.app.button)


def test_a_lever_is_read_as_the_pay_rise_it_equals(levers: Any) -> None:
    lever_id = levers.plan.active_levers[0].lever_id
    levers.open(f"levers.{lever_id}.open")
    assert "pay of everybody it is offered to would have to rise by about" in levers.text
