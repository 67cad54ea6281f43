"""Who came and went between two snapshots, and is in neither."""

from typing import Final

from workforce.history import HAZARD_CAUSES, History

__all__ = ["unseen_hires"]

_FIRST_YEAR: Final = ("0-6 months", "6-12 months")
_ENOUGH: Final = 20.0
"""Leavers in their first year from which on their own rate is taken, not that of all."""


def unseen_hires(history: History, family: str) -> float:
    """Estimate the hires of a family who left before a snapshot could list them.

    Those who are listed have spent E person-months in post before it. The time that all starters
    spent there is E and a little more, so about E times the monthly rate of leaving in the first
    year of service have left in it: as many as have to be added to the hires that were seen.

    Args:
        history: Counts.
        family: Family.

    Returns:
        People, 0 where leaving dates are given.
    """
    own = history.unseen.loc[history.unseen["family"] == family, "exposure"]
    if own.empty:
        return 0.0
    counts = history.counts
    causes = [*(str(cause) for cause in HAZARD_CAUSES), "unknown"]
    early = counts[counts["tenure"].isin(_FIRST_YEAR)]
    if float(early[causes].to_numpy(dtype=float).sum()) >= _ENOUGH:
        counts = early
    exposure = float(counts["exposure"].sum())
    events = float(counts[causes].to_numpy(dtype=float).sum())
    return float(own.sum()) * events / exposure if exposure > 0 else 0.0
