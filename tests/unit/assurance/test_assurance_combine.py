"""Vacancies by stock and flow, by their own series, or by both: hand-made trials."""

import numpy as np
import pytest

from workforce.assurance.combine import (
    COMBINED,
    DIRECT,
    STOCK_FLOW,
    Trial,
    VacancyCheck,
    blend,
    check_vacancies,
    combined_paths,
)

KNOWN = 20 + np.random.default_rng(2).normal(0, 1, 30)
SOURCE = "recruitments under way"


def trial(origin: int, flow: float, series: float, seen: float = 20.0) -> Trial:
    """Forecasts that are nearly sure of one number each."""
    noise = np.linspace(-0.1, 0.1, 50)[:, None] * np.ones(12)
    return Trial(origin, flow + noise, series + noise, np.full(12, seen))


def check(trials: list[Trial]) -> VacancyCheck:
    return check_vacancies(trials, source=SOURCE, known=KNOWN)


def test_blending_averages_quantile_by_quantile() -> None:
    flow, series = np.array([[3.0], [1.0], [2.0]]), np.array([[10.0], [30.0], [20.0]])
    assert blend(flow, series, np.array([0.5]))[:, 0].tolist() == [5.5, 11.0, 16.5]
    assert blend(flow, series, np.array([0.0]))[:, 0].tolist() == [1.0, 2.0, 3.0]


def test_a_series_that_errs_the_other_way_wins() -> None:
    found = check([trial(12 + 3 * each, 24.0, 16.0 + each / 10) for each in range(8)])
    assert [band.wins for band in found.bands] == [True, True, True]
    assert found.bands[0].gain > 0.8
    assert "Both together were closer for months 1 to 3" in found.sentence
    assert "Elsewhere" not in found.sentence


def test_a_series_that_is_wrong_loses() -> None:
    found = check([trial(12 + 3 * each, 20.5, 60.0 + each) for each in range(8)])
    assert not found.wins
    assert all(band.gain < 0 for band in found.bands)
    assert "so stock and flow alone are shown" in found.sentence
    assert combined_paths(found, np.ones((9, 12)), rng=np.random.default_rng(1)) is None


def test_a_gain_within_its_standard_error_does_not_count() -> None:
    # Better by 2 and worse by 2 in turn, with one date more of the better kind.
    trials = [trial(12 + 12 * each, 24.0, 16.0 if each % 2 else 32.0) for each in range(7)]
    found = check(trials)
    assert all(abs(band.gain) < 3 * band.error for band in found.bands)
    assert not found.wins


def test_only_the_months_that_win_are_combined() -> None:
    trials = []
    for each in range(8):
        made = trial(12 + 12 * each, 24.0, 16.0)
        series = made.direct.copy()
        series[:, 3:] = 90.0
        trials.append(Trial(made.origin, made.stock_flow, series, made.observed))
    found = check(trials)
    assert [band.wins for band in found.bands] == [True, False, False]
    assert "Elsewhere stock and flow stay" in found.sentence
    flow = np.full((200, 15), 24.0)
    both = combined_paths(found, flow, rng=np.random.default_rng(1))
    assert both is not None
    assert (both[:, 3:] == 24.0).all()
    share = found.bands[0].share
    assert both[:, 0].mean() == pytest.approx(24 * (1 - share) + 20 * share, abs=1.0)


def test_weights_rest_on_what_had_happened_by_then() -> None:
    trials = [trial(12 + 3 * each, 24.0, 18.0) for each in range(8)]
    before = check(trials).scores
    # The last date's outcome and forecasts are changed: no other date's combination may move.
    changed = check([*trials[:-1], trial(trials[-1].origin, 90.0, 0.0, seen=50.0)]).scores

    def total(frame: object, dates: int) -> float:
        rows = frame[(frame["method"] == COMBINED) & (frame["horizon"] == 1)]  # type: ignore[index]
        return float(rows["crps"].iloc[0]) * dates

    alone = check(trials[:-1]).scores
    last = total(before, 8) - total(alone, 7)
    assert total(changed, 8) - total(alone, 7) != pytest.approx(last)
    # With half and half at first and inverse scores later, 4 and 2 off give a third and two thirds.
    assert check(trials).bands[0].share == pytest.approx(2 / 3, abs=0.03)


def test_what_is_not_known_is_said() -> None:
    nothing = check_vacancies([], source="", known=np.zeros(0))
    assert not nothing.wins
    assert "no monthly history of vacancies" in nothing.sentence
    short = check([trial(12, 24.0, 16.0)])
    assert "too short" in short.sentence
    assert "the files give 1." in short.sentence
    assert not nothing.counts_the_same(3.0)


def test_months_that_were_not_observed_are_left_out() -> None:
    trials = [trial(12 + 3 * each, 24.0, 16.0) for each in range(8)]
    trials[-1].observed[4:] = np.nan
    found = check(trials)
    counted = found.scores.set_index(["method", "horizon"])["forecasts"]
    assert counted[STOCK_FLOW, 1] == 8
    assert counted[DIRECT, 12] == 7
    assert found.wins


def test_the_history_must_end_where_stock_and_flow_begin() -> None:
    found = check([])
    last = float(KNOWN[-1])
    assert found.counts_the_same(last + 1.9)
    assert not found.counts_the_same(last + 40)


def test_the_check_is_plain_json() -> None:
    import json

    found = check([trial(12 + 3 * each, 24.0, 16.0 + each / 10) for each in range(8)])
    report = json.loads(json.dumps(found.as_dict()))
    assert report["combined"] is True
    assert [band["first"] for band in report["bands"]] == [1, 4, 7]
    assert len(report["scores"]) == 36
