"""Titles, descriptions and tables say what the data say: known frames, known numbers."""

import chart_frames as frames
import pandas as pd
import pytest

from workforce import charts
from workforce.charts import Effect, Figure
from workforce.domain.months import month_label
from workforce.domain.rates import RateRow

NOW = frames.AS_OF


def _flat(values: list[float], measure: str = "vacancies", half: float = 0.5) -> pd.DataFrame:
    """A summary of one family whose 80% range is the value give or take `half`."""
    rows = pd.DataFrame({"mean": values, "p50": values})
    for name, way in (
        ("p2_5", -1.5),
        ("p10", -1),
        ("p25", -0.5),
        ("p75", 0.5),
        ("p90", 1),
        ("p97_5", 1.5),
    ):
        rows[name] = rows["p50"] + way * half
    months = [month_label(NOW + k) for k in range(1, len(values) + 1)]
    return rows.assign(scenario="S", month=months, family="cyber", measure=measure)


def _fan(values: list[float], now: float | None, **options: object) -> Figure:
    return charts.fan(
        summary=_flat(values, **options), scenario="S", measure="vacancies", family="cyber",
        as_of=NOW, now=now,
    )  # fmt: skip


def test_fan_states_the_change_from_today_to_the_end() -> None:
    figure = _fan([5.0, 4.0, 2.9], 5.2)
    assert figure.title == "Cyber vacancies fall from 5.2 to 2.9 FTE by Dec 2026"
    assert "80% range 2.4 to 3.4" in figure.alt
    assert "95% range 2.1 to 3.6" in figure.alt


def test_fan_says_so_where_no_change_is_as_likely() -> None:
    figure = _fan([5.0, 4.8, 4.9], 5.2)
    assert figure.title.endswith("by Dec 2026, but no change is within the 80% range")


def test_fan_table_starts_today_and_holds_the_quantiles() -> None:
    table = _fan([5.0, 4.0, 2.94], 5.2).table
    assert table["Month"].tolist() == ["Sep 2026", "Oct 2026", "Nov 2026", "Dec 2026"]
    assert table["Median (FTE)"].tolist() == [5.2, 5.0, 4.0, 2.9]
    assert table["80% low (FTE)"].tolist() == [5.2, 4.5, 3.5, 2.4]
    assert table["95% high (FTE)"].tolist()[0] == 5.2, "today is known"


def test_fan_adds_the_families_up_for_the_history_of_all() -> None:
    history = frames.history()
    figure = charts.fan(
        summary=frames.summary(), scenario=frames.PLAN, measure="fte", as_of=NOW, history=history
    )
    digital = history[(history["month"] == NOW) & (history["family"] != "not_digital")]
    observed = figure.table.set_index("Month")["Observed (FTE)"]
    assert observed["Sep 2026"] == pytest.approx(digital["fte"].sum(), abs=0.051)
    assert pd.isna(observed["Oct 2026"])
    assert len(observed.dropna()) == 37, "three years and the as-of month"


def test_fan_of_a_flow_compares_years_and_draws_the_mean() -> None:
    history = pd.DataFrame(
        {"month": range(NOW - 23, NOW + 1), "family": "cyber", "leavers": [1] * 12 + [0.5] * 12}
    )
    figure = charts.fan(
        summary=_flat([0.75] * 14, "leavers"), scenario="S", measure="leavers", family="cyber",
        as_of=NOW, history=history,
    )  # fmt: skip
    assert figure.title == (
        "About 9.0 cyber leavers expected in the 12 months to Sep 2027, "
        "after 6 in the 12 months before"
    )
    assert figure.table["Expected (people)"].dropna().tolist()[0] == 0.8


def test_fan_without_leavers_in_the_data_draws_no_history_of_them() -> None:
    history = pd.DataFrame(
        {"month": [NOW], "family": ["cyber"], "leavers": [float("nan")], "fte": [30.0]}
    )
    figure = charts.fan(
        summary=_flat([0.75] * 12, "leavers"), scenario="S", measure="leavers", family="cyber",
        as_of=NOW, history=history,
    )  # fmt: skip
    assert "Observed (people)" not in figure.table.columns
    assert "before" not in figure.title


def test_a_missing_series_is_named() -> None:
    with pytest.raises(ValueError, match="no vacancies of data in scenario 'S'"):
        charts.fan(
            summary=_flat([1.0]), scenario="S", measure="vacancies", family="data", as_of=NOW
        )


def test_compare_names_both_ends_and_the_paired_difference() -> None:
    figure = charts.compare(
        summary=frames.summary(), scenarios=(frames.PLAN, frames.NOTHING), measure="vacancies",
        family="cyber", as_of=NOW, difference=(-5.1, -4.0, -2.2),
    )  # fmt: skip
    assert figure.title == (
        "By Sep 2029 cyber vacancies are 2.9 FTE with “Grow and keep” and 6.9 with “Do nothing”"
    )
    assert "Difference in Sep 2029: −4.0 FTE (80% range −5.1 to −2.2)." in figure.subtitle
    last = figure.table.iloc[-1]
    assert last["Grow and keep: median (FTE)"] == 2.9
    assert last["Do nothing: median (FTE)"] == 6.9


def test_compare_refuses_scenarios_of_different_length() -> None:
    frame = frames.summary(months=6)
    short = frame[~((frame["scenario"] == frames.PLAN) & (frame["month"] == "2027-03"))]
    with pytest.raises(ValueError, match="same months"):
        charts.compare(
            summary=short, scenarios=(frames.PLAN, frames.NOTHING), measure="fte", as_of=NOW
        )


def test_vacancies_avoided_and_added_are_told_apart() -> None:
    both = frames.summary()
    better = charts.vacancies_with_without(
        summary=both, scenario=frames.PLAN, family="cyber", as_of=NOW
    )
    worse = charts.vacancies_with_without(
        summary=both, scenario=frames.NOTHING, baseline=frames.PLAN, family="cyber", as_of=NOW
    )
    same = charts.vacancies_with_without(
        summary=both, scenario=frames.PLAN, baseline=frames.PLAN, family="cyber", as_of=NOW
    )
    assert better.title.startswith("“Grow and keep” cuts cyber vacancies to 2.9 FTE")
    assert worse.title.startswith("“Do nothing” raises cyber vacancies to 6.9 FTE")
    assert "leaves cyber vacancies where “Grow and keep” leaves them" in same.title
    assert better.title.endswith("against 6.9 without it")
    assert worse.title.endswith("against 2.9 with “Grow and keep”")


def test_supply_quotes_the_vacancies_not_the_netted_gap() -> None:
    summary = frames.summary()
    netted = summary["measure"].eq("vacancies") & summary["family"].eq("all")
    summary.loc[netted, "p50"] = 14.7
    figure = charts.supply_demand(summary=summary, scenario=frames.PLAN, as_of=NOW)
    assert figure.title == (
        "Digital roles are 15 FTE short of 147 funded in Sep 2029: 10% of posts vacant"
    )


def test_supply_without_a_shortage_says_so() -> None:
    summary = frames.summary()
    summary.loc[summary["measure"].eq("vacancies"), "p50"] = 0.01
    figure = charts.supply_demand(summary=summary, scenario=frames.PLAN, family="cyber", as_of=NOW)
    assert figure.title == "Cyber roles have all 36 funded FTE filled by Sep 2029"


def test_family_bars_leave_the_rest_of_the_organisation_out() -> None:
    rest = frames.measures().iloc[[0]].assign(fte=2000.0, establishment_fte=2500.0)
    rest = rest.assign(vacancies_fte=500.0, vacancy_rate=0.2)
    others = [rest.assign(family=each) for each in ("not_digital", "all")]
    measures = pd.concat([frames.measures(), *others])
    figure = charts.family_bars(measures=measures, as_of=NOW)
    assert figure.title == "18 of 147 funded digital FTE are vacant; cyber is shortest, at 14%"
    assert figure.table["Role family"].tolist() == [
        "Cyber security", "Data", "Digital transformation", "Other digital",
    ]  # fmt: skip
    assert "Cyber security: 31 of 36 FTE filled, 14% vacant." in figure.alt


def test_family_bars_say_where_funded_posts_are_not_known() -> None:
    measures = frames.measures().assign(
        establishment_fte=float("nan"), vacancies_fte=float("nan"), vacancy_rate=float("nan")
    )
    figure = charts.family_bars(measures=measures, as_of=NOW)
    assert "not known" in figure.title
    assert "31 FTE in post, funded posts not known" in figure.alt


def test_turnover_parts_add_up_to_the_whole() -> None:
    figure = charts.turnover_bars(measures=frames.measures(), as_of=NOW)
    parts = figure.table[["Resigned (%)", "Retired (%)", "Contract ended (%)", "Other reason (%)"]]
    whole = figure.table["Turnover (% of mean headcount)"]
    assert (parts.sum(axis=1) - whole).abs().max() <= 0.2, "rounding apart"
    assert figure.title == "Cyber turnover is highest: 26% left in 12 months, 19% by resigning"


def test_turnover_of_the_rest_is_shown_but_makes_no_headline() -> None:
    rest = frames.measures().iloc[[0]].assign(family="not_digital", turnover=0.6)
    figure = charts.turnover_bars(measures=pd.concat([frames.measures(), rest]), as_of=NOW)
    assert figure.title.startswith("Cyber turnover is highest")
    assert "Not digital" in figure.table["Role family"].tolist()


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"turnover": float("nan")}, "Turnover is not known: the data hold no leavers"),
        (
            {"leavers": 0, "turnover": 0.0},
            "Nobody left a digital role in the last 12 months",
        ),
    ],
)
def test_turnover_without_leavers(change: dict[str, float], title: str) -> None:
    measures = frames.measures().assign(**change)
    assert charts.turnover_bars(measures=measures, as_of=NOW).title == title


def test_profile_shares_add_to_the_whole_and_bands_keep_their_order() -> None:
    stock = pd.DataFrame(
        {
            "family": ["cyber"] * 4 + ["data"] * 2,
            "tenure_months": [3, 8, 30, 200, 30, 70],
            "people": [1, 1, 1, 1, 3, 1],
        }
    )
    figure = charts.profile(stock=stock, by="tenure", as_of=NOW)
    assert figure.title == (
        "Cyber has the most newcomers: 50% of its people have been here less than a year"
    )
    cyber = figure.table.set_index("Role family").loc["Cyber security"]
    assert cyber["0-6 months (%)"] == 25.0
    assert cyber["10+ years (people)"] == 1
    shares = [header for header in figure.table.columns if header.endswith("(%)")]
    assert figure.table[shares].sum(axis=1).tolist() == [100.0, 100.0]
    assert [each.split(" (")[0] for each in shares] == [
        "0-6 months", "6-12 months", "2-5 years", "5-10 years", "10+ years",
    ]  # fmt: skip


def test_monthly_history_counts_the_last_twelve_months() -> None:
    hires = [9] * 12 + [0] * 11 + [5]
    monthly = pd.DataFrame(
        {"month": range(NOW - 23, NOW + 1), "family": "data", "leavers": 1, "hires": hires}
    )  # fmt: skip
    figure = charts.monthly_history(monthly=monthly, as_of=NOW, family="data")
    assert figure.title == (
        "More people left data roles than joined in the 12 months to Sep 2026: 12 against 5"
    )
    assert figure.table["Net (people)"].sum() == 113 - 24
    with pytest.raises(ValueError, match="no joiners or leavers"):
        charts.monthly_history(monthly=monthly, as_of=NOW, family="cyber")


def test_rates_show_weight_benchmark_and_interval() -> None:
    figure = charts.rate_intervals(rates=frames.rate_rows())
    assert figure.title == (
        "The resignation rate is highest in cyber roles: about 17% a year (12% to 24%)"
    )
    assert "benchmark 14%, your data 35%, benchmark 65%" in figure.alt
    assert figure.table["Weight of your data (%)"].tolist() == [35.0, 41.0, 38.0, 22.0]
    with pytest.raises(ValueError, match="retirement"):
        charts.rate_intervals(rates=frames.rate_rows(), measure="retirement")


def test_time_to_hire_is_in_days() -> None:
    row = RateRow(
        "time_to_hire", "cyber", 92.0, 70.0, 121.0, "days", 0.4, 80.0, 12.0, 85.0, "A survey"
    )
    figure = charts.rate_intervals(rates=[row], measure="time_to_hire")
    assert (
        figure.title == "The cyber time to hire is about 92 days (90% interval 70 days to 121 days)"
    )
    assert figure.table["Estimate (days)"].tolist() == [92.0]


def test_pipeline_accounts_for_everybody_who_starts() -> None:
    figure = charts.pipeline_flow(
        pipeline=frames.pipeline(), scenario=frames.PLAN, as_of=NOW, end=NOW + 36
    )
    people = figure.table.set_index("Stage")["Expected (people)"]
    ways = [
        "Passed",
        "Still in training",
        "Withdrew, stayed in another job",
        "Withdrew and left",
        "Did not pass",
    ]
    assert people[ways].sum() == pytest.approx(people["Started"], abs=0.25)
    after = [
        "Moved into a skilled post",
        "Waiting for a post",
        "Moved to another job here",
        "Left: no post vacant",
    ]
    assert people[after].sum() == pytest.approx(people["Passed"], abs=0.25)
    assert figure.title == (
        "Of 20 apprentices, 7.1 are in a skilled post in Sep 2029 and 5.1 are still in training"
    )


def test_pipeline_of_one_programme_keeps_its_ranges() -> None:
    figure = charts.pipeline_flow(
        pipeline=frames.pipeline(), scenario=frames.PLAN, as_of=NOW, end=NOW + 36, programme_id="A"
    )
    assert figure.title.startswith("Of 12 apprentices")
    assert "80% low (people)" in figure.table.columns
    both = charts.pipeline_flow(
        pipeline=frames.pipeline(), scenario=frames.PLAN, as_of=NOW, end=NOW + 36
    )
    assert "80% low (people)" not in both.table.columns, "ranges of programmes do not add up"


def _subtitle(*programmes: tuple[str, str]) -> str:
    rows = frames.pipeline()
    one = rows[rows["programme_id"] == "A"]
    several = pd.concat([one.assign(programme_id=key, programme=name) for key, name in programmes])
    figure = charts.pipeline_flow(pipeline=several, scenario=frames.PLAN, as_of=NOW, end=NOW + 36)
    return figure.subtitle.split("”. ")[-1]


def test_pipeline_names_what_is_planned_and_counts_groups_in_training() -> None:
    running = [(f"in-training/data/{k}", f"Already in training: Standard {k}") for k in range(4)]
    planned = [(f"p{k}", f"Programme {k}") for k in range(3)]
    assert _subtitle(*running, *planned[:1]) == "Programme 0 and 4 groups already in training."
    assert _subtitle(*running[:1], *planned[:2]) == (
        "Programme 0, Programme 1 and 1 group already in training."
    )
    assert _subtitle(*running, *planned) == (
        "3 programmes together and 4 groups already in training."
    )
    assert _subtitle(*running) == "4 groups already in training."
    assert _subtitle(*running[:1]) == "Already in training: Standard 0."


def test_pipeline_bands_are_as_high_as_their_people() -> None:
    figure = charts.pipeline_flow(
        pipeline=frames.pipeline(), scenario=frames.PLAN, as_of=NOW, end=NOW + 36
    )
    ribbons = figure.chart.layer[0].data
    heights = (ribbons["y2"] - ribbons["y"]).groupby(ribbons["link"]).agg(["min", "max"])
    assert heights.loc["achieved"].tolist() == pytest.approx([9.7, 9.7])
    assert heights.loc["withdrawn_left"].tolist() == pytest.approx([2.4, 2.4])


def test_pipeline_without_starts_is_refused() -> None:
    empty = frames.pipeline().assign(mean=0.0)
    with pytest.raises(ValueError, match="nobody starts"):
        charts.pipeline_flow(pipeline=empty, scenario="S", as_of=NOW, end=NOW + 36)


def test_cohorts_add_arrivals_up() -> None:
    training, arrivals = (
        _flat([4.0, 4.0, 2.0], "apprentices_in_training"),
        _flat([0.0, 0.5, 1.0], "apprentices_converted"),
    )
    figure = charts.cohort_timeline(
        summary=pd.concat([training, arrivals]), scenario="S", family="cyber", as_of=NOW
    )
    assert figure.table["In skilled posts, added up (people)"].tolist() == [0.0, 0.5, 1.5]
    assert figure.title == (
        "1.5 cyber apprentices have moved into skilled posts by Dec 2026; 2.0 are still in training"
    )


def test_levers_are_sorted_and_the_overlap_is_named() -> None:
    figure = charts.lever_effects(
        levers=frames.levers(), grades=frames.GRADES, combined=Effect(0.81, 0.71, 0.93)
    )
    assert figure.title == "Together the 5 levers lead to 19% fewer resignations (7.0% to 29%)"
    table = figure.table
    assert table["Lever"].tolist()[:2] == ["Visible career paths", "Hybrid working"]
    # 1 - 0.93 x 0.91 x 0.955 x 0.96 x 0.985
    assert table["Fewer resignations (%)"].tolist()[-1] == 23.6
    assert "Line-manager training (C): 4.5% fewer (from 1.0% more to 10% fewer)" in figure.alt


def test_a_lever_that_backfires_says_more_and_stands_left_of_the_line() -> None:
    lever = pd.DataFrame(
        {"lever_id": ["X"], "name": ["Return to office"], "p": [1.2], "low": [1.05], "high": [1.4]}
    )
    figure = charts.lever_effects(levers=lever)
    assert figure.title == "None of these levers is expected to reduce resignations"
    assert "Return to office: 20% more (from 40% more to 5.0% more)" in figure.alt
    domain = figure.chart.layer[0].to_dict(context={"top_level": False})["encoding"]["x"]["scale"][
        "domain"
    ]
    assert domain[0] < -0.4 < 0 < domain[1], "the whole range must be in view"


def test_no_lever_is_refused() -> None:
    with pytest.raises(ValueError, match="no lever"):
        charts.lever_effects(levers=frames.levers().iloc[:0])
