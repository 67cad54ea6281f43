"""Columns and prior of the log-linear hazard of resigning."""

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.evidence import Evidence
from workforce.domain.families import Family
from workforce.rates.cells import FAMILIES, Cells, Present, Window
from workforce.rates.priors import (
    CONTRACT_LOG_SD,
    GRADE_LOG_SD,
    NOT_DIGITAL_LOG_SD,
    family_log_sds,
    log_prior_by_tenure,
    other_exits_annual,
    tenure_prior,
    voluntary_benchmark,
)

__all__ = [
    "centre_of",
    "design_matrix",
    "family_spreads",
    "grid_design",
    "log_prior",
    "prior_covariance",
    "static_names",
]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_REFERENCE_TENURE = TENURE_BANDS.index("2-5 years")
_TENURES = tuple(t for t in range(len(TENURE_BANDS)) if t != _REFERENCE_TENURE)


def log_prior(evidence: Evidence) -> FloatArray:
    """Return benchmark log monthly hazards, shape (all families, T)."""
    shape, _ = tenure_prior(evidence)
    other = other_exits_annual(evidence)
    rows = [
        log_prior_by_tenure(shape, voluntary_benchmark(evidence, family), other)
        for family in FAMILIES
    ]
    return np.array(rows)


def static_names() -> tuple[str, ...]:
    """Return the names of the terms that do not change over time, in the order of the columns."""
    return (
        "overall",
        *(f"family: {family}" for family in FAMILIES),
        *(f"grade: {grade}" for grade in GRADE_BANDS),
        *(f"tenure: {TENURE_BANDS[t]}" for t in _TENURES),
        "fixed term",
    )


def family_spreads(evidence: Evidence) -> tuple[float, FloatArray]:
    """Return the prior spreads of the overall level and of each family, shape (all families,)."""
    overall, family = family_log_sds(evidence)
    own = [NOT_DIGITAL_LOG_SD if each == Family.NOT_DIGITAL else family for each in FAMILIES]
    return overall, np.array(own)


def prior_covariance(evidence: Evidence, season_sd: FloatArray) -> FloatArray:
    """Return the prior covariance of the static and season terms, shape (K + 12, K + 12)."""
    overall, families = family_spreads(evidence)
    _, tenure = tenure_prior(evidence)
    sds = [
        overall,
        *families,
        *(GRADE_LOG_SD for _ in GRADE_BANDS),
        *(tenure[t] for t in _TENURES),
        CONTRACT_LOG_SD,
        *season_sd,
    ]
    return np.diag(np.square(sds))


def _one_hot(index: IntArray, size: int) -> FloatArray:
    return np.eye(size)[index]


def centre_of(present: Present, base: FloatArray) -> FloatArray:
    """Return the mean of the static and season columns over expected leavers in post."""
    leavers = present.people * np.exp(base)[:, None, :]
    leavers = leavers / leavers.sum()
    return np.concatenate(
        [
            np.zeros(1 + len(FAMILIES)),
            leavers.sum(axis=(0, 2)),
            leavers.sum(axis=(0, 1))[list(_TENURES)],
            [leavers.sum(axis=(1, 2)) @ present.fixed_share],
            np.full(12, 1 / 12),
        ]
    )


def design_matrix(cells: Cells, window: Window | None, centre: FloatArray) -> FloatArray:
    """Return one row a cell: static terms, season, and a column a year of the window.

    Args:
        cells: Cells.
        window: Observed months; no year columns without.
        centre: Output of `centre_of`, subtracted from the static and season columns.

    Returns:
        Shape (n, K + 12 + years).
    """
    columns = [
        np.ones((len(cells.month), 1)),
        _one_hot(cells.family, len(FAMILIES)),
        _one_hot(cells.grade, len(GRADE_BANDS)),
        _one_hot(cells.tenure, len(TENURE_BANDS))[:, list(_TENURES)],
        cells.fixed_term[:, None],
        _one_hot(cells.month % 12, 12),
    ]
    columns = [np.hstack(columns) - centre]
    if window:
        columns.append(_one_hot(window.year(cells.month), window.years))
    return np.hstack(columns)


def grid_design(present: Present, centre: FloatArray) -> FloatArray:
    """Return the design over (F, G, T) and static terms, contract types at their present mix."""
    families = present.families
    size = (len(families), len(GRADE_BANDS), len(TENURE_BANDS))
    f, g, t = (each.ravel() for each in np.indices(size))
    rows = np.asarray([FAMILIES.index(family) for family in families], dtype=np.int64)
    none = np.zeros(len(f))
    cells = Cells(none.astype(np.int64), rows[f], g, t, present.fixed_share[f], none, none)
    return design_matrix(cells, None, centre)[:, : len(static_names())].reshape(*size, -1)
