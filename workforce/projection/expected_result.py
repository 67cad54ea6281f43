"""What the expected-value engine returns: one number a scenario, family, month and measure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES
from workforce.domain.families import Family
from workforce.projection.capacity import CAPACITY_MEASURES
from workforce.projection.result import FLOW_MEASURES, MEASURES

__all__ = ["Expected"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Expected:
    """Expected values month by month.

    Attributes:
        scenarios: Names in the order of the plans.
        months: Month indices, T of them, the first one after the opening month.
        families: Projected families.
        opening_people: Heads at the opening month by family, shape (F,).
        stored: Arrays by measure, shape (P, F, T). Read them through `values`.
        stages: People by programme id and stage, one mapping a plan.
        capacity: Whether capacity was asked for.
    """

    scenarios: tuple[str, ...]
    months: tuple[int, ...]
    families: tuple[str, ...]
    opening_people: FloatArray
    stored: Mapping[str, FloatArray] = field(repr=False)
    stages: tuple[Mapping[tuple[str, str], float], ...] = field(repr=False)
    capacity: bool = False

    def values(self, scenario: str, measure: str, family: str = Family.ALL) -> FloatArray:
        """Return one measure of one scenario, shape (T,).

        Args:
            scenario: Name of the scenario.
            measure: One of the projection's measures.
            family: A projected family, or `all` for their sum.

        Raises:
            KeyError: If the scenario, measure or family is not part of it.
        """
        if scenario not in self.scenarios:
            raise KeyError(f"no scenario “{scenario}” in this projection")
        row: FloatArray = self.every(measure, family)[self.scenarios.index(scenario)]
        return row

    def every(self, measure: str, family: str = Family.ALL) -> FloatArray:
        """Return one measure of all scenarios, shape (P, T)."""
        if measure not in MEASURES and not (self.capacity and measure in CAPACITY_MEASURES):
            raise KeyError(f"no measure “{measure}” in this projection")
        if measure == "vacancy_rate":
            vacant, posts = self.every("vacancies", family), self.every("establishment", family)
            return np.divide(vacant, posts, out=np.zeros_like(vacant), where=posts > 0)
        if measure == "leavers":
            parts = [self.every(f"leavers_{cause}", family) for cause in CAUSES]
            leavers: FloatArray = np.sum(parts, axis=0)
            return leavers
        if measure in {"vacancies", "over_establishment"}:
            sign = -1.0 if measure == "over_establishment" else 1.0
            return self._pick(np.maximum(sign * self.stored["gap"], 0.0), family)
        if measure in FLOW_MEASURES and measure not in self.stored:
            return self._pick(np.zeros_like(self.stored["gap"]), family)
        return self._pick(self.stored[measure], family)

    def _pick(self, array: FloatArray, family: str) -> FloatArray:
        if family == Family.ALL:
            total: FloatArray = array.sum(axis=1)
            return total
        if family not in self.families:
            raise KeyError(f"the family “{family}” is not projected")
        return array[:, self.families.index(family)]
