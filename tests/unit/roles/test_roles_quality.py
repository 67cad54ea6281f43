"""Measures of quality, against tables worked by hand."""

import numpy as np
import pytest

from workforce.roles.quality import (
    bootstrap_interval,
    calibration_error,
    confusion,
    f1_by_family,
    macro_f1,
    reliability,
)

TRUTH = np.array([0, 0, 0, 1, 1, 2])
CHOSEN = np.array([0, 0, 1, 1, 1, 0])


def test_confusion_counts_rows_by_truth() -> None:
    assert confusion(TRUTH, CHOSEN, 3).tolist() == [[2, 1, 0], [0, 2, 0], [1, 0, 0]]


def test_f1_by_hand() -> None:
    # 0: TP 2, FP 1, FN 1 -> 4/6; 1: TP 2, FP 1, FN 0 -> 4/5; 2: never chosen -> 0.
    assert f1_by_family(TRUTH, CHOSEN, 3) == pytest.approx([2 / 3, 4 / 5, 0.0])
    assert macro_f1(TRUTH, CHOSEN, 3) == pytest.approx((2 / 3 + 4 / 5) / 3)


def test_calibration_by_hand() -> None:
    confidence = np.array([0.6, 0.6, 0.92, 0.94])
    right = np.array([True, False, True, True])
    rows = reliability(confidence, right)
    assert [(row.titles, row.right) for row in rows] == [(2, 0.5), (2, 1.0)]
    # Gaps 0.1 and 0.07, two titles each.
    assert calibration_error(confidence, right) == pytest.approx((0.1 + 0.07) / 2)


def test_bootstrap_of_a_share_is_near_the_normal_interval() -> None:
    hits = np.arange(400) < 200
    low, high = bootstrap_interval(lambda rows: float(hits[rows].mean()), 400, draws=2000, seed=1)
    assert (low, high) == pytest.approx((0.451, 0.549), abs=0.006)
