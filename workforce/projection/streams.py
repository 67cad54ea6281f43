"""Common random numbers: one named stream for each process, the same for every scenario.

A draw's randomness is looked up, never consumed in passing: the j-th hire of a family has its own
number whatever happened before it, so a plan that changes one process leaves the others as they
were. Streams are laid out slot by slot in blocks of `BLOCK` draws. Therefore a longer run starts
with the same draws as a shorter one, and how many draws are computed at a time changes nothing.
"""

import hashlib
from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["BLOCK", "MAX_SEED", "SlotBank", "Streams"]

BLOCK: Final = 250
"""Draws that share a generator. Changing it changes every result."""

MAX_SEED: Final = 2**63 - 1

FloatArray = NDArray[np.float64]
Single = NDArray[np.float32]
Kind = Literal["exponential", "uniform"]

_GROWTH: Final = 16


class Streams:
    """Random numbers for draws `first` to `first + draws` of a run.

    Args:
        seed: Seed of the run, 0 to `MAX_SEED`.
        first: First draw; a multiple of `BLOCK`.
        draws: Number of draws D.

    Raises:
        ValueError: If the seed is out of range or the first draw lies inside a block.
    """

    def __init__(self, seed: int, first: int, draws: int) -> None:
        if not 0 <= seed <= MAX_SEED:
            raise ValueError(f"seed must lie between 0 and {MAX_SEED}, not {seed}")
        if first % BLOCK:
            raise ValueError(f"draws are computed from a multiple of {BLOCK}, not from {first}")
        self.seed = seed
        self.draws = draws
        self._blocks = range(first // BLOCK, -(-(first + draws) // BLOCK))

    def generators(self, process: str) -> list[np.random.Generator]:
        """Return one generator a block for a named process, each at its beginning."""
        digest = hashlib.sha256(process.encode()).digest()
        name = [int.from_bytes(digest[k : k + 4], "little") for k in range(0, 16, 4)]
        return [
            np.random.Generator(np.random.SFC64(np.random.SeedSequence([self.seed, block, *name])))
            for block in self._blocks
        ]

    def normals(self, process: str, rows: int) -> FloatArray:
        """Return standard normals, shape (rows, D); the first rows do not depend on `rows`."""
        parts = [each.standard_normal((rows, BLOCK)) for each in self.generators(process)]
        return np.concatenate(parts, axis=1)[:, : self.draws]

    def exponentials(self, process: str, rows: int) -> Single:
        """Return unit exponentials, shape (rows, D)."""
        parts = [
            each.standard_exponential((rows, BLOCK), dtype=np.float32)
            for each in self.generators(process)
        ]
        return np.concatenate(parts, axis=1)[:, : self.draws]

    def uniforms(self, process: str, rows: int) -> Single:
        """Return uniforms on [0, 1), shape (rows, D)."""
        parts = [each.random((rows, BLOCK), dtype=np.float32) for each in self.generators(process)]
        return np.concatenate(parts, axis=1)[:, : self.draws]

    def bank(self, process: str, keys: Sequence[str], kind: Kind) -> "SlotBank":
        """Return an open-ended store of slots for several keys of one process."""
        return SlotBank(self, process, keys, kind)


class SlotBank:
    """Numbers by (key, slot, draw) whose slots are generated as they are first needed.

    The slots already there never change when more are added, so it does not matter in which order,
    or by which scenario, they are asked for.

    Args:
        streams: Where the numbers come from.
        process: Name of the process.
        keys: What the slots belong to, e.g. the families.
        kind: Distribution.
    """

    def __init__(self, streams: Streams, process: str, keys: Sequence[str], kind: Kind) -> None:
        self._streams = streams
        self._kind: Kind = kind
        self._generators = [streams.generators(f"{process}/{key}") for key in keys]
        self._values: Single = np.empty((len(keys), 0, streams.draws), dtype=np.float32)
        self._filled = 0

    def take(
        self, key: NDArray[np.intp], slot: NDArray[np.intp], draw: NDArray[np.intp]
    ) -> FloatArray:
        """Return the numbers of (key, slot, draw), shape (n,), as float64."""
        if not slot.size:
            return np.empty(0)
        self._reach(int(slot.max()) + 1)
        _, slots, draws = self._values.shape
        return self._values.reshape(-1)[(key * slots + slot) * draws + draw].astype(np.float64)

    def _reach(self, slots: int) -> None:
        if slots <= self._filled:
            return
        target = max(slots, self._filled + self._filled // 2)
        target = -(-target // _GROWTH) * _GROWTH
        keys, _, draws = self._values.shape
        grown: Single = np.empty((keys, target, draws), dtype=np.float32)
        grown[:, : self._filled] = self._values
        fresh = (target - self._filled, BLOCK)
        for row, generators in enumerate(self._generators):
            for block, generator in enumerate(generators):
                columns = slice(block * BLOCK, min((block + 1) * BLOCK, draws))
                numbers = (
                    generator.standard_exponential(fresh, dtype=np.float32)
                    if self._kind == "exponential"
                    else generator.random(fresh, dtype=np.float32)
                )
                grown[row, self._filled :, columns] = numbers[:, : columns.stop - columns.start]
        self._values = grown
        self._filled = target
