"""The rates that leave the room: fallbacks, labels, and what is shown."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from history_frames import POST, REQUISITION, Tables, frame, people

from workforce.domain.bands import AGE_BANDS, AgeBand
from workforce.domain.evidence import Evidence
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.domain.rates import RateRow, Rates
from workforce.history import History, build_history
from workforce.rates import fit_rates

FAMILIES = tuple(str(family) for family in DIGITAL_FAMILIES)
AS_OF = date(2026, 3, 31)
WINDOW = (date(2024, 4, 1), AS_OF)


def staff(count: int, **more: object) -> list[dict[str, object]]:
    """People in post since 2018."""
    return [{"start_date": "2018-01-01", **more}] * count


def left(count: int, cause: str = "voluntary", **more: object) -> list[dict[str, object]]:
    """People who left half-way through the window."""
    return staff(count, leave_date="2025-03-31", cause=cause, **more)


def history(rows: list[dict[str, object]], **more: object) -> History:
    """History of two years."""
    return build_history(Tables(people(*rows), **{"as_of": AS_OF, "window": WINDOW, **more}))


UNITS = {"time_to_hire": "days", "season": "of the mean month", "year_shock": "either way",
         "renewal": "of fixed terms"}  # fmt: skip


def row(rates: Rates, measure: str, family: str = "cyber") -> RateRow:
    """A row of the table."""
    return next(r for r in rates.table if (r.measure, r.family) == (measure, family))


def test_without_leavers_every_rate_is_the_benchmark_at_weight_nought(evidence: Evidence) -> None:
    rates = fit_rates(history(staff(30), window=None), evidence, FAMILIES)
    for each in rates.table:
        assert each.own_weight == 0, f"{each.measure} of {each.family} claims own data"
        assert each.estimate == pytest.approx(each.benchmark, rel=1e-9)
    assert row(rates, "voluntary", "data").estimate == pytest.approx(
        evidence.benchmark("def_data_quit").number
    ), "a family without people is taken at a typical mix of service"
    assert rates.shock.sd == evidence.benchmark("def_year_shock_sd").number
    assert any("no leavers" in note for note in rates.notes)


def test_the_table_has_a_row_for_each_measure_and_family_with_source_and_interval(
    evidence: Evidence,
) -> None:
    rates = fit_rates(history(staff(40) + left(6)), evidence, FAMILIES)
    leaving = {(m, f) for m in ("voluntary", "retirement", "end_of_contract", "other")
               for f in (*FAMILIES, "all")}  # fmt: skip
    hiring = {("time_to_hire", f) for f in FAMILIES}
    together = {("season", "all"), ("year_shock", "all")}
    assert {(r.measure, r.family) for r in rates.table} == leaving | hiring | together
    for each in rates.table:
        assert each.low < each.estimate < each.high
        assert 0 <= each.own_weight <= 1
        assert "(assumption)" in each.benchmark_source or "benchmarks" in each.benchmark_source
        assert each.unit == UNITS.get(each.measure, "per year")


def test_twice_the_leavers_move_the_rate_part_of_the_way(evidence: Evidence) -> None:
    # 40 people over two years at the benchmark would lose about 9.
    usual = row(fit_rates(history(staff(40) + left(9)), evidence, FAMILIES), "voluntary")
    twice = row(fit_rates(history(staff(40) + left(18)), evidence, FAMILIES), "voluntary")
    assert usual.events == 9
    assert 1.05 < twice.estimate / usual.estimate < 1.7, "some of the way, not all of it"
    assert twice.exposure == pytest.approx(40 * 2 + 18, abs=0.1), "person-years"


def test_everybody_else_informs_the_digital_families_a_little(evidence: Evidence) -> None:
    alone = fit_rates(history(staff(20)), evidence, FAMILIES)
    many = staff(800, family="not_digital") + left(400, family="not_digital")
    with_others = fit_rates(history(staff(20) + many), evidence, FAMILIES)
    one, other = (row(each, "voluntary") for each in (alone, with_others))
    assert one.estimate < other.estimate < 2 * one.estimate
    assert with_others.families == FAMILIES
    assert "family: not_digital" not in with_others.voluntary.names


def test_organisational_events_move_no_rate(evidence: Evidence) -> None:
    without = fit_rates(history(staff(40) + left(10, cause="voluntary")), evidence, FAMILIES)
    rows = staff(40) + left(10) + left(30, cause="organisational_event")
    event = fit_rates(history(rows), evidence, FAMILIES)
    for measure in ("voluntary", "retirement", "other"):
        ratio = row(event, measure).estimate / row(without, measure).estimate
        assert ratio <= 1.0, "thirty redundancies are exposure and no leavers"


def test_leavers_without_any_cause_are_shared_out_by_the_benchmark(evidence: Evidence) -> None:
    rates = fit_rates(history(staff(40) + left(20, cause="")), evidence, FAMILIES)
    share = evidence.benchmark("def_voluntary_share").number
    assert row(rates, "voluntary").events == pytest.approx(20 * share)
    total = sum(row(rates, m, "all").events
                for m in ("voluntary", "retirement", "end_of_contract", "other"))  # fmt: skip
    assert total == pytest.approx(20), "nobody is dropped"
    assert any("No causes of leaving are known" in note for note in rates.notes)


def test_retirement_is_by_age_where_ages_are_given_and_flat_where_not(evidence: Evidence) -> None:
    old = staff(30, age_band="60-64") + left(30, "retirement", age_band="60-64")
    aged = fit_rates(history(old), evidence, FAMILIES)
    band = AGE_BANDS.index(AgeBand.FROM_60)
    benchmark = evidence.benchmark("def_retire_60_64").number / 12
    assert aged.retirement[band] > 1.3 * benchmark, "learned"
    assert aged.retirement_log_sd[band] < 0.3
    young = AGE_BANDS.index(AgeBand.UNDER_55)
    assert aged.retirement[young] == pytest.approx(
        evidence.benchmark("def_retire_under_55").number / 12
    )
    flat = fit_rates(history(staff(40)), evidence, FAMILIES)
    assert any("no ages" in note for note in flat.notes)
    assert flat.retirement[-1] < evidence.benchmark("def_retire_all").number / 12, "none retired"


def test_contracts_end_by_date_where_dates_are_given(evidence: Evidence) -> None:
    dated = staff(10, contract="fixed_term", contract_end_date="2026-09-30")
    by_date = fit_rates(history(staff(40) + dated), evidence, FAMILIES)
    assert any("by their own dates" in note for note in by_date.notes)
    flat = fit_rates(history(staff(40) + staff(10, contract="fixed_term")), evidence, FAMILIES)
    assert any("hardly any end date" in note for note in flat.notes)
    assert by_date.end_of_contract.hazard_monthly < flat.end_of_contract.hazard_monthly


def test_the_row_of_contract_ends_counts_the_dated_ones(evidence: Evidence) -> None:
    dated = staff(10, contract="fixed_term", contract_end_date="2026-09-30")
    rates = fit_rates(history(staff(40) + dated), evidence, FAMILIES)
    found = row(rates, "end_of_contract", "cyber")
    # Ten of fifty end within the year, half of those renewed, and a little of the others.
    assert found.estimate == pytest.approx(0.1, abs=0.01)
    assert found.low < 0.08
    assert found.high > 0.12
    assert "10 fixed terms" in found.note


def test_leavers_without_ages_do_not_make_the_unknown_age_one_of_retiring(
    evidence: Evidence,
) -> None:
    young, old = staff(300, age_band="under 55"), staff(60, age_band="60-64")
    gone = left(24, "retirement", age_band="unknown")
    rates = fit_rates(history(young + old + gone), evidence, FAMILIES)
    unknown, sixties = AGE_BANDS.index(AgeBand.UNKNOWN), AGE_BANDS.index(AgeBand.FROM_60)
    usual = evidence.benchmark("def_retire_all").number
    assert 12 * rates.retirement[unknown] <= usual, "starters are no pensioners"
    assert 12 * rates.retirement[sixties] > 1.2 * evidence.benchmark("def_retire_60_64").number, (
        "who retired was old: 24 of some sixty in two years"
    )


def test_the_first_leaver_of_a_short_list_opens_the_window_and_proves_little(
    evidence: Evidence,
) -> None:
    begins = [{"start_date": "2018-01-01", "leave_date": "2024-04-10", "cause": "voluntary"}]
    alone = row(fit_rates(history(staff(30) + begins), evidence, FAMILIES), "voluntary")
    nobody = row(fit_rates(history(staff(31)), evidence, FAMILIES), "voluntary")
    assert alone.events == 1, "shown as it happened"
    assert alone.estimate == pytest.approx(nobody.estimate, rel=0.02)


def test_endings_alone_do_not_read_as_nobody_renewed(evidence: Evidence) -> None:
    term = {"contract": "fixed_term", "contract_end_date": "2025-03-31"}
    ended = left(8, "end_of_contract", **term)
    share = evidence.benchmark("def_fixed_term_renewed").number
    hidden = fit_rates(history(staff(20) + ended), evidence, FAMILIES)
    assert hidden.renewal[0] == pytest.approx(share), "renewals may have overwritten their dates"
    seen = fit_rates(history(staff(20) + ended + staff(24, **term)), evidence, FAMILIES)
    assert seen.renewal[0] > share


def requisitions(days: int, count: int, **more: object) -> pd.DataFrame:
    """Filled requisitions that all took so long."""
    opened = pd.Timestamp("2024-06-01")
    return frame(
        REQUISITION,
        [{"opened_date": opened + pd.Timedelta(days=7 * k),
          "closed_date": opened + pd.Timedelta(days=7 * k + days),
          "start_date": opened + pd.Timedelta(days=7 * k + days), "outcome": "filled", **more}
         for k in range(count)],
    )  # fmt: skip


def test_fast_requisitions_shorten_the_time_to_hire_and_slow_ones_lengthen_it(
    evidence: Evidence,
) -> None:
    fast = fit_rates(history(staff(20), requisitions=requisitions(60, 40)), evidence, FAMILIES)
    slow = fit_rates(history(staff(20), requisitions=requisitions(330, 40)), evidence, FAMILIES)
    one, other = (row(each, "time_to_hire") for each in (fast, slow))
    assert one.estimate < one.benchmark < other.estimate
    assert one.own_weight > 0.5
    assert one.events == 40
    ages = np.arange(2, 6)
    assert (fast.fill.hazard[0, ages] > slow.fill.hazard[0, ages]).all()
    data = fast.families.index("data")
    assert fast.fill.log_sd[data] > fast.fill.log_sd[0], "data posts were not seen"


def test_failed_rounds_restart_and_slow_the_filling_of_a_vacancy(evidence: Evidence) -> None:
    filled = requisitions(110, 30)
    failed = requisitions(65, 60, outcome="failed").assign(start_date=pd.NaT)
    failed["start_date"] = pd.to_datetime(failed["start_date"])
    few = pd.concat([filled, failed.head(1)], ignore_index=True)
    many = pd.concat([filled, failed], ignore_index=True)
    easy, hard = (
        fit_rates(history(staff(20), requisitions=each), evidence, FAMILIES) for each in (few, many)
    )
    year = [float(np.exp(-each.fill.hazard[0, :12].sum())) for each in (easy, hard)]
    assert year[0] < year[1], f"still open after a year: {year[0]:.2f} and {year[1]:.2f}"


def test_without_requisitions_hires_are_compared_with_vacant_posts(evidence: Evidence) -> None:
    hired = [{"start_date": f"2025-{m:02d}-01"} for m in range(1, 13)]
    posts = frame(POST, [{"establishment_fte": 40.0}])
    stocks = fit_rates(history(staff(20) + hired, posts=posts), evidence, FAMILIES)
    assert any("hires are compared" in note for note in stocks.notes)
    assert row(stocks, "time_to_hire").events == 12
    assert row(stocks, "time_to_hire").estimate > row(stocks, "time_to_hire").benchmark, (
        "some fourteen posts vacant on average and six hires a year are slow"
    )
    implied = fit_rates(history(staff(20) + hired), evidence, FAMILIES)
    assert any("benchmark vacancy rate implies" in note for note in implied.notes)
    assert row(implied, "time_to_hire").events == 12
    nothing = fit_rates(history(staff(20), window=None), evidence, FAMILIES)
    assert any("benchmark stands in" in note for note in nothing.notes)
    assert row(nothing, "time_to_hire").own_weight == 0


def test_starters_come_in_the_grades_of_past_hires(evidence: Evidence) -> None:
    hires = [{"start_date": "2025-05-01", "grade_band": "entry"}] * 60
    rates = fit_rates(history(staff(20, grade_band="lead") + hires), evidence, FAMILIES)
    np.testing.assert_allclose(rates.starter_grade.sum(axis=1), 1)
    assert rates.starter_grade[0, 0] > 0.9, "nearly all came at entry grade"
    assert (rates.starter_grade[:, 3] > 0).all(), "a lead may come all the same"


def test_the_order_of_counts_changes_nothing(evidence: Evidence) -> None:
    found = history(staff(30) + left(8) + left(3, "other", family="data"))
    shuffled = replace(found, counts=found.counts.sample(frac=1, random_state=1))
    one, other = (fit_rates(each, evidence, FAMILIES) for each in (found, shuffled))
    np.testing.assert_array_equal(one.voluntary.mean, other.voluntary.mean)
    for a, b in zip(one.table, other.table, strict=True):
        assert (a.measure, a.family) == (b.measure, b.family)
        assert a.estimate == pytest.approx(b.estimate, rel=1e-12)


def test_all_families_can_be_asked_for(evidence: Evidence) -> None:
    everyone = (*FAMILIES, "not_digital")
    rates = fit_rates(history(staff(30, family="not_digital") + left(5)), evidence, everyone)
    assert rates.families == everyone
    assert row(rates, "voluntary", "not_digital").exposure == pytest.approx(60)


def test_renewals_say_how_much_of_them_is_own(evidence: Evidence) -> None:
    dated = staff(40, contract="fixed_term", contract_end_date="2027-03-31")
    term = {"contract": "fixed_term", "contract_end_date": "2025-03-31"}
    ended = left(8, "end_of_contract", **term)
    found = fit_rates(history(dated + ended + staff(24, **term)), evidence, FAMILIES)
    shown = row(found, "renewal", "all")
    assert (shown.estimate, shown.low, shown.high) == found.renewal
    assert (shown.events, shown.exposure) == (24, 32)
    # A beta with mean 1/2 and 90% range 0.3 to 0.7 is worth 0.25 / 0.1216^2 - 1 = 15.9 terms.
    assert shown.own_weight == pytest.approx(32 / (15.9 + 32), abs=0.002)
    flat = fit_rates(history(staff(40)), evidence, FAMILIES)
    assert not [each for each in flat.table if each.measure == "renewal"]


def test_season_and_years_are_the_benchmark_until_there_are_years_to_tell(
    evidence: Evidence,
) -> None:
    short = fit_rates(history(staff(400) + left(60)), evidence, FAMILIES)
    years, season = row(short, "year_shock", "all"), row(short, "season", "all")
    assert years.own_weight == 0
    assert years.estimate == pytest.approx(np.expm1(short.shock.sd))
    assert 0 < season.own_weight < 1
    assert season.estimate == pytest.approx(short.season.max())
    assert season.events == row(short, "voluntary", "all").events
    long = (date(2018, 4, 1), AS_OF)
    calm = [
        each
        for year in range(2018, 2026)
        for each in staff(
            60, start_date="2005-01-01", leave_date=f"{year}-09-30", cause="voluntary"
        )
    ]
    stay = staff(4000, start_date="2005-01-01")
    learned = row(
        fit_rates(history(stay + calm, window=long), evidence, FAMILIES), "year_shock", "all"
    )
    assert learned.own_weight > 0.1
    assert learned.estimate < years.estimate, "eight years alike"
