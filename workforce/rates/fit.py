"""History + evidence -> Rates: everything that moves people, with its uncertainty."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import (
    AGE_BANDS,
    GRADE_BANDS,
    TENURE_BANDS,
    AgeBand,
    Cause,
    Contract,
)
from workforce.domain.candidates import CANDIDATES, DEFAULT_CANDIDATE, Candidate
from workforce.domain.evidence import Evidence, Parameter
from workforce.domain.rates import ExitYears, FlatRate, Rates
from workforce.domain.units import monthly_hazard
from workforce.history import HAZARD_CAUSES, History
from workforce.rates.candidates import fit_candidate, fit_candidates
from workforce.rates.cells import Cells, Present, Window, voluntary_cells
from workforce.rates.exit_years import exit_years, expected_exits
from workforce.rates.exits import GammaRate, renewal_share, update_rate
from workforce.rates.hiring import fit_fill
from workforce.rates.mix import people_mix
from workforce.rates.table import Exits, rate_table
from workforce.rates.voluntary import VoluntaryFit

__all__ = ["fit_rates", "fit_resigning", "resigned"]

FloatArray = NDArray[np.float64]

_RETIREMENT_ROWS: Final = {
    AgeBand.UNDER_55: "def_retire_under_55",
    AgeBand.FROM_55: "def_retire_55_59",
    AgeBand.FROM_60: "def_retire_60_64",
    AgeBand.FROM_65: "def_retire_65_66",
    AgeBand.FROM_67: "def_retire_67_plus",
    AgeBand.UNKNOWN: "def_retire_all",
}
_FIRST_YEARS: Final = TENURE_BANDS[:3]
_MIN_DATED = 0.5
"""From this share of fixed-term staff with an end date on, contracts end by date."""
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
    voluntary = fit_candidate(candidate, voluntary_cells(history.counts), window, present, evidence)
    exits = _exits(history, evidence, names, notes)
    years = _exit_years(history, exits, window, evidence)
    if not told_apart:
        # Split by a stated share, they rise and fall together with the resignations.
        years = replace(years, level_log_mean=0.0, level_log_sd=0.0, with_voluntary=True)
    fill = fit_fill(history, evidence, names)
    notes.extend(fill.notes)
    notes.append(_shock_note(window, voluntary.shock_estimated))
    return Rates(
        families=names,
        voluntary=voluntary.rates,
        retirement=np.array([monthly_hazard(rate.annual) for rate in exits.retirement]),
        retirement_log_sd=np.array([rate.log_sd for rate in exits.retirement]),
        end_of_contract=_flat(exits.end_of_contract),
        renewal=_renewals(history, evidence, names),
        other=_flat(exits.other),
        season=voluntary.season,
        shock=voluntary.shock,
        fill=fill.rates,
        starter_grade=_starter_grades(history, names),
        exit_years=years,
        table=rate_table(shown, evidence, voluntary, exits, fill),
        notes=tuple(notes),
        candidate=candidate,
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


def _exits(history: History, evidence: Evidence, names: tuple[str, ...], notes: list[str]) -> Exits:
    counts = history.counts
    ours = counts[counts["family"].isin(names)]
    retirement = _retirement(counts, ours, evidence)
    dated = _ends_are_dated(history, names)
    ends, benchmark = ours, evidence.benchmark("def_contract_end")
    if dated:
        ends = ours[ours["contract"] != str(Contract.FIXED_TERM)]
        benchmark = replace(benchmark, value=benchmark.range[0], low=benchmark.range[0] / 3,
                            high=benchmark.range[0] * 3)  # fmt: skip
        notes.append("Fixed terms end by their own dates; the flat rate covers everybody else.")
    else:
        notes.append("Contract ends: a flat rate, because hardly any end date is given.")
    if not (history.stock["age"] != str(AgeBand.UNKNOWN)).any():
        notes.append("Retirement: a flat rate, because no ages are given.")
    return Exits(
        retirement=retirement,
        end_of_contract=_rate(benchmark, ends, "end_of_contract"),
        end_benchmark=benchmark,
        other=_rate(evidence.benchmark("def_dismissal_other"), ours, "other"),
        renewal=_renewals(history, evidence, names) if dated else None,
    )


def _retirement(
    counts: pd.DataFrame, ours: pd.DataFrame, evidence: Evidence
) -> tuple[GammaRate, ...]:
    """Return the retirement rate of each age band.

    Ages say who retires, whatever the family. Where most are known, people whose age is not are
    taken to have the ages of the others (systems often drop the birth dates of those who left), and
    the rate of an unknown age, which starters have in a projection, is that of people in their
    first two years of service. Where few are known it is the rate of everybody in the families.
    """
    unknown = str(AgeBand.UNKNOWN)
    by_age = counts.groupby("age", observed=True)[["exposure", "retirement"]].sum()
    known = by_age.drop(index=unknown, errors="ignore")
    rows = [evidence.benchmark(_RETIREMENT_ROWS[band]) for band in AGE_BANDS]
    exposure, events = (
        np.array([float(known[name].get(str(band), 0.0)) for band in AGE_BANDS]) / per
        for name, per in (("exposure", 12.0), ("retirement", 1.0))
    )
    rest = counts[counts["age"] == unknown]
    told, lost = float(exposure.sum()), float(rest["exposure"].sum()) / 12
    if told > lost:
        expected = exposure * np.array([row.number for row in rows])
        exposure = exposure * (1 + lost / told)
        events = events + float(rest["retirement"].sum()) * expected / expected.sum()
        apart = counts[counts["tenure"].isin(_FIRST_YEARS)]
    else:
        apart = ours[ours["age"] == unknown]
    last = AGE_BANDS.index(AgeBand.UNKNOWN)
    exposure[last] = float(apart["exposure"].sum()) / 12
    events[last] = float(apart["retirement"].sum())
    return tuple(map(update_rate, rows, events.tolist(), exposure.tolist()))


def _causes_told_apart(counts: pd.DataFrame) -> bool:
    unknown = float(counts["unknown"].sum())
    known = float(counts[[str(cause) for cause in HAZARD_CAUSES]].to_numpy(dtype=float).sum())
    return unknown <= known


def _exit_years(
    history: History, exits: Exits, window: Window | None, evidence: Evidence
) -> ExitYears:
    flat = {
        Cause.END_OF_CONTRACT: exits.end_of_contract.annual,
        Cause.OTHER: exits.other.annual,
    }
    retirement = np.array([rate.annual for rate in exits.retirement])
    expected = expected_exits(history.counts, retirement, flat)
    return exit_years(history.counts, expected, window, evidence)


def _rate(benchmark: Parameter, rows: pd.DataFrame, cause: str) -> GammaRate:
    return update_rate(benchmark, float(rows[cause].sum()), float(rows["exposure"].sum()) / 12)


def _ends_are_dated(history: History, names: tuple[str, ...]) -> bool:
    stock = history.stock
    fixed = stock[(stock["contract"] == str(Contract.FIXED_TERM)) & stock["family"].isin(names)]
    people = float(fixed["people"].sum())
    return people > 0 and float(fixed.loc[fixed["contract_end"] >= 0, "people"].sum()) >= (
        _MIN_DATED * people
    )


def _renewals(
    history: History, evidence: Evidence, names: tuple[str, ...]
) -> tuple[float, float, float]:
    rows = history.renewals[history.renewals["family"].isin(names)]
    carried, ended = float(rows["carried_on"].sum()), float(rows["ended"].sum())
    # A system that overwrites end dates shows endings only: that would read as nobody renewed.
    if not carried > 0:
        carried = ended = 0.0
    return renewal_share(evidence.benchmark("def_fixed_term_renewed"), carried, ended)


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
