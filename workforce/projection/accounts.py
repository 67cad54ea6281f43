"""Where a projected number comes from: opening, every flow, closing; and posts less people.

Means over the draws add up because every draw does. They are rounded so that what a reader adds up
on screen comes out to the digit.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.families import Family
from workforce.domain.rounding import add_up
from workforce.projection.result import Projection

__all__ = ["Account", "Entry", "account_of"]

FloatArray = NDArray[np.float64]

PLACES: Final = 1
"""Decimals shown: people and FTE are means, and a tenth of a person is as far as they go."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    Attributes:
        key: Name of the line.
        value: Mean over the draws, with its sign: what takes people away is negative.
        shown: The same to one decimal, so that the lines shown add up.
    """

    key: str
    value: float
    shown: float


@dataclass(frozen=True, slots=True)
class Account:
    """Where the headcount of a family at the end of a month comes from, and its vacancies.

    Attributes:
        scenario: Name of the scenario.
        family: Family or `all`.
        first: First month index, whose opening stock it begins with.
        last: Last month index, whose closing stock it ends with.
        opening: People in post at the start of `first`.
        flows: Everything that came and went; opening + their sum = closing.
        closing: People in post at the end of `last`.
        posts: FTE at the end of `last`: `establishment`, then what is taken from it (`fte`,
            `seats`) and staff above establishment; their sum = vacancies.
        vacancies: Vacant FTE at the end of `last`.
    """

    scenario: str
    family: str
    first: int
    last: int
    opening: Entry
    flows: tuple[Entry, ...]
    closing: Entry
    posts: tuple[Entry, ...]
    vacancies: Entry


def account_of(
    projection: Projection, scenario: str, *, family: str = Family.ALL, first: int, last: int
) -> Account:
    """Return where a projected headcount and its vacancies come from, over whole months.

    Args:
        projection: The projection.
        scenario: Name of the scenario.
        family: A projected family, or `all`.
        first: First month index.
        last: Last month index, the same or later.

    Returns:
        The account. Flows are added up over the months; lines that are 0 in every draw are there
        too.

    Raises:
        KeyError: If the projection lacks the scenario, the family or a month.
        ValueError: If the lines of some draw and month do not add up.
    """
    if first > last or first not in projection.months or last not in projection.months:
        raise KeyError(f"months {first} to {last} are not in this projection")
    begin, end = first - projection.months[0], last - projection.months[0]
    lines = projection.account(scenario, family)
    opening, closing = lines.pop("opening"), lines.pop("closing")
    signed = {key: _sign(key) * line for key, line in lines.items()}
    if not np.array_equal(opening + sum(signed.values()), closing):
        raise ValueError(f"the account of {family} in “{scenario}” does not add up")
    flows = {
        key: float(line[:, begin : end + 1].sum(axis=1, dtype=np.float64).mean())
        for key, line in signed.items()
    }
    start, finish = _level("opening", opening[:, begin]), _level("closing", closing[:, end])
    posts, vacancies = _posts(projection, scenario, family, end)
    return Account(
        scenario=scenario,
        family=str(family),
        first=first,
        last=last,
        opening=start,
        flows=_entries(flows, finish.shown - start.shown),
        closing=finish,
        posts=posts,
        vacancies=vacancies,
    )


def _sign(key: str) -> int:
    """Return how a line of `Projection.account` counts."""
    return -1 if key.startswith("leavers_") or key.endswith("_out") else 1


def _level(key: str, values: NDArray[np.int64] | FloatArray) -> Entry:
    mean = float(values.mean(dtype=np.float64))
    return Entry(key, mean, round(mean, PLACES))


def _entries(values: dict[str, float], total: float) -> tuple[Entry, ...]:
    shown = add_up(tuple(values.values()), total, PLACES)
    return tuple(
        Entry(key, value, text) for (key, value), text in zip(values.items(), shown, strict=True)
    )


def _posts(
    projection: Projection, scenario: str, family: str, end: int
) -> tuple[tuple[Entry, ...], Entry]:
    """Return funded posts less people, seats of apprentices and back what is over, in FTE."""

    def mean(measure: str) -> float:
        return float(projection.values(scenario, measure, family)[:, end].mean(dtype=np.float64))

    vacant, over = mean("vacancies"), mean("over_establishment")
    funded, filled = mean("establishment"), mean("fte")
    # Apprentices who sit in a post while training are what is neither filled nor vacant.
    seats = funded - filled - vacant + over
    seats = 0.0 if abs(seats) < 1e-3 else seats
    parts = {"establishment": funded, "fte": -filled, "seats": -seats, "over_establishment": over}
    closing = Entry("vacancies", vacant, round(vacant, PLACES))
    return _entries(parts, closing.shown), closing
