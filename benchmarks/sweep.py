"""A sweep over many plans: the same results serially, on all cores and on a Dask cluster."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks._result import Result

SCRIPT = Path(__file__).with_name("_dask_peer.py")


def run() -> list[Result]:
    """Return whether the results are the same, and how long each way took."""
    peers = Path(__file__).parent / ".peers" / "bin" / "python"
    python = str(peers) if peers.exists() else sys.executable
    done = subprocess.run([python, str(SCRIPT)], capture_output=True, text=True, check=False)
    bar, against = "results equal to those of a serial run to the last digit", "a serial run"
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1] if done.stderr else "no message"
        fault = f"could not be run ({reason}); see benchmarks/requirements.txt"
        return [Result("sweep.same", float("nan"), "share", bar, None, against, fault)]
    found = json.loads(done.stdout.splitlines()[-1])
    seconds = found["seconds"]
    path = found["path"]
    free = (
        "; by the processor seconds of the caller and the busiest process "
        f"{path['serial'] / path['cores']:.2f} times as fast where each has a core to itself"
    )
    same = [found["cores_same"], found["dask_same"]]
    detail = f"{found['plans']} plans, 140 people, 36 months, 500 draws, two workers: " + ", ".join(
        f"{name} {spent:.1f} s" for name, spent in seconds.items()
    )
    return [
        Result(
            "sweep.same",
            sum(same) / len(same),
            "share",
            bar,
            all(same),
            against,
            f"two processes through joblib, and a local Dask cluster through joblib; {detail}",
        ),
        *(
            Result(
                f"sweep.{name}",
                seconds["serial"] / seconds[name],
                "ratio",
                bar,
                seconds["serial"] / seconds[name] >= least,
                against,
                f"{detail}; passed time with processes already started, the best of three in turn "
                f"(Dask: of one), so bound by what else the cores do{note}",
            )
            for name, least, bar, note in (
                ("cores", 1.5, "at least 1.5 times as fast as serially with two processes", free),
                ("dask", 1.0, "faster than serially with two processes", ""),
            )
        ),
    ]
