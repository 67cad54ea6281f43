"""Charts of counts of which some are not shown: they draw what is there and say what is not."""

import math

import chart_frames as frames
import pandas as pd
import pytest

from workforce import charts
from workforce.charts import Figure
from workforce.domain.circulation import FORECAST, NOT_FOR_CIRCULATION, Circulation, Mark

NOW = frames.AS_OF
MARK = Mark(Circulation.PROTECTED, "Counts of 1 to 4 people are not shown.")


def test_note_of_the_mark_stands_beneath_the_figure() -> None:
    figure = charts.family_bars(measures=frames.measures(), as_of=NOW, mark=MARK)
    assert figure.source.endswith(MARK.note)


def test_figure_of_forecasts_alone_needs_no_disclosure_control() -> None:
    summary = frames.summary()
    own = {"summary": summary, "scenario": frames.PLAN, "as_of": NOW}
    assert charts.fan(**own, measure="vacancies").mark == FORECAST
    assert charts.supply_demand(**own).mark == FORECAST
    assert charts.vacancies_with_without(**own).mark == FORECAST


@pytest.mark.parametrize("builder", ["fan", "supply_demand", "vacancies_with_without"])
def test_anything_observed_in_a_forecast_takes_its_mark_along(builder: str) -> None:
    own = {"summary": frames.summary(), "scenario": frames.PLAN, "as_of": NOW}
    past = {"history": frames.history()} if builder != "vacancies_with_without" else {"now": 5.2}
    measure = {"measure": "fte"} if builder == "fan" else {}
    with pytest.raises(ValueError, match="disclosure control"):
        getattr(charts, builder)(**own, **past, **measure).checked()
    assert getattr(charts, builder)(**own, **past, **measure, mark=MARK).checked() == MARK


def _hidden() -> pd.DataFrame:
    rows = frames.measures()
    cyber = rows["family"] == "cyber"
    rows[["fte", "vacancies_fte", "vacancy_rate", "leavers", "turnover"]] = rows[
        ["fte", "vacancies_fte", "vacancy_rate", "leavers", "turnover"]
    ].mask(cyber)
    whole = {"family": "all", "fte": 129.4, "establishment_fte": 147.0, "vacancies_fte": 17.6,
             "vacancy_rate": 17.6 / 147, "leavers": 25, "turnover": 0.19,
             "leavers_months": 12}  # fmt: skip
    rows = pd.concat([rows, pd.DataFrame([whole])], ignore_index=True)
    return rows.assign(people="fewer than 5", left="not shown")


def test_posts_of_a_family_that_is_not_shown() -> None:
    figure = charts.family_bars(measures=_hidden(), as_of=NOW, total=True, mark=MARK)
    assert "Cyber security: fewer than 5 people in post, 36 FTE funded." in figure.alt
    assert figure.title.startswith("18 of 147 funded digital FTE are vacant"), figure.title
    assert math.isnan(figure.table["In post (FTE)"].iloc[0])


def test_turnover_that_is_not_shown_is_named_and_not_drawn() -> None:
    figure = charts.turnover_bars(measures=_hidden(), as_of=NOW, total=True, mark=MARK)
    assert "Cyber security: not shown." in figure.alt
    assert "reason not shown 19%" in figure.alt, "of all together only the total is known"
    assert figure.table["Role family"].tolist()[-1] == "All digital"


def test_turnover_over_two_years_is_a_yearly_rate() -> None:
    rows = frames.measures().assign(leavers_months=24)
    figure = charts.turnover_bars(measures=rows, as_of=NOW, mark=MARK)
    assert "a year over 24 months" in figure.title
    assert "Leavers in 24 months (people)" in figure.table.columns


def _averaged(leavers: float, hires: float) -> pd.DataFrame:
    months = range(NOW - 23, NOW + 1)
    return pd.DataFrame(
        [
            {"month": month, "family": "all", "leavers": leavers, "hires": hires,
             "leavers_span": 12, "hires_span": 6}
            for month in months
        ]
    )  # fmt: skip


def test_months_put_together_are_added_up_again() -> None:
    figure = charts.monthly_history(monthly=_averaged(0.5, 1.0), as_of=NOW, mark=MARK)
    assert figure.table["Months"].tolist() == ["Oct 2024 to Sep 2025", "Oct 2025 to Sep 2026"]
    assert figure.table["Left (people)"].tolist() == [6, 6]
    assert figure.table["Joined (people)"].tolist() == [12, 12]
    assert figure.title == (
        "More people joined digital roles than left in the 12 months to Sep 2026: 12 against 6"
    )


def test_flow_that_is_not_shown_leaves_the_other_one() -> None:
    figure = charts.monthly_history(monthly=_averaged(0.5, float("nan")), as_of=NOW, mark=MARK)
    assert figure.title == "6 people left digital roles in the 12 months to Sep 2026"
    assert "a number not shown joined" in figure.alt


def test_forecast_says_over_how_many_months_the_past_is_averaged() -> None:
    past = _averaged(0.5, 1.0)
    figure = charts.fan(
        summary=frames.summary(), scenario=frames.NOTHING, measure="leavers", as_of=NOW,
        history=past, mark=MARK,
    )  # fmt: skip
    assert "Observed: averages a month over 12 months" in figure.subtitle
    assert "after 6 in the 12 months before" in figure.title


def test_headcount_that_is_not_shown_today_starts_no_forecast() -> None:
    past = frames.history().assign(headcount=float("nan"))
    figure = charts.fan(
        summary=frames.summary(), scenario=frames.NOTHING, measure="headcount", as_of=NOW,
        family="cyber", history=past, mark=MARK,
    )  # fmt: skip
    assert figure.table["Month"].iloc[0] == "Oct 2026", "the first month is a forecast"


def _profile(people: list[float]) -> Figure:
    cells = pd.DataFrame(
        {"family": ["cyber", "cyber", "all", "all"], "band": ["under 55", "55 and over"] * 2,
         "people": people, "total": [12, 12, 40, 40]}
    )  # fmt: skip
    return charts.profile(stock=cells, by="age", as_of=NOW, mark=MARK)


def test_profile_draws_what_is_shown_of_the_whole_row() -> None:
    figure = _profile([float("nan"), float("nan"), 30.0, 10.0])
    assert "Cyber security: under 55 not shown, 55 and over not shown." in figure.alt
    assert "All digital: under 55 75%, 55 and over 25%." in figure.alt
    assert figure.title == "25% of people in digital roles are 55 or over"


def test_working_view_is_said_on_the_figure() -> None:
    mark = Mark(Circulation.WORKING, NOT_FOR_CIRCULATION)
    figure = charts.family_bars(measures=frames.measures(), as_of=NOW, mark=mark)
    assert "Not for circulation" in figure.source
