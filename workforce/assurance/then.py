"""An extract as it would have been at an earlier date: what a backtest may look at.

An HR extract is not a record of what was known when. Some columns are overwritten, and the value
that stands there now gives the future away. What cannot be put back to what it was is taken out:

- people who left later are put back in post, without date, reason or cause; known exits likewise;
- people who started later, or were still apprentices in training, are not there yet;
- requisitions decided later are open; their starters are unknown;
- apprentices whose training ended later are in training; agency bookings have no end;
- the posts list is of the day of the extract, so there is none at an earlier date;
- numbers that tables give for later days, or for no day, are not there yet;
- end dates of fixed terms are overwritten when a term is renewed, so that those left standing mark
  the people who did leave: they are taken out;
- age bands hold at the end of a record, which is a different day for who left and who stayed: they
  are taken out, except where snapshots say what the band was then.

From snapshots of several dates the last one before the origin gives title, family, department,
grade, FTE, contract, its end and the age band. Other extracts keep no history of title, family,
department, grade and contract: these stay as they are, for leavers and stayers alike.
"""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from workforce.domain.bands import AgeBand
from workforce.history.conversions import conversion_days
from workforce.history.dates import FAR, day_of
from workforce.intake import Extract

__all__ = ["as_known"]

_ON_RECORD: Final = (
    "job_title", "department", "grade_band", "fte", "contract", "contract_end_date", "age_band",
    "family",
)  # fmt: skip


def as_known(extract: Extract, at: date) -> Extract:
    """Return an extract without anything that was not known at an earlier date.

    Nothing in the result depends on what happened after that date (a test changes it all).

    Args:
        extract: The extract.
        at: The earlier date; before the extract's own as-of date.

    Returns:
        An extract as of `at`. Without a window where leaving was not observed before `at`.

    Raises:
        ValueError: If `at` is not before the extract's as-of date.
    """
    if at >= extract.as_of:
        raise ValueError(f"{at} is not before {extract.as_of}, the date of the extract")
    day = pd.Timestamp(at)
    window = extract.window
    return replace(
        extract,
        people=_people(extract, at),
        posts=extract.posts.iloc[:0],
        requisitions=_requisitions(extract.requisitions, day),
        apprentices=_apprentices(extract.apprentices, day),
        agency=_agency(extract.agency, day),
        trail=extract.trail[extract.trail["seen"] <= day],
        counts=extract.counts[(extract.counts["last_day"] <= day).to_numpy()],
        as_of=at,
        window=(window[0], at) if window and window[0] < at else None,
        digest=hashlib.sha256(f"{extract.digest} {at.isoformat()}".encode()).hexdigest(),
    )


def _people(extract: Extract, at: date) -> pd.DataFrame:
    day, people = pd.Timestamp(at), extract.people
    # Who took a post after an apprenticeship that was still going on had no post yet.
    converted = conversion_days(people, extract.apprentices)
    training = (converted < FAR) & (converted > day_of(at))
    known = people[~(people["start_date"] > day).to_numpy() & ~training]
    known = known.assign(
        role_start_date=known["role_start_date"].mask(known["role_start_date"] > day)
    )
    if (extract.trail["seen"] <= day).any():
        known = _as_recorded(known, extract.trail, day)
    else:
        nothing = pd.Series(pd.NaT, index=known.index, dtype="datetime64[s]")
        known = known.assign(age_band=str(AgeBand.UNKNOWN), contract_end_date=nothing)
    later = known["leave_date"] > day
    return known.assign(
        leave_date=known["leave_date"].mask(later),
        leave_reason=known["leave_reason"].mask(later, ""),
        cause=known["cause"].mask(later, ""),
    )


def _as_recorded(people: pd.DataFrame, trail: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Give people what the last snapshot up to the origin, or up to their leaving, said."""
    past = trail[trail["seen"] <= day].sort_values("seen", kind="stable")
    days = np.unique(past["seen"].to_numpy())
    # A leaver's own last record may be dated at the end of the period in which they left.
    gone = people["leave_date"].where(people["leave_date"] <= day, day).to_numpy()
    until = days[np.minimum(np.searchsorted(days, gone.astype(days.dtype)), len(days) - 1)]
    order = np.argsort(until, kind="stable")
    asked = pd.DataFrame({"person": people["person"].to_numpy(), "until": until}).iloc[order]
    found = pd.merge_asof(asked, past, left_on="until", right_on="seen", by="person")
    found.index = people.index[order]
    found = found.reindex(people.index)
    recorded = found["seen"].notna()
    changed = {
        name: people[name].where(~recorded, found[name].astype(people[name].dtype))
        for name in _ON_RECORD
    }
    unseen = {
        "age_band": changed["age_band"].where(recorded, str(AgeBand.UNKNOWN)),
        "contract_end_date": changed["contract_end_date"].where(recorded),
    }
    return people.assign(**{**changed, **unseen})


def _requisitions(requisitions: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    asked = requisitions[~(requisitions["opened_date"] > day)]
    decided = asked["closed_date"].fillna(asked["start_date"])
    # Decided on a day nobody wrote down: it was open once, and cannot be said until when.
    undated = decided.isna() & asked["outcome"].isin(["filled", "failed", "withdrawn"])
    asked, decided = asked[~undated], decided[~undated]
    later = decided.isna() | (decided > day)
    return asked.assign(
        closed_date=asked["closed_date"].mask(later),
        start_date=asked["start_date"].mask(later),
        outcome=asked["outcome"].mask(later, "open"),
    )


def _apprentices(apprentices: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    begun = apprentices[~(apprentices["start_date"] > day)]
    # Without a date nobody can say when the outcome was known; it counts as known.
    later = begun["leave_date"] > day
    return begun.assign(
        leave_date=begun["leave_date"].mask(later),
        outcome=begun["outcome"].mask(later, "in_training"),
    )


def _agency(agency: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    begun = agency[~(agency["start_date"] > day)]
    return begun.assign(end_date=begun["end_date"].mask(begun["end_date"] > day))
