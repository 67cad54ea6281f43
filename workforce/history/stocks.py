"""Spells -> who is in post when: month ends, hires, the stock at the as-of date, starters."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, CAUSES, GRADE_BANDS, TENURE_CAP_MONTHS, Cause
from workforce.history.dates import FAR, completed_months, month_of_days
from workforce.history.fold import EVENTS, Window
from workforce.history.frames import count_by, sum_by
from workforce.history.model import HAZARD_CAUSES, NEVER
from workforce.history.spells import CONTRACTS, FAMILIES, NO_CAUSE, UNKNOWN_CAUSE, Spells

__all__ = [
    "apportion_unknown",
    "fold_hires",
    "fold_monthly",
    "fold_renewals",
    "fold_starters",
    "fold_stock",
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
    seen = (spells.start <= window.last_day) & (spells.end >= window.first_day)
    here = spells.take(seen)
    shape = (len(FAMILIES), window.months + 1)
    joins = np.clip(window.month(np.maximum(here.start, window.first_day)), 0, window.months)
    # Somebody who moves on is counted by the next stretch, which starts the day after.
    leaves_on = np.where(here.last, here.end, here.end + 1)
    stays = leaves_on > window.last_day
    leaves = np.where(stays, window.months, window.month(np.minimum(leaves_on, window.last_day)))

    def at(month: IntArray, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        flat = np.ravel_multi_index((here.family, month), shape)
        sums = np.bincount(flat, weights, minlength=int(np.prod(shape)))
        return sums.reshape(shape).astype(np.float64)

    one = np.ones(len(here))
    heads = (at(joins, one) - at(leaves, one)).cumsum(axis=1)
    fte = (at(joins, here.fte) - at(leaves, here.fte)).cumsum(axis=1)
    new = here.start >= window.first_day
    # Who moved on the first day is simply there; later, the stretch moved from stands just before.
    moved_in = here.moved & (here.start > window.first_day)
    moved_out = np.zeros(len(here))
    moved_out[np.flatnonzero(moved_in) - 1] = 1.0
    columns = {
        "headcount": heads.round(),
        "fte": fte,
        "hires": at(joins, (new & here.first & ~here.converted).astype(float)),
        "conversions": at(joins, (new & here.first & here.converted).astype(float)),
        "moves_in": at(joins, moved_in.astype(float)),
        "moves_out": at(leaves, moved_out),
    }
    families = [str(family) for family in FAMILIES]
    months = np.arange(window.months) + window.first_month
    frame = pd.DataFrame(
        {
            "month": np.tile(months, len(families)),
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
    here = spells.take((spells.start <= last_day) & (spells.end > last_day))

    def later(days: IntArray) -> IntArray:
        months = np.maximum(month_of_days(days), as_of + 1)
        return np.where(days == FAR, NEVER, months).astype(np.int64)

    leaving = here.last & (here.end != FAR)
    cause = np.where(
        leaving & (here.cause != NO_CAUSE),
        np.where(here.cause == UNKNOWN_CAUSE, CAUSES.index(Cause.VOLUNTARY), here.cause),
        0,
    )
    ends = np.where(here.contract_end > last_day, here.contract_end, FAR)
    rows = pd.DataFrame(
        {
            "family": here.family,
            "department": here.department,
            "grade": here.grade,
            "tenure_months": np.minimum(
                completed_months(here.service_start, last_day + 1), TENURE_CAP_MONTHS
            ),
            "age": here.age,
            "contract": here.contract,
            "contract_end": later(ends),
            "known_leave": np.where(leaving, later(here.end), NEVER),
            "known_cause": cause,
            "fte": here.fte,
        }
    )
    keys = [name for name in rows.columns if name != "fte"]
    folded = count_by(rows, keys)
    return folded.assign(
        family=_labels(folded["family"].to_numpy(), FAMILIES),
        department=_labels(folded["department"].to_numpy(), spells.departments or ("",)),
        grade=_labels(folded["grade"].to_numpy(), GRADE_BANDS),
        age=_labels(folded["age"].to_numpy(), AGE_BANDS),
        contract=_labels(folded["contract"].to_numpy(), CONTRACTS),
        known_cause=_labels(folded["known_cause"].to_numpy(), CAUSES),
    )


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
    rows = pd.DataFrame(
        {
            **dict(extra),
            "family": _labels(spells.family, FAMILIES),
            "grade": _labels(spells.grade, GRADE_BANDS),
            "fte": spells.fte,
        }
    )
    keys = [*(name for name, _ in extra), "family", "grade"]
    return count_by(rows, keys)


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
