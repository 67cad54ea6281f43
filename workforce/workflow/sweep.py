"""Many plans at once: on the cores of this machine, or on a cluster that the user names."""

from collections.abc import Sequence

from workforce.domain.plan import Plan
from workforce.projection.cluster import cluster
from workforce.projection.sweep import Ground, sweep
from workforce.workflow.ahead import continuing_programmes
from workforce.workflow.organisation import Analysis, Models

__all__ = ["sweep_plans"]


def sweep_plans(
    analysis: Analysis,
    models: Models,
    plans: Sequence[Plan],
    *,
    draws: int,
    seed: int,
    months: int | None = None,
    workers: int = -1,
    scheduler: str | None = None,
) -> list[dict[str, float]]:
    """Project many plans, each against doing nothing.

    Args:
        analysis: The organisation.
        models: Evidence, for apprentices already in training.
        plans: Plans; names may repeat.
        draws: Number of draws.
        seed: Seed.
        months: Horizon that wins over the plans' own.
        workers: Processes on this machine, or jobs at a time on the cluster; -1 for all there are.
        scheduler: Address of a Dask scheduler (`tcp://`, `tls://`, `ws://`, `wss://`) or of a Ray
            cluster (`ray://`). Counts and rates travel there, no person does.

    Returns:
        Key results of each plan, see `projection.sweep.key_results`; the same wherever they ran.

    Raises:
        UserError: If the cluster cannot be used, or a plan cannot be projected.
    """
    ground = Ground(
        opening=analysis.opening,
        rates=analysis.rates,
        continuing=continuing_programmes(analysis, models.evidence),
        draws=draws,
        seed=seed,
        months=months,
    )
    if scheduler is None:
        return sweep(ground, plans, workers=workers)
    with cluster(scheduler):
        return sweep(ground, plans, workers=workers)
