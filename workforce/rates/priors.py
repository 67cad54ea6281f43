"""What the evidence says about rates before any count is seen.

Settings here are spreads that no source gives; each says why it has its size. Everything else is
read from the evidence tables.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from workforce.domain.bands import TENURE_EDGES_MONTHS
from workforce.domain.evidence import Evidence, Parameter
from workforce.domain.families import Family
from workforce.domain.units import lognormal_sigma

__all__ = [
    "CONTRACT_LOG_SD",
    "GRADE_LOG_SD",
    "NOT_DIGITAL_LOG_SD",
    "SHARED_VARIANCE",
    "Benchmark",
    "conflict",
    "family_log_sds",
    "season_prior",
    "tenure_prior",
    "typical_tenure_mix",
    "voluntary_benchmark",
]

FloatArray = NDArray[np.float64]

SHARED_VARIANCE: Final = 0.5
"""Share of the variance between organisations (`def_prior_log_sd`) that an organisation's families
have in common: management, pay policy and the local market are shared, skill markets are not. No
source splits it; half keeps an own digital team from either ignoring or copying its neighbours."""
GRADE_LOG_SD: Final = 0.2
"""Grades differ by at most about a third either way once tenure is allowed for."""
CONTRACT_LOG_SD: Final = 0.3
"""Fixed-term staff may resign more (before the end) or less; as wide as between organisations."""
NOT_DIGITAL_LOG_SD: Final = 0.4
"""Everybody else is a mix of very different services, so its own level is left freer."""
_CAREER_MONTHS = 480
_TAILS_FROM: Final = 2.0
"""Spreads from the benchmark beyond which the prior's tails are heavy: one in twenty."""

_DIGITAL_ROWS: Final = {
    Family.CYBER: "def_cyber_quit",
    Family.DATA: "def_data_quit",
    Family.TRANSFORMATION: "def_trans_quit",
}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark rate with its range and where it comes from.

    Attributes:
        value: Central value per person-year.
        low: Lower end of its range.
        high: Upper end.
        source: Source and confidence, in words.
    """

    value: float
    low: float
    high: float
    source: str


def described(parameter: Parameter) -> str:
    """Return a parameter's name, source and confidence in words."""
    return f"{parameter.name}: {parameter.source} ({parameter.confidence.value})"


def conflict(spreads: FloatArray) -> FloatArray:
    """Return the factors on prior variances that make the prior's tails those of Student's t.

    An organisation far outside the benchmark (a retail chain, a call centre) is then believed when
    it has the data. With normal tails the pull of the prior grows with the distance, with
    exponential ones it stays as strong for ever; with a density that falls as the fourth power, as
    that of Student's t with three degrees of freedom does, it fades: a normal prior whose variance
    grows as (z / 2)^2 beyond two spreads has the same pull, 4 / z. Which prior is given up in a
    conflict between two sources goes by their tails (O'Hagan 1979, JRSS B 41).

    Args:
        spreads: Distances z of posterior means from prior means, in prior spreads, any shape.

    Returns:
        Factors, at least 1, same shape; 1 within two spreads, where the prior stays normal.
    """
    factors: FloatArray = np.maximum(1.0, np.abs(spreads) / _TAILS_FROM) ** 2
    return factors


def voluntary_benchmark(evidence: Evidence, family: str) -> Benchmark:
    """Return the benchmark rate of resigning of a family, per person-year.

    Cyber, data and transformation have rows of their own. Other digital is their geometric mean:
    the same market, and no row says otherwise. Everybody else is the median turnover of councils
    times the share of leavers who resign.

    Args:
        evidence: The evidence base.
        family: A family.

    Returns:
        The benchmark.
    """
    key = _DIGITAL_ROWS.get(Family(family))
    if key is not None:
        row = evidence.benchmark(key)
        return Benchmark(row.number, *row.range, described(row))
    if family == Family.OTHER_DIGITAL:
        rows = [evidence.benchmark(each) for each in _DIGITAL_ROWS.values()]
        low, high = (math.prod(each.range[end] for each in rows) ** (1 / 3) for end in (0, 1))
        return Benchmark(
            math.prod(each.number for each in rows) ** (1 / 3),
            low,
            high,
            "geometric mean of the cyber, data and transformation benchmarks (assumption)",
        )
    median, share = evidence.benchmark("lg_median_1718"), evidence.benchmark("def_voluntary_share")
    return Benchmark(
        median.number * share.number,
        median.range[0] * share.number,
        median.range[1] * share.number,
        f"{described(median)}, times the share of leavers who resign ({share.number:.0%}, "
        f"{share.confidence.value})",
    )


def tenure_prior(evidence: Evidence) -> tuple[FloatArray, FloatArray]:
    """Return the hazard by tenure band against 2-5 years, and the spread of its logarithm.

    Under twelve months from `hz_first_year`, from five years from `hz_five_years`; one to two years
    lies half-way on the log scale between the first year and the reference.

    Args:
        evidence: The evidence base.

    Returns:
        Multipliers and standard deviations of their logs, shape (T,); the reference has 1 and 0.
    """
    early, late = evidence.benchmark("hz_first_year"), evidence.benchmark("hz_five_years")
    between = math.sqrt(early.number)
    shape = np.array([early.number, early.number, between, 1.0, late.number, late.number])
    early_sd, late_sd = lognormal_sigma(*early.range), lognormal_sigma(*late.range)
    return shape, np.array([early_sd, early_sd, early_sd / 2, 0.0, late_sd, late_sd])


def typical_tenure_mix(shape: FloatArray, annual: float, other_annual: float) -> FloatArray:
    """Return the tenure mix of a workforce of constant size that leaves at given rates.

    In such a workforce the share with tenure t is proportional to the probability of staying that
    long (Bartholomew, Forbes & McClean 1991, ch. 3). It is the mix at which `annual` is the mean
    rate over all tenures.

    Args:
        shape: Hazard of each tenure band relative to the reference band, shape (T,).
        annual: Mean rate of resigning per person-year.
        other_annual: Rate of all other exits per person-year.

    Returns:
        Shares by band, shape (T,), summing to 1.
    """
    mix, _ = _steady_state(shape, annual, other_annual)
    return mix


def _steady_state(shape: FloatArray, annual: float, other: float) -> tuple[FloatArray, float]:
    months = np.arange(_CAREER_MONTHS)
    band = np.searchsorted(np.asarray(TENURE_EDGES_MONTHS), months, side="right") - 1

    def mix_at(level: float) -> FloatArray:
        hazard = (level * shape[band] + other) / 12
        staying = np.exp(-np.concatenate([[0.0], np.cumsum(hazard)[:-1]]))
        shares = np.bincount(band, staying, minlength=len(shape))
        found: FloatArray = shares / shares.sum()
        return found

    level = float(brentq(lambda x: x * float(mix_at(x) @ shape) - annual, annual / 20, annual * 20))
    return mix_at(level), level


def log_prior_by_tenure(shape: FloatArray, benchmark: Benchmark, other_annual: float) -> FloatArray:
    """Return log monthly hazards by tenure band whose mean at the typical mix is the benchmark."""
    _, level = _steady_state(shape, benchmark.value, other_annual)
    hazards: FloatArray = np.log(level * shape / 12)
    return hazards


def other_exits_annual(evidence: Evidence) -> float:
    """Return the benchmark rate of retirement, contract ends and other exits per person-year."""
    keys = ("def_retire_all", "def_contract_end", "def_dismissal_other")
    return sum(evidence.benchmark(key).number for key in keys)


def family_log_sds(evidence: Evidence) -> tuple[float, float]:
    """Return the spreads of the overall level and of a digital family around it.

    Their squares sum to the square of `def_prior_log_sd`, the spread of true rates between
    organisations.
    """
    total = evidence.benchmark("def_prior_log_sd").number
    return total * math.sqrt(SHARED_VARIANCE), total * math.sqrt(1 - SHARED_VARIANCE)


def season_prior(evidence: Evidence) -> tuple[FloatArray, FloatArray]:
    """Return the twelve seasonal factors (mean one) and the spreads of their logs, shape (12,)."""
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    rows = [evidence.benchmark(f"def_season_{name}") for name in names]
    factors = np.array([row.number for row in rows])
    return factors / factors.mean(), np.array([lognormal_sigma(*row.range) for row in rows])
