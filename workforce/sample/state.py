"""The organisation while it is being simulated: columns of people, posts and requisitions."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, GRADE_BANDS, TENURE_BANDS
from workforce.domain.months import first_day
from workforce.sample.catalogue import GRADES, TITLES
from workforce.sample.parameters import FAMILIES, SampleParameters

__all__ = [
    "CAUSE_INDEX",
    "NEVER",
    "TITLE_BAND",
    "TITLE_FAMILY",
    "TITLE_GRADE",
    "Calendar",
    "Ledger",
    "State",
    "Trainee",
    "day_number",
    "to_date",
]

Ints = NDArray[np.int64]
NEVER: Final = 2**30
"""A day that does not come; larger than any day number."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
CAUSE_INDEX: Final = {cause: index for index, cause in enumerate(CAUSES)}
TITLE_FAMILY: Final = np.array([FAMILIES.index(title.family) for title in TITLES])
TITLE_GRADE: Final = np.array([title.grade for title in TITLES])
TITLE_BAND: Final = np.array([GRADE_BANDS.index(GRADES[title.grade].band) for title in TITLES])
TITLE_WEIGHT: Final = np.array([title.weight for title in TITLES])


def day_number(day: date) -> int:
    """Return days since 1 January 1970."""
    return day.toordinal() - _EPOCH


def to_date(day: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(int(day) + _EPOCH)


class Ledger:
    """Growing columns of equal length, so that a month is a handful of array operations.

    Args:
        columns: Default value of each column; its type fixes the column's type.
    """

    def __init__(self, **columns: int | float | bool) -> None:
        """Start empty."""
        self._defaults = columns
        self._size = 0
        self._data: dict[str, NDArray[Any]] = {
            name: np.full(256, default) for name, default in columns.items()
        }

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._size

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column as a view: writing to it changes the ledger."""
        return self._data[name][: self._size]

    def add(self, count: int, **values: Any) -> Ints:
        """Append `count` rows and return their row numbers; columns not named get the default."""
        start, self._size = self._size, self._size + count
        for name, default in self._defaults.items():
            column = self._data[name]
            if self._size > column.shape[0]:
                grown = np.full(max(self._size, 2 * column.shape[0]), default)
                grown[:start] = column[:start]
                self._data[name] = grown
            self._data[name][start : self._size] = values.get(name, default)
        return np.arange(start, self._size)

    def copy(self) -> "Ledger":
        """Return an independent copy."""
        twin = Ledger(**self._defaults)
        twin._size = self._size
        twin._data = {name: column.copy() for name, column in self._data.items()}
        return twin


@dataclass
class Trainee:
    """One apprentice, from start to what became of them.

    Attributes:
        standard: Position in `STANDARDS`.
        person: Row in people of an existing member of staff, and of a recruit once in post; or -1.
        recruit: Came from outside.
        start: First day.
        planned_end: Planned last day of training.
        event_day: Day of the next thing to happen: withdrawal, result, or the end of waiting.
        fate: What will happen: `withdraw`, `result`, `wait` or `done`.
        passes: Will achieve at the result.
        stays: Would stay with the council on withdrawing.
        offered: Would be offered a post on achieving.
        birth: Birth day of a recruit.
        outcome: Outcome in the words of the export.
        destination: What followed, in the words of the export.
        end: Actual last day of the apprenticeship, or `NEVER`.
        left: Last day with the council of a recruit who never took a post, or `NEVER`.
    """

    standard: int
    person: int
    recruit: bool
    start: int
    planned_end: int
    event_day: int
    fate: str
    passes: bool
    stays: bool
    offered: bool
    birth: int
    outcome: str = "In training"
    destination: str = ""
    end: int = NEVER
    left: int = NEVER


@dataclass(frozen=True)
class Calendar:
    """The months that are simulated.

    Attributes:
        as_of: Date of the extract.
        first: First month index, warm-up included.
        window: First month index whose leavers the extract shows.
        last: Month index of the extract.
        end: Last month index, beyond the extract for what is already known at it.
    """

    as_of: date
    first: int
    window: int
    last: int
    end: int

    def days(self, month: int) -> tuple[int, int]:
        """Return the first day number of a month and of the next."""
        return day_number(first_day(month)), day_number(first_day(month + 1))


def _people() -> Ledger:
    return Ledger(
        title=0, post=-1, start=NEVER, joined=NEVER, role_start=NEVER, birth=0, permanent=True,
        contract_end=NEVER, fte=1.0, leave=NEVER, cause=-1, reason=-1, source=0,
    )  # fmt: skip


def _posts() -> Ledger:
    return Ledger(
        title=0, fte=1.0, site=0, created=0, deleted=NEVER, occupant=-1, vacant_since=NEVER,
        fill_day=NEVER,
    )  # fmt: skip


def _requisitions() -> Ledger:
    return Ledger(post=0, title=0, opened=NEVER, closed=NEVER, start=NEVER, outcome=0)


@dataclass
class State:
    """The organisation and what has been counted of it.

    Attributes:
        parameters: True rates.
        calendar: Months.
        structure: Random stream of posts and personal attributes.
        leaving: Random stream of exits.
        hiring: Random stream of recruitment and moves.
        training: Random stream of apprenticeships.
        shock: Yearly factors on resigning; the last is the year after the extract.
        people: Everybody ever in post.
        posts: Every post ever funded.
        requisitions: Every recruitment round.
        trainees: Every apprentice.
        exposure: Person-months in the window by family, grade band and tenure band.
        expected: Expected resignations in the window, given who was there, same shape.
        monthly: One record a month of the window.
        moves: Moves in the window, by family left and family joined.
    """

    parameters: SampleParameters
    calendar: Calendar
    structure: np.random.Generator
    leaving: np.random.Generator
    hiring: np.random.Generator
    training: np.random.Generator
    shock: NDArray[np.float64]
    people: Ledger = field(default_factory=_people)
    posts: Ledger = field(default_factory=_posts)
    requisitions: Ledger = field(default_factory=_requisitions)
    trainees: list[Trainee] = field(default_factory=list)
    exposure: NDArray[np.float64] = field(
        default_factory=lambda: np.zeros((len(FAMILIES), len(GRADE_BANDS), len(TENURE_BANDS)))
    )
    expected: NDArray[np.float64] = field(
        default_factory=lambda: np.zeros((len(FAMILIES), len(GRADE_BANDS), len(TENURE_BANDS)))
    )
    monthly: list[dict[str, int]] = field(default_factory=list)
    moves: NDArray[np.int64] = field(
        default_factory=lambda: np.zeros((len(FAMILIES), len(FAMILIES)), dtype=np.int64)
    )

    def vacate(self, people: Ints, days: Ints) -> Ints:
        """Empty the posts of `people` from the day after `days` and return those posts."""
        posts = self.people["post"][people]
        self.posts["occupant"][posts] = -1
        self.posts["vacant_since"][posts] = days + 1
        self.posts["fill_day"][posts] = NEVER
        return posts

    def seat(self, people: Ints, posts: Ints) -> None:
        """Put `people` into `posts`, whose title they take on."""
        self.posts["occupant"][posts] = people
        self.posts["vacant_since"][posts] = NEVER
        self.posts["fill_day"][posts] = NEVER
        self.people["post"][people] = posts
        self.people["title"][people] = self.posts["title"][posts]

    def frozen(self) -> "State":
        """Return the organisation as it stands, which later months no longer change."""
        return replace(
            self,
            people=self.people.copy(),
            posts=self.posts.copy(),
            requisitions=self.requisitions.copy(),
            trainees=[replace(trainee) for trainee in self.trainees],
            exposure=self.exposure.copy(),
            expected=self.expected.copy(),
            monthly=list(self.monthly),
            moves=self.moves.copy(),
        )
