"""Moments of leaving: their law, worked by hand, and what two plans and two holders share."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from workforce.domain.bands import AGE_BANDS, GRADE_BANDS, TENURE_BANDS
from workforce.projection import stock as stock_module
from workforce.projection.clock import Clock, Group
from workforce.projection.hazards import END_OF_CONTRACT, OTHER, RETIREMENT, VOLUNTARY, Drawn
from workforce.projection.levers import LeverClasses
from workforce.projection.moments import other_of_stock, retire
from workforce.projection.pace import Pace
from workforce.projection.quits import Luck, Quits
from workforce.projection.stock import Staff, Stock
from workforce.projection.streams import Lookup, Streams, numbers_at

MONTHS = 30
PEOPLE = 40_000
BANDS = [0.10, 0.05, 0.02, 0.01, 0.01, 0.01]
EDGES = [6, 12, 24, 60, 120]


def _drawn(
    hazards: list[float],
    calendar: np.ndarray | None = None,
    *,
    others: tuple[float, float, float] = (0.0, 0.0, 0.0),
    pace: Pace | None = None,
) -> Drawn:
    shape = (1, len(GRADE_BANDS), len(TENURE_BANDS), 1)
    retirement = np.zeros((len(AGE_BANDS), 1))
    retirement[-1] = others[0]
    return Drawn(
        voluntary=np.broadcast_to(np.array(hazards)[None, None, :, None], shape).copy(),
        calendar=np.ones((MONTHS, 1)) if calendar is None else calendar[:, None],
        retirement=retirement,
        other=np.array([others[2]]),
        end_of_contract=np.array([others[1]]),
        renewal=np.zeros(1),
        fill=np.ones((1, 1)),
        pace=pace,
    )


def _quits(drawn: Drawn, multiplier: float = 1.0) -> Quits:
    classes = LeverClasses(
        np.zeros((1, len(GRADE_BANDS), 2), dtype=np.intp), np.full((1, MONTHS, 1), multiplier)
    )
    return Quits(Clock(drawn), classes)


def _places(people: int, seed: int = 11) -> np.ndarray:
    numbers = Lookup(Streams(seed, 0, 1), "post", ("a",))
    return numbers.places(np.zeros(people, dtype=np.intp), 0, np.arange(people))


def _resigning(
    quits: Quits,
    *,
    start: int = 0,
    tenure: int = 0,
    boost: float | None = None,
    own: bool = False,
    people: int = PEOPLE,
) -> np.ndarray:
    zero = np.zeros(people, dtype=np.intp)
    ratio = None if boost is None else np.full(people, boost)
    group = Group(zero, zero, zero, zero + start - tenure, boost=ratio, until=start + 12)
    return quits.resigns(group, start, Luck(_places(people), own=own))


def _added(tenure: int, start: int, month: int, factor: float = 1.0) -> float:
    """Return the hazard that adds up between the end of month `start` and the end of `month`."""
    months = tenure + np.arange(month - start)
    return factor * float(np.array(BANDS)[np.searchsorted(EDGES, months, side="right")].sum())


def _assert_share(times: np.ndarray, month: int, added: float) -> None:
    expected = -math.expm1(-added)
    found = float((times < month).mean())
    # Four standard errors of a share among so many people, and one person for a share of 0 or 1.
    limit = 4 * math.sqrt(expected * (1 - expected) / times.size) + 1 / times.size
    assert abs(found - expected) <= limit, f"by month {month}: {found} against {expected}"


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize(
    ("start", "tenure"), [(0, 0), (0, 4), (0, 23), (0, 120), (3, 0), (10, 0), (17, 50)]
)
def test_shares_leave_as_the_hazard_along_their_tenure_adds_up(
    start: int, tenure: int, own: bool
) -> None:
    times = _resigning(_quits(_drawn(BANDS)), start=start, tenure=tenure, own=own)
    assert times.min() >= start, "nobody leaves before the month after they join"
    for month in (start + 1, start + 3, start + 8, MONTHS):
        _assert_share(times, month, _added(tenure, start, month))


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("multiplier", [0.0, 0.55, 0.8, 1.0, 1.3, 2.4])
def test_a_plan_multiplies_the_hazard(multiplier: float, own: bool) -> None:
    times = _resigning(_quits(_drawn(BANDS), multiplier), start=2, own=own)
    for month in (3, 8, MONTHS):
        _assert_share(times, month, _added(0, 2, month, multiplier))


@pytest.mark.parametrize("own", [False, True])
def test_boost_holds_for_twelve_months_only(own: bool) -> None:
    # From month 2 with 24 months of service: 0.01 x 20 a month for a year, then 0.01. Ten times the
    # highest hazard of the family at that service needs further layers of moments.
    times = _resigning(_quits(_drawn(BANDS)), start=2, tenure=24, boost=20.0, own=own)
    _assert_share(times, 6, 4 * 0.2)
    _assert_share(times, 14, 12 * 0.2)
    _assert_share(times, MONTHS, 12 * 0.2 + 16 * 0.01)


def test_season_moves_the_month_of_leaving() -> None:
    calendar = np.tile([0.0, 2.0], MONTHS // 2)
    times = _resigning(_quits(_drawn([0.1] * 6, calendar)))
    found = np.isfinite(times)
    assert np.all(times[found].astype(int) % 2 == 1), "nothing adds up in every other month"
    for month in (2, 4, 20):
        _assert_share(times, month, 0.1 * month)


@pytest.mark.parametrize("own", [False, True])
def test_hazards_of_a_hundred_a_month_and_of_none(own: bool) -> None:
    for start in (0, 8, 29):
        times = _resigning(_quits(_drawn([100.0] * 6)), start=start, own=own, people=500)
        assert np.all((times >= start) & (times < start + 1)), "gone within the month"
        rests = _rests(_drawn([0.0] * 6, others=(50.0, 0.0, 50.0)), start, own=own, people=500)
        assert np.all((rests >= start) & (rests < start + 1))
    assert np.all(np.isinf(_resigning(_quits(_drawn([0.0] * 6)), own=own, people=500)))


def test_times_are_those_of_the_moments_written_out() -> None:
    # The same written plainly: gaps are exponentials, marks uniforms, one after the other.
    rng = np.random.default_rng(5)
    calendar = rng.uniform(0.2, 2.0, MONTHS)
    quits, top = _quits(_drawn(BANDS, calendar), 0.8), max(BANDS)
    ends = np.concatenate(([0.0], np.cumsum(calendar)))
    people = 400
    for start, tenure in ((0, 9), (11, 0)):
        found = _resigning(quits, start=start, tenure=tenure, people=people)
        places = _places(people)
        for person in range(people):
            passed, expected, channel = 0.0, math.inf, 8
            while passed < ends[-1] * top:
                here = places[person : person + 1]
                passed -= math.log(numbers_at(here, channel)[0])
                reached = passed / top
                if ends[start] < reached < ends[-1]:
                    month = int(np.searchsorted(ends, reached) - 1)
                    band = np.searchsorted(EDGES, tenure + month - start, side="right")
                    if numbers_at(here, channel + 1)[0] * top < 0.8 * BANDS[band]:
                        expected = month + (reached - ends[month]) / calendar[month]
                        break
                channel += 2
            assert found[person] == pytest.approx(expected, abs=1e-9), f"person {person}"


def test_those_in_post_and_those_who_join_read_the_same_moments() -> None:
    drawn, people = _drawn(BANDS), 5000
    numbers = Lookup(Streams(11, 0, 1), "post", ("a",))
    zero, slot = np.zeros(people, dtype=np.intp), np.arange(people)
    before = np.full((people, 1), np.inf)
    before[::7] = 3.5
    quits = _quits(drawn, 0.7)
    where, time = quits.of_stock(numbers, slot, (zero, zero, zero + 4), before)
    stock = np.full(people, np.inf)
    stock[where] = time
    joining = _resigning(quits, tenure=4, people=people)
    expected = np.where(joining < before[:, 0], joining, np.inf)
    assert np.array_equal(stock, expected), "and only those who resign before something else"


def test_whoever_leaves_in_two_plans_leaves_at_the_same_time_or_never_sooner() -> None:
    today, better, worse = (_resigning(_quits(_drawn(BANDS), r)) for r in (1.0, 0.7, 1.2))
    assert np.all(better >= today), "a lever that helps makes nobody leave sooner"
    assert np.all(worse <= today), "one that harms makes nobody stay longer"
    same = (better == today)[np.isfinite(today)].mean()
    assert same == pytest.approx(0.7, abs=0.03), "seven in ten leave in the very same month"


def test_whoever_takes_a_post_has_the_luck_of_whoever_would_have_held_it() -> None:
    quits = _quits(_drawn([0.03] * 6))
    stayed = _resigning(quits, tenure=40)
    replaced = _resigning(quits, start=9, tenure=0)
    later = stayed >= 9
    assert np.array_equal(stayed[later], replaced[later]), "the later years are the same"
    assert not np.array_equal(stayed[~later], replaced[~later]), "what is over is over"


def test_the_next_holder_s_time_does_not_depend_on_the_last_one_s() -> None:
    quits = _quits(_drawn(BANDS))
    first = _resigning(quits)
    gone = np.flatnonzero(first < 10)
    second = _resigning(quits, start=10)[gone]
    early = first[gone] < 3
    for month in (12, 20, MONTHS):
        _assert_share(second[early], month, _added(0, 10, month))
        _assert_share(second[~early], month, _added(0, 10, month))


def _leaves(drawn: Drawn, start: int, *, own: bool = False, people: int = PEOPLE):
    zero = np.zeros(people, dtype=np.intp)
    group = Group(zero, zero, zero, zero + start)
    return _quits(drawn).leaves(group, start, Luck(_places(people), own=own))


def _rests(drawn: Drawn, start: int, *, own: bool = False, people: int = PEOPLE) -> np.ndarray:
    return _leaves(drawn, start, own=own, people=people).rest


@pytest.mark.parametrize("own", [False, True])
def test_newcomers_other_causes_split_in_proportion(own: bool) -> None:
    found = _leaves(_drawn([0.0] * 6, others=(0.02, 0.03, 0.05)), 3, own=own)
    for month in (4, 8, MONTHS):
        _assert_share(found.time, month, 0.1 * (month - 3))
    gone = found.cause[np.isfinite(found.time)]
    for cause, share in ((RETIREMENT, 0.2), (END_OF_CONTRACT, 0.3), (OTHER, 0.5)):
        # Four standard errors of a share among about 37,000 leavers.
        assert (gone == cause).mean() == pytest.approx(share, abs=0.0105), "2 : 3 : 5"


def test_whichever_cause_comes_first_counts_and_the_other_is_kept() -> None:
    found = _leaves(_drawn([0.05] * 6, others=(0.0, 0.0, 0.05)), 0)
    sooner = found.cause == VOLUNTARY
    assert np.all(found.time <= found.rest)
    assert np.array_equal(found.time[~sooner], found.rest[~sooner])
    assert sooner[np.isfinite(found.time)].mean() == pytest.approx(0.5, abs=0.0105)
    _assert_share(found.time, 10, 1.0)


@pytest.mark.parametrize("own", [False, True])
def test_good_and_bad_years_stretch_the_other_causes(own: bool) -> None:
    pace = Pace(np.array([[1.0], [3.0], [0.5]]))
    rests = _rests(_drawn([0.0] * 6, others=(0.0, 0.0, 0.02), pace=pace), 6, own=own)
    _assert_share(rests, 12, 0.02 * 6)
    _assert_share(rests, 24, 0.02 * (6 + 12 * 3))
    _assert_share(rests, MONTHS, 0.02 * (6 + 12 * 3 + 6 * 0.5))


def test_only_the_causes_that_concern_somebody_make_them_leave() -> None:
    clock = Clock(_drawn([0.0] * 6, others=(0.02, 0.03, 0.05)))
    numbers = Lookup(Streams(11, 0, 1), "post", ("a",))
    zero, slot = np.zeros(PEOPLE, dtype=np.intp), np.arange(PEOPLE)
    for causes, hazard, seen in ((7, 0.10, 3), (4, 0.05, 1), (6, 0.08, 2), (5, 0.07, 2)):
        time, cause = np.empty((PEOPLE, 1)), np.empty((PEOPLE, 1), dtype=np.int8)
        other_of_stock(numbers.base, slot, zero, zero + causes, clock.others, time, cause)
        _assert_share(time[:, 0], 10, hazard * 10)
        assert len(np.unique(cause[np.isfinite(time)])) == seen


def test_passing_people_over_changes_nobodys_retirement(monkeypatch: pytest.MonkeyPatch) -> None:
    people, draws = 600, 40
    rng = np.random.default_rng(8)
    streams = Streams(3, 0, draws)
    drawn = replace(
        _drawn(BANDS),
        calendar=np.ones((MONTHS, draws)),
        voluntary=np.full((1, len(GRADE_BANDS), len(TENURE_BANDS), draws), 0.01),
        retirement=rng.uniform(0.0, 0.08, (len(AGE_BANDS), draws)),
        other=np.full(draws, 0.002),
        end_of_contract=np.zeros(draws),
        renewal=np.zeros(draws),
        fill=np.ones((1, draws)),
        pace=Pace(rng.uniform(0.5, 2.0, (3, draws))),
    )
    zero = np.zeros(people, dtype=np.intp)
    staff = Staff(zero, zero, zero, rng.integers(0, 6, people), zero, zero, zero, np.ones(people))
    clock, posts = Clock(drawn), Lookup(streams, "post", ("a",))

    def rest() -> tuple[np.ndarray, np.ndarray]:
        stock = Stock(staff, ("a",), drawn, streams, clock, posts)
        return stock.rest(np.arange(people * draws))

    quick = rest()

    def everybody(*given: Any) -> None:
        first, never, within, last = given[:5], given[5], given[6], given[7:]
        retire(*first, np.full_like(never, -1.0), np.full_like(within, -1.0), *last)

    monkeypatch.setattr(stock_module, "retire", everybody)
    slow = rest()
    assert np.mean(quick[1] == RETIREMENT) > 0.1, "some do retire"
    assert all(np.array_equal(one, other) for one, other in zip(quick, slow, strict=True))
