"""The example programme: valid, as the software makes it, and traceable to the evidence."""

import json
from pathlib import Path

import pytest

from workforce.domain.evidence import Confidence, Evidence, load_evidence
from workforce.domain.months import month_of
from workforce.domain.planfile import PlanBook
from workforce.sample import PROGRAMME_NAME, programme_file
from workforce.sample.programme import published_scale

FILE = "data/sample/example_programme.json"


@pytest.fixture(scope="module")
def evidence(root: Path) -> Evidence:
    return load_evidence(root / "models" / "evidence")


@pytest.fixture(scope="module")
def book(root: Path) -> PlanBook:
    return PlanBook.from_json((root / FILE).read_text(encoding="utf-8"))


def _as_of(root: Path) -> int:
    from datetime import date

    truth = json.loads((root / "data/sample/sample_council.truth.json").read_text())
    return month_of(date.fromisoformat(truth["made_from"]["as_of"]))


def test_the_file_is_what_the_software_makes_of_the_evidence(
    root: Path, evidence: Evidence
) -> None:
    # Out of date: write programme_file(load_evidence(...), as_of) to the file again.
    assert (root / FILE).read_text(encoding="utf-8") == programme_file(evidence, _as_of(root))


def test_it_is_many_small_cohorts_over_four_years_on_standards_that_are_funded(
    root: Path, book: PlanBook, evidence: Evidence
) -> None:
    plan = book.current()
    assert plan.name == PROGRAMME_NAME
    starts = sorted(start for each in plan.programmes for start in each.starts)
    assert len(starts) >= 20
    assert all(each.size <= 2 for each in plan.programmes)
    assert _as_of(root) < starts[0]
    assert 36 <= starts[-1] - starts[0] < 48
    for each in plan.programmes:
        assert evidence.standards[each.standard].fundable == "yes", each.standard


def test_every_fact_in_the_note_traces_to_a_row_with_source_and_confidence(
    book: PlanBook, evidence: Evidence
) -> None:
    note = book.current().note
    rows = ("nor_apprentices_2024", "nor_workforce", "nor_trailblazer", "nor_standards")
    for key in rows:
        row = evidence.apprenticeship[key]
        assert row.confidence is Confidence.VERIFIED
        assert f"{row.source} [verified]" in note, key
    assert "It is not that council's plan and no number in it is its own" in note
    # By hand: 500 / 7,285 = 6.9%, 300 / 7,500 = 4.0%, 550 / 7,000 = 7.9%.
    assert published_scale(evidence) == pytest.approx((0.0686, 0.04, 0.0786), abs=1e-4)
    assert "about 7 apprentices on programme for 100 staff (range 4 to 8)" in note


def test_its_scale_is_that_of_the_source_once_it_is_running(
    book: PlanBook, evidence: Evidence
) -> None:
    _, low, high = published_scale(evidence)
    staff = 135
    fourth = [
        sum(
            each.size * (1 - each.withdrawal * (month - start) / each.duration_months)
            for each in book.current().programmes
            for start in each.starts
            if start <= month < start + each.duration_months
        )
        for first in [min(each.first_start for each in book.current().programmes)]
        for month in range(first + 36, first + 48)
    ]
    share = sum(fourth) / len(fourth) / staff
    assert low <= share <= high, share
