"""Costs as bars: the finding in words, small lines in the table only."""

import chart_frames as frames
import pandas as pd
import pytest

from workforce import charts
from workforce.charts import Figure


def _figure(changes: pd.DataFrame) -> Figure:
    return charts.cost_lines(
        changes=changes, scenario=frames.PLAN, end=frames.AS_OF + 36, as_of=frames.AS_OF
    )


def _budget(mean: float, low: float, high: float) -> pd.DataFrame:
    changes = frames.costs()
    rows = changes["key"] == "view/employer"
    changes.loc[rows, ["mean", "low", "high"]] = [mean, low, high]
    return changes


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        ((264_880, 120_000, 410_000), "£265k more than doing nothing (80% range £120k to £410k)"),
        (
            (-264_880, -410_000, -120_000),
            "£265k less than doing nothing (80% range £120k to £410k)",
        ),
        (
            (12_000, -8_000, 31_000),
            "£12,000 more than doing nothing (80% range −£8,000 to +£31,000)",
        ),
    ],
)
def test_the_finding_is_the_budget_with_its_range(
    budget: tuple[float, float, float], words: str
) -> None:
    title = _figure(_budget(*budget)).title
    assert title == f"By Sep 2029 the plan costs the budget {words}"


def test_a_budget_that_stays_is_said_to_stay() -> None:
    assert "£0 apart" in _figure(_budget(0, -10, 10)).title


def test_small_lines_stand_in_the_table_only() -> None:
    figure = _figure(frames.costs())
    drawn = next(rows for rows in figure.chart.to_dict()["datasets"].values() if "kind" in rows[0])
    assert [row["label"] for row in drawn] == [
        "Pay of people in post",
        "Agency cover of vacant posts",
        "Levers",
        "Work not done in vacant posts",
    ]
    assert {row["kind"] for row in drawn} == {"Money", "Time and work"}
    assert len(figure.table) == 9
    assert figure.table["Kind"].tolist().count("total") == 3


def test_no_line_no_picture() -> None:
    changes = frames.costs()
    with pytest.raises(ValueError, match="no line"):
        _figure(changes[changes["key"].str.startswith("view/")])
