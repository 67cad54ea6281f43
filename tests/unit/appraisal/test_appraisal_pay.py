"""The pay rise that a lever equals."""

import pytest

from workforce.appraisal.pay import pay_rise
from workforce.domain.evidence import Evidence


def test_a_tenth_fewer_resignations_equals_seven_per_cent_more_pay(evidence: Evidence) -> None:
    found = pay_rise(0.9, evidence.benchmark("quit_elasticity"))
    # 0.9^(1 / -1.5) - 1, and at -3.0 and -0.7.
    assert found.central == pytest.approx(0.0728, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.0357, 0.1624), abs=1e-4)
    assert pytest.approx(0.9, abs=1e-4) == 1.0728**-1.5, "paid back through the elasticity"


def test_a_lever_that_does_nothing_equals_no_rise_and_a_harmful_one_a_cut(
    evidence: Evidence,
) -> None:
    elasticity = evidence.benchmark("quit_elasticity")
    assert pay_rise(1.0, elasticity).central == 0
    harmful = pay_rise(1.1, elasticity)
    assert harmful.low < harmful.central < harmful.high < 0


def test_what_cannot_be_is_refused(evidence: Evidence) -> None:
    with pytest.raises(ValueError, match="above 0"):
        pay_rise(0.0, evidence.benchmark("quit_elasticity"))
    with pytest.raises(ValueError, match="below 0"):
        pay_rise(0.9, evidence.benchmark("er_ni"))
