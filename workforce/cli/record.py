"""The record of a run: what it rests on; rates that would tell how few people left are withheld."""

import os
from argparse import Namespace
from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING, Final

from workforce import __version__
from workforce.disclosure import DEFAULT_THRESHOLD, Rule
from workforce.domain.circulation import NOT_FOR_CIRCULATION, View
from workforce.domain.errors import UserError
from workforce.domain.families import Family
from workforce.domain.plan import BASELINE_NAME, Plan

if TYPE_CHECKING:
    from workforce.disclosure import Published
    from workforce.domain.rates import RateRow
    from workforce.workflow import Analysis

__all__ = ["run_record", "smallest_shown", "view_asked_for"]

_HOSTED: Final = "WORKFORCE_HOSTED"
_SMALLEST: Final = "WORKFORCE_SMALLEST_COUNT"
_NO: Final = frozenset({"", "0", "no", "false"})


def view_asked_for(options: Namespace) -> View:
    """Return the view of observed counts that was asked for.

    Raises:
        UserError: If the working view is asked for where several people share the machine.
    """
    if options.working and os.environ.get(_HOSTED, "").strip().casefold() not in _NO:
        raise UserError(
            "Small counts stay protected on this machine, because several people share it. Leave "
            "--working out."
        )
    return View.WORKING if options.working else View.PROTECTED


def smallest_shown() -> Rule:
    """Return the threshold of this installation."""
    given = os.environ.get(_SMALLEST, "").strip()
    return Rule(int(given) if given.isdecimal() else DEFAULT_THRESHOLD)


def run_record(
    options: Namespace,
    analysis: "Analysis",
    plans: tuple[Plan, ...],
    months: int,
    seen: "Published",
) -> dict[str, object]:
    """Return what a run rests on.

    Args:
        options: Seed and draws.
        analysis: The organisation.
        plans: Scenarios besides doing nothing.
        months: Months projected.
        seen: What may be shown of what was observed.
    """
    return {
        "version": __version__,
        "seed": options.seed,
        "draws": options.draws,
        "months": months,
        "scope": analysis.scope,
        "families": list(analysis.families),
        "as_of": analysis.as_of.isoformat(),
        "input_digest": analysis.digest,
        "scenarios": [BASELINE_NAME, *(plan.name for plan in plans)],
        "disclosure": NOT_FOR_CIRCULATION if seen.view is View.WORKING else seen.rule.sentence,
        "resignations_fitted_by": _fitted_by(analysis),
        "sources": [_source(row, seen) for row in analysis.rates.table],
        "notes": list(seen.notes),
    }


def _fitted_by(analysis: "Analysis") -> dict[str, object]:
    """Return how resignations are fitted and why, as the command `backtest` says it."""
    every = analysis.choice.as_dict()
    return {key: every[key] for key in ("used", "best", "sentence")}


def _source(row: "RateRow", seen: "Published") -> dict[str, object]:
    """Return a rate as it is reported: its own, that of all together, or only its benchmark."""
    shown, note = row, row.note
    if row not in seen.rates:
        larger = [
            each for each in seen.rates if each.measure == row.measure and each.family == Family.ALL
        ]
        if larger:
            shown, note = larger[0], "given for all families together: too few people of its own"
        else:
            nothing = float("nan")
            shown = replace(row, estimate=nothing, low=nothing, high=nothing, own_weight=nothing)
            note = "withheld: too few people left for a rate of your own to be shown"
    numbers = (shown.estimate, shown.low, shown.high, shown.own_weight)
    estimate, low, high, weight = (None if isnan(each) else each for each in numbers)
    return {
        "measure": row.measure,
        "family": row.family,
        "estimate": estimate,
        "low": low,
        "high": high,
        "unit": row.unit,
        "own_weight": weight,
        "benchmark": row.benchmark,
        "benchmark_source": row.benchmark_source,
        "note": note,
    }
