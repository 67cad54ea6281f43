"""A sweep serially, on all cores and on a local Dask cluster; prints one JSON line.

Run by `benchmarks.sweep` with the Python of the peers' environment, where Dask is installed. The
cluster listens on this machine only.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from distributed import LocalCluster

from benchmarks._cores import Spent, spent
from benchmarks.simulate import ROOT, full_plan, organisation, stated_rates
from workforce.domain.evidence import load_evidence
from workforce.projection.cluster import cluster
from workforce.projection.sweep import Ground, sweep

PLANS, DRAWS, WORKERS, ROUNDS = 64, 500, 2, 3


def main() -> None:
    """Run the same sweep in three ways."""
    plan = full_plan(load_evidence(ROOT / "models" / "evidence"), 36)
    plans = [
        replace(plan, hiring=replace(plan.hiring, speed=0.8 + 0.01 * number))
        for number in range(PLANS)
    ]
    ground = Ground(organisation(140), stated_rates(), draws=DRAWS)
    seconds: dict[str, Spent] = {}

    def timed(name: str, processes: int, **settings: int) -> list[dict[str, float]]:
        results: list[dict[str, float]] = []
        took = spent(lambda: results.extend(sweep(ground, plans, **settings)), processes)
        seconds[name] = took.best(seconds.get(name, took))
        return results

    # A parcel for each process, so that both have started and know the software.
    sweep(ground, plans[: 8 * WORKERS], workers=WORKERS)
    # In turn and the best of each, because what else the machine does changes by the minute.
    for _ in range(ROUNDS):
        serial = timed("serial", 1, workers=1)
        cores = timed("cores", WORKERS, workers=WORKERS)
    with (
        LocalCluster(
            n_workers=WORKERS, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as local,
        cluster(local.scheduler_address),
    ):
        sweep(ground, plans[: 8 * WORKERS], workers=-1)
        dask = timed("dask", 1, workers=-1)
    print(
        json.dumps(
            {
                "cores_same": json.dumps(serial) == json.dumps(cores),
                "dask_same": json.dumps(serial) == json.dumps(dask),
                "plans": len(serial),
                "seconds": {name: each.passed for name, each in seconds.items()},
                "path": {name: seconds[name].path for name in ("serial", "cores")},
            }
        )
    )


if __name__ == "__main__":
    main()
