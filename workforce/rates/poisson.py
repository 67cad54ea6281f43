"""Penalised Poisson regression on counts: posterior mode and Laplace covariance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.rates.threads import one_thread

__all__ = ["Posterior", "fit_poisson", "laplace"]

FloatArray = NDArray[np.float64]

_TOLERANCE = 1e-11


@dataclass(frozen=True, slots=True)
class Posterior:
    """Normal approximation of the coefficients of a log-linear rate.

    Attributes:
        mean: Posterior mode, shape (K,).
        covariance: Laplace covariance, shape (K, K).
        prior: Prior covariance, shape (K, K).
    """

    mean: FloatArray
    covariance: FloatArray
    prior: FloatArray

    def linear(self, map_: FloatArray) -> "Posterior":
        """Return the posterior of `map_ @ beta`, shape (J, K) @ (K,)."""
        return Posterior(
            map_ @ self.mean, map_ @ self.covariance @ map_.T, map_ @ self.prior @ map_.T
        )

    def weight(self, direction: FloatArray) -> float:
        """Return 1 - posterior variance / prior variance of `direction . beta`.

        Args:
            direction: Shape (K,).

        Returns:
            The share of the estimate that is the data's, 0 to 1.
        """
        before = float(direction @ self.prior @ direction)
        after = float(direction @ self.covariance @ direction)
        return min(1.0, max(0.0, 1 - after / before)) if before > 0 else 0.0


def fit_poisson(
    design: FloatArray,
    expected: FloatArray,
    events: FloatArray,
    prior: FloatArray,
    start: FloatArray | None = None,
) -> Posterior:
    """Fit y ~ Poisson(expected x exp(X beta)), beta ~ N(0, prior).

    With coefficients in units of the prior (X L, prior = L L') the penalty is half their sum of
    squares. scikit-learn averages its loss over the sample weights, so `alpha` is one over their
    sum; any other would let the prior grow with the data.

    Args:
        design: X, shape (n, K).
        expected: Events expected under the prior (exposure x prior hazard), shape (n,), at least 0.
        events: Events observed, shape (n,), whole or fractional.
        prior: Positive definite prior covariance, shape (K, K).
        start: Where the search begins, shape (K,); nearby it takes fewer steps to the same mode.

    Returns:
        The posterior; the prior itself where nothing was expected.
    """
    root: FloatArray = np.linalg.cholesky(prior).astype(np.float64)
    seen = expected > 0
    if not seen.any():
        return Posterior(np.zeros(len(prior)), prior.copy(), prior)
    weight, scaled = expected[seen], design[seen] @ root
    from sklearn.linear_model import PoissonRegressor

    model = PoissonRegressor(
        alpha=1.0 / weight.sum(),
        fit_intercept=False,
        solver="newton-cholesky",
        max_iter=500,
        tol=_TOLERANCE,
        warm_start=start is not None,
    )
    if start is not None:
        model.coef_ = np.linalg.solve(root, start)
        model.intercept_ = 0.0
    with one_thread():
        model.fit(scaled, events[seen] / weight, sample_weight=weight)
        coefficients = np.asarray(model.coef_, dtype=np.float64)
        covariance = _laplace(scaled, weight * np.exp(scaled @ coefficients), root)
    return Posterior(root @ coefficients, covariance, prior)


def laplace(
    design: FloatArray, expected: FloatArray, mean: FloatArray, prior: FloatArray
) -> FloatArray:
    """Return the Laplace covariance of `fit_poisson` around any coefficients.

    Args:
        design: X, shape (n, K).
        expected: Events expected under the prior, shape (n,).
        mean: Coefficients, shape (K,).
        prior: Positive definite prior covariance, shape (K, K).

    Returns:
        Inverse of the information of prior and counts, shape (K, K).
    """
    root: FloatArray = np.linalg.cholesky(prior).astype(np.float64)
    with one_thread():
        return _laplace(design @ root, expected * np.exp(design @ mean), root)


def _laplace(scaled: FloatArray, fitted: FloatArray, root: FloatArray) -> FloatArray:
    information = np.eye(len(root)) + scaled.T @ (fitted[:, None] * scaled)
    covariance = root @ np.linalg.solve(information, root.T)
    symmetric: FloatArray = (covariance + covariance.T) / 2
    return symmetric
