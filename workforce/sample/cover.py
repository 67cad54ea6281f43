"""People who work for the council without being in post: casual, agency and seconded in."""

import numpy as np
import pandas as pd

from workforce.domain.bands import Cause, Contract
from workforce.sample.catalogue import TITLES
from workforce.sample.parameters import NOT_DIGITAL
from workforce.sample.people import table
from workforce.sample.state import TITLE_FAMILY, TITLE_GRADE, TITLE_WEIGHT

__all__ = ["cover_records"]

# Places kept filled per person in post, and the mean length of a spell in days.
_PLACES = {Contract.CASUAL: 0.022, Contract.AGENCY: 0.008, Contract.SECONDED_IN: 0.002}
_SPELL_DAYS = {Contract.CASUAL: 420.0, Contract.AGENCY: 240.0, Contract.SECONDED_IN: 365.0}
_SHARE_DIGITAL = {Contract.CASUAL: 0.0, Contract.AGENCY: 0.5, Contract.SECONDED_IN: 0.4}
_CASUAL_FTE = (0.1, 0.2, 0.3, 0.4)


def cover_records(size: int, first: int, as_of: int, rng: np.random.Generator) -> pd.DataFrame:
    """Draw spells of cover: each place is taken by one person after another.

    Args:
        size: Intended number in post.
        first: First day of the window.
        as_of: Day of the extract.
        rng: Random stream.

    Returns:
        Records with the columns of people in post. Agency workers and secondees do not appear as
        leavers, as they would not in an HR system; casual contracts end as such.
    """
    spells: list[tuple[Contract, int, int]] = []
    for contract, share in _PLACES.items():
        for _ in range(round(size * share)):
            day = first - rng.integers(0, int(_SPELL_DAYS[contract]))
            while day <= as_of:
                length = 1 + int(rng.exponential(_SPELL_DAYS[contract]))
                spells.append((contract, int(day), int(day) + length))
                day += length + 1 + rng.integers(0, 30)
    kept = [s for s in spells if s[2] > as_of or (s[0] is Contract.CASUAL and s[2] >= first)]
    return _frame(kept, as_of, rng)


def _frame(
    spells: list[tuple[Contract, int, int]], as_of: int, rng: np.random.Generator
) -> pd.DataFrame:
    count = len(spells)
    contract = np.array([str(spell[0]) for spell in spells], dtype="U16")
    start = np.array([spell[1] for spell in spells], dtype=np.int64)
    end = np.array([spell[2] for spell in spells], dtype=np.int64)
    casual = contract == Contract.CASUAL
    share = np.array([_SHARE_DIGITAL[spell[0]] for spell in spells], dtype=float)
    digital = rng.random(count) < share
    junior = np.where(TITLE_FAMILY == NOT_DIGITAL, 3, 11) >= TITLE_GRADE
    titles = np.zeros(count, dtype=np.int64)
    for wanted in (True, False):
        mine = np.flatnonzero(digital == wanted)
        pool = np.flatnonzero(((TITLE_FAMILY != NOT_DIGITAL) == wanted) & junior)
        weights = TITLE_WEIGHT[pool] / TITLE_WEIGHT[pool].sum()
        titles[mine] = rng.choice(pool, mine.size, p=weights)
    gone = casual & (end <= as_of)
    date = pd.to_datetime(pd.Series(start), unit="D")
    until = pd.to_datetime(pd.Series(end), unit="D")
    birth = pd.to_datetime(
        pd.Series(start - np.round(rng.uniform(20, 60, count) * 365.25).astype(int)), unit="D"
    )
    return table(
        {
            "ledger_row": -1,
            "trainee_row": -1,
            "title": titles,
            "job_title": [TITLES[title].name for title in titles],
            "post_row": -1,
            "site": rng.integers(0, 60, count),
            "start_date": date,
            "joined_date": date.where(date.isna()),
            "role_start_date": date,
            "birth_date": birth,
            "contract": contract,
            "contract_end_date": until.where(~casual),
            "fte": np.where(casual, rng.choice(_CASUAL_FTE, count), 1.0),
            "leave_date": until.where(gone),
            "leave_reason": np.where(gone, "Casual contract ended", ""),
            "cause": np.where(gone, str(Cause.END_OF_CONTRACT), ""),
        }
    )
