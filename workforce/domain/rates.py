"""Leaving and hiring rates with their uncertainty, fitted or stated.

The value that travels from `rates` to `projection`. It is a description of distributions; whoever
draws from it supplies standard normal numbers, so that scenarios share them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, GRADE_BANDS, TENURE_BANDS
from workforce.domain.candidates import DEFAULT_CANDIDATE, Candidate
from workforce.domain.differences import Differences
from workforce.domain.moves import Moves
from workforce.domain.years import ExitYears, Shock

__all__ = [
    "ExitYears",
    "FillRates",
    "FlatRate",
    "Moves",
    "RateRow",
    "Rates",
    "Shock",
    "VoluntaryRates",
]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FlatRate:
    """A monthly hazard known up to a lognormal factor.

    Attributes:
        hazard_monthly: Median, per person-month.
        log_sd: Standard deviation of its logarithm.
    """

    hazard_monthly: float
    log_sd: float = 0.0

    def draws(self, z: FloatArray) -> FloatArray:
        """Return hazards for standard normal `z`, same shape."""
        return self.hazard_monthly * np.exp(self.log_sd * z)


@dataclass(frozen=True, slots=True)
class VoluntaryRates:
    """Log-linear monthly hazards of resigning by family, grade band and tenure band.

    log hazard[f, g, t] = log_prior[f, g, t] + design[f, g, t] . beta, beta ~ N(mean, covariance).

    Attributes:
        families: F families.
        log_prior: Log benchmark hazard per person-month, shape (F, G, T).
        names: Names of the K coefficients.
        design: Shape (F, G, T, K).
        mean: Posterior mode, shape (K,).
        covariance: Laplace covariance, shape (K, K).
    """

    families: tuple[str, ...]
    log_prior: FloatArray
    names: tuple[str, ...]
    design: FloatArray
    mean: FloatArray
    covariance: FloatArray

    def __post_init__(self) -> None:
        """Check shapes."""
        shape = (len(self.families), len(GRADE_BANDS), len(TENURE_BANDS))
        terms = len(self.names)
        if self.log_prior.shape != shape or self.design.shape != (*shape, terms):
            raise ValueError(f"voluntary rates need shape {shape} by {terms} terms")
        if self.mean.shape != (terms,) or self.covariance.shape != (terms, terms):
            raise ValueError("mean and covariance must match the terms")

    @property
    def terms(self) -> int:
        """Number K of coefficients, i.e. of standard normals a draw needs."""
        return len(self.names)

    def log_hazard(self) -> FloatArray:
        """Return the central log hazards, shape (F, G, T)."""
        central: FloatArray = self.log_prior + self.design @ self.mean
        return central

    def draws(self, z: FloatArray) -> FloatArray:
        """Return monthly hazards for standard normals.

        Args:
            z: Shape (D, K).

        Returns:
            Hazards per person-month, shape (D, F, G, T).
        """
        # An eigen root rather than Cholesky: a covariance may be singular where rates are stated.
        values, vectors = np.linalg.eigh(self.covariance)
        root = vectors * np.sqrt(np.clip(values, 0.0, None))
        beta = self.mean + z @ root.T
        hazards: FloatArray = np.exp(self.log_prior + np.einsum("fgtk,dk->dfgt", self.design, beta))
        return hazards


@dataclass(frozen=True, slots=True)
class FillRates:
    """Monthly hazard of filling a vacancy by its age.

    Attributes:
        families: F families.
        hazard: Median hazard per vacancy-month by age in months, shape (F, V); the last column
            holds for every older vacancy. Approval delay and failed rounds are in the shape.
        log_sd: Standard deviation of the log of a family's common factor, shape (F,).
    """

    families: tuple[str, ...]
    hazard: FloatArray
    log_sd: FloatArray

    def __post_init__(self) -> None:
        """Check shapes."""
        count = len(self.families)
        if self.hazard.ndim != 2 or self.hazard.shape[0] != count or self.log_sd.shape != (count,):
            raise ValueError("fill rates need one row and one spread a family")

    def draws(self, z: FloatArray) -> FloatArray:
        """Return hazards for standard normals of shape (D, F): shape (D, F, V)."""
        drawn: FloatArray = self.hazard[None] * np.exp(self.log_sd * z)[:, :, None]
        return drawn


@dataclass(frozen=True, slots=True)
class RateRow:
    """One rate as it is shown: estimate, range, whose evidence it is.

    Attributes:
        measure: `voluntary`, `retirement`, `end_of_contract`, `other`, `moves`, `renewal` (share of
            fixed terms renewed), `season` (resigning in the busiest month against the mean month),
            `year_shock` (how far a usual year lies from the rates) or `time_to_hire`.
        family: Family, or `all`.
        estimate: Central value in `unit`.
        low: Lower end of the 90% interval.
        high: Upper end.
        unit: `per year`, `days`, or of other shares `of fixed terms`, `of the mean month`,
            `either way`.
        own_weight: Share of the estimate that is this organisation's own data, 0-1.
        exposure: Person-years (or vacancy-months, or fixed terms that came to their end) observed.
        events: Events observed.
        benchmark: The benchmark's central value in `unit`.
        benchmark_source: Its source and confidence, in words.
        note: Which fallback was taken, if any.
    """

    measure: str
    family: str
    estimate: float
    low: float
    high: float
    unit: str
    own_weight: float
    exposure: float
    events: float
    benchmark: float
    benchmark_source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rates:
    """Everything that moves people, with its uncertainty.

    Attributes:
        families: F families.
        voluntary: Resignations.
        retirement: Yearly-age-band hazards, shape (len(AGE_BANDS),), per person-month.
        retirement_log_sd: Spread of the logs, same shape.
        end_of_contract: Flat hazard for people without an end date of their own.
        renewal: Share of fixed terms renewed at their end date: central, low, high (90%).
        other: Dismissal, death in service and the like.
        season: Twelve factors on the voluntary hazard, January first, mean one.
        shock: Year-to-year shock.
        fill: Filling of vacancies.
        starter_grade: Shares of grade bands among external starters, shape (F, G), rows sum to 1.
        exit_years: Good and bad years of the other ways of leaving; `None` for years all alike.
        moves: Moves between families; `None` where the data do not show them, so nobody moves.
        table: The same as shown to people.
        notes: Sentences on what was estimated and what stands in.
        candidate: How the rate of resigning was fitted.
        differences: How resigning is shared out over directorates and jobs of the families; no
            hazard depends on it.
    """

    families: tuple[str, ...]
    voluntary: VoluntaryRates
    retirement: FloatArray
    retirement_log_sd: FloatArray
    end_of_contract: FlatRate
    renewal: tuple[float, float, float]
    other: FlatRate
    season: FloatArray
    shock: Shock
    fill: FillRates
    starter_grade: FloatArray
    exit_years: ExitYears | None = None
    moves: Moves | None = None
    table: tuple[RateRow, ...] = ()
    notes: tuple[str, ...] = field(default=())
    candidate: Candidate = DEFAULT_CANDIDATE
    differences: tuple[Differences, ...] = ()

    def __post_init__(self) -> None:
        """Check shapes."""
        ages = (len(AGE_BANDS),)
        if self.retirement.shape != ages or self.retirement_log_sd.shape != ages:
            raise ValueError("retirement needs one hazard and one spread an age band")
        if self.season.shape != (12,) or abs(float(self.season.mean()) - 1) > 1e-6:
            raise ValueError("season needs twelve factors with mean one")
        if self.starter_grade.shape != (len(self.families), len(GRADE_BANDS)):
            raise ValueError("starter grades need one row a family")

    @classmethod
    def stated(
        cls,
        families: Sequence[str],
        *,
        voluntary_annual: Sequence[float],
        fill_monthly: float = 0.2,
        retirement_annual: float = 0.0,
        contract_end_annual: float = 0.0,
        other_annual: float = 0.0,
        voluntary_log_sd: float = 0.0,
        shock: Shock | None = None,
    ) -> "Rates":
        """Build rates from a few stated numbers, for teaching, tests and what-ifs.

        Args:
            families: Families.
            voluntary_annual: Hazard of resigning per person-year, one a family, for every grade
                and tenure.
            fill_monthly: Hazard of filling a vacancy per vacancy-month, at every age.
            retirement_annual: Hazard of retiring per person-year at every age.
            contract_end_annual: Flat hazard of a contract ending per person-year.
            other_annual: Hazard of other exits per person-year.
            voluntary_log_sd: Uncertainty of the family's log hazard.
            shock: Year-to-year shock; none if not given.

        Returns:
            Rates without season and, unless stated, without uncertainty.
        """
        names = tuple(families)
        count, grades, tenures = len(names), len(GRADE_BANDS), len(TENURE_BANDS)
        annual = np.asarray(voluntary_annual, dtype=float)
        # A stated rate of zero stays (all but) zero: the logarithm needs a positive number.
        log_prior = np.log(np.maximum(annual, 1e-300) / 12)
        design = np.zeros((count, grades, tenures, count))
        for index in range(count):
            design[index, :, :, index] = 1.0
        ages = len(AGE_BANDS)
        return cls(
            families=names,
            voluntary=VoluntaryRates(
                families=names,
                log_prior=np.broadcast_to(
                    log_prior[:, None, None], (count, grades, tenures)
                ).copy(),
                names=names,
                design=design,
                mean=np.zeros(count),
                covariance=np.eye(count) * voluntary_log_sd**2,
            ),
            retirement=np.full(ages, retirement_annual / 12),
            retirement_log_sd=np.zeros(ages),
            end_of_contract=FlatRate(contract_end_annual / 12),
            renewal=(0.0, 0.0, 0.0),
            other=FlatRate(other_annual / 12),
            season=np.ones(12),
            shock=shock or Shock(sd=0.0, ar1=0.0),
            fill=FillRates(names, np.full((count, 1), fill_monthly), np.zeros(count)),
            starter_grade=np.full((count, grades), 1 / grades),
            notes=("Rates were stated, not fitted.",),
        )
