"""Extracts for the tests of assurance: simulated, hand-made, and with another future."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from history_frames import AGENCY, APPRENTICE, POST, REQUISITION, frame

from workforce.intake import Extract, Mapping
from workforce.sample import Simulated


def extract_of(
    people: pd.DataFrame, as_of: date, window: tuple[date, date] | None, **more: Any
) -> Extract:
    """Return an extract of some people; the other tables are empty unless given."""
    tables: dict[str, Any] = {
        "posts": frame(POST, []),
        "requisitions": frame(REQUISITION, []),
        "apprentices": frame(APPRENTICE, []),
        "agency": frame(AGENCY, []),
        "tables": (),
        "columns": (),
        "left_out": (),
        "findings": (),
        "role_matches": (),
        "mapping": Mapping(),
        "digest": "0" * 64,
    }
    return Extract(people=people, as_of=as_of, window=window, **{**tables, **more})


def simulated_extract(simulated: Simulated) -> Extract:
    """Return a simulated organisation as an extract."""
    return extract_of(
        simulated.people,
        simulated.as_of,
        simulated.window,
        posts=simulated.posts,
        requisitions=simulated.requisitions,
        apprentices=simulated.apprentices,
        agency=simulated.agency,
    )


def with_another_future(extract: Extract, at: date, seed: int) -> Extract:
    """Return an extract that is the same up to a date and as different as can be after it."""
    rng, day = np.random.default_rng(seed), pd.Timestamp(at)
    end = pd.Timestamp(extract.as_of)

    def later_days(count: int) -> pd.DatetimeIndex:
        return day + pd.to_timedelta(rng.integers(1, (end - day).days, count), unit="D")

    people = extract.people[
        ~(extract.people["start_date"] > day) | (rng.random(len(extract.people)) < 0.3)
    ].copy()
    here = ~(people["start_date"] > day) & ~(people["leave_date"] <= day)
    count = int(here.sum())
    people.loc[here, "leave_date"] = later_days(count).astype(people["leave_date"].dtype)
    people.loc[here & (rng.random(len(people)) < 0.4), "leave_date"] = pd.NaT
    people.loc[here, "cause"] = rng.choice(["voluntary", "retirement", "other"], count)
    people.loc[here, "leave_reason"] = "made up"
    people.loc[here, "contract_end_date"] = later_days(count).astype(
        people["contract_end_date"].dtype
    )
    people["age_band"] = rng.choice(["under 55", "60-64", "67 and over"], len(people))
    requisitions = extract.requisitions.copy()
    decided = requisitions["closed_date"].fillna(requisitions["start_date"])
    undecided = (requisitions["opened_date"] <= day) & ~(decided <= day)
    requisitions.loc[undecided, "outcome"] = "failed"
    for name in ("closed_date", "start_date"):
        requisitions.loc[undecided, name] = later_days(int(undecided.sum())).astype(
            requisitions[name].dtype
        )
    requisitions = requisitions[
        (requisitions["opened_date"] <= day) | (rng.random(len(requisitions)) < 0.5)
    ]
    return replace(
        extract,
        people=people,
        requisitions=requisitions,
        posts=extract.posts.assign(establishment_fte=9.0),
        agency=extract.agency.iloc[:0],
    )
