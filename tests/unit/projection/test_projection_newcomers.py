"""What is booked for hires: against the same sum written with whole arrays."""

import numpy as np

from workforce.domain.bands import CAUSES, GRADE_BANDS, TENURE_BANDS
from workforce.projection.hazards import OTHER, VOLUNTARY
from workforce.projection.leaving import Central
from workforce.projection.newcomers import book_hires, hire_leavers

MONTHS, FAMILIES = 30, 2


def _central() -> Central:
    quits = np.array([0.10, 0.05, 0.02, 0.01, 0.01, 0.01])
    shape = FAMILIES, len(GRADE_BANDS), len(TENURE_BANDS)
    return Central(
        voluntary=np.broadcast_to(quits, shape).copy(),
        calendar=np.ones(MONTHS),
        pace=np.ones(MONTHS),
        retirement=np.zeros((6, MONTHS)),
        other=0.004,
        end_of_contract=0.0,
        renewal=0.0,
        fill=np.full((FAMILIES, 1), 0.2),
        starter_grade=np.array([[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]]),
    )


def test_hires_leave_as_the_hazards_along_their_service_add_up() -> None:
    multiplier = np.ones((1, FAMILIES, len(GRADE_BANDS), 2, MONTHS))
    # A lever halves resigning in the first year of service.
    multiplier[:, :, :, 1] = 0.5
    gone = hire_leavers(_central(), multiplier)[0]
    joined = 4
    service = np.arange(MONTHS - joined - 1)
    quits = np.array([0.10, 0.05, 0.02, 0.01])[np.searchsorted([6, 12, 24], service, side="right")]
    quits = np.where(service < 12, 0.5, 1.0) * quits
    end = np.exp(-np.cumsum(quits + 0.004))
    left = np.diff(end, prepend=1.0) * -1.0
    for family in range(FAMILIES):
        found = gone[family, joined]
        assert np.allclose(found.sum(axis=0)[joined + 1 :], left, rtol=1e-12)
        assert np.allclose(found[VOLUNTARY, joined + 1 :], left * quits / (quits + 0.004))
        assert np.allclose(found[OTHER, joined + 1 :], left * 0.004 / (quits + 0.004))
        assert not found[:, : joined + 1].any(), "nobody leaves in the month in which they join"


def test_what_is_booked_is_the_product_of_hires_and_shares() -> None:
    rng = np.random.default_rng(3)
    leavers = rng.random((2, FAMILIES, MONTHS, len(CAUSES), MONTHS))
    people, each = np.array([[3.0, 0.0], [1.5, 2.0], [0.0, 4.0]]), np.array([1.0, 0.8])
    package, at = np.array([1, 0, 1]), 7
    exits = rng.random((3, FAMILIES, len(CAUSES), MONTHS))
    exits_fte = rng.random((3, FAMILIES, MONTHS))
    gone = people[..., None, None] * leavers[package][:, :, at]
    gone[..., : at + 1] = 0.0
    expected = exits + gone, exits_fte + gone.sum(axis=2) * each[:, None]
    book_hires(at, people, each, leavers, package, exits, exits_fte)
    assert np.allclose(exits, expected[0], rtol=1e-13)
    assert np.allclose(exits_fte, expected[1], rtol=1e-13)
