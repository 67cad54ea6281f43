"""The search for the parameters of a small model."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["minimise"]

FloatArray = NDArray[np.float64]

_STEP: Final = 1e-7


def minimise(
    loss: Callable[[FloatArray], float], start: FloatArray, *, bound: float, steps: int
) -> FloatArray:
    """Minimise a smooth function of a few parameters by L-BFGS-B (Byrd et al. 1995).

    The gradient is taken by forward differences here: scipy's own way of doing so costs more than
    the functions it is used on.

    Args:
        loss: The function.
        start: Where to begin, shape (p,).
        bound: Largest absolute value of a parameter.
        steps: Most steps.

    Returns:
        Where it is smallest, shape (p,).
    """
    from scipy.optimize import minimize

    def with_gradient(at: FloatArray) -> tuple[float, FloatArray]:
        here = loss(at)
        moved = at + _STEP * np.eye(len(at))
        return here, np.array([(loss(each) - here) / _STEP for each in moved])

    found: Any = minimize(
        with_gradient, start, jac=True, method="L-BFGS-B", bounds=[(-bound, bound)] * len(start),
        options={"maxiter": steps, "ftol": 1e-6},
    )  # fmt: skip
    place: FloatArray = found.x
    return place
