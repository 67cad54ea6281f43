"""Apprentices: cohorts, withdrawal, results, and who of them ends up in a post."""

import numpy as np

from workforce.domain.months import calendar_month
from workforce.sample.hiring import DAYS_A_MONTH, move, take_vacancy
from workforce.sample.parameters import FAMILIES, NOT_DIGITAL
from workforce.sample.state import NEVER, TITLE_BAND, TITLE_FAMILY, State, Trainee
from workforce.sample.wording import STANDARDS

__all__ = ["start_cohorts", "train_month"]

SEPTEMBER, FEBRUARY = 8, 1
SEPTEMBER_SHARE = 0.7
WAIT_FOR_POST_DAYS = 91
REDEPLOYED_SHARE = 0.3  # of achievers without a digital post who find another one in the council
OUTCOME_WITHDRAWN_LEFT = "Withdrawn - left the organisation"
OUTCOME_WITHDRAWN_STAYED = "Withdrawn - stayed with the organisation"
OUTCOME_ACHIEVED = "Achieved"
OUTCOME_NOT_ACHIEVED = "Not achieved"
CONVERTED = "Converted to substantive post"
REDEPLOYED = "Redeployed"
NO_POST = "Left - no post available"
KEPT_POST = "Remained in current post"


def start_cohorts(state: State, month: int) -> None:
    """Start the September and February cohorts, sized by the digital staff in post."""
    share = {SEPTEMBER: SEPTEMBER_SHARE, FEBRUARY: 1 - SEPTEMBER_SHARE}.get(calendar_month(month))
    if share is None:
        return
    people = state.people
    in_post = (people["leave"] == NEVER) & (TITLE_FAMILY[people["title"]] != NOT_DIGITAL)
    wanted = state.parameters.apprentice_starts * share * int(in_post.sum())
    count = int(wanted) + int(state.training.random() < wanted % 1)
    weights = np.array([standard.weight for standard in STANDARDS])
    for standard in np.sort(
        state.training.choice(len(STANDARDS), count, p=weights / weights.sum())
    ):
        trainee = _trainee(state, int(standard), state.calendar.days(month)[0])
        if trainee is not None:
            state.trainees.append(trainee)


def _trainee(state: State, index: int, first: int) -> Trainee | None:
    rng, parameters, standard = state.training, state.parameters, STANDARDS[index]
    start = first + int(rng.integers(0, 3)) * 7
    months = standard.months
    existing = standard.existing_only or rng.random() < parameters.existing_staff_share
    person = _colleague(state, start) if existing else -1
    if existing and person < 0:
        return None
    withdrawal = max(0.0, 1 - standard.achievement / parameters.pass_rate)
    withdraws = rng.random() < withdrawal
    quarter = int(rng.choice(4, p=np.array(parameters.quarter_shares)))
    day = start + max(1, round((quarter + rng.random()) / 4 * months * DAYS_A_MONTH))
    planned = start + round(months * DAYS_A_MONTH)
    result = planned + round(rng.gamma(4.0, parameters.assessment_months / 4) * DAYS_A_MONTH) + 1
    age = float(np.clip(rng.normal(22.0, 4.0), 17.0, 45.0))
    return Trainee(
        standard=index,
        person=person,
        recruit=not existing,
        start=start,
        planned_end=planned,
        event_day=day if withdraws else result,
        fate="withdraw" if withdraws else "result",
        passes=bool(rng.random() < parameters.pass_rate),
        stays=bool(rng.random() < parameters.stay_share),
        offered=bool(rng.random() < parameters.offer_rate),
        birth=start - round(age * 365.25),
    )


def _colleague(state: State, start: int) -> int:
    people = state.people
    busy = [trainee.person for trainee in state.trainees if trainee.fate != "done"]
    fits = (
        (people["leave"] == NEVER)
        & people["permanent"]
        & (people["start"] < start - 365)
        & (TITLE_FAMILY[people["title"]] == NOT_DIGITAL)
        & (TITLE_BAND[people["title"]] <= 1)
    )
    fits[[person for person in busy if person >= 0]] = False
    choice = np.flatnonzero(fits)
    return int(state.training.choice(choice)) if choice.size else -1


def train_month(state: State, month: int) -> None:
    """Let everything happen to apprentices that is due before the end of the month.

    Exits of colleagues in training follow their own hazards, so they are looked at first: who left
    the council has withdrawn from the programme on the same day.
    """
    _, after = state.calendar.days(month)
    for trainee in state.trainees:
        if trainee.fate == "done":
            continue
        if not trainee.recruit:
            left = int(state.people["leave"][trainee.person])
            if left < min(after, trainee.event_day):
                _finish(trainee, left, OUTCOME_WITHDRAWN_LEFT, "")
                continue
        if trainee.event_day < after:
            _happen(state, trainee)


def _happen(state: State, trainee: Trainee) -> None:
    day = trainee.event_day
    if trainee.fate == "withdraw":
        _withdraw(state, trainee, day)
    elif trainee.fate == "result" and not trainee.passes:
        trainee.end, trainee.outcome = day, OUTCOME_NOT_ACHIEVED
        _elsewhere_or_leave(state, trainee, day)
    else:
        if trainee.fate == "result":
            trainee.end, trainee.outcome = day, OUTCOME_ACHIEVED
        _place(state, trainee, day)


def _withdraw(state: State, trainee: Trainee, day: int) -> None:
    if not trainee.recruit:
        # Whether a colleague stays with the council is left to the hazards of their own post.
        _finish(trainee, day, OUTCOME_WITHDRAWN_STAYED, KEPT_POST)
    elif trainee.stays and _seat_recruit(state, trainee, NOT_DIGITAL, day):
        _finish(trainee, day, OUTCOME_WITHDRAWN_STAYED, REDEPLOYED)
    else:
        trainee.left = day
        _finish(trainee, day, OUTCOME_WITHDRAWN_LEFT, "")


def _place(state: State, trainee: Trainee, day: int) -> None:
    family = FAMILIES.index(STANDARDS[trainee.standard].family)
    if trainee.recruit and not trainee.offered:
        _elsewhere_or_leave(state, trainee, day)
    elif trainee.recruit and _seat_recruit(state, trainee, family, day):
        _finish(trainee, trainee.end, trainee.outcome, CONVERTED)
    elif not trainee.recruit and (post := take_vacancy(state, family, day)) >= 0:
        move(state, trainee.person, post, day)
        _finish(trainee, trainee.end, trainee.outcome, CONVERTED)
    elif not trainee.recruit:
        _finish(trainee, trainee.end, trainee.outcome, KEPT_POST)
    elif day - trainee.end < WAIT_FOR_POST_DAYS:
        trainee.fate, trainee.event_day = "wait", day + 30
    else:
        _elsewhere_or_leave(state, trainee, day)


def _elsewhere_or_leave(state: State, trainee: Trainee, day: int) -> None:
    if not trainee.recruit:
        _finish(trainee, trainee.end, trainee.outcome, KEPT_POST)
    elif state.training.random() < REDEPLOYED_SHARE and _seat_recruit(
        state, trainee, NOT_DIGITAL, day
    ):
        _finish(trainee, trainee.end, trainee.outcome, REDEPLOYED)
    else:
        trainee.left = day
        _finish(trainee, trainee.end, trainee.outcome, NO_POST)


def _seat_recruit(state: State, trainee: Trainee, family: int, day: int) -> bool:
    post = take_vacancy(state, family, day)
    if post < 0:
        return False
    # Continuous service runs from the apprenticeship; time in post starts as it ends.
    rows = state.people.add(
        1,
        start=trainee.start,
        joined=day,
        role_start=day,
        birth=trainee.birth,
        fte=state.posts["fte"][post],
        source=2,
    )
    state.seat(rows, np.array([post]))
    trainee.person = int(rows[0])
    return True


def _finish(trainee: Trainee, day: int, outcome: str, destination: str) -> None:
    trainee.fate, trainee.end = "done", day
    trainee.outcome, trainee.destination = outcome, destination
