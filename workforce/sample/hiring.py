"""Vacancies: approval, recruitment rounds that fill, fail or are withdrawn, and who arrives."""

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, GradeBand
from workforce.sample.parameters import FAMILIES, NOT_DIGITAL, SampleParameters
from workforce.sample.state import (
    NEVER,
    TITLE_BAND,
    TITLE_FAMILY,
    TITLE_GRADE,
    TITLE_WEIGHT,
    State,
)

__all__ = [
    "FAILED",
    "FILLED",
    "WITHDRAWN",
    "cancel_recruitment",
    "draw_births",
    "expected_vacancy_share",
    "fill_due",
    "recruit",
    "take_vacancy",
]

Ints = NDArray[np.int64]
FILLED, FAILED, WITHDRAWN = 0, 1, 2

DAYS_A_MONTH = 365.25 / 12
CAMPAIGN_DAYS, CAMPAIGN_LOG_SD = 50.0, 0.3
RESTART_DAYS = 25.0
OFFER_SHARE = 0.55  # of the time to hire lies before the offer is accepted; notice and checks after
HELD_DAYS = (90, 240)
MIN_TENURE_FOR_MOVE_DAYS = 365
CAREER_GRADE_TOP = 8


def expected_vacancy_share(parameters: SampleParameters) -> NDArray[np.float64]:
    """Return the share of posts that stands empty when inflow and outflow balance, by family.

    Outflow per person-year times mean months empty, as a share of time (renewal theory); used only
    to size the establishment so that about the asked number of people is in post.
    """
    ratio = parameters.vector("time_to_hire_ratio")
    success = parameters.vector("round_success")
    start = parameters.time_to_hire_days * ratio * np.exp(parameters.time_to_hire_log_sd**2 / 2)
    campaign = CAMPAIGN_DAYS * np.exp(CAMPAIGN_LOG_SD**2 / 2) + RESTART_DAYS
    withdrawn = parameters.round_withdrawn / success * (35 + sum(HELD_DAYS) / 2)
    failed = (1 - success - parameters.round_withdrawn) / success * campaign
    empty = parameters.approval_months * DAYS_A_MONTH + start + failed + withdrawn
    quits = parameters.vector("voluntary_annual") * parameters.vector("own_level")
    # Retirement, ends of contract and moves over come on top of resignations.
    lost = (quits + 0.045) / (1 - parameters.internal_share) * empty / 365.25
    share: NDArray[np.float64] = lost / (1 + lost)
    return share


def recruit(state: State, posts: Ints, vacant_from: Ints) -> None:
    """Draw the whole recruitment of vacant posts: rounds, outcomes and the day somebody starts.

    Args:
        state: The organisation; requisitions are appended and `fill_day` is set.
        posts: Rows of the posts.
        vacant_from: Day each falls vacant, same shape.
    """
    parameters, rng = state.parameters, state.hiring
    family = TITLE_FAMILY[state.posts["title"][posts]]
    delay = rng.gamma(2.0, parameters.approval_months * DAYS_A_MONTH / 2, posts.size)
    opened = vacant_from + np.maximum(1, np.round(delay)).astype(np.int64)
    while posts.size:
        success = parameters.vector("round_success")[family]
        median = parameters.time_to_hire_days * parameters.vector("time_to_hire_ratio")[family]
        u = rng.random(posts.size)
        hire = rng.lognormal(np.log(median), parameters.time_to_hire_log_sd)
        campaign = rng.lognormal(np.log(CAMPAIGN_DAYS), CAMPAIGN_LOG_SD, posts.size)
        pulled = rng.integers(10, 60, posts.size)
        held = rng.integers(*HELD_DAYS, posts.size)
        restart = rng.gamma(2.0, RESTART_DAYS / 2, posts.size)
        filled = u < success
        withdrawn = ~filled & (u < success + parameters.round_withdrawn)
        start = _next_monday(opened + np.round(hire).astype(np.int64))
        closed = opened + np.where(
            filled,
            np.round((start - opened) * OFFER_SHARE),
            np.where(withdrawn, pulled, np.round(campaign)),
        ).astype(np.int64)
        state.requisitions.add(
            posts.size,
            post=posts,
            title=state.posts["title"][posts],
            opened=opened,
            closed=closed,
            start=np.where(filled, start, NEVER),
            outcome=np.where(filled, FILLED, np.where(withdrawn, WITHDRAWN, FAILED)),
        )
        state.posts["fill_day"][posts[filled]] = start[filled]
        again = ~filled
        wait = np.where(withdrawn, held, 1 + np.round(restart)).astype(np.int64)
        posts, family, opened = posts[again], family[again], (closed + wait)[again]


def _next_monday(days: Ints) -> Ints:
    # 1 January 1970 was a Thursday, so Mondays are 4 modulo 7.
    monday: Ints = days + (4 - days) % 7
    return monday


def cancel_recruitment(state: State, post: int, day: int) -> None:
    """Withdraw the open round of a post on `day` and drop the rounds that were still to come."""
    rounds = state.requisitions
    mine = rounds["post"] == post
    running = mine & (rounds["opened"] <= day) & (rounds["closed"] > day)
    rounds["outcome"][running] = WITHDRAWN
    rounds["start"][running] = NEVER
    rounds["closed"][running] = day
    rounds["opened"][mine & (rounds["opened"] > day)] = NEVER
    state.posts["fill_day"][post] = NEVER


def take_vacancy(state: State, family: int, day: int) -> int:
    """Find a vacant post for somebody trained in-house and stop its recruitment.

    A post above the career grade is regraded to a title a newly qualified person can hold, as
    councils do; a post somebody has already accepted is left alone.

    Args:
        state: The organisation.
        family: Family of the post.
        day: Day it is taken.

    Returns:
        Row of the post, or -1 where there is none.
    """
    posts, rounds = state.posts, state.requisitions
    accepted = np.zeros(len(posts), dtype=bool)
    accepted[rounds["post"][(rounds["closed"] <= day) & (rounds["start"] < NEVER)
                            & (rounds["start"] > day)]] = True  # fmt: skip
    free = (
        (posts["occupant"] < 0)
        & (posts["deleted"] == NEVER)
        & (posts["vacant_since"] <= day)
        & (TITLE_FAMILY[posts["title"]] == family)
        & (TITLE_GRADE[posts["title"]] < 12)
        & ~accepted
    )
    choice = np.flatnonzero(free)
    if not choice.size:
        return -1
    junior = choice[TITLE_GRADE[posts["title"][choice]] <= CAREER_GRADE_TOP]
    post = int(state.training.choice(junior if junior.size else choice))
    cancel_recruitment(state, post, day)
    if not junior.size:
        titles = np.flatnonzero((family == TITLE_FAMILY) & (TITLE_GRADE <= CAREER_GRADE_TOP))
        weights = TITLE_WEIGHT[titles] / TITLE_WEIGHT[titles].sum()
        posts["title"][post] = state.training.choice(titles, p=weights)
    return post


def draw_births(rng: np.random.Generator, bands: Ints, days: Ints) -> Ints:
    """Draw birth days of people who are recruited on `days` at grade bands `bands`."""
    centre = np.array([33.0, 35.0, 40.0, 45.0])[bands]
    age = np.clip(rng.normal(centre, 10.0), 18.0, 63.0)
    births: Ints = (days - np.round(age * 365.25)).astype(np.int64)
    return births


def fill_due(state: State, first: int, after: int) -> None:
    """Let everybody start whose day falls in [first, after), colleagues and strangers alike."""
    posts = state.posts
    due = np.flatnonzero(
        (posts["fill_day"] >= first) & (posts["fill_day"] < after) & (posts["deleted"] == NEVER)
    )
    internal = state.hiring.random(due.size) < state.parameters.internal_share
    external = list(due[~internal])
    for post in due[internal]:
        mover = _internal_candidate(state, int(post))
        if mover < 0:
            external.append(post)
            continue
        move(state, mover, int(post), int(posts["fill_day"][post]))
    _external(state, np.array(sorted(external), dtype=np.int64))


def _internal_candidate(state: State, post: int) -> int:
    people, day = state.people, int(state.posts["fill_day"][post])
    title = state.posts["title"][post]
    family, band = TITLE_FAMILY[title], TITLE_BAND[title]
    if family != NOT_DIGITAL and state.hiring.random() < state.parameters.other_family_share:
        others = [index for index in range(len(FAMILIES)) if index != family]
        families = np.array(others)
    else:
        families = np.array([family])
    held = people["title"]
    fits = (
        (people["leave"] == NEVER)
        & people["permanent"]
        & (people["role_start"] < day - MIN_TENURE_FOR_MOVE_DAYS)
        & np.isin(TITLE_FAMILY[held], families)
        & (TITLE_BAND[held] == max(0, band - 1))
        & (held != title)
        & (people["fte"] <= state.posts["fte"][post])
    )
    choice = np.flatnonzero(fits)
    return int(state.hiring.choice(choice)) if choice.size else -1


def move(state: State, person: int, post: int, day: int) -> None:
    """Move a colleague into `post` on `day`, which leaves a vacancy behind."""
    before = TITLE_FAMILY[state.people["title"][person]]
    who = np.array([person])
    left = state.vacate(who, np.array([day - 1]))
    recruit(state, left, np.array([day]))
    state.seat(who, np.array([post]))
    state.people["role_start"][person] = day
    state.people["fte"][person] = min(state.people["fte"][person], state.posts["fte"][post])
    after = TITLE_FAMILY[state.people["title"][person]]
    first, _ = state.calendar.days(state.calendar.window)
    if first <= day <= state.calendar.days(state.calendar.last)[1] - 1:
        state.moves[before, after] += 1


def _external(state: State, posts: Ints) -> None:
    if not posts.size:
        return
    rng, parameters = state.structure, state.parameters
    start = state.posts["fill_day"][posts].copy()
    title = state.posts["title"][posts]
    share = parameters.vector("fixed_term_share")[TITLE_FAMILY[title]]
    # Nobody is appointed to lead a service on a fixed term here.
    fixed = (rng.random(posts.size) < share) & (
        TITLE_BAND[title] < GRADE_BANDS.index(GradeBand.LEAD)
    )
    term = rng.choice(np.array([12, 18, 24]), posts.size)
    end = start + np.round(term * DAYS_A_MONTH).astype(np.int64) - 1
    fewer_hours = rng.random(posts.size) < 0.05
    people = state.people.add(
        posts.size,
        start=start,
        joined=start,
        role_start=start,
        birth=draw_births(rng, TITLE_BAND[title], start),
        permanent=~fixed,
        contract_end=np.where(fixed, end, NEVER),
        fte=np.where(fewer_hours, 0.8, 1.0) * state.posts["fte"][posts],
        source=1,
    )
    state.seat(people, posts)
