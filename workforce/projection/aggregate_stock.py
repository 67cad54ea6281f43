"""The opening stock folded into groups of people whose hazards are alike.

People of one group share family, age band, end of a fixed term, grade band and tenure band; exact
months of tenure are kept as weights, because they decide when somebody moves to the next band.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import (
    AGE_BAND_MONTHS,
    AGE_BANDS,
    GRADE_BANDS,
    TENURE_BANDS,
    TENURE_CAP_MONTHS,
    tenure_band_index,
)
from workforce.domain.opening import Opening
from workforce.projection.exits import Exits
from workforce.projection.hazards import UNKNOWN_AGE, Drawn
from workforce.projection.streams import Streams

__all__ = ["Ahead", "Folded", "Settled", "add_by_family", "fold", "known_exits", "look_ahead"]

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
IntArray = NDArray[np.int64]

_TENURES: Final = TENURE_CAP_MONTHS + 1
_FEW: Final = 20
"""People below which groups that differ in grade or tenure only are put together."""


@dataclass(frozen=True, slots=True)
class Folded:
    """J groups in the order of their pools, i.e. of family and age band.

    Attributes:
        people: Heads, shape (J,).
        fte: Mean FTE of a head, shape (J,).
        family: Family index, shape (J,).
        age: Age band index, shape (J,).
        term: Months to the end of a fixed term, 0 for none, shape (J,).
        pools: First group of each of the P pools, shape (P,).
        weights: For each family and grade with people: its groups, and their people by month of
            tenure, shape (groups, 121).
        fresh: FTE by family, grade and month of tenure, shape (F, G, 121).
    """

    people: IntArray
    fte: FloatArray
    family: IndexArray
    age: IndexArray
    term: IndexArray
    pools: IndexArray
    weights: tuple[tuple[int, int, IndexArray, FloatArray], ...]
    fresh: FloatArray

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self.people)


def fold(opening: Opening, months: int) -> Folded:
    """Fold the opening stock, without those whose exit is known.

    Args:
        opening: The opening position; rows of its cells may be split or merged.
        months: Months projected T; terms that end later are one group.
    """
    cells = opening.cells
    rows = np.flatnonzero((cells.people > 0) & (cells.known_leave < 0))
    family, grade, age = cells.family[rows], cells.grade[rows], cells.age[rows]
    tenure = np.clip(cells.tenure_months[rows], 0, TENURE_CAP_MONTHS)
    term = np.where(cells.contract_end[rows] < 0, 0, cells.contract_end[rows] - opening.as_of)
    term = np.clip(term, 0, months + 1)
    shape = (len(opening.families), len(AGE_BANDS), months + 2, len(GRADE_BANDS), _TENURES)
    place = np.ravel_multi_index((family, age, term, grade, tenure), shape)
    kinds, where = np.unique(place, return_inverse=True)
    people = np.bincount(where, weights=cells.people[rows], minlength=kinds.size).astype(np.float64)
    fte = np.bincount(where, weights=cells.fte[rows], minlength=kinds.size).astype(np.float64)
    return _grouped(np.stack(np.unravel_index(kinds, shape)), people, fte, shape)


def _grouped(
    kind: NDArray[np.intp], people: FloatArray, fte: FloatArray, shape: tuple[int, ...]
) -> Folded:
    family, age, term, grade, tenure = kind
    bands = len(TENURE_BANDS)
    # 0 stands for a group of every grade and tenure: terms that end, and groups of few people.
    part = 1 + grade * bands + tenure_band_index(tenure)
    part[term > 0] = 0
    sizes = (*shape[:3], 1 + len(GRADE_BANDS) * bands)

    def number() -> tuple[IndexArray, IndexArray]:
        key = np.ravel_multi_index((family, age, term, part), sizes)
        return np.unique(key, return_inverse=True)

    groups, of = number()
    few = np.bincount(of, weights=people, minlength=groups.size) < _FEW
    part[few[of]] = 0
    groups, of = number()
    of_family, of_age, of_term, _ = np.unravel_index(groups, sizes)
    heads = np.bincount(of, weights=people, minlength=groups.size)
    total = np.bincount(of, weights=fte, minlength=groups.size)
    pool = of_family * shape[1] + of_age
    return Folded(
        people=np.rint(heads).astype(np.int64),
        fte=total / np.maximum(heads, 1.0),
        family=of_family,
        age=of_age,
        term=of_term,
        pools=np.flatnonzero(np.diff(pool, prepend=-1)),
        weights=_weights(family, grade, tenure, of, people),
        fresh=_by_tenure(family, grade, tenure, fte, shape[0]),
    )


def _by_tenure(
    family: IndexArray, grade: IndexArray, tenure: IndexArray, fte: FloatArray, families: int
) -> FloatArray:
    out = np.zeros((families, len(GRADE_BANDS), _TENURES))
    np.add.at(out, (family, grade, tenure), fte)
    return out


def _weights(
    family: IndexArray,
    grade: IndexArray,
    tenure: IndexArray,
    of: IndexArray,
    people: FloatArray,
) -> tuple[tuple[int, int, IndexArray, FloatArray], ...]:
    out = []
    for pair in np.unique(family * len(GRADE_BANDS) + grade):
        row, band = divmod(int(pair), len(GRADE_BANDS))
        own = np.flatnonzero((family == row) & (grade == band))
        groups, place = np.unique(of[own], return_inverse=True)
        matrix = np.zeros((groups.size, _TENURES))
        np.add.at(matrix, (place, tenure[own]), people[own])
        out.append((row, band, groups, matrix))
    return tuple(out)


def known_exits(opening: Opening, causes: int, months: int, draws: int) -> Exits:
    """Return the exits that are known at the opening month, the same in every draw.

    Args:
        opening: The opening position.
        causes: Causes C.
        months: Months projected T.
        draws: Draws D.
    """
    families = len(opening.families)
    people = np.zeros((causes, families, months), dtype=np.int32)
    fte = np.zeros((families, months))
    cells = opening.cells
    known = np.flatnonzero((cells.known_leave >= 0) & (cells.people > 0))
    at = np.maximum(1, cells.known_leave[known] - opening.as_of) - 1
    known, at = known[at < months], at[at < months]
    np.add.at(people, (cells.known_cause[known], cells.family[known], at), cells.people[known])
    np.add.at(fte, (cells.family[known], at), cells.fte[known])
    return Exits(
        np.repeat(people[..., None], draws, axis=-1), np.repeat(fte[..., None], draws, axis=-1)
    )


@dataclass(frozen=True, slots=True)
class Ahead:
    """Hazards of each month and draw that no lever moves.

    Attributes:
        pace: Good and bad years of every cause but resigning, shape (T, D).
        retirement: By age band at the opening month, shape (A, T, D).
    """

    pace: FloatArray
    retirement: FloatArray


def look_ahead(drawn: Drawn, months: int) -> Ahead:
    """Tabulate the hazards of the coming months.

    Args:
        drawn: Parameters of D draws.
        months: Months projected T.
    """
    every = np.arange(len(drawn.other))
    shown = np.stack([drawn.spent(float(month), every) for month in range(months + 1)])
    pace = np.diff(shown, axis=0)
    by_age = drawn.retirement
    out = by_age[:, None, :] * pace
    for band in range(UNKNOWN_AGE):
        if not by_age[band:UNKNOWN_AGE].any() or band >= len(AGE_BAND_MONTHS):
            continue
        in_post = np.zeros_like(pace)
        for weight, inside in _places(band, months):
            in_post += weight * np.exp(-np.cumsum((inside @ by_age) * pace, axis=0))
        out[band] = -np.diff(np.log(in_post), axis=0, prepend=0.0)
    return Ahead(pace, out)


def _places(band: int, months: int) -> list[tuple[float, FloatArray]]:
    """Return where somebody may stand in an age band: weight, and share of each month by band.

    One place for each month to the next band, in its middle; those who cross no border within the
    horizon are alike.
    """
    width = AGE_BAND_MONTHS[band]
    near = min(width, months)
    places = [(1.0 / width, place + 0.5) for place in range(near)]
    if width > near:
        places.append(((width - near) / width, np.inf))
    begin = np.arange(months, dtype=np.float64)
    out = []
    for weight, until in places:
        inside = np.zeros((months, len(AGE_BANDS)))
        low, high = 0.0, until
        for later in range(band, len(AGE_BAND_MONTHS) + 1):
            overlap = np.minimum(begin + 1, high) - np.maximum(begin, low)
            inside[:, later] = np.maximum(overlap, 0.0)
            low = high
            last = later + 1 >= len(AGE_BAND_MONTHS)
            high = high + (np.inf if last else AGE_BAND_MONTHS[later + 1])
        out.append((weight, inside))
    return out


@dataclass(frozen=True, slots=True)
class Settled:
    """What all plans have in common in a block of D draws.

    Attributes:
        folded: The opening stock.
        ahead: Hazards that no lever moves.
        drawn: Parameters.
        streams: Random numbers.
        starter_grade: Shares of grade bands among hires, shape (F, G).
    """

    folded: Folded
    ahead: Ahead
    drawn: Drawn
    streams: Streams
    starter_grade: FloatArray


def add_by_family(out: NDArray[Any], family: IndexArray, rows: NDArray[Any]) -> None:
    """Add rows of ascending families to the totals of their families, shape (F, D)."""
    first = np.flatnonzero(np.diff(family, prepend=-1))
    out[family[first]] += np.add.reduceat(rows, first, axis=0)
