"""A lever on filling: its card, its effect, and its place beside the levers on leaving."""

from collections.abc import Callable
from typing import Any

import pytest

from workforce.domain.plan import ActsOn

Dashboard = Any
LEVER = "FAST_HIRE"


def test_a_lever_on_filling_is_switched_on_and_changed(
    dashboard: Callable[..., Dashboard],
) -> None:
    session = dashboard("levers").open(f"levers.{LEVER}.open")
    assert "the size is a judgement" in session.text, "why it starts switched off"
    session.app.toggle(key=f"levers.{LEVER}.include").set_value(True).run()
    session.check()
    chosen = next(each for each in session.plan.active_levers if each.lever_id == LEVER)
    assert chosen.acts_on is ActsOn.FILLING
    # [1 + 0.9 x 0.15] / [1 + 0.9 x 0.3 x 0.15] = 1.135 / 1.0405 = 1.0908
    assert "Posts filled about 9% faster" in session.text
    labels = [each.label for each in session.app.metric]
    assert "Posts filled faster" in labels
    session.app.slider(key=f"levers.{LEVER}.effect.slider").set_value(25.0).run()
    session.check()
    changed = next(each for each in session.plan.active_levers if each.lever_id == LEVER)
    assert changed.hazard_ratio == pytest.approx(1.25), "a quarter faster"
    assert (changed.low, changed.high) == (chosen.low, chosen.high), "within its range"
