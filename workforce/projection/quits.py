"""Resignations under a plan: today's resignations, of which its levers prevent a part.

The moments at which somebody would resign are those of a Poisson process with today's hazard. Under
a plan with multiplier r the moment counts with probability r, so the first one that counts has
hazard r x today's, exactly. Two plans look at the same moments with the same luck: whoever
leaves in both leaves in the same month, which keeps the difference of two scenarios free of noise.

Where r is above 1, a second layer of moments counts with probability r - 1, and so on.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.projection.clock import Clock, Group
from workforce.projection.hazards import Drawn, newcomer_exit
from workforce.projection.levers import LeverClasses

__all__ = ["GRADE_CHANNEL", "Quits", "Uniforms", "leave_after_joining"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
Uniforms = Callable[[int | IndexArray, IndexArray | slice], FloatArray]
"""Returns uniforms for some of the people, given as positions, of one channel or one for each."""

REST_CHANNEL: Final = 0
CAUSE_CHANNEL: Final = 1
GRADE_CHANNEL: Final = 2
_FIRST_MOMENT: Final = 8
_MOMENTS: Final = 32
_LAYERS: Final = 64


def _channel(layer: int | IndexArray, moment: int, *, counts: bool) -> int | IndexArray:
    """Return the channel of the number that says when a moment is, or whether it counts."""
    if moment >= _MOMENTS:
        # Reached by nobody in practice (0.45^32); numbers would then repeat, results stay valid.
        moment = _MOMENTS - 1
    return _FIRST_MOMENT + 2 * (layer * _MOMENTS + moment) + int(counts)


class Quits:
    """Who resigns when under one plan."""

    def __init__(self, clock: Clock, classes: LeverClasses) -> None:
        """Take the plan's multipliers.

        Args:
            clock: Times under today's hazards.
            classes: Multipliers of the plan's levers.
        """
        self._clock = clock
        self._index = classes.index
        self._multiplier = classes.multiplier
        self._neutral = bool(np.all(classes.multiplier == 1.0))
        self._highest = classes.multiplier.max(axis=(0, 1))

    @property
    def neutral(self) -> bool:
        """Whether the plan leaves every hazard as it is."""
        return self._neutral

    @property
    def layers(self) -> int:
        """Number of layers of moments, 1 where no multiplier is above 1."""
        return min(max(1, int(np.ceil(self._highest.max()))), _LAYERS)

    def concerned(self, layer: int) -> NDArray[np.bool_]:
        """Return in which draws a layer matters, shape (D,)."""
        matters: NDArray[np.bool_] = self._highest > layer
        return matters

    def join(
        self, group: Group, start: int, uniforms: Uniforms, *, fresh: bool = False
    ) -> FloatArray:
        """Return when people who join resign.

        Args:
            group: The people.
            start: Month at whose end they are in post.
            uniforms: Their numbers.
            fresh: Whether all of them have no service yet and no boost.

        Returns:
            Months after the opening month, `inf` where they stay to the end, shape (n,).
        """
        size = group.draw.size
        everybody: IndexArray | slice = slice(None)
        who: IndexArray = np.arange(size)
        layer: int | IndexArray = 0
        if self.layers > 1:
            # All layers together: a call costs more than the few people of a further layer.
            more = [
                np.flatnonzero(self.concerned(each)[group.draw]) for each in range(1, self.layers)
            ]
            layer = np.repeat(np.arange(self.layers), [size, *map(len, more)])
            everybody = who = np.concatenate((who, *more))
        mine = group.some(who) if self.layers > 1 else group
        threshold = -np.log(uniforms(_channel(layer, 0, counts=False), everybody))
        if fresh:
            time, reached = self._clock.joiners(threshold, mine, start)
        else:
            month = np.full(who.size, start, dtype=np.intp)
            time, reached = self._clock.search(threshold, mine, month, None)
        time = self.count(layer, group, who, time, reached, uniforms)
        out = time[:size]
        np.minimum.at(out, who[size:], time[size:])
        return out

    def count(
        self,
        layer: int | IndexArray,
        group: Group,
        who: IndexArray,
        time: FloatArray,
        reached: FloatArray,
        uniforms: Uniforms,
    ) -> FloatArray:
        """Return the first moment that counts.

        Args:
            layer: Layer of the moments, one for all or one for each, shape (n,).
            group: The people.
            who: Positions in `group`, shape (n,).
            time: Their first moment under today's hazard, shape (n,); replaced.
            reached: M at that moment, shape (n,); replaced.
            uniforms: Numbers by position in `group`.

        Returns:
            Time of the first moment that counts, `inf` where none does.
        """
        if self._neutral:
            return time
        layers = np.broadcast_to(layer, who.shape)
        ask = np.flatnonzero(time < self._clock.months)
        moment = 0
        while ask.size:
            luck = uniforms(_channel(layers[ask], moment, counts=True), who[ask])
            ask = ask[luck >= self._ratio(group, who[ask], time[ask]) - layers[ask]]
            moment += 1
            threshold = -np.log(uniforms(_channel(layers[ask], moment, counts=False), who[ask]))
            time[ask], reached[ask] = self._clock.search(
                threshold, group.some(who[ask]), time[ask].astype(np.intp), reached[ask]
            )
            ask = ask[time[ask] < self._clock.months]
        return time

    def _ratio(self, group: Group, who: IndexArray, time: FloatArray) -> FloatArray:
        month = time.astype(np.intp)
        first_year = (month - group.origin[who] < 12).astype(np.intp)
        kind = self._index[group.family[who], group.grade[who], first_year]
        _, months, draws = self._multiplier.shape
        where = (kind * months + month) * draws + group.draw[who]
        ratio: FloatArray = self._multiplier.reshape(-1)[where]
        return ratio


def leave_after_joining(
    quits: Quits,
    drawn: Drawn,
    group: Group,
    start: int,
    uniforms: Uniforms,
    *,
    fresh: bool = False,
) -> tuple[FloatArray, IndexArray]:
    """Return when and why people leave who joined during the projection.

    Args:
        quits: Resignations under the plan.
        drawn: Parameters of D draws.
        group: The people.
        start: Month at whose end they are in post.
        uniforms: Their numbers.
        fresh: Whether all of them have no service yet and no boost.

    Returns:
        Months after the opening month, `inf` where they stay to the end, and cause index.
    """
    resigns = quits.join(group, start, uniforms, fresh=fresh)
    rest = uniforms(REST_CHANNEL, slice(None))

    def which(some: IndexArray) -> FloatArray:
        return uniforms(CAUSE_CHANNEL, some)

    return newcomer_exit(drawn, resigns, rest, which, group.draw, start)
