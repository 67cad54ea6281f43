"""What those who resigned said, counted by the levers that could have answered it."""

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from workforce.domain.bands import Cause
from workforce.domain.evidence import Evidence
from workforce.domain.reasons import ReasonGroup, StatedReasons

if TYPE_CHECKING:
    from workforce.intake import Extract

__all__ = ["stated_reasons"]


def stated_reasons(
    extract: "Extract", evidence: Evidence, families: Sequence[str]
) -> StatedReasons:
    """Count the reasons of those who resigned.

    Args:
        extract: Tidy tables.
        evidence: For which levers could address which reason (`leave_reasons`).
        families: Families that count.

    Returns:
        Counts; nothing of a person is kept. A wording that is not in the evidence counts where it
        is nearly one that is, and says nothing otherwise.
    """
    people = extract.people
    gone = people[
        people["leave_date"].notna()
        & (people["cause"] == Cause.VOLUNTARY)
        & people["family"].isin([str(each) for each in families])
        & (people["leave_date"] <= pd.Timestamp(extract.as_of))
    ]
    known: dict[str, tuple[str, ...]] = {}
    for each in evidence.leave_reasons:
        # Where two systems word a reason alike, the one that points to a lever stands.
        folded = _fold(each.reason)
        known[folded] = known.get(folded) or tuple(sorted(each.levers))
    counted: Counter[tuple[str, ...]] = Counter()
    for reason, number in gone["leave_reason"].astype(str).value_counts().items():
        levers = _levers(_fold(str(reason)), known)
        if levers:
            counted[levers] += int(number)
    groups = tuple(ReasonGroup(levers, people) for levers, people in sorted(counted.items()))
    return StatedReasons(len(gone), groups)


def _levers(reason: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if reason in known:
        return known[reason]
    close = difflib.get_close_matches(reason, known, n=1, cutoff=0.82)
    return known[close[0]] if close else ()


def _fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
