"""How good are the forecasts: put the extract back to earlier dates, forecast, and score."""

from workforce.assurance.backtest import Backtest, backtest, forecast_from, run_past
from workforce.assurance.fairness import Fairness, fairness_check
from workforce.assurance.past import Past, prepare
from workforce.assurance.record import score_sentences, track_record
from workforce.assurance.saved import keep_forecast
from workforce.assurance.scoring import ScoredForecast, score_forecast
from workforce.assurance.series import plan_origins
from workforce.assurance.then import as_known

__all__ = [
    "Backtest",
    "Fairness",
    "Past",
    "ScoredForecast",
    "as_known",
    "backtest",
    "fairness_check",
    "forecast_from",
    "keep_forecast",
    "plan_origins",
    "prepare",
    "run_past",
    "score_forecast",
    "score_sentences",
    "track_record",
]
