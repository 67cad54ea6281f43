"""Requisitions, posts, apprentices and agency cover, folded into counts."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.families import ALL_FAMILIES, Family
from workforce.history.dates import DAYS_PER_MONTH, FAR, as_days, month_of_days
from workforce.history.frames import count_by, sum_by

__all__ = [
    "MAX_AGE_MONTHS",
    "fold_agency",
    "fold_apprentices",
    "fold_establishment",
    "fold_posts",
    "fold_requisitions",
    "fold_time_to_hire",
    "open_requisitions",
    "prepare_requisitions",
    "requisition_starters",
    "requisitions_opened",
]

IntArray = NDArray[np.int64]

MAX_AGE_MONTHS = 24
"""Requisitions and vacancies of this age and older are counted together."""
_FAMILIES = [str(family) for family in ALL_FAMILIES]
_OUTCOMES = ("filled", "failed", "withdrawn")


def prepare_requisitions(requisitions: pd.DataFrame, *, last_day: int) -> pd.DataFrame:
    """Turn requisitions into stretches of being open.

    A filled one ends when the person starts (the closing date where no start is given); one whose
    person has not started by the as-of date is still open then, but accepted.

    Args:
        requisitions: Frame of the extract.
        last_day: The as-of date as a day number.

    Returns:
        `family, grade, opened, ended, outcome, accepted, starts, posts`: day numbers, `ended` no
        later than the as-of date; `outcome` empty where it had not ended by then.
    """
    opened = as_days(requisitions["opened_date"], FAR)
    closed = as_days(requisitions["closed_date"], FAR)
    starts = as_days(requisitions["start_date"], FAR)
    outcome = requisitions["outcome"].fillna("").astype(str).to_numpy(dtype=object)
    ended = np.where((outcome == "filled") & (starts < FAR), starts, closed)
    accepted = (
        (outcome == "filled")
        & (starts > last_day) & (starts < FAR)
        & ((closed <= last_day) | (closed == FAR))
    )  # fmt: skip
    # Closed without a date cannot be placed; without an outcome it is taken as withdrawn.
    usable = (opened <= last_day) & ~((ended == FAR) & np.isin(outcome, _OUTCOMES) & ~accepted)
    done = ended <= last_day
    outcome = np.where(done & ~np.isin(outcome, _OUTCOMES), "withdrawn", outcome)
    frame = pd.DataFrame(
        {
            "family": requisitions["family"].astype(str).to_numpy(dtype=object),
            "grade": requisitions["grade_band"].astype(str).to_numpy(dtype=object),
            "opened": opened,
            "ended": np.maximum(np.minimum(ended, last_day + 1), opened),
            "outcome": np.where(done, outcome, ""),
            "accepted": accepted,
            "starts": starts,
            "posts": requisitions["posts"].fillna(1).to_numpy(dtype=float),
        }
    )
    kept: pd.DataFrame = frame[usable & frame["family"].isin(_FAMILIES).to_numpy()]
    return kept.reset_index(drop=True)


def fold_requisitions(prepared: pd.DataFrame) -> pd.DataFrame:
    """Count months open and endings by age of the requisition.

    Age is in months of 30.44 days since opening; the month in which one ends counts by its share.
    Requisitions still open at the as-of date are right-censored there.

    Args:
        prepared: Output of `prepare_requisitions`.

    Returns:
        The frame `History.requisition_exposure`.
    """
    length = ((prepared["ended"] - prepared["opened"]).to_numpy() + 0.5) / DAYS_PER_MONTH
    posts = prepared["posts"].to_numpy()
    family = pd.Categorical(prepared["family"], categories=_FAMILIES).codes.astype(np.int64)
    bins = MAX_AGE_MONTHS + 1
    shape = (len(_FAMILIES), bins)
    exposure = np.zeros(shape)
    for age in range(bins):
        top = np.inf if age == MAX_AGE_MONTHS else age + 1.0
        spent = np.clip(np.minimum(length, top) - age, 0.0, None) * posts
        exposure[:, age] = np.bincount(family, spent, minlength=len(_FAMILIES))
    ends_at = np.minimum(length.astype(np.int64), MAX_AGE_MONTHS)
    flat = np.ravel_multi_index((family, ends_at), shape)
    ended = {
        name: np.bincount(
            flat, posts * (prepared["outcome"] == name).to_numpy(), minlength=exposure.size
        )
        for name in _OUTCOMES
    }
    frame = pd.DataFrame(
        {
            "family": np.repeat(np.asarray(_FAMILIES, dtype=object), bins),
            "age_months": np.tile(np.arange(bins), len(_FAMILIES)),
            "exposure": exposure.ravel(),
            **ended,
        }
    )
    return frame[frame["exposure"] > 0].reset_index(drop=True)


def open_requisitions(prepared: pd.DataFrame, last_day: int) -> pd.DataFrame:
    """Count open requisitions by age, without those that somebody has accepted."""
    still = prepared[(prepared["outcome"] == "") & ~prepared["accepted"]]
    age = ((last_day + 1 - still["opened"]) / DAYS_PER_MONTH).astype(int).clip(0, MAX_AGE_MONTHS)
    rows = pd.DataFrame({"family": still["family"], "age_months": age, "people": still["posts"]})
    folded = sum_by(rows, ["family", "age_months"], ["people"])
    return folded.assign(people=folded["people"].round().astype(int))


def requisitions_opened(prepared: pd.DataFrame, last_day: int) -> pd.DataFrame:
    """Count the posts that requisitions of the last twelve months asked for, by family."""
    recent = prepared[prepared["opened"] > last_day - round(12 * DAYS_PER_MONTH)]
    folded = sum_by(recent, ["family"], ["posts"])
    return folded.rename(columns={"posts": "opened_12m"})


def requisition_starters(prepared: pd.DataFrame, as_of: int, fte: float) -> pd.DataFrame:
    """Count accepted people who start after the as-of date, by month, family and grade."""
    coming = prepared[prepared["accepted"]]
    month = np.maximum(month_of_days(coming["starts"].to_numpy()), as_of + 1)
    rows = pd.DataFrame(
        {"month": month, "family": coming["family"], "grade": coming["grade"],
         "people": coming["posts"].round().astype(int)}
    )  # fmt: skip
    folded = sum_by(rows, ["month", "family", "grade"], ["people"])
    return folded.assign(fte=folded["people"] * fte)


def fold_time_to_hire(prepared: pd.DataFrame, first_day: int) -> pd.DataFrame:
    """Describe days from opening to the person starting, among the filled ones only.

    Args:
        prepared: Output of `prepare_requisitions`.
        first_day: First day on which leaving was observable.

    Returns:
        The frame `History.time_to_hire`.
    """
    filled = prepared[prepared["outcome"] == "filled"]
    days = (filled["ended"] - filled["opened"]).to_numpy(dtype=float)
    weight = np.maximum(filled["posts"].round().to_numpy(dtype=int), 1)
    rows = pd.DataFrame(
        {
            "family": np.repeat(filled["family"].to_numpy(), weight),
            "days": np.repeat(days, weight),
            "seen": np.repeat((filled["ended"] >= first_day).to_numpy(), weight),
        }
    )
    rows = pd.concat([rows, rows.assign(family=str(Family.ALL))], ignore_index=True)
    grouped = rows.groupby("family")
    found = grouped["days"]
    quartiles = pd.DataFrame(
        {
            "filled": found.size(),
            "in_window": grouped["seen"].sum(),
            "median_days": found.median(),
            "q25": found.quantile(0.25),
            "q75": found.quantile(0.75),
        }
    )
    return quartiles.reset_index()


def fold_posts(posts: pd.DataFrame) -> pd.DataFrame:
    """Sum the posts list: `family, department, grade, fte`."""
    rows = pd.DataFrame(
        {
            "family": posts["family"].astype(str),
            "department": posts["department"].fillna("").astype(str),
            "grade": posts["grade_band"].astype(str),
            "fte": posts["establishment_fte"].astype(float),
        }
    )
    rows = rows[rows["fte"].notna() & (rows["fte"] > 0)]
    return sum_by(rows, ["family", "department", "grade"], ["fte"])


def fold_establishment(
    posts: pd.DataFrame,
    stock: pd.DataFrame,
    openings: pd.DataFrame,
    starters: pd.DataFrame,
    *,
    has_requisitions: bool,
) -> pd.DataFrame:
    """State the establishment of each family and where it comes from.

    Args:
        posts: Output of `fold_posts`.
        stock: People in post.
        openings: Open requisitions.
        starters: Known starters, whose posts are no longer open but still empty.
        has_requisitions: Whether any requisition was given, open or not.

    Returns:
        `family, fte, basis`; FTE is missing where the basis is `benchmark`.
    """
    listed = posts.groupby("family")["fte"].sum()
    in_post = stock.groupby("family")["fte"].sum()
    wanted = openings.groupby("family")["people"].sum()
    coming = starters.groupby("family")["fte"].sum()
    rows: list[tuple[str, float, str]] = []
    for family in _FAMILIES:
        here = float(in_post.get(family, 0.0))
        if family in listed.index:
            rows.append((family, float(listed[family]), "list"))
        elif has_requisitions:
            empty = float(wanted.get(family, 0.0)) + float(coming.get(family, 0.0))
            rows.append((family, here + empty, "in post + open requisitions"))
        else:
            rows.append((family, float("nan") if here else 0.0, "benchmark"))
    return pd.DataFrame(rows, columns=["family", "fte", "basis"])


def fold_apprentices(apprentices: pd.DataFrame, last_day: int) -> pd.DataFrame:
    """Count apprentices: `family, standard, started, planned_end, outcome, trainee, people`."""
    started = as_days(apprentices["start_date"], FAR)
    planned = as_days(apprentices["planned_end_date"], FAR)
    gone = as_days(apprentices["leave_date"], FAR)
    outcome = apprentices["outcome"].fillna("").astype(str).to_numpy(dtype=object)
    # Judged at the as-of date: what happened later was not known then.
    outcome = np.where((gone > last_day) & (gone < FAR), "in_training", outcome)
    rows = pd.DataFrame(
        {
            "family": apprentices["family"].astype(str).to_numpy(dtype=object),
            "standard": apprentices["standard"].fillna("").astype(str).to_numpy(dtype=object),
            "started": np.where(started == FAR, -1, month_of_days(started)),
            "planned_end": np.where(planned == FAR, -1, month_of_days(planned)),
            "outcome": outcome,
            "trainee": apprentices["trainee"].fillna("").astype(str).to_numpy(dtype=object),
        }
    )[(started == FAR) | (started <= last_day)]
    return sum_by(rows.assign(people=1), list(rows.columns), ["people"])


def fold_agency(agency: pd.DataFrame, last_day: int) -> pd.DataFrame:
    """Count agency cover in place at the as-of date: `family, until, people, fte`.

    `until` is the month index in which the booking ends, -1 where no end is given.
    """
    start, end = as_days(agency["start_date"], -FAR), as_days(agency["end_date"], FAR)
    here = agency[(start <= last_day) & (end >= last_day)]
    until = end[(start <= last_day) & (end >= last_day)]
    rows = pd.DataFrame(
        {
            "family": here["family"].astype(str).to_numpy(),
            "until": np.where(until == FAR, -1, month_of_days(until)),
            "fte": here["fte"].fillna(1.0).astype(float).to_numpy(),
        }
    )
    return count_by(rows, ["family", "until"])
