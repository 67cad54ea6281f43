"""The monthly history as it may be shown: flows averaged over periods, stocks where they fit."""

import numpy as np
import pandas as pd

from workforce.disclosure.flows import ALL, Flows, Spans, stock_months
from workforce.disclosure.observations import Observations
from workforce.disclosure.periods import blocks, candidates, sums
from workforce.disclosure.rule import Rule
from workforce.disclosure.suppress import Protected

__all__ = ["monthly_protected", "monthly_working"]

_COLUMNS = (
    "month", "family", "headcount", "fte", "leavers", "hires", "leavers_span", "hires_span",
)  # fmt: skip


def monthly_working(observed: Observations, flows: Flows) -> pd.DataFrame:
    """Return every month as it was, with rows of the projected families together."""
    frames = []
    for family in (*observed.families, ALL):
        values = {
            name: flows.series[name, family] for name in ("headcount", "fte", "leavers", "hires")
        }
        if not observed.window_months:
            values |= {name: np.full(len(flows.months), np.nan) for name in ("leavers", "hires")}
        frames.append(
            pd.DataFrame({"month": flows.months, "family": family, **values}).assign(
                leavers_span=1, hires_span=1
            )
        )
    return pd.concat(frames, ignore_index=True)[list(_COLUMNS)]


def monthly_protected(
    observed: Observations,
    flows: Flows,
    spans: tuple[Spans, Spans],
    kept: Protected,
    rule: Rule,
) -> pd.DataFrame:
    """Return the history as it may be shown.

    Args:
        observed: The counts.
        flows: Their series.
        spans: Periods of leavers and of hires.
        kept: What of the periods of families is hidden.
        rule: The threshold.

    Returns:
        `Published.monthly`: each month of a period has the period's average; months in no whole
        period have none.
    """
    stocks = _stock_ends(observed, flows, spans, kept, rule)
    frames = []
    for family in (*observed.families, ALL):
        frame = pd.DataFrame({"month": flows.months, "family": family})
        ends = [*stocks.get(family, ())]
        if kept.shows(("headcount", family)):
            ends.append(int(flows.months[-1]))
        at = frame["month"].isin(ends)
        for name in ("headcount", "fte"):
            frame[name] = np.where(at, flows.series[name, family], np.nan)
        for name, span in zip(("leavers", "hires"), spans, strict=True):
            unit, values = _averages(flows, family, name, span, kept)
            frame[name] = values if observed.window_months else np.nan
            frame[f"{name}_span"] = unit
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)[list(_COLUMNS)]


def _averages(
    flows: Flows, family: str, column: str, spans: Spans, kept: Protected
) -> tuple[int, np.ndarray]:
    unit = spans.total if family == ALL and spans.total is not None else spans.family
    months = len(flows.months)
    values = np.full(months, np.nan)
    totals = sums(flows.series[column, family], unit)
    for period, (first, last) in enumerate(blocks(months, unit)):
        safe = family == ALL and spans.total is not None
        if safe or kept.shows((column, period, family)):
            values[months - 1 - first : months - last] = totals[period] / unit
    return unit, values


def _stock_ends(
    observed: Observations,
    flows: Flows,
    spans: tuple[Spans, Spans],
    kept: Protected,
    rule: Rule,
) -> dict[str, tuple[int, ...]]:
    """Return the months of the past at whose end each family's headcount may be shown."""
    found: dict[str, tuple[int, ...]] = {}
    leavers, hires = spans
    units = candidates(len(flows.months))
    if leavers.total is None or hires.total is None:
        return found
    both = [u for u in units if u % leavers.total == 0 and u % hires.total == 0]
    if kept.shows(("headcount", ALL)):
        found[ALL] = stock_months(flows, ALL, both, rule)
    # One family's past would follow from the others', so it is all of them or none.
    usable = [u for u in units if u % leavers.family == 0 and u % hires.family == 0]
    own = {family: stock_months(flows, family, usable, rule) for family in observed.families}
    shown = all(
        kept.shows(("headcount", family))
        and all(
            kept.shows((column, period, family))
            for column, span in (("leavers", leavers), ("hires", hires))
            for period in range(span.count(len(flows.months)))
        )
        for family in observed.families
    )
    if shown and all(own.values()) and len(set(own.values())) == 1:
        found |= own
    return found
