"""The waterfall: bars that add up, words that a reader can check against them."""

import itertools

import chart_frames as frames
import pandas as pd
import pytest

from workforce import charts
from workforce.charts import Figure


def _figure(parts: pd.DataFrame, baseline: float = 12.4, measure: str = "vacancies") -> Figure:
    return charts.waterfall(
        parts=parts,
        baseline=baseline,
        scenario=frames.PLAN,
        measure=measure,
        end=frames.AS_OF + 36,
        as_of=frames.AS_OF,
        family="cyber",
    )


def test_the_finding_names_both_ends_and_the_strongest_part() -> None:
    figure = _figure(frames.parts())
    assert figure.title == (
        "Cyber vacancies in Sep 2029: 6.4 FTE instead of 12.4; most by Cyber apprentices"
    )


def test_every_bar_begins_where_the_one_before_it_ended() -> None:
    figure = _figure(frames.parts())
    rows = next(
        rows
        for rows in figure.chart.to_dict()["datasets"].values()
        if "from" in rows[0] and "to" in rows[0]
    )
    assert len(rows) == 7
    assert rows[0]["from"] == 0
    for before, after in itertools.pairwise(rows[:-1]):
        assert after["from"] == pytest.approx(before["to"])
    assert rows[-1]["to"] == pytest.approx(rows[-2]["to"])
    shown = [float(row["text"].replace("−", "-").replace("+", "")) for row in rows]
    assert sum(shown[:-1]) == pytest.approx(shown[-1]), "the numbers shown add up as shown"


def test_the_overlap_is_explained_only_where_there_is_one() -> None:
    parts = frames.parts()
    assert "The overlap is what is left" in _figure(parts).how_to_read
    assert "overlap is what" not in _figure(parts[parts["key"] != "interaction"]).how_to_read


def test_a_plan_that_changes_nothing_says_so() -> None:
    still = frames.parts().assign(mean=0.0, low=0.0, high=0.0)
    title = _figure(still).title
    assert title == "Cyber vacancies in Sep 2029: 12.4 FTE with the plan and without it"


def test_flows_are_totals_up_to_the_last_month() -> None:
    figure = _figure(frames.parts().assign(mean=frames.parts()["mean"] * 10), 140.0, "leavers")
    assert figure.title.startswith("Cyber leavers by Sep 2029: in total 80 people instead of 140")


def test_two_parts_of_one_name_keep_a_bar_each() -> None:
    parts = frames.parts().assign(label="Cyber apprentices")
    names = _figure(parts).table["Part of the plan"]
    assert not names.duplicated().any()


def test_no_part_no_picture() -> None:
    with pytest.raises(ValueError, match="no part"):
        _figure(frames.parts().iloc[:0])


def test_long_names_go_on_in_the_next_line_and_stay_whole_in_the_table() -> None:
    name = "Cyber security technical professional (integrated degree) (level 6)"
    parts = frames.parts()
    figure = _figure(parts.assign(label=[name, *parts["label"].iloc[1:]]))
    rows = next(rows for rows in figure.chart.to_dict()["datasets"].values() if "to" in rows[0])
    assert rows[1]["name"] == name
    assert rows[1]["line"].replace("\n", " ") == name, "nothing is cut off"
    assert max(map(len, rows[1]["line"].split("\n"))) <= 36
    assert name in figure.table["Part of the plan"].tolist()


def test_what_stands_beside_the_bars_adds_up_where_rounding_each_would_not() -> None:
    # 10.04 + 3 x 0.04 = 10.16: shown 10.0 and 10.2, though every part alone rounds to nothing.
    parts = frames.parts().iloc[:3].assign(mean=0.04, low=0.0, high=0.1)
    figure = _figure(parts, 10.04)
    changes = figure.table["Change (FTE)"].dropna()
    assert changes.sum() == pytest.approx(0.2)
    level = figure.table["Level after it (FTE)"]
    assert level.iloc[0] + changes.sum() == pytest.approx(level.iloc[-1])
