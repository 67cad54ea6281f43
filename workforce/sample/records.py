"""What a simulation hands on: lists of records, and the truth behind them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

__all__ = ["Simulated"]


@dataclass(frozen=True)
class Simulated:
    """A simulated organisation as frames, with the truth behind it.

    The first five frames have the columns that an extract has after intake (see
    `workforce.intake`), so that estimation can be tested without writing and reading a workbook.

    Attributes:
        people: Everybody on the staff list at `as_of` or on the leavers list of the window.
        posts: Funded posts at `as_of`.
        requisitions: Recruitment rounds opened in the window.
        apprentices: Apprenticeships that touch the window.
        agency: Agency workers at `as_of` or who ended in the window.
        as_of: Date of the extract.
        window: First and last day over which the leavers list is complete.
        truth: True rates and realised counts, JSON values only.
    """

    people: pd.DataFrame
    posts: pd.DataFrame
    requisitions: pd.DataFrame
    apprentices: pd.DataFrame
    agency: pd.DataFrame
    as_of: date
    window: tuple[date, date]
    truth: dict[str, Any]
