"""Exposure of exits by age and year, and rates that go their own way."""

import numpy as np
import pandas as pd
import pytest

from workforce.domain.bands import AGE_BANDS, AgeBand, Cause
from workforce.domain.evidence import Evidence
from workforce.rates.cells import Window
from workforce.rates.exit_counts import GROUPS, ExitCounts, count_exits, flat_group
from workforce.rates.exit_paths import exit_paths

FIRST = 24_000
SIXTY, SIXTY_FIVE = AGE_BANDS.index(AgeBand.FROM_60), AGE_BANDS.index(AgeBand.FROM_65)
FIFTY_FIVE = AGE_BANDS.index(AgeBand.FROM_55)


def _counts(band: AgeBand, people: float, months: int, retired: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": np.arange(FIRST, FIRST + months),
            "age": str(band),
            "exposure": people,
            "voluntary": 0.0,
            "organisational_event": 0.0,
            "unknown": 0.0,
            "retirement": retired,
            "end_of_contract": 0.5,
            "other": 0.25,
        }
    )


def _seen(events: dict[int, list[float]], exposure: float = 1000.0) -> ExitCounts:
    years = len(next(iter(events.values())))
    found = ExitCounts(np.full((GROUPS, years), exposure), np.zeros((GROUPS, years)))
    for group, each in events.items():
        found.events[group] = each
    return found


def test_people_who_are_not_seen_to_pass_move_up_as_in_a_projection() -> None:
    # Nobody passes the border at 65, as where everybody retires on that birthday.
    found = count_exits(_counts(AgeBand.FROM_60, 600.0, 12, 10.0), Window(FIRST, FIRST + 11))
    # 60 months wide: an even spread would bring 120 over the border, and five are taken as seen;
    # after m months m / 60 of the people would have passed, 5.5 / 60 on average.
    moved = 5.5 / 60 * (1 - 5 / 125)
    assert found.exposure[SIXTY, 0] == pytest.approx(600 * (1 - moved))
    assert found.exposure[SIXTY_FIVE, 0] == pytest.approx(600 * moved)
    assert found.events[SIXTY].tolist() == [120.0]
    assert found.exposure[flat_group(Cause.OTHER)].tolist() == [600.0]
    assert found.events[flat_group(Cause.END_OF_CONTRACT)].tolist() == [6.0]


def test_people_who_pass_as_evenly_as_a_spread_stay_where_they_were_counted() -> None:
    # Ten of 600 pass the border a month, which is 1 / 60, and as many leave beyond it.
    counts = pd.concat(
        [
            _counts(AgeBand.FROM_60, 600.0, 24).assign(end_of_contract=0.0, other=0.0),
            _counts(AgeBand.FROM_65, 100.0, 24, 10.0).assign(end_of_contract=0.0, other=0.0),
        ]
    )
    found = count_exits(counts, Window(FIRST, FIRST + 23))
    assert found.exposure[SIXTY].tolist() == pytest.approx([600.0, 600.0])
    # Nor does anybody pass 67 here, and 65-66 is two years wide: 100 people, 100 passages wanted.
    moved = 5.5 / 24 * (1 - 5 / 105)
    assert found.exposure[SIXTY_FIVE].tolist() == pytest.approx([100 * (1 - moved)] * 2)


def test_unknown_ages_stay_unknown() -> None:
    found = count_exits(_counts(AgeBand.UNKNOWN, 60.0, 12), Window(FIRST, FIRST + 11))
    assert found.exposure[AGE_BANDS.index(AgeBand.UNKNOWN), 0] == pytest.approx(60.0)
    assert found.exposure[:SIXTY_FIVE].sum() == 0.0


def test_a_band_that_stops_retiring_is_told_from_the_one_beside_it(evidence: Evidence) -> None:
    paths = exit_paths(_seen({FIFTY_FIVE: [60, 60, 60, 60, 0, 0, 0], SIXTY: [60.0] * 7}), evidence)
    assert paths.ratio[FIFTY_FIVE, 0] > 15, "what was common once hardly happens today"
    assert 0.75 < paths.ratio[SIXTY, 0] < 1.35
    assert paths.ratio[:, -1].tolist() == [1.0] * GROUPS


def test_what_rises_and_falls_together_is_no_way_of_its_own(evidence: Evidence) -> None:
    wave = [100.0, 60.0, 150.0, 80.0, 160.0, 70.0, 40.0]
    paths = exit_paths(_seen({FIFTY_FIVE: wave, SIXTY: wave}), evidence)
    assert np.abs(np.log(paths.ratio)).max() < 0.1
    assert paths.log_sd.max() < 0.15


def test_one_group_alone_has_no_way_of_its_own(evidence: Evidence) -> None:
    paths = exit_paths(_seen({SIXTY: [100.0, 10.0, 200.0, 5.0]}), evidence)
    assert (paths.ratio == 1).all()
    assert (paths.log_sd == 0).all()


def test_few_events_do_not_move_a_path_far(evidence: Evidence) -> None:
    paths = exit_paths(_seen({SIXTY: [1.0, 0.0, 2.0, 0.0], FIFTY_FIVE: [0, 1, 0, 1]}), evidence)
    assert np.abs(np.log(paths.ratio)).max() < 0.15


def test_paths_are_found_again(evidence: Evidence) -> None:
    """Over organisations drawn from the model the error of a path is what its spread says."""
    rng = np.random.default_rng(11)
    row, z = evidence.benchmark("def_exit_drift_sd"), []
    for _ in range(60):
        step = row.number * np.exp(rng.normal(0, 0.5))
        walk = np.cumsum(rng.normal(0, step, (3, 6)), axis=1)
        common = rng.normal(0, evidence.benchmark("def_year_shock_sd").number, 6)
        events = rng.poisson(80 * np.exp(walk + common))
        found = exit_paths(_seen(dict(enumerate(events.astype(float).tolist()))), evidence)
        truth = walk[:, -1] - walk.mean(axis=1)
        own = -np.log(found.ratio[:3]).mean(axis=1)
        z.append((own - truth) / found.log_sd[:3])
    errors = np.array(z)
    # 180 correlated errors: their mean square is 1 within 0.35, their mean 0 within 0.2.
    assert abs(errors.mean()) < 0.2
    assert 0.65 < np.mean(errors**2) < 1.45
