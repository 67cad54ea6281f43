"""Retirement, contract ends and other exits: rates of today and the years they will have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, TENURE_BANDS, AgeBand, Cause, Contract
from workforce.domain.evidence import Evidence, Parameter
from workforce.domain.rates import ExitYears
from workforce.history import History
from workforce.rates.cells import Window, sums
from workforce.rates.exit_counts import ExitCounts, count_exits, flat_group
from workforce.rates.exit_paths import ExitPaths, exit_paths, still
from workforce.rates.exit_years import exit_years
from workforce.rates.exits import GammaRate, renewal_share, update_rate
from workforce.rates.shock import MIN_MONTHS
from workforce.rates.table import Exits

__all__ = ["ExitFit", "fit_exits", "renewals"]

FloatArray = NDArray[np.float64]

_RETIREMENT_ROWS: Final = {
    AgeBand.UNDER_55: "def_retire_under_55",
    AgeBand.FROM_55: "def_retire_55_59",
    AgeBand.FROM_60: "def_retire_60_64",
    AgeBand.FROM_65: "def_retire_65_66",
    AgeBand.FROM_67: "def_retire_67_plus",
    AgeBand.UNKNOWN: "def_retire_all",
}
_UNKNOWN: Final = AGE_BANDS.index(AgeBand.UNKNOWN)
_FIRST_YEARS: Final = TENURE_BANDS[:3]
_MIN_DATED = 0.5
"""From this share of fixed-term staff with an end date on, contracts end by date."""


@dataclass(frozen=True)
class ExitFit:
    """What is learned of exits other than resigning.

    Attributes:
        exits: The rates.
        years: Their good and bad years.
        notes: Sentences on what stands in.
    """

    exits: Exits
    years: ExitYears
    notes: tuple[str, ...]


def fit_exits(
    history: History, window: Window | None, names: Sequence[str], evidence: Evidence
) -> ExitFit:
    """Fit the rates of retirement, contract ends and other exits.

    Each rate is that of the last year: where a cause or an age band went its own way over the
    window, exposure of other years counts by what it is worth at today's rate.

    Args:
        history: The history, every cause settled.
        window: Observed months, `None` without leavers.
        names: The families to project.
        evidence: Benchmarks and priors.

    Returns:
        Rates and years.
    """
    seen = count_exits(history.counts, window)
    long = window is not None and window.last - window.first + 1 >= MIN_MONTHS
    paths = exit_paths(seen, evidence) if long else still(seen.years)
    ours = history.counts[history.counts["family"].isin(names)]
    retirement = _retirement(history.counts, ours, _Seen(seen, paths, window), evidence)
    dated = _ends_are_dated(history, names)
    ends, benchmark = ours, evidence.benchmark("def_contract_end")
    if dated:
        ends = ours[ours["contract"] != str(Contract.FIXED_TERM)]
        benchmark = replace(benchmark, value=benchmark.range[0], low=benchmark.range[0] / 3,
                            high=benchmark.range[0] * 3)  # fmt: skip
    flat = {
        cause: _rate(row, rows, cause, _Seen(seen, paths, window))
        for cause, row, rows in (
            (Cause.END_OF_CONTRACT, benchmark, ends),
            (Cause.OTHER, evidence.benchmark("def_dismissal_other"), ours),
        )
    }
    exits = Exits(
        retirement=retirement,
        end_of_contract=flat[Cause.END_OF_CONTRACT],
        end_benchmark=benchmark,
        other=flat[Cause.OTHER],
        renewal=renewals(history, evidence, names) if dated else None,
    )
    years = exit_years(_expected(seen, paths, exits), seen.events.sum(axis=0), window, evidence)
    return ExitFit(exits, years, _notes(history, dated))


@dataclass(frozen=True)
class _Seen:
    counts: ExitCounts
    paths: ExitPaths
    window: Window | None

    def by_year(self, rows: pd.DataFrame, name: str) -> FloatArray:
        """Return sums of a column of the counts by year, shape (Y,)."""
        months = rows["month"].to_numpy(dtype=np.int64)
        year = self.window.year(months) if self.window else np.zeros_like(months)
        return sums(year, rows[name].to_numpy(dtype=float), self.counts.years)


def _expected(seen: ExitCounts, paths: ExitPaths, exits: Exits) -> FloatArray:
    """Return the exits of each year without the years that all causes share, shape (Y,)."""
    rates = [*exits.retirement, exits.end_of_contract, exits.other]
    annual = np.array([rate.annual for rate in rates])
    expected: FloatArray = annual @ (paths.ratio * seen.exposure)
    return expected


def _retirement(
    counts: pd.DataFrame, ours: pd.DataFrame, seen: _Seen, evidence: Evidence
) -> tuple[GammaRate, ...]:
    """Return the retirement rate of each age band.

    Ages say who retires, whatever the family. Where most are known, people whose age is not are
    taken to have the ages of the others (systems often drop the birth dates of those who left), and
    the rate of an unknown age, which starters have in a projection, is that of people in their
    first two years of service. Where few are known it is the rate of everybody in the families.
    """
    rows = [evidence.benchmark(_RETIREMENT_ROWS[band]) for band in AGE_BANDS]
    by_year, ages = seen.counts.exposure[:_UNKNOWN], slice(_UNKNOWN)
    exposure = by_year.sum(axis=1)
    worth = (by_year * seen.paths.ratio[ages]).sum(axis=1)
    events = seen.counts.events[ages].sum(axis=1)
    told, lost = float(exposure.sum()), float(seen.counts.exposure[_UNKNOWN].sum())
    if told > lost:
        expected = worth * np.array([row.number for row in rows[:_UNKNOWN]])
        exposure, worth = exposure * (1 + lost / told), worth * (1 + lost / told)
        events = events + float(seen.counts.events[_UNKNOWN].sum()) * expected / expected.sum()
        apart = counts[counts["tenure"].isin(_FIRST_YEARS)]
    else:
        apart = ours[ours["age"] == str(AgeBand.UNKNOWN)]
    lived = seen.by_year(apart, "exposure") / 12
    exposure = np.append(exposure, lived.sum())
    worth = np.append(worth, lived @ seen.paths.ratio[_UNKNOWN])
    events = np.append(events, float(apart[str(Cause.RETIREMENT)].sum()))
    return tuple(
        update_rate(row, float(events[k]), float(exposure[k]), worth=float(worth[k]),
                    drift_sd=float(seen.paths.log_sd[k]))
        for k, row in enumerate(rows)
    )  # fmt: skip


def _rate(benchmark: Parameter, rows: pd.DataFrame, cause: Cause, seen: _Seen) -> GammaRate:
    group, lived = flat_group(cause), seen.by_year(rows, "exposure") / 12
    return update_rate(
        benchmark,
        float(rows[str(cause)].sum()),
        float(lived.sum()),
        worth=float(lived @ seen.paths.ratio[group]),
        drift_sd=float(seen.paths.log_sd[group]),
    )


def _notes(history: History, dated: bool) -> tuple[str, ...]:
    notes = [
        "Fixed terms end by their own dates; the flat rate covers everybody else."
        if dated
        else "Contract ends: a flat rate, because hardly any end date is given."
    ]
    if not (history.stock["age"] != str(AgeBand.UNKNOWN)).any():
        notes.append("Retirement: a flat rate, because no ages are given.")
    return tuple(notes)


def _ends_are_dated(history: History, names: Sequence[str]) -> bool:
    stock = history.stock
    fixed = stock[(stock["contract"] == str(Contract.FIXED_TERM)) & stock["family"].isin(names)]
    people = float(fixed["people"].sum())
    return people > 0 and float(fixed.loc[fixed["contract_end"] >= 0, "people"].sum()) >= (
        _MIN_DATED * people
    )


def renewals(
    history: History, evidence: Evidence, names: Sequence[str]
) -> tuple[float, float, float]:
    """Return the share of fixed terms renewed: mean and 90% interval."""
    rows = history.renewals[history.renewals["family"].isin(names)]
    carried, ended = float(rows["carried_on"].sum()), float(rows["ended"].sum())
    # A system that overwrites end dates shows endings only: that would read as nobody renewed.
    if not carried > 0:
        carried = ended = 0.0
    return renewal_share(evidence.benchmark("def_fixed_term_renewed"), carried, ended)
