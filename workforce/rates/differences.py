"""What resigning has to do with directorate and job, beyond family, grade, service and contract.

The hazard of a role family is an average over its directorates and jobs. How it is shared out over
them is learned from what the fitted hazards leave over, by counts that are drawn to 1 as far as
they are few. No forecast of a family depends on it: names of directorates come and go with
restructures, and who leaves has other job titles on record than who was promoted since.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import gamma, nbinom

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.differences import Difference, DifferenceKind, Differences
from workforce.domain.evidence import Evidence
from workforce.rates.cells import FAMILIES, Cells, Window, sums

__all__ = ["fit_differences"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_SPREADS: FloatArray = np.array([0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0])
_LEAST_KNOWN: Final = 0.7
"""With a smaller share of those who resigned in groups that have people today, a list of leavers
without directorates or a change of names may be all that the groups show."""
_ROUNDS: Final = 60
_FAR: Final = 50.0


def fit_differences(
    jobs: pd.DataFrame,
    cells: Cells,
    fitted: FloatArray,
    window: Window | None,
    families: tuple[str, ...],
    evidence: Evidence,
) -> tuple[Differences, ...]:
    """Estimate how resigning differs between directorates, and then between jobs.

    Resignations of a group are Poisson about a factor times those that the fitted hazards expect of
    its people; factors are gamma with mean one, so that a group's is (leavers + a) / (expected + a)
    with a = 1 / spread^2 (Clayton & Kaldor 1987, Biometrics 43). The spread is averaged over by its
    negative binomial likelihood and a half-normal prior of the size by which organisations differ
    (`def_prior_log_sd`). Expected leavers are scaled to each year's, so good and bad years and the
    level have no part in it.

    Whether the groups have earned their place is judged out of time: each year from the second on
    its resignations are shared out by the factors of the years before it.

    Args:
        jobs: Frame `History.jobs`.
        cells: Cells of the fitted hazard.
        fitted: Resignations expected of each cell with its season and year, shape (n,).
        window: Observed months.
        families: Families that are projected; the others are left out.
        evidence: Gives the prior of the spread.

    Returns:
        Directorates, then jobs; without those that cannot be told apart.
    """
    known = jobs["family"].isin(families).to_numpy()
    # Years are compared with one another, so there have to be two; and where one rate for the
    # wanted families was fitted, other cells have no hazard to be held against.
    if window is None or window.years < 2 or len(fitted) != len(cells.month) or not known.any():
        return ()
    rows = _rows(jobs[known], cells, fitted, window)
    prior = evidence.benchmark("def_prior_log_sd").number
    found: list[Differences] = []
    for kind in DifferenceKind:
        one = _differences(kind, jobs.loc[known, str(kind)], rows, prior)
        if one is None:
            continue
        found.append(one)
        factor = jobs.loc[known, str(kind)].astype(str).map(one.ratios).fillna(1.0)
        rows = replace(rows, expected=rows.expected * factor.to_numpy(dtype=float))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of `History.jobs` of the projected families, shape (n,) each.

    Attributes:
        year: Block of twelve months.
        expected: Resignations that the hazards expect.
        resigned: Resignations.
        people: In post now.
        years: Number of blocks.
    """

    year: IntArray
    expected: FloatArray
    resigned: FloatArray
    people: FloatArray
    years: int


def _rows(jobs: pd.DataFrame, cells: Cells, fitted: FloatArray, window: Window) -> _Rows:
    shape = (window.years, len(FAMILIES), len(GRADE_BANDS), len(TENURE_BANDS), 2)
    size = int(np.prod(shape))
    at = np.ravel_multi_index(
        (window.year(cells.month), cells.family, cells.grade, cells.tenure,
         cells.fixed_term.astype(np.int64)), shape,
    )  # fmt: skip
    exposure = sums(at, cells.exposure, size)
    hazard = np.divide(sums(at, fitted, size), exposure, out=np.zeros(size), where=exposure > 0)

    def codes(name: str, vocabulary: tuple[str, ...]) -> IntArray:
        return pd.Categorical(jobs[name].astype(str), categories=vocabulary).codes.astype(np.int64)

    year = jobs["year"].to_numpy(dtype=np.int64)
    here = np.ravel_multi_index(
        (year, codes("family", FAMILIES), codes("grade", tuple(map(str, GRADE_BANDS))),
         codes("tenure", TENURE_BANDS), jobs["fixed_term"].to_numpy(dtype=np.int64)), shape,
    )  # fmt: skip
    return _Rows(
        year=year,
        expected=jobs["exposure"].to_numpy(dtype=float) * hazard[here],
        resigned=jobs["resigned"].to_numpy(dtype=float),
        people=jobs["people"].to_numpy(dtype=float),
        years=window.years,
    )


def _differences(
    kind: DifferenceKind, labels: "pd.Series[str]", rows: _Rows, prior: float
) -> Differences | None:
    codes, names = pd.factorize(labels.astype(str), sort=True)
    group = codes.astype(np.int64)
    people = sums(group, rows.people, len(names))
    told = (people > 0) & np.array([bool(name) for name in names])
    kept = told[group]
    if told.sum() < 2 or rows.resigned[kept].sum() < _LEAST_KNOWN * rows.resigned.sum():
        return None
    table = (len(names), rows.years)
    at = np.ravel_multi_index((group, rows.year), table)
    expected, resigned = (
        sums(at, values, int(np.prod(table))).reshape(table)[told]
        for values in (rows.expected, rows.resigned)
    )
    total = expected.sum(axis=0)
    scale = np.divide(resigned.sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    expected = expected * scale
    if resigned.sum() <= 0:
        return None
    posterior = _Posterior.of(expected.sum(axis=1), resigned.sum(axis=1), prior)
    low, high = posterior.quantile(0.05), posterior.quantile(0.95)
    gain, error = _gain(expected, resigned, prior)
    order = np.lexsort((np.arange(int(told.sum())), -people[told]))
    held = [str(name) for name, each in zip(names, told, strict=True) if each]
    return Differences(
        kind=kind,
        rows=tuple(
            Difference(
                name=held[each],
                ratio=float(posterior.mean[each]),
                low=float(low[each]),
                high=float(high[each]),
                resigned=float(resigned[each].sum()),
                expected=float(expected[each].sum()),
                people=float(people[told][each]),
            )
            for each in order
        ),
        spread=float(posterior.weight @ _SPREADS),
        gain=gain,
        gain_error=error,
    )


@dataclass(frozen=True, slots=True)
class _Posterior:
    """Factors of J groups as a mixture of gammas over S spreads.

    Attributes:
        weight: Of each spread, shape (S,).
        shape: Shape (S, J).
        rate: Shape (S, J).
    """

    weight: FloatArray
    shape: FloatArray
    rate: FloatArray

    @classmethod
    def of(cls, expected: FloatArray, resigned: FloatArray, prior: float) -> "_Posterior":
        """Return the posterior for expected and observed resignations, shape (J,) each."""
        a = 1 / np.square(_SPREADS)[:, None]
        log = nbinom.logpmf(resigned, a, a / (a + expected)).sum(axis=1)
        log = log - np.square(_SPREADS / prior) / 2
        weight = np.exp(log - log.max()) * np.gradient(_SPREADS)
        return cls(weight / weight.sum(), a + resigned, a + expected)

    @property
    def mean(self) -> FloatArray:
        """Posterior means, shape (J,)."""
        mean: FloatArray = self.weight @ (self.shape / self.rate)
        return mean

    def quantile(self, share: float) -> FloatArray:
        """Return quantiles of the mixture by bisection, shape (J,)."""
        low = np.zeros(self.shape.shape[1])
        high = np.full(len(low), _FAR)
        for _ in range(_ROUNDS):
            middle = (low + high) / 2
            below = self.weight @ gamma.cdf(middle * self.rate, self.shape) < share
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return high


def _gain(expected: FloatArray, resigned: FloatArray, prior: float) -> tuple[float, float]:
    """Return how much better earlier years share out a year's resignations than no differences.

    Args:
        expected: By group and year, shape (J, years).
        resigned: Likewise.
        prior: Spread of the half-normal prior of spreads.

    Returns:
        Sum of log likelihood ratios over those who resigned, and its standard error.
    """
    ratios: list[FloatArray] = []
    counts: list[FloatArray] = []
    for year in range(1, expected.shape[1]):
        before = slice(None, year)
        factor = _Posterior.of(
            expected[:, before].sum(axis=1), resigned[:, before].sum(axis=1), prior
        ).mean
        with_them = expected[:, year] * factor
        if with_them.sum() <= 0:
            continue
        ratios.append(np.log(factor) - np.log(with_them.sum() / expected[:, year].sum()))
        counts.append(resigned[:, year])
    if not counts:
        return 0.0, 0.0
    ratio, count = np.concatenate(ratios), np.concatenate(counts)
    many = float(count.sum())
    if many <= 0:
        return 0.0, 0.0
    gain = float(ratio @ count)
    spread = float(np.square(ratio - gain / many) @ count)
    return gain, float(np.sqrt(spread))
