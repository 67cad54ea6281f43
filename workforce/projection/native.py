"""Compiled functions: loops over people that would otherwise be a dozen passes over arrays.

They are compiled on first use and kept in the user's cache folder, so that only the first run after
an installation waits for it. They hold no data.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numba.core import types
from numba.extending import intrinsic
from platformdirs import user_cache_dir

__all__ = ["EVENT", "GOLDEN", "RANK", "compiled", "inlined", "mixed", "number", "unowned"]

GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
"""Between two channels of the places that a `streams.Lookup` gives."""
RANK: Final = np.uint64((0x9E3779B97F4A7C15 << 13) & (2**64 - 1))
"""Between two ranks of an event."""
EVENT: Final = np.uint64((0x9E3779B97F4A7C15 << 37) & (2**64 - 1))
"""Between two events."""

_Function = TypeVar("_Function", bound=Callable[..., Any])
_Arrays = TypeVar("_Arrays", bound=NamedTuple)


def _keep() -> None:
    """Say where compiled functions are kept: apart for every state of what they are made from.

    Numba looks at the file of a function alone, not at the constants and functions it takes from
    other files; what was compiled from an older state of those must not be used again.
    """
    here = Path(__file__).parent
    state = hashlib.sha256()
    for path in (*sorted(here.glob("*.py")), here.parent / "domain" / "bands.py"):
        state.update(path.read_bytes())
    settings: Any = numba.config
    folder = settings.CACHE_DIR or user_cache_dir("digital-workforce-planning")
    settings.CACHE_DIR = str(Path(folder) / f"compiled-{state.hexdigest()[:16]}")


_keep()


def compiled(function: _Function) -> _Function:
    """Return a function compiled for the types it is called with.

    It releases the interpreter lock, so that blocks of draws in threads run side by side. Numbers
    are added in the order that is written, so results do not depend on the machine's vectors.

    Args:
        function: Plain Python on numbers, tuples and arrays.
    """
    try:
        out = numba.njit(nogil=True, cache=True, error_model="numpy")(function)
    except RuntimeError:
        # No folder can be written to: each process compiles for itself.
        out = numba.njit(nogil=True, error_model="numpy")(function)
    return cast("_Function", out)


def inlined(function: _Function) -> _Function:
    """Return a function that is compiled as part of every compiled function that calls it.

    Arrays are handed over to it for nothing, which counts where it does little for each person;
    but where it holds a loop with several ways out, who uses them is counted at every call.

    Args:
        function: As for `compiled`.
    """
    return cast("_Function", numba.njit(inline="always", error_model="numpy")(function))


@intrinsic
def _unowned(typing: Any, arrays: Any) -> Any:
    def make(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        (given,) = values
        for at, kind in enumerate(signature.return_type.types):
            if isinstance(kind, types.Array):
                array = context.make_array(kind)(
                    context, builder, value=builder.extract_value(given, at)
                )
                array.meminfo = array.meminfo.type(None)
                given = builder.insert_value(given, array._getvalue(), at)
        return given

    return arrays(arrays), make


if TYPE_CHECKING or numba.config.DISABLE_JIT:

    def unowned(arrays: _Arrays) -> _Arrays:
        """Return a named tuple of arrays that nobody counts the users of; the caller keeps them.

        Numba counts who uses an array each time it is handed over to an inlined function with a
        loop, which takes longer than what such a function does.

        Args:
            arrays: A named tuple of arrays and numbers.
        """
        return arrays

else:
    unowned = _unowned


@inlined
def mixed(place: np.uint64) -> np.uint64:
    """Return the bits at a place of the sequence SplitMix64 (Steele, Lea & Flood 2014)."""
    bits = place
    bits ^= bits >> np.uint64(30)
    bits *= np.uint64(0xBF58476D1CE4E5B9)
    bits ^= bits >> np.uint64(27)
    bits *= np.uint64(0x94D049BB133111EB)
    bits ^= bits >> np.uint64(31)
    return bits


@inlined
def number(place: np.uint64) -> float:
    """Return the uniform strictly between 0 and 1 at a place, as `streams.numbers_at` does."""
    return (np.float64(mixed(place) >> np.uint64(11)) + 0.5) * 2.0**-53
