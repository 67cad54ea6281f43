"""Charts of assurance: what they say is what the frames hold."""

import pytest
import record_frames as frames

from workforce import charts
from workforce.charts import Figure
from workforce.charts.record import intervals
from workforce.domain.differences import DifferenceKind


def layers(figure: Figure) -> list[dict]:
    return figure.chart.to_dict(validate=True)["layer"]


def data_of(figure: Figure, mark: str) -> list[dict]:
    spec = figure.chart.to_dict()
    layer = next(each for each in spec["layer"] if each["mark"]["type"] == mark)
    return spec["datasets"][layer["data"]["name"]]


def test_a_year_ahead_says_how_many_forecasts_held() -> None:
    figure = charts.track_record(forecasts=frames.forecasts(), measure="leavers_12m")
    assert figure.title.endswith("9 of 10 forecasts a year ahead held their 80% range")
    assert figure.table["Inside 80%"].tolist().count("no") == 1
    marks = data_of(figure, "point")
    assert [each["happened"] for each in marks].count("Happened, outside it") == 1
    assert "Outside: Sep 2024." in figure.alt


def test_by_month_the_latest_forecast_counts() -> None:
    figure = charts.track_by_month(forecasts=frames.forecasts(), measure="leavers")
    # Origins three months apart: of each month's forecasts the one made one to three months before
    # counts, up to a year after the last origin; two months ahead is the planted miss.
    rows = figure.table
    assert len(rows) == 36
    assert rows["Month"].is_unique
    outside = rows[rows["Inside 80%"] == "no"]
    assert len(outside) == 9, "every third month until the last origin, and the one after it"
    assert "of the last 12 months, 11 fell inside the 80% range" in figure.title


def test_what_was_not_forecast_is_refused() -> None:
    table = frames.forecasts()
    with pytest.raises(ValueError, match="no forecast of hires_12m"):
        charts.track_record(forecasts=table, measure="hires_12m")
    with pytest.raises(ValueError, match="by month"):
        charts.track_by_month(forecasts=table, measure="headcount")
    with pytest.raises(ValueError, match="nothing of"):
        charts.scored_forecast(
            months=frames.scored_months(), scenario="Mine", measure="headcount", as_of=frames.THEN
        )
    with pytest.raises(ValueError, match="not checked"):
        charts.group_ratios(groups=frames.groups(), characteristic="Age")


def test_a_scored_forecast_says_where_the_end_lies() -> None:
    figure = charts.scored_forecast(
        months=frames.scored_months(),
        scenario="Do nothing",
        measure="leavers_total",
        as_of=frames.THEN,
    )
    assert figure.title == (
        "Digital leavers by Sep 2026: 24 expected, 42 came about, above the 80% range"
    )
    inside = charts.scored_forecast(
        months=frames.scored_months(), scenario="Do nothing", measure="headcount",
        as_of=frames.THEN,
    )  # fmt: skip
    assert inside.title.endswith("inside the 80% range")


def test_a_group_beyond_chance_is_named_and_others_are_not() -> None:
    figure = charts.group_ratios(groups=frames.groups(), characteristic="Sex")
    assert figure.title == "Sex: Female left 33% more often than expected"
    calm = frames.groups().assign(differs=False)
    figure = charts.group_ratios(groups=calm, characteristic="Sex")
    assert "all 3 groups leave about as often as expected" in figure.title


def test_outcomes_differ_by_shape_and_not_only_by_colour() -> None:
    for figure in (
        charts.track_record(forecasts=frames.forecasts(), measure="leavers_12m"),
        charts.group_ratios(groups=frames.groups(), characteristic="Sex"),
    ):
        points = [each for each in layers(figure) if each["mark"]["type"] == "point"]
        assert points
        assert all("shape" in each["encoding"] for each in points)


def test_the_table_is_rounded_as_shown() -> None:
    rows = frames.forecasts().assign(index=frames.FIRST, inside=True)
    table = intervals(rows)
    numbers = table.select_dtypes("float")
    assert (numbers == numbers.round(1)).all(axis=None)


def test_what_matters_most_comes_first_whichever_way_it_moves() -> None:
    figure = charts.impact_bars(effects=frames.effects(), scenario="Mine", end=frames.THEN)
    assert figure.title == "Most hangs on “People resign”: 6.0 to 14 vacant FTE"
    assert figure.table["Assumption"].tolist()[:2] == ["People resign", "Assumption 11"]
    assert len(figure.table) == 10
    with pytest.raises(ValueError, match="no effect"):
        charts.impact_bars(effects=frames.effects().iloc[:0], scenario="Mine", end=frames.THEN)


def test_the_directorate_that_is_furthest_from_the_others_is_the_headline() -> None:
    kind = DifferenceKind.DEPARTMENT
    figure = charts.resigning_differences(rows=frames.differences(), kind=kind)
    assert figure.title == (
        "directorate 0: people resign 1.6 times as often as like people elsewhere"
    )
    assert len(figure.table) == 12
    assert "10 that differ most" in figure.how_to_read
    calm = frames.differences(3).assign(differs=False)
    figure = charts.resigning_differences(rows=calm, kind=kind)
    assert figure.title.startswith("Directorates: no difference")
    with pytest.raises(ValueError, match="no department"):
        charts.resigning_differences(rows=calm.iloc[:0], kind=kind)
