"""The same people once per extract: joined into spells, or used as counts where they cannot be."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from workforce.domain.findings import Severity
from workforce.intake.context import Context, Dates
from workforce.intake.counts import COUNT_COLUMNS
from workforce.intake.notes import day_text

__all__ = ["TRAIL_COLUMNS", "Joined", "empty_trail", "join_snapshots"]

_SAME_PEOPLE: Final = 0.5
"""Below this share of people found again in the next snapshot, identifiers are not lasting ones."""

_CHANGING: Final = (
    "job_title", "department", "grade_band", "fte", "contract", "contract_end_date", "age_band",
)  # fmt: skip
_GOLDEN: Final = 0.6180339887498949
"""Multiples of it, without their whole part, are even over any stretch and follow no order."""
_SPREAD_BY: Final = ("job_title", "department", "salary", "row")
TRAIL_COLUMNS: Final = ("person", "seen", *_CHANGING)
"""What was on record of somebody from the snapshot `seen` on, until the next entry."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Spells out of snapshots.

    Attributes:
        people: Records, one a spell.
        first: Day of the first snapshot.
        last: Day of the last one.
        trail: What each snapshot said where it was new; columns `TRAIL_COLUMNS`.
    """

    people: pd.DataFrame
    first: date
    last: date
    trail: pd.DataFrame


def join_snapshots(
    records: pd.DataFrame, snapshot: "pd.Series[pd.Timestamp]", context: Context
) -> Joined:
    """Join records of several dates into spells.

    Somebody is in post from the start date (else from when first seen) until the leaving date
    where one is given, else until some day between the last snapshot that has the person and the
    next. These unknown days are spread evenly between the two snapshots, whatever the order of the
    rows, so that no month looks special and no length of service does.

    Args:
        records: People as read, one row a person and snapshot.
        snapshot: Day of the record, same index.
        context: For findings.

    Returns:
        Spells and the first and last day seen.
    """
    days = _main_days(snapshot.dropna())
    # A record between two extracts, as some systems write one for each leaver, belongs to the next.
    seen = snapshot.map(_to_next(snapshot.dropna(), days))
    ordered = records.assign(seen=seen).dropna(subset=["seen"])
    first, last = pd.Timestamp(days[0]).date(), pd.Timestamp(days[-1]).date()
    again = _share_found_again(ordered, days)
    if again < _SAME_PEOPLE:
        return _as_counts(ordered, context, again, first, last)
    position = pd.Series(np.searchsorted(days, ordered["seen"].to_numpy()), index=ordered.index)
    ordered = ordered.assign(position=position)
    ordered = ordered.sort_values(["person", "position", "leave_date"], kind="stable")
    ordered = ordered.assign(spell=_spell_starts(ordered))
    trail = _trail(ordered)
    spells = _summarise(ordered)
    spells = _close(spells, days)
    _say(context, ordered, spells, days)
    return Joined(spells, first, last, trail)


def _main_days(snapshot: "pd.Series[pd.Timestamp]") -> Dates:
    """Return the days at which everybody is listed: those with a fair share of the fullest."""
    counts = snapshot.value_counts().sort_index()
    main = counts.index[counts >= 0.2 * counts.max()]
    return np.asarray(main.to_numpy())


def _to_next(snapshot: "pd.Series[pd.Timestamp]", days: Dates) -> dict[pd.Timestamp, pd.Timestamp]:
    different = snapshot.unique()
    places = np.minimum(np.searchsorted(days, different.to_numpy()), len(days) - 1)
    return dict(zip(different, pd.DatetimeIndex(days[places]), strict=True))


def _share_found_again(ordered: pd.DataFrame, days: Dates) -> float:
    people = [set(group) for _, group in ordered.groupby("seen")["person"]]
    stayed = sum(len(a & b) for a, b in pairwise(people))
    return stayed / max(1, sum(map(len, people[:-1]))) if len(days) > 1 else 1.0


def _spell_starts(ordered: pd.DataFrame) -> "pd.Series[bool]":
    """Tell where a spell begins: after a gap, unless the start date has stayed the same."""
    same_person = ordered["person"] == ordered["person"].shift()
    gap = ordered["position"] - ordered["position"].shift() > 1
    known = ordered["start_date"].notna() & (ordered["start_date"] == ordered["start_date"].shift())
    later_start = ordered["start_date"].notna() & (
        ordered["start_date"] > ordered["leave_date"].shift()
    )
    breaks = ~same_person | (gap & ~known) | later_start
    return breaks.cumsum()


def _summarise(ordered: pd.DataFrame) -> pd.DataFrame:
    """Return one row a spell: attributes of its last record, first and last position seen."""
    grouped = ordered.groupby("spell", sort=False)
    spells = ordered.drop_duplicates("spell", keep="last").set_index("spell")
    # A start is placed by what was on record then: a later promotion must not move it.
    began = ordered.drop_duplicates("spell").set_index("spell")[list(_SPREAD_BY)]
    spells = spells.assign(
        first_position=grouped["position"].min(),
        last_position=grouped["position"].max(),
        start_date=grouped["start_date"].min(),
        leave_date=grouped["leave_date"].max(),
        **{f"first_{name}": began[name] for name in _SPREAD_BY},
    )
    given = ordered[ordered["leave_reason"].fillna("") != ""]
    reasons = given.drop_duplicates("spell", keep="last").set_index("spell")
    for name in ("leave_reason", "cause"):
        spells[name] = reasons[name].reindex(spells.index).fillna("")
    return spells.reset_index(drop=True)


def empty_trail() -> pd.DataFrame:
    """Return a trail without entries."""
    text = pd.Series(dtype="str")
    days = pd.Series(dtype="datetime64[s]")
    dated = {"seen": days, "contract_end_date": days, "fte": pd.Series(dtype=float)}
    return pd.DataFrame({name: dated.get(name, text) for name in TRAIL_COLUMNS})


def _trail(ordered: pd.DataFrame) -> pd.DataFrame:
    """Keep each person's first record, and later ones that say something else.

    The first record of each snapshot is kept as well, so that its day is known.
    """
    rows = ordered[list(TRAIL_COLUMNS)]
    before = rows.shift()
    same = rows["person"] == before["person"]
    for name in _CHANGING:
        same &= (rows[name] == before[name]) | (rows[name].isna() & before[name].isna())
    return rows[~same | ~rows["seen"].duplicated()].reset_index(drop=True)


def _close(spells: pd.DataFrame, days: Dates) -> pd.DataFrame:
    """Give an end to people not seen any more, and a start to people who were not there before."""
    final = len(days) - 1
    gone = spells["leave_date"].isna() & (spells["last_position"] < final)
    came = spells["start_date"].isna() & (spells["first_position"] > 0)
    leave = spells["leave_date"].copy()
    start = spells["start_date"].copy()
    for position in range(final):
        between = (pd.Timestamp(days[position]), pd.Timestamp(days[position + 1]))
        ends = spells.index[gone & (spells["last_position"] == position)]
        leave.loc[ends] = _spread(spells.loc[ends, list(_SPREAD_BY)], *between)
        starts = spells.index[came & (spells["first_position"] == position + 1)]
        first = spells.loc[starts, [f"first_{name}" for name in _SPREAD_BY]]
        start.loc[starts] = _spread(first, *between)
    later = spells["first_position"] > 0
    seen = pd.Series(days[spells["first_position"]], index=spells.index).where(later)
    # A start date worked out from rounded service must not come after the last day seen.
    return spells.assign(
        leave_date=leave, start_date=start, first_seen_date=seen.astype("datetime64[s]"),
        dated_between=gone, source="snapshots",
    )  # fmt: skip


def _spread(
    some: pd.DataFrame, after: pd.Timestamp, before: pd.Timestamp
) -> "pd.Series[pd.Timestamp]":
    order = some.sort_values(list(some.columns), kind="stable").index
    # Lists are often in the order of staff numbers, that is of starting. Were days in that order,
    # the newest would always leave last, with the longest service that the gap allows.
    steps = np.mod((np.arange(len(order)) + 0.5) * _GOLDEN, 1.0)
    length = (before - after).days
    offsets = pd.to_timedelta(np.maximum(1, np.floor(steps * length)), unit="D")
    return pd.Series(after + offsets, index=order, dtype="datetime64[s]").reindex(some.index)


def _as_counts(
    ordered: pd.DataFrame, context: Context, again: float, first: date, last: date
) -> Joined:
    context.counts.append(_counted(ordered))
    context.notes.add(
        "identifiers-reissued",
        Severity.WARNING,
        f"Only {again:.0%} of the people of one extract are found again in the next, so the "
        "identifiers seem to be given out anew each time.",
        done="The latest extract is used for people and the others as counts by title and "
        "department; nobody is counted as a leaver because of it.",
        advice="Ask for extracts with an employee number that stays the same, or add a list of "
        "leavers: without either, rates of leaving come from the benchmark.",
        file=str(ordered["file"].iloc[0]),
    )
    latest = ordered[ordered["seen"] == ordered["seen"].max()]
    people = latest.drop(columns=["seen"]).assign(source="snapshots")
    return Joined(people.reset_index(drop=True), last, last, empty_trail())


def _counted(ordered: pd.DataFrame) -> pd.DataFrame:
    """Return people and FTE by snapshot, title, department and grade, as `COUNT_COLUMNS`."""
    keys = ["seen", "job_title", "department", "grade"]
    texts = {name: ordered[name].fillna("").astype("str") for name in keys[1:]}
    grouped = ordered.assign(**texts).groupby(keys, sort=True)
    first = grouped.agg(
        headcount=("person", "nunique"), fte=("fte", "sum"), file=("file", "first"),
        sheet=("sheet", "first"), row=("row", "min"),
    ).reset_index()  # fmt: skip
    parts = [
        first.assign(measure=measure, unit=unit, number=first[measure].astype(float))
        for measure, unit in (("headcount", "people"), ("fte", "fte"))
    ]
    both = pd.concat(parts, ignore_index=True).rename(columns={"seen": "last_day"})
    group = both["job_title"] + " · " + both["department"] + " · " + both["grade"]
    return both.assign(span="day", part="", group=group.str.strip(" ·"))[list(COUNT_COLUMNS)]


def _say(
    context: Context,
    ordered: pd.DataFrame,
    spells: pd.DataFrame,
    days: Dates,
) -> None:
    first, last = pd.Timestamp(days[0]).date(), pd.Timestamp(days[-1]).date()
    context.notes.add(
        "snapshots-joined",
        Severity.INFO,
        f"The same people are listed at {len(days)} dates, {day_text(first)} to {day_text(last)}.",
        done=f"{len(ordered):,} records were joined into {len(spells):,} spells of employment.",
        file=str(ordered["file"].iloc[0]),
    )
