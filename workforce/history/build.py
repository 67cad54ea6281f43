"""Extract -> History: the step after which no row is about a person."""

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workforce.domain.months import first_day, month_of
from workforce.history.conversions import conversion_days
from workforce.history.dates import day_of
from workforce.history.fold import COUNT_KEYS, EVENTS, fold_counts, parts_seen
from workforce.history.hiring import (
    fold_agency,
    fold_apprentices,
    fold_establishment,
    fold_posts,
    fold_requisitions,
    fold_time_to_hire,
    open_requisitions,
    prepare_requisitions,
    requisition_starters,
    requisitions_opened,
)
from workforce.history.jobs import fold_jobs, no_jobs
from workforce.history.model import History
from workforce.history.moves import fold_moves, no_moves
from workforce.history.spells import Spells, build_spells
from workforce.history.steps import Window
from workforce.history.stocks import (
    apportion_unknown,
    fold_hires,
    fold_monthly,
    fold_renewals,
    fold_starters,
    fold_stock,
    fold_unseen,
)

if TYPE_CHECKING:
    from workforce.intake import Extract

__all__ = ["build_history", "last_observed_month"]

_HALF_MONTH = 15


def last_observed_month(as_of: date) -> int:
    """Return the month index that an as-of date closes.

    In the first half of a month (a snapshot on the 1st) that is the month before, so that
    projections do not skip a month.
    """
    month = month_of(as_of)
    return month - 1 if as_of.day <= _HALF_MONTH else month


def build_history(extract: "Extract") -> History:
    """Fold an extract into counts.

    Args:
        extract: Tidy tables from intake.

    Returns:
        The history.
    """
    at = extract.as_of
    people, requisitions = extract.people, extract.requisitions
    last_day, month = day_of(at), last_observed_month(at)
    opens = _window_start(extract, at, month)
    window = Window(day_of(opens or at), last_day, month_of(opens or at), month)
    spells, notes = build_spells(
        people,
        first_day=window.first_day,
        post_days=conversion_days(people, extract.apprentices),
    )
    more: tuple[str, ...]
    if opens is None:
        counts, monthly, jobs = _no_counts(), _stock_only(spells, window), no_jobs()
        more = ("No leavers are given, so leaving was not observable: rates are benchmarks.",)
    else:
        seen = parts_seen(spells, window)
        jobs = fold_jobs(spells, window, seen)
        counts, more = apportion_unknown(fold_counts(spells, window, seen))
        monthly = fold_monthly(spells, counts, window)
    stock = fold_stock(spells, last_day, month)
    prepared = prepare_requisitions(requisitions, last_day=last_day)
    openings = open_requisitions(prepared, last_day)
    posts = fold_posts(extract.posts)
    starters = fold_starters(spells, last_day, month)
    hires = fold_hires(spells if opens else spells.take(np.zeros(len(spells), dtype=bool)), window)
    if starters.empty and len(prepared):
        mean_fte = float(stock["fte"].sum() / stock["people"].sum()) if len(stock) else 1.0
        starters = requisition_starters(prepared, month, mean_fte)
    return History(
        as_of=month,
        as_of_date=at,
        window=None if opens is None else (window.first_month, window.last_month),
        counts=counts,
        stock=stock,
        monthly=monthly,
        establishment=fold_establishment(
            posts, stock, openings, starters, has_requisitions=len(prepared) > 0
        ),
        posts=posts,
        requisition_exposure=fold_requisitions(prepared),
        open_requisitions=openings,
        requisitions_opened=requisitions_opened(prepared, last_day),
        time_to_hire=fold_time_to_hire(prepared, window.first_day),
        apprentices=fold_apprentices(extract.apprentices, last_day),
        agency=fold_agency(extract.agency, last_day),
        starters=starters,
        hires_by_grade=hires,
        renewals=fold_renewals(spells, window),
        moves=no_moves() if opens is None else fold_moves(spells, extract.trail, counts, window),
        unseen=fold_unseen(spells, window),
        jobs=jobs,
        notes=(*notes, *more),
        digest=hashlib.sha256(f"{extract.digest} {at.isoformat()}".encode()).hexdigest(),
    )


def _window_start(extract: "Extract", at: date, month: int) -> date | None:
    if extract.window is None or extract.window[0] > at:
        return None
    start: date = extract.window[0]
    # A window has at least the days of its last month.
    return min(start, first_day(month)) if month_of(start) > month else start


def _no_counts() -> pd.DataFrame:
    text = {name: pd.Series(dtype="str") for name in COUNT_KEYS[1:]}
    numbers = {name: pd.Series(dtype=float) for name in ("exposure", *EVENTS)}
    return pd.DataFrame({"month": pd.Series(dtype=int), **text, **numbers})


def _stock_only(spells: Spells, window: Window) -> pd.DataFrame:
    """Return the one month that is known without a leavers list: stocks, flows missing."""
    at_end = Window(window.last_day, window.last_day, window.last_month, window.last_month)
    counts = fold_counts(spells, at_end, parts_seen(spells, at_end))
    frame = fold_monthly(spells, counts, at_end)
    flows = ["leavers", *EVENTS, "hires", "conversions", "moves_in", "moves_out"]
    return frame.assign(**dict.fromkeys(flows, np.nan))
