"""The few frame operations that every fold needs."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

__all__ = ["count_by", "records", "sum_by"]


def sum_by(rows: pd.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Return the sums of some columns by some keys, keys as columns, in sorted order."""
    return rows.groupby(list(keys), observed=True)[list(columns)].sum().reset_index()


def count_by(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return heads (`people`) and `fte` by some keys, keys as columns, in sorted order."""
    folded = rows.assign(people=1).groupby(list(keys), observed=True)[["people", "fte"]].sum()
    return folded.reset_index()


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as dictionaries by column name."""
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]
