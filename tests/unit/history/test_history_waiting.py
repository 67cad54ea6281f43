"""Months a vacant post waits before recruitment begins."""

from datetime import date

import pytest
from history_frames import POST, REQUISITION, Tables, frame, people

from workforce.domain.evidence import Evidence
from workforce.history import History, approval_months, build_history

AS_OF = date(2025, 12, 31)


def build(posts_fte: float, asked: list[dict[str, object]]) -> History:
    """A hundred people in post, some posts, some requisitions."""
    return build_history(
        Tables(people(*[{"start_date": "2020-01-01"}] * 100), as_of=AS_OF,
               window=(date(2025, 1, 1), AS_OF),
               posts=frame(POST, [{"establishment_fte": posts_fte}] if posts_fte else []),
               requisitions=frame(REQUISITION, asked))
    )  # fmt: skip


def filled(count: int) -> list[dict[str, object]]:
    """Requisitions of the year that are done."""
    return [{"opened_date": "2025-03-01", "closed_date": "2025-05-01", "start_date": "2025-06-01",
             "outcome": "filled"}] * count  # fmt: skip


def test_without_a_list_or_requisitions_it_is_the_benchmark(evidence: Evidence) -> None:
    benchmark = evidence.benchmark("def_approval_delay").number
    assert approval_months(build(0.0, filled(60)), evidence) == benchmark
    assert approval_months(build(120.0, []), evidence) == benchmark


def test_posts_waiting_over_posts_coming_in_a_month_by_littles_law(evidence: Evidence) -> None:
    each = evidence.benchmark("def_fte_per_hire").number
    # 240 a year are 20 a month; 80 vacant without a requisition have waited 4 months on average.
    found = approval_months(build(100 + 80 * each, filled(240)), evidence)
    assert found == pytest.approx(4.0, rel=0.08)


def test_posts_under_recruitment_do_not_wait(evidence: Evidence) -> None:
    each = evidence.benchmark("def_fte_per_hire").number
    asked = filled(200) + [{"opened_date": "2025-11-01"}] * 40
    found = approval_months(build(100 + 40 * each, asked), evidence)
    assert found < 0.3, "every vacant post has a requisition"


def test_a_failed_round_brings_no_new_post(evidence: Evidence) -> None:
    each = evidence.benchmark("def_fte_per_hire").number
    failed = [{"opened_date": "2025-03-01", "closed_date": "2025-05-01", "outcome": "failed"}] * 120
    once = approval_months(build(100 + 40 * each, filled(120)), evidence)
    again = approval_months(build(100 + 40 * each, filled(120) + failed), evidence)
    assert again == pytest.approx(once, rel=0.02), "the repeats are taken out of what comes in"
