"""How good are the forecasts: put the extract back to earlier dates, forecast, and score."""

from workforce.assurance.backtest import Backtest, backtest, forecast_from
from workforce.assurance.record import track_record
from workforce.assurance.series import plan_origins
from workforce.assurance.then import as_known

__all__ = ["Backtest", "as_known", "backtest", "forecast_from", "plan_origins", "track_record"]
