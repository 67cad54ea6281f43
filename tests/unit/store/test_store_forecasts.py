"""Forecasts in the store: one a month of data, gone with their plan, nobody else's."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from workforce.domain.errors import UserError
from workforce.domain.forecast import COLUMNS, ForecastLine, SavedForecast
from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook
from workforce.store import PlanStore

KEY, OTHER = "a" * 32, "b" * 32
NOW = "2026-11-01T10:00:00"


FIRST = 24_300
"""January 2025."""


def forecast(as_of: int = FIRST, mean: float = 10.0) -> SavedForecast:
    numbers = tuple(tuple(mean for _ in COLUMNS) for _ in range(3))
    return SavedForecast(
        as_of=as_of, data_digest="d" * 64, software="0.1", draws=100, seed=1, fictional=False,
        scope="digital", families=("cyber",), posts_known=("cyber",),
        lines=(ForecastLine("Do nothing", "headcount", "all", numbers),),
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    return PlanStore(tmp_path / "plans.sqlite")


def test_a_forecast_of_the_same_month_is_replaced_and_older_ones_stay(store: PlanStore) -> None:
    for each in (forecast(FIRST, 1.0), forecast(FIRST + 12, 2.0), forecast(FIRST + 12, 3.0)):
        store.keep_forecast(KEY, each, NOW)
    assert store.forecasts(KEY) == (forecast(FIRST, 1.0), forecast(FIRST + 12, 3.0))
    assert store.forecasts(OTHER) == ()


def test_the_latest_two_dozen_are_kept(store: PlanStore) -> None:
    store.keep_forecast(OTHER, forecast(FIRST - 1), NOW)
    for month in range(30):
        store.keep_forecast(KEY, forecast(FIRST + month), NOW)
    assert [each.as_of for each in store.forecasts(KEY)] == [
        FIRST + month for month in range(6, 30)
    ]
    assert len(store.forecasts(OTHER)) == 1, "another plan's forecasts are not counted"


def test_forecasts_go_with_their_plan_and_with_time(store: PlanStore) -> None:
    store.save(KEY, PlanBook((Plan("Mine"),), "Mine"), NOW)
    store.keep_forecast(KEY, forecast(), NOW)
    store.keep_forecast(OTHER, forecast(), "2026-01-01")
    store.purge_before("2026-06-01")
    assert store.forecasts(OTHER) == ()
    assert len(store.forecasts(KEY)) == 1
    store.delete(KEY)
    assert store.forecasts(KEY) == ()


def test_a_file_of_before_gets_the_table_and_keeps_its_plans(tmp_path: Path) -> None:
    path = tmp_path / "plans.sqlite"
    book = PlanBook((Plan("Mine"),), "Mine")
    PlanStore(path).save(KEY, book, NOW)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE forecasts")
    store = PlanStore(path)
    assert store.forecasts(KEY) == ()
    assert store.load(KEY) == book


def test_a_damaged_forecast_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "plans.sqlite"
    store = PlanStore(path)
    store.keep_forecast(KEY, forecast(FIRST), NOW)
    store.keep_forecast(KEY, forecast(FIRST + 12), NOW)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE forecasts SET document = '{' WHERE as_of = ?", (FIRST,))
    assert store.forecasts(KEY) == (forecast(FIRST + 12),)


def test_a_key_that_is_none_is_refused(store: PlanStore) -> None:
    with pytest.raises(UserError):
        store.keep_forecast("../etc", forecast(), NOW)
    with pytest.raises(UserError):
        store.forecasts("x")


def test_a_forecast_alone_survives_the_trip() -> None:
    assert SavedForecast.from_json(forecast().to_json()) == forecast()
    with pytest.raises(UserError, match="damaged"):
        SavedForecast.from_json("[" * 100_000)
    with pytest.raises(UserError, match="damaged"):
        SavedForecast.from_json(replace(forecast(), scope="x" * 300).to_json())
