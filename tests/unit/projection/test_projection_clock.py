"""Leaving times: the inverse of the cumulative hazard, worked by hand."""

import numpy as np
import pytest
from projection_cases import AS_OF

from workforce.domain.bands import AGE_BANDS, GRADE_BANDS, TENURE_BANDS
from workforce.domain.rates import Rates, Shock
from workforce.projection.clock import Clock, Group
from workforce.projection.hazards import (
    END_OF_CONTRACT,
    OTHER,
    RETIREMENT,
    VOLUNTARY,
    Drawn,
    draw_parameters,
    newcomer_exit,
    share_draws,
)
from workforce.projection.levers import LeverClasses
from workforce.projection.quits import Quits
from workforce.projection.streams import BLOCK, Lookup, Streams

MONTHS = 30


def _drawn(hazards: np.ndarray, calendar: np.ndarray | None = None) -> Drawn:
    draws = 1
    shape = (1, len(GRADE_BANDS), len(TENURE_BANDS), draws)
    return Drawn(
        voluntary=np.broadcast_to(np.asarray(hazards)[None, None, :, None], shape).copy(),
        calendar=np.ones((MONTHS, draws)) if calendar is None else calendar[:, None],
        retirement=np.zeros((len(AGE_BANDS), draws)),
        other=np.zeros(draws),
        end_of_contract=np.zeros(draws),
        renewal=np.zeros(draws),
        fill=np.ones((1, draws)),
    )


def _clock(hazards: list[float], calendar: np.ndarray | None = None) -> Clock:
    return Clock(_drawn(np.array(hazards), calendar))


def _stock(clock: Clock, threshold: float, tenure: int) -> float:
    zero = np.zeros(1, dtype=np.intp)
    numbers = np.array([[threshold]], dtype=np.float32)
    who, time, _ = clock.stock(numbers, zero, zero, np.array([tenure]))
    return float(time[0]) if who.size else np.inf


def _joiner(
    clock: Clock, threshold: float, *, start: int, tenure: int = 0, boost: float | None = None
) -> tuple[float, float]:
    zero, at = np.zeros(1, dtype=np.intp), np.array([start])
    ratio = None if boost is None else np.array([boost])
    group = Group(zero, zero, zero, at - tenure, boost=ratio, until=start + 12)
    time, reached = clock.search(np.array([threshold]), group, at, None)
    return float(time[0]), float(reached[0])


BANDS = [0.10, 0.05, 0.02, 0.01, 0.01, 0.01]


@pytest.mark.parametrize(
    ("tenure", "threshold", "expected"),
    [
        (0, 0.25, 2.5),  # 0.10 a month from the first month on
        (0, 0.70, 8.0),  # 6 x 0.10, then 0.05 a month
        (0, 0.94, 14.0),  # 6 x 0.10 + 6 x 0.05 = 0.90, then 0.02 a month
        (4, 0.225, 2.5),  # two months at 0.10, then 0.05
        (23, 0.03, 2.0),  # one month at 0.02, then 0.01
        (120, 0.29, 29.0),  # the last band never ends
        (120, 0.31, np.inf),  # not within the horizon
        (0, 2.00, np.inf),
    ],
)
def test_stock_leaves_when_the_hazard_along_its_tenure_adds_up(
    tenure: int, threshold: float, expected: float
) -> None:
    found = _stock(_clock(BANDS), threshold, tenure)
    assert found == pytest.approx(expected, abs=1e-5), "tenure ages exactly, month by month"


@pytest.mark.parametrize(("start", "threshold", "expected"), [(3, 0.25, 5.5), (10, 0.7, 18.0)])
def test_joiners_are_first_exposed_in_the_month_after_they_join(
    start: int, threshold: float, expected: float
) -> None:
    found = _joiner(_clock(BANDS), threshold, start=start)[0]
    assert found == pytest.approx(expected, abs=1e-6), "the same path, moved to the start"


def test_boost_holds_for_twelve_months_only() -> None:
    # From month 2 with 24 months of service: 0.01 x 2 for twelve months = 0.24, then 0.01.
    found, _ = _joiner(_clock(BANDS), 0.27, start=2, tenure=24, boost=2.0)
    assert found == pytest.approx(2 + 12 + 3, abs=1e-6), "0.24 in the first year, 0.03 after it"


def test_next_moment_goes_on_where_the_last_one_was() -> None:
    clock = _clock(BANDS)
    first, reached = _joiner(clock, 0.45, start=3)
    zero = np.zeros(1, dtype=np.intp)
    group = Group(zero, zero, zero, np.array([3]))
    second, _ = clock.search(np.array([0.35]), group, np.array([int(first)]), np.array([reached]))
    straight, _ = _joiner(clock, 0.80, start=3)
    assert first == pytest.approx(7.5), "0.10 a month from month 3"
    assert float(second[0]) == pytest.approx(straight), "0.45 and 0.35 are 0.80"


def _plan_quits(clock: Clock, multiplier: float) -> Quits:
    classes = LeverClasses(
        np.zeros((1, len(GRADE_BANDS), 2), dtype=np.intp), np.full((1, MONTHS, 1), multiplier)
    )
    return Quits(clock, classes)


def _quitting(quits: Quits, people: int = 40_000) -> np.ndarray:
    zero = np.zeros(people, dtype=np.intp)
    numbers = Lookup(Streams(11, 0, 1), "test", ("a",))
    slots = np.arange(people)
    return quits.join(
        Group(zero, zero, zero, zero),
        0,
        lambda channel, some: numbers.uniforms(zero[some], 1, slots[some], channel),
    )


@pytest.mark.parametrize("multiplier", [0.0, 0.55, 0.8, 1.0, 1.3, 2.4])
def test_moments_that_count_have_the_hazard_of_the_plan(multiplier: float) -> None:
    times = _quitting(_plan_quits(_clock([0.05] * 6), multiplier))
    for month in (1, 6, 30):
        expected = -np.expm1(-0.05 * multiplier * month)
        error = np.sqrt(expected * (1 - expected) / times.size)
        found = (times < month).mean()
        assert abs(found - expected) <= 4 * error, f"month {month}: {found} against {expected}"


def test_whoever_leaves_in_two_plans_leaves_at_the_same_time_or_never_sooner() -> None:
    clock = _clock(BANDS)
    today, better, worse = (_quitting(_plan_quits(clock, r), 5000) for r in (1.0, 0.7, 1.2))
    assert np.all(better >= today), "a lever that helps makes nobody leave sooner"
    assert np.all(worse <= today), "one that harms makes nobody stay longer"
    left = np.isfinite(today)
    same = (better == today)[left].mean()
    assert same == pytest.approx(0.7, abs=0.03), "seven in ten leave in the very same month"


def test_season_moves_the_month_of_leaving() -> None:
    calendar = np.tile([0.0, 2.0], MONTHS // 2)
    found = _stock(_clock([0.1] * 6, calendar), 0.3, 120)
    assert found == pytest.approx(3.5, abs=1e-5), "months 1 and 3 add nothing, month 2 adds 0.2"


def test_leaving_times_agree_with_month_by_month_addition() -> None:
    rng = np.random.default_rng(5)
    calendar = rng.uniform(0.2, 2.0, MONTHS)
    clock = _clock(BANDS, calendar)
    for tenure in (0, 3, 11, 12, 50, 119):
        months = tenure + np.arange(MONTHS)
        bands = np.searchsorted([6, 12, 24, 60, 120], months, side="right")
        path = np.cumsum(np.array(BANDS)[bands] * calendar)
        for threshold in rng.exponential(0.6, 40):
            expected = int(np.searchsorted(path, threshold))
            found = _stock(clock, float(np.float32(threshold)), tenure)
            month = MONTHS if not np.isfinite(found) else int(found)
            assert month == expected, f"tenure {tenure}, threshold {threshold}"


def test_newcomers_other_causes_split_in_proportion() -> None:
    drawn = _drawn(np.array(BANDS))
    drawn.retirement[-1, 0], drawn.end_of_contract[0], drawn.other[0] = 0.02, 0.03, 0.05
    draw = np.zeros(4, dtype=np.intp)
    time, cause = newcomer_exit(
        drawn,
        np.array([np.inf, np.inf, np.inf, 5.0]),
        np.full(4, -np.expm1(-0.5)),
        np.array([0.19, 0.49, 0.51, 0.9]).__getitem__,
        draw,
        start=3,
    )
    assert time == pytest.approx([8.0, 8.0, 8.0, 5.0]), "0.5 / 0.10 a month after month 3"
    assert cause.tolist() == [RETIREMENT, END_OF_CONTRACT, OTHER, VOLUNTARY], "2 : 3 : 5"


def test_share_draws_hit_the_stated_points() -> None:
    z = np.array([-1.6448536269514722, 0.0, 1.6448536269514722])
    assert share_draws(0.4, 0.25, 0.48, z) == pytest.approx([0.25, 0.4, 0.48]), "5%, 50%, 95%"
    assert np.all(share_draws(0.0, 0.0, 0.0, z) == 0), "a certain share stays certain"


def test_last_year_is_drawn_together_with_the_level() -> None:
    # A level that is known only up to exp(0.2 z), and a last year that takes exactly that back:
    # what is left of the product is the mean correction exp(-0.2^2 / 2), in every draw.
    rates = Rates.stated(
        ("cyber",),
        voluntary_annual=[0.12],
        voluntary_log_sd=0.2,
        shock=Shock(sd=0.0, ar1=1.0, loading=(-0.2,)),
    )
    drawn = draw_parameters(rates, ("cyber",), AS_OF, 24, Streams(4, 0, 100))
    product = drawn.voluntary[0, 0, 0] * drawn.calendar
    assert drawn.voluntary[0, 0, 0].std() > 0.001, "the level does vary"
    assert product == pytest.approx(0.01 * np.exp(-0.02)), "and the last year with it"


def test_a_longer_run_begins_with_the_draws_of_a_shorter_one() -> None:
    short, long = Streams(9, 0, 40), Streams(9, 0, 3 * BLOCK)
    assert np.array_equal(short.normals("a", 3), long.normals("a", 3)[:, :40]), "draw by draw"
    later = Streams(9, BLOCK, 40)
    assert np.array_equal(
        later.exponentials("a", 2), long.exponentials("a", 2)[:, BLOCK : BLOCK + 40]
    ), "and block by block"


def test_looked_up_numbers_belong_to_what_they_are_for() -> None:
    cell, rank = np.arange(10), np.zeros(10, dtype=np.intp)
    numbers = Lookup(Streams(2, 0, 5), "hire", ("a", "b"))
    everybody = numbers.uniforms(cell, 4, rank, 0)
    alone = numbers.uniforms(cell[7:8], 4, rank[7:8], 0)
    assert np.array_equal(alone, everybody[7:8]), "whoever else is asked for"
    swapped = Lookup(Streams(2, 0, 5), "hire", ("b", "a")).uniforms(cell, 4, rank, 0)
    assert np.array_equal(everybody[:5], swapped[5:]), "named, not counted"
    later = Lookup(Streams(2, BLOCK, 5), "hire", ("a",)).uniforms(cell[:5], 4, rank[:5], 0)
    whole = Lookup(Streams(2, 0, BLOCK + 5), "hire", ("a",))
    same = whole.uniforms(np.arange(BLOCK, BLOCK + 5), 4, rank[:5], 0)
    assert np.array_equal(later, same), "whatever block a draw is computed in"


def test_looked_up_numbers_are_uniform_and_unrelated() -> None:
    numbers = Lookup(Streams(2, 0, 250), "hire", ("a", "b"))
    cell = np.arange(500)
    table = np.array(
        [
            numbers.uniforms(cell, event, np.full(500, rank), channel)
            for event in (0, 1, 2, 1000)
            for rank in (0, 1, 2)
            for channel in (0, 1, 8, 9)
        ]
    )
    assert len(np.unique(table)) == table.size, "no number comes twice"
    counts = np.histogram(table, bins=20, range=(0, 1))[0]
    expected = table.size / 20
    chi = float(((counts - expected) ** 2 / expected).sum())
    assert chi < 43.8, f"chi-square {chi:.1f} on 19 degrees of freedom (0.1%)"
    related = np.corrcoef(table) - np.eye(len(table))
    assert np.abs(related).max() < 5 / np.sqrt(500), "events, ranks and channels are unrelated"


def test_streams_of_different_processes_and_seeds_differ() -> None:
    numbers = {
        (seed, name): Streams(seed, 0, 10).uniforms(name, 1).tobytes()
        for seed in (1, 2)
        for name in ("stock/voluntary/cyber", "stock/voluntary/data", f"{AS_OF}")
    }
    assert len(set(numbers.values())) == len(numbers), "no two processes share numbers"


def test_draws_start_at_block_borders_only() -> None:
    with pytest.raises(ValueError, match="multiple"):
        Streams(1, 3, 10)
    with pytest.raises(ValueError, match="seed"):
        Streams(-1, 0, 10)
