"""What the page shows as vacancies ahead, with and without their own history."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workforce.assurance.combine import Band, VacancyCheck
from workforce.domain.plan import BASELINE_NAME
from workforce.intake import SourceFile
from workforce.projection import Projection
from workforce.workflow import Analysis, analyse, load_models, read_files, run_plans
from workforce.workflow.vacancies import vacancies_ahead

ROOT = Path(__file__).parents[3]
STAFF = (
    "Employee ID,Job title,FTE,Start date\n"
    + "\n".join(f"{each},Data analyst,1,2019-0{each % 9 + 1}-01" for each in range(40))
    + "\n"
)
POSTS = "Post ID,Job title,Funded FTE\n1,Data analyst,50\n"


@pytest.fixture(scope="module")
def started() -> tuple[Analysis, Projection]:
    import datetime

    models = load_models(ROOT / "models")
    files = [SourceFile("staff.csv", STAFF.encode()), SourceFile("posts.csv", POSTS.encode())]
    analysed = analyse(read_files(files, models, today=datetime.date(2026, 1, 31)), models)
    return analysed, run_plans(analysed, models, [], draws=50, seed=1, months=15)


def checked(last: float, wins: tuple[bool, bool, bool]) -> VacancyCheck:
    known = last + np.linspace(-1, 0, 24) + np.tile([0.2, 0.0], 12)
    bands = tuple(
        Band(first, end, 0.2, 0.1, 0.75, won)
        for (first, end), won in zip(((1, 3), (4, 6), (7, 12)), wins, strict=True)
    )
    table = pd.DataFrame(columns=["horizon", "method", "forecasts", "crps"])
    return VacancyCheck("recruitments under way", known, tuple(range(8)), bands, table)


def vacancies(frame: pd.DataFrame, family: str) -> np.ndarray:
    rows = frame[(frame["measure"] == "vacancies") & (frame["family"] == family)]
    return rows["mean"].to_numpy()


def now(analysed: Analysis) -> float:
    cells = analysed.opening.cells
    return float(analysed.opening.establishment_fte.sum() - cells.fte.sum())


def test_where_it_won_all_families_together_are_combined_and_nothing_else(
    started: tuple[Analysis, Projection],
) -> None:
    analysed, run = started
    plain = run.summary()
    found = vacancies_ahead(
        analysed, run, plain, checked(now(analysed), (True, False, False)), scenario=BASELINE_NAME
    )
    before, after = vacancies(plain, "all"), vacancies(found.summary, "all")
    assert (after[:3] != before[:3]).all()
    assert after[3:] == pytest.approx(before[3:])
    others = ~((plain["measure"] == "vacancies") & (plain["family"] == "all"))
    pd.testing.assert_frame_equal(found.summary[others], plain[others])
    assert found.label.startswith("Months 1 to 3: stock and flow together")
    assert "always comes from stock and flow" in found.sentence


def test_a_history_that_counts_something_else_is_not_mixed_in(
    started: tuple[Analysis, Projection],
) -> None:
    analysed, run = started
    other = checked(now(analysed) + 30, (True, True, True))
    found = vacancies_ahead(analysed, run, run.summary(), other, scenario=BASELINE_NAME)
    assert found.label == ""
    assert "which is not what the history counts" in found.sentence
    pd.testing.assert_frame_equal(found.summary, run.summary())


def test_where_it_lost_or_was_not_run_stock_and_flow_stay(
    started: tuple[Analysis, Projection],
) -> None:
    analysed, run = started
    lost = checked(now(analysed), (False, False, False))
    for check, words in (
        (lost, "so stock and flow alone are shown"),
        (None, "checked with the track record"),
        (replace(lost, source="", bands=()), "hold no monthly history of vacancies"),
    ):
        found = vacancies_ahead(analysed, run, run.summary(), check, scenario=BASELINE_NAME)
        assert found.label == ""
        assert words in found.sentence
        pd.testing.assert_frame_equal(found.summary, run.summary())
