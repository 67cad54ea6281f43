"""A forecast saved with a plan, and what happened since."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from assurance_cases import simulated_extract

from workforce.__main__ import main
from workforce.assurance import (
    as_known,
    forecast_from,
    keep_forecast,
    score_forecast,
    score_sentences,
)
from workforce.domain.defaults import lever_from_evidence
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.domain.forecast import (
    COLUMNS,
    KEPT_MONTHS,
    MEASURES,
    SavedForecast,
    forecast_from_json,
    plan_file,
)
from workforce.domain.months import month_of
from workforce.domain.plan import BASELINE_NAME, Plan
from workforce.domain.planfile import PlanBook
from workforce.history import History, build_history, opening
from workforce.intake import Extract
from workforce.sample import make_sample, simulate

THEN = date(2025, 9, 30)
NOW = date(2026, 9, 30)
FAMILIES = [str(family) for family in DIGITAL_FAMILIES]


@pytest.fixture(scope="module")
def council() -> Extract:
    return simulated_extract(simulate(size=900, years=4, seed=5, as_of=NOW))


@pytest.fixture(scope="module")
def now(council: Extract) -> History:
    return build_history(council)


@pytest.fixture(scope="module")
def saved(council: Extract, evidence: Evidence) -> SavedForecast:
    history = build_history(as_known(council, THEN))
    projection = forecast_from(history, evidence, FAMILIES, draws=200, seed=4)
    return keep_forecast(
        projection,
        opening(history, evidence, FAMILIES),
        scenarios=[BASELINE_NAME],
        data_digest="d" * 64,
        software="0.1",
        scope="digital",
        fictional=True,
    )


def test_a_forecast_is_the_same_after_a_trip_through_a_plan_file(
    saved: SavedForecast, evidence: Evidence
) -> None:
    lever = lever_from_evidence(next(iter(evidence.levers.values())), month_of(NOW))
    book = PlanBook((Plan("Mine", levers=(lever,)), Plan("Other")), "Mine")
    text = plan_file(book, saved)
    assert forecast_from_json(text) == saved
    assert PlanBook.from_json(text) == book, "the plans are read as before"
    assert PlanBook.from_json(plan_file(book)) == book
    assert len(text) < 200_000, "a plan file can be mailed"


def test_a_plan_file_of_before_has_no_forecast_and_still_opens() -> None:
    book = PlanBook((Plan("Mine"),), "Mine")
    assert forecast_from_json(book.to_json()) is None
    assert plan_file(book) == book.to_json()


@pytest.mark.parametrize(
    "damage",
    [
        {"lines": 3},
        {"columns": ["mean"]},
        {"as_of": "soon"},
        {"families": [{}]},
        {"lines": [["Do nothing", "headcount", "nobody", []]]},
        {"lines": [["Do nothing", "salary", "all", []]]},
        {"lines": [["Do nothing", "headcount", "all", [[1, 2, 3]]]]},
        {"lines": [["Do nothing", "headcount", "all", [[5, 9, 8, 7, 6, 5, 4, 3]]]]},
        {"lines": [["Do nothing", "headcount", "all", [[1] * 8] * (KEPT_MONTHS + 1)]]},
    ],
)
def test_a_damaged_forecast_is_refused_in_a_sentence_and_the_plan_still_opens(
    saved: SavedForecast, damage: dict[str, object]
) -> None:
    book = PlanBook((Plan("Mine"),), "Mine")
    document = json.loads(plan_file(book, saved))
    document["forecast"] |= damage
    text = json.dumps(document)
    with pytest.raises(UserError, match="forecast in this plan file is damaged"):
        forecast_from_json(text)
    assert PlanBook.from_json(text) == book


def test_only_forecasts_are_kept_and_no_count_of_the_extract(saved: SavedForecast) -> None:
    assert {line.measure for line in saved.lines} == set(MEASURES)
    assert {line.family for line in saved.lines} == {*FAMILIES, "all"}
    text = saved.to_json()
    assert "department" not in text
    assert set(json.loads(text)) == {
        "as_of", "data_digest", "software", "draws", "seed", "fictional", "scope", "families",
        "posts_known", "columns", "lines",
    }  # fmt: skip


def test_what_happened_is_counted_from_the_newer_extract(
    saved: SavedForecast, now: History, evidence: Evidence
) -> None:
    scored = score_forecast(saved, now, evidence)
    first, last = month_of(THEN) + 1, month_of(NOW)
    assert (scored.as_of, scored.last, scored.horizon) == (first - 1, last, 12)
    rows = now.monthly[now.monthly["family"].isin(FAMILIES)]
    year = rows[rows["month"].between(first, last)]
    total = scored.scores[scored.scores["family"] == "all"].set_index("measure")
    assert total.loc["leavers_total", "observed"] == pytest.approx(
        (year["leavers"] - year["organisational_event"]).sum()
    )
    assert total.loc["hires_total", "observed"] == pytest.approx(year["hires"].sum())
    ended = rows[rows["month"] == last]["headcount"].sum()
    assert total.loc["headcount", "observed"] == ended
    before = rows[rows["month"].between(first - 12, first - 1)]
    assert total.loc["leavers_total", "before"] == pytest.approx(
        (before["leavers"] - before["organisational_event"]).sum()
    )
    assert total.loc["headcount", "error"] == pytest.approx(total.loc["headcount", "mean"] - ended)
    monthly = scored.months.query("family == 'all' and measure == 'leavers_total'")
    assert monthly["month"].tolist() == list(range(first, last + 1))
    assert monthly["observed"].is_monotonic_increasing, "leavers are added up"


def test_the_ranges_of_a_forecast_hold_what_came(
    saved: SavedForecast, now: History, evidence: Evidence
) -> None:
    scores = score_forecast(saved, now, evidence).scores
    inside = scores.loc[scores["measure"] != "vacancies", "inside95"]
    assert inside.mean() > 0.6, f"only {inside.sum()} of {len(inside)} lie in their 95% range"
    assert (scores["crps"] >= 0).all()


def test_a_number_outside_its_range_is_said_to_be(
    saved: SavedForecast, now: History, evidence: Evidence
) -> None:
    lines = tuple(
        replace(line, numbers=tuple(tuple(each + 500 for each in row) for row in line.numbers))
        if line.measure == "leavers_total"
        else line
        for line in saved.lines
    )
    scored = score_forecast(replace(saved, lines=lines), now, evidence)
    leavers = scored.scores[scored.scores["measure"] == "leavers_total"]
    assert not leavers["inside95"].any()
    said = score_sentences(scored, BASELINE_NAME)
    assert "below it and outside the 95% range" in said[0]
    assert "which is nearer" in said[0], "last year again would have been better"
    assert any("starters" in each.casefold() for each in said)


def test_data_that_do_not_reach_beyond_the_forecast_are_refused(
    saved: SavedForecast, council: Extract, evidence: Evidence
) -> None:
    older = build_history(as_known(council, THEN))
    with pytest.raises(UserError, match="nothing has happened yet"):
        score_forecast(saved, older, evidence)


def test_flows_that_the_newer_extract_cannot_show_are_not_compared(
    saved: SavedForecast, council: Extract, evidence: Evidence
) -> None:
    late = build_history(replace(council, window=(date(2026, 1, 1), NOW)))
    scored = score_forecast(saved, late, evidence)
    assert set(scored.scores["measure"]) <= {"headcount", "vacancies"}
    assert any("leavers list" in note for note in scored.notes)


def test_another_organisation_is_noticed(saved: SavedForecast, evidence: Evidence) -> None:
    other = simulated_extract(simulate(size=4000, years=3, seed=8, as_of=NOW))
    notes = score_forecast(saved, build_history(other), evidence).notes
    assert any("another organisation" in note for note in notes)


def test_vacancies_are_compared_only_where_both_know_the_posts(
    saved: SavedForecast, now: History, evidence: Evidence
) -> None:
    assert not saved.posts_known or set(saved.posts_known) <= set(FAMILIES)
    unknown = score_forecast(replace(saved, posts_known=()), now, evidence)
    assert "vacancies" not in set(unknown.scores["measure"])
    known = score_forecast(replace(saved, posts_known=tuple(FAMILIES)), now, evidence)
    vacancies = known.scores[known.scores["measure"] == "vacancies"].set_index("family")
    parts = vacancies.drop("all")["observed"].sum()
    assert vacancies.loc["all", "observed"] == pytest.approx(parts)


def test_the_protected_view_shows_no_small_step(
    saved: SavedForecast, now: History, evidence: Evidence
) -> None:
    whole = score_forecast(replace(saved, posts_known=tuple(FAMILIES)), now, evidence)
    for least in (5, 9, 40):

        def shown(count: float, least: int = least) -> bool:
            return count == 0 or count >= least

        found = whole.protected(shown)
        assert set(found.months["family"]) <= {"all"}
        assert set(found.scores["family"]) <= {"all"}
        for measure in ("leavers_total", "hires_total"):
            own = found.months[found.months["measure"] == measure].sort_values("month")
            steps = np.diff([0.0, *own["observed"]])
            assert all(shown(each) for each in steps), f"{measure}: {steps}"
            if measure not in set(found.months["measure"]):
                assert "headcount" not in set(found.scores["measure"]), "the gap would tell"
        flows = found.months[found.months["measure"] != "vacancies"]
        assert flows.groupby("measure")["month"].apply(tuple).nunique() <= 1, "one set of months"


def test_the_command_says_what_was_right_and_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], council: Extract, saved: SavedForecast
) -> None:
    workbook = make_sample(size=900, years=4, seed=5, as_of=NOW).workbook_bytes()
    (tmp_path / "new.xlsx").write_bytes(workbook)
    plan = tmp_path / "plan.json"
    plan.write_text(plan_file(PlanBook((Plan("Mine"),), "Mine"), saved), encoding="utf-8")
    assert main(["score", str(plan), str(tmp_path / "new.xlsx"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["forecast_from"] == "2025-09"
    assert report["compared_to"] == "2026-09"
    assert {row["measure"] for row in report["scores"]} >= {"leavers_total", "headcount"}
    assert main(["score", str(plan), str(tmp_path / "new.xlsx")]) == 0
    said = capsys.readouterr().out
    assert "12 months to Sep 2026" in said
    assert "80% range" in said
    old = tmp_path / "old.json"
    old.write_text(PlanBook((Plan("Mine"),), "Mine").to_json(), encoding="utf-8")
    assert main(["score", str(old), str(tmp_path / "new.xlsx")]) == 2
    assert "holds a plan but no forecast" in capsys.readouterr().err


def test_project_saves_the_forecast_with_the_plan(tmp_path: Path) -> None:
    workbook = make_sample(size=300, years=3, seed=5, as_of=NOW).workbook_bytes()
    (tmp_path / "now.xlsx").write_bytes(workbook)
    out = tmp_path / "out"
    arguments = ["project", str(tmp_path / "now.xlsx"), "--draws", "40", "--out", str(out)]
    assert main([*arguments, "--months", "48"]) == 0
    kept = forecast_from_json((out / "plan.json").read_text(encoding="utf-8"))
    assert kept is not None
    assert kept.months == KEPT_MONTHS
    assert kept.scenarios == (BASELINE_NAME,)
    # 36 months of headcount as in the table beside it.
    import pandas as pd

    table = pd.read_csv(out / "projection.csv").query(
        "measure == 'headcount' and family == 'all' and scenario == @BASELINE_NAME"
    )
    line = next(each for each in kept.lines if (each.measure, each.family) == ("headcount", "all"))
    shown = table[list(COLUMNS)].to_numpy()[:KEPT_MONTHS]
    assert np.abs(np.array(line.numbers) - shown).max() <= 0.0051
