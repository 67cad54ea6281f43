"""Scenarios projected apart and put side by side are those projected together."""

import numpy as np
import pytest
from projection_cases import lever, organisation, plan, programme

from workforce.domain.rates import Rates
from workforce.projection import simulate

OPENING = organisation([{"people": 30, "tenure": 8}], [36.0])
RATES = Rates.stated(("cyber",), voluntary_annual=[0.3], voluntary_log_sd=0.2)
PLANS = (
    plan("One", months=12, levers=(lever(low=0.6, high=0.95),), programmes=(programme(),)),
    plan("Two", months=12),
)


def test_apart_or_together_is_the_same() -> None:
    together = simulate(OPENING, RATES, PLANS, draws=40, seed=3)
    one, two = (simulate(OPENING, RATES, [each], draws=40, seed=3) for each in PLANS)
    beside = one.beside(two)
    assert beside.scenarios == together.scenarios
    for name in together.scenarios:
        for measure in together.measures:
            assert np.array_equal(beside.values(name, measure), together.values(name, measure))
        assert np.array_equal(beside.tracks[name].stages, together.tracks[name].stages)


def test_other_draws_or_doubled_names_are_refused() -> None:
    one = simulate(OPENING, RATES, PLANS[:1], draws=40, seed=3)
    with pytest.raises(ValueError, match="other draws"):
        one.beside(simulate(OPENING, RATES, PLANS[1:], draws=30, seed=3))
    with pytest.raises(ValueError, match="same name"):
        one.beside(one)
