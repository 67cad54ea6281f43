"""Parcels of draws handed out to processes or threads; which of them changes no number.

The compiled loops let other threads run, the many small calls of a month between them do not. Where
whole walks are loops threads gain nearly all of every further core, and nothing has to travel;
otherwise they gain a part of it and processes nearly the whole. Starting processes costs as much as
some seconds of work: they are for runs that take longer, and are kept for the next one.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

__all__ = ["HEAVY", "Parcel", "handed_out"]

HEAVY: Final = 250_000_000
"""People x draws x months x plans from which on processes are worth starting."""

Parcel = tuple[int, int]
Done = TypeVar("Done")


def handed_out(
    work: Callable[[Parcel], Done], parcels: Sequence[Parcel], workers: int, *, processes: bool
) -> Iterator[Done]:
    """Yield what becomes of each parcel of draws, in their order.

    Args:
        work: What to do with a parcel (first draw, number of draws); it is sent to processes with
            everything it refers to.
        parcels: The parcels.
        workers: How many are worked on at once.
        processes: Whether by processes; where none can be started, by threads all the same.
    """
    if workers == 1 or len(parcels) == 1:
        yield from map(work, parcels)
        return
    done = 0
    if processes:
        try:
            for each in _in_processes(work, parcels, workers):
                yield each
                done += 1
        except (OSError, BrokenProcessPool):
            # A parcel depends on nothing before it: what is left is done here.
            pass
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(work, parcels[done:])


def _in_processes(
    work: Callable[[Parcel], Done], parcels: Sequence[Parcel], workers: int
) -> Iterator[Done]:
    from joblib import Parallel, delayed

    # Fresh processes, never copies of a server with threads; no file is written for big arguments.
    parallel = Parallel(workers, backend="loky", return_as="generator", max_nbytes=None)
    yield from parallel(delayed(work)(parcel) for parcel in parcels)
