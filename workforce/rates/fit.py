"""History + evidence -> Rates: everything that moves people, with its uncertainty."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import (
    GRADE_BANDS,
    Contract,
)
from workforce.domain.candidates import CANDIDATES, DEFAULT_CANDIDATE, Candidate
from workforce.domain.evidence import Evidence
from workforce.domain.rates import FlatRate, Rates
from workforce.domain.units import monthly_hazard
from workforce.history import HAZARD_CAUSES, History
from workforce.rates.candidates import fit_candidate, fit_candidates
from workforce.rates.cells import Cells, Present, Window, voluntary_cells
from workforce.rates.differences import fit_differences
from workforce.rates.exit_fit import fit_exits, renewals
from workforce.rates.exits import GammaRate
from workforce.rates.hiring import fit_fill
from workforce.rates.mix import people_mix
from workforce.rates.moves import fit_moves
from workforce.rates.table import rate_table
from workforce.rates.voluntary import VoluntaryFit

__all__ = ["fit_rates", "fit_resigning", "resigned"]

FloatArray = NDArray[np.float64]

_STARTER_WEIGHT = 10.0
"""All families' starters count as this many of each family's own."""
_GRADE_WEIGHT = 4.0
"""And the present grade mix as this many starters."""


def fit_rates(
    history: History,
    evidence: Evidence,
    families: Sequence[str],
    candidate: Candidate = DEFAULT_CANDIDATE,
) -> Rates:
    """Fit leaving and hiring rates: the organisation's counts, shrunk to the evidence.

    Without leavers every leaving rate is its benchmark, at weight 0.

    Args:
        history: Counts.
        evidence: Benchmarks, ranges and their confidence.
        families: Families to project, F of them; the others still inform what all share.
        candidate: How resigning goes by what is known of people.

    Returns:
        The rates with the table of weights, intervals and sources.
    """
    names = tuple(str(family) for family in families)
    notes: list[str] = []
    told_apart = _causes_told_apart(history.counts)
    history = replace(history, counts=_settle_unknown(history.counts, evidence, notes))
    window = Window(*history.window) if history.window else None
    shown, history = history, replace(history, counts=_first_month(history.counts, window))
    present = Present(names, people_mix(history, evidence, names), _fixed_share(history, names))
    cells = voluntary_cells(history.counts)
    voluntary = fit_candidate(candidate, cells, window, present, evidence)
    exits = fit_exits(history, window, names, evidence)
    notes.extend(exits.notes)
    years = exits.years
    if not told_apart:
        # Split by a stated share, they rise and fall together with the resignations.
        years = replace(years, level_log_mean=0.0, level_log_sd=0.0, with_voluntary=True)
    fill = fit_fill(history, evidence, names)
    notes.extend(fill.notes)
    moves = fit_moves(history, evidence, names)
    notes.append(moves.note)
    notes.append(_shock_note(window, voluntary.shock_estimated))
    return Rates(
        families=names,
        voluntary=voluntary.rates,
        retirement=np.array([monthly_hazard(r.annual) for r in exits.exits.retirement]),
        retirement_log_sd=np.array([rate.log_sd for rate in exits.exits.retirement]),
        end_of_contract=_flat(exits.exits.end_of_contract),
        renewal=renewals(history, evidence, names),
        other=_flat(exits.exits.other),
        season=voluntary.season,
        shock=voluntary.shock,
        fill=fill.rates,
        starter_grade=_starter_grades(history, names),
        exit_years=years,
        table=(*rate_table(shown, evidence, voluntary, exits.exits, fill), *moves.rows),
        moves=moves.moves,
        notes=tuple(notes),
        candidate=candidate,
        differences=fit_differences(history.jobs, cells, voluntary.fitted, window, names, evidence),
    )


def fit_resigning(
    history: History, evidence: Evidence, families: Sequence[str]
) -> dict[Candidate, VoluntaryFit]:
    """Fit the hazard of resigning under every candidate, as `fit_rates` would under each.

    Args:
        history: Counts.
        evidence: The evidence base.
        families: Families to project.

    Returns:
        A fit a candidate, simple ones first.
    """
    names = tuple(str(family) for family in families)
    history = replace(history, counts=_settle_unknown(history.counts, evidence, []))
    window = Window(*history.window) if history.window else None
    counts = _first_month(history.counts, window)
    present = Present(names, people_mix(history, evidence, names), _fixed_share(history, names))
    return fit_candidates(CANDIDATES, voluntary_cells(counts), window, present, evidence)


def resigned(history: History, evidence: Evidence) -> Cells:
    """Return exposure and resignations by cell, leavers of unknown cause shared out."""
    return voluntary_cells(_settle_unknown(history.counts, evidence, []))


def _flat(rate: GammaRate) -> FlatRate:
    return FlatRate(monthly_hazard(rate.annual), rate.log_sd)


def _settle_unknown(counts: pd.DataFrame, evidence: Evidence, notes: list[str]) -> pd.DataFrame:
    """Share out leavers of unknown cause by the benchmark, where the history could not."""
    unknown = counts["unknown"].to_numpy(dtype=float)
    if not unknown.any():
        return counts
    voluntary = evidence.benchmark("def_voluntary_share").number
    rest = [evidence.benchmark(key).number for key in _REST_ROWS]
    shares = [voluntary, *((1 - voluntary) * each / sum(rest) for each in rest)]
    out = counts.copy()
    for cause, share in zip(HAZARD_CAUSES, shares, strict=True):
        out[str(cause)] = out[str(cause)].to_numpy(dtype=float) + share * unknown
    out["unknown"] = 0.0
    notes.append(
        f"No causes of leaving are known: {voluntary:.0%} of leavers are taken to have resigned."
    )
    return out


def _first_month(counts: pd.DataFrame, window: Window | None) -> pd.DataFrame:
    """Take off the first month the leavers that it has only because the window begins with one.

    A leavers list begins at its first leaver, so that month's count is a Poisson number that cannot
    be zero, with mean m / (1 - exp(-m)); m is the mean of the other months. Among many leavers
    that is nothing; in a team with one leaver in five months it would be one too many in each list.
    """
    if window is None or window.last == window.first:
        return counts
    causes = [str(cause) for cause in HAZARD_CAUSES]
    first = counts["month"].to_numpy() == window.first
    events = counts[causes].to_numpy(dtype=float)
    mean = float(events[~first].sum()) / (window.last - window.first)
    if not events[first].any():
        return counts
    kept = np.where(first, -math.expm1(-mean), 1.0)[:, None] * events
    return counts.assign(**dict(zip(causes, kept.T, strict=True)))


_REST_ROWS: Final = ("def_retire_all", "def_contract_end", "def_dismissal_other")


def _fixed_share(history: History, names: tuple[str, ...]) -> FloatArray:
    stock = history.stock
    fixed = stock[stock["contract"] == str(Contract.FIXED_TERM)].groupby("family")["people"].sum()
    every = stock.groupby("family")["people"].sum()
    return np.array(
        [float(fixed.get(name, 0)) / max(1.0, float(every.get(name, 0))) for name in names]
    )


def _causes_told_apart(counts: pd.DataFrame) -> bool:
    unknown = float(counts["unknown"].sum())
    known = float(counts[[str(cause) for cause in HAZARD_CAUSES]].to_numpy(dtype=float).sum())
    return unknown <= known


def _starter_grades(history: History, names: tuple[str, ...]) -> FloatArray:
    grades = [str(grade) for grade in GRADE_BANDS]

    def table(rows: pd.DataFrame) -> FloatArray:
        found = rows.groupby(["family", "grade"])["people"].sum()
        return np.array(
            [[float(found.get((name, grade), 0.0)) for grade in grades] for name in names]
        )

    stock, hires = table(history.stock), table(history.hires_by_grade)
    present = stock.sum(axis=0) + 1.0
    pooled = hires.sum(axis=0) + _GRADE_WEIGHT * present / present.sum()
    shares = hires + _STARTER_WEIGHT * pooled / pooled.sum()
    found: FloatArray = shares / shares.sum(axis=1, keepdims=True)
    return found


def _shock_note(window: Window | None, estimated: bool) -> str:
    if window is None:
        return "Good and bad years: from the evidence, because no leavers are given."
    if estimated:
        return f"Good and bad years: their size is estimated from {window.years} years of leavers."
    return "Good and bad years: their size is from the evidence; that takes three years of leavers."
