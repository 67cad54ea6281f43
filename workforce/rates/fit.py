"""History + evidence -> Rates: everything that moves people, with its uncertainty."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, GRADE_BANDS, AgeBand, Cause, Contract
from workforce.domain.evidence import Evidence, Parameter
from workforce.domain.rates import ExitYears, FlatRate, Rates
from workforce.domain.units import monthly_hazard
from workforce.history import HAZARD_CAUSES, History
from workforce.rates.cells import Present, Window, voluntary_cells
from workforce.rates.exit_years import exit_years, expected_exits
from workforce.rates.exits import GammaRate, renewal_share, update_rate
from workforce.rates.hiring import fit_fill
from workforce.rates.mix import people_mix
from workforce.rates.table import Exits, rate_table
from workforce.rates.voluntary import fit_voluntary

__all__ = ["fit_rates"]

FloatArray = NDArray[np.float64]

_RETIREMENT_ROWS: Final = {
    AgeBand.UNDER_55: "def_retire_under_55",
    AgeBand.FROM_55: "def_retire_55_59",
    AgeBand.FROM_60: "def_retire_60_64",
    AgeBand.FROM_65: "def_retire_65_66",
    AgeBand.FROM_67: "def_retire_67_plus",
    AgeBand.UNKNOWN: "def_retire_all",
}
_MIN_DATED = 0.5
"""From this share of fixed-term staff with an end date on, contracts end by date."""
_STARTER_WEIGHT = 10.0
"""All families' starters count as this many of each family's own."""
_GRADE_WEIGHT = 4.0
"""And the present grade mix as this many starters."""


def fit_rates(history: History, evidence: Evidence, families: Sequence[str]) -> Rates:
    """Fit leaving and hiring rates: the organisation's counts, shrunk to the evidence.

    Without leavers every leaving rate is its benchmark, at weight 0.

    Args:
        history: Counts.
        evidence: Benchmarks, ranges and their confidence.
        families: Families to project, F of them; the others still inform what all share.

    Returns:
        The rates with the table of weights, intervals and sources.
    """
    names = tuple(str(family) for family in families)
    notes: list[str] = []
    told_apart = _causes_told_apart(history.counts)
    history = replace(history, counts=_settle_unknown(history.counts, evidence, notes))
    window = Window(*history.window) if history.window else None
    present = Present(names, people_mix(history, evidence, names), _fixed_share(history, names))
    voluntary = fit_voluntary(voluntary_cells(history.counts), window, present, evidence)
    exits = _exits(history, evidence, names, notes)
    years = _exit_years(history, exits, window, evidence)
    if not told_apart:
        # Split by a stated share, they rise and fall together with the resignations.
        years = replace(years, level_log_mean=0.0, level_log_sd=0.0, with_voluntary=True)
    fill = fit_fill(history, evidence, names)
    carried, ended = _renewals(history, names)
    notes.extend(fill.notes)
    notes.append(_shock_note(window, voluntary.shock_estimated))
    return Rates(
        families=names,
        voluntary=voluntary.rates,
        retirement=np.array([monthly_hazard(rate.annual) for rate in exits.retirement]),
        retirement_log_sd=np.array([rate.log_sd for rate in exits.retirement]),
        end_of_contract=_flat(exits.end_of_contract),
        renewal=renewal_share(evidence.benchmark("def_fixed_term_renewed"), carried, ended),
        other=_flat(exits.other),
        season=voluntary.season,
        shock=voluntary.shock,
        fill=fill.rates,
        starter_grade=_starter_grades(history, names),
        exit_years=years,
        table=rate_table(history, evidence, voluntary, exits, fill),
        notes=tuple(notes),
    )


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
    retirement = []
    for band in AGE_BANDS:
        # Ages say who retires, whatever the family; a rate without ages is the family mix's own.
        rows = ours if band == AgeBand.UNKNOWN else counts
        rows = rows[rows["age"] == str(band)]
        row = evidence.benchmark(_RETIREMENT_ROWS[band])
        retirement.append(
            update_rate(row, float(rows["retirement"].sum()), float(rows["exposure"].sum()) / 12)
        )
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
        retirement=tuple(retirement),
        end_of_contract=_rate(benchmark, ends, "end_of_contract"),
        end_benchmark=benchmark,
        other=_rate(evidence.benchmark("def_dismissal_other"), ours, "other"),
    )


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


def _renewals(history: History, names: tuple[str, ...]) -> tuple[float, float]:
    rows = history.renewals[history.renewals["family"].isin(names)]
    carried, ended = float(rows["carried_on"].sum()), float(rows["ended"].sum())
    # A system that overwrites end dates shows endings only: that would read as nobody renewed.
    return (carried, ended) if carried > 0 else (0.0, 0.0)


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
