"""What a run returns: draws by scenario, family, month and measure, and the views of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES
from workforce.domain.capacity import Productivity
from workforce.domain.families import Family
from workforce.projection.capacity import CAPACITY_MEASURES, agency_cover

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MEASURES", "Projection", "Tracks"]

Array = NDArray[Any]

FLOW_MEASURES: Final = ("moves_in", "moves_out", "transfers_in")
"""People who move between families, reskilled ones among them, and who arrive by transfer."""
MEASURES: Final = (
    "headcount",
    "fte",
    "establishment",
    "vacancies",
    "vacancy_rate",
    "over_establishment",
    "leavers",
    "leavers_voluntary",
    "leavers_retirement",
    "leavers_end_of_contract",
    "leavers_other",
    "leavers_organisational_event",
    "hires",
    "apprentices_in_training",
    "apprentices_started",
    "apprentices_withdrawn",
    "apprentices_converted",
    *FLOW_MEASURES,
)
"""Stocks are at the end of the month, flows within it; vacancies and over_establishment are FTE,
vacancy_rate is a share of the establishment, everything else is people."""

_LEAVERS: Final = tuple(f"leavers_{cause}" for cause in CAUSES)


@dataclass(frozen=True, slots=True)
class Tracks:
    """The apprentices of one scenario.

    Attributes:
        ids: Programme ids, P of them.
        names: Their names.
        stages: People by programme, stage and draw, shape (P, stages, D).
        cohort_starts: People who started by cohort, in the order of programmes and cohorts, and
            draw, shape (cohorts, D); fewer than planned where a cap on apprentices binds. `None`
            where everybody planned starts.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    stages: Array
    cohort_starts: Array | None = None


@dataclass(frozen=True, eq=False)
class Projection:
    """The ensemble: every scenario on the same draws.

    Attributes:
        scenarios: Names in the order of the plans.
        months: Month indices, T of them, the first one after the opening month.
        families: Projected families, F of them; every accessor also takes `all`, their sum.
        draws: Draws D.
        seed: Seed.
        opening_people: Heads at the opening month by family, shape (F,).
        opening_fte: FTE at the opening month by family, shape (F,).
        stored: Arrays by (scenario, measure), shape (F, T, D), or (F, T, 1) where the same in every
            draw. Read them through `values`.
        tracks: Apprentices by scenario.
        productivity: How much work people do, where capacity was asked for.
        booked_cover: FTE of agency bookings with a known end that still run, shape (F, T).
    """

    scenarios: tuple[str, ...]
    months: tuple[int, ...]
    families: tuple[str, ...]
    draws: int
    seed: int
    opening_people: NDArray[np.int64]
    opening_fte: NDArray[np.float64]
    stored: Mapping[tuple[str, str], Array] = field(repr=False)
    tracks: Mapping[str, Tracks] = field(repr=False)
    productivity: Productivity | None = None
    booked_cover: NDArray[np.float64] | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures; those of capacity only where it was asked for."""
        return MEASURES if self.productivity is None else (*MEASURES, *CAPACITY_MEASURES)

    @property
    def as_of(self) -> int:
        """Opening month index."""
        return self.months[0] - 1

    def beside(self, other: "Projection") -> "Projection":
        """Return both together; scenarios projected apart share the draws all the same.

        Args:
            other: Other scenarios of the same organisation, draws, seed and months.

        Raises:
            ValueError: If they were not projected alike, or share a name.
        """
        alike = ("months", "families", "draws", "seed", "productivity")
        if any(getattr(self, name) != getattr(other, name) for name in alike) or not np.array_equal(
            self.opening_people, other.opening_people
        ):
            raise ValueError("projections of other draws or months cannot stand side by side")
        if set(self.scenarios) & set(other.scenarios):
            raise ValueError("two scenarios have the same name")
        return replace(
            self,
            scenarios=(*self.scenarios, *other.scenarios),
            stored={**self.stored, **other.stored},
            tracks={**self.tracks, **other.tracks},
        )

    def values(self, scenario: str, measure: str, family: str = Family.ALL) -> Array:
        """Return one measure draw by draw.

        Args:
            scenario: Name of the scenario.
            measure: One of `measures`.
            family: A projected family, or `all` for their sum (for `vacancy_rate`, summed vacancies
                over summed establishment).

        Returns:
            Shape (D, T); whole numbers for counts of people, float64 otherwise. Do not write to it.

        Raises:
            KeyError: If the scenario, measure or family is not part of the projection.
        """
        return np.broadcast_to(
            self.by_month(scenario, measure, family), (len(self.months), self.draws)
        ).T

    def by_month(self, scenario: str, measure: str, family: str = Family.ALL) -> Array:
        """Return one measure, shape (T, D) or (T, 1) where it is the same in every draw."""
        if scenario not in self.scenarios:
            raise KeyError(f"no scenario “{scenario}” in this projection")
        if measure not in self.measures:
            raise KeyError(f"no measure “{measure}” in this projection")
        if measure in CAPACITY_MEASURES:
            return self._pick(self._capacity(scenario, measure), family)
        if measure == "vacancy_rate":
            vacant = self.by_month(scenario, "vacancies", family)
            posts = self.by_month(scenario, "establishment", family)
            return np.divide(vacant, posts, out=np.zeros(vacant.shape), where=posts > 0)
        if measure == "leavers":
            parts = [self.by_month(scenario, each, family) for each in _LEAVERS]
            leavers: Array = np.asarray(sum(parts[1:], start=parts[0]))
            return leavers
        if measure in {"vacancies", "over_establishment"}:
            surplus = -1.0 if measure == "over_establishment" else 1.0
            gap = self.stored[scenario, "gap"]
            total = np.maximum(gap * np.asarray(surplus, dtype=gap.dtype), 0)
            return self._pick(total, family)
        if measure in FLOW_MEASURES and (scenario, measure) not in self.stored:
            # Nobody in post is moved under this plan, so nothing was counted.
            none = np.zeros((len(self.families), len(self.months), 1), dtype=np.int64)
            return self._pick(none, family)
        return self._pick(self.stored[scenario, measure], family)

    def _capacity(self, scenario: str, measure: str) -> Array:
        """Return a measure of capacity, shape (F, T, D)."""
        mentors = self.stored[scenario, "mentor_fte"]
        if measure == "mentor_fte" or self.productivity is None or self.booked_cover is None:
            return mentors
        vacant = np.maximum(self.stored[scenario, "gap"], 0).astype(np.float64)
        share, booked = self.productivity.agency_share, self.booked_cover[:, :, None]
        agency = agency_cover(vacant, share, booked)
        if measure == "agency_fte":
            return agency
        in_post = self.stored[scenario, "fte"].astype(np.float64)
        capacity: Array = in_post + self.stored[scenario, "work"] - mentors + agency
        return capacity

    def _pick(self, array: Array, family: str) -> Array:
        kind: type = np.int64 if np.issubdtype(array.dtype, np.integer) else np.float64
        if family == Family.ALL:
            return np.asarray(array.sum(axis=0, dtype=kind))
        if family not in self.families:
            raise KeyError(f"the family “{family}” is not projected")
        return np.asarray(array[self.families.index(family)], dtype=kind)

    def account(self, scenario: str, family: str = Family.ALL) -> dict[str, Array]:
        """Return where each month's headcount comes from, draw by draw.

        opening - every cause of leaving - moves out + moves in + transfers in + conversions + hires
        = closing, in whole people, exactly. Hires include known starters; conversions are those who
        come from outside the families (somebody reskilled is a move).

        Args:
            scenario: Name of the scenario.
            family: A projected family, or `all`.

        Returns:
            Arrays of shape (D, T): `opening`, one `leavers_...` a cause, `moves_out`, `moves_in`,
            `transfers_in`, `conversions`, `hires`, `closing`.
        """
        closing = self.values(scenario, "headcount", family)
        start = self._pick(self.opening_people[:, None], family)
        opening = np.empty_like(closing)
        opening[:, 0] = start
        opening[:, 1:] = closing[:, :-1]
        lines = {"opening": opening}
        lines |= {name: self.values(scenario, name, family) for name in _LEAVERS}
        lines |= {
            name: self.values(scenario, name, family)
            for name in ("moves_out", "moves_in", "transfers_in")
        }
        lines["conversions"] = self.values(scenario, "apprentices_converted", family)
        lines["hires"] = self.values(scenario, "hires", family)
        lines["closing"] = closing
        return lines

    def summary(
        self, scenarios: Sequence[str] | None = None, measures: Sequence[str] | None = None
    ) -> "pd.DataFrame":
        """Return mean and quantiles over the draws; see `summary.summarise`."""
        from workforce.projection.summary import summarise

        return summarise(self, scenarios, measures)

    def pipeline(self, scenario: str) -> "pd.DataFrame":
        """Return the apprentices by programme and stage; see `summary.summarise_pipeline`."""
        from workforce.projection.summary import summarise_pipeline

        return summarise_pipeline(self, scenario)
