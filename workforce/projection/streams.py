"""Common random numbers: one named stream for each process, the same for every scenario.

A draw's randomness is looked up, never consumed in passing: the k-th hire of a family in a month
has its own numbers whatever happened before, so a plan that changes one process leaves the others
as they were. A longer run starts with the same draws as a shorter one, and how many draws are
computed at a time changes nothing.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.projection.native import EVENT, RANK, compiled, mixed

__all__ = ["BLOCK", "MAX_SEED", "Lookup", "Streams", "numbers_at", "row_and_draw"]

BLOCK: Final = 250
"""Draws that share a generator. Changing it changes every result."""

MAX_SEED: Final = 2**63 - 1

FloatArray = NDArray[np.float64]
Single = NDArray[np.float32]
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_ALL: Final = 2**64 - 1
_DRAW: Final = np.uint64((0x9E3779B97F4A7C15 << 49) & _ALL)


class Streams:
    """Random numbers for some draws of a run."""

    def __init__(self, seed: int, first: int, draws: int) -> None:
        """Name the draws.

        Args:
            seed: Seed of the run, 0 to `MAX_SEED`.
            first: First draw; a multiple of `BLOCK`.
            draws: Number of draws D.

        Raises:
            ValueError: If the seed is out of range or the first draw lies inside a block.
        """
        if not 0 <= seed <= MAX_SEED:
            raise ValueError(f"seed must lie between 0 and {MAX_SEED}, not {seed}")
        if first % BLOCK:
            raise ValueError(f"draws are computed from a multiple of {BLOCK}, not from {first}")
        self.seed = seed
        self.first = first
        self.draws = draws
        self._blocks = range(first // BLOCK, -(-(first + draws) // BLOCK))

    def generators(self, process: str) -> list[np.random.Generator]:
        """Return one generator a block for a named process, each at its beginning."""
        name = _name_words(process)
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
        low, high, *_ = _name_words(f"{self.seed}/{process}")
        out = np.empty((rows, self.draws), dtype=np.float32)
        _fill_uniforms(np.uint64(low | high << 32), self.first, out)
        return out


@compiled
def _fill_uniforms(base: np.uint64, first: int, out: Single) -> None:
    for row in range(out.shape[0]):
        for draw in range(out.shape[1]):
            place = base + np.uint64(row) * RANK + np.uint64(first + draw) * _DRAW
            # 24 bits are all that a short number between 0 and 1 can hold.
            out[row, draw] = np.float32(mixed(place) >> np.uint64(40)) * np.float32(2.0**-24)


class Lookup:
    """Numbers looked up by what they are for: (key, draw, event, rank, channel).

    For people and posts whose number is not known beforehand. The k-th hire of a month has its own
    numbers, so that a hire less in one month of one scenario leaves all other hires as they are. It
    is the SplitMix64 sequence (Steele, Lea & Flood 2014) evaluated at a counter made of these.

    Attributes:
        base: Where in the sequence each cell = key x D + draw begins.
    """

    def __init__(self, streams: Streams, process: str, keys: Sequence[str]) -> None:
        """Derive the places.

        Args:
            streams: For the seed and the D draws.
            process: Name of the process.
            keys: What the cells belong to, e.g. the families.
        """
        starts = [_name_words(f"{streams.seed}/{process}/{key}") for key in keys]
        bases = np.array([low | high << 32 for low, high, *_ in starts], dtype=np.uint64)
        draws = np.arange(streams.first, streams.first + streams.draws, dtype=np.uint64)
        self.base = (bases[:, None] + (draws << np.uint64(49)) * _GOLDEN).reshape(-1)

    def places(
        self, cell: NDArray[np.intp], event: int, rank: NDArray[np.intp]
    ) -> NDArray[np.uint64]:
        """Return where the numbers of people or posts begin, to look further ones up later.

        Args:
            cell: Key index x D + draw index, shape (n,).
            event: What the numbers belong to, below 2^12.
            rank: Position within the event, shape (n,), below 2^24.
        """
        return _places(self.base, cell, event, rank)


@compiled
def _places(
    base: NDArray[np.uint64], cell: NDArray[np.intp], event: int, rank: NDArray[np.intp]
) -> NDArray[np.uint64]:
    out = np.empty(cell.size, dtype=np.uint64)
    for each in range(cell.size):
        # Distinct places of one sequence: a place is draw, event, rank and channel side by side.
        out[each] = base[cell[each]] + np.uint64(rank[each]) * RANK + np.uint64(event) * EVENT
    return out


def numbers_at(
    places: NDArray[np.uint64], channel: int | NDArray[np.intp], event: int = 0
) -> FloatArray:
    """Return uniforms strictly between 0 and 1 at places that a `Lookup` gave, shape (n,).

    Args:
        places: As `Lookup.places` returns them, shape (n,).
        channel: Which of the numbers of that place, below 2^13, for all or for each.
        event: Added to the event of the places.
    """
    bits = places + np.uint64((event << 37) * int(_GOLDEN) & _ALL)
    if isinstance(channel, int):
        bits += np.uint64(channel * int(_GOLDEN) & _ALL)
    else:
        bits += channel.astype(np.uint64) * _GOLDEN
    bits ^= bits >> np.uint64(30)
    bits *= np.uint64(0xBF58476D1CE4E5B9)
    bits ^= bits >> np.uint64(27)
    bits *= np.uint64(0x94D049BB133111EB)
    bits ^= bits >> np.uint64(31)
    uniform: FloatArray = (bits >> np.uint64(11)).astype(np.float64)
    uniform += 0.5
    uniform *= 2.0**-53
    return uniform


def row_and_draw(where: NDArray[np.intp], draws: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the row and the draw of places row x D + draw, none below 0, shape (n,) each."""
    # A fifth of the time of np.divmod, which divides element by element.
    row = where // draws
    return row, where - row * draws


def _name_words(name: str) -> list[int]:
    digest = hashlib.sha256(name.encode()).digest()
    return [int.from_bytes(digest[k : k + 4], "little") for k in range(0, 16, 4)]
