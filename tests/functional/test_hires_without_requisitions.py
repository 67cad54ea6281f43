"""Staff and leavers alone: projected hires stay near those that the start dates show."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from workforce.intake import Extract, SourceFile
from workforce.workflow import Models, analyse, load_models, read_files, run_plans


@pytest.fixture(scope="module")
def models(root: Path) -> Models:
    return load_models(root / "models")


@pytest.fixture(scope="module")
def bare(root: Path, models: Models) -> Extract:
    path = root / "data" / "sample" / "sample_council.xlsx"
    extract = read_files(
        [SourceFile(path.name, path.read_bytes())], models, today=date(2026, 10, 15)
    )
    return replace(
        extract, posts=extract.posts.iloc[:0], requisitions=extract.requisitions.iloc[:0]
    )


def test_projected_hires_are_near_the_hires_that_were_seen(bare: Extract, models: Models) -> None:
    analysis = analyse(bare, models, scope="everyone")
    assert any("benchmark vacancy rate implies" in note for note in analysis.notes)
    monthly = analysis.history.monthly
    seen = monthly["hires"].sum() / (monthly["month"].nunique() / 12)
    projection = run_plans(analysis, models, [], draws=200, seed=3, months=24)
    hires = projection.values("Do nothing", "hires").mean(axis=0)
    expected = hires[12:].sum()
    # A quarter covers a hire rate that moves from year to year by chance and by season.
    assert 0.8 * seen < expected < 1.25 * seen, f"{expected:.0f} a year against {seen:.0f} seen"
    assert hires[0] > 0.3 * expected / 12, "recruitment under way does not start from nothing"


def test_with_hardly_any_digital_staff_everybody_is_shown(bare: Extract, models: Models) -> None:
    digital = bare.people["family"] != "not_digital"
    few = replace(bare, people=bare.people[~digital | (digital.cumsum() <= 5)])
    analysis = analyse(few, models)
    assert analysis.scope == "everyone"
    assert any("Fewer than 10 people" in note for note in analysis.notes)
