"""What the model takes for granted, with as many numbers as the data give on it."""

from workforce.assurance.backtest import OURS, Backtest
from workforce.assurance.scores import binomial_band
from workforce.assurance.words import FAIR, GOOD, HIGH, LOW, MEDIUM, WEAK, Line, share
from workforce.domain.bands import CAUSES
from workforce.domain.rates import Rates
from workforce.history import History

__all__ = ["chance_band", "coverage", "structural"]

_FEW = 5


def structural(history: History, rates: Rates, record: Backtest | None) -> list[Line]:
    """Return the assumptions that no number can be moved for; their impact is judged.

    Args:
        history: What was observed.
        rates: The rates.
        record: The backtest, where one was run.
    """
    months = history.window_months
    return [
        _line("The years to come are like those observed, apart from good and bad years",
              f"{months} months of leaving observed" if months else "no leaving observed",
              *_held(record, months), HIGH),
        _line("People of one role family, grade and length of service share one rate",
              "rates of cells, never of a person", FAIR,
              "tenure, family and grade carry most of what an HR extract knows", MEDIUM),
        _line("Causes of leaving are recorded as they were", _unknown(history),
              *((GOOD, "nearly all causes are known") if _unknown_share(history) < 0.1
                else (WEAK, "causes are shared out among leavers of unknown cause")), MEDIUM),
        *_no_moves(history, rates),
        _line("Job titles say the role family", "see the Data page for titles in doubt", FAIR,
              "titles are sorted by rules and examples, corrected by you", MEDIUM),
        _line("Levers act on resignations only, in the same way in every family", "by design",
              WEAK, "studies seldom tell causes of leaving apart", MEDIUM),
        _line("Agency and casual staff fill no post", "counted apart", FAIR,
              "cover ends when a post is filled; its cost is not in vacancies", LOW),
    ]  # fmt: skip


def _line(name: str, value: str, quality: str, why: str, impact: str) -> Line:
    return Line(
        "How the model works", name, value, "", quality, why, impact, None, "docs/method.md"
    )


def coverage(record: Backtest, measure: str = "leavers_12m") -> tuple[int, int] | None:
    """Return how many yearly forecasts held in their 80% range, and of how many.

    Args:
        record: The backtest.
        measure: A measure twelve months ahead.

    Returns:
        Inside and all; `None` where the measure was not forecast.
    """
    scores = record.scores
    rows = scores[
        (scores["measure"] == measure) & (scores["horizon"] == 12) & (scores["method"] == OURS)
    ]
    if rows.empty:
        return None
    count = int(rows["forecasts"].iloc[0])
    return round(float(rows["cover80"].iloc[0]) * count), count


def chance_band(record: Backtest, count: int) -> tuple[float, float]:
    """Return between which shares of 80% ranges a perfect forecaster would have held.

    Yearly forecasts made three months apart share most of their year, so there are only about as
    many independent ones as years between the first and the last.

    Args:
        record: The backtest.
        count: Yearly forecasts.
    """
    span = (record.origins[-1] - record.origins[0]).days / 365.25
    years = max(1, min(count, round(span)))
    low, high = binomial_band(years, 0.8)
    return low / years, high / years


def _held(record: Backtest | None, months: int) -> tuple[str, str]:
    found = coverage(record) if record else None
    if found is None:
        return (FAIR if months >= 36 else WEAK), "no track record was run"
    inside, count = found
    low, _ = chance_band(record, count) if record else (0.0, 1.0)
    said = f"track record: {inside} of {count} yearly forecasts of leavers held their 80% range"
    return (FAIR if inside / count >= low else WEAK), said


def _unknown_share(history: History) -> float:
    counts = history.counts
    unknown = float(counts["unknown"].sum())
    known = float(counts[[str(cause) for cause in CAUSES]].to_numpy(dtype=float).sum())
    return unknown / (unknown + known) if unknown + known else 0.0


def _unknown(history: History) -> str:
    if history.counts.empty:
        return "no leavers given"
    return f"{share(_unknown_share(history))} of leavers without a cause that could be settled"


def _no_moves(history: History, rates: Rates) -> list[Line]:
    if rates.moves is not None:
        return []
    why = "families are not seen at two dates, so moves are not projected"
    return [_line("Nobody moves between role families", _moves(history), FAIR, why, LOW)]


def _moves(history: History) -> str:
    if not history.window_months:
        return "not observed"
    moved = float(history.monthly["moves_in"].sum())
    if moved < _FEW:
        return f"fewer than {_FEW} in the time observed"
    return f"{12 * moved / history.window_months:,.1f} a year in the time observed"
