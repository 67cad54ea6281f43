"""The mix of people over whom a rate that depends on grade and tenure is averaged."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS, GradeBand, tenure_band_index
from workforce.domain.evidence import Evidence
from workforce.history import History
from workforce.rates.priors import (
    other_exits_annual,
    tenure_prior,
    typical_tenure_mix,
    voluntary_benchmark,
)

__all__ = ["people_mix"]

FloatArray = NDArray[np.float64]


def people_mix(history: History, evidence: Evidence, families: tuple[str, ...]) -> FloatArray:
    """Count the people in post by family, grade and tenure band.

    Args:
        history: The history.
        evidence: Gives the typical tenure of a family that has nobody in post.
        families: F families.

    Returns:
        People, shape (F, G, T); a family without people has one practitioner of typical tenure.
    """
    mix = np.zeros((len(families), len(GRADE_BANDS), len(TENURE_BANDS)))
    stock = history.stock[history.stock["family"].isin(families)]
    grades = [str(grade) for grade in GRADE_BANDS]
    index = (
        pd.Categorical(stock["family"], categories=list(families)).codes,
        pd.Categorical(stock["grade"], categories=grades).codes,
        tenure_band_index(stock["tenure_months"].to_numpy(dtype=np.int64)),
    )
    np.add.at(mix, index, stock["people"].to_numpy(dtype=float))
    shape, _ = tenure_prior(evidence)
    other = other_exits_annual(evidence)
    for position, family in enumerate(families):
        if not mix[position].any():
            annual = voluntary_benchmark(evidence, family).value
            row = GRADE_BANDS.index(GradeBand.PRACTITIONER)
            mix[position, row] = typical_tenure_mix(shape, annual, other)
    return mix
