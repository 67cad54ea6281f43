"""The track record, and the score of a saved forecast, in sentences."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from workforce.assurance.backtest import OURS, Backtest
from workforce.assurance.scored import ScoredForecast
from workforce.assurance.structure import chance_band, coverage

__all__ = ["score_sentences", "score_table", "track_record", "verdict"]

_WORDS: Final = {
    "leavers_12m": "leavers over twelve months",
    "hires_12m": "starters over twelve months",
    "headcount": "headcount a year ahead",
    "vacancies": "recruitments under way a year ahead",
}


def verdict(found: Backtest) -> str:
    """Say in one sentence whether ranges of yearly leavers can be taken at their word.

    Args:
        found: A backtest.
    """
    held = coverage(found)
    if held is None:
        return "There is no year of leavers yet that a forecast could be held against."
    inside, count = held
    low, high = chance_band(found, count)
    text = (
        f"{inside} of {count} yearly forecasts of leavers held in their 80% range; good ranges "
        f"hold about {0.8 * count:.0f}"
    )
    if inside / count < low:
        return f"{text}. That is fewer than chance explains: read the ranges as too narrow here."
    if inside / count > high:
        return f"{text}. That is more than chance explains: read the ranges as too wide here."
    return f"{text}. That is within what chance allows."


def _always(_count: float) -> bool:
    return True


def track_record(found: Backtest, shown: Callable[[float], bool] = _always) -> tuple[str, ...]:
    """Say how often ranges held, whether forecasts ran high or low, and against what.

    Args:
        found: A backtest.
        shown: Whether a count of people may be shown; sums over counts that may not are left out.

    Returns:
        A sentence or two for each measure twelve months ahead, all families together, and one on
        whether vacancies were better forecast together with their own series.
    """
    rows = found.forecasts
    rows = rows[(rows["family"] == "all") & (rows["horizon"] == 12)]
    sentences = []
    for measure, words in _WORDS.items():
        own = rows[rows["measure"] == measure]
        if len(own):
            sums = all(shown(float(each)) for each in own["observed"])
            sentences.append(_sentence(own, found.scores, measure, words, sums))
    if found.vacancies is not None and found.origins:
        sentences.append(found.vacancies.sentence)
    return tuple(sentences)


def _sentence(own: pd.DataFrame, scores: pd.DataFrame, measure: str, words: str, sums: bool) -> str:
    count = len(own)
    inside = [
        int(((own["observed"] >= own[low]) & (own["observed"] <= own[high])).sum())
        for low, high in (("p10", "p90"), ("p2_5", "p97_5"))
    ]
    text = (
        f"{words[0].upper()}{words[1:]}: of {count} forecasts, {inside[0]} fell inside the 80% "
        f"range and {inside[1]} inside the 95% range"
    )
    if sums:
        total = measure.endswith("_12m")
        expected, happened = (
            float(own[name].sum() if total else own[name].mean()) for name in ("mean", "observed")
        )
        text += (
            f"; {'in all' if total else 'on average'} {expected:,.0f} were expected and "
            f"{happened:,.0f} came about"
        )
    return f"{text}.{_against_peers(scores, measure, count)}"


def _against_peers(scores: pd.DataFrame, measure: str, count: int) -> str:
    here = scores[(scores["measure"] == measure) & (scores["horizon"] == 12)]
    ours = here[here["method"] == OURS]
    # Forecasts from the same origins only: a peer that needs longer histories has fewer.
    rivals = here[(here["method"] != OURS) & (here["forecasts"] == count)]
    if rivals.empty or ours.empty:
        return ""
    scored = rivals["crps"].to_numpy(dtype=float)
    change = float(ours["crps"].iloc[0]) / float(scored.min()) - 1
    best = str(rivals["method"].iloc[int(scored.argmin())])
    better = "smaller" if change < 0 else "larger"
    return f" The error score is {abs(change):.0%} {better} than that of the {best} forecast."


_MEASURES: Final = {
    "leavers_12m": "Leavers of a year",
    "hires_12m": "Starters of a year",
    "headcount": "People in post",
    "vacancies": "Recruitments under way",
    "leavers": "Leavers of a month",
    "hires": "Starters of a month",
}
_FLOWS: Final = ("leavers", "hires")


def score_table(found: Backtest) -> pd.DataFrame:
    """Return the scores beside those of the simple methods, as a table for people.

    Args:
        found: A backtest.

    Returns:
        A row a measure and method: stocks and yearly totals twelve months ahead, monthly flows on
        average over one to twelve months ahead.
    """
    scores = found.scores
    kept = scores[(scores["horizon"] == 12) | scores["measure"].isin(_FLOWS)]
    rows = []
    for measure, label in _MEASURES.items():
        for method, group in kept[kept["measure"] == measure].groupby("method", sort=False):
            numbers = group[["mase", "crps", "cover50", "cover80", "cover95", "width95"]].mean()
            rows.append(
                {
                    "Measure": label,
                    "Method": "this model" if method == OURS else method,
                    "Forecasts": int(group["forecasts"].sum()),
                    "Error (MASE)": round(float(numbers["mase"]), 2),
                    "Error score (CRPS)": round(float(numbers["crps"]), 2),
                    "Inside 50%": f"{numbers['cover50']:.0%}",
                    "Inside 80%": f"{numbers['cover80']:.0%}",
                    "Inside 95%": f"{numbers['cover95']:.0%}",
                    "Width of 95%": round(float(numbers["width95"]), 1),
                }
            )
    return pd.DataFrame(rows)


_SCORED_WORDS: Final = {
    "leavers_total": ("leavers", "left"),
    "hires_total": ("starters", "started"),
    "headcount": ("people in post at the end", "were in post"),
    "vacancies": ("vacant FTE at the end", "FTE were vacant"),
}


def score_sentences(scored: ScoredForecast, scenario: str) -> tuple[str, ...]:
    """Say in plain words what a scenario's forecast got right and wrong.

    Args:
        scored: The comparison.
        scenario: One of its scenarios.

    Returns:
        A sentence on all families together for each measure compared, then one on how many ranges
        of single families held.
    """
    own = scored.scores[scored.scores["scenario"] == scenario]
    found = []
    for row in own[own["family"] == "all"].to_dict("records"):
        noun, verb = _SCORED_WORDS[str(row["measure"])]
        low, high, observed = row["p10"], row["p90"], row["observed"]
        place = (
            "inside the range"
            if row["inside80"]
            else f"{'above' if observed > high else 'below'} it"
            + (", though inside the 95% range" if row["inside95"] else " and outside the 95% range")
        )
        text = (
            f"{noun[0].upper()}{noun[1:]}: {row['mean']:,.0f} expected (80% range {low:,.0f} to "
            f"{high:,.0f}), {observed:,.0f} {verb}: {place}."
        )
        if np.isfinite(row["before"]):
            closer = abs(row["error"]) <= abs(row["before_error"])
            text += (
                f" Repeating the time before would have said {row['before']:,.0f}, which is "
                f"{'no nearer' if closer else 'nearer'}."
            )
        found.append(text)
    single = own[own["family"] != "all"]
    if len(single):
        inside = int(single["inside80"].sum())
        found.append(
            f"Of {len(single)} numbers of single role families, {inside} lay inside their 80% "
            f"range; good ranges would hold about {0.8 * len(single):,.0f}."
        )
    return tuple(found)
