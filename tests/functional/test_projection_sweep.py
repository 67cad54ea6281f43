"""Sweeps over many plans: each as alone, wherever and in whatever company it is projected."""

import dataclasses
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from projection_cases import AS_OF, lever, organisation, plan
from test_command_line import SAMPLE

from workforce.cli.main import main
from workforce.domain.errors import UserError
from workforce.domain.plan import DemandChange, Hiring, Plan
from workforce.domain.planfile import PlanBook
from workforce.domain.rates import Rates
from workforce.projection import simulate
from workforce.projection.cluster import cluster
from workforce.projection.sweep import KEY_RESULTS, Ground, key_results, sweep
from workforce.sample import write_sample

GROUND = Ground(
    organisation([{"people": 40, "tenure": 20}], [45.0]),
    Rates.stated(("cyber",), voluntary_annual=[0.2]),
    draws=60,
    seed=5,
)
PLANS = (
    *(plan("Faster", months=12, hiring=Hiring(speed=1 + k / 10)) for k in range(6)),
    plan("Longer", months=18, levers=(lever(),)),
    plan(
        "Decided",
        months=12,
        demand=dataclasses.replace(
            plan().demand, changes=(DemandChange(AS_OF + 3, "cyber", 5.0, decided=True),)
        ),
    ),
)


def test_key_results_are_those_of_the_projection() -> None:
    base, other = plan("Base", months=12), PLANS[5]
    projection = simulate(GROUND.opening, GROUND.rates, (base, other), draws=60, seed=5)
    found = key_results(projection, "Faster", "Base")
    hires = projection.values("Faster", "hires").sum(axis=1)
    before = projection.values("Base", "hires").sum(axis=1)
    assert found["hires_in_all"] == hires.mean()
    assert found["hires_in_all_change"] == (hires - before).mean()
    assert found["hires_in_all_p90"] == np.quantile(hires, 0.9)
    vacant = projection.values("Faster", "vacancies")[:, -1]
    assert found["vacancies_at_end"] == vacant.mean()
    better = vacant < projection.values("Base", "vacancies")[:, -1]
    assert found["chance_of_fewer_vacancies"] == better.mean()
    assert found["leavers_in_all"] == projection.values("Faster", "leavers").sum(axis=1).mean()
    assert set(KEY_RESULTS) < set(found)


def test_plans_in_company_or_on_two_processes_are_as_alone() -> None:
    together = sweep(GROUND, PLANS, workers=2)
    for each, row in zip(PLANS, together, strict=True):
        assert sweep(GROUND, [each]) == [row], each.name
    # Doing nothing beside a plan has what is decided anyway, so the plan changes nothing.
    assert together[-1]["headcount_at_end_change"] == 0.0


def test_a_cluster_that_cannot_be_used_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="is not the address of a cluster"), cluster("host:8786"):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match="Dask is not installed"), cluster("tcp://host:8786"):
        pass
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UserError, match="Ray is not installed"), cluster("ray://host:10001"):
        pass


@pytest.fixture(scope="module")
def plan_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("plans")
    books = {
        "one.json": (Plan("Slow", 12, hiring=Hiring(speed=0.5)), Plan("Fast", 12)),
        "two.json": (Plan("Fast", 12, hiring=Hiring(speed=2)),),
    }
    for name, plans in books.items():
        (folder / name).write_text(PlanBook(plans, plans[0].name).to_json(), encoding="utf-8")
    return [folder / name for name in books]


def test_the_command_writes_a_line_for_every_plan(plan_files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "sweep.csv"
    arguments = ["sweep", *plan_files, "--data", SAMPLE, "--draws", "40", "--workers", "2"]
    assert main([str(each) for each in (*arguments, "--out", out)]) == 0
    frame = pd.read_csv(out)
    assert frame["file"].tolist() == ["one.json", "one.json", "two.json"]
    assert frame["plan"].tolist() == ["Slow", "Fast", "Fast"]
    slow, same, fast = frame["vacancies_at_end_change"]
    assert slow > same == 0.0 > fast
    assert (frame["hires_in_all_p10"] <= frame["hires_in_all_p90"]).all()


def test_a_file_that_is_no_plan_is_named(
    plan_files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"schema": "else"}), encoding="utf-8")
    arguments = ["sweep", *plan_files, bad, "--data", SAMPLE, "--out", tmp_path / "s.csv"]
    assert main([str(each) for each in arguments]) == 2
    assert capsys.readouterr().err.startswith("bad.json: ")


def test_the_projection_file_is_the_same_on_one_worker_and_two(tmp_path: Path) -> None:
    texts = []
    council = tmp_path / "small.xlsx"
    write_sample(council, size=500, years=3, seed=8)
    for number, workers in enumerate(("1", "2")):
        out = tmp_path / str(number)
        arguments = ["project", council, "--months", "6", "--draws", "600", "--workers", workers]
        assert main([str(each) for each in (*arguments, "--out", out)]) == 0
        texts.append((out / "projection.csv").read_bytes())
    assert texts[0] == texts[1]
