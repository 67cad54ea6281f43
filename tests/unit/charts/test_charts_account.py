"""The account of a headcount: bars that lead from the first mark to the last."""

import itertools

import chart_frames as frames
import pandas as pd
import pytest

from workforce import charts
from workforce.charts import Figure
from workforce.charts.account import line_words


def _figure(flows: pd.DataFrame, opening: float = 31.0, closing: float = 27.4) -> Figure:
    return charts.headcount_account(
        flows=flows, levels=(opening, closing), scenario=frames.NOTHING,
        months=(frames.AS_OF + 1, frames.AS_OF + 36), as_of=frames.AS_OF, family="cyber",
    )  # fmt: skip


def test_the_finding_says_who_was_there_went_came_and_is_there() -> None:
    assert _figure(frames.account()).title == (
        "Cyber, Oct 2026 to Sep 2029: 31.0 people in post, 15.5 go, 11.9 come, 27.4 at the end"
    )


def test_bars_lead_from_the_first_mark_to_the_last() -> None:
    spec = _figure(frames.account()).chart.to_dict()
    tables = [rows for rows in spec["datasets"].values() if "from" in rows[0]]
    bars = next(rows for rows in tables if rows[0]["kind"] != "Level")
    assert bars[0]["from"] == 31.0
    for before, after in itertools.pairwise(bars):
        assert after["from"] == pytest.approx(before["to"])
    assert bars[-1]["to"] == pytest.approx(27.4)
    assert "Redundancies and transfers out" not in [row["name"] for row in bars]


def test_the_table_holds_every_line_and_adds_up() -> None:
    table = _figure(frames.account()).table
    assert len(table) == 9, "lines that are nothing stand here too"
    change, after = table["Change (people)"], table["In post after it (people)"]
    assert after.iloc[0] + change.sum() == pytest.approx(after.iloc[-1])
    assert after.iloc[-2] == after.iloc[-1]


def test_a_month_without_any_change_is_still_a_picture() -> None:
    figure = _figure(frames.account().assign(shown=0.0), closing=31.0)
    assert "nobody comes or goes" in figure.alt
    assert "31.0 people in post, 0 go, 0 come" in figure.title


def test_a_line_that_has_no_words_keeps_its_name() -> None:
    assert line_words("something_new_in") == "Something new in"
