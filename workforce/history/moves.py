"""Moves of people in post from one role family to another, where the data show families twice."""

from typing import Final

import numpy as np
import pandas as pd

from workforce.domain.months import month_of
from workforce.history.frames import sum_by
from workforce.history.model import NOT_IN_POST
from workforce.history.spells import FAMILIES, Spells
from workforce.history.steps import Window

__all__ = ["MOVE_COLUMNS", "fold_moves", "no_moves"]

MOVE_COLUMNS: Final = ("from_family", "to_family", "moves", "exposure")


def no_moves() -> pd.DataFrame:
    """Return the frame of moves that were not observable."""
    text, numbers = pd.Series(dtype="str"), pd.Series(dtype=float)
    return pd.DataFrame(
        {name: text if name.endswith("family") else numbers for name in MOVE_COLUMNS}
    )


def fold_moves(
    spells: Spells, trail: pd.DataFrame, counts: pd.DataFrame, window: Window
) -> pd.DataFrame:
    """Count moves between families, and the person-months in which they could be seen.

    Snapshots of two dates or more show everybody's family at each of them. Records of posts one
    after the other show it where the system keeps them; that it does is known only if at least one
    of them changes the family. Without either nothing is known, which is not the same as no moves.

    Args:
        spells: Stretches of employment.
        trail: What was on record of each person at each snapshot, see `Extract.trail`.
        counts: Exposure by month and family, see `History.counts`.
        window: Days on which leaving was observable.

    Returns:
        The frame `History.moves`: a row for each two families with exposure in the first, empty
        where moves were not observable. Exposure is in person-months.
    """
    seen = trail["seen"].dropna()
    several = len(seen.unique()) > 1
    inside = counts
    if several:
        pairs = _between_snapshots(trail)
        # People last seen at a date can be seen to have moved up to it, and not from it on.
        first, last = month_of(seen.min().date()), month_of(seen.max().date())
        inside = counts[(counts["month"] > first) & (counts["month"] <= last)]
    else:
        pairs = _between_records(spells, window)
        if pairs.empty:
            return no_moves()
    exposure = sum_by(inside, ["family"], ["exposure"]).set_index("family")["exposure"]
    moved = pairs.groupby(["from_family", "to_family"]).size()
    rows = [
        (str(out), str(into), float(moved.get((str(out), str(into)), 0)), float(exposure[out]))
        for out in exposure.index
        for into in FAMILIES
        if str(into) != str(out) and exposure[out] > 0
    ]
    return pd.DataFrame(rows, columns=list(MOVE_COLUMNS)) if rows else no_moves()


def _between_records(spells: Spells, window: Window) -> pd.DataFrame:
    names = np.asarray([str(family) for family in FAMILIES], dtype=object)
    inside = (spells.start > window.first_day) & (spells.start <= window.last_day)
    at = np.flatnonzero(spells.moved & inside)
    # The stretch somebody moved from stands just before.
    return pd.DataFrame(
        {"from_family": names[spells.family[at - 1]], "to_family": names[spells.family[at]]}
    )


def _between_snapshots(trail: pd.DataFrame) -> pd.DataFrame:
    outside = [str(each) for each in NOT_IN_POST]
    ordered = trail.sort_values(["person", "seen"], kind="stable")
    before = ordered.shift()
    moved = (
        (ordered["person"] == before["person"])
        & (ordered["family"] != before["family"])
        & (ordered["family"].fillna("") != "")
        & (before["family"].fillna("") != "")
        # An apprentice who takes a post is a conversion.
        & ~ordered["contract"].isin(outside)
        & ~before["contract"].isin(outside)
    )
    return pd.DataFrame(
        {
            "from_family": before.loc[moved, "family"].astype(str).to_numpy(),
            "to_family": ordered.loc[moved, "family"].astype(str).to_numpy(),
        }
    )
