"""The organisation as it is set up: calendar, posts, people in them, growth."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, TENURE_EDGES_MONTHS
from workforce.domain.months import calendar_month, first_day, month_of
from workforce.sample.hiring import (
    DAYS_A_MONTH,
    cancel_recruitment,
    draw_births,
    expected_vacancy_share,
    recruit,
)
from workforce.sample.parameters import FAMILIES, NOT_DIGITAL, SampleParameters
from workforce.sample.state import (
    NEVER,
    TITLE_BAND,
    TITLE_FAMILY,
    TITLE_GRADE,
    TITLE_WEIGHT,
    Calendar,
    State,
)

__all__ = [
    "APRIL",
    "build",
    "calendar_of",
    "event_date",
    "event_month",
    "grade_mix",
    "grow",
    "window_of",
]

WARM_UP_MONTHS = 24
LOOK_AHEAD_MONTHS = 4
APRIL = 3
PART_TIME = {"digital": 0.12, "rest": 0.42}
PART_TIME_FTE = (0.5, 0.6, 0.8, 0.81, 0.41)
PART_TIME_WEIGHT = (0.25, 0.25, 0.3, 0.12, 0.08)


def calendar_of(as_of: date, years: int) -> Calendar:
    """Return the months to simulate for an extract at `as_of` with `years` of history."""
    last = month_of(as_of)
    window = last - 12 * years + 1
    return Calendar(as_of, window - WARM_UP_MONTHS, window, last, last + LOOK_AHEAD_MONTHS)


def event_month(calendar: Calendar) -> int:
    """Return the month of the restructure."""
    # The last March at least a year before the extract: in any window of two years and more.
    month = calendar.last - 12
    return month - (calendar_month(month) - 2) % 12


def grade_mix() -> NDArray[np.float64]:
    """Return the shares of grade bands in each family, shape (families, grades)."""
    mix = np.zeros((len(FAMILIES), len(GRADE_BANDS)))
    np.add.at(mix, (TITLE_FAMILY, TITLE_BAND), TITLE_WEIGHT)
    shares: NDArray[np.float64] = mix / mix.sum(axis=1, keepdims=True)
    return shares


def _shocks(
    parameters: SampleParameters, years: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    count = years + WARM_UP_MONTHS // 12 + 1
    z = rng.standard_normal(count) * parameters.shock_sd
    for year in range(1, count):
        z[year] = parameters.shock_ar1 * z[year - 1] + z[year] * np.sqrt(
            1 - parameters.shock_ar1**2
        )
    shocks: NDArray[np.float64] = np.exp(z - parameters.shock_sd**2 / 2)
    return shocks


def build(parameters: SampleParameters, size: int, calendar: Calendar, seed: int) -> State:
    """Return the organisation on the first day of the warm-up.

    The establishment is sized backwards, through growth and the restructure, so that about `size`
    people are in post at the extract.

    Args:
        parameters: True rates.
        size: Intended number in post at the extract.
        calendar: Months.
        seed: Seed of every random stream.

    Returns:
        The organisation, its vacancies already out to recruitment.
    """
    structure, leaving, hiring, training, shocks = (
        np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(5)
    )
    years = (calendar.last - calendar.window + 1) // 12
    state = State(
        parameters,
        calendar,
        structure,
        leaving,
        hiring,
        training,
        _shocks(parameters, years, shocks),
    )
    first, _ = calendar.days(calendar.first)
    empty = expected_vacancy_share(parameters)
    aprils = sum(calendar_month(m) == APRIL for m in range(calendar.first + 1, calendar.last + 1))
    grown = (1 + parameters.vector("growth_annual")) ** aprils
    cut = 1 - parameters.vector("event_share") * (event_month(calendar) >= calendar.first)
    posts = np.maximum(1, np.round(parameters.people(size) / (1 - empty) / grown / cut)).astype(int)
    for family in range(len(FAMILIES)):
        rows = _new_posts(state, family, int(posts[family]), first)
        vacant = state.structure.random(rows.size) < empty[family]
        _occupy(state, rows[~vacant], first)
        state.posts["vacant_since"][rows[vacant]] = first
        recruit(state, rows[vacant], np.full(int(vacant.sum()), first))
    return state


def _new_posts(state: State, family: int, count: int, day: int) -> NDArray[np.int64]:
    rng = state.structure
    titles = np.flatnonzero(family == TITLE_FAMILY)
    chosen = rng.choice(titles, count, p=TITLE_WEIGHT[titles] / TITLE_WEIGHT[titles].sum())
    share = PART_TIME["rest" if family == NOT_DIGITAL else "digital"]
    # Heads of service and above work full time here, most others may not.
    part_time = (rng.random(count) < share) & (TITLE_GRADE[chosen] < 13)
    fte = np.where(part_time, rng.choice(PART_TIME_FTE, count, p=PART_TIME_WEIGHT), 1.0)
    return state.posts.add(
        count, title=chosen, fte=fte, site=rng.integers(0, 60, count), created=day
    )


def _occupy(state: State, posts: NDArray[np.int64], day: int) -> None:
    rng, parameters = state.structure, state.parameters
    count = posts.size
    band = rng.choice(len(parameters.tenure_mix), count, p=parameters.tenure_mix)
    edges = np.array([*TENURE_EDGES_MONTHS, 240])
    months = edges[band] + rng.random(count) * (edges[band + 1] - edges[band])
    months = np.where(band == len(edges) - 2, 120 + rng.exponential(84, count), months)
    months = np.where(months > 420, 380 + 40 * rng.random(count), months)
    title = state.posts["title"][posts]
    start = day - np.maximum(1, np.round(months * DAYS_A_MONTH)).astype(np.int64)
    births = draw_births(rng, TITLE_BAND[title], start)
    # Long service began young: nobody in post at the start of the history is past 67.
    youngest = day - round(67 * 365.25) + rng.integers(0, 7 * 365, count)
    births = np.where(births < day - round(67 * 365.25), youngest, births)
    births = np.minimum(births, start - round(17 * 365.25))
    share = parameters.vector("fixed_term_share")[TITLE_FAMILY[title]]
    fixed = (months < 24) & (rng.random(count) < share)
    end = day + rng.integers(1, 550, count)
    people = state.people.add(
        count,
        start=start,
        joined=start,
        role_start=start,
        birth=births,
        permanent=~fixed,
        contract_end=np.where(fixed, end, NEVER),
        fte=state.posts["fte"][posts],
    )
    moved = (months > 36) & (rng.random(count) < 0.35)
    earlier = np.round(rng.random(count) * (day - start - 365)).astype(np.int64)
    state.people["role_start"][people] = np.where(moved, day - np.maximum(1, earlier), start)
    state.seat(people, posts)


def grow(state: State, month: int) -> None:
    """Add funded posts, or delete vacant ones, by each family's yearly growth."""
    day, _ = state.calendar.days(month)
    posts = state.posts
    for family, growth in enumerate(state.parameters.vector("growth_annual")):
        funded = (posts["deleted"] == NEVER) & (TITLE_FAMILY[posts["title"]] == family)
        wanted = abs(growth) * int(funded.sum())
        count = int(wanted) + int(state.structure.random() < wanted % 1)
        if growth >= 0:
            rows = _new_posts(state, family, count, day)
            posts["vacant_since"][rows] = day
            recruit(state, rows, np.full(count, day))
            continue
        # A post somebody has accepted already is not cut.
        idle = funded & (posts["occupant"] < 0) & (posts["fill_day"] > day + 60)
        choice = np.flatnonzero(idle)
        gone = state.structure.choice(choice, min(count, choice.size), replace=False)
        for post in np.sort(gone):
            cancel_recruitment(state, int(post), day - 1)
        posts["deleted"][gone] = day - 1


def event_date(calendar: Calendar) -> date:
    """Return the last day of the month of the restructure."""
    return first_day(event_month(calendar) + 1) - timedelta(days=1)


def window_of(calendar: Calendar) -> tuple[date, date]:
    """Return the first and last day over which the leavers list is complete."""
    return first_day(calendar.window), calendar.as_of
