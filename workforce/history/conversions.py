"""Apprentices who took a post: in training they were not in post, though service counts."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.history.dates import FAR, as_days

__all__ = ["conversion_days"]

IntArray = NDArray[np.int64]

_EARLY_DAYS, _LATE_DAYS = 7, 100
"""A post is taken from a week before the recorded end of training to a good three months after."""
_STAYED = ("achieved", "withdrawn_stayed")


def conversion_days(people: pd.DataFrame, apprentices: pd.DataFrame) -> IntArray:
    """Find people whose service began as an apprenticeship, and when they took a post.

    Nothing links the two lists, so dates do: service starts on the day the apprenticeship did, and
    the present post starts when training ended. Without this, months of training would count as
    months in post, and digital leaving rates would read too low.

    Args:
        people: Frame of the extract.
        apprentices: Frame of the extract.

    Returns:
        Day number of the post's start, `FAR` for everybody else, shape (n,).
    """
    found = np.full(len(people), FAR, dtype=np.int64)
    trained = apprentices[apprentices["outcome"].isin(_STAYED)]
    began, ended = as_days(trained["start_date"], FAR), as_days(trained["leave_date"], FAR)
    known = (began < FAR) & (ended < FAR)
    if not known.any():
        return found
    start, post = as_days(people["start_date"], FAR), as_days(people["role_start_date"], FAR)
    for first, last in zip(began[known], ended[known], strict=True):
        match = (start == first) & (post > start) & (post < FAR)
        match &= (post >= last - _EARLY_DAYS) & (post <= last + _LATE_DAYS)
        found[match] = post[match]
    return found
