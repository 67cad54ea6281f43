"""The backtest on a simulated organisation, from the frames to the command line."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from assurance_cases import extract_of, simulated_extract

from workforce.__main__ import main
from workforce.assurance import Backtest, as_known, backtest, plan_origins, track_record
from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES
from workforce.history import build_history
from workforce.intake import Extract
from workforce.sample import simulate

FORECAST_COLUMNS = [
    "origin", "month", "horizon", "family", "measure", "mean", "p2_5", "p10", "p25", "p50", "p75",
    "p90", "p97_5", "observed",
]  # fmt: skip


@pytest.fixture(scope="module")
def council() -> Extract:
    return simulated_extract(simulate(size=400, years=3, seed=21))


@pytest.fixture(scope="module")
def found(council: Extract, evidence: Evidence) -> Backtest:
    origins = [date(2024, 12, 31), date(2025, 9, 30)]
    return backtest(
        council, evidence, families=list(ALL_FAMILIES), origins=origins, draws=60, seed=2
    )


def test_every_month_ahead_is_compared_with_what_happened(
    council: Extract, found: Backtest
) -> None:
    rows = found.forecasts
    assert list(rows.columns)[:14] == FORECAST_COLUMNS
    assert rows["observed"].notna().all()
    monthly = build_history(council).monthly
    by_month = monthly.groupby("month")[["leavers", "organisational_event", "hires"]].sum()
    year = by_month.loc[12 * 2025 : 12 * 2025 + 11].sum()
    total = rows.query("origin == '2024-12' and family == 'all' and horizon == 12").set_index(
        "measure"
    )
    assert total.loc["leavers_12m", "observed"] == year["leavers"] - year["organisational_event"]
    assert total.loc["hires_12m", "observed"] == year["hires"]
    assert total.loc["headcount", "month"] == "2025-12"


def test_families_add_up_to_all_in_the_mean(found: Backtest) -> None:
    rows = found.forecasts.query("measure == 'leavers_12m'").set_index("family")
    for origin in ("2024-12", "2025-09"):
        means = rows[rows["origin"] == origin]["mean"]
        assert means.drop("all").sum() == pytest.approx(means["all"])


def test_scores_cover_every_method_and_lie_in_range(found: Backtest) -> None:
    scores = found.scores
    assert list(scores.columns) == [
        "measure", "horizon", "method", "forecasts", "mase", "crps", "cover50", "cover80",
        "cover95", "width95",
    ]  # fmt: skip
    assert set(scores["method"]) == {"ours", "naive", "seasonal naive", "exponential smoothing"}
    assert (scores[["crps", "width95"]] >= 0).all().all()
    assert (
        (scores["cover50"] <= scores["cover80"]) & (scores["cover80"] <= scores["cover95"])
    ).all()
    assert not scores.duplicated(["measure", "horizon", "method"]).any()


def test_the_same_seed_gives_the_same_backtest_and_it_is_plain_json(
    council: Extract, evidence: Evidence, found: Backtest
) -> None:
    again = backtest(
        council,
        evidence,
        families=list(ALL_FAMILIES),
        origins=list(found.origins),
        draws=60,
        seed=2,
    )
    pd.testing.assert_frame_equal(found.forecasts, again.forecasts, check_exact=True)
    pd.testing.assert_frame_equal(found.scores, again.scores, check_exact=True)
    text = json.dumps(found.as_dict(), allow_nan=False)
    report = json.loads(text)
    assert report["origins"] == ["2024-12-31", "2025-09-30"]
    assert report["vacancies"]["source"] == "recruitments under way at the end of each month"
    assert report["vacancies"]["combined"] is False, (
        "one date with a year of vacancies before it is too few to tell"
    )
    assert "the files give 1." in report["vacancies"]["sentence"]


def test_standing_at_an_earlier_date_keeps_the_headcount_of_that_date(council: Extract) -> None:
    monthly = build_history(council).monthly.groupby("month")["headcount"].sum()
    for day in (date(2024, 3, 31), date(2025, 6, 30), date(2026, 2, 28)):
        then = build_history(as_known(council, day))
        assert then.stock["people"].sum() == monthly[then.as_of]


def test_origins_leave_a_year_of_leavers_before_them(council: Extract) -> None:
    origins = plan_origins(council, build_history(council)).origins
    assert origins[-1] == date(2026, 6, 30)
    assert origins[0] == date(2024, 9, 30), "the window opens on 1 October 2023"
    assert len(origins) == 8


def test_a_history_too_short_says_so(evidence: Evidence) -> None:
    short = simulated_extract(simulate(size=100, years=1, seed=3))
    found = backtest(short, evidence, families=list(ALL_FAMILIES), draws=20)
    assert found.forecasts.empty
    assert found.scores.empty
    assert "not observed for long enough" in found.notes[0]
    assert track_record(found) == ()


def test_without_leavers_there_is_nothing_to_compare(council: Extract, evidence: Evidence) -> None:
    staff = council.people[council.people["leave_date"].isna()]
    found = backtest(
        extract_of(staff, council.as_of, None), evidence, families=list(ALL_FAMILIES), draws=20
    )
    assert found.origins == ()


def test_the_track_record_counts_what_the_rows_say(found: Backtest) -> None:
    own = found.forecasts.query("family == 'all' and measure == 'leavers_12m'")
    inside = int(((own["observed"] >= own["p10"]) & (own["observed"] <= own["p90"])).sum())
    sentence = track_record(found)[0]
    assert f"of {len(own)} forecasts, {inside} fell inside the 80% range" in sentence
    assert f"{own['observed'].sum():,.0f} came about" in sentence


def test_the_command_prints_one_json_object(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from workforce.sample import write_sample

    path = tmp_path / "small.xlsx"
    write_sample(path, size=120, years=2, seed=4)
    code = main(["backtest", str(path), "--json", "--draws", "20", "--scope", "everyone"])
    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert set(printed["forecasts"][0]) >= set(FORECAST_COLUMNS)
    assert {row["measure"] for row in printed["forecasts"]} >= {
        "leavers",
        "leavers_12m",
        "headcount",
    }
    assert {row["method"] for row in printed["scores"]} >= {"ours", "naive", "seasonal naive"}
    assert printed["candidates"]["used"] == "regression", "two years are too few to choose by"
    assert set(printed["candidates"]["used_at"]) == set(printed["origins"])
    assert "too short to choose" in printed["candidates"]["sentence"]
    folder = tmp_path / "run"
    assert main(["project", str(path), "--draws", "20", "--scope", "everyone", "--months", "6",
                 "--out", str(folder)]) == 0  # fmt: skip
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["resignations_fitted_by"] == {
        key: printed["candidates"][key] for key in ("used", "best", "sentence")
    }
