"""One month at a time: hand-worked cases of hiring, leaving and the calendar."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from workforce.domain.errors import UserError
from workforce.domain.months import parse_month
from workforce.sample.build import build, calendar_of, event_date, grade_mix
from workforce.sample.hiring import expected_vacancy_share, fill_due, recruit, take_vacancy
from workforce.sample.leaving import leave_in_month, year_block
from workforce.sample.parameters import FAMILIES, SampleParameters
from workforce.sample.simulate import simulate
from workforce.sample.state import NEVER, TITLE_FAMILY, Ledger, State, day_number, to_date

CALENDAR = calendar_of(date(2026, 9, 30), 2)


def all_families(value: float) -> dict[str, float]:
    return dict.fromkeys(FAMILIES, value)


STILL = replace(
    SampleParameters(),
    voluntary_annual=all_families(0.0),
    retirement_annual=(0.0,) * 5,
    other_annual=0.0,
    fixed_term_share=all_families(0.0),
)


def organisation(parameters: SampleParameters, size: int = 400) -> State:
    return build(parameters, size, CALENDAR, seed=1)


def test_a_ledger_grows_and_keeps_what_was_in_it() -> None:
    ledger = Ledger(number=0, share=1.5)
    first = ledger.add(300, number=np.arange(300))
    second = ledger.add(5, share=0.5)
    assert (len(ledger), first[-1], second[0]) == (305, 299, 300)
    assert ledger["number"][:300].tolist() == list(range(300))
    assert ledger["number"][300:].tolist() == [0] * 5
    assert ledger["share"][299] == 1.5
    assert ledger["share"][304] == 0.5


def test_a_copy_of_a_ledger_does_not_change_with_it() -> None:
    ledger = Ledger(number=0)
    ledger.add(2)
    twin = ledger.copy()
    ledger["number"][0] = 9
    assert twin["number"].tolist() == [0, 0]


def test_day_numbers_go_there_and_back() -> None:
    assert day_number(date(1970, 1, 1)) == 0
    assert to_date(day_number(date(2026, 9, 30))) == date(2026, 9, 30)


def test_the_restructure_is_the_last_march_a_year_before_the_extract() -> None:
    assert event_date(CALENDAR) == date(2025, 3, 31)
    assert event_date(calendar_of(date(2026, 3, 31), 2)) == date(2025, 3, 31)


def test_year_shocks_are_counted_back_from_the_extract() -> None:
    state = organisation(STILL)
    assert state.shock.size == 2 + 2 + 1
    assert year_block(state, parse_month("2026-09")) == 3
    assert year_block(state, parse_month("2025-10")) == 3
    assert year_block(state, parse_month("2025-09")) == 2
    assert year_block(state, parse_month("2026-10")) == 4


def test_expected_vacancy_share_of_a_case_worked_by_hand() -> None:
    # Every round fills after exactly 100 days and approval takes 1.5 months (45.66 days): empty for
    # 145.66 days a time. 0.1 + 0.045 exits a year, no moves: 0.145 x 145.66 / 365.25 = 0.05782
    # of a post per post, so 0.05782 / 1.05782 of the posts.
    plain = replace(
        SampleParameters(),
        voluntary_annual=all_families(0.1),
        own_level=all_families(1.0),
        round_success=all_families(1.0),
        round_withdrawn=0.0,
        time_to_hire_ratio=all_families(1.0),
        time_to_hire_log_sd=0.0,
        internal_share=0.0,
    )
    assert expected_vacancy_share(plain) == pytest.approx([0.054664] * 5, abs=1e-5)


def test_a_round_that_always_fills_takes_the_stated_days_and_starts_on_a_monday() -> None:
    sure = replace(
        STILL,
        round_success=all_families(1.0),
        round_withdrawn=0.0,
        time_to_hire_ratio=all_families(1.0),
        time_to_hire_log_sd=0.0,
    )
    state = organisation(sure)
    before = len(state.requisitions)
    posts = np.flatnonzero(state.posts["occupant"] >= 0)[:50]
    recruit(state, posts, np.full(50, day_number(date(2025, 1, 1))))
    opened = state.requisitions["opened"][before:]
    start = state.requisitions["start"][before:]
    assert opened.size == 50, "one round each"
    assert ((start - opened >= 100) & (start - opened < 107)).all()
    assert {to_date(day).weekday() for day in start} == {0}
    assert (state.posts["fill_day"][posts] == start).all()


def test_rounds_of_one_post_follow_each_other_and_only_the_last_fills() -> None:
    hard = replace(STILL, round_success=all_families(0.2))
    state = organisation(hard)
    before = len(state.requisitions)
    post = np.flatnonzero(state.posts["occupant"] >= 0)[:1]
    recruit(state, np.repeat(post, 1), np.array([day_number(date(2025, 1, 1))]))
    rounds = state.requisitions
    opened, closed = rounds["opened"][before:], rounds["closed"][before:]
    assert (opened < closed).all()
    assert (opened[1:] > closed[:-1]).all()
    assert (rounds["outcome"][before:] == 0).tolist() == [False] * (opened.size - 1) + [True]


def test_without_hazards_nobody_leaves_and_every_vacancy_ends() -> None:
    state = organisation(replace(STILL, internal_share=0.0))
    table = state.parameters.voluntary_table(grade_mix())
    for month in range(CALENDAR.first, CALENDAR.last + 1):
        fill_due(state, *CALENDAR.days(month))
        leave_in_month(state, month, table)
    assert (state.people["leave"] == NEVER).all()
    assert (state.posts["occupant"] >= 0).mean() > 0.99


def test_a_hazard_of_ten_a_year_empties_a_month_by_one_minus_exp() -> None:
    # 10 a year is 10/12 a month: a share 1 - exp(-10/12) = 0.5654 goes. 4 sd of a share of 400.
    state = organisation(replace(STILL, other_annual=10.0), size=400)
    count = len(state.people)
    leave_in_month(state, CALENDAR.first, state.parameters.voluntary_table(grade_mix()))
    share = (state.people["leave"] < NEVER).mean()
    assert share == pytest.approx(0.5654, abs=4 * np.sqrt(0.5654 * 0.4346 / count))


def test_fixed_terms_that_are_never_renewed_end_on_their_day() -> None:
    state = organisation(replace(STILL, fixed_term_share=all_families(1.0), renewal=0.0), size=400)
    ends = state.people["contract_end"].copy()
    table = state.parameters.voluntary_table(grade_mix())
    for month in range(CALENDAR.first, CALENDAR.first + 24):
        leave_in_month(state, month, table)
    fixed = ends < NEVER
    assert fixed.sum() > 20
    assert (state.people["leave"][fixed] == ends[fixed]).all()
    assert (state.people["leave"][~fixed] == NEVER).all()


def test_a_vacancy_taken_in_house_has_its_round_withdrawn() -> None:
    state = organisation(STILL, size=3000)
    day = CALENDAR.days(CALENDAR.first)[0] + 40
    family = FAMILIES.index("not_digital")
    post = take_vacancy(state, family, day)
    assert post >= 0
    assert TITLE_FAMILY[state.posts["title"][post]] == family
    assert state.posts["fill_day"][post] == NEVER
    rounds = state.requisitions
    mine = rounds["post"] == post
    opened = rounds["opened"][mine]
    assert (rounds["closed"][mine][opened < NEVER] <= day).all(), "no round outlives the vacancy"
    assert ((opened <= day) | (opened == NEVER)).all(), "no round opens after it"


@pytest.mark.parametrize(
    "wrong", [{"size": 49}, {"size": 200_001}, {"years": 0}, {"years": 21},
              {"as_of": date(2026, 9, 29)}]
)  # fmt: skip
def test_requests_that_cannot_be_met_are_refused_in_words(wrong: dict[str, object]) -> None:
    with pytest.raises(UserError, match="A sample"):
        simulate(**wrong)  # type: ignore[arg-type]
