"""What is shown of renewals, season and good and bad years, and whose evidence they are."""

import math
from typing import Final

import numpy as np

from workforce.domain.evidence import Evidence
from workforce.domain.rates import RateRow
from workforce.domain.units import Z90
from workforce.history import History
from workforce.rates.exits import beta_size
from workforce.rates.priors import described, season_prior
from workforce.rates.shock import shock_prior
from workforce.rates.voluntary import VoluntaryFit

__all__ = ["spread_rows"]

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def spread_rows(
    history: History,
    evidence: Evidence,
    voluntary: VoluntaryFit,
    renewal: tuple[float, float, float] | None,
    resigning: RateRow,
) -> list[RateRow]:
    """Return the rows of what is learned for all families together beside the rates.

    Args:
        history: Gives the fixed terms that came to their end.
        evidence: Benchmarks and priors.
        voluntary: Resignations with season and years.
        renewal: Share of fixed terms renewed, `None` where it is not used.
        resigning: The row of resigning of all families, whose people season and years rest on.

    Returns:
        Renewal where it is used, season, year-to-year shock.
    """
    rows = [_season(evidence, voluntary, resigning), _years(evidence, voluntary, resigning)]
    if renewal is not None:
        rows.insert(0, _renewal(history, evidence, renewal, voluntary.rates.families))
    return rows


def _renewal(
    history: History,
    evidence: Evidence,
    renewal: tuple[float, float, float],
    families: tuple[str, ...],
) -> RateRow:
    benchmark = evidence.benchmark("def_fixed_term_renewed")
    seen = history.renewals[history.renewals["family"].isin(families)]
    carried, ended = float(seen["carried_on"].sum()), float(seen["ended"].sum())
    mean, low, high = renewal
    # Endings alone are not believed (`exit_fit.renewals`).
    used = carried + ended if carried > 0 else 0.0
    return RateRow(
        measure="renewal",
        family="all",
        estimate=mean,
        low=low,
        high=high,
        unit="of fixed terms",
        own_weight=used / (beta_size(benchmark) + used),
        exposure=used,
        events=carried if used else 0.0,
        benchmark=benchmark.number,
        benchmark_source=described(benchmark),
        note="renewed or made permanent at their end date"
        if used
        else "benchmark only: no fixed term was seen to carry on",
    )


def _season(evidence: Evidence, voluntary: VoluntaryFit, resigning: RateRow) -> RateRow:
    prior, _ = season_prior(evidence)
    top, bottom = int(voluntary.season.argmax()), int(voluntary.season.argmin())
    factor, spread = float(voluntary.season[top]), float(voluntary.season_log_sd[top])
    source = evidence.benchmark(f"def_season_{_MONTHS[top][:3].lower()}")
    return RateRow(
        measure="season",
        family="all",
        estimate=factor,
        low=factor * math.exp(-Z90 * spread),
        high=factor * math.exp(Z90 * spread),
        unit="of the mean month",
        own_weight=voluntary.season_weight,
        exposure=resigning.exposure,
        events=resigning.events,
        benchmark=float(prior[top]),
        benchmark_source=described(source),
        note=f"resigning in {_MONTHS[top]}, the busiest month; the quietest is {_MONTHS[bottom]} "
        f"at {voluntary.season[bottom]:.0%}",
    )


def _years(evidence: Evidence, voluntary: VoluntaryFit, resigning: RateRow) -> RateRow:
    benchmark, shock = evidence.benchmark("def_year_shock_sd"), voluntary.shock
    points = np.array([size[0] for size in shock.sizes])
    before = np.array([size[0] for size in shock_prior(evidence).points])
    low, high = np.quantile(points, [0.05, 0.95])
    weight = 1 - float(np.var(np.log(points)) / np.var(np.log(before)))
    learned = voluntary.shock_estimated
    return RateRow(
        measure="year_shock",
        family="all",
        estimate=math.expm1(shock.sd),
        low=math.expm1(float(low)),
        high=math.expm1(float(high)),
        unit="either way",
        own_weight=min(1.0, max(0.0, weight)) if learned else 0.0,
        exposure=resigning.exposure,
        events=resigning.events,
        benchmark=math.expm1(benchmark.number),
        benchmark_source=described(benchmark),
        note="how far resigning in a usual year lies from the rates"
        if learned
        else "benchmark only: it takes three years of leavers to tell",
    )
