"""The rates as they are shown: estimate, range, own weight, benchmark and its source."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS
from workforce.domain.evidence import Evidence, Parameter
from workforce.domain.rates import RateRow
from workforce.domain.units import Z90
from workforce.history import History
from workforce.rates.exits import GammaRate
from workforce.rates.hiring import FillFit
from workforce.rates.mix import people_mix
from workforce.rates.priors import described, voluntary_benchmark
from workforce.rates.table_spread import spread_rows
from workforce.rates.voluntary import VoluntaryFit

__all__ = ["Exits", "rate_table"]

FloatArray = NDArray[np.float64]

PER_YEAR, DAYS = "per year", "days"


@dataclass(frozen=True, slots=True)
class Exits:
    """Leaving rates other than resigning.

    Attributes:
        retirement: One an age band.
        end_of_contract: Flat rate.
        end_benchmark: The benchmark it was updated from.
        other: Flat rate.
        renewal: Share of fixed terms renewed, mean and 90% interval, where fixed terms end by their
            own dates and the flat rate covers everybody else; `None` where it covers everybody.
    """

    retirement: tuple[GammaRate, ...]
    end_of_contract: GammaRate
    end_benchmark: Parameter
    other: GammaRate
    renewal: tuple[float, float, float] | None = None


def rate_table(
    history: History, evidence: Evidence, voluntary: VoluntaryFit, exits: Exits, fill: FillFit
) -> tuple[RateRow, ...]:
    """Return a row for each measure and family, and for all families together where people leave.

    Season and year-to-year shock stand for all together, and so does the share of fixed terms
    renewed where they end by their own dates. Rates that depend on grade, tenure or age are
    averaged over the people now in post.

    Args:
        history: Gives the present mix, exposure and events.
        evidence: Sources and benchmarks.
        voluntary: Resignations.
        exits: Other exits.
        fill: Hiring.

    Returns:
        The rows, by measure and then family.
    """
    families = voluntary.rates.families
    groups = [*((name, (name,)) for name in families), ("all", families)]
    rows = [_voluntary(history, evidence, voluntary, label, names) for label, names in groups]
    rows += [_retirement(history, evidence, exits, label, names) for label, names in groups]
    for label, names in groups:
        row = _flat(history, exits.end_of_contract, exits.end_benchmark,
                    ("end_of_contract", label, names))  # fmt: skip
        rows.append(_with_dated_ends(history, evidence, exits.renewal, row, names))
    for label, names in groups:
        rows.append(_flat(history, exits.other, evidence.benchmark("def_dismissal_other"),
                          ("other", label, names)))  # fmt: skip
    rows += spread_rows(history, evidence, voluntary, exits.renewal, rows[len(families)])
    rows += [_hire_time(evidence, fill, index) for index in range(len(families))]
    return tuple(rows)


def _observed(history: History, names: tuple[str, ...], cause: str) -> tuple[float, float]:
    rows = history.counts[history.counts["family"].isin(names)]
    return float(rows["exposure"].sum()) / 12, float(rows[cause].sum())


def _voluntary(
    history: History, evidence: Evidence, fit: VoluntaryFit, label: str, names: tuple[str, ...]
) -> RateRow:
    rates = fit.rates
    mix = people_mix(history, evidence, rates.families)
    mix[[name not in names for name in rates.families]] = 0.0
    mix = mix / mix.sum()
    fitted, prior = mix * np.exp(rates.log_hazard()), mix * np.exp(fit.benchmark)
    estimate, benchmark = 12 * float(fitted.sum()), 12 * float(prior.sum())
    # Delta method: the log of a weighted mean moves with the leavers' mix of terms.
    direction = np.einsum("fgt,fgtk->k", fitted / fitted.sum(), rates.design)
    before = np.einsum("fgt,fgtk->k", prior / prior.sum(), rates.design)
    after_var = float(direction @ rates.covariance @ direction)
    spread, prior_var = math.sqrt(after_var), float(before @ fit.prior @ before)
    exposure, events = _observed(history, names, "voluntary")
    source = (
        voluntary_benchmark(evidence, names[0]).source
        if len(names) == 1
        else "benchmarks of the families"
    )
    return RateRow(
        measure="voluntary",
        family=label,
        estimate=estimate,
        low=estimate * math.exp(-Z90 * spread),
        high=estimate * math.exp(Z90 * spread),
        unit=PER_YEAR,
        own_weight=min(1.0, max(0.0, 1 - after_var / prior_var)),
        exposure=exposure,
        events=events,
        benchmark=benchmark,
        benchmark_source=source,
        note="" if exposure else "benchmark only: no leavers observed over any period",
    )


def _retirement(
    history: History, evidence: Evidence, exits: Exits, label: str, names: tuple[str, ...]
) -> RateRow:
    stock = history.stock[history.stock["family"].isin(names)]
    by_age = stock.groupby("age")["people"].sum()
    people = np.array([float(by_age.get(str(band), 0.0)) for band in AGE_BANDS])
    if not people.any():
        people[-1] = 1.0
    people = people / people.sum()
    rates = np.array([rate.annual for rate in exits.retirement])
    spreads = np.array([rate.log_sd for rate in exits.retirement])
    keys = ("under_55", "55_59", "60_64", "65_66", "67_plus", "all")
    prior = np.array([evidence.benchmark(f"def_retire_{key}").number for key in keys])
    estimate = float(people @ rates)
    # Bands are independent; on the log scale of the sum by the delta method.
    shares = people * rates / estimate
    spread = math.sqrt(float(np.square(shares) @ np.square(spreads)))
    exposure, events = _observed(history, names, "retirement")
    ages_known = bool(people[-1] < 0.5)
    key = "def_retire_60_64" if ages_known else "def_retire_all"
    return RateRow(
        measure="retirement",
        family=label,
        estimate=estimate,
        low=estimate * math.exp(-Z90 * spread),
        high=estimate * math.exp(Z90 * spread),
        unit=PER_YEAR,
        own_weight=float(shares @ np.array([rate.weight for rate in exits.retirement])),
        exposure=exposure,
        events=events,
        benchmark=float(people @ prior),
        benchmark_source=described(evidence.benchmark(key)),
        note="by age band, learned from all staff" if ages_known else "flat rate: no ages",
    )


def _flat(
    history: History, rate: GammaRate, benchmark: Parameter, of: tuple[str, str, tuple[str, ...]]
) -> RateRow:
    measure, label, names = of
    exposure, events = _observed(history, names, measure)
    return RateRow(
        measure=measure,
        family=label,
        estimate=rate.annual,
        low=rate.annual * math.exp(-Z90 * rate.log_sd),
        high=rate.annual * math.exp(Z90 * rate.log_sd),
        unit=PER_YEAR,
        own_weight=rate.weight,
        exposure=exposure,
        events=events,
        benchmark=benchmark.number,
        benchmark_source=described(benchmark),
        note="one rate for all families shown",
    )


def _with_dated_ends(
    history: History,
    evidence: Evidence,
    renewal: tuple[float, float, float] | None,
    row: RateRow,
    names: tuple[str, ...],
) -> RateRow:
    """Return the rate of contract ends with the fixed terms that end by their own dates.

    The flat rate alone would read as if hardly any contract ended.
    """
    stock = history.stock[history.stock["family"].isin(names)]
    people = float(stock["people"].sum())
    if renewal is None or not people:
        return row
    ends = stock["contract_end"]
    due = float(stock.loc[(ends > history.as_of) & (ends <= history.as_of + 12), "people"].sum())
    undated = 1 - float(stock.loc[ends > history.as_of, "people"].sum()) / people
    mean, low, high = (due / people * (1 - share) for share in (renewal[0], renewal[2], renewal[1]))
    benchmark = evidence.benchmark("def_contract_end")
    return replace(
        row,
        estimate=undated * row.estimate + mean,
        low=undated * row.low + low,
        high=undated * row.high + high,
        benchmark=benchmark.number,
        benchmark_source=described(benchmark),
        note=f"{due:,.0f} fixed terms end within a year, {renewal[0]:.0%} of them taken to be "
        "renewed; a flat rate for everybody else",
    )


def _hire_time(evidence: Evidence, fill: FillFit, index: int) -> RateRow:
    time = fill.times[index]
    return RateRow(
        measure="time_to_hire",
        family=fill.rates.families[index],
        estimate=time.days,
        low=time.low,
        high=time.high,
        unit=DAYS,
        own_weight=time.weight,
        exposure=time.exposure,
        events=time.events,
        benchmark=time.benchmark,
        benchmark_source=described(evidence.benchmark("tth_council")),
        note=f"from {fill.basis}" if fill.basis != "benchmark" else "benchmark only",
    )
