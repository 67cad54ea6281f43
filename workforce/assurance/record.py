"""The track record in sentences."""

from typing import Final

import pandas as pd

from workforce.assurance.backtest import OURS, Backtest

__all__ = ["track_record"]

_WORDS: Final = {
    "leavers_12m": "leavers over twelve months",
    "hires_12m": "starters over twelve months",
    "headcount": "headcount a year ahead",
    "vacancies": "recruitments under way a year ahead",
}


def track_record(found: Backtest) -> tuple[str, ...]:
    """Say how often ranges held, whether forecasts ran high or low, and against what.

    Args:
        found: A backtest.

    Returns:
        A sentence or two for each measure twelve months ahead, all families together.
    """
    rows = found.forecasts
    rows = rows[(rows["family"] == "all") & (rows["horizon"] == 12)]
    sentences = []
    for measure, words in _WORDS.items():
        own = rows[rows["measure"] == measure]
        if len(own):
            sentences.append(_sentence(own, found.scores, measure, words))
    return tuple(sentences)


def _sentence(own: pd.DataFrame, scores: pd.DataFrame, measure: str, words: str) -> str:
    count = len(own)
    inside = [
        int(((own["observed"] >= own[low]) & (own["observed"] <= own[high])).sum())
        for low, high in (("p10", "p90"), ("p2_5", "p97_5"))
    ]
    total = measure.endswith("_12m")
    expected, happened = (
        float(own[name].sum() if total else own[name].mean()) for name in ("mean", "observed")
    )
    text = (
        f"{words[0].upper()}{words[1:]}: of {count} forecasts, {inside[0]} fell inside the 80% "
        f"range and {inside[1]} inside the 95% range; {'in all' if total else 'on average'} "
        f"{expected:,.0f} were expected and {happened:,.0f} came about."
    )
    here = scores[(scores["measure"] == measure) & (scores["horizon"] == 12)]
    ours = here[here["method"] == OURS]
    # Forecasts from the same origins only: a peer that needs longer histories has fewer.
    rivals = here[(here["method"] != OURS) & (here["forecasts"] == count)]
    if rivals.empty or ours.empty:
        return text
    scored = rivals["crps"].to_numpy(dtype=float)
    change = float(ours["crps"].iloc[0]) / float(scored.min()) - 1
    best = str(rivals["method"].iloc[int(scored.argmin())])
    better = "smaller" if change < 0 else "larger"
    return f"{text} The error score is {abs(change):.0%} {better} than that of the {best} forecast."
