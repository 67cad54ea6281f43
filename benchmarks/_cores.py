"""What work costs that is shared out among processes: time passed, and on the busiest of them."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from joblib import Parallel, delayed


@dataclass(frozen=True)
class Spent:
    """What one piece of work took.

    Attributes:
        passed: Seconds that passed.
        path: Processor seconds of the caller and of the busiest process together: what would pass
            if every process had a core to itself.
    """

    passed: float
    path: float

    def best(self, other: "Spent") -> "Spent":
        """Return the lesser of both figures."""
        return Spent(min(self.passed, other.passed), min(self.path, other.path))


def spent(work: Callable[[], object], workers: int) -> Spent:
    """Time work that is done here (`workers` 1) or by processes that joblib keeps.

    Args:
        work: What to do.
        workers: How many processes there are.
    """
    before = _clocks(workers)
    begin, mine = time.perf_counter(), time.process_time()
    work()
    passed, mine = time.perf_counter() - begin, time.process_time() - mine
    after = _clocks(workers)
    busiest = max((after[each] - before.get(each, 0.0) for each in after), default=0.0)
    return Spent(passed, mine + busiest)


def _clocks(workers: int) -> dict[int, float]:
    """Return the processor seconds of every process that joblib keeps for so many workers."""
    if workers == 1:
        return {}
    asked = Parallel(workers, backend="loky")(delayed(_clock)() for _ in range(4 * workers))
    clocks: dict[int, float] = {}
    for process, seconds in asked:
        clocks[process] = max(seconds, clocks.get(process, 0.0))
    return clocks


def _clock() -> tuple[int, float]:
    # Long enough for the others to take their turn.
    time.sleep(0.05)
    return os.getpid(), time.process_time()
