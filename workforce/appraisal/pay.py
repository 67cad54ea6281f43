"""Pay as a comparator: the pay rise that would keep as many people as a lever."""

import math
from dataclasses import dataclass

from workforce.domain.evidence import Parameter

__all__ = ["PayRise", "pay_rise"]


@dataclass(frozen=True, slots=True)
class PayRise:
    """A rise of everybody's pay, as shares: 0.04 is 4%.

    Attributes:
        central: At the central elasticity.
        low: Where quits follow pay most closely, so that little pay does it.
        high: Where they follow it least.
    """

    central: float
    low: float
    high: float


def pay_rise(ratio: float, elasticity: Parameter) -> PayRise:
    """Return the pay rise that changes resignations as much as a hazard ratio does.

    With an elasticity e of quits to own pay, pay x (1 + r) changes the hazard by (1 + r)^e, so
    r = ratio^(1/e) - 1. Source of e: `quit_elasticity` of the benchmarks.

    Args:
        ratio: Hazard ratio of the people concerned, above 0; above 1 gives a pay cut.
        elasticity: The evidence's elasticity with its range, below 0.

    Raises:
        ValueError: If the ratio is not above 0 or an elasticity is not below 0.
    """
    ends = (elasticity.number, *elasticity.range)
    if ratio <= 0 or max(ends) >= 0:
        raise ValueError("a pay rise needs a hazard ratio above 0 and elasticities below 0")
    rises = [math.expm1(math.log(ratio) / end) for end in ends]
    return PayRise(rises[0], *sorted(rises[1:]))
