"""A forecast of the past must not see the future, and the test for it must be able to fail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from assurance_cases import simulated_extract, with_another_future

from workforce.assurance import as_known, backtest, forecast_from
from workforce.assurance.series import observe
from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES
from workforce.history import build_history
from workforce.intake import Extract
from workforce.sample import simulate

ORIGIN = date(2025, 6, 30)
Back = Callable[[Extract, date], Extract]


@pytest.fixture(scope="module")
def council() -> Extract:
    return simulated_extract(simulate(size=400, years=4, seed=11))


def forecast(extract: Extract, back: Back, evidence: Evidence) -> bytes:
    history = build_history(back(extract, ORIGIN))
    projection = forecast_from(history, evidence, list(ALL_FAMILIES), draws=30, seed=3)
    scenario = projection.scenarios[0]
    return b"".join(
        np.ascontiguousarray(projection.values(scenario, measure)).tobytes()
        for measure in ("headcount", "leavers", "leavers_retirement", "hires", "vacancies")
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_forecast_is_the_same_to_the_byte_whatever_came_later(
    council: Extract, evidence: Evidence, seed: int
) -> None:
    other = with_another_future(council, ORIGIN, seed)
    assert forecast(other, as_known, evidence) == forecast(council, as_known, evidence), (
        "something that happened after the origin reached the forecast"
    )


def _with_people(extract: Extract, at: date, **columns: "pd.Series") -> Extract:
    known = as_known(extract, at)
    return replace(
        known,
        people=known.people.assign(
            **{k: v.reindex(known.people.index) for k, v in columns.items()}
        ),
    )


LEAKS: dict[str, Back] = {
    "leaving dates": lambda e, at: _with_people(e, at, leave_date=e.people["leave_date"]),
    "ends of fixed terms": lambda e, at: _with_people(
        e, at, contract_end_date=e.people["contract_end_date"]
    ),
    "age bands": lambda e, at: _with_people(e, at, age_band=e.people["age_band"]),
    "starters": lambda e, at: replace(as_known(e, at), people=e.people),
    "the posts list": lambda e, at: replace(as_known(e, at), posts=e.posts),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_caught(council: Extract, evidence: Evidence, leak: str) -> None:
    other = with_another_future(council, ORIGIN, 1)
    assert forecast(other, LEAKS[leak], evidence) != forecast(council, LEAKS[leak], evidence), (
        f"leaking {leak} went unnoticed"
    )


def test_a_backtest_differs_only_in_what_was_observed(council: Extract, evidence: Evidence) -> None:
    other = with_another_future(council, ORIGIN, 4)
    frames = [
        backtest(
            each, evidence, families=list(ALL_FAMILIES), origins=[ORIGIN], draws=20, seed=5
        ).forecasts
        for each in (council, other)
    ]
    ours = [each.drop(columns=["observed", "pit"]) for each in frames]
    pd.testing.assert_frame_equal(ours[0], ours[1], check_exact=True)
    assert not frames[0]["observed"].equals(frames[1]["observed"]), "the futures were to differ"


def test_the_history_of_vacancies_of_a_past_date_knows_no_later_day(council: Extract) -> None:
    families = [str(family) for family in ALL_FAMILIES]

    def known(extract: Extract, back: Back) -> np.ndarray:
        then = back(extract, ORIGIN)
        seen = observe(then, build_history(then), families).totals("vacancies")
        return seen[np.isfinite(seen)]

    other = with_another_future(council, ORIGIN, 1)
    honest = known(council, as_known)
    assert len(honest) > 12
    assert np.array_equal(honest, known(other, as_known))

    def leaking(extract: Extract, _at: date) -> Extract:
        return extract

    assert not np.array_equal(known(council, leaking), known(other, leaking))
