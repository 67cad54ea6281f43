"""Spells -> who is in post when: month ends, hires, the stock at the as-of date, starters."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, CAUSES, GRADE_BANDS, TENURE_CAP_MONTHS, Cause
from workforce.history.dates import DAYS_PER_MONTH, FAR, completed_months, month_of_days
from workforce.history.fold import EVENTS
from workforce.history.frames import sum_by
from workforce.history.model import HAZARD_CAUSES, NEVER
from workforce.history.spells import CONTRACTS, FAMILIES, NO_CAUSE, UNKNOWN_CAUSE, Spells
from workforce.history.steps import Window

__all__ = [
    "apportion_unknown",
    "fold_hires",
    "fold_monthly",
    "fold_renewals",
    "fold_starters",
    "fold_stock",
    "fold_unseen",
]

IntArray = NDArray[np.int64]

MIN_KNOWN_CAUSES = 5
"""Fewer known causes than this say nothing about the unknown ones."""


def _labels(codes: IntArray, vocabulary: tuple[str, ...]) -> NDArray[np.object_]:
    return np.asarray([str(each) for each in vocabulary], dtype=object)[codes]


def apportion_unknown(counts: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Give leavers of unknown cause to the causes, in proportion to the known ones.

    Under 55 and above are apportioned apart where either has enough known causes, because hardly
    anybody retires before 55. Organisational events are dated decisions and take no share.

    Args:
        counts: Output of `fold_counts`.

    Returns:
        The counts with fractional leavers (those that cannot be apportioned stay in `unknown`), and
        notes.
    """
    unknown = counts["unknown"].to_numpy()
    if not unknown.any():
        return counts, ()
    causes = [str(cause) for cause in HAZARD_CAUSES]
    known = counts[causes].to_numpy()
    total = float(unknown.sum())
    if known.sum() < MIN_KNOWN_CAUSES:
        return counts, (
            f"{total:,.0f} leavers have no known cause, and too few others have one. They are "
            "apportioned by the benchmark share of leavers who resign.",
        )
    older = counts["age"].isin([str(band) for band in AGE_BANDS[1:-1]]).to_numpy()
    shares = np.tile(known.sum(axis=0) / known.sum(), (len(counts), 1))
    for group in (older, ~older):
        if known[group].sum() >= MIN_KNOWN_CAUSES:
            shares[group] = known[group].sum(axis=0) / known[group].sum()
    out = counts.copy()
    out[causes] = known + unknown[:, None] * shares
    out["unknown"] = 0.0
    return out, (
        f"{total:,.0f} leavers have no known cause. They are shared out over the causes in the "
        "proportions of this organisation's other leavers.",
    )


def fold_monthly(spells: Spells, counts: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Count stocks at month ends and flows by family.

    Headcount of one month is that of the month before + hires + conversions - leavers + moves in -
    moves out. A conversion is an apprentice who takes a post.

    Args:
        spells: Stretches of employment.
        counts: Exposure and leavers of the same window.
        window: Days on which leaving was observable.

    Returns:
        The frame `History.monthly`, a row a month and family.
    """
    seen = np.flatnonzero((spells.start <= window.last_day) & (spells.end >= window.first_day))
    start, end, last = spells.start[seen], spells.end[seen], spells.last[seen]
    family, fte_each = spells.family[seen], spells.fte[seen]
    months = window.by_month().of_day
    shape = (len(FAMILIES), window.months + 1)
    joins = months[np.maximum(start, window.first_day) - window.first_day]
    # Somebody who moves on is counted by the next stretch, which starts the day after.
    leaves_on = np.where(last, end, end + 1)
    stays = leaves_on > window.last_day
    leaves = months[np.minimum(leaves_on, window.last_day) - window.first_day]
    leaves[stays] = window.months

    def at(month: IntArray, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        flat = np.ravel_multi_index((family, month), shape)
        sums = np.bincount(flat, weights, minlength=int(np.prod(shape)))
        return sums.reshape(shape).astype(np.float64)

    one = np.ones(len(seen))
    heads = (at(joins, one) - at(leaves, one)).cumsum(axis=1)
    fte = (at(joins, fte_each) - at(leaves, fte_each)).cumsum(axis=1)
    new = (start >= window.first_day) & spells.first[seen]
    converted = spells.converted[seen]
    # Who moved on the first day is simply there; later, the stretch moved from stands just before.
    moved_in = spells.moved[seen] & (start > window.first_day)
    moved_out = np.zeros(len(seen))
    moved_out[np.flatnonzero(moved_in) - 1] = 1.0
    columns = {
        "headcount": heads.round(),
        "fte": fte,
        "hires": at(joins, (new & ~converted).astype(float)),
        "conversions": at(joins, (new & converted).astype(float)),
        "moves_in": at(joins, moved_in.astype(float)),
        "moves_out": at(leaves, moved_out),
    }
    families = [str(family) for family in FAMILIES]
    calendar = np.arange(window.months) + window.first_month
    frame = pd.DataFrame(
        {
            "month": np.tile(calendar, len(families)),
            "family": np.repeat(np.asarray(families, dtype=object), window.months),
            **{name: block[:, : window.months].ravel() for name, block in columns.items()},
        }
    )
    left = sum_by(counts, ["month", "family"], EVENTS)
    left["family"] = left["family"].astype(str)
    frame["family"] = frame["family"].astype(str)
    frame = frame.merge(left, on=["month", "family"], how="left").fillna(dict.fromkeys(EVENTS, 0.0))
    frame["leavers"] = frame[list(EVENTS)].sum(axis=1).round(9)
    frame["fte"] = frame["fte"].round(6)
    return frame[
        ["month", "family", "headcount", "fte", "leavers", *EVENTS, "hires", "conversions",
         "moves_in", "moves_out"]
    ]  # fmt: skip


def fold_stock(spells: Spells, last_day: int, as_of: int) -> pd.DataFrame:
    """Fold the people in post at the end of the as-of date into cells.

    Args:
        spells: Stretches of employment.
        last_day: The as-of date as a day number.
        as_of: Last observed month index; known dates are placed after it.

    Returns:
        The frame `History.stock`.
    """
    at = np.flatnonzero((spells.start <= last_day) & (spells.end > last_day))
    end, cause = spells.end[at], spells.cause[at]
    leaving = spells.last[at] & (end != FAR)
    # Somebody who is known to go and not why: most resign, and the cause is used for nothing else.
    cause = np.where(cause == UNKNOWN_CAUSE, CAUSES.index(Cause.VOLUNTARY), cause)

    def ahead(days: IntArray) -> IntArray:
        """Months after the as-of month; 0 stands for never."""
        months = np.maximum(month_of_days(days) - as_of, 1)
        return np.where(days == FAR, 0, months).astype(np.int64)

    contract_end = spells.contract_end[at]
    keys = {
        "family": spells.family[at],
        "department": spells.department[at],
        "grade": spells.grade[at],
        "tenure_months": np.minimum(
            completed_months(spells.service_start[at], last_day + 1), TENURE_CAP_MONTHS
        ),
        "age": spells.age[at],
        "contract": spells.contract[at],
        "contract_end": ahead(np.where(contract_end > last_day, contract_end, FAR)),
        "known_leave": ahead(np.where(leaving, end, FAR)),
        "known_cause": np.where(leaving & (cause != NO_CAUSE), cause, 0),
    }
    folded = _fold(keys, spells.fte[at])
    never = folded[["contract_end", "known_leave"]] == 0
    months = (folded[["contract_end", "known_leave"]] + as_of).mask(never, NEVER)
    return folded.assign(
        family=_labels(folded["family"].to_numpy(), FAMILIES),
        department=_labels(folded["department"].to_numpy(), spells.departments or ("",)),
        grade=_labels(folded["grade"].to_numpy(), GRADE_BANDS),
        age=_labels(folded["age"].to_numpy(), AGE_BANDS),
        contract=_labels(folded["contract"].to_numpy(), CONTRACTS),
        contract_end=months["contract_end"],
        known_leave=months["known_leave"],
        known_cause=_labels(folded["known_cause"].to_numpy(), CAUSES),
    )


def _fold(keys: dict[str, IntArray], fte: NDArray[np.float64]) -> pd.DataFrame:
    """Return `people` and `fte` by whole-number keys of at least 0, in sorted order."""
    shape = tuple(int(key.max(initial=0)) + 1 for key in keys.values())
    cells, index = np.unique(np.ravel_multi_index(tuple(keys.values()), shape), return_inverse=True)
    columns = np.unravel_index(cells, shape)
    return pd.DataFrame(
        {
            **dict(zip(keys, columns, strict=True)),
            "people": np.bincount(index, minlength=len(cells)),
            # Rounded, because sums in another order differ in the last digit.
            "fte": np.bincount(index, fte, minlength=len(cells)).round(9),
        }
    )


def fold_unseen(spells: Spells, window: Window) -> pd.DataFrame:
    """Count the time of starters before they could have been seen to leave.

    Args:
        spells: Stretches of employment.
        window: Days on which leaving was observable.

    Returns:
        `family, exposure` in person-months of those who started in the window; families with none
        are left out.
    """
    new = spells.first & (spells.start > window.first_day) & (spells.start <= window.last_day)
    days = np.minimum(spells.seen_from, window.last_day + 1) - spells.start
    months = np.where(new, np.maximum(days, 0), 0) / DAYS_PER_MONTH
    total = np.bincount(spells.family, months, minlength=len(FAMILIES))
    held = np.flatnonzero(total)
    names = [str(FAMILIES[each]) for each in held]
    return pd.DataFrame({"family": pd.Series(names, dtype="str"), "exposure": total[held]})


def fold_hires(spells: Spells, window: Window) -> pd.DataFrame:
    """Count the hires of the window by family and grade: `family, grade, people, fte`."""
    inside = (spells.start >= window.first_day) & (spells.start <= window.last_day)
    new = spells.take(inside & spells.first & ~spells.converted)
    return _by_grade(new, [])


def fold_starters(spells: Spells, last_day: int, as_of: int) -> pd.DataFrame:
    """Count people who start after the as-of date: `month, family, grade, people, fte`."""
    coming = spells.take(spells.first & (spells.start > last_day))
    months = np.maximum(month_of_days(coming.start), as_of + 1)
    return _by_grade(coming, [("month", months)])


def _by_grade(spells: Spells, extra: list[tuple[str, IntArray]]) -> pd.DataFrame:
    folded = _fold({**dict(extra), "family": spells.family, "grade": spells.grade}, spells.fte)
    return folded.assign(
        family=_labels(folded["family"].to_numpy(), FAMILIES),
        grade=_labels(folded["grade"].to_numpy(), GRADE_BANDS),
    )


def fold_renewals(spells: Spells, window: Window) -> pd.DataFrame:
    """Count fixed terms whose end date passed in the window, by what happened.

    Extracts that overwrite the end date at renewal show no renewals; `rates` reads these counts
    only where both outcomes are seen.

    Args:
        spells: Stretches of employment.
        window: Days on which leaving was observable.

    Returns:
        `family, ended, carried_on`.
    """
    due = spells.take(
        (spells.contract_end >= window.first_day)
        & (spells.contract_end <= window.last_day)
        & (spells.start <= spells.contract_end)
    )
    # A last day within a month of the end date is the end of that contract.
    on = due.end > due.contract_end + 31
    ended = ~on & (due.cause == CAUSES.index(Cause.END_OF_CONTRACT))
    rows = pd.DataFrame({"family": _labels(due.family, FAMILIES), "ended": ended, "carried_on": on})
    return sum_by(rows, ["family"], ["ended", "carried_on"])
