"""The assumptions log: how good each assumption is, and how much hangs on it.

Quality and impact are kept apart, as the AQuA Book asks. Impact is computed where one assumption
can be moved to the ends of its range, and judged, and called so, where it cannot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from workforce.assurance.assumptions_plan import plan_lines
from workforce.assurance.backtest import Backtest
from workforce.assurance.saved import BENCHMARK_BASIS
from workforce.assurance.structure import structural
from workforce.assurance.trials import POSTS_GROWTH, POSTS_OUT_BY, Case, Effect
from workforce.assurance.words import FAIR, GOOD, HIGH, KNOWN, LOW, WEAK, Line, Source, share
from workforce.domain.evidence import Confidence, Evidence, Parameter
from workforce.domain.rates import RateRow
from workforce.history import History

__all__ = ["assumptions_log", "log_frame"]

_OWN_GOOD: Final = 0.6
_OWN_FAIR: Final = 0.3
_RATES: Final = {
    "voluntary": ("Leaving", "People resign at the rate fitted"),
    "retirement": ("Leaving", "People retire at the rate fitted"),
    "end_of_contract": ("Leaving", "Contracts end at a flat rate (dated ends apart)"),
    "other": ("Leaving", "Other exits (dismissal, death in service) come at the rate fitted"),
    "moves": ("Moving", "People move between role families as they did, where a post is vacant"),
}


def assumptions_log(
    case: Case,
    history: History,
    evidence: Evidence,
    *,
    effects: Mapping[str, Effect] | None = None,
    record: Backtest | None = None,
    withheld: Sequence[RateRow] = (),
) -> tuple[Line, ...]:
    """Write the log from what was fitted, what the plan holds and what the evidence says.

    Args:
        case: Opening, rates and plan.
        history: What was observed.
        evidence: The evidence base.
        effects: Effects of `run_trials`; impacts are judged, and called so, without.
        record: The backtest, where one was run.
        withheld: Rates that would give small counts away: their benchmark is shown instead.

    Returns:
        Lines, those to check first on top.
    """
    hidden = frozenset((row.measure, row.family) for row in withheld)
    source = Source(case, history, evidence, effects or {}, hidden)
    lines = [
        *_leaving(source),
        *_years(source),
        _hiring(source),
        *_posts(source),
        *plan_lines(source),
        *structural(history, case.rates, record),
    ]
    return tuple(sorted(lines, key=lambda line: (line.rank, -line.share_of_range, line.topic)))


def log_frame(lines: tuple[Line, ...]) -> pd.DataFrame:
    """Return the log as a table for people."""
    return pd.DataFrame(
        [
            {
                "What to do": line.priority,
                "Assumption": line.name,
                "Value": line.value,
                "Quality": line.quality,
                "Impact": line.impact,
                "Vacant FTE at the end of the plan": line.effect_words,
                "Range": line.ends,
                "Why this quality": line.why,
                "Impact known by": line.known_by,
                "Topic": line.topic,
                "Source": line.source,
            }
            for line in lines
        ]
    )


def _quality_of(row: RateRow) -> tuple[str, str]:
    own = f"your data {share(row.own_weight)}, benchmark {share(1 - row.own_weight)}"
    read = row.benchmark_source.endswith(f"({Confidence.VERIFIED.value})")
    if row.own_weight >= _OWN_GOOD:
        return GOOD, own
    if row.own_weight >= _OWN_FAIR or read:
        return FAIR, own
    return WEAK, f"{own}; the benchmark is an assumption or was not re-read"


def _leaving(source: Source) -> list[Line]:
    rates = source.case.rates
    rows = {row.measure: row for row in rates.table if row.family == "all"}
    lines = [_rate(source, measure, rows[measure]) for measure in _RATES if measure in rows]
    middle, low, high = rates.renewal
    own = source.history.renewals
    carried = float(own["carried_on"].sum()) > 0
    benchmark = source.evidence.benchmark("def_fixed_term_renewed")
    lines.append(
        source.line(
            "renewal", "Leaving", "Fixed terms that are renewed at their end",
            share(middle), f"{share(low)} to {share(high)}", benchmark.source,
            (FAIR, "your own fixed terms and the benchmark") if carried
            else (WEAK, f"benchmark only ({KNOWN[benchmark.confidence]})"),
            judged=LOW,
        )
    )  # fmt: skip
    return lines


def _rate(source: Source, measure: str, row: RateRow) -> Line:
    topic, name = _RATES[measure]
    quality, why = _quality_of(row)
    line = source.line(
        measure,
        topic,
        name,
        f"{share(row.estimate, 1)} a year",
        f"{share(row.low, 1)} to {share(row.high, 1)}",
        _rate_source(source.case.rates.table, measure),
        (quality, why),
    )
    if (measure, row.family) not in source.hidden:
        return line
    # Rate, range and weight together would tell how few left; so would the result at their ends.
    return replace(
        line,
        value=f"benchmark {share(row.benchmark, 1)} a year; your own rate is withheld",
        ends="withheld",
        why="own leavers are too few to be shown",
        secret=True,
    )


def _rate_source(table: tuple[RateRow, ...], measure: str) -> str:
    named = [row.benchmark_source for row in table if row.measure == measure]
    return "; ".join(dict.fromkeys(each for each in named if not each.startswith("benchmarks of")))


def _years(source: Source) -> list[Line]:
    rates, evidence = source.case.rates, source.evidence
    size = evidence.benchmark("def_year_shock_sd")
    estimated = any("size is estimated" in note for note in rates.notes)
    season = rates.season
    return [
        source.line(
            "years", "Leaving", "Years differ: spread of good and bad years around the rates",
            f"{share(float(np.expm1(rates.shock.sd)))} up or down in a usual year",
            f"{share(float(np.expm1(size.range[0])))} to {share(float(np.expm1(size.range[1])))}",
            size.source,
            (FAIR, "estimated from your own years") if estimated
            else (WEAK, f"from the evidence ({KNOWN[size.confidence]}): it takes three years"),
        ),
        source.line(
            "season", "Leaving", "Resigning rises and falls over the year as it did",
            f"{share(float(season.min()))} to {share(float(season.max()))} of the mean month",
            "no season, to twice as strong", "Seasonal factors of the evidence and your months",
            (FAIR, "the evidence, moved by your own months") if source.history.window_months >= 24
            else (WEAK, "the evidence: fewer than 24 months were observed"),
            judged=LOW,
        ),
    ]  # fmt: skip


def _hiring(source: Source) -> Line:
    rows = [row for row in source.case.rates.table if row.measure == "time_to_hire"]
    seen = [row for row in rows if (row.measure, row.family) not in source.hidden]
    least = min(rows, key=lambda row: row.own_weight)
    days = [row.estimate if row in seen else row.benchmark for row in rows]
    ends = (
        f"{min(row.low for row in seen):,.0f} to {max(row.high for row in seen):,.0f} days"
        if seen
        else "withheld"
    )
    line = source.line(
        "time_to_hire",
        "Hiring",
        "Vacancies are filled as fast as measured",
        f"{min(days):,.0f} to {max(days):,.0f} days by role family",
        ends,
        _rate_source(source.case.rates.table, "time_to_hire"),
        _quality_of(least),
    )
    return (
        line
        if len(seen) == len(rows)
        else replace(line, why="benchmark where own hires are too few to be shown", secret=True)
    )


def _posts(source: Source) -> list[Line]:
    opening, demand = source.case.opening, source.case.plan.demand
    vacancy = source.evidence.benchmark("lg_it_vac")
    quality, ends, origin = _basis(opening.establishment_basis, vacancy)
    planned = bool(demand.growth_per_year or demand.changes)
    basis = ", ".join(dict.fromkeys(opening.establishment_basis))
    return [
        source.line(
            "establishment",
            "Posts",
            "Funded posts are as given",
            f"{float(opening.establishment_fte.sum()):,.1f} FTE (from: {basis})",
            ends,
            origin,
            quality,
            judged=HIGH,
        ),
        source.line(
            "growth",
            "Posts",
            "Funded posts change only as the plan says",
            "changes are planned" if planned else "no change is planned",
            f"{share(POSTS_GROWTH)} a year either way (our choice)",
            "Stated in the plan",
            (FAIR, "stated by you") if planned else (WEAK, "nothing stated: posts stay"),
            judged=HIGH,
        ),
    ]


def _basis(basis: tuple[str, ...], vacancy: Parameter) -> tuple[tuple[str, str], str, str]:
    """Return quality, range and source of the establishment."""
    if BENCHMARK_BASIS in basis:
        low, high = vacancy.range
        why = f"a benchmark vacancy rate stands in ({KNOWN[vacancy.confidence]})"
        return (WEAK, why), f"vacancy rate {share(low)} to {share(high)}", vacancy.source
    ends = f"{share(POSTS_OUT_BY)} either way (our choice)"
    if set(basis) == {"list"}:
        return (GOOD, "a list of posts was given"), ends, "Your posts list"
    why = "people in post and open recruitment stand in for a posts list"
    return (FAIR, why), ends, "Your staff list and requisitions"
