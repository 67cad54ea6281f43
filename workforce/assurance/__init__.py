"""How good are the forecasts: put the extract back to earlier dates, forecast, and score."""

from workforce.assurance.assumptions import assumptions_log, log_frame
from workforce.assurance.backtest import Backtest, backtest, run_past
from workforce.assurance.candidates import Choice, choice_table, choose_candidate
from workforce.assurance.card import About, Limits, model_card
from workforce.assurance.combine import VacancyCheck, combined_paths
from workforce.assurance.document import Section, markdown
from workforce.assurance.fairness import Fairness, fairness_check
from workforce.assurance.past import Past, prepare, prepare_years
from workforce.assurance.record import score_sentences, score_table, track_record, verdict
from workforce.assurance.saved import keep_forecast
from workforce.assurance.scored import ScoredForecast
from workforce.assurance.scoring import score_forecast
from workforce.assurance.series import plan_origins
from workforce.assurance.then import as_known
from workforce.assurance.transparency import duties, evidence_table, transparency_record
from workforce.assurance.trials import Case, Effect, run_trials, trials
from workforce.assurance.year_ahead import forecast_from, seen_draws

__all__ = [
    "About",
    "Backtest",
    "Case",
    "Choice",
    "Effect",
    "Fairness",
    "Limits",
    "Past",
    "ScoredForecast",
    "Section",
    "VacancyCheck",
    "as_known",
    "assumptions_log",
    "backtest",
    "choice_table",
    "choose_candidate",
    "combined_paths",
    "duties",
    "evidence_table",
    "fairness_check",
    "forecast_from",
    "keep_forecast",
    "log_frame",
    "markdown",
    "model_card",
    "plan_origins",
    "prepare",
    "prepare_years",
    "run_past",
    "run_trials",
    "score_forecast",
    "score_sentences",
    "score_table",
    "seen_draws",
    "track_record",
    "transparency_record",
    "trials",
    "verdict",
]
