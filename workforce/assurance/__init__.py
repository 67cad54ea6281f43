"""How good are the forecasts: put the extract back to earlier dates, forecast, and score."""

from workforce.assurance.backtest import Backtest, backtest, forecast_from, run_past
from workforce.assurance.past import Past, prepare
from workforce.assurance.record import track_record
from workforce.assurance.series import plan_origins
from workforce.assurance.then import as_known

__all__ = ["Backtest", "Past", "as_known", "backtest", "forecast_from", "plan_origins", "prepare",
           "run_past", "track_record"]  # fmt: skip
