"""Vacancies ahead if nothing is changed: by stock and flow, or together with their own series."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workforce.assurance import VacancyCheck, combined_paths
from workforce.domain.families import Family
from workforce.domain.months import month_label
from workforce.projection import Projection
from workforce.projection.summary import QUANTILES, quantiles
from workforce.workflow.organisation import Analysis

__all__ = ["VacanciesAhead", "vacancies_ahead"]

_MEASURE = "vacancies"
_ALL = str(Family.ALL)
_NOT_CHECKED = (
    "Vacancies follow from stock and flow. Whether their own history says more is checked with "
    "the track record, on the page Method and assurance."
)
_DIFFERENCES = "What a plan changes always comes from stock and flow."


@dataclass(frozen=True)
class VacanciesAhead:
    """What is shown as vacancies of all families together, and why.

    Attributes:
        summary: As `Projection.summary`, the months ahead that are combined put in.
        label: Which months are, for the figure; empty where none is.
        sentence: Why.
    """

    summary: pd.DataFrame
    label: str
    sentence: str


def vacancies_ahead(
    analysis: Analysis,
    projection: Projection,
    summary: pd.DataFrame,
    check: VacancyCheck | None,
    *,
    scenario: str,
) -> VacanciesAhead:
    """Put vacancies of all families together that are combined with their own series in a summary.

    Args:
        analysis: The organisation.
        projection: Holds doing nothing.
        summary: Its summary; not changed.
        check: What the track record found, `None` where it was not run.
        scenario: Name of doing nothing.

    Returns:
        The summary to be shown.
    """
    if check is None:
        return VacanciesAhead(summary, "", _NOT_CHECKED)
    start = analysis.opening
    in_post = np.bincount(start.cells.family, start.cells.fte, minlength=len(start.families))
    now = float(np.maximum(start.establishment_fte - in_post, 0.0).sum())
    if check.wins and not check.counts_the_same(now):
        sentence = (
            f"{check.sentence} Today's vacancies are funded posts less people in post ({now:,.0f} "
            f"FTE), which is not what the history counts ({check.known[-1]:,.0f}), so here stock "
            "and flow stay."
        )
        return VacanciesAhead(summary, "", sentence)
    flow = np.asarray(projection.values(scenario, _MEASURE, _ALL), dtype=float)
    rng = np.random.default_rng([projection.seed, projection.as_of])
    both = combined_paths(check, flow, rng=rng)
    if both is None:
        return VacanciesAhead(summary, "", check.sentence)
    shown = _put_in(summary, projection, scenario, both)
    months = " and ".join(f"{each.first} to {each.last}" for each in check.bands if each.wins)
    label = f"Months {months}: stock and flow together with the history of vacancies."
    return VacanciesAhead(shown, label, f"{check.sentence} {_DIFFERENCES}")


def _put_in(
    summary: pd.DataFrame, projection: Projection, scenario: str, draws: np.ndarray
) -> pd.DataFrame:
    found = summary.copy()
    here = (
        (found["scenario"] == scenario) & (found["family"] == _ALL) & (found["measure"] == _MEASURE)
    )
    months = [month_label(month) for month in projection.months]
    place = found.index[here]
    order = [months.index(month) for month in found.loc[place, "month"]]
    numbers = np.column_stack((draws.mean(axis=0), quantiles(draws.T)))[order]
    found.loc[place, ["mean", *QUANTILES]] = numbers
    return found
