"""The verdict: what a plan changes by when, how surely, and what that rests on, in sentences."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workforce.domain.evidence import Confidence, Evidence
from workforce.domain.families import family_label
from workforce.domain.months import month_name
from workforce.domain.plan import Plan
from workforce.ui.present import percent

if TYPE_CHECKING:
    from workforce.domain.rates import RateRow
    from workforce.projection.compare import Change, Spread

__all__ = ["rests_on", "verdict"]


def _range(spread: "Spread", *, share: bool = False) -> str:
    # Means, because they add up: with, without and the difference agree to the digit.
    centre, low, high = spread.mean, spread.low, spread.high
    if share:
        return f"{percent(centre, 1)} (80% range {percent(low)} to {percent(high)})"
    return f"{centre:,.1f} (80% range {low:,.1f} to {high:,.1f})"


def verdict(vacancies: "Change", rate: "Change", plan: Plan, last: int) -> str:
    """Return what a plan does to vacancies, in two sentences.

    Args:
        vacancies: Vacancies (FTE) with the plan and without, in the last month.
        rate: Vacancy rate with the plan and without.
        plan: The plan.
        last: Last projected month index.
    """
    who = family_label(vacancies.family)
    when = month_name(last)
    gap = vacancies.difference
    head = (
        f"**{who}: by {when} “{plan.name}” leads to an expected vacancy rate of "
        f"{_range(rate.plan, share=True)}, against {_range(rate.other, share=True)} "
        "if nothing is done.**"
    )
    if vacancies.lower + vacancies.higher < 0.01:
        return f"{head} It makes no difference to vacancies."
    fewer = gap.mean <= 0
    low, high = (gap.low, gap.high) if not fewer else (-gap.high, -gap.low)
    word = "fewer" if fewer else "more"
    surely = vacancies.lower if fewer else vacancies.higher
    return (
        f"{head} That is {abs(gap.mean):,.1f} FTE {word} vacant "
        f"(80% range {_signed(low)} to {_signed(high)}), and vacancies are "
        f"{'lower' if fewer else 'higher'} in {percent(surely)} of simulated futures."
    )


def _signed(value: float) -> str:
    return f"{value:,.1f}" if value >= 0 else f"minus {-value:,.1f}"


def rests_on(plan: Plan, rates: "Sequence[RateRow]", base: Evidence, family: str) -> list[str]:
    """Return what a result rests on, one sentence a kind of evidence.

    Args:
        plan: The plan.
        rates: Rates that may be shown, with the weight of the organisation's own data.
        base: The evidence base.
        family: Family or `all`.
    """
    found: list[str] = []
    own = [row for row in rates if row.measure == "voluntary" and row.family == family]
    if own:
        found.append(
            f"**Resignation rate:** {percent(own[0].own_weight)} your own data, "
            f"{percent(1 - own[0].own_weight)} benchmark."
        )
    else:
        found.append(
            "**Resignation rate:** your own data and the benchmark; too few people left for their "
            "shares to be shown."
        )
    if plan.active_levers:
        found.append(_levers(plan, base.levers))
    starts = sum(each.size * each.cohorts for each in plan.programmes)
    if starts:
        parameter = base.pipeline("ach_all_2324")
        found.append(
            f"**Apprenticeships:** {starts} planned starts; who finishes and stays follows "
            f"national figures ({parameter.source}), "
            "and conversion to a post is our assumption."
        )
    return found


def _levers(plan: Plan, levers: Mapping[str, object]) -> str:
    known = [levers[each.lever_id] for each in plan.active_levers if each.lever_id in levers]
    grades = sorted(getattr(each, "grade", "") for each in known)
    assumed = sum(getattr(each, "confidence", "") == Confidence.ASSUMPTION for each in known)
    count = len(plan.active_levers)
    words = f"**Levers:** {count} switched on"
    if grades:
        words += f", evidence grade{'s' if len(grades) > 1 else ''} {', '.join(grades)}"
    if assumed:
        words += (
            f"; the size of {'each' if assumed == count else f'{assumed} of them'} is our own "
            "discount from studies elsewhere"
        )
    return f"{words}."
