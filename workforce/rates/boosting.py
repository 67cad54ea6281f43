"""Gradient-boosted Poisson trees over family, grade and tenure, beside an expectation."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.rates.cells import Cells
from workforce.rates.forms import Score
from workforce.rates.threads import one_thread

__all__ = ["Grid", "boosted_score"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_FOLDS: Final = 3
"""Stretches of months, each scored by trees that saw the others."""
_TREES: Final = 20
_LEARNING_RATE: Final = 0.15
_LEAVES: Final = 8
"""Three splits, one for each of family, grade and tenure: no interaction is beyond reach."""
_HALF_BELIEVED: Final = 20.0
"""Expected leavers at which one tree believes half of what a leaf shows: the second derivative of
the Poisson loss is the expectation, so the L2 penalty of a leaf counts expected leavers."""
_SCORE_LOG_SD: Final = 1.0
"""A coefficient of one takes the trees at their word."""
_FEWEST: Final = 20.0
"""Leavers below which no tree is grown: not one leaf of them would be believed."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells that trees tell apart.

    Attributes:
        shape: Numbers of families, grade bands and tenure bands.
        centre: Weights over which factors have mean one, so that the level keeps its meaning,
            shape (families, G, T), summing to 1.
    """

    shape: tuple[int, int, int]
    centre: FloatArray


def boosted_score(grid: Grid, cells: Cells, expected: FloatArray) -> Score | None:
    """Learn by family, grade and tenure what an expectation leaves over.

    Ratios events / expected are fitted with weight expected (Poisson deviance with an offset). The
    score of a cell comes from trees that did not see its stretch of months. Month and year are in
    the expectation.

    Args:
        grid: Cells told apart.
        cells: Exposure and events, n of them.
        expected: Events expected of each, shape (n,).

    Returns:
        The scores, `None` with too few events or months to learn from.
    """
    months = int(cells.month.max() - cells.month.min()) + 1 if len(cells.month) else 0
    if months < _FOLDS or float(cells.events.sum()) < _FEWEST:
        return None
    fold = (cells.month - cells.month.min()) * _FOLDS // months
    place = np.ravel_multi_index((cells.family, cells.grade, cells.tenure), grid.shape)
    size = (_FOLDS, int(np.prod(grid.shape)))
    events, due = (
        np.bincount(fold * size[1] + place, each, minlength=size[0] * size[1]).reshape(size)
        for each in (cells.events, expected)
    )
    held_out = np.stack(
        [
            _log_factors(grid, events.sum(axis=0) - events[k], due.sum(axis=0) - due[k])
            for k in range(_FOLDS)
        ]
    )
    whole = _log_factors(grid, events.sum(axis=0), due.sum(axis=0))
    return Score(held_out[fold, place], whole.reshape(grid.shape), _SCORE_LOG_SD)


def _log_factors(grid: Grid, events: FloatArray, due: FloatArray) -> FloatArray:
    """Return the trees' log factors of every cell of the grid, centred, shape (cells,)."""
    seen = due > 0
    if float(events[seen].sum()) <= 0:
        return np.zeros(len(due))
    # Without a random state nothing here is random: no sample of rows, columns or bins is drawn.
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        loss="poisson",
        learning_rate=_LEARNING_RATE,
        max_iter=_TREES,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=1,
        l2_regularization=_HALF_BELIEVED,
        early_stopping=False,
        random_state=0,
    )
    family, grade, tenure = np.unravel_index(np.arange(len(due)), grid.shape)
    # Families have no order, grades and tenures do.
    features = np.column_stack([np.eye(grid.shape[0])[family], grade, tenure])
    with one_thread():
        model.fit(features[seen], events[seen] / due[seen], sample_weight=due[seen])
        found = np.log(model.predict(features))
    # The mean factor is one, so that trees that dare more do not also raise the level.
    centred: FloatArray = found - np.log(float(np.exp(found) @ grid.centre.ravel()))
    return centred
