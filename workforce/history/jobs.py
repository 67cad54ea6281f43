"""Exposure and resignations by directorate and job title, a year at a time.

Kept apart from the counts by month and age: with job titles in them those would hold a row for
nearly every person.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import CAUSES, GRADE_BANDS, TENURE_BANDS, Cause, Contract
from workforce.history.spells import CONTRACTS, FAMILIES, NO_CAUSE, UNKNOWN_CAUSE, Spells
from workforce.history.steps import Parts, Steps, Window

__all__ = ["JOB_KEYS", "fold_jobs", "no_jobs"]

IntArray = NDArray[np.int64]

JOB_KEYS: Final = ("family", "grade", "fixed_term", "department", "title", "tenure", "year")
_RESIGNED: Final = (CAUSES.index(Cause.VOLUNTARY), UNKNOWN_CAUSE)


def no_jobs() -> pd.DataFrame:
    """Return the frame of an organisation in which leaving was not observable."""
    kinds: dict[str, Any] = dict.fromkeys(JOB_KEYS, "str")
    kinds |= {"fixed_term": bool, "year": np.int64}
    numbers: dict[str, Any] = dict.fromkeys(("exposure", "resigned", "people"), float)
    return pd.DataFrame({key: pd.Series(dtype=kind) for key, kind in (kinds | numbers).items()})


def fold_jobs(spells: Spells, window: Window, parts: Parts) -> pd.DataFrame:
    """Count exposure and resignations by what people do and where.

    Args:
        spells: Stretches of employment.
        window: Days on which leaving was observable; nothing outside counts.
        parts: Output of `fold.parts_seen`.

    Returns:
        `JOB_KEYS`, `exposure` (person-months), `resigned` (leavers of unknown cause among them) and
        `people` (in post at the end of the window, in its last year); rows with any of them. Years
        are blocks of twelve months counted back from the last, numbered from 0.
    """
    fixed = (spells.contract == CONTRACTS.index(Contract.FIXED_TERM)).astype(np.int64)
    static = (len(FAMILIES), len(GRADE_BANDS), 2, max(1, len(spells.departments)),
              max(1, len(spells.titles)))  # fmt: skip
    group = spells.family
    for size, codes in zip(
        static[1:], (spells.grade, fixed, spells.department, spells.title), strict=True
    ):
        group = group * size + codes
    present = np.zeros(int(np.prod(static)), dtype=bool)
    present[group] = True
    kept = np.flatnonzero(present)
    cells = Steps(len(kept), 1, window, window.by_year())
    ends_in = cells.add((np.cumsum(present, dtype=np.int32) - 1)[group][parts.row], parts)
    exposure = cells.exposure()
    resigned = np.bincount(
        cells.left[np.isin(cells.causes, _RESIGNED)], minlength=len(exposure)
    ).astype(float)
    years = cells.shape[-1]
    goes_on = (parts.stop == window.days) & (parts.cause == NO_CAUSE)
    staying = np.bincount(ends_in[goes_on], minlength=len(exposure) // years)
    people = np.zeros(len(exposure))
    people[years - 1 :: years] = staying
    at = np.flatnonzero((exposure > 0) | (resigned > 0) | (people > 0))
    where = np.unravel_index(at, cells.shape)
    family, grade, term, department, title = (
        each[where[0]] for each in np.unravel_index(kept, static)
    )
    return pd.DataFrame(
        {
            "family": _named(family, [str(each) for each in FAMILIES]),
            "grade": _named(grade, [str(each) for each in GRADE_BANDS]),
            "fixed_term": term == 1,
            "department": _named(department, spells.departments or ("",)),
            "title": _named(title, spells.titles or ("",)),
            "tenure": _named(where[2], TENURE_BANDS),
            "year": where[3].astype(np.int64),
            "exposure": exposure[at],
            "resigned": resigned[at],
            "people": people[at],
        }
    )


def _named(codes: IntArray, names: Sequence[str]) -> Any:
    return pd.Categorical.from_codes(
        codes.astype(np.int16), dtype=pd.CategoricalDtype(list(names)), validate=False
    )
