"""What all plans stand on: parameters, luck and the opening stock, the same whatever is planned."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workforce.domain.opening import Opening
from workforce.domain.rates import Rates
from workforce.projection.clock import Clock
from workforce.projection.stock import Stock
from workforce.projection.walk import Shared

__all__ = ["Ground", "Grounds"]

# People x draws beyond which a block is too large to be kept.
_SMALL: Final = 1_000_000
_Of = tuple[Opening, Rates, int, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """One block of draws.

    Attributes:
        shared: Random numbers and parameters.
        clock: Hazards with nothing done.
        stock: The opening people, with every time of leaving that no lever moves.
    """

    shared: Shared
    clock: Clock
    stock: Stock


class Grounds:
    """Keeps the ground of the last run for the next one, which somebody with a slider starts.

    It holds the opening position it was made for, as counts of groups, and goes with its owner.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: tuple[_Of, dict[tuple[int, int], Ground]] | None = None

    def block(self, of: _Of, parcel: tuple[int, int], make: Callable[[int, int], Ground]) -> Ground:
        """Return the ground of a block of draws, made now unless it is at hand.

        Args:
            of: Opening position, rates, seed and months of the run.
            parcel: First draw and number of draws.
            make: Makes it.
        """
        kept = self._kept
        if (
            kept is None
            or kept[0][0] is not of[0]
            or kept[0][1] is not of[1]
            or kept[0][2:] != of[2:]
        ):
            # In one step, for whoever else is at it.
            kept = self._kept = (of, {})
        found = kept[1].get(parcel)
        if found is None:
            found = make(*parcel)
            if len(found.stock.staff) * parcel[1] <= _SMALL:
                kept[1][parcel] = found
        return found
