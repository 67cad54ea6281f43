"""Where a projection starts."""

from datetime import date

import numpy as np
import pytest
from history_frames import APPRENTICE, POST, REQUISITION, Tables, frame, people

from workforce.domain.bands import AGE_BANDS, CAUSES, GRADE_BANDS, TENURE_CAP_MONTHS
from workforce.domain.evidence import Evidence
from workforce.domain.months import month_of
from workforce.history import approval_months, build_history, opening

AS_OF = date(2025, 12, 31)
WINDOW = (date(2025, 1, 1), AS_OF)
DECEMBER = month_of(AS_OF)


def staff(count: int, **more: object) -> list[dict[str, object]]:
    """People who have been there since 2020."""
    return [{"start_date": "2020-01-01", **more}] * count


def test_cells_hold_everybody_with_exact_months(evidence: Evidence) -> None:
    rows = [
        *staff(3, fte=0.5, grade_band="senior", age_band="60-64"),
        {"start_date": "1990-01-01", "family": "data"},
        {"start_date": "2025-12-02", "family": "data", "leave_date": "2026-02-15",
         "cause": "retirement"},
    ]  # fmt: skip
    found = opening(
        build_history(Tables(people(*rows), as_of=AS_OF, window=WINDOW)),
        evidence,
        ["cyber", "data"],
    )
    cells = found.cells
    assert found.headcount().tolist() == [3, 2]
    assert found.fte().tolist() == pytest.approx([1.5, 2.0])
    assert cells.people.tolist() == [3, 1, 1]
    assert cells.tenure_months.tolist() == [72, 0, TENURE_CAP_MONTHS]
    assert [GRADE_BANDS[g] for g in cells.grade] == ["senior", "practitioner", "practitioner"]
    assert AGE_BANDS[cells.age[0]] == "60-64"
    assert cells.known_leave.tolist() == [-1, DECEMBER + 2, -1]
    assert CAUSES[cells.known_cause[1]] == "retirement"
    assert found.as_of == DECEMBER


def test_vacancies_take_the_ages_of_requisitions_after_the_approval_delay(
    evidence: Evidence,
) -> None:
    asked = [{"opened_date": "2025-12-20"}, {"opened_date": "2025-09-15"}]
    history = build_history(
        Tables(people(*staff(4)), as_of=AS_OF, window=WINDOW,
               posts=frame(POST, [{"establishment_fte": 9.0}]),
               requisitions=frame(REQUISITION, asked))
    )  # fmt: skip
    found = opening(history, evidence, ["cyber"])
    delay = round(approval_months(history, evidence))
    ages = np.flatnonzero(found.open_vacancies[0]).tolist()
    vacant = int((9 - 4) / found.starter_fte[0])
    assert ages == [0, delay, 3 + delay], "two are under way, the rest wait for approval"
    assert found.open_vacancies.sum() == vacant
    assert found.establishment_basis == ("list",)


def test_more_requisitions_than_vacant_posts_do_not_make_more_vacancies(evidence: Evidence) -> None:
    asked = [{"opened_date": "2025-12-01"}] * 3 + [{"opened_date": "2025-04-01"}]
    found = opening(
        build_history(
            Tables(people(*staff(4)), as_of=AS_OF, window=WINDOW,
                   posts=frame(POST, [{"establishment_fte": 6.0}]),
                   requisitions=frame(REQUISITION, asked))
        ),
        evidence,
        ["cyber"],
    )  # fmt: skip
    assert found.open_vacancies.sum() == 2
    ages = np.flatnonzero(found.open_vacancies[0])
    assert ages.max() >= 9, "the oldest requisition keeps its place"


def test_a_known_starter_holds_a_vacancy(evidence: Evidence) -> None:
    rows = [*staff(4), {"start_date": "2026-02-01"}]
    found = opening(
        build_history(
            Tables(people(*rows), as_of=AS_OF, window=WINDOW,
                   posts=frame(POST, [{"establishment_fte": 5.0}]))
        ),
        evidence,
        ["cyber"],
    )  # fmt: skip
    assert found.open_vacancies.sum() == 0, "the one empty post is promised"
    assert [(s.month, s.people) for s in found.starters] == [(DECEMBER + 2, 1)]


def test_without_an_establishment_the_benchmark_vacancy_rate_stands_in(evidence: Evidence) -> None:
    found = opening(build_history(Tables(people(*staff(88)), as_of=AS_OF)), evidence, ["cyber"])
    rate = evidence.benchmark("lg_it_vac").number
    assert found.establishment_fte[0] == pytest.approx(88 / (1 - rate))
    assert found.establishment_basis == ("benchmark",)


def test_starters_have_the_fte_of_recent_hires_leaning_on_the_benchmark(evidence: Evidence) -> None:
    hires = [{"start_date": "2025-05-01", "fte": 0.5}] * 30
    found = opening(
        build_history(Tables(people(*hires), as_of=AS_OF, window=WINDOW)), evidence, ["cyber"]
    )
    prior = evidence.benchmark("def_fte_per_hire").number
    assert found.starter_fte[0] == pytest.approx((30 * 0.5 + 10 * prior) / 40)


def test_new_recruits_in_training_are_carried_and_existing_staff_are_not(
    evidence: Evidence,
) -> None:
    training = [
        {"standard": "ST1021", "start_date": "2025-01-15", "trainee": "new_recruit"},
        {"standard": "ST1021", "start_date": "2025-01-15", "trainee": "existing_staff"},
        {"start_date": "2024-01-15", "planned_end_date": "2025-11-30"},
    ]
    found = opening(
        build_history(
            Tables(people(*staff(4)), as_of=AS_OF, window=WINDOW,
                   apprentices=frame(APPRENTICE, training))
        ),
        evidence,
        ["cyber"],
    ).apprentices  # fmt: skip
    started, length = month_of(date(2025, 1, 1)), evidence.standards["ST1021"].duration_months
    assert len(found) == 2, "existing staff hold a post already"
    assert (found[1].started, found[1].planned_end) == (started, started + length)
    assert found[0].planned_end == DECEMBER + 1, "an overdue end is still to come"
