"""The same person in several lists: one record a spell, not two."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.findings import Severity
from workforce.intake.context import Context
from workforce.intake.people import PEOPLE_COLUMNS, empty_people

__all__ = ["join_people"]

_FILLED_FROM = (
    "job_title", "department", "location", "grade", "leave_reason", "cause",
)  # fmt: skip


def join_people(frames: list[pd.DataFrame], context: Context, as_of: date) -> pd.DataFrame:
    """Join the records of staff, leavers and starters.

    A leaver's record joins a staff record of the same person that began no later than the leaving
    date: the leaving date and reason are carried over, and the leaver's own row is used up. A staff
    record that begins after the leaving date is a later spell (a rehire).

    Args:
        frames: Records by table.
        context: For findings.
        as_of: Date of the extract.

    Returns:
        All records, one a person, assignment and spell.
    """
    present = [frame for frame in frames if len(frame)]
    if not present:
        return empty_people()
    people = pd.concat(present, ignore_index=True) if len(present) > 1 else present[0]
    if "dated_between" not in people:
        people = people.assign(dated_between=False)
    people = people.assign(dated_between=people["dated_between"].fillna(value=False).astype(bool))
    people = _join_starters(people, context)
    people = _join_leavers(people, context, as_of)
    people = _first_seen(people, context, as_of)
    return people[list(PEOPLE_COLUMNS)].reset_index(drop=True)


def _join_leavers(people: pd.DataFrame, context: Context, as_of: date) -> pd.DataFrame:
    leavers = people[people["source"] == "leavers"]
    others = people[people["source"] != "leavers"]
    if not len(leavers) or not len(others):
        return people
    shared = others[_is_among(others["person"], leavers["person"])]
    if not len(shared):
        return people
    pairs = shared.reset_index(names="staff").merge(
        leavers.reset_index(names="leaver"), on="person", suffixes=("", "_left")
    )
    began = pairs["start_date"].isna() | (pairs["start_date"] <= pairs["leave_date_left"])
    same_spell = (
        pairs["start_date_left"].isna()
        | pairs["start_date"].isna()
        | pairs["leave_date"].isna()
        | pairs["dated_between"]
        | (pairs["leave_date"] == pairs["leave_date_left"])
    )
    pairs = pairs[began & same_spell]
    # The leaver's own post where the person holds several, else the record that began last.
    pairs = pairs.assign(same_title=pairs["job_title"] == pairs["job_title_left"])
    several = pairs.sort_values(["same_title", "start_date"], ascending=False, na_position="last")
    used_up = several["leaver"].drop_duplicates()
    left_post = several.drop_duplicates("staff")
    joined: pd.DataFrame = people[~people.index.isin(used_up)]
    left = left_post.set_index("staff")
    joined.loc[left.index, "leave_date"] = left["leave_date_left"]
    joined.loc[left.index, "dated_between"] = False
    for name in _FILLED_FROM:
        own = joined.loc[left.index, name]
        joined.loc[left.index, name] = own.where(own.fillna("") != "", left[f"{name}_left"])
    _say(people, left, context, as_of)
    return joined


def _say(people: pd.DataFrame, left: pd.DataFrame, context: Context, as_of: date) -> None:
    gone = left["leave_date_left"] <= pd.Timestamp(as_of)
    for (file, sheet), rows in left.groupby(["file", "sheet"]):
        context.notes.add(
            "in-both-lists",
            Severity.INFO,
            f"{len(rows):,} people of “{sheet or file}” are also in a list of leavers"
            + (
                f", {int(gone[rows.index].sum()):,} of them with a date already past."
                if gone[rows.index].any()
                else "."
            ),
            done="Each counts once, with the leaving date and reason of the list of leavers.",
            file=str(file),
            rows=[int(row) for row in rows["row"]],
        )


def _first_seen(people: pd.DataFrame, context: Context, as_of: date) -> pd.DataFrame:
    """Keep the day somebody was first listed where it matters: leaving shows as absence only.

    Who starts after one snapshot and leaves before the next is in none, so that nobody could have
    been seen to leave between the start and the first snapshot (a delayed entry). Where most
    leaving dates are given those people are listed with theirs.
    """
    guessed = people["dated_between"]
    if not guessed.any():
        return people.assign(first_seen_date=pd.Series(pd.NaT, people.index, "datetime64[s]"))
    context.notes.add(
        "left-between-snapshots",
        Severity.INFO,
        f"{int(guessed.sum()):,} people are in one extract and not in the next, with no leaving "
        "date.",
        done="They count as leavers of unknown cause; their dates are spread evenly between "
        "the two extracts.",
        advice="Add leaving dates and reasons if the HR system has them.",
        file=str(people.loc[guessed, "file"].iloc[0]),
    )
    told = ~guessed & (people["leave_date"] <= pd.Timestamp(as_of))
    if guessed.sum() <= told.sum():
        told = pd.Series(data=True, index=people.index)
    return people.assign(first_seen_date=people["first_seen_date"].where(~told))


def _join_starters(people: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Drop a starter's row where the same person is in the staff or leavers list already."""
    starters = people["source"] == "starters"
    others = people[~starters]
    if not starters.any():
        return people
    known = starters & _is_among(people["person"], others["person"])
    if not known.any():
        return people
    context.notes.add(
        "starter-in-staff",
        Severity.INFO,
        f"{int(known.sum()):,} starters are in another list as well.",
        done="Each counts once, as in the other list.",
        file=str(people.loc[known, "file"].iloc[0]),
        rows=[int(row) for row in people.loc[known, "row"]],
    )
    starts = people[known].groupby("person")["start_date"].max()
    blank = ~starters & people["start_date"].isna() & _is_among(people["person"], starts.index)
    people = people.copy()
    people.loc[blank, "start_date"] = people.loc[blank, "person"].map(starts)
    keep = ~known
    return people[np.asarray(keep)]


def _is_among(values: "pd.Series[str]", those: Iterable[object]) -> NDArray[np.bool_]:
    """Return where a value is one of those; a set is faster than the string type's own test."""
    wanted = set(those)
    return np.fromiter((value in wanted for value in values), dtype=bool, count=len(values))
