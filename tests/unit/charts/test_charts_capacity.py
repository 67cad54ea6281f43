"""The figure of effective capacity says what its frame says."""

import chart_frames as frames
import pytest

from workforce import charts
from workforce.domain.circulation import Circulation


def _figure(scenario: str = frames.PLAN) -> charts.Figure:
    return charts.effective_capacity(
        summary=frames.summary(),
        scenario=scenario,
        baseline=frames.NOTHING,
        as_of=frames.AS_OF,
        family="cyber",
    )


def _median(measure: str, scenario: str = frames.PLAN) -> float:
    rows = frames.summary()
    picked = rows[
        (rows["scenario"] == scenario) & (rows["family"] == "cyber") & (rows["measure"] == measure)
    ]
    return float(picked["p50"].iloc[-1])


def test_title_and_table_state_the_work_done_and_the_posts() -> None:
    figure = _figure()
    done, funded = _median("effective_capacity"), _median("establishment")
    assert f"{100 * done / funded:.0f}%" in figure.title
    last = figure.table.iloc[-1]
    assert last["Work done, median (FTE)"] == pytest.approx(done, abs=0.06)
    assert last["Work done, doing nothing (FTE)"] == pytest.approx(
        _median("effective_capacity", frames.NOTHING), abs=0.06
    )
    assert last["Funded posts (FTE)"] == pytest.approx(funded, abs=0.06)
    assert len(figure.table) == 36
    assert figure.mark.circulation is Circulation.FORECAST


def test_doing_nothing_alone_has_one_line() -> None:
    both, alone = (str(_figure(name).chart.to_dict()) for name in (frames.PLAN, frames.NOTHING))
    assert "'nothing'" in both or '"nothing"' in both
    assert both.count("mark") > alone.count("mark"), "no second line of the same numbers"


def test_a_summary_without_capacity_is_refused() -> None:
    rows = frames.summary()
    with pytest.raises(ValueError, match="effective_capacity"):
        charts.effective_capacity(
            summary=rows[rows["measure"] != "effective_capacity"],
            scenario=frames.PLAN,
            baseline=frames.NOTHING,
            as_of=frames.AS_OF,
        )
