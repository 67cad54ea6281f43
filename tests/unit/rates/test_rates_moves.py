"""Hazards of moving between families: shrunk to an assumption, none where nothing was seen."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from history_frames import Tables, people

from workforce.domain.evidence import Evidence
from workforce.history import History, build_history
from workforce.history.moves import MOVE_COLUMNS
from workforce.rates import fit_rates
from workforce.rates.moves import fit_moves

FAMILIES = ("cyber", "data", "transformation")


def _history(*rows: tuple[str, str, float, float]) -> History:
    staff = people(
        *({"family": family, "start_date": "2020-01-01"} for family in FAMILIES for _ in range(10))
    )
    window = (date(2025, 4, 1), date(2026, 3, 31))
    history = build_history(Tables(staff, as_of=date(2026, 3, 31), window=window))
    return replace(history, moves=pd.DataFrame(list(rows), columns=list(MOVE_COLUMNS)))


def test_where_nothing_was_seen_nobody_moves_and_it_is_said(evidence: Evidence) -> None:
    found = fit_moves(_history(), evidence, FAMILIES)
    assert found.moves is None
    assert found.rows == ()
    rates = fit_rates(_history(), evidence, FAMILIES)
    assert rates.moves is None
    assert found.note in rates.notes
    assert "not projected" in found.note


def test_the_update_is_gamma_and_shares_out_by_size(evidence: Evidence) -> None:
    none, some = (
        fit_moves(
            _history(("cyber", "data", moves, 12 * years), ("data", "cyber", 0, 12 * years)),
            evidence,
            FAMILIES,
        )
        for moves, years in ((0.0, 1e-9), (6.0, 100.0))
    )
    assert none.moves is not None
    assert some.moves is not None
    prior = 12 * none.moves.hazard[0].sum()
    assert prior == pytest.approx(none.rows[0].benchmark)
    # Equal sizes: as many to the one family as to the other.
    assert none.moves.hazard[0, 1] == pytest.approx(none.moves.hazard[0, 2])
    # Gamma(a) / b before; (a + 6) / (b + 100) after: a = prior x b, b from the weight of the data.
    weight = 200 / (200 + _strength(some.rows[0].own_weight, 200.0))
    assert some.rows[0].own_weight == pytest.approx(weight)
    strength = _strength(some.rows[0].own_weight, 200.0)
    assert 12 * some.moves.hazard[0].sum() == pytest.approx(
        (prior * strength + 6) / (strength + 100)
    )
    assert 12 * some.moves.hazard[0, 2] == pytest.approx(prior * strength / 2 / (strength + 100))
    assert np.all(np.diag(some.moves.hazard) == 0)


def _strength(weight: float, years: float) -> float:
    return years * (1 - weight) / weight


def test_much_data_gives_the_observed_rate(evidence: Evidence) -> None:
    # The prior is worth about 160 person-years, 1.6% of these.
    rows = [("cyber", "data", 400.0, 120_000.0), ("data", "cyber", 100.0, 120_000.0)]
    found = fit_moves(_history(*rows), evidence, FAMILIES)
    assert found.moves is not None
    assert 12 * found.moves.hazard[0, 1] == pytest.approx(0.04, rel=0.02)
    assert 12 * found.moves.hazard[1, 0] == pytest.approx(0.01, rel=0.02)
    assert found.moves.log_sd[0, 1] == pytest.approx(1 / np.sqrt(400), rel=0.01)
    row = found.rows[0]
    assert row.low < row.estimate < row.high
    assert row.own_weight > 0.98
    assert row.events == 500


def test_draws_have_the_mean_and_families_may_be_chosen(evidence: Evidence) -> None:
    rows = [("cyber", "data", 6.0, 1200.0), ("data", "cyber", 2.0, 1200.0)]
    found = fit_moves(_history(*rows), evidence, FAMILIES).moves
    assert found is not None
    drawn = found.draws(np.random.default_rng(1).standard_normal((3, 3, 20_000)))
    # Four standard errors of the mean of 20,000.
    error = 4 * np.sqrt(np.expm1(found.log_sd[0, 1] ** 2) / 20_000)
    assert drawn[0, 1].mean() == pytest.approx(found.hazard[0, 1], rel=error)
    swapped = found.among(("data", "cyber"))
    assert swapped.hazard[0, 1] == found.hazard[1, 0]


def test_one_family_alone_has_nowhere_to_move(evidence: Evidence) -> None:
    assert fit_moves(_history(("cyber", "data", 3.0, 100.0)), evidence, ("cyber",)).moves is None
